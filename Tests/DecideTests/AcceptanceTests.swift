import ClosureModel
import Decide
import Testing

/// SplitMix64: the same seed, the same tickets.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Nothing but a complete ticket is accepted", .tags(.safety))
struct AcceptanceTests {
  private static let harmless: [@Sendable (inout Sample) -> Void] = [
    { $0.ticket.declaredKind = "未实名" }, { $0.ticket.facts = AccountFacts() }, { $0.ticket.account = "" },
    { $0.ticket.category = "账号与认证/注销" }, { $0.length = 20_000 }, { $0.ticket.status = "新建" },
    {
      $0.balanceWaiver = $0.ticket.facts.balance == .columnAbsent ? $0.balanceWaiver : statement(.affirmed, "x", "放弃")
    },
    { $0.textEmails = [contact("a@", .invalid, nil)] },
  ]

  @Test("Any worsening, alone or with others, keeps an acceptable ticket from being accepted", arguments: 0..<400)
  func worsened(_ seed: Int) throws {
    var random = Seeded(seed: UInt64(seed))
    var sample = Sample()
    // A harmless variation first, so that more than one acceptable ticket is tried.
    Self.harmless.randomElement(using: &random)?(&sample)
    #expect(try sample.decide().outcome == .accepted, "seed \(seed)")
    for _ in 0..<Int.random(in: 1...3, using: &random) { Worsening.all.randomElement(using: &random)?(&sample) }
    #expect(try sample.decide().outcome != .accepted, "seed \(seed)")
  }

  @Test("Each single worsening keeps the ticket from being accepted", arguments: Worsening.all.indices)
  func each(_ index: Int) throws {
    var sample = Sample()
    Worsening.all[index](&sample)
    #expect(try sample.decide().outcome != .accepted)
  }

  @Test("No proof without any one requirement, nor with any finding worsened or without evidence")
  func proof() throws {
    let policy = try Repository.policy()
    for facts in [Sample().ticket.facts, AccountFacts()] {
      let whole = try Sample { $0.ticket.facts = facts }.decide().findings
      _ = try AcceptanceProof(policy: policy, applicant: .individual, findings: whole)
      #expect(Set(whole.map(\.requirement)) == Set(policy.requirements(for: .individual)))
      for index in whole.indices {
        let one = whole[index]
        #expect(throws: AcceptanceRefused.self, "\(one.code.rawValue) dropped") {
          try AcceptanceProof(
            policy: policy, applicant: .individual, findings: whole.filter { $0.requirement != one.requirement })
        }
        var worse = Verdict.allCases.filter { $0 != .satisfied && $0 != .notApplicable }.map {
          Finding(one.code, one.requirement, $0, evidence: one.evidence)
        }
        worse.append(Finding(one.code, one.requirement, one.verdict, evidence: []))
        for finding in worse {
          var findings = whole
          findings[index] = finding
          #expect(throws: AcceptanceRefused.self, "\(one.code.rawValue) as \(finding.verdict.rawValue)") {
            try AcceptanceProof(policy: policy, applicant: .individual, findings: findings)
          }
        }
      }
    }
  }

  @Test("Who has to send pictures is never accepted unseen, whatever the files", arguments: ["个人", "企业"])
  func pictures(_ kind: String) throws {
    for type in AttachmentFact.FileType.allCases {
      for name in ["手持身份证正反面、营业执照、授权书.pdf", "a.jpg", ""] {
        let sample = Sample {
          $0.policy = "tencentcloud"
          $0.ticket.declaredKind = kind
          $0.textNumbers = [number("310104198804150048")]
          $0.attachments = [file(name, found(type))]
        }
        #expect(try sample.decide().outcome != .accepted)
      }
    }
  }

  @Test("An enterprise's letter is never accepted unseen, whatever the file")
  func letter() throws {
    for type in AttachmentFact.FileType.allCases {
      let sample = Sample {
        $0.ticket.declaredKind = "企业实名"
        $0.attachments = [file("注销京东云账号同意书.pdf", found(type))]
      }
      #expect(try sample.decide().outcome != .accepted)
    }
  }
}

/// Changes for the worse. None of them may undo another.
enum Worsening {
  static let all: [@Sendable (inout Sample) -> Void] = [
    { $0.ticket.hasConflictingCopy = true }, { $0.damaged = Evidence(.body, span: 0..<1) },
    { $0.unattributed = Evidence(.message(0)) },
    { $0.length = 20_001 },
    { $0.ticket.category = "云主机" }, { $0.ticket.category = "" }, { $0.ticket.status = "closed" },
    { $0.closing = statement(.unclear, "x", "注销？") }, { $0.closing = statement(.denied, "x", "开票") },
    { $0.closing = statement(.affirmed, "x") }, { $0.withdrawal = statement(.affirmed, "x", "不注销了") },
    { $0.withdrawal = statement(.affirmed, "x") }, { $0.withdrawal = statement(.unclear, "x", "再想想") },
    { $0.accounts = [Evidence(.body, quote: "jdc_other")] }, { $0.ticket.declaredKind = "" },
    { $0.ticket.declaredKind = "企业实名" }, { $0.consent = statement(.affirmed, "consent.satisfied") },
    { $0.consent = statement(.unclear, "consent.unclear", "同意") },
    { $0.consent = statement(.denied, "consent.missing") },
    { $0.consent = statement(.denied, "consent.satisfied", "同意") },
    { $0.consent = statement(.affirmed, "consent.half", "同意") }, { $0.formEmails = [] }, { $0.formPhones = [] },
    { $0.formEmails = [contact("a@qq.con", .suspect, .email, suggestion: "a@qq.com")] },
    { $0.formPhones = [contact("1380013", .invalid, .phone)] },
    { $0.formPhones = [contact("+8613800138000", .valid, .phone, owner: .agent)] },
    { $0.ticket.facts.arrears = .known(Money(minorUnits: 1)) }, { $0.ticket.facts.arrears = .blank },
    { $0.ticket.facts.arrears = .known(Money(minorUnits: -1)) }, { $0.ticket.facts.balance = .unreadable("查询失败") },
    { $0.ticket.facts.balance = .known(Money(minorUnits: 1)) }, { $0.ticket.facts.balance = .blank },
    { $0.ticket.facts.resources = .known(3) }, { $0.ticket.facts.resources = .blank },
    { $0.ticket.facts.serviceProvider = .known(true) }, { $0.ticket.facts.serviceProvider = .unreadable("？") },
    { $0.ticket.facts.icpFiling = .known(true) }, { $0.ticket.facts.icpFiling = .blank },
  ]
}
