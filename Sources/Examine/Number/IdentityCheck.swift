public import ClosureModel

/// What one check makes of a number.
enum NumberVerdict {
  /// As it is to be kept.
  case right(String)
  /// Why, in Chinese, without digits of the number; the number that was likely meant, never used without asking.
  case wrong(String, suggestion: String? = nil)

  func result(_ value: String) -> CheckResult {
    switch self {
    case .right(let number): CheckResult(value: value, valid: true, normalised: number, why: nil)
    case .wrong(let why, let suggestion): CheckResult(value: value, valid: false, normalised: suggestion, why: why)
    }
  }
}

/// Chinese identity and licence numbers. Blanks, dashes, full-width forms and small letters are forgiven and mended in
/// `normalised`. For an invalid number `normalised` is `nil`, save for two suggestions that somebody has to confirm: the
/// 18-digit form of a 15-digit resident id, and a credit code with O and I read as 0 and 1, if that one checks.
public enum IdentityCheck {
  /// GB 11643, and 港澳台居民居住证 (81, 82, 83), which follow it.
  /// - Parameter today: nobody is born after it; `nil`: not looked at.
  public static func residentID(_ s: String, on today: Day? = nil) -> CheckResult {
    ResidentID.check(TypedNumber(s), on: today).result(s)
  }

  /// GB 32100: 18 characters without I, O, Z, S, V; the organisation code inside is checked too.
  public static func uscc(_ s: String) -> CheckResult { CreditCode.check(TypedNumber(s)).result(s) }

  /// 15-digit registration number, GB/T 17710 (mod 11,10).
  public static func licence(_ s: String) -> CheckResult { RegistrationNumber.check(TypedNumber(s)).result(s) }
}
