/// Words as they are dictated, typed and pasted: slips that the text explains, sentences without a mark, addresses of pages.
extension ScriptReader {
  /// What a word is where its place decides: 统一 for 同意; 将《须知》通读, which is 把; 须知的话，我看过, which names a topic.
  mutating func spoken(_ kind: WordClass, _ word: Range<Int>) -> WordClass {
    let s = text.scalars
    switch kind {
    case .slipped: return isSlip(word) ? .agree : kind
    case .future where word.count == 1 && s[word.lowerBound] == Self.taking:
      let isName =
        word.upperBound < s.count && (isMark(s[word.upperBound]) || vocabulary.name(s, word.upperBound) != nil)
      return isName ? .filler : kind
    case .condition where s[word].elementsEqual(Self.asFor):
      let before = script.tokens[tokenStart...]
      let isTopic =
        unknownFrom == nil && before.contains { [.notice, .short].contains($0.kind) }
        && before.allSatisfy { [.notice, .short, .filler, .you, .own].contains($0.kind) }
      return isTopic ? .filler : kind
    default: return kind
    }
  }
  private static let taking: UInt32 = 0x5C06  // 将
  private static let asFor = Scalars.of("的话")

  /// (c) 账户注销须知，我看完了; 丙、上述须知…: the number of a line that is a letter.
  /// - Returns: what stands behind it.
  func enumerated(_ at: Int) -> Int? {
    let s = text.scalars
    if at + 2 < s.count, mark(s[at]) == .open, Scalars.isLetter(s[at + 1]), mark(s[at + 2]) == .close { return at + 3 }
    if at + 1 < s.count, Self.stems.contains(s[at]), s[at + 1] == 0x3001 { return at + 2 }
    return nil
  }
  private static let stems = ScalarSet("甲乙丙丁戊己庚辛壬癸")

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
  mutating func isBeforeAct(_ at: Int) -> Bool {
    var at = at
    for _ in 0..<3 {
      guard at < text.scalars.count, let (kind, end) = vocabulary.word(text.scalars, at) else { return false }
      if [.read, .know, .agree, .near, .objection].contains(kind) { return true }
      guard [.filler, .manner, .own].contains(kind.parent ?? kind) else { return false }
      at = end
    }
    return false
  }

  /// Many words without a mark, none of which reads or agrees, end in a 了, 啊 or 注销掉, and behind the notice's name the
  /// applicant speaks of himself or pauses: …都停用了然后那个《注销须知》我已阅读并同意, 不想要了嗯注销须知呢我….
  /// 填写了《注销须知》已阅读 is one sentence.
  /// - Parameter end: where the name ends.
  /// - Returns: the word that begins the new clause, the name itself where it is none of those before it.
  mutating func runOn(_ end: Int) -> Int? {
    let s = text.scalars
    guard end < s.count, unknownFrom == nil, i - clauseStart >= Self.longRun, script.tokens.last?.range.upperBound == i,
      Self.pauses.contains(s[end]) || vocabulary.word(s, end)?.kind == .own,
      !classes.meets(Self.leaning), !classes.has(.future) || isWish,
      // 我不想把账号注销掉
      !classes.has(.negation) || !s[clauseStart..<i].contains(0x628A),
      !s[clauseStart..<i].contains(where: { Self.dealing.contains($0) })
    else { return nil }
    var place = script.tokens.count
    var hummed = false
    while place > tokenStart + 1 {
      let word = script.tokens[place - 1]
      hummed = hummed || isHum(word)
      if Self.particles.contains(s[word.range.upperBound - 1]) { break }
      guard [.and, .filler, .yes, .you].contains(word.kind) || isHum(word) else { break }
      place -= 1
    }
    let last = script.tokens[place - 1]
    guard place > tokenStart,
      hummed || Self.particles.contains(s[last.range.upperBound - 1]) || last.kind == .close,
      script.tokens[tokenStart..<place].allSatisfy({ $0.kind != .near || isHum($0) })
    else { return nil }
    return place
  }
  private static let longRun = 12
  /// What leans on what follows, or tells of others and of what is still to be done: the statement is no matter of its own.
  private static var leaning: ClassSet {
    ClassSet(
      .read, .know, .agree, .objection, .notice, .short, .bare, .says, .question, .condition, .deemed, .third, .behalf,
      .owner, .agent, .before, .keep, .pause, .limit, .hedge, .balance, .withdrawn, .duress, .insincere)
  }
  /// 我想把我的京东云账号注销掉: the account stands between the wish and the closing, no time and nobody else.
  private var isWish: Bool {
    let words = script.tokens[tokenStart...]
    guard let wish = words.firstIndex(where: { $0.kind == .future }), wish > tokenStart,
      [.own, .yes].contains(words[wish - 1].kind) || isSmall(words[wish - 1]),
      let close = words[wish...].firstIndex(where: { $0.kind == .close })
    else { return false }
    return words[(wish + 1)..<close].allSatisfy {
      [.own, .you].contains($0.kind) || $0.kind == .topic && isAccount($0) || isSmall($0)
    } && words[(close + 1)...].allSatisfy { $0.kind == .filler || isHum($0) || $0.kind == .yes }
  }
  /// 把, 那个: one or two characters that say nothing.
  private func isSmall(_ word: Token) -> Bool {
    word.kind == .filler && text.scalars[word.range].allSatisfy { Self.small.contains($0) }
  }
  private static let small = ScalarSet("把将给的它这那个一下就是")
  private func isAccount(_ word: Token) -> Bool { text.scalars[word.range].contains { Self.account.contains($0) } }
  private static let account = ScalarSet("账帐户号")
  /// 退款到账, 借给别人, 我朋友托我
  private static let dealing = ScalarSet("退借托替等先")
  /// What ends a sentence that is spoken, and what a speaker pauses with.
  private static let particles = ScalarSet("了啊吧嘛哈啦呀咯喽")
  private static let pauses = ScalarSet("呢嘛啊呀哈")
  private func isPause(_ word: Token) -> Bool { isFiller(word, of: Self.pauses) }
  /// 就请…, 那麻烦…
  private func isLeadingOn(_ word: Token) -> Bool { isFiller(word, of: Self.leadingOn) }
  private static let leadingOn = ScalarSet("就那")
  private func isFiller(_ word: Token, of characters: ScalarSet) -> Bool {
    word.kind == .filler && word.range.count == 1 && characters.contains(text.scalars[word.range.lowerBound])
  }

