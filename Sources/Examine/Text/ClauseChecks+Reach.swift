import ClosureModel

/// How the applicant can be reached: 白天电话打不通, 这个邮箱毕业前都收得到信. It holds nothing up.
extension ClauseChecks {
  /// The clause speaks of calls, letters and messages, and of nothing that is done to the account or to the statement.
  func isOfReach(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard !clause.classes.meets(Self.ofClosing), clause.end != .question else { return false }
    let s = text.scalars[clause.range]
    return page.vocabulary.reach.isIn(s, .word) && !page.vocabulary.reach.isIn(s, .not)
  }
  private static var ofClosing: ClassSet {
    ClassSet(
      .close, .notice, .short, .bare, .ambiguous, .document, .read, .know, .agree, .objection, .withdrawn, .keep,
      .pause,
      .limit, .before, .future, .machine, .deemed, .insincere, .duress, .untrue, .unread, .third, .owner, .behalf,
      .says,
      .balance, .resources, .waive)
  }
}
