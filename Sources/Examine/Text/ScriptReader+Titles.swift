/// Names between marks, of papers and of files; tags and parts of papers.
extension ScriptReader {
  /// 第七条, 第3部分: a part of some paper.
  /// - Parameter at: where 第 stands.
  mutating func partEnd(_ at: Int) -> Int? {
    let s = text.scalars
    var end = at + 1
    while end < s.count, end - at < 5, Scalars.isDigit(s[end]) || Self.numerals.contains(s[end]) { end += 1 }
    guard end > at + 1, end < s.count, Self.parts.contains(s[end]) else { return nil }
    // 第三部分
    return s[end] == 0x90E8 ? (end + 1 < s.count && s[end + 1] == 0x5206 ? end + 2 : nil) : end + 1
  }
  static let ordinal: UInt32 = 0x7B2C  // 第
  private static let numerals = ScalarSet("一二三四五六七八九十百零两")
  static let parts = ScalarSet("条款章节项部")

  /// 同意书.jpg: the words before the point are a file's name.
  mutating func fileName() {
    let s = text.scalars
    var end = i + 1
    while end < s.count, end - i <= 5, Scalars.isWord(s[end]) { end += 1 }
    let isCopy = i == clauseStart && i > 0 && s[i - 1] == 0x29  // 同意书(1).png
    guard end - i >= 4, i > clauseStart || isCopy,
      isCopy || !Scalars.isWord(s[i - 1]) || script.tokens.count > tokenStart,
      Self.extensions.contains(Scalars.string(s[(i + 1)..<end]))
    else { return }
    endUnknown()
    // 同意须知_签字版.pdf: the name goes back to a blank, a colon or a comma.
    var from = i
    while from > 0, i - from < Self.longestTitle, !text.gaps[from], !Self.nameEnds.contains(s[from - 1]) { from -= 1 }
    var index = script.tokens.count - 1
    while index >= 0, script.tokens[index].range.lowerBound >= from || index >= tokenStart {
      script.tokens[index].isQuoted = true
      index -= 1
    }
    put(.identifier, i..<end)
    i -= 1
    endClause(.comma, at: i, next: i + 1)
  }
  private static let nameEnds = ScalarSet("\n ,:;、。!?")
  private static let extensions: Set<String> = [
    "jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "heic", "pdf", "doc", "docx", "xls", "xlsx", "zip",
    "rar",
    "txt", "ofd", "wps", "eml", "mp3", "mp4",
  ]

  /// `<consent>`: markup that no mail has. Somebody speaks to a machine.
  mutating func markup() -> Bool {
    let s = text.scalars
    guard s[i] == 0x3C, i + 1 < s.count, Scalars.isLetter(s[i + 1]) || s[i + 1] == 0x2F else { return false }
    var end = i + 1
    while end < s.count, end - i < 40, s[end] != 0x3E, s[end] != 10, s[end] != 0x40 { end += 1 }
    guard end < s.count, s[end] == 0x3E, vocabulary.name(text.scalars, i + 1) == nil else { return false }
    put(.machine, i..<(end + 1))
    return true
  }

  /// A document's name between marks: 《注销须知》, “注销须知”, 【注销须知】. A title that is not known is some document.
  mutating func title() -> Bool {
    let s = text.scalars
    guard isMark(s[i]) else { return false }
    var from = i + 1
    while from < s.count, from - i < 4, isMark(s[from]) { from += 1 }
    guard from < s.count else { return false }
    // 「《注销须知》本人同意」: the first mark opens a quotation of more than the name.
    if from - i > 1, mark(s[i]) == .quote, mark(s[i + 1]) == .title {
      return isWholeQuote(from) ? titleAt(from) : false
    }
    return titleAt(from)
  }

  /// Both the title's and the quotation's marks close right behind the name.
  private func isWholeQuote(_ from: Int) -> Bool {
    let s = text.scalars
    guard let (_, end) = vocabulary.name(text.scalars, from) else { return false }
    return end + 1 < s.count && isClosing(s[end]) && isClosing(s[end + 1])
  }

  private mutating func titleAt(_ from: Int) -> Bool {
    let s = text.scalars
    let isTitle = s[from - 1] == 0x300A || s[from - 1] == 0x3008 || s[from - 1] == 0x3C
    if let (kind, end) = vocabulary.name(text.scalars, from) {
      var close = isTitle ? versionEnd(end) : end
      if close < s.count, isClosing(s[close]) {
        let isOther =
          (kind == .notice || kind == .short) && vocabulary.isOfOtherProduct(from..<end, text.scalars)
        let kind = kind == .document && isAnnex(close + 1) || isOther ? .ambiguous : kind
        var open = from - i
        while open > 0, close < s.count, isClosing(s[close]) {
          close += 1
          open -= 1
        }
        put(kind, i..<close)
        return true
      }
      // 《 without its end.
      if isTitle, kind != .bare, close >= s.count || !isTitleGoingOn(close) {
        put(kind, i..<end)
        return true
      }
    }
    guard isTitle else { return false }
    var end = from
    while end < s.count, end - from < Self.longestTitle, s[end] != 10, s[end] != 0x300B, s[end] != 0x3009,
      s[end] != 0x3E
    {
      if s[end] == 0x300A { return false }
      end += 1
    }
    guard end < s.count, end > from, s[end] == 0x300B || s[end] == 0x3009 || s[end] == 0x3E else { return false }
    // 张三 <a@example.com>, <客服> at the head of a line: no titles.
    let isHead = i == 0 || s[i - 1] == 10
    if s[i] == 0x3C, s[from..<end].contains(0x40) || isHead && end - from <= Self.longestHead { return false }
    // 《隐私政策》附件 may be the notice; so may a title of two or three characters.
    let isNear = nearTitle(from..<end) || end - from <= 3 || isAnnex(end + 1)
    put(isNear ? .ambiguous : .document, i..<(end + 1))
    return true
  }

  /// 《注销须知（2023版）》: a version behind the name.
  private func versionEnd(_ at: Int) -> Int {
    let s = text.scalars
    var end = at
    while end < s.count, end - at < 24, Scalars.isDigit(s[end]) || Self.version.contains(s[end]) { end += 1 }
    return end
  }
  private static let version = ScalarSet("年月日版本修订更新现行正式最新第v.-()（） ")

  /// 《注销须知 账号 …: the name ends at a blank or mark; 《注销须知解读 is another name.
  private func isTitleGoingOn(_ at: Int) -> Bool {
    !text.gaps[at] && mark(text.scalars[at]) == .none && text.scalars[at] != 0x20
  }

  private func isAnnex(_ at: Int) -> Bool {
    let s = text.scalars
    let from = at < s.count && s[at] == 0x7684 ? at + 1 : at
    return from + 1 < s.count && s[from] == 0x9644 && s[from + 1] == 0x4EF6
  }

  /// A title about closing an account that is not among the known ones.
  private func nearTitle(_ range: Range<Int>) -> Bool {
    for at in range.dropLast() where text.scalars[at] == 0x9500 || text.scalars[at] == 0x6CE8 {
      let next = text.scalars[at + 1]
      if (text.scalars[at] == 0x6CE8 && next == 0x9500) || (text.scalars[at] == 0x9500 && next == 0x6237) {
        return true
      }
    }
    return false
  }
}
