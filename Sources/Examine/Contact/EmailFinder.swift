import ClosureModel

/// Finds addresses in a text: one look at every `@`, bounded to both sides. One object, as its looks at the text would copy
/// a value.
final class EmailFinder {
  let text: NormalText
  /// The text as given, for the case of letters; the normal text where it is not at hand.
  let given: [UInt32]
  let around: Surroundings
  let judge: EmailJudge
  let domains: MailDomains

  let s: [UInt32]
  /// Lines of the given text end in the `=` of quoted-printable: `=40` means an @ beyond doubt.
  lazy var hasSoftBreak = given.indices.dropLast().contains {
    given[$0] == 0x3D && (given[$0 + 1] == 10 || given[$0 + 1] == 13)
  }

  init(text: NormalText, given: [UInt32], around: Surroundings, judge: EmailJudge, domains: MailDomains) {
    self.text = text
    self.given = given
    self.around = around
    self.judge = judge
    self.domains = domains
    s = text.scalars
  }

  /// Most texts hold no mark that is one of an address: then nothing is looked for.
  static func mayFind(in s: [UInt32], _ domains: MailDomains) -> Bool {
    domains.marks.first(in: s, s.indices) { mayMark(s, $0, domains) } != nil
  }

  func find() -> [EmailHit] {
    var found: [EmailHit] = []
    var lower = 0
    var from = 0
    while let i = domains.marks.first(in: s, from..<s.count, where: { Self.mayMark(s, $0, domains) }) {
      from = i + 1
      guard let hit = s[i] == 0x40 ? at(i, lower) : spelled(i, lower) else { continue }
      found.append(hit)
      lower = hit.range.upperBound
      from = max(from, lower)
    }
    return found
  }

  /// May an @, or what is written for one, stand here? `@`, `#`, `=40`, ` at `, a word such as `(at)`.
  @inline(__always)
  private static func mayMark(_ s: [UInt32], _ i: Int, _ domains: MailDomains) -> Bool {
    switch s[i] {
    case 0x40, 0x23: true
    case 0x3D: isQuoted(s, i)
    case 0x20: i + 4 < s.count && s[i + 1] == 0x61 && s[i + 2] == 0x74 && s[i + 3] == 0x20
    default: domains.spelled.begins(s[i]) && domains.spelled.match(s, i, below: s.count, .at) != nil
    }
  }

  /// Where addresses stand, good ones and bad ones: their digits are no numbers.
  func spans() -> [Range<Int>] {
    var found: [Range<Int>] = []
    for at in s.indices where s[at] == 0x40 {
      let lower = found.last?.upperBound ?? 0
      guard at >= lower else { continue }
      let start = localStart(at, lower)
      let end = domainEnd(at + 1)
      if start < at, end > at + 1, s[at + 1..<end].contains(0x2E) { found.append(start..<end) }
    }
    return found
  }

  /// Scalars of a range as given: case kept, blanks as the normal text has them.
  func original(_ range: Range<Int>) -> [UInt32] {
    range.map { i in
      guard i < text.map.count, text.map[i] < given.count, s[i] > 0x20 else { return s[i] }
      // An entity such as &#64; is one scalar of the normal text.
      let source = given[text.map[i]]
      if source == 0x26, s[i] != 0x26 { return s[i] }
      // 𝐋 is an l that is written large.
      guard source > 0xFFFF, Scalars.isLetter(s[i]), let scalar = Unicode.Scalar(source) else { return source }
      return scalar.properties.generalCategory == .uppercaseLetter ? s[i] - 32 : s[i]
    }
  }

  // MARK: An @

