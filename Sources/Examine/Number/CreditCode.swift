/// 统一社会信用代码: authority, category, six digits of its place, nine of the organisation code, a check character.
/// Source: GB 32100-2015 with the later authorities of the national coding office; organisation code: GB 11714-1997.
enum CreditCode {
  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".unicodeScalars.map(\.value))
  private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]
  /// 登记管理部门 and the 机构类别 that it gives.
  private static let categories: [Character: String] = [
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129", "7": "129", "8": "19", "9": "123",
    "A": "19", "N": "1239", "Y": "1",
  ]
  private static let mend = "请对照营业执照或证书逐位核对"

  /// - Returns: the code in capitals, or what is wrong; with O or I typed for 0 or 1, the likely code if that one is right.
  static func check(_ typed: TypedNumber) -> NumberVerdict {
    if typed.count == 0 { return .wrong("没有代码") }
    if typed.isMasked(row: 5) { return .wrong("已打码，请提供完整的 18 位代码") }
    guard typed.count == 18 else {
      let hint =
        switch typed.count {
        case 15: "，15 位的旧注册号请换成 18 位代码"
        case 9: "，9 位的组织机构代码请换成 18 位代码"
        default: "，" + mend
        }
      return .wrong("位数不对：应为 18 位，现有 \(typed.count) 位\(hint)")
    }
    if let place = typed.scalars.firstIndex(where: { !alphabet.contains($0) }) { return illegal(typed, place) }
    if typed.isPlaceholder { return .wrong("占位代码，不是真实的信用代码") }
    let text = Array(typed.text)
    guard let known = categories[text[0]] else {
      return .wrong("登记管理部门代码不对：第 1 位\(typed.quoted(0))须为 1 至 9、A、N 或 Y，\(mend)")
    }
    guard known.contains(text[1]) else {
      return .wrong("机构类别代码不对：第 2 位\(typed.quoted(1))与第 1 位不配，\(mend)")
    }
    if let place = typed.firstNonDigit(2..<8) {
      return .wrong("地区码不对：第 \(place + 1) 位是\(typed.quoted(place))，第 3 至 8 位须为数字")
    }
    guard isPlace(typed.number(2..<8), of: text[0]) else { return .wrong("地区码不对：第 3 至 8 位不是行政区划代码，\(mend)") }
    guard !typed.scalars[8..<16].allSatisfy({ $0 == 0x30 }) else { return .wrong("占位代码，不是真实的信用代码") }
    guard typed.scalars[16] == organisationCheck(typed.scalars[8..<16]) else {
      return .wrong("主体标识码的校验位不对：第 9 至 17 位（组织机构代码）有写错，\(mend)")
    }
    let values = typed.scalars.map { alphabet.firstIndex(of: $0) ?? 0 }
    let sum = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    guard (31 - sum % 31) % 31 == values[17] else { return .wrong("校验位不对：有字符写错，\(mend)") }
    return .right(typed.text)
  }

  private static func illegal(_ typed: TypedNumber, _ place: Int) -> NumberVerdict {
    let looksLike: [UInt32: UInt32] = [0x4F: 0x30, 0x49: 0x31]
    var why = "非法字符：第 \(place + 1) 位是\(typed.quoted(place))，代码只用数字和 I、O、Z、S、V 以外的大写字母"
    guard let digit = looksLike[typed.scalars[place]] else { return .wrong(why) }
    why += "，是否为数字 \(Scalars.string([digit]))？"
    let likely = TypedNumber(typed.scalars.map { looksLike[$0] ?? $0 })
    if case .right(let code) = check(likely) { return .wrong(why, suggestion: code) }
    return .wrong(why)
  }

  private static func isPlace(_ code: Int, of authority: Character) -> Bool {
    // 新疆生产建设兵团 registers its bodies under 990000.
    DivisionCode.isAuthority(code) || (authority == "1" && code == 990_000)
  }

  private static func organisationCheck(_ body: ArraySlice<UInt32>) -> UInt32 {
    let values = body.map { Int(Scalars.isDigit($0) ? $0 - 0x30 : $0 - 0x41 + 10) }
    switch 11 - zip(values, organisationWeights).reduce(0, { $0 + $1.0 * $1.1 }) % 11 {
    case 10: return 0x58
    case 11: return 0x30
    case let digit: return UInt32(digit) + 0x30
    }
  }
}
