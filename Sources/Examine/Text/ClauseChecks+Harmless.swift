/// What looks like a spoiler and is none.
extension ClauseChecks {
  /// The word speaks of something else, or of what was before the statement.
  func isHarmless(_ kind: WordClass, _ index: Int, _ scene: Scene) -> Bool {
    let clause = script.clauses[index]
    // PS：意思不清楚, 别人抄的: takes the sense away wherever it stands.
    if kind == .untrue, clause.has(.unmeant) {
      // 之前不懂简体字, 法人不懂中文: over, or another's.
      return index < scene.first && (clause.has(.elsewhere) || clause.has(.third) && !clause.has(.own))
    }
    // 冷静期是几天？
    if kind == .limit, clause.end == .question, clause.has(.inquiry), isOfPeriod(clause) { return true }
    if isOfOtherAccount(kind, index) { return true }
    if kind == .withdrawn, index > scene.last, takesBackRefusal(index, scene.first) { return true }
    // 也不是替别人写的
    if kind == .behalf, isDenied(clause, kind), !clause.has(.but) { return true }
    // 姓名：某某, where the other fields are filled in.
    if kind == .blank, isHiddenName(index) || isSigned(index) { return true }
    if isAboutThings(index, kind, scene.near) || isNameOfSample(kind, index) { return true }
    if !scene.sentences.contains(clause.sentence), isOfElse(kind, index, scene) { return true }
    let isSame = scene.sentences.contains(clause.sentence)
    // 短信先停一停, 下个月再回访: messages are put off, not the closing.
    if [.pause, .before, .limit].contains(kind), clause.has(.message), !isAboutClosing(clause) { return true }
    if index < scene.first {
      // What was demanded or said before the applicant's own declaration is not about it.
      if Self.leading.has(kind), scene.isAvowed { return true }
      if Self.overtaken.has(kind), isRenewed(index, scene.first, scene.last) { return true }
      // 那句话收回。须知我看过，现在同意: what was taken back is what was said before.
      if kind == .withdrawn,
        clause.has(.turned) || (!isSame && scene.isOwn && clause.end != .colon && !isOfLatter(clause))
      {
        return true
      }
      if kind == .withdrawn, !isSame, isOfFormer(clause) { return true }
      // 上次说撤销申请, 本来打算下个月再注销: overtaken by the statement.
      if !isSame, scene.isOwn || scene.isAvowed {
        if kind == .unread || kind == .untrue, isPast(index) { return true }
        // 第一次提单随便填的
        if kind == .duress, isPast(index), !sentence(index).classes.has(.now) { return true }
        if [.keep, .pause, .limit, .before].contains(kind), isTold(index), !isOrder(kind, clause) { return true }
      }
      // 先是登录不上去: a story.
      if kind == .before, !isSame, !clause.has(.request) { return true }
      // 孩子他爸没空看。我看的，我同意.
      if kind == .unread, scene.isOwn && isOfThird(index) || isOthersAffair(index) { return true }
      // 我太太不太懂这些，须知我自己读了
      if kind == .hedge, scene.isOwn, clause.has(.third),
        !clause.classes.meets(ClassSet(.agree, .notice, .short, .bare)),
        text.scalars[clause.range].contains(where: { Self.understanding.contains($0) })
      {
        return true
      }
      // Somebody's demand in an earlier sentence: the statement that follows is the applicant's.
      if kind == .says, !isSame { return true }
      if kind == .says, scene.isOwn, isToldToSpeak(clause) { return true }
      // 客服说“…”，我…: what was said is the quotation.
      if kind == .says || kind == .instruct || kind == .template, scene.isOwn, isQuoting(index) { return true }
    }
    if kind == .instruct, index > scene.last { return true }
    if kind == .template, isDenied(clause, .template) { return true }
    // 授权书格式不对麻烦发个正确的样张给我: asked for.
    if kind == .template, index > scene.last, clause.has(.request), clause.has(.topic) { return true }
    guard !isSame, !scene.near.contains(clause.sentence) else { return false }
    switch kind {
    case .insincere, .duress, .untrue, .deemed, .unread: return isApart(index)
    case .withdrawn: return index < scene.first && isApart(index)
    default: return false
    }
  }

