/// A JSON value: what answers are read into and bodies are written from. Members keep their order, numbers their text.
public indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// As it is written, so that a long identifier is never rounded.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Sendable, Hashable {
    public let name: String
    public let value: JSONValue
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// A scalar as text; nil for lists, objects and null.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// First member of that name.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// - Parameter pointer: RFC 6901, e.g. `/data/items/0/id`; empty is the whole value.
  public func at(_ pointer: JSONPointer) -> JSONValue? {
    var value = self
    for step in pointer.steps {
      switch value {
      case .object:
        guard let next = value[step] else { return nil }
        value = next
      case .array(let items):
        guard let index = Int(step), items.indices.contains(index) else { return nil }
        value = items[index]
      case .null, .bool, .number, .string: return nil
      }
    }
    return value
  }

  /// One line, no blanks.
  public var serialised: String {
    var out = ""
    write(to: &out)
    return out
  }

  private func write(to out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let text): out += text
    case .string(let text): out += JSONText.quoted(text)
    case .array(let items):
      out += "["
      for (index, item) in items.enumerated() {
        if index > 0 { out += "," }
        item.write(to: &out)
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { out += "," }
        out += JSONText.quoted(member.name) + ":"
        member.value.write(to: &out)
      }
      out += "}"
    }
  }
}

/// A place in a JSON value (RFC 6901).
public struct JSONPointer: Sendable, Hashable {
  public let text: String
  let steps: [String]

  /// - Returns: nil for a text that is neither empty nor begins with `/`.
  public init?(_ text: String) {
    guard text.isEmpty || text.hasPrefix("/") else { return nil }
    self.text = text
    steps =
      text.isEmpty
      ? []
      : text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
        var out = ""
        var rest = part[...]
        while let mark = rest.firstIndex(of: "~") {
          out += rest[..<mark]
          rest = rest[rest.index(after: mark)...]
          switch rest.first {
          case "0": out += "~"
          case "1": out += "/"
          default:
            out += "~"
            continue
          }
          rest = rest.dropFirst()
        }
        return out + rest
      }
  }
}
