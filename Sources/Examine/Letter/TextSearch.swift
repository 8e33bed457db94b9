/// Small searches in folded text.
enum TextSearch {
  typealias Text = [Unicode.Scalar]

  /// Offsets at which a word begins.
  static func places(of word: Text, in text: Text) -> [Int] {
    guard let first = word.first, text.count >= word.count else { return [] }
    return (0...(text.count - word.count)).filter {
      text[$0] == first && text[$0..<($0 + word.count)].elementsEqual(word)
    }
  }

  static func contains(_ text: Text, _ word: Text) -> Bool { !places(of: word, in: text).isEmpty }
  static func contains(_ text: Text, anyOf words: [Text]) -> Bool { words.contains { contains(text, $0) } }

  static func ends(_ text: some BidirectionalCollection<Unicode.Scalar>, with word: Text) -> Bool {
    text.count >= word.count && text.suffix(word.count).elementsEqual(word)
  }

  /// The first of `words` that begins at `at`; longer ones stand first in the lists.
  static func word(at: Int, in text: Text, of words: [Text]) -> Text? {
    words.first { at + $0.count <= text.count && text[at..<(at + $0.count)].elementsEqual($0) }
  }

  static func words(_ list: String) -> [Text] {
    list.split(separator: " ").map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }
  }

  /// Characters to delete, insert or replace between two texts (Levenshtein).
  static func distance(_ a: some Collection<Unicode.Scalar>, _ b: some Collection<Unicode.Scalar>) -> Int {
    var row = Array(0...b.count)
    for (i, one) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let kept = corner + (one == other ? 0 : 1)
        corner = row[j + 1]
        row[j + 1] = min(kept, corner + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }

  static func isHan(_ scalar: Unicode.Scalar) -> Bool { Scalars.isHan(scalar.value) }
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { Scalars.isDigit(scalar.value) }
}
