import ClosureModel

/// Finds addresses and numbers in a cell or a text and says whose they are.
final class Contacts: Sendable {
  let provider: Policy.ProviderContacts
  let words: ContactWords
  private let providerDigits: [[UInt8]]
  private let providerDomains: [[UInt8]]

  init(provider: Policy.ProviderContacts, slips words: ContactWords) {
    self.provider = provider
    self.words = words
    providerDomains = provider.domains.map { Array($0.utf8) }
    providerDigits = provider.phones.map { phone in
      phone.unicodeScalars.filter { Scalars.isDigit($0.value) }.map { UInt8($0.value - 0x30) }
    }
  }

  /// A form's cell. One that holds a plain address or mobile number alone needs no search.
  func emails(cell: String, _ column: TicketField) -> [ContactReading] {
    if cell.isEmpty { return [] }
    let given = Scalars.of(cell)
    if let plain = plain(given, cell, column) { return [plain] }
    let text = Normaliser.normalise(given)
    func evidence(_ range: Range<Int>) -> Evidence {
      Evidence(.column(column), span: text.source(range), quote: text.string(range))
    }
    return Self.orInvalid(noted(emails(text, given: given, evidence), text), cell, column)
  }

  /// An address of letters and digits that nothing stands around and no spelled-out @ (`_at_`) stands in.
  private func plain(_ given: [UInt32], _ cell: String, _ column: TicketField) -> ContactReading? {
    guard let at = EmailAddress.plainAt(given), Scalars.isWord(given[0]), !given.contains(0x5F),
      !given[at...].contains(where: { (0x41...0x5A).contains($0) })
    else { return nil }
    let verdict = EmailJudge(domains: words.domains).judge(given)
    let top = given[(given.lastIndex(of: 0x2E).map { $0 + 1 } ?? 0)...]
    guard verdict.suggestion != nil || !words.domains.isFileEnding(Scalars.lowerASCII(top)),
      verdict.fault != .unknownTop
    else { return nil }
    return ContactReading(
      value: verdict.value, status: verdict.status, suggestion: verdict.suggestion,
      evidence: Evidence(.column(column), span: given.indices, quote: Scalars.lowerASCII(given[...])),
      owner: isProvider(domainOf: verdict.value) ? .agent : .applicant)
  }

  func phones(cell: String, _ column: TicketField) -> [ContactReading] {
    if cell.isEmpty { return [] }
    if let number = PlainCell.mobile(cell) {
      let evidence = Evidence(.column(column), span: 0..<cell.utf8.count, quote: cell)
      return [
        ContactReading(
          value: number, status: .valid, evidence: evidence, owner: isProvider(number: number) ? .agent : .applicant)
      ]
    }
    let given = Scalars.of(cell)
    let text = Normaliser.normalise(given)
    func evidence(_ range: Range<Int>) -> Evidence {
      Evidence(.column(column), span: text.source(range), quote: text.string(range))
    }
    return Self.orInvalid(noted(phones(text, given: given, isCell: true, evidence), text), cell, column)
  }

  /// Of a cell that holds one contact and nothing else but a note against it (旧, 错号, 非本人, 已停用): taken back.
  private func noted(_ found: [ContactReading], _ text: NormalText) -> [ContactReading] {
    guard found.count == 1, !found[0].isDisowned, let quote = found[0].evidence.quote.map(Scalars.of),
      let place = Scalars.firstRange(of: quote, in: text.scalars[...])
    else { return found }
    var rest = (text.scalars[..<place.lowerBound] + text.scalars[place.upperBound...])
      .filter { Scalars.isWord($0) || Scalars.isHan($0) }
    while let last = rest.last, Self.particles.contains(last) { rest.removeLast() }
    guard !rest.isEmpty, rest.count <= Self.longestNote,
      Self.notes.contains(Scalars.string(rest))
        || words.phrases.match(rest, 0, below: rest.count, [.dead, .former])?.length == rest.count
    else { return found }
    return [found[0].owned(by: .unknown, isDisowned: true)]
  }
  /// 的 了
  private static let particles = ScalarSet("的了")
  private static let longestNote = 12
  /// What is no word for dead in a sentence, and is one alone.
  private static let notes: Set<String> = [
    "旧", "旧号", "老号", "错", "错号", "错误", "写错", "非本人", "不是本人", "不是我", "别人", "他人", "前任", "前同事", "前员工", "离职", "已离职",
    "待确认", "待核实", "存疑", "不确定", "假", "打不通", "空", "废", "废弃", "无效", "勿用", "勿打", "不用", "不要", "停", "wrong", "dead", "old",
    "invalid", "unused", "disconnected", "notmine",
  ]

