/// Everyday words that hold the closing up, as stems that are looked for in a clause as it stands.
struct HoldWords: Sendable {
  /// A section of a lexicon.
  enum Kind: Int, CaseIterable, Sendable {
    case act, telling, needless, small, later, noLater, other, ban, close, noClose, ticket, moment, atOnce, set

    var section: String {
      switch self {
      case .act: "hold_act"
      case .telling: "hold_telling"
      case .needless: "hold_needless"
      case .small: "hold_small"
      case .later: "hold_later"
      case .noLater: "hold_no_later"
      case .other: "hold_other"
      case .ban: "hold_ban"
      case .close: "hold_close"
      case .noClose: "hold_no_close"
      case .ticket: "hold_ticket"
      case .moment: "hold_moment"
      case .atOnce: "hold_at_once"
      case .set: "hold_set"
      }
    }
  }
  static let sections = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0.section, $0) })

  /// By kind.
  private var words = [[[UInt32]]](repeating: [], count: Kind.allCases.count)
  /// What the words of a kind begin with: most places of a text are told by it alone.
  private var heads = [ScalarSet](repeating: ScalarSet(), count: Kind.allCases.count)
  /// What they end with.
  private var tails = [ScalarSet](repeating: ScalarSet(), count: Kind.allCases.count)

  mutating func add(_ word: [UInt32], _ kind: Kind) {
    guard !word.isEmpty else { return }
    words[kind.rawValue].append(word)
    heads[kind.rawValue].insert(word[0])
    tails[kind.rawValue].insert(word[word.count - 1])
  }

  /// The first section that no file has: without it such words would go unseen.
  var missing: String? { Kind.allCases.first { words[$0.rawValue].isEmpty }?.section }

  /// How long the word is that a stretch begins with; the first of the file counts.
  func begins(_ s: ArraySlice<UInt32>, _ kind: Kind) -> Int? {
    guard let first = s.first, heads[kind.rawValue].contains(first) else { return nil }
    return words[kind.rawValue].first { s.starts(with: $0) }?.count
  }

  /// How long the word is that a stretch ends with.
  func ends(_ s: ArraySlice<UInt32>, _ kind: Kind) -> Int? {
    guard let last = s.last, tails[kind.rawValue].contains(last) else { return nil }
    return words[kind.rawValue].first { s.count >= $0.count && s.suffix($0.count).elementsEqual($0) }?.count
  }

  func isIn(_ s: ArraySlice<UInt32>, _ kind: Kind) -> Bool {
    s.indices.contains { begins(s[$0...], kind) != nil }
  }
}
