/// One act of a statement: somebody read, agreed, refused.
struct Act: Sendable {
  enum Kind: UInt8, Sendable { case read, agree, near }
  enum Object: UInt8, Sendable {
    /// The closing notice.
    case notice
    /// A name that may be the notice, or none at all.
    case ambiguous, unnamed
    /// Another paper, the closing itself, something else.
    case document, closing, elsewhere
  }
  var kind: Kind
  var object: Object
  var isNegated: Bool
  /// Index of the clause and of the token.
  var clause: Int
  var token: Int
}

/// Finds the acts of each clause with polarity and object, the object taken from the sentence before or after where the
/// clause leaves it out.
struct ActFinder {
  private let page: Page
  var script: Script { page.script }
  var text: NormalText { page.text }
  let own: [Int]
  private(set) var acts: [Act] = []
  /// A paper other than the notice is named somewhere in the applicant's words.
  private let namesOther: Bool
  /// 我司, 代表公司 stand in the applicant's words.
  private let speaksForCompany: Bool
  static let farthest = 3
  /// Words between two that belong together.
  static let mostGlue = 12

  /// - Parameter own: the clauses that are the applicant's words, in order.
  static func find(_ page: Page, _ own: [Int]) -> [Act] {
    var finder = ActFinder(page, own)
    finder.run()
    return finder.acts
  }

  private init(_ page: Page, _ own: [Int]) {
    self.page = page
    self.own = own
    let mayBeCompany = page.traces.mayHold(Self.company)
    speaksForCompany =
      mayBeCompany
      && own.contains { index in
        page.script.clauses[index].has(.own)
          && page.script.words(page.script.clauses[index]).contains {
            $0.kind == .own && page.text.scalars[$0.range].contains(Self.company)
          }
      }
    namesOther = own.contains { page.script.clauses[$0].classes.meets(ClassSet(.document, .ambiguous)) }
  }

  private static let company: UInt32 = 0x53F8  // 司

  private mutating func run() {
    // What the text is speaking of: the paper named last, and where.
    var topic: (object: Act.Object, sentence: Int, clause: Int)? = nil
    var place = -1
    for index in script.clauses.indices {
      let clause = script.clauses[index]
      let isListed = clause.has(.document) && NoticeGlue.isListed(script, text, index)
      let named = isListed ? .notice : named(clause, topic?.object)
      if let named { topic = (named, clause.sentence, index) }
      guard place + 1 < own.count, own[place + 1] == index else { continue }
      place += 1
      let from = acts.count
      collect(clause, index)
      guard acts.count > from else { continue }
      let isOfField =
        named == nil && ((clause.isLabelled || isHeaded(index)) && isOtherField(index) || isOtherPaper(index))
      let isOfSentence = named == nil && isOtherSentence(index)
      let isOfList = clause.end == .colon && named == nil && isOtherList(index)
      let isOfRow = !isOfField && named == nil && !clause.has(.own) && isOtherRow(index)
      if isListed {
        for at in acts[from...].indices where acts[at].object == .document { acts[at].object = .notice }
      }
      if named == .notice, placesQuoted(index) {
        for at in acts[from...].indices where acts[at].object == .notice { acts[at].object = .ambiguous }
      }
      for at in acts[from...].indices where acts[at].object == .unnamed {
        let isOfElse =
          isOfQuoted(acts[at], index) || isOfMessages(acts[at], clause) || isOfAccount(clause, index)
          || named == nil && (isOfThing(acts[at], clause) || isOfOutcome(acts[at], clause))
          || !clause.classes.meets(Self.naming) && isOfOpened(acts[at], index)
          || acts[at].kind == .agree && agreesToValue(index)
        if isOfField || isOfList || isOfElse || isOfSentence && acts[at].isNegated || isOfRow && acts[at].isNegated {
          acts[at].object = .elsewhere
          continue
        }
        if let named {
          acts[at].object = named
        } else if goesOnFromElse(acts[at], index) || isRemarkField(index) || isOtherValue(acts[at], index)
          || isApart(acts[at], index, topic?.clause)
        {
          acts[at].object = .ambiguous
        } else if let topic, min(clause.sentence - topic.sentence, index - topic.clause) <= Self.farthest {
          acts[at].object = topic.object
        } else if let ahead = ahead(place) {
          acts[at].object = ahead
        }
        // 协议看过了，注销协议我接受: cut short before it is named in full.
        if acts[at].object == .ambiguous, clause.has(.bare), !clause.has(.ambiguous),
          let ahead = full(place) ?? cried(place)
        {
          acts[at].object = ahead
        }
      }
    }
  }

