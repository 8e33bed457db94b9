import ClosureModel

/// What speaks against a statement: in its own clause, in its sentence, near it, anywhere.
struct ClauseChecks {
  struct Problem {
    var code: FindingCode
    /// The statement is none; otherwise a person decides.
    var isDenial: Bool
    var clause: Int
  }

  let script: Script
  private let text: NormalText
  let names: PersonNames
  /// The clauses that are the applicant's words, in order.
  let own: [Int]
  /// 我 or 本人 stands in the applicant's words: an organisation named beside may be somebody else's.
  private let speaksOfHimself: Bool
  /// For each clause the applicant's next one; the count of clauses where there is none.
  private let nextOwn: [Int]

  init(script: Script, own: [Int], text: NormalText, names: PersonNames) {
    self.script = script
    self.text = text
    self.names = names
    self.own = own
    speaksOfHimself = own.contains { index in
      script.words(script.clauses[index]).contains { word in
        word.kind == .own && Self.singular.contains(Array(text.scalars[word.range]))
      }
    }
    var next = [Int](repeating: script.clauses.count, count: script.clauses.count + 1)
    var following = script.clauses.count
    var at = own.count - 1
    for index in script.clauses.indices.reversed() {
      next[index] = following
      if at >= 0, own[at] == index {
        following = index
        at -= 1
      }
    }
    nextOwn = next
  }

  private func following(_ index: Int) -> Int? { nextOwn[index] < script.clauses.count ? nextOwn[index] : nil }
  /// Lines are looked along no farther than this: hostile lines stay cheap.
  private static let farthest = 40

  private static let acting = ClassSet(.read, .know, .agree, .near, .objection)

  // MARK: The clause of an act

  /// Words that a clause which reads or agrees may hold.
  private static let stating = ClassSet(
    .own, .read, .know, .agree, .near, .objection, .none, .notice, .short, .bare, .part, .filler, .manner, .and, .lead,
    .avow, .per, .polite, .now, .identifier, .ticked, .yes, .close, .request, .service, .topic, .document)
  /// Words that make a clause no assertion, with what they make of it; the first that applies counts.
  private static let moods: [(WordClass, FindingCode, isDenial: Bool)] = [
    (.machine, .consentInsincere, true), (.insincere, .consentInsincere, true), (.template, .consentQuoted, true),
    (.behalf, .consentThirdParty, false), (.instruct, .consentQuoted, true), (.agent, .consentQuoted, true),
    (.says, .consentThirdParty, true), (.third, .consentThirdParty, true), (.condition, .consentConditional, true),
    (.question, .consentQuestion, true), (.deemed, .consentUnclear, false), (.duress, .consentUnclear, false),
    (.future, .consentFuture, true), (.withdrawn, .consentWithdrawn, true), (.unread, .consentNegated, true),
    (.negation, .consentNegated, true), (.you, .consentThirdParty, true), (.hedge, .consentUnclear, false),
    (.limit, .consentDelayed, false), (.blank, .consentUnclear, false),
  ]
  private static let mostUnknownBesideReading = 14

  /// - Parameter isReading: the clause reads and does not agree; words about how, where and when it was read may be
  ///   unknown then.
  /// - Returns: why the clause is no plain assertion of the applicant; nil when it is one.
  func problem(_ index: Int, isReading: Bool) -> Problem? {
    let clause = script.clauses[index]
    for (kind, code, isDenial) in Self.moods where clause.has(kind) {
      if kind == .third, isJoint(clause) || isReading && isStaff(index) { continue }
      if kind == .you, isOwnersMark(clause) { continue }
      if kind == .question, isAnswered(index) { continue }
      if kind == .instruct, clause.has(.per) { continue }
      if kind == .future, !isFuture(clause) { continue }
      if kind == .hedge, isOfWhole(index) { continue }
      if kind == .blank, isMaskedName(clause) { continue }
      // 去年就说过: said elsewhere, by nobody else.
      if kind == .says, !clause.classes.meets(ClassSet(.third, .agent, .you)) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if kind == .negation {
        if !isNegating(clause) { continue }
        // 并非没有阅读: not plain, and no denial either.
        let count = script.words(clause).count { $0.kind == .negation || $0.kind == .none }
        if count % 2 == 0, isConfirmed(index) { continue }
        if count % 2 == 0 { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
      }
      return Problem(code: code, isDenial: isDenial, clause: index)
    }
    if clause.end == .question, !isAnswered(index) {
      return Problem(code: .consentQuestion, isDenial: false, clause: index)
    }
    if isRefusedField(index) { return Problem(code: .consentNegated, isDenial: true, clause: index + 1) }
    if isSaidByPaper(clause) { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    if isConsequence(clause) { return Problem(code: .consentConditional, isDenial: true, clause: index) }
    if endsInNone(clause) { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    // 没有意见，一条都没有
    if answer(index) == false, !clause.has(.objection) || !clause.has(.none) {
      return Problem(code: .consentNegated, isDenial: true, clause: index)
    }
    if clause.isLabelled, !clause.has(.ticked), let problem = labelProblem(index) { return problem }
    if clause.has(.document), !clause.has(.notice), !isReading {
      return Problem(code: .consentOtherDocument, isDenial: true, clause: index)
    }
    if clause.has(.elsewhere), !isReading { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    // 请提交工单，并在工单中注明已阅读并同意…: the request goes on.
    if clause.has(.lead), !clause.has(.own), script.words(clause).first?.kind == .and, index > 0,
      script.clauses[index - 1].has(.request), script.clauses[index - 1].sentence == clause.sentence
    {
      return Problem(code: .consentQuoted, isDenial: true, clause: index)
    }
    if let source = citation(index) { return Problem(code: .consentQuoted, isDenial: true, clause: source) }
    if let blank = placeholder(index) { return Problem(code: .consentUnclear, isDenial: false, clause: blank) }
    if let value = doubtfulValue(index) { return Problem(code: .consentUnclear, isDenial: false, clause: value) }
    if isRequested(clause) { return Problem(code: .consentQuoted, isDenial: true, clause: index) }
    // The question of a form is answered, the word of the future is none: they say nothing against the statement.
    var strange = clause.classes.without(Self.stating).without(ClassSet(.negation, .but, .question, .future))
    if clause.has(.hedge) { strange = strange.without(ClassSet(.hedge)) }
    if clause.has(.notice), clause.has(.ambiguous), NoticeGlue.holds(script.words(clause)) {
      strange = strange.without(ClassSet(.ambiguous))
    }
    if strange.isEmpty {
      if agreesToReading(clause) { return Problem(code: .consentHalf, isDenial: true, clause: index) }
      return nil
    }
    if strange.without(ClassSet(.unknown, .blank)).isEmpty, isMaskedName(clause) { return nil }
    if strange.without(ClassSet(.unknown)).isEmpty, isOwnName(clause) || isOrganisation(clause) { return nil }
    // 我昨晚躺着通篇看下来都同意: how it came about, between the applicant and the act.
    if !isReading, strange.without(ClassSet(.unknown)).isEmpty, isMannerOfOwn(clause) {
      return nil
    }
    let tolerated = ClassSet(.unknown, .elsewhere, .you, .third, .topic, .resources, .balance)
    if isReading, strange.without(tolerated).isEmpty,
      clause.unknown <= Self.mostUnknownBesideReading, clause.has(.own) || isUnknownBehind(clause) || !isNamed(clause),
      !isOfElse(clause)
    {
      return nil
    }
    if strange.without(ClassSet(.third, .you)).isEmpty { return nil }
    return Problem(code: .consentUnclear, isDenial: false, clause: index)
  }

  /// 同意注销须知：×　需要回访：: the field's value is a no, and the next field follows it.
  private func isRefusedField(_ index: Int) -> Bool {
    guard script.clauses[index].end == .colon, index + 1 < script.clauses.count else { return false }
    let value = script.clauses[index + 1]
    guard value.line == script.clauses[index].line, let first = script.words(value).first else { return false }
    return (first.kind == .no || first.kind == .unticked) && value.end == .colon
  }

  /// 授权书里写着已阅读并同意…: what some paper says.
  private func isSaidByPaper(_ clause: Clause) -> Bool {
    guard clause.has(.cited), !clause.classes.meets(ClassSet(.own, .per, .now)) else { return false }
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.fine == .cited }) else { return false }
    return words[..<at].contains { [.topic, .document, .part, .lead].contains($0.kind) }
  }

  /// 认可其中关于数据清除…的全部说明: a part is named, and the whole of it in the same sentence.
  private func isOfWhole(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    let hedges = script.words(clause).filter { $0.kind == .hedge }
    guard hedges.allSatisfy({ Self.about.contains(text.scalars[$0.range.upperBound - 1]) && $0.range.count > 2 }) else {
      return false
    }
    var at = index
    while at < script.clauses.count, at - index < Self.farthest, script.clauses[at].sentence == clause.sentence {
      let isWhole = script.words(script.clauses[at]).contains { word in
        Self.wholes.contains { text.scalars[word.range].starts(with: $0) }
      }
      if isWhole { return true }
      at += 1
    }
    return false
  }
  private static let about = ScalarSet("于关及")
  private static let wholes = ["所有", "全部", "一切", "均", "全都", "各项", "通通", "统统"].map(Scalars.of)

  /// 不是不同意，是完全同意: said plainly right behind.
  private func isConfirmed(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    var at = index + 1
    while at < script.clauses.count, at - index <= 2, script.clauses[at].sentence - clause.sentence <= 1 {
      let next = script.clauses[at]
      if next.classes.meets(ClassSet(.negation, .condition, .question, .hedge, .none)) { return false }
      if next.has(.agree) { return true }
      at += 1
    }
    return false
  }

  /// 阅读并同意了须知没有: what ends in a bare 没有 asks or denies; 没有一条意见 and 意见没有 do not.
  private func endsInNone(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let last = words.last(where: { $0.kind != .filler && $0.kind != .polite }), last.kind == .none
    else { return false }
    return !clause.has(.objection)
  }

  /// 本人计某某: a name with its characters hidden, not one left out.
  private func isMaskedName(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .blank }), at > words.startIndex + 1,
      words.count(where: { $0.kind == .blank || $0.kind == .unknown }) == 2
    else { return false }
    let (name, own) = (words[at - 1], words[at - 2])
    return name.kind == .unknown && name.range.count <= 2 && name.range.upperBound == words[at].range.lowerBound
      && Self.masks.contains(text.scalars[words[at].range.lowerBound]) && own.kind == .own
      && Self.selves.contains(Array(text.scalars[own.range]))
  }
  private static let masks = ScalarSet("某")

