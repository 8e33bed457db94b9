import ClosureModel
import Decide
import Foundation
import Testing

@Suite("Rules", .tags(.safety))
struct RuleTests {
  @Test("Each fact leads to its finding, its verdict and its outcome", arguments: RuleCases.all + TencentCases.all)
  func rule(_ example: RuleCase) throws {
    let decision = try example.sample.decide()
    #expect(decision.outcome == example.outcome)
    for (code, verdict) in example.codes {
      let hits = decision.findings.filter { $0.code == code }
      #expect(!hits.isEmpty, "\(code.rawValue) is absent: \(decision.findings.map(\.code.rawValue))")
      #expect(hits.allSatisfy { $0.verdict == verdict })
    }
    #expect(!decision.findings.isEmpty)
    #expect(decision.findings.allSatisfy { !$0.evidence.isEmpty })
    #expect((decision.due == nil) == (decision.outcome == .outOfScope))
  }

  @Test("Every finding code comes out of some ticket")
  func everyCode() throws {
    var seen: Set<FindingCode> = []
    for example in RuleCases.all + TencentCases.all + DisownedContactTests.cases {
      seen.formUnion(try example.sample.decide().findings.map(\.code))
    }
    // Found when a plan is applied or a case is recorded, not by a rule.
    seen.formUnion([.planTicketChanged, .planTicketMissing, .recordPassed])
    #expect(FindingCode.allCases.filter { !seen.contains($0) } == [])
  }

  @Test("A letter's date is compared with nothing where the ticket has no time of submission, and a person decides")
  func undatedTicket() throws {
    let sample = RuleCases.letterCase("", .review, [:], [{ _ in }], also: { $0.ticket.submittedAt = nil }).sample
    let decision = try sample.decide()
    #expect(decision.outcome == .review)
    #expect(decision.findings.contains { $0.code == .letterDateUnclear && $0.verdict == .doubtful })
  }

  @Test("A suspect address is proposed, never used")
  func suggestion() throws {
    let decision = try Sample {
      $0.formEmails = [contact("a@qq.con", .suspect, .email, suggestion: "a@qq.com")]
    }.decide()
    #expect(decision.findings.first { $0.code == .emailSuspect }?.suggestion == "a@qq.com")
  }

  @Test("Out of scope by category or status reports that and nothing else", arguments: ["云主机", "财务"])
  func single(_ category: String) throws {
    let decision = try Sample {
      $0.ticket.category = category
      $0.formEmails = []
    }.decide()
    #expect(decision.findings.map(\.code) == [.scopeCategory])
  }

  @Test("What the cells put out of scope, no text brings back", arguments: RuleCases.all + TencentCases.all)
  func settled(_ example: RuleCase) throws {
    let sample = example.sample
    let judge = try Repository.judge(sample.policy)
    guard let settled = judge.outOfScope(sample.ticket, sample.examination.folded) else { return }
    #expect(settled.outcome == .outOfScope)
    var other = sample
    // The most that a text can say for a ticket, and against it.
    for (consent, closing) in [
      (StatementReading.Label.affirmed, StatementReading.Label.affirmed), (.denied, .denied), (.unclear, .unclear),
    ] {
      other.consent = statement(consent, "consent.satisfied", "本人已阅读并同意")
      other.closing = statement(closing, "declared", "申请注销")
      #expect(try other.decide() == settled)
    }
  }

  @Test("The due date is the third working day at 18:00, and unknown where it cannot be known")
  func due() throws {
    #expect(try Sample().decide().due?.description == "2026-11-23T18:00:00+08:00")
    #expect(try Sample { $0.ticket.submittedAt = nil }.decide().due == nil)
    let late = try Sample { $0.ticket.submittedAt = Timestamp(parsing: "2026-12-30") }.decide()
    #expect(late.due == nil)
    #expect(late.outcome == .accepted)
  }

  @Test("A stricter policy turns a missing column into review")
  func stricter() throws {
    let text = try Repository.text("Templates/policies/jdcloud.yaml")
      .replacingOccurrences(of: "when_absent: later", with: "when_absent: review")
    let judge = Judge(policy: try PolicyLoader.load(text: text, file: "p"), calendar: try Repository.calendar())
    let sample = Sample { $0.ticket.facts = AccountFacts() }
    let decision = judge.decide(sample.ticket, sample.examination)
    #expect(decision.outcome == .review)
    #expect(decision.findings.filter { $0.verdict == .doubtful }.count == 5)
  }

  @Test(
    "A condition that is only noted lets a complete ticket through, a waiver by its own word",
    arguments: [("review", Outcome.review), ("note", .accepted), ("block", .ineligible)])
  func effects(_ word: String, _ outcome: Outcome) throws {
    let text = try Repository.text("Templates/policies/jdcloud.yaml")
      .replacingOccurrences(of: "when_waived: review", with: "when_waived: \(word)")
      .replacingOccurrences(of: "icp_filing\n    when_true: review", with: "icp_filing\n    when_true: \(word)")
    let judge = Judge(policy: try PolicyLoader.load(text: text, file: "p"), calendar: try Repository.calendar())
    let waived = Sample {
      $0.ticket.facts.balance = .known(Money(minorUnits: 500))
      $0.balanceWaiver = statement(.affirmed, "declared", "放弃余额")
    }
    #expect(judge.decide(waived.ticket, waived.examination).outcome == outcome)
    let filed = Sample { $0.ticket.facts.icpFiling = .known(true) }
    #expect(judge.decide(filed.ticket, filed.examination).outcome == outcome)
  }

  @Test(
    "Living resources that may be given up go to a person",
    arguments: [
      (StatementReading.Label.affirmed, Outcome.review), (.unclear, .review), (.denied, .ineligible),
    ])
  func resourceWaiver(_ label: StatementReading.Label, _ outcome: Outcome) throws {
    let text = try Repository.text("Templates/policies/jdcloud.yaml")
      .replacingOccurrences(
        of: "resources\n    when_true: block", with: "resources\n    when_true: block\n    when_waived: review")
    let judge = Judge(policy: try PolicyLoader.load(text: text, file: "p"), calendar: try Repository.calendar())
    let sample = Sample {
      $0.ticket.facts.resources = .known(2)
      $0.resourceWaiver = statement(label, "x", "放弃资源")
    }
    #expect(judge.decide(sample.ticket, sample.examination).outcome == outcome)
  }
}
