extension JSONValue {
  /// Reads one JSON document (RFC 8259), strictly: anything but blanks after it, a broken escape or a depth beyond 64
  /// gives nil. Answers come from machines that we do not control.
  public init?(parsing bytes: [UInt8]) {
    var reader = JSONReader(bytes: bytes)
    guard let value = reader.document() else { return nil }
    self = value
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var place = 0
  static let deepest = 64

  mutating func document() -> JSONValue? {
    guard let value = value(depth: 0) else { return nil }
    blanks()
    return place == bytes.count ? value : nil
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func blanks() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  private mutating func take(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    place += 1
    return true
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) -> JSONValue? {
    let count = text.utf8CodeUnitCount
    guard place + count <= bytes.count else { return nil }
    for index in 0..<count where bytes[place + index] != text.utf8Start[index] { return nil }
    place += count
    return value
  }

  private mutating func value(depth: Int) -> JSONValue? {
    guard depth < Self.deepest else { return nil }
    blanks()
    switch byte {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func object(_ depth: Int) -> JSONValue? {
    place += 1
    var members: [JSONValue.Member] = []
    blanks()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      blanks()
      guard let name = string() else { return nil }
      blanks()
      guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members.append(.init(name, value))
      blanks()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func array(_ depth: Int) -> JSONValue? {
    place += 1
    var items: [JSONValue] = []
    blanks()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      items.append(value)
      blanks()
      if take(UInt8(ascii: "]")) { return .array(items) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func number() -> JSONValue? {
    let start = place
    func digits(_ reader: inout JSONReader) -> Bool {
      let first = reader.place
      while let byte = reader.byte, (0x30...0x39).contains(byte) { reader.place += 1 }
      return reader.place > first
    }
    _ = take(UInt8(ascii: "-"))
    if take(UInt8(ascii: "0")) {
      if let byte, (0x30...0x39).contains(byte) { return nil }
    } else if !digits(&self) {
      return nil
    }
    if take(UInt8(ascii: ".")), !digits(&self) { return nil }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      if !digits(&self) { return nil }
    }
    return .number(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var out: [UInt8] = []
    while let byte {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: out, as: UTF8.self)
      case UInt8(ascii: "\\"): guard escape(&out) else { return nil }
      case 0..<0x20: return nil
      default: out.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(_ out: inout [UInt8]) -> Bool {
    guard let byte else { return false }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      guard var code = hex4() else { return false }
      if (0xD800..<0xDC00).contains(code), take(UInt8(ascii: "\\")) {
        guard take(UInt8(ascii: "u")), let low = hex4(), (0xDC00..<0xE000).contains(low) else { return false }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      // Half of a pair is no character; what it was is lost.
      let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
      out.append(contentsOf: String(Character(scalar)).utf8)
    default: return false
    }
    return true
  }

  private mutating func hex4() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else { return nil }
      code = code << 4 | UInt32(digit)
      place += 1
    }
    return code
  }
}
