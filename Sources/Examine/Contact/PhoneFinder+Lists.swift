import ClosureModel

/// Lists in which only the first number is whole: `010-88886666/7/8`, `13800138027/8028`, `021-58880048、58880049`.
extension PhoneFinder {
  /// Longest list that is followed.
  private static let most = 8

  /// - Parameter end: where the whole number ends, its extension with it.
  mutating func abbreviated(after end: Int, _ match: PhoneMatch) {
    guard !isCell || end < s.count else { return }
    var end = end
    var last = match.value
    for _ in 0..<Self.most {
      guard let tail = tail(end), let hit = number(tail, last, match.shape) else { return }
      found.append(hit)
      guard hit.status == .valid else { return }
      (last, end) = (hit.value, tail.digits.upperBound)
    }
  }

  /// Digits behind a mark of a list.
  private struct Tail {
    let mark: UInt32
    let digits: Range<Int>
  }

  private func tail(_ end: Int) -> Tail? {
    var i = end
    if i < s.count, s[i] == 0x20 { i += 1 }
    guard i + 1 < s.count, Self.isListMark(s[i]) else { return nil }
    let mark = s[i]
    i += 1
    if s[i] == 0x20 { i += 1 }
    let start = i
    while i < s.count, i - start <= 8, Scalars.isDigit(s[i]) { i += 1 }
    // 8888 0450
    if (3...4).contains(i - start), i + 4 < s.count, s[i] == 0x20 || DigitGroups.isDash(s[i]),
      s[(i + 1)...(i + 4)].allSatisfy(Scalars.isDigit)
    {
      i += 5
    }
    guard i > start, i - start <= 9, isTailEnd(i) else { return nil }
    return Tail(mark: mark, digits: start..<i)
  }

  /// `/ , 、 ; &` 或 和 及 与
  private static func isListMark(_ s: UInt32) -> Bool {
    switch s {
    case 0x2F, 0x2C, 0x3001, 0x3B, 0x26, 0x6216, 0x548C, 0x53CA, 0x4E0E: true
    default: false
    }
  }

  /// Not in the midst of a word, a time, an amount, a longer number: 138…/9点, 138…、150人, 138…/9:00, 138…/139 0013 9000.
  private func isTailEnd(_ end: Int) -> Bool {
    guard end < s.count else { return true }
    var i = end
    switch s[i] {
    case 0x40, 0x25, 0x5F, 0x2A, 0x23, 0x3D, 0x2B, 0x7E: return false
    case 0x2D, 0x2E, 0x3A:
      if i + 1 < s.count, Scalars.isWord(s[i + 1]) { return false }
    case let mark where DigitGroups.isDash(mark): return false
    case 0x20: i += 1
    default: if Scalars.isWord(s[i]) { return false }
    }
    guard i < s.count else { return true }
    // 028号都行 names numbers, 28号之前 a day.
    if s[i] == 0x53F7 { return i + 1 < s.count && (s[i + 1] == 0x5747 || s[i + 1] == 0x90FD || s[i + 1] == 0x7801) }
    if Scalars.isDigit(s[i]) { return false }
    return !Self.counted.contains(s[i]) && around.words.phrases.match(s, i, below: s.count, .unit) == nil
  }

  /// What is counted, or told by a clock or a calendar.
  private static let counted = ScalarSet("分点时小天日月年周星秒人个名位次条台张家层楼室栋座岁折级期以多余到至后前内之上下早晚")

  private mutating func number(_ tail: Tail, _ last: String, _ shape: PhoneHit.Shape) -> PhoneHit? {
    let digits = s[tail.digits].filter(Scalars.isDigit)
    let count = digits.count
    if shape == .abroad { return wholeAbroad(digits, last, tail) }
    let local = Self.localCount(last, shape)
    guard count <= local else { return nil }
    let text = Array(last.utf8)
    let mended: [UInt8] = text.dropLast(count) + digits.map { UInt8($0) }
    let value = String(decoding: mended, as: UTF8.self)
    let isWhole = shape == .landline && count == local
    var hit = PhoneHit(range: tail.digits, value: value, status: .valid, shape: shape)
    if isWhole {
      guard digits[0] >= 0x32, !isDay(digits), reader.budget.e164(Array(mended)) == value else { return nil }
      return hit
    }
    guard count == tail.digits.count else { return nil }
    hit.fault = .abbreviated
    let isShort = count <= 2 || count == 4
    if isShort, isNext(digits, text) || isConfirmed(tail.digits.upperBound) && value != last,
      tail.mark == 0x2F || tail.mark == 0x3001 || count > 1, isNumber(mended, shape)
    {
      return hit
    }
    guard count <= 5, tail.mark == 0x2F else { return nil }
    (hit.value, hit.status) = (Scalars.string(s[tail.digits]), .suspect)
    return hit
  }

  /// +852 3188 0287 / 3188 0288: the next number of the same place, whole but for its country.
  private mutating func wholeAbroad(_ digits: [UInt32], _ last: String, _ tail: Tail) -> PhoneHit? {
    guard (7...8).contains(digits.count), !isDay(digits), last.utf8.count > digits.count + 2 else { return nil }
    let mended: [UInt8] = last.utf8.dropLast(digits.count) + digits.map { UInt8($0) }
    let value = String(decoding: mended, as: UTF8.self)
    guard reader.budget.e164(mended) == value else { return nil }
    return PhoneHit(range: tail.digits, value: value, status: .valid, shape: .abroad)
  }

  private mutating func isNumber(_ e164: [UInt8], _ shape: PhoneHit.Shape) -> Bool {
    if shape == .mobile { return NumberingPlan.isMobile(e164.dropFirst(3).map { $0 - 0x30 }) }
    return reader.budget.e164(e164) != nil
  }

  /// Digits behind the area code, of a mobile number those that may change.
  private static func localCount(_ e164: String, _ shape: PhoneHit.Shape) -> Int {
    let digits = e164.utf8.dropFirst(3)
    guard shape == .landline, let first = digits.first, let second = digits.dropFirst().first else { return 4 }
    return digits.count - (first == 0x32 || first == 0x31 && second == 0x30 ? 2 : 3)
  }

  /// One more than the last digits of the number before: 45/6, 8027/8028, 29/30.
  private func isNext(_ digits: [UInt32], _ last: [UInt8]) -> Bool {
    let before = last.suffix(digits.count).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 } == before + 1
  }

  /// 两个号都是我的, 均可联系, 三条线: what follows speaks of several.
  private func isConfirmed(_ end: Int) -> Bool {
    var i = end
    var digits = 0
    while i < s.count, i - end < 24, s[i] != 10, s[i] != 0x3002 {
      digits = Scalars.isDigit(s[i]) ? digits + 1 : 0
      if digits > 4 { return false }
      // 均 都 两 俩 皆
      if s[i] == 0x5747 || s[i] == 0x90FD || s[i] == 0x4E24 || s[i] == 0x4FE9 || s[i] == 0x7686 { return true }
      i += 1
    }
    return false
  }

  /// 20260212
  private func isDay(_ d: [UInt32]) -> Bool {
    guard d.count == 8, d[0] == 0x32 && d[1] == 0x30 || d[0] == 0x31 && d[1] == 0x39 else { return false }
    let month = (d[4] - 0x30) * 10 + d[5] - 0x30
    let day = (d[6] - 0x30) * 10 + d[7] - 0x30
    return (1...12).contains(month) && (1...31).contains(day)
  }
}
