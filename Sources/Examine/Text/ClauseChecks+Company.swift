/// People beside the applicant who act with him: partners, staff of his organisation.
extension ClauseChecks {
  /// 我和我的合伙人: somebody else together with the applicant.
  func isJoint(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let third = words.firstIndex(where: { $0.kind == .third }) else { return true }
    // My business partner and I
    if third + 2 < words.endIndex, words[third + 1].kind == .and, words[third + 2].kind == .own,
      third + 3 == words.endIndex || ![.third, .says, .unknown].contains(words[third + 3].kind),
      words.count(where: { $0.kind == .third }) == 1
    {
      return true
    }
    guard let first = words[..<third].firstIndex(where: { $0.kind == .own }) else { return false }
    return words[first..<third].contains { $0.kind == .and }
  }

  /// 侄子帮我念出来，我对着屏幕看的: somebody helps the applicant, who reads himself behind it.
  func isHelped(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let third = words.firstIndex(where: { $0.kind == .third }), third + 1 < words.endIndex,
      Self.helping.contains(Array(text.scalars[words[third + 1].range])),
      words.count(where: { $0.kind == .third }) == 1,
      let act = words.lastIndex(where: { $0.kind == .read || $0.kind == .know }), third + 2 < act,
      let own = words[(third + 2)..<act].lastIndex(where: { $0.kind == .own }),
      words[own..<act].allSatisfy({ [.own, .filler, .manner, .unknown, .and].contains($0.kind) })
    else { return false }
    return !clause.classes.meets(ClassSet(.negation, .unread, .says, .condition, .future, .question, .hedge))
  }
  private static let helping = Set(["帮我", "给我", "替我", "陪我", "教我", "帮", "给", "陪"].map(Scalars.of))

  /// 我和合伙人老韩都已阅读: the other's name stands right behind what he is, before both act.
  func isPartnersName(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard isJoint(clause), let third = words.firstIndex(where: { $0.kind == .third }),
      let act = words.firstIndex(where: { Self.acting.has($0.kind) }), third + 1 < act,
      words[third + 1].kind == .unknown, words[third + 1].range.count <= 3,
      words[(third + 2)..<act].contains(where: { Self.both.contains(Array(text.scalars[$0.range])) })
    else { return false }
    return words.count { $0.kind == .unknown } == 1
  }
  private static let both = Set(
    ["都", "均", "都已", "均已", "都已经", "也都", "俩", "一起", "共同", "一致", "both", "all"].map(Scalars.of))

  /// 我司法务与财务均已审阅…，我司接受: people of the applicant's own organisation read, and the organisation agrees.
  func isStaff(_ index: Int) -> Bool {
    let words = script.words(script.clauses[index])
    if isExaminedWithin(index) { return true }
    // 大家一起看过，我们没有意见
    if let all = words.firstIndex(where: { $0.kind == .third }),
      Self.everybody.contains(Array(text.scalars[words[all].range])),
      words.count(where: { $0.kind == .third }) == 1, words[..<all].allSatisfy({ $0.kind != .unknown }),
      let next = following(index), script.clauses[next].sentence == script.clauses[index].sentence,
      script.words(script.clauses[next]).first.map({ Self.us.contains(Array(text.scalars[$0.range])) }) ?? false
    {
      return script.clauses[next].classes.meets(ClassSet(.agree, .objection)) && !script.clauses[next].has(.third)
    }
    guard let first = words.firstIndex(where: isOrganisationItself) ?? (isListed(index) ? words.startIndex - 1 : nil),
      let act = words.firstIndex(where: { $0.kind == .read || $0.kind == .know }),
      words.indices.allSatisfy({ words[$0].kind != .third || $0 > first && $0 < act && isPost(words[$0]) })
    else { return false }
    var at = index + 1
    while at < script.clauses.count, at - index < Self.fewClauses,
      script.clauses[at].sentence - script.clauses[index].sentence <= 1
    {
      let next = script.clauses[at]
      if next.classes.meets(ClassSet(.agree, .objection)) {
        return !next.has(.third) && script.words(next).contains(where: isOrganisationItself)
      }
      at += 1
    }
    return false
  }

