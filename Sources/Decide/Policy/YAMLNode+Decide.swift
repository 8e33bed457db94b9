import ClosureModel
import StrictYAML

extension DecideError {
  init(_ mistake: YAMLMistake) {
    self.init(file: mistake.file, line: mistake.line, what: mistake.what, fix: mistake.fix)
  }
}

extension YAMLNode {
  /// A list with at least one entry: an empty one would ask for nothing.
  func entries() throws(YAMLMistake) -> [YAMLNode] { try list(emptyAllowed: false) }

  /// A list of texts, none of them twice.
  func strings() throws(YAMLMistake) -> [String] {
    var seen: Set<String> = []
    var out: [String] = []
    for item in try entries() {
      let text = try item.text()
      guard seen.insert(Fold.simple(text)).inserted else {
        throw item.mistake("`\(path)` names “\(text)” twice", "Remove one of them")
      }
      out.append(text)
    }
    return out
  }

  func date() throws(YAMLMistake) -> Day { try text(that: "a date", "Write it as YYYY-MM-DD", Day.init(iso:)) }
}
