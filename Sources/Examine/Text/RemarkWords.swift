/// Stems by which a remark about the statement itself is told from what else stands in a ticket. They are looked for
/// inside words as well; a Latin one begins a word.
struct RemarkWords: Sendable {
  struct Kinds: OptionSet, Sendable {
    let rawValue: UInt16
    /// 这句话, 我的同意, this statement: what the applicant wrote.
    static let statement = Self(rawValue: 1)
    /// 不确定, not sure: he does not know.
    static let doubt = Self(rawValue: 2)
    /// 可能, 应该是, I think: he guesses; what, stands in the same clause.
    static let guess = Self(rawValue: 4)
    /// 同一份, 最新, whole: which copy of the paper, and whether all of it.
    static let copy = Self(rawValue: 8)
    /// 测试工单, 还没表态, 自动填充, auto-fill: the words are no statement, not his, or not his last.
    static let void = Self(rawValue: 16)
    /// 准确地说, 处理顺序, subject to: so behind the statement only.
    static let turn = Self(rawValue: 32)
    /// 发票, 短信, invoice: other things that are spoken of.
    static let matter = Self(rawValue: 64)
    /// 搬家, 菜单, retired: the applicant's own affairs, which clear a clause of which little is known.
    static let talk = Self(rawValue: 128)
    /// 孩子, 住院, weather: what the applicant tells of people and of life.
    static let life = Self(rawValue: 256)
    /// 瞧, 念, 打字, 页: reading and writing in other words, which are understood right behind the statement or nothing is.
    static let deed = Self(rawValue: 512)
    /// 美甲, 菜地, bakery: trades and things of every day.
    static let thing = Self(rawValue: 1024)
    /// The first half of entries that have two.
    fileprivate static let halved = Self(rawValue: 2048)
    /// 在用, 下半年, 找错人了: a whole clause of these words alone, which say too little to be understood elsewhere.
    static let alone = Self(rawValue: 4096)
  }
  static let sections: [String: Kinds] = [
    "remark_statement": .statement, "remark_doubt": .doubt, "remark_guess": .guess, "remark_copy": .copy,
    "remark_void": .void, "remark_turn": .turn, "remark_matter": .matter, "remark_talk": .talk, "remark_life": .life,
    "remark_deed": .deed, "remark_thing": .thing, "remark_alone": .alone,
  ]

  private var words = Trie<Kinds>.Builder()
  private var beginnings = Beginnings()
  /// What may follow a word that is the first half of an entry (`儿子~敲的`), by the word.
  private var tails: [[UInt32]: [Tail]] = [:]
  private typealias Tail = (scalars: [UInt32], kinds: Kinds)
  private static let parting: UInt32 = 0x7E  // ~

  /// - Parameter entry: a stem, or two halves of one around a `~`.
  mutating func add(_ entry: [UInt32], _ kinds: Kinds) {
    var (word, own) = (entry, kinds)
    if entry.contains(Self.parting) {
      let halves = entry.split(separator: Self.parting, maxSplits: 1).map(Array.init)
      guard let first = halves.first else { return }
      word = first
      if halves.count > 1 {
        tails[word, default: []].append((halves[1], kinds))
        own = .halved
      }
    }
    if !word.isEmpty { beginnings.insert(word) }
    let place = words.place(of: word)
    words[place] = words[place]?.union(own) ?? own
  }

  /// Where stems stand in a text, by rising place.
  struct Hits {
    private var places: [(at: Int, end: Int, kinds: Kinds)] = []
    /// Of all places: most kinds stand nowhere in a text.
    private var all: Kinds = []

    fileprivate mutating func add(_ at: Int, _ end: Int, _ kinds: Kinds) {
      if places.isEmpty { places.reserveCapacity(16) }
      places.append((at, end, kinds))
      all.formUnion(kinds)
    }

