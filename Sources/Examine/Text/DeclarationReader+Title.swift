import ClosureModel

/// A ticket's title: what it says by which the ticket may be another one than its body makes it.
extension DeclarationReader {
  /// The text is a ticket's title, where a mark alone may take the request back: 【撤销】, （已取消）.
  /// - Parameters:
  ///   - title: all of it.
  ///   - isStatement: it is a statement of consent itself, read as such.
  ///   - spoilsStatement: it would spoil a plain statement beside it.
  func withdrawal(ofTitle title: Evidence, isStatement: Bool, spoilsStatement: () -> Bool) -> StatementReading {
    if let mark = mark() {
      return StatementReading(
        label: .unclear, code: "unclear", evidence: [evidence(mark)], reason: "标题像是说这张工单已经撤下，请人工判断。")
    }
    if let clause = doubtfulTitle() {
      return StatementReading(
        label: .unclear, code: "unclear", evidence: [evidence(clause)], reason: "标题说的像是别的事、别人的账号，或者有条件，请人工判断。")
    }
    let plain = withdrawal()
    guard plain.label == .denied, !isStatement else { return plain }
    switch TitleReader(page).sense {
    case .plain: return plain
    case .clauses where !spoilsStatement(): return plain
    case .clauses, .strange: break
    }
    return StatementReading(
      label: .unclear, code: "unclear", evidence: [title], reason: "标题说的可能不是注销这个账号，请人工判断。")
  }

  /// 帮朋友注销账号, 等退款后注销账号, 注销子账号, 转发：申请注销账号: what a title says by which the ticket may be another one.
  private func doubtfulTitle() -> Range<Int>? {
    let own = script.clauses.indices.filter { script.clauses[$0].speaker == .applicant }
    let checks = ClauseChecks(page, own: own, isWeighed: false)
    return own.first { index in
      checks.isForAnother(index) || checks.asksForElse(index, isAnswer: true) || checks.isHeldUp(index)
        || checks.isOpenMatter(index) || isForwarding(script.clauses[index])
    }.map { script.clauses[$0].range }
  }

  /// 转发：, FW:, 【模板】: a head that says whose words or what follows.
  private func isForwarding(_ clause: Clause) -> Bool {
    (clause.end == .colon || clause.isBracketed || clause.end == .bracket)
      && page.vocabulary.hold.begins(page.text.scalars[clause.range].drop { $0 == 0x20 }, .titleHead) != nil
  }

  /// 撤销：申请注销账号, 申请注销账号（已取消）, 申请注销账号-作废: the first or the last word of a title, whatever parts it from
  /// the others, or one in brackets.
  private func mark() -> Range<Int>? {
    let words = page.text.scalars.indices
      .split { !Scalars.isWord(page.text.scalars[$0]) && !Scalars.isHan(page.text.scalars[$0]) }
      .flatMap(partedByBlanks)
    let bracketed = script.clauses.filter(\.isBracketed).map(\.range)
    return ([words.first, words.last].compactMap(\.self) + bracketed).first {
      page.vocabulary.stated.begins(page.text.scalars[$0], .void) == $0.count
    }
  }

  /// 申请注销账号 作废: blanks between Chinese characters are no scalars any more.
  private func partedByBlanks(_ word: Range<Int>) -> [Range<Int>] {
    let starts = [word.lowerBound] + word.dropFirst().filter { page.text.gaps[$0] }
    return zip(starts, starts.dropFirst() + [word.upperBound]).map { $0..<$1 }
  }
}
