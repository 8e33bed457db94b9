/// How far a word reaches: what is said of what stood before it, under a condition, or denied.
extension ContactOwner {
  /// 打不通就发邮件 a@example.com, 号没用了求注销邮箱a@example.com, 手机停机了邮箱a@example.com: the word for dead speaks of
  /// what stood before it.
  func isSaidBefore(_ hit: Surroundings.Hit, _ place: Place) -> Bool {
    var end = hit.range.upperBound
    let at = place.range.lowerBound
    // from (415) … to (415) …: the word for the past has its number already.
    if hit.has(.former), end < at, s[end..<at].count(where: Scalars.isDigit) > 6 { return true }
    guard hit.has(.dead), !hit.has(.former), !hit.has(.own) else { return false }
    if end < at, s[end] == Self.done { end += 1 }
    guard end < at, hit.range.lowerBound > 0 else { return false }
    // 打不通就…, 打不通的话…
    if Self.consequences.contains(s[end]) || s[end...].starts(with: Self.incase) { return true }
    guard s[end - 1] == Self.done else { return false }
    if s[end..<at].contains(where: Self.requests.contains) { return true }
    let subject = around.hits(around.clauseStart(hit.range.lowerBound)..<hit.range.lowerBound, .label).last
    let label = around.hits(end..<at, .label).last
    guard let subject, let label else { return false }
    return subject.has(.mailLabel) != place.isAddress && label.has(.mailLabel) == place.isAddress
  }
  /// 了
  private static let done: UInt32 = 0x4E86
  private static let consequences = ScalarSet("就则请可再")
  private static let incase = Scalars.of("的话")
  private static let requests = ScalarSet("求请麻帮想望")

  /// 没写错, 不是我填错, 别以为我写错了: a word for a slip that is denied. 有没有写错 asks.
  func isRight(_ hit: Surroundings.Hit) -> Bool {
    guard s[hit.range].contains(where: Self.slips.contains) else { return false }
    var at = hit.range.lowerBound
    while at > 0, hit.range.lowerBound - at < 5, Self.between.contains(s[at - 1]) { at -= 1 }
    guard at > 0, Self.denials.contains(s[at - 1]) else { return false }
    return at < 2 || s[at - 2] != 0x662F && s[at - 2] != 0x6709
  }
  private static let slips = ScalarSet("错误")
  private static let between = ScalarSet("我以为有是会")
  private static let denials = ScalarSet("没未不别")

  /// 我的邮箱是中文的，注册时就这样：…: the clause before makes his own address the subject.
  func isSubject(_ start: Int) -> Bool {
    guard start > 1, s[start - 1] == 0x2C else { return false }
    let clause = around.clauseStart(start - 1)..<(start - 1)
    guard let own = around.hits(clause, [.own, .other, .agent, .binding, .dead]).first, own.has(.own),
      own.range.lowerBound == clause.lowerBound, s[own.range.lowerBound] == 0x6211 || s[own.range.lowerBound] == 0x672C,
      let label = around.hits(own.range.upperBound..<clause.upperBound, .label).first,
      label.range.lowerBound == own.range.upperBound
    else { return false }
    return s[label.range.upperBound..<clause.upperBound].prefix(3).contains { $0 == 0x662F || $0 == 0x4E3A }
      && around.hits(clause, [.binding, .other, .dead]).isEmpty
  }
}