    /// A stem of a kind stands wholly in a stretch.
    func has(_ kinds: Kinds, in range: Range<Int>) -> Bool {
      contains(kinds, range) { $0.end <= range.upperBound }
    }
    /// A stem of a kind is the whole of a stretch.
    func fills(_ kinds: Kinds, _ range: Range<Int>) -> Bool {
      contains(kinds, range) { $0.at == range.lowerBound && $0.end == range.upperBound }
    }
    private func contains(
      _ kinds: Kinds, _ range: Range<Int>, where fits: ((at: Int, end: Int, kinds: Kinds)) -> Bool
    ) -> Bool {
      if all.isDisjoint(with: kinds) { return false }
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        if places[middle].at < range.lowerBound { low = middle + 1 } else { high = middle }
      }
      while low < places.count, places[low].at < range.upperBound {
        if !places[low].kinds.isDisjoint(with: kinds), fits(places[low]) { return true }
        low += 1
      }
      return false
    }
  }

  /// Finds stems, when all are gathered.
  struct Finder: Sendable {
    private let words: Trie<Kinds>
    private let beginnings: Beginnings
    /// Words that are first halves, each with its place in `tails`.
    private let halves: WordGraph
    private let tails: [[Tail]]
    /// Scalars between two halves.
    private static let longestBetween = 12

    init(_ words: RemarkWords) {
      self.words = Trie(words.words)
      var halves = WordGraph.Builder()
      var tails: [[Tail]] = []
      for (word, ends) in words.tails {
        _ = halves.add(word, WordGraph.Kind(tails.count))
        tails.append(ends)
      }
      (self.beginnings, self.halves, self.tails) = (words.beginnings, WordGraph(halves), tails)
    }

    func hits(in s: [UInt32]) -> Hits {
      var hits = Hits()
      var from = 0
      while let at = beginnings.first(in: s, from: from) {
        from = at + 1
        guard at == 0 || !Scalars.isLetter(s[at]) || !Scalars.isLetter(s[at - 1]) else { continue }
        words.forEach(at: at, of: s) { kinds, end in
          hits.add(at, end, kinds)
          if kinds.contains(.halved) { addHalves(s, at..<end, &hits) }
        }
      }
      return hits
    }

    /// The entries of two halves whose first one is found: they end behind the second, which is not far.
    private func addHalves(_ s: [UInt32], _ word: Range<Int>, _ hits: inout Hits) {
      guard let number = halves.place(WordGraph.root, s[word]).flatMap(halves.kind) else { return }
      let from = word.upperBound
      guard from < s.count else { return }
      // The low bits of the scalars that a second half may begin with.
      var near: UInt64 = 0
      for place in from..<min(s.count, from + Self.longestBetween + 1) { near |= 1 &<< UInt64(s[place] & 63) }
      for tail in tails[Int(number)] {
        let most = min(s.count - tail.scalars.count, from + Self.longestBetween)
        guard from <= most, let first = tail.scalars.first, near & 1 &<< UInt64(first & 63) != 0 else { continue }
        let length = tail.scalars.count
        let place = (from...most).first { s[$0] == first && s[$0..<($0 + length)].elementsEqual(tail.scalars) }
        guard let place else { continue }
        hits.add(word.lowerBound, place + length, tail.kinds)
      }
    }
  }

  /// The first two scalars of the stems: tells most places of a text where none of them stands.
  private struct Beginnings: Sendable {
    /// A bit for each pair's low bits mixed; a stem of one scalar goes with every other.
    private var pairs = [UInt64](repeating: 0, count: 1 << (bits - 6))
    private var single = ScalarSet()
    private var first = ScalarSet()
    private static let bits: UInt32 = 16

    mutating func insert(_ word: [UInt32]) {
      first.insert(word[0])
      guard word.count > 1 else { return single.insert(word[0]) }
      let pair = Self.pair(word[0], word[1])
      pairs[pair >> 6] |= 1 &<< UInt64(pair & 63)
    }

    @inline(__always)
    private static func pair(_ first: UInt32, _ second: UInt32) -> Int {
      Int((first &* 0x9E37_79B1 ^ second &* 0x85EB_CA77) >> (32 - bits))
    }

    /// The first place from one on where a stem may begin.
    func first(in s: [UInt32], from: Int) -> Int? {
      first.first(in: s, from..<s.count) { at in
        if at + 1 < s.count {
          let pair = Self.pair(s[at], s[at + 1])
          if pairs[pair >> 6] & 1 &<< UInt64(pair & 63) != 0 { return true }
        }
        return single.contains(s[at])
      }
    }
  }
}
