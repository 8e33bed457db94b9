/// Cells that hold nothing but one value as most people write it, in ASCII: told by one look. Everything else is `nil`
/// here and goes the long way, with the same answer.
enum PlainCell {
  /// `13800138000`, in E.164; no number that somebody made up to fill the field.
  static func mobile(_ cell: String) -> String? {
    let text = cell.utf8
    guard text.count == 11, text.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    let digits = text.map { $0 - 0x30 }
    guard NumberingPlan.isMobile(digits), !NumberingPlan.isPlaceholder(digits) else { return nil }
    return PhoneReader.mainland(digits)
  }

  /// `138****8000`
  static func isMaskedMobile(_ cell: String) -> Bool {
    let text = cell.utf8
    return text.count == 11 && text.contains(star) && text.allSatisfy { Scalars.isDigit(UInt32($0)) || $0 == star }
      && text.first != star && text.suffix(2).allSatisfy { $0 != star }
  }

  /// `a***@example.com`: an address with stars for letters before its @.
  static func isMaskedAddress(_ cell: String) -> Bool {
    guard cell.utf8.contains(star) else { return false }
    var text = Scalars.of(cell)
    guard let at = text.firstIndex(of: 0x40), text[..<at].contains(UInt32(star)) else { return false }
    for place in 0..<at where text[place] == UInt32(star) { text[place] = 0x78 }
    return EmailAddress.plainAt(text) != nil
  }

  private static let star: UInt8 = 0x2A
}