  /// 冷静期, 恢复期: what the provider grants, asked about.
  private func isOfPeriod(_ clause: Clause) -> Bool {
    let limits = script.words(clause).filter { $0.kind == .limit }
    return limits.allSatisfy { text.scalars[$0.range.upperBound - 1] == Self.period }
      && !clause.classes.meets(ClassSet(.request, .own, .keep, .pause, .before, .balance, .resources, .condition))
  }
  /// 懂, 会用, 认字: 财务好像不放心 is something else.
  private static let understanding = ScalarSet("懂会识字")
  private static let period: UInt32 = 0x671F  // 期

  /// 商城那边的账号我还要用，不要动: an account of another product, named in the clause or in the one before it.
  private func isOfOtherAccount(_ kind: WordClass, _ index: Int) -> Bool {
    guard [.limit, .pause, .keep].contains(kind) else { return false }
    let clause = script.clauses[index]
    if namesOtherAccount(clause) { return true }
    guard index > 0, script.clauses[index - 1].sentence == clause.sentence, clause.unknown == 0,
      clause.classes.without(ClassSet(kind, .filler, .manner, .negation, .request, .polite)).isEmpty
    else { return false }
    return namesOtherAccount(script.clauses[index - 1])
  }

  private func namesOtherAccount(_ clause: Clause) -> Bool {
    guard
      !clause.classes.meets(ClassSet(.close, .condition, .balance, .resources, .notice, .short, .bare, .negation)),
      let product = page.vocabulary.product(in: clause.range, text.scalars),
      !text.scalars[clause.range].contains(where: { Self.untilThen.contains($0) }),
      let account = script.words(clause).first(where: {
        $0.range.lowerBound >= product.upperBound && $0.kind == .topic
      })
    else { return false }
    return text.scalars[account.range].contains { Self.ofAccount.contains($0) }
      && account.range.lowerBound - product.upperBound <= Self.fewBetween
  }
  private static let untilThen = ScalarSet("前后等到才再先退")
  private static let fewBetween = 6

  /// The clause's sentence has a subject of its own: it speaks of things, and neither of the statement nor the notice.
  private func isApart(_ index: Int) -> Bool {
    let (classes, unknown) = sentence(index)
    if classes.meets(ClassSet(.lead, .avow, .bare, .agree, .read, .notice, .short, .near)) { return false }
    return classes.meets(Self.anchors) || unknown > 3
  }

  /// All that a sentence holds.
  func sentence(_ index: Int) -> (classes: ClassSet, unknown: Int) {
    let sentence = script.clauses[index].sentence
    var classes = ClassSet()
    var unknown = 0
    var at = index
    while at >= 0, index - at < Self.farthest, script.clauses[at].sentence == sentence {
      classes.formUnion(script.clauses[at].classes)
      unknown += script.clauses[at].unknown
      at -= 1
    }
    at = index + 1
    while at < script.clauses.count, at - index < Self.farthest, script.clauses[at].sentence == sentence {
      classes.formUnion(script.clauses[at].classes)
      unknown += script.clauses[at].unknown
      at += 1
    }
    return (classes, unknown)
  }

  /// Said of somebody else and not of the applicant.
  private func isOfThird(_ index: Int) -> Bool {
    var at = index
    while at >= 0, index - at < 3, script.clauses[at].sentence == script.clauses[index].sentence {
      if script.clauses[at].has(.third) { return true }
      if script.clauses[at].has(.own) { return false }
      at -= 1
    }
    return false
  }

  /// 前任没看过也没同意，那是前任的事: another's refusal, and the sentence says that it is his affair.
  func isOthersAffair(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.has(.third), !clause.classes.meets(ClassSet(.notice, .short)) else { return false }
    return ((index + 1)..<min(index + 3, script.clauses.count)).contains { at in
      let next = script.clauses[at]
      return next.sentence == clause.sentence && next.has(.third)
        && text.scalars[next.range].starts(with: Self.affair) && !next.classes.meets(ClassSet(.own, .negation))
    }
  }
  private static let affair = Scalars.of("那是")

