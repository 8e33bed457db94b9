import ClosureModel

/// What is still to come: somebody else's word (老板还没点头, 要跟家里商量) and the applicant's own reading (忙完就去看).
extension ClauseChecks {
  private var hold: Stems<HoldSection> { page.vocabulary.hold }

  // MARK: Other people

  /// 等朋友确认, 还要问会计, 合伙人有不同意见, 最后由店长定: the matter is left open with somebody else.
  func isLeftToOthers(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.classes.meets(ClassSet(.third, .owner, .unknown)), clause.end != .question, !clause.has(.question)
    else { return false }
    let s = text.scalars[clause.range]
    if isDoneWithOthers(s) { return false }
    guard let person = firstPersonEnd(clause) else { return false }
    let behind = text.scalars[person..<clause.range.upperBound]
    if hold.isIn(behind, .contrary) { return true }
    guard let yet = s.indices.first(where: { hold.begins(s[$0...], .yet) != nil }) else { return false }
    return hold.isIn(s[yet...], .word)
  }

  /// Where the first word for a person ends.
  private func firstPersonEnd(_ clause: Clause) -> Int? {
    for word in script.words(clause) {
      if let end = personEnd(word) { return end }
    }
    return nil
  }

  /// Where 老板, 客户 or a word that ends as posts and kinship do (校长 of 校长定) ends.
  private func personEnd(_ word: Token) -> Int? {
    if word.kind == .third || word.kind == .owner { return word.range.upperBound }
    guard word.kind == .unknown else { return nil }
    let from = word.range.lowerBound + 1
    return (from..<max(from, word.range.upperBound)).first { names.isRole(text.scalars[(from - 1)...$0]) }.map {
      $0 + 1
    }
  }

  /// 问过老板了, 跟合伙人商量好了, 领导已经点头
  private func isDoneWithOthers(_ s: ArraySlice<UInt32>) -> Bool {
    s.indices.contains { at in
      Self.settled.contains(s[at]) && !(s[at] == Self.passed && at > s.startIndex && s[at - 1] == Self.negation)
    }
      || s.last == Self.over && !s.contains { Self.stillNot.contains($0) }
  }
  private static let settled = ScalarSet("过已曾")
  private static let passed: UInt32 = 0x8FC7, negation: UInt32 = 0x4E0D  // 过, 不
  private static let over: UInt32 = 0x4E86  // 了
  private static let stillNot = ScalarSet("没未还等")

  // MARK: One's own reading

  /// 忙完就把须知看了, 须知下班看，看了就同意, 晚上读完同意: the reading has a time that has not come, and nothing says that
  /// it is over.
  func isYetToRead(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let s = text.scalars[clause.range]
    if isPastReading(s) { return false }
    var stretch = s
    if !hasTimeToCome(s) {
      guard index > 0, script.clauses[index - 1].sentence == clause.sentence,
        script.clauses[index - 1].speaker == .applicant
      else { return false }
      let before = text.scalars[script.clauses[index - 1].range]
      guard hasTimeToCome(before), !isPastReading(before) else { return false }
      stretch = before + s
    }
    // 晚上看了须知: said of a time that may be over; 就, 去, 再 or 然后 make it one to come.
    let isEnded = s.contains(Self.over)
    let next = following(index).flatMap { at in
      script.clauses[at].sentence == clause.sentence ? text.scalars[script.clauses[at].range] : nil
    }
    return !isEnded || hold.isIn(stretch, .intent) || next.map { hold.begins($0, .intent) != nil } ?? false
  }

  private func isPastReading(_ s: ArraySlice<UInt32>) -> Bool {
    s.contains { Self.past.contains($0) } || s.last == Self.told || Self.before.isIn(s)
  }
  private static let past = ScalarSet("过已曾昨刚才早")
  private static let before = WordSet([
    "之前", "以前", "前天", "前几", "日前", "上周", "上月", "上个月", "看的", "读的", "看完的", "读完的", "到尾", "到底", "到末", "到最后", "完毕",
    "用一个晚上", "用一晚上", "用了一个", "花一个", "花了", "利用周末", "趁周末", "用周末",
  ])
  private static let told: UInt32 = 0x7684  // 的

  /// 下班, 今晚, 忙完, 盘完货; 看完 is the reading itself.
  private func hasTimeToCome(_ s: ArraySlice<UInt32>) -> Bool {
    if hold.isIn(s, .soon) || s.indices.contains(where: { isAfterOther(s, $0) }) { return true }
    guard let at = s.firstIndex(of: Self.finished), at > s.startIndex else { return false }
    let isOfReading = Self.reading.contains(s[at - 1])
    let next = at + 1 < s.endIndex ? s[at + 1] : 0
    return !isOfReading && !Self.ofWhole.contains(next) && Scalars.isHan(s[at - 1])
  }
  /// 收摊以后; 细阅之后 is behind the reading itself.
  private func isAfterOther(_ s: ArraySlice<UInt32>, _ at: Int) -> Bool {
    guard s[at] == Self.after, at > s.startIndex, Self.ofAfter.contains(s[at - 1]) else { return false }
    let before = s[..<(at - 1)].last { !Self.ofReading.contains($0) }
    return !(before.map { Self.reading.contains($0) } ?? false)
  }
  private static let after: UInt32 = 0x540E  // 后
  private static let ofAfter = ScalarSet("以之")
  /// 看完了以后, 读过一遍之后
  private static let ofReading = ScalarSet("完过了毕一遍懂明白清楚")
  private static let finished: UInt32 = 0x5B8C  // 完
  private static let reading = ScalarSet("看读阅瞧听学念览瞅过翻划滑刷扫瞄啃审研")
  private static let ofWhole = ScalarSet("全成整毕美善备结")
}
