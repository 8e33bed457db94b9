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
  /// Number of the line it stands on.
  var line = 0
  /// Ends its line without a full stop, as a heading does.
  var opens = false
  /// Stands on somebody else's line.
  var foreign = false

  var isEmpty: Bool { words.isEmpty && unknown == 0 }
  func has(_ kind: WordClass) -> Bool { kinds & kind.bit != 0 }
  private(set) var kinds: UInt64 = 0
  mutating func add(_ word: Word) {
    words.append(word)
    kinds |= word.kind.bit
  }
}

enum Clauses {
  private static let stop: UInt8 = 1
  private static let rest: UInt8 = 2
  private static let quote: UInt8 = 4
  private static let title: UInt8 = 8
  private static let mark: UInt8 = 16
  /// What a mark of punctuation does; letters and characters have 0.
  private static let classes: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 0x10000)
    for (marks, bit) in [
      ("。!;\n?！？；", stop), (",，、:：()（）[]【】~…·|", rest), ("“”\"「」『』‘’'>＞", quote), ("《》〈〉<>", title),
      ("“”\"「」『』[]【】（）()《》〈〉", mark),
    ] {
      for scalar in Scalars.of(marks) { table[Int(scalar)] |= bit }
    }
    return table
  }()
  private static func kind(_ s: UInt32) -> UInt8 { s < 0x10000 ? classes[Int(s)] : 0 }
  private static func isMark(_ s: UInt32) -> Bool { kind(s) & mark != 0 }

  /// One pass over the text; every scalar is looked at once, words are bounded by the lexicon's longest.
  static func split(_ text: NormalText, _ lexicon: Lexicon) -> [Clause] {
    var clauses: [Clause] = []
    var clause = Clause(range: 0..<0)
    var sentence = 0
    var line = 0
    let foreign = Speakers.foreign(text.scalars)
    var nextForeign = 0
    func isForeign(_ at: Int) -> Bool {
      while nextForeign < foreign.count, foreign[nextForeign].upperBound <= at { nextForeign += 1 }
      return nextForeign < foreign.count && foreign[nextForeign].contains(at)
    }
    func isBetweenWords(_ at: Int) -> Bool {
      at > 0 && at + 1 < text.scalars.count && Scalars.isWord(text.scalars[at - 1])
        && Scalars.isWord(text.scalars[at + 1])
    }
    var i = 0
    var inQuotedLine = false
    var opened = 0
    var hasContent = false
    while i < text.scalars.count {
      let scalar = text.scalars[i]
      // Marks around a document's name are no quotation: “注销须知”, 【注销须知】.
      if opened > 0, isMark(scalar) {
        opened -= 1
        i += 1
        continue
      }
      opened = 0
      if isMark(scalar) {
        var next = i + 1
        while next < text.scalars.count, next - i < 4, isMark(text.scalars[next]) { next += 1 }
        if next < text.scalars.count, let (kind, length) = lexicon.match(text.scalars, next),
          kind == .notice || kind == .other || kind == .ambiguous, next + length < text.scalars.count,
          isMark(text.scalars[next + length])
        {
          clause.add(Word(kind: kind, range: next..<(next + length)))
          opened = next - i
          i = next + length
          continue
        }
      }
      // A line of quoted history.
      if scalar == 0x3E, i == 0 || text.scalars[i - 1] == 10 { inQuotedLine = true }
      if inQuotedLine { clause.quoted = true }
      if scalar == 10 { inQuotedLine = false }
      if let end = identifierEnd(text.scalars, i) {
        i = end
        continue
      }
      if let (kind, length) = lexicon.match(text.scalars, i) {
        clause.add(Word(kind: kind, range: i..<(i + length)))
        if kind == .doubt { clause.unknown += 1 }
        i += length
        continue
      }
      let kind = kind(scalar)
      let isStop = kind & stop != 0 || (scalar == 0x2E && !isBetweenWords(i))
      if isStop || kind & rest != 0 {
        clause.asked = scalar == 0x3F
        clause.range = clause.range.lowerBound..<i
        clause.sentence = sentence
        clause.line = line
        clause.opens = scalar == 10
        clause.foreign = isForeign(clause.range.lowerBound)
        if scalar == 10 { line += 1 }
        clauses.append(clause)
        if !clauses[clauses.count - 1].isEmpty { hasContent = true }
        if isStop, hasContent {
          sentence += 1
          hasContent = false
        }
        // A label at the end of a line speaks of the next one.
        let carried = clause.labelled && clause.isEmpty
        clause = Clause(range: (i + 1)..<(i + 1))
        clause.labelled = scalar == 0x3A || scalar == 0xFF1A || carried
      } else if kind & quote != 0 {
        clause.quoted = true
      } else if kind & title == 0, scalar != 0x20, !isSymbol(scalar) {
        clause.unknown += 1
      }
      i += 1
    }
    clause.range = clause.range.lowerBound..<text.scalars.count
    clause.sentence = sentence
    clause.line = line
    clause.foreign = isForeign(clause.range.lowerBound)
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
