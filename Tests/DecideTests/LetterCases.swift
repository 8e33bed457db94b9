import ClosureModel

private func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
  Day(year: year, month: month, day: day) ?? Day(ordinal: 0)
}

/// A letter that was opened and read, open to change; as it is, it must be accepted.
struct LetterSample: Sendable {
  var name = "同意书.jpg"
  var type = AttachmentFact.FileType.jpeg
  var failures: [DecodeFailure] = []
  var depth = AttachmentReading.Depth.read
  var problems: [AttachmentReading.Problem.Code] = []
  var title = LetterReading.Title.State.exact
  var company = LetterReading.Comparison.State.equal
  var account = LetterReading.Comparison.State.equal
  var date = LetterReading.DateField.State.day(day(2026, 11, 10))
  var statement = LetterReading.Statement.State.affirmed
  var isBlank = false
  var isLetter = true
  var kind = SealReading.Kind.company
  var shape = SealReading.Shape.round
  var ink = SealReading.Ink.red
  var flaws: Set<SealReading.Flaw> = []
  var ring: LetterReading.Ring.Verdict? = .matched
  var hasSeal = true
  /// What it says against a letter beside it.
  var objection: String?
  /// A second company seal beside the first.
  var second: LetterReading.Ring.Verdict?

  init(_ change: (inout LetterSample) -> Void = { _ in }) { change(&self) }

  private static let box = Evidence.Box(x: 600, y: 900, width: 200, height: 200)

  private var seal: SealReading {
    SealReading(
      kind: kind, shape: shape, ink: ink, box: Self.box, score: 0.95, hasStar: kind == .company, flaws: flaws)
  }

  var reading: AttachmentReading {
    let place = Evidence(.attachment(name), page: 1, box: Self.box)
    func field(_ text: String) -> LetterReading.Field {
      LetterReading.Field(text: text, evidence: [Evidence(.attachment(name), quote: text, page: 1, box: Self.box)])
    }
    func ring(_ verdict: LetterReading.Ring.Verdict) -> LetterReading.Ring {
      LetterReading.Ring(verdict: verdict, loss: -0.2, worst: -2, worstAt: 3, lead: 6, text: "样例云海科技有限公司")
    }
    var seals: [LetterReading.Sealed] = []
    if hasSeal { seals.append(LetterReading.Sealed(page: 1, seal: seal, ring: self.ring.map(ring), evidence: place)) }
    if let second {
      seals.append(LetterReading.Sealed(page: 1, seal: seal, ring: ring(second), evidence: place))
    }
    let letter = LetterReading(
      entry: nil, pages: [1], title: .init(state: title, field: title == .absent ? nil : field("注销京东云账号同意书")),
      company: .init(state: company, field: company == .notRead ? nil : field("样例云海科技有限公司")),
      account: .init(state: account, field: account == .notRead ? nil : field("jdc_test")),
      date: .init(state: date, field: date == .missing ? nil : field("2026年11月10日")), contactName: nil, phone: nil,
      email: nil, statement: .init(state: statement, field: statement == .notRead ? nil : field("现同意注销上述账号")),
      isBlankTemplate: isBlank, otherDocument: nil, seals: seals)
    let page = PageFacts(
      number: 1, width: 1600, height: 2200, colour: .colour, rotation: 0, skew: 0, sharpness: 0.8, isBlank: false,
      isTooSmall: false, sheet: nil, seals: hasSeal ? [seal] : [])
    var reading = AttachmentReading(
      name: name, sha256: String(repeating: "0", count: 64), type: type, failures: failures, pages: [page],
      depth: depth, problems: problems.map { .init($0, page: 1, evidence: place) }, letter: isLetter ? letter : nil)
    reading.objection = objection.map { Evidence(.attachment(name), quote: $0, page: 1) }
    return reading
  }
}

