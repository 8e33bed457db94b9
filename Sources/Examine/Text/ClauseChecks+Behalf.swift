import ClosureModel

/// Whose account is to be closed, and of which piece of the paper the applicant speaks, by everyday words: 帮我朋友注销他的账号,
/// 同意须知的标题.
extension ClauseChecks {
  private var hold: Stems<HoldSection> { page.vocabulary.hold }

  /// The first clause by which the account is somebody else's, or is closed for somebody else.
  var others: Problem? {
    guard page.traces.mayHold(Self.ofOthers) else { return nil }
    return own.first(where: isForAnother).map { Problem(code: .consentThirdParty, isDenial: false, clause: $0) }
  }
  /// 帮, 替, 给, 的, 让 and their like, and the first letter of my friend's, his and her in English.
  private static let ofOthers = ScalarSet("帮替给代为把是的让叫要托请催派求'fho")

  func isForAnother(_ index: Int) -> Bool {
    let s = text.scalars[script.clauses[index].range]
    if hold.isIn(s, .englishBehalf),
      s.indices.contains(where: { isWordStart($0, s) && hold.begins(s[$0...], .englishBehalf) != nil })
    {
      return true
    }
    guard hold.isIn(s, .person) else { return false }
    // 父亲的账号与本单无关，只注销我自己的这个
    let isAsked = asksForClosing(index) && !Self.notConcerned.isIn(s)
    return s.indices.contains { at in
      closesFor(s, at) || isAsked && !isPastClosing(s) && isAccount(of: s, at) || isSent(s, at) || isRead(by: s, at)
    }
  }

  /// 帮我朋友注销, 替爸爸把账号销了, 给客户办注销: somebody is named before what is done.
  private func closesFor(_ s: ArraySlice<UInt32>, _ at: Int) -> Bool {
    // 不是代别人问
    guard let verb = hold.begins(s[at...], .behalf), !s[..<at].suffix(2).contains(where: { Self.denials.contains($0) }),
      let person = person(s[(at + verb)...])
    else { return false }
    let rest = s[person...]
    // 给领导看过才注销的
    let gap = rest.prefix(s[at] == Self.give ? Self.nearAct : Self.farAct)
    guard let act = gap.indices.first(where: { hold.begins(rest[$0...], .act) != nil || isHandedIn(rest[$0...]) })
    else { return false }
    // 把客户的数据删了
    if s[at] == Self.take, !rest[..<act].contains(where: { Self.accountSigns.contains($0) }) { return false }
    // 帮孩子报名用的账号
    return !rest[..<act].contains(Self.used) && hold.begins(rest[act...], .noClose) == nil
  }
  private static let take: UInt32 = 0x628A  // 把
  private static let accountSigns = ScalarSet("号户")
  private static let denials = ScalarSet("不非没未")
  private static let give: UInt32 = 0x7ED9, used: UInt32 = 0x7528  // 给, 用
  private static let nearAct = 7, farAct = 14

  private func isHandedIn(_ s: ArraySlice<UInt32>) -> Bool { Self.handing.begins(s) }
  private static let handing = WordSet(["申请", "提交", "提出", "提", "问", "来"])

  /// 须知从头到尾是我爱人坐在旁边看的; not 是老师让我看的.
  private func isRead(by s: ArraySlice<UInt32>, _ at: Int) -> Bool {
    guard s[at] == Self.being, let person = person(s[(at + 1)...]), person < s.endIndex,
      s.suffix(2).first.map({ Self.readers.contains($0) }) ?? false, s.last == Self.possessive
    else { return false }
    return !s[person...].contains(Self.me)
  }
  private static let being: UInt32 = 0x662F  // 是
  private static let readers = ScalarSet("看读念审阅")

  /// 我朋友的账号, 别人的京东云账户.
  private func isAccount(of s: ArraySlice<UInt32>, _ at: Int) -> Bool {
    guard let person = person(s[at...]), person < s.endIndex, s[person] == Self.possessive else { return false }
    let object = s[(person + 1)...].prefix(Self.longestBrand)
    return object.indices.contains { Self.accounts.begins(object[$0...]) }
  }
  private static let possessive: UInt32 = 0x7684  // 的
  private static let longestBrand = 9
  private static let accounts = WordSet(["账号", "账户", "云账", "个号", "号不", "号要", "号注", "号销"])

  /// 我朋友让我来注销; 领导让我来注销 is said of one's own organisation's account.
  private func isSent(_ s: ArraySlice<UInt32>, _ at: Int) -> Bool {
    guard let person = person(s[at...]), person < s.endIndex, Self.sending.contains(s[person]),
      !hold.isIn(s[at..<person], .superior)
    else { return false }
    let rest = s[(person + 1)...].prefix(Self.farAct)
    guard let me = rest.firstIndex(of: Self.me), rest[..<me].count <= 2 else { return false }
    return rest[me...].indices.contains { hold.begins(rest[$0...], .wishClose) != nil }
  }
  private static let sending = ScalarSet("让叫要托请催派求")
  private static let me: UInt32 = 0x6211

