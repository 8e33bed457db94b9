import ClosureModel

/// What speaks against a statement: in its own clause, in its sentence, near it, anywhere.
struct ClauseChecks {
  struct Problem {
    var code: FindingCode
    /// The statement is none; otherwise a person decides.
    var isDenial: Bool
    var clause: Int
  }

  let page: Page
  var script: Script { page.script }
  var text: NormalText { page.text }
  var names: PersonNames { page.vocabulary.persons }
  /// The clauses that are the applicant's words, in order.
  let own: [Int]
  /// 我 or 本人 stands in the applicant's words: an organisation named beside may be somebody else's.
  let speaksOfHimself: Bool

  let scale: RemarkScale
  /// A remark in a sentence of its own that weighs so little that words of others, of forms and of mishaps in it say nothing.
  func isCleared(_ index: Int, beside core: Places) -> Bool {
    !core.contains { script.clauses[$0].sentence == script.clauses[index].sentence } && scale.isCleared(index)
  }

  init(_ page: Page, own: [Int], isWeighed: Bool) {
    self.page = page
    scale = RemarkScale(page, own: own, isOn: isWeighed)
    self.own = own
    speaksOfHimself = own.contains { index in
      page.script.clauses[index].has(.own)
        && page.script.words(page.script.clauses[index]).contains { word in
          word.kind == .own && Self.singular.contains(page.text.scalars[word.range])
        }
    }
  }

  /// The applicant's next clause.
  func following(_ index: Int) -> Int? {
    let place = own.place(of: index + 1)
    return place < own.count ? own[place] : nil
  }

  /// Lines are looked along no farther than this: hostile lines stay cheap.
  static let farthest = 40

  static var acting: ClassSet { ClassSet(.read, .know, .agree, .near, .objection) }

  // MARK: The clause of an act

