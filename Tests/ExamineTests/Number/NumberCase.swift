import Testing

/// Values made and judged outside the program: check characters by a published library, dates and places by hand and by a
/// list of places. All are invented.
struct NumberCase: Sendable, CustomTestStringConvertible {
  let value: String
  let valid: Bool
  let normalised: String?
  /// A word that the reason must hold.
  let why: String?

  static func right(_ value: String, _ normalised: String? = nil) -> NumberCase {
    NumberCase(value: value, valid: true, normalised: normalised ?? value, why: nil)
  }
  static func wrong(_ value: String, _ why: String, suggest: String? = nil) -> NumberCase {
    NumberCase(value: value, valid: false, normalised: suggest, why: why)
  }
  var testDescription: String { value }
}