  /// Where a person ends that a stretch begins with: 我的一个朋友.
  private func person(_ s: ArraySlice<UInt32>) -> Int? {
    var rest = s
    while true {
      if let person = hold.begins(rest, .person) { return rest.startIndex + person }
      guard let which = hold.begins(rest, .which) else { return nil }
      rest = rest.dropFirst(which)
    }
  }

  /// The sentence asks for the closing, says what is no longer needed, or what this account is.
  private func asksForClosing(_ index: Int) -> Bool {
    let sentence = script.clauses[index].sentence
    var at = index
    while at > 0, index - at < 3, script.clauses[at - 1].sentence == sentence { at -= 1 }
    while at < script.clauses.count, script.clauses[at].sentence == sentence, at - index < 3 {
      let s = text.scalars[script.clauses[at].range]
      if hold.isIn(s, .act) || Self.given.isIn(s) { return true }
      at += 1
    }
    return false
  }
  private static let given = WordSet(["这是", "这个是", "该", "账号是", "账户是", "不用了", "不要了", "没用了", "不再使用", "闲置"])

  private static let notConcerned = WordSet(["无关", "没关系", "不相干", "不相关", "另行处理", "另外处理"])

  /// 我老婆的账号上个月已注销
  private func isPastClosing(_ s: ArraySlice<UInt32>) -> Bool { s.contains { Self.past.contains($0) } }
  private static let past = ScalarSet("过已曾")

  /// 已阅读并同意《…注销须知》的标题, 须知重点: a piece of the paper, right behind its name.
  func namesPiece(_ clause: Clause) -> Bool {
    let end = clause.range.upperBound
    return script.words(clause).contains { word in
      guard word.kind == .notice || word.kind == .short else { return false }
      var rest = text.scalars[word.range.upperBound..<min(text.scalars.count, end + 1)].drop {
        Self.quotes.contains($0)
      }
      if rest.first == Self.possessive { rest = rest.dropFirst() }
      guard let length = hold.begins(rest, .piece) ?? numbered(rest) else { return false }
      // 第一条到最后一条, 截图如下
      let next = rest.dropFirst(length).first
      return !(next.map { Self.goingOn.contains($0) } ?? false)
    }
  }
  private static let quotes = ScalarSet("》\"”’」』 ")
  private static let goingOn = ScalarSet("到至-~如见")

  /// 第三条, 前两页, 第2章: how long.
  private func numbered(_ s: ArraySlice<UInt32>) -> Int? {
    guard let first = s.first, Self.counting.contains(first) else { return nil }
    let count = s.dropFirst().prefix { Self.numerals.contains($0) || Scalars.isDigit($0) }
    guard (1...3).contains(count.count), count.endIndex < s.endIndex, Self.units.contains(s[count.endIndex]) else {
      return nil
    }
    return count.endIndex + 1 - s.startIndex
  }
  private static let counting = ScalarSet("第前后头")
  private static let numerals = ScalarSet("一二三四五六七八九十两几半百")
  private static let units = ScalarSet("条页章段款项节部点")

  /// 没有 已阅读并同意…, 是否 已阅读并同意…: a word that a blank parts from the statement, and that is read with it.
  func leadsByGap(_ first: Int) -> Int? {
    guard first > 0 else { return nil }
    let lead = script.clauses[first - 1]
    guard lead.end == .gap, lead.line == script.clauses[first].line, lead.speaker == .applicant else { return nil }
    let words = text.scalars[lead.range].drop { $0 == 0x20 }
    return hold.begins(words, .gapLead) == words.count || isYear(words) ? first - 1 : nil
  }

  /// 关于已阅读并同意…, 2019年已阅读并同意…, …时报错: the clause speaks of the statement, or of a year that has been.
  func speaksOfWords(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range].drop { $0 == 0x20 }
    if let length = hold.begins(s, .headLead), let next = s.dropFirst(length).first, Self.stating.contains(next) {
      return true
    }
    if isYear(s.prefix(5)), let next = s.dropFirst(5).first, !Scalars.isDigit(next) { return true }
    return script.words(clause).contains { word in
      guard word.kind == .notice || word.kind == .short else { return false }
      let end = min(text.scalars.count, clause.range.upperBound + 1)
      let rest = text.scalars[word.range.upperBound..<max(end, word.range.upperBound)].drop { Self.quotes.contains($0) }
      return hold.begins(rest, .tailOfUse) != nil
    }
  }
  /// 已阅读, 本人, 阅, 同意
  private static let stating = ScalarSet("已本我阅读同")

  /// 2019年
  private func isYear(_ s: ArraySlice<UInt32>) -> Bool {
    s.count == 5 && s.last == Self.year && s.dropLast().allSatisfy(Scalars.isDigit)
  }
  private static let year: UInt32 = 0x5E74
}
