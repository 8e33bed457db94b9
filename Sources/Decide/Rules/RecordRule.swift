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
    return text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      var (continuations, at) = (0, 0)
      // Eight bytes together: the highest bit of each tells whether it is set and the one below is not.
      while at + 8 <= bytes.count {
        let eight = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        continuations += (eight & ~(eight &<< 1) & 0x8080_8080_8080_8080).nonzeroBitCount
        at += 8
      }
      while at < bytes.count {
        if bytes[at] & 0xC0 == 0x80 { continuations += 1 }
        at += 1
      }
      return bytes.count - continuations
    }
  }
}
