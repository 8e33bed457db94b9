import Yams

/// What YAML takes a scalar for when it stands without quotes.
package enum PlainScalar: Sendable, Hashable {
  case null
  case bool(Bool)
  /// A number as it is spelled.
  case number(String)
  case text(String)

  init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": self = .bool(true)
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": self = .bool(false)
    default: self = Self.isNumber(text) ? .number(text) : .text(text)
    }
  }

  /// Decimal, hexadecimal, octal and binary numbers, infinities: everything that some reader of YAML takes for one.
  static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    switch String(Substring(rest)).lowercased() {
    case ".inf", ".nan": return true
    default: break
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    let radix = rest.prefix(2).map { $0 | 0x20 }
    if radix == Array("0x".utf8) || radix == Array("0o".utf8) || radix == Array("0b".utf8) {
      let digits = rest.dropFirst(2)
      return !digits.isEmpty
        && digits.allSatisfy { isDigit($0) || (0x61...0x66).contains($0 | 0x20) || $0 == UInt8(ascii: "_") }
    }
    guard let first = rest.first, isDigit(first) || first == UInt8(ascii: ".") else { return false }
    let digits = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
    rest = rest.dropFirst(digits.count)
    var count = digits.count
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      let fraction = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
      rest = rest.dropFirst(fraction.count)
      count += fraction.count
    }
    guard count > 0 else { return false }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard !rest.isEmpty, rest.allSatisfy(isDigit) else { return false }
      return true
    }
    return rest.isEmpty
  }
}
