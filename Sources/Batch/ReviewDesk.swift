public import ClosureModel
public import Compose
public import Ingest

/// Why a person's decision was not made.
public struct ReviewError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable { case notFound, notInReview, changed, refused, badCode }
  public let code: Code
  public let what: String
  public let fix: String
  init(_ code: Code, _ what: String, fix: String) {
    self.code = code
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(what). \(fix) [\(code.rawValue)]" }
}

/// Makes a person's decision on a ticket that was left to people. The ticket is read from the export again and examined
/// anew: the ledger keeps no personal data for it, and a word given for one state of a ticket is never used for another.
public struct ReviewDesk {
  private let pipeline: Pipeline
  private let store: any EarlierDecisions & ReviewQueue
  private let maker: RecordMaker
  private let catalog: FindingCatalog
  private let locale: Locale

  public init(
    pipeline: Pipeline, store: any EarlierDecisions & ReviewQueue, maker: RecordMaker, catalog: FindingCatalog,
    locale: Locale
  ) {
    self.pipeline = pipeline
    self.store = store
    self.maker = maker
    self.catalog = catalog
    self.locale = locale
  }

  public enum Wish: Sendable, Hashable {
    case accept
    /// Asks the customer for what these codes name; none: for everything that is surely missing.
    case ask([FindingCode])
    /// Names the conditions that block closing.
    case reject([FindingCode])
  }

  /// Records the decision and queues its reply; sends nothing.
  /// - Returns: the case as it was decided.
  public func decide(_ ticket: Ticket.ID, _ wish: Wish, from sources: [TicketExport], by: Authorship, at now: Timestamp)
    async throws -> CaseFile
  {
    guard let latest = try store.latest(of: ticket, policyID: pipeline.policy.id) else {
      throw ReviewError(
        .notFound, "the ledger has no decision on \(ticket) under \(pipeline.policy.id)",
        fix: "`closedesk review list` shows what waits; --policy names another policy.")
    }
    guard latest.outcome == .review else { throw Self.overtaken(ticket, latest) }
    // With the other tickets' files, as the run that left it to people had them.
    let present = try pipeline.decide(
      try find(ticket, in: sources), try pipeline.index(sources, Interruption()))
    guard present.revision == latest.revision else {
      throw ReviewError(
        .changed, "\(ticket) changed since it was left to people, or other attachments were given",
        fix: "Run `closedesk run` with this export and look at it again. Nothing was recorded.")
    }
    let decision = try self.decision(wish, present, by)
    let file = try pipeline.revised(present, as: decision)
    let action: AuditItem.Action =
      switch wish {
      case .accept: .accepted
      case .ask: .asked
      case .reject: .rejected
      }
    let result = try await store.recordOverride(
      maker.record(for: file, at: now, by: by), replacing: latest.revision, action: action, by: by, at: now)
    if case .overtaken(let newer) = result { throw Self.overtaken(ticket, newer) }
    return file
  }

  private static func overtaken(_ ticket: Ticket.ID, _ latest: EarlierDecision?) -> ReviewError {
    ReviewError(
      .notInReview, "\(ticket) is not left to people: its latest decision is \(latest?.outcome.rawValue ?? "gone")",
      fix: "`closedesk show \(ticket)` tells its history. Nothing was recorded.")
  }

  private func find(_ ticket: Ticket.ID, in sources: [TicketExport]) throws -> Ticket {
    var found: Ticket?
    for source in sources {
      try source.forEach { item in
        if case .ticket(let one) = item, one.id == ticket { found = one }
        return found == nil
      }
    }
    guard let found else {
      throw ReviewError(
        .notFound, "the export has no ticket \(ticket)", fix: "Name the export that holds it with --input.")
    }
    return found
  }

  private func decision(_ wish: Wish, _ present: CaseFile, _ by: Authorship) throws(ReviewError) -> Decision {
    let (old, policy) = (present.decision, pipeline.policy)
    switch wish {
    case .accept:
      do throws(OverrideRefused) {
        let word = try PersonalAcceptance(policy: policy, decision: old, by: by)
        return Decision(
          judgement: .acceptedByPerson(word), findings: old.findings, applicant: old.applicant, due: old.due)
      } catch { throw refusal(error) }
    case .ask(let codes):
      let findings = try chosen(codes, old) { requirement in
        policy.condition(requirement) == nil
          && policy.material[old.applicant ?? .unverified]?.contains(requirement) ?? false
      }
      return Decision(judgement: .incomplete, findings: findings, applicant: old.applicant, due: old.due)
    case .reject(let codes):
      let findings = try chosen(codes, old) { policy.condition($0) != nil }
      return Decision(judgement: .ineligible, findings: findings, applicant: old.applicant, due: old.due)
    }
  }

