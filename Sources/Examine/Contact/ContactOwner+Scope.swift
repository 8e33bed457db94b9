/// What is said of a contact from further off than its own clause: by the quotation, the bracket, the example or the
/// sentence that it stands in. Every look is bounded.
extension ContactOwner {
  /// Furthest look back for the beginning of a quotation, a bracket or an example.
  private static let reach = 60

  // MARK: Quotations

  /// 工程师写“可致电 137… 李工”, “请致电 010-…”——这是你们页面上的话: somebody else's words, whatever they call it.
  func quoted(_ place: Place) -> Verdict? {
    let at = place.range.lowerBound
    guard let open = opening(at, Self.isQuote, Self.isQuoteEnd) else { return nil }
    let stop = min(s.count, place.range.upperBound + Self.reach)
    let close = s[place.range.upperBound..<stop].firstIndex(of: Self.closing(s[open])) ?? stop
    // “138…” and 「手机：138…」 are marks around a value, not somebody's words.
    guard words((open + 1)..<place.range.lowerBound) + words(place.range.upperBound..<close) > 1 else { return nil }
    let lead = around.hits(lead(open), ContactWordSet.owner.union([.asked, .speech]))
    if lead.contains(where: { $0.has(.asked) }) { return nil }
    if let last = lead.last(where: { !$0.kinds.isDisjoint(with: [.own, .agent, .other]) }) {
      return last.has(.agent) ? .agent : last.has(.other) ? .other : nil
    }
    if lead.contains(where: { $0.has(.speech) }) { return .other }
    guard close < stop, close + 1 < s.count else { return nil }
    let comment = around.hits((close + 1)..<min(around.clauseEnd(close + 1), close + 12), .owner)
    return comment.first?.has(.agent) == true ? .agent : nil
  }

  /// What leads to a quotation: its clause; where it begins a line, the line above that ends with a colon.
  private func lead(_ open: Int) -> Range<Int> {
    var end = open
    while end > 0, open - end < 3, s[end - 1] == 0x20 || s[end - 1] == 10 { end -= 1 }
    guard end < open, end > 0, s[open - 1] == 10, s[end - 1] == 0x3A else { return around.clauseStart(open)..<open }
    var start = end
    while start > 0, end - start < Self.reach, s[start - 1] != 10 { start -= 1 }
    return start..<end
  }

  /// Scalars of a range beside labels and the marks around them.
  private func words(_ range: Range<Int>) -> Int {
    let labels = around.hits(range, .label).reduce(0) { $0 + $1.range.count }
    return range.count { !Self.isLink(s[$0]) } - labels
  }

  /// “ 「 『
  private static func isQuote(_ s: UInt32) -> Bool { s == 0x201C || s == 0x300C || s == 0x300E }
  /// ” 」 』
  private static func isQuoteEnd(_ s: UInt32) -> Bool { s == 0x201D || s == 0x300D || s == 0x300F }
  private static func closing(_ open: UInt32) -> UInt32 { open + 1 }
  static func isPair(_ open: UInt32, _ close: UInt32) -> Bool { isQuote(open) && close == closing(open) }

  /// Where a pair of marks opens that the place stands in, on the same line.
  private func opening(_ at: Int, _ isOpening: (UInt32) -> Bool, _ isClosing: (UInt32) -> Bool) -> Int? {
    let s = around.s
    var i = at
    var depth = 0
    while i > 0, at - i < Self.reach, s[i - 1] != 10 {
      i -= 1
      if isOpening(s[i]) {
        if depth == 0 { return i }
        depth -= 1
      } else if isClosing(s[i]) {
        depth += 1
      }
    }
    return nil
  }

  // MARK: Examples, brackets, sentences

  /// For a contact of which its own clause says nothing.
  func scoped(_ place: Place) -> Verdict? {
    if isExample(place) { return .other }
    return bracketed(place) ?? continued(place)
  }

  /// 填表示例：手机 138…，邮箱 name@example.com; （如 138…）
  func isExample(_ place: Place) -> Bool {
    let at = place.range.lowerBound
    var start = at
    while start > 0, at - start < Self.reach, s[start - 1] != 10, s[start - 1] != 0x3002, s[start - 1] != 0x3B {
      start -= 1
    }
    let found = around.hits(start..<at, [.example, .own])
    guard let example = found.lastIndex(where: { $0.has(.example) }), example == found.count - 1 else { return false }
    // The example's bracket or quotation is over.
    let between = s[found[example].range.upperBound..<at]
    return !between.contains(0x201D) && !Self.isOver(between)
  }

