/// Words as they are dictated, typed and pasted: slips that the text explains, sentences without a mark, addresses of pages.
extension ScriptReader {
  /// 并统一《注销须知》（语音输入）: it stands where the verb does, and the text speaks of its typing.
  mutating func isSlip(_ word: Range<Int>) -> Bool {
    let s = text.scalars
    let before = script.tokens.count > tokenStart ? script.tokens.last : nil
    guard
      before.map({
        [.and, .own].contains($0.kind) || $0.kind == .filler && Self.allOf.contains(s[$0.range.lowerBound])
      })
        ?? true
    else { return false }
    var at = word.upperBound
    while at < s.count, s[at] == 0x20 || s[at] == 0x4E86 || s[at] == 0x7684 { at += 1 }  // 了, 的
    let isVerb =
      at == s.count || mark(s[at]) != .none || vocabulary.name(s, at) != nil
      || [.part, .bare].contains(vocabulary.word(s, at)?.kind)
    guard isVerb else { return false }
    if let speaksOfTyping { return speaksOfTyping }
    let isNoted = vocabulary.slipNotes.isTyped(text)
    speaksOfTyping = isNoted
    return isNoted
  }
  private static let allOf = ScalarSet("都全均也就")

  /// A word of reading or agreeing begins there, or behind a small word.
  func isBeforeAct(_ at: Int) -> Bool {
    var at = at
    for _ in 0..<3 {
      guard at < text.scalars.count, let (kind, end) = vocabulary.word(text.scalars, at) else { return false }
      if [.read, .know, .agree, .near, .objection].contains(kind) { return true }
      guard [.filler, .manner, .own].contains(kind.parent ?? kind) else { return false }
      at = end
    }
    return false
  }

  /// Many words without a mark, none of which reads or agrees, end in 了 right here, and behind the notice's name the
  /// applicant speaks of himself: …都停用了《注销须知》我已阅读并同意; 填写了《注销须知》已阅读 is one sentence.
  /// - Parameter end: where the name ends.
  func isRunOn(_ end: Int) -> Bool {
    guard end < text.scalars.count, vocabulary.word(text.scalars, end)?.kind == .own, script.tokens.count > tokenStart,
      i - clauseStart >= Self.longRun, let last = script.tokens.last,
      unknownFrom == nil, last.range.upperBound == i, text.scalars[i - 1] == 0x4E86,  // 了
      !classes.meets(ClassSet(.read, .know, .agree, .near, .objection, .notice, .short, .bare, .says, .question))
    else { return false }
    return true
  }
  private static let longRun = 12

  /// The end of a page's address that begins at a place.
  func addressEnd(_ at: Int) -> Int? {
    let s = text.scalars
    guard at == 0 || !Scalars.isWord(s[at - 1]),
      let scheme = Self.schemes.first(where: { s[at...].starts(with: $0) })
    else { return nil }
    var end = at + scheme.count
    while end < s.count, !text.gaps[end], Scalars.isWord(s[end]) || Self.ofAddress.contains(s[end]) { end += 1 }
    while end > at, Self.behindSentence.contains(s[end - 1]) { end -= 1 }
    return end > at + scheme.count ? end : nil
  }
  static let scheme: UInt32 = 0x68  // h
  private static let schemes = ["https://", "http://"].map(Scalars.of)
  private static let ofAddress = ScalarSet("-._~/?#&=%+:@")
  private static let behindSentence = ScalarSet(".?:")
  static let behindAddress = ScalarSet("上的里这那中页全处所该")
}
