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

  /// An amount, or the no of a column that asks whether there are any (是否欠费). A yes names no amount: unreadable.
  static func arrears(_ cell: String) -> Fact<Money> {
    let fact = money(cell)
    guard case .unreadable = fact else { return fact }
    return ["否", "n", "no", "false"].contains(halfWidth(cell).lowercased()) ? .known(Money(minorUnits: 0)) : fact
  }

  static func provider(_ cell: String) -> Fact<Bool> {
    flag(cell, yes: ["是服务商"], no: ["非服务商", "不是服务商"])
  }

  static func filing(_ cell: String) -> Fact<Bool> {
    flag(cell, yes: ["已备案", "有备案"], no: ["未备案", "无备案", "没有备案"])
  }

  /// - Parameters:
  ///   - yes: words of this fact beside the usual ones.
  private static func flag(_ cell: String, yes: [String], no: [String]) -> Fact<Bool> {
    for (word, value) in plainFlags where cell.utf8.elementsEqual(word) { return .known(value) }
    let text = halfWidth(cell).lowercased()
    return switch text {
    case "": .blank
    case "是", "y", "yes", "true", "1", "有": .known(true)
    case "否", "n", "no", "false", "0", "无": .known(false)
    default: yes.contains(text) ? .known(true) : no.contains(text) ? .known(false) : .unreadable(cell)
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
    var text = halfWidth(cell)
    guard !text.isEmpty else { return .blank }
    if let unit = text.last, "个個台臺项項条條件".contains(unit) {
      text.removeLast()
      while text.last == " " { text.removeLast() }
    }
    // `0.0`, as spreadsheets write numbers; a part of a resource is no number of them.
    if let point = text.firstIndex(of: "."), point > text.startIndex {
      let places = text[text.index(after: point)...]
      if !places.isEmpty, places.allSatisfy({ $0 == "0" }) { text = String(text[..<point]) }
    }
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

  /// A tab in front or behind keeps spreadsheets from taking a text for a number.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || [0x200B, 0x2060, 0xFEFF].contains(scalar.value)
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
    while let first = out.first, isBlank(first) { out.removeFirst() }
    while let last = out.last, isBlank(last) { out.removeLast() }
    return String(out)
  }
}
