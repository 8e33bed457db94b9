import ClosureModel

/// Facts of an opened file to findings about the letter. Whole is only what is certain in every part: the title, company,
/// account, date and statement read without doubt, and a red, round, whole company seal that bears the company's name.
struct LetterFindings: Sendable {
  let maxAgeDays: Int?

  /// Its title says that the file is some other paper, and nothing on it speaks of the letter.
  func otherDocument(_ reading: AttachmentReading) -> Finding? {
    guard reading.failures.isEmpty, let letter = reading.letter, letter.title.state == .otherDocument,
      let field = letter.title.field ?? letter.otherDocument
    else { return nil }
    return finding(.letterWrongDocument, .unusable, field.evidence, reading)
  }

  /// - Returns: every fault; one satisfied finding when there is none. Never empty.
  func findings(_ reading: AttachmentReading, _ ticket: Ticket) -> [Finding] {
    var found = failures(reading)
    found += reading.problems.compactMap { problem($0, reading) }
    if let letter = reading.letter {
      found += fields(letter, reading, ticket) + [seal(letter, reading)].compactMap { $0 }
    } else if found.isEmpty {
      found.append(finding(.letterTitle, .doubtful, [], reading))
    }
    found = decisive(merged(found))
    guard found.isEmpty else { return found }
    // A picture in a document may have been put together there.
    guard reading.depth == .read, let letter = reading.letter, reading.type != .docx else {
      return [finding(.letterNotExamined, .doubtful, [], reading)]
    }
    let fields = [
      letter.title.field, letter.company.field, Self.identifying(letter.account.field), letter.date.field,
      letter.statement.field,
    ]
    let evidence = fields.compactMap { $0?.evidence }.flatMap { $0 } + letter.seals.prefix(1).map(\.evidence)
    return [finding(.letterSatisfied, .satisfied, evidence, reading)]
  }

  /// Beside a clear fault what was not read for certain does not matter: the customer sends another letter anyway. What
  /// was not opened does: the letter may be in it.
  private func decisive(_ findings: [Finding]) -> [Finding] {
    let clear = findings.filter { [.missing, .unusable, .contradicted].contains($0.verdict) }
    let unopened: Set<FindingCode> = [.attachmentOverLimit, .attachmentNotOpened, .letterSeveral, .letterNotRead]
    guard !clear.isEmpty, !findings.contains(where: { unopened.contains($0.code) }) else { return findings }
    return clear
  }

  // MARK: The file and its pages

  private func failures(_ reading: AttachmentReading) -> [Finding] {
    reading.failures.map { failure in
      let (code, verdict): (FindingCode, Verdict) =
        switch failure.code {
        case .encrypted: (.attachmentLocked, .unusable)
        case .empty, .broken: (.attachmentUnreadable, .unusable)
        case .unsupported: (.attachmentUnsupported, .unusable)
        case .tooLarge, .tooManyPixels, .tooManyPages, .tooManyEntries, .tooDeep, .tooExpanding, .tooSlow, .tooHungry:
          (.attachmentOverLimit, .doubtful)
        case .crashed, .unavailable: (.attachmentNotOpened, .doubtful)
        }
      let why = failure.entry.map { "\($0): \(failure.what)" } ?? failure.what
      return finding(code, verdict, [Evidence(.attachment(reading.name), quote: why)], reading)
    }
  }

  private func problem(_ problem: AttachmentReading.Problem, _ reading: AttachmentReading) -> Finding? {
    let (code, verdict): (FindingCode, Verdict)
    switch problem.code {
    case .blank, .blurred, .tooSmall, .unreadable: (code, verdict) = (.letterUnreadable, .unusable)
    case .grey, .bilevel:
      // Nothing like a seal on it: that is what is missing, whatever its colours.
      let page = reading.pages.first { $0.number == problem.page && $0.entry == problem.entry }
      let isBare = page?.seals.allSatisfy { $0.flaws.contains(.notASeal) } ?? false
      (code, verdict) = isBare ? (.letterSealMissing, .missing) : (.letterSealGrey, .unusable)
    case .noSeal: (code, verdict) = (.letterSealMissing, .missing)
    case .noCompanySeal: return wrongSeal(reading.pages.flatMap { page in page.seals.map { (page, $0) } }, reading)
    case .notRead, .weakRecognizer: (code, verdict) = (.letterNotRead, .doubtful)
    case .pagesLeft: (code, verdict) = (.attachmentOverLimit, .doubtful)
    case .severalLetters: (code, verdict) = (.letterSeveral, .doubtful)
    case .sealApart: (code, verdict) = (.letterSealUnclear, .doubtful)
    }
    return finding(code, verdict, [problem.evidence], reading)
  }

