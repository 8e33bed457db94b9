import ClosureModel

/// Which rows of a letter are its heading, its text, its labels and its signature block.
struct LetterSections {
  let title: LetterTitle.Found?
  /// Row at which the signature block begins.
  let signature: Int
  /// Sentences of the statement.
  let body: [Range<Int>]
  /// Sentences that are neither statement nor a label with its value.
  let rest: [Range<Int>]

  private static let contactLabels = TextSearch.words("联系人 联系电话 联系邮箱 联系方式 电子邮箱 邮箱 手机 电话 联络人")
  private static let signatureLabels = TextSearch.words(
    "法定代表人 经办人 单位名称 公司名称 申请单位 公司(盖章) (盖章) (公章) 盖章 公章 签字 日期 签章 申请人 负责人 授权代表")
  private static let headLabels = TextSearch.words(
    "公司名称 单位名称 企业名称 京东云账号 京东云账户 账号 账户 用户名 致 尊敬 京东云 统一社会信用代码 信用代码 地址")

  init(_ text: LetterText, titles: [LetterTitle.Found]) {
    // The first exact title; a heading of another paper above it does not count as the letter's.
    title = titles.first { $0.state == .exact } ?? titles.first
    let rows = text.rows.count
    let top = title?.row ?? -1
    let starts = Self.starts(text)
    let contacts = starts.indices.filter { $0 > top && Self.begins(text, starts[$0], Self.contactLabels) }
    let last = contacts.last ?? -1
    // Below the last contact line, or else below the last sentence.
    let lastSentence = (0..<rows).last { row in
      let range = Self.range(text, row)
      return text.scalars[range].contains("。") && range.count > 8
    }
    signature = max(last, lastSentence ?? -1, top) + 1
    var body: [Range<Int>] = []
    var rest: [Range<Int>] = []
    for sentence in Self.sentences(text) {
      let row = text.rowOf[sentence.lowerBound]
      if let title, row >= title.row, text.origin[sentence].allSatisfy(title.lines.contains) { continue }
      if row < signature, row > top, !Self.begins(text, sentence, Self.contactLabels), !Self.isHeadLabel(text, sentence)
      {
        body.append(sentence)
      } else if !Self.begins(text, sentence, Self.contactLabels), !Self.isHeadLabel(text, sentence),
        !Self.begins(text, sentence, Self.signatureLabels)
      {
        rest.append(sentence)
      }
    }
    self.body = body
    self.rest = rest
  }

  /// “兹有____，” or “公司名称：” with nothing behind.
  func hasEmptyCompany(_ text: LetterText) -> Bool {
    let leads = TextSearch.words("兹有 本公司 我单位 公司名称: 单位名称: 企业名称: 公司名称 单位名称")
    return text.scalars.indices.contains { at in
      guard let lead = TextSearch.word(at: at, in: text.scalars, of: leads) else { return false }
      let rest = text.scalars[(at + lead.count)...].prefix { $0 != "\n" }
      let value = rest.drop { "_- :".unicodeScalars.contains($0) }
      let isRuled = value.startIndex > rest.startIndex || lead == Array("兹有".unicodeScalars)
      if value.isEmpty { return lead.last == ":" || (isRuled && lead.count == 4) }
      return isRuled
        && ("，,".unicodeScalars.contains(value[value.startIndex])
          || value.starts(with: "(公司名称".unicodeScalars) || value.starts(with: "(单位名称".unicodeScalars)
          || value.starts(with: "(填写".unicodeScalars))
    }
  }

  static func range(_ text: LetterText, _ row: Int) -> Range<Int> {
    let first = text.rowOf.firstIndex(of: row) ?? 0
    let last = text.rowOf.lastIndex(of: row) ?? -1
    return first..<(last + 1)
  }

  private static func starts(_ text: LetterText) -> [Range<Int>] { text.rows.indices.map { range(text, $0) } }

  private static func begins(_ text: LetterText, _ range: Range<Int>, _ words: [[Unicode.Scalar]]) -> Bool {
    !range.isEmpty && TextSearch.word(at: range.lowerBound, in: text.scalars, of: words) != nil
  }

  /// A label with its value, or the addressee.
  private static func isHeadLabel(_ text: LetterText, _ range: Range<Int>) -> Bool {
    guard begins(text, range, headLabels), range.count <= 40 else { return false }
    let words = Array(text.scalars[range])
    return words.contains(":") || words.last == ":" || TextSearch.contains(words, anyOf: TextSearch.words("致 尊敬"))
  }

  /// Runs of words up to a full stop, a semicolon or a line break.
  private static func sentences(_ text: LetterText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for (at, scalar) in text.scalars.enumerated() where "。;!?\n".unicodeScalars.contains(scalar) {
      if at > start { found.append(start..<(scalar == "?" ? at + 1 : at)) }
      start = at + 1
    }
    if start < text.scalars.count { found.append(start..<text.scalars.count) }
    return found
  }
}
