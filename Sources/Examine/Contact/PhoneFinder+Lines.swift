import ClosureModel

/// Numbers and their labels across lines and cells.
extension PhoneFinder {
  // MARK: Labels in another cell or line

  /// 订单号|138…, QQ：⏎138…, or the head of the column: what the cell or the line before announces.
  func headed(_ at: Int) -> Surroundings.Label {
    var end = at
    while end > 0, at - end < 4, s[end - 1] == 0x20 || s[end - 1] == 0x28 || s[end - 1] == 0x2B { end -= 1 }
    guard end > 0, s[end - 1] == 0x7C || s[end - 1] == 10 else { return .none }
    var start = end - 1
    while start > 0, end - start < 16, s[start - 1] != 10, s[start - 1] != 0x7C { start -= 1 }
    let isWhole = start == 0 || s[start - 1] == 10 || s[start - 1] == 0x7C
    let label = isWhole ? name(start..<(end - 1)) : .none
    return label == .none && s[end - 1] == 0x7C ? column(end) : label
  }

  /// The label that a cell or a line is, with hardly a word beside it: 手机号码（必填）, 我的QQ：.
  private func name(_ range: Range<Int>) -> Surroundings.Label {
    let found = around.hits(range, [.phoneLabel, .mailLabel, .notPhone])
    guard let last = found.last else { return .none }
    let beside = range.count { Scalars.isWord(s[$0]) || Scalars.isHan(s[$0]) } - found.reduce(0) { $0 + $1.range.count }
    guard beside <= 2 else { return .none }
    return found.contains { $0.has(.phoneLabel) } ? .phone : last.has(.notPhone) ? .notPhone : .mail
  }

  /// 姓名|手机|订单号⏎王|138…|139…: the cell above that is a label.
  private func column(_ at: Int) -> Surroundings.Label {
    around.cellsAbove(at).lazy.map(name).first { $0 != .none } ?? .none
  }

  /// 澳門辦公室 2871 4055，手提 6612 4055: the region of the number right before it.
  func inherited(_ at: Int, _ label: Surroundings.Label) -> String? {
    guard label == .phone, let last = found.last, last.shape == .abroad, last.range.upperBound < at,
      at - last.range.upperBound <= 10, !s[last.range.upperBound..<at].contains(0x3002)
    else { return nil }
    return Self.neighbours.first { last.value.hasPrefix("+" + $0) }
  }
  private static let neighbours = ["852", "853", "886", "65"]

  // MARK: Labels one by one

  /// 订单号、手机号分别为 139…、138…; Phone/Fax: 010-… / 010-…: as many values as labels, each its own.
  func respective(_ at: Int) -> Surroundings.Label? {
    var start = at
    while start > 0, at - start < 48, Self.isValue(s[start - 1]) { start -= 1 }
    var head = start
    while head > 0, start - head < 4, Self.isLead(s[head - 1]) { head -= 1 }
    guard head < start, head > 1 else { return nil }
    var labels: [Surroundings.Hit] = []
    for hit in around.hits(around.clauseStart(head)..<head, [.phoneLabel, .mailLabel, .notPhone]).reversed() {
      let next = labels.last?.range.lowerBound ?? head
      guard labels.isEmpty ? hit.range.upperBound == next : next - hit.range.upperBound == 1 && Self.parts(s[next - 1])
      else { break }
      labels.append(hit)
    }
    guard labels.count > 1, Set(labels.map { $0.has(.phoneLabel) }).count > 1 else { return nil }
    var end = at
    while end < s.count, end - at < 48, Self.isValue(s[end]) { end += 1 }
    func values(_ range: Range<Int>) -> Int { s[range].split(whereSeparator: Self.parts).count { $0.count > 4 } }
    guard values(start..<end) == labels.count else { return nil }
    let label = labels[labels.count - 1 - values(start..<at)]
    return label.has(.phoneLabel) ? .phone : label.has(.mailLabel) ? .mail : .notPhone
  }

  /// `/ 、 和 与 及`
  private static func parts(_ s: UInt32) -> Bool {
    s == 0x2F || s == 0x3001 || s == 0x548C || s == 0x4E0E || s == 0x53CA
  }
  /// Scalars of values and what parts them.
  private static func isValue(_ s: UInt32) -> Bool {
    Scalars.isWord(s) || parts(s) || s == 0x20 || s == 0x2D || s == 0x40 || s == 0x2E || s == 0x28 || s == 0x29
      || s == 0x2B
  }
  /// `:`, 分别为, 依次是, 各是.
  private static func isLead(_ s: UInt32) -> Bool { lead.contains(s) }
  private static let lead = ScalarSet(": 分别依次各为是")

  // MARK: Numbers with odd marks

  /// 手机：138,0013,8000, 138/0013/8000, 138_0013_8000: three, four and four digits behind a label.
  mutating func parted(_ first: DigitGroup) -> Int? {
    let start = first.range.lowerBound
    let end = start + 13
    guard end <= s.count, s[start] == 0x31, Self.isOddMark(s[start + 3]), s[start + 8] == s[start + 3],
      end == s.count || !Scalars.isWord(s[end]) && s[end] != s[start + 3], label(start) == .phone
    else { return nil }
    let scalars = s[start..<(start + 3)] + s[(start + 4)..<(start + 8)] + s[(start + 9)..<end]
    guard scalars.allSatisfy(Scalars.isDigit) else { return nil }
    let digits = scalars.map { UInt8($0 - 0x30) }
    guard NumberingPlan.isMobile(digits), !NumberingPlan.isPlaceholder(digits) else { return nil }
    found.append(PhoneHit(range: start..<end, value: PhoneReader.mainland(digits), status: .valid, shape: .mobile))
    lastLabel = .phone
    return end
  }

  /// `, / _ 、`
  private static func isOddMark(_ s: UInt32) -> Bool { s == 0x2C || s == 0x2F || s == 0x5F || s == 0x3001 }

  // MARK: Numbers broken over lines

  /// More digits begin the next line.
  func isBroken(_ end: Int) -> Bool { lineBreak(end) != nil }

  /// Where the break stands that parts digits from digits; a dash may hang on the upper line.
  private func lineBreak(_ end: Int) -> Int? {
    guard end + 1 < s.count else { return nil }
    let at = DigitGroups.isDash(s[end]) ? end + 1 : end
    return at + 1 < s.count && s[at] == 10 && Scalars.isDigit(s[at + 1]) ? at : nil
  }

  /// 联系电话⏎138 0013⏎8000: behind a label, where the lines alone make no number and together make one, and nothing
  /// else begins with the digits below.
  mutating func broken(_ groups: [DigitGroup], _ end: Int) {
    var groups = groups
    var end = end
    var best: PhoneMatch? = nil
    var digits = groups.reduce(0) { $0 + $1.count }
    for _ in 0..<3 {
      guard let at = lineBreak(end) else { break }
      var (more, stop) = DigitGroups.chain(s, at + 1)
      let count = more.reduce(0) { $0 + $1.count }
      digits += count
      // 1、… and 2026-02-01 are no rest of a number.
      guard count >= 3, digits <= 15, !more.contains(where: \.isMasked), more.count < 4,
        stop == s.count || !Scalars.isWord(s[stop]) && !Scalars.isHan(s[stop]) && s[stop] != 0x3001
      else { break }
      more[0].hasBlank = true
      groups += more
      end = stop
      if let match = match(groups, 0, .phone), match.end == groups.count, isClosed(end, .phone) {
        best = match
        if match.shape == .mobile { break }
      }
    }
    guard let best else { return }
    _ = add(groups, 0, best)
    lastLabel = .phone
  }
}