  // MARK: What it says

  private func fields(_ letter: LetterReading, _ reading: AttachmentReading, _ ticket: Ticket) -> [Finding] {
    // A form with empty fields lacks everything: one word for it.
    if letter.isBlankTemplate {
      return [finding(.letterBlank, .unusable, letter.title.field?.evidence ?? [], reading)]
    }
    // A field that seems empty, or a sentence that seems to reserve something, may be misread: a person decides.
    var found: [Finding] = []
    func add(_ code: FindingCode, _ verdict: Verdict, _ field: LetterReading.Field?) {
      found.append(finding(code, verdict, field?.evidence ?? [], reading))
    }
    switch letter.title.state {
    case .exact: break
    case .near, .absent: add(.letterTitle, .doubtful, letter.title.field)
    case .otherDocument: add(.letterWrongDocument, .unusable, letter.title.field)
    }
    switch letter.company.state {
    case .equal: break
    case .differs: add(.letterCompanyMismatch, .contradicted, letter.company.field)
    case .notRead: add(.letterCompanyUnclear, .doubtful, letter.company.field)
    case .blank: add(.letterCompanyMissing, .doubtful, letter.company.field)
    }
    let account = Self.identifying(letter.account.field)
    switch letter.account.state {
    case .equal: break
    case .differs: add(.letterAccountMismatch, .contradicted, account)
    case .notRead: add(.letterAccountUnclear, .doubtful, account)
    case .blank: add(.letterAccountMissing, .doubtful, account)
    }
    switch letter.date.state {
    case .day(let day): if let (code, verdict) = age(day, ticket) { add(code, verdict, letter.date.field) }
    case .missing: add(.letterDateMissing, .unusable, letter.date.field)
    case .unreadable: add(.letterDateUnclear, .doubtful, letter.date.field)
    }
    switch letter.statement.state {
    case .affirmed: break
    case .conditional: add(.letterStatementConditional, .doubtful, letter.statement.field)
    case .refused: add(.letterStatementRefused, .doubtful, letter.statement.field)
    case .other: add(.letterStatementOther, .unusable, letter.statement.field)
    case .marked, .notRead: add(.letterStatementUnclear, .doubtful, letter.statement.field)
    }
    return found
  }

  /// The account's name is personal, and no pattern finds it.
  private static func identifying(_ field: LetterReading.Field?) -> LetterReading.Field? {
    field.map { LetterReading.Field(text: $0.text, evidence: $0.evidence.map(\.identifying)) }
  }

  /// A letter signed after the ticket was submitted, or too long before it. Without a time of submission nobody can tell.
  private func age(_ day: Day, _ ticket: Ticket) -> (FindingCode, Verdict)? {
    guard let submitted = ticket.submittedAt?.day() else { return (.letterDateUnclear, .doubtful) }
    // One digit read wrongly looks the same: a person decides.
    if day > submitted { return (.letterDateFuture, .doubtful) }
    if let maxAgeDays, day.adding(days: maxAgeDays) < submitted { return (.letterDateExpired, .doubtful) }
    return nil
  }

  // MARK: What it bears

  /// One red, round, whole company seal whose ring bears the company's name, and none of another company beside it.
  private func seal(_ letter: LetterReading, _ reading: AttachmentReading) -> Finding? {
    let fit = letter.seals.filter { isCompanySeal($0.seal) }
    if let foreign = letter.seals.first(where: { $0.ring?.verdict == .contradicted }) {
      // Beside a seal that matches, another company's is for a person.
      let isAlone = !fit.contains { $0.ring?.verdict == .matched && $0.seal.flaws.isEmpty }
      return finding(
        .letterSealCompanyMismatch, isAlone && fit.count == 1 ? .contradicted : .doubtful, [foreign.evidence], reading)
    }
    guard !fit.isEmpty else {
      // Said once, with the pages.
      if reading.problems.contains(where: { $0.code == .noSeal || $0.code == .noCompanySeal }) { return nil }
      return wrongSeal(letter.seals.compactMap { sealed in page(sealed, reading).map { ($0, sealed.seal) } }, reading)
    }
    if let good = fit.first(where: { $0.seal.flaws.isEmpty }) {
      let pasted = fit.first { $0.seal.flaws.contains(.uniformInk) }
      if let pasted { return finding(.letterSealSuspect, .doubtful, [pasted.evidence], reading) }
      if good.ring?.verdict == .matched { return nil }
      if fit.contains(where: { $0.seal.flaws.isEmpty && $0.ring?.verdict == .matched }) { return nil }
      return finding(.letterSealUnclear, .doubtful, [good.evidence], reading)
    }
    return flawed(fit.map { ($0.seal, $0.evidence) }, reading)
  }

