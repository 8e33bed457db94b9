/// What one round of sending came to.
public struct DeliveryReport: Sendable, Hashable {
  public var confirmed = 0
  public var retried = 0
  public var parked = 0
  /// Claimed and given back untouched.
  public var released = 0
  /// The round was given up: no connection came about, or a long row of posts ended in errors of the receiver's.
  public var unreachable = false
  /// The round was given up: the webhook refuses us, whatever we post (401, 403, 404 …).
  public var refused = false
  public var lastProblem: String?
  public init() {}
}
