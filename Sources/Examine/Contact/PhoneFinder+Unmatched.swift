import ClosureModel

extension PhoneFinder {
  /// A chain that is no number. It is reported where a label or the cell says that it should be one.
  mutating func unmatched(_ groups: [DigitGroup], _ label: Surroundings.Label) {
    guard let first = groups.first, let last = groups.last else { return }
    let isMasked = groups.contains { $0.isMasked }
    let isShort = groups.count == 1 && providerDigits.contains { $0.count == first.count }
    guard label == .phone || isMasked || isShort else { return }
    let digits = groups.flatMap { s[$0.range].filter(Scalars.isDigit).map { UInt8($0 - 0x30) } }
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

  func fault(_ d: [UInt8], _ first: DigitGroup) -> PhoneFault {
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

  func isDate(_ groups: [DigitGroup]) -> Bool {
    guard groups.count >= 3, groups[0].count == 4 else { return false }
    return s[groups[0].range.lowerBound] <= 0x32 && groups[1].count <= 2 && groups[2].count <= 2
  }

  /// 138OO138000: letters that look like digits.
  func lookalike(_ start: Int) -> String? {
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

  /// 手机一三八零零一三八零零零: eleven digits behind a label are a number; alone they are worth a question. In a form's
  /// cell they are to be written in digits.
  mutating func chineseDigits(_ start: Int) -> Int {
    var digits: [UInt8] = []
    var i = start
    var end = start
    var hasPause = false
    while i < s.count, i - end < 3 {
      if let value = ChineseDigits.value(s[i]) {
        digits.append(value)
      } else if Scalars.isDigit(s[i]) {
        digits.append(UInt8(s[i] - 0x30))
      } else if DigitGroups.isDash(s[i]) || s[i] == 0x20, digits.count <= 11 {
        i += 1
        continue
      } else if Self.isPause(s[i]), digits.count < 10 {
        hasPause = true
        i += 1
        continue
      } else {
        break
      }
      i += 1
      end = i
    }
    let isMobile = digits.count == 11 && NumberingPlan.isMobile(digits)
    if isMobile || (10...12).contains(digits.count) && digits[0] == 0, isOpen(start),
      let hit = spoken(digits, start..<end, isMobile, hasPause)
    {
      found.append(hit)
      return end
    }
    // A Chinese digit of a sentence; the number after it is read for itself.
    return digits.count > 24 ? i : start + 1
  }

  private mutating func spoken(_ digits: [UInt8], _ range: Range<Int>, _ isMobile: Bool, _ hasPause: Bool) -> PhoneHit?
  {
    let label = label(range.lowerBound)
    guard label != .notPhone, label == .phone || isMobile && !hasPause else { return nil }
    let form = PhoneReader.Form(
      hasPlus: false, head: digits.count, isParted: false, isLabelled: label == .phone, region: nil)
    guard let (value, shape) = reader.read(digits, form) else { return nil }
    if label == .phone, !isCell {
      lastLabel = .phone
      return PhoneHit(range: range, value: value, status: .valid, shape: shape)
    }
    return PhoneHit(
      range: range, value: Scalars.string(s[range]), status: .suspect, suggestion: value, fault: .chineseDigits,
      shape: shape)
  }

  /// `,` and `、`: how a number is spoken, 一三八，零零一三，八零零零.
  private static func isPause(_ s: UInt32) -> Bool { s == 0x2C || s == 0x3001 }
}
