/// A stretch between two marks of punctuation, with its known words.
struct Clause {
  var range: Range<Int>
  var words: [Word] = []
  /// Letters and characters that no word covers.
  var unknown = 0
  /// A quotation mark stands inside.
  var quoted = false
  /// Follows a colon.
  var labelled = false
  /// Ends with a question mark.
  var asked = false
  /// Number of the sentence it stands in.
  var sentence = 0

  var isEmpty: Bool { words.isEmpty && unknown == 0 }
  func has(_ kind: WordClass) -> Bool { words.contains { $0.kind == kind } }
}

enum Clauses {
  private static let stops: Set<UInt32> = Set(Scalars.of("。!;\n?！？；"))
  private static let breaks: Set<UInt32> = Set(Scalars.of(",，、:：()（）[]【】~…·|"))
  private static let quotes: Set<UInt32> = Set(Scalars.of("“”\"「」『』‘’'>＞"))
  private static let titles: Set<UInt32> = Set(Scalars.of("《》〈〉<>"))

  /// One pass over the text; every scalar is looked at once, words are bounded by the lexicon's longest.
  static func split(_ text: NormalText, _ lexicon: Lexicon) -> [Clause] {
    var clauses: [Clause] = []
    var clause = Clause(range: 0..<0)
    var sentence = 0
    func isBetweenWords(_ at: Int) -> Bool {
      at > 0 && at + 1 < text.scalars.count && Scalars.isWord(text.scalars[at - 1])
        && Scalars.isWord(text.scalars[at + 1])
    }
    var i = 0
    var inQuotedLine = false
    while i < text.scalars.count {
      let scalar = text.scalars[i]
      // A line of quoted history.
      if scalar == 0x3E, i == 0 || text.scalars[i - 1] == 10 { inQuotedLine = true }
      if inQuotedLine { clause.quoted = true }
      if scalar == 10 { inQuotedLine = false }
      if let end = identifierEnd(text.scalars, i) {
        i = end
        continue
      }
      if let (kind, length) = lexicon.match(text.scalars, i) {
        clause.words.append(Word(kind: kind, range: i..<(i + length)))
        if kind == .doubt { clause.unknown += 1 }
        i += length
        continue
      }
      let isStop = stops.contains(scalar) || (scalar == 0x2E && !isBetweenWords(i))
      if isStop || breaks.contains(scalar) {
        clause.asked = scalar == 0x3F
        clause.range = clause.range.lowerBound..<i
        clause.sentence = sentence
        clauses.append(clause)
        if isStop, !clauses[clauses.count - 1].isEmpty { sentence += 1 }
        clause = Clause(range: (i + 1)..<(i + 1))
        clause.labelled = scalar == 0x3A || scalar == 0xFF1A
      } else if quotes.contains(scalar) {
        clause.quoted = true
      } else if !titles.contains(scalar), scalar != 0x20, !isSymbol(scalar) {
        clause.unknown += 1
      }
      i += 1
    }
    clause.range = clause.range.lowerBound..<text.scalars.count
    clause.sentence = sentence
    clauses.append(clause)
    return clauses
  }

  /// Ornament and emoji. Marks that mean something (boxes, crosses) are words of the lexicon.
  private static func isSymbol(_ s: UInt32) -> Bool { (0x2100...0x2BFF).contains(s) || (0x1F300...0x1FAFF).contains(s) }

  /// The end of a run that is a name, a number or an address and no word: `jd_x`, `a@example.com`, `13800138000`.
  private static func identifierEnd(_ s: [UInt32], _ at: Int) -> Int? {
    guard Scalars.isWord(s[at]), at == 0 || !Scalars.isWord(s[at - 1]) else { return nil }
    var end = at
    var isName = false
    while end < s.count, Scalars.isWord(s[end]) || s[end] == 0x40 || s[end] == 0x5F || s[end] == 0x2E || s[end] == 0x2D
    {
      if Scalars.isDigit(s[end]) || s[end] == 0x40 || s[end] == 0x5F { isName = true }
      end += 1
    }
    while end > at, s[end - 1] == 0x2E || s[end - 1] == 0x2D { end -= 1 }
    return isName ? end : nil
  }
}
