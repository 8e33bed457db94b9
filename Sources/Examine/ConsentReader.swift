import ClosureModel

/// Reads the applicant's statement. Fails closed: every clause that speaks of reading, agreeing or the notice must be
/// understood to its last character, and no word of doubt may stand anywhere near; otherwise nothing is affirmed.
struct ConsentReader: Sendable {
  enum Verdict { case affirmed, denied, unclear }
  struct Result {
    var verdict: Verdict
    var code: FindingCode
    var span: Range<Int>?
    var reason: String
  }

  /// Words that stop an affirmation wherever they stand, and what they make of the statement.
  private static let spoilers: [(WordClass, FindingCode, Verdict)] = [
    (.insincere, .consentInsincere, .denied), (.quoted, .consentQuoted, .denied),
    (.withdrawn, .consentWithdrawn, .denied), (.third, .consentThirdParty, .denied),
    (.condition, .consentConditional, .denied), (.question, .consentQuestion, .denied),
    (.elsewhere, .consentUnclear, .unclear), (.pause, .consentDelayed, .unclear), (.keep, .consentUnclear, .unclear),
    (.delay, .consentDelayed, .unclear), (.other, .consentOtherDocument, .denied),
    (.ambiguous, .consentUnclear, .unclear),
  ]
  private static let mostClausesApart = 6

  static func read(_ clauses: [Clause], takenBack: Bool) -> Result {
    let core = clauses.indices.filter {
      clauses[$0].has(.read) || clauses[$0].has(.agree) || clauses[$0].has(.notice) || clauses[$0].has(.near)
        || clauses[$0].has(.other) || clauses[$0].has(.ambiguous) || clauses[$0].has(.doubt)
    }
    let hasRead = core.contains { clauses[$0].has(.read) }
    let hasAgree = core.contains { clauses[$0].has(.agree) }
    let hasNotice = core.contains { clauses[$0].has(.notice) }
    let acts = core.filter { clauses[$0].has(.read) || clauses[$0].has(.agree) || clauses[$0].has(.notice) }
    guard let first = acts.first, let last = acts.last, hasRead || hasAgree else {
      return Result(verdict: .denied, code: .consentMissing, span: nil, reason: "没有看到已阅读并同意须知的声明。")
    }
    let span = clauses[first].range.lowerBound..<clauses[last].range.upperBound
    guard hasRead, hasAgree else {
      if hasNotice, hasRead, core.contains(where: { clauses[$0].has(.near) }) {
        return Result(verdict: .unclear, code: .consentUnclear, span: span, reason: "有阅读的表示，但同意的说法不明确，请人工判断。")
      }
      return Result(verdict: .denied, code: .consentHalf, span: span, reason: "只表示了阅读或只表示了同意，缺另一半。")
    }
    if let spoiled = spoiler(clauses, core: core, span: span) { return spoiled }
    guard hasNotice else {
      return Result(verdict: .unclear, code: .consentUnclear, span: span, reason: "表示了阅读并同意，但没有说明是哪一份文件。")
    }
    if takenBack {
      return Result(verdict: .unclear, code: .consentUnclear, span: span, reason: "文中有划掉或隐藏的文字，请人工判断。")
    }
    for index in core where !isUnderstood(clauses[index]) || !isOwn(clauses, index) {
      return Result(verdict: .unclear, code: .consentUnclear, span: span, reason: "声明所在的句子没有完全读懂，请人工判断。")
    }
    // Beside the statement, in its sentence, only requests and details: anything else may qualify or attribute it.
    let sentences = Set(core.map { clauses[$0].sentence })
    let strange = clauses.contains {
      sentences.contains($0.sentence) && $0.unknown > 0 && !$0.has(.service) && !$0.has(.harmless) && !$0.has(.close)
    }
    if strange {
      return Result(verdict: .unclear, code: .consentUnclear, span: span, reason: "声明同句中有没有读懂的文字，请人工判断。")
    }
    guard last - first <= mostClausesApart, isOneStatement(clauses, core) else {
      return Result(verdict: .unclear, code: .consentUnclear, span: span, reason: "阅读与同意的对象是否为同一文件不明确。")
    }
    return Result(verdict: .affirmed, code: .consentSatisfied, span: span, reason: "申请人声明已阅读并同意须知。")
  }

  /// Only words of the statement itself; no quotation marks, no agreement to the closing instead of the notice.
  private static func isUnderstood(_ clause: Clause) -> Bool {
    guard clause.unknown == 0, !clause.quoted, !clause.asked else { return false }
    for (index, word) in clause.words.enumerated() {
      switch word.kind {
      case .read, .agree, .notice, .plain: continue
      case .close, .service:
        // 同意注销, 同意办理 agree to something else than the notice.
        if index > 0, clause.words[index - 1].kind == .agree { return false }
        if clause.words[..<index].contains(where: { $0.kind == .agree }), word.kind == .close || !clause.has(.notice) {
          return false
        }
      default: return false
      }
    }
    return true
  }

  /// What stands before a colon says whose words follow: only a label that is understood to the last character.
  private static func isOwn(_ clauses: [Clause], _ index: Int) -> Bool {
    guard clauses[index].labelled, index > 0 else { return true }
    let label = clauses[index - 1]
    return label.unknown == 0 && !label.quoted
      && label.words.allSatisfy { [.plain, .notice, .read, .agree].contains($0.kind) }
  }

  /// Reading and agreeing stand within the same or neighbouring sentences as the notice.
  private static func isOneStatement(_ clauses: [Clause], _ core: [Int]) -> Bool {
    let sentences = core.map { clauses[$0].sentence }
    return zip(sentences, sentences.dropFirst()).allSatisfy { $1 - $0 <= 1 }
  }

  private static func spoiler(_ clauses: [Clause], core: [Int], span: Range<Int>) -> Result? {
    let coreSentences = Set(core.map { clauses[$0].sentence })
    // Questions and conditions about other things stand well away from the statement.
    let closeBy = Set(coreSentences.flatMap { [$0 - 1, $0, $0 + 1] })
    for (kind, code, verdict) in spoilers
    where clauses.contains(where: {
      $0.has(kind) && (![.question, .condition].contains(kind) || closeBy.contains($0.sentence))
    }) {
      return Result(verdict: verdict, code: code, span: span, reason: reason(code))
    }
    for index in clauses.indices {
      let clause = clauses[index]
      let near = coreSentences.contains(clause.sentence)
      if clause.has(.negation), near || clause.has(.close) {
        let own = core.contains(index)
        return Result(
          verdict: own ? .denied : .unclear, code: own ? .consentNegated : .consentUnclear, span: span,
          reason: reason(.consentNegated))
      }
      if clause.has(.future), near {
        return Result(verdict: .denied, code: .consentFuture, span: span, reason: reason(.consentFuture))
      }
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
