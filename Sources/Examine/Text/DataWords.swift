/// Words by which data of some program is told from what a person writes.
struct DataWords: Sendable {
  /// `true`, `</`: the form of data, no verdict.
  private(set) var forms = WordSet()
  /// `source`, `payload`: keys and values that no form for people has.
  private(set) var keys = WordSet()
  /// Stems of reading and of agreeing, as keys and names of files hold them: `read_and_agree`, 已阅读并同意.pdf.
  private(set) var reading = WordSet()
  private(set) var agreeing = WordSet()

  /// - Parameter section: the lexicon's section that the word stands in.
  mutating func add(_ word: [UInt32], _ section: String) {
    switch section {
    case "data_form": forms.insert(word)
    case "data_key": keys.insert(word)
    case "data_read": reading.insert(word)
    default: agreeing.insert(word)
    }
  }
}