  /// The paper that a clause names. The notice among several is the notice.
  private func named(_ clause: Clause, _ topic: Act.Object?) -> Act.Object? {
    if clause.has(.notice) {
      let words = script.words(clause)
      if let name = words.lastIndex(where: { $0.kind == .notice }), isWithin(words, name) || isOfOther(words, name) {
        return .document
      }
      return isDenied(clause) ? .ambiguous : .notice
    }
    if clause.has(.short) { return namesOther && topic != .notice ? .ambiguous : .notice }
    // (见《隐私政策》附件) says where the notice stands that was named before.
    if clause.has(.ambiguous) { return topic == .notice && clause.isBracketed ? .notice : .ambiguous }
    if clause.has(.document) { return topic == .notice && clause.isBracketed ? .notice : .document }
    if clause.has(.bare) { return isOtherName(clause) ? .document : topic == .notice ? .notice : .ambiguous }
    return nil
  }

  /// 是服务协议，不是《注销须知》: named as what it is not.
  private func isDenied(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let at = words.firstIndex(where: { $0.kind == .notice }), at > words.startIndex else { return false }
    return words[at - 1].kind == .negation && words[at - 1].range.count > 1
  }

  /// 已阅读并 / 同意 / 《注销须知》 on three lines: the name follows, and nothing else does.
  private func ahead(_ place: Int) -> Act.Object? {
    let from = script.clauses[own[place]]
    var next = place + 1
    while next < own.count, next - place <= Self.farthest {
      let clause = script.clauses[own[next]]
      // Empty lines part nothing.
      let lines = script.lines[from.line..<clause.line].count { !$0.isEmpty }
      guard lines <= Self.farthest, clause.sentence - from.sentence <= Self.farthest + clause.line - from.line - lines
      else { return nil }
      let sameSentence = clause.sentence == from.sentence
      if let named = named(clause, nil) {
        // In the same sentence, or where the line was broken before it.
        let before = script.clauses[own[next - 1]]
        let isMeant = clause.has(.lead) && !clause.classes.meets(ClassSet(.read, .agree, .near, .negation))
        let isBroken = before.end == .line || before.end == .colon || before.end == .gap
        return sameSentence || isMeant || isBroken ? named : nil
      }
      let isAct = clause.classes.meets(ClassSet(.read, .know, .agree, .objection))
      let isGlue = clause.classes.without(ClassSet(.and, .filler, .manner)).isEmpty
      guard isAct || sameSentence || isGlue else { return nil }
      next += 1
    }
    return nil
  }

  /// 协议我读了！《注销协议》！: nothing but the full name, cried out behind.
  private func cried(_ place: Int) -> Act.Object? {
    guard place + 1 < own.count, own[place + 1] == own[place] + 1 else { return nil }
    let (clause, next) = (script.clauses[own[place]], script.clauses[own[place + 1]])
    return next.line == clause.line && next.end == .stop && next.classes == ClassSet(.notice) ? .notice : nil
  }

  /// The notice named in full later in the sentence.
  private func full(_ place: Int) -> Act.Object? {
    var next = place + 1
    while next < own.count, next - place <= Self.farthest,
      script.clauses[own[next]].sentence == script.clauses[own[place]].sentence
    {
      if script.clauses[own[next]].has(.document) { return nil }
      if script.clauses[own[next]].has(.notice) { return .notice }
      next += 1
    }
    return nil
  }

  private static var skipped: ClassSet { ClassSet(.filler, .manner, .own, .part, .polite, .now, .per) }
  private static var acting: ClassSet { ClassSet(.read, .know, .agree, .near) }

