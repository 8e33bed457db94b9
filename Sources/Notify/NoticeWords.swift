import ClosureModel
import Yams

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
    let root: Node?
    do { root = try Yams.compose(yaml: text, .basic) } catch {
      throw NotifyError(place: file, what: "no valid YAML: \(error)", fix: "Mend the line that is named.")
    }
    guard case .mapping(let mapping) = root else {
      throw NotifyError(place: file, what: "no list of `key: text` lines", fix: "Compare with the shipped file.")
    }
    var values: [String: String] = [:]
    for (key, value) in mapping {
      let place = key.mark.map { "\(file):\($0.line)" } ?? file
      guard let name = key.string, let known = Self.texts[name] else {
        throw NotifyError(
          place: place, what: "unknown text “\(key.string ?? "?")”", fix: "Compare with the shipped file.")
      }
      guard case .scalar(let scalar) = value else {
        throw NotifyError(place: place, what: "“\(name)” is no text", fix: "Write it in quotes.")
      }
      guard values.updateValue(scalar.string, forKey: name) == nil else {
        throw NotifyError(place: place, what: "“\(name)” stands twice", fix: "Keep one of them.")
      }
      for placeholder in Self.placeholders(scalar.string) where !known.contains(placeholder) {
        throw NotifyError(
          place: place, what: "“\(name)” cannot hold {\(placeholder)}",
          fix: known.isEmpty
            ? "It has no placeholders." : "It knows \(known.sorted().map { "{\($0)}" }.joined(separator: ", ")).")
      }
    }
    if let missing = Self.texts.keys.sorted().first(where: { values[$0] == nil }) {
      throw NotifyError(place: file, what: "the text “\(missing)” is missing", fix: "Take it from the shipped file.")
    }
    self.values = values
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
