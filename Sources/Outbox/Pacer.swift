/// How many posts may run at a receiver, and from when: slow at first, wider while all goes well, half as wide when the
/// receiver pushes back. A value that is told what happened; time comes in as seconds on any clock that only goes forward.
///
/// A receiver that fails now and then is not overloaded: answers are judged by their share in a window. One post that was
/// told to wait waits alone; all wait where most were told so, or where the receiver says that nothing is left.
struct Pacer: Sendable, Hashable {
  enum Push: Sendable, Hashable {
    case welcome
    /// 429, 503 or a time-out; with the seconds that the receiver asks for.
    case pushedBack(retryAfter: Double?)
  }

  /// Answers that are judged together.
  private static let window = 32
  private static let firstWidth = 8
  /// Share of answers in a window that narrows it, and the share that stops all.
  private static let narrowing = 0.15
  private static let stopping = 0.5
  /// Pushes in one window below which nothing is concluded from their share.
  private static let least = 3
  static let longestPause: Double = 3600

  private let most: Int
  private(set) var width: Int
  private(set) var pausedUntil: Double = -.infinity
  /// Until the first push-back the width doubles with each round trip, from then on it grows by one for each.
  private var hasPushedBack = false
  private var seen = 0
  private var pushes = 0
  private var longestAsked: Double = 0
  private var welcomeSinceGrowth = 0

  init(most: Int) {
    self.most = max(1, most)
    width = min(self.most, Self.firstWidth)
  }

  mutating func ended(_ push: Push, fields: RateLimitFields? = nil, at now: Double) {
    seen += 1
    switch push {
    case .welcome: grow()
    case .pushedBack(let retryAfter):
      pushes += 1
      longestAsked = max(longestAsked, retryAfter ?? 0)
      let share = Double(pushes) / Double(max(seen, Self.window / 4))
      if pushes >= Self.least, share >= Self.stopping {
        narrow()
        pause(for: longestAsked, at: now)
        startWindow()
      }
    }
    if let fields { heed(fields, at: now) }
    guard seen >= Self.window else { return }
    if pushes >= Self.least, Double(pushes) / Double(seen) >= Self.narrowing { narrow() }
    startWindow()
  }

  /// What the receiver says it has left bounds what may run; with nothing left all wait for its next window.
  private mutating func heed(_ fields: RateLimitFields, at now: Double) {
    guard let remaining = fields.remaining else { return }
    if remaining == 0, let reset = fields.resetSeconds {
      pause(for: reset, at: now)
    } else if remaining < width {
      width = max(1, remaining)
      hasPushedBack = true
    }
  }

  private mutating func grow() {
    guard width < most else { return }
    welcomeSinceGrowth += 1
    if !hasPushedBack || welcomeSinceGrowth >= width {
      width += 1
      welcomeSinceGrowth = 0
    }
  }

  private mutating func narrow() {
    width = max(1, width / 2)
    hasPushedBack = true
    welcomeSinceGrowth = 0
  }

  private mutating func pause(for seconds: Double, at now: Double) {
    guard seconds > 0 else { return }
    pausedUntil = max(pausedUntil, now + min(seconds, Self.longestPause))
  }

  private mutating func startWindow() {
    (seen, pushes, longestAsked) = (0, 0, 0)
  }
}
