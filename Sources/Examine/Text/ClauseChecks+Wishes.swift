/// What is asked for beside the statement, where it is not that the account be closed: 请帮我冻结账号, 我只想注销子账号.
extension ClauseChecks {
  private var hold: Stems<HoldSection> { page.vocabulary.hold }

  /// Asks in so many words for something else to be done to the account, or for something else to be closed.
  /// - Parameter isAnswer: the clause says what is wanted, without a word of asking: a title.
  func asksForElse(_ index: Int, isAnswer: Bool = false) -> Bool {
    let clause = script.clauses[index]
    guard !clause.classes.meets(ClassSet(.read, .agree, .objection)) else { return false }
    let s = text.scalars[clause.range]
    return clause.end != .question && asksForElse(s, isAnswer: isAnswer || isValueOfWish(index))
      || asksForElseInEnglish(s, isAnswer: isAnswer)
  }

  /// 目的：注销云主机: the label before it asks what is wanted.
  private func isValueOfWish(_ index: Int) -> Bool {
    guard index > 0, script.clauses[index - 1].end == .colon,
      script.clauses[index - 1].line == script.clauses[index].line
    else { return false }
    return hold.isIn(text.scalars[script.clauses[index - 1].range], .wish)
  }

  /// 解除绑定就可以, 关闭自动续费就行: no more than that is wanted.
  private func isEnough(_ clause: ArraySlice<UInt32>) -> Bool {
    var s = clause
    while let last = s.last, Self.endings.contains(last) { s = s.dropLast() }
    guard let enough = hold.ends(s, .enough), !hold.isIn(s, .wishAccount) else { return false }
    let head = s.dropLast(enough)
    return !hold.isIn(head, .wishFree)
      && head.indices.contains { at in
        if hold.begins(head[at...], .wishElse) != nil { return true }
        guard let verb = hold.begins(head[at...], .wishClose) else { return false }
        let object = head[(at + verb)...].prefix(Self.farthestObject)
        return object.indices.contains { hold.begins(object[$0...], .wishThing) != nil }
      }
  }
  private static let endings = ScalarSet("了的吧啊呀哈 ")

  private func asksForElse(_ s: ArraySlice<UInt32>, isAnswer: Bool) -> Bool {
    if isEnough(s) { return true }
    guard let from = isAnswer ? s.startIndex : s.indices.first(where: { hold.begins(s[$0...], .wish) != nil }),
      !hold.isIn(s, .wishFree), !hold.isIn(s, .wishAccount)
    else { return false }
    return s.indices[from...].contains { at in
      if hold.begins(s[at...], .wishElse) != nil { return true }
      guard let verb = hold.begins(s[at...], .wishClose) else { return false }
      // 注销我的域名, 删掉一个子账号
      let object = s[(at + verb)...].prefix(Self.farthestObject)
      return object.indices.contains { hold.begins(s[$0...], .wishThing) != nil }
    }
  }
  private static let farthestObject = 5

  /// Please reset my password, I only want to delete a sub-account.
  private func asksForElseInEnglish(_ s: ArraySlice<UInt32>, isAnswer: Bool) -> Bool {
    guard
      let from = s.indices.first(where: { isAnswer || isWordStart($0, s) && hold.begins(s[$0...], .englishWish) != nil }
      )
    else {
      return false
    }
    let rest = s[from...]
    let isElse = rest.indices.contains { isWordStart($0, rest) && hold.begins(rest[$0...], .englishElse) != nil }
    return isElse || asksInEnglish(rest) && hold.isIn(rest, .englishThing)
  }
}
