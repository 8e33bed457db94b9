/// Plain words that are accounts' names.
extension ScriptReader {
  /// 请注销账户 birch, 账号名：oak, close my account maple: a Latin word of which nothing is known, right behind a word that
  /// names an account. In English, where anything may follow that word, it ends the clause.
  /// - Parameter at: where a word begins.
  /// - Returns: where the name ends; nil where it is none.
  func accountNameEnd(_ at: Int) -> Int? {
    let s = text.scalars
    guard Scalars.isLetter(s[at]), unknownFrom == nil, at == 0 || !Scalars.isWord(s[at - 1]) else { return nil }
    var before = script.tokens.count - 1
    guard before >= tokenStart else { return nil }
    let isJoined = Self.joins.contains(Array(s[script.tokens[before].range]))
    if isJoined { before -= 1 }
    guard before >= tokenStart else { return nil }
    let owner = script.tokens[before]
    guard owner.kind == .topic || owner.kind == .close, !isFar(owner.range.upperBound, at) else { return nil }
    var end = at + 1
    while end < s.count, Scalars.isWord(s[end]) || s[end] == 0x2D { end += 1 }
    while s[end - 1] == 0x2D { end -= 1 }
    let name = s[at..<end]
    guard (Self.shortestName...Self.longestName).contains(name.count),
      vocabulary.hold.begins(name, .noName) != name.count
    else { return nil }
    if s[owner.range].contains(where: { Self.ofAccounts.contains($0) }) { return end }
    guard Self.english.contains(where: { s[owner.range].suffix($0.count).elementsEqual($0) }),
      !name.suffix(2).elementsEqual(Self.adverbs), endsPhrase(end)
    else { return nil }
    return end
  }

  private static let ofAccounts = ScalarSet("号户")
  private static let english = ["account", "username", "user name", "login"].map(Scalars.of)
  private static let joins = Set(["是", "为", "叫", "名", "名是", "名为", "叫做", "即", "named", "called"].map(Scalars.of))
  private static let adverbs = Scalars.of("ly")
  private static let shortestName = 2
  private static let longestName = 32

  private func isFar(_ end: Int, _ at: Int) -> Bool { at - end > Self.mostBetween }
  private static let mostBetween = 8

  /// Nothing but a mark or the end of the text stands behind.
  private func endsPhrase(_ end: Int) -> Bool {
    guard let next = text.scalars[end...].first(where: { $0 != 0x20 }) else { return true }
    return !Self.isLetter(next)
  }
}
