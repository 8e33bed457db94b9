/// Tells titles that ask for the closing and say nothing else from those that may mean another thing: 申请注销账号（急）,
/// 陈明-销户-13800138000, but not 注销短信签名, 账号找回. Titles are short and made of few words: what is not made of them
/// alone is not understood.
struct TitleReader {
  private let page: Page
  private var titles: Stems<TitleSection> { page.vocabulary.titles }

  init(_ page: Page) { self.page = page }

  /// What a part of a title is.
  private enum Kind {
    case closing, known, strange
    /// It asks for the closing and says why.
    case caused
  }

  enum Sense {
    /// Made of the words of titles alone.
    case plain
    /// It asks for the closing in one clause; others are to be judged as a body's are.
    case clauses
    case strange
  }

  /// Parts in brackets, before a colon or behind a dash are marks (（急）, 抄送：, -作废): each must be understood.
  var sense: Sense {
    let s = page.text.scalars
    guard s.count <= Self.longest else { return .clauses }
    var kinds: [(kind: Kind, isMark: Bool)] = []
    for part in parts {
      let words = s[part]
      let kind = kind(words)
      if kind != .strange {
        kinds.append((kind, false))
        continue
      }
      let pieces = partedByBlanks(part)
      let isMark = pieces.count > 1 || isMark(part)
      kinds += pieces.map { piece in (pieces.count > 1 ? self.kind(s[piece]) : kind, isMark) }
    }
    guard kinds.contains(where: { $0.kind == .strange || $0.kind == .caused }) else { return .plain }
    let isClear =
      kinds.contains { $0.kind == .closing || $0.kind == .caused }
      && !kinds.contains { $0.kind == .strange && $0.isMark }
    return isClear ? .clauses : .strange
  }
  /// Scalars; what is longer is no title but a text.
  private static let longest = 120

  private func kind(_ words: ArraySlice<UInt32>) -> Kind {
    let found = made(of: words)
    if let found { return found ? .closing : .known }
    if let name = organisation(words) {
      return name == words.endIndex ? .known : made(of: words[name...]).map { $0 ? .closing : .known } ?? .strange
    }
    // 因离职注销账号
    if titles.begins(words, .cause) != nil, asksAtEnd(words) { return .caused }
    return isName(words) ? .known : .strange
  }

  /// 离职注销账号: it ends with what asks for the closing.
  private func asksAtEnd(_ words: ArraySlice<UInt32>) -> Bool {
    words.indices.dropFirst().contains {
      titles.begins(words[$0...], .closing) != nil && made(of: words[$0...]) == true
    }
  }

  /// 示例科技有限公司 and what is behind it.
  /// - Returns: where the name ends.
  private func organisation(_ words: ArraySlice<UInt32>) -> Int? {
    (words.startIndex...words.endIndex).reversed().first { end in
      let name = words[..<end]
      if isTrading(name) { return true }
      guard page.vocabulary.persons.isOrganisation(name) else { return false }
      let head = name.dropLast(Self.company.count)
      return !name.suffix(Self.company.count).elementsEqual(Self.company)
        || Self.forms.contains { head.suffix($0.count).elementsEqual($0) }
    }
  }
  /// 松原宏图电子商务: characters that are no words, and a trade.
  private func isTrading(_ name: ArraySlice<UInt32>) -> Bool {
    guard (Self.shortestFirm...Self.longestFirm).contains(name.count), name.allSatisfy(Scalars.isHan),
      let trade = titles.ends(name, .trade), name.count - trade >= 2
    else { return false }
    return areUnknown(name.dropLast(trade))
  }
  private static let shortestFirm = 4
  private static let longestFirm = 14

  /// The characters are of no word; 示例 stands in invented names.
  private func areUnknown(_ words: ArraySlice<UInt32>) -> Bool {
    let range = words.startIndex..<words.endIndex
    return page.script.clauses.lazy.filter { $0.range.overlaps(range) }.flatMap { page.script.words($0) }
      .allSatisfy {
        !$0.range.overlaps(range) || $0.kind == .unknown
          || page.text.scalars[$0.range].elementsEqual(Self.sample)
      }
  }
  private static let sample = Scalars.of("示例")

  /// 改为公司 is no name.
  private static let company = Scalars.of("公司")
  private static let forms = ["有限", "责任", "股份", "集团", "分"].map(Scalars.of)

  /// 陈明: two or three characters that are no words, the first a surname.
  private func isName(_ words: ArraySlice<UInt32>) -> Bool {
    let persons = page.vocabulary.persons
    guard (2...3).contains(words.count), words.allSatisfy(Scalars.isHan), persons.isPerson(words),
      !persons.isRole(words)
    else { return false }
    return areUnknown(words)
  }

  // MARK: Words

  /// What the words seen so far hold.
  private struct Seen: OptionSet {
    let rawValue: Int
    static let closing = Self(rawValue: 1), weak = Self(rawValue: 2), account = Self(rawValue: 4)
    static let cancel = Self(rawValue: 8)
    var asks: Bool {
      if contains(.cancel) { return contains(.account) && !contains(.closing) }
      return contains(.closing) || isSuperset(of: [.weak, .account])
    }
    /// 关闭 alone may be of anything, and 取消账号注销 takes the closing back.
    var isSound: Bool { isDisjoint(with: [.weak, .cancel]) || asks }
  }