  /// More brackets close than open.
  private static func isOver(_ between: ArraySlice<UInt32>) -> Bool {
    var depth = 0
    for scalar in between {
      if scalar == 0x28 { depth += 1 }
      if scalar == 0x29 {
        depth -= 1
        if depth < 0 { return true }
      }
    }
    return false
  }

  /// 外包公司（电话 0571-…，邮箱 a@example.net）, 会计小许（137…，a@example.com）已离职: the bracket tells of somebody.
  private func bracketed(_ place: Place) -> Verdict? {
    guard let open = opening(place.range.lowerBound, { $0 == 0x28 }, { $0 == 0x29 }) else { return nil }
    let stop = min(s.count, place.range.upperBound + Self.reach)
    if let close = s[place.range.upperBound..<stop].firstIndex(of: 0x29), close + 1 < s.count {
      // (a@example.com), who left last year
      var from = close + 1
      while from < s.count, from - close < 4, s[from] == 0x20 || s[from] == 0x2C { from += 1 }
      let behind = around.hits(from..<max(from, min(around.clauseEnd(from), from + 18)), [.gone, .own])
      if behind.first?.has(.gone) == true { return .other }
    }
    guard let last = around.hits(around.clauseStart(open)..<open, .owner).last, open - last.range.upperBound <= 8
    else { return nil }
    return last.has(.other) ? .other : last.has(.agent) ? .agent : nil
  }

  /// 原管理员已离职，电话 137…; 同事电话 137…，邮箱 a@example.com: the clause goes on about the same person.
  private func continued(_ place: Place) -> Verdict? {
    if let verdict = accompanied(place) { return verdict }
    let start = around.clauseStart(place.range.lowerBound)
    guard start > 1, s[start - 1] == 0x2C, isLabelAlone(start..<place.range.lowerBound) else { return nil }
    let clause = around.hits(around.clauseStart(start - 1)..<(start - 1), ContactWordSet.owner.union(.gone))
    guard clause.contains(where: { $0.has(.gone) }), !clause.contains(where: { $0.has(.own) }) else { return nil }
    return clause.contains { $0.has(.other) || $0.has(.former) } ? .other : nil
  }

  /// Behind a contact of the other kind and a label alone: whose that one is.
  private func accompanied(_ place: Place) -> Verdict? {
    var end = place.range.lowerBound
    while end > 0, place.range.lowerBound - end < 10, !Scalars.isWord(s[end - 1]), s[end - 1] != 10 { end -= 1 }
    var from = end
    while from > 0, end - from < Self.reach, Self.isContact(s[from - 1]) { from -= 1 }
    guard end - from >= 7, from > 0, isLabelAlone(end..<place.range.lowerBound),
      s[from..<end].contains(0x40) != place.isAddress
    else { return nil }
    let clause = around.clauseStart(from)
    if let last = around.hits(clause..<from, .owner).last { return last.has(.other) ? .other : nil }
    return isLabelAlone(clause..<from) && introduced(clause) == .other ? .other : nil
  }

  /// Digits, letters and the marks of a number or an address.
  private static func isContact(_ s: UInt32) -> Bool {
    Scalars.isWord(s) || s == 0x40 || s == 0x2E || s == 0x2D || s == 0x2B || s == 0x5F || s == 0x20
  }

  /// 电话, 邮箱：, 号码是: nothing but what it is. 联系电话 begins about the applicant.
  private func isLabelAlone(_ range: Range<Int>) -> Bool {
    guard range.count <= 10, !s[range].contains(Self.contact) else { return false }
    var i = range.lowerBound
    while i < range.upperBound {
      if let label = around.words.phrases.match(s, i, below: range.upperBound, .label) {
        i += label.length
      } else if Self.isLink(s[i]) {
        i += 1
      } else {
        return false
      }
    }
    return true
  }

  /// Blank, `: ( ) + , / 、`, 是 为 的.
  private static func isLink(_ s: UInt32) -> Bool {
    switch s {
    case 0x20, 0x3A, 0x28, 0x29, 0x2B, 0x2C, 0x2F, 0x3001, 0x662F, 0x4E3A, 0x7684: true
    default: false
    }
  }

  // MARK: Written to

  /// 上周写信给 a@example.com，至今没有回音, 昨天打 010-… 无人接听: what the applicant wrote to or called.
  func isUnanswered(_ place: Place) -> Bool {
    let at = place.range.lowerBound
    guard at > 0, place.isAddress ? leadsTo(at) : isDialled(at) else { return false }
    // 请把结果发到…, …没人接就打…: not yet written, or what to do then.
    guard !s[around.clauseStart(at)..<at].contains(where: Self.future.contains) else { return false }
    var end = place.range.upperBound
    while end < s.count, end - place.range.upperBound < 24, s[end] != 10, s[end] != 0x3002, s[end] != 0x40 { end += 1 }
    guard let word = around.hits(place.range.upperBound..<end, .unanswered).first?.range else { return false }
    return !s[place.range.upperBound..<word.lowerBound].contains(where: Self.future.contains)
      && !s[word.upperBound..<min(s.count, word.upperBound + 2)].prefix { !Surroundings.isStop($0) }
        .contains(where: Self.future.contains)
  }
  private static let future = ScalarSet("请把将烦能可望须需应要就时则")