  private mutating func collect(_ clause: Clause, _ index: Int) {
    guard clause.classes.meets(ClassSet(.read, .know, .agree, .near, .objection)) else { return }
    let words = script.words(clause)
    var negations = 0
    var nones = 0
    for at in words.indices {
      let token = words[at]
      switch token.kind {
      // 余额不退这一条我不同意: what is denied first is another verb's, and no double negation.
      case .negation where negations == 1 && isOfOtherVerb(words, before: at): continue
      case .negation: negations += 1
      // 多充的不退我也同意: what is denied stands before the applicant.
      case .own where at > words.startIndex && words[at - 1].kind != .negation && isConceding(words, at): negations = 0
      case .none: nones += 1
      case .but: negations = 0
      case .know where !isAboutPaper(clause, words, at): negations = 0
      case .read, .know, .agree, .near:
        let kind: Act.Kind = token.kind == .agree ? .agree : token.kind == .near ? .near : .read
        var object = object(words, after: at)
        // 全年对账单已阅读并同意: both are of the same thing.
        if kind == .agree, object == .unnamed, let shared = joined(words, at, index) { object = shared }
        acts.append(
          Act(kind: kind, object: object, isNegated: (negations + nones) % 2 == 1, clause: index, token: at))
        if nones > 0, kind != .agree { nones = 0 }
        // 未阅读并同意: one negation over both; 未阅读，同意 has two clauses.
        if !(at + 1 < words.endIndex && words[at + 1].kind == .and) { negations = 0 }
      case .objection where clause.end == .colon: continue
      // 回访问我的意见: an opinion that nobody says he has.
      // 并不反对: nearly agrees.
      case .objection where negations % 2 == 1 && nones == 0 && text.scalars[token.range].contains(0x53CD):
        acts.append(Act(kind: .near, object: object(words, after: at), isNegated: false, clause: index, token: at))
        negations = 0
      case .objection where nones + negations == 0 && !isHeld(words, at): continue
      case .objection:
        // 没有异议 agrees, 有异议 refuses, 意见一条都没有 agrees.
        let isNoneBehind = nones + negations == 0 && endsInNone(words[(at + 1)...])
        acts.append(
          Act(
            kind: .agree, object: isNoneBehind ? behind(words, at) : object(words, after: at),
            isNegated: (nones + negations) % 2 == 0 && !isNoneBehind, clause: index, token: at))
        nones = 0
        negations = 0
      default: break
      }
    }
  }

  /// The negation before a place governs a word of its own, behind which the applicant or a part of the paper is named.
  private func isOfOtherVerb(_ words: ArraySlice<Token>, before at: Int) -> Bool {
    guard let denial = words[..<at].lastIndex(where: { $0.kind == .negation }), denial + 1 < at,
      [.unknown, .service, .waive, .balance, .resources, .topic, .close, .request].contains(words[denial + 1].kind)
    else { return false }
    return words[(denial + 2)..<at].contains { $0.kind == .own || $0.kind == .part }
  }

  /// 一条都没有: nothing but small words and a 没有.
  private func endsInNone(_ words: ArraySlice<Token>) -> Bool {
    guard let last = words.last, last.kind == .none else { return false }
    return words.allSatisfy { [.filler, .manner, .part, .none].contains($0.kind) }
  }

  /// 知道, 清楚 and the like read only what is named with them, or stand beside an act that does.
  private func isAboutPaper(_ clause: Clause, _ words: ArraySlice<Token>, _ at: Int) -> Bool {
    if clause.classes.meets(ClassSet(.notice, .short, .bare, .ambiguous, .document, .agree, .read)) { return true }
    let others = words.filter { !Self.skipped.has($0.kind) && $0.kind != .know && $0.kind != .and }
    return others.isEmpty
  }

  /// 我也同意, 我都认 behind a thing that is not to happen.
  private func isConceding(_ words: ArraySlice<Token>, _ at: Int) -> Bool {
    guard at + 1 < words.endIndex, [.service, .unknown, .balance, .waive].contains(words[at - 1].kind) else {
      return false
    }
    let next = text.scalars[words[at + 1].range]
    return next.elementsEqual([0x4E5F]) || next.elementsEqual([0x90FD])  // 也, 都
  }

