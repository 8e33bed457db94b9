/// Stops posting to a receiver that is gone, and finds out with single posts whether it is back. Time comes in as seconds
/// on any clock that only goes forward.
struct CircuitBreaker: Sendable, Hashable {
  enum State: Sendable, Hashable {
    case closed
    /// Nothing is begun before then.
    case open(until: Double)
    /// One post is under way to find out.
    case halfOpen
  }
  enum End: Sendable, Hashable {
    /// An answer that was meant.
    case answered
    /// No connection, or no answer in time.
    case unreachable
    /// An answer of the 5xx kind: something is there, and it is ill.
    case ill
    /// Our own doing: tells nothing.
    case nothing
  }

  private(set) var state = State.closed
  /// Whether anything was ever heard.
  private(set) var hasAnswered = false
  private(set) var unreachableInARow = 0
  private(set) var illInARow = 0
  private var coolDown = Self.firstCoolDown

  private static let firstCoolDown: Double = 1
  private static let longestCoolDown: Double = 60
  /// Failures, without one answer before, after which the receiver counts as gone.
  static let giveUp = 5
  private static let illness = 20

  /// - Parameter width: posts that may run at the same time: all of them may fail of one hiccup.
  mutating func ended(_ end: End, width: Int, at now: Double) {
    switch end {
    case .nothing:
      if case .halfOpen = state { state = .open(until: now) }
      return
    case .answered:
      hasAnswered = true
      (unreachableInARow, illInARow) = (0, 0)
      coolDown = Self.firstCoolDown
      state = .closed
      return
    case .unreachable: unreachableInARow += 1
    case .ill:
      hasAnswered = true
      unreachableInARow = 0
      illInARow += 1
    }
    switch state {
    case .halfOpen: open(at: now)
    case .closed where isGone(width): open(at: now)
    case .closed, .open: break
    }
  }

  private func isGone(_ width: Int) -> Bool {
    unreachableInARow >= (hasAnswered ? max(Self.giveUp, 2 * width) : Self.giveUp)
      || illInARow >= max(Self.illness, 2 * width)
  }

  private mutating func open(at now: Double) {
    state = .open(until: now + coolDown)
    coolDown = min(coolDown * 2, Self.longestCoolDown)
  }

  /// The post that finds out is about to begin.
  mutating func probe() { state = .halfOpen }
}
