public import ClosureModel

/// Evidence and policy in, findings and a decision out. A function of its arguments: no clock, no chance, no I/O.
public struct Judge: Sendable {
  private let policy: Policy
  private let calendar: WorkingCalendar
  private let scope: ScopeRule
  private let kinds: KindRule
  private let contradictions: ContradictionRule
  private let letters: LetterRule
  private let pictures: PictureRule

  public init(policy: Policy, calendar: WorkingCalendar) {
    self.policy = policy
    self.calendar = calendar
    scope = ScopeRule(policy)
    kinds = KindRule(policy)
    contradictions = ContradictionRule(scope, kinds)
    letters = LetterRule(policy)
    pictures = PictureRule(policy)
  }

  /// The decision that category, status or the ticket system's own word settle, whatever the text says: such a ticket
  /// need not be read. `nil` for every other.
  public func outOfScope(_ ticket: Ticket, _ folded: FoldedFields) -> Decision? {
    guard let stop = scope.outOfScope(ticket, folded) else { return nil }
    return Decision(judgement: .outOfScope, findings: [stop], applicant: kinds.judge(ticket, folded).0, due: nil)
  }

  /// - Returns: a decision for every ticket. `due` is `nil` when the time of submission is unknown, when the calendar
  ///   does not reach, and for tickets out of scope.
  public func decide(_ ticket: Ticket, _ examination: Examination) -> Decision {
    if let settled = outOfScope(ticket, examination.folded) { return settled }
    let (kind, kindFinding) = kinds.judge(ticket, examination.folded)
    var findings = RecordRule.judge(ticket, examination, policy)
    findings.reserveCapacity(Self.usual)
    findings.append(contentsOf: contradictions.judge(ticket, examination.folded))
    findings.append(scope.closingRequest(ticket, examination))
    if let unclear = scope.unclearStatus(ticket, examination.folded) { findings.append(unclear) }
    findings.append(StandingRule.judge(ticket, examination))
    findings.append(AccountRule.judge(ticket, examination))
    findings.append(kindFinding)
    for requirement in kind.flatMap({ policy.material[$0] }) ?? [] {
      findings.append(contentsOf: material(requirement, ticket, examination))
    }
    for condition in policy.conditions {
      findings.append(ConditionRule.judge(condition, ticket, examination))
    }
    let judgement = Verdicts.judgement(policy, kind, findings)
    if case .outOfScope = judgement {
      // What is missing from a ticket that asks for something else is of no interest to anybody.
      let kept = findings.filter { $0.requirement == .scope }
      return Decision(judgement: .outOfScope, findings: kept, applicant: kind, due: nil)
    }
    return Decision(judgement: judgement, findings: findings, applicant: kind, due: due(ticket))
  }

  /// Findings that most tickets have at most.
  private static let usual = 16

  /// The findings about the consent letter alone; empty where the policy asks for none.
  public func letterFindings(_ ticket: Ticket, _ examination: Examination) -> [Finding] {
    policy.letter == nil ? [] : letters.judge(ticket, examination)
  }

  /// Does this ticket's decision rest on a consent letter? Only then are its files opened.
  public func asksForLetter(_ ticket: Ticket, _ examination: Examination) -> Bool {
    guard scope.outOfScope(ticket, examination.folded) == nil, let kind = kinds.judge(ticket, examination.folded).0
    else { return false }
    return policy.material[kind]?.contains(.consentLetter) ?? false
  }

  private func material(_ requirement: Requirement, _ ticket: Ticket, _ examination: Examination) -> [Finding] {
    switch requirement {
    case .consentStatement: [ConsentRule.judge(examination)]
    case .consentLetter: letters.judge(ticket, examination)
    case .contactEmail: [ContactRule.email(ticket, examination)]
    case .contactPhone: [ContactRule.phone(ticket, examination)]
    case .securityContact: [ContactRule.security(examination)]
    case .identityNumber: [IdentityNumberRule.judge(examination)]
    case .idPhotoFront, .idPhotoBack, .businessLicence, .authorizationLetter:
      pictures.judge(requirement, ticket, examination)
    // Left unjudged, such a requirement keeps the proof from being built.
    case .scope, .standing, .account, .applicantKind, .record, .arrears, .balance, .resources, .serviceProvider,
      .icpFiling:
      []
    }
  }

  private func due(_ ticket: Ticket) -> Timestamp? {
    guard let submitted = ticket.submittedAt else { return nil }
    do throws(CalendarError) {
      return try calendar.due(
        submitted: submitted, workingDays: policy.deadline.workingDays, hour: policy.deadline.hour)
    } catch {
      // The ticket is decided all the same; the run warns beforehand of a calendar that ends.
      return nil
    }
  }
}
