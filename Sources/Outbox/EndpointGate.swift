import ClosureModel

/// What may be begun at one receiver now: its pace, whether it is there, and whether it wants us at all.
struct EndpointGate: Sendable {
  enum Opening: Sendable, Hashable {
    /// So many posts may run.
    case width(Int)
    /// None before then, in seconds on the caller's clock.
    case shut(until: Double)
  }

  private let most: Int
  private var pacer: Pacer
  private(set) var breaker = CircuitBreaker()
  /// Answers that refuse us, not a reply, since the last other answer.
  private(set) var refusalsInARow = 0
  /// Somebody was let in: a ticket that is closed to us says nothing of the others.
  private var hasBeenLetIn = false
  /// Refusals after which every other reply would be refused as well.
  static let refusals = 3

  init(most: Int) {
    self.most = most
    pacer = Pacer(most: most)
  }

  /// The receiver refuses whoever asks with our secret at our address.
  var refusesUs: Bool { refusalsInARow >= Self.refusals }

  func opening(at now: Double) -> Opening {
    if now < pacer.pausedUntil { return .shut(until: pacer.pausedUntil) }
    switch breaker.state {
    case .closed: return .width(pacer.width)
    case .open(let until): return now < until ? .shut(until: until) : .width(1)
    case .halfOpen: return .width(1)
    }
  }

  /// A post is about to begin.
  mutating func began(at now: Double) {
    if case .open(let until) = breaker.state, now >= until { breaker.probe() }
  }

  mutating func ended(_ end: AttemptEnd, now: Timestamp, at seconds: Double) {
    if let refusal = end.refusal {
      switch refusal {
      case .credentials: refusalsInARow += 1
      case .rights: if !hasBeenLetIn { refusalsInARow += 1 }
      case .everything: refusalsInARow = Self.refusals
      }
      breaker.ended(.answered, width: most, at: seconds)
      return
    }
    switch end.last {
    case nil: breaker.ended(.nothing, width: most, at: seconds)
    case .answered(let reply):
      if !refusesUs { refusalsInARow = 0 }
      if reply.status < 400 { hasBeenLetIn = true }
      let isIll = reply.status >= 500 && reply.status != 501
      breaker.ended(isIll ? .ill : .answered, width: most, at: seconds)
      let fields = RateLimitFields(reply, now: now)
      let isPush = reply.status == 429 || reply.status == 503
      pacer.ended(isPush ? .pushedBack(retryAfter: fields.retryAfter) : .welcome, fields: fields, at: seconds)
    case .failed(.timeout, _, _):
      breaker.ended(.unreachable, width: most, at: seconds)
      pacer.ended(.pushedBack(retryAfter: nil), at: seconds)
    case .failed(.resolve, _, _), .failed(.connect, _, _), .failed(.tls, _, _):
      breaker.ended(.unreachable, width: most, at: seconds)
    case .failed: breaker.ended(.nothing, width: most, at: seconds)
    }
  }
}