  private static let everybody = Set(["大家", "大伙", "大伙儿", "全体成员", "全家"].map(Scalars.of))
  private static let us = Set(["我们", "咱们", "我们大家", "我们都", "大家都"].map(Scalars.of))

  /// 我院信息科、…: people of the applicant's own organisation, which is named with them.
  func isOwnStaff(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return clause.has(.third) && words.contains(where: isOrganisationItself)
      && words.allSatisfy { $0.kind != .third || isPost($0) }
  }

  /// 我院信息科、财务: the organisation stands in the clause before, whose list goes on.
  private func isListed(_ index: Int) -> Bool {
    guard index > 0, text.scalars[script.clauses[index - 1].range.upperBound] == Self.listComma else { return false }
    let before = script.clauses[index - 1]
    return !before.classes.meets(ClassSet(.read, .agree, .negation, .says, .you))
      && script.words(before).contains(where: isOrganisationItself)
      && script.words(before).allSatisfy { $0.kind != .third || isPost($0) }
  }
  private static let listComma: UInt32 = 0x3001

  /// 经法务部审阅，我司无异议: a department reads, and the organisation itself says in the next clause what it thinks.
  func isExaminedWithin(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let words = script.words(clause)
    guard let first = words.first(where: { $0.kind != .notice && $0.kind != .short }),
      Self.through.contains(Array(text.scalars[first.range])),
      words.contains(where: { $0.kind == .third }), words.allSatisfy({ $0.kind != .third || isPost($0) }),
      clause.classes.without(ClassSet(.third, .read, .know, .filler, .manner, .and, .unknown, .notice, .topic)).isEmpty,
      words.allSatisfy({ $0.kind != .topic || Self.house.contains(Array(text.scalars[$0.range])) }),
      clause.unknown <= 2, let next = following(index), script.clauses[next].sentence == clause.sentence
    else { return false }
    return !script.clauses[next].has(.third) && script.clauses[next].classes.meets(ClassSet(.agree, .objection))
      && script.words(script.clauses[next]).first.map(isOrganisationItself) ?? false
  }
  private static let house = Set(["公司", "单位", "企业", "学校"].map(Scalars.of))
  private static let through = [["经"], ["由"], ["业", "经"]].map { $0.flatMap(Scalars.of) }

  /// 我司, 本公司, our company: the applicant is an organisation.
  private func isOrganisationItself(_ token: Token) -> Bool {
    guard token.kind == .own else { return false }
    let word = text.scalars[token.range]
    return Self.organisations.contains { Scalars.contains(word, $0) }
  }
  private static let organisations = [
    "司", "我方", "单位", "企业", "工作室", "我厂", "本厂", "我店", "本店", "我校", "本校", "我院", "本院", "我所", "本所", "本会",
    "company", "firm", "organi",
  ].map(Scalars.of)

  /// 法务, 财务, 股东: somebody by his post in the organisation; 客户 and 代理商 are none.
  private func isPost(_ token: Token) -> Bool { Self.posts.contains(Array(text.scalars[token.range])) }
  private static let posts: Set<[UInt32]> = Set(
    [
      "法务", "财务", "会计", "法人", "法定代表人", "负责人", "股东", "行政", "运维", "技术", "人事", "主管", "经理", "总监",
      "领导", "管理员", "员工", "同事", "老板", "助理", "秘书", "承办人", "法务部", "法务科", "法务组", "财务部", "财务科",
      "项目部", "项目组", "技术部", "信息科", "信息部", "信息中心", "管理层", "董事", "监事", "合伙人", "班子", "护士长", "理事", "legal team",
      "legal department", "legal", "director", "cto",
      "ceo",
    ].map(Scalars.of))
}