  /// 有异议, 提出意见, has objections: one's own; the word behind denies it (意见一条都没有) or it is no word of Chinese.
  private func isHeld(_ words: ArraySlice<Token>, _ at: Int) -> Bool {
    if !Scalars.isHan(text.scalars[words[at].range.lowerBound]) || endsInNone(words[(at + 1)...]) { return true }
    // 反对, 反对该须知
    if text.scalars[words[at].range].elementsEqual(Self.against),
      words[(at + 1)...].first.map({ Self.papers.has($0.kind) || $0.kind == .part }) ?? true
    {
      return true
    }
    let from = max(words.startIndex, at - 4)
    return words[from..<at].contains { word in text.scalars[word.range].contains { Self.holding.contains($0) } }
      || words[at].range.count > 2
  }
  private static let against = Scalars.of("反对")
  private static let holding = ScalarSet("有持提存保抱表异不反")

  /// What the act is about, from the words behind it: the next word that says something.
  private func object(_ words: ArraySlice<Token>, after at: Int) -> Act.Object {
    var sawPart = false
    for place in (at + 1)..<words.endIndex {
      let next = words[place]
      switch next.kind {
      case .notice, .short: return isWithin(words, place) ? .document : .notice
      case .ambiguous: return NoticeGlue.leadsToNotice(words, place) ? .notice : .ambiguous
      // 已阅读《须知》并同意《隐私政策》; 同意《服务协议》和《须知》
      case .document: return words[place...].contains { $0.kind == .notice } ? .notice : .document
      // 同意接受回访: what is accepted.
      case .agree where words[at].kind == .agree && place == at + 1: continue
      case .bare, .and, .read, .know, .agree, .but, .ticked, .yes, .lead, .avow:
        return sawPart ? .unnamed : behind(words, at)
      // 同意数据清除
      case .part
      where words[at].kind == .agree && place + 1 == words.endIndex && isOutcome(next)
        && words[(at + 1)..<place].allSatisfy({ $0.kind == .filler || $0.kind == .manner }):
        return .ambiguous
      case .part: sawPart = true
      case .filler, .manner, .own, .polite, .now, .near, .you, .per, .hedge: continue
      case .close, .service: return sawPart ? .unnamed : .closing
      // 已阅读并无异议: two acts.
      case .none where words[place...].contains { $0.kind == .objection }: return sawPart ? .unnamed : behind(words, at)
      case .request: return behind(words, at)
      // 京东云账户注销须知我看完花了半宿: how it was read, of the paper named before.
      case .unknown where words[at].kind == .read && isAside(words, place, at): continue
      case .topic where words[at...].contains { Self.papers.has($0.kind) }: continue
      // 我看了同意电话13800138000谢谢: said without a pause, a contact and nothing more.
      case .topic where place == at + 1 && follows(words, at) && isContact(words[place...]):
        return sawPart ? .unnamed : behind(words, at)
      case .identifier where words[at...].contains { Self.papers.has($0.kind) }: continue
      default: return sawPart ? .unnamed : .elsewhere
      }
    }
    return sawPart ? .unnamed : behind(words, at)
  }

  /// 看了同意: reading stands right before the word.
  private func follows(_ words: ArraySlice<Token>, _ at: Int) -> Bool {
    words[..<at].last { $0.kind != .filler && $0.kind != .own }.map { $0.kind == .read } ?? false
  }

  private func isContact(_ words: ArraySlice<Token>) -> Bool {
    words.count > 1 && words[words.startIndex + 1].kind == .identifier
      && words.allSatisfy { [.topic, .identifier, .polite, .filler].contains($0.kind) }
  }

  private func isAside(_ words: ArraySlice<Token>, _ place: Int, _ at: Int) -> Bool {
    guard words[..<at].contains(where: { $0.kind == .notice || $0.kind == .short }),
      words[place...].allSatisfy({ [.unknown, .filler, .manner, .own].contains($0.kind) }),
      text.scalars[words[at].range].contains(where: { Self.finished.contains($0) })
    else { return false }
    let rest = text.scalars[words[place].range.lowerBound..<words[words.endIndex - 1].range.upperBound]
    return rest.count <= Self.mostGlue && rest.allSatisfy(Scalars.isHan) && !rest.contains { Self.partial.contains($0) }
  }
  private static let finished = ScalarSet("完过毕遍")
  /// 首段, 前几条, 一半
  private static let partial = ScalarSet("段条页章句首头半前题录开几些行字评论介绍解读版")

