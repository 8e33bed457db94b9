import Yams

/// A node of a preset file that knows its place.
struct PresetYAML {
  let node: Node
  let file: String
  /// `post[1].request.url`; empty for the root.
  let path: String

  static func root(text: String, file: String) throws(PresetError) -> PresetYAML {
    let node: Node?
    do {
      node = try compose(yaml: text)
    } catch {
      throw syntaxError(error, file)
    }
    guard let node else {
      throw PresetError(file: file, line: nil, what: "the file is empty", fix: "Copy a shipped preset")
    }
    return PresetYAML(node: node, file: file, path: "")
  }

  func fail(_ what: String, _ fix: String) -> PresetError {
    PresetError(file: file, line: node.mark?.line, what: what, fix: fix)
  }

  /// Exactly these keys, the required ones all there.
  func map(_ required: [String], optional: [String] = []) throws(PresetError) -> Keys {
    let allowed = required + optional
    var values: [String: PresetYAML] = [:]
    for (name, value) in try pairs() {
      guard allowed.contains(name) else {
        throw value.fail("unknown key `\(value.path)`", "Known here: \(allowed.joined(separator: ", "))")
      }
      values[name] = value
    }
    for name in required where values[name] == nil {
      throw fail("the key `\(join(name))` is missing", "Add it; docs/integration-guide.md says what it means")
    }
    return Keys(owner: self, values: values)
  }

  struct Keys {
    let owner: PresetYAML
    let values: [String: PresetYAML]
    subscript(name: String) -> PresetYAML? { values[name] }
    func required(_ name: String) throws(PresetError) -> PresetYAML {
      guard let value = values[name] else { throw owner.fail("the key `\(name)` is missing", "Add it") }
      return value
    }
  }

  /// Keys of the file's own choosing, in order.
  func pairs() throws(PresetError) -> [(String, PresetYAML)] {
    guard case .mapping(let mapping) = node else {
      throw fail("\(path.isEmpty ? "the file" : "`\(path)`") must be `key: value` lines", "Indent its keys below it")
    }
    var out: [(String, PresetYAML)] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else { throw fail("a key is no plain word", "Write `key: value`") }
      let here = PresetYAML(node: value, file: file, path: join(scalar.string))
      guard !out.contains(where: { $0.0 == scalar.string }) else {
        throw here.fail("the key `\(here.path)` stands twice", "Remove one of them")
      }
      out.append((scalar.string, here))
    }
    return out
  }

  func list() throws(PresetError) -> [PresetYAML] {
    guard case .sequence(let sequence) = node else { throw fail("`\(path)` must be a list", "Write it as [a, b]") }
    return sequence.enumerated().map { PresetYAML(node: $1, file: file, path: "\(path)[\($0)]") }
  }

  /// One entry stands for a list of one.
  func oneOrMore() throws(PresetError) -> [PresetYAML] {
    if case .sequence = node { return try list() }
    return [self]
  }

  func string() throws(PresetError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty, node.tag.description != Tag.Name.null.rawValue else {
      throw fail("`\(path)` must be a text", "Write one value after the colon")
    }
    return scalar.string
  }

  func bool() throws(PresetError) -> Bool {
    guard let value = node.bool else { throw fail("`\(path)` must be true or false", "Write true or false") }
    return value
  }

  func integer(_ range: ClosedRange<Int>) throws(PresetError) -> Int {
    guard let value = node.int, range.contains(value) else {
      throw fail("`\(path)` must be a whole number from \(range.lowerBound) to \(range.upperBound)", "Mend the value")
    }
    return value
  }

  func choice<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) throws(PresetError) -> Value {
    let text = try string()
    guard let value = Value(rawValue: text) else {
      throw fail(
        "`\(path)` cannot be “\(text)”", "Use one of: \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  func pointer() throws(PresetError) -> JSONPointer {
    guard case .scalar(let scalar) = node, let pointer = JSONPointer(scalar.string) else {
      throw fail("`\(path)` is no JSON pointer", #"Write it as /data/id, or "" for the whole answer"#)
    }
    return pointer
  }

  func template() throws(PresetError) -> Template {
    guard case .scalar(let scalar) = node else { throw fail("`\(path)` must be a text", "Write one value") }
    do throws(TemplateMistake) {
      return try Template(scalar.string)
    } catch {
      throw fail("`\(path)`: \(error.what)", "Write a field as {name}, a brace of its own as {{ or }}")
    }
  }

  /// A body: texts are templates, everything else stays what YAML takes it for.
  func tree() throws(PresetError) -> TemplateTree {
    switch node {
    case .mapping:
      var entries: [TemplateTree.Entry] = []
      for (name, value) in try pairs() { entries.append(.init(name: name, value: try value.tree())) }
      return .object(entries)
    case .sequence:
      var items: [TemplateTree] = []
      for item in try list() { items.append(try item.tree()) }
      return .list(items)
    case .scalar: return try scalar()
    case .alias: throw fail("`\(path)` is an alias", "Write the value out")
    }
  }

  private func scalar() throws(PresetError) -> TemplateTree {
    if let constant = constant() { return .constant(constant) }
    return .template(try template())
  }

  /// A scalar that YAML takes for something else than a text.
  func constant() -> JSONValue? {
    guard case .scalar(let scalar) = node else { return nil }
    switch node.tag.description {
    case Tag.Name.null.rawValue: return .null
    case Tag.Name.bool.rawValue: return node.bool.map { .bool($0) }
    case Tag.Name.int.rawValue: return node.int.map { .number(String($0)) }
    case Tag.Name.float.rawValue: return JSONValue(parsing: Array(scalar.string.utf8))
    default: return nil
    }
  }

  private func join(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private static func syntaxError(_ error: any Error, _ file: String) -> PresetError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      PresetError(
        file: file, line: mark.line, what: "this is no YAML: \(problem)", fix: "Mend the line or the one before")
    case .duplicatedKeysInMapping(let keys, let context):
      PresetError(
        file: file, line: context.mark.line, what: "the key `\(keys.joined(separator: "`, `"))` stands twice",
        fix: "Remove one of them")
    default:
      PresetError(file: file, line: nil, what: "this is no YAML", fix: "Save it as UTF-8 and check the syntax")
    }
  }
}