  /// Words that a clause which reads or agrees may hold.
  private static var stating: ClassSet {
    ClassSet(
      .own, .read, .know, .agree, .near, .objection, .none, .notice, .short, .bare, .part, .filler, .manner, .and,
      .lead,
      .avow, .per, .polite, .now, .identifier, .ticked, .yes, .close, .request, .service, .topic, .document)
  }
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
      if kind == .third, isJoint(clause) || isReading && (isStaff(index) || isHelped(clause)) { continue }
      if kind == .agent || kind == .says, isReading, isPointedOut(clause) { continue }
      if kind == .you, isOwnersMark(clause) { continue }
      if kind == .question, isAnswered(index) { continue }
      if kind == .instruct, clause.has(.per) { continue }
      if kind == .future, !isFuture(clause) { continue }
      if kind == .hedge, isOfWhole(index) { continue }
      if kind == .blank, isMaskedName(clause) { continue }
      if kind == .withdrawn, isOfPassage(clause) { continue }
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
    if isAnsweredTwice(index) { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    if isRefusedField(index) { return Problem(code: .consentNegated, isDenial: true, clause: index + 1) }
    if clause.classes.meets(ClassSet(.read, .know)), isReadByAnother(clause) {
      return Problem(code: .consentThirdParty, isDenial: false, clause: index)
    }
    if isReading && isPartRead(clause) || namesPiece(clause) || speaksOfWords(clause) {
      return Problem(code: .consentUnclear, isDenial: false, clause: index)
    }
    if isSaidByPaper(clause) { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    if isConsequence(clause) { return Problem(code: .consentConditional, isDenial: true, clause: index) }
    if endsInNone(clause) { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    // 没有意见，一条都没有
    if answer(index) == false, !clause.has(.objection) || !clause.has(.none) {
      return Problem(code: .consentNegated, isDenial: true, clause: index)
    }
    if clause.isLabelled, !clause.has(.ticked), let problem = labelProblem(index) { return problem }
    if clause.has(.document), !clause.has(.notice), !isReading, !NoticeGlue.isListed(script, text, index) {
      return Problem(code: .consentOtherDocument, isDenial: true, clause: index)
    }
    if clause.has(.elsewhere) || clause.has(.olden), !isReading, !isReadBefore(clause) {
      return Problem(code: .consentUnclear, isDenial: false, clause: index)
    }
    if let other = agreedElse(index) ?? pointed(index) ?? chronicle(index) {
      return Problem(code: .consentUnclear, isDenial: false, clause: other)
    }
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
    // 券作废这些我都认: what the paper says of a thing.
    if clause.has(.withdrawn) { strange = strange.without(ClassSet(.withdrawn)) }
    // 已收悉并阅: received and read.
    if clause.has(.read) { strange = strange.without(ClassSet(.receive)) }
    if clause.has(.elsewhere), isReadBefore(clause) { strange = strange.without(ClassSet(.elsewhere)) }
    if isReading, isPointedOut(clause) { strange = strange.without(ClassSet(.agent, .says, .you, .unknown)) }
    if clause.has(.notice), clause.has(.ambiguous), NoticeGlue.holds(script.words(clause)) {
      strange = strange.without(ClassSet(.ambiguous))
    }
    if strange.isEmpty {
      if agreesToReading(clause) { return Problem(code: .consentHalf, isDenial: true, clause: index) }
      return nil
    }
    if strange.without(ClassSet(.unknown, .blank)).isEmpty, isMaskedName(clause) { return nil }
    if strange.without(ClassSet(.unknown, .third)).isEmpty,
      isOwnName(clause) || isOrganisation(clause) || isPartnersName(clause)
    {
      return nil
    }
    if isReading, strange.without(ClassSet(.unknown, .third)).isEmpty, isExaminedWithin(index) { return nil }
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
    // …那张纸，上面印着本人已阅读并同意…
    if let first = script.words(clause).first, first.fine == .cited, text.scalars[first.range].contains(Self.printed) {
      return true
    }
    guard clause.classes.meets(ClassSet(.lead)) || clause.has(.cited), !clause.classes.meets(ClassSet(.own, .per, .now))
    else { return false }
    let words = script.words(clause)
    // 附件 PDF 中写明已阅读并同意…
    if let lead = words.firstIndex(where: { $0.kind == .lead }), lead > words.startIndex,
      Self.inside.contains(text.scalars[words[lead - 1].range.upperBound - 1]),
      words[..<lead].contains(where: { $0.kind == .topic || $0.kind == .document })
    {
      return true
    }
    guard let at = words.firstIndex(where: { $0.fine == .cited }) else { return false }
    return words[..<at].contains { [.topic, .document, .part, .lead].contains($0.kind) }
  }

  private static let printed: UInt32 = 0x5370  // 印

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
  static let about = ScalarSet("于关及")
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
  func isNegating(_ clause: Clause) -> Bool {
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

  /// We read the notice last week and we accept it: the time is that of the reading, and the agreement is said now.
  private func isReadBefore(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let past = words.lastIndex(where: { $0.kind == .elsewhere }), !clause.has(.olden),
      Scalars.isLetter(text.scalars[words[past].range.lowerBound]),
      words[..<past].contains(where: { $0.kind == .read }), past + 2 < words.endIndex, words[past + 1].kind == .and,
      words[past + 2].kind == .own, let agree = words[past...].first(where: { $0.kind == .agree })
    else { return false }
    // and we agreed to it: told of then.
    return !Scalars.contains(text.scalars[agree.range], Self.pastForm)
  }

  private static let pastForm = Scalars.of("ed")

  /// 我就同意, 我司就接受: follows from something that is still to come.
  private func isConsequence(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return words.indices.dropFirst(2).contains { at in
      // 看完就同意: still to come; 看完就同意了 is not.
      words[at].kind == .agree && text.scalars[words[at - 1].range].elementsEqual([0x5C31])  // 就
        && (words[at - 2].kind == .own
          || words[at - 2].kind == .read && text.scalars[words[at - 2].range].last != Self.le
            && text.scalars[words[at].range].last != Self.le
            && words[words.index(before: words.endIndex)].range == words[at].range)
    }
  }

  private static let le: UInt32 = 0x4E86  // 了

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
  static let done = ScalarSet("完过毕了尾遍咗晒讫到")

  static var between: ClassSet { ClassSet(.filler, .manner, .part, .own, .yes, .and) }

  /// 同意阅读: agrees to read, has not read.
  private func agreesToReading(_ clause: Clause) -> Bool {
    let words = script.words(clause).filter { $0.kind != .filler || $0.range.count > 1 }
    return zip(words, words.dropFirst()).contains { $0.kind == .agree && $1.kind == .read }
  }

  /// 我老婆, my co-founder: the applicant is named only as whose the other person is.
  func isOnlyPossessive(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return words.indices.filter { words[$0].kind == .own }.allSatisfy { at in
      words[(at + 1)...].first { $0.kind != .filler }?.kind == .third
    }
  }

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
      // the notice of account revocation JD Cloud: whose it is stands behind it.
      let isOfNotice = at > words.startIndex + 1 && words[at - 1].kind == .filler && words[at - 2].kind == .notice
      // read the closing notice of JD Cloud and consent to it: what follows the name is another act of the same.
      let behind = at + 1 < words.endIndex ? words[at + 1].kind : .and
      if isOfNotice, [.and, .manner, .filler, .read].contains(behind) { return true }
      if at > words.startIndex, words[at - 1].kind == .notice,
        !words[at...].contains(where: { Self.acting.has($0.kind) })
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

  /// 客服让我看的那份《注销须知》我看完了: which paper it is, and the applicant has read it.
  private func isPointedOut(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let paper = words.firstIndex(where: { $0.kind == .notice || $0.kind == .short }), paper > words.startIndex,
      words.first?.kind == .agent || words.first?.kind == .you,
      Self.marksOfWhich.contains(text.scalars[words[paper - 1].range.upperBound - 1]),
      words[..<paper].allSatisfy({ Self.pointing.has($0.kind) || $0.kind == .unknown && $0.range.count <= 2 }),
      !clause.classes.meets(ClassSet(.negation, .none, .unread, .question, .hedge, .condition, .future, .template))
    else { return false }
    let behind = words[(paper + 1)...]
    guard let own = behind.firstIndex(where: { $0.kind == .own }),
      let act = behind.firstIndex(where: { $0.kind == .read }), own < act
    else { return false }
    return behind.allSatisfy { ![.third, .agent, .owner, .says, .you].contains($0.kind) }
  }
  private static let marksOfWhich = ScalarSet("的份")
  private static let pointing = ClassSet(.agent, .you, .own, .says, .filler, .read, .bare)

  private func isUnknownBehind(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let act = words.firstIndex(where: { $0.kind == .read || $0.kind == .know }),
      let strange = words.firstIndex(where: { $0.kind == .unknown })
    else { return false }
    return strange > act
  }

  /// The word right behind the act is not known and no paper was named before: 看了账单.
  func isOfElse(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let act = words.lastIndex(where: { $0.kind == .read || $0.kind == .know }) else { return false }
    let next = words[(act + 1)...].first { $0.kind != .filler && $0.kind != .manner }
    guard let next, next.kind == .unknown || next.kind == .topic else { return false }
    return !clause.classes.meets(ClassSet(.notice, .short, .bare, .part))
  }

  private static let singular = WordSet(["我", "本人", "我本人", "俺", "i", "my", "me", "myself", "我自己", "自己"])
}