  /// - Returns: whether the words ask for the closing; nil: there are others than those of titles among them.
  private func made(of words: ArraySlice<UInt32>) -> Bool? {
    // What may have been seen up to each place.
    var seen = [Set<Int>](repeating: [], count: words.count + 1)
    seen[0] = [0]
    for (place, at) in words.indices.enumerated() where !seen[place].isEmpty {
      if words[at] == Self.blank {
        seen[place + 1].formUnion(seen[place])
        continue
      }
      // Within a Latin word begins none.
      if place > 0, Scalars.isWord(words[at]), Scalars.isWord(words[at - 1]) { continue }
      let rest = words[at...]
      if let end = identifier(rest) { seen[place + end].formUnion(seen[place]) }
      for (section, what) in Self.sections {
        for length in titles.lengths(rest, section) where !isWithinWord(rest, length) {
          seen[place + length].formUnion(seen[place].map { Seen(rawValue: $0).union(what).rawValue })
        }
      }
    }
    let ends = seen[words.count].map(Seen.init(rawValue:))
    let sound = ends.filter(\.isSound)
    return sound.isEmpty ? nil : sound.contains(where: \.asks)
  }
  private static let sections: [(TitleSection, Seen)] = [
    (.closing, .closing), (.weak, .weak), (.cancel, .cancel), (.account, .account), (.word, []), (.cause, []),
  ]

  private func isWithinWord(_ rest: ArraySlice<UInt32>, _ length: Int) -> Bool {
    let end = rest.startIndex + length
    return end < rest.endIndex && Scalars.isWord(rest[end]) && Scalars.isWord(rest[end - 1])
  }

  /// jd_demo_01, 20261118: letters and digits with a digit or a mark in them.
  private func identifier(_ rest: ArraySlice<UInt32>) -> Int? {
    let run = rest.prefix { Scalars.isWord($0) || Self.joining.contains($0) }
    guard run.contains(where: { !Scalars.isLetter($0) && !Self.dashes.contains($0) }) else { return nil }
    return run.isEmpty ? nil : run.count
  }

  // MARK: Parts

  private static let blank: UInt32 = 0x20
  private static let joining = ScalarSet("_@.-+")
  private static let dashes = ScalarSet("-.+")

  private func isOfPart(_ at: Int) -> Bool {
    let s = page.text.scalars
    if Scalars.isWord(s[at]) || Scalars.isHan(s[at]) || s[at] == Self.blank { return true }
    // jd_demo_01, desk@example.com; a dash joins what has digits.
    if isWithinName(at) { return true }
    guard Self.joining.contains(s[at]), at > 0, at + 1 < s.count, Scalars.isWord(s[at - 1]), Scalars.isWord(s[at + 1])
    else { return false }
    return !Self.dashes.contains(s[at]) || !Scalars.isLetter(s[at - 1]) || !Scalars.isLetter(s[at + 1])
  }

  /// 示例科技（北京）有限公司: the brackets are of the name.
  private func isWithinName(_ at: Int) -> Bool {
    let s = page.text.scalars
    let close: Int? =
      s[at] == Self.closing
      ? at : s[at] == Self.opening ? s[at...].prefix(Self.longestPlace).firstIndex(of: Self.closing) : nil
    guard let close, at > 0, Scalars.isHan(s[at - 1]) else { return false }
    return Self.companies.begins(s[(close + 1)...])
  }
  private static let opening: UInt32 = 0x28
  private static let closing: UInt32 = 0x29
  private static let longestPlace = 8
  private static let companies = WordSet(["有限", "股份", "集团", "公司", "分公司"])

  private var parts: [Range<Int>] {
    var found: [Range<Int>] = []
    for at in page.text.scalars.indices where isOfPart(at) {
      if let last = found.last, last.upperBound == at {
        found[found.count - 1] = last.lowerBound..<(at + 1)
      } else if page.text.scalars[at] != Self.blank {
        found.append(at..<(at + 1))
      }
    }
    return found
  }

  /// 申请注销账号 作废: blanks between Chinese characters are no scalars any more.
  private func partedByBlanks(_ part: Range<Int>) -> [Range<Int>] {
    let starts = [part.lowerBound] + part.dropFirst().filter { page.text.gaps[$0] }
    return zip(starts, starts.dropFirst() + [part.upperBound]).map { $0..<$1 }
  }

  /// （急）, -作废, 【演示】: not parted from the others by a mark that ends a clause.
  private func isMark(_ part: Range<Int>) -> Bool {
    let s = page.text.scalars
    func pauses(_ at: Int) -> Bool { s.indices.contains(at) && Self.pauses.contains(s[at]) }
    if s.indices.contains(part.upperBound), s[part.upperBound] == Self.colon { return true }
    return !pauses(part.lowerBound - 1) && !pauses(part.upperBound)
  }
  private static let pauses = ScalarSet(",.;:!?，。；：！？、")
  private static let colon: UInt32 = 0x3A
}
