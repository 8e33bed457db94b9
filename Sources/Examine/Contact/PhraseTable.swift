/// Phrases with a value each, matched longest first at a place of a normal text.
struct PhraseTable<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    /// Where the word stands in `scalars`.
    let word: Range<Int>
    var value: Value
  }
  /// What begins with one scalar.
  private struct Head: Sendable {
    /// A bit for the low bits of each second scalar, all of them where the scalar is a word: most places are told by it.
    var seconds: UInt64 = 0
    /// What the words stand for together.
    var merged: Value?
    /// What the scalar by itself stands for.
    var single: Value?
  }
  private var scalars: [UInt32] = []
  private var heads: [Head] = [Head()]
  /// Longer words with the same two first scalars, longest first.
  private var lists: [[Entry]] = []
  /// The list of two scalars.
  private var pairs: [UInt64: Int] = [:]
  /// The head of a first scalar; 0 is the empty one.
  private var table = [UInt16](repeating: 0, count: 0x10000)

  /// - Parameter merge: what a word stands for that is there already.
  mutating func add(_ text: String, _ value: Value, merge: (Value, Value) -> Value) {
    let word = Normaliser.normalise(Scalars.of(text)).scalars
    guard let first = word.first, first < 0x10000 else { return }
    if table[Int(first)] == 0 {
      table[Int(first)] = UInt16(heads.count)
      heads.append(Head())
    }
    let at = Int(table[Int(first)])
    heads[at].merged = heads[at].merged.map { merge($0, value) } ?? value
    guard word.count > 1 else {
      heads[at].seconds = .max
      heads[at].single = heads[at].single.map { merge($0, value) } ?? value
      return
    }
    heads[at].seconds |= Self.bit(word[1])
    let list = pairs[Self.pair(first, word[1])] ?? lists.count
    if list == lists.count {
      lists.append([])
      pairs[Self.pair(first, word[1])] = list
    }
    if let same = lists[list].firstIndex(where: { scalars[$0.word].elementsEqual(word) }) {
      lists[list][same].value = merge(lists[list][same].value, value)
      return
    }
    let place = lists[list].firstIndex { $0.word.count < word.count } ?? lists[list].count
    lists[list].insert(Entry(word: scalars.count..<(scalars.count + word.count), value: value), at: place)
    scalars += word
  }

  private static func bit(_ scalar: UInt32) -> UInt64 { 1 &<< UInt64(scalar & 63) }
  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  /// May a phrase begin with this scalar?
  func begins(_ scalar: UInt32) -> Bool { scalar < 0x10000 && table[Int(scalar)] != 0 }

  /// The value of the longest word at a place that is `wanted`; a Latin word only whole, digits may follow it.
  @inline(__always)
  func match(_ text: [UInt32], _ at: Int, below end: Int, where wanted: (Value) -> Bool) -> (value: Value, length: Int)?
  {
    guard at < end, begins(text[at]) else { return nil }
    let first = text[at]
    let head = heads[Int(table[Int(first)])]
    let second = at + 1 < end ? text[at + 1] : nil
    guard head.seconds & (second.map(Self.bit) ?? .max) != 0 else { return nil }
    if Scalars.isLetter(first), at > 0, Scalars.isWord(text[at - 1]) { return nil }
    if let second, let list = pairs[Self.pair(first, second)] {
      for entry in lists[list] where at + entry.word.count <= end && wanted(entry.value) {
        var i = 2
        while i < entry.word.count, text[at + i] == scalars[entry.word.lowerBound + i] { i += 1 }
        guard i == entry.word.count, !isCut(text, at + i) else { continue }
        return (entry.value, i)
      }
    }
    guard let single = head.single, wanted(single), !isCut(text, at + 1) else { return nil }
    return (single, 1)
  }

  /// A Latin word goes on where one of the table ends.
  private func isCut(_ text: [UInt32], _ end: Int) -> Bool {
    Scalars.isLetter(text[end - 1]) && end < text.count && Scalars.isLetter(text[end])
  }
}

extension PhraseTable where Value: OptionSet {
  mutating func add(_ text: String, _ kinds: Value) { add(text, kinds) { $0.union($1) } }

  /// Does a word with one of `wanted` end at a place?
  func endsIn(_ text: [UInt32], _ end: Int, _ wanted: Value) -> Bool {
    (1...8).contains { length in
      length <= end && match(text, end - length, below: end, wanted).map { $0.length == length } ?? false
    }
  }

  /// As `endsIn`, for words of Latin letters, which are longer.
  func endsLong(_ text: [UInt32], _ end: Int, _ wanted: Value) -> Bool {
    (9...14).contains { length in
      length <= end && match(text, end - length, below: end, wanted).map { $0.length == length } ?? false
    }
  }

  /// Is a stretch as a whole a word with one of `wanted`?
  func match(_ word: ArraySlice<UInt32>, _ wanted: Value) -> Bool {
    let word = Array(word)
    return match(word, 0, below: word.count, wanted).map { $0.length == word.count } ?? false
  }

  /// The first place of a stretch where a word with one of `wanted` may begin, by its first two scalars; the stretch's end
  /// where there is none. Whole texts are searched by it.
  func candidate(in text: [UInt32], _ range: Range<Int>, _ wanted: Value) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count, "the stretch lies within the text")
    return text.withUnsafeBufferPointer { text in
      table.withUnsafeBufferPointer { table in
        for at in range where text[at] < 0x10000 {
          let list = Int(table[Int(text[at])])
          guard list != 0, let kinds = heads[list].merged, !kinds.isDisjoint(with: wanted) else { continue }
          if at + 1 == range.upperBound || heads[list].seconds & Self.bit(text[at + 1]) != 0 { return at }
        }
        return range.upperBound
      }
    }
  }

  /// Those of `wanted` that the longest word at a place has, where one of them is among its kinds.
  func match(_ text: [UInt32], _ at: Int, below end: Int, _ wanted: Value) -> (kinds: Value, length: Int)? {
    guard let found = match(text, at, below: end, where: { !$0.isDisjoint(with: wanted) }) else { return nil }
    return (found.value.intersection(wanted), found.length)
  }
}
