import ClosureModel

/// A contact that the applicant left, in the form or in the text. The provider's own and the account's security
/// contacts never count.
enum ContactRule {
  private struct Codes {
    let requirement: Requirement
    let field: TicketField
    let satisfied: FindingCode, missing: FindingCode, invalid: FindingCode, suspect: FindingCode
  }

  static func email(_ ticket: Ticket, _ examination: Examination) -> Finding {
    judge(
      form: examination.formEmails, text: examination.text.emails, cell: ticket.contactEmail,
      Codes(
        requirement: .contactEmail, field: .email, satisfied: .emailSatisfied, missing: .emailMissing,
        invalid: .emailInvalid, suspect: .emailSuspect))
  }

  static func phone(_ ticket: Ticket, _ examination: Examination) -> Finding {
    judge(
      form: examination.formPhones, text: examination.text.phones, cell: ticket.contactPhone,
      Codes(
        requirement: .contactPhone, field: .phone, satisfied: .phoneSatisfied, missing: .phoneMissing,
        invalid: .phoneInvalid, suspect: .phoneInvalid))
  }

  /// The account's own security contacts first; a contact that the applicant left will do.
  static func security(_ examination: Examination) -> Finding {
    let left =
      (examination.formPhones + examination.formEmails).filter { $0.owner != .agent }
      + (examination.text.phones + examination.text.emails).filter { $0.owner == .applicant }
    let all = examination.securityContacts + left
    for (status, code, verdict): (ContactReading.Status?, FindingCode, Verdict) in [
      (.valid, .securitySatisfied, .satisfied), (nil, .securityInvalid, .unusable),
    ] {
      let hits = all.filter { status == nil || $0.status == status }
      if !hits.isEmpty { return Finding(code, .securityContact, verdict, evidence: hits.map(\.evidence)) }
    }
    let cells = [TicketField.securityPhone, .securityEmail].map { Evidence(.column($0), quote: "") }
    return Finding(.securityMissing, .securityContact, .missing, evidence: cells)
  }

  private static func judge(form: [ContactReading], text: [ContactReading], cell: String, _ codes: Codes) -> Finding {
    // A form field is the applicant's unless it is known to be an agent's; a number in a text must be known to be his.
    var valid: [Evidence] = []
    var suspect: [Evidence] = []
    var invalid: [Evidence] = []
    var suggestion: String?
    func add(_ reading: ContactReading) {
      switch reading.status {
      case .valid: valid.append(reading.evidence)
      case .suspect:
        suspect.append(reading.evidence)
        suggestion = suggestion ?? reading.suggestion
      case .invalid: invalid.append(reading.evidence)
      }
    }
    for reading in form where reading.owner != .agent { add(reading) }
    for reading in text where reading.owner == .applicant { add(reading) }
    if !valid.isEmpty { return Finding(codes.satisfied, codes.requirement, .satisfied, evidence: valid) }
    if !suspect.isEmpty {
      return Finding(codes.suspect, codes.requirement, .unusable, evidence: suspect, suggestion: suggestion)
    }
    if !invalid.isEmpty { return Finding(codes.invalid, codes.requirement, .unusable, evidence: invalid) }
    return Finding(codes.missing, codes.requirement, .missing, evidence: [Evidence(.column(codes.field), quote: cell)])
  }
}
