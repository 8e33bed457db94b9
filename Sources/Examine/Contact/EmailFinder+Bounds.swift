/// Where an address begins and ends in a text.
extension EmailFinder {
  func isLocal(_ s: UInt32) -> Bool {
    Scalars.isWord(s) || s == 0x2E || s == 0x5F || s == 0x2D || s == 0x2B || s == 0x25 || s == 0x27 || s == 0x7E
      || s == 0x26 || EmailAddress.isMask(s) || (s >= 0xAA && s < 0x2E80 && EmailAddress.isLetterBeyondASCII(s))
  }
  func isDomainStart(_ s: UInt32) -> Bool {
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
    if let first = around.afterListNumber(start), first < at { start = first }
    // A form's line to write on: ____a@example.com____.
    if at - start > 2, s[start] == 0x5F, s[start + 1] == 0x5F {
      while start < at, s[start] == 0x5F { start += 1 }
    }
    return start
  }

  /// `_a@example.com_`, `**a@example.com**`: marks of print on both sides are not the address's.
  func unmarked(_ start: Int, _ at: Int, _ end: Int) -> Int {
    if s[start] == 0x5F, start + 1 < at, end < s.count, s[end] == 0x5F { return start + 1 }
    if s[start] == 0x2A, start + 2 < at, s[start + 1] == 0x2A, Scalars.isWord(s[start + 2]), end + 1 < s.count,
      s[end] == 0x2A, s[end + 1] == 0x2A
    {
      return start + 2
    }
    return start
  }

  /// 邮箱：.zhang@…, 邮箱：zhang san@…: what stands between the label's colon and the address belongs to it, unless it is
  /// somebody's name.
  func torn(_ start: Int, _ lower: Int) -> Int {
    guard start > lower + 1, s[start - 1] == 0x2E || s[start - 1] == 0x20 else { return start }
    var from = start - 1
    while from > lower, start - from < 20, Scalars.isWord(s[from - 1]) || s[from - 1] == 0x5F { from -= 1 }
    let isDot = s[start - 1] == 0x2E
    guard from > lower, s[from - 1] == 0x3A || isDot && s[from - 1] == 0x20 || isBesideLabel(from),
      isDot == (from == start - 1), around.label(from).label == .mail, around.label(from).end >= from - 2
    else { return start }
    let isName = from < text.map.count && text.map[from] < given.count && (0x41...0x5A).contains(given[text.map[from]])
    return isName ? start : from
  }

  /// 邮箱 zhang san@…: right behind a Chinese label a word that is none of ours.
  private func isBesideLabel(_ from: Int) -> Bool {
    Scalars.isHan(s[from - 1]) && around.label(from).end == from
      && around.words.phrases.match(s, from, below: s.count, .any) == nil
  }

  /// 是 为 到 至 给 往
  private static let leading = ScalarSet("是为到至给往")

  /// 邮箱：a#b@example.com: rare marks of a local part (RFC 5322) count where the label's colon is right before them.
  func rare(_ start: Int, _ lower: Int) -> Int {
    guard start > lower + 1, Self.atoms.contains(s[start - 1]), Scalars.isWord(s[start - 2]) else { return start }
    var from = start
    while from > lower, start - from < 40, isLocal(s[from - 1]) || Self.atoms.contains(s[from - 1]) { from -= 1 }
    return from > lower && s[from - 1] == 0x3A && around.label(from).label == .mail ? from : start
  }
  private static let atoms = ScalarSet("#!$^`{}?")

  /// A Chinese name right after a label's colon belongs to the address: 邮箱：张san@….
  func isMixed(_ start: Int) -> Bool {
    guard start > 0, s[start - 1] >= 0x2E80, EmailAddress.isLetterBeyondASCII(s[start - 1]) else { return false }
    var i = start
    while i > 0, start - i < 5, EmailAddress.isLetterBeyondASCII(s[i - 1]) { i -= 1 }
    return i > 0 && s[i - 1] == 0x3A && around.label(i).label == .mail && around.label(i).end >= i - 2
      && around.hits(i..<start, .any).isEmpty
  }

