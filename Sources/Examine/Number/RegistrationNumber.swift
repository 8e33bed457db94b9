/// 工商注册号 of before October 2015: six digits of the authority, eight of order, a check digit.
/// Source: GS 15-2006; check digit ISO 7064 MOD 11,10 (GB/T 17710).
enum RegistrationNumber {
  private static let mend = "请对照营业执照逐位核对"

  static func check(_ typed: TypedNumber) -> NumberVerdict {
    if typed.count == 0 { return .wrong("没有号码") }
    if typed.isMasked() { return .wrong("已打码，请提供完整的号码") }
    let stray = typed.firstNonDigit(0..<typed.count)
    // 企独粤总字第001234号: characters are no digits.
    if typed.scalars.contains(where: Scalars.isHan) {
      let digits = typed.scalars.count(where: Scalars.isDigit)
      return .wrong("位数不对：应为 15 位数字，现有 \(digits) 位数字；“…字第…号”是旧式编号，请填执照上的注册号")
    }
    guard typed.count == 15 else {
      let hint =
        switch typed.count {
        case 18: "，18 位的是统一社会信用代码"
        case 13: "，13 位的旧注册号已停用"
        default: stray.map { "，第 \($0 + 1) 位\(typed.quoted($0))不是数字" } ?? "，" + mend
        }
      return .wrong("位数不对：应为 15 位，现有 \(typed.count) 位\(hint)")
    }
    if let stray { return .wrong("非法字符：第 \(stray + 1) 位是\(typed.quoted(stray))，应为数字") }
    if typed.isPlaceholder { return .wrong("占位号码，不是真实的注册号") }
    guard DivisionCode.isAuthority(typed.number(0..<6)) else {
      return .wrong("地区码不对：前 6 位不是行政区划代码，\(mend)")
    }
    guard typed.number(6..<14) > 0 else { return .wrong("占位号码，不是真实的注册号") }
    let digits = typed.digits(0..<15)
    var product = 10
    for digit in digits[..<14] {
      let sum = (product + digit) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    guard (product + digits[14]) % 10 == 1 else { return .wrong("校验位不对：有数字写错，\(mend)") }
    return .right(typed.text)
  }
}
