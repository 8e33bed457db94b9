/// What the applicant says of his own typing: （打错了，是“同意”）. Such a note says how a word of the statement is meant;
/// it is no statement and takes nothing back.
struct SlipNotes: Sendable {
  /// Phrases that a note is made of, longest first.
  private var phrases: [[UInt32]] = []

  mutating func add(_ phrase: [UInt32]) {
    guard !phrase.isEmpty else { return }
    let at = phrases.firstIndex { $0.count < phrase.count } ?? phrases.endIndex
    phrases.insert(phrase, at: at)
  }

  /// The clause stands in brackets that hold such a note and nothing else, and that name the word that is meant.
  func covers(_ script: Script, _ text: NormalText, _ index: Int) -> Bool {
    guard script.clauses[index].isBracketed, let group = Self.brackets(script, index),
      group.contains(where: { script.clauses[$0].has(.agree) })
    else { return false }
    let range = script.clauses[group.lowerBound].range.lowerBound..<script.clauses[group.upperBound].range.upperBound
    guard range.count <= Self.longest else { return false }
    return isWhole(text.scalars[range].filter { Scalars.isHan($0) || Scalars.isWord($0) })
  }
  private static let longest = 40

  /// The words between two brackets, by clause.
  private static func brackets(_ script: Script, _ index: Int) -> ClosedRange<Int>? {
    let clauses = script.clauses
    var (low, high) = (index, index)
    while low > 0, index - low < most, clauses[low - 1].isBracketed,
      clauses[low - 1].sentence == clauses[index].sentence
    {
      low -= 1
    }
    while high + 1 < clauses.count, high - index < most, clauses[high + 1].isBracketed,
      clauses[high + 1].sentence == clauses[index].sentence
    {
      high += 1
    }
    return high - low < most ? low...high : nil
  }
  private static let most = 6

  /// Nothing but phrases of a note, from the first scalar to the last.
  private func isWhole(_ s: [UInt32]) -> Bool {
    var reached = [Bool](repeating: false, count: s.count + 1)
    reached[0] = true
    for at in s.indices where reached[at] {
      for phrase in phrases where s[at...].starts(with: phrase) { reached[at + phrase.count] = true }
    }
    return reached[s.count] && !s.isEmpty
  }
}
