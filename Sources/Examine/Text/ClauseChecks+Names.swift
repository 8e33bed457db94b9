/// Whose name stands beside an act: the applicant's own, his organisation's, somebody else's.
extension ClauseChecks {
  /// 本人张三已阅读并同意: the applicant's own name behind 本人.
  func isOwnName(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    let strange = words.indices.filter { words[$0].kind == .unknown }
    guard strange.count == 1, let at = strange.first, at > words.startIndex, (2...4).contains(words[at].range.count),
      text.scalars[words[at].range].allSatisfy(Scalars.isHan)
    else { return false }
    let before = words[at - 1]
    guard before.kind == .own else { return false }
    let (own, name) = (text.scalars[before.range], text.scalars[words[at].range])
    // 我李建国; 我大姨, 我小王 may be somebody else.
    let isOfPerson =
      own.elementsEqual(Self.me) && name.count == 3 && names.isPerson(name)
      && !Self.familiar.contains(name[name.startIndex])
    // 本人王总, 本人爱人: somebody else.
    return (isOfPerson || Self.selves.contains(Array(own))) && !names.isRole(name)
  }
  private static let me = Scalars.of("我")
  private static let familiar = ScalarSet("小老阿")
  static let selves: Set<[UInt32]> = Set(["本人", "我本人", "申请人", "声明人", "立声明人", "我是", "本人是"].map(Scalars.of))

  /// 样例五金加工厂已阅读并同意, Sample Foods GmbH has reviewed: the applicant by its full name, at the beginning, where
  /// nobody speaks of himself.
  func isOrganisation(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let first = words.first(where: { ![.filler, .polite, .avow, .lead].contains($0.kind) }),
      first.kind == .unknown || first.kind == .topic,
      let act = words.firstIndex(where: { Self.acting.has($0.kind) })
    else { return false }
    let head = words[..<act]
    guard let name = head.lastIndex(where: { $0.kind == .unknown || $0.kind == .topic }),
      words[act...].allSatisfy({ $0.kind != .unknown }),
      head[(name + 1)...].allSatisfy({ [.filler, .manner, .identifier].contains($0.kind) }),
      head[...name].allSatisfy({ Self.naming.has($0.kind) }),
      let last = text.scalars[..<head[name].range.upperBound].last
    else { return false }
    let range = first.range.lowerBound..<head[name].range.upperBound
    guard Scalars.isHan(last) || Scalars.isLetter(last) else { return false }
    return names.isOrganisation(text.scalars[range]) && !speaksOfHimself
  }
  private static var naming: ClassSet {
    ClassSet(
      .unknown, .topic, .filler, .identifier, .yes, .service, .resources, .and, .part, .near)
  }

  private static let longestManner = 8

  /// Unknown words stand between the applicant and the first act, are few and look like nobody's name.
  func isMannerOfOwn(_ clause: Clause) -> Bool {
    guard clause.unknown <= Self.longestManner else { return false }
    let words = script.words(clause)
    guard let own = words.firstIndex(where: { $0.kind == .own }),
      let act = words.firstIndex(where: { $0.kind == .read || $0.kind == .agree || $0.kind == .know }), own < act
    else { return false }
    return words.indices.allSatisfy { words[$0].kind != .unknown || ($0 > own && $0 < act) } && !isNamed(clause)
  }

  /// An unknown word that may be a person: 小王, 张伟, 王总, 我大姨.
  func isNamed(_ clause: Clause) -> Bool {
    script.words(clause).contains { $0.kind == .unknown && names.isPerson(text.scalars[$0.range]) }
  }
}
