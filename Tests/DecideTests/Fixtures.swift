import ClosureModel
import Decide
import Foundation
import Testing

extension Tag {
  @Tag static var safety: Self
}

/// The package's root, found from this file upwards.
enum Repository {
  static let root: URL = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path + "/Package.swift") {
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func policy(_ id: String = "jdcloud") throws -> Policy {
    try PolicyLoader.load(text: try text("Templates/policies/\(id).yaml"), file: "\(id).yaml")
  }

  static func calendar(_ years: [Int] = [2024, 2025, 2026]) throws -> WorkingCalendar {
    try WorkingCalendar(
      files: try years.map { ("cn-\($0).yaml", try text("Templates/calendars/cn-\($0).yaml")) })
  }

  static func judge(_ policy: String = "jdcloud") throws -> Judge {
    Judge(policy: try self.policy(policy), calendar: try calendar())
  }
}

/// A ticket and what was seen of it, open to change; `Sample()` is one that must be accepted.
struct Sample: Sendable {
  var ticket = Ticket(
    id: Ticket.ID("T-1001"), origin: Origin(file: "export.csv", row: 2), category: "账号与认证", subject: "注销账号",
    body: "本人已阅读并同意《京东云账户注销须知》，申请注销账号。", submittedAt: Timestamp(parsing: "2026-11-18T09:30:00+08:00"),
    status: "处理中", account: "jdc_test", declaredKind: "个人实名", contactEmail: "a@example.com",
    contactPhone: "13800138000",
    facts: AccountFacts(
      balance: .known(Money(minorUnits: 0)), arrears: .known(Money(minorUnits: 0)), serviceProvider: .known(false),
      icpFiling: .known(false), resources: .known(0)))
  var consent = statement(.affirmed, "consent.satisfied", "本人已阅读并同意《京东云账户注销须知》")
  var balanceWaiver = statement(.denied, "not_declared")
  var resourceWaiver = statement(.denied, "not_declared")
  var withdrawal = statement(.denied, "not_declared")
  var closing = statement(.affirmed, "declared", "申请注销账号")
  var accounts: [Evidence] = []
  var formEmails = [contact("a@example.com", .valid, .email)]
  var formPhones = [contact("+8613800138000", .valid, .phone)]
  var textEmails: [ContactReading] = []
  var textPhones: [ContactReading] = []
  var denials: [ContactDenial] = []
  var attachments: [AttachmentFact] = []
  var readings: [AttachmentReading] = []
  var reused: [Examination.ReusedFile] = []
  var securityContacts: [ContactReading] = []
  var formNumbers: [IdentityNumberReading] = []
  var textNumbers: [IdentityNumberReading] = []
  var damaged: Evidence?
  var unattributed: Evidence?
  var length = 30
  var stated: [Requirement: [Evidence]] = [:]
  var policy = "jdcloud"
  /// `nil`: as written in the ticket.
  var folded: FoldedFields?

  init(_ change: (inout Sample) -> Void = { _ in }) { change(&self) }

  var examination: Examination {
    var examination = Examination(
      text: TextReading(
        consent: consent, balanceWaiver: balanceWaiver, resourceWaiver: resourceWaiver, withdrawal: withdrawal,
        closingRequest: closing, emails: textEmails, phones: textPhones, contactDenials: denials,
        identityNumbers: textNumbers, accounts: accounts, stated: stated),
      folded: folded
        ?? FoldedFields(
          category: ticket.category, status: ticket.status, kind: ticket.declaredKind, account: ticket.account),
      formEmails: formEmails, formPhones: formPhones, securityContacts: securityContacts,
      formIdentityNumbers: formNumbers, attachments: attachments, damagedText: damaged, unattributed: unattributed,
      textLength: length)
    examination.readings = readings
    examination.reused = reused
    return examination
  }

  func decide() throws -> Decision { try Repository.judge(policy).decide(ticket, examination) }
}

func statement(_ label: StatementReading.Label, _ code: String, _ quote: String? = nil) -> StatementReading {
  StatementReading(
    label: label, code: code,
    evidence: quote.map { [Evidence(.body, span: 0..<$0.unicodeScalars.count, quote: $0)] } ?? [], reason: "测试")
}

func contact(
  _ value: String, _ status: ContactReading.Status, _ field: TicketField?, owner: ContactReading.Owner = .applicant,
  suggestion: String? = nil
) -> ContactReading {
  ContactReading(
    value: value, status: status, suggestion: suggestion,
    evidence: Evidence(field.map { .column($0) } ?? .body, quote: value), owner: owner)
}

func number(
  _ value: String, valid: Bool = true, kind: IdentityNumberReading.Kind = .residentID, cell: Bool = false
) -> IdentityNumberReading {
  IdentityNumberReading(
    kind: kind, value: value, valid: valid, why: valid ? nil : "校验位不对",
    evidence: Evidence(cell ? .column(.identityNumber) : .body, quote: value))
}

func file(_ name: String, _ state: AttachmentFact.State) -> AttachmentFact { AttachmentFact(name: name, state: state) }

func found(_ type: AttachmentFact.FileType, bytes: Int = 9_000) -> AttachmentFact.State {
  .found(sha256: String(repeating: "0", count: 64), bytes: bytes, type: type)
}

/// A change of the acceptable sample, the findings it must bring and the outcome it must end in.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let name: String
  let outcome: Outcome
  let codes: [FindingCode: Verdict]
  let sample: Sample
  init(
    _ name: String, _ outcome: Outcome, _ codes: [FindingCode: Verdict], _ change: (inout Sample) -> Void
  ) {
    self.name = name
    self.outcome = outcome
    self.codes = codes
    sample = Sample(change)
  }
  var testDescription: String { name }
}
