public import ClosureModel

/// Reads what a ticket says: facts with their places, no consequence.
public struct TicketExaminer: Sendable {
  private let lexicon: Lexicon
  private let contacts: Contacts
  private let maxScalars: Int

  /// - Parameter lexicons: the files of `Templates/lexicons`, name and content.
  /// - Throws: `ExamineError` with file and line for a lexicon that cannot be used.
  public init(policy: Policy, lexicons: [(file: String, text: String)]) throws(ExamineError) {
    var names = try Lexicon(lexicons.filter { !ContactWords.owns($0.file) })
    // The policy's own words win over the word lists, being longer; 账户 and 账号 are one.
    func variants(_ name: String) -> [String] {
      let folded = Folding.fold(name)
      return [folded, folded.replacing("账户", with: "账号"), folded.replacing("账号", with: "账户")]
    }
    for name in [policy.notice.title] + policy.notice.aliases { variants(name).forEach { names.add($0, .notice) } }
    for name in policy.notice.aliases + [policy.notice.title] where name.contains(" ") { names.add(name, .notice) }
    for name in policy.notice.ambiguous { (variants(name) + [name]).forEach { names.add($0, .ambiguous) } }
    for name in policy.notice.other { (variants(name) + [name]).forEach { names.add($0, .other) } }
    for title in policy.letter?.titles ?? [] { names.add(title, .doubt) }
    lexicon = names
    contacts = Contacts(provider: policy.providerContacts, slips: try ContactWords(lexicons))
    maxScalars = policy.maxBodyScalars
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
      text: reading(parts),
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
  private func reading(_ parts: [(Evidence.Source, String)]) -> TextReading {
    var results: [(reading: ConsentReader.Result, source: Evidence.Source, text: NormalText)] = []
    var all: [TextReading] = []
    for (source, given) in parts where !given.isEmpty {
      let scalars = Scalars.of(given)
      let tooLong = scalars.count > maxScalars
      let text = Normaliser.normalise(tooLong ? Array(scalars[..<maxScalars]) : scalars)
      let clauses = Clauses.split(text, lexicon)
      let foreign = Speakers.foreign(text.scalars).map(text.source)
      func evidence(_ range: Range<Int>) -> Evidence {
        let span = text.source(range)
        return Evidence(source, span: span, quote: Scalars.string(scalars[span]))
      }
      var result = ConsentReader.read(clauses, takenBack: text.hasTakenBack)
      if tooLong {
        result.verdict = .unclear
        result.code = .consentUnclear
        result.reason = "文字过长，未读完，请人工判断。"
      }
      results.append((result, source, text))
      let label: StatementReading.Label =
        switch result.verdict {
        case .affirmed: .affirmed
        case .denied: .denied
        case .unclear: .unclear
        }
      all.append(
        TextReading(
          consent: StatementReading(
            label: label, code: result.code.rawValue, evidence: result.span.map { [evidence($0)] } ?? [],
            reason: result.reason),
          balanceWaiver: DeclarationReader.read(.balanceWaiver, clauses, evidence),
          resourceWaiver: DeclarationReader.read(.resourceWaiver, clauses, evidence),
          withdrawal: DeclarationReader.withdrawal(clauses, evidence),
          closingRequest: DeclarationReader.closing(clauses, evidence),
          emails: Contacts.owned(contacts.emails(text, given: scalars, evidence), foreign),
          phones: Contacts.owned(contacts.phones(text, isCell: false, evidence), foreign),
          identityNumbers: Identifiers.numbers(text, evidence), accounts: Identifiers.accounts(text, evidence)))
    }
    return Conversation.merge(all)
  }
}
