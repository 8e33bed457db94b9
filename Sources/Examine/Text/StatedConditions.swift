import ClosureModel

/// What the applicant himself says stands in the way of the closing: 账户余额还有200元, 我是云市场服务商. Facts come from the
/// export; what is said against a clear one, or where there is none, is for a person.
struct StatedConditions {
  private let page: Page
  private let words: Stems<StatedSection>
  private var script: Script { page.script }
  /// Arrears, a service provider or a filing is named somewhere in the text.
  private let hasNoun: Bool

  init(_ page: Page) {
    (self.page, words) = (page, page.vocabulary.stated)
    hasNoun = page.vocabulary.statedNouns.isIn(page.text.scalars[...])
  }

  /// The applicant's clauses that say so, by requirement: `arrears`, `balance`, `resources`, `service_provider`,
  /// `icp_filing`.
  func found() -> [Requirement: [Range<Int>]] {
    var found: [Requirement: [Range<Int>]] = [:]
    for index in script.clauses.indices where script.clauses[index].speaker == .applicant {
      let clause = script.clauses[index]
      guard hasNoun || clause.classes.meets(Self.things), mayTell(clause) else { continue }
      let said = page.text.scalars[clause.range.lowerBound..<end(of: index)]
      for requirement in Self.conditions where isAbout(requirement, clause, said) && holds(requirement, clause, said) {
        found[requirement, default: []].append(clause.range)
      }
    }
    return found
  }

  private static let conditions: [Requirement] = [.arrears, .balance, .resources, .serviceProvider, .icpFiling]

  private static let things = ClassSet(.balance, .resources)

  /// It asks, supposes and reports nothing, and tells of no other time.
  private func mayTell(_ clause: Clause) -> Bool {
    clause.end != .question && !clause.classes.meets(Self.otherwise)
      && !script.words(clause).contains { $0.isQuoted }
  }
  private static let otherwise = ClassSet(
    .question, .condition, .says, .instruct, .template, .third, .behalf, .elsewhere, .olden, .future)

  /// 余额 12.50 元: blanks part it.
  private func end(of index: Int) -> Int {
    var last = index
    while script.clauses[last].end == .gap, last + 1 < script.clauses.count, last - index < Self.mostGaps { last += 1 }
    return script.clauses[last].range.upperBound
  }
  private static let mostGaps = 3

  private func isAbout(_ requirement: Requirement, _ clause: Clause, _ said: ArraySlice<UInt32>) -> Bool {
    switch requirement {
    case .arrears: hasNoun && words.isIn(said, .arrears)
    case .balance: clause.has(.balance)
    case .resources: clause.has(.resources)
    case .serviceProvider: hasNoun && words.isIn(said, .provider)
    default: hasNoun && words.isIn(said, .filing)
    }
  }

  private func holds(_ requirement: Requirement, _ clause: Clause, _ said: ArraySlice<UInt32>) -> Bool {
    // 没有未结清的欠费
    if words.isIn(said, .nothing) { return false }
    // 欠费未结清, 服务器还没释放
    if words.isIn(said, .left) { return true }
    guard !isSettled(clause) else { return false }
    // 备案还没注销, 我是服务商: the words say it by themselves.
    if requirement == .serviceProvider || requirement == .icpFiling { return true }
    guard !clause.classes.meets(ClassSet(.negation, .none)) else { return false }
    switch requirement {
    case .resources: return hasCount(said) && (words.isIn(said, .there) || said.contains(Self.have))
    default: return words.isIn(said, .there) || isAmount(said)
    }
  }

  /// 余额 12 元要自己提，已提，到账了: the sentence says what became of it.
  private func isSettled(_ clause: Clause) -> Bool {
    script.clauses.contains {
      $0.sentence == clause.sentence
        && ($0.has(.waive) && !$0.has(.negation) || words.isIn(page.text.scalars[$0.range], .settled))
    }
  }

  /// 200元, ¥3.50, 三块: more than nothing.
  private func isAmount(_ said: ArraySlice<UInt32>) -> Bool {
    let isSpoken = said.indices.dropFirst().contains {
      Self.units.contains(said[$0]) && Self.numerals.contains(said[$0 - 1])
    }
    return isSpoken
      || said.contains { Scalars.isDigit($0) && $0 != 0x30 }
        && said.contains { Self.units.contains($0) || Self.signs.contains($0) }
  }
  private static let units = ScalarSet("元块毛角")
  private static let signs = ScalarSet("¥￥")
  private static let numerals = ScalarSet("一二三四五六七八九十百千万两几多")

  /// 2台, 两个, 几台
  private func hasCount(_ said: ArraySlice<UInt32>) -> Bool {
    said.indices.dropFirst().contains {
      Self.counters.contains(said[$0])
        && (Self.numerals.contains(said[$0 - 1]) || Scalars.isDigit(said[$0 - 1]) && said[$0 - 1] != 0x30)
    }
  }
  private static let have: UInt32 = 0x6709  // 有
  private static let counters = ScalarSet("台个块份套张枚块些")
}

/// What is said of the account: nouns of the conditions, and words that say whether they hold.
enum StatedSection: Int, StemSection {
  case arrears, provider, filing, there, left, nothing, settled, void, customer, takenBack, stop, supposed

  var section: String {
    switch self {
    case .arrears: "stated_arrears"
    case .provider: "stated_provider"
    case .filing: "stated_filing"
    case .there: "stated_there"
    case .left: "stated_left"
    case .nothing: "stated_nothing"
    case .settled: "stated_settled"
    case .void: "stated_void"
    case .customer: "note_customer"
    case .takenBack: "note_taken_back"
    case .stop: "note_stop"
    case .supposed: "note_supposed"
    }
  }
}
