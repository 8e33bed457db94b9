/// What belongs to a number and stands apart from it: its area code, its country, an extension that is told as something
/// to do. Every look is bounded.
extension PhoneFinder {
  /// Furthest look for a word that belongs to the number.
  private static let reach = 28

  // MARK: Area codes

  /// 区号0592，号码5550123; 5550123（区号0592）: the area code's digits, with its 0, or a calling code of a region.
  func areaCode(before at: Int, after end: Int) -> [UInt8]? {
    var start = at
    while start > 0, at - start < Self.reach, !Surroundings.isFullStop(s[start - 1]) { start -= 1 }
    if let word = around.hits(start..<at, .areaCode).last, let code = code(word.range.upperBound),
      code.upperBound <= at, isLead(code.upperBound..<at)
    {
      return s[code].map { UInt8($0 - 0x30) }
    }
    var next = end
    while next < s.count, next - end < 3, Self.isMark(s[next]) { next += 1 }
    guard let word = around.words.phrases.match(s, next, below: s.count, .areaCode), let code = code(next + word.length)
    else { return nil }
    return s[code].map { UInt8($0 - 0x30) }
  }

  /// The digits behind 区号: an area code begins with its 0.
  private func code(_ from: Int) -> Range<Int>? {
    var i = from
    while i < s.count, i - from < 4, Self.isMark(s[i]) || s[i] == 0x662F || s[i] == 0x4E3A { i += 1 }
    let start = i
    while i < s.count, i - start < 6, Scalars.isDigit(s[i]) { i += 1 }
    guard (3...4).contains(i - start), s[start] == 0x30 || around.words.isCallingCode(s[start..<i]) else { return nil }
    return start..<i
  }

  /// Nothing but labels and marks: ，号码, 本地号码是.
  private func isLead(_ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      if let word = around.words.phrases.match(s, i, below: range.upperBound, [.phoneLabel, .seat]) {
        i += word.length
      } else if Self.isMark(s[i]) || s[i] == 0x662F || s[i] == 0x4E3A {
        i += 1
      } else {
        return false
      }
    }
    return true
  }

  /// Blank, `: , ( ) 、 - +`.
  private static func isMark(_ s: UInt32) -> Bool {
    switch s {
    case 0x20, 0x3A, 0x2C, 0x28, 0x29, 0x3001, 0x2D, 0x2B: true
    default: false
    }
  }

  // MARK: Countries

  /// (65) 9123 4567: a calling code in brackets. One digit in brackets is the number of a list.
  func isCallingCode(_ group: DigitGroup) -> Bool {
    let range = group.range
    return (2...3).contains(range.count) && range.lowerBound > 0 && s[range.lowerBound - 1] == 0x28
      && range.upperBound < s.count && s[range.upperBound] == 0x29 && around.words.isCallingCode(s[range])
  }

  /// 我在香港，电话6123 4567; … 0199, a US number: where the sentence says the country.
  func country(before at: Int, after end: Int, _ label: Surroundings.Label) -> String? {
    if label == .phone, let code = residence(at) { return code }
    var stop = end
    while stop < s.count, stop - end < Self.reach, !Surroundings.isFullStop(s[stop]), !Scalars.isDigit(s[stop]) {
      stop += 1
    }
    guard let word = around.hits(end..<stop, .region).first,
      !s[end..<word.range.lowerBound].contains(where: Self.denials.contains)
    else { return nil }
    var next = word.range.upperBound
    while next < stop, s[next] == 0x20 || s[next] == 0x7684 { next += 1 }
    guard next < stop, s[next] == 0x53F7 || s[next...].starts(with: Self.number)
      || around.words.phrases.match(s, next, below: stop, .phoneLabel) != nil
    else { return nil }
    return around.words.regions.match(s, word.range.lowerBound, below: stop, where: { _ in true })?.value
  }
  private static let denials = ScalarSet("不非没未打从")
  private static let number = Scalars.of("number")

  /// 我在香港，…: the clause before ends with where the writer is.
  private func residence(_ at: Int) -> String? {
    var start = at
    while start > 0, at - start < Self.reach + 12, !Surroundings.isFullStop(s[start - 1]) { start -= 1 }
    guard let word = around.hits(start..<at, .region).last?.range, word.lowerBound > start, word.upperBound < at,
      Surroundings.isStop(s[word.upperBound])
    else { return nil }
    let head = s[start..<word.lowerBound]
    guard head.last.map(Self.places.contains) ?? false || head.suffix(Self.inside.count) == Self.inside[...] else {
      return nil
    }
    return around.words.regions.match(s, word.lowerBound, below: at, where: { _ in true })?.value
  }
  /// 在 喺 于 住
  private static let places = ScalarSet("在喺于住")
  private static let inside = Scalars.of(" in ")

  // MARK: Extensions as something to do

  /// 010-88886666，接通后再按801: the digits that are to be dialled once somebody answers. 按1 chooses from a menu.
  func dialled(_ end: Int) -> Range<Int>? {
    var i = end
    var isToDial = false
    while i < s.count, i - end < Self.reach, !Scalars.isDigit(s[i]) {
      if let word = around.words.phrases.match(s, i, below: s.count, [.dial, .answered]) {
        isToDial = word.kinds.has(.dial)
        i += word.length
      } else if let word = isToDial ? around.words.phrases.match(s, i, below: s.count, .extension) : nil {
        i += word.length
      } else if Self.isMark(s[i]) || s[i] == 0x3002 || s[i] == 0x3B {
        i += 1
      } else {
        return nil
      }
    }
    guard isToDial else { return nil }
    let start = i
    while i < s.count, i - start < 7, Scalars.isDigit(s[i]) { i += 1 }
    guard (2...6).contains(i - start), i == s.count || !Scalars.isWord(s[i]) && !Self.counted.contains(s[i]),
      around.words.phrases.match(s, i, below: s.count, .unit) == nil
    else { return nil }
    return start..<i
  }
  private static let counted = ScalarSet("次遍分秒点时天日月年个人名号键%.-@")
}