  func at(_ at: Int, _ lower: Int) -> EmailHit? {
    var start = localStart(at, lower)
    if start == at, at > lower, s[at - 1] == 0x20 || s[at - 1] == 10 {
      let before = localStart(at - 1, lower)
      if before < at - 1 { start = before }
    }
    if start == at || isMixed(start) { start = chineseStart(start, lower) ?? start }
    guard start < at else {
      guard at + 1 < s.count, Scalars.isWord(s[at + 1]), around.label(start).label == .mail else { return nil }
      let end = domainEnd(at + 1)
      return hit(at..<end, EmailJudge.Verdict(value: text.string(at..<end), status: .invalid, fault: .noLocal))
    }
    if isURL(start) { return nil }
    start = rare(torn(start, lower), lower)
    lazy var labelled = around.label(start).label == .mail
    var end = at + 1
    while end < s.count, end - at < 4, s[end] == 0x40 { end += 1 }
    var joined = false
    if end < s.count, s[end] == 0x20 || s[end] == 10, end + 1 < s.count, isDomainStart(s[end + 1]) {
      joined = s[end] == 10
      end += 1
    }
    let domainStart = end
    end = domainEnd(end)
    if end == domainStart {
      guard labelled, domainStart == at + 1 else { return nil }
      return hit(start..<(at + 1), judge.judge(original(start..<(at + 1))))
    }
    start = unmarked(start, at, end)
    // a@b@c.com is nobody's address.
    if end + 1 < s.count, s[end] == 0x40, Scalars.isWord(s[end + 1]) { end = domainEnd(end + 1) }
    if let hit = spelledLocal(start, end, lower) { return hit }
    if isRemote(start, at, end, { labelled }) { return nil }
    var range = start..<end
    if isSeveral(range, domainStart), !labelled { return nil }
    // @li@example.com
    if start > lower, s[start - 1] == 0x40, at > start { range = (start - 1)..<end }
    var verdict = judge.judge(original(range))
    if verdict.status == .invalid || verdict.fault != nil, let wider = wider(range, domainStart) {
      (range, verdict) = wider
    } else if s[range].contains(10) {
      // A line broken at the @ is joined without doubt; before it only where a label says what it is.
      let whole = judge.judge(original(range).filter { $0 != 10 })
      if joined || labelled { verdict = whole } else if whole.status != .valid { return nil }
    }
    return isMeant(range, domainStart, verdict, { labelled }) ? hit(range, verdict) : nil
  }

  /// a@b@c: nobody's address, and no spelling of one; without a label nothing that was meant as one. Told before it is
  /// judged: a text may hold millions.
  private func isSeveral(_ range: Range<Int>, _ domainStart: Int) -> Bool {
    let domain = s[domainStart..<range.upperBound]
    return domain.contains(0x40) && !domain.contains(0x2E)
  }

  func hit(_ range: Range<Int>, _ verdict: EmailJudge.Verdict) -> EmailHit {
    EmailHit(
      range: range, value: verdict.value, status: verdict.status, suggestion: verdict.suggestion, fault: verdict.fault)
  }

  /// What has an @ and is no address is reported only where it was meant as one.
  func isMeant(_ range: Range<Int>, _ domainStart: Int, _ verdict: EmailJudge.Verdict, _ isLabelled: () -> Bool)
    -> Bool
  {
    if verdict.suggestion != nil { return true }
    let domain = s[domainStart..<range.upperBound]
    let top = domain.split(separator: 0x2E).last ?? []
    if domains.isFileEnding(Scalars.string(top)) { return isLabelled() }
    if verdict.status == .valid { return true }
    guard domain.contains(0x2E) else { return isLabelled() }
    switch verdict.fault {
    case .unknownTop: return range == s.indices || isLabelled()
    case .address, .topLevel, .notIDNA: return isLabelled()
    default: return true
    }
  }

  /// The domain goes on after a break, a blank, a comma or a spelled dot: `qq,com`, `qq点com`, `example.⏎com`.
  func wider(_ range: Range<Int>, _ domainStart: Int) -> (Range<Int>, EmailJudge.Verdict)? {
    let end = range.upperBound
    guard end < s.count, !s[domainStart..<end].contains(0x2E) || s[end] == 0x2E else { return nil }
    var next = end
    if s[next] == 0x2E { next += 1 }
    var isPlain = false
    if next < s.count, s[next] == 0x2C || s[next] == 0x20 || s[next] == 10 || s[next] == 0x3001 {
      isPlain = s[next] == 10 && (next > end || next + 1 < s.count && s[next + 1] == 0x2E)
      next += 1
      if next < s.count, s[next] == 0x2E || s[next] == 0x20 { next += 1 }
    } else if let dot = domains.spelled.match(s, next, below: s.count, .dot) {
      next += dot.length
    } else if next == end {
      return nil
    }
    let tail = topEnd(next)
    guard tail > next, domains.isCommonTop(text.string(next..<tail)) else { return nil }
    let mended = original(range) + [0x2E] + original(next..<tail)
    let verdict = judge.judge(mended.filter { $0 != 10 && $0 != 0x20 })
    guard verdict.status != .invalid else { return nil }
    if isPlain { return (range.lowerBound..<tail, verdict) }
    return (
      range.lowerBound..<tail,
      EmailJudge.Verdict(
        value: Scalars.string(original(range.lowerBound..<tail)), status: .suspect,
        suggestion: verdict.suggestion ?? verdict.value, fault: .obfuscated)
    )
  }

  func topEnd(_ from: Int) -> Int {
    var end = from
    while end < s.count, end - from < 8, Scalars.isWord(s[end]) || (s[end] == 0x2E && end > from) { end += 1 }
    while end > from, s[end - 1] == 0x2E { end -= 1 }
    return end
  }
}
