import ClosureModel
import Foundation
import Outbox
import TestSupport
import Testing

@Suite("The identity of a reply")
struct ReplyKeyTests {
  /// Tenant, policy, ticket, revision, subject, body.
  private func key(_ parts: [String], _ outcome: Outcome = .accepted) -> String {
    ReplyKey.make(
      tenant: parts[0], policyID: parts[1], ticket: Ticket.ID(parts[2]), revision: Revision(rawValue: parts[3]),
      outcome: outcome, reply: Reply(template: "x", locale: .zhCN, subject: parts[4], body: parts[5])
    ).rawValue
  }

  @Test("It is the same in every version: a change would post every open reply again under a new id")
  func stable() {
    // printf of the parts, each after its length and a colon, through sha256sum.
    #expect(key(["t", "p", "T-1", "sha256:a", "s", "b"]) == "cd_b43d1fdca1b85f0219053bdfde792c9fe294e42d")
  }

  @Test("Any difference anywhere gives another key, and no key holds a dot", arguments: [1, 2, 3] as [UInt64])
  func sensitive(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let parts = (0..<6).map { _ in generator.text(upTo: 12) }
      let whole = key(parts)
      #expect(whole.wholeMatch(of: /cd_[0-9a-f]{40}/) != nil)
      #expect(whole == key(parts))
      for index in parts.indices {
        var other = parts
        other[index] += "x"
        #expect(key(other) != whole, "seed \(seed), part \(index)")
        // A letter that moves over the border of two parts.
        if index + 1 < parts.count, let last = parts[index].last {
          other = parts
          other[index].removeLast()
          other[index + 1] = String(last) + other[index + 1]
          #expect(key(other) != whole, "seed \(seed), border \(index)")
        }
      }
      #expect(Set(Outcome.allCases.map { key(parts, $0) }).count == Outcome.allCases.count)
    }
  }

  @Test("The passing of the deadline makes no other reply")
  func late() {
    func key(_ reply: Reply) -> IdempotencyKey {
      ReplyKey.make(
        tenant: "t", policyID: "p", ticket: Ticket.ID("T"), revision: Revision(rawValue: "r"), outcome: .accepted,
        reply: reply)
    }
    let inTime = Reply(template: "x", locale: .zhCN, subject: "s", body: "b")
    let late = Reply(
      template: "x", locale: .zhCN, subject: "s", body: "c", inTime: Reply.Words(subject: "s", body: "b"))
    #expect(key(late) == key(inTime))
  }

  @Test("Texts that only look alike are different replies")
  func canonical() {
    // Swift's == holds them equal.
    #expect(key(["t", "p", "T", "r", "s", "\u{E9}"]) != key(["t", "p", "T", "r", "s", "e\u{301}"]))
  }
}

@Suite("The post")
struct GenericPresetTests {
  private func file(
    _ reply: Reply?, judgement: Decision.Judgement = .incomplete, findings: [Finding] = [], due: Timestamp? = nil,
    id: String = "T-1001"
  ) -> CaseFile {
    CaseFile(
      ticket: .sample(id), revision: Revision(rawValue: "sha256:a"), policy: "jdcloud@2026-01-15",
      decision: Decision(judgement: judgement, findings: findings, applicant: .individual, due: due), reply: reply)
  }

  private func parsed(_ bytes: [UInt8]) throws -> (whole: [String: Any], data: [String: Any]) {
    let whole = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    return (whole, try #require(whole["data"] as? [String: Any]))
  }

  @Test("The body holds what the contract names, in its order")
  func body() throws {
    let findings = [
      Finding(.consentSatisfied, .consentStatement, .satisfied, evidence: [Evidence(.body)]),
      Finding(.phoneMissing, .contactPhone, .missing, evidence: [Evidence(.body)]),
      Finding(.arrearsUnchecked, .arrears, .notApplicable, evidence: [Evidence(.policy)]),
    ]
    let reply = Reply(template: "jdcloud/incomplete", locale: .zhCN, subject: "请补充“联系电话”", body: "您好，\n请补充。")
    let bytes = GenericPreset.payload(
      case: file(reply, findings: findings, due: .sample.adding(seconds: 3600)), timestamp: .sample)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"type":"closure.ticket.incomplete","timestamp":"2026-11-21T10:00:00+08:00","data":{"ticket":"T-1001","#
        + #""outcome":"incomplete","subject":"请补充“联系电话”","body":"您好，\n请补充。","format":"text","status":"pending","#
        + #""due":"2026-11-21T11:00:00+08:00","reasons":["contact.phone.missing","condition.arrears.unchecked"],"#
        + #""policy":"jdcloud@2026-01-15"}}"#)
  }

  @Test("Without a deadline due is null; each outcome puts the ticket into its status")
  func statuses() throws {
    let reply = Reply(template: "x", locale: .en, subject: "s", body: "b", format: .html)
    for (judgement, status) in [
      (Decision.Judgement.incomplete, "pending"), (.ineligible, "pending"), (.withdrawn, "solved"),
    ] {
      let (whole, data) = try parsed(
        GenericPreset.payload(case: file(reply, judgement: judgement), timestamp: .sample))
      #expect(data["status"] as? String == status)
      #expect(data["due"] is NSNull)
      #expect(data["format"] as? String == "html")
      #expect(whole["type"] as? String == "closure.ticket." + (data["outcome"] as? String ?? ""))
    }
  }

  @Test("Whatever a text holds comes out of the JSON as it went in", arguments: [11, 12] as [UInt64])
  func anyText(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let (subject, body, id) = (generator.text(upTo: 20), generator.text(upTo: 80), generator.text(upTo: 8))
      let reply = Reply(template: "x", locale: .zhCN, subject: subject, body: body)
      let data = try parsed(GenericPreset.payload(case: file(reply, id: id), timestamp: .sample)).data
      for (name, text) in [("subject", subject), ("body", body), ("ticket", id)] {
        #expect((data[name] as? String).map { Array($0.utf8) } == Array(text.utf8), "seed \(seed)")
      }
    }
  }

  @Test("The headers carry id, time and signature as Standard Webhooks has them, and the id in quotes beside")
  func headers() throws {
    let signer = try Signer(secrets: ["raw:0123456789abcdef"])
    let entry = OutboxEntry(key: .sample(), ticket: Ticket.ID("T-1001"), outcome: .incomplete, payload: [1, 2, 3])
    let request = GenericPreset(
      url: "https://tickets.example.com/hook", signer: signer, timeoutSeconds: 7, connectTimeoutSeconds: 2,
      userAgent: "closedesk/9"
    ).request(for: entry, at: .sample)
    #expect(request.method == "POST")
    #expect(request.url == "https://tickets.example.com/hook")
    #expect(request.body == [1, 2, 3])
    #expect((request.timeoutSeconds, request.connectTimeoutSeconds) == (7, 2))
    let id = entry.key.rawValue
    #expect(request.header("Content-Type") == "application/json; charset=utf-8")
    #expect(request.header("User-Agent") == "closedesk/9")
    #expect(request.header("webhook-id") == id)
    #expect(request.header("webhook-timestamp") == "1795226400")
    #expect(request.header("Idempotency-Key") == "\"\(id)\"")
    #expect(
      request.header("webhook-signature") == signer.header(id: id, timestamp: 1_795_226_400, body: entry.payload))
    let unsigned = GenericPreset(
      url: "https://tickets.example.com/hook", signer: nil, timeoutSeconds: 7, connectTimeoutSeconds: 2
    ).request(for: entry, at: .sample)
    #expect(unsigned.header("webhook-signature") == nil)
  }
}
