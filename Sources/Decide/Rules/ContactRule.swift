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
    let own = form.filter { $0.owner != .agent } + text.filter { $0.owner == .applicant }
    let valid = own.filter { $0.status == .valid }
    if !valid.isEmpty {
      return Finding(codes.satisfied, codes.requirement, .satisfied, evidence: valid.map(\.evidence))
    }
    let suspect = own.filter { $0.status == .suspect }
    if !suspect.isEmpty {
      return Finding(
        codes.suspect, codes.requirement, .unusable, evidence: suspect.map(\.evidence),
        suggestion: suspect.compactMap(\.suggestion).first)
    }
    let invalid = own.filter { $0.status == .invalid }
    if !invalid.isEmpty {
      return Finding(codes.invalid, codes.requirement, .unusable, evidence: invalid.map(\.evidence))
    }
    return Finding(codes.missing, codes.requirement, .missing, evidence: [Evidence(.column(codes.field), quote: cell)])
  }
}
