/// A few words that stretches of a text are compared with, without a copy of the stretch. One look at a scalar tells most
/// places where none of the words begins.
struct WordSet: Sendable {
  /// The words, one behind the other.
  private var scalars: [UInt32] = []
  /// Where each word stands; words of one bucket together.
  private var words: [Range<Int>] = []
  /// How many words the buckets before each one hold, and all of them.
  private var ends = [UInt32](repeating: 0, count: Self.buckets + 1)
  private static let buckets = 64
  /// A bit for the low bits of each first scalar: most places of a text are told by it alone.
  private var heads = [UInt64](repeating: 0, count: 16)
  /// The same of the first two scalars; all of them where a word has one.
  private var pairs = [UInt64](repeating: 0, count: 16)

  init() {}
  init(_ words: [String]) { for word in words { insert(Scalars.of(word)) } }

  mutating func insert(_ word: [UInt32]) {
    guard let first = word.first else { return }
    let bucket = Self.bucket(first)
    words.insert(scalars.count..<(scalars.count + word.count), at: Int(ends[bucket + 1]))
    scalars += word
    for next in (bucket + 1)...Self.buckets { ends[next] += 1 }
    heads[Self.head(first) >> 6] |= 1 &<< UInt64(Self.head(first) & 63)
    if word.count > 1 {
      let pair = Self.pair(first, word[1])
      pairs[pair >> 6] |= 1 &<< UInt64(pair & 63)
    } else {
      for place in pairs.indices { pairs[place] = .max }
    }
  }

  @inline(__always)
  private static func pair(_ first: UInt32, _ second: UInt32) -> Int {
    Int((first &* 0x9E37_79B1 ^ second &* 0x85EB_CA77) >> 22)
  }

  private static func head(_ scalar: UInt32) -> Int { Int(scalar) & 1023 }

  /// By the first scalar: all Latin letters and most Chinese ones of a list have one of their own.
  private static func bucket(_ scalar: UInt32) -> Int { Int(scalar) & (buckets - 1) }

  /// The stretch is one of the words.
  func contains(_ text: ArraySlice<UInt32>) -> Bool {
    text.withUnsafeBufferPointer { text in matches(text, 0) { $0 == text.count } }
  }

  /// How long the word is that the stretch begins with; the first that was inserted counts.
  func beginning(_ text: ArraySlice<UInt32>) -> Int? {
    guard let first = text.first else { return nil }
    let head = Self.head(first)
    guard heads[head >> 6] & 1 &<< UInt64(head & 63) != 0 else { return nil }
    // Of one bucket: words that begin with the same scalar keep their order there.
    var length: Int?
    let isFound = text.withUnsafeBufferPointer { text in
      matches(text, 0) {
        length = $0
        return true
      }
    }
    return isFound ? length : nil
  }

  /// How long all the words are that the stretch begins with.
  func beginnings(_ text: ArraySlice<UInt32>) -> [Int] {
    guard let first = text.first else { return [] }
    let head = Self.head(first)
    guard heads[head >> 6] & 1 &<< UInt64(head & 63) != 0 else { return [] }
    let bucket = Self.bucket(first)
    return (ends[bucket]..<ends[bucket + 1]).compactMap { place in
      let word = scalars[words[Int(place)]]
      return text.starts(with: word) ? word.count : nil
    }
  }

  /// The stretch begins with one of the words.
  func begins(_ text: ArraySlice<UInt32>) -> Bool {
    text.withUnsafeBufferPointer { text in matches(text, 0) { _ in true } }
  }

  /// One of the words stands somewhere in the stretch.
  func isIn(_ text: ArraySlice<UInt32>) -> Bool {
    text.withUnsafeBufferPointer { text in
      heads.withUnsafeBufferPointer { heads in
        text.indices.contains { at in
          let head = Self.head(text[at])
          guard heads[head >> 6] & 1 &<< UInt64(head & 63) != 0 else { return false }
          if at + 1 < text.count {
            let pair = Self.pair(text[at], text[at + 1])
            guard pairs[pair >> 6] & 1 &<< UInt64(pair & 63) != 0 else { return false }
          }
          return matches(text, at) { _ in true }
        }
      }
    }
  }

  /// One of the words whose length is meant stands at a place.
  @inline(__always)
  private func matches(_ text: UnsafeBufferPointer<UInt32>, _ at: Int, _ isMeant: (Int) -> Bool) -> Bool {
    guard at < text.count else { return false }
    let bucket = Self.bucket(text[at])
    return (ends[bucket]..<ends[bucket + 1]).contains { place in
      let word = words[Int(place)]
      guard word.count <= text.count - at, isMeant(word.count) else { return false }
      return word.indices.allSatisfy { scalars[$0] == text[at + $0 - word.lowerBound] }
    }
  }
}
