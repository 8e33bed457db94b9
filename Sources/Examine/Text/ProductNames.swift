/// Products with notices of their own: PLUS 注销须知, 商城的注销须知, 注销须知（钱包）. A name that is known, cut short to
/// 注销须知, is another's paper beside one of them.
struct ProductNames: Sendable {
  private var words: [[UInt32]] = []
  private var first = ScalarSet()
  private var last = ScalarSet()
  /// Blanks and marks between a product and the name.
  private static let most = 3
  private static let marks = ScalarSet(" :：】]）)》>”」』\"-—–/|·《“「『【[(（")
  private static let opening = ScalarSet("(（[【-—–/·")
  private static let ends = ScalarSet(")）]】,，。.;；!！?？:： \n版的用")
  private static let comma: UInt32 = 0x2C
  private static let pointers = ScalarSet("那这份个边")
  private static let possessive: UInt32 = 0x7684  // 的

  mutating func add(_ word: [UInt32]) {
    guard let head = word.first, let tail = word.last else { return }
    words.append(word)
    first.insert(head)
    last.insert(tail)
  }

  /// A product is named right before or behind a stretch of a text.
  func isBeside(_ name: Range<Int>, in s: [UInt32]) -> Bool {
    isBefore(name.lowerBound, in: s) || isBehind(name.upperBound, in: s)
  }

  /// The first product named in a stretch of a text.
  func first(in range: Range<Int>, of s: [UInt32]) -> Range<Int>? {
    var from = range.lowerBound
    while let at = first.first(in: s, from..<range.upperBound) {
      from = at + 1
      guard at == 0 || !Scalars.isLetter(s[at]) || !Scalars.isLetter(s[at - 1]) else { continue }
      var longest = 0
      for word in words where word[0] == s[at] && word.count > longest {
        let end = at + word.count
        guard end <= range.upperBound, s[at..<end].elementsEqual(word) else { continue }
        if end == s.count || !Scalars.isLetter(s[at]) || !Scalars.isLetter(s[end]) { longest = word.count }
      }
      if longest > 0 { return at..<(at + longest) }
    }
    return nil
  }

  /// PLUS 注销须知, 【商城】注销须知, 会员的注销须知
  private func isBefore(_ at: Int, in s: [UInt32]) -> Bool {
    var end = skipBack(at, in: s)
    // PLUS 的那份注销须知
    var pointer = end
    while pointer > 0, end - pointer < Self.most, Self.pointers.contains(s[pointer - 1]) { pointer -= 1 }
    if pointer > 0, pointer < end, s[pointer - 1] == Self.possessive { end = pointer }
    if end > 0, s[end - 1] == Self.possessive { end = skipBack(end - 1, in: s) }
    guard end > 0, last.contains(s[end - 1]) else { return false }
    return words.contains { word in
      let from = end - word.count
      return from >= 0 && s[from..<end].elementsEqual(word)
        && (from == 0 || !Scalars.isLetter(word[0]) || !Scalars.isWord(s[from - 1]))
    }
  }

  private func skipBack(_ at: Int, in s: [UInt32]) -> Int {
    var end = at
    while end > 0, at - end < Self.most, Self.marks.contains(s[end - 1]) { end -= 1 }
    // 我看的是 PLUS 的，注销须知…
    if end > 1, s[end - 1] == Self.comma, s[end - 2] == Self.possessive { end -= 1 }
    return end
  }

  /// 注销须知（PLUS 会员）, 注销须知-商城版
  private func isBehind(_ at: Int, in s: [UInt32]) -> Bool {
    var from = at
    while from < s.count, from - at < Self.most, Self.marks.contains(s[from]), !Self.opening.contains(s[from]) {
      from += 1
    }
    guard from < s.count, Self.opening.contains(s[from]) else { return false }
    from += 1
    while from < s.count, s[from] == 0x20 { from += 1 }
    guard from < s.count, first.contains(s[from]) else { return false }
    guard let word = words.filter({ s[from...].starts(with: $0) }).max(by: { $0.count < $1.count }) else {
      return false
    }
    let end = from + word.count
    return end >= s.count || Self.ends.contains(s[end]) || first.contains(s[end])
  }
}
