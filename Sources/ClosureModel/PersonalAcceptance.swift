/// Why a person's word does not make an accept.
public enum OverrideRefused: Error, Sendable, Hashable {
  /// Only what was left to people is theirs to accept.
  case notInReview(Outcome)
  case noReason
  /// 实名类型 could not be read, or the policy lists nothing for it.
  case noRequirements
  /// A condition that blocks closing, a withdrawal, or material that contradicts the ticket.
  case blocking(Finding)
  /// Something is not there or not usable: to be asked for.
  case lacking(Finding)
  case unexamined(Requirement)
}

/// A person's word that a ticket which was left in doubt may be accepted. It stands in for `AcceptanceProof` where
/// findings are doubtful, and nowhere else: what blocks, contradicts or is missing no reason makes good.
/// Not `Codable`, so no stored row can forge it.
public struct PersonalAcceptance: Sendable, Hashable {
  public let findings: [Finding]
  public let by: Authorship

  /// - Parameter decision: made of the ticket as it is now. Each finding must be satisfied, doubtful, put off by the
  ///   policy, or a condition that the policy leaves to people (`when_true: review`) or only notes.
  public init(policy: Policy, decision: Decision, by: Authorship) throws(OverrideRefused) {
    guard decision.outcome == .review else { throw .notInReview(decision.outcome) }
    guard by.why.contains(where: { !$0.isWhitespace }), !by.who.isEmpty else { throw .noReason }
    let required = decision.applicant.map(policy.requirements) ?? []
    guard !required.isEmpty else { throw .noRequirements }
    for finding in decision.findings {
      switch finding.verdict {
      case .satisfied, .doubtful: break
      case .notApplicable: guard AcceptanceProof.allows(finding, policy) else { throw .lacking(finding) }
      case .missing, .unusable: throw .lacking(finding)
      case .contradicted: guard Self.isLeftToPeople(finding, policy) else { throw .blocking(finding) }
      }
    }
    for requirement in required where !decision.findings.contains(where: { $0.requirement == requirement }) {
      throw .unexamined(requirement)
    }
    findings = decision.findings
    self.by = by
  }

  private static func isLeftToPeople(_ finding: Finding, _ policy: Policy) -> Bool {
    guard let condition = policy.condition(finding.requirement) else { return false }
    let effect = finding.code == .balanceWaived ? condition.whenWaived ?? .block : condition.whenTrue
    switch effect {
    case .block: return false
    case .review, .note: return true
    }
  }
}
