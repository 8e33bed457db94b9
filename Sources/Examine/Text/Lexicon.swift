/// The words that the reader knows, by class, while they are gathered from files and a policy; `Vocabulary` finds them in
/// texts. Files of `Templates/lexicons`: `[section]` lines, entries parted by `|`,
/// `(a/b/c)` for alternatives inside an entry (`(a/)` for an optional part), `#` for comments.
struct Lexicon: Sendable {
  private(set) var words = WordTrie.Builder()
  /// Names of documents, with `loose` applied.
  private(set) var names = WordTrie.Builder()
  private(set) var slips = NameSlips()
  private var notices: [[UInt32]] = []
  /// What stands before the notice's plain name in its full ones: 京东云.
  private(set) var brands: Set<[UInt32]> = []
  private(set) var holders: Set<[UInt32]> = []
  private(set) var products = ProductNames()
  private(set) var persons = PersonNames()
  private(set) var data = DataWords()
  private(set) var remarks = RemarkWords()
  private(set) var slipNotes = SlipNotes()
  private(set) var hold = Stems<HoldSection>()
  private(set) var footers = Stems<FooterSection>()
  private(set) var reach = Stems<ReachSection>()
  private(set) var stray = Stems<StraySection>()
  private(set) var titles = Stems<TitleSection>()
  private(set) var stated = Stems<StatedSection>()
  /// Words that agree where they are a clause of their own: 认.
  private(set) var loneAgreements: Set<[UInt32]> = []
  /// Addresses of the closing notice, see `Vocabulary.address`.
  private(set) var addresses: Set<[UInt32]> = []
  /// Sections that hold no words of the reader.
  private static let special: Set<String> = [
    "person_first", "person_last", "organisation", "foreign", "holder", "product", "slip", "word", "data_form",
    "data_key", "data_read", "data_agree", "agree_alone",
  ]

  /// - Throws: the first mistake, with those like it in the same file and the others: entries that stand in two places and
  ///   brackets without their other half.
  init(_ files: [(file: String, text: String)]) throws(ExamineError) {
    var mistakes: [ExamineError] = []
    for (file, text) in files {
      var section: WordClass? = nil
      var special: String? = nil
      for (index, raw) in Scalars.of(text).split(separator: 10, omittingEmptySubsequences: false).enumerated() {
        func fail(_ what: String, _ fix: String) -> ExamineError {
          ExamineError(file: file, line: index + 1, what: what, fix: fix)
        }
        let line = Self.trimmed(raw.prefix { $0 != 0x23 })
        guard let first = line.first else { continue }
        if first == 0x5B, line.last == 0x5D, !line.contains(Self.bar) {
          let name = Scalars.string(line.dropFirst().dropLast())
          special =
            Self.special.contains(name) || RemarkWords.sections[name] != nil || SlipNotes.sections[name] != nil
              || Self.holdsStems(name)
            ? name : nil
          section = WordClass.named[name]
          guard special != nil || section != nil else {
            throw fail(
              "no section “\(name)” is known", "Use one of: \(Self.sections.sorted().joined(separator: ", ")).")
          }
          continue
        }
        if let special {
          if !addSpecial(line, special) {
            mistakes.append(
              fail("the brackets of “\(Scalars.string(line))” do not match", "Write alternatives as (a/b/c)."))
          }
          continue
        }
        guard let kind = section else {
          throw fail("an entry before the first section", "Put a [section] line above it.")
        }
        for entry in line.split(separator: Self.bar) {
          let entry = Self.trimmed(entry)
          if entry.isEmpty { continue }
          switch add(entry: entry, kind) {
          case .done: continue
          case .unmatched:
            mistakes.append(
              fail("the brackets of “\(Scalars.string(entry))” do not match", "Write alternatives as (a/b/c)."))
          case .clash(let spelling, let before):
            mistakes.append(fail("“\(spelling)” stands under [\(before)] and under [\(kind)]", "Keep it in one place."))
          }
        }
      }
    }
    if let mistake = ExamineError(mistakes) { throw mistake }
    if words.isEmpty {
      throw ExamineError(
        file: files.first?.file ?? "lexicons", line: nil, what: "there are no words",
        fix: "Restore the delivered lexicons.")
    }
  }

  /// A line of a section that holds no words of the reader.
  /// - Returns: false where brackets do not match.
  private mutating func addSpecial(_ line: Stretch, _ section: String) -> Bool {
    if let kinds = RemarkWords.sections[section] {
      return Self.forEachWord(of: line) { remarks.add($0, kinds) }
    }
    if let kind = SlipNotes.sections[section] {
      return Self.forEachWord(of: line) { slipNotes.add($0, kind) }
    }
    if Self.holdsStems(section) {
      return Self.forEachWord(of: line) { addStem($0, section) }
    }
    let line = Scalars.string(line)
    let han = Normaliser.fold(line).filter(Scalars.isHan)
    switch section {
    case "person_first": persons.add(first: han)
    case "person_last": persons.add(last: han)
    case "organisation": for word in Self.entries(line) { persons.add(organisation: word) }
    case "foreign": for word in Self.entries(line) { persons.add(foreign: word) }
    case "agree_alone": loneAgreements.formUnion(Self.entries(line))
    case "holder": holders.formUnion(Self.entries(line))
    case "product": for word in Self.entries(line) { products.add(word) }
    case "data_form", "data_key", "data_read", "data_agree":
      for word in line.split(separator: "|") { data.add(Normaliser.fold(String(word).trimmed), section) }
    case "slip": slips.add(group: han.map(Self.loose))
    default: for word in line.split(separator: " ") { slips.add(word: Normaliser.fold(String(word))) }
    }
    return true
  }

