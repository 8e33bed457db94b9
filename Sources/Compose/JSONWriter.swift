import ClosureModel

/// Writes JSON whose keys keep the order in which they are given: decision lines are a contract.
public struct JSONWriter: Sendable {
  private var bytes: [UInt8] = []
  /// A comma is due before the next key or element.
  private var needsComma = false

  public init() { bytes.reserveCapacity(1024) }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// What was written so far.
  public var utf8: [UInt8] { bytes }

  /// Begins anew in the same memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  public mutating func object(_ body: (inout JSONWriter) -> Void) { nest(.object, body) }

  public mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    nest(.object, body)
  }

  public mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    nest(.array, body)
  }

  /// `nil` becomes `null`.
  public mutating func field(_ key: String, _ value: String?) {
    self.key(key)
    if let value { quoted(value) } else { literal("null") }
    needsComma = true
  }

  public mutating func field(_ key: String, _ value: Int) { raw(key, String(value)) }
  public mutating func field(_ key: String, _ value: Bool) { raw(key, value ? "true" : "false") }

  /// A text that may come masked: it is written without being made into a `String` first.
  mutating func field(_ key: String, maskedUnless reveal: Bool, keeping ticket: Ticket.ID? = nil, _ value: String) {
    guard !reveal else { return field(key, value) }
    self.key(key)
    Masking.withText(value, keeping: ticket) { quoted($0) }
    needsComma = true
  }

  /// Members that are JSON already, put together once and written many times.
  mutating func prefab(_ members: some Collection<UInt8>) {
    comma()
    continuing(members)
  }

  /// More of what `prefab` began, with its own comma.
  mutating func continuing(_ members: some Collection<UInt8>) {
    bytes.append(contentsOf: members)
    needsComma = true
  }

  /// A value that is JSON already.
  public mutating func raw(_ key: String, _ json: String) {
    self.key(key)
    literal(json)
    needsComma = true
  }

  /// Places in a text, in scalars.
  mutating func span(_ span: Range<Int>) {
    key("span")
    bytes.append(UInt8(ascii: "["))
    number(span.lowerBound)
    bytes.append(UInt8(ascii: ","))
    number(span.upperBound)
    bytes.append(UInt8(ascii: "]"))
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
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  private mutating func comma() { if needsComma { bytes.append(UInt8(ascii: ",")) } }

  private enum Brackets {
    case object, array
    var open: UInt8 { self == .object ? UInt8(ascii: "{") : UInt8(ascii: "[") }
    var close: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
  }

  private mutating func nest(_ brackets: Brackets, _ body: (inout JSONWriter) -> Void) {
    comma()
    bytes.append(brackets.open)
    needsComma = false
    body(&self)
    bytes.append(brackets.close)
    needsComma = true
  }

  private mutating func number(_ value: Int) {
    guard value >= 10 else { return value < 0 ? literal(String(value)) : bytes.append(0x30 + UInt8(value)) }
    number(value / 10)
    bytes.append(0x30 + UInt8(value % 10))
  }

  private mutating func literal(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func quoted(_ text: String) {
    // Nearly every text lies in memory as it is; a variable of its own would have to be held for a while.
    if text.utf8.withContiguousStorageIfAvailable({ quoted($0) }) != nil { return }
    var text = text
    text.withUTF8 { quoted($0) }
  }

  private mutating func quoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    // Runs of bytes that stand for themselves are copied whole.
    var start = 0
    while true {
      let end = Self.plainEnd(text, from: start)
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      guard end < text.count else { break }
      escape(text[end])
      start = end + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The place of the next byte that has to be escaped, or the end. Eight bytes are looked at together.
  private static func plainEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    if let base = UnsafeRawPointer(text.baseAddress) {
      while at + 8 <= text.count, !holdsEscaped(base.loadUnaligned(fromByteOffset: at, as: UInt64.self)) { at += 8 }
    }
    while at < text.count, !isEscaped(text[at]) { at += 1 }
    return at
  }

  /// Whether one of eight bytes has to be escaped. A byte less than what is taken from it, and itself below 0x80, leaves
  /// its uppermost bit set.
  private static func holdsEscaped(_ bytes: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func less(_ bytes: UInt64, than bound: UInt64) -> UInt64 { (bytes &- ones * bound) & ~bytes }
    let found =
      less(bytes, than: 0x20) | less(bytes ^ (ones * 0x22), than: 1) | less(bytes ^ (ones * 0x5C), than: 1)
      | less(bytes ^ (ones * 0x7F), than: 1)
    return found & (ones * 0x80) != 0
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
