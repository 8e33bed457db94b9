import ClosureModel

/// Somebody's word that the statement still waits for.
extension ClauseChecks {
  /// 但须股东会审议通过, 报集团备案, 以董事会决议为准, 法务未盖章: who has to approve, what he has to do, and that it is not done.
  /// The provider's own review is none of it.
  func isUnapproved(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    return clause.end != .question && !clause.classes.meets(ClassSet(.you, .agent))
      && isUnapproved(text.scalars[clause.range])
  }

  /// 我司已阅读并同意《须知》须法务盖章: said in one breath, behind the act.
  func isUnapproved(behind act: Int) -> Bool {
    let clause = script.clauses[act]
    guard let last = script.words(clause).last(where: { [.agree, .notice, .short, .bare].contains($0.kind) }) else {
      return false
    }
    return isUnapproved(text.scalars[last.range.upperBound..<clause.range.upperBound])
  }

  private func isUnapproved(_ s: ArraySlice<UInt32>) -> Bool {
    let words = page.vocabulary.hold
    return words.isIn(s, .outstanding) && words.isIn(s, .approving) && words.isIn(s, .authority)
      && !words.isIn(s, .approved)
  }
}