  /// 同意《注销须知》下面那个“隐私政策”: the name says where another paper stands.
  private func isWithin(_ words: ArraySlice<Token>, _ name: Int) -> Bool {
    var glue = 0
    for next in words[(name + 1)...].prefix(Self.mostGlue) {
      switch next.kind {
      case .filler, .unknown, .part, .you: glue += next.range.count
      case .document, .ambiguous: return glue > 1
      default: return false
      }
    }
    return false
  }

  /// WeChat 的 account deletion agreement: a name in English behind another's.
  private func isOfOther(_ words: ArraySlice<Token>, _ name: Int) -> Bool {
    guard name > words.startIndex + 1, text.scalars[words[name - 1].range].elementsEqual([0x7684]),
      let first = text.scalars[words[name].range].first, Scalars.isLetter(first)
    else { return false }
    let whose = words[name - 2]
    return [.unknown, .topic, .resources, .service].contains(whose.kind)
      && text.scalars[whose.range].allSatisfy { Scalars.isLetter($0) || $0 == 0x20 }
  }

  /// 同意《注销须知》里那个“…”: the name says where something quoted stands.
  private func placesQuoted(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end == .bracket, index + 1 < script.clauses.count,
      script.words(script.clauses[index + 1]).first?.isQuoted ?? false
    else { return false }
    let words = script.words(clause)
    guard let name = words.lastIndex(where: { $0.kind == .notice || $0.kind == .short }) else { return false }
    let behind = words[(name + 1)...]
    let length = behind.reduce(0) { $0 + $1.range.count }
    return length > 1 && behind.allSatisfy { [.filler, .you, .part].contains($0.kind) }
  }

  private func isOrganisation(_ words: ArraySlice<Token>, _ last: Token) -> Bool {
    guard let first = words.first else { return false }
    return page.vocabulary.persons.isOrganisation(text.scalars[first.range.lowerBound..<last.range.upperBound])
  }

  /// 公司已阅读并同意: who reads, where the applicant spoke of his company before.
  private func isOwnCompany(_ words: ArraySlice<Token>, _ last: Token) -> Bool {
    speaksForCompany
      && words.first { ![.notice, .short, .filler].contains($0.kind) }?.range == last.range
      && Self.companies.contains(Array(text.scalars[last.range]))
  }
  private static let companies = Set(["公司", "单位", "企业"].map(Scalars.of))

  static var papers: ClassSet { ClassSet(.notice, .short, .ambiguous, .document, .bare) }

  /// 电话回访也接受: what is agreed to stands before the word.
  func behind(_ words: ArraySlice<Token>, _ at: Int) -> Act.Object {
    var isOwn = false
    let denial = words[..<at].lastIndex { $0.kind == .negation || $0.kind == .none }
    let negated = denial != nil
    // 不该同意: what stands between the negation and the word is no thing.
    if let denial, words[denial..<at].contains(where: { $0.kind == .unknown }) { return .unnamed }
    for before in words[..<at].reversed() {
      switch before.kind {
      case .filler, .manner, .now, .polite, .per, .none, .negation, .future, .yes: continue
      case .own where words[at].kind != .read:
        isOwn = true
        continue
      case .unknown where words[at].kind == .read: continue
      // 电话回访我接受; 升级方案我接受 may be a thing, 考虑再三我同意 is none.
      case .unknown where isOwn && !negated: return .ambiguous
      // 数据清除我同意
      case .part where words[at].kind == .agree && isOutcome(before) && !words.contains { Self.papers.has($0.kind) }:
        return .ambiguous
      case .topic where isOwn && before.range.count < 2: return .unnamed
      // 样例科技有限公司已阅读: who reads, not what.
      case .topic where isOwnCompany(words, before): return .unnamed
      case .topic where isOrganisation(words, before), .unknown where isOrganisation(words, before): return .unnamed
      // 对客服很有意见
      case .agent where words[at].kind == .objection, .third where words[at].kind == .objection: return .elsewhere
      // 我在服务区歇脚的时候翻完了, 我利用午休细读了一遍: where and when, not what.
      case .topic, .service, .balance, .resources, .waive, .unknown:
        return words[at].kind == .read && isOccasion(words, at) ? .unnamed : .elsewhere
      // 在注销页面里点开读过: where, not what.
      case .close where words[at].kind == .read && text.scalars[before.range].contains(0x9875): return .unnamed
      case .close: return .closing
      default: return .unnamed
      }
    }
    return .unnamed
  }
}
