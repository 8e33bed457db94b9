/// Digits to a number, by their count and their head; what digits alone cannot decide goes to libphonenumber.
struct PhoneReader {
  /// How the digits were parted.
  struct Form {
    var hasPlus: Bool
    /// Digits of the first group.
    var head: Int
    var isParted: Bool
    /// A label says that a number follows.
    var isLabelled: Bool
    /// Calling code of a region named beside it.
    var region: String?

    init(hasPlus: Bool, head: Int, isParted: Bool, isLabelled: Bool, region: String?) {
      (self.hasPlus, self.head, self.isParted, self.isLabelled) = (hasPlus, head, isParted, isLabelled)
      self.region = region
    }

    /// Behind an area code with its 0, or behind a calling code, which stood apart from the number.
    init(_ area: [UInt8]) {
      self.init(hasPlus: area.first != 0, head: area.count, isParted: true, isLabelled: true, region: nil)
    }
  }
  var budget = PhoneBudget()

  mutating func read(_ d: [UInt8], _ form: Form) -> (String, PhoneHit.Shape)? {
    if form.hasPlus {
      if Self.begins(d, 8, 6) { return mainland(d[2...], form, isPrefixed: true) }
      return (7...15).contains(d.count) ? abroad(d[...]) : nil
    }
    if Self.begins(d, 0, 0) {
      if Self.begins(d[2...], 8, 6) { return mainland(d[4...], form, isPrefixed: true) }
      guard (10...17).contains(d.count), form.isParted || form.isLabelled else { return nil }
      return abroad(d[2...])
    }
    if Self.begins(d, 8, 6), d.count >= 12, form.head == 2 || d.count == 13 || form.isLabelled,
      let found = mainland(d[2...], form, isPrefixed: true)
    {
      return found
    }
    if let found = mainland(d[...], form, isPrefixed: false) { return found }
    // Hong Kong, Macau, Taiwan.
    if form.head == 3, form.isParted, d.count >= 11, d.count <= 13, d[0] == 8,
      d[1] == 5 && (d[2] == 2 || d[2] == 3) || d[1] == 8 && d[2] == 6
    {
      return abroad(d[...])
    }
    guard let region = form.region, (7...11).contains(d.count) else { return nil }
    return budget.e164([0x2B] + Array(region.utf8) + Self.ascii(d[...])).map { ($0, .abroad) }
  }

  private mutating func mainland(_ n: ArraySlice<UInt8>, _ form: Form, isPrefixed: Bool) -> (String, PhoneHit.Shape)? {
    switch n.count {
    case 10 where NumberingPlan.isHotline(n): return (Self.mainland(n), .hotline)
    case 11 where NumberingPlan.isMobile(n): return (Self.mainland(n), .mobile)
    case 12 where n.first == 0 && NumberingPlan.isMobile(n.dropFirst()): return (Self.mainland(n.dropFirst()), .mobile)
    case 9...12:
      if n.first == 0 {
        // No area code begins with 00.
        guard n.dropFirst().first != 0 else { return nil }
        // Apart, the area code stands alone: a date before a number is none.
        guard n.count >= 10, isPrefixed || !form.isParted || form.head == Self.areaCode(n) else { return nil }
        return budget.e164(Self.ascii(n)).map { ($0, .landline) }
      }
      guard isPrefixed, n.count <= 11, n.first != 1 || n.count == 10 else { return nil }
      return budget.e164([0x2B, 0x38, 0x36] + Self.ascii(n)).map { ($0, .landline) }
    default: return nil
    }
  }

  private mutating func abroad(_ n: ArraySlice<UInt8>) -> (String, PhoneHit.Shape)? {
    budget.e164([0x2B] + Self.ascii(n)).map { ($0, .abroad) }
  }

  /// Digits of the area code that a landline begins with: 010 and 021 are whole, 0371 is.
  private static func areaCode(_ n: ArraySlice<UInt8>) -> Int { n[n.startIndex + 1] <= 2 ? 3 : 4 }

  private static func ascii(_ d: ArraySlice<UInt8>) -> [UInt8] { d.map { $0 + 0x30 } }
  private static func begins(_ d: some RandomAccessCollection<UInt8>, _ first: UInt8, _ second: UInt8) -> Bool {
    d.count > 1 && d.first == first && d.dropFirst().first == second
  }

  /// E.164 of a mainland number.
  static func mainland(_ n: some RandomAccessCollection<UInt8>) -> String {
    String(unsafeUninitializedCapacity: 3 + n.count) { out in
      (out[0], out[1], out[2]) = (0x2B, 0x38, 0x36)
      for (place, digit) in n.enumerated() { out[3 + place] = digit + 0x30 }
      return 3 + n.count
    }
  }
}
