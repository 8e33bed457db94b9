import ClosureModel

/// Findings to an outcome, by the order of weight: out of scope, withdrawn, review, ineligible, incomplete, accepted.
enum Verdicts {
  static func judgement(_ policy: Policy, _ kind: ApplicantKind?, _ findings: [Finding]) -> Decision.Judgement {
    // A text that could not be read proves neither another request nor a withdrawal.
    let readable = !findings.contains { $0.requirement == .record && $0.verdict != .satisfied }
    if readable, findings.contains(where: { $0.code == .scopeOtherRequest }) { return .outOfScope }
    if readable, findings.contains(where: { $0.code == .withdrawalDeclared }) { return .withdrawn }

    var blocked = false
    var lacking = false
    // In their places: a copy of a finding has to be held for a while.
    for at in findings.indices {
      let (verdict, requirement) = (findings[at].verdict, findings[at].requirement)
      if verdict == .satisfied || verdict == .notApplicable { continue }
      switch (verdict, policy.condition(requirement)) {
      case (.doubtful, _): return .review
      case (.contradicted, let condition?):
        switch effect(findings[at], condition) {
        case .review: return .review
        case .block: blocked = true
        case .note: break
        }
      case (.contradicted, nil), (.missing, _), (.unusable, _):
        // Only material can be asked for; a verdict like this on anything else is no ground for a reply.
        guard policy.material.values.contains(where: { $0.contains(requirement) }) else { return .review }
        lacking = true
      case (.satisfied, _), (.notApplicable, _): break
      }
    }
    if blocked { return .ineligible }
    if lacking { return .incomplete }
    guard let kind else { return .review }
    do throws(AcceptanceRefused) {
      return .accepted(try AcceptanceProof(policy: policy, applicant: kind, findings: findings))
    } catch {
      return .review
    }
  }

  private static func effect(_ finding: Finding, _ condition: Policy.Condition) -> Policy.Condition.Effect {
    finding.code == .balanceWaived ? condition.whenWaived ?? .review : condition.whenTrue
  }
}
