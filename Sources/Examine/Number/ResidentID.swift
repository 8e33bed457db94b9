import ClosureModel

/// 公民身份号码: six digits of the home, eight of birth, three of order, a check character (ISO 7064 MOD 11-2).
/// Source: GB 11643-1999; the 15-digit form of GB 11643-1989 has been out of use since 2013.
enum ResidentID {
  private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  private static let checks = Array("10X98765432".unicodeScalars.map(\.value))
  private static let mend = "请对照证件逐位核对"

  /// - Parameter today: nobody is born after it; `nil`: not looked at.
  /// - Returns: the number in capitals, or what is wrong. The right check digit is never told: it would help to forge.
  static func check(_ typed: TypedNumber, on today: Day?) -> NumberVerdict {
    if typed.count == 0 { return .wrong("没有号码") }
    if typed.isMasked() { return .wrong("已打码，请提供完整的 18 位号码") }
    if typed.count == 15 { return old(typed, today) }
    guard typed.count == 18 else {
      let stray = typed.firstNonDigit(0..<typed.count).flatMap { place in
        place == typed.count - 1 && typed.scalars[place] == 0x58 ? nil : "，第 \(place + 1) 位\(typed.quoted(place))不是数字"
      }
      return .wrong("位数不对：应为 18 位，现有 \(typed.count) 位\(stray ?? "")，\(mend)")
    }
    if let place = typed.firstNonDigit(0..<17) {
      return .wrong("非法字符：第 \(place + 1) 位是\(typed.quoted(place))，应为数字")
    }
    guard Scalars.isDigit(typed.scalars[17]) || typed.scalars[17] == 0x58 else {
      return .wrong("非法字符：第 18 位是\(typed.quoted(17))，应为数字或英文字母 X")
    }
    if typed.isPlaceholder { return .wrong("占位号码，不是真实的身份证号") }
    guard DivisionCode.isHome(typed.number(0..<6)) else { return .wrong("地区码不对：前 6 位不是行政区划代码，\(mend)") }
    if let fault = birthFault(typed.number(6..<10), typed.number(10..<12), typed.number(12..<14), today) {
      return .wrong("出生日期不对：第 7 至 14 位\(fault)，\(mend)")
    }
    guard typed.scalars[17] == checkScalar(typed.digits(0..<17)) else { return .wrong("校验位不对：有数字写错，\(mend)") }
    return .right(typed.text)
  }

  private static func old(_ typed: TypedNumber, _ today: Day?) -> NumberVerdict {
    let retired = "15 位旧号码已停用，请填写现行的 18 位号码"
    if let place = typed.firstNonDigit(0..<15) {
      return .wrong("位数不对：应为 18 位，现有 15 位，第 \(place + 1) 位\(typed.quoted(place))不是数字")
    }
    if typed.isPlaceholder { return .wrong("占位号码，不是真实的身份证号") }
    guard DivisionCode.isHome(typed.number(0..<6)) else { return .wrong("\(retired)；地区码也不对：前 6 位不是行政区划代码") }
    // Orders from 996 were kept for people of a hundred years and more: their century is not the twentieth.
    guard typed.number(12..<15) < 996 else { return .wrong("\(retired)；无法推出出生年份") }
    if let fault = birthFault(1900 + typed.number(6..<8), typed.number(8..<10), typed.number(10..<12), today) {
      return .wrong("\(retired)；出生日期也不对：第 7 至 12 位\(fault)")
    }
    let digits = typed.digits(0..<6) + [1, 9] + typed.digits(6..<15)
    let long = digits.map { UInt32($0) + 0x30 } + [checkScalar(digits)]
    return .wrong(retired, suggestion: Scalars.string(long))
  }

  private static func birthFault(_ year: Int, _ month: Int, _ day: Int, _ today: Day?) -> String? {
    guard let birth = Day(year: year, month: month, day: day) else { return "不是真实的日期" }
    if year < 1900 { return "早于 1900 年" }
    if let today, birth > today { return "晚于今天" }
    return nil
  }

  private static func checkScalar(_ digits: [Int]) -> UInt32 {
    checks[zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11]
  }
}
