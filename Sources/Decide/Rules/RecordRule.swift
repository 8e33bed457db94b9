import ClosureModel

/// Could the row itself be read without doubt?
enum RecordRule {
  static func judge(_ ticket: Ticket, _ examination: Examination, _ policy: Policy) -> [Finding] {
    var findings: [Finding] = []
    if ticket.hasConflictingCopy {
      findings.append(
        Finding(
          .recordConflictingCopy, .record, .doubtful,
          evidence: [Evidence(.column(.ticket), quote: ticket.id.rawValue)]))
    }
    if ticket.isPartial {
      findings.append(
        Finding(
          .recordPartial, .record, .doubtful, evidence: [Evidence(.column(.ticket), quote: ticket.id.rawValue)]))
    }
    if let damaged = examination.damagedText {
      findings.append(Finding(.recordUndecodable, .record, .doubtful, evidence: [damaged]))
    }
    let whole = Evidence(.body, span: 0..<ticket.body.unicodeScalars.count)
    if examination.textLength > policy.maxBodyScalars {
      findings.append(Finding(.recordTooLong, .record, .doubtful, evidence: [whole]))
    }
    return findings.isEmpty ? [Finding(.recordReadable, .record, .satisfied, evidence: [whole])] : findings
  }
}
