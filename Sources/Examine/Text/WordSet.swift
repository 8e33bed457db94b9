/// A few words that stretches of a text are compared with, without a copy of the stretch.
struct WordSet: Sendable {
  private var words: [[UInt32]] = []
  /// A bit for the low six bits of each word's first scalar: tells most places where none begins.
  private var first: UInt64 = 0

  mutating func insert(_ word: [UInt32]) {
    guard let scalar = word.first else { return }
    words.append(word)
    first |= Self.bit(scalar)
  }

  private static func bit(_ scalar: UInt32) -> UInt64 { 1 << UInt64(scalar & 63) }

  /// The stretch is one of the words.
  func contains(_ text: ArraySlice<UInt32>) -> Bool { matches(text) { $0.count == text.count } }

  /// The stretch begins with one of the words.
  func begins(_ text: ArraySlice<UInt32>) -> Bool { matches(text) { $0.count <= text.count } }

  /// One of the words stands somewhere in the stretch.
  func isIn(_ text: ArraySlice<UInt32>) -> Bool { text.indices.contains { begins(text[$0...]) } }

  private func matches(_ text: ArraySlice<UInt32>, _ isMeant: ([UInt32]) -> Bool) -> Bool {
    guard let scalar = text.first, first & Self.bit(scalar) != 0 else { return false }
    return words.contains { isMeant($0) && text.starts(with: $0) }
  }
}
