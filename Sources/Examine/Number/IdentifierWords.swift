/// The words that introduce a number in a text: `Templates/lexicons/numbers.txt`.
struct IdentifierWords: Sendable {
  /// The raw value is the section's name in the file.
  enum Kind: String, Sendable, CaseIterable {
    case residentID = "resident_id"
    case uscc, licence
    /// 证件号: of which document is not said.
    case document
    /// 身份证, 营业执照: the paper rather than its number.
    case looseResidentID = "loose_resident_id"
    case looseUSCC = "loose_uscc"
    /// 订单号, 银行卡号: what follows is something else.
    case other
    /// 为, 是: between the word and the number.
    case link

    /// May a credit code follow?
    var mayBeCode: Bool {
      switch self {
      case .uscc, .licence, .document, .looseUSCC: true
      case .residentID, .looseResidentID, .other, .link: false
      }
    }
  }

  static let file = "numbers.txt"
  static func isFile(_ name: String) -> Bool { name == file || name.hasSuffix("/" + file) }

  /// By last scalar, longest first.
  private var table: [UInt32: [(word: [UInt32], kind: Kind)]] = [:]

  /// - Parameter files: the lexicons; the one named `numbers.txt` is read.
  /// - Throws: for a missing file, an unknown, missing or empty section, an empty or repeated word.
  init(_ files: [(file: String, text: String)]) throws(ExamineError) {
    guard let (file, text) = files.first(where: { Self.isFile($0.file) }) else {
      throw ExamineError(
        file: "lexicons/" + Self.file, line: nil, what: "the file is missing",
        fix: "Restore it from the delivered lexicons.")
    }
    var section: Kind? = nil
    var filled: Set<Kind> = []
    var seen: [[UInt32]: Int] = [:]
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      func fail(_ what: String, _ fix: String) -> ExamineError {
        ExamineError(file: file, line: index + 1, what: what, fix: fix)
      }
      let line = String(raw.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]).trimmed
      if line.isEmpty { continue }
      if line.hasPrefix("[") {
        guard line.hasSuffix("]"), let kind = Kind(rawValue: String(line.dropFirst().dropLast())) else {
          throw fail(
            "no section “\(line)” is known",
            "Use one of: \(Kind.allCases.map { "[\($0.rawValue)]" }.joined(separator: ", ")).")
        }
        section = kind
        continue
      }
      guard let kind = section else { throw fail("a word before the first section", "Put a [section] line above it.") }
      for part in line.split(separator: "|", omittingEmptySubsequences: false) {
        let word = Normaliser.fold(String(part).trimmed)
        guard let last = word.last else { throw fail("an empty word", "Remove the extra |.") }
        if let first = seen.updateValue(index + 1, forKey: word) {
          throw fail("“\(String(part).trimmed)” stands in line \(first) already", "Keep it in one place.")
        }
        filled.insert(kind)
        table[last, default: []].append((word, kind))
      }
    }
    if let empty = Kind.allCases.first(where: { !filled.contains($0) }) {
      throw ExamineError(
        file: file, line: nil, what: "section [\(empty.rawValue)] is missing or empty",
        fix: "Restore it from the delivered lexicons.")
    }
    for key in table.keys { table[key]?.sort { $0.word.count > $1.word.count } }
  }

  /// The longest word that ends before a place; Latin words only whole.
  func match(_ text: [UInt32], before end: Int) -> (kind: Kind, start: Int)? {
    guard end > 0, let words = table[text[end - 1]] else { return nil }
    for (word, kind) in words where word.count <= end {
      let start = end - word.count
      guard text[start..<end].elementsEqual(word) else { continue }
      if Scalars.isWord(text[start]), start > 0, Scalars.isWord(text[start - 1]) { continue }
      return (kind, start)
    }
    return nil
  }
}
