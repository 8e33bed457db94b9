/// A text of a preset with places to be filled: `{ticket}`. Two braces, `{{` and `}}`, are one of them as it stands.
public struct Template: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case text(String)
    case field(String)
  }
  let parts: [Part]

  /// - Throws: what is wrong with the braces.
  init(_ text: String) throws(TemplateMistake) {
    var parts: [Part] = []
    var plain = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        plain.append(character)
        rest.removeFirst()
      case "{":
        guard let end = rest.firstIndex(of: "}") else { throw TemplateMistake(what: "a { is never closed") }
        let name = String(rest[..<end])
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else {
          throw TemplateMistake(what: "{\(name)} is no name")
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.field(name))
        rest = rest[rest.index(after: end)...]
      case "}": throw TemplateMistake(what: "a } stands alone")
      default: plain.append(character)
      }
    }
    if !plain.isEmpty { parts.append(.text(plain)) }
    self.parts = parts
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Names of the fields, in order.
  var fields: [String] {
    parts.compactMap { if case .field(let name) = $0 { name } else { nil } }
  }

  /// The field that is all of the template: its value keeps its type.
  var onlyField: String? {
    if parts.count == 1, case .field(let name) = parts[0] { name } else { nil }
  }

  /// - Parameter encode: applied to each value, not to the preset's own text.
  /// - Throws: the name of a field that has no value here, or that is no text.
  func filled(_ fields: PresetFields, _ encode: (String, String) -> String = { $1 }) throws(MissingField) -> String {
    var out = ""
    for part in parts {
      switch part {
      case .text(let text): out += text
      case .field(let name):
        guard let value = fields[name]?.text else { throw MissingField(name: name) }
        out += encode(name, value)
      }
    }
    return out
  }
}

struct TemplateMistake: Error {
  let what: String
}

/// A field that has no value for this reply.
struct MissingField: Error, Hashable {
  let name: String
}

/// A body of a preset: its YAML tree, whose texts are templates.
indirect enum TemplateTree: Sendable, Hashable {
  case constant(JSONValue)
  case template(Template)
  case list([TemplateTree])
  case object([Entry])

  struct Entry: Sendable, Hashable {
    let name: String
    let value: TemplateTree
  }

  /// - Returns: nil where the value is a field that has none: the key above it is left out.
  func filled(_ fields: PresetFields) throws(MissingField) -> JSONValue? {
    switch self {
    case .constant(let value): return value
    case .template(let template):
      if let name = template.onlyField { return fields[name] }
      return .string(try template.filled(fields))
    case .list(let items):
      var out: [JSONValue] = []
      for item in items { if let value = try item.filled(fields) { out.append(value) } }
      return .array(out)
    case .object(let entries):
      var out: [JSONValue.Member] = []
      for entry in entries {
        if let value = try entry.value.filled(fields) { out.append(.init(entry.name, value)) }
      }
      return .object(out)
    }
  }

  var fields: [String] {
    switch self {
    case .constant: []
    case .template(let template): template.fields
    case .list(let items): items.flatMap(\.fields)
    case .object(let entries): entries.flatMap(\.value.fields)
    }
  }
}

/// What the places of a preset's templates are filled with.
struct PresetFields: Sendable {
  private var values: [String: JSONValue] = [:]

  subscript(name: String) -> JSONValue? {
    get { values[name] }
    set { values[name] = newValue }
  }
}
