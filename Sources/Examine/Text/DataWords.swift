/// Words by which data of some program is told from what a person writes.
struct DataWords: Sendable {
  /// `true`, `</`: the form of data, no verdict.
  private(set) var forms: Set<[UInt32]> = []
  /// `source`, `payload`: keys and values that no form for people has.
  private(set) var keys: Set<[UInt32]> = []
  /// Stems of reading and of agreeing, as keys and names of files hold them: `read_and_agree`, 已阅读并同意.pdf.
  private(set) var reading: [[UInt32]] = []
  private(set) var agreeing: [[UInt32]] = []

  /// - Parameter section: the lexicon's section that the word stands in.
  mutating func add(_ word: [UInt32], _ section: String) {
    switch section {
    case "data_form": forms.insert(word)
    case "data_key": keys.insert(word)
    case "data_read": reading.append(word)
    default: agreeing.append(word)
    }
  }
}