extension RuleCases {
  static func letterCase(
    _ name: String, _ outcome: Outcome, _ codes: [FindingCode: Verdict],
    _ changes: [(inout LetterSample) -> Void], also: (inout Sample) -> Void = { _ in }
  ) -> RuleCase {
    RuleCase(name, outcome, codes) { sample in
      sample.ticket.declaredKind = "企业实名"
      sample.consent = statement(.denied, "consent.missing")
      for (index, change) in changes.enumerated() {
        var letter = LetterSample(change)
        if index > 0 { letter.name = "\(index)-" + letter.name }
        sample.attachments.append(file(letter.name, found(.jpeg)))
        sample.readings.append(letter.reading)
      }
      also(&sample)
    }
  }

  private static func single(
    _ outcome: Outcome, _ code: FindingCode, _ verdict: Verdict, _ name: String,
    _ change: @escaping (inout LetterSample) -> Void
  ) -> RuleCase { letterCase("letter: \(name)", outcome, [code: verdict], [change]) }

  static let letterRead: [RuleCase] = [
    single(.accepted, .letterSatisfied, .satisfied, "whole") { _ in },
    single(.review, .letterNotRead, .doubtful, "no recogniser") { $0.problems = [.notRead] },
    single(.review, .letterNotRead, .doubtful, "a weak recogniser") { $0.problems = [.weakRecognizer] },
    single(.incomplete, .letterUnreadable, .unusable, "nothing that can be read") {
      ($0.problems, $0.isLetter) = ([.unreadable], false)
    },
    single(.incomplete, .letterWrongDocument, .unusable, "another document") { $0.title = .otherDocument },
    single(.incomplete, .letterBlank, .unusable, "a blank form") {
      ($0.isBlank, $0.company, $0.account, $0.date) = (true, .blank, .blank, .missing)
    },
    single(.review, .letterSeveral, .doubtful, "two that differ in one file") { $0.problems = [.severalLetters] },
    single(.review, .letterTitle, .doubtful, "a title close to it") { $0.title = .near },
    single(.review, .letterTitle, .doubtful, "no title") { $0.title = .absent },
    single(.review, .letterTitle, .doubtful, "no letter on any page") { $0.isLetter = false },
    single(.review, .letterCompanyMissing, .doubtful, "no company") { $0.company = .blank },
    single(.incomplete, .letterCompanyMismatch, .contradicted, "another company") { $0.company = .differs },
    single(.review, .letterCompanyUnclear, .doubtful, "company not read") { $0.company = .notRead },
    single(.review, .letterAccountMissing, .doubtful, "no account") { $0.account = .blank },
    single(.incomplete, .letterAccountMismatch, .contradicted, "another account") { $0.account = .differs },
    single(.review, .letterAccountUnclear, .doubtful, "account not read") { $0.account = .notRead },
    single(.incomplete, .letterDateMissing, .unusable, "no date") { $0.date = .missing },
    single(.review, .letterDateUnclear, .doubtful, "date not read") { $0.date = .unreadable },
    single(.review, .letterDateFuture, .doubtful, "dated after the ticket") {
      $0.date = .day(day(2026, 11, 19))
    },
    single(.accepted, .letterSatisfied, .satisfied, "dated on the ticket's day") {
      $0.date = .day(day(2026, 11, 18))
    },
    single(.review, .letterDateExpired, .doubtful, "dated long before") {
      $0.date = .day(day(2025, 11, 17))
    },
    single(.accepted, .letterSatisfied, .satisfied, "dated as long before as allowed") {
      $0.date = .day(day(2025, 11, 18))
    },
    single(.review, .letterStatementConditional, .doubtful, "a condition") { $0.statement = .conditional },
    single(.review, .letterStatementRefused, .doubtful, "a refusal") { $0.statement = .refused },
    single(.incomplete, .letterStatementOther, .unusable, "agrees to something else") { $0.statement = .other },
    single(.review, .letterStatementUnclear, .doubtful, "statement not read") { $0.statement = .notRead },
    single(.review, .letterStatementUnclear, .doubtful, "作废 on it") { $0.statement = .marked },
    single(.review, .letterSealUnclear, .doubtful, "the seal on a page with nothing else") {
      $0.problems = [.sealApart]
    },
    letterCase(
      "letter: whole, and beside it one without a seal that takes it back", .review,
      [.letterSatisfied: .satisfied, .letterSeveral: .doubtful],
      [
        { _ in },
        {
          ($0.problems, $0.hasSeal, $0.isLetter, $0.depth) = ([.noSeal], false, false, .looked)
          $0.objection = "前述同意书作废"
        },
      ]),
    letterCase(
      "letter: whole, and beside it a power of attorney that takes it back", .review,
      [.letterSatisfied: .satisfied, .letterSeveral: .doubtful],
      [
        { _ in },
        {
          $0.name = "授权委托书.jpg"
          $0.objection = "我单位撤回前述同意"
        },
      ]),
    letterCase(
      "letter: whole, and beside it one without a seal", .accepted, [.letterSatisfied: .satisfied],
      [{ _ in }, { ($0.problems, $0.hasSeal, $0.isLetter, $0.depth) = ([.noSeal], false, false, .looked) }]),
    single(.incomplete, .letterSealMissing, .missing, "no seal") {
      ($0.problems, $0.hasSeal, $0.isLetter, $0.depth) = ([.noSeal], false, false, .looked)
    },
    single(.incomplete, .letterSealMissing, .missing, "a logo") {
      ($0.problems, $0.flaws, $0.isLetter, $0.depth) = ([.noCompanySeal], [.notASeal], false, .looked)
    },
    single(.incomplete, .letterSealSpecialPurpose, .unusable, "合同专用章") {
      ($0.problems, $0.kind, $0.isLetter, $0.depth) = ([.noCompanySeal], .specialPurpose, false, .looked)
    },
    single(.incomplete, .letterSealSpecialPurpose, .unusable, "an oval seal, found with the words") {
      ($0.shape, $0.kind) = (.oval, .unknown)
    },
    single(.incomplete, .letterSealPersonal, .unusable, "a personal chop") {
      ($0.problems, $0.kind, $0.shape, $0.isLetter, $0.depth) = ([.noCompanySeal], .personal, .square, false, .looked)
    },
    single(.incomplete, .letterSealNotRed, .unusable, "a blue seal") {
      ($0.problems, $0.ink, $0.isLetter, $0.depth) = ([.noCompanySeal], .blue, false, .looked)
    },
    single(.incomplete, .letterSealCutOff, .unusable, "cut off") { $0.flaws = [.cutOff] },
    single(.review, .letterSealFaint, .doubtful, "faint") { ($0.flaws, $0.ring) = ([.faint], .undecided) },
    single(.review, .letterSealSuspect, .doubtful, "pasted") { $0.flaws = [.uniformInk] },
    single(.review, .letterSealSuspect, .doubtful, "pasted and cut off") { $0.flaws = [.uniformInk, .cutOff] },
    single(.incomplete, .letterSealCompanyMismatch, .contradicted, "another company's") { $0.ring = .contradicted },
    single(.review, .letterSealCompanyMismatch, .doubtful, "another company's beside the right one") {
      $0.second = .contradicted
    },
    single(.accepted, .letterSatisfied, .satisfied, "an unread one beside the right one") { $0.second = .undecided },
    single(.review, .letterSealUnclear, .doubtful, "ring not read") { $0.ring = .undecided },
    single(.review, .letterSealUnclear, .doubtful, "ring not looked at") { $0.ring = nil },
    single(.review, .letterSealUnclear, .doubtful, "round, red and of no known kind") { $0.kind = .unknown },
    single(.incomplete, .letterSealGrey, .unusable, "a red seal photocopied on a colour page") {
      ($0.problems, $0.ink, $0.isLetter, $0.depth) = ([.noCompanySeal], .grey, false, .looked)
    },
    single(.incomplete, .letterSealMissing, .missing, "grey, and nothing like a seal") {
      ($0.problems, $0.hasSeal, $0.isLetter, $0.depth) = ([.grey], false, false, .looked)
    },
    single(.incomplete, .letterAccountMismatch, .contradicted, "another account, and the ring not read") {
      ($0.account, $0.ring) = (.differs, .undecided)
    },
    single(.review, .attachmentOverLimit, .doubtful, "another account, and more pages than are read") {
      ($0.account, $0.failures) = (.differs, [DecodeFailure(.tooManyPages, "12 pages")])
    },
    single(.review, .letterNotExamined, .doubtful, "whole, in a Word document") { $0.type = .docx },
    single(.incomplete, .letterSealGrey, .unusable, "grey") {
      ($0.problems, $0.isLetter, $0.depth) = ([.grey], false, .looked)
    },
    single(.incomplete, .letterUnreadable, .unusable, "blurred") {
      ($0.problems, $0.isLetter, $0.depth) = ([.blurred], false, .looked)
    },
    single(.incomplete, .letterUnreadable, .unusable, "too small") {
      ($0.problems, $0.isLetter, $0.depth) = ([.tooSmall], false, .looked)
    },
    single(.incomplete, .letterUnreadable, .unusable, "blank page") {
      ($0.problems, $0.hasSeal, $0.isLetter, $0.depth) = ([.blank], false, false, .looked)
    },
    single(.incomplete, .attachmentLocked, .unusable, "locked") {
      ($0.failures, $0.isLetter, $0.depth) = ([DecodeFailure(.encrypted, "locked")], false, .notOpened)
    },
    single(.incomplete, .attachmentUnreadable, .unusable, "broken") {
      ($0.failures, $0.isLetter, $0.depth) = ([DecodeFailure(.broken, "cut short")], false, .notOpened)
    },
    single(.review, .attachmentOverLimit, .doubtful, "a page more than is read beside a whole letter") {
      $0.failures = [DecodeFailure(.tooManyPages, "12 pages")]
    },
    single(.review, .attachmentNotOpened, .doubtful, "no decoder") {
      ($0.failures, $0.isLetter, $0.depth) = ([DecodeFailure(.unavailable, "no worker")], false, .notOpened)
    },
    single(.review, .letterNotExamined, .doubtful, "looked at only, and nothing said against it") {
      $0.depth = .looked
    },
    letterCase(
      "letter: whole beside a copy without the seal", .accepted, [.letterSatisfied: .satisfied],
      [{ _ in }, { ($0.problems, $0.hasSeal, $0.isLetter, $0.depth) = ([.noSeal], false, false, .looked) }]),
    letterCase(
      "letter: whole beside one that refuses", .review, [.letterSeveral: .doubtful],
      [{ _ in }, { $0.statement = .refused }]),
    letterCase(
      "letter: whole beside another document", .accepted, [.letterSatisfied: .satisfied],
      [{ _ in }, { $0.title = .otherDocument }]),
    letterCase(
      "letter: whole, and in another applicant's ticket", .review, [.letterReused: .doubtful], [{ _ in }],
      also: { $0.reused = [.init(name: "同意书.jpg", ticket: Ticket.ID("T-9"))] }),
    letterCase(
      "letter: with a fault, and in another applicant's ticket", .review,
      [.letterReused: .doubtful, .letterAccountMismatch: .contradicted], [{ $0.account = .differs }],
      also: { $0.reused = [.init(name: "同意书.jpg", ticket: Ticket.ID("T-9"))] }),
    letterCase(
      "letter: a blurred page that others send too", .incomplete, [.letterUnreadable: .unusable],
      [{ ($0.problems, $0.isLetter, $0.depth) = ([.blurred], false, .looked) }],
      also: { $0.reused = [.init(name: "同意书.jpg", ticket: Ticket.ID("T-9"))] }),
    letterCase(
      "letter: whole beside another paper that others use too", .accepted, [.letterSatisfied: .satisfied],
      [{ _ in }, { $0.title = .otherDocument }],
      also: { $0.reused = [.init(name: "1-同意书.jpg", ticket: Ticket.ID("T-9"))] }),
    letterCase(
      "letter: whole, and the ticket asks to wait", .review, [.letterTextAgainst: .doubtful], [{ _ in }],
      also: { $0.consent = statement(.unclear, "consent.delayed", "先退款再注销") }),
  ]
}