  /// The clause leads to a quotation right behind it.
  private func isQuoting(_ index: Int) -> Bool {
    guard index + 1 < script.clauses.count else { return false }
    return script.words(script.clauses[index + 1]).first?.isQuoted ?? false
  }

  /// 先别注销, 再关闭: the word itself or the clause is about the closing.
  private func isAboutClosing(_ clause: Clause) -> Bool {
    if clause.classes.meets(ClassSet(.close, .keep, .balance, .resources, .identifier)) { return true }
    return script.words(clause).contains { word in
      [.pause, .before, .limit].contains(word.kind) && text.scalars[word.range].contains { Self.closing.contains($0) }
    }
  }
  static let closing = ScalarSet("销关删户号停动办理")
  private static let absent = Scalars.of("不存在")

  /// 账号都别动, 状态不能变: holds now, whatever was before.
  private func isOrder(_ kind: WordClass, _ clause: Clause) -> Bool {
    guard kind == .pause || kind == .limit else { return false }
    return script.words(clause).contains { word in
      word.kind == kind && text.scalars[word.range].contains { Self.orders.contains($0) }
        && text.scalars[word.range].contains { Self.changes.contains($0) }
    }
  }
  private static let orders = ScalarSet("别勿准许能要")
  private static let changes = ScalarSet("动变")

  /// Said to have been so before: 上次我写的是不同意, 之前我不同意. 退款之前 behind what is still to come is none.
  func isPast(_ index: Int) -> Bool { pastWords(index).contains { $0.fine != .until || $0.isFirst } }

  /// 本来打算, 上次说: what is told is over. 之前 and 以前 leave open whether they mean 退款之前.
  private func isTold(_ index: Int) -> Bool { pastWords(index).contains { $0.fine != .until } }

  /// The words of earlier times in a sentence, and whether each begins its clause.
  private func pastWords(_ index: Int) -> [(fine: WordClass?, isFirst: Bool)] {
    let sentence = script.clauses[index].sentence
    let low = max(0, index - Self.farthest)
    let high = min(script.clauses.count, index + Self.farthest)
    return (low..<high).filter { script.clauses[$0].sentence == sentence && script.clauses[$0].has(.elsewhere) }
      .flatMap { at in
        let words = script.words(script.clauses[at])
        let first = words.firstIndex { ![.filler, .own, .polite, .but].contains($0.kind) }
        return words.indices.filter { words[$0].kind == .elsewhere }.map { (words[$0].fine, $0 == first) }
      }
  }

  /// 写的是不同意，作废。以这张为准：…: what was taken back is what was said before.
  func isRenewed(_ index: Int, _ first: Int, _ last: Int) -> Bool {
    let end = min(last + 1, script.clauses.count - 1)
    return end - index < Self.farthest
      && (index...end).contains { script.clauses[$0].classes.meets(ClassSet(.now, .avow)) }
  }

  /// The sentences right before and behind the statement, of the applicant's words.
  func neighbours(_ first: Int, _ last: Int) -> Places {
    var found: [Int] = []
    let low = script.clauses[first].sentence
    let high = script.clauses[last].sentence
    if let before = own.last(where: { $0 < first && script.clauses[$0].sentence < low }) {
      found.append(script.clauses[before].sentence)
    }
    if let behind = own.first(where: { $0 > last && script.clauses[$0].sentence > high }) {
      found.append(script.clauses[behind].sentence)
    }
    // Sentences between the two halves are as near as can be.
    if high - low < Self.farthest { found += low...high }
    return Places(found)
  }

