public import ClosureModel

/// Reads what a ticket says: facts with their places, no consequence.
public struct TicketExaminer: Sendable {
  private let vocabulary: Vocabulary
  private let contacts: Contacts
  private let identifiers: Identifiers
  private let subjects = SubjectReadings()
  private let maxScalars: Int
  /// What a letter's words are read behind.
  private let plainStatement: String
  /// What a ticket's title is read behind.
  private let ownStatement: [UInt32]
  /// The policy asks for security contacts, for identity numbers of some kind of applicant: they are looked for then.
  private let asksForSecurity: Bool
  private let asksForNumbers: Bool

  /// - Parameter lexicons: the files of `Templates/lexicons`, name and content.
  /// - Throws: `ExamineError` with file and line for a lexicon that cannot be used, or with the name of a library that is
  ///   missing.
  public init(policy: Policy, lexicons: [(file: String, text: String)]) throws(ExamineError) {
    try LazyLibraries.check()
    identifiers = Identifiers(words: try IdentifierWords(lexicons))
    var names = try Lexicon(
      lexicons.filter {
        !IdentifierWords.isFile($0.file) && !ContactWords.owns($0.file) && !RemarkWeights.owns($0.file)
          && !OrdinaryRemarks.owns($0.file)
      })
    for name in [policy.notice.title] + policy.notice.aliases {
      names.addName(name, names.isBare(name) ? .short : .notice)
    }
    if let (file, section) = names.missingStems {
      throw ExamineError(
        file: file, line: nil, what: "section [\(section)] is missing",
        fix: "Restore it from the delivered lexicons.")
    }
    names.addAddress(policy.sourceURL)
    names.addBrand(inTitles: policy.provider, id: policy.id)
    for name in policy.notice.other + (policy.letter?.titles ?? []) { names.addName(name, .document) }
    for name in policy.notice.ambiguous where !names.isBare(name) { names.addName(name, .ambiguous) }
    for declaration in policy.declarations { try Self.add(declaration, policy.id, to: &names) }
    vocabulary = Vocabulary(names, try Self.weights(lexicons), try Self.ordinary(lexicons))
    contacts = Contacts(provider: policy.providerContacts, slips: try ContactWords(lexicons))
    maxScalars = policy.maxBodyScalars
    plainStatement = "本公司已阅读并同意《\(policy.notice.title)》。"
    ownStatement = Scalars.of("本人已阅读并同意《\(policy.notice.title)》，请注销账号。\n")
    let asked = Set(policy.material.values.joined())
    (asksForSecurity, asksForNumbers) = (asked.contains(.securityContact), asked.contains(.identityNumber))
  }

  private static func weights(_ lexicons: [(file: String, text: String)]) throws(ExamineError) -> RemarkWeights {
    let (file, text) = try delivered(RemarkWeights.file, lexicons.first { RemarkWeights.owns($0.file) })
    return try RemarkWeights(file: file, text: text)
  }

  private static func ordinary(_ lexicons: [(file: String, text: String)]) throws(ExamineError) -> OrdinaryRemarks {
    let (file, text) = try delivered(OrdinaryRemarks.file, lexicons.first { OrdinaryRemarks.owns($0.file) })
    return try OrdinaryRemarks(file: file, text: text)
  }

  private static func delivered(
    _ name: String, _ found: (file: String, text: String)?
  ) throws(ExamineError) -> (file: String, text: String) {
    guard let found else {
      throw ExamineError(
        file: name, line: nil, what: "the file is missing", fix: "Restore it from the delivered lexicons.")
    }
    return found
  }

