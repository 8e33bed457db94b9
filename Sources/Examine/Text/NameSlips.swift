/// Names of documents under slips of input methods, OCR and typing, while they are gathered: see `Finder`.
struct NameSlips: Sendable {
  private var meanings = Meanings()
  private var confusable = ScalarSet()
  /// Names of Han characters with every character replaced by the one it stands for.
  private var names = WordTrie.Builder()
  /// English names, and all their words.
  private var english = WordTrie.Builder()
  private var known = WordTrie.Builder()
  /// Those of their words that may be mistyped, by first letter, shorter ones first: the first letter is never mistyped.
  private var vocabulary: [UInt32: [Word]] = [:]
  /// Those that a name begins with, and may be mistyped or not.
  private var firstWords: [UInt32: [Word]] = [:]
  /// Real words near one of a name: relocation.
  private var others = WordTrie.Builder()

  private struct Word {
    let scalars: [UInt32]
    let letters: LetterSet
  }

  private static let fewestHan = 4
  /// Words of fewer letters are not looked at; words of more may have two slips.
  private static let shortest = 5
  private static let long = 9

  /// One line of the section `slip`: the right character, then those that are mixed up with it.
  mutating func add(group: [UInt32]) {
    guard let right = group.first, right < 0x10000 else { return }
    for wrong in group.dropFirst() where wrong < 0x10000 && !confusable.contains(wrong) {
      meanings.set(wrong, UInt16(right))
      confusable.insert(wrong)
    }
  }

  mutating func add(word: [UInt32]) { _ = others.add(word, .other) }

  /// - Parameter name: folded, with `Lexicon.loose` applied.
  mutating func add(name: [UInt32], _ kind: WordClass) {
    if name.allSatisfy(Scalars.isHan) {
      if name.count >= Self.fewestHan { _ = names.add(name.map(meanings.right), kind) }
      return
    }
    let words = name.split(separator: 0x20).map(Array.init)
    guard words.count > 1, words.allSatisfy({ $0.allSatisfy(Scalars.isLetter) }) else { return }
    _ = english.add(name, kind)
    firstWords[words[0][0], default: []].append(Word(scalars: words[0], letters: LetterSet(words[0])))
    for word in words where known.add(word, .other) == nil && word.count >= Self.shortest {
      var list = vocabulary[word[0]] ?? []
      let place = list.firstIndex { $0.scalars.count > word.count } ?? list.count
      list.insert(Word(scalars: word, letters: LetterSet(word)), at: place)
      vocabulary[word[0]] = list
    }
  }

  func canonical(_ word: [UInt32]) -> [UInt32] { word.map(meanings.right) }

  /// The character of a name that each of the basic plane stands for: 须 for 虚, most for themselves.
  private struct Meanings {
    private var meant = (0..<0x10000).map { UInt16($0) }

    var loosened: Meanings {
      var all = Meanings()
      all.meant = (0..<0x10000).map { meant[Int(Lexicon.loose($0))] }
      return all
    }

    mutating func set(_ wrong: UInt32, _ right: UInt16) { meant[Int(wrong)] = right }
    @inline(__always)
    func right(_ scalar: UInt32) -> UInt32 { scalar < 0x10000 ? UInt32(meant[Int(scalar)]) : scalar }
  }

  /// Which letters a word has: tells most words that are far from one another without comparing them.
  private struct LetterSet {
    private var bits: UInt32 = 0
    init(_ word: some Sequence<UInt32>) { for scalar in word { bits |= 1 &<< (scalar & 31) } }

    /// A letter that is missing, added or wrong changes two bits at most; one that is swapped, none.
    func mayBecome(_ other: LetterSet, _ most: Int) -> Bool { (bits ^ other.bits).nonzeroBitCount <= 2 * most }
  }

  /// Finds 经东云账户注销须之, acount cancelation notice. Only a whole name is ever taken for another spelling; no other
  /// word is.
  struct Finder: Sendable {
    private let meanings: Meanings
    /// With `Lexicon.loose` applied before.
    private let looseMeanings: Meanings
    private let vocabulary: [UInt32: [Word]]
    private let firstWords: [UInt32: [Word]]
    private let names: WordTrie
    private let english: WordTrie
    private let known: WordTrie
    private let others: WordTrie

    private static let longestName = 32
    private static let mostWords = 9
    private static let longestWord = 20

