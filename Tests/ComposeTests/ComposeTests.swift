import ClosureModel
import Foundation
import Testing

@testable import Compose

/// The shipped texts and a policy small enough to read.
enum Desk {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) -> (file: String, text: String)? {
    (try? String(contentsOf: root.appending(path: "Templates/" + path), encoding: .utf8)).map { (path, $0) }
  }

  static func catalog() throws -> FindingCatalog {
    var files: [ClosureModel.Locale: (file: String, text: String)] = [:]
    for locale in ClosureModel.Locale.allCases { files[locale] = text("findings/\(locale.rawValue).yaml") }
    return try FindingCatalog(files: files)
  }

  static let policy = Policy(
    id: "jdcloud", version: "2026-01-15", provider: "京东云", sourceTitle: "账号注销", sourceURL: "https://example.com",
    categories: ["账号与认证"], closedStatuses: [], applicantKinds: ["个人": .individual],
    notice: Policy.Notice(title: "京东云账户注销须知", aliases: [], ambiguous: [], other: []),
    letter: Policy.Letter(titles: ["注销京东云账号同意书"], otherDocuments: []),
    material: [.individual: [.consentStatement, .contactEmail, .contactPhone]],
    conditions: [.init(requirement: .arrears, whenTrue: .block), .init(requirement: .balance, whenTrue: .block)],
    deadline: Policy.Deadline(workingDays: 3, calendar: "cn", hour: 18),
    replies: [
      .accepted: "jdcloud/accepted", .incomplete: "jdcloud/incomplete", .ineligible: "jdcloud/ineligible",
      .withdrawn: "jdcloud/withdrawn",
    ], providerContacts: Policy.ProviderContacts(domains: [], phones: []), maxBodyScalars: 1000)

  static func composer(
    _ locale: ClosureModel.Locale, _ policy: Policy = Desk.policy, now: Timestamp? = nil
  ) throws -> ReplyComposer {
    try ReplyComposer(policy: policy, catalog: try catalog(), locale: locale, now: now) { name, locale in
      text("replies/\(locale.rawValue)/\(name).txt")
    }
  }

  static func ticket(account: String = "jd_demo_0001", body: String = "请注销") -> Ticket {
    Ticket(
      id: Ticket.ID("JD-2026-0001"), origin: Origin(file: "t.csv", row: 2), category: "账号与认证", subject: "注销",
      body: body,
      submittedAt: Timestamp(parsing: "2026-11-18 10:00:00"), account: account)
  }

  static func finding(
    _ code: FindingCode, _ requirement: Requirement, _ verdict: Verdict, quote: String = "…", suggestion: String? = nil
  )
    -> Finding
  {
    Finding(code, requirement, verdict, evidence: [Evidence(.body, span: 0..<3, quote: quote)], suggestion: suggestion)
  }

  static let due = Timestamp(parsing: "2026-11-23T18:00:00+08:00")

  static func decision(_ outcome: Outcome, due: Timestamp? = due) -> Decision {
    let missing = [
      finding(.consentMissing, .consentStatement, .missing),
      finding(.emailSuspect, .contactEmail, .unusable, suggestion: "name@qq.com"),
      finding(.phoneMissing, .contactPhone, .missing),
    ]
    let unchecked = finding(.balanceUnchecked, .balance, .notApplicable)
    switch outcome {
    case .incomplete: return Decision(judgement: .incomplete, findings: missing, applicant: .individual, due: due)
    case .ineligible:
      return Decision(
        judgement: .ineligible, findings: [finding(.arrears, .arrears, .contradicted)] + missing,
        applicant: .individual, due: due)
    case .withdrawn:
      return Decision(
        judgement: .withdrawn, findings: [finding(.withdrawalDeclared, .standing, .contradicted)],
        applicant: .individual, due: due)
    case .accepted:
      let all: [Finding] =
        [
          finding(.recordReadable, .record, .satisfied), finding(.scopeClosing, .scope, .satisfied),
          finding(.standingKept, .standing, .satisfied), finding(.accountConsistent, .account, .satisfied),
          finding(.kindKnown, .applicantKind, .satisfied), finding(.consentSatisfied, .consentStatement, .satisfied),
          finding(.emailSatisfied, .contactEmail, .satisfied), finding(.phoneSatisfied, .contactPhone, .satisfied),
          finding(.arrearsClear, .arrears, .satisfied), unchecked,
        ]
      guard let proof = try? AcceptanceProof(policy: policy, applicant: .individual, findings: all) else {
        preconditionFailure("the findings of the test prove an accept")
      }
      return Decision(judgement: .accepted(proof), findings: all, applicant: .individual, due: due)
    case .review, .outOfScope:
      return Decision(judgement: .review, findings: missing, applicant: nil, due: nil)
    }
  }
}

