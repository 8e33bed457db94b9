import ClosureModel

/// The smaller statements of a ticket: waivers, taking the request back, asking for the closing. They are read from the
/// same clauses as the consent, with the same notion of who speaks and what qualifies.
struct DeclarationReader {
  let page: Page
  var script: Script { page.script }
  private let own: [Clause]
  /// Every class that the applicant's clauses hold: most texts have no word of most declarations.
  private let said: ClassSet
  let evidence: (Range<Int>) -> Evidence

  /// Words that make a declaration no plain one.
  private static var qualifying: ClassSet {
    ClassSet(
      .condition, .question, .third, .behalf, .says, .instruct, .template, .hedge, .deemed, .withdrawn, .insincere,
      .limit
    )
  }

  init(_ page: Page, _ evidence: @escaping (Range<Int>) -> Evidence) {
    self.page = page
    let clauses = page.script.clauses
    own = clauses.contains { $0.speaker != .applicant } ? clauses.filter { $0.speaker == .applicant } : clauses
    said = own.reduce(into: ClassSet()) { $0.formUnion($1.classes) }
    self.evidence = evidence
  }

  /// 放弃余额, 余额我不要了: an act of waiving about an object, both in one clause or in one sentence.
  func waiver(of object: WordClass) -> StatementReading {
    var found: [Evidence] = []
    var denied: [Evidence] = []
    var isDoubtful = false
    var topic: (object: WordClass, sentence: Int)? = nil
    for (place, clause) in own.enumerated() where said.has(.waive) {
      for kind in [WordClass.balance, .resources] where clause.has(kind) { topic = (kind, clause.sentence) }
      if clause.has(object) { topic = (object, clause.sentence) }
      guard let topic, topic.object == object, topic.sentence == clause.sentence else { continue }
      guard let (range, isNegated) = waiving(clause) else { continue }
      if isNegated {
        denied.append(evidence(range))
        continue
      }
      found.append(evidence(range))
      if isQualified(place) { isDoubtful = true }
    }
    if !found.isEmpty, !denied.isEmpty || isDoubtful {
      return StatementReading(
        label: .unclear, code: "unclear", evidence: found + denied, reason: "声明附近有条件、否定、疑问或转述，请人工判断。")
    }
    if !denied.isEmpty {
      return StatementReading(label: .denied, code: "negated", evidence: denied, reason: "申请人说明不放弃。")
    }
    return found.isEmpty
      ? StatementReading(label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。")
      : StatementReading(label: .affirmed, code: "declared", evidence: found, reason: "申请人作了这样的声明。")
  }

  /// The words of waiving in a clause.
  private func waiving(_ clause: Clause) -> (Range<Int>, isNegated: Bool)? {
    let words = script.words(clause)
    guard !words.contains(where: { $0.isQuoted }) else { return nil }
    if let at = words.firstIndex(where: { $0.kind == .waive }) {
      let isNegated = words[..<at].contains { $0.kind == .negation || $0.kind == .none }
      return (clause.range, isNegated)
    }
    return nil
  }

  func withdrawal() -> StatementReading {
    var found: [Evidence] = []
    var isDoubtful = false
    for (place, clause) in own.enumerated() where clause.classes.has(.keep) {
      let words = script.words(clause)
      guard let at = words.firstIndex(where: { $0.kind == .keep }), !words[at].isQuoted else { continue }
      found.append(evidence(words[at].range))
      if isQualified(place) || words[..<at].contains(where: { $0.kind == .negation || $0.kind == .withdrawn }) {
        isDoubtful = true
      }
    }
    if isDoubtful {
      return StatementReading(
        label: .unclear, code: "unclear", evidence: found, reason: "撤回的字样附近有条件、否定或疑问，请人工判断。")
    }
    if !found.isEmpty {
      return StatementReading(label: .affirmed, code: "declared", evidence: found, reason: "申请人撤回了注销申请。")
    }
    let pauses = words(.pause)
    if !pauses.isEmpty {
      return StatementReading(label: .unclear, code: "paused", evidence: pauses, reason: "申请人要求暂停或推迟，请人工判断。")
    }
    // A customer's line below an agent's, without a label of its own, looks like the agent's.
    let others = script.clauses.filter { $0.speaker == .agent && $0.classes.meets(ClassSet(.keep, .pause)) }
    if !others.isEmpty {
      return StatementReading(
        label: .unclear, code: "unclear", evidence: others.map { evidence($0.range) }, reason: "撤回的字样不知是谁说的，请人工判断。")
    }
    return StatementReading(label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。")
  }

  func closing() -> StatementReading {
    var asked: [Range<Int>] = []
    var other: [Range<Int>] = []
    var refused: [Range<Int>] = []
    for clause in own where clause.classes.meets(Self.closingWords) {
      // 怎么注销 asks, 不想注销 refuses: neither asks for the closing.
      let isAsking = clause.classes.meets(Self.asking)
      for token in script.words(clause) {
        switch token.kind {
        case .close where !isAsking: asked.append(token.range)
        // 等我通知再注销 asks for it; 不想注销 does not.
        case .pause where refusesClosing(token): continue
        case .keep, .pause: refused.append(token.range)
        case .other: other.append(token.range)
        default: continue
        }
      }
    }
    if let first = refused.first, other.isEmpty {
      return StatementReading(label: .affirmed, code: "declared", evidence: [evidence(first)], reason: "文字谈的是账号注销申请。")
    }
    if !asked.isEmpty, !other.isEmpty {
      return StatementReading(
        label: .unclear, code: "mixed", evidence: (asked + other).map(evidence), reason: "既提到注销又提到其他诉求，请人工判断。")
    }
    if !other.isEmpty {
      return StatementReading(
        label: .denied, code: "other_request", evidence: other.map(evidence), reason: "申请人要求的是其他事项。")
    }
    if let first = asked.first {
      return StatementReading(label: .affirmed, code: "declared", evidence: [evidence(first)], reason: "申请人要求注销账号。")
    }
    return StatementReading(label: .unclear, code: "no_sign", evidence: [], reason: "看不出是否要求注销账号。")
  }

  /// 不想注销, 不想把账号销掉: the word for closing stands in it, behind the refusal.
  private func refusesClosing(_ token: Token) -> Bool {
    let word = page.text.scalars[token.range]
    guard let first = word.first, "不没从未dn".unicodeScalars.contains(where: { $0.value == first }) else { return false }
    return Self.closes.contains { Scalars.contains(word, $0) }
  }
  private static let closes = ["销", "关闭", "关掉", "close", "cancel", "delete", "terminate"].map(Scalars.of)

  private static var closingWords: ClassSet { ClassSet(.close, .keep, .pause, .other) }
  private static var asking: ClassSet { ClassSet(.question, .negation) }

  private func words(_ kind: WordClass) -> [Evidence] {
    guard said.has(kind) else { return [] }
    return own.flatMap { clause in
      clause.has(kind) ? script.words(clause).filter { $0.kind == kind && !$0.isQuoted }.map { evidence($0.range) } : []
    }
  }

  /// Something in the clause or its sentence qualifies what it says.
  private func isQualified(_ place: Int) -> Bool {
    let sentence = own[place].sentence
    if own[place].end == .question || own[place].has(.future) { return true }
    var at = place
    while at >= 0, own[at].sentence == sentence, place - at < Self.farthest {
      if own[at].classes.meets(Self.qualifying) { return true }
      at -= 1
    }
    at = place + 1
    while at < own.count, own[at].sentence == sentence, at - place < Self.farthest {
      if own[at].classes.meets(Self.qualifying) { return true }
      at += 1
    }
    return false
  }
  private static let farthest = 40
}
