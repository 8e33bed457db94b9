import ClosureModel

/// A notice in words: some lines that are always there, and a list that may be cut.
public struct NoticeText: Sendable, Hashable {
  public let title: String
  let lines: [String]
  let items: [String]
  private let more: @Sendable (Int) -> String

  public static func == (a: Self, b: Self) -> Bool { a.title == b.title && a.lines == b.lines && a.items == b.items }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(title)
    hasher.combine(lines)
    hasher.combine(items)
  }

  public init(_ notice: Notice, words: NoticeWords) {
    more = { words.say("more", ["count": "\($0)"]) }
    switch notice {
    case .summary(let run):
      title = words.say("summary.title", ["recorded": "\(run.recorded)"])
      var lines: [String] = []
      let outcomes = Self.list(Outcome.allCases.map { ("outcome.\($0.rawValue)", run.outcomes[$0] ?? 0) }, words)
      if !outcomes.isEmpty { lines.append(words.say("summary.outcomes", ["list": outcomes])) }
      lines.append(
        words.say(
          "summary.replies",
          ["confirmed": "\(run.confirmed)", "retried": "\(run.retried)", "parked": "\(run.parked)"]))
      if run.rowErrors > 0 { lines.append(words.say("summary.rows", ["errors": "\(run.rowErrors)"])) }
      self.lines = lines
      items = []
    case .parked(let parked):
      title = words.say("parked.title", ["total": "\(parked.total)", "fresh": "\(parked.fresh.count)"])
      let faults = Self.list(
        Settlement.Fault.allCases.map { ("fault.\($0.rawValue)", parked.byFault[$0] ?? 0) }, words)
      lines = (faults.isEmpty ? [] : [words.say("parked.faults", ["list": faults])]) + [words.say("parked.hint")]
      items = parked.fresh.map(\.description)
    case .deadline(let deadlines):
      title = words.say("deadline.title", ["near": "\(deadlines.near)", "past": "\(deadlines.past)"])
      lines = []
      items = deadlines.fresh.map { item in
        words.say(
          item.isPast ? "deadline.past" : "deadline.ticket",
          [
            "ticket": item.ticket.description, "due": Self.minutes(item.due),
            "waits": words.say("waits.\(item.waitsFor.rawValue)"),
          ])
      }
    case .stopped(let reason, let waiting):
      title = words.say("stopped.\(reason.rawValue).title")
      lines = [words.say("stopped.\(reason.rawValue).body", ["waiting": "\(waiting)"])]
      items = []
    case .test:
      title = words.say("test.title")
      lines = [words.say("test.body")]
      items = []
    }
  }

  /// Names and counts of what there is any of.
  private static func list(_ counts: [(key: String, count: Int)], _ words: NoticeWords) -> String {
    counts.filter { $0.count > 0 }
      .map { words.say("count", ["name": words.say($0.key), "count": "\($0.count)"]) }
      .joined(separator: words.say("separator"))
  }

  /// `2026-11-25 18:00`, in its own offset: seconds and zone help nobody here.
  private static func minutes(_ time: Timestamp) -> String {
    String(time.description.prefix(16).replacing("T", with: " "))
  }

  /// Title and lines, then as many items as fit, then how many more there are.
  /// - Parameter maxBytes: of UTF-8. What does not even hold the title ends in `…`, never within a character.
  public func fitted(maxBytes: Int) -> String {
    let fixed = ([title] + lines).joined(separator: "\n")
    guard !items.isEmpty else { return Self.cut(fixed, maxBytes) }
    let whole = fixed + "\n" + items.joined(separator: "\n")
    if whole.utf8.count <= maxBytes { return whole }
    // The last line grows with its number: room for the longest.
    let room = maxBytes - 1 - more(items.count).utf8.count
    var out = fixed
    var shown = 0
    for item in items {
      guard out.utf8.count + 1 + item.utf8.count <= room else { break }
      out += "\n" + item
      shown += 1
    }
    return Self.cut(out + "\n" + more(items.count - shown), maxBytes)
  }

  private static func cut(_ text: String, _ maxBytes: Int) -> String {
    guard text.utf8.count > maxBytes else { return text }
    var out = ""
    var used = "…".utf8.count
    guard used <= maxBytes else { return "" }
    for character in text {
      used += character.utf8.count
      guard used <= maxBytes else { break }
      out.append(character)
    }
    return out + "…"
  }
}
