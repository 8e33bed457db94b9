import ClosureModel

/// Finds numbers in a text or a cell: one pass, every chain of digits looked at once, each look bounded.
struct PhoneFinder {
  let s: [UInt32]
  let around: Surroundings
  let isCell: Bool
  /// The provider's own numbers, digits only.
  let providerDigits: [[UInt8]]
  /// Spans of addresses, in order: their digits are no numbers.
  let mails: [Range<Int>]
  private var found: [PhoneHit] = []
  private var reader = PhoneReader()
  /// Label of the last number, for those that are listed after it.
  private var lastLabel = Surroundings.Label.none
  private var mailEnd = -1

  init(
    _ text: NormalText, around: Surroundings, isCell: Bool, providerDigits: [[UInt8]], mails: [Range<Int>]
  ) {
    s = text.scalars
    self.around = around
    self.isCell = isCell
    self.providerDigits = providerDigits
    self.mails = mails
  }

  mutating func find() -> [PhoneHit] {
    var i = 0
    var mail = 0
    while i < s.count {
      if mail < mails.count, i >= mails[mail].lowerBound {
        i = max(i, mails[mail].upperBound)
        mailEnd = i
        mail += 1
        continue
      }
      let scalar = s[i]
      if Scalars.isDigit(scalar) || DigitGroups.isMask(scalar) {
        i = chain(i, mail < mails.count ? mails[mail].lowerBound : s.count)
      } else if Scalars.isLetter(scalar) {
        i = word(i)
      } else if scalar == 0x3A, i + 2 < s.count, s[i + 1] == 0x2F, s[i + 2] == 0x2F {
        i = urlEnd(i)
      } else if ChineseDigits.value(scalar) != nil {
        i = chineseDigits(i)
      } else {
        i += 1
      }
    }
    return found
  }

  // MARK: What is no number

  /// A Latin word: digits that hang on it are its own, unless it is a label (tel13800138000).
  private func word(_ start: Int) -> Int {
    var end = start
    while end < s.count, Scalars.isLetter(s[end]) { end += 1 }
    if start == 0 || !Scalars.isWord(s[start - 1]), end - start == 3, s[end - 1] == 0x77, s[start] == 0x77,
      end < s.count,
      s[end] == 0x2E
    {
      return urlEnd(end)
    }
    if let label = around.words.phrases.match(
      s, start, below: s.count, where: { $0 == .phoneLabel || $0 == .region || $0 == .extension }),
      start + label.length >= end
    {
      return start + label.length
    }
    return tokenEnd(end)
  }

