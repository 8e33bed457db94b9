/// What one round of sending came to.
public struct DeliveryReport: Sendable, Hashable {
  public var confirmed = 0
  public var retried = 0
  public var parked = 0
  /// Claimed and given back untouched.
  public var released = 0
  /// The round was given up: no connection came about, or a long row of posts ended in errors of the receiver's. Or there
  /// were fewer posts than that, and every one ended so.
  public var unreachable = false
  /// Every post that was tried ended in an error of the receiver's or of the way there; none was refused for what it is.
  public var noneGotThrough: Bool { tried > 0 && failed == tried }
  /// Whether any of them had an answer: something is there, and it is ill.
  public internal(set) var isAnswered = false
  /// Every post that was tried was refused for good, by the receiver or before it got there.
  public var allRefusedForGood: Bool { tried > 0 && refusedForGood == tried }
  var refusedForGood = 0
  /// Posts that ended without being stopped by us.
  var tried = 0
  /// Those among them that say nothing of the reply: no connection, no answer, 408, 429 or 5xx.
  var failed = 0
  /// The round was given up: the webhook refuses us, whatever we post (401, 403, 404 …).
  public var refused = false
  public var lastProblem: String?
  public init() {}
}
