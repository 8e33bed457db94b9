/// A way through a JSON document, as the files of `Templates/exports` write it:
///
///     /fields/comment/comments/*          members, elements of a list by number, all of them
///     /custom_fields/*[name=账号ID]/value   only those whose member says so; `[a.b=x]` looks deeper, `[x=]` is blank,
///                                         `[a.*.b=x]` is one of a list
///     users(/requester_id)/email          the records of a table whose key is what the inner way finds; it may be such a
///                                         way itself
///     @requester                          a name that the engine has bound
///     =text                               the text itself
///
/// In a name `~1` stands for `/`, `~2` for `[` and `~0` for `~`.
struct PathExpression: Sendable, Hashable {
  indirect enum Source: Sendable, Hashable {
    case record
    case variable(String)
    case table(String, key: PathExpression)
    case literal(String)
  }
  enum Step: Sendable, Hashable {
    case member(String)
    case all
    case filter(path: [String], negated: Bool, value: Operand)
  }
  enum Operand: Sendable, Hashable {
    case text(String)
    case variable(String)
  }
  struct Mistake: Error {
    let what: String
  }

  let source: Source
  let steps: [Step]
  let spelling: String

  init(_ text: String) throws(Mistake) {
    spelling = text
    if text.hasPrefix("=") {
      source = .literal(String(text.dropFirst()))
      steps = []
      return
    }
    var rest = Substring(text)
    if text.hasPrefix("@") {
      let name = rest.dropFirst().prefix { $0 != "/" && $0 != "[" }
      guard !name.isEmpty else { throw Mistake(what: "“\(text)” names nothing behind the @") }
      source = .variable(String(name))
      rest = rest.dropFirst(name.count + 1)
    } else if let open = rest.firstIndex(of: "("), !text.hasPrefix("/"), !text.hasPrefix("[") {
      guard let close = Self.end(of: rest[open...]) else { throw Mistake(what: "“\(text)” lacks a )") }
      source = .table(String(rest[..<open]), key: try PathExpression(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    } else {
      source = .record
    }
    steps = try Self.steps(rest, in: text)
  }

  /// Where the bracket closes that the text begins with.
  private static func end(of text: Substring) -> Substring.Index? {
    var depth = 0
    return text.indices.first { index in
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      return depth == 0
    }
  }

  private static func steps(_ text: Substring, in whole: String) throws(Mistake) -> [Step] {
    var out: [Step] = []
    var rest = text
    while let sign = rest.first {
      rest = rest.dropFirst()
      if sign == "/" {
        let name = rest.prefix { $0 != "/" && $0 != "[" }
        rest = rest.dropFirst(name.count)
        // `/` alone is the record itself.
        if name.isEmpty, out.isEmpty, rest.isEmpty { return [] }
        guard !name.isEmpty else { throw Mistake(what: "“\(whole)” has an empty step") }
        out.append(name == "*" ? .all : .member(Self.unescaped(name)))
      } else if sign == "[" {
        guard let close = rest.firstIndex(of: "]"), let equals = rest[..<close].firstIndex(of: "=") else {
          throw Mistake(what: "“\(whole)” has a filter that is not [name=value]")
        }
        var name = rest[..<equals]
        let negated = name.last == "!"
        if negated { name = name.dropLast() }
        let value = rest[rest.index(after: equals)..<close]
        out.append(
          .filter(
            path: name.split(separator: ".").map { unescaped($0) }, negated: negated,
            value: value.hasPrefix("@") ? .variable(String(value.dropFirst())) : .text(String(value))))
        rest = rest[rest.index(after: close)...]
      } else {
        throw Mistake(what: "“\(whole)” must begin with /, @, = or a table")
      }
    }
    return out
  }

  private static func unescaped(_ name: Substring) -> String {
    guard name.contains("~") else { return String(name) }
    return String(name).replacing("~1", with: "/").replacing("~2", with: "[").replacing("~0", with: "~")
  }
}

/// What a way is walked in: a record, the names bound so far and the tables of the export.
struct PathScope {
  var record: JSONValue
  var variables: [String: String]
  /// - Returns: `nil` when the table has no such key; empty when it has it with nothing under it.
  let lookup: (_ table: String, _ key: String) -> [JSONValue]?

  struct Found {
    /// Name or number under which a `*` found it.
    var key: String
    let value: JSONValue
  }

  func with(_ record: JSONValue, key: String? = nil) -> PathScope {
    var scope = self
    scope.record = record
    if let key { scope.variables["key"] = key }
    return scope
  }

  /// - Returns: what stands there; `nil` where the export does not know, as opposed to an empty list.
  func find(_ path: PathExpression) -> [Found]? {
    var found: [Found]
    switch path.source {
    case .literal(let text): return [Found(key: "", value: .text(text))]
    case .record: found = [Found(key: "", value: record)]
    case .variable(let name):
      guard let text = variables[name] else { return nil }
      found = [Found(key: "", value: .text(text))]
    case .table(let table, let key):
      let known = texts([key]).compactMap { text in lookup(table, text).map { (text, $0) } }
      guard !known.isEmpty else { return nil }
      found = known.flatMap { text, records in records.map { Found(key: text, value: $0) } }
      if path.steps.isEmpty { return found }
      // A filter on an empty table is known to find nothing.
      if found.isEmpty { return [] }
    }
    var isKnown = false
    for step in path.steps {
      var next: [Found] = []
      for item in found {
        switch step {
        case .member(let name):
          if let value = Self.member(name, of: item.value) { next.append(Found(key: item.key, value: value)) }
        case .all:
          switch item.value {
          case .array(let items):
            isKnown = true
            for (index, value) in items.enumerated() { next.append(Found(key: "\(index)", value: value)) }
          case .object(let members):
            isKnown = true
            for member in members { next.append(Found(key: member.name, value: member.value)) }
          case .null, .bool, .number, .text: break
          }
        case .filter(let names, let negated, let operand):
          isKnown = true
          if matches(item.value, names, operand) != negated { next.append(item) }
        }
      }
      found = next
    }
    return found.isEmpty && !isKnown ? nil : found
  }

  private func matches(_ value: JSONValue, _ names: [String], _ operand: PathExpression.Operand) -> Bool {
    if let all = names.firstIndex(of: "*") {
      let list = names[..<all].reduce(Optional(value)) { at, name in at.flatMap { Self.member(name, of: $0) } }
      guard case .array(let items) = list else { return false }
      return items.contains { matches($0, Array(names[(all + 1)...]), operand) }
    }
    var at: JSONValue? = value
    for name in names { at = at.flatMap { Self.member(name, of: $0) } }
    let wanted: String
    switch operand {
    case .text(let text): wanted = text
    case .variable(let name): wanted = variables[name] ?? "\u{0}"
    }
    return (at?.text ?? "") == wanted
  }

  private static func member(_ name: String, of value: JSONValue) -> JSONValue? {
    if case .array(let items) = value {
      guard let index = Int(name), items.indices.contains(index) else { return nil }
      return items[index]
    }
    return value[name]
  }

  /// What the first way finds that finds a text that is not blank, in lines where it finds several.
  func text(_ paths: [PathExpression]) -> String? {
    let texts = texts(paths)
    return texts.isEmpty ? nil : texts.joined(separator: "\n")
  }

  /// The texts that the first way finds that finds one that is not blank.
  func texts(_ paths: [PathExpression]) -> [String] {
    for path in paths {
      let texts = (find(path) ?? []).compactMap(\.value.text).filter { $0.contains { !$0.isWhitespace } }
      if !texts.isEmpty { return texts }
    }
    return []
  }
}
