/// A stretch between two marks of punctuation, with its known words.
struct Clause {
  var range: Range<Int>
  var words: [Word] = []
  /// Letters and characters that no word covers.
  var unknown = 0
  /// A quotation mark stands inside.
  var quoted = false
  /// Ends with a question mark.
  var asked = false
  /// Number of the sentence it stands in.
  var sentence = 0

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
    while i < text.scalars.count {
      let scalar = text.scalars[i]
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
        if isStop { sentence += 1 }
        clause = Clause(range: (i + 1)..<(i + 1))
      } else if quotes.contains(scalar) {
        clause.quoted = true
      } else if !titles.contains(scalar), scalar != 0x20 {
        clause.unknown += 1
      }
      i += 1
    }
    clause.range = clause.range.lowerBound..<text.scalars.count
    clause.sentence = sentence
    clauses.append(clause)
    return clauses
  }
}
