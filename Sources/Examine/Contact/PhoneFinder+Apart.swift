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
    if let code = bracketed(start, at) { return code }
    var next = end
    while next < s.count, next - end < 3, Self.isMark(s[next]) { next += 1 }
    guard let word = around.words.phrases.match(s, next, below: s.count, .areaCode), let code = code(next + word.length)
    else { return nil }
    return s[code].map { UInt8($0 - 0x30) }
  }

  /// 深圳（0755）的座机26880012: an area code in brackets, and nothing but labels up to the number.
  private func bracketed(_ start: Int, _ at: Int) -> [UInt8]? {
    guard let close = s[start..<at].lastIndex(of: 0x29), close - start > 4,
      let open = s[start..<close].lastIndex(of: 0x28), (3...4).contains(close - open - 1), s[open + 1] == 0x30,
      s[(open + 1)..<close].allSatisfy(Scalars.isDigit)
    else { return nil }
    let from = close + 1 < at && s[close + 1] == 0x7684 ? close + 2 : close + 1
    return isLead(from..<at) ? s[(open + 1)..<close].map { UInt8($0 - 0x30) } : nil
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
    guard next < stop,
      s[next] == 0x53F7 || s[next...].starts(with: Self.number)
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
      // 我在新加坡工作，…
      let stop = s[word.upperBound..<min(at, word.upperBound + 4)].firstIndex(where: Surroundings.isStop),
      s[word.upperBound..<stop].allSatisfy(Scalars.isHan)
    else { return nil }
    let head = s[start..<word.lowerBound]
    guard
      head.last.map(Self.places.contains) ?? false || Self.inside.contains(where: { head.suffix($0.count) == $0[...] })
    else { return nil }
    return around.words.regions.match(s, word.lowerBound, below: at, where: { _ in true })?.value
  }
  /// 在 喺 于 住
  private static let places = ScalarSet("在喺于住")
  private static let inside = [" in ", " in the "].map(Scalars.of)

  // MARK: Extensions as something to do

  /// 010-88886666，接通后再按801: the digits that are to be dialled once somebody answers. 按1 chooses from a menu.
  func dialled(_ end: Int) -> Range<Int>? {
    var i = end
    var isToDial = false
    while i < s.count, i - end < Self.reach, !Scalars.isDigit(s[i]) {
      if let word = around.words.phrases.match(s, i, below: s.count, [.dial, .answered]) {
        isToDial = isToDial || word.kinds.has(.dial)
        i += word.length
      } else if i > end, let word = around.words.phrases.match(s, i, below: s.count, .extension) {
        isToDial = true
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

  /// 我的分机是8021，总机020-38880012: the extension told before its number.
  func announced(_ at: Int) -> Range<Int>? {
    var start = at
    while start > 0, at - start < Self.reach, !Surroundings.isFullStop(s[start - 1]) { start -= 1 }
    guard let word = around.hits(start..<at, .extension).last?.range,
      s[word.lowerBound] == 0x5206 || s[word.lowerBound] == 0x5185
    else { return nil }
    var i = word.upperBound
    while i < at, Self.isMark(s[i]) || s[i] == 0x662F || s[i] == 0x4E3A || s[i] == 0x53F7 { i += 1 }
    let from = i
    while i < at, i - from < 7, Scalars.isDigit(s[i]) { i += 1 }
    // It is not the extension of the number before it.
    guard (2...6).contains(i - from), isLead(i..<at), s[i..<at].contains(0x2C) || s[i..<at].contains(0x20),
      (found.last?.range.upperBound ?? 0) <= from
    else { return nil }
    return from..<i
  }
  private static let counted = ScalarSet("次遍分秒点时天日月年个人名号键%.-@")
}
