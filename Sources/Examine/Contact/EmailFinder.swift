import ClosureModel

/// Finds addresses in a text: one look at every `@`, bounded to both sides.
struct EmailFinder {
  let text: NormalText
  /// The text as given, for the case of letters; the normal text where it is not at hand.
  let given: [UInt32]
  let around: Surroundings
  let judge: EmailJudge
  let domains: MailDomains

  let s: [UInt32]

  init(text: NormalText, given: [UInt32], around: Surroundings, judge: EmailJudge, domains: MailDomains) {
    self.text = text
    self.given = given
    self.around = around
    self.judge = judge
    self.domains = domains
    s = text.scalars
  }

  func find() -> [EmailHit] {
    var found: [EmailHit] = []
    var i = 0
    while i < s.count {
      let lower = found.last?.range.upperBound ?? 0
      if s[i] == 0x40, i >= lower {
        if let hit = at(i, lower) { found.append(hit) }
      } else if i >= lower,
        s[i] == 0x23 || s[i] == 0x20 || domains.spelled.match(s, i, below: s.count, where: { $0 }) != nil
      {
        if let hit = spelled(i, lower) { found.append(hit) }
      }
      i += 1
    }
    return found
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
      return source == 0x26 && s[i] != 0x26 ? s[i] : source
    }
  }

  // MARK: An @

  private func at(_ at: Int, _ lower: Int) -> EmailHit? {
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
    // a@b@c.com is nobody's address.
    if end + 1 < s.count, s[end] == 0x40, Scalars.isWord(s[end + 1]) { end = domainEnd(end + 1) }
    var range = start..<end
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

  private func hit(_ range: Range<Int>, _ verdict: EmailJudge.Verdict) -> EmailHit {
    EmailHit(
      range: range, value: verdict.value, status: verdict.status, suggestion: verdict.suggestion, fault: verdict.fault)
  }

  /// What has an @ and is no address is reported only where it was meant as one.
  private func isMeant(_ range: Range<Int>, _ domainStart: Int, _ verdict: EmailJudge.Verdict, _ isLabelled: () -> Bool)
    -> Bool
  {
    if verdict.suggestion != nil { return true }
    let domain = text.string(domainStart..<range.upperBound)
    let top = domain.split(separator: ".").last.map(String.init) ?? ""
    if domains.isFileEnding(top) { return isLabelled() }
    if verdict.status == .valid { return true }
    guard domain.contains(".") else { return isLabelled() }
    switch verdict.fault {
    case .address, .topLevel, .notIDNA: return isLabelled()
    default: return true
    }
  }

  /// The domain goes on after a break, a blank, a comma or a spelled dot: `qq,com`, `qq点com`, `example.⏎com`.
  private func wider(_ range: Range<Int>, _ domainStart: Int) -> (Range<Int>, EmailJudge.Verdict)? {
    let end = range.upperBound
    guard end < s.count, !s[domainStart..<end].contains(0x2E) || s[end] == 0x2E else { return nil }
    var next = end
    if s[next] == 0x2E { next += 1 }
    var isPlain = false
    if next < s.count, s[next] == 0x2C || s[next] == 0x20 || s[next] == 10 || s[next] == 0x3001 {
      isPlain = s[next] == 10 && next > end
      next += 1
      if next < s.count, s[next] == 0x2E || s[next] == 0x20 { next += 1 }
    } else if let dot = domains.spelled.match(s, next, below: s.count, where: { !$0 }) {
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

  private func topEnd(_ from: Int) -> Int {
    var end = from
    while end < s.count, end - from < 8, Scalars.isWord(s[end]) || (s[end] == 0x2E && end > from) { end += 1 }
    while end > from, s[end - 1] == 0x2E { end -= 1 }
    return end
  }

  // MARK: Bounds

  private func isLocal(_ s: UInt32) -> Bool {
    Scalars.isWord(s) || s == 0x2E || s == 0x5F || s == 0x2D || s == 0x2B || s == 0x25 || s == 0x27 || s == 0x7E
      || s == 0x26 || EmailAddress.isMask(s) || (s >= 0xAA && s < 0x2E80 && EmailAddress.isLetterBeyondASCII(s))
  }
  private func isDomainStart(_ s: UInt32) -> Bool {
    Scalars.isWord(s) || (s >= 0xAA && s < 0x2E80 && EmailAddress.isLetterBeyondASCII(s))
  }

  func localStart(_ at: Int, _ lower: Int) -> Int {
    var start = at
    while start > lower, at - start < 80, isLocal(s[start - 1]) { start -= 1 }
    // A dash, a quotation mark or dots before it belong to the text around.
    while start < at, !Scalars.isWord(s[start]), s[start] != 0x5F, s[start] < 0x80 || s[start] == 0x2026,
      s[start] != 0x2A
    {
      start += 1
    }
    return start
  }

  /// A Chinese name right after a label's colon belongs to the address: 邮箱：张san@….
  private func isMixed(_ start: Int) -> Bool {
    guard start > 0, s[start - 1] >= 0x2E80, EmailAddress.isLetterBeyondASCII(s[start - 1]) else { return false }
    var i = start
    while i > 0, start - i < 5, EmailAddress.isLetterBeyondASCII(s[i - 1]) { i -= 1 }
    return i > 0 && s[i - 1] == 0x3A && around.label(i).label == .mail && around.label(i).end >= i - 2
      && around.hits(i..<start, { _ in true }).isEmpty
  }

  /// The start of a Chinese local part: after a label, a mark or a blank.
  private func chineseStart(_ at: Int, _ lower: Int) -> Int? {
    var start = at
    while start > lower, at - start < 24,
      EmailAddress.isLetterBeyondASCII(s[start - 1]) || Scalars.isDigit(s[start - 1])
    {
      if start < text.map.count, text.map[start] - text.map[start - 1] > 1 { break }
      start -= 1
    }
    if let label = around.hits(start..<at, { $0 == .mailLabel || $0 == .own }).last { start = label.range.upperBound }
    while start < at, s[start] == 0x662F || s[start] == 0x4E3A || s[start] == 0x5230 { start += 1 }
    return start < at ? start : nil
  }

  /// The end of a domain: Latin labels end where Chinese begins, Chinese ones at a known end.
  func domainEnd(_ from: Int) -> Int {
    var end = from
    var labelStart = from
    var dots = 0
    while end < s.count, end - from < 255 {
      let scalar = s[end]
      if scalar == 0x2E {
        if end == labelStart, end + 1 < s.count, !Scalars.isWord(s[end + 1]) { break }
        dots += 1
        labelStart = end + 1
      } else if scalar == 0x3002 {
        // A Chinese full stop is a dot only where a top-level domain follows and none came before.
        let tail = topEnd(end + 1)
        guard dots == 0, tail > end + 1, domains.isCommonTop(text.string((end + 1)..<tail)) else { break }
        dots += 1
        labelStart = end + 1
      } else if scalar >= 0x2E80, EmailAddress.isLetterBeyondASCII(scalar) {
        if dots > 0, end == labelStart {
          // 手机 is a top-level domain, but not in li@example.com.手机：138….
          return endsInCommonTop(from, end - 1) ? end - 1 : chineseTopEnd(end)
        }
        guard dots == 0, hasDotSoon(end) else { break }
      } else if !(isLocal(scalar) && scalar != 0x2B && scalar != 0x27 && scalar != 0x25 && scalar != 0x26) {
        break
      }
      end += 1
    }
    while end > from, !Scalars.isWord(s[end - 1]), s[end - 1] < 0x80 || s[end - 1] == 0x3002, s[end - 1] != 0x2A {
      end -= 1
    }
    return numberCut(from, end)
  }

  /// `a@example.com13800138000`: the number is not the domain's.
  private func numberCut(_ from: Int, _ end: Int) -> Int {
    guard let dot = s[from..<end].lastIndex(of: 0x2E) else { return end }
    var cut = dot + 1
    while cut < end, Scalars.isLetter(s[cut]) { cut += 1 }
    guard end - cut >= 5, s[cut..<end].allSatisfy(Scalars.isDigit),
      domains.isCommonTop(text.string((dot + 1)..<cut))
    else { return end }
    return cut
  }

  private func endsInCommonTop(_ from: Int, _ end: Int) -> Bool {
    guard let dot = s[from..<end].lastIndex(of: 0x2E) else { return false }
    return domains.isCommonTop(text.string((dot + 1)..<end))
  }

  private func hasDotSoon(_ at: Int) -> Bool {
    var i = at
    while i < s.count, i - at < 12, EmailAddress.isLetterBeyondASCII(s[i]) || Scalars.isWord(s[i]) { i += 1 }
    guard i + 1 < s.count, s[i] == 0x2E || s[i] == 0x3002 else { return false }
    if s[i + 1] >= 0x2E80 { return domains.chineseTops.contains { s[(i + 1)...].starts(with: $0) } }
    let tail = topEnd(i + 1)
    return tail > i + 1 && domains.isCommonTop(text.string((i + 1)..<tail))
  }

  private func chineseTopEnd(_ at: Int) -> Int {
    if let top = domains.chineseTops.first(where: { s[at...].starts(with: $0) }) { return at + top.count }
    var end = at
    while end < s.count, end - at < 4, s[end] >= 0x2E80, EmailAddress.isLetterBeyondASCII(s[end]) { end += 1 }
    let isBounded = end == s.count || !EmailAddress.isLetterBeyondASCII(s[end])
    return isBounded && end - at > 1 ? end : at - 1
  }

  /// User names of addresses of the web are no mail: https://user:word@host, git@host:path.
  private func isURL(_ start: Int) -> Bool {
    var i = start
    if i > 0, s[i - 1] == 0x3A {
      i -= 1
      while i > 0, start - i < 64, isLocal(s[i - 1]) { i -= 1 }
    }
    guard i > 2, s[i - 1] == 0x2F, s[i - 2] == 0x2F, s[i - 3] == 0x3A else { return false }
    return !(i > 8 && text.string((i - 9)..<(i - 3)) == "mailto")
  }
}
