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
      || asksForElseInEnglish(s, isAnswer: isAnswer) || isOnlyWish(index)
  }

  /// 请解封账号, and in a sentence of its own 解封账号。, 子账号注销一下。, Restore my account.: orders something else, in a text that
  /// asks nowhere for the closing.
  func isOnlyWish(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end != .colon, !clause.classes.meets(ClassSet(.read, .agree, .objection, .notice, .short)) else {
      return false
    }
    let s = text.scalars[clause.range]
    // 可以帮我解封吗？
    let isQuestion = clause.end == .question && !hold.isIn(s, .wishAfter)
    if isQuestion, hold.isIn(s, .wishBack) { return true }
    let isElse =
      isSentence(index) && ordersElse(s) || asksForElse(s) || asksForElseInEnglish(s, isAnswer: false)
      || isQuestion && s.indices.contains { hold.begins(s[$0...], .wishElse) != nil || isOtherAct($0, s) }
    return isElse && !own.contains { asksForClosing(itself: $0) }
  }

  /// No other clause in its sentence but of the statement, no label before it.
  private func isSentence(_ index: Int) -> Bool {
    let clauses = script.clauses
    func isOfIt(_ at: Int) -> Bool {
      clauses.indices.contains(at) && clauses[at].sentence == clauses[index].sentence
        && !clauses[at].classes.meets(Self.acting)
    }
    return !isOfIt(index - 1) && !isOfIt(index + 1) && !clauses[index].isLabelled
      && !(index > 0 && clauses[index - 1].end == .colon && clauses[index - 1].line == clauses[index].line)
  }

  private func asksForClosing(itself index: Int) -> Bool {
    let clause = script.clauses[index]
    return clause.has(.close) && !ordersElse(text.scalars[clause.range]) && !asksForElse(text.scalars[clause.range])
  }

  /// What the clause begins with, or says of the account or a thing that it begins with.
  private func ordersElse(_ clause: ArraySlice<UInt32>) -> Bool {
    let s = clause.drop { $0 == 0x20 }
    if hold.isIn(s, .wishFree) || hold.isIn(s, .wishAccount) && !hold.isIn(s, .wishOtherAccount) { return false }
    if hold.begins(s, .englishElse) != nil || asksInEnglish(s) && hold.isIn(s, .englishThing) { return true }
    return s.indices.contains { at in
      let head = s[..<at]
      let isOfThing = hold.isIn(head, .wishOtherAccount) || hold.isIn(head, .wishThing) && !Self.accounts.isIn(head)
      // 微信号不注销, 手机号要注销了, 我公司申请注销: none of them orders it.
      guard head.isEmpty || isOfThing || Self.accounts.isIn(head), !head.contains(where: Self.notOrdered.contains),
        Self.accounts.isIn(head) || !Self.firms.isIn(head)
      else { return false }
      if hold.begins(s[at...], .wishElse) != nil || isOtherAct(at, s) { return true }
      if Self.accounts.isIn(head), hold.begins(s[at...], .wishAct) != nil { return true }
      guard let verb = hold.begins(s[at...], .wishClose) else { return false }
      // 子账号注销材料清单
      let isLast = s[(at + verb)...].count <= Self.longestEnding
      return isOfThing && isLast || isOtherObject(s[(at + verb)...])
    }
  }
  private static let longestEnding = 4
  private static let notOrdered = ScalarSet("不没未别无要会将快即")
  private static let firms = WordSet(["企业", "公司"])

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
        return isOtherObject(head[(at + verb)...])
      }
  }
  private static let endings = ScalarSet("了的吧啊呀哈 ")

  private func asksForElse(_ s: ArraySlice<UInt32>, isAnswer: Bool = false) -> Bool {
    if isEnough(s) { return true }
    let wish = s.indices.first { hold.begins(s[$0...], .wish) != nil }
    guard let from = isAnswer ? s.startIndex : wish,
      !hold.isIn(s, .wishFree), !hold.isIn(s, .wishAccount) || hold.isIn(s, .wishOtherAccount)
    else { return false }
    return s.indices[from...].contains { at in
      if hold.begins(s[at...], .wishElse) != nil || isOtherAct(at, s) { return true }
      guard let verb = hold.begins(s[at...], .wishClose) else { return false }
      return isOtherObject(s[(at + verb)...]) || isOtherHanded(s[..<at]) || isOtherBefore(at, s)
    }
  }

  /// 请把子账号|注销, 将云主机|删除; 把手机号为 138 0013 8000 的账号|注销 is about the account, as is 把账号和域名一起|注销.
  private func isOtherHanded(_ s: ArraySlice<UInt32>) -> Bool {
    guard let at = s.lastIndex(where: Self.handing.contains) else { return false }
    let object = s[(at + 1)...]
    if hold.isIn(object, .wishOtherAccount) { return true }
    let account = object.indices.last { Self.accounts.begins(object[$0...]) }
    // 账号|下的云主机
    if let account, !(object.dropFirst(account - object.startIndex + 2).first.map(Self.within.contains) ?? false) {
      return false
    }
    return hold.isIn(object, .wishThing)
  }

  /// 申请子账号|注销, 处理一下域名的|注销: between the word of asking and the verb.
  private func isOtherBefore(_ at: Int, _ s: ArraySlice<UInt32>) -> Bool {
    guard
      let (wish, length) = s[..<at].indices.reversed().lazy.compactMap({ from in
        hold.begins(s[from...], .wish).map { (from, $0) }
      }).first, wish + length <= at
    else { return false }
    let object = s[(wish + length)..<at]
    return hold.isIn(object, .wishOtherAccount) || hold.isIn(object, .wishThing) && !Self.accounts.isIn(object)
  }
  private static let within = ScalarSet("的里下内中名")

  /// 恢复我的京东云账号, 把账户解冻: something else is to be done to the account.
  private func isOtherAct(_ at: Int, _ s: ArraySlice<UInt32>) -> Bool {
    guard let verb = hold.begins(s[at...], .wishAct) else { return false }
    let (head, object) = (s[..<at], s[(at + verb)...].prefix(Self.farthestAccount))
    return object.contains { Self.naming.contains($0) }
      || head.contains { Self.handing.contains($0) } && Self.accounts.isIn(head)
  }
  private static let farthestAccount = 9
  private static let naming = ScalarSet("账号户")
  private static let accounts = WordSet(["账号", "账户", "的号", "的户", "个号", "个户", "这号", "旧号", "老号"])
  private static let handing = ScalarSet("把将")

  /// 注销我的域名, 删掉一个子账号; 注销企业账号 is about the account, 取消企业账号的实名认证 is not.
  private func isOtherObject(_ object: ArraySlice<UInt32>) -> Bool {
    for at in object.indices.prefix(Self.farthestObject) {
      if let kind = hold.begins(object[at...], .wishKind) {
        let behind = object[(at + kind)...].dropFirst()
        return behind.first == Self.of && isOtherObject(behind.dropFirst())
      }
      if hold.begins(object[at...], .wishThing) != nil { return true }
    }
    return false
  }
  private static let farthestObject = 5
  private static let of: UInt32 = 0x7684  // 的

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