  /// The policy's words of a declaration, beside those of the lexicons.
  private static func add(
    _ declaration: Policy.Declaration, _ policy: String, to lexicon: inout Lexicon
  ) throws(ExamineError) {
    let (act, object): (WordClass, WordClass) =
      switch declaration.kind {
      case .balanceWaiver: (.waive, .balance)
      case .resourceWaiver: (.waive, .resources)
      case .withdrawal: (.keep, .keep)
      case .delay: (.pause, .pause)
      }
    for (words, kind) in [(declaration.acts, act), (declaration.objects, object)] {
      for word in words {
        if let before = lexicon.add(word, kind), before != kind {
          throw ExamineError(
            file: "policy \(policy)", line: nil,
            what: "“\(word)” under declarations.\(declaration.kind.rawValue) is a word of [\(before)] in the lexicons",
            fix: "Write a longer phrase, or move the word in Templates/lexicons.")
        }
      }
    }
  }

  /// Reads one text; evidence has the source `.body` and spans in Unicode scalars of `text`.
  public func read(_ text: String) -> TextReading {
    reading([Part(source: .body, scalars: Scalars.of(text))], withNumbers: true)
  }

  /// Reads a letter's text: formal words of which the weights of tickets' remarks know nothing, so that none is weighed.
  func readLetter(_ text: String) -> TextReading {
    reading(Part(source: .body, scalars: Scalars.of(text)), nil, true, isWeighed: false)
  }

  /// Reads a letter's text around a plain statement: what would spoil that in a ticket spoils the letter's own.
  /// - Returns: the first of the readings that is not affirmed, or the last.
  func readAroundStatement(_ text: String) -> StatementReading {
    let behind = readLetter(plainStatement + "\n" + text).consent
    return behind.label == .affirmed ? readLetter(text + "\n" + plainStatement).consent : behind
  }

  /// 请下周一注销, 请等退款后办理: what is asked for has a time to come.
  func isHeldUp(_ request: String) -> Bool {
    let page = page(Scalars.of(request)).page
    let own = Array(page.script.clauses.indices)
    let checks = ClauseChecks(page, own: own, isWeighed: false)
    return own.contains(where: checks.isHeldUp)
  }

  /// The cells that a decision compares; what is known of a ticket before its text is read.
  public func folded(_ ticket: Ticket) -> FoldedFields {
    FoldedFields(
      category: Folding.fold(ticket.category), status: Folding.fold(ticket.status),
      kind: Folding.fold(ticket.declaredKind), account: Folding.fold(ticket.account),
      categoryPath: Self.segments(ticket.fullCategory),
      contradictions: ticket.contradictions.map { $0.cells.map { Folding.fold($0.text) } })
  }

  /// Blanks part a path too, and are gone where the whole is folded.
  private static func segments(_ category: String) -> [String] {
    // Most categories are one word.
    guard category.unicodeScalars.contains(where: isSeparator) else { return [] }
    return category.unicodeScalars.split(whereSeparator: isSeparator).map { Folding.fold(String($0)) }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    // Most are Chinese characters.
    !(0x4E00...0x9FFF).contains(scalar.value) && (scalar.properties.isWhitespace || separators.contains(scalar))
  }
  private static let separators = Set("/>-:：、|\\→»›—–·_,，;；([{【（［)]}】）］＞／－｜".unicodeScalars)

  public func examine(_ ticket: Ticket, attachments: [AttachmentFact]) -> Examination {
    examine(ticket, folded(ticket), attachments: attachments)
  }

  /// Security contacts and identity numbers are left out where the policy asks nobody for them.
  /// - Parameter folded: what `folded` makes of the ticket.
  public func examine(_ ticket: Ticket, _ folded: FoldedFields, attachments: [AttachmentFact]) -> Examination {
    let today = ticket.submittedAt?.day()
    let body = Part(source: .body, scalars: Scalars.of(ticket.body))
    var parts = [body]
    let subject = Scalars.of(ticket.subject)
    if !Self.isBeginning(subject, of: body.scalars) { parts.insert(Part(source: .subject, scalars: subject), at: 0) }
    for (index, message) in ticket.replies.enumerated() where message.author == .customer {
      parts.append(Part(source: .message(index), scalars: Scalars.of(message.text)))
    }
    // A message of nobody known may take everything back: a person reads it.
    let unattributed = ticket.replies.firstIndex { $0.author == .unknown }.map { Evidence(.message($0)) }
    return Examination(
      text: reading(parts, notes(ticket), on: today, withNumbers: asksForNumbers, company: ticket.company),
      folded: folded,
      formEmails: contacts.emails(cell: ticket.contactEmail, .email),
      formPhones: contacts.phones(cell: ticket.contactPhone, .phone),
      securityContacts: asksForSecurity ? AccountCells.securityContacts(ticket, contacts) : [],
      formIdentityNumbers: asksForNumbers ? AccountCells.identityNumbers(ticket, on: today) : [],
      attachments: attachments, damagedText: parts.lazy.compactMap(damage).first, unattributed: unattributed,
      textLength: body.scalars.count + ticket.replies.reduce(0) { $0 + $1.text.unicodeScalars.count })
  }

