import ClosureModel

/// A contact that the applicant left, in the form or in the text. The provider's own and the account's security
/// contacts never count.
enum ContactRule {
  private struct Codes {
    let requirement: Requirement
    let field: TicketField
    let kind: DisownedContacts.Kind
    let satisfied: FindingCode, missing: FindingCode, invalid: FindingCode, suspect: FindingCode
    let disowned: FindingCode
  }

  static func email(_ ticket: Ticket, _ examination: Examination) -> Finding {
    judge(
      form: examination.formEmails, text: examination.text.emails, cell: ticket.contactEmail,
      DisownedContacts(examination.text),
      Codes(
        requirement: .contactEmail, field: .email, kind: .email, satisfied: .emailSatisfied, missing: .emailMissing,
        invalid: .emailInvalid, suspect: .emailSuspect, disowned: .emailDisowned))
  }

  static func phone(_ ticket: Ticket, _ examination: Examination) -> Finding {
    judge(
      form: examination.formPhones, text: examination.text.phones, cell: ticket.contactPhone,
      DisownedContacts(examination.text),
      Codes(
        requirement: .contactPhone, field: .phone, kind: .phone, satisfied: .phoneSatisfied, missing: .phoneMissing,
        invalid: .phoneInvalid, suspect: .phoneInvalid, disowned: .phoneDisowned))
  }

  /// The account's own security contacts first; a contact that the applicant left will do.
  static func security(_ examination: Examination) -> Finding {
    let words = DisownedContacts(examination.text)
    var sorted = Sorted()
    for reading in examination.securityContacts where reading.owner != .agent {
      sorted.add(reading, words.objection(to: reading, kind(of: reading), at: .security))
    }
    for (form, text, kind): ([ContactReading], [ContactReading], DisownedContacts.Kind) in [
      (examination.formPhones, examination.text.phones, .phone),
      (examination.formEmails, examination.text.emails, .email),
    ] {
      sorted.add(form: form, text: text, words, kind)
    }
    if !sorted.valid.isEmpty {
      return Finding(.securitySatisfied, .securityContact, .satisfied, evidence: sorted.valid)
    }
    if !sorted.doubted.isEmpty {
      return Finding(.securityDisowned, .securityContact, .doubtful, evidence: sorted.doubted)
    }
    if !sorted.refused.isEmpty {
      return Finding(.securityDisowned, .securityContact, .unusable, evidence: sorted.refused)
    }
    let unusable = sorted.suspect + sorted.invalid
    if !unusable.isEmpty { return Finding(.securityInvalid, .securityContact, .unusable, evidence: unusable) }
    let cells = [TicketField.securityPhone, .securityEmail].map { Evidence(.column($0), quote: "") }
    return Finding(.securityMissing, .securityContact, .missing, evidence: cells)
  }

  private static func kind(of reading: ContactReading) -> DisownedContacts.Kind {
    reading.evidence.source == .column(.securityEmail) ? .email : .phone
  }

  private static func judge(
    form: [ContactReading], text: [ContactReading], cell: String, _ words: DisownedContacts, _ codes: Codes
  ) -> Finding {
    var sorted = Sorted()
    sorted.add(form: form, text: text, words, codes.kind)
    if !sorted.valid.isEmpty {
      return Finding(codes.satisfied, codes.requirement, .satisfied, evidence: sorted.valid)
    }
    if !sorted.suspect.isEmpty {
      return Finding(
        codes.suspect, codes.requirement, .unusable, evidence: sorted.suspect, suggestion: sorted.suggestion)
    }
    if !sorted.doubted.isEmpty {
      return Finding(codes.disowned, codes.requirement, .doubtful, evidence: sorted.doubted)
    }
    if !sorted.refused.isEmpty {
      return Finding(codes.disowned, codes.requirement, .unusable, evidence: sorted.refused)
    }
    if !sorted.invalid.isEmpty {
      return Finding(codes.invalid, codes.requirement, .unusable, evidence: sorted.invalid)
    }
    return Finding(codes.missing, codes.requirement, .missing, evidence: [Evidence(.column(codes.field), quote: cell)])
  }

  /// Contacts by what they are good for.
  private struct Sorted {
    var valid: [Evidence] = []
    var suspect: [Evidence] = []
    var invalid: [Evidence] = []
    var refused: [Evidence] = []
    var doubted: [Evidence] = []
    var suggestion: String?

    /// A form field is the applicant's unless it is known to be an agent's; a number in a text must be known to be his.
    mutating func add(
      form: [ContactReading], text: [ContactReading], _ words: DisownedContacts, _ kind: DisownedContacts.Kind
    ) {
      for reading in form where reading.owner != .agent {
        add(reading, words.objection(to: reading, kind, at: .field))
      }
      for reading in text where reading.owner == .applicant {
        add(reading, words.objection(to: reading, kind, at: .text))
      }
    }

    mutating func add(_ reading: ContactReading, _ objection: DisownedContacts.Objection?) {
      switch (objection, reading.status) {
      case (.refused(let words)?, _): refused += [reading.evidence] + words
      case (.doubted(let words)?, _): doubted += [reading.evidence] + words
      case (nil, .valid): valid.append(reading.evidence)
      case (nil, .suspect):
        suspect.append(reading.evidence)
        suggestion = suggestion ?? reading.suggestion
      case (nil, .invalid): invalid.append(reading.evidence)
      }
    }
  }
}