  /// 请同意, 望阅读: asked for, not done.
  private func isRequested(_ clause: Clause) -> Bool {
    var isAsked = false
    for token in script.words(clause) {
      switch token.kind {
      case .request: isAsked = true
      case .read, .agree: if isAsked { return true }
      case .close, .service, .topic, .identifier, .notice, .short, .ambiguous, .document, .own: isAsked = false
      default: continue
      }
    }
    return false
  }

  /// A negation that governs an act: not 没 of 没意见, not 不是没 of 不是没看, not what stands before a 但.
  private func isNegating(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    for at in words.indices where words[at].kind == .negation {
      let next = words[(at + 1)...].first { $0.kind != .filler && $0.kind != .manner }
      guard let next else { return true }
      if next.kind == .objection, !isVerbal(next) { continue }
      if next.kind == .unread { continue }
      // 没有一条是我不同意的, 无不认可.
      if next.kind == .agree, let before = words[..<at].last(where: { !Self.between.has($0.kind) }),
        before.kind == .none
      {
        continue
      }
      let contrary = words[(at + 1)...].firstIndex { $0.kind == .but }
      if let contrary, !words[at..<contrary].contains(where: { $0.kind == .read || $0.kind == .agree }) { continue }
      return true
    }
    return false
  }

  /// 我就同意, 我司就接受: follows from something that is still to come.
  private func isConsequence(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return words.indices.dropFirst(2).contains { at in
      words[at].kind == .agree && words[at - 2].kind == .own
        && text.scalars[words[at - 1].range].elementsEqual([0x5C31])  // 就
    }
  }

  /// 不认可, i object to: what 不是 or never before it leaves open; 异议 is a thing that one has or has not.
  private func isVerbal(_ token: Token) -> Bool {
    let word = text.scalars[token.range]
    return word.last == Self.approve || word.first.map(Scalars.isLetter) ?? false && word.contains(0x20)
  }
  private static let approve: UInt32 = 0x53EF  // 可

  /// 会阅读, 将同意, 随后确认; not 将《须知》看完, 本会, 应该退的.
  private func isFuture(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    for at in words.indices where words[at].kind == .future {
      guard let next = words[(at + 1)...].first(where: { ![.filler, .manner, .own].contains($0.kind) }) else {
        continue
      }
      if words[at].range.count > 1 { return true }
      if [.notice, .short, .bare].contains(next.kind), text.scalars[words[at].range.lowerBound] == Self.objectMarker,
        words[(at + 1)...].contains(where: { $0.kind == .read && isDone($0) })
      {
        continue
      }
      // 没有要提的意见 agrees.
      let isDenied = words[..<at].contains { $0.kind == .none }
      if words[(at + 1)...].contains(where: { Self.acting.has($0.kind) && !(isDenied && $0.kind == .objection) }) {
        return true
      }
    }
    return false
  }
  private static let objectMarker: UInt32 = 0x5C06  // 将

  /// 看完, 读过, 阅毕: done.
  private func isDone(_ token: Token) -> Bool {
    text.scalars[token.range].contains { Self.done.contains($0) }
  }
  private static let done = ScalarSet("完过毕了尾遍咗晒讫到")

  private static let between = ClassSet(.filler, .manner, .part, .own, .yes, .and)

  /// 同意阅读: agrees to read, has not read.
  private func agreesToReading(_ clause: Clause) -> Bool {
    let words = script.words(clause).filter { $0.kind != .filler || $0.range.count > 1 }
    return zip(words, words.dropFirst()).contains { $0.kind == .agree && $1.kind == .read }
  }

  /// 我老婆, my co-founder: the applicant is named only as whose the other person is.
  private func isOnlyPossessive(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return words.indices.filter { words[$0].kind == .own }.allSatisfy { at in
      words[(at + 1)...].first { $0.kind != .filler }?.kind == .third
    }
  }

  /// 我和我的合伙人: somebody else together with the applicant.
  private func isJoint(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let third = words.firstIndex(where: { $0.kind == .third }) else { return true }
    guard let first = words[..<third].firstIndex(where: { $0.kind == .own }) else { return false }
    return words[first..<third].contains { $0.kind == .and }
  }

