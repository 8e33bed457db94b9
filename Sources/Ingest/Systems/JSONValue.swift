import CSimdJSON

/// A JSON document as a tree. Numbers stay as they were written: an id of twenty digits is not rounded.
indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(String)
  case text(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Sendable, Hashable {
    let name: String
    let value: JSONValue
  }

  /// The member of that name; of names that stand twice the first.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// What the value says as one text; `nil` for nothing. An object speaks through the member that names it.
  var text: String? {
    switch self {
    case .null: return nil
    case .bool(let value): return value ? "true" : "false"
    case .number(let text), .text(let text): return text
    case .array(let items):
      let texts = items.compactMap(\.text).filter { !$0.isEmpty }
      return texts.isEmpty ? nil : texts.joined(separator: "\n")
    case .object:
      for name in ["value", "name", "Name", "label", "Label", "displayName"] {
        if let text = self[name]?.text { return text }
      }
      return nil
    }
  }

  /// - Parameter bytes: one document of UTF-8.
  /// - Returns: `nil` when it is no JSON, whole and alone.
  static func parse(_ bytes: [UInt8]) -> JSONValue? {
    bytes.withUnsafeBufferPointer { parse($0) }
  }

  /// The first document of a text that may be cut off anywhere.
  /// - Returns: what is there of it, and where it ends; `nil` as the end: it is cut off.
  static func head(_ bytes: [UInt8]) -> (value: JSONValue, end: Int?)? {
    // A character may be cut too.
    let whole = bytes.lastIndex { $0 < 0x80 }.map { $0 + 1 } ?? 0
    return bytes.withUnsafeBufferPointer { buffer in
      let part = UnsafeBufferPointer(rebasing: buffer[..<whole])
      guard let base = UnsafeRawPointer(part.baseAddress),
        csimdjson_is_utf8(base.assumingMemoryBound(to: CChar.self), part.count) == 1
      else { return nil }
      var parser = JSONTreeParser(part)
      return parser.first()
    }
  }

  static func parse(_ buffer: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    guard let base = UnsafeRawPointer(buffer.baseAddress),
      csimdjson_is_utf8(base.assumingMemoryBound(to: CChar.self), buffer.count) == 1
    else { return nil }
    var parser = JSONTreeParser(buffer)
    return parser.document()
  }
}

/// RFC 8259 by recursive descent, at most `maxDepth` deep.
private struct JSONTreeParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private static let maxDepth = 128

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
  }

  /// Containers that the end cuts off hold what came before it.
  private var isTolerant = false
  private var isCut: Bool { isTolerant && at >= bytes.count }

  mutating func first() -> (value: JSONValue, end: Int?)? {
    isTolerant = true
    guard let value = value(depth: 0) else { return nil }
    switch value {
    case .object, .array: return (value, closed ? at : nil)
    default: return nil
    }
  }
  /// The outermost container met its end.
  private var closed = false

  mutating func document() -> JSONValue? {
    guard let value = value(depth: 0) else { return nil }
    skipBlanks()
    return at == bytes.count ? value : nil
  }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skipBlanks()
    guard at < bytes.count, depth < Self.maxDepth else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "{"):
      at += 1
      return members(depth: depth)
    case UInt8(ascii: "["):
      at += 1
      return elements(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.text)
    case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return word("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func members(depth: Int) -> JSONValue? {
    var out: [JSONValue.Member] = []
    if accept(UInt8(ascii: "}")) { return end(.object(out), depth) }
    while true {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), let name = string(), accept(UInt8(ascii: ":")),
        let value = value(depth: depth + 1)
      else { return isCut ? .object(out) : nil }
      out.append(JSONValue.Member(name: name, value: value))
      if accept(UInt8(ascii: "}")) { return end(.object(out), depth) }
      guard accept(UInt8(ascii: ",")) else { return isCut ? .object(out) : nil }
    }
  }

  private mutating func elements(depth: Int) -> JSONValue? {
    var out: [JSONValue] = []
    if accept(UInt8(ascii: "]")) { return end(.array(out), depth) }
    while true {
      guard let value = value(depth: depth + 1) else { return isCut ? .array(out) : nil }
      out.append(value)
      if accept(UInt8(ascii: "]")) { return end(.array(out), depth) }
      guard accept(UInt8(ascii: ",")) else { return isCut ? .array(out) : nil }
    }
  }

  private mutating func end(_ value: JSONValue, _ depth: Int) -> JSONValue {
    if depth == 0 { closed = true }
    return value
  }

  private mutating func word(_ text: StaticString) -> Bool {
    guard at + text.utf8CodeUnitCount <= bytes.count else {
      if isTolerant { at = bytes.count }
      return false
    }
    let same = text.withUTF8Buffer { word in word.indices.allSatisfy { bytes[at + $0] == word[$0] } }
    if same { at += text.utf8CodeUnitCount }
    return same
  }

  private mutating func digits() -> Int {
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
    return at - start
  }

  private mutating func number() -> JSONValue? {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let first = at
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[first] != UInt8(ascii: "0") else { return nil }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { return nil }
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "e") || bytes[at] == UInt8(ascii: "E") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { return nil }
    }
    return .number(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self))
  }

  private mutating func string() -> String? {
    at += 1
    var start = at
    var out = ""
    func piece(_ from: Int, _ to: Int) -> String {
      String(decoding: UnsafeBufferPointer(rebasing: bytes[from..<to]), as: UTF8.self)
    }
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        out += piece(start, at)
        at += 1
        return out
      case UInt8(ascii: "\\"):
        out += piece(start, at)
        at += 1
        guard let scalar = escape() else { return nil }
        out.unicodeScalars.append(scalar)
        start = at
      case 0..<0x20: return nil
      default: at += 1
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard at < bytes.count else { return nil }
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let first = unit() else { return nil }
      guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
      guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
        return "\u{FFFD}"
      }
      let back = at
      at += 2
      guard let second = unit() else { return nil }
      guard (0xDC00..<0xE000).contains(second) else {
        at = back
        return "\u{FFFD}"
      }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    guard at + 4 <= bytes.count else {
      if isTolerant { at = bytes.count }
      return nil
    }
    var out: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[at]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      out = out << 4 | UInt32(digit)
      at += 1
    }
    return out
  }
}