  /// The start of a Chinese local part: after a label, a mark or a blank.
  func chineseStart(_ at: Int, _ lower: Int) -> Int? {
    var start = at
    while start > lower, at - start < 24,
      EmailAddress.isLetterBeyondASCII(s[start - 1]) || isLocal(s[start - 1])
    {
      if start < text.map.count, text.map[start] - text.map[start - 1] > 1 { break }
      start -= 1
    }
    if let label = around.hits(start..<at, [.mailLabel, .own]).last { start = label.range.upperBound }
    // 发到李明@…, 抄送给李明@…
    if let verb = s[start..<min(at, start + 4)].lastIndex(where: { Self.leading.contains($0) }) { start = verb + 1 }
    while start < at, !EmailAddress.isAtom(s[start]) { start += 1 }
    // 邮箱：同手机号@139.com tells how it is spelled.
    return start < at && around.hits(start..<at, [.phoneLabel, .notPhone]).isEmpty ? start : nil
  }

  /// The end of a domain: Latin labels end where Chinese begins, Chinese ones at a known end.
  func domainEnd(_ from: Int) -> Int {
    var end = from
    var labelStart = from
    var dots = 0
    var stops = 0
    while end < s.count, end - from < 255 {
      let scalar = s[end]
      if scalar == 0x2E {
        if end == labelStart, end + 1 < s.count, !Scalars.isWord(s[end + 1]) { break }
        dots += 1
        labelStart = end + 1
      } else if scalar == 0x3002 {
        // A Chinese full stop is a dot only where a top-level domain follows and none came before.
        guard dots == stops, isTopAhead(end + 1) else { break }
        dots += 1
        stops += 1
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
    // Dots of an ellipsis and the stars of bold print behind a whole domain.
    var bare = end
    while bare > from, s[bare - 1] == 0x2026 || s[bare - 1] == 0x2A && end - bare < 2 { bare -= 1 }
    if bare < end, bare > from, dots > 0, Scalars.isWord(s[bare - 1]), s[end - 1] == 0x2026 || end - bare == 2 {
      end = bare
    }
    return numberCut(from, wordCut(from, end) ?? end)
  }

  /// `a@example.com.Tel:138…`, `….com.My phone is`, `….com.wechat:zs`: a whole domain, and the next field or sentence right
  /// behind its full stop. Domains are written in one case; a label of a field stands before a colon.
  private func wordCut(_ from: Int, _ end: Int) -> Int? {
    var start = from
    for dot in from..<end where s[dot] == 0x2E {
      defer { start = dot + 1 }
      guard start > from, dot + 2 < end, domains.isCommonTop(text.string(start..<dot)), !isCapital(start) else {
        continue
      }
      let stop = s[(dot + 1)..<end].firstIndex(of: 0x2E) ?? end
      if domains.isCommonTop(text.string(start..<stop)) { continue }
      // example.com.br: a country's own; example.com.My phone is 138… goes on.
      if stop - dot == 3, !isSentence(stop) { continue }
      if isCapital(dot + 1), s[(dot + 1)..<stop].allSatisfy(Scalars.isLetter) { return dot }
      if stop == end, end < s.count, s[end] == 0x3A, !isPath(end), s[(dot + 1)..<stop].allSatisfy(Scalars.isLetter) {
        return dot
      }
    }
    return nil
  }

  /// A blank and a Latin word.
  private func isSentence(_ at: Int) -> Bool { at + 1 < s.count && s[at] == 0x20 && Scalars.isLetter(s[at + 1]) }

  /// A capital letter in the text as given.
  private func isCapital(_ at: Int) -> Bool {
    at < text.map.count && text.map[at] < given.count && (0x41...0x5A).contains(given[text.map[at]])
  }

  /// com, or mail。example。com after its first label.
  private func isTopAhead(_ from: Int) -> Bool {
    let tail = topEnd(from)
    if tail > from, domains.isCommonTop(text.string(from..<tail)) { return true }
    guard tail > from, tail < s.count, s[tail] == 0x3002 else { return false }
    let next = topEnd(tail + 1)
    return next > tail + 1 && domains.isCommonTop(text.string((tail + 1)..<next))
  }

  /// `a@example.com13800138000`: the number is not the domain's.
  func numberCut(_ from: Int, _ end: Int) -> Int {
    guard let dot = s[from..<end].lastIndex(of: 0x2E) else { return end }
    var cut = dot + 1
    while cut < end, Scalars.isLetter(s[cut]) { cut += 1 }
    if cut == end, end < s.count, s[end] == 0x3A, let label = labelCut(dot + 1, end) { return label }
    guard end - cut >= 5, s[cut..<end].allSatisfy(Scalars.isDigit),
      domains.isCommonTop(text.string((dot + 1)..<cut))
    else { return end }
    return cut
  }

  /// `a@example.comTel:138…`: the next label is not the domain's.
  private func labelCut(_ from: Int, _ end: Int) -> Int? {
    (from + 2..<max(from + 2, end - 1)).first { cut in
      domains.isCommonTop(text.string(from..<cut))
        && around.words.phrases.match(s[cut..<end], [.phoneLabel, .mailLabel, .notPhone])
    }
  }

  func endsInCommonTop(_ from: Int, _ end: Int) -> Bool {
    guard let dot = s[from..<end].lastIndex(of: 0x2E) else { return false }
    return domains.isCommonTop(text.string((dot + 1)..<end))
  }

  func hasDotSoon(_ at: Int) -> Bool {
    var i = at
    while i < s.count, i - at < 12, EmailAddress.isLetterBeyondASCII(s[i]) || Scalars.isWord(s[i]) { i += 1 }
    guard i + 1 < s.count, s[i] == 0x2E || s[i] == 0x3002 else { return false }
    if s[i + 1] >= 0x2E80 { return domains.chineseTops.contains { s[(i + 1)...].starts(with: $0) } }
    let tail = topEnd(i + 1)
    return tail > i + 1 && domains.isCommonTop(text.string((i + 1)..<tail))
  }

  func chineseTopEnd(_ at: Int) -> Int {
    if let top = domains.chineseTops.first(where: { s[at...].starts(with: $0) }) { return at + top.count }
    var end = at
    while end < s.count, end - at < 4, s[end] >= 0x2E80, EmailAddress.isLetterBeyondASCII(s[end]) { end += 1 }
    let isBounded = end == s.count || !EmailAddress.isLetterBeyondASCII(s[end])
    return isBounded && end - at > 1 ? end : at - 1
  }

  /// ssh deploy@host.example.com, git@host.example.com:group/app.git, root@db.example.com:3306: a user of a machine.
  /// - Parameter isLabelled: a word before it says that it is an address.
  func isRemote(_ start: Int, _ at: Int, _ end: Int, _ isLabelled: () -> Bool) -> Bool {
    let isSystem = domains.isSystemUser(text.string(start..<at))
    let found = around.hits(around.clauseStart(start)..<start, [.remote, .mailLabel, .own])
    if let last = found.last {
      if last.has(.remote) { return isSystem || isTight(last.range.upperBound..<start) }
      return false
    }
    return isSystem || isPath(end) && !isLabelled()
  }

  /// Between the command and its host stand options and names of files, between a noun and it no word: 服务器 a@….
  private func isTight(_ between: Range<Int>) -> Bool {
    between.count <= 2 || !s[between].contains { $0 >= 0x80 }
  }

  /// `:/data`, `:group/app.git`, `::data`, `:3306`
  private func isPath(_ end: Int) -> Bool {
    guard end + 1 < s.count, s[end] == 0x3A else { return false }
    var i = end + 1
    if s[i] == 0x2F || s[i] == 0x7E || s[i] == 0x3A { return true }
    var digits = 0
    while i < s.count, i - end < 40, Scalars.isWord(s[i]) || s[i] == 0x2D || s[i] == 0x5F || s[i] == 0x2E {
      if Scalars.isDigit(s[i]) { digits += 1 }
      i += 1
    }
    let count = i - end - 1
    if digits == count { return (2...5).contains(count) }
    return i < s.count && s[i] == 0x2F && s[end + 1] != 0x2F
  }

  /// User names of addresses of the web are no mail: https://user:word@host, git@host:path.
  func isURL(_ start: Int) -> Bool {
    var i = start
    if i > 0, s[i - 1] == 0x3A {
      i -= 1
      while i > 0, start - i < 64, isLocal(s[i - 1]) { i -= 1 }
    }
    guard i > 2, s[i - 1] == 0x2F, s[i - 2] == 0x2F, s[i - 3] == 0x3A else { return false }
    return !(i > 8 && text.string((i - 9)..<(i - 3)) == "mailto")
  }
}