  /// The named findings, those of the program's own where it has them.
  private func chosen(_ codes: [FindingCode], _ old: Decision, fits: (Requirement) -> Bool) throws(ReviewError)
    -> [Finding]
  {
    let sure: Set<Verdict> = [.missing, .unusable, .contradicted]
    if codes.isEmpty {
      let found = old.findings.filter { fits($0.requirement) && sure.contains($0.verdict) && hasAsk($0.code) }
      guard !found.isEmpty else {
        throw ReviewError(
          .badCode, "nothing is surely missing or in the way",
          fix: "Name what is, with --code; `closedesk review codes` lists them.")
      }
      return found
    }
    var out: [Finding] = []
    for code in codes {
      guard hasAsk(code) else {
        throw ReviewError(
          .badCode, "there is nothing to tell a customer under \(code.rawValue)",
          fix: "`closedesk review codes` lists those that have words for customers.")
      }
      let found = old.findings.first { $0.code == code }
      guard let requirement = found?.requirement ?? code.requirement, fits(requirement) else {
        throw ReviewError(
          .badCode,
          "\(code.rawValue) is not for this decision: `ask` names material that the policy demands,"
            + " `reject` conditions that block closing",
          fix: "Choose another code (`closedesk review codes` lists them), or the other command.")
      }
      let verdict: Verdict = pipeline.policy.condition(requirement) == nil ? .missing : .contradicted
      out.append(
        Finding(
          code, requirement, found.map { sure.contains($0.verdict) ? $0.verdict : verdict } ?? verdict,
          evidence: found?.evidence ?? [Evidence(.policy)], suggestion: found?.suggestion))
    }
    return out
  }

  /// The codes that `ask` and `reject` can name under a policy, whoever applies, each with its command.
  public static func codes(_ policy: Policy, _ catalog: FindingCatalog, _ locale: Locale) -> [(
    code: FindingCode, command: String
  )] {
    let material = Set(policy.material.values.joined())
    return FindingCode.allCases.compactMap { code in
      guard catalog.ask(code, locale) != nil, let requirement = code.requirement else { return nil }
      if policy.condition(requirement) != nil { return (code, "reject") }
      return material.contains(requirement) ? (code, "ask") : nil
    }
  }

  private func hasAsk(_ code: FindingCode) -> Bool { catalog.ask(code, locale) != nil }

  private func refusal(_ why: OverrideRefused) -> ReviewError {
    func error(_ what: String, _ fix: String) -> ReviewError {
      ReviewError(.refused, what, fix: fix + " Nothing was recorded.")
    }
    switch why {
    case .notInReview(let outcome):
      return error(
        "examined anew, the ticket is \(outcome.rawValue), not in doubt", "Run `closedesk run` with this export.")
    case .noReason: return error("an accept needs a reason", "Say why with --why.")
    case .noRequirements:
      return error(
        "the kind of applicant is not known, or the policy lists nothing for it",
        "Close it in the ticket system by hand.")
    case .blocking(let finding):
      return error(
        "\(finding.code.rawValue): \(catalog.message(finding.code, locale)) No reason makes that good",
        "Tell the customer with `closedesk review reject` or `ask`.")
    case .lacking(let finding):
      return error(
        "\(finding.code.rawValue): \(catalog.message(finding.code, locale)) It is missing, not doubtful",
        "Ask for it with `closedesk review ask`.")
    case .unexamined(let requirement):
      return error("\(requirement.rawValue) was not examined", "Give the attachments with --attachments.")
    }
  }
}

extension FindingCode {
  /// What a code speaks of, told by its name; nil where several requirements share it.
  var requirement: Requirement? {
    let table: [(String, Requirement)] = [
      ("consent.", .consentStatement), ("letter.", .consentLetter), ("contact.email.", .contactEmail),
      ("contact.phone.", .contactPhone), ("contact.security.", .securityContact), ("identity.number.", .identityNumber),
      ("identity.photo_front.", .idPhotoFront), ("identity.photo_back.", .idPhotoBack),
      ("business_licence.", .businessLicence), ("authorization.", .authorizationLetter),
      ("condition.arrears", .arrears), ("condition.balance", .balance), ("condition.resources", .resources),
      ("condition.service_provider", .serviceProvider), ("condition.icp_filing", .icpFiling),
    ]
    return table.first { rawValue.hasPrefix($0.0) }?.1
  }
}
