/// A line on standard error that says how far the run is. Only on a terminal.
struct Progress {
  private let visible: Bool
  private var count = 0
  private var shown = false
  private let started = ContinuousClock.now
  private var next = ContinuousClock.now

  init(visible: Bool) { self.visible = visible && Console.errorIsTerminal }

  mutating func step() {
    count += 1
    // The clock is asked every 64th ticket: asking costs more than a short ticket's table look-ups.
    guard visible, count & 63 == 0 || count == 1, ContinuousClock.now >= next else { return }
    next = .now + .milliseconds(100)
    let seconds = Double((ContinuousClock.now - started).components.seconds) + 0.001
    let rate = seconds > 1 ? "  \(Int(Double(count) / seconds))/s" : ""
    let marks = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧"]
    Console.errorRaw("\r\u{1B}[K\(marks[(count / 64) % marks.count]) \(count) tickets\(rate)")
    shown = true
  }

  mutating func clear() {
    guard shown else { return }
    Console.errorRaw("\r\u{1B}[K")
    shown = false
  }
}