    init(_ slips: NameSlips) {
      meanings = slips.meanings
      looseMeanings = slips.meanings.loosened
      vocabulary = slips.vocabulary
      firstWords = slips.firstWords
      names = WordTrie(slips.names)
      english = WordTrie(slips.english)
      known = WordTrie(slips.known)
      others = WordTrie(slips.others)
    }

    func canonical(_ word: [UInt32]) -> [UInt32] { word.map(meanings.right) }

    @inline(__always)
    private func meaning(_ scalar: UInt32) -> UInt32 { looseMeanings.right(scalar) }

    /// A name with slips may begin with the scalar.
    func begins(_ scalar: UInt32) -> Bool {
      Scalars.isLetter(scalar) ? english.begins(scalar) : Scalars.isHan(scalar) && names.begins(meaning(scalar))
    }

    /// The name that begins at `at`, spelled with slips; nil where there is none.
    func longest(_ s: [UInt32], _ at: Int) -> (kind: WordClass, end: Int)? {
      if Scalars.isLetter(s[at]) { return longestEnglish(s, at) }
      guard Scalars.isHan(s[at]), let found = names.longest(s, at, below: at + Self.longestName, as: meaning) else {
        return nil
      }
      // More than half of the characters are the right ones.
      let slips = s[at..<found.end].count { meaning($0) != Lexicon.loose($0) }
      return slips * 2 < found.end - at ? found : nil
    }

    private func longestEnglish(_ s: [UInt32], _ at: Int) -> (kind: WordClass, end: Int)? {
      guard english.begins(s[at]), at == 0 || !Scalars.isWord(s[at - 1]) else { return nil }
      var node = WordTrie.root
      var found: (kind: WordClass, end: Int)? = nil
      var from = at
      var slips = 0
      for count in 0..<Self.mostWords {
        guard from < s.count, Scalars.isLetter(s[from]) else { break }
        var end = from
        while end < s.count, end - from <= Self.longestWord, Scalars.isWord(s[end]) { end += 1 }
        let written = s[from..<end]
        if count == 0, !mayBegin(written) { break }
        guard let word = word(written), let start = count == 0 ? node : english.place(node, CollectionOfOne(0x20)),
          let next = english.place(start, word)
        else { break }
        node = next
        if word != written { slips += 1 }
        // Without a slip it is the name itself.
        if slips > 0, let kind = english.kind(node) { found = (kind, end) }
        guard end < s.count, s[end] == 0x20 || s[end] == 10 else { break }
        from = end + 1
      }
      return found
    }

    /// Some name begins with a word like this one: most texts in Latin letters hold none, which its letters tell.
    private func mayBegin(_ written: ArraySlice<UInt32>) -> Bool {
      guard let words = written.first.flatMap({ firstWords[$0] }) else { return false }
      let letters = LetterSet(written)
      return words.contains { word in
        let most = Self.mostSlips(word)
        return abs(word.scalars.count - written.count) <= most && word.letters.mayBecome(letters, most)
      }
    }

    private static func mostSlips(_ word: Word) -> Int { word.scalars.count >= NameSlips.long ? 2 : 1 }

    /// The word of a name that a written one stands for: acount, cancelation.
    private func word(_ written: ArraySlice<UInt32>) -> ArraySlice<UInt32>? {
      if known.contains(written) { return written }
      guard written.count >= NameSlips.shortest - 1, let first = written.first, let words = vocabulary[first]
      else {
        return nil
      }
      let letters = LetterSet(written)
      for word in words {
        let most = Self.mostSlips(word)
        guard abs(word.scalars.count - written.count) <= most, word.letters.mayBecome(letters, most) else { continue }
        if isNear(word.scalars, written, most) { return others.contains(written) ? nil : word.scalars[...] }
      }
      return nil
    }

    /// At most so many letters are missing, added, wrong or swapped with their neighbour.
    private func isNear(_ a: [UInt32], _ b: ArraySlice<UInt32>, _ most: Int) -> Bool {
      let b = Array(b)
      var before = Array(0...b.count)
      var (row, next) = (before, before)
      for i in a.indices {
        next[0] = i + 1
        for j in b.indices {
          var cost = min(row[j + 1], next[j]) + 1
          cost = min(cost, row[j] + (a[i] == b[j] ? 0 : 1))
          if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
          next[j + 1] = cost
        }
        (before, row, next) = (row, next, before)
      }
      return row[b.count] <= most
    }
  }
}