  /// A section without which such words would go unseen, and the delivered file that has it.
  var missingStems: (file: String, section: String)? {
    (hold.missing ?? stray.missing).map { ("spoilers.txt", $0) } ?? reach.missing.map { ("remarks.txt", $0) }
      ?? stated.missing.map { ("tickets.txt", $0) } ?? titles.missing.map { ("titles.txt", $0) }
  }

  private static func holdsStems(_ section: String) -> Bool { stems.contains(section) }
  private static let stems = Set(
    [
      Stems<HoldSection>.sections, Stems<FooterSection>.sections, Stems<ReachSection>.sections,
      Stems<StraySection>.sections, Stems<StatedSection>.sections, Stems<TitleSection>.sections,
    ]
    .joined())
  private static var sections: Set<String> {
    stems.union(WordClass.named.keys).union(special).union(RemarkWords.sections.keys).union(SlipNotes.sections.keys)
  }
  private mutating func addStem(_ word: [UInt32], _ section: String) {
    if let kind = Stems<HoldSection>.kind(of: section) { hold.add(word, kind) }
    if let kind = Stems<FooterSection>.kind(of: section) { footers.add(word, kind) }
    if let kind = Stems<ReachSection>.kind(of: section) { reach.add(word, kind) }
    if let kind = Stems<StraySection>.kind(of: section) { stray.add(word, kind) }
    if let kind = Stems<StatedSection>.kind(of: section) { stated.add(word, kind) }
    if let kind = Stems<TitleSection>.kind(of: section) { titles.add(word, kind) }
  }

  /// Calls `body` with every spelling of every entry of a line, folded.
  /// - Returns: false where brackets do not match; the entries before are called with then.
  private static func forEachWord(of line: Stretch, _ body: ([UInt32]) -> Void) -> Bool {
    for entry in line.split(separator: bar) {
      let entry = trimmed(entry)
      guard matches(entry) else { return false }
      var word: [UInt32] = []
      forEachSpelling(of: entry, after: &word) { body(Normaliser.fold($0)) }
    }
    return true
  }

  /// `a(b/c)d` to `abd`, `acd`; its brackets match.
  /// - Parameter word: what stands before the entry; the same afterwards.
  private static func forEachSpelling(of entry: Stretch, after word: inout [UInt32], _ body: ([UInt32]) -> Void) {
    let before = word.count
    defer { word.removeLast(word.count - before) }
    guard let open = entry.firstIndex(of: open), let close = entry[open...].firstIndex(of: close) else {
      word += entry
      return body(word)
    }
    word += entry[..<open]
    let head = word.count
    forEachChoice(of: entry, open, close) { choice in
      word += entry[choice]
      forEachSpelling(of: entry[(close + 1)...], after: &word, body)
      word.removeLast(word.count - head)
    }
  }

  /// Calls `body` with where each choice stands between two brackets.
  private static func forEachChoice(of entry: Stretch, _ open: Int, _ close: Int, _ body: (Range<Int>) -> Void) {
    var from = open + 1
    for at in from...close where at == close || entry[at] == slash {
      body(from..<at)
      from = at + 1
    }
  }

  /// The entries of a line, folded: `甲 | 乙`.
  private static func entries(_ line: String) -> [[UInt32]] {
    line.split(separator: "|").map { Normaliser.fold(String($0).trimmed) }
  }

  /// `a(b/c)d` to `abd`, `acd`; nil where brackets do not match.
  static func expand(_ entry: String) -> [String]? {
    guard let open = entry.firstIndex(of: "(") else { return entry.contains(")") ? nil : [entry] }
    guard let close = entry[open...].firstIndex(of: ")") else { return nil }
    let inner = entry[entry.index(after: open)..<close]
    guard !inner.contains("("), !entry[..<open].contains(")"),
      let tails = expand(String(entry[entry.index(after: close)...]))
    else { return nil }
    let head = entry[..<open]
    return inner.split(separator: "/", omittingEmptySubsequences: false).flatMap { part in
      tails.map { head + part + $0 }
    }
  }

  /// What became of an entry; `clash`: a spelling of it stands under another class already.
  private enum Added { case done, unmatched, clash(String, WordClass) }

  /// A stretch of a lexicon's file, in scalars.
  private typealias Stretch = ArraySlice<UInt32>
  private static var bar: UInt32 { 0x7C }
  private static var open: UInt32 { 0x28 }
  private static var close: UInt32 { 0x29 }
  private static var slash: UInt32 { 0x2F }

