import ClosureModel

/// The smaller statements: waivers, taking the request back, asking for the closing.
enum DeclarationReader {
  static func read(_ kind: WordClass, _ clauses: [Clause], _ evidence: (Range<Int>) -> Evidence) -> StatementReading {
    var found: [Evidence] = []
    var doubtful = false
    for index in clauses.indices {
      let clause = clauses[index]
      guard !clause.foreign, clause.has(kind), let word = clause.words.first(where: { $0.kind == kind }) else {
        continue
      }
      found.append(evidence(word.range))
      let spoilt: Set<WordClass> = [.negation, .condition, .future, .question, .third, .quoted, .withdrawn, .delay]
      let sameSentence = clauses.filter { $0.sentence == clause.sentence }
      if clause.asked || clause.quoted
        || sameSentence.contains(where: { $0.words.contains { spoilt.contains($0.kind) } })
      {
        doubtful = true
      }
    }
    if found.isEmpty { return StatementReading(label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。") }
    return doubtful
      ? StatementReading(label: .unclear, code: "unclear", evidence: found, reason: "声明附近有条件、否定或疑问，请人工判断。")
      : StatementReading(label: .affirmed, code: "declared", evidence: found, reason: "申请人作了这样的声明。")
  }

  static func withdrawal(_ clauses: [Clause], _ evidence: (Range<Int>) -> Evidence) -> StatementReading {
    let pauses = clauses.filter { !$0.foreign && $0.has(.pause) }.flatMap(\.words).filter { $0.kind == .pause }
      .map { evidence($0.range) }
    if !pauses.isEmpty {
      return StatementReading(label: .unclear, code: "paused", evidence: pauses, reason: "申请人要求暂停或似有犹豫，请人工判断。")
    }
    let reading = read(.keep, clauses, evidence)
    let others = clauses.filter { $0.foreign && ($0.has(.keep) || $0.has(.pause)) }.flatMap(\.words)
      .filter { $0.kind == .keep || $0.kind == .pause }.map { evidence($0.range) }
    guard reading.label == .denied, !others.isEmpty else { return reading }
    // A customer's line below an agent's, without a label of its own, looks like the agent's.
    return StatementReading(label: .unclear, code: "unclear", evidence: others, reason: "撤回的字样不知是谁说的，请人工判断。")
  }

  static func closing(_ clauses: [Clause], _ evidence: (Range<Int>) -> Evidence) -> StatementReading {
    var asked: [Evidence] = []
    var other: [Evidence] = []
    var withdrawn: [Evidence] = []
    for clause in clauses where !clause.foreign {
      // 怎么注销 asks, 不想注销 refuses: neither asks for the closing.
      let isAsking = clause.has(.question) || clause.has(.negation)
      for word in clause.words {
        if word.kind == .close, !isAsking { asked.append(evidence(word.range)) }
        if word.kind == .keep || word.kind == .pause { withdrawn.append(evidence(word.range)) }
        if word.kind == .otherRequest { other.append(evidence(word.range)) }
      }
    }
    if let first = withdrawn.first, other.isEmpty {
      return StatementReading(label: .affirmed, code: "declared", evidence: [first], reason: "文字谈的是账号注销申请。")
    }
    if !asked.isEmpty, !other.isEmpty {
      return StatementReading(label: .unclear, code: "mixed", evidence: asked + other, reason: "既提到注销又提到其他诉求，请人工判断。")
    }
    if !other.isEmpty {
      return StatementReading(label: .denied, code: "other_request", evidence: other, reason: "申请人要求的是其他事项。")
    }
    if let first = asked.first {
      return StatementReading(label: .affirmed, code: "declared", evidence: [first], reason: "申请人要求注销账号。")
    }
    return StatementReading(label: .unclear, code: "no_sign", evidence: [], reason: "看不出是否要求注销账号。")
  }
}