  /// - Parameter given: the text before normalisation; from it the local part takes its case. Empty: not at hand.
  /// - Parameter isCell: the whole text is a form field, so no label is needed.
  func emails(
    _ text: NormalText, given: [UInt32] = [], _ evidence: (Range<Int>) -> Evidence
  ) -> [ContactReading] {
    guard EmailFinder.mayFind(in: text.scalars, words.domains) else { return [] }
    let around = Surroundings(s: text.scalars, words: words)
    let hits = mailFinder(text, given, around).find()
    guard !hits.isEmpty else { return [] }
    let owner = ContactOwner(around: around)
    let verdicts = owner.verdicts(
      hits.map { ContactOwner.Place(range: $0.range, isHotline: false, shape: .other, isAddress: true) })
    let dead = dead(zip(hits.lazy.map(\.value), verdicts))
    return zip(hits, verdicts).map { hit, verdict in
      let isDead = dead.contains(hit.value)
      return ContactReading(
        value: hit.value, status: hit.status, suggestion: hit.suggestion, evidence: evidence(hit.range),
        owner: isProvider(domainOf: hit.value) ? .agent : Self.owner(verdict, isDead),
        isDisowned: isDead || owner.isStrangers(hit.range, verdict))
    }
  }

  func phones(
    _ text: NormalText, given: [UInt32] = [], isCell: Bool, _ evidence: (Range<Int>) -> Evidence
  ) -> [ContactReading] {
    let around = Surroundings(s: text.scalars, words: words)
    let mails = text.traces.mayHold(0x40) ? mailFinder(text, given, around).spans() : []
    var finder = PhoneFinder(text, around: around, isCell: isCell, providerDigits: providerDigits, mails: mails)
    let hits = finder.find()
    guard !hits.isEmpty else { return [] }
    let owner = ContactOwner(around: around)
    let verdicts = owner.verdicts(
      hits.map { ContactOwner.Place(range: $0.range, isHotline: $0.shape == .hotline, shape: $0.shape) })
    let dead = dead(zip(hits.lazy.map(\.value), verdicts))
    return zip(hits, verdicts).map { hit, verdict in
      let isDead = dead.contains(hit.value)
      return ContactReading(
        value: hit.value, ext: hit.ext, status: hit.status, suggestion: hit.suggestion, evidence: evidence(hit.range),
        owner: isProvider(number: hit.value) ? .agent : Self.owner(verdict, isDead),
        isDisowned: isDead || owner.isStrangers(hit.range, verdict))
    }
  }

  private func mailFinder(_ text: NormalText, _ given: [UInt32], _ around: Surroundings) -> EmailFinder {
    EmailFinder(
      text: text, given: given, around: around, judge: EmailJudge(domains: words.domains), domains: words.domains)
  }

  /// A value that was said once to be wrong is wrong wherever it stands.
  private func dead(_ all: some Sequence<(String, ContactOwner.Verdict)>) -> Set<String> {
    var dead: Set<String> = []
    for (value, verdict) in all where verdict == .dead { dead.insert(value) }
    return dead
  }

  private static func owner(_ verdict: ContactOwner.Verdict, _ isDead: Bool) -> ContactReading.Owner {
    switch verdict {
    case .applicant: isDead ? .unknown : .applicant
    case .agent: .agent
    case .other, .dead: .unknown
    }
  }