  /// 代金券会作废, 手机号已失效: things are void, not the statement.
  private func isAboutThings(_ index: Int, _ kind: WordClass, _ near: Places) -> Bool {
    let clause = script.clauses[index]
    let isAboutIt = clause.classes.meets(ClassSet(.lead, .avow, .bare, .agree, .read, .notice, .short))
    switch kind {
    case .withdrawn, .untrue:
      if isDenied(clause, kind) || kind == .withdrawn && isOfPassage(clause) { return true }
      if isAboutIt || kind == .untrue && namesPaper(clause, kind) { return false }
      // 《腾讯云服务协议》——旧版: another paper alone is named in the sentence.
      if kind == .untrue, isOfOtherPaper(index) { return true }
      // 链接打不开 beside the statement is the notice's; 控制台页面打不开 is not.
      let isPlace =
        clause.has(.place) && !sentence(index).classes.meets(ClassSet(.service, .close, .resources, .balance))
      if kind == .untrue, isOfConsole(index) { return true }
      if kind == .untrue, isPlace, near.contains(clause.sentence) { return false }
      if clause.classes.meets(Self.things) && !(kind == .withdrawn && isStipulated(clause))
        || clause.has(.service) && kind == .withdrawn && !clause.has(.condition)
      {
        return true
      }
      // 备案提交过，没有通过就撤回了: the clause before names the thing.
      guard index > 0, !near.contains(clause.sentence) else { return false }
      let before = script.clauses[index - 1]
      return before.sentence == clause.sentence && before.classes.meets(Self.things)
        && !before.classes.meets(ClassSet(.lead, .avow, .bare, .agree, .read))
    case .limit:
      // 只注销 100012345678: which account it is; 保留到 2026-12-31 is a time.
      return isDenied(clause, kind) || clause.has(.identifier) && !clause.has(.resources) && isOnly(clause)
        || isOfComplaint(clause) || isKept(clause)
    case .pause: return isDenied(clause, kind) || isOfReason(index)
    case .deemed: return clause.has(.waive) && !isAboutIt
    case .unread:
      // 你们是不是不看工单的？
      if clause.end == .question, clause.has(.you), clause.has(.question),
        !clause.classes.meets(ClassSet(.own, .notice, .short, .bare, .agree, .near, .objection))
      {
        return true
      }
      let words = script.words(clause)
      guard let at = words.firstIndex(where: { $0.kind == .unread }) else { return false }
      if clause.classes.meets(ClassSet(.document, .message, .balance)) || clause.has(.topic) && !near.isEmpty,
        !clause.classes.meets(ClassSet(.notice, .short, .bare))
      {
        return true
      }
      if isOfOtherMatter(index) { return true }
      // 不存在没读的情况
      return at > words.startIndex
        && (words[at - 1].kind == .negation
          || words[at - 1].kind == .none && text.scalars[words[at - 1].range].elementsEqual(Self.absent))
    // Pay me back first, then delete: the closing comes behind it.
    case .before
    where following(index).map({ script.clauses[$0].sentence == clause.sentence && script.clauses[$0].has(.close) })
      ?? false:
      return clause.classes.meets(ClassSet(.lead, .avow))
    case .before:
      // 先退款, 先把备案办完: something comes before the closing; 我先说明一下 puts off nothing.
      return clause.classes.meets(ClassSet(.lead, .avow))
        || !clause.classes.meets(ClassSet(.service, .balance, .resources, .topic, .close, .waive, .request))
    // 只好走工单, 不得不注销.
    case .duress:
      return isFree(clause)
        || !isAboutIt && (clause.classes.meets(ClassSet(.service, .close, .request)) || !leadsToAct(index))
    case .says:
      // 他让我写的, 客服说: only with somebody who says it.
      // 客服让我重新提交 speaks of the ticket.
      return clause.has(.per) || !clause.classes.meets(ClassSet(.third, .agent, .you))
        || (clause.classes.meets(ClassSet(.service, .topic, .resources, .balance)) && !isAboutIt)
    case .instruct, .template: return clause.has(.per)
    // 不是秘书代笔
    case .behalf:
      let words = script.words(clause)
      return words.first { ![.own, .filler, .yes].contains($0.kind) }?.kind == .negation
        && words.count(where: { $0.kind == .negation }) == 1
        && clause.classes.without(ClassSet(.negation, .behalf, .third, .filler, .own, .yes)).isEmpty
    // 138****8000: a masked number.
    case .blank: return clause.has(.identifier) && !isAboutIt
    case .hedge where isBehindCall(index) || isOfAmount(index): return true
    case .hedge: return !isAboutIt && (clause.unknown > 0 || clause.classes.meets(Self.anchors))
    default: return false
    }
  }

