import Yams

/// A node of a YAML file that knows its file, its line and its way from the root, so that every complaint has a place.
///
/// Nothing is guessed: a value has the type that it is asked for, or it is a mistake.
package struct YAMLNode {
  let node: Node
  package let file: String
  /// `conditions[2].when_true`; empty for the root.
  package let path: String
  /// 1-based line of its key, for mistakes in the key.
  package let keyLine: Int?
  /// The document that says what the keys mean.
  let guide: String?

  init(_ node: Node, file: String, path: String, keyLine: Int?, guide: String?) {
    self.node = node
    self.file = file
    self.path = path
    self.keyLine = keyLine
    self.guide = guide
  }

  /// Reads one document.
  /// - Parameters:
  ///   - file: the name to show in mistakes.
  ///   - guide: the document that says what the keys mean; named where one is missing.
  /// - Returns: `nil` for a file without content.
  package static func document(_ text: String, file: String, guide: String? = nil) throws(YAMLMistake) -> YAMLNode? {
    do {
      // Without rules that guess types: each value is asked for by its type, and the rules are regular expressions that
      // bring ICU in.
      return try compose(yaml: text, .basic).map { YAMLNode($0, file: file, path: "", keyLine: nil, guide: guide) }
    } catch {
      throw syntax(error, file)
    }
  }

  /// Reads one document; a file without content is a mistake.
  package static func root(_ text: String, file: String, guide: String? = nil) throws(YAMLMistake) -> YAMLNode {
    guard let root = try document(text, file: file, guide: guide) else {
      throw YAMLMistake(file: file, line: nil, what: "the file is empty", fix: "Copy the shipped file of this kind")
    }
    return root
  }

  /// 1-based.
  package var line: Int? { node.mark?.line }

  /// `“the file”` or the way to this node, for messages.
  package var name: String { path.isEmpty ? "the file" : "`\(path)`" }

  package func mistake(_ what: String, _ fix: String) -> YAMLMistake {
    YAMLMistake(file: file, line: line, what: what, fix: fix)
  }

  /// A mistake in the key of this value rather than in the value.
  package func keyMistake(_ what: String, _ fix: String) -> YAMLMistake {
    YAMLMistake(file: file, line: keyLine ?? line, what: what, fix: fix)
  }

  func join(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private static func syntax(_ error: any Error, _ file: String) -> YAMLMistake {
    func mistake(_ line: Int?, _ what: String, _ fix: String) -> YAMLMistake {
      YAMLMistake(file: file, line: line, what: what, fix: fix)
    }
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return mistake(mark.line, "this is no YAML: \(problem)", "Mend the line or the one before it")
    case .duplicatedKeysInMapping(let keys, let context):
      return mistake(
        context.mark.line, "the key `\(keys.joined(separator: "`, `"))` stands twice in one mapping",
        "Remove one of them")
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { 1 + yaml.utf8.prefix($0).count { $0 == UInt8(ascii: "\n") } }
      return mistake(line, "this is no YAML: \(problem)", "Save it as UTF-8, without control characters")
    default: return mistake(nil, "this is no YAML", "Save it as UTF-8 and check the syntax")
    }
  }
}

// MARK: - Lists and mappings

extension YAMLNode {
  package enum Form: Sendable { case scalar, list, map }

  package var form: Form {
    switch node {
    case .mapping: .map
    case .sequence: .list
    // Aliases are replaced by what they stand for when the file is read.
    case .scalar, .alias: .scalar
    }
  }

  /// - Parameter emptyAllowed: a list without entries is none of the author's mistakes.
  package func list(emptyAllowed: Bool = true) throws(YAMLMistake) -> [YAMLNode] {
    guard case .sequence(let items) = node else {
      throw mistake("\(name) must be a list", "Write it as [one, two] or one `- item` a line")
    }
    guard emptyAllowed || !items.isEmpty else {
      throw mistake("\(name) is an empty list", "Name at least one entry")
    }
    return items.enumerated().map {
      YAMLNode($1, file: file, path: "\(path)[\($0)]", keyLine: nil, guide: guide)
    }
  }

  /// One entry stands for a list of one.
  package func oneOrMore() throws(YAMLMistake) -> [YAMLNode] {
    form == .list ? try list() : [self]
  }

  /// Keys of the file's own choosing, in order, none of them twice.
  /// - Parameter merging: `<<: *other` brings in what another mapping says, where this one says nothing.
  package func pairs(merging: Bool = false) throws(YAMLMistake) -> [(name: String, value: YAMLNode)] {
    guard case .mapping(let mapping) = node else {
      throw mistake("\(name) must be a mapping of keys", "Write `key: value` lines, indented below it")
    }
    var out: [(name: String, value: YAMLNode)] = []
    var seen: Set<String> = []
    var shared: [(name: String, value: YAMLNode)] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw YAMLMistake(
          file: file, line: key.mark?.line, what: "a key of \(name) is no plain word", fix: "Write `key: value`")
      }
      let here = YAMLNode(value, file: file, path: join(scalar.string), keyLine: key.mark?.line, guide: guide)
      if scalar.string == "<<", scalar.style == .plain || scalar.style == .any {
        guard merging else { throw here.keyMistake("`<<` is not read here", "Write the keys out") }
        shared = try YAMLNode(value, file: file, path: path, keyLine: nil, guide: guide).pairs(merging: true)
        continue
      }
      guard seen.insert(scalar.string).inserted else {
        throw here.keyMistake("the key `\(here.path)` stands twice", "Remove one of them")
      }
      out.append((scalar.string, here))
    }
    for pair in shared where seen.insert(pair.name).inserted { out.append(pair) }
    return out
  }

  /// A mapping with these keys and no others.
  /// - Parameters:
  ///   - required: all of them are there.
  ///   - merging: see `pairs`.
  package func map(
    _ required: [String] = [], optional: [String] = [], merging: Bool = false
  ) throws(YAMLMistake) -> YAMLMap {
    let known = required + optional
    let pairs = try pairs(merging: merging)
    for (name, value) in pairs where !known.contains(name) {
      throw value.keyMistake("unknown key `\(value.path)`", "Known here: \(known.joined(separator: ", "))")
    }
    let map = YAMLMap(owner: self, pairs: pairs)
    for name in required { _ = try map.need(name) }
    return map
  }
}
