import ClosureModel

/// Reads the applicant's statement. Fails closed: every clause that reads, agrees or names the notice must be understood
/// to its last character. Words that qualify count where they can qualify: in the statement's own sentence and its
/// neighbours; words that take a statement back or put the closing off count anywhere.
struct ConsentReader: Sendable {
  enum Verdict { case affirmed, denied, unclear }
  struct Result {
    var verdict: Verdict
    var code: FindingCode
    var span: Range<Int>?
    var reason: String
  }

  private struct Spoiler {
    var kind: WordClass
    var code: FindingCode
    var verdict: Verdict
    var reach: Reach
  }
  /// How far from the statement a word still speaks about it.
  private enum Reach { case sentence, neighbours, text }

  private static let spoilers: [Spoiler] = [
    Spoiler(kind: .insincere, code: .consentInsincere, verdict: .denied, reach: .text),
    Spoiler(kind: .withdrawn, code: .consentWithdrawn, verdict: .denied, reach: .text),
    Spoiler(kind: .pause, code: .consentDelayed, verdict: .unclear, reach: .text),
    Spoiler(kind: .keep, code: .consentUnclear, verdict: .unclear, reach: .text),
    Spoiler(kind: .quoted, code: .consentQuoted, verdict: .denied, reach: .neighbours),
    Spoiler(kind: .template, code: .consentQuoted, verdict: .denied, reach: .text),
    Spoiler(kind: .third, code: .consentThirdParty, verdict: .denied, reach: .neighbours),
    Spoiler(kind: .condition, code: .consentConditional, verdict: .denied, reach: .sentence),
    Spoiler(kind: .delay, code: .consentDelayed, verdict: .unclear, reach: .text),
    Spoiler(kind: .condition, code: .consentConditional, verdict: .denied, reach: .neighbours),
    Spoiler(kind: .unread, code: .consentNegated, verdict: .denied, reach: .text),
    Spoiler(kind: .question, code: .consentQuestion, verdict: .denied, reach: .neighbours),
    Spoiler(kind: .negation, code: .consentNegated, verdict: .denied, reach: .sentence),
    Spoiler(kind: .future, code: .consentFuture, verdict: .denied, reach: .sentence),
    Spoiler(kind: .other, code: .consentOtherDocument, verdict: .denied, reach: .neighbours),
    Spoiler(kind: .later, code: .consentDelayed, verdict: .unclear, reach: .neighbours),
    Spoiler(kind: .untrue, code: .consentUnclear, verdict: .unclear, reach: .text),
    Spoiler(kind: .elsewhere, code: .consentUnclear, verdict: .unclear, reach: .neighbours),
    Spoiler(kind: .ambiguous, code: .consentUnclear, verdict: .unclear, reach: .neighbours),
  ]
  private static let mostClausesApart = 6

