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
  var found: [PhoneHit] = []
  var reader = PhoneReader()
  /// Label of the last number, for those that are listed after it.
  var lastLabel = Surroundings.Label.none
  var mailEnd = -1

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
    let looked = Self.looked
    while i < s.count {
      if mail < mails.count, i >= mails[mail].lowerBound {
        i = max(i, mails[mail].upperBound)
        mailEnd = i
        mail += 1
        continue
      }
      let limit = mail < mails.count ? mails[mail].lowerBound : s.count
      guard let next = looked.first(in: s, i..<limit) else {
        i = limit
        continue
      }
      i = next
      let scalar = s[i]
      if scalar == 0x2A, let inner = boldStart(i) {
        i = inner
        continue
      }
      if scalar < 0x80 ? Scalars.isDigit(scalar) || scalar == 0x2A : DigitGroups.isMask(scalar) {
        i = fewDigits(i) ?? chain(i, limit)
      } else if Scalars.isLetter(scalar) {
        i = word(i)
      } else if scalar == 0x3A, i + 2 < s.count, s[i + 1] == 0x2F, s[i + 2] == 0x2F {
        i = urlEnd(i)
      } else if ChineseDigits.scalars.contains(scalar) {
        i = chineseDigits(i)
      } else {
        i += 1
      }
    }
    return found
  }

  /// What is looked at: digits in ASCII and Chinese, masks, letters, the colon of `://`. Most scalars of a text are none.
  private static let looked = ScalarSet(where: { scalar in
    Scalars.isWord(scalar) || scalar == 0x2A || scalar == 0x3A || scalar >= 0x80 && DigitGroups.isMask(scalar)
      || ChineseDigits.value(scalar) != nil
  })

  /// `**138…**`: bold print, no mask.
  private func boldStart(_ at: Int) -> Int? {
    guard at + 9 < s.count, s[at + 1] == 0x2A, Scalars.isDigit(s[at + 2]) || s[at + 2] == 0x2B,
      at == 0 || s[at - 1] != 0x2A && !Scalars.isDigit(s[at - 1])
    else { return nil }
    return at + 2
  }

  // MARK: What is no number

  /// A Latin word: digits that hang on it are its own, unless it is a label (tel13800138000).
  func word(_ start: Int) -> Int {
    var end = start
    while end < s.count, Scalars.isLetter(s[end]) { end += 1 }
    if start == 0 || !Scalars.isWord(s[start - 1]), end - start == 3, s[end - 1] == 0x77, s[start] == 0x77,
      end < s.count,
      s[end] == 0x2E
    {
      return urlEnd(end)
    }
    if let label = around.words.phrases.match(s, start, below: s.count, [.phoneLabel, .region, .extension]),
      start + label.length >= end
    {
      return start + label.length
    }
    return tokenEnd(end)
  }

  /// The end of an identifier: words and the marks that join them.
  func tokenEnd(_ from: Int) -> Int {
    var end = from
    while end < s.count {
      if Scalars.isWord(s[end]) || s[end] == 0x5F {
        end += 1
      } else if end + 1 < s.count, Scalars.isDigit(s[end + 1]), end > 0,
        Scalars.isWord(s[end - 1]) || s[end - 1] == 0x5F,
        Self.joins(s[end])
      {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  /// `- . = # % & + @` inside an identifier.
  private static func joins(_ s: UInt32) -> Bool {
    switch s {
    case 0x2D, 0x2E, 0x3D, 0x23, 0x25, 0x26, 0x2B, 0x40: true
    default: false
    }
  }

  func urlEnd(_ from: Int) -> Int {
    var end = from
    while end < s.count, s[end] > 0x20, s[end] < 0x7F, !Self.endsURL(s[end]) { end += 1 }
    return max(end, from + 1)
  }

  /// `" ' < > , ; )`
  private static func endsURL(_ s: UInt32) -> Bool {
    switch s {
    case 0x22, 0x27, 0x3C, 0x3E, 0x2C, 0x3B, 0x29: true
    default: false
    }
  }

  // MARK: Chains of digits

  /// The end of one digit or two before a Chinese character: dates and counts, which no look at the words around makes a
  /// number.
  private func fewDigits(_ start: Int) -> Int? {
    var end = start
    while end < s.count, end - start < 3, Scalars.isDigit(s[end]) { end += 1 }
    guard !isCell, end > start, end - start < 3, end < s.count, Scalars.isHan(s[end]) else { return nil }
    // 1三九…
    return ChineseDigits.value(s[end]) == nil ? end : nil
  }

  mutating func chain(_ start: Int, _ limit: Int) -> Int {
    var (groups, end) = DigitGroups.chain(s, start)
    if end > limit {
      // Digits that belong to an address: 13800138000@example.com.
      groups.removeAll { $0.range.upperBound > limit }
      end = max(limit, start + 1)
    }
    if groups.count > 1, isListNumber(groups[0], groups[1]) {
      groups.removeFirst()
      groups[0] = DigitGroup(range: groups[0].range, hasPlus: groups[0].hasPlus, isMasked: groups[0].isMasked)
    }
    guard let first = groups.first, groups.count < DigitGroups.most,
      isOpen(first.range.lowerBound) || isItem(first.range.lowerBound)
    else { return end }
    let digits = groups.reduce(0) { $0 + $1.count }
    if digits < 7, end < s.count, s[end] >= 0x3007, ChineseDigits.value(s[end]) != nil {
      // 138零零一三八…
      return max(end, chineseDigits(first.range.lowerBound))
    }
    if digits == 3, let parted = parted(first) { return parted }
    let goesOn = isBroken(end)
    // No label makes a number of a digit or two.
    if digits < 3, !isCell, !goesOn { return max(end, found.last?.range.upperBound ?? end) }
    let start = first.range.lowerBound - (first.hasPlus ? 1 : 0)
    let label = label(start, isLong: digits >= 7 || goesOn)
    let count = found.count
    // No number has fewer than seven digits.
    var g = digits < 7 ? groups.count : 0
    var isFree = true
    while g < groups.count {
      guard let match = match(groups, g, label), isClear(groups, g, match, isFree, label) else {
        // +44 (0)7700 900…: what is no number of that country is none of another.
        let isAbroad = groups[g].hasPlus && !groups[g].isMasked && !s[groups[g].range].starts(with: Self.china)
        g = isAbroad ? groups[(g + 1)...].firstIndex { $0.hasPlus || $0.count >= 11 } ?? groups.count : g + 1
        isFree = false
        continue
      }
      g = add(groups, g, match)
      lastLabel = label == .none ? .phone : label
      isFree = true
    }
    if found.count == count, goesOn, label == .phone { broken(groups, end) }
    if found.count == count, label != .notPhone { unmatched(groups, label) }
    return max(end, found.last?.range.upperBound ?? end)
  }

  private static let china = Scalars.of("86")

  /// `2.138…` on a line of its own: the value behind the number of a list.
  private func isListNumber(_ first: DigitGroup, _ second: DigitGroup) -> Bool {
    first.count < 3 && !first.hasPlus && !first.isMasked && second.hasDot && !second.hasBlank && second.count >= 3
      && isItem(second.range.lowerBound)
  }

  /// Behind the number of a list: of one that goes on, or before a whole mobile number that begins a line.
  private func isItem(_ at: Int) -> Bool {
    guard at > 1, s[at - 1] == 0x2E, !isCell else { return false }
    var start = at - 1
    while start > 0, at - start < 4, Scalars.isDigit(s[start - 1]) { start -= 1 }
    guard around.listNumber(start)?.end == at else { return false }
    if around.afterListNumber(start) != nil { return true }
    let digits = s[at...].prefix(12).prefix(while: Scalars.isDigit)
    return digits.count == 11 && digits.first == 0x31 && (start == 0 || s[start - 1] == 10)
  }

  /// Nothing hangs on the left of the digits.
  func isOpen(_ at: Int) -> Bool {
    var i = at
    if i > 0, s[i - 1] == 0x2B { i -= 1 }
    while i > 0, s[i - 1] == 0x28 { i -= 1 }
    guard i > 0, i != mailEnd else { return true }
    switch s[i - 1] {
    case 0x5F: return isBlankLine(before: i)
    // 第 139…号
    case 0x40, 0x24, 0xA5, 0xFFE5, 0x25, 0x7B2C: return false
    case 0x20 where i > 1 && s[i - 2] == 0x7B2C: return false
    case 0x3A: return !isTag(i - 1)
    case 0x23, 0x3D: return around.label(i - 1).label == .phone
    case 0x2E, 0x2D: return i < 2 || !Scalars.isWord(s[i - 2]) || around.label(i - 1).label == .phone
    case 0x2F:
      return i < 2 || !Scalars.isDigit(s[i - 2]) || found.last?.range.upperBound == i - 1 || respective(at) == .phone
    case 0x2B: return i < 2 || !Scalars.isWord(s[i - 2])
    default: return true
    }
  }

  /// registry.example.com/app:139…: the name of a version.
  private func isTag(_ colon: Int) -> Bool {
    var i = colon
    while i > 0, colon - i < 40, Scalars.isWord(s[i - 1]) || s[i - 1] == 0x2D || s[i - 1] == 0x5F { i -= 1 }
    return i < colon && i > 1 && s[i - 1] == 0x2F && (Scalars.isWord(s[i - 2]) || s[i - 2] == 0x2E)
      && around.label(colon).label != .phone
  }

  /// 电话：____138…____, 电话_138…_: a form's line to write on, no part of a name such as snap_138….
  private func isBlankLine(before at: Int) -> Bool {
    var i = at
    while i > 0, s[i - 1] == 0x5F { i -= 1 }
    if at - i > 1 { return true }
    return i > 0 && s[i - 1] >= 0x80 && around.words.phrases.endsIn(s, i, .phoneLabel)
  }

  /// - Parameter isLong: enough digits to look for a label beyond the line or the cell.
  func label(_ at: Int, isLong: Bool = true) -> Surroundings.Label {
    if isCell { return .phone }
    // T 010-… F 010-… M 138…: the fax of a signature.
    if at > 1, s[at - 1] == 0x20, s[at - 2] == 0x66, at == 2 || !Scalars.isWord(s[at - 3]) { return .notPhone }
    let (label, end) = around.label(at)
    if isLong, let own = respective(at) { return own }
    if label == .none {
      let above = isLong ? headed(at) : .none
      return above == .none && isListed(at) ? lastLabel : above
    }
    // A label that has its value already, or stands far off, says nothing.
    let between = s[end..<max(at, end)]
    if between.count > 14 || between.count(where: Scalars.isWord) > 3 { return .none }
    if label == .notPhone {
      if !around.hits(end..<max(at, end), .own).isEmpty { return .none }
      // 账号持有人张三（139…）
      if between.count(where: { Scalars.isHan($0) && !Self.links.contains($0) }) > 3 { return .none }
    }
    return label
  }

  private static let links = ScalarSet("是为的号码在写填有了后末前尾第共计")

  /// Only marks of a list stand between the last number and this one.
  func isListed(_ at: Int) -> Bool {
    guard let last = found.last?.range.upperBound, last <= at, at - last <= 5 else { return false }
    return s[last..<at].allSatisfy(Contacts.isJoiner)
  }

  mutating func match(_ groups: [DigitGroup], _ g: Int, _ label: Surroundings.Label) -> PhoneMatch? {
    if g == 0, label == .notPhone { return nil }
    // Most numbers are a mobile's eleven digits in a row: no other reading of them comes first.
    if let value = mobile(groups[g]) { return PhoneMatch(value: value, shape: .mobile, end: g + 1) }
    var digits: [UInt8] = []
    var best: PhoneMatch? = nil
    var form = PhoneReader.Form(
      hasPlus: groups[g].hasPlus, head: groups[g].count, isParted: false, isLabelled: label == .phone, region: nil)
    // 0 1 0 8 8 8 8…: nothing is parted where all is.
    let isApart = label == .phone && groups[g].count == 1 && !form.hasPlus
    // 86+138…: the mark stands on the wrong side.
    let start = groups[g].range.lowerBound
    if form.hasPlus, start >= 3, s[start - 2] == 0x36, s[start - 3] == 0x38 { form.hasPlus = false }
    if isCallingCode(groups[g]) { form.hasPlus = true }
    for e in g..<min(g + 12, groups.count) {
      let group = groups[e]
      if group.isMasked || digits.count + group.count > 17 { break }
      // A dash and a few digits after a whole number are its extension.
      if best != nil, group.hasDash, group.count <= 6 { break }
      digits += s[group.range].map { UInt8($0 - 0x30) }
      form.isParted = e > g && !isApart
      if isApart { form.head = digits.count }
      form.region = nil
      var read = reader.read(digits, form)
      if read == nil, (7...11).contains(digits.count), !form.hasPlus {
        form.region =
          around.region(before: groups[g].range.lowerBound, after: group.range.upperBound)
          ?? inherited(groups[g].range.lowerBound, label)
          ?? country(before: groups[g].range.lowerBound, after: group.range.upperBound, label)
        if form.region != nil { read = reader.read(digits, form) }
      }
      if read == nil, (7...8).contains(digits.count), !form.hasPlus,
        let area = areaCode(before: groups[g].range.lowerBound, after: group.range.upperBound)
      {
        read = reader.read(area + digits, PhoneReader.Form(area))
      }
      guard let (value, shape) = read else { continue }
      // 1.38.0013.8000 is a version.
      if label != .phone, shape == .mobile, groups[(g + 1)..<(e + 1)].contains(where: \.hasDot), groups[g].count != 3 {
        continue
      }
      best = PhoneMatch(value: value, shape: shape, end: e + 1)
      if shape == .mobile || shape == .hotline { break }
    }
    return best
  }

  private func mobile(_ group: DigitGroup) -> String? {
    guard group.count == 11, !group.isMasked, !group.hasPlus else { return nil }
    let digits = s[group.range].lazy.map { UInt8(truncatingIfNeeded: $0 &- 0x30) }
    return NumberingPlan.isMobile(digits) ? PhoneReader.mainland(digits) : nil
  }

  /// The digits around say that this is a number of its own and no part of a longer one.
  func isClear(
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
      } else if next.hasBlank, isBlankParted, next.count <= 2, match.end + 1 == groups.count,
        next.range.upperBound == s.count || Surroundings.isStop(s[next.range.upperBound])
      {
        // 136 0013 8000 0: one digit too many. 136 0013 8000 9点后打 goes on about something else.
        return false
      }
    }
    return isClosed(end, label)
  }

  /// 元 积 京 金
  private static let money = ScalarSet("元积京金")
  private func isOver(_ at: Int) -> Bool { at == s.count || !Scalars.isHan(s[at]) && !Scalars.isWord(s[at]) }

  /// Nothing hangs on the right of the digits.
  func isClosed(_ end: Int, _ label: Surroundings.Label) -> Bool {
    guard end < s.count else { return true }
    let next = end + 1 < s.count ? s[end + 1] : 0
    if extensionAt(end) != nil { return true }
    switch s[end] {
    case 0x5F: return next == 0x5F || !Scalars.isWord(next)
    case 0x40, 0x25, 0x3D: return false
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
    guard let unit = around.words.phrases.match(s, end, below: s.count, .unit) else { return true }
    // 电话13800138000元; 万先生 and 元小姐 are people.
    return label == .phone && !(Self.money.contains(s[end]) && isOver(end + unit.length))
  }
}