  private static func trimmed(_ text: Stretch) -> Stretch {
    func isBlank(_ scalar: UInt32) -> Bool { scalar == 0x20 || scalar == 9 || scalar == 13 }
    let body = text.drop(while: isBlank)
    return body.lastIndex { !isBlank($0) }.map { body[...$0] } ?? []
  }

  /// Adds every spelling of an entry.
  private mutating func add(entry: Stretch, _ kind: WordClass) -> Added {
    guard Self.matches(entry) else { return .unmatched }
    // Most entries are folded scalar by scalar, so that their spellings need not be written out one by one.
    if let folded = Normaliser.foldPlain(entry) { return add(Array(entry), folded, at: 0, from: WordTrie.root, kind) }
    for spelling in Self.expand(Scalars.string(entry)) ?? [] {
      if let before = add(spelling, kind), before != kind { return .clash(spelling, before) }
    }
    return .done
  }

  /// Every bracket has its other half, and none stands within others.
  private static func matches(_ entry: Stretch) -> Bool {
    var isOpen = false
    for scalar in entry where scalar == open || scalar == close {
      guard isOpen == (scalar == close) else { return false }
      isOpen.toggle()
    }
    return !isOpen
  }

  /// Adds what stands from a place of an entry on; its brackets match.
  /// - Parameter folded: the entry's scalars, folded one by one.
  private mutating func add(
    _ entry: [UInt32], _ folded: [UInt32], at start: Int, from place: Int, _ kind: WordClass
  ) -> Added {
    var place = place
    for at in start..<entry.count {
      guard entry[at] == Self.open, let end = entry[at...].firstIndex(of: Self.close) else {
        place = words.go(on: folded[at], from: place)
        continue
      }
      for choice in entry[(at + 1)..<end].split(separator: Self.slash, omittingEmptySubsequences: false) {
        let chosen = choice.indices.reduce(place) { words.go(on: folded[$1], from: $0) }
        if case .clash(let rest, let before) = add(entry, folded, at: end + 1, from: chosen, kind) {
          return .clash(Scalars.string(entry[start..<at]) + Scalars.string(choice) + rest, before)
        }
      }
      return .done
    }
    guard place != WordTrie.root, let before = words.end(place, kind), before != kind else { return .done }
    return .clash(Scalars.string(entry[start...]), before)
  }

  /// - Returns: the class that the word had before.
  mutating func add(_ text: String, _ kind: WordClass) -> WordClass? {
    let word = Normaliser.fold(text)
    return word.isEmpty ? nil : words.add(word, kind)
  }

  /// Adds the address of the closing notice's page.
  mutating func addAddress(_ text: String) { addresses.insert(Vocabulary.address(Normaliser.fold(text)[...])) }

  /// Adds a document's name; the first list that has it keeps it.
  mutating func addName(_ text: String, _ kind: WordClass) {
    let word = Normaliser.fold(text).map(Self.loose)
    guard !word.isEmpty else { return }
    if kind == .notice { addBrand(word) }
    if names.add(word, kind) == nil { slips.add(name: word, kind) }
  }

  /// 京东云账户注销须知 and 账户注销须知: what one has before the other is whose notice it is.
  private mutating func addBrand(_ name: [UInt32]) {
    for other in notices {
      let (short, long) = name.count < other.count ? (name, other) : (other, name)
      guard long.count > short.count, long.suffix(short.count).elementsEqual(short) else { continue }
      brands.insert(slips.canonical(Array(long.dropLast(short.count)).filter { $0 != 0x20 }))
    }
    notices.append(name)
  }

  /// What the provider is called, in titles of tickets.
  /// - Parameter id: the policy's: jdcloud is written jd cloud as well.
  mutating func addBrand(inTitles provider: String, id: String) {
    let cloud = "cloud"
    var names = [provider, id]
    if id.hasSuffix(cloud) { names.append(String(id.dropLast(cloud.count))) }
    for name in names { titles.add(Normaliser.fold(name), .word) }
  }

  /// A word that points back to a paper, or cuts its name short: 须知, 协议.
  func isBare(_ name: String) -> Bool {
    let word = Normaliser.fold(name)
    return !word.isEmpty && words.kind(of: word) == .bare
  }

  /// Characters that input methods and OCR mix up, made one. Only names of documents are compared so: their sense is
  /// beyond doubt (labelling guide R12), while a slip beside a negation never is.
  static func loose(_ s: UInt32) -> UInt32 {
    switch s {
    case 0x9700: 0x987B  // 需 须
    case 0x6D88: 0x9500  // 消 销
    case 0x53BB, 0x8018: 0x4E91  // 去 耘 云
    case 0x6ED5, 0x85E4: 0x817E  // 滕 藤 腾
    case 0x8FC5, 0x6C5B: 0x8BAF  // 迅 汛 讯
    case 0x4EEA, 0x4E49: 0x8BAE  // 仪 义 议
    case 0x4E4B, 0x53EA: 0x77E5  // 之 只 知
    case 0x53F7, 0x6237: 0x6237  // 账号, 账户: one word
    default: s
    }
  }
}

extension String {
  var trimmed: String {
    let body = drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let last = body.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
    return String(body[...last])
  }
}
