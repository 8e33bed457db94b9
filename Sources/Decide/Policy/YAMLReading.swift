import ClosureModel
import Yams

/// A node of a YAML file that remembers its file and its way from the root, so that every complaint has a place.
struct YAMLValue {
  let node: Node
  let file: String
  /// `conditions[2].when_true`; empty for the root.
  let path: String

  /// Reads one document.
  static func root(text: String, file: String) throws(DecideError) -> YAMLValue {
    let node: Node?
    do {
      node = try compose(yaml: text, .basic)
    } catch {
      throw Self.syntaxError(error, file)
    }
    guard let node else {
      throw DecideError(file: file, line: nil, what: "the file is empty", fix: "Copy the shipped file of this kind")
    }
    return YAMLValue(node: node, file: file, path: "")
  }

  func fail(_ what: String, _ fix: String) -> DecideError {
    DecideError(file: file, line: node.mark?.line, what: what, fix: fix)
  }

  /// The words of a plain or quoted scalar, never blank.
  func string() throws(DecideError) -> String {
    guard case .scalar(let scalar) = node else {
      throw fail("`\(path)` must be a text", "Write one value after the colon")
    }
    // Unquoted `no`, `~` and `95118` are not texts to YAML; which was meant must not be guessed.
    let isPlain = scalar.tag.description == Tag.Name.implicit.rawValue
    let tag = isPlain ? Self.tag(ofPlain: scalar.string) : node.tag.description
    guard tag == Tag.Name.str.rawValue || tag == Tag.Name.timestamp.rawValue else {
      throw fail("`\(path)` must be a text, “\(scalar.string)” is read as something else", "Put it in double quotes")
    }
    guard scalar.string.contains(where: { !$0.isWhitespace }) else {
      throw fail("`\(path)` is blank", "Give it a value")
    }
    return scalar.string
  }

  /// What a plain scalar is to YAML. The resolver's patterns are costly to build, and most words match none of them: they
  /// are asked only where one could.
  private static func tag(ofPlain text: String) -> String {
    let others: Set<String> = ["yes", "no", "true", "false", "on", "off", "null"]
    guard let first = text.utf8.first else { return Tag.Name.null.rawValue }
    let begins = (0x30...0x39).contains(first) || "+-.~<=".utf8.contains(first)
    guard begins || (text.utf8.count <= 5 && others.contains(text.lowercased())) else { return Tag.Name.str.rawValue }
    if Day(iso: text) != nil { return Tag.Name.timestamp.rawValue }
    return Node(text, Tag(.implicit, .default)).tag.description
  }

  func int(_ range: ClosedRange<Int>) throws(DecideError) -> Int {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any,
      let value = Int(scalar.string)
    else {
      throw fail("`\(path)` must be a whole number", "Write one from \(range.lowerBound) to \(range.upperBound)")
    }
    guard range.contains(value) else {
      throw fail("`\(path)` is \(value)", "Write a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func list(emptyAllowed: Bool = false) throws(DecideError) -> [YAMLValue] {
    guard case .sequence(let sequence) = node else {
      throw fail("`\(path)` must be a list", "Write it as [one, two] or one `- item` a line")
    }
    guard emptyAllowed || !sequence.isEmpty else {
      throw fail("`\(path)` is an empty list", "Name at least one entry")
    }
    return sequence.enumerated().map { YAMLValue(node: $1, file: file, path: "\(path)[\($0)]") }
  }

  /// A list of texts, none of them twice.
  func strings() throws(DecideError) -> [String] {
    var seen: Set<String> = []
    var out: [String] = []
    for item in try list() {
      let text = try item.string()
      guard seen.insert(Fold.simple(text)).inserted else {
        throw item.fail("`\(path)` names “\(text)” twice", "Remove one of them")
      }
      out.append(text)
    }
    return out
  }

  /// One of a closed set of words.
  func choice<Value: RawRepresentable<String>>(of allowed: [Value]) throws(DecideError) -> Value {
    let text = try string()
    guard let value = allowed.first(where: { $0.rawValue == text }) else {
      throw fail("`\(path)` is “\(text)”", "Use one of: \(allowed.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  func date() throws(DecideError) -> Day {
    let text = try string()
    guard let day = Day(iso: text) else {
      throw fail("`\(path)` is “\(text)”, which is no date", "Write it as YYYY-MM-DD")
    }
    return day
  }

  /// A mapping with exactly these keys.
  func map(_ required: [String], optional: [String] = []) throws(DecideError) -> YAMLMap {
    guard case .mapping(let mapping) = node else {
      throw fail("\(path.isEmpty ? "the file" : "`\(path)`") must be a mapping of keys", "Write `key: value` lines")
    }
    let allowed = required + optional
    var values: [String: YAMLValue] = [:]
    for (key, value) in mapping {
      let line = YAMLValue(node: key, file: file, path: path)
      guard case .scalar(let scalar) = key else { throw line.fail("a key is no plain word", "Write `key: value`") }
      let name = scalar.string
      guard allowed.contains(name) else {
        throw line.fail("unknown key `\(join(name))`", "Known here: \(allowed.joined(separator: ", "))")
      }
      guard values[name] == nil else { throw line.fail("the key `\(join(name))` stands twice", "Remove one of them") }
      values[name] = YAMLValue(node: value, file: file, path: join(name))
    }
    for name in required where values[name] == nil {
      throw fail("the key `\(join(name))` is missing", "Add `\(name):`; docs/policy-reference.md says what it means")
    }
    return YAMLMap(owner: self, values: values)
  }

  private func join(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private static func syntaxError(_ error: any Error, _ file: String) -> DecideError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return DecideError(
        file: file, line: mark.line, what: "this is no YAML: \(problem)", fix: "Mend the line or the one before it")
    case .duplicatedKeysInMapping(let keys, let context):
      return DecideError(
        file: file, line: context.mark.line,
        what: "the key `\(keys.joined(separator: "`, `"))` stands twice in one mapping", fix: "Remove one of them")
    default:
      return DecideError(file: file, line: nil, what: "this is no YAML", fix: "Save it as UTF-8 and check the syntax")
    }
  }
}

/// The values of a checked mapping. Asking for a key that was not required or present is our own mistake.
struct YAMLMap {
  let owner: YAMLValue
  let values: [String: YAMLValue]

  func optional(_ key: String) -> YAMLValue? { values[key] }

  func callAsFunction(_ key: String) throws(DecideError) -> YAMLValue {
    guard let value = values[key] else { throw owner.fail("the key `\(key)` is missing", "Add `\(key):`") }
    return value
  }
}
