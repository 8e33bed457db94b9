import ClosureModel

/// A statement in the form of a step that is still to be done: 备份完成后，由本人阅读须知并同意.
extension ClauseChecks {
  /// Reading and agreeing without a word that they are done, behind what is to happen first, under the head of a plan, or
  /// as an answer that is to be given.
  /// - Parameters:
  ///   - core: the clauses that read and agree.
  ///   - first: the first of them.
  func plan(_ core: Places, _ first: Int) -> Problem? {
    guard !core.contains(where: { isStated(script.clauses[$0]) }) else { return nil }
    if let answer = core.first(where: { isAnswerToGive(script.clauses[$0]) }) { return future(answer) }
    var at = first - 1
    while at >= 0, first - at <= Self.fewClauses {
      let clause = script.clauses[at]
      let isSame = clause.sentence == script.clauses[first].sentence
      // 流程：一、清资源；二、阅读《须知》并同意
      if clause.end == .colon, clause.line == script.clauses[first].line, isPlanHead(clause) { return future(at) }
      if isSame, isStepBefore(clause) { return future(at) }
      at -= 1
    }
    return nil
  }

  private func future(_ index: Int) -> Problem { Problem(code: .consentFuture, isDenial: true, clause: index) }

  /// 已阅读, 看完了, 现同意, have read: done, or said now.
  private func isStated(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range]
    return s.contains { Self.statingNow.contains($0) } || Self.perfect.isIn(s)
      || clause.classes.meets(ClassSet(.avow, .now))
  }
  private static let statingNow = ScalarSet("已过完毕讫了现兹特仍均早昨刚尽皆业经咗晒都遍没无")
  private static let perfect = WordSet([
    "have", "has ", "'ve", "i read", "we read", "i agree", "we agree", "hereby", "i've",
  ])

  /// 备份做完后, 周一上班之后, 预计下周三迁移结束, 等周一上班: no act of the applicant's on the paper.
  private func isStepBefore(_ clause: Clause) -> Bool {
    guard !clause.classes.meets(Self.acting.union(ClassSet(.notice, .short, .elsewhere))) else { return false }
    let s = text.scalars[clause.range]
    guard let from = s.firstIndex(where: { $0 != 0x20 }) else { return false }
    if Self.awaiting.begins(s[from...]) { return true }
    let end = s.last { $0 != 0x20 && !Self.behindAfter.contains($0) }
    return end == Self.afterwards && Self.steps.isIn(s)
  }
  private static let afterwards: UInt32 = 0x540E  // 后
  private static let behindAfter = ScalarSet("由")
  private static let awaiting = WordSet(["等", "待", "预计", "预期", "争取"])
  private static let steps = WordSet([
    "完成", "结束", "做完", "弄完", "办完", "导完", "清完", "迁完", "退完", "备完", "到账", "上班", "备份", "迁移", "退款", "释放", "处理", "办好", "弄好",
    "做好", "到期", "回来", "下周", "下月", "明天", "后天", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期", "月底", "年底", "节后",
  ])

  /// 流程, 安排如下, plan, next steps: the head of what is to be done.
  private func isPlanHead(_ clause: Clause) -> Bool {
    !clause.classes.meets(Self.acting.union(ClassSet(.notice, .short, .own)))
      && Self.planHeads.isIn(text.scalars[clause.range])
  }
  private static let planHeads = WordSet([
    "流程", "安排", "计划", "下一步", "后续步骤", "待办", "排期", "时间表", "接下来", "plan", "to do", "todo", "to-do", "next step",
    "schedule",
    "timeline",
  ])

  /// 阅读《须知》并回复同意, 并点同意: the agreement is what is to be answered.
  private func isAnswerToGive(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    let s = text.scalars
    return words.contains { word in
      guard word.kind == .agree else { return false }
      return Self.giving.contains { verb in
        word.range.lowerBound - verb.count >= clause.range.lowerBound
          && s[(word.range.lowerBound - verb.count)..<word.range.lowerBound].elementsEqual(verb)
      } && words.contains { $0.kind == .read && $0.range.upperBound <= word.range.lowerBound }
    }
  }
  private static let giving = ["并回复", "再回复", "后回复", "并点", "再点", "并点击", "并勾选", "再勾选"].map(Scalars.of)
}