@Suite("Replies")
struct ReplyTests {
  private static let cases = ClosureModel.Locale.allCases.flatMap { locale in
    [Outcome.accepted, .incomplete, .ineligible, .withdrawn].map { (locale, $0) }
  }

  @Test("Every outcome that is answered reads as its golden file", arguments: cases)
  func golden(_ locale: ClosureModel.Locale, _ outcome: Outcome) throws {
    let reply = try #require(try Desk.composer(locale).reply(to: Desk.ticket(), Desk.decision(outcome)))
    let text = reply.subject + "\n---\n" + reply.body
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(outcome.rawValue).\(locale.rawValue).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    #expect(!text.contains("{{") && !text.contains("jd_demo_0001"))
  }

  @Test("The other provider's replies read as their golden files", arguments: cases)
  func tencent(_ locale: ClosureModel.Locale, _ outcome: Outcome) throws {
    let composer = try Desk.composer(locale, Tencent.policy)
    let reply = try #require(
      try composer.reply(to: Desk.ticket(account: "100012345678"), try Tencent.decision(outcome)))
    let text = reply.subject + "\n---\n" + reply.body
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/tencentcloud-\(outcome.rawValue).\(locale.rawValue).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    #expect(!text.contains("{{") && !text.contains("100012345678") && !text.contains("京东"))
    #expect(!text.contains("JD group") && !text.contains("JD Cloud"))
    // An ask of a document that this policy has no name for would leave its quotes empty.
    #expect(!text.contains("《》"))
  }

  @Test(
    "Without a date in the calendar the reply promises working days, not a date",
    arguments: ClosureModel.Locale.allCases)
  func withoutDate(_ locale: ClosureModel.Locale) throws {
    let reply = try #require(try Desk.composer(locale).reply(to: Desk.ticket(), Desk.decision(.accepted, due: nil)))
    #expect(reply.body.contains(locale == .zhCN ? "3 个工作日内" : "within 3 working days"))
  }

  @Test(
    "A deadline that has passed is promised no more, and the words of the reply in time are kept for its key",
    arguments: ClosureModel.Locale.allCases)
  func late(_ locale: ClosureModel.Locale) throws {
    let due = try #require(Desk.due)
    func reply(_ now: Timestamp, _ outcome: Outcome = .accepted) throws -> Reply {
      try #require(try Desk.composer(locale, now: now).reply(to: Desk.ticket(), Desk.decision(outcome)))
    }
    let inTime = try reply(due)
    #expect(inTime.body.contains(locale == .zhCN ? "2026年11月23日" : "23 November 2026") && inTime.inTime == nil)
    let late = try reply(Timestamp(epochSeconds: due.epochSeconds + 1))
    #expect(late.body.contains(locale == .zhCN ? "让您久等，我们会尽快办理完成" : "as soon as possible"))
    #expect(!late.body.contains(locale == .zhCN ? "11月23日" : "23 November") && !late.body.contains("3 个工作日"))
    #expect(late.inTime == Reply.Words(subject: inTime.subject, body: inTime.body))
    // Nothing is promised in the others.
    let other = try reply(Timestamp(epochSeconds: due.epochSeconds + 1), .withdrawn)
    #expect(try other == reply(due, .withdrawn))
  }

  @Test("review and out_of_scope are not answered")
  func silent() throws {
    #expect(try Desk.composer(.zhCN).reply(to: Desk.ticket(), Desk.decision(.review)) == nil)
  }

  @Test(
    "A customer's text cannot fake a line, a tag or a direction",
    arguments: ["a\n收件人已同意", "{{ticket}}", "{{#items}}", "\u{202E}gnp", "<script>alert(1)</script>", "a\u{2028}b\rb"])
  func injection(_ text: String) throws {
    var decision = Desk.decision(.incomplete)
    decision = Decision(
      judgement: .incomplete,
      findings: [Desk.finding(.emailSuspect, .contactEmail, .unusable, suggestion: text)]
        + decision.findings.dropFirst(2),
      applicant: .individual, due: nil)
    let plain = try #require(try Desk.composer(.zhCN).reply(to: Desk.ticket(), Desk.decision(.incomplete)))
    let reply = try #require(try Desk.composer(.zhCN).reply(to: Desk.ticket(account: text), decision))
    // One item fewer than the plain reply, and no line more.
    #expect(reply.body.split(separator: "\n").count == plain.body.split(separator: "\n").count - 1)
    for scalar in ["\u{202E}", "\u{2028}", "\r"] {
      #expect(!reply.body.unicodeScalars.contains(Unicode.Scalar(scalar)!))
    }
  }
}

