import ClosureModel

/// The enterprise's consent letter (同意书): which of the files it is, and whether it is whole. A file that nobody opened
/// is never the letter for certain; it goes to a person.
/// - Source: JD Cloud 账号注销, 发起人工注销申请 (2): enterprises upload 《注销京东云账号同意书》 with the company seal.
struct LetterRule: Sendable {
  private let titles: [String]
  private let otherDocuments: [String]
  private let reading: LetterFindings

  init(_ policy: Policy) {
    titles = (policy.letter?.titles ?? []).map(Fold.simple)
    otherDocuments = (policy.letter?.otherDocuments ?? []).map(Fold.simple)
    reading = LetterFindings(maxAgeDays: policy.letter?.maxAgeDays)
  }

  /// What one file is to the letter.
  private enum Candidate {
    /// Certainly another paper; the finding says so where its content does.
    case other(Finding?)
    case letter(whole: Bool, findings: [Finding])
  }

  func judge(_ ticket: Ticket, _ examination: Examination) -> [Finding] {
    let facts = examination.files(of: ticket)
    let readings =
      examination.readings.isEmpty
      ? [:] : Dictionary(examination.readings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var others: [Finding] = []
    var candidates: [(whole: Bool, findings: [Finding])] = []
    var reused: [Evidence] = []
    for fact in facts {
      switch judge(fact, readings[fact.name], ticket) {
      case .other(let finding): if let finding { others.append(finding) }
      case .letter(let whole, let findings):
        candidates.append((whole, findings))
        // A blank or blurred page is asked for again in any case.
        guard !findings.contains(where: { [.missing, .unusable].contains($0.verdict) }) else { continue }
        reused += examination.reused.filter { $0.name == fact.name }.map {
          Evidence(.attachment($0.name), quote: $0.ticket.rawValue)
        }
      }
    }
    guard reused.isEmpty else {
      // Whose letter it is cannot be told from it: that is for a person, whatever else is wrong with it.
      return candidates.flatMap(\.findings).filter { $0.verdict != .satisfied }
        + [Finding(.letterReused, .consentLetter, .doubtful, evidence: reused)]
    }
    if candidates.isEmpty {
      // What was sent instead of the letter says more than that there is none.
      if let other = others.first { return [other] }
      // No file, or only files that say they are something else.
      let evidence =
        facts.isEmpty
        ? [Evidence(.column(.attachments), quote: "")] : facts.map { Evidence(.attachment($0.name), quote: $0.name) }
      return [Finding(.letterMissing, .consentLetter, .missing, evidence: evidence)]
    }
    guard candidates.contains(where: \.whole) else { return candidates.flatMap(\.findings) }
    if let against = wordsAgainst(examination.text.consent) {
      return candidates.flatMap(\.findings)
        + [Finding(.letterTextAgainst, .consentLetter, .doubtful, evidence: against)]
    }
    let whole = candidates.filter(\.whole).flatMap(\.findings)
    if let objection = facts.lazy.compactMap({ readings[$0.name]?.objection }).first {
      return whole + [Finding(.letterSeveral, .consentLetter, .doubtful, evidence: [objection])]
    }
    // A whole letter beside a bad copy of it stands; beside one that says something else a person decides.
    let rest = candidates.filter { !$0.whole }.flatMap(\.findings)
    guard let against = rest.first(where: { !Self.harmlessBesideAWhole.contains($0.code) }) else { return whole }
    return whole + [Finding(.letterSeveral, .consentLetter, .doubtful, evidence: against.evidence)]
  }

  /// 请先退款再注销, 我们不同意: written in the ticket itself, beside a letter that agrees.
  private func wordsAgainst(_ consent: StatementReading) -> [Evidence]? {
    guard let code = FindingCode(rawValue: consent.code), Self.against.contains(code) else { return nil }
    let evidence = consent.against.isEmpty ? consent.evidence : consent.against
    return evidence.isEmpty ? nil : evidence
  }
  private static let against: Set<FindingCode> = [
    .consentNegated, .consentConditional, .consentWithdrawn, .consentDelayed, .consentFuture,
  ]

  /// Faults of a copy: they say nothing about what the company wants.
  private static let harmlessBesideAWhole: Set<FindingCode> = [
    .letterSealMissing, .letterSealGrey, .letterUnreadable, .letterBlank, .letterSealCutOff, .letterSealNotRed,
    .attachmentUnreadable, .attachmentLocked,
  ]

  private func judge(_ fact: AttachmentFact, _ reading: AttachmentReading?, _ ticket: Ticket) -> Candidate {
    switch fact.state {
    case .notFound: return one(.attachmentNotFound, .doubtful, fact)
    case .unsafe(let why): return one(.attachmentUnsafe, .doubtful, fact, why)
    case .unreadable(let why):
      return isOtherDocument(fact.name) ? .other(nil) : one(.attachmentUnreadable, .unusable, fact, why)
    case .notLooked: return isOtherDocument(fact.name) ? .other(nil) : one(.letterNotExamined, .doubtful, fact)
    case .found(_, let bytes, let type):
      if isOtherDocument(fact.name) { return .other(nil) }
      guard bytes > 0 else { return one(.attachmentUnreadable, .unusable, fact) }
      switch type {
      case .jpeg, .png, .gif, .bmp, .webp, .tiff, .pdf, .docx, .zip:
        guard let reading else { return one(.letterNotExamined, .doubtful, fact) }
        if let other = self.reading.otherDocument(reading) { return .other(other) }
        let findings = self.reading.findings(reading, ticket)
        return .letter(whole: findings.allSatisfy { $0.verdict == .satisfied }, findings: findings)
      case .doc: return one(.letterNotExamined, .doubtful, fact)
      case .empty: return one(.attachmentUnreadable, .unusable, fact)
      case .heic, .rar, .sevenZip, .text, .unknown: return one(.attachmentUnsupported, .unusable, fact)
      }
    }
  }

  private func one(
    _ code: FindingCode, _ verdict: Verdict, _ fact: AttachmentFact, _ why: String? = nil
  ) -> Candidate {
    let evidence = [Evidence(.attachment(fact.name), quote: why ?? fact.name)]
    return .letter(whole: false, findings: [Finding(code, .consentLetter, verdict, evidence: evidence)])
  }

  private func isOtherDocument(_ name: String) -> Bool {
    let folded = Fold.simple(name)
    // `注销京东云账号同意书（附营业执照）.pdf` is the letter.
    return !titles.contains(where: folded.holds) && otherDocuments.contains(where: folded.holds)
  }
}
