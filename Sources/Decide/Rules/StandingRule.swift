import ClosureModel

/// Has the applicant taken the request back?
enum StandingRule {
  static func judge(_ ticket: Ticket, _ examination: Examination) -> Finding {
    let reading = examination.text.withdrawal
    switch reading.label {
    case .affirmed where !reading.evidence.isEmpty:
      return Finding(.withdrawalDeclared, .standing, .contradicted, evidence: reading.evidence)
    // Nothing to point at: neither a withdrawal to confirm nor a request to act on.
    case .affirmed, .unclear:
      return Finding(.withdrawalUnclear, .standing, .doubtful, evidence: reading.evidenceOrNothing)
    case .denied:
      return Finding(.standingKept, .standing, .satisfied, evidence: reading.evidenceOrNothing)
    }
  }
}
