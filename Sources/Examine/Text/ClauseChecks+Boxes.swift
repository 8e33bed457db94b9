/// Ticked and empty boxes, answers beside a question.
extension ClauseChecks {
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

  /// ☑是 ☑否: both are ticked.
  func isAnsweredTwice(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end == .colon || clause.end == .question else { return false }
    var said: Set<Bool> = []
    var at = index + 1
    while at < script.clauses.count, at - index < Self.farthest, script.clauses[at].line == clause.line,
      script.clauses[at].has(.ticked), let says = Self.simpleAnswer(script, at)
    {
      said.insert(says)
      at += 1
    }
    return said.count == 2
  }

  private static var answering: ClassSet { ClassSet(.yes, .no, .none, .filler, .ticked, .own) }

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
      // 怎么看须知？我同意: agreeing says nothing of what was asked about reading.
      let isMet =
        clause.has(.agree) || !clause.has(.read)
        ? script.clauses[at].classes.meets(ClassSet(.read, .agree)) : script.clauses[at].has(.read)
      if isMet, !script.clauses[at].has(.question) { return true }
      at += 1
    }
    return false
  }

  /// 是否同意 | 同意: a row whose answer says again what is asked.
  func isAnsweredByAct(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.has(.question), isField(clause), index + 1 < script.clauses.count else { return false }
    let next = script.clauses[index + 1]
    // 是否有异议：无异议
    if clause.has(.objection), next.line == clause.line, next.end != .question, next.has(.objection), next.has(.none),
      next.classes.without(ClassSet(.objection, .none, .filler, .own)).isEmpty
    {
      return true
    }
    guard next.line == clause.line, next.end != .question,
      next.classes.without(ClassSet(.read, .know, .agree, .and, .filler, .manner, .own, .yes)).isEmpty
    else { return false }
    return clause.has(.agree) ? next.has(.agree) : clause.has(.read) && next.has(.read)
  }

  /// 是否已阅读: a field of a form, not a question to somebody.
  private func isField(_ clause: Clause) -> Bool {
    !clause.classes.meets(ClassSet(.polite, .request, .own, .third, .you, .unknown))
  }

  private static var boxes: ClassSet { ClassSet(.ticked, .unticked) }

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
  static func field(_ script: Script, _ index: Int) -> Range<Int> {
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
}