  /// 给, 到, 至, 往, 向, to
  private func leadsTo(_ at: Int) -> Bool {
    switch s[at - 1] {
    case 0x7ED9, 0x5230, 0x81F3, 0x5F80, 0x5411: true
    default: at > 2 && s[(at - 3)..<at].elementsEqual([0x74, 0x6F, 0x20])
    }
  }

  /// 打, 拨; 打了, 拨过
  private func isDialled(_ at: Int) -> Bool {
    let last = at > 1 && (s[at - 1] == 0x4E86 || s[at - 1] == 0x8FC7) ? s[at - 2] : s[at - 1]
    return last == 0x6253 || last == 0x62E8
  }

  /// 收到 a@example.com 的邮件, 由 a@example.com 发来: who wrote to the applicant.
  func isSender(_ place: Place) -> Bool {
    var at = place.range.lowerBound
    var end = place.range.upperBound
    while at > 0, s[at - 1] == 0x20 { at -= 1 }
    while end < s.count, s[end] == 0x20 { end += 1 }
    // 感谢 139… 的小姐姐
    if at > 1, s[at - 1] == 0x8C22, s[at - 2] == 0x611F || s[at - 2] == 0x8C22, end < s.count, s[end] == 0x7684 {
      return true
    }
    guard place.isAddress, at > 1 else { return false }
    switch s[at - 1] {
    // 收到 接到, 来自
    case 0x5230 where s[at - 2] == 0x6536 || s[at - 2] == 0x63A5, 0x81EA where s[at - 2] == 0x6765: break
    default: return false
    }
    // 的 发 寄 来
    return end < s.count && (s[end] == 0x7684 || s[end] == 0x53D1 || s[end] == 0x5BC4 || s[end] == 0x6765)
  }

  // MARK: What is said of several

  /// 三个邮箱，都是我们公司的
  func isAllOwn(_ end: Int) -> Bool {
    var i = end
    while i + 1 < s.count, i - end < 16, !Surroundings.isFullStop(s[i]) {
      if s[i] == 0x90FD || s[i] == 0x5747, s[i + 1] == 0x662F || s[i + 1] == 0x4E3A || s[i + 1] == 0x5C5E {
        let own = around.hits((i + 2)..<min(s.count, i + 8), .own)
        return own.contains { Self.isMine(s[$0.range.lowerBound]) }
      }
      i += 1
    }
    return false
  }

  /// 我 本 敝
  private static func isMine(_ s: UInt32) -> Bool { s == 0x6211 || s == 0x672C || s == 0x655D }

  /// A 和 B 都不是我的: said of the whole list.
  func isSaidOfAll(_ end: Int) -> Bool {
    var i = end
    while i < s.count, i - end < 4, s[i] == 0x20 || s[i] == 0x4E24 || s[i] == 0x4E2A { i += 1 }
    return i < s.count && (s[i] == 0x90FD || s[i] == 0x5747)
  }

  /// 以上联系方式有效: said of all that stand before it, however far.
  func areAllAboveUsable(_ end: Int) -> Bool {
    var i = end
    while i < s.count, i - end < 200 {
      if let word = around.words.phrases.match(s, i, below: s.count, .above) {
        let clause = (i + word.length)..<around.clauseEnd(i + word.length)
        return !s[clause].contains(0x4E0D) && around.hits(clause, [.dead, .former]).isEmpty
      }
      i += 1
    }
    return false
  }

  /// 用 010-… 打给我: somebody's who called.
  func isCaller(_ place: Place) -> Bool {
    var end = place.range.upperBound
    while end < s.count, s[end] == 0x20 { end += 1 }
    var before = place.range.lowerBound
    while before > 0, s[before - 1] == 0x20 || s[before - 1] == 0x28 || s[before - 1] == 0x2B { before -= 1 }
    guard before > 0, s[before - 1] == 0x7528 || s[before - 1] == 0x4ECE || s[before - 1] == 0x62FF else {
      return false
    }
    guard before < 2 || s[before - 2] != 0x8BF7 else { return false }
    return around.words.phrases.match(s, end, below: s.count, .caller) != nil
  }
}
