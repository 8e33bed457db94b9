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
  private let names: PersonNames
  /// The clauses that are the applicant's words, in order.
  let own: [Int]
  /// For each clause the applicant's next one; the count of clauses where there is none.
  private let nextOwn: [Int]

  init(script: Script, own: [Int], text: NormalText, names: PersonNames) {
    self.script = script
    self.text = text
    self.names = names
    self.own = own
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
      if kind == .third, isJoint(clause) { continue }
      if kind == .you, isOwnersMark(clause) { continue }
      if kind == .question, isAnswered(index) { continue }
      if kind == .instruct, clause.has(.per) { continue }
      // 去年就说过: said elsewhere, by nobody else.
      if kind == .says, !clause.classes.meets(ClassSet(.third, .agent, .you)) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if kind == .negation {
        if !isNegating(clause) { continue }
        // 并非没有阅读: not plain, and no denial either.
        let count = script.words(clause).count { $0.kind == .negation || $0.kind == .none }
        if count % 2 == 0 { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
      }
      return Problem(code: code, isDenial: isDenial, clause: index)
    }
    if clause.end == .question, !isAnswered(index) {
      return Problem(code: .consentQuestion, isDenial: false, clause: index)
    }
    if answer(index) == false { return Problem(code: .consentNegated, isDenial: true, clause: index) }
    if clause.isLabelled, !clause.has(.ticked), let problem = labelProblem(index) { return problem }
    if clause.has(.document), !clause.has(.notice), !isReading {
      return Problem(code: .consentOtherDocument, isDenial: true, clause: index)
    }
    if clause.has(.elsewhere), !isReading { return Problem(code: .consentUnclear, isDenial: false, clause: index) }
    if isRequested(clause) { return Problem(code: .consentQuoted, isDenial: true, clause: index) }
    let strange = ClassSet(rawValue: clause.classes.rawValue & ~Self.stating.rawValue & ~ClassSet(.negation, .but).rawValue)
    if strange.rawValue == 0 {
      if agreesToReading(clause) { return Problem(code: .consentHalf, isDenial: true, clause: index) }
      return nil
    }
    // 我昨晚躺着通篇看下来都同意: how it came about, between the applicant and the act.
    if !isReading, ClassSet(rawValue: strange.rawValue & ~ClassSet(.unknown).rawValue).rawValue == 0, isMannerOfOwn(clause) {
      return nil
    }
    let tolerated = ClassSet(.unknown, .elsewhere, .you, .third, .topic, .resources, .balance)
    if isReading, ClassSet(rawValue: strange.rawValue & ~tolerated.rawValue).rawValue == 0,
      clause.unknown <= Self.mostUnknownBesideReading, clause.has(.own) || isUnknownBehind(clause) || !isNamed(clause), !isOfElse(clause)
    {
      return nil
    }
    if ClassSet(rawValue: strange.rawValue & ~ClassSet(.third, .you).rawValue).rawValue == 0 { return nil }
    return Problem(code: .consentUnclear, isDenial: false, clause: index)
  }

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
      if next.kind == .objection || next.kind == .unread { continue }
      // 没有一条是我不同意的, 无不认可.
      if next.kind == .agree, let before = words[..<at].last(where: { !Self.between.has($0.kind) }), before.kind == .none {
        continue
      }
      let contrary = words[(at + 1)...].firstIndex { $0.kind == .but }
      if let contrary, !words[at..<contrary].contains(where: { $0.kind == .read || $0.kind == .agree }) { continue }
      return true
    }
    return false
  }

  private static let between = ClassSet(.filler, .manner, .part, .own, .yes, .and)

  /// 同意阅读: agrees to read, has not read.
  private func agreesToReading(_ clause: Clause) -> Bool {
    let words = script.words(clause).filter { $0.kind != .filler || $0.range.count > 1 }
    return zip(words, words.dropFirst()).contains { $0.kind == .agree && $1.kind == .read }
  }

  /// 我和我的合伙人: somebody else together with the applicant.
  private func isJoint(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    guard let third = words.firstIndex(where: { $0.kind == .third }) else { return true }
    guard let first = words[..<third].firstIndex(where: { $0.kind == .own }) else { return false }
    return words[first..<third].contains { $0.kind == .and }
  }

  /// 贵司《注销须知》: whose paper it is, not who agrees.
  private func isOwnersMark(_ clause: Clause) -> Bool {
    let words = script.words(clause)
    return words.indices.allSatisfy { at in
      guard words[at].kind == .you else { return true }
      let next = words[(at + 1)...].first { $0.kind != .filler && $0.kind != .you }
      if let next, [.notice, .short, .bare, .part, .ambiguous, .document, .service, .close, .topic].contains(next.kind) { return true }
      // 贵方发来的须知我司已审阅: who acts is named behind.
      guard let act = words[at...].firstIndex(where: { $0.kind == .read || $0.kind == .agree || $0.kind == .know }) else {
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

  private static let labelling = ClassSet(
    .own, .owner, .lead, .avow, .objection, .filler, .manner, .notice, .short, .bare, .part, .read, .know, .agree, .near, .close, .topic, .and,
    .now, .identifier, .request, .service, .polite, .ticked, .yes, .question)

  /// What stands before a colon says whose words follow: only a label that is understood to the last character.
  private func labelProblem(_ index: Int) -> Problem? {
    guard index > 0 else { return nil }
    var at = index - 1
    while at > 0, script.clauses[at].isBracketed, script.clauses[at].end != .colon { at -= 1 }
    let label = script.clauses[at]
    if label.has(.per), !label.classes.meets(ClassSet(.third, .says)) { return nil }
    // 我在这里写明：, 现补充说明：
    let isOwnLead = isAvowal(label)
    if label.classes.meets(ClassSet(.instruct, .template, .agent, .you, .blank)) && !(isOwnLead && !label.classes.meets(ClassSet(.template, .agent, .you, .blank))) {
      return Problem(code: .consentQuoted, isDenial: true, clause: at)
    }
    let isSaid = label.has(.says) && !label.classes.meets(ClassSet(.own, .lead, .bare, .now))
    if label.classes.meets(ClassSet(.third, .behalf)) || isSaid { return Problem(code: .consentThirdParty, isDenial: true, clause: at) }
    if label.has(.condition) { return Problem(code: .consentConditional, isDenial: true, clause: at) }
    if label.has(.request), label.has(.lead), !label.has(.own) {
      return Problem(code: .consentQuoted, isDenial: true, clause: at)
    }
    if label.has(.question), !label.classes.meets(Self.acting) {
      return Problem(code: .consentQuestion, isDenial: true, clause: at)
    }
    let strange = ClassSet(rawValue: label.classes.rawValue & ~Self.labelling.rawValue)
    if strange.rawValue == 0 || isOwnLead { return nil }
    // 谨以此函声明：本人…
    if label.has(.lead), ClassSet(rawValue: strange.rawValue & ~ClassSet(.unknown).rawValue).rawValue == 0,
      label.unknown <= 4, script.clauses[index].has(.own)
    {
      return nil
    }
    return Problem(code: .consentUnclear, isDenial: false, clause: at)
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
    guard clause.isLabelled else { return false }
    var at = index - 1
    while at > 0, script.clauses[at].isBracketed, index - at < Self.farthest { at -= 1 }
    return at >= 0 && isAvowal(script.clauses[at])
  }

  /// 是否已阅读并同意：是. The answer behind a form's question on the same line; nil where there is none.
  func answer(_ index: Int) -> Bool? {
    let clause = script.clauses[index]
    var next = index + 1
    var bracketed: Set<Bool> = []
    while next < script.clauses.count, next - index < Self.farthest, script.clauses[next].line == clause.line {
      let other = script.clauses[next]
      let only = ClassSet(rawValue: other.classes.rawValue & ~ClassSet(.yes, .no, .none, .filler, .ticked, .own).rawValue)
      let says: Bool? = only.rawValue != 0 ? nil : other.has(.no) || other.has(.none) ? false : other.has(.yes) ? true : nil
      if other.isBracketed && !clause.isBracketed {
        // （是/否） offers a choice, （是） makes it.
        if let says { bracketed.insert(says) }
        next += 1
        continue
      }
      if let says { return says }
      break
    }
    return bracketed.count == 1 ? bracketed.first : nil
  }

  /// A question about the statement that the applicant answers himself on the same line or the next.
  func isAnswered(_ index: Int) -> Bool {
    if answer(index) == true { return true }
    let clause = script.clauses[index]
    guard clause.has(.question) || clause.end == .question else { return false }
    var candidate = following(index)
    var looked = 0
    while let at = candidate, script.clauses[at].isBracketed, looked < Self.farthest {
      candidate = following(at)
      looked += 1
    }
    guard let next = candidate else { return false }
    let other = script.clauses[next]
    guard other.line - clause.line <= 1, clause.end == .colon || clause.end == .question else { return false }
    if clause.end == .question, other.line == clause.line, !isField(clause) { return false }
    var at = next
    while at < script.clauses.count, at - next < Self.farthest, script.clauses[at].line == other.line {
      if script.clauses[at].classes.meets(ClassSet(.read, .agree)), !script.clauses[at].has(.question) { return true }
      at += 1
    }
    return false
  }

  /// 是否已阅读: a field of a form, not a question to somebody.
  private func isField(_ clause: Clause) -> Bool {
    !clause.classes.meets(ClassSet(.polite, .request, .own, .third, .you, .unknown))
  }

  /// The box that belongs to a clause is empty: the nearest before it on the line, else the nearest behind.
  static func isUnticked(_ script: Script, _ index: Int) -> Bool {
    let clause = script.clauses[index]
    let boxes = ClassSet(.ticked, .unticked)
    var at = index
    while at >= 0, index - at < farthest, script.clauses[at].line == clause.line {
      if script.clauses[at].classes.meets(boxes) {
        let words = script.words(script.clauses[at]).filter { $0.kind == .ticked || $0.kind == .unticked }
        return words.contains { $0.kind == .unticked }
      }
      at -= 1
    }
    at = index + 1
    while at < script.clauses.count, at - index < farthest, script.clauses[at].line == clause.line {
      if script.clauses[at].has(.unticked) { return true }
      if script.clauses[at].has(.ticked) { return false }
      at += 1
    }
    return false
  }

  // MARK: Around the statement

  private enum Reach { case sentence, near, text }
  /// Words that speak about a statement from outside its clause.
  private static let spoilers: [(WordClass, FindingCode, isDenial: Bool, Reach)] = [
    (.insincere, .consentInsincere, false, .text), (.limit, .consentDelayed, false, .text),
    (.withdrawn, .consentWithdrawn, true, .text), (.unread, .consentNegated, true, .text), (.untrue, .consentUnclear, false, .text),
    (.duress, .consentUnclear, false, .text), (.deemed, .consentUnclear, false, .text),
    (.keep, .consentWithdrawn, false, .text), (.pause, .consentDelayed, false, .text),
    (.before, .consentDelayed, false, .text),
    (.template, .consentQuoted, true, .near), (.blank, .consentUnclear, false, .near),
    (.says, .consentThirdParty, true, .near), (.behalf, .consentThirdParty, false, .text),
    (.instruct, .consentQuoted, true, .sentence), (.hedge, .consentUnclear, false, .sentence),
  ]
  /// What was said before 现在, 更正 and the like is overtaken by the statement.
  private static let overtaken = ClassSet(.withdrawn, .unread, .untrue)
  private static let leading = ClassSet(.says, .instruct, .template, .agent, .third, .elsewhere, .ambiguous)
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
    let act = last
    let avowed = core.contains(where: isAvowed)
    for (kind, code, isDenial, reach) in Self.spoilers {
      for index in own where !core.contains(index) && script.clauses[index].has(kind) && isIn(reach, index) {
        if isAboutThings(index, kind, near) { continue }
        // What was demanded or said before the applicant's own declaration is not about it.
        if Self.leading.has(kind), index < first, avowed { continue }
        if Self.overtaken.has(kind), index < first, isRenewed(index, first) { continue }
        // Somebody's demand in an earlier sentence: the statement that follows is the applicant's.
        if kind == .says, index < first, !sentences.contains(script.clauses[index].sentence) { continue }
        if kind == .instruct, index > act { continue }
        return Problem(code: code, isDenial: isDenial, clause: index)
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
      if clause.has(.condition), let problem = condition(index, isSame, near.contains(clause.sentence)) { return problem }
      if let problem = question(index, isSame, near.contains(clause.sentence)) { return problem }
    }
    guard span != nil else { return nil }
    for index in own where !core.contains(index) {
      let clause = script.clauses[index]
      let isSame = sentences.contains(clause.sentence)
      if isSame, index < last, !avowed, clause.has(.third) || clause.has(.agent),
        !clause.classes.meets(ClassSet(.own, .polite, .per)),
        let act = core.filter({ $0 > index }).min(), !script.clauses[act].has(.own)
      {
        return Problem(code: .consentThirdParty, isDenial: false, clause: index)
      }
      if isSame || near.contains(clause.sentence), isStrange(index, isSame, isBehind: index > first) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    return nil
  }

  /// 写的是不同意，作废。以这张为准：…: what was taken back is what was said before.
  private func isRenewed(_ index: Int, _ first: Int) -> Bool {
    first - index < Self.farthest && (index...first).contains { script.clauses[$0].classes.meets(ClassSet(.now, .avow)) }
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
      if clause.classes.meets(Self.things) { return true }
      // 备案提交过，没有通过就撤回了: the clause before names the thing.
      guard index > 0, !near.contains(clause.sentence) else { return false }
      let before = script.clauses[index - 1]
      return before.sentence == clause.sentence && before.classes.meets(Self.things)
        && !before.classes.meets(ClassSet(.lead, .avow, .bare, .agree, .read))
    case .limit: return isDenied(clause, kind) || (clause.has(.identifier) && !isAboutIt)
    case .pause: return isDenied(clause, kind)
    case .deemed: return clause.has(.waive) && !isAboutIt
    case .unread:
      let words = script.words(clause)
      guard let at = words.firstIndex(where: { $0.kind == .unread }) else { return false }
      if clause.has(.document), !clause.classes.meets(ClassSet(.notice, .short, .bare)) { return true }
      return at > words.startIndex && words[at - 1].kind == .negation
    case .before:
      // 先退款, 先把备案办完: something comes before the closing; 我先说明一下 puts off nothing.
      return !clause.classes.meets(ClassSet(.service, .balance, .resources, .topic, .close, .waive, .request))
    case .says:
      // 他让我写的, 客服说: only with somebody who says it.
      // 客服让我重新提交 speaks of the ticket.
      return clause.has(.per) || !clause.classes.meets(ClassSet(.third, .agent, .you))
        || (clause.classes.meets(ClassSet(.service, .topic, .resources, .balance)) && !isAboutIt)
    case .instruct, .template: return clause.has(.per)
    case .hedge: return !isAboutIt && (clause.unknown > 0 || clause.classes.meets(Self.anchors))
    default: return false
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

  /// 如有问题请致电, 若材料不够请告诉我: an offer, no condition.
  private func condition(_ index: Int, _ isSame: Bool, _ isNear: Bool) -> Problem? {
    let clause = script.clauses[index]
    if isOffer(clause) || isDenied(clause, .condition) { return nil }
    // 万一打不通电话就发邮件 a@example.com.
    if clause.has(.identifier), clause.has(.topic), !clause.classes.meets(Self.binding) { return nil }
    if let next = following(index), script.clauses[next].sentence == clause.sentence,
      isOffer(script.clauses[next])
    {
      return nil
    }
    if isSame { return Problem(code: .consentConditional, isDenial: true, clause: index) }
    let isAboutIt = clause.classes.meets(ClassSet(.lead, .bare, .agree, .close, .notice, .short))
    return isNear || isAboutIt ? Problem(code: .consentConditional, isDenial: false, clause: index) : nil
  }

  /// Words by which a condition would touch the statement or the closing.
  private static let binding = ClassSet(
    .agree, .read, .lead, .avow, .bare, .close, .keep, .pause, .withdrawn, .deemed, .balance, .resources)

  private func isOffer(_ clause: Clause) -> Bool {
    clause.has(.request)
      && !clause.classes.meets(ClassSet(.agree, .keep, .pause, .withdrawn, .deemed, .balance, .resources))
  }

  /// A question about the statement itself.
  private func question(_ index: Int, _ isSame: Bool, _ isNear: Bool) -> Problem? {
    let clause = script.clauses[index]
    guard clause.has(.question) || clause.end == .question else { return nil }
    if isAnswered(index) { return nil }
    let isAboutIt = clause.classes.meets(ClassSet(.lead, .bare, .agree, .notice, .short, .says))
    if isAboutIt, isNear || isSame { return Problem(code: .consentQuestion, isDenial: false, clause: index) }
    if isSame, clause.end == .question, !clause.classes.meets(Self.anchors) {
      return Problem(code: .consentQuestion, isDenial: false, clause: index)
    }
    return nil
  }

  private static let fewWords = 6
  private static let fields = ClassSet(.topic, .owner, .lead, .own, .identifier, .near, .service)

  /// 本公司（样例传媒有限公司）: who the applicant is.
  private func isName(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isBracketed, index > 0, clause.range.count <= 24 else { return false }
    let allowed = ClassSet(.unknown, .topic, .own, .identifier, .filler)
    guard ClassSet(rawValue: clause.classes.rawValue & ~allowed.rawValue).rawValue == 0 else { return false }
    return script.words(script.clauses[index - 1]).last.map { $0.kind == .own || $0.kind == .topic } ?? false
  }

  /// Few words right behind the statement of which nothing is known: they may empty it (…，你猜).
  private func isStrange(_ index: Int, _ isSame: Bool, isBehind: Bool) -> Bool {
    let clause = script.clauses[index]
    guard isBehind else { return false }
    // 那不是我写的: it denies, and speaks of no thing.
    let isDenying =
      isNegating(clause) && clause.classes.meets(ClassSet(.lead, .bare, .own)) && !clause.classes.meets(Self.things)
    if isDenying { return true }
    // 吧？, 不是吗: a tail of the statement itself.
    let tail = ClassSet(.hedge, .question, .negation, .filler, .no, .but)
    if isSame, ClassSet(rawValue: clause.classes.rawValue & ~tail.rawValue).rawValue == 0,
      clause.classes.meets(ClassSet(.hedge, .question, .negation, .no))
    {
      return true
    }
    guard isSame, !clause.isBracketed, clause.unknown > 0, clause.unknown * 2 >= clause.range.count else { return false }
    if clause.classes.meets(Self.anchors) { return false }
    // The value of a field: 联系人：沈某.
    if clause.isLabelled, index > 0, script.clauses[index - 1].classes.meets(Self.fields) { return false }
    return clause.range.count <= Self.fewWords && !isName(index)
  }
}