  private func isCompanySeal(_ seal: SealReading) -> Bool {
    seal.kind == .company && seal.shape == .round && seal.ink == .red && !seal.flaws.contains(.notASeal)
  }

  private func page(_ sealed: LetterReading.Sealed, _ reading: AttachmentReading) -> PageFacts? {
    reading.pages.first { $0.number == sealed.page }
  }

  /// A company seal that is cut off, faint or pasted.
  private func flawed(_ seals: [(seal: SealReading, evidence: Evidence)], _ reading: AttachmentReading) -> Finding {
    let order: [(SealReading.Flaw, FindingCode, Verdict)] = [
      (.uniformInk, .letterSealSuspect, .doubtful), (.cutOff, .letterSealCutOff, .unusable),
      (.faint, .letterSealFaint, .doubtful),
    ]
    for (flaw, code, verdict) in order {
      if let found = seals.first(where: { $0.seal.flaws.contains(flaw) }) {
        return finding(code, verdict, [found.evidence], reading)
      }
    }
    return finding(.letterSealUnclear, .doubtful, seals.map(\.evidence), reading)
  }

  /// No company seal: what stands there instead, where that is certain.
  private func wrongSeal(_ seals: [(page: PageFacts, seal: SealReading)], _ reading: AttachmentReading) -> Finding {
    let real = seals.filter { !$0.seal.flaws.contains(.notASeal) }
    func evidence(_ found: [(page: PageFacts, seal: SealReading)]) -> [Evidence] {
      found.map {
        Evidence(.attachment(reading.name), page: $0.page.number, box: $0.seal.box, score: $0.seal.score)
      }
    }
    if real.isEmpty { return finding(.letterSealMissing, .missing, evidence(seals), reading) }
    if let red = real.first(where: { isCompanySeal($0.seal) }) {
      return flawed([(red.seal, evidence([red])[0])], reading)
    }
    if let special = real.first(where: { $0.seal.kind == .specialPurpose || $0.seal.shape == .oval }) {
      return finding(.letterSealSpecialPurpose, .unusable, evidence([special]), reading)
    }
    if let other = real.first(where: { $0.seal.ink != .red && $0.seal.shape == .round }) {
      return finding(
        other.seal.ink == .blue ? .letterSealNotRed : .letterSealGrey, .unusable, evidence([other]), reading)
    }
    if let chop = real.first(where: { $0.seal.kind == .personal }) {
      return finding(.letterSealPersonal, .unusable, evidence([chop]), reading)
    }
    return finding(.letterSealUnclear, .doubtful, evidence(real), reading)
  }

  // MARK: -

  private func finding(
    _ code: FindingCode, _ verdict: Verdict, _ evidence: [Evidence], _ reading: AttachmentReading
  ) -> Finding {
    Finding(
      code, .consentLetter, verdict,
      evidence: evidence.isEmpty ? [Evidence(.attachment(reading.name), quote: reading.name)] : evidence)
  }

  /// One finding a code, with all its places.
  private func merged(_ findings: [Finding]) -> [Finding] {
    var out: [Finding] = []
    for finding in findings {
      guard let at = out.firstIndex(where: { $0.code == finding.code }) else {
        out.append(finding)
        continue
      }
      let more = finding.evidence.filter { !out[at].evidence.contains($0) }
      let verdict = out[at].verdict == .doubtful ? .doubtful : finding.verdict
      out[at] = Finding(finding.code, finding.requirement, verdict, evidence: out[at].evidence + more)
    }
    return out
  }
}
