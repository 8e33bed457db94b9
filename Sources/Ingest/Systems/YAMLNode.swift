import Yams

/// A node of a YAML file that knows its line.
struct YAMLNode {
  let node: Node
  let file: String

  static func root(text: String, file: String) throws(IngestError) -> YAMLNode {
    var composed: Node?
    do { composed = try compose(yaml: text, .basic) } catch {
      throw IngestError(code: .badTemplate, file: file, what: "this is no YAML: \(error)", fix: "Mend the line.")
    }
    guard let composed else {
      throw IngestError(code: .badTemplate, file: file, what: "the file is empty", fix: "Copy the shipped file.")
    }
    return YAMLNode(node: composed, file: file)
  }

  func fail(_ what: String, _ fix: String) -> IngestError {
    let place = node.mark.map { "\(file):\($0.line)" } ?? file
    return IngestError(code: .badTemplate, file: place, what: what, fix: fix + ".")
  }

  struct Map {
    let owner: YAMLNode
    let values: [String: YAMLNode]
    subscript(key: String) -> YAMLNode? { values[key] }
    func need(_ key: String) throws(IngestError) -> YAMLNode {
      guard let value = values[key] else { throw owner.fail("the key `\(key)` is missing", "Add `\(key):`") }
      return value
    }
  }

  /// - Parameter all: every key must be there.
  func map(_ known: [String], all: Bool = false) throws(IngestError) -> Map {
    var values: [String: YAMLNode] = [:]
    for (name, value) in try pairs() {
      guard known.contains(name) else {
        throw value.fail("unknown key `\(name)`", "Known here: \(known.joined(separator: ", "))")
      }
      values[name] = value
    }
    let map = Map(owner: self, values: values)
    if all { for key in known { _ = try map.need(key) } }
    return map
  }

  func pairs() throws(IngestError) -> [(String, YAMLNode)] {
    guard case .mapping(let mapping) = node else { throw fail("this must be a mapping", "Write `key: value` lines") }
    var out: [(String, YAMLNode)] = []
    var shared: [(String, YAMLNode)] = []
    for (key, value) in mapping {
      guard case .scalar(let name) = key else { throw fail("a key is no plain word", "Write `key: value`") }
      // `<<: *other`: what the other mapping says, where this one says nothing.
      if name.string == "<<" {
        shared = try YAMLNode(node: value, file: file).pairs()
        continue
      }
      guard !out.contains(where: { $0.0 == name.string }) else {
        throw fail("the key `\(name.string)` stands twice", "Remove one of them")
      }
      out.append((name.string, YAMLNode(node: value, file: file)))
    }
    for pair in shared where !out.contains(where: { $0.0 == pair.0 }) { out.append(pair) }
    return out
  }

  func list() throws(IngestError) -> [YAMLNode] {
    guard case .sequence(let items) = node else { throw fail("this must be a list", "Write it as [one, two]") }
    return items.map { YAMLNode(node: $0, file: file) }
  }

  func oneOrMore() throws(IngestError) -> [YAMLNode] {
    if case .sequence = node { return try list() }
    return [self]
  }

  func string() throws(IngestError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw fail("this must be a text", "Give it a value")
    }
    return scalar.string
  }

  func bool() throws(IngestError) -> Bool {
    guard let value = node.bool else { throw fail("this must be true or false", "Write true or false") }
    return value
  }

  func int() throws(IngestError) -> Int {
    guard let value = node.int, value > 0 else { throw fail("this must be a whole number", "Write one above 0") }
    return value
  }

  func isWord(_ word: String) throws(IngestError) -> Bool {
    if case .scalar(let scalar) = node { return scalar.string == word }
    return false
  }

  func choice(of words: [String]) throws(IngestError) -> String {
    let text = try string()
    guard words.contains(text) else {
      throw fail("“\(text)” is not known", "Use one of: \(words.joined(separator: ", "))")
    }
    return text
  }

  func choice<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) throws(IngestError) -> Value {
    let text = try choice(of: Value.allCases.map(\.rawValue))
    guard let value = Value(rawValue: text) else { preconditionFailure("choice(of:) checked it") }
    return value
  }

  func path() throws(IngestError) -> PathExpression {
    do throws(PathExpression.Mistake) { return try PathExpression(try text()) } catch {
      throw fail(error.what, "Mend it")
    }
  }

  func paths() throws(IngestError) -> [PathExpression] {
    var out: [PathExpression] = []
    for entry in try oneOrMore() { out.append(try entry.path()) }
    return out
  }

  func conditions() throws(IngestError) -> [Condition] {
    var out: [Condition] = []
    for entry in try oneOrMore() {
      do throws(PathExpression.Mistake) { out.append(try Condition(try entry.text())) } catch {
        throw entry.fail(error.what, "Mend it")
      }
    }
    return out
  }

  private func text() throws(PathExpression.Mistake) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw PathExpression.Mistake(what: "this must be a text")
    }
    return scalar.string
  }
}