  /// 我司法务与财务均已审阅…，我司接受: people of the applicant's own organisation read, and the organisation agrees.
  private func isStaff(_ index: Int) -> Bool {
    let words = script.words(script.clauses[index])
    guard let first = words.firstIndex(where: isOrganisationItself),
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
      "领导", "管理员", "员工", "同事", "老板", "助理", "秘书", "legal team", "legal department", "legal", "director", "cto", "ceo",
    ].map(Scalars.of))

  /// 贵司《注销须知》: whose paper it is, not who agrees.
  private func isOwnersMark(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return words.indices.allSatisfy { at in
      guard words[at].kind == .you else { return true }
      let next = words[(at + 1)...].first { $0.kind != .filler && $0.kind != .you }
      if let next, [.notice, .short, .bare, .part, .ambiguous, .document, .service, .close, .topic].contains(next.kind)
      {
        return true
      }
      // 贵方发来的须知我司已审阅: who acts is named behind.
      guard let act = words[at...].firstIndex(where: { $0.kind == .read || $0.kind == .agree || $0.kind == .know })
      else {
        return false
      }
      return words[at..<act].contains { $0.kind == .own }
    }
  }

  private func isUnknownBehind(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let act = words.firstIndex(where: { $0.kind == .read || $0.kind == .know }),
      let strange = words.firstIndex(where: { $0.kind == .unknown })
    else { return false }
    return strange > act
  }

  /// 本人张三已阅读并同意: the applicant's own name behind 本人.
  private func isOwnName(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    let strange = words.indices.filter { words[$0].kind == .unknown }
    guard strange.count == 1, let at = strange.first, at > words.startIndex, (2...4).contains(words[at].range.count),
      text.scalars[words[at].range].allSatisfy(Scalars.isHan)
    else { return false }
    let before = words[at - 1]
    guard before.kind == .own, Self.selves.contains(Array(text.scalars[before.range])) else { return false }
    // 本人王总, 本人爱人: somebody else.
    return !names.isRole(text.scalars[words[at].range])
  }
  private static let selves: Set<[UInt32]> = Set(["本人", "我本人", "申请人", "声明人", "立声明人", "我是", "本人是"].map(Scalars.of))

  /// 样例五金加工厂已阅读并同意, Sample Foods GmbH has reviewed: the applicant by its full name, at the beginning, where
  /// nobody speaks of himself.
  private func isOrganisation(_ clause: Clause) -> Bool {
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
  private static let naming = ClassSet(
    .unknown, .topic, .filler, .identifier, .yes, .service, .resources, .and, .part, .near)

  private static let singular: Set<[UInt32]> = Set(
    ["我", "本人", "我本人", "俺", "i", "my", "me", "myself", "我自己", "自己"].map(Scalars.of))

  private static let longestManner = 8

  /// Unknown words stand between the applicant and the first act, are few and look like nobody's name.
  private func isMannerOfOwn(_ clause: Clause) -> Bool {
    guard clause.unknown <= Self.longestManner else { return false }
    let words = script.words(clause)
    guard let own = words.firstIndex(where: { $0.kind == .own }),
      let act = words.firstIndex(where: { $0.kind == .read || $0.kind == .agree || $0.kind == .know }), own < act
    else { return false }
    return words.indices.allSatisfy { words[$0].kind != .unknown || ($0 > own && $0 < act) } && !isNamed(clause)
  }

  /// An unknown word that may be a person: 小王, 张伟, 王总, 我大姨.
  private func isNamed(_ clause: Clause) -> Bool {
    script.words(clause).contains { $0.kind == .unknown && names.isPerson(text.scalars[$0.range]) }
  }

  /// The word right behind the act is not known and no paper was named before: 看了账单.
  private func isOfElse(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let act = words.lastIndex(where: { $0.kind == .read || $0.kind == .know }) else { return false }
    let next = words[(act + 1)...].first { $0.kind != .filler && $0.kind != .manner }
    guard let next, next.kind == .unknown || next.kind == .topic else { return false }
    return !clause.classes.meets(ClassSet(.notice, .short, .bare, .part))
  }

  // MARK: Labels, forms and boxes

  /// 帮助文档原话，我已阅读…: the clause before says whose words these are, without a colon or marks.
  private func citation(_ index: Int) -> Int? {
    if let list = instruction(index) ?? blockLabel(index) { return list }
    guard index > 0, !script.clauses[index].isLabelled else { return nil }
    let before = script.clauses[index - 1]
    guard before.sentence == script.clauses[index].sentence,
      let last = script.words(before).last(where: { $0.kind != .filler }),
      !before.classes.meets(ClassSet(.own, .polite, .per))
    else { return nil }
    let isCited = before.has(.cited) || last.kind == .says
    // 页面上写着: the word names who says it.
    let isNamed = last.kind == .says && last.range.count > 2
    let sources = ClassSet(.agent, .you, .third, .part, .topic, .instruct)
    return isCited && (isNamed || before.classes.meets(sources)) ? index - 1 : nil
  }

  /// 操作步骤：1. 登录 2. 已阅读并同意… 3. 提交: a label at the beginning of the line tells others what to do.
  private func instruction(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    guard let first = script.lines[clause.line].first, first < index, !clause.has(.own) else { return nil }
    let label = script.clauses[first]
    guard label.end == .colon, label.classes.meets(ClassSet(.instruct, .template)),
      !label.classes.meets(ClassSet(.own, .avow, .per))
    else { return nil }
    let isTurned = ((first + 1)..<index).suffix(Self.farthest).contains {
      script.clauses[$0].classes.meets(ClassSet(.own, .avow, .per))
    }
    return isTurned ? nil : first
  }

  /// 格式：⏎甲、账号⏎乙、已阅读并同意…: a label of a template alone above the lines of its paragraph, none filled in.
  private func blockLabel(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    guard !clause.classes.meets(ClassSet(.own, .avow, .per, .ticked)) else { return nil }
    var line = clause.line - 1
    while line >= 0, clause.line - line < Self.longestBlock, let first = script.lines[line].first {
      for at in script.lines[line].prefix(Self.farthest)
      where script.clauses[at].classes.meets(ClassSet(.own, .avow, .per, .identifier, .ticked)) { return nil }
      let label = script.clauses[first]
      if label.end == .colon, script.lines[line].count == 1, label.classes.meets(ClassSet(.instruct, .template)) {
        return first
      }
      line -= 1
    }
    return nil
  }
  private static let longestBlock = 8

  /// 户主（我舅舅）已阅读…: brackets name somebody else as the one who acts.
  private func strangeSubject(_ index: Int) -> Int? {
    guard index > 1, !script.clauses[index].has(.own), script.clauses[index - 1].isBracketed else { return nil }
    let (bracket, before) = (script.clauses[index - 1], script.clauses[index - 2])
    guard !script.clauses[index].isBracketed, bracket.sentence == script.clauses[index].sentence, bracket.has(.third),
      before.sentence == bracket.sentence,
      script.words(before).last.map({ $0.kind != .own && $0.kind != .notice }) ?? false,
      bracket.classes.without(ClassSet(.own, .third, .filler, .unknown, .identifier)).isEmpty
    else { return nil }
    // （法定代表人即本人）
    return script.words(bracket).last?.kind == .own ? nil : index - 1
  }

  /// 2 已阅读并同意《…》的声明: the name of a paper in a list, not said by anybody.
  private func isNameOfStatement(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard !clause.classes.meets(ClassSet(.own, .avow, .per, .now, .request)), words.count > 2, let last = words.last,
      last.kind == .lead || last.kind == .template || last.kind == .bare
    else { return false }
    let of = words[words.index(words.endIndex, offsetBy: -2)]
    return of.kind == .filler && text.scalars[of.range.upperBound - 1] == 0x7684 && words.first?.kind != .lead  // 的
  }

  /// 本人（身份证姓名）已阅读…: brackets that ask for a name and hold none.
  private func placeholder(_ index: Int) -> Int? {
    guard index > 1, script.clauses[index - 1].isBracketed, script.clauses[index - 1].unknown == 0 else { return nil }
    let bracket = script.clauses[index - 1]
    guard bracket.sentence == script.clauses[index].sentence, bracket.classes == ClassSet(.topic),
      script.words(script.clauses[index - 2]).last?.kind == .own,
      let last = script.words(bracket).last, Self.asking.contains(text.scalars[last.range.upperBound - 1])
    else { return nil }
    return index - 1
  }
  /// 姓名, 名称, 账号
  private static let asking = ScalarSet("名称号字")

  /// 须知同意：由法人另行决定. What stands behind a form's field that agrees is no yes.
  private func doubtfulValue(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    if isOpenChoice(index) || isOtherColumn(clause) || isNameOfStatement(clause) { return index }
    if let subject = strangeSubject(index) { return subject }
    guard clause.end == .colon, !clause.has(.own) else { return nil }
    guard index + 1 < script.clauses.count else { return clause.has(.notice) ? nil : index }
    let value = script.clauses[index + 1]
    // 已阅读：⏎同意：
    if value.line > clause.line, value.end == .colon, !clause.has(.notice) { return index }
    guard value.line == clause.line, !value.classes.meets(Self.filling) else { return nil }
    return value.classes.meets(ClassSet(.unknown, .third, .agent, .hedge, .future, .condition, .blank, .instruct))
      ? index + 1 : nil
  }
  /// 已阅读并同意…（是/否）： with neither chosen.
  private func isOpenChoice(_ index: Int) -> Bool {
    guard index + 1 < script.clauses.count, script.clauses[index + 1].line == script.clauses[index].line,
      !script.clauses[index].isBracketed
    else { return false }
    return Self.isChoice(script, index + 1) && answer(index) == nil && !script.clauses[index].has(.ticked)
  }

  /// | 已阅读并同意… |  | √ |: the column next to the words is empty, the tick stands in another.
  private func isOtherColumn(_ clause: Clause) -> Bool {
    let s = text.scalars
    var at = clause.range.upperBound
    var bars = 0
    while at < s.count, s[at] == 0x7C || s[at] == 0x20 {
      if s[at] == 0x7C { bars += 1 }
      at += 1
    }
    return bars > 1 && at < s.count && s[at] != 10
  }

  private static let filling = ClassSet(
    .yes, .no, .none, .ticked, .unticked, .read, .know, .agree, .objection, .own, .notice, .short, .bare, .request,
    .close,
    .identifier, .ambiguous, .document)

  private static let labelling = ClassSet(
    .own, .owner, .lead, .avow, .objection, .filler, .manner, .notice, .short, .bare, .part, .read, .know, .agree,
    .near, .close, .topic, .and,
    .now, .identifier, .request, .service, .polite, .ticked, .yes, .question)

  /// What stands before a colon says whose words follow: only a label that is understood to the last character.
  private func labelProblem(_ index: Int) -> Problem? {
    guard index > 0 else { return nil }
    var at = index - 1
    while at > 0, script.clauses[at].isBracketed, !script.clauses[index].isBracketed { at -= 1 }
    let label = script.clauses[at]
    if label.has(.per), !label.classes.meets(ClassSet(.third, .says)) { return nil }
    // 贵方要求的声明我写在这儿：…, 给你们的答复是：…
    if label.has(.mine), !label.classes.meets(ClassSet(.third, .template, .behalf, .question)) { return nil }
    if isReplyLine(at, before: index) || isRepresenting(label, script.clauses[index]) { return nil }
    if isGreeting(at, before: index) || isReply(label, script.clauses[index]) { return nil }
    // 我在这里写明：, 现补充说明：
    let isOwnLead = isAvowal(label)
    if label.classes.meets(ClassSet(.instruct, .template, .agent, .you, .blank))
      && !(isOwnLead && !label.classes.meets(ClassSet(.template, .agent, .you, .blank)))
    {
      return Problem(code: .consentQuoted, isDenial: true, clause: at)
    }
    // 我在群里回复过管理员：…, 代我丈夫填写：…: a person asks.
    if label.has(.behalf) || label.has(.third) && label.classes.meets(ClassSet(.own, .avow, .elsewhere)) {
      return Problem(code: .consentThirdParty, isDenial: false, clause: at)
    }
    let isSaid = label.has(.says) && !label.classes.meets(ClassSet(.own, .lead, .bare, .now))
    if label.has(.third) || isSaid { return Problem(code: .consentThirdParty, isDenial: true, clause: at) }
    if label.has(.condition) { return Problem(code: .consentConditional, isDenial: true, clause: at) }
    if label.has(.request), label.has(.lead), !label.has(.own) {
      return Problem(code: .consentQuoted, isDenial: true, clause: at)
    }
    if label.has(.question), !label.classes.meets(Self.acting) {
      return Problem(code: .consentQuestion, isDenial: true, clause: at)
    }
    let strange = label.classes.without(Self.labelling)
    if strange.isEmpty || isOwnLead { return nil }
    // 谨以此函声明：本人…
    if label.has(.lead), strange.without(ClassSet(.unknown)).isEmpty,
      label.unknown <= 4, script.clauses[index].has(.own)
    {
      return nil
    }
    // 从手机备忘录粘贴：我…, 第三次写：我…: unknown words, nobody's name, and the applicant speaks behind the colon.
    let isOwnWord =
      label.classes.meets(ClassSet(.own, .now, .lead, .avow))
      || script.clauses[index].has(.own) && label.classes.meets(ClassSet(.filler, .manner, .topic, .service))
    if strange.without(ClassSet(.unknown)).isEmpty, !label.has(.request), isOwnWord, !isNamed(label),
      label.range.count > 3,
      label.unknown <= Self.mostUnknownInLabel
    {
      return nil
    }
    return Problem(code: .consentUnclear, isDenial: false, clause: at)
  }
  private static let mostUnknownInLabel = 10

  /// 回复客服：本人…
  private func isReply(_ label: Clause, _ act: Clause) -> Bool {
    script.words(label).first?.kind == .lead && act.has(.own)
      && label.classes.without(ClassSet(.lead, .agent, .you, .filler, .polite)).isEmpty
  }

  /// 代表样例有限公司声明：我公司…: the label names the company that speaks behind it.
  private func isRepresenting(_ label: Clause, _ act: Clause) -> Bool {
    let words = script.words(label)
    guard let first = words.first, text.scalars[first.range].starts(with: Self.represent), words.last?.kind == .lead,
      script.words(act).first?.kind == .own, text.scalars[label.range].contains(Self.company),
      !label.classes.meets(ClassSet(.third, .agent, .template, .instruct, .condition, .question, .behalf))
    else { return false }
    return script.words(act).contains { $0.kind == .own && text.scalars[$0.range.upperBound - 1] == Self.company }
  }
  private static let represent = Scalars.of("代表")
  private static let company: UInt32 = 0x53F8  // 司

  /// I, the director, have read: who the applicant is, between commas.
  private func isApposition(_ index: Int) -> Bool {
    guard index > 0, index + 1 < script.clauses.count else { return false }
    let (before, clause) = (script.clauses[index - 1], script.clauses[index])
    return before.classes == ClassSet(.own) && before.end == .comma && before.sentence == clause.sentence
      && clause.end == .comma && clause.tokens.count <= 3
      && clause.classes.without(ClassSet(.third, .filler, .identifier)).isEmpty
      && script.words(script.clauses[index + 1]).first { $0.kind != .filler }?.kind == .read
  }

  /// 回复 8 月 2 日的短信：我…: the label begins with a word of replying, and the applicant speaks behind it.
  private func isReplyLine(_ label: Int, before index: Int) -> Bool {
    let (clause, act) = (script.clauses[label], script.clauses[index])
    guard clause.line == act.line, act.has(.own), let first = script.lines[clause.line].first,
      index - first < Self.farthest,
      script.clauses[first].end != .colon || first == label, let word = script.words(script.clauses[first]).first
    else { return false }
    let isReply = word.kind == .lead && Self.replies.contains(text.scalars[word.range.lowerBound])
    return isReply
      && (first...label).allSatisfy {
        let between = script.clauses[$0]
        return (between.end == .gap || $0 == label)
          && !between.classes.meets(ClassSet(.third, .template, .own, .says, .question))
      }
  }
  /// 回, 答, 复, 补
  private static let replies = ScalarSet("回答复补")

  /// 您好客服：, 京东云客户服务部：⏎, Hi 审核员：⏎
  private func isGreeting(_ label: Int, before index: Int) -> Bool {
    let clause = script.clauses[label]
    guard clause.has(.polite), !clause.classes.meets(ClassSet(.instruct, .template, .says, .lead, .third)) else {
      return false
    }
    if script.clauses[index].line > clause.line { return true }
    return script.words(clause).first?.kind == .polite && script.clauses[index].has(.own)
  }

  /// 我在这里写明, 现补充: the applicant says that what follows are his words.
  private func isAvowal(_ clause: Clause) -> Bool {
    (clause.has(.avow) || clause.has(.lead) && clause.classes.meets(ClassSet(.own, .now))
      || clause.has(.near) && clause.has(.own) && !clause.has(.negation))
      && !clause.classes.meets(ClassSet(.third, .says, .agent, .you, .request, .template, .question))
  }

  /// The act stands behind such words: what was said before them is not about it.
  func isAvowed(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if clause.has(.avow) || (clause.has(.own) && clause.has(.lead)) { return true }
    if let first = script.lines[clause.line].first, first < index, isBracketLabel(first, of: clause),
      isAvowal(script.clauses[first])
    {
      return true
    }
    if isIntroduced(index) { return true }
    guard clause.isLabelled else { return false }
    var at = index - 1
    while at > 0, script.clauses[at].isBracketed, index - at < Self.farthest { at -= 1 }
    return at >= 0 && isAvowal(script.clauses[at])
  }

  /// 本人声明，已阅读…: the clause before it says nothing but that the applicant declares.
  private func isIntroduced(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let (before, clause) = (script.clauses[index - 1], script.clauses[index])
    return before.end == .comma && before.sentence == clause.sentence && before.speaker == .applicant
      && isAvowal(before)
      && before.classes.without(ClassSet(.own, .lead, .avow, .now, .filler, .manner, .polite)).isEmpty
  }

  /// 本人“…”的声明现予以重申: a quotation of what the applicant said himself, and says now.
  static func isOwnQuotation(_ script: Script, _ index: Int) -> Bool {
    guard index > 0, script.clauses[index].speaker == .applicant else { return false }
    let sentence = script.clauses[index].sentence
    var low = index
    while low > 0, index - low < farthest, isInQuotation(script, low - 1), script.clauses[low - 1].sentence == sentence
    {
      low -= 1
    }
    var high = index + 1
    while high < script.clauses.count, high - index < farthest, isInQuotation(script, high) { high += 1 }
    return low > 0 && high < script.clauses.count && isRestated(script, low - 1, high)
  }

  private static func isInQuotation(_ script: Script, _ index: Int) -> Bool {
    script.words(script.clauses[index]).contains { $0.isQuoted }
  }

  /// 本人昨日“…”的声明，现予重申: nothing but the statement is spoken of, and it is renewed.
  private static func isRestated(_ script: Script, _ before: Int, _ behind: Int) -> Bool {
    let (lead, clause) = (script.clauses[before], script.clauses[behind])
    guard clause.sentence == lead.sentence, lead.has(.own),
      !lead.classes.meets(restraining.union(ClassSet(.third, .agent, .you)))
    else { return false }
    var at = behind
    var isRenewed = false
    while at < script.clauses.count, at - behind < 3, script.clauses[at].sentence == lead.sentence {
      if script.clauses[at].classes.meets(restraining) { return false }
      if script.clauses[at].has(.renewed) { isRenewed = true }
      at += 1
    }
    return isRenewed
  }
  private static let restraining = ClassSet(
    .negation, .none, .withdrawn, .condition, .future, .question, .hedge, .untrue, .limit, .template, .instruct)

  /// 本人现重新声明：已阅读…: the label says whose words they are.
  private func isOwnLabel(_ index: Int) -> Bool {
    guard index > 0, script.clauses[index].isLabelled else { return false }
    let label = script.clauses[index - 1].classes
    return label.meets(ClassSet(.own, .now))
      && !label.meets(ClassSet(.third, .says, .agent, .you, .request, .template, .question, .instruct, .negation))
  }

  /// 【本人声明】已阅读…: a label in brackets at the beginning of the line.
  private func isBracketLabel(_ index: Int, of clause: Clause) -> Bool {
    let label = script.clauses[index]
    return label.isBracketed && !clause.isBracketed && label.line == clause.line
      && script.lines[label.line].first == index
  }

  /// 是否已阅读并同意：是. The answer behind a form's question on the same line; nil where there is none, or both.
  func answer(_ index: Int) -> Bool? { Self.answer(script, index) }

  static func answer(_ script: Script, _ index: Int) -> Bool? {
    let clause = script.clauses[index]
    var next = index + 1
    var said: Set<Bool> = []
    var bracketed: Set<Bool> = []
    while next < script.clauses.count, next - index < farthest, script.clauses[next].line == clause.line {
      let says = simpleAnswer(script, next)
      if script.clauses[next].isBracketed && !clause.isBracketed {
        // （是/否） offers a choice, （是） makes it.
        if let says, !isChoice(script, next) { bracketed.insert(says) }
      } else if let says {
        said.insert(says)
      } else if !isEmptyOption(script, next) {
        break
      }
      next += 1
    }
    if !said.isEmpty { return said.count == 1 ? said.first : nil }
    return bracketed.count == 1 ? bracketed.first : nil
  }

  private static let answering = ClassSet(.yes, .no, .none, .filler, .ticked, .own)

  /// 是, √, 否, 无: a clause that only answers; nil for an option whose box is empty.
  private static func simpleAnswer(_ script: Script, _ index: Int) -> Bool? {
    let clause = script.clauses[index]
    guard clause.classes.without(answering).isEmpty, !isUnticked(script, index) else { return nil }
    if clause.has(.no) || clause.has(.none) { return false }
    return clause.has(.yes) || clause.has(.ticked) ? true : nil
  }

  /// □否 beside ☑是.
  private static func isEmptyOption(_ script: Script, _ index: Int) -> Bool {
    script.clauses[index].classes.without(answering).without(ClassSet(.unticked)).isEmpty && isUnticked(script, index)
  }

  /// （是/否）: yes and no side by side in brackets.
  static func isChoice(_ script: Script, _ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isBracketed, let says = simpleAnswer(script, index) else { return false }
    for other in [index - 1, index + 1] where script.clauses.indices.contains(other) {
      let beside = script.clauses[other]
      if beside.isBracketed, beside.line == clause.line, let its = simpleAnswer(script, other), its != says {
        return true
      }
    }
    return false
  }

  /// A question about the statement that the applicant answers himself on the same line or the next.
  func isAnswered(_ index: Int) -> Bool {
    if answer(index) == true { return true }
    let clause = script.clauses[index]
    if isAnsweredByAct(index) { return true }
    guard clause.has(.question) || clause.end == .question else { return false }
    var candidate = following(index)
    var looked = 0
    while let at = candidate, script.clauses[at].isBracketed, looked < Self.farthest {
      candidate = following(at)
      looked += 1
    }
    guard let next = candidate else { return false }
    let other = script.clauses[next]
    // 是否已阅读⏎是: a form with the answer on the next line.
    if other.line - clause.line == 1, clause.end == .line || clause.end == .colon, isField(clause),
      Self.simpleAnswer(script, next) == true
    {
      return true
    }
    guard other.line - clause.line <= 1, clause.end == .colon || clause.end == .question else { return false }
    if clause.end == .question, other.line == clause.line, !isField(clause) { return false }
    var at = next
    while at < script.clauses.count, at - next < Self.farthest, script.clauses[at].line == other.line {
      if script.clauses[at].classes.meets(ClassSet(.read, .agree)), !script.clauses[at].has(.question) { return true }
      at += 1
    }
    return false
  }

  /// 是否同意 | 同意: a row whose answer says again what is asked.
  private func isAnsweredByAct(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.has(.question), isField(clause), index + 1 < script.clauses.count else { return false }
    let next = script.clauses[index + 1]
    guard next.line == clause.line, next.end != .question,
      next.classes.without(ClassSet(.read, .know, .agree, .and, .filler, .manner, .own, .yes)).isEmpty
    else { return false }
    return clause.has(.agree) ? next.has(.agree) : clause.has(.read) && next.has(.read)
  }

  /// 是否已阅读: a field of a form, not a question to somebody.
  private func isField(_ clause: Clause) -> Bool {
    !clause.classes.meets(ClassSet(.polite, .request, .own, .third, .you, .unknown))
  }

  private static let boxes = ClassSet(.ticked, .unticked)

  /// 是否保留数据：否, 不同意的条款：无: the field says that there is none.
  static func isNone(_ script: Script, _ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end == .colon, !clause.classes.meets(ClassSet(.own, .read, .avow)), !clause.has(.filled) else {
      return false
    }
    return (!clause.classes.meets(ClassSet(.agree, .know)) || clause.has(.negation)) && answer(script, index) == false
  }

  /// The box that belongs to a clause is empty: the one before it (□ 同意), or behind it where the field's boxes stand
  /// behind their words (同意 □).
  static func isUnticked(_ script: Script, _ index: Int) -> Bool {
    if script.clauses[index].end == .colon, let isEmpty = isValueUnticked(script, index) { return isEmpty }
    let field = field(script, index)
    if isBoxBehind(script, field) {
      for at in (index + 1)..<max(field.upperBound, index + 1) {
        if let box = box(script, at), !isAskedTick(script, at) { return box == .unticked }
      }
      return false
    }
    for at in (field.lowerBound...index).reversed() {
      if script.clauses[at].classes.meets(boxes) {
        return script.words(script.clauses[at]).contains { $0.kind == .unticked }
      }
      // ❌ 有不同意的条款
      if at == index, let first = script.words(script.clauses[at]).first, first.kind == .no,
        script.clauses[at].tokens.count > 1
      {
        return true
      }
    }
    for at in (index + 1)..<max(field.upperBound, index + 1) {
      if script.clauses[at].has(.unticked) { return true }
      if script.clauses[at].has(.ticked), !isAskedTick(script, at) { return false }
    }
    return false
  }

  /// （请打√） asks for a tick.
  private static func isAskedTick(_ script: Script, _ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isBracketed else { return false }
    let before = script.clauses[index - 1]
    return clause.has(.request) || before.isBracketed && before.has(.request)
  }

  /// 已阅读并同意：□是 □否, all boxes behind the label are empty; nil where none are.
  private static func isValueUnticked(_ script: Script, _ index: Int) -> Bool? {
    let line = script.clauses[index].line
    var at = index + 1
    var isEmpty: Bool? = nil
    while at < script.clauses.count, at - index < farthest, script.clauses[at].line == line {
      let clause = script.clauses[at]
      if clause.has(.ticked) { return false }
      if clause.has(.unticked) { isEmpty = true }
      if clause.end == .colon || !clause.classes.meets(boxes.union(answering)) { break }
      at += 1
    }
    return isEmpty
  }

  /// The clauses of one field: from the label's colon to the next one, on one line.
  private static func field(_ script: Script, _ index: Int) -> Range<Int> {
    let line = script.clauses[index].line
    var low = index
    while low > 0, index - low < farthest, script.clauses[low - 1].line == line, script.clauses[low - 1].end != .colon {
      low -= 1
    }
    var high = index + 1
    while high < script.clauses.count, high - index < farthest, script.clauses[high].line == line,
      script.clauses[high - 1].end != .colon
    {
      high += 1
    }
    return low..<high
  }

  /// The box that a clause begins with.
  private static func box(_ script: Script, _ index: Int) -> WordClass? {
    guard let first = script.words(script.clauses[index]).first, boxes.has(first.kind) else { return nil }
    return first.kind
  }

  /// 已阅读 ☑ 未阅读 ☐: words come first, and a box comes last.
  private static func isBoxBehind(_ script: Script, _ field: Range<Int>) -> Bool {
    guard let first = field.first, let last = field.last, first < last, box(script, first) == nil,
      !script.clauses[first].classes.meets(boxes)
    else { return false }
    return box(script, last) != nil && script.clauses[last].tokens.count == 1
  }

  // MARK: Around the statement

  private enum Reach { case sentence, near, text }
  /// Words that speak about a statement from outside its clause.
  private static let spoilers: [(WordClass, FindingCode, isDenial: Bool, Reach)] = [
    (.insincere, .consentInsincere, false, .text), (.limit, .consentDelayed, false, .text),
    (.withdrawn, .consentWithdrawn, true, .text), (.unread, .consentNegated, true, .text),
    (.untrue, .consentUnclear, false, .text),
    (.duress, .consentUnclear, false, .text), (.deemed, .consentUnclear, false, .text),
    (.keep, .consentWithdrawn, false, .text), (.pause, .consentDelayed, false, .text),
    (.before, .consentDelayed, false, .text),
    (.template, .consentQuoted, true, .near), (.blank, .consentUnclear, false, .near),
    (.says, .consentThirdParty, true, .near), (.behalf, .consentThirdParty, false, .text),
    (.instruct, .consentQuoted, true, .sentence), (.hedge, .consentUnclear, false, .sentence),
  ]
  /// What was said before 现在, 更正 and the like is overtaken by the statement.
  private static let overtaken = ClassSet(.withdrawn, .unread, .untrue)
  private static let leading = ClassSet(.says, .instruct, .template, .agent, .third, .elsewhere, .ambiguous, .blank)
  /// Things that may be void, lost or taken back without touching the statement.
  private static let things = ClassSet(.topic, .balance, .resources)
  /// A clause that speaks of the ticket's own matters.
  private static let anchors = ClassSet(
    .topic, .close, .service, .request, .polite, .identifier, .balance, .resources, .waive, .notice, .short, .lead)

  /// - Parameters:
  ///   - core: the clauses that read and agree.
  ///   - span: from the first to the last of them; nil where there is no whole statement.
  func spoiler(core: Set<Int>, span: ClosedRange<Int>?) -> Problem? {
    guard let first = core.min(), let last = core.max() else { return nil }
    let sentences = Set(core.map { script.clauses[$0].sentence })
    let near = neighbours(first, last)
    func isIn(_ reach: Reach, _ index: Int) -> Bool {
      switch reach {
      case .text: true
      case .sentence: sentences.contains(script.clauses[index].sentence)
      case .near: sentences.contains(script.clauses[index].sentence) || near.contains(script.clauses[index].sentence)
      }
    }
    let avowed = core.contains(where: isAvowed)
    let scene = Scene(
      core: core, first: first, last: last, sentences: sentences, near: near, isAvowed: avowed,
      isOwn: core.contains { script.clauses[$0].classes.meets(ClassSet(.own, .now)) || isOwnLabel($0) })
    var worst: (rank: Int, problem: Problem)? = nil
    for index in own where !core.contains(index) && script.clauses[index].classes.meets(Self.spoiling) {
      for (rank, (kind, code, isDenial, reach)) in Self.spoilers.enumerated() {
        guard rank < worst?.rank ?? Int.max, script.clauses[index].has(kind), isIn(reach, index),
          !isHarmless(kind, index, scene)
        else { continue }
        worst = (rank, Problem(code: code, isDenial: isDenial, clause: index))
      }
    }
    if let worst { return worst.problem }
    // 须知那个页面一直提示“内容不存在”
    for index in script.clauses.indices.dropFirst()
    where script.clauses[index].has(.untrue) && !script.clauses[index].has(.agree) {
      let lead = script.clauses[index - 1]
      if lead.speaker == .applicant, script.words(script.clauses[index]).first?.isQuoted ?? false,
        lead.classes.meets(ClassSet(.notice, .short)) || lead.has(.place)
      {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    // Words of others that would take the statement back: who said them is an inference.
    for index in script.clauses.indices where script.clauses[index].speaker == .agent {
      if script.clauses[index].classes.meets(ClassSet(.withdrawn, .keep, .pause, .unread)), index > first {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    for index in own where !core.contains(index) {
      let clause = script.clauses[index]
      let isSame = sentences.contains(clause.sentence)
      if clause.has(.condition),
        let problem = condition(index, isSame, near.contains(clause.sentence), isBehind: index > last)
      {
        return problem
      }
      // 系统问我是否同意，我的答复：…: asked before one's own words.
      if avowed, index < first { continue }
      if let problem = question(index, isSame, near.contains(clause.sentence)) { return problem }
    }
    guard span != nil else { return nil }
    if let blank = unfilled(last) { return Problem(code: .consentQuoted, isDenial: true, clause: blank) }
    // (read and agreed …) on the chat last Friday: what stands around the brackets says where it was said.
    if core.allSatisfy({ script.clauses[$0].isBracketed }),
      let around = own.first(where: {
        !core.contains($0) && sentences.contains(script.clauses[$0].sentence) && script.clauses[$0].has(.elsewhere)
      })
    {
      return Problem(code: .consentUnclear, isDenial: false, clause: around)
    }
    for index in own where !core.contains(index) {
      let clause = script.clauses[index]
      let isSame = sentences.contains(clause.sentence)
      if isSame, index < last, !avowed, clause.has(.third) || clause.has(.agent),
        clause.isBracketed && clause.has(.third) || !clause.classes.meets(ClassSet(.polite, .per)),
        !clause.has(.own) || clause.has(.third) && isOnlyPossessive(clause),
        !isApposition(index),
        let act = core.filter({ $0 > index }).min(), !script.clauses[act].has(.own)
      {
        return Problem(code: .consentThirdParty, isDenial: false, clause: index)
      }
      if index > last, isSame || near.contains(clause.sentence), isUnread(index) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if prohibitsClosing(clause), index > first || !isPast(index) {
        return Problem(code: .consentDelayed, isDenial: false, clause: index)
      }
      if index > last || !isReported(clause) && !clause.has(.reason), putsOff(clause) {
        return Problem(code: .consentDelayed, isDenial: false, clause: index)
      }
      // 拟于会后签署声明，表示已阅读并同意: the statement is still to be made.
      if isSame, index < first, clause.has(.future), clause.has(.lead), !scene.isOwn {
        return Problem(code: .consentFuture, isDenial: true, clause: index)
      }
      // 你免掉滞纳金，我同意: what the other side is to do stands between reading and agreeing.
      if isSame, first < index, index < last, clause.has(.you), clause.unknown > 2, !clause.has(.question) {
        return Problem(code: .consentConditional, isDenial: false, clause: index)
      }
      // 已阅读并[污渍]同意
      if isSame, clause.isBracketed, first < index, index < last, clause.unknown > 0, !isName(index), !avowed,
        script.words(script.clauses[index - 1]).last?.kind != .own
      {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if isSame || near.contains(clause.sentence), isStrange(index, isSame, isBehind: index > first) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    return nil
  }

  /// 已阅读并同意：⏎申请人：⏎日期：, a form that nobody has filled in; 填写内容：无 behind the words that were to be copied.
  private func unfilled(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    if let blank = unansweredField(index) ?? blankForm { return blank }
    guard clause.end == .colon, index + 1 < script.clauses.count else { return nil }
    let next = script.clauses[index + 1]
    guard next.line > clause.line, next.end == .colon else { return nil }
    let isOpen = index + 2 >= script.clauses.count || script.clauses[index + 2].line > next.line
    return isOpen ? index + 1 : nil
  }

  /// 申请人：⏎账号：⏎本人已阅读…⏎日期：, fields without values, and no value anywhere.
  private var blankForm: Int? {
    var empty: [Int] = []
    for index in own {
      let clause = script.clauses[index]
      if clause.has(.identifier) { return nil }
      guard clause.end == .colon, clause.classes.meets(ClassSet(.topic, .own, .owner, .near)),
        !clause.classes.meets(ClassSet(.read, .agree, .polite))
      else { continue }
      if index + 1 < script.clauses.count, script.clauses[index + 1].line == clause.line { return nil }
      empty.append(index)
    }
    return empty.count > 1 ? empty.last : nil
  }

  /// 声明：我已阅读并同意…⏎填写内容：无
  private func unansweredField(_ index: Int) -> Int? {
    guard let next = following(index), script.clauses[next].has(.filled), script.clauses[next].end == .colon,
      !script.clauses[next].has(.own), script.clauses[next].line - script.clauses[index].line <= Self.farthestField
    else { return nil }
    let value = next + 1
    guard value < script.clauses.count, script.clauses[value].line == script.clauses[next].line else { return next }
    let isEmpty = script.clauses[value].classes.without(ClassSet(.no, .none, .blank, .filler, .unticked)).isEmpty
    return isEmpty ? value : nil
  }
  private static let farthestField = 3

  /// A statement and its surroundings.
  private struct Scene {
    let core: Set<Int>
    let first: Int
    let last: Int
    let sentences: Set<Int>
    /// The sentences right before and behind it.
    let near: Set<Int>
    let isAvowed: Bool
    /// It says 我, 本人 or 现在.
    let isOwn: Bool
  }
  private static let spoiling = ClassSet(rawValue: spoilers.reduce(0) { $0 | ClassSet($1.0).rawValue })

  /// The word speaks of something else, or of what was before the statement.
  private func isHarmless(_ kind: WordClass, _ index: Int, _ scene: Scene) -> Bool {
    let clause = script.clauses[index]
    if isAboutThings(index, kind, scene.near) { return true }
    let isSame = scene.sentences.contains(clause.sentence)
    // 短信先停一停, 下个月再回访: messages are put off, not the closing.
    if [.pause, .before, .limit].contains(kind), clause.has(.message), !isAboutClosing(clause) { return true }
    if index < scene.first {
      // What was demanded or said before the applicant's own declaration is not about it.
      if Self.leading.has(kind), scene.isAvowed { return true }
      if Self.overtaken.has(kind), isRenewed(index, scene.first, scene.last) { return true }
      // 那句话收回。须知我看过，现在同意: what was taken back is what was said before.
      if kind == .withdrawn, clause.has(.turned) || (!isSame && scene.isOwn && clause.end != .colon) { return true }
      // 上次说撤销申请, 本来打算下个月再注销: overtaken by the statement.
      if !isSame, scene.isOwn || scene.isAvowed {
        if kind == .unread || kind == .untrue, isPast(index) { return true }
        if [.keep, .pause, .limit, .before].contains(kind), isTold(index), !isOrder(kind, clause) { return true }
      }
      // 先是登录不上去: a story.
      if kind == .before, !isSame, !clause.has(.request) { return true }
      // 孩子他爸没空看。我看的，我同意.
      if kind == .unread, scene.isOwn, isOfThird(index) { return true }
      // Somebody's demand in an earlier sentence: the statement that follows is the applicant's.
      if kind == .says, !isSame { return true }
      // 客服说“…”，我…: what was said is the quotation.
      if kind == .says || kind == .instruct || kind == .template, scene.isOwn, isQuoting(index) { return true }
    }
    if kind == .instruct, index > scene.last { return true }
    if kind == .template, isDenied(clause, .template) { return true }
    guard !isSame, !scene.near.contains(clause.sentence) else { return false }
    switch kind {
    case .insincere, .duress, .untrue, .deemed, .unread: return isApart(index)
    case .withdrawn: return index < scene.first && isApart(index)
    default: return false
    }
  }

  /// The clause's sentence has a subject of its own: it speaks of things, and neither of the statement nor the notice.
  private func isApart(_ index: Int) -> Bool {
    let (classes, unknown) = sentence(index)
    if classes.meets(ClassSet(.lead, .avow, .bare, .agree, .read, .notice, .short, .near)) { return false }
    return classes.meets(Self.anchors) || unknown > 3
  }

  /// All that a sentence holds.
  private func sentence(_ index: Int) -> (classes: ClassSet, unknown: Int) {
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
  private static let closing = ScalarSet("销关删户号停动办理")

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
  private func isRenewed(_ index: Int, _ first: Int, _ last: Int) -> Bool {
    let end = min(last + 1, script.clauses.count - 1)
    return end - index < Self.farthest
      && (index...end).contains { script.clauses[$0].classes.meets(ClassSet(.now, .avow)) }
  }

  /// The sentences right before and behind the statement, of the applicant's words.
  private func neighbours(_ first: Int, _ last: Int) -> Set<Int> {
    var found: Set<Int> = []
    let low = script.clauses[first].sentence
    let high = script.clauses[last].sentence
    if let before = own.last(where: { $0 < first && script.clauses[$0].sentence < low }) {
      found.insert(script.clauses[before].sentence)
    }
    if let behind = own.first(where: { $0 > last && script.clauses[$0].sentence > high }) {
      found.insert(script.clauses[behind].sentence)
    }
    // Sentences between the two halves are as near as can be.
    if high - low < Self.farthest { found.formUnion(low...high) }
    return found
  }

  /// 代金券会作废, 手机号已失效: things are void, not the statement.
  private func isAboutThings(_ index: Int, _ kind: WordClass, _ near: Set<Int>) -> Bool {
    let clause = script.clauses[index]
    let isAboutIt = clause.classes.meets(ClassSet(.lead, .avow, .bare, .agree, .read, .notice, .short))
    switch kind {
    case .withdrawn, .untrue:
      if isDenied(clause, kind) { return true }
      if isAboutIt { return false }
      // 链接打不开 beside the statement is the notice's; 控制台页面打不开 is not.
      let isPlace =
        clause.has(.place) && !sentence(index).classes.meets(ClassSet(.service, .close, .resources, .balance))
      if kind == .untrue, isOfConsole(index) { return true }
      if kind == .untrue, isPlace, near.contains(clause.sentence) { return false }
      if clause.classes.meets(Self.things) || clause.has(.service) && kind == .withdrawn && !clause.has(.condition) {
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
    case .pause: return isDenied(clause, kind)
    case .deemed: return clause.has(.waive) && !isAboutIt
    case .unread:
      let words = script.words(clause)
      guard let at = words.firstIndex(where: { $0.kind == .unread }) else { return false }
      if clause.classes.meets(ClassSet(.document, .message, .balance)) || clause.has(.topic) && !near.isEmpty,
        !clause.classes.meets(ClassSet(.notice, .short, .bare))
      {
        return true
      }
      return at > words.startIndex && words[at - 1].kind == .negation
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
      return !isAboutIt && (clause.classes.meets(ClassSet(.service, .close, .request)) || !leadsToAct(index))
    case .says:
      // 他让我写的, 客服说: only with somebody who says it.
      // 客服让我重新提交 speaks of the ticket.
      return clause.has(.per) || !clause.classes.meets(ClassSet(.third, .agent, .you))
        || (clause.classes.meets(ClassSet(.service, .topic, .resources, .balance)) && !isAboutIt)
    case .instruct, .template: return clause.has(.per)
    // 138****8000: a masked number.
    case .blank: return clause.has(.identifier) && !isAboutIt
    case .hedge: return !isAboutIt && (clause.unknown > 0 || clause.classes.meets(Self.anchors))
    default: return false
    }
  }

  /// 只注销, 仅关闭
  private func isOnly(_ clause: Clause) -> Bool {
    script.words(clause).contains { $0.kind == .limit && Self.only.contains(text.scalars[$0.range.lowerBound]) }
  }
  private static let only = ScalarSet("只仅")

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
  private static let loading = Set(["转圈", "白屏", "加载失败", "加载不出来"].map(Scalars.of))
  private static let papers = ClassSet(.notice, .short, .ambiguous, .bare, .document)

  /// 没办法，只好同意: an act of the statement follows in the clause or right behind it.
  private func leadsToAct(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if clause.unknown * 2 < clause.range.count { return true }
    return own.contains {
      $0 > index && $0 - index < Self.fewClauses && script.clauses[$0].sentence == clause.sentence
        && script.clauses[$0].classes.meets(Self.acting)
    }
  }

  /// 不保留数据, 绝不反悔: the word itself is denied.
  private func isDenied(_ clause: Clause, _ kind: WordClass) -> Bool {
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
  private static let still = Set(["也", "都", "均", "仍", "仍然", "也都"].map(Scalars.of))

  /// 如有问题请致电, 若材料不够请告诉我: an offer, no condition. One that stands before or within the statement's own
  /// sentence is never taken for one.
  private func condition(_ index: Int, _ isSame: Bool, _ isNear: Bool, isBehind: Bool) -> Problem? {
    let clause = script.clauses[index]
    if isDenied(clause, .condition) || isConceded(index) { return nil }
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
    let isOfMatter =
      classes.meets(ClassSet(.topic, .identifier))
      && !classes.meets(ClassSet(.service, .balance, .resources, .waive).union(Self.bindingToIt))
    // 如果不能退款就算了: nothing says what it is about.
    let isOpenEnded = isNear && !classes.meets(ClassSet(.topic, .identifier, .polite, .request))
    if isOpenEnded { return Problem(code: .consentConditional, isDenial: false, clause: index) }
    let isBound = clause.has(.strict) && isNear && !isOfMatter || isAboutIt && classes.meets(Self.bindingToIt)
    return isBound ? Problem(code: .consentConditional, isDenial: false, clause: index) : nil
  }

  /// 清除, 删掉
  private static let clearing = ScalarSet("清删")

  /// Words by which a condition would touch the statement or the closing.
  private static let binding = ClassSet(
    .agree, .read, .lead, .avow, .bare, .close, .keep, .pause, .withdrawn, .deemed, .balance, .resources)

  private static let bindingToIt = ClassSet(.lead, .bare, .agree, .notice, .short, .close, .keep, .pause)

  private func isOffer(_ clause: Clause) -> Bool {
    clause.has(.offer)
      && !clause.classes.meets(ClassSet(.agree, .keep, .pause, .withdrawn, .deemed, .balance, .resources))
  }

  /// A question about the statement itself.
  private func question(_ index: Int, _ isSame: Bool, _ isNear: Bool) -> Problem? {
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
    if isOfTime, clause.end == .question { return nil }
    if isAboutIt, isNear || isSame { return Problem(code: .consentQuestion, isDenial: false, clause: index) }
    if isSame, clause.end == .question, !clause.has(.inquiry), !clause.classes.meets(Self.anchors) {
      return Problem(code: .consentQuestion, isDenial: false, clause: index)
    }
    return nil
  }

  /// What stands right behind a statement may limit it: it must be understood but for a word.
  private func isUnread(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if clause.unknown <= Self.mostUnknownBehind || isName(index) { return false }
    // Questions are judged as such; a reason limits nothing, nor does what is done; 别再打电话 is about calls.
    if clause.has(.question) || clause.end == .question || clause.has(.reason) || isAnnoyed(clause) { return false }
    if isReported(clause) { return false }
    if !mayLimit(clause) { return false }
    // 麻烦帮我把号搞掉, 请清掉实名信息
    if clause.has(.request), clause.has(.close), !putsOff(clause) { return false }
    return !(clause.isLabelled && index > 0 && script.clauses[index - 1].classes.meets(Self.fields))
  }
  private static let mostUnknownBehind = 2

  /// Words of time, order, keeping, asking or of the statement itself stand among those that are not known.
  private func mayLimit(_ clause: Clause) -> Bool {
    clause.classes.meets(Self.limiting) || clause.has(.timing)
      || text.scalars[clause.range].contains { Self.limits.contains($0) }
  }
  private static let limiting = ClassSet(
    .close, .resources, .negation, .none, .but, .hedge, .lead, .bare, .request, .condition, .future, .withdrawn, .keep,
    .unread)
  private static let limits = ScalarSet("等后前再才暂先那候底季留存停别勿此句得容让随到待直")

  /// 照片都拷走了, 同意书已寄出: a fact of the past.
  private func isReported(_ clause: Clause) -> Bool {
    guard !clause.classes.meets(ClassSet(.condition, .future, .negation, .none)) else { return false }
    let s = text.scalars[clause.range]
    return s.contains(0x5DF2) || s.last { $0 != 0x20 } == 0x4E86  // 已, 了
  }

  /// 别再打电话, 不要再推销: no more of something that is not the closing.
  private func isAnnoyed(_ clause: Clause) -> Bool {
    guard clause.has(.prohibition), !clause.has(.close) else { return false }
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .negation }) else { return false }
    let end = words[at].range.upperBound
    return end < text.scalars.count && text.scalars[end] == 0x518D || text.scalars[words[at].range].last == 0x518D  // 再
  }

  /// 别急着销, 有结果前请勿关闭账号.
  private func prohibitsClosing(_ clause: Clause) -> Bool {
    guard clause.has(.prohibition), clause.has(.close), clause.end != .question else { return false }
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .negation }) else { return false }
    return words[(at + 1)...].contains { $0.kind == .close && isClosing($0) }
  }

  /// 注销动作放在春节之后, 保证金退到卡上那天请执行注销: words of time stand around the closing, and not all is understood.
  private func putsOff(_ clause: Clause) -> Bool {
    guard clause.classes.meets(ClassSet(.close, .service)), clause.unknown > 1 || clause.has(.request),
      !clause.classes.meets(ClassSet(.elsewhere, .question)), clause.end != .question
    else { return false }
    guard let close = script.words(clause).first(where: { [.close, .service].contains($0.kind) && isClosing($0) })
    else { return false }
    let s = text.scalars
    if s[clause.range.lowerBound..<close.range.lowerBound].contains(where: { Self.moments.contains($0) }) {
      return true
    }
    // 注销后 and 注销之后 speak of afterwards.
    let behind = min(close.range.upperBound + 3, clause.range.upperBound)
    return s[behind..<clause.range.upperBound].contains { Self.moments.contains($0) }
  }
  private static let moments = ScalarSet("后才再待等节底候那")

  /// 注销, 关闭, 删除, and not 办 or 不用了.
  private func isClosing(_ token: Token) -> Bool {
    text.scalars[token.range].contains { Self.closings.contains($0) || Scalars.isLetter($0) }
  }
  private static let closings = ScalarSet("销关删停")

  private static let fewWords = 8
  private static let fewClauses = 5
  private static let veryFewWords = 3
  private static let shortDenial = 9
  private static let fields = ClassSet(.topic, .owner, .lead, .own, .identifier, .near, .service)

  /// 本公司（样例传媒有限公司）: who the applicant is.
  private func isName(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isBracketed, index > 0, clause.range.count <= 24 else { return false }
    let allowed = ClassSet(.unknown, .topic, .own, .identifier, .filler)
    guard clause.classes.without(allowed).isEmpty else { return false }
    return script.words(script.clauses[index - 1]).last.map { $0.kind == .own || $0.kind == .topic } ?? false
  }

  /// Few words right behind the statement of which nothing is known: they may empty it (…，你猜).
  private func isStrange(_ index: Int, _ isSame: Bool, isBehind: Bool) -> Bool {
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
  }
}
