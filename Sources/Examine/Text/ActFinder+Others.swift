/// Acts about something else than a paper: what the label, the list, the row or the words around are about.
extension ActFinder {
  /// 短信通知：同意. The field's label says what is agreed to.
  func isOtherField(_ index: Int) -> Bool {
    // 跟进记录：客户对条款有异议: a note about the customer names no matter of its own.
    guard index > 0, !script.clauses[index].has(.owner) else { return false }
    let label = script.clauses[index - 1].classes
    return label.meets(ClassSet(.topic, .service, .resources, .balance, .waive))
      && !label.meets(ClassSet(.lead, .avow, .own, .notice, .short, .bare, .part, .near, .read, .agree, .close, .per))
  }

  /// 【回访】同意: brackets alone before it at the head of the line.
  func isHeaded(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let head = script.clauses[index - 1]
    return head.isBracketed && !script.clauses[index].isBracketed && head.line == script.clauses[index].line
      && script.lines[head.line].first == index - 1
  }

  /// 那笔扣费我没有异议，同意: a bare word goes on from the act in the clause before, which is about something else.
  func goesOnFromElse(_ act: Act, _ index: Int) -> Bool {
    guard act.kind == .agree, index > 0,
      script.clauses[index].classes.without(ClassSet(.agree, .filler, .manner)).isEmpty,
      script.clauses[index - 1].sentence == script.clauses[index].sentence, script.clauses[index - 1].end == .comma
    else { return false }
    guard let before = acts.last(where: { $0.clause < index }), before.clause == index - 1 else { return false }
    return before.kind == .agree && !before.isNegated && before.object == .elsewhere
      && script.clauses[index - 1].classes.meets(Self.matters.union(ClassSet(.message)))
  }

  /// 销户对账单：同意, 数据清除：同意, 隐私条款 | 同意: the label names another paper, or one of the closing's outcomes.
  func isOtherPaper(_ index: Int) -> Bool {
    guard index > 0, !script.clauses[index].classes.meets(Self.papers.union(ClassSet(.lead, .avow))) else {
      return false
    }
    let label = script.clauses[index - 1]
    guard label.line == script.clauses[index].line,
      script.clauses[index].isLabelled || label.end == .gap || isCell(index - 1),
      !label.classes.meets(
        ClassSet(.lead, .avow, .own, .notice, .short, .bare, .near, .read, .know, .agree, .objection, .question, .per)),
      let last = script.words(label).last(where: { $0.kind != .filler })
    else { return false }
    let name = text.scalars[label.range].filter { $0 != 0x20 }
    if Self.outcomes.isIn(name[...]) { return true }
    if last.kind == .part { return label.classes.meets(ClassSet(.topic, .message, .balance, .resources)) }
    return name.count > 1 && Self.forms.contains { name.reversed().starts(with: $0.reversed()) }
  }
  private static let forms = ["单", "账", "表", "票", "政策", "方案", "清单", "计划", "流水", "通知", "确认书", "结算"].map(Scalars.of)

  /// 关于调查问卷：恕不参加，也不同意公开. The label at the sentence's beginning says what is refused.
  func isOtherSentence(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard !clause.classes.meets(Self.papers.union(ClassSet(.part))) else { return false }
    var at = index
    while at > 0, index - at <= Self.farthest, script.clauses[at].sentence == clause.sentence {
      if script.clauses[at].isLabelled { return at < index && isOtherField(at) && !namesPaper(at) }
      if at < index, namesPaper(at) { return false }
      at -= 1
    }
    return false
  }

  private func namesPaper(_ index: Int) -> Bool {
    script.clauses[index].classes.meets(Self.papers.union(ClassSet(.part, .read)))
  }

  /// Ends at a table's bar.
  private func isCell(_ index: Int) -> Bool {
    let at = script.clauses[index].range.upperBound
    return at < text.scalars.count && text.scalars[at] == 0x7C
  }

  /// 已同意：退款路径、短信通知: what is agreed to follows the colon.
  func isOtherList(_ index: Int) -> Bool {
    guard index + 1 < script.clauses.count, script.clauses[index + 1].line == script.clauses[index].line else {
      return false
    }
    let list = script.clauses[index + 1].classes
    return list.meets(ClassSet(.topic, .service, .resources, .balance, .document))
      && !list.meets(ClassSet(.own, .lead, .avow, .notice, .short, .bare, .part, .read, .agree, .close, .yes, .ticked))
  }

