import ClosureModel

extension PhoneFinder {
  /// - Returns: the group that follows the number and its extension.
  mutating func add(_ groups: [DigitGroup], _ g: Int, _ match: PhoneMatch) -> Int {
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
    } else if match.shape == .landline || match.shape == .hotline, let digits = dialled(end) {
      ext = Scalars.string(s[digits])
      end = digits.upperBound
      while next < groups.count, groups[next].range.lowerBound < end { next += 1 }
    } else if next < groups.count, isCell, groups[next].hasDot, groups[next].count == 1 {
      end = groups[next].range.upperBound
      next += 1
    }
    if ext == nil, match.shape == .landline || match.shape == .hotline, let digits = announced(start) {
      ext = Scalars.string(s[digits])
    }
    var hit = PhoneHit(range: start..<end, value: match.value, ext: ext, status: .valid, shape: match.shape)
    if match.shape == .mobile, NumberingPlan.isPlaceholder(match.value.utf8.dropFirst(3).lazy.map { $0 - 0x30 }) {
      (hit.status, hit.fault) = (.suspect, .placeholder)
    }
    found.append(hit)
    abbreviated(after: end, match)
    return next
  }

  func opening(_ group: DigitGroup) -> Int {
    var start = group.range.lowerBound
    if group.hasPlus { start -= 1 }
    if start > 0, s[start - 1] == 0x28, s[group.range.lowerBound...].prefix(8).contains(0x29) { start -= 1 }
    return start
  }

  /// 转801, 分机：801, ext. 801, #801, (801).
  func extensionAt(_ end: Int) -> (digits: Range<Int>, Bool)? {
    var i = end
    while i < s.count, i - end < 3, s[i] == 0x20 || s[i] == 0x28 || s[i] == 0x2C || s[i] == 0x2D || s[i] == 0x3B {
      i += 1
    }
    guard i < s.count else { return nil }
    // 010-88886666,,801: pauses of a dialled number.
    let isDialled = i == end + 2 && s[end] == 0x2C && s[end + 1] == 0x2C
    // 分机：801 on the next line of a form.
    let isBelow = s[i] == 10 && i == end
    if isBelow {
      i += 1
      guard i + 1 < s.count, s[i] == 0x5206 || s[i] == 0x5185 || s[i] == 0x65 || s[i] == 0x8F6C && s[i + 1] == 0x3A
      else { return nil }
    }
    let isHash = s[i] == 0x23 && (i == end || i == end + 1 && s[end] == 0x20)
    if isHash || DigitGroups.isExtension(s, i) {
      i += 1
    } else if isDialled, Scalars.isDigit(s[i]) {
      // The digits follow.
    } else if let mark = around.words.phrases.match(s, i, below: s.count, .extension)
      ?? latinExtension(i)
    {
      // （转）12
      let isBracket = s[end..<i].contains(0x28)
      i += mark.length
      while i < s.count, Self.isBeforeExtension(s[i]) || isBracket && s[i] == 0x29, i - end < 12 { i += 1 }
    } else {
      return nil
    }
    let from = i
    while i < s.count, i - from < 7, Scalars.isDigit(s[i]) { i += 1 }
    guard i > from, i - from <= 6, i == s.count || !Scalars.isWord(s[i]) else { return nil }
    // 15楼
    if isHash, s[end] == 0x20, i < s.count, Scalars.isHan(s[i]) { return nil }
    return (from..<i, true)
  }

  /// `. : =`, a blank, 号, 到, 是, 为.
  private static func isBeforeExtension(_ s: UInt32) -> Bool {
    switch s {
    case 0x2E, 0x3A, 0x3D, 0x20, 0x53F7, 0x5230, 0x662F, 0x4E3A: true
    default: false
    }
  }

  /// x801 right behind the digits, where a word would not begin.
  func latinExtension(_ at: Int) -> (kinds: ContactWordSet, length: Int)? {
    if s[at] == 0x78 { return (.extension, 1) }
    if at + 2 < s.count, s[at] == 0x65, s[at + 1] == 0x78, s[at + 2] == 0x74 { return (.extension, 3) }
    return nil
  }
}
