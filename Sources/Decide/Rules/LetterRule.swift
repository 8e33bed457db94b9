import ClosureModel

/// The enterprise's consent letter (同意书), by what is known of the files. Nothing here opens a picture, so a letter is
/// never satisfied: what may be one goes to a person.
struct LetterRule: Sendable {
  private let titles: [String]
  private let otherDocuments: [String]

  init(_ policy: Policy) {
    titles = (policy.letter?.titles ?? []).map(Fold.simple)
    otherDocuments = (policy.letter?.otherDocuments ?? []).map(Fold.simple)
  }

  func judge(_ ticket: Ticket, _ examination: Examination) -> [Finding] {
    let seen = Set(examination.attachments.map(\.name))
    let unseen = ticket.attachments.filter { !seen.contains($0) }
    let facts = examination.attachments + unseen.map { AttachmentFact(name: $0, state: .notLooked) }
    let findings = facts.compactMap(judge)
    guard findings.isEmpty else { return findings }
    // No file, or only files that say they are something else.
    let evidence =
      facts.isEmpty
      ? [Evidence(.column(.attachments), quote: "")] : facts.map { Evidence(.attachment($0.name), quote: $0.name) }
    return [Finding(.letterMissing, .consentLetter, .missing, evidence: evidence)]
  }

  /// - Returns: `nil` for a file that is certainly no letter.
  private func judge(_ fact: AttachmentFact) -> Finding? {
    switch fact.state {
    case .notFound: return finding(.attachmentNotFound, .doubtful, fact)
    case .unsafe(let why): return finding(.attachmentUnsafe, .doubtful, fact, why)
    case .unreadable(let why):
      return isOtherDocument(fact.name) ? nil : finding(.attachmentUnreadable, .unusable, fact, why)
    case .notLooked: return isOtherDocument(fact.name) ? nil : finding(.letterNotExamined, .doubtful, fact)
    case .found(_, let bytes, let type):
      if isOtherDocument(fact.name) { return nil }
      guard bytes > 0 else { return finding(.attachmentUnreadable, .unusable, fact) }
      switch type {
      case .jpeg, .png, .gif, .bmp, .webp, .tiff, .pdf, .docx, .doc, .zip:
        return finding(.letterNotExamined, .doubtful, fact)
      case .empty: return finding(.attachmentUnreadable, .unusable, fact)
      case .heic, .rar, .sevenZip, .text, .unknown: return finding(.attachmentUnsupported, .unusable, fact)
      }
    }
  }

  private func finding(_ code: FindingCode, _ verdict: Verdict, _ fact: AttachmentFact, _ why: String? = nil) -> Finding
  {
    Finding(
      code, .consentLetter, verdict, evidence: [Evidence(.attachment(fact.name), quote: why ?? fact.name)])
  }

  private func isOtherDocument(_ name: String) -> Bool {
    let folded = Fold.simple(name)
    // `注销京东云账号同意书（附营业执照）.pdf` is the letter.
    return !titles.contains(where: folded.contains) && otherDocuments.contains(where: folded.contains)
  }
}
