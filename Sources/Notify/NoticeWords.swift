import ClosureModel
import StrictYAML

/// A mistake in the words or in a channel's settings.
public struct NotifyError: Error, Sendable, Hashable, CustomStringConvertible {
  public let place: String
  public let what: String
  public let fix: String
  public init(place: String, what: String, fix: String) {
    self.place = place
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(place): \(what). \(fix)" }
}

/// The words of the notices in one language: a file of `key: text` lines with `{placeholders}`.
public struct NoticeWords: Sendable {
  /// Every text, with what may stand in it.
  static let texts: [String: Set<String>] = {
    var texts: [String: Set<String>] = [
      "summary.title": ["recorded"], "summary.outcomes": ["list"],
      "summary.replies": ["confirmed", "retried", "parked"], "summary.rows": ["errors"],
      "parked.title": ["total", "fresh"], "parked.faults": ["list"], "parked.hint": [],
      "deadline.title": ["near", "past"], "deadline.ticket": ["ticket", "due", "waits"],
      "deadline.past": ["ticket", "due", "waits"], "test.title": [], "test.body": [],
      "more": ["count"], "count": ["name", "count"], "separator": [],
    ]
    for outcome in Outcome.allCases { texts["outcome.\(outcome.rawValue)"] = [] }
    for fault in Settlement.Fault.allCases { texts["fault.\(fault.rawValue)"] = [] }
    for waiting in OpenDeadline.Waiting.allCases { texts["waits.\(waiting.rawValue)"] = [] }
    for reason in StopReason.allCases {
      texts["stopped.\(reason.rawValue).title"] = []
      texts["stopped.\(reason.rawValue).body"] = ["waiting"]
    }
    return texts
  }()

  private let values: [String: String]

  /// Strict: every text is there, none is unknown, each placeholder is one that the text may hold.
  public init(text: String, file: String) throws(NotifyError) {
    do throws(YAMLMistake) { values = try Self.read(YAMLNode.root(text, file: file)) } catch {
      throw NotifyError(place: error.place, what: error.what, fix: error.fix + ".")
    }
  }

  private static func read(_ root: YAMLNode) throws(YAMLMistake) -> [String: String] {
    var values: [String: String] = [:]
    for (name, value) in try root.pairs() {
      guard let known = texts[name] else {
        throw value.keyMistake("unknown text `\(name)`", "Compare with the shipped file")
      }
      // A separator may be nothing but a blank.
      let text = try value.letters()
      for placeholder in placeholders(text) where !known.contains(placeholder) {
        throw value.mistake(
          "`\(name)` cannot hold {\(placeholder)}",
          known.isEmpty
            ? "It has no placeholders" : "It knows \(known.sorted().map { "{\($0)}" }.joined(separator: ", "))")
      }
      values[name] = text
    }
    if let missing = texts.keys.sorted().first(where: { values[$0] == nil }) {
      throw root.mistake("the text `\(missing)` is missing", "Take it from the shipped file")
    }
    return values
  }

  private static func placeholders(_ text: String) -> [String] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }
  }

  /// Values are put in one pass: what a value holds is never taken for a placeholder.
  func say(_ key: String, _ fill: [String: String] = [:]) -> String {
    guard let text = values[key] else { preconditionFailure("the words were checked for “\(key)” when they were read") }
    var out = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      out += fill[String(rest[rest.index(after: open)..<close])] ?? ""
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