  /// What a colleague wrote that stops the ticket.
  private func notes(_ ticket: Ticket) -> [TextReading] {
    ticket.replies.enumerated().compactMap { index, message in
      guard message.author == .agent else { return nil }
      let scalars = Scalars.of(message.text)
      let page = page(scalars).page
      return ColleagueNotes(vocabulary: vocabulary).stop(in: page).map { range in
        let span = page.text.source(range)
        return ColleagueNotes.reading(
          Evidence(.message(index), span: span, quote: Scalars.string(scalars[span])))
      }
    }
  }

  /// A system made the title of the body's first words, cut off or not: they are read there.
  private static func isBeginning(_ subject: [UInt32], of body: [UInt32]) -> Bool {
    var words = subject[...]
    while let last = words.last, ellipses.contains(last) { words = words.dropLast() }
    return words.count >= shortestBeginning && body.starts(with: words)
  }
  private static let ellipses = ScalarSet(".… ")
  private static let shortestBeginning = 6

  /// A text of the ticket.
  private struct Part {
    let source: Evidence.Source
    let scalars: [UInt32]
  }

  private func damage(_ part: Part) -> Evidence? {
    let place = part.scalars.withUnsafeBufferPointer { scalars in
      // Most scalars are Chinese, most others printing ASCII.
      scalars.firstIndex { $0 &- 0x3000 >= 0xCDD0 && $0 &- 0x20 >= 0x5F && Self.isDamage($0) }
    }
    return place.map { Evidence(part.source, span: $0..<($0 + 1)) }
  }

