import ClosureModel

/// Check digits of Chinese identity and licence numbers.
public enum IdentityCheck {
  private static let provinces: Set<Int> = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
  ]
  private static let idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  private static let idChecks = Array("10X98765432")
  private static let usccAlphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
  private static let usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

  /// GB 11643. The 15-digit form of before 1999 is invalid; `normalised` then holds its 18-digit form.
  public static func residentID(_ s: String) -> CheckResult {
    let text = Array(Folding.fold(s).uppercased())
    func bad(_ why: String) -> CheckResult { CheckResult(value: s, valid: false, normalised: nil, why: why) }
    let digits = text.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
    if text.count == 15, digits.count == 15 {
      let long = Array(digits[..<6]) + [1, 9] + Array(digits[6...])
      let whole = long.map(String.init).joined() + String(checkDigit(long))
      guard residentID(whole).valid else { return bad("15 位旧号码，且内容不对") }
      return CheckResult(value: s, valid: false, normalised: whole, why: "15 位旧号码，应为 18 位")
    }
    guard text.count == 18, digits.count >= 17, text[..<17].allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return bad("须为 18 位")
    }
    guard provinces.contains(digits[0] * 10 + digits[1]) else { return bad("地区码不对") }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
    guard number(6..<10) >= 1850, Day(year: number(6..<10), month: number(10..<12), day: number(12..<14)) != nil else {
      return bad("出生日期不对")
    }
    guard text[17] == checkDigit(Array(digits[..<17])) else { return bad("校验位不对") }
    return CheckResult(value: s, valid: true, normalised: String(text), why: nil)
  }

  private static func checkDigit(_ digits: [Int]) -> Character {
    idChecks[zip(digits, idWeights).reduce(0) { $0 + $1.0 * $1.1 } % 11]
  }

  /// GB 32100: 18 characters without I, O, Z, S, V.
  public static func uscc(_ s: String) -> CheckResult {
    let text = Array(Folding.fold(s).uppercased())
    let values = text.compactMap { usccAlphabet.firstIndex(of: $0) }
    guard text.count == 18, values.count == 18 else {
      return CheckResult(value: s, valid: false, normalised: nil, why: "须为 18 位，且不含 I O Z S V")
    }
    let check = (31 - zip(values, usccWeights).reduce(0) { $0 + $1.0 * $1.1 } % 31) % 31
    guard check == values[17] else { return CheckResult(value: s, valid: false, normalised: nil, why: "校验位不对") }
    return CheckResult(value: s, valid: true, normalised: String(text), why: nil)
  }

  /// 15-digit registration number, GB/T 17710 (mod 11,10).
  public static func licence(_ s: String) -> CheckResult {
    let text = Folding.fold(s)
    let digits = text.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
    guard text.count == 15, digits.count == 15 else {
      return CheckResult(value: s, valid: false, normalised: nil, why: "须为 15 位数字")
    }
    var product = 10
    for digit in digits[..<14] {
      let sum = (product + digit) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    guard (product + digits[14]) % 10 == 1 else {
      return CheckResult(value: s, valid: false, normalised: nil, why: "校验位不对")
    }
    return CheckResult(value: s, valid: true, normalised: text, why: nil)
  }
}
