/// An agreement that names nothing takes the paper that the text speaks of only where nothing else stands between: 须知看过了。
/// 贵方询问可否来电，本人同意 agrees to a call.
extension ActFinder {
  /// - Parameter topic: the clause that named a paper last.
  /// - Returns: something else is spoken of between the paper and the act, or asked by somebody else right before it.
  func isApart(_ act: Act, _ index: Int, _ topic: Int?) -> Bool {
    guard act.kind == .agree, !act.isNegated else { return false }
    let sentence = script.clauses[index].sentence
    guard let topic, topic < index else {
      // 改到下午三点，我同意⏎须知已阅: the paper is named only behind it.
      return topic == nil && index > 0 && endsOther(index - 1)
    }
    if answersElse(index) || answersOwnQuestion(index) { return true }
    var from = index
    while from > topic + 1, script.clauses[from - 1].sentence == sentence, index - from < ClauseChecks.farthest {
      from -= 1
    }
    // 里面说数据会清空，代金券作废，我都接受: the sentence speaks of the paper from there on.
    if script.clauses[topic].sentence == sentence { return (from..<index).contains(where: turnsToElse) }
    if let paper = (from..<index).last(where: isOfPaper) { return ((paper + 1)..<index).contains(where: turnsToElse) }
    return (from..<index).contains { isOfElse($0, act) }
  }

  /// The clause before a bare word of agreeing, in its sentence, speaks of no paper and of nothing that every ticket has.
  private func endsOther(_ index: Int) -> Bool {
    let (clause, next) = (script.clauses[index], script.clauses[index + 1])
    return clause.sentence == next.sentence && clause.end == .comma && clause.range.count > Self.shortOpening
      && next.classes.without(ClassSet(.agree, .own, .filler, .manner)).isEmpty && !isOfPaper(index)
      && !clause.classes.meets(
        ClassSet(.read, .know, .polite, .request, .close, .lead, .avow, .identifier, .negation, .none, .yes))
  }
  private static let shortOpening = 5

  /// Begins or ends with a word for the paper or a part of it: 里面说余额不退; 你们说的那个方案 does not.
  private func isOfPaper(_ index: Int) -> Bool {
    let words = script.words(script.clauses[index]).filter { ![.filler, .manner, .and, .own].contains($0.kind) }
    guard let first = words.first, let last = words.last, !isOutcome(first) else { return false }
    let isNamed = [first, last].contains { word in
      Self.naming.has(word.kind)
        || [.bare, .part].contains(word.kind) && text.scalars[word.range.upperBound - 1] != Self.possessive
    }
    return isNamed && !isOtherName(script.clauses[index])
  }
  private static let possessive: UInt32 = 0x7684  // 的

  /// 客服：会有专员回电，您同意吗⏎我：同意: the other side's words right before, and they do not name the paper.
  private func answersElse(_ index: Int) -> Bool {
    guard let first = script.lines[script.clauses[index].line].first, first > 0 else { return false }
    let before = script.clauses[first - 1]
    guard before.speaker == .agent || before.speaker == .stranger else { return false }
    let asked = script.lines[before.line].suffix(ClauseChecks.farthest).reduce(ClassSet()) {
      $0.union(script.clauses[$1].classes)
    }
    return asked.meets(ClassSet(.question, .agree, .near)) && !asked.meets(Self.papers)
      && !(max(first, index - ClauseChecks.farthest)...index).contains {
        script.clauses[$0].classes.meets(Self.papers)
      }
  }

  /// 回访同意吗？同意。
  private func answersOwnQuestion(_ index: Int) -> Bool {
    let (clause, before) = (script.clauses[index], script.clauses[index - 1])
    return before.end == .question && before.speaker == .applicant
      && clause.classes.without(ClassSet(.agree, .own, .filler, .manner)).isEmpty
      && before.classes.meets(Self.elseWhere)
      && !before.classes.meets(Self.papers.union(ClassSet(.part, .own, .polite)))
  }

  /// 备注：同意
  func isRemarkField(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isLabelled, index > 0, clause.classes.without(ClassSet(.agree, .filler, .manner)).isEmpty else {
      return false
    }
    return Self.remarks.contains(text.scalars[script.clauses[index - 1].range])
  }
  private static let remarks = WordSet(["备注", "附言", "留言", "remark", "remarks", "note", "notes", "comment"])

  /// 资料备份教学：已阅读, 回访 | 同意: the row's head names what was read or agreed to, and it is not the paper.
  func isOtherValue(_ act: Act, _ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard act.kind != .near, !act.isNegated, index > 0, script.lines[clause.line].first == index - 1,
      clause.classes.without(Self.values).isEmpty
    else { return false }
    let head = script.clauses[index - 1]
    guard head.range.upperBound < text.scalars.count,
      head.end == .gap || head.isBracketed || Self.rowMarks.contains(text.scalars[head.range.upperBound]),
      !head.classes.meets(Self.naming.union(Self.ofStatement)) || namesOutcome(head)
    else { return false }
    if namesOutcome(head) { return true }
    return head.classes.meets(ClassSet(.topic, .service, .balance, .resources, .message, .close)) || head.unknown > 1
  }

  /// 数据清除: what the closing brings, and no paper.
  private func namesOutcome(_ clause: Clause) -> Bool {
    clause.has(.part) && !clause.classes.meets(Self.papers.union(ClassSet(.own, .read, .know, .agree)))
      && script.words(clause).allSatisfy { $0.kind != .part || isOutcome($0) }
  }

  private static let values = ClassSet(
    .read, .know, .agree, .objection, .none, .negation, .filler, .manner, .identifier, .yes, .ticked)
  private static let ofStatement = ClassSet(
    .bare, .read, .know, .agree, .objection, .own, .owner, .avow, .part, .polite, .now)
  private static let rowMarks = ScalarSet(":—–-|→▸>=/\t")

  /// 提现协议: the word for a paper ends the name of another.
  func isOtherName(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return words.indices.dropFirst().contains { at in
      words[at].kind == .bare && words[at].range.count == 2
        && words[at - 1].range.upperBound == words[at].range.lowerBound
        && [.service, .message, .balance, .resources].contains(words[at - 1].kind)
    }
  }

  /// 至于回访, 另外那笔扣款: the sentence turns to another matter.
  private func turnsToElse(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.classes.meets(Self.elseWhere), !clause.classes.meets(Self.naming.union(ClassSet(.bare, .part, .read)))
    else { return false }
    let s = text.scalars[clause.range].drop { $0 == 0x20 }
    return Self.turning.begins(s)
  }
  private static let turning = WordSet(["至于", "关于", "对于", "另外", "另", "还有", "再有", "as for", "as to", "regarding"])
  private static let elseWhere = ClassSet(
    .topic, .service, .balance, .resources, .message, .you, .agent, .third, .document)

  /// A clause of the act's own sentence that is not the applicant's way to his word.
  private func isOfElse(_ index: Int, _ act: Act) -> Bool {
    let clause = script.clauses[index]
    if clause.classes.meets(Self.naming.union(ClassSet(.avow))) { return false }
    if clause.classes.meets(ClassSet(.read, .know)), clause.unknown == 0 { return false }
    if clause.classes.meets(Self.elseWhere) { return true }
    // 最后那张单十几块，没意见: what nobody minds stands before it.
    let isOpinion = text.scalars[script.tokens[act.token].range].contains { Self.opinion.contains($0) }
    return isOpinion && clause.unknown > 2 && !clause.has(.own)
  }
  private static let opinion = ScalarSet("见议")
}
