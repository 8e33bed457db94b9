public import ClosureModel

/// A ticket system as the deliverer sees it: makes one attempt at one reply, by as many requests as that takes.
public protocol DeliveryTarget: Sendable {
  /// Bound of one attempt, all its requests together, in seconds.
  var attemptSeconds: Double { get }
  /// Whether the receiver shows a reply once, however often it is posted under its key. Where it does not, an attempt that
  /// may have arrived is never repeated before the system was asked (`ClaimedEntry.isInDoubt`).
  var isIdempotent: Bool { get }
  /// - Returns: the end of the attempt, also when the task is cancelled.
  func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async -> AttemptEnd
}

/// A target whose attempts are one request each: they need no task of their own.
public protocol OneRequestTarget: DeliveryTarget {
  func request(for entry: OutboxEntry, at now: Timestamp) -> WebhookRequest
  func end(_ outcome: TransportOutcome, at now: Timestamp) -> AttemptEnd
}

extension OneRequestTarget {
  public func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async
    -> AttemptEnd
  { end(await transport.send(request(for: claim.entry, at: now)), at: now) }
}

/// How an attempt ended.
public struct AttemptEnd: Sendable, Hashable {
  public enum Meaning: Sendable, Hashable {
    /// The reply is there: the answer said so, or the system was asked.
    case shown(status: Int)
    /// Worth another attempt, not before so many seconds from now where the receiver named them.
    case again(afterSeconds: Double?, why: String, mayHaveArrived: Bool)
    /// Another attempt would end the same way. `mayHaveArrived`: the reply may be there all the same.
    case refused(why: String, fault: Settlement.Fault, mayHaveArrived: Bool = false)
    /// Stopped by us before it began or while it was on the wire.
    case stopped(mayHaveArrived: Bool)
  }
  /// What the receiver refuses besides the reply: us.
  public enum Refusal: Sendable, Hashable {
    /// Our secret or our address: any other reply would be refused as well.
    case credentials
    /// Rights, of all tickets or of this one alone: the answers to the others tell.
    case rights
    /// What was sent is not treated as it was meant, and no other would be: nothing more goes out.
    case everything
  }
  public let meaning: Meaning
  /// What the last request came to: pacing and the circuit breaker look at it. Nil: none was made.
  public let last: TransportOutcome?
  /// Nil: the answer is about the reply, or nothing was answered.
  public let refusal: Refusal?

  /// Where the receiver keeps to Standard Webhooks: the status tells whom it refuses.
  public init(_ meaning: Meaning, last: TransportOutcome?) {
    var refusal: Refusal?
    if AnswerRule.refusesUs(last), case .again = meaning { refusal = .credentials }
    self.init(meaning, last: last, refusal: refusal)
  }

  public init(_ meaning: Meaning, last: TransportOutcome?, refusal: Refusal?) {
    self.meaning = meaning
    self.last = last
    self.refusal = refusal
  }
}