  /// 短信营销 | － | 不同意: the row's or list's first cell says what is refused.
  func isOtherRow(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    var at = index - 1
    guard at >= 0, script.clauses[at].end == .gap || isCell(at) else { return false }
    while at >= 0, index - at <= Self.farthest, script.clauses[at].line == clause.line,
      script.clauses[at].sentence == clause.sentence
    {
      let other = script.clauses[at].classes
      if other.meets(ClassSet(.notice, .short, .bare, .ambiguous, .lead, .avow)) { return false }
      if other.meets(Self.matters), !other.has(.own) || beginsWithMatter(script.clauses[at]) { return true }
      at -= 1
    }
    return false
  }

  private static var matters: ClassSet { ClassSet(.topic, .service, .resources, .balance, .document) }

  /// 迁移方案我不看: what is spoken of stands before the applicant.
  private func beginsWithMatter(_ clause: Clause) -> Bool {
    let first = script.words(clause).first { !ClassSet(.filler, .you, .manner, .and, .but, .unknown).has($0.kind) }
    return first.map { Self.matters.has($0.kind) } ?? false
  }

  /// 我不接受“转赠账号”的方案: what is refused stands in quotation marks behind the word and is no part of the paper.
  func isOfQuoted(_ act: Act, _ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard act.isNegated || act.kind == .agree, clause.end == .bracket, index + 1 < script.clauses.count,
      act.token == clause.tokens.upperBound - 1, let quoted = script.words(script.clauses[index + 1]).first,
      quoted.isQuoted
    else { return false }
    var next = index + 1
    while next < script.clauses.count, next - index <= Self.farthest, script.clauses[next].sentence == clause.sentence {
      if script.clauses[next].classes.meets(Self.papers.union(ClassSet(.part, .read, .agree, .lead))) { return false }
      next += 1
    }
    return true
  }

  /// 余额对账单核对过，没有异议: the clause before says what nobody objects to.
  func isOfAccount(_ clause: Clause, _ index: Int) -> Bool {
    guard index > 0, clause.has(.objection),
      clause.classes.without(ClassSet(.objection, .none, .filler, .manner)).isEmpty
    else { return false }
    let before = script.clauses[index - 1]
    let isMatter = before.has(.balance) || before.has(.service) && beginsWithMatter(before) && !before.has(.identifier)
    return before.sentence == clause.sentence && before.end == .comma && isMatter
      && !before.classes.meets(Self.papers.union(ClassSet(.own, .read, .know, .agree, .part, .lead)))
  }

  /// 服务器数据我已看过, 上次的答复已阅: what was read stands before the act, or before the applicant, and is no paper.
  func isOfThing(_ act: Act, _ clause: Clause) -> Bool {
    guard act.kind == .read else { return false }
    let words = script.words(clause)
    let owner = words[..<act.token].lastIndex { $0.kind == .own }
    let before = words[..<(owner ?? act.token)]
    // 新闻看了: a word that is not known may be a paper's name; behind 我 it says how it was read.
    return before.contains {
      Self.readable.has($0.kind) || $0.kind == .unknown && $0.range.count > 1
        || $0.kind == .elsewhere && Self.records.contains(text.scalars[$0.range.upperBound - 1])
    }
  }
  /// 通话记录, 附件里
  private static let records = ScalarSet("录里")

  /// 后果我知道, I know the risks: what follows from the closing is known, which is not the paper.
  func isOfOutcome(_ act: Act, _ clause: Clause) -> Bool {
    guard act.kind == .read, script.tokens[act.token].kind == .know, !clause.has(.read) else { return false }
    let parts = script.words(clause).filter { $0.kind == .part }
    return !parts.isEmpty
      && parts.allSatisfy { Self.outcomes.isIn(text.scalars[$0.range]) }
  }
  /// 数据清除, 后果: a part of the paper that is spoken of without it as well.
  func isOutcome(_ word: Token) -> Bool { word.kind == .part && Self.outcomes.isIn(text.scalars[word.range]) }
  private static let outcomes = WordSet(["后果", "风险", "不可恢复", "清除", "丢失", "作废", "consequence", "risk"])

