import ClosureModel
import Testing

@testable import Decide

/// A contact that the ticket's own words take back satisfies nothing.
@Suite("Contacts that are taken back", .tags(.safety))
struct DisownedContactTests {
  private static func disowned(_ value: String) -> ContactReading {
    contact(value, .valid, nil, owner: .unknown).owned(by: .unknown, isDisowned: true)
  }
  private static func denial(
    _ kind: ContactDenial.Kind, _ reach: ContactDenial.Reach, tail: String? = nil, at: Int = 50
  ) -> ContactDenial {
    ContactDenial(kind: kind, reach: reach, tail: tail, evidence: Evidence(.body, span: at..<(at + 4), quote: "已停用"))
  }

  static let cases: [RuleCase] = [
    RuleCase("the cell's number is dead in the text", .incomplete, [.phoneDisowned: .unusable]) {
      $0.textPhones = [disowned("+8613800138000")]
    },
    RuleCase("the text masks it", .incomplete, [.phoneDisowned: .unusable]) {
      $0.textPhones = [disowned("138****8000")]
    },
    RuleCase("another number is dead", .accepted, [.phoneSatisfied: .satisfied]) {
      $0.textPhones = [disowned("+8613900139000")]
    },
    RuleCase("another masked number is dead", .accepted, [.phoneSatisfied: .satisfied]) {
      $0.textPhones = [disowned("139****9000")]
    },
    RuleCase("the cell says so itself", .incomplete, [.emailDisowned: .unusable]) {
      $0.formEmails = [contact("a@example.com", .valid, .email).owned(by: .unknown, isDisowned: true)]
    },
    RuleCase("dead, and a new one in the text", .accepted, [.phoneSatisfied: .satisfied]) {
      $0.textPhones = [disowned("+8613800138000"), contact("+8613900139000", .valid, nil)]
    },
    RuleCase(
      "the form's contacts are said to be dead", .review, [.emailDisowned: .doubtful, .phoneDisowned: .doubtful]
    ) {
      $0.denials = [denial(.any, .everything)]
    },
    RuleCase("the bound phone is dead", .review, [.phoneDisowned: .doubtful, .emailSatisfied: .satisfied]) {
      $0.denials = [denial(.phone, .fields)]
    },
    RuleCase("only the security phone gets no codes", .accepted, [.phoneSatisfied: .satisfied]) {
      $0.denials = [denial(.phone, .security)]
    },
    RuleCase("the last digits are the cell's", .incomplete, [.phoneDisowned: .unusable]) {
      $0.denials = [denial(.phone, .everything, tail: "8000")]
    },
    RuleCase("the last digits are another's", .accepted, [.phoneSatisfied: .satisfied]) {
      $0.denials = [denial(.phone, .everything, tail: "9000")]
    },
    RuleCase("a misspelt address for a wrong one", .incomplete, [.emailSuspect: .unusable]) {
      $0.denials = [denial(.email, .everything)]
      $0.textEmails = [
        ContactReading(
          value: "new@qq.con", status: .suspect, suggestion: "new@qq.com",
          evidence: Evidence(.body, span: 60..<70, quote: "new@qq.con"), owner: .applicant)
      ]
    },
    RuleCase("a contact given before such words", .review, [.phoneDisowned: .doubtful]) {
      $0.formPhones = []
      $0.textPhones = [
        ContactReading(
          value: "+8613800138000", status: .valid, evidence: Evidence(.body, span: 10..<21, quote: "13800138000"),
          owner: .applicant)
      ]
      $0.denials = [denial(.phone, .everything)]
    },
    RuleCase("Tencent: a masked security phone is dead", .incomplete, [.securityDisowned: .unusable]) {
      $0.policy = "tencentcloud"
      $0.ticket.declaredKind = "未实名"
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.securityContacts = [contact("138****8000", .valid, .securityPhone)]
      $0.textPhones = [disowned("138****8000")]
    },
    RuleCase("Tencent: the security phone gets no codes", .review, [.securityDisowned: .doubtful]) {
      $0.policy = "tencentcloud"
      $0.ticket.declaredKind = "未实名"
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.securityContacts = [contact("138****8000", .valid, .securityPhone)]
      $0.denials = [denial(.phone, .security)]
    },
    RuleCase("Tencent: the provider's own number", .incomplete, [.securityMissing: .missing]) {
      $0.policy = "tencentcloud"
      $0.ticket.declaredKind = "未实名"
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.securityContacts = [contact("4009100100", .valid, .securityPhone, owner: .agent)]
    },
    RuleCase("Tencent: a misspelt security address", .incomplete, [.securityInvalid: .unusable]) {
      $0.policy = "tencentcloud"
      $0.ticket.declaredKind = "未实名"
      ($0.formEmails, $0.formPhones) = ([], [])
      $0.securityContacts = [contact("z***@qq.con", .suspect, .securityEmail, suggestion: "z***@qq.com")]
    },
  ]

  @Test("No finding rests on it", arguments: cases)
  func judged(_ rule: RuleCase) throws {
    let decision = try rule.sample.decide()
    #expect(decision.outcome == rule.outcome)
    for (code, verdict) in rule.codes {
      #expect(decision.findings.contains { $0.code == code && $0.verdict == verdict }, "\(code.rawValue)")
    }
  }
}
