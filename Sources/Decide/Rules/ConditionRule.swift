import ClosureModel

/// Facts of the account that stand in the way of a closing. Unknown never counts as clear.
enum ConditionRule {
  static func judge(_ condition: Policy.Condition, _ ticket: Ticket, _ examination: Examination) -> Finding {
    let found = fact(condition, ticket, examination)
    // 余额还有200元, though the export knows of none: a person finds out.
    guard found.verdict == .satisfied || found.verdict == .notApplicable, let codes = Codes.of(condition.requirement),
      let said = examination.text.stated[condition.requirement], !said.isEmpty
    else { return found }
    return Finding(codes.stated, condition.requirement, .doubtful, evidence: found.evidence + said)
  }

  private static func fact(_ condition: Policy.Condition, _ ticket: Ticket, _ examination: Examination) -> Finding {
    let facts = ticket.facts
    switch condition.requirement {
    case .arrears:
      // A negative amount may be either side's debt: unknown.
      return plain(condition, state(facts.arrears) { sign($0.minorUnits) }, .arrearsCodes)
    case .serviceProvider:
      return plain(condition, state(facts.serviceProvider) { $0 }, .serviceProviderCodes)
    case .icpFiling: return plain(condition, state(facts.icpFiling) { $0 }, .icpFilingCodes)
    case .resources: return resources(condition, facts, examination)
    case .balance: return balance(condition, facts, examination)
    // The loader lets no other requirement in; a policy built by hand ends in review.
    case .scope, .standing, .account, .applicantKind, .consentStatement, .consentLetter, .contactEmail, .contactPhone,
      .securityContact, .identityNumber, .idPhotoFront, .idPhotoBack, .businessLicence, .authorizationLetter, .record:
      return Finding(.recordUndecodable, condition.requirement, .doubtful, evidence: [Evidence(.policy)])
    }
  }

  private static func balance(_ condition: Policy.Condition, _ facts: AccountFacts, _ examination: Examination)
    -> Finding
  {
    // A negative balance is a debt, which cannot be waived: unknown.
    let state = state(facts.balance) { sign($0.minorUnits) }
    let found = plain(condition, state, .balanceCodes)
    guard condition.whenWaived != nil else { return found }
    // Without a column the applicant's own words are all that is known of the balance: who waives one says there is one.
    switch state {
    case .true, .absent: break
    case .false, .unknown: return found
    }
    let waiver = examination.text.balanceWaiver
    let evidence = found.evidence + waiver.evidence
    switch waiver.label {
    case .denied: return found
    case .affirmed where !waiver.evidence.isEmpty:
      return Finding(.balanceWaived, .balance, .contradicted, evidence: evidence)
    case .affirmed, .unclear: return Finding(.balanceWaiverUnclear, .balance, .doubtful, evidence: evidence)
    }
  }

  private static func resources(_ condition: Policy.Condition, _ facts: AccountFacts, _ examination: Examination)
    -> Finding
  {
    let state = state(facts.resources) { sign(Int64($0)) }
    let found = plain(condition, state, .resourcesCodes)
    guard let effect = condition.whenWaived, effect != .block else { return found }
    // Without a column the applicant's own words are all that is known: who gives resources up says there are some.
    switch state {
    case .true, .absent: break
    case .false, .unknown: return found
    }
    let waiver = examination.text.resourceWaiver
    guard waiver.label != .denied else { return found }
    return Finding(.resourcesWaived, .resources, .doubtful, evidence: found.evidence + waiver.evidence)
  }

  private static func plain(_ condition: Policy.Condition, _ state: State, _ codes: Codes) -> Finding {
    let requirement = condition.requirement
    switch state {
    case .true(let quote): return Finding(codes.holds, requirement, .contradicted, evidence: [codes.cell(quote)])
    case .false(let quote): return Finding(codes.clear, requirement, .satisfied, evidence: [codes.cell(quote)])
    case .unknown(let quote): return Finding(codes.unknown, requirement, .doubtful, evidence: [codes.cell(quote)])
    case .absent:
      let verdict: Verdict = condition.whenAbsent == .later ? .notApplicable : .doubtful
      return Finding(codes.unchecked, requirement, verdict, evidence: [Evidence(.policy)])
    }
  }

  private enum State {
    case `true`(String), `false`(String), unknown(String), absent
  }

  private static func state<Value: CustomStringConvertible>(_ fact: Fact<Value>, holds: (Value) -> Bool?) -> State {
    switch fact {
    case .columnAbsent: return .absent
    case .blank: return .unknown("")
    case .unreadable(let text): return .unknown(text)
    case .known(let value):
      guard let holds = holds(value) else { return .unknown(value.description) }
      return holds ? .true(value.description) : .false(value.description)
    }
  }

  private static func sign(_ number: Int64) -> Bool? { number < 0 ? nil : number > 0 }

  private struct Codes {
    let field: TicketField
    let holds: FindingCode, clear: FindingCode, unknown: FindingCode, unchecked: FindingCode, stated: FindingCode

    static func of(_ requirement: Requirement) -> Codes? {
      switch requirement {
      case .arrears: arrearsCodes
      case .balance: balanceCodes
      case .resources: resourcesCodes
      case .serviceProvider: serviceProviderCodes
      case .icpFiling: icpFilingCodes
      default: nil
      }
    }

    func cell(_ quote: String) -> Evidence { Evidence(.column(field), quote: quote) }

    static let arrearsCodes = Codes(
      field: .arrears, holds: .arrears, clear: .arrearsClear, unknown: .arrearsUnknown, unchecked: .arrearsUnchecked,
      stated: .arrearsStated)
    static let balanceCodes = Codes(
      field: .balance, holds: .balance, clear: .balanceClear, unknown: .balanceUnknown, unchecked: .balanceUnchecked,
      stated: .balanceStated)
    static let resourcesCodes = Codes(
      field: .resources, holds: .resources, clear: .resourcesClear, unknown: .resourcesUnknown,
      unchecked: .resourcesUnchecked, stated: .resourcesStated)
    static let serviceProviderCodes = Codes(
      field: .serviceProvider, holds: .serviceProvider, clear: .serviceProviderClear,
      unknown: .serviceProviderUnknown, unchecked: .serviceProviderUnchecked, stated: .serviceProviderStated)
    static let icpFilingCodes = Codes(
      field: .icpFiling, holds: .icpFiling, clear: .icpFilingClear, unknown: .icpFilingUnknown,
      unchecked: .icpFilingUnchecked, stated: .icpFilingStated)
  }
}
