/// What the applicant says of his own typing: （打错了，是“同意”，见谅）. Such a note says how a word of the statement is
/// meant; it is no statement and takes nothing back.
struct SlipNotes: Sendable {
  /// A section of a lexicon. `note` (打错了) leads in, `meant` (是同意) says the word, `tail` (见谅) may close; `typing`
  /// are stems that tell anywhere in a text that it was dictated or typed with slips.
  enum Kind: Int, CaseIterable, Sendable {
    case note, meant, tail, typing

    var section: String {
      switch self {
      case .note: "slip_note"
      case .meant: "slip_meant"
      case .tail: "slip_tail"
      case .typing: "slip_typing"
      }
    }
  }
  static let sections = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0.section, $0) })

  /// By kind.
  private var phrases = [[[UInt32]]](repeating: [], count: Kind.allCases.count)

  mutating func add(_ phrase: [UInt32], _ kind: Kind) {
    if !phrase.isEmpty { phrases[kind.rawValue].append(phrase) }
  }

  /// The text speaks of its typing.
  func isTyped(_ text: NormalText) -> Bool {
    phrases[Kind.typing.rawValue].contains { Scalars.contains(text.scalars[...], $0) }
  }

  /// The clause stands in brackets that hold such a note and nothing else.
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

  /// From the first scalar to the last: notes, one meant word, tails. What the words themselves would mean in another
  /// order (是同意打错了) is nobody's guess here.
  private func isWhole(_ s: [UInt32]) -> Bool {
    /// Places reached before the word that is meant, and behind it.
    var (before, behind) = (Set([0]), Set<Int>())
    for at in s.indices {
      if before.contains(at) {
        for end in ends(s, at, .note) + ends(s, at, .tail) { before.insert(end) }
        // （√为同意） says what a mark means, and nothing of an error.
        for end in ends(s, at, .meant) where at > 0 || end < s.count { behind.insert(end) }
      }
      if behind.contains(at) {
        for end in ends(s, at, .tail) { behind.insert(end) }
      }
    }
    return behind.contains(s.count)
  }

  private func ends(_ s: [UInt32], _ at: Int, _ kind: Kind) -> [Int] {
    phrases[kind.rawValue].filter { s[at...].starts(with: $0) }.map { at + $0.count }
  }
}
