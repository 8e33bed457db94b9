/// Stems by which a remark about the statement itself is told from what else stands in a ticket.
struct RemarkWords: Sendable {
  /// 这句话, 我的同意, this statement: what the applicant wrote.
  private(set) var statement = WordSet()
  /// 不确定, 好像, not sure: he does not know.
  private(set) var doubt = WordSet()
  /// 可能, 应该是, I think: he guesses; what, stands in the same clause.
  private(set) var guess = WordSet()
  /// 同一份, 最新, whole: which copy of the paper, and whether all of it.
  private(set) var copy = WordSet()
  /// 测试工单, 还没表态, 自动填充, auto-fill: the words are no statement, not his, or not his last.
  private(set) var void = WordSet()
  /// 发票, 短信, invoice: other things that are spoken of.
  private(set) var matter = WordSet()

  /// - Parameter section: the lexicon's section that the word stands in.
  mutating func add(_ word: [UInt32], _ section: String) {
    switch section {
    case "remark_statement": statement.insert(word)
    case "remark_doubt": doubt.insert(word)
    case "remark_guess": guess.insert(word)
    case "remark_void": void.insert(word)
    case "remark_copy": copy.insert(word)
    default: matter.insert(word)
    }
  }

  /// One of the stems stands in the stretch; a Latin one begins a word.
  static func holds(_ text: ArraySlice<UInt32>, _ stems: WordSet) -> Bool {
    text.indices.contains { at in
      stems.begins(text[at...])
        && (at == text.startIndex || !Scalars.isLetter(text[at]) || !Scalars.isLetter(text[at - 1]))
    }
  }
}
