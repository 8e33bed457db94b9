import ClosureModel

/// Conditions, questions and limits beside a statement.
extension ClauseChecks {
  /// 不保留数据, 绝不反悔: the word itself is denied.
  func isDenied(_ clause: Clause, _ kind: WordClass) -> Bool {
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == kind }),
      let before = words[..<at].last(where: { $0.kind != .filler && $0.kind != .manner })
    else { return false }
    return before.kind == .negation || before.kind == .none
  }

  /// 附带一个条件: the very word.
  private func isCondition(_ word: Token) -> Bool {
    text.scalars[word.range].suffix(2).elementsEqual(Self.conditionWord)
  }
  private static let conditionWord = Scalars.of("条件")

  /// 哪怕余额一分不退，我也同意: nothing depends on it.
  private func isConceded(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard script.words(clause).contains(where: { Self.concessive.contains(Array(text.scalars[$0.range])) }),
      let next = following(index), script.clauses[next].sentence == clause.sentence
    else { return false }
    return script.words(script.clauses[next]).contains { Self.still.contains(Array(text.scalars[$0.range])) }
      && !script.clauses[next].classes.meets(ClassSet(.negation, .condition, .future, .close, .question))
  }
  private static let concessive = Set(["哪怕", "即使", "即便", "就算", "纵使", "纵然"].map(Scalars.of))
  static let still = Set(["也", "都", "均", "仍", "仍然", "也都"].map(Scalars.of))

  /// 给我来个短信，不然我老惦记着: what happens without the message, not without the closing.
  func isBehindCall(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard index > 0,
      script.words(clause).first.map({ Self.otherwise.contains(Array(text.scalars[$0.range])) }) ?? false,
      !clause.classes.meets(Self.binding.union(ClassSet(.negation, .none, .you, .third, .close, .near)))
    else { return false }
    // 给我发封邮件通知一下，邮箱 a@example.com，不然…
    var at = index - 1
    while at > 0, index - at <= 2, script.clauses[at].classes.without(ClassSet(.topic, .identifier, .filler)).isEmpty,
      !script.clauses[at].has(.message)
    {
      at -= 1
    }
    let before = script.clauses[at]
    return before.sentence == clause.sentence && !before.has(.condition)
      && (before.has(.message) || before.has(.offer) || at < index - 1 && isOfMail(before))
  }

  /// 请注销完成后给我发封邮件: a word afterwards, which holds nothing up.
  private func isOfMail(_ clause: Clause) -> Bool {
    script.words(clause).contains(where: isContact)
      && !clause.classes.meets(ClassSet(.keep, .pause, .limit, .before, .balance, .resources, .bare, .lead, .strict))
  }
  private static let otherwise = Set(["不然", "否则", "要不然", "要不"].map(Scalars.of))

  /// 如有问题请致电, 若材料不够请告诉我: an offer, no condition. One that stands before or within the statement's own
  /// sentence is never taken for one.
  func condition(_ index: Int, _ isSame: Bool, _ isNear: Bool, isBehind: Bool) -> Problem? {
    let clause = script.clauses[index]
    if isDenied(clause, .condition) || isConceded(index) || isBehindCall(index) || isInventory(clause) { return nil }
    if !isSame, isOfMaterial(index) { return nil }
    if isAdding(index) || isNothingElse(index) || !isSame && isOnlyThere(index) || isLoss(index) { return nil }
    // 以上意思附带一个条件：…
    let isNamed = clause.has(.strict) && script.words(clause).contains { $0.fine == .strict && isCondition($0) }
    if isNamed, isNear, isBehind { return Problem(code: .consentConditional, isDenial: false, clause: index) }
    let isOpen = !isSame || isBehind
    let next = following(index).flatMap { script.clauses[$0].sentence == clause.sentence ? script.clauses[$0] : nil }
    let isBinding = clause.classes.meets(Self.binding) || next?.classes.meets(Self.binding) ?? false
    if isOpen {
      if isOffer(clause) || next.map(isOffer) ?? false { return nil }
      if clause.has(.lacking), !isBinding || !clause.classes.without(ClassSet(.lead)).meets(Self.binding) { return nil }
      // 如账号内仍有代金券视为放弃: a waiver.
      if clause.has(.waive), !clause.classes.meets(Self.binding.without(ClassSet(.deemed, .balance, .resources))) {
        return nil
      }
      // 万一打不通电话就发邮件 a@example.com.
      if clause.has(.identifier), clause.has(.topic), !clause.has(.strict), !clause.classes.meets(Self.binding) {
        return nil
      }
      if clause.isBracketed, clause.has(.polite) { return nil }
    }
    // 若有快照，请一并清除，本人…: the request is what depends on it.
    // 若有快照，请保留: what is there is to stay.
    let isCleared = next.map { text.scalars[$0.range].contains { Self.clearing.contains($0) } } ?? false
    let binding = isCleared ? Self.binding.without(ClassSet(.resources)) : Self.binding
    let isHeldBack = clause.classes.meets(binding) || next?.classes.meets(binding) ?? false
    let mayBind = clause.classes.meets(ClassSet(.service, .you, .balance)) && !isCleared
    if isSame, !isBehind, !clause.has(.strict), !isHeldBack, !mayBind, let next, next.has(.request),
      !next.classes.meets(Self.acting)
    {
      return nil
    }
    // 请问除了声明还要什么材料？
    if !isSame, clause.end == .question { return nil }
    // 如果不能，最晚什么时候？: asks about something else.
    if !isSame, !isBinding, let next, next.end == .question, next.has(.inquiry) { return nil }
    // 文档上写得明白，如果有备案，请提交工单: a rule that is told.
    if !isSame, !isBehind, !isNear, index > 0, script.clauses[index - 1].has(.cited),
      script.clauses[index - 1].sentence == clause.sentence, next?.has(.request) ?? false
    {
      return nil
    }
    if isSame { return Problem(code: .consentConditional, isDenial: true, clause: index) }
    let (classes, unknown) = sentence(index)
    let isAboutIt = classes.meets(ClassSet(.lead, .bare, .agree, .close, .notice, .short, .read))
    // 将来若再用会重新注册: it supposes something about another matter.
    let isOfElse =
      !clause.has(.strict) && !classes.meets(Self.binding)
      && !classes.meets(ClassSet(.near, .negation, .notice, .short))
      && (classes.meets(ClassSet(.topic, .service, .identifier, .polite, .request)) || unknown > 4)
    if isOfElse { return nil }
    // 除短信外不必联系, 才会寄到的发票: of another matter.
    let isWhole = script.clauses[max(0, index - 1)].sentence != script.clauses[index].sentence && next == nil
    // 除非饭店倒了: nothing but the condition.
    let isOfMatter =
      !(isWhole && clause.has(.strict)) && classes.meets(ClassSet(.topic, .identifier))
      && !classes.meets(ClassSet(.service, .balance, .resources, .waive).union(Self.bindingToIt))
    // 如果不能退款就算了: nothing says what it is about.
    let isOpenEnded = isNear && !classes.meets(ClassSet(.topic, .identifier, .polite, .request))
    // 如果白天电话没人接，…: it supposes nothing about the closing, and weighs nothing.
    if isOpenEnded, !clause.has(.strict), scale.isCleared(index) { return nil }
    if isOpenEnded { return Problem(code: .consentConditional, isDenial: false, clause: index) }
    let isBound = clause.has(.strict) && isNear && !isOfMatter || isAboutIt && classes.meets(Self.bindingToIt)
    return isBound ? Problem(code: .consentConditional, isDenial: false, clause: index) : nil
  }

  /// 账户一旦注销，数据无法恢复: known of every closing, and holds nothing up. 那我就不注销 behind it would.
  func isLoss(_ index: Int) -> Bool {
    let (clauses, s, ordinary) = (script.clauses, text.scalars, page.vocabulary.ordinary)
    func next(_ at: Int) -> Clause? {
      at < clauses.count && clauses[at].sentence == clauses[index].sentence ? clauses[at] : nil
    }
    func isBarred(_ at: Int) -> Bool {
      next(at).map { page.vocabulary.hold.begins(s[$0.range].drop { $0 == 0x20 }, .unlessLost) != nil } ?? false
    }
    if clauses[index].end == .question { return false }
    if ordinary.kind(of: s[clauses[index].range], isPlain: false) == .loss { return !isBarred(index + 1) }
    guard let second = next(index + 1), second.end != .question else { return false }
    let both = Array(s[clauses[index].range]) + s[second.range]
    return ordinary.kind(of: both[...], isPlain: false) == .loss && !isBarred(index + 2)
  }

  /// 除了这个账号，我名下没有别的账号: what there is not besides; no act, no order.
  private func isNothingElse(_ index: Int) -> Bool {
    let s = text.scalars
    guard let next = following(index), script.clauses[next].sentence == script.clauses[index].sentence,
      Self.besides.contains(where: { s[script.clauses[index].range].drop { $0 == 0x20 }.starts(with: $0) }),
      Self.nothingElse.contains(where: { Scalars.contains(s[script.clauses[next].range], $0) })
    else { return false }
    let both = script.clauses[index].classes.union(script.clauses[next].classes)
    return both.has(.topic)
      && !both.meets(
        ClassSet(
          .agree, .read, .near, .objection, .notice, .short, .bare, .part, .lead, .close, .keep, .balance, .request))
  }
  private static let besides = ["除了", "除"].map(Scalars.of)
  private static let nothingElse = ["没有别的", "没别的", "没有其他", "没有其它", "并无其他", "再无其他", "无其他", "再无别的"].map(Scalars.of)

  /// 里面只有测试数据, and 待注销 in a cell: nothing depends on it.
  private func isOnlyThere(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let s = text.scalars
    if Self.pending.contains(where: { s[clause.range].elementsEqual($0) }) { return true }
    guard following(index).map({ script.clauses[$0].sentence != clause.sentence }) ?? true,
      !s[clause.range].contains(Self.onlyThen), !s[clause.range].contains(where: Self.giving.contains),
      !clause.classes.meets(Self.binding.union(ClassSet(.know, .notice, .short)))
    else { return false }
    return script.words(clause).allSatisfy { word in
      word.kind != .condition
        || s[word.range].elementsEqual(Self.thereIsOnly) && word.range.lowerBound > clause.range.lowerBound
          && Self.within.contains(s[word.range.lowerBound - 1])
    }
  }
  private static let pending = ["待注销", "待关闭", "待销户"].map(Scalars.of)
  private static let thereIsOnly = Scalars.of("只有")
  private static let within = ScalarSet("里面头内中上下")
  private static let onlyThen: UInt32 = 0x624D  // 才
  /// 里面只有域名要转给同事: what is there is not done with.
  private static let giving = ScalarSet("归转要留给还等移")

  /// 清除, 删掉
  private static let clearing = ScalarSet("清删")

  /// Words by which a condition would touch the statement or the closing.
  private static var binding: ClassSet {
    ClassSet(
      .agree, .read, .lead, .avow, .bare, .close, .keep, .pause, .withdrawn, .deemed, .balance, .resources)
  }

  private static var bindingToIt: ClassSet { ClassSet(.lead, .bare, .agree, .notice, .short, .close, .keep, .pause) }

  private func isOffer(_ clause: Clause) -> Bool {
    clause.has(.offer)
      && !clause.classes.meets(ClassSet(.agree, .keep, .pause, .withdrawn, .deemed, .balance, .resources))
      // Tell us when the refund is done and we will let you close it.
      && !(clause.has(.service) && clause.has(.close) && clause.has(.you))
  }

  /// A question about the statement itself.
  func question(_ index: Int, _ isSame: Bool, _ isNear: Bool) -> Problem? {
    let clause = script.clauses[index]
    guard clause.has(.question) || clause.end == .question else { return nil }
    if isAnswered(index) { return nil }
    let isOfElse = clause.classes.meets(ClassSet(.topic, .service, .balance, .resources)) && clause.has(.agree)
    // 还要我提供什么, 要我自己删吗: 要我 with something to do says nobody's words.
    let isSaid = clause.has(.says) && clause.unknown == 0 && !clause.classes.meets(ClassSet(.service, .topic))
    let isAboutIt =
      clause.classes.meets(ClassSet(.lead, .bare, .notice, .short)) || isSaid || clause.has(.agree) && !isOfElse
    // When will it take effect?
    let isOfTime =
      clause.has(.inquiry) && !isSaid
      && !clause.classes.meets(ClassSet(.lead, .notice, .short, .agree, .read, .know, .near, .own, .negation))
    // How long will it take，大概几天？
    let isAsked =
      clause.end == .question
      || following(index).map {
        script.clauses[$0].sentence == clause.sentence && script.clauses[$0].end == .question
          && script.clauses[$0].has(.inquiry)
      } ?? false
    if isOfTime, isAsked { return nil }
    if isAboutIt, isNear || isSame { return Problem(code: .consentQuestion, isDenial: false, clause: index) }
    if isSame, clause.end == .question, !clause.has(.inquiry), !clause.classes.meets(Self.anchors) {
      return Problem(code: .consentQuestion, isDenial: false, clause: index)
    }
    return nil
  }

  /// What stands right behind a statement may limit it: it must be understood but for a word.
  func isUnread(_ index: Int, _ isSame: Bool) -> Bool {
    let clause = script.clauses[index]
    if isName(index) { return false }
    if isAmending(clause) { return true }
    if clause.unknown <= Self.mostUnknownBehind && !hasLimit(clause, isHard: true) { return false }
    // Questions are judged as such; a reason limits nothing, nor does what is done; 别再打电话 is about calls.
    if clause.has(.question) || clause.end == .question || clause.has(.reason) || isAnnoyed(clause) { return false }
    if isReported(clause) || isOfContact(index) || isBehindCall(index) || isInventory(clause) { return false }
    if !isSame, isOfOwnLife(clause) || isOfMaterial(index) { return false }
    if isThanks(clause) || isSame && isListOfContents(index) { return false }
    // just shout: an offer that turns to nothing else.
    if isOffer(clause), !clause.classes.meets(Self.touching.without(ClassSet(.bare))), !hasLimit(clause) {
      return false
    }
    if !mayLimit(clause) { return false }
    // 若贵方认为照片不够清晰: conditions are judged as such; one that names a thing and binds nothing is none.
    if clause.has(.condition), !clause.has(.strict),
      isNeeded(clause) || clause.classes.meets(ClassSet(.topic, .identifier)),
      !clause.classes.meets(Self.binding.union(Self.ordering)),
      !(following(index).map { next in
        script.clauses[next].sentence == clause.sentence
          && script.clauses[next].classes.meets(Self.binding.union(Self.ordering).union(ClassSet(.negation)))
      } ?? false)
    {
      return false
    }
    // 麻烦帮我把号搞掉, 请清掉实名信息
    if clause.has(.request), clause.has(.close), !putsOff(clause) { return false }
    if clause.isLabelled, index > 0, script.clauses[index - 1].classes.meets(Self.fields) { return false }
    if !isSame, scale.isCleared(index) { return false }
    return hasLimit(clause, isHard: true) || !scale.isLight(index)
  }
  private static let mostUnknownBehind = 2

  /// Words of time, order, keeping, asking or of the statement itself stand among those that are not known.
  private func mayLimit(_ clause: Clause) -> Bool {
    clause.classes.meets(Self.limiting) || clause.has(.timing) || hasLimit(clause)
  }

  /// 如需视频见证: what the other side may need.
  private func isNeeded(_ clause: Clause) -> Bool {
    script.words(clause).contains { $0.fine == .lacking && text.scalars[$0.range].contains(Self.need) }
  }
  private static let need: UInt32 = 0x9700  // 需

  private static var ordering: ClassSet {
    ClassSet(.service, .future, .pause, .limit, .before)
  }

  /// A character of time, order or keeping in its limiting sense, outside the words that are known: 搬家后 and not
  /// 后果, 得办完 and not 觉得.
  func hasLimit(_ clause: Clause, isHard: Bool = false) -> Bool {
    let s = text.scalars
    let limits = isHard ? Self.hardLimits : Self.limits
    for word in script.words(clause) {
      // 之前, 以前 behind what is still to come.
      if !isHard, word.fine == .until, word.range.lowerBound > clause.range.lowerBound + 1 { return true }
      guard word.kind == .unknown || word.range.count == 1 else { continue }
      for at in word.range where limits.contains(s[at]) {
        let before = at > clause.range.lowerBound ? s[at - 1] : 0
        let behind = at + 1 < clause.range.upperBound ? s[at + 1] : 0
        if let (left, right) = Self.harmless[s[at]], left.contains(before) || right.contains(behind) { continue }
        return true
      }
    }
    return false
  }
  /// Limiting even where all but a word is understood.
  private static let hardLimits = ScalarSet("得底存那让留")
  /// Beside which characters a limiting one limits nothing: 一直, 直接; 觉得, 看得; 到期; 后果; 所以才.
  private static let harmless: [UInt32: (left: ScalarSet, right: ScalarSet)] = [
    ("直", "一", "接播径"), ("得", "觉懂记值显舍看听写做说晓认免省获取变过来", ""), ("到", "找看听收拿提遇碰感查达", "期"),
    ("前", "以当目提面点", "台年天些面"), ("后", "然背点", "果台面来勤端"), ("随", "", "函附信件手文单"), ("才", "以近刚方昨这", ""),
    ("候", "时", ""), ("底", "到", "下"), ("存", "缓库内", ""), ("容", "内", "易"), ("停", "", "业车产"), ("先", "首", "生"),
    ("别", "区特级类个性识告辨", "的人"), ("待", "招接对", ""), ("等", "高平上", ""), ("那", "", "边里关个些份张台种头次两几三位块笔家"), ("此", "", "号"),
    ("让", "", "人"), ("留", "挽居停拘滞收不别没未无", "学言念校恋底守意神心名影洋任级"),
  ].reduce(into: [:]) { table, entry in
    for scalar in Scalars.of(entry.0) { table[scalar] = (ScalarSet(entry.1), ScalarSet(entry.2)) }
  }

  /// 下午三点前有空接听, 发票如果方便的话发电子版到…: a clause about calls, messages and photos, which nothing turns to the
  /// closing or the statement.
  private func isOfContact(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let words = script.words(clause)
    guard clause.has(.message) || words.contains(where: isContact) || isOfContactBefore(index) else { return false }
    guard !clause.classes.meets(Self.touching), words.count(where: { $0.kind == .negation || $0.kind == .none }) <= 1
    else { return false }
    let s = text.scalars
    return !clause.range.contains { at in
      Self.waiting.contains(s[at]) || s[at] == Self.leave && (at + 1 == s.count || s[at + 1] != Self.keepsake)
    }
  }
  private static let leave: UInt32 = 0x7559  // 留
  private static let keepsake: UInt32 = 0x5FF5  // 念

  /// 发票抬头写错了一张，请顺手重开: the request is about the thing before.
  private func isOfContactBefore(_ index: Int) -> Bool {
    guard index > 0, script.clauses[index].has(.request) else { return false }
    var at = index - 1
    while at >= 0, index - at <= Self.farthestThing, script.clauses[at].sentence == script.clauses[index].sentence,
      !script.clauses[at].classes.meets(Self.acting)
    {
      if script.words(script.clauses[at]).contains(where: isContact), !script.clauses[at].classes.meets(Self.touching) {
        return true
      }
      at -= 1
    }
    return false
  }

  private static let farthestThing = 6

  private func isContact(_ word: Token) -> Bool {
    (word.kind == .topic || word.kind == .service) && Self.contacts.contains(Array(text.scalars[word.range]))
  }
  private static let contacts: Set<[UInt32]> = Set(
    [
      "电话", "手机", "手机号", "邮箱", "邮件", "座机", "照片", "相片", "截图", "发票", "发票抬头", "抬头", "快递", "微信同号", "自拍", "护照",
      "摄像头", "人脸识别", "人脸核身", "人脸", "刷脸", "键盘", "输入法", "错别字", "phone", "photo", "photos", "invoice", "passport",
      "mailbox", "screenshot",
    ].map(Scalars.of))
  static var touching: ClassSet {
    ClassSet(
      .close, .keep, .pause, .limit, .balance, .resources, .bare, .lead, .avow, .strict, .withdrawn, .unread, .agree,
      .read,
      .near, .notice, .short, .deemed, .waive, .insincere, .duress, .before, .untrue)
  }
  private static let waiting = ScalarSet("等再才先待停别勿暂候算销保")
  private static var limiting: ClassSet {
    ClassSet(
      .close, .resources, .negation, .none, .but, .hedge, .lead, .bare, .request, .condition, .future, .withdrawn,
      .keep,
      .unread)
  }
  static let limits = ScalarSet("等后前再才暂先那候底季留存停别勿此句得容让随到待直")

  /// 照片都拷走了, 同意书已寄出: a fact of the past.
  func isReported(_ clause: Clause) -> Bool {
    guard !clause.classes.meets(ClassSet(.condition, .future, .negation, .none)) else { return false }
    let s = text.scalars[clause.range]
    return s.contains(0x5DF2) || s.last { $0 != 0x20 } == 0x4E86  // 已, 了
  }

  /// 别再打电话, 不要再推销: no more of something that is not the closing.
  func isAnnoyed(_ clause: Clause) -> Bool {
    guard clause.has(.prohibition), !clause.has(.close) else { return false }
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .negation }) else { return false }
    let end = words[at].range.upperBound
    return end < text.scalars.count && text.scalars[end] == 0x518D || text.scalars[words[at].range].last == 0x518D  // 再
  }

  /// 别急着销, 有结果前请勿关闭账号.
  func prohibitsClosing(_ clause: Clause) -> Bool {
    guard clause.has(.prohibition), clause.has(.close), clause.end != .question else { return false }
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .negation }) else { return false }
    return words[(at + 1)...].contains { $0.kind == .close && isClosing($0) }
  }

  /// 注销动作放在春节之后, 保证金退到卡上那天请执行注销: words of time stand around the closing, and not all is understood.
  func putsOff(_ clause: Clause) -> Bool {
    guard !clause.classes.meets(ClassSet(.elsewhere, .question)), clause.end != .question else { return false }
    if isAfterwards(clause) { return true }
    guard clause.classes.meets(ClassSet(.close, .service)), clause.unknown > 1 || clause.has(.request) else {
      return false
    }
    guard let close = script.words(clause).first(where: { [.close, .service].contains($0.kind) && isClosing($0) })
    else { return false }
    let s = text.scalars
    // 内容没有异议，再麻烦协助删除账号: 再 goes on from the statement itself.
    let from = clause.range.lowerBound + (isGoingOn(clause) ? 1 : 0)
    // 再次申请注销: once more, not later; 请彻底注销; 请核实后注销: after their own work.
    let isTheirWork = isAfterTheirWork(s[from..<close.range.lowerBound])
    if !isTheirWork,
      (from..<close.range.lowerBound).contains(where: { at in
        Self.times.contains(s[at]) && !(s[at] == Self.again && s[at + 1] == Self.time)
          && !(s[at] == Self.bottom && at > from && s[at - 1] == Self.through)
      })
    {
      return true
    }
    // 备案注销完再帮我注销: another closing comes first.
    let isSecond = script.words(clause).contains { next in
      next.range.lowerBound > close.range.upperBound && [.close, .service].contains(next.kind) && isClosing(next)
        && s[close.range.upperBound..<next.range.lowerBound].contains { Self.inOrder.contains($0) }
    }
    if isSecond { return true }
    // 注销后 and 注销之后 speak of afterwards.
    let behind = min(close.range.upperBound + 3, clause.range.upperBound)
    return s[behind..<clause.range.upperBound].contains { Self.times.contains($0) }
  }
  /// 八点后注销, 毕业后给我销: a word of time right before the closing.
  private func isAfterwards(_ clause: Clause) -> Bool {
    guard clause.classes.meets(ClassSet(.close, .topic)), page.traces.mayHold(Self.later) else { return false }
    let words = script.words(clause)
    guard let at = words.firstIndex(where: isClosingInChinese), at > words.startIndex, !isReported(clause) else {
      return false
    }
    let before = words[..<at].last {
      ![.own, .request, .filler].contains($0.kind)
        || $0.range.count == 1 && text.scalars[$0.range.lowerBound] == Self.later
    }
    guard let end = before?.range.upperBound, text.scalars[end - 1] == Self.later else { return false }
    return !isAfterTheirWork(text.scalars[clause.range.lowerBound..<end])
  }
  private static let later: UInt32 = 0x540E  // 后

  private func isClosingInChinese(_ token: Token) -> Bool {
    guard Scalars.isHan(text.scalars[token.range.lowerBound]) else { return false }
    return token.kind == .close
      ? isClosing(token) : token.kind == .topic && text.scalars[token.range].elementsEqual(Self.deletion)
  }
  private static let deletion = Scalars.of("删除")

  /// 再麻烦, 再请 right behind a clause that agrees.
  private func isGoingOn(_ clause: Clause) -> Bool {
    let s = text.scalars
    guard clause.range.count > 2, s[clause.range.lowerBound] == Self.again,
      let before = script.clauses.last(where: { $0.range.upperBound <= clause.range.lowerBound }),
      before.sentence == clause.sentence, before.classes.meets(ClassSet(.agree, .objection))
    else { return false }
    return Self.requesting.contains { s[(clause.range.lowerBound + 1)...].starts(with: $0) }
  }
  private static let again: UInt32 = 0x518D  // 再
  private static let time: UInt32 = 0x6B21  // 次
  private static let through: UInt32 = 0x5F7B, bottom: UInt32 = 0x5E95  // 彻, 底
  private static let requesting = ["麻烦", "请", "烦请", "劳烦", "拜托", "辛苦"].map(Scalars.of)
  static let times = ScalarSet("后才再待等节底候那")
  private static let inOrder = ScalarSet("再才")

  /// 注销, 关闭, 删除, and not 办 or 不用了.
  private func isClosing(_ token: Token) -> Bool {
    text.scalars[token.range].contains { Self.closings.contains($0) || Scalars.isLetter($0) }
  }
  private static let closings = ScalarSet("销关删停")

  private static let fewWords = 8
  static let fewClauses = 5
  private static let veryFewWords = 3
  private static let shortDenial = 9
  static var fields: ClassSet { ClassSet(.topic, .owner, .lead, .own, .identifier, .near, .service) }

  /// 本公司（样例传媒有限公司）: who the applicant is.
  func isName(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isBracketed, index > 0, clause.range.count <= 24 else { return false }
    let allowed = ClassSet(.unknown, .topic, .own, .identifier, .filler)
    guard clause.classes.without(allowed).isEmpty else { return false }
    return script.words(script.clauses[index - 1]).last.map { $0.kind == .own || $0.kind == .topic } ?? false
  }

  /// Few words right behind the statement of which nothing is known: they may empty it (…，你猜).
  func isStrange(_ index: Int, _ isSame: Bool, isBehind: Bool) -> Bool {
    let clause = script.clauses[index]
    guard isBehind else { return false }
    // 那不是我写的: it denies, and speaks of no thing.
    let isDenying =
      isNegating(clause) && clause.classes.meets(ClassSet(.lead, .bare, .own)) && !clause.classes.meets(Self.things)
    if isDenying, clause.range.count <= Self.shortDenial { return true }
    // 吧？, 不是吗: a tail of the statement itself.
    let tail = ClassSet(.hedge, .question, .negation, .filler, .no, .but)
    if isSame, clause.classes.without(tail).isEmpty,
      clause.classes.meets(ClassSet(.hedge, .question, .negation, .no))
    {
      return true
    }
    // 申请人 范舟
    if index > 0, script.clauses[index - 1].end == .gap, let last = script.words(script.clauses[index - 1]).last,
      [.owner, .own, .topic].contains(last.kind)
    {
      return false
    }
    guard isSame, !clause.isBracketed, clause.unknown > 0, clause.unknown * 2 >= clause.range.count else {
      return false
    }
    if clause.classes.meets(Self.anchors) { return false }
    // The value of a field: 联系人：沈某.
    if clause.isLabelled, index > 0, script.clauses[index - 1].classes.meets(Self.fields) { return false }
    // Three characters may be anything; a longer remark empties the statement with a word of doubt or denial.
    let isDoubting = clause.classes.meets(ClassSet(.negation, .none, .hedge, .but, .question, .unread))
    return clause.range.count <= (isDoubting ? Self.fewWords : Self.veryFewWords) && !isName(index)
      && !scale.isLight(index)
  }
}