  static func read(_ given: [Clause], takenBack: Bool) -> Result {
    let clauses = given.filter { !$0.foreign }
    let core = coreClauses(clauses)
    let hasRead = core.contains { clauses[$0].has(.read) || clauses[$0].has(.knows) }
    let hasAgree = core.contains { clauses[$0].has(.agree) }
    let hasNotice = core.contains { clauses[$0].has(.notice) }
    let acts = core.filter { isAct(clauses[$0]) }
    guard let first = acts.first, let last = acts.last, hasRead || hasAgree else {
      if given.contains(where: { $0.foreign && ($0.has(.read) || $0.has(.agree)) }) {
        return Result(verdict: .denied, code: .consentQuoted, span: nil, reason: reason(.consentQuoted))
      }
      return Result(verdict: .denied, code: .consentMissing, span: nil, reason: "没有看到已阅读并同意须知的声明。")
    }
    let span = clauses[first].range.lowerBound..<clauses[last].range.upperBound
    let spoiled = spoiler(clauses, core: core, span: span)
    guard hasRead, hasAgree else {
      if let spoiled, [.consentNegated, .consentConditional, .consentFuture, .consentQuestion].contains(spoiled.code) {
        return spoiled
      }
      if hasNotice, hasRead, core.contains(where: { clauses[$0].has(.near) }) {
        return Result(verdict: .unclear, code: .consentUnclear, span: span, reason: "有阅读的表示，但同意的说法不明确，请人工判断。")
      }
      return Result(verdict: .denied, code: .consentHalf, span: span, reason: "只表示了阅读或只表示了同意，缺另一半。")
    }
    if let spoiled { return spoiled }
    func unclear(_ reason: String) -> Result {
      Result(verdict: .unclear, code: .consentUnclear, span: span, reason: reason)
    }
    guard hasNotice else { return unclear("表示了阅读并同意，但没有说明是哪一份文件。") }
    if takenBack { return unclear("文中有划掉或隐藏的文字，请人工判断。") }
    for index in core where !isUnderstood(clauses[index]) || !isOwn(clauses, index) {
      return unclear("声明所在的句子没有完全读懂，请人工判断。")
    }
    // Before the statement, in its sentence, only requests and details: anything else may attribute it.
    let sentences = Set(core.map { clauses[$0].sentence })
    let strange = clauses.indices.contains { index in
      let clause = clauses[index]
      return sentences.contains(clause.sentence) && clause.unknown > 0 && !clause.has(.service)
        && !clause.has(.harmless) && !clause.has(.close)
    }
    if strange { return unclear("声明同句中有没有读懂的文字，请人工判断。") }
    // Who speaks on such a line is an inference: words that take the request back are not passed over on its strength.
    if given.contains(where: { $0.foreign && takesBack($0) }) {
      return unclear("他人的话中或其后有撤回、暂停的字样，请人工判断是谁说的。")
    }
    guard last - first <= mostClausesApart, isOneStatement(clauses, core) else {
      return unclear("阅读与同意的对象是否为同一文件不明确。")
    }
    return Result(verdict: .affirmed, code: .consentSatisfied, span: span, reason: "申请人声明已阅读并同意须知。")
  }

  private static func takesBack(_ clause: Clause) -> Bool {
    clause.has(.withdrawn) || clause.has(.pause) || clause.has(.keep) || clause.has(.unread)
  }

  private static func isAct(_ clause: Clause) -> Bool {
    clause.has(.read) || clause.has(.knows) || clause.has(.agree) || clause.has(.notice)
  }

  /// Clauses of the sentences that name the notice, read or agree. 知道 and the like read only beside one of them.
  private static func coreClauses(_ clauses: [Clause]) -> [Int] {
    var sentences: Set<Int> = []
    for clause in clauses where clause.has(.read) || clause.has(.agree) || clause.has(.notice) {
      sentences.insert(clause.sentence)
    }
    // 同意注销 beside a true agreement says nothing more about the notice; alone it is read as what it is.
    let agrees = clauses.contains { $0.has(.agree) && !agreesToClosing($0) }
    return clauses.indices.filter {
      guard sentences.contains(clauses[$0].sentence) else { return false }
      if agrees, agreesToClosing(clauses[$0]) { return false }
      return isAct(clauses[$0]) || clauses[$0].has(.near) || clauses[$0].has(.other) || clauses[$0].has(.ambiguous)
        || clauses[$0].has(.doubt)
    }
  }

  /// 同意注销, and nothing about reading or the notice.
  private static func agreesToClosing(_ clause: Clause) -> Bool {
    guard clause.unknown == 0, !clause.quoted, clause.has(.close), !clause.has(.notice), !clause.has(.read) else {
      return false
    }
    let pairs = zip(clause.words, clause.words.dropFirst())
    return pairs.contains { $0.kind == .agree && $1.kind == .close }
      && clause.words.filter { $0.kind == .agree }.count == 1
  }