  /// 群里的消息我翻了翻，看完了; I opened your mail, read it: the clause before says what was opened, and it is no paper.
  func isOfOpened(_ act: Act, _ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard act.kind == .read, index > 0, clause.unknown == 0, !clause.classes.meets(ClassSet(.place, .part)) else {
      return false
    }
    let before = script.clauses[index - 1]
    guard before.sentence == clause.sentence, !before.has(.place),
      !before.classes.meets(Self.papers.union(ClassSet(.part, .agree)))
    else { return false }
    guard Self.opening.isIn(text.scalars[before.range]) else { return false }
    return script.words(before).contains { noun in
      (Self.readable.has(noun.kind) || [.agent, .elsewhere, .unknown].contains(noun.kind))
        && !Self.opening.contains(text.scalars[noun.range])
        && !Self.devices.contains(Array(text.scalars[noun.range]))
    }
  }
  static let naming = ClassSet(.notice, .short, .ambiguous, .document)
  private static let opening = WordSet([
    "翻了", "翻到", "翻看", "翻出", "打开", "点开", "找出", "找到", "看到", "收到", "拿到", "调出", "搜到", "看见",
    "opened", "scrolled", " saw", "got", "received", "found", "pulled up", "looked at", "checked",
  ])
  private static let devices = Set(
    ["电脑", "手机", "浏览器", "官网", "控制台", "电脑看", "phone", "laptop", "browser", "computer", "website"].map(Scalars.of))
  private static let readable = ClassSet(.topic, .service, .resources, .balance, .document, .lead, .close)

  /// 短信推广不要再发，我从来没同意过: the clause before refuses messages.
  private func isOfRefusedMessages(_ act: Act, _ clause: Clause) -> Bool {
    guard act.clause > 0, act.kind == .agree,
      clause.classes.without(ClassSet(.own, .negation, .none, .agree, .filler, .manner, .elsewhere)).isEmpty
    else { return false }
    let before = script.clauses[act.clause - 1]
    return before.sentence == clause.sentence && before.has(.message) && before.has(.negation)
      && !before.classes.meets(Self.papers.union(ClassSet(.part, .own, .read, .know, .agree, .close, .lead)))
  }
  private static let regarding: UInt32 = 0x5BF9  // 对

  /// 不同意的是短信营销: what is refused follows, and it is no matter of the paper.
  func isOfMessages(_ act: Act, _ clause: Clause) -> Bool {
    guard act.isNegated, !clause.classes.meets(Self.papers.union(ClassSet(.part))) else { return false }
    guard clause.has(.message) else { return isOfRefusedMessages(act, clause) }
    // 对短信推广我明确表示不同意
    let before = script.tokens[clause.tokens.lowerBound..<act.token]
    if let message = before.lastIndex(where: { $0.fine == .message }),
      script.tokens[message...].prefix(Self.mostGlue).contains(where: { $0.kind == .own }),
      text.scalars[clause.range.lowerBound] == Self.regarding, act.token == clause.tokens.upperBound - 1
    {
      return true
    }
    let behind = script.tokens[act.token..<clause.tokens.upperBound].prefix(Self.mostGlue)
    return behind.contains { $0.kind == .yes || $0.kind == .topic }
  }

  /// 同意：贵司客服在工作时间拨打我的手机: what is agreed to stands behind the colon, and it is neither the paper nor an answer.
  func agreesToValue(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end == .colon, index + 1 < script.clauses.count,
      clause.classes.without(ClassSet(.agree, .own, .filler, .manner)).isEmpty
    else { return false }
    let value = script.clauses[index + 1]
    return value.line == clause.line && value.speaker == .applicant
      && value.classes.meets(ClassSet(.you, .agent, .topic, .service, .balance, .resources, .message, .waive, .third))
      && !value.classes.meets(
        Self.naming.union(ClassSet(.bare, .part, .yes, .ticked, .read, .agree, .avow, .close, .request)))
  }

  /// The other thing that was read, where 并 or nothing stands between the two verbs.
  func joined(_ words: ArraySlice<Token>, _ at: Int, _ index: Int) -> Act.Object? {
    guard let read = acts.last, read.clause == index, read.kind == .read, read.token < at,
      read.object == .elsewhere || read.object == .document,
      words[(read.token + 1)..<at].allSatisfy({ $0.kind == .and || $0.kind == .filler || $0.kind == .manner })
    else { return nil }
    return read.object
  }

  /// Between the applicant and his verb stands a word of place or occasion: 我在…, 我利用…, 我趁….
  func isOccasion(_ words: ArraySlice<Token>, _ at: Int) -> Bool {
    guard let own = words[..<at].lastIndex(where: { $0.kind == .own }) else { return false }
    let rest = words[(own + 1)..<at].drop { ($0.kind == .filler || $0.kind == .manner) && !isPreposition($0) }
    guard let first = rest.first else { return false }
    return Self.occasions.begins(text.scalars[first.range.lowerBound..<words[at].range.lowerBound])
      && !rest.contains { Self.papers.has($0.kind) }
  }
  private func isPreposition(_ word: Token) -> Bool { Self.occasions.begins(text.scalars[word.range]) }
  private static let occasions = WordSet(["在", "利用", "趁", "用", "抽", "借着", "坐", "躺", "边", "一边", "拿着", "戴着"])
}
