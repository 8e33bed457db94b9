/// Contacts that a name beside them, or the head of their column, gives to somebody else or to the account alone. Every
/// look is bounded.
extension ContactOwner {
  // MARK: Accounts

  /// 账号：a@example.com, 注销账号 138…, close account a@…: the name of the account, and nothing between.
  func isLogin(_ before: Range<Int>) -> Bool {
    var end = before.upperBound
    while end > before.lowerBound, before.upperBound - end < 4, Self.isLink(s[end - 1]) { end -= 1 }
    return around.words.phrases.endsIn(s, end, .account) || around.words.phrases.endsLong(s, end, .account)
  }

  /// `: ( =`, a blank, 为 是 叫 即
  private static func isLink(_ s: UInt32) -> Bool {
    switch s {
    case 0x3A, 0x28, 0x3D, 0x20, 0x4E3A, 0x662F, 0x53EB, 0x5373, 0x201C, 0x3010, 0x5B: true
    default: false
    }
  }

  /// 138…注册的京东云账号, a@example.com 这个账号: of an unlabelled contact, what it is the name of.
  func isOfAccountAhead(_ end: Int, _ place: Place) -> Bool {
    var at = end
    while at < s.count, at - end < 3, Self.pointing.contains(s[at]) { at += 1 }
    if let word = Self.holding.first(where: { s[at...].starts(with: $0) }) {
      let stop = min(around.clauseEnd(at), at + word.count + 10)
      return !around.hits(at..<max(at, stop), .account).isEmpty
    }
    guard around.words.phrases.match(s, at, below: s.count, .account) != nil else { return false }
    // 邮箱a@example.com账号jd_x: two fields.
    return around.hits(around.clauseStart(place.range.lowerBound)..<place.range.lowerBound, .label).isEmpty
  }
  /// 这 该 此 个 的 所
  private static let pointing = ScalarSet("这该此个的所")
  private static let holding = ["注册", "绑定", "登录", "登陆", "名下", "开通", "开户", "对应", "关联", "申请的"].map(Scalars.of)

  // MARK: Others

  /// 黑客把我的邮箱改成 a@example.com，手机改成 139…; 被改成 139…: somebody else put it there.
  func isChangedByOthers(_ own: Surroundings.Hit) -> Bool {
    let at = own.range.lowerBound
    guard Self.changing.contains(s[at]), s[own.range].contains(where: Self.into.contains) else { return false }
    if at > 0, s[at - 1] == 0x88AB { return true }
    var start = at
    while start > 0, at - start < 60, !Surroundings.isFullStop(s[start - 1]) { start -= 1 }
    guard
      around.hits(start..<at, [.other, .fraud]).contains(where: { $0.has(.fraud) || !isSomebodysOwn($0) })
        || Self.someone.contains(where: { word in (start..<at).contains { s[$0..<at].starts(with: word) } })
    else { return false }
    // 账号被盗，我把手机改成 139…; 请由…变更为….
    return !s[start..<at].contains(Self.please) && !isByMe(around.clauseStart(at)..<at)
  }
  /// 请
  private static let please: UInt32 = 0x8BF7
  /// 改 换 变 更
  private static let changing = ScalarSet("改换变更已")
  /// 成 为 到
  private static let into = ScalarSet("成为到")
  private static let someone = ["有人", "被人", "别人", "他人", "不法分子", "盗号"].map(Scalars.of)

  private func isSomebodysOwn(_ hit: Surroundings.Hit) -> Bool {
    around.words.phrases.match(s, hit.range.lowerBound, below: hit.range.upperBound, .near) != nil
  }

  /// 我把…, 我已…, 现在: the applicant acts himself.
  private func isByMe(_ clause: Range<Int>) -> Bool {
    s[clause].contains(0x8BF7)
      || clause.contains { s[$0] == 0x6211 && $0 + 1 < clause.upperBound && Self.acting.contains(s[$0 + 1]) }
  }
  private static let acting = ScalarSet("把已又现将自后就才重刚换改")

  /// 联系人：王五（已离职）139…: a note behind the name.
  func isNotedGone(_ own: Surroundings.Hit, _ at: Int) -> Bool {
    let between = own.range.upperBound..<max(at, own.range.upperBound)
    guard s[between].contains(0x28), s[between].last.map({ $0 == 0x29 || $0 == 0x20 || $0 == 0x3A }) == true else {
      return false
    }
    return !around.hits(between, .gone).isEmpty
  }

  /// 您好，我是京东云工程师小王，…请致电 400-… / wang@example.net: all of the line is what the agent says to the customer.
  func isAgentsLine(_ place: Place) -> Bool {
    let at = place.range.lowerBound
    var start = at
    while start > 0, at - start < 120, s[start - 1] != 10 { start -= 1 }
    guard let verb = (start..<at).first(where: { s[$0] == 0x662F && $0 > start && Self.speaker.contains(s[$0 - 1]) }),
      verb - start < 16,
      let name = around.words.phrases.match(s, verb + 1, below: at, .brand)
    else { return false }
    let office = verb + 1 + name.length
    guard let role = around.words.phrases.match(s, office, below: at, .agent) else { return false }
    // 我是京东云客服介绍来的
    var end = at
    while end < s.count, end - at < 120, s[end] != 10 { end += 1 }
    let rest = s[(office + role.length)..<min(at, office + role.length + 4)]
    return !rest.contains(where: { $0 == 0x7684 || $0 == 0x8BA9 || $0 == 0x53EB })
      && s[start..<end].contains { $0 == 0x60A8 || $0 == 0x4F60 }
  }
  /// 我 里 边
  private static let speaker = ScalarSet("我里边")

  // MARK: Columns

  /// 旧手机|邮箱⏎139…|a@example.com: the cell above says whose the column is.
  func column(_ at: Int) -> Verdict? {
    // A cell with a value of its own is no head.
    for cell in around.cellsAbove(at) where !s[cell].contains(0x40) && s[cell].count(where: Scalars.isDigit) < 5 {
      guard let owner = around.hits(cell, .owner).last else {
        if around.hits(cell, [.label, .notPhone]).isEmpty { continue }
        return nil
      }
      if owner.has(.own) { return nil }
      return owner.has(.agent) ? .agent : owner.has(.other) || owner.has(.binding) ? .other : .dead
    }
    return nil
  }
}
