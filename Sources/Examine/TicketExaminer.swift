public import ClosureModel

/// Reads what a ticket says: facts with their places, no consequence.
public struct TicketExaminer: Sendable {
  private let lexicon: Lexicon
  private let contacts: Contacts
  private let identifiers: Identifiers
  private let maxScalars: Int

  /// - Parameter lexicons: the files of `Templates/lexicons`, name and content.
  /// - Throws: `ExamineError` with file and line for a lexicon that cannot be used.
  public init(policy: Policy, lexicons: [(file: String, text: String)]) throws(ExamineError) {
    identifiers = Identifiers(words: try IdentifierWords(lexicons))
    var names = try Lexicon(lexicons.filter { !IdentifierWords.isFile($0.file) && !ContactWords.owns($0.file) })
    for name in [policy.notice.title] + policy.notice.aliases { names.addName(name, names.isBare(name) ? .short : .notice) }
    for name in policy.notice.other + (policy.letter?.titles ?? []) { names.addName(name, .document) }
    for name in policy.notice.ambiguous where !names.isBare(name) { names.addName(name, .ambiguous) }
    for declaration in policy.declarations { try Self.add(declaration, policy.id, to: &names) }
    lexicon = names
    contacts = Contacts(provider: policy.providerContacts, slips: try ContactWords(lexicons))
    maxScalars = policy.maxBodyScalars
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
  public func read(_ text: String) -> TextReading { reading([(.body, text)]) }

  public func examine(_ ticket: Ticket, attachments: [AttachmentFact]) -> Examination {
    var parts: [(Evidence.Source, String)] = [(.subject, ticket.subject), (.body, ticket.body)]
    for (index, message) in ticket.replies.enumerated() where message.author == .customer {
      parts.append((.message(index), message.text))
    }
    // A message of nobody known may take everything back: a person reads it.
    let unattributed = ticket.replies.firstIndex { $0.author == .unknown }.map { Evidence(.message($0)) }
    let givenEmail = Scalars.of(ticket.contactEmail)
    let email = Normaliser.normalise(givenEmail)
    let phone = Normaliser.normalise(Scalars.of(ticket.contactPhone))
    return Examination(
      text: reading(parts, on: ticket.submittedAt?.day()),
      folded: FoldedFields(
        category: Folding.fold(ticket.category), status: Folding.fold(ticket.status),
        kind: Folding.fold(ticket.declaredKind), account: Folding.fold(ticket.account)),
      formEmails: Contacts.orInvalid(
        contacts.emails(email, given: givenEmail) { Evidence(.column(.email), span: email.source($0), quote: email.string($0)) },
        ticket.contactEmail, .email),
      formPhones: Contacts.orInvalid(
        contacts.phones(phone, isCell: true) {
          Evidence(.column(.phone), span: phone.source($0), quote: phone.string($0))
        }, ticket.contactPhone, .phone),
      securityContacts: AccountCells.securityContacts(ticket),
      formIdentityNumbers: AccountCells.identityNumbers(ticket, on: ticket.submittedAt?.day()),
      attachments: attachments, damagedText: unattributed ?? parts.lazy.compactMap { damage($0.1, in: $0.0) }.first,
      textLength: ticket.body.unicodeScalars.count + ticket.replies.reduce(0) { $0 + $1.text.unicodeScalars.count })
  }

  private func damage(_ text: String, in source: Evidence.Source) -> Evidence? {
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      switch scalar.value {
      case 0xFFFD, 0...8, 0xB, 0xC, 0xE...0x1F, 0x7F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF, 0xFFFE, 0xFFFF:
        return Evidence(source, span: offset..<(offset + 1))
      default: continue
      }
    }
    return nil
  }

  /// Subject, body and later messages as one conversation.
  private func reading(_ parts: [(Evidence.Source, String)], on day: Day? = nil) -> TextReading {
    var all: [TextReading] = []
    for (source, given) in parts where !given.isEmpty { all.append(reading(source, Scalars.of(given), day)) }
    return Conversation.merge(all)
  }

  private func reading(_ source: Evidence.Source, _ scalars: [UInt32], _ day: Day?) -> TextReading {
    let tooLong = scalars.count > maxScalars
    let text = Normaliser.normalise(tooLong ? Array(scalars[..<maxScalars]) : scalars)
    var script = ScriptReader.read(text, lexicon)
    let foreign = Speakers.mark(&script, text, lexicon.persons).map(text.source)
    func evidence(_ range: Range<Int>) -> Evidence {
      let span = text.source(range)
      return Evidence(source, span: span, quote: Scalars.string(scalars[span]))
    }
    var consent = ConsentReader.read(script, text, lexicon.persons)
    if tooLong { consent = ConsentReader.Result(verdict: .unclear, code: .consentUnclear, statement: consent.statement) }
    let declarations = DeclarationReader(script, evidence)
    return TextReading(
      consent: StatementReading(
        label: consent.label, code: consent.code.rawValue, speaker: consent.speaker,
        evidence: [consent.statement, consent.against].compactMap { $0.map(evidence) },
        against: consent.against.map { [evidence($0)] } ?? [],
        reason: tooLong ? "文字过长，未读完，请人工判断。" : consent.reason),
      balanceWaiver: declarations.waiver(of: .balance), resourceWaiver: declarations.waiver(of: .resources),
      withdrawal: declarations.withdrawal(), closingRequest: declarations.closing(),
      emails: Contacts.owned(contacts.emails(text, given: scalars, evidence), foreign),
      phones: Contacts.owned(contacts.phones(text, isCell: false, evidence), foreign),
      identityNumbers: identifiers.numbers(text, on: day, evidence), accounts: Identifiers.accounts(text, evidence))
  }
}