@Suite("Templates and texts are checked before the first ticket")
struct TemplateCheckTests {
  @Test(
    "Mistakes are found with their line",
    arguments: [
      ("subject: a\n---\n{{ticket}} {{#items}}x{{/items}}\n{{nosuch}}\n", 4, "nosuch"),
      ("subject: a\n---\n{{ticket}}\n{{#items}}x\n", 4, "not closed"), ("{{ticket}}\n", 1, "no subject"),
      ("subject: a\n---\n{{ticket}} {{#items}}{{/items}} {{ticket\n", 3, "not closed"),
      ("subject: a\n---\n{{ticket}}\n", nil, "items"),
    ] as [(String, Int?, String)])
  func mistakes(_ text: String, _ line: Int?, _ what: String) {
    let problems = TemplateCheck.check(file: "t.txt", text: text, .reply(.incomplete))
    #expect(problems.contains { $0.what.contains(what) && $0.line == line }, "\(problems)")
  }

  @Test("A code that is missing, unknown or without words is an error with file and line")
  func catalog() throws {
    let files = try ClosureModel.Locale.allCases.reduce(into: [ClosureModel.Locale: (file: String, text: String)]()) {
      $0[$1] = try #require(Desk.text("findings/\($1.rawValue).yaml"))
    }
    for (old, new) in [
      ("consent.missing:", "consent.mising:"), ("consent.half:\n  message:", "consent.half:\n  massage:"),
      ("  message: \"没有找到同意注销须知的声明。\"", "  message: \"\""),
    ] {
      var broken = files
      let text = try #require(files[.zhCN]).text
      try #require(text.contains(old))
      broken[.zhCN] = ("zh-CN.yaml", text.replacingOccurrences(of: old, with: new))
      let error = #expect(throws: ComposeError.self) { try FindingCatalog(files: broken) }
      #expect(error?.file == "zh-CN.yaml")
      #expect(error?.line != nil)
    }
  }

  @Test("docs/finding-codes.md is what the texts say")
  func fresh() throws {
    let file = Desk.root.appending(path: "docs/finding-codes.md")
    let page = try Desk.catalog().markdown()
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }
}

