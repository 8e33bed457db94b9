import ClosureModel
import Testing

import Decide

@Suite("A person's accept: over doubt, never over a block", .tags(.safety))
struct PersonalAcceptanceTests {
  private let by = Authorship(who: "reviewer", why: "compared with the licence")

  private func finding(_ code: FindingCode, _ requirement: Requirement, _ verdict: Verdict) -> Finding {
    Finding(code, requirement, verdict, evidence: [Evidence(.policy)])
  }

  /// A decision on a ticket all of whose requirements are satisfied but for `changes`.
  private func decision(
    _ policy: Policy, _ changes: [Finding], judgement: Decision.Judgement = .review, without: Requirement? = nil,
    applicant: ApplicantKind? = .individual
  ) -> Decision {
    let required = policy.requirements(for: .individual).filter { $0 != without }
    let findings = required.filter { one in !changes.contains { $0.requirement == one } }
      .map { finding(.recordReadable, $0, .satisfied) }
    return Decision(judgement: judgement, findings: findings + changes, applicant: applicant, due: nil)
  }

  private func refusal(_ policy: Policy, _ decision: Decision, by: Authorship? = nil) -> OverrideRefused? {
    do throws(OverrideRefused) {
      _ = try PersonalAcceptance(policy: policy, decision: decision, by: by ?? self.by)
      return nil
    } catch { return error }
  }

  @Test("Doubt, and conditions that the policy leaves to people, may be accepted")
  func doubt() throws {
    let policy = try Repository.policy()
    let doubtful = finding(.consentUnclear, .consentStatement, .doubtful)
    #expect(refusal(policy, decision(policy, [doubtful])) == nil)
    #expect(refusal(policy, decision(policy, [finding(.icpFiling, .icpFiling, .contradicted)])) == nil)
    #expect(refusal(policy, decision(policy, [finding(.balanceWaived, .balance, .contradicted)])) == nil)
    #expect(refusal(policy, decision(policy, [finding(.arrearsUnknown, .arrears, .doubtful)])) == nil)
  }

  @Test(
    "Nothing that blocks is made good by a reason",
    arguments: [
      (FindingCode.arrears, Requirement.arrears), (.balance, .balance), (.resources, .resources),
      (.serviceProvider, .serviceProvider), (.consentNegated, .consentStatement), (.withdrawalDeclared, .standing),
      (.accountMismatch, .account),
    ])
  func blocked(_ code: FindingCode, _ requirement: Requirement) throws {
    let policy = try Repository.policy()
    let block = finding(code, requirement, .contradicted)
    let doubtful = finding(.emailSuspect, .contactEmail, .doubtful)
    #expect(refusal(policy, decision(policy, [block, doubtful])) == .blocking(block))
  }

  @Test("What is missing or unusable is asked for, not accepted")
  func lacking() throws {
    let policy = try Repository.policy()
    for verdict in [Verdict.missing, .unusable] {
      let lack = finding(.phoneMissing, .contactPhone, verdict)
      #expect(refusal(policy, decision(policy, [lack])) == .lacking(lack))
    }
  }

  @Test("Only what was left to people, examined whole, of a known kind, with a reason")
  func edges() throws {
    let policy = try Repository.policy()
    let doubtful = finding(.consentUnclear, .consentStatement, .doubtful)
    #expect(
      refusal(policy, decision(policy, [doubtful], judgement: .incomplete)) == .notInReview(.incomplete))
    #expect(refusal(policy, decision(policy, [doubtful], without: .contactEmail)) == .unexamined(.contactEmail))
    #expect(refusal(policy, decision(policy, [doubtful], applicant: nil)) == .noRequirements)
    #expect(refusal(policy, decision(policy, [doubtful]), by: Authorship(who: "reviewer", why: " \n")) == .noReason)
  }
}
