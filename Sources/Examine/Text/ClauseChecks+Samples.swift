/// Samples of statements and of refusals: asked for in front of the words, quoted in brackets behind them.
extension ClauseChecks {
  /// 个人用户注销要写什么？我已阅读并同意…: the answer to such a question is a sample, unless it is said to be one's own.
  func askedWhatToWrite(before first: Int) -> Int? {
    (max(0, first - Self.fewClauses)..<first).last { index in
      let clause = script.clauses[index]
      guard clause.speaker == .applicant, clause.end == .question || isAskedLine(index) else { return false }
      let s = text.scalars[clause.range]
      return Self.writes.contains { Scalars.contains(s, $0) } && Self.asksFor.contains { Scalars.contains(s, $0) }
    }
  }
  /// Q：要写什么
  private func isAskedLine(_ index: Int) -> Bool {
    guard script.clauses[index].isLabelled, index > 0 else { return false }
    let label = text.scalars[script.clauses[index - 1].range].filter { $0 != 0x20 }
    return Self.questionLabels.contains(label)
  }
  private static let questionLabels = Set(["q", "问", "提问", "问题", "question", "faq"].map(Scalars.of))
  private static let writes = [
    "写", "填", "抄", "贴", "回复", "write", "put", "say", "state", "include", "enter", "type", "paste",
  ].map(Scalars.of)
  private static let asksFor = ["什么", "啥", "哪", "怎么", "咋", "如何", "何种", "what", "which", "how"].map(Scalars.of)

  /// 我同意（手写板认错了，是“不同意”）: brackets right behind the statement quote a refusal, and neither deny it nor tell of an
  /// earlier day.
  func quotedRefusal(_ last: Int) -> Int? {
    let sentence = script.clauses[last].sentence
    let noted = script.clauses.indices.dropFirst(last + 1).prefix(Self.fewClauses).prefix {
      script.clauses[$0].sentence == sentence
    }
    let bracketed = noted.filter { script.clauses[$0].isBracketed }
    guard
      let refusal = bracketed.first(where: { index in
        let clause = script.clauses[index]
        guard script.words(clause).contains(where: \.isQuoted) else { return false }
        let denies = clause.classes.meets(ClassSet(.negation, .none))
        return clause.has(.agree) && denies || clause.has(.objection) && !denies
      })
    else { return nil }
    let isTold = bracketed.contains { index in
      let words = text.scalars[script.clauses[index].range]
      return index < refusal && (script.clauses[index].has(.negation) || words.contains { Self.earlier.contains($0) })
    }
    return isTold ? nil : refusal
  }

  /// 昨天, 之前, 上次, 曾经, 刚才, 原来
  private static let earlier = ScalarSet("昨前次曾刚原")

  /// 标准答案：…, 旧工单内容⏎…, …（备用）, …。以上是培训材料: a short heading right before the statement, brackets right behind it, or
  /// words of all above say that it stands somewhere else. 按贵司格式填写：… and 我的答案：… lead into the applicant's own.
  func sampleLabel(_ first: Int, _ last: Int) -> Int? {
    if first > 0, isHeading(first - 1, of: first), isSample(first - 1) { return first - 1 }
    let next = last + 1
    guard next < script.clauses.count, isSample(next) else { return nil }
    let isNote = script.clauses[next].isBracketed && !script.clauses[last].isBracketed
    return isNote || isOfAbove(next) && !script.clauses[next].has(.request) ? next : nil
  }

  private func isHeading(_ index: Int, of statement: Int) -> Bool {
    let (label, clause) = (script.clauses[index], script.clauses[statement])
    guard label.range.count <= Self.longestHeading else { return false }
    if label.end == .colon || label.isBracketed && !clause.isBracketed { return true }
    // 问答里写着，我已阅读…
    let words = text.scalars[label.range]
    if label.end == .comma,
      Self.written.contains(where: { words.count >= $0.count && words.suffix($0.count).elementsEqual($0) })
    {
      return true
    }
    // A line of its own, or a dash on the statement's line.
    let isAlone = script.lines[label.line].count == 1 && clause.line > label.line
    let behind = text.scalars[label.range.upperBound...].first
    return isAlone || behind.map { Self.dashes.contains($0) } ?? false
  }
  private static let longestHeading = 14
  private static let written = ["写着", "写道", "写的是", "里说", "上说", "说的是"].map(Scalars.of)
  private static let dashes = ScalarSet("—–-")

  private func isSample(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let s = text.scalars[clause.range]
    guard page.vocabulary.hold.isIn(s, .sample), s.count <= Self.longestHeading + Self.ofAboveWords else {
      return false
    }
    if clause.has(.per), !clause.has(.request) { return false }
    return !clause.classes.meets(ClassSet(.own, .mine, .avow, .now, .negation, .none))
  }
  private static let ofAboveWords = 6
}
