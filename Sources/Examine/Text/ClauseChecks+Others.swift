import ClosureModel

/// What others say about the applicant, and whom the applicant speaks for.
extension ClauseChecks {
  // MARK: Notes

  /// 客服备注：客户对第六条不接受: somebody's note tells that the applicant refuses, doubts or has not read. Who is right
  /// is for a person to find out.
  func note(_ first: Int, _ last: Int) -> Problem? {
    for index in script.clauses.indices {
      let clause = script.clauses[index]
      guard clause.classes.meets(Self.against) else { continue }
      let isAgents = clause.speaker == .agent
      guard isAgents || clause.speaker == .applicant && clause.has(.owner),
        // 驳回理由写的是“未见用户表态”: told by the applicant, who answers it.
        !(script.words(clause).first?.isQuoted ?? false)
      else { continue }
      let isAgainst =
        isAgents && index > first && clause.classes.meets(ClassSet(.withdrawn, .keep, .pause, .unread))
        || isReport(index, isBehind: index > last)
      if isAgainst { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    }
    return nil
  }

  /// The note's sentence speaks of the customer, or stands behind the statement, and is not told to him.
  private func isReport(_ index: Int, isBehind: Bool) -> Bool {
    let clause = script.clauses[index]
    var classes = ClassSet()
    var at = index
    while at >= 0, index - at < Self.fewClauses, script.clauses[at].sentence == clause.sentence {
      classes.formUnion(script.clauses[at].classes)
      at -= 1
    }
    guard !classes.meets(Self.told), clause.end != .question else { return false }
    let isAgents = clause.speaker == .agent
    guard classes.meets(ClassSet(.owner, .third)) || isAgents && namesApplicant(at + 1...index) else {
      // 经核实未同意须知, in a note behind the statement.
      return isAgents && isBehind && clause.classes.meets(ClassSet(.negation, .none, .objection))
        && classes.meets(ClassSet(.read, .know, .agree, .objection, .notice, .short))
    }
    if !isAgents, classes.meets(ClassSet(.own, .avow)) { return false }
    // 客户未提供照片: a matter of the material.
    if clause.classes.meets(Self.denying), classes.meets(Self.concerning) { return true }
    return clause.classes.meets(Self.wavering) || isAgents && clause.has(.no) && classes.meets(Self.concerning)
  }

  /// 申请人未阅读: the applicant as others call him.
  private func namesApplicant(_ clauses: ClosedRange<Int>) -> Bool {
    clauses.contains { index in
      script.words(script.clauses[index]).contains {
        $0.kind == .own && Self.applicant == Array(text.scalars[$0.range])
      }
    }
  }
  private static let applicant = Scalars.of("申请人")

  private static var denying: ClassSet { ClassSet(.negation, .none, .objection, .hedge, .condition, .future) }
  private static var wavering: ClassSet { ClassSet(.unread, .untrue, .withdrawn, .keep, .pause, .future, .objection) }
  private static var against: ClassSet { denying.union(wavering).union(ClassSet(.no)) }
  private static var concerning: ClassSet {
    ClassSet(.read, .know, .agree, .near, .objection, .notice, .short, .bare, .part, .lead)
  }
  /// 您好，请…: words to the applicant.
  private static var told: ClassSet { ClassSet(.you, .instruct, .template, .polite, .question) }

  /// 上述声明与本单无关: said of the statement, or right behind it.
  func isUnrelated(_ clause: Clause, isTail: Bool) -> Bool {
    isTail && clause.tokens.count <= 2 && Scalars.contains(text.scalars[clause.range], Self.unrelated)
      || clause.classes.meets(ClassSet(.lead, .bare)) && Scalars.contains(text.scalars[clause.range], Self.unrelated)
        && script.words(clause).contains { Self.statement.contains(Array(text.scalars[$0.range])) }
  }
  private static let unrelated = Scalars.of("无关")
  private static let statement = Set(["声明", "说明", "上述内容", "以上内容", "这句话", "这段话", "表态", "承诺"].map(Scalars.of))

  // MARK: Proxies

  /// 受客户委托, 代表该客户, 经客户授权: the applicant speaks for somebody who is not his own organisation.
  var proxy: Problem? {
    let (mayBeCommission, mayBeForOther) = (page.traces.mayHold(Self.receiving), page.traces.mayHold(Self.stand))
    guard mayBeCommission || mayBeForOther else { return nil }
    let found = own.first { mayBeCommission && isCommissioned($0) || mayBeForOther && isForOther($0) }
    return found.map { Problem(code: .consentThirdParty, isDenial: false, clause: $0) }
  }

  /// 受李女士委托, 受我公司客户书面委托, 经客户授权; not 受本公司委托.
  private func isCommissioned(_ index: Int) -> Bool {
    let s = text.scalars
    let range = script.clauses[index].range
    guard let at = Self.receiving.first(in: s, range, where: { isCommission($0, range.upperBound) }) else {
      return false
    }
    let end = commissionEnd(at, range.upperBound) ?? range.upperBound
    return !isOwnOrganisation((at + 1)..<end)
  }

  private func isCommission(_ at: Int, _ limit: Int) -> Bool { commissionEnd(at, limit) != nil }

  /// Where the word of commissioning stands behind 受, 经 or 凭.
  private func commissionEnd(_ at: Int, _ limit: Int) -> Int? {
    let s = text.scalars
    let most = min(limit, at + Self.longestCommission)
    // 老板已经授权给我: 经 of 已经
    if s[at] == Self.through, at > 0, s[at - 1] == Self.already { return nil }
    // 经办人董某受本公司委托
    if at + 1 < limit, s[at + 1] == Self.handling { return nil }
    // 受权, 接受…: 受 takes a commission; 经 and 凭 need somebody's authorisation.
    let words = s[at] == Self.receive ? Self.commissions : Self.authorisations
    guard at + 1 < most else { return nil }
    let end = (at + 1..<most).first { words.begins(s[$0..<limit]) }
    return end.flatMap { end in s[(at + 1)..<end].contains { Self.receiving.contains($0) } ? nil : end }
  }

  /// 我司, 公司法定代表人: the applicant's own organisation and its people, and nobody else between.
  func isOwnOrganisation(_ range: Range<Int>) -> Bool {
    let s = text.scalars
    let name = s[range].filter { $0 != 0x20 && !Self.glue.contains($0) }
    if Self.organisationNames.contains(name) { return true }
    let others = Self.others.contains { Scalars.contains(s[range], $0) }
    return !others && Self.ours.contains { name.starts(with: $0) }
  }

  private static let longestCommission = 18
  private static let receive: UInt32 = 0x53D7  // 受
  private static let through: UInt32 = 0x7ECF  // 经
  private static let already: UInt32 = 0x5DF2  // 已
  private static let handling: UInt32 = 0x529E  // 办
  private static let receiving = ScalarSet("受经凭持")
  private static let commissions = WordSet(["委托", "委派", "之托", "所托", "嘱托", "托付", "之请", "授权"])
  private static let authorisations = WordSet(["授权", "委托"])
  private static let glue = ScalarSet("的之已书面正式全权特")
  private static let organisationNames = Set(
    ["公司", "单位", "企业", "学校", "法人", "法定代表人", "董事会", "股东会", "领导", "公司领导", "公司法人", "公司法定代表人", "负责人", "公司负责人"].map(
      Scalars.of))
  private static let ours = [
    "我司", "我公司", "本公司", "我们公司", "本单位", "我单位", "本企业", "我校", "本校", "我院", "本院", "我厂", "本厂", "我店", "本店", "我社", "本社", "我方",
    "我所", "本所", "我会", "本会",
  ].map(Scalars.of)
  private static let others = ["客户", "用户", "甲方", "户主", "业主", "委托", "当事人", "朋友", "持有人", "合作", "供应商"].map(Scalars.of)

  /// 代表该客户, 代表户主声明, 作为客户的代理人, 以客户名义.
  private func isForOther(_ index: Int) -> Bool {
    let words = script.words(script.clauses[index])
    let s = text.scalars
    guard s[script.clauses[index].range].contains(Self.stand) else { return false }
    return words.indices.contains { at in
      guard s[words[at].range].starts(with: Self.represent) else { return false }
      let whole = words[at].range.count > Self.represent.count
      if whole, isNamedPrincipal(words, at) { return true }
      // 代表公司 is one's own; 法人代表, 授权代表 are posts.
      guard !whole, words[at].kind != .own, at == words.startIndex || words[at - 1].kind != .third else { return false }
      let next = words[(at + 1)...].first { $0.kind != .filler && $0.kind != .unknown }
      return next.map { $0.kind == .owner || $0.kind == .third } ?? false
    }
  }

  /// 现由我代表老梁表示, 代表林某声明: a person's name, no organisation's.
  private func isNamedPrincipal(_ words: ArraySlice<Token>, _ at: Int) -> Bool {
    let name = text.scalars[words[at].range].dropFirst(Self.represent.count)
    guard words[at].kind == .unknown, (2...4).contains(name.count), name.allSatisfy(Scalars.isHan),
      !names.isOrganisation(name), let next = words[(at + 1)...].first
    else { return false }
    return [.lead, .avow, .read, .know, .agree].contains(next.kind)
      || Self.declaring.begins(text.scalars[next.range])
  }
  private static let declaring = WordSet(["表示", "表态", "确认", "承诺", "说", "答复"])
  private static let stand: UInt32 = 0x4EE3  // 代
  private static let represent = Scalars.of("代表")
}
