/// Administrative divisions (行政区划代码, GB/T 2260) as far as their structure goes. The list of counties itself changes
/// every year, and people keep the number of a county that is gone: a list would call real numbers wrong.
enum DivisionCode {
  /// Provinces, municipalities, autonomous regions.
  private static let provinces: Set<Int> = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65,
  ]
  /// 台湾, 香港, 澳门; 83 is 台湾 on residence permits (港澳台居民居住证). Always followed by 0000.
  private static let outside: Set<Int> = [71, 81, 82, 83]

  /// The first six digits of a resident id number: a county, or a prefecture that has none (441900 东莞).
  static func isHome(_ code: Int) -> Bool {
    let province = code / 10_000
    let prefecture = code / 100 % 100
    let county = code % 100
    if outside.contains(province) { return code % 10_000 == 0 }
    guard provinces.contains(province) else { return false }
    let known: Bool =
      switch (province, prefecture) {
      // 海南's counties stood directly below it, as 4600xx, until 2003.
      case (46, 0): county > 0
      case (11, 1...2), (12, 1...2), (31, 1...2), (50, 1...3): true
      case (11, _), (12, _), (31, _), (50, _): false
      // Cities 01-20 and 51-70, prefectures 21-50, counties directly below the province 90.
      case (_, 1...70), (_, 90): true
      default: false
      }
    // 01-20 districts, 21-80 counties, 81 onwards county-level cities; none has got beyond 88.
    return known && county <= 89
  }

  /// The six digits of a registering authority: those of a state authority are 100000.
  static func isAuthority(_ code: Int) -> Bool {
    let province = code / 10_000
    return code == 100_000 || provinces.contains(province) || outside.contains(province)
  }
}
