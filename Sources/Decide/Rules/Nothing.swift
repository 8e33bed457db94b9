import ClosureModel

extension StatementReading {
  /// The reader's spans, or an empty span: “the text was read and nothing was found” is evidence too.
  var evidenceOrNothing: [Evidence] { evidence.isEmpty ? [Evidence(.body, span: 0..<0)] : evidence }
}

extension Examination {
  /// The files that a ticket lists: those that were looked for, then the others.
  func files(of ticket: Ticket) -> [AttachmentFact] {
    if ticket.attachments.isEmpty { return attachments }
    let seen = Set(attachments.map(\.name))
    return attachments
      + ticket.attachments.filter { !seen.contains($0) }.map { AttachmentFact(name: $0, state: .notLooked) }
  }
}
