/// Phrases of a kind each, matched longest first at a place of a normal text.
struct PhraseTable<Kind: Sendable & Equatable>: Sendable {
  private struct Entry: Sendable {
    let word: [UInt32]
    let kind: Kind
  }
  private var lists: [[Entry]] = [[]]
  /// The list of a first scalar; 0 is the empty one.
  private var table = [UInt16](repeating: 0, count: 0x10000)

  /// Longest word first; of equal words each kind stays.
  mutating func add(_ text: String, _ kind: Kind) {
    let word = Normaliser.normalise(Scalars.of(text)).scalars
    guard let first = word.first, first < 0x10000 else { return }
    if table[Int(first)] == 0 {
      table[Int(first)] = UInt16(lists.count)
      lists.append([])
    }
    let at = Int(table[Int(first)])
    let entry = Entry(word: word, kind: kind)
    lists[at].insert(entry, at: lists[at].firstIndex { $0.word.count < word.count } ?? lists[at].count)
  }

  /// Every kind of the longest word at a place that has one of `wanted`; a Latin word only whole, digits may follow it.
  func match(_ text: [UInt32], _ at: Int, below end: Int, where wanted: (Kind) -> Bool) -> (kinds: [Kind], length: Int)?
  {
    guard at < end else { return nil }
    let first = text[at]
    guard first < 0x10000, table[Int(first)] != 0 else { return nil }
    if Scalars.isLetter(first), at > 0, Scalars.isWord(text[at - 1]) { return nil }
    var kinds: [Kind] = []
    var length = 0
    for entry in lists[Int(table[Int(first)])] where at + entry.word.count <= end && wanted(entry.kind) {
      if length > entry.word.count { break }
      var i = 1
      while i < entry.word.count, text[at + i] == entry.word[i] { i += 1 }
      guard i == entry.word.count else { continue }
      if Scalars.isLetter(text[at + i - 1]), at + i < text.count, Scalars.isLetter(text[at + i]) { continue }
      length = i
      kinds.append(entry.kind)
    }
    return length > 0 ? (kinds, length) : nil
  }
}
