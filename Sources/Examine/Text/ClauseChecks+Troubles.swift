/// What a careful person would look into before an account is closed for good: 账号有纠纷, 退款没到账.
extension ClauseChecks {
  private var hold: Stems<HoldSection> { page.vocabulary.hold }

  /// Told, not denied (没有纠纷), and not the label of a field (是否有纠纷：无).
  func isOpenMatter(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end != .colon else { return false }
    let s = text.scalars[clause.range]
    return isTrouble(s) || isUnsettled(s) || isEnglishTrouble(s)
  }

  /// 账号有纠纷, 被法院冻结, 我不是实名人.
  private func isTrouble(_ s: ArraySlice<UInt32>) -> Bool {
    hold.isIn(s, .trouble)
      && s.indices.contains { at in hold.begins(s[at...], .trouble) != nil && !isDeniedBefore(s[..<at]) }
  }
  /// 没有纠纷; 不过 is a but.
  private func isDeniedBefore(_ head: ArraySlice<UInt32>) -> Bool {
    let near = head.suffix(Self.denialReach)
    return near.indices.contains { at in
      Self.noTrouble.contains(near[at]) && !(at + 1 < head.endIndex && head[at + 1] == Self.yet)
    }
  }
  private static let denialReach = 3
  private static let yet: UInt32 = 0x8FC7  // 过
  private static let noTrouble = ScalarSet("没无未不非否免防怕")

  /// 退款没到账, 还有订单没完成, 代金券还没用完; 没用完的券 is given up elsewhere.
  private func isUnsettled(_ clause: ArraySlice<UInt32>) -> Bool {
    var s = clause
    while let last = s.last, Self.tails.contains(last) { s = s.dropLast() }
    guard hold.isIn(s, .left), let length = hold.ends(s, .unsettled) else { return false }
    let head = s.dropLast(length)
    return hold.isIn(head, .left) && !isDeniedBefore(head)
  }
  private static let tails = ScalarSet("呢啊呀哦噢吧 ")

  /// There is a dispute about the account, my refund has not arrived.
  private func isEnglishTrouble(_ s: ArraySlice<UInt32>) -> Bool {
    hold.isIn(s, .englishTrouble)
      && s.indices.contains { isWordStart($0, s) && hold.begins(s[$0...], .englishTrouble) != nil }
  }
}
