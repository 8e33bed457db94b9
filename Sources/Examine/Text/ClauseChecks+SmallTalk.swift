/// What natural tickets say beside a statement without limiting it: what there is, why the applicant leaves, what he
/// complains about, who told him to write; and the one kind of wish that does limit it.
extension ClauseChecks {
  /// 账户里只有一个过期的证书, 云上只剩一个空桶: what there is, not what must be.
  func isInventory(_ clause: Clause) -> Bool {
    let s = text.scalars
    guard
      let at = clause.range.dropFirst().first(where: { at in
        Self.left.contains { s[at..<clause.range.upperBound].starts(with: $0) }
      }), Self.within.contains(s[at - 1]) || s[at - 1] == 0x20 && at > 1 && Self.within.contains(s[at - 2]),
      !s[at..<clause.range.upperBound].contains(where: { Self.demanding.contains($0) || Self.times.contains($0) }),
      script.words(clause).count(where: { $0.kind == .condition }) <= 1
    else { return false }
    return !clause.classes.meets(
      ClassSet(
        .request, .future, .keep, .pause, .limit, .before, .close, .negation, .agree, .read, .bare, .lead, .notice,
        .short, .balance, .objection, .near))
  }
  private static let left = ["只有", "只剩", "仅有", "仅剩", "就剩", "还剩", "剩下"].map(Scalars.of)
  private static let within = ScalarSet("里内中上下")
  /// 要求, 条件, 请求, 疑问, 顾虑
  private static let demanding = ScalarSet("求件疑虑留退还问")

  /// 希望修改第三条: something of the paper is to be other than it is.
  func isAmending(_ clause: Clause) -> Bool {
    guard clause.classes.meets(ClassSet(.part, .notice, .short, .bare)), clause.classes.meets(ClassSet(.request, .but)),
      !clause.classes.meets(ClassSet(.read, .know, .agree, .polite))
    else { return false }
    let s = text.scalars[clause.range]
    return Self.amending.contains { Scalars.contains(s, $0) }
  }
  private static let amending = ["修改", "改成", "改为", "改一下", "改掉", "去掉", "删掉", "删去", "删除第", "取消第", "调整", "商榷", "重新拟"].map(
    Scalars.of)

  /// 月底我们搬办公室: what the applicant is about to do himself, in a sentence that touches nothing of the ticket.
  func isOfOwnLife(_ clause: Clause) -> Bool {
    guard clause.has(.own),
      clause.classes.without(ClassSet(.own, .unknown, .filler, .manner, .topic, .third, .and, .reason, .near)).isEmpty,
      !clause.has(.near) || clause.unknown > 2
    else { return false }
    let words = script.words(clause)
    guard words.allSatisfy({ $0.kind != .topic || !Self.ofTicket.contains(Array(text.scalars[$0.range])) }) else {
      return false
    }
    let s = text.scalars[clause.range]
    return !s.contains { Self.using.contains($0) } && Self.moving.contains { Scalars.contains(s, $0) }
  }
  /// 非常感谢那位姓柳的客服
  func isThanks(_ clause: Clause) -> Bool {
    guard let first = script.words(clause).first(where: { $0.kind != .filler && $0.kind != .manner }),
      first.kind == .polite, text.scalars[first.range].contains(Self.thank)
    else { return false }
    return !clause.classes.meets(Self.touching.union(ClassSet(.condition, .negation, .future, .service, .request)))
  }
  private static let thank: UInt32 = 0x8C22  // 谢

  /// 所有条款都接受，包括注销后查不到账单: what is accepted with the rest, told right behind.
  func isListOfContents(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard index > 0, script.clauses[index - 1].sentence == clause.sentence, script.clauses[index - 1].has(.agree),
      !clause.classes.meets(ClassSet(.request, .condition, .keep, .pause, .before, .but, .future, .agree, .objection))
    else { return false }
    let s = text.scalars[clause.range].drop { $0 == 0x20 }
    return Self.including.contains { s.starts(with: $0) }
  }
  private static let including = ["包括", "包含", "including"].map(Scalars.of)

