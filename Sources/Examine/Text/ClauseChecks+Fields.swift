import ClosureModel

/// What stands behind the label of a form that reads or agrees: nothing, something else, a value that is put off.
extension ClauseChecks {
  /// 须知同意：由法人另行决定. What stands behind a form's field that agrees is no yes.
  func doubtfulValue(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    if isOpenChoice(index) || isOtherColumn(clause) || isNameOfStatement(clause) { return index }
    if let subject = strangeSubject(index) { return subject }
    guard clause.end == .colon else { return nil }
    if isEmptyAmongFilled(index) { return index }
    if clause.has(.own) { return isPutOff(index) ? index + 1 : nil }
    guard index + 1 < script.clauses.count else { return clause.has(.notice) ? nil : index }
    let value = script.clauses[index + 1]
    // 已阅读：⏎同意：
    if value.line > clause.line, value.end == .colon, !clause.has(.notice) { return index }
    guard value.line == clause.line, !value.classes.meets(Self.filling) else { return nil }
    // 须知同意：审批中
    if value.has(.service), text.scalars[value.range].contains(where: { Self.underWay.contains($0) }) {
      return index + 1
    }
    return value.classes.meets(ClassSet(.unknown, .third, .agent, .hedge, .future, .condition, .blank, .instruct))
      ? index + 1 : nil
  }

  /// 我同意《注销须知》：再说
  private func isPutOff(_ index: Int) -> Bool {
    guard index + 1 < script.clauses.count else { return false }
    let value = script.clauses[index + 1]
    return value.line == script.clauses[index].line && value.tokens.count <= 2 && !value.classes.meets(Self.filling)
      && value.classes.meets(ClassSet(.future, .hedge, .question, .blank, .condition, .pause))
  }

  /// 阅读《协议》：是⏎同意《协议》：⏎: nothing behind the label, and other labels of the form have a yes on their line.
  private func isEmptyAmongFilled(_ index: Int) -> Bool {
    let line = script.clauses[index].line
    guard index + 1 == script.clauses.count || script.clauses[index + 1].line > line else { return false }
    let near = max(0, index - Self.farthest)..<min(script.clauses.count - 1, index + Self.farthest)
    return near.contains { at in
      at != index && script.clauses[at].end == .colon && script.clauses[at + 1].line == script.clauses[at].line
        && script.clauses[at].classes.meets(Self.acting)
        && (script.clauses[at + 1].classes.meets(ClassSet(.yes, .ticked))
          || Self.yes.contains(text.scalars[script.clauses[at + 1].range]))
    }
  }

  private static let yes = WordSet(["yes", " yes", "y", " y"])
  private static let underWay = ScalarSet("中待未")
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

  private static var filling: ClassSet {
    ClassSet(
      .yes, .no, .none, .ticked, .unticked, .read, .know, .agree, .objection, .own, .notice, .short, .bare, .request,
      .close,
      .identifier, .ambiguous, .document)
  }
}
