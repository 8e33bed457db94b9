/// Writes JSON whose keys keep the order in which they are given: decision lines are a contract.
public struct JSONWriter: Sendable {
  private var bytes: [UInt8] = []
  /// A comma is due before the next key or element.
  private var needsComma = false

  public init() { bytes.reserveCapacity(1024) }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }

  public mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    nest("{", "}", body)
  }

  public mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    nest("[", "]", body)
  }

  /// `nil` becomes `null`.
  public mutating func field(_ key: String, _ value: String?) {
    self.key(key)
    if let value { quoted(value) } else { literal("null") }
    needsComma = true
  }

  public mutating func field(_ key: String, _ value: Int) { raw(key, String(value)) }
  public mutating func field(_ key: String, _ value: Bool) { raw(key, value ? "true" : "false") }

  /// A value that is JSON already.
  public mutating func raw(_ key: String, _ json: String) {
    self.key(key)
    literal(json)
    needsComma = true
  }

  /// An element of an array.
  public mutating func value(_ text: String) {
    comma()
    quoted(text)
    needsComma = true
  }

  public mutating func value(_ number: Int) {
    comma()
    literal(String(number))
    needsComma = true
  }

  private mutating func key(_ key: String) {
    comma()
    quoted(key)
    literal(":")
    needsComma = false
  }

  private mutating func comma() { if needsComma { literal(",") } }

  private mutating func nest(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void) {
    comma()
    literal(open)
    needsComma = false
    body(&self)
    literal(close)
    needsComma = true
  }

  private mutating func literal(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quoted(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { all in
      // Runs of bytes that stand for themselves are copied whole.
      var start = 0
      for (place, byte) in all.enumerated() where Self.isEscaped(byte) {
        bytes.append(contentsOf: all[start..<place])
        escape(byte)
        start = place + 1
      }
      bytes.append(contentsOf: all[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): literal("\\\"")
    case UInt8(ascii: "\\"): literal("\\\\")
    case 0x0A: literal("\\n")
    case 0x0D: literal("\\r")
    case 0x09: literal("\\t")
    default: literal("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
    }
  }
}