  private static let moving = ["搬", "出国", "散伙", "退休", "离职", "停业", "歇业", "移民", "解散", "休产假", "关店", "毕业"].map(Scalars.of)
  private static let ofTicket = Set(
    ["账号", "账户", "数据", "域名", "证书", "材料", "资料", "声明", "工单", "网站", "业务", "钱", "押金"].map(Scalars.of))
  private static let using = ScalarSet("用登要等留存退再先暂候停别勿才须得给让拿取补查看想悔反改变算认")

  /// 投诉另说, 发票另谈: something apart that limits nothing.
  func isOfComplaint(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .limit }), at > words.startIndex,
      text.scalars[words[at].range].contains(where: { Self.apart.contains($0) }), clause.unknown <= 2,
      clause.classes.without(ClassSet(.limit, .topic, .message, .filler, .unknown, .you, .and)).isEmpty
    else { return false }
    return words.count { $0.kind == .limit } == 1
      && words.allSatisfy { $0.kind != .topic || Self.complaints.contains(Array(text.scalars[$0.range])) }
      && words[..<at].contains { $0.kind == .topic }
  }
  private static let apart = ScalarSet("另")
  private static let complaints = Set(["投诉", "发票", "票据", "快递", "回访", "建议", "赔偿"].map(Scalars.of))

  /// I'm moving next month and no longer need the account: when the applicant leaves, not when the closing may begin.
  func isOfReason(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let words = script.words(clause)
    // I'm done next month, delete it then.
    let isAlone = !(max(0, index - Self.fewClauses)..<min(script.clauses.count, index + Self.fewClauses)).contains {
      $0 != index && script.clauses[$0].sentence == clause.sentence
        && script.clauses[$0].classes.meets(ClassSet(.close, .request, .bare))
    }
    guard isAlone else { return false }
    guard let at = words.firstIndex(where: { $0.kind == .pause }), words.count(where: { $0.kind == .pause }) == 1,
      Self.moments.contains(Array(text.scalars[words[at].range])),
      words.first(where: { ![.filler, .polite, .and].contains($0.kind) }).map({ $0.kind == .own || $0.kind == .unknown }
      )
        ?? false || words.first.map({ Self.leaving.contains(Array(text.scalars[$0.range])) }) ?? false,
      !clause.classes.meets(
        ClassSet(.request, .keep, .limit, .before, .condition, .future, .agree, .read, .notice, .short, .bare, .lead))
    else { return false }
    return words.allSatisfy { $0.kind != .close || Self.useless.contains(Array(text.scalars[$0.range])) }
      && !words[..<at].contains { $0.kind == .close }
  }
  private static let moments = Set(["next month", "下星期", "下季度", "下月底"].map(Scalars.of))
  private static let leaving = Set(["i'm", "we're", "im"].map(Scalars.of))
  private static let useless = Set(
    [
      "no longer need", "no longer use", "don't need", "don't need it any more", "not using", "不再使用", "不再需要", "不用了",
      "不需要了", "用不上", "用不着", "不用", "不要了",
    ].map(Scalars.of))

  /// 姓名：某某 as the value of a field of its own, and a number or an address in another.
  func isHiddenName(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isLabelled, clause.tokens.count == 1, clause.has(.blank), index > 0,
      script.words(clause).allSatisfy({ text.scalars[$0.range].allSatisfy(Self.hidden.contains) }),
      script.words(script.clauses[index - 1]).last.map({ $0.kind == .topic }) ?? false
    else { return false }
    return own.contains { $0 != index && script.clauses[$0].has(.identifier) }
      && !own.contains { $0 != index && script.clauses[$0].classes.meets(ClassSet(.blank, .template)) }
  }
  private static let hidden = ScalarSet("某")

  /// （签名）蒋某 at the end of the text: the mark is filled in.
  func isSigned(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let words = script.words(clause)
    guard index + 2 >= script.clauses.count, let mark = words.first, mark.kind == .blank,
      words.count(where: { $0.kind == .blank }) == 1, Self.signatures.contains(Array(text.scalars[mark.range])),
      let name = words.dropFirst().first, name.kind == .unknown, (2...4).contains(name.range.count),
      text.scalars[name.range].allSatisfy(Scalars.isHan)
    else { return false }
    return words.dropFirst(2).allSatisfy { $0.kind == .filler || $0.kind == .identifier }
  }
  private static let signatures = Set(["（签名）", "（签字）", "(签名)", "(签字)"].map(Scalars.of))

  /// 领导说须本人确认，本人…; the applicant was told to speak for himself, and does.
  func isToldToSpeak(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range]
    return clause.end == .comma && clause.classes.meets(ClassSet(.own, .manner))
      && Self.inPerson.contains { Scalars.contains(s, $0) }
      && !clause.classes.meets(ClassSet(.negation, .none, .read, .agree, .know, .objection, .notice, .short, .template))
  }
  private static let inPerson = [
    "本人确认", "亲自确认", "自己确认", "本人声明", "亲自声明", "自己声明", "亲自写", "本人写", "本人表态", "亲自表态", "亲自说", "本人说明",
  ].map(Scalars.of)

  /// 执照要等周一才能拍，到时补传: when a photo or a copy follows; the closing and the statement are not spoken of.
  func isOfMaterial(_ index: Int) -> Bool {
    let s = text.scalars
    let own = script.clauses[index]
    var words: [ArraySlice<UInt32>] = []
    for at in max(0, index - Self.fewClauses)..<min(script.clauses.count, index + Self.fewClauses)
    where script.clauses[at].sentence == own.sentence {
      let clause = script.clauses[at]
      if clause.classes.meets(Self.beyondMaterial) || clause.end == .question { return false }
      words.append(s[clause.range])
    }
    return words.contains { part in Self.materials.contains { Scalars.contains(part, $0) } }
      && words.contains { part in Self.supplying.contains { Scalars.contains(part, $0) } }
      && !words.contains { $0.contains { Self.holdingUp.contains($0) } }
  }
  private static var beyondMaterial: ClassSet {
    ClassSet(
      .close, .keep, .limit, .balance, .resources, .bare, .lead, .avow, .withdrawn, .unread, .agree, .read, .notice,
      .short, .deemed, .waive, .insincere, .duress, .untrue, .ambiguous, .document, .prohibition)
  }
  private static let materials = ["照片", "相片", "执照", "盖章件", "身份证", "证件", "截图", "复印件", "扫描件", "授权书", "正面照", "反面照"].map(
    Scalars.of)
  private static let supplying = ["补传", "补交", "补拍", "补寄", "补发", "补上", "补给", "补来", "再传", "上传", "重拍", "再拍", "再寄"].map(
    Scalars.of)
  private static let holdingUp = ScalarSet("销关删停勿别暂缓留存退算效认办当")

  /// 除了看须知，我还翻了 FAQ: what comes on top excepts nothing.
  func isAdding(_ index: Int) -> Bool {
    let s = text.scalars
    let clause = script.clauses[index]
    guard let from = clause.range.first(where: { s[$0] != 0x20 }),
      s[from..<clause.range.upperBound].starts(with: Self.besides),
      clause.end == .comma, clause.classes.meets(ClassSet(.read, .know)),
      clause.classes.without(ClassSet(.condition, .read, .know, .filler, .manner, .own, .notice, .short, .bare))
        .isEmpty,
      let next = following(index), script.clauses[next].sentence == clause.sentence
    else { return false }
    let other = script.clauses[next]
    return other.has(.own) && s[other.range].contains { Self.too.contains($0) }
      && !other.classes.meets(
        ClassSet(.negation, .none, .condition, .but, .objection, .request, .limit, .hedge, .future))
  }
  private static let besides = Scalars.of("除了")
  private static let too = ScalarSet("还也")
}
