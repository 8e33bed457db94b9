import ClosureModel

/// Cells of account facts. What is not plainly a value is unreadable, never zero.
enum FactCells {
  static func money(_ cell: String) -> Fact<Money> {
    if let plain = plainMoney(cell) { return .known(plain) }
    var text = halfWidth(cell)
    guard !text.isEmpty else { return .blank }
    for prefix in ["¥", "￥", "CNY", "RMB"] where text.uppercased().hasPrefix(prefix) { text.removeFirst(prefix.count) }
    if text.hasSuffix("元") { text.removeLast() }
    text = text.filter { $0 != " " }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let yuan = whole(parts[0]) else { return .unreadable(cell) }
    var fen: Int64 = 0
    if parts.count == 2 {
      // More than two places: a part of a 分 is money too, so it is rounded up.
      guard !parts[1].isEmpty, parts[1].count <= 9, parts[1].allSatisfy({ $0.isASCII && $0.isNumber }) else {
        return .unreadable(cell)
      }
      let digits = parts[1].compactMap { $0.wholeNumberValue }
      fen = Int64(digits[0] * 10 + (digits.count > 1 ? digits[1] : 0))
      if digits.dropFirst(2).contains(where: { $0 > 0 }) { fen += 1 }
    }
    return .known(Money(minorUnits: yuan * 100 + fen))
  }

  /// The commonest forms, digits with at most two places: `0.00`, `128.5`, `¥0.00`, `12元`. Nil: look closer.
  private static func plainMoney(_ cell: String) -> Money? {
    var cell = cell
    return cell.withUTF8 { bytes in
      var amount = bytes[...]
      for sign in yuanSigns where amount.starts(with: sign) {
        amount = amount.dropFirst(sign.count)
        break
      }
      if amount.count >= yuan.count, amount.suffix(yuan.count).elementsEqual(yuan) {
        amount = amount.dropLast(yuan.count)
      }
      return plainAmount(UnsafeBufferPointer(rebasing: amount))
    }
  }
  private static let yuanSigns = [Array("¥".utf8), Array("￥".utf8)]
  private static let yuan = Array("元".utf8)

  private static func plainAmount(_ digits: UnsafeBufferPointer<UInt8>) -> Money? {
    // 15 digits at most, as below.
    guard (1...15).contains(digits.count) else { return nil }
    var whole: Int64 = 0
    var places: Int?
    for byte in digits {
      switch byte {
      case 0x30...0x39:
        whole = whole * 10 + Int64(byte - 0x30)
        if let some = places { places = some + 1 }
      case UInt8(ascii: ".") where places == nil && digits.first != byte: places = 0
      default: return nil
      }
    }
    switch places {
    case nil: return Money(minorUnits: whole * 100)
    case 1: return Money(minorUnits: whole * 10)
    case 2: return Money(minorUnits: whole)
    default: return nil
    }
  }

  static func flag(_ cell: String) -> Fact<Bool> {
    for (word, value) in plainFlags where cell.utf8.elementsEqual(word) { return .known(value) }
    return switch halfWidth(cell).lowercased() {
    case "": .blank
    case "是", "y", "yes", "true", "1", "有": .known(true)
    case "否", "n", "no", "false", "0", "无": .known(false)
    default: .unreadable(cell)
    }
  }

  /// As most systems write them. Bytes: strings that are no ASCII are costly to compare.
  private static let plainFlags = [
    ("否", false), ("N", false), ("false", false), ("0", false), ("是", true), ("Y", true), ("true", true), ("1", true),
  ].map { (Array($0.0.utf8), $0.1) }

  static func count(_ cell: String) -> Fact<Int> {
    if (1...15).contains(cell.utf8.count), cell.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(cell) {
      return .known(value)
    }
    let text = halfWidth(cell)
    guard !text.isEmpty else { return .blank }
    guard let value = whole(text[...]) else { return .unreadable(cell) }
    return .known(Int(value))
  }

  /// Digits, with separators of thousands where they belong. At most 15 digits.
  private static func whole(_ text: Substring) -> Int64? {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let first = groups.first, !first.isEmpty,
      groups.count == 1 || (first.count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 })
    else { return nil }
    let digits = groups.joined()
    guard digits.utf8.count <= 15, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(digits)
  }

  private static func halfWidth(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if (0xFF01...0xFF5E).contains(scalar.value), let half = Unicode.Scalar(scalar.value - 0xFEE0) {
        out.append(half)
      } else {
        out.append(scalar.value == 0x3000 || scalar.value == 0xA0 ? " " : scalar)
      }
    }
    while out.first == " " { out.removeFirst() }
    while out.last == " " { out.removeLast() }
    return String(out)
  }
}