  /// The end of an identifier: words and the marks that join them.
  private func tokenEnd(_ from: Int) -> Int {
    var end = from
    while end < s.count {
      if Scalars.isWord(s[end]) || s[end] == 0x5F {
        end += 1
      } else if end + 1 < s.count, Scalars.isDigit(s[end + 1]), end > 0,
        Scalars.isWord(s[end - 1]) || s[end - 1] == 0x5F,
        [0x2D, 0x2E, 0x3D, 0x23, 0x25, 0x26, 0x2B, 0x40].contains(s[end])
      {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  private func urlEnd(_ from: Int) -> Int {
    var end = from
    while end < s.count, s[end] > 0x20, s[end] < 0x7F, ![0x22, 0x27, 0x3C, 0x3E, 0x2C, 0x3B, 0x29].contains(s[end]) {
      end += 1
    }
    return max(end, from + 1)
  }

  // MARK: Chains of digits

  private mutating func chain(_ start: Int, _ limit: Int) -> Int {
    var (groups, end) = DigitGroups.chain(s, start)
    if end > limit {
      // Digits that belong to an address: 13800138000@example.com.
      groups.removeAll { $0.range.upperBound > limit }
      end = max(limit, start + 1)
    }
    guard let first = groups.first, groups.count < DigitGroups.most, isOpen(first.range.lowerBound) else { return end }
    let label = label(first.range.lowerBound - (first.hasPlus ? 1 : 0))
    let count = found.count
    var g = 0
    var isFree = true
    while g < groups.count {
      guard let match = match(groups, g, label), isClear(groups, g, match, isFree, label) else {
        g += 1
        isFree = false
        continue
      }
      g = add(groups, g, match)
      lastLabel = label == .none ? .phone : label
      isFree = true
    }
    if found.count == count, label != .notPhone { unmatched(groups, label) }
    return max(end, found.last?.range.upperBound ?? end)
  }

  /// Nothing hangs on the left of the digits.
  private func isOpen(_ at: Int) -> Bool {
    var i = at
    if i > 0, s[i - 1] == 0x2B { i -= 1 }
    while i > 0, s[i - 1] == 0x28 { i -= 1 }
    guard i > 0, i != mailEnd else { return true }
    switch s[i - 1] {
    case 0x5F, 0x40, 0x24, 0xA5, 0xFFE5, 0x25: return false
    case 0x23, 0x3D: return around.label(i - 1).label == .phone
    case 0x2E, 0x2D: return i < 2 || !Scalars.isWord(s[i - 2]) || around.label(i - 1).label == .phone
    case 0x2F: return i < 2 || !Scalars.isDigit(s[i - 2]) || found.last?.range.upperBound == i - 1
    case 0x2B: return i < 2 || !Scalars.isWord(s[i - 2])
    default: return true
    }
  }

  private func label(_ at: Int) -> Surroundings.Label {
    if isCell { return .phone }
    let (label, end) = around.label(at)
    if label == .none { return isListed(at) ? lastLabel : .none }
    // A label that has its value already, or stands far off, says nothing.
    let between = s[end..<max(at, end)]
    if between.count > 14 || between.count(where: Scalars.isWord) > 3 { return .none }
    if label == .notPhone, around.hits(end..<max(at, end), { $0 == .own }).isEmpty == false { return .none }
    return label
  }

  /// Only marks of a list stand between the last number and this one.
  func isListed(_ at: Int) -> Bool {
    guard let last = found.last?.range.upperBound, last <= at, at - last <= 5 else { return false }
    return s[last..<at].allSatisfy(Contacts.isJoiner)
  }

  private mutating func match(_ groups: [DigitGroup], _ g: Int, _ label: Surroundings.Label) -> PhoneMatch? {
    if g == 0, label == .notPhone { return nil }
    var digits: [UInt8] = []
    var best: PhoneMatch? = nil
    var form = PhoneReader.Form(
      hasPlus: groups[g].hasPlus, head: groups[g].count, isParted: false, isLabelled: label == .phone, region: nil)
    for e in g..<min(g + 12, groups.count) {
      let group = groups[e]
      if group.isMasked || digits.count + group.count > 17 { break }
      // A dash and a few digits after a whole number are its extension.
      if best != nil, group.hasDash, group.count <= 6 { break }
      digits += s[group.range].map { UInt8($0 - 0x30) }
      form.isParted = e > g
      form.region = nil
      var read = reader.read(digits, form)
      if read == nil, (7...11).contains(digits.count), !form.hasPlus {
        form.region = around.region(before: groups[g].range.lowerBound, after: group.range.upperBound)
        if form.region != nil { read = reader.read(digits, form) }
      }
      guard let (value, shape) = read else { continue }
      best = PhoneMatch(value: value, shape: shape, end: e + 1)
      if shape == .mobile || shape == .hotline { break }
    }
    return best
  }

  /// The digits around say that this is a number of its own and no part of a longer one.
  private func isClear(
    _ groups: [DigitGroup], _ g: Int, _ match: PhoneMatch, _ isFree: Bool, _ label: Surroundings.Label
  ) -> Bool {
    let parts = match.end - g
    let isBlankParted = parts > 1 && groups[(g + 1)..<match.end].contains { $0.hasBlank }
    if g > 0, !isFree {
      if !groups[g].hasBlank, groups[g].hasDash || groups[g].hasDot { return false }
      if isBlankParted, (3...6).contains(groups[g - 1].count) { return false }
    }
    let end = groups[match.end - 1].range.upperBound
    if match.end < groups.count {
      let next = groups[match.end]
      if next.isMasked, !next.hasBlank { return false }
      if next.hasDot, !next.hasBlank {
        return isCell && next.count == 1 && s[next.range.lowerBound] == 0x30 && match.end + 1 == groups.count
      }
      if next.hasDash, !next.hasBlank {
        guard next.count <= 6, match.end + 1 == groups.count || !groups[match.end + 1].hasDash else { return false }
      } else if next.hasBlank, isBlankParted, (3...4).contains(next.count), label != .phone {
        return false
      }
    }
    return isClosed(end, label)
  }

  /// Nothing hangs on the right of the digits.
  private func isClosed(_ end: Int, _ label: Surroundings.Label) -> Bool {
    guard end < s.count else { return true }
    let next = end + 1 < s.count ? s[end + 1] : 0
    if extensionAt(end) != nil { return true }
    switch s[end] {
    case 0x5F, 0x40, 0x25, 0x3D: return false
    case 0x61...0x7A: return false
    case 0x2E, 0x2D: return !Scalars.isLetter(next)
    case 0x23: return !Scalars.isLetter(next)
    case 0x3A: return !Scalars.isDigit(next)
    case 0x20:
      if next == 0x40 { return false }
    case 0x28:
      if next == 0x61, end + 2 < s.count, s[end + 2] == 0x74 { return false }
    default: break
    }
    if label != .phone, around.words.phrases.match(s, end, below: s.count, where: { $0 == .unit }) != nil {
      return false
    }
    return true
  }

  // MARK: What was found

  /// - Returns: the group that follows the number and its extension.
  private mutating func add(_ groups: [DigitGroup], _ g: Int, _ match: PhoneMatch) -> Int {
    let start = opening(groups[g])
    var next = match.end
    var end = groups[next - 1].range.upperBound
    var ext: String? = nil
    if let found = extensionAt(end) {
      ext = Scalars.string(s[found.digits])
      end = found.digits.upperBound
      while next < groups.count, groups[next].range.lowerBound < end { next += 1 }
    } else if next < groups.count, groups[next].count <= 6, !groups[next].hasBlank, groups[next].hasDash {
      ext = Scalars.string(s[groups[next].range])
      end = groups[next].range.upperBound
      next += 1
    } else if next < groups.count, isCell, groups[next].hasDot, groups[next].count == 1 {
      end = groups[next].range.upperBound
      next += 1
    }
    var hit = PhoneHit(range: start..<end, value: match.value, ext: ext, status: .valid, shape: match.shape)
    if match.shape == .mobile, NumberingPlan.isPlaceholder(match.value.utf8.dropFirst(3).map { $0 - 0x30 }) {
      (hit.status, hit.fault) = (.suspect, .placeholder)
    }
    found.append(hit)
    abbreviated(after: end, match)
    return next
  }

  private func opening(_ group: DigitGroup) -> Int {
    var start = group.range.lowerBound
    if group.hasPlus { start -= 1 }
    if start > 0, s[start - 1] == 0x28, s[group.range.lowerBound...].prefix(8).contains(0x29) { start -= 1 }
    return start
  }

  /// `010-88886666/7`: the second number is not guessed, but reported.
  private mutating func abbreviated(after end: Int, _ match: PhoneMatch) {
    guard end + 1 < s.count, s[end] == 0x2F || s[end] == 0x3001, Scalars.isDigit(s[end + 1]) else { return }
    var last = end + 1
    while last < s.count, last - end <= 9, Scalars.isDigit(s[last]) { last += 1 }
    let count = last - end - 1
    guard count <= 8, last == s.count || !Scalars.isWord(s[last]) && s[last] != 0x2D && s[last] != 0x2E else { return }
    let tail = s[(end + 1)..<last]
    if match.shape == .landline, count >= 7 {
      let whole = Array(match.value.utf8.dropLast(count)) + tail.map { UInt8($0) }
      guard let value = reader.budget.e164(whole) else { return }
      found.append(
        PhoneHit(
          range: (end + 1)..<last, value: Scalars.string(tail), status: .suspect, suggestion: value, fault: .noAreaCode,
          shape: .landline))
    } else if count <= 5, s[end] == 0x2F {
      found.append(
        PhoneHit(
          range: (end + 1)..<last, value: Scalars.string(tail), status: .suspect, fault: .abbreviated,
          shape: match.shape))
    }
  }

  /// 转801, 分机：801, ext. 801, #801, (801).
  private func extensionAt(_ end: Int) -> (digits: Range<Int>, Bool)? {
    var i = end
    while i < s.count, i - end < 2, s[i] == 0x20 || s[i] == 0x28 || s[i] == 0x2C || s[i] == 0x2D { i += 1 }
    guard i < s.count else { return nil }
    if s[i] == 0x23 && i == end || DigitGroups.isExtension(s, i) {
      i += 1
    } else if let mark = around.words.phrases.match(s, i, below: s.count, where: { $0 == .extension })
      ?? latinExtension(i)
    {
      i += mark.length
      while i < s.count, [0x2E, 0x3A, 0x20, 0x53F7, 0x5230].contains(s[i]), i - end < 12 { i += 1 }
    } else {
      return nil
    }
    let from = i
    while i < s.count, i - from < 7, Scalars.isDigit(s[i]) { i += 1 }
    guard i > from, i - from <= 6, i == s.count || !Scalars.isWord(s[i]) else { return nil }
    return (from..<i, true)
  }

  /// x801 right behind the digits, where a word would not begin.
  private func latinExtension(_ at: Int) -> (kinds: [ContactWord], length: Int)? {
    if s[at] == 0x78 { return ([.extension], 1) }
    if at + 2 < s.count, s[at] == 0x65, s[at + 1] == 0x78, s[at + 2] == 0x74 { return ([.extension], 3) }
    return nil
  }
}

extension PhoneFinder {
  /// A chain that is no number. It is reported where a label or the cell says that it should be one.
  private mutating func unmatched(_ groups: [DigitGroup], _ label: Surroundings.Label) {
    guard let first = groups.first, let last = groups.last else { return }
    let digits = groups.flatMap { s[$0.range].filter(Scalars.isDigit).map { UInt8($0 - 0x30) } }
    let isMasked = groups.contains { $0.isMasked }
    var range = opening(first)..<last.range.upperBound
    if groups.count == 1, providerDigits.contains(digits), isClosed(range.upperBound, label) {
      found.append(
        PhoneHit(
          range: range, value: Scalars.string(s[range]), status: .invalid, fault: .shortService, shape: .hotline))
      return
    }
    let isLikeMobile = isMasked && digits.first == 1 && groups.reduce(0) { $0 + $1.count } == 11
    guard label == .phone || isLikeMobile, digits.count >= 3 || isCell else { return }
    var hit = PhoneHit(range: range, value: "", status: .invalid, shape: .other)
    if isMasked {
      guard digits.count >= 5 || isCell else { return }
      hit.fault = .masked
    } else if let mended = lookalike(range.lowerBound) {
      range = range.lowerBound..<(range.lowerBound + 11)
      (hit.status, hit.suggestion, hit.fault) = (.suspect, mended, .lookalike)
    } else {
      guard digits.count >= 5 || isCell, digits.count <= 24, isCell || !isDate(groups) else { return }
      hit.fault = fault(digits, first)
      if hit.fault == .noAreaCode { hit.status = .suspect }
    }
    hit.range = range
    hit.value = Scalars.string(s[range])
    found.append(hit)
    lastLabel = label
  }

  private func fault(_ d: [UInt8], _ first: DigitGroup) -> PhoneFault {
    if first.hasPlus || d.starts(with: [0, 0]) { return .abroad }
    switch d.count {
    case ..<7 where d.count == 5 && d.first == 9 || d.count == 3 || d.count == 5 && d.first == 1: return .shortService
    case ..<7: return .tooShort(d.count)
    case 7...8 where d.first.map { $0 >= 2 } ?? false: return .noAreaCode
    case 10...12 where d.first == 0: return .landline
    case 11 where d.first == 1: return .prefix
    case 12...: return .tooLong(d.count)
    default: return d.first == 1 && d.count < 11 || d.count < 9 ? .tooShort(d.count) : .landline
    }
  }

  private func isDate(_ groups: [DigitGroup]) -> Bool {
    guard groups.count >= 3, groups[0].count == 4 else { return false }
    return s[groups[0].range.lowerBound] <= 0x32 && groups[1].count <= 2 && groups[2].count <= 2
  }

  /// 138OO138000: letters that look like digits.
  private func lookalike(_ start: Int) -> String? {
    guard start + 11 <= s.count, start + 11 == s.count || !Scalars.isWord(s[start + 11]) else { return nil }
    var digits: [UInt8] = []
    for scalar in s[start..<(start + 11)] {
      switch scalar {
      case 0x30...0x39: digits.append(UInt8(scalar - 0x30))
      case 0x6F: digits.append(0)
      case 0x6C, 0x69: digits.append(1)
      default: return nil
      }
    }
    guard NumberingPlan.isMobile(digits) else { return nil }
    return "+86" + String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
  }

  /// 一三八零零一三八零零零: never valid, but worth a question.
  private mutating func chineseDigits(_ start: Int) -> Int {
    var digits: [UInt8] = []
    var i = start
    while i < s.count {
      if let value = ChineseDigits.value(s[i]) {
        digits.append(value)
      } else if Scalars.isDigit(s[i]) {
        digits.append(UInt8(s[i] - 0x30))
      } else if !DigitGroups.isDash(s[i]) || digits.count > 11 {
        break
      }
      i += 1
    }
    if digits.count == 11, NumberingPlan.isMobile(digits) {
      var end = i
      while end > start, DigitGroups.isDash(s[end - 1]) { end -= 1 }
      found.append(
        PhoneHit(
          range: start..<end, value: Scalars.string(s[start..<end]), status: .suspect,
          suggestion: "+86" + String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self), fault: .chineseDigits,
          shape: .mobile))
      return i
    }
    // A Chinese digit of a sentence; the number after it is read for itself.
    return digits.count > 24 ? i : start + 1
  }
}

enum ChineseDigits {
  static func value(_ s: UInt32) -> UInt8? {
    switch s {
    case 0x3007, 0x96F6, 0x25CB, 0x6D1E: 0
    case 0x4E00, 0x58F9, 0x5E7A: 1
    case 0x4E8C, 0x8D30, 0x4E24: 2
    case 0x4E09, 0x53C1: 3
    case 0x56DB, 0x8086: 4
    case 0x4E94, 0x4F0D: 5
    case 0x516D, 0x9646: 6
    case 0x4E03, 0x67D2: 7
    case 0x516B, 0x634C: 8
    case 0x4E5D, 0x7396: 9
    default: nil
    }
  }
}
