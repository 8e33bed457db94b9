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
    if let message = examination.unattributed {
      findings.append(Finding(.recordUnknownAuthor, .record, .doubtful, evidence: [message]))
    }
    let whole = Evidence(.body, span: 0..<scalars(in: ticket.body))
    if examination.textLength > policy.maxBodyScalars {
      findings.append(Finding(.recordTooLong, .record, .doubtful, evidence: [whole]))
    }
    return findings.isEmpty ? [Finding(.recordReadable, .record, .satisfied, evidence: [whole])] : findings
  }

  /// Every scalar has one byte that is no continuation: counting those is all there is to counting scalars.
  private static func scalars(in text: String) -> Int {
    var text = text
    return text.withUTF8 { $0.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }
  }
}