  /// Only words of the statement itself; no quotation marks, no agreement to the closing instead of the notice.
  private static func isUnderstood(_ clause: Clause) -> Bool {
    guard clause.unknown == 0, !clause.quoted, !clause.asked else { return false }
    for (index, word) in clause.words.enumerated() {
      switch word.kind {
      case .read, .knows, .agree, .notice, .plain, .harmless: continue
      case .close, .service:
        // 同意注销, 同意办理 agree to something else than the notice; 同意按须知注销 agrees to it.
        if index > 0, clause.words[index - 1].kind == .agree { return false }
        guard let agreed = clause.words[..<index].lastIndex(where: { $0.kind == .agree }) else { continue }
        let named = clause.words[agreed..<index].contains { $0.kind == .notice }
        if !named, word.kind == .close || !clause.has(.notice) { return false }
      default: return false
      }
    }
    return true
  }

  /// What stands before a colon says whose words follow: only a label that is understood to the last character.
  private static func isOwn(_ clauses: [Clause], _ index: Int) -> Bool {
    guard clauses[index].labelled, let label = clauses[..<index].last(where: { !$0.isEmpty }) else { return true }
    return label.unknown == 0 && !label.quoted
      && label.words.allSatisfy { [.plain, .notice, .read, .agree, .close].contains($0.kind) }
  }

  /// Reading and agreeing stand within the same or neighbouring sentences as the notice.
  private static func isOneStatement(_ clauses: [Clause], _ core: [Int]) -> Bool {
    let sentences = core.map { clauses[$0].sentence }
    return zip(sentences, sentences.dropFirst()).allSatisfy { $1 - $0 <= 1 }
  }

  private static func spoiler(_ clauses: [Clause], core: [Int], span: Range<Int>) -> Result? {
    var own: Set<Int> = []
    var lines: Set<Int> = []
    for index in core where isAct(clauses[index]) {
      own.insert(clauses[index].sentence)
      lines.insert(clauses[index].line)
    }
    // A neighbour is the sentence before or after on the same line, or a heading that ends without a full stop.
    func isNear(_ clause: Clause) -> Bool {
      guard own.contains(clause.sentence + 1) || own.contains(clause.sentence - 1) else { return false }
      return lines.contains(clause.line) || (own.contains(clause.sentence + 1) && clause.opens)
    }
    for spoiler in spoilers {
      let found = clauses.contains { clause in
        guard clause.has(spoiler.kind) else { return false }
        switch spoiler.reach {
        case .text: return true
        case .sentence: return own.contains(clause.sentence)
        case .neighbours: return own.contains(clause.sentence) || isNear(clause)
        }
      }
      if found {
        return Result(verdict: spoiler.verdict, code: spoiler.code, span: span, reason: reason(spoiler.code))
      }
    }
    // A condition or somebody else in the sentence right behind the statement, on a line of its own, may still speak of it.
    let behind = clauses.contains { clause in
      (clause.has(.condition) || clause.has(.third)) && own.contains(clause.sentence - 1) && !clause.has(.service)
        && !clause.has(.harmless)
    }
    if behind {
      return Result(
        verdict: .unclear, code: .consentUnclear, span: span, reason: "声明之后紧接着有条件或涉及他人的话，请人工判断。")
    }
    return nil
  }

  private static func reason(_ code: FindingCode) -> String {
    switch code {
    case .consentInsincere: "文字带有反讽或是写给机器的指令，不算声明。"
    case .consentQuoted: "文字像是引用、模板、说明或他人的话。"
    case .consentWithdrawn: "声明似已撤回或更正。"
    case .consentThirdParty: "文字涉及他人，不能确定是申请人本人的同意。"
    case .consentConditional: "声明附有条件或保留。"
    case .consentQuestion: "文字是疑问，不是声明。"
    case .consentDelayed: "声明之外另有推迟或限制注销的要求。"
    case .consentOtherDocument: "文中提到的是其他文件。"
    case .consentNegated: "声明附近有否定。"
    case .consentFuture: "只说将来会阅读或同意。"
    default: "声明不明确，请人工判断。"
    }
  }
}