  /// A security contact that is masked: the domain's spelling and the provider's own are told from what is to be seen.
  func masked(_ reading: ContactReading) -> ContactReading {
    if isProvider(domainOf: reading.value) || isProvider(number: reading.value) {
      return reading.owned(by: .agent, isDisowned: false)
    }
    guard let at = reading.value.lastIndex(of: "@"),
      let right = words.domains.suggestion(for: reading.value[reading.value.index(after: at)...].lowercased())
    else { return reading }
    return ContactReading(
      value: reading.value, status: .suspect, suggestion: reading.value[...at] + right, evidence: reading.evidence,
      owner: reading.owner)
  }

  private func isProvider(domainOf value: String) -> Bool {
    guard let at = value.utf8.lastIndex(of: 0x40) else { return false }
    let domain = value[value.utf8.index(after: at)...]
    let isOwn = domain.utf8.withContiguousStorageIfAvailable(isProvider) ?? nil
    if let isOwn { return isOwn }
    let folded = domain.lowercased()
    return provider.domains.contains { folded == $0 || folded.hasSuffix("." + $0) }
  }

  /// Nil for a domain in other scripts, which needs more than its bytes.
  private func isProvider(_ domain: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard domain.allSatisfy({ $0 < 0x80 }) else { return nil }
    return providerDomains.contains { own in
      let head = domain.count - own.count
      guard head >= 0, head == 0 || domain[head - 1] == 0x2E else { return false }
      return own.indices.allSatisfy { Scalars.fold(UInt32(domain[head + $0])) == UInt32(own[$0]) }
    }
  }

  private func isProvider(number: String) -> Bool {
    guard let last = number.utf8.last(where: { $0 &- 0x30 < 10 }),
      providerDigits.contains(where: { $0.last == last &- 0x30 })
    else { return false }
    let digits = number.utf8.map { $0 &- 0x30 }.filter { $0 < 10 }
    let national = digits.dropFirst(number.hasPrefix("+86") ? 2 : 0)
    // An own landline is written with the 0 of its area code.
    return providerDigits.contains { own in
      own.count == national.count && own.elementsEqual(national)
        || own.count == digits.count && own.elementsEqual(digits)
        || own.count == national.count + 1 && own[0] == 0 && own.dropFirst().elementsEqual(national)
    }
  }

  /// What may stand between two contacts of one list.
  static func isJoiner(_ s: UInt32) -> Bool {
    switch s {
    // Blank, line break, / , ; | & 、 或 和 及 与 or
    case 0x20, 0x2F, 0x2C, 0x3B, 0x7C, 0x26, 0x3001, 0x6216, 0x548C, 0x53CA, 0x4E0E, 0xFF1B, 0xFF0C, 0x6F, 0x72, 0x3C,
      0x3E, 0x28, 0x29:
      true
    default: false
    }
  }

  private static let blanks: Set<String> = [
    "", "无", "没有", "暂无", "空", "-", "--", "/", "none", "null", "n/a", "na", "nil",
  ]

  /// A cell that says something, but no address or number, is an invalid one; 无 and the like say nothing.
  private static func orInvalid(_ found: [ContactReading], _ cell: String, _ column: TicketField) -> [ContactReading] {
    guard found.isEmpty, !blanks.contains(Folding.fold(cell)) else { return found }
    return [
      ContactReading(
        value: cell, status: .invalid, evidence: Evidence(.column(column), span: nil, quote: cell), owner: .applicant)
    ]
  }

  /// What stands on an agent's or the system's line is not the applicant's.
  /// - Parameter foreign: in the order of the text, not overlapping.
  static func owned(_ found: [ContactReading], _ foreign: [Range<Int>]) -> [ContactReading] {
    if foreign.isEmpty { return found }
    return found.map { reading in
      guard let at = reading.evidence.span?.lowerBound, contains(foreign, at) else { return reading }
      return reading.owned(by: .agent, isDisowned: false)
    }
  }

  /// - Parameter ranges: in order, not overlapping.
  static func contains(_ ranges: [Range<Int>], _ at: Int) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= at { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(at)
  }
}