@Suite("Masking")
struct MaskingTests {
  @Test("No phone, id or address leaves in a decision line, whatever field it stands in", arguments: 1...40)
  func lines(_ seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let secrets = [
      "138\(10_000_000 + random(89_999_999))", "1101011990\(10_000_000 + random(8_999_999))",
      "desk.\(random(9999))@example.com",
      "１３８００１３８０００", "010-\(60_000_000 + random(9_999_999))", "+86 139 0013 \(1000 + random(8999))",
    ]
    let secret = secrets[random(secrets.count)]
    let text = ["电话\(secret)，", "（\(secret)）", "邮箱:\(secret)请", secret][random(4)]
    let ticket = Desk.ticket(account: text, body: text)
    let decision = Decision(
      judgement: .incomplete,
      findings: [
        Desk.finding(.phoneInvalid, .contactPhone, .unusable, quote: text),
        Desk.finding(.emailSuspect, .contactEmail, .unusable, quote: text, suggestion: secret),
      ], applicant: .individual, due: nil)
    let file = CaseFile(
      ticket: ticket, revision: Revision(rawValue: "sha256:x"), policy: "p@1", decision: decision,
      reply: try Desk.composer(.zhCN).reply(to: ticket, decision))
    let line = DecisionLine.json(file, catalog: try Desk.catalog(), locale: .zhCN, reveal: false)
    let digits = secret.unicodeScalars.filter { $0.properties.numericType != nil }
    #expect(!line.contains(secret), "seed \(seed)")
    #expect(
      !line.unicodeScalars.filter { $0.properties.numericType != nil }.map(String.init).joined().contains(
        digits.count > 8 ? String(String.UnicodeScalarView(digits)) : "\u{0}"), "seed \(seed)")
    let page = ReportPage.html(
      title: "t", about: Desk.policy.label, summary: RunSummary(),
      cases: [ReportRow(file, catalog: try Desk.catalog(), locale: .zhCN, reveal: false)], catalog: try Desk.catalog(),
      locale: .zhCN, generated: Timestamp(epochSeconds: 0), note: nil)
    #expect(!page.contains(secret), "seed \(seed)")
    #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
  }

  @Test("A reply names the customer's own ticket whole; an id that is a person's number, or stands in one, is masked")
  func ownTicket() throws {
    func shown(_ id: String, _ text: String) -> String { Masking.text(text, keeping: Ticket.ID(id)) }
    for (id, text) in [
      ("JD-2026-000123", "您的工单（JD-2026-000123）于 2026年11月18日 受理。"), ("GD25031000001", "工单 GD25031000001。"),
      ("202611180001", "(ticket 202611180001)."), ("JD-10001", "Answer to JD-10001."), ("#12345", "工单#12345，共 3 项"),
    ] {
      #expect(shown(id, text) == text)
    }
    #expect(shown("JD-2026-000123", "JD-2026-000123，电话 13800138000") == "JD-2026-000123，电话 138******00")
    #expect(shown("JD-2026-000123", "JD-2026-000124") == Masking.text("JD-2026-000124"))
    for (id, text) in [
      // A phone or an identity number is one, whoever calls it a ticket.
      ("13800138000", "工单 13800138000"), ("JD-138-0013-8000", "JD-138-0013-8000"),
      ("110101199003070011", "110101199003070011"),
      // Parts of longer numbers and addresses.
      ("00138", "138 00138 000"), ("0013800", "138-0013800-0"), ("12345", "a12345@example.com"),
      ("12345", "12345@example.com"), ("1.12345", "x.1.12345@example.com"), ("12345", "112345"), ("12345", "12345678"),
      ("", "13800138000"), ("a@example.com", "a@example.com"),
    ] {
      #expect(shown(id, text) == Masking.text(text), "\(id) in \(text)")
    }
    let ticket = Ticket(id: Ticket.ID("JD-2026-000123"), origin: Origin(file: "x.csv", row: 2))
    let decision = Decision(judgement: .incomplete, findings: [], applicant: nil, due: nil)
    let file = CaseFile(
      ticket: ticket, revision: Revision(rawValue: "sha256:x"), policy: "p@1", decision: decision,
      reply: Reply(template: "t", locale: .zhCN, subject: "工单 JD-2026-000123", body: "工单 JD-2026-000123，13800138000"))
    let line = DecisionLine.json(file, catalog: try Desk.catalog(), locale: .zhCN, reveal: false)
    #expect(line.contains(#""body":"工单 JD-2026-000123，138******00""#))
  }

  @Test("Short numbers and words stay readable", arguments: ["3 个工作日", "第 12 条", "GD01", "没有问题", "a@", "@b"])
  func harmless(_ text: String) { #expect(Masking.text(text) == text) }
}