  /// 嗯: no answer.
  private func isHum(_ word: Token) -> Bool {
    word.kind == .near && text.scalars[word.range].allSatisfy { Self.hums.contains($0) }
  }
  private static let hums = ScalarSet("嗯")

  private func isBehindAct(_ word: Token) -> Bool { isHum(word) || isPause(word) || isLeadingOn(word) }

  /// 我同意的 | 你们给我销掉, 我同意的啊 | 电话是…: behind a whole statement without a mark somebody else is asked, or the
  /// number of the applicant follows.
  mutating func isRunOut(_ kind: WordClass, _ end: Int) -> Bool {
    guard kind == .you || kind == .request || kind == .topic, classes.has(.agree), classes.has(.read),
      classes.meets(ClassSet(.notice, .short)), unknownFrom == nil, i - clauseStart >= Self.longRun,
      script.tokens.last?.range.upperBound == i
    else { return false }
    let s = text.scalars
    let words = script.tokens[tokenStart...]
    // 我同意的, 我同意啊就, 我接受嗯; 看完同意就请… is one sentence.
    guard let act = words.last(where: { !isBehindAct($0) }), act.kind == .agree,
      Self.finals.contains(s[act.range.upperBound - 1])
        || words.reversed().prefix(while: { isBehindAct($0) }).contains(where: { !isLeadingOn($0) })
    else { return false }
    let next = vocabulary.word(s, end)?.kind
    switch kind {
    case .you: return next == .request || next == .close
    case .topic: return Self.numbers.begins(s[i...]) && next != .part
    default: return true
    }
  }
  /// 同意的, 同意了
  private static let finals = ScalarSet("的了")
  private static let numbers = WordSet(["电话", "手机", "邮箱", "联系", "账号是", "账户是", "账号名", "账户名", "账号尾号"])

  /// 我同意句号我的…: a mark that is spoken, behind a statement, a request or a greeting that denies and supposes nothing.
  /// 少个句号 is none, nor is 想听到我说句号.
  mutating func spokenMark() -> (end: Clause.End, at: Int)? {
    let s = text.scalars
    guard i - clauseStart >= Self.shortBreath, Self.firstOfMark.contains(s[i]),
      let (end, word) = Self.spokenMarks.first(where: { s[i...].starts(with: $0.word) }),
      !Self.ofMark.contains(s[i - 1]), i + word.count == s.count || !Self.ofMark.contains(s[i + word.count]),
      classes.meets(ClassSet(.agree, .read, .know, .request, .close, .polite)),
      !classes.meets(ClassSet(.condition, .negation, .says, .instruct, .unread))
    else { return nil }
    return (end, i + word.count)
  }
  private static let shortBreath = 6
  private static let firstOfMark = ScalarSet("句感叹问逗")
  private static let spokenMarks: [(end: Clause.End, word: [UInt32])] = [
    (.stop, Scalars.of("句号")), (.stop, Scalars.of("感叹号")), (.stop, Scalars.of("叹号")), (.question, Scalars.of("问号")),
    (.comma, Scalars.of("逗号")),
  ]
  /// 打了个句号, 问号是什么意思: the mark is spoken of.
  private static let ofMark = ScalarSet("个打标写用是以加和与把错改没漏少说讲念喊出那画换前后“”\"'")

  static func isPicture(_ scalar: UInt32) -> Bool { (0x1F300...0x1FAFF).contains(scalar) }

  /// 现在不敢跑了😂 须知看了: a picture with a blank behind it ends what is no word of denying or joining.
  func isPauseBehindPicture(_ at: Int) -> Bool {
    let s = text.scalars
    guard Self.isPicture(s[at]), at + 1 < s.count, s[at + 1] == 0x20 || text.gaps[at + 1], at > 0,
      Scalars.isHan(s[at - 1]), let last = script.tokens.last, script.tokens.count > tokenStart
    else { return false }
    return ![.negation, .none, .and, .but, .condition, .own, .hedge].contains(last.kind)
  }

  /// Behind ornaments a farewell, a request or a word about the account follows.
  mutating func isBeforeFarewell(_ at: Int) -> Bool {
    let s = text.scalars
    let from = s[at...].firstIndex { !Self.isPicture($0) && $0 != 0x20 && $0 != 0xFE0F } ?? s.count
    guard from < s.count, let kind = vocabulary.word(s, from)?.kind else { return false }
    return [.polite, .request, .close, .topic].contains(kind.parent ?? kind)
  }

  /// The end of a page's address that begins at a place.
  mutating func addressEnd(_ at: Int) -> Int? {
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
