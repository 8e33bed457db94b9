/// A lexicon to which nothing is added any more: one object, as every reading holds on to it.
final class Vocabulary: Sendable {
  let persons: PersonNames
  let data: DataWords
  let remarks: RemarkWords.Finder
  private let words: WordTrie
  /// Names of documents, compared under common slips of input methods and OCR (须/需, 销/消, 云/去).
  private let names: WordTrie
  /// The same names under rarer slips; only whole ones of some length.
  private let slips: NameSlips.Finder
  private let brands: Set<[UInt32]>
  private let holders: Set<[UInt32]>
  private let products: ProductNames
  let slipNotes: SlipNotes
  let hold: Stems<HoldSection>
  let footers: Stems<FooterSection>
  let reach: Stems<ReachSection>
  let stray: Stems<StraySection>
  let stated: Stems<StatedSection>
  let titles: Stems<TitleSection>
  /// Of these, what a condition is named by: most texts hold none.
  let statedNouns: WordSet
  let weights: RemarkWeights
  let ordinary: OrdinaryRemarks
  private let loneAgreements: Set<[UInt32]>
  private let addresses: Set<[UInt32]>
  /// What may begin with each scalar of the basic plane: nothing with most, which one look tells.
  private let beginnings: [Beginnings]

  struct Beginnings: OptionSet, Sendable {
    let rawValue: UInt8
    static let word = Self(rawValue: 1), name = Self(rawValue: 2), slip = Self(rawValue: 4)
  }

  init(_ lexicon: Lexicon, _ weights: RemarkWeights, _ ordinary: OrdinaryRemarks) {
    (self.weights, self.ordinary) = (weights, ordinary)
    persons = lexicon.persons
    data = lexicon.data
    remarks = RemarkWords.Finder(lexicon.remarks)
    let (words, names, slips) = (
      WordTrie(lexicon.words), WordTrie(lexicon.names), NameSlips.Finder(lexicon.slips)
    )
    (self.words, self.names, self.slips) = (words, names, slips)
    brands = lexicon.brands
    holders = lexicon.holders
    products = lexicon.products
    (slipNotes, footers) = (lexicon.slipNotes, lexicon.footers)
    (hold, reach, stray, stated) = (lexicon.hold, lexicon.reach, lexicon.stray, lexicon.stated)
    titles = lexicon.titles
    statedNouns = lexicon.stated.words(of: [.arrears, .provider, .filing])
    (loneAgreements, addresses) = (lexicon.loneAgreements, lexicon.addresses)
    beginnings = (UInt32(0)..<0x10000).map { scalar in
      var found: Beginnings = []
      if words.begins(scalar) { found.insert(.word) }
      if names.begins(Lexicon.loose(scalar)) { found.insert(.name) }
      if slips.begins(scalar) { found.insert(.slip) }
      return found
    }
  }

  @inline(__always)
  private func beginnings(_ scalar: UInt32) -> Beginnings {
    scalar < 0x10000 ? beginnings[Int(scalar)] : [.word, .name, .slip]
  }

  /// The longest word that begins at a place.
  /// - Parameter breaks: see `Trie.longest`.
  @inline(__always)
  func word(_ s: [UInt32], _ at: Int, breaks: [Bool] = []) -> (kind: WordClass, end: Int)? {
    beginnings(s[at]).contains(.word) ? longestWord(s, at, breaks) : nil
  }

  private func longestWord(_ s: [UInt32], _ at: Int, _ breaks: [Bool]) -> (kind: WordClass, end: Int)? {
    words.longest(s, at, breaks: breaks)
  }

  /// The longest name of a document that begins at a place, rightly spelled or not.
  @inline(__always)
  func name(_ s: [UInt32], _ at: Int) -> (kind: WordClass, end: Int)? {
    let beginnings = beginnings(s[at])
    return beginnings.isDisjoint(with: [.name, .slip]) ? nil : longestName(s, at, beginnings)
  }

  private func longestName(_ s: [UInt32], _ at: Int, _ beginnings: Beginnings) -> (kind: WordClass, end: Int)? {
    let name = beginnings.contains(.name) ? names.longest(s, at, as: Lexicon.loose) : nil
    guard beginnings.contains(.slip), let slipped = slips.longest(s, at), slipped.end > name?.end ?? 0 else {
      return name
    }
    return slipped
  }

  /// 腾讯云 before 账户注销须知 at JD Cloud: another provider's cloud.
  func isOtherBrand(_ word: ArraySlice<UInt32>) -> Bool {
    let name = slips.canonical(word.filter { $0 != 0x20 && $0 != 10 }.map(Lexicon.loose))
    let isCloud = name.last == Self.cloud || name.suffix(5).elementsEqual(Scalars.of("cloud"))
    return isCloud && !brands.contains(name)
  }
  private static let cloud: UInt32 = 0x4E91  // 云
  private static let lastOfCloud: UInt32 = 0x64  // d

  /// PLUS 注销须知: the notice of something that is no account of the provider's cloud; 京东云账户注销须知 says whose it is.
  func isOfOtherProduct(_ name: Range<Int>, _ s: [UInt32]) -> Bool {
    products.isBeside(name, in: s)
      && !brands.contains { ($0.last == Self.cloud || $0.last == Self.lastOfCloud) && s[name].starts(with: $0) }
  }

  /// The first product of another in a stretch of a text.
  func product(in range: Range<Int>, _ s: [UInt32]) -> Range<Int>? { products.first(in: range, of: s) }

  /// 认: what an unknown word says that is a clause of its own.
  func lone(_ word: ArraySlice<UInt32>) -> WordClass? { loneAgreements.contains(Array(word)) ? .agree : nil }

  /// The address of the closing notice's page.
  func isAddress(_ word: ArraySlice<UInt32>) -> Bool { addresses.contains(Self.address(word)) }

  /// An address without its scheme and without what stands behind the path.
  static func address(_ word: ArraySlice<UInt32>) -> [UInt32] {
    let from = word.firstIndex { $0 == Self.slash }.map { $0 + 2 } ?? word.startIndex
    var path = word[min(from, word.endIndex)...].prefix { $0 != 0x3F && $0 != 0x23 }  // ? #
    while path.last == Self.slash { path.removeLast() }
    return Array(path)
  }
  private static let slash: UInt32 = 0x2F

  /// 个人, 企业: whose account it is, not which.
  func isHolder(_ word: ArraySlice<UInt32>) -> Bool { holders.contains(Array(word)) }
}
