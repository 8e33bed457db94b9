/// Names of documents under slips of input methods, OCR and typing: 经东云账户注销须之, acount cancelation notice. Only
/// a whole name is ever taken for another spelling; no other word is.
struct NameSlips: Sendable {
  /// The character of a name that a wrong one stands for: 虚 for 须.
  private var meant: [UInt32: UInt32] = [:]
  private var confusable = ScalarSet()
  /// Names of Han characters with every character replaced by the one it stands for.
  private var names = Trie()
  /// English names, and their words by length.
  private var english = Trie()
  private var vocabulary: [Int: [[UInt32]]] = [:]
  /// The letters that such names begin with; the first letter of a word is never mistyped.
  private var initials = ScalarSet()
  private var known: Set<[UInt32]> = []
  /// Real words near one of a name: relocation.
  private var others: Set<[UInt32]> = []

  private static let fewestHan = 4
  private static let longestName = 32
  private static let mostWords = 9
  private static let longestWord = 20
  /// Words of fewer letters are not looked at; words of more may have two slips.
  private static let shortest = 5
  private static let long = 9

  /// One line of the section `slip`: the right character, then those that are mixed up with it.
  mutating func add(group: [UInt32]) {
    guard let right = group.first else { return }
    for wrong in group.dropFirst() where meant[wrong] == nil {
      meant[wrong] = right
      confusable.insert(wrong)
    }
  }

  mutating func add(word: [UInt32]) { others.insert(word) }

  /// - Parameter name: folded, with `Lexicon.loose` applied.
  mutating func add(name: [UInt32], _ kind: WordClass) {
    if name.allSatisfy(Scalars.isHan) {
      if name.count >= Self.fewestHan { _ = names.add(name.map(right), kind) }
      return
    }
    let words = name.split(separator: 0x20).map(Array.init)
    guard words.count > 1, words.allSatisfy({ $0.allSatisfy(Scalars.isLetter) }) else { return }
    _ = english.add(name, kind)
    initials.insert(name[0])
    for word in words where known.insert(word).inserted && word.count >= Self.shortest {
      vocabulary[word.count, default: []].append(word)
    }
  }

  func canonical(_ word: [UInt32]) -> [UInt32] { word.map(right) }

  private func right(_ scalar: UInt32) -> UInt32 { confusable.contains(scalar) ? meant[scalar] ?? scalar : scalar }

  /// The name that begins at `at`, spelled with slips; nil where there is none.
  func longest(_ s: [UInt32], _ at: Int) -> (kind: WordClass, end: Int)? {
    if Scalars.isLetter(s[at]) { return longestEnglish(s, at) }
    guard Scalars.isHan(s[at]), names.begins(right(s[at])) else { return nil }
    let window = s[at..<min(s.count, at + Self.longestName)].map(right)
    guard let found = names.longest(window, 0) else { return nil }
    // More than half of the characters are the right ones.
    let slips = (0..<found.end).count { window[$0] != s[at + $0] }
    return slips * 2 < found.end ? (found.kind, at + found.end) : nil
  }

  private func longestEnglish(_ s: [UInt32], _ at: Int) -> (kind: WordClass, end: Int)? {
    guard initials.contains(s[at]), at == 0 || !Scalars.isWord(s[at - 1]) else { return nil }
    var line: [UInt32] = []
    /// Ends of the words in the line and in the text.
    var ends: [(line: Int, text: Int)] = []
    var from = at
    var slips = 0
    while ends.count < Self.mostWords, from < s.count, Scalars.isLetter(s[from]) {
      var end = from
      while end < s.count, end - from <= Self.longestWord, Scalars.isWord(s[end]) { end += 1 }
      guard let word = word(Array(s[from..<end])) else { break }
      if word.count != end - from || !word.elementsEqual(s[from..<end]) { slips += 1 }
      if !line.isEmpty { line.append(0x20) }
      line += word
      ends.append((line.count, end))
      guard end < s.count, s[end] == 0x20 || s[end] == 10 else { break }
      from = end + 1
    }
    guard slips > 0, let found = english.longest(line, 0), let last = ends.first(where: { $0.line == found.end })
    else { return nil }
    return (found.kind, last.text)
  }

  /// The word of a name that a written one stands for: acount, cancelation.
  private func word(_ written: [UInt32]) -> [UInt32]? {
    if known.contains(written) { return written }
    guard written.count >= Self.shortest - 1, !others.contains(written) else { return nil }
    for count in max(Self.shortest, written.count - 2)...(written.count + 2) {
      let most = count >= Self.long ? 2 : 1
      guard abs(count - written.count) <= most else { continue }
      for word in vocabulary[count] ?? [] where word[0] == written[0] && isNear(word, written, most) { return word }
    }
    return nil
  }

  /// At most so many letters are missing, added, wrong or swapped with their neighbour.
  private func isNear(_ a: [UInt32], _ b: [UInt32], _ most: Int) -> Bool {
    var before = [Int](repeating: 0, count: b.count + 1)
    var row = Array(0...b.count)
    for i in a.indices {
      var next = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in b.indices {
        var cost = min(row[j + 1], next[j]) + 1
        cost = min(cost, row[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        next[j + 1] = cost
      }
      before = row
      row = next
    }
    return row[b.count] <= most
  }
}