  private static func isDamage(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xFFFD, 0...8, 0xB, 0xC, 0xE...0x1F, 0x7F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF, 0xFFFE, 0xFFFF:
      true
    default: false
    }
  }

  /// Subject, body and later messages as one conversation.
  private func reading(
    _ parts: [Part], _ notes: [TextReading] = [], on day: Day? = nil, withNumbers: Bool, company: String = ""
  ) -> TextReading {
    var readings: [TextReading] = []
    readings.reserveCapacity(parts.count)
    for part in parts where !part.scalars.isEmpty {
      if part.source == .subject {
        // Nothing but identity numbers depends on the day.
        let asOf = withNumbers ? day : nil
        let title = subjects.reading(of: part.scalars, on: asOf) { reading(part, day, withNumbers) }
        readings.append(title.withdrawal.label == .unclear ? withoutName(title, part, company) : title)
      } else {
        readings.append(reading(part, day, withNumbers))
      }
    }
    return Conversation.merge(readings + notes)
  }

  /// 注销材料（宏图科技）: a doubtful title without the applicant's own company in it, which no list of words can hold.
  /// - Parameter company: as the ticket's own field has it, whole or in part in the title.
  private func withoutName(_ title: TextReading, _ part: Part, _ company: String) -> TextReading {
    let name = Scalars.of(company)
    guard let place = CommonStretch.longest(of: name, in: part.scalars, atLeast: Self.shortestName) else {
      return title
    }
    var rest = part.scalars
    rest.replaceSubrange(place, with: Self.ownCompany)
    let read = reading(Part(source: .subject, scalars: rest), nil, false).withdrawal
    return read.label == .denied ? title.replacing(withdrawal: read) : title
  }
  /// Scalars; 有限公司 alone is no name, 示例 might be a word.
  private static let shortestName = 4
  private static let ownCompany = Scalars.of("我司")

  /// What would spoil a plain statement above it makes a ticket with that title a doubtful one.
  private func spoilsStatement(_ title: [UInt32]) -> Bool {
    ConsentReader.read(page(ownStatement + title).page).label != .affirmed
  }

  private func reading(_ part: Part, _ day: Day?, _ withNumbers: Bool, isWeighed: Bool = true) -> TextReading {
    let scalars = part.scalars
    let tooLong = scalars.count > maxScalars
    let (page, spoken) = page(tooLong ? Array(scalars[..<maxScalars]) : scalars)
    let text = page.text
    let plain = Contacts.unnumbered(text, scalars)
    let foreign = contacts.foreign(Contacts.moved(spoken, from: text, to: plain), plain).map(plain.source)
    func quoted(_ span: Range<Int>) -> Evidence {
      Evidence(part.source, span: span, quote: Scalars.string(scalars[span]))
    }
    func evidence(_ range: Range<Int>) -> Evidence { quoted(text.source(range)) }
    func contactEvidence(_ range: Range<Int>) -> Evidence { quoted(plain.source(range)) }
    var consent = ConsentReader.read(page, isWeighed: isWeighed)
    if tooLong {
      consent = ConsentReader.Result(verdict: .unclear, code: .consentUnclear, statement: consent.statement)
    }
    let declarations = DeclarationReader(page, evidence)
    let emails = Contacts.owned(contacts.emails(plain, given: scalars, contactEvidence), foreign)
    let phones = Contacts.owned(contacts.phones(plain, given: scalars, isCell: false, contactEvidence), foreign)
    return TextReading(
      consent: StatementReading(
        label: consent.label, code: consent.code.rawValue, speaker: consent.speaker,
        evidence: [consent.statement, consent.against].compactMap { $0.map(evidence) },
        against: consent.against.map { [evidence($0)] } ?? [],
        reason: tooLong ? "文字过长，未读完，请人工判断。" : consent.reason),
      balanceWaiver: declarations.waiver(of: .balance), resourceWaiver: declarations.waiver(of: .resources),
      withdrawal: part.source == .subject
        ? declarations.withdrawal(ofTitle: quoted(0..<scalars.count), isStatement: consent.label == .affirmed) {
          spoilsStatement(scalars)
        }
        : declarations.withdrawal(),
      closingRequest: declarations.closing(),
      emails: emails, phones: phones,
      contactDenials: contacts.denials(plain, contactEvidence).filter { denial in
        denial.evidence.span.map { !Contacts.contains(foreign, $0.lowerBound) } ?? true
      },
      identityNumbers: withNumbers ? identifiers.numbers(text, on: day, evidence) : [],
      accounts: Identifiers.accounts(text, evidence),
      stated: StatedConditions(page).found().mapValues { $0.map(evidence) })
  }

  private func page(_ scalars: [UInt32]) -> (page: Page, spoken: [Range<Int>]) {
    let text = Normaliser.normalise(scalars)
    var script = ScriptReader.read(text, vocabulary)
    let spoken = Speakers.mark(&script, text, vocabulary.footers)
    return (Page(text, script, vocabulary), spoken)
  }

  /// The remarks of a text beside its statements, each with what it is weighed by and how often.
  @_spi(Training) public func remarks(of text: String) -> [(words: String, pieces: [String: Int])] {
    let page = page(Scalars.of(text)).page
    let clauses = page.script.clauses
    var reader = RemarkPieces()
    return page.script.remarks(clauses.indices.filter { clauses[$0].speaker == .applicant }, in: page.text).map {
      remark in
      var pieces: [String: Int] = [:]
      for clause in clauses[remark] {
        reader.forEach(of: clause, in: page) { pieces[RemarkPieces.spelled($0), default: 0] += 1 }
      }
      let range = clauses[remark.lowerBound].range.lowerBound..<clauses[remark.upperBound].range.upperBound
      return (Scalars.string(page.text.scalars[range]), pieces)
    }
  }
}
