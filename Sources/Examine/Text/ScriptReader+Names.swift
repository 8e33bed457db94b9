/// Words and names that begin at a place, and whose they are.
extension ScriptReader {
  mutating func longest(_ at: Int) -> (kind: WordClass, end: Int)? {
    let word = vocabulary.word(text.scalars, at, breaks: breaks)
    guard let name = vocabulary.name(text.scalars, at), name.end >= word?.end ?? 0 else { return word }
    // QQ号码注销协议, 小程序的注销协议: a longer name than the one that is known.
    if name.kind == .notice || name.kind == .short,
      unknownFrom != nil || isCompound(at) || isOfOthers(at) || vocabulary.isOfOtherProduct(at..<name.end, text.scalars)
    {
      return (.ambiguous, name.end)
    }
    return name
  }

  /// 他们那份注销协议, 别家的注销须知: somebody else's paper.
  private func isOfOthers(_ at: Int) -> Bool {
    var place = script.tokens.count - 1
    while place >= tokenStart, script.tokens[place].kind == .filler { place -= 1 }
    guard place >= tokenStart, place < script.tokens.count - 1, script.tokens[place].kind == .third else {
      return false
    }
    let between = text.scalars[script.tokens[place].range.upperBound..<at]
    return between.contains { Self.possessive.contains($0) }
  }
  /// 的, 那份, 他们家
  private static let possessive = ScalarSet("的份个家本")

  private mutating func isCompound(_ at: Int) -> Bool {
    guard var last = script.tokens.last, script.tokens.count > tokenStart else { return false }
    let s = text.scalars
    if Scalars.isWord(s[at]) {
      // WeChat account deletion agreement, WeChat 的 account deletion agreement.
      guard last.range.upperBound + 1 >= at else { return false }
      if s[last.range] == [0x7684], script.tokens.count > tokenStart + 1 {
        last = script.tokens[script.tokens.count - 2]
      }
      if last.kind == .you { return vocabulary.isOtherBrand(s[last.range]) }
      return last.kind == .topic || last.kind == .resources || last.kind == .service || last.kind == .unknown
    }
    guard last.range.upperBound == at, !text.gaps[at] else { return false }
    if s[last.range] == [0x7684], script.tokens.count > tokenStart + 1 {
      last = script.tokens[script.tokens.count - 2]
      if isOwnNumber(script.tokens.count - 2) { return false }
      // 账号的注销协议; 商城账号的注销须知 is another's.
      if s[last.range].contains(0x8D26) || s[last.range].contains(0x6237) {
        guard script.tokens.count > tokenStart + 2 else { return false }
        let whose = script.tokens[script.tokens.count - 3]
        guard whose.range.upperBound == last.range.lowerBound else { return false }
        // 云账户的注销须知 at the head of a clause
        let isCloud = s[whose.range] == [0x4E91] && script.tokens.count == tokenStart + 3
        return whose.kind == .unknown && !isCloud || whose.kind == .resources || whose.kind == .service
          || whose.kind == .topic && !vocabulary.isHolder(s[whose.range])
      }
    }
    if last.kind == .you { return vocabulary.isOtherBrand(s[last.range]) }
    if last.kind == .document { return !isMark(s[last.range.upperBound - 1]) }
    return last.kind == .topic || last.kind == .resources || last.kind == .service
  }

  /// 这个号的, 我的号的: the account that the ticket is about.
  private func isOwnNumber(_ place: Int) -> Bool {
    let s = text.scalars
    guard place > tokenStart, s[script.tokens[place].range] == [0x53F7] else { return false }
    let before = script.tokens[tokenStart..<place].drop { $0.kind != .own && !Self.these.contains(s[$0.range]) }
    return before.startIndex == tokenStart && !before.isEmpty
      && before.allSatisfy { $0.kind == .own || Self.these.contains(s[$0.range]) || s[$0.range] == [0x7684] }
  }
  private static let these = ["这个", "这", "该", "此", "我的", "本人的", "那个"].map { Scalars.of($0)[...] }
}