  /// 大概 982 GB: the clause is a word before a number, which stands apart.
  func isOfAmount(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.classes.without(ClassSet(.hedge, .filler, .manner)).isEmpty else { return false }
    return text.scalars[clause.range.upperBound...].first { $0 != 0x20 }.map(Scalars.isDigit) ?? false
  }

  /// 须知打不开: the word itself names the paper.
  func namesPaper(_ clause: Clause, _ kind: WordClass) -> Bool {
    script.words(clause).contains { word in
      word.kind == kind && text.scalars[word.range].contains { Self.ofPaper.contains($0) }
    }
  }
  private static let ofPaper = ScalarSet("知协")

  /// 照片都存好了: told of one's own things, and nothing is asked.
  private func isKept(_ clause: Clause) -> Bool {
    guard let last = text.scalars[clause.range].last(where: { $0 != 0x20 }), last == 0x4E86,  // 了
      script.words(clause).count(where: { $0.kind == .limit }) == 1
    else { return false }
    return clause.classes.without(ClassSet(.limit, .topic, .filler, .own, .manner, .service)).isEmpty
  }

  /// 未受任何人胁迫, nobody forced me: the word is denied, once, by what stands before it in its clause.
  private func isFree(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .duress }),
      words.count(where: { $0.kind == .duress }) == 1, !words[at...].contains(where: { $0.kind == .agree })
    else { return false }
    let before = words[..<at]
    let denials = before.count { $0.kind == .negation || $0.kind == .none }
    return denials == 1 && before.allSatisfy { Self.ofFreedom.has($0.kind) }
  }
  private static let ofFreedom = ClassSet(
    .negation, .none, .filler, .manner, .third, .you, .own, .lead, .avow, .yes, .and, .bare, .agent)

  /// 代金券规则：没看, 至于发票说明，没看: what was not read stands in the clause before, and it is no paper of the closing.
  private func isOfOtherMatter(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard index > 0, clause.classes.without(ClassSet(.unread, .filler, .manner, .and, .own)).isEmpty,
      !clause.isBracketed
    else {
      return false
    }
    let before = script.clauses[index - 1]
    // 隐私政策太长，我没看
    if clause.has(.own), !before.has(.document) { return false }
    guard before.sentence == clause.sentence, !before.has(.place),
      !before.classes.meets(ClassSet(.notice, .short, .bare, .ambiguous, .lead, .avow, .read, .agree, .know, .close))
    else { return false }
    return before.classes.meets(ClassSet(.document, .message, .balance))
      || script.words(before).contains { $0.kind == .topic && Self.matters.contains(Array(text.scalars[$0.range])) }
  }
  private static let matters = Set(
    [
      "代金券", "优惠券", "券", "积分", "会员", "发票", "域名", "备案号", "套餐", "升级套餐", "合同", "订单", "账单", "coupon", "coupons", "voucher",
      "vouchers",
    ].map(
      Scalars.of))

  /// 上面划掉的作废, 前面说的全部作废: what is void was said above, and the statement follows.
  private func isOfFormer(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range]
    return clause.end != .colon && Self.former.contains { Scalars.contains(s, $0) } && !isOfLatter(clause)
  }

  private func isOfLatter(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range]
    return Self.latter.contains { Scalars.contains(s, $0) }
  }
  private static let former = ["上面", "以上", "前面", "上文", "划掉的", "划去的", "删掉的", "上一条", "上条"].map(Scalars.of)
  private static let latter = [
    "下面", "以下", "下文", "下述", "如下", "下列", "本页", "本声明", "本单", "后面", "里面", "里头", "本邮件", "这封", "正文",
  ].map(Scalars.of)

  /// 照片没拿回来不作数: one denial before the word makes it a condition.
  private func isStipulated(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .withdrawn }) else { return false }
    return text.scalars[words[at].range.lowerBound] == 0x4E0D  // 不
      && words[..<at].contains { $0.kind == .negation || $0.kind == .none }
  }

  /// 备案失效那两段: what the paper says of a thing.
  func isOfPassage(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .withdrawn }), at > words.startIndex,
      [.topic, .service, .balance, .resources].contains(words[at - 1].kind)
    else { return false }
    let behind = text.scalars[words[at].range.upperBound..<clause.range.upperBound].prefix(5)
    guard let first = behind.first, Self.pointers.contains(first) else { return false }
    return behind.dropFirst().contains { Self.passages.contains($0) }
  }
  private static let pointers = ScalarSet("那这的")
  private static let passages = ScalarSet("段条节章款项些")

  /// 只注销, 仅关闭
  private func isOnly(_ clause: Clause) -> Bool {
    script.words(clause).contains { $0.kind == .limit && Self.only.contains(text.scalars[$0.range.lowerBound]) }
  }
  static let only = ScalarSet("只仅")

  /// 登录不了控制台那个页面，一直转圈; 自助注销那里一直转圈: what does not load is no paper.
  private func isOfConsole(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    var classes = clause.classes
    if index > 0, script.clauses[index - 1].sentence == clause.sentence {
      classes.formUnion(script.clauses[index - 1].classes)
    }
    let isTurning = script.words(clause).contains { word in
      word.kind == .untrue && Self.loading.contains(Array(text.scalars[word.range]))
    }
    return isTurning && classes.meets(ClassSet(.service, .close))
      && !classes.meets(Self.papers.union(ClassSet(.part, .agree, .read, .lead, .avow)))
  }
  /// The clause before names another paper, and the sentence neither the notice nor an act of agreeing.
  private func isOfOtherPaper(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let (before, clause) = (script.clauses[index - 1], script.clauses[index])
    return before.sentence == clause.sentence && before.has(.document)
      && !sentence(index).classes.meets(ClassSet(.notice, .short, .bare, .ambiguous, .agree, .read, .know, .close))
  }

  private static let loading = Set(["转圈", "白屏", "加载失败", "加载不出来"].map(Scalars.of))
  private static var papers: ClassSet { ClassSet(.notice, .short, .ambiguous, .bare, .document) }

  /// 没办法，只好同意: an act of the statement follows in the clause or right behind it.
  private func leadsToAct(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if clause.unknown * 2 < clause.range.count { return true }
    return own.contains {
      $0 > index && $0 - index < Self.fewClauses && script.clauses[$0].sentence == clause.sentence
        && script.clauses[$0].classes.meets(Self.acting)
    }
  }

  /// 周三我回的是“不同意”。今天我同意，周三那句不算数: what is taken back is the refusal of the day that both name.
  func takesBackRefusal(_ index: Int, _ first: Int) -> Bool {
    let clause = script.clauses[index]
    let s = text.scalars[clause.range].drop { $0 == 0x20 }
    guard let that = s.firstIndex(of: Self.that), that > s.startIndex + 1 else { return false }
    let day = s[(that - 2)..<that]
    let low = max(0, index - Self.farthest)
    guard
      let refused = (low..<max(low, first)).first(where: { at in
        script.clauses[at].classes.meets(ClassSet(.negation, .objection))
          && script.clauses[at].classes.meets(ClassSet(.agree, .objection))
      })
    else { return false }
    func names(_ at: Int) -> Bool { Scalars.contains(text.scalars[script.clauses[at].range], Array(day)) }
    let sentence = script.clauses[refused].sentence
    return (low..<first).contains { script.clauses[$0].sentence == sentence && names($0) }
      && !(max(low, first)..<index).contains(where: names)
  }
  private static let that: UInt32 = 0x90A3  // 那
}
