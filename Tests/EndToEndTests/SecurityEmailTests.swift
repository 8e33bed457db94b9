import ClosureModel
import Foundation
import Outbox
import StoreSQLite
import TestSupport
import Testing

/// A desk for Tencent Cloud's tickets, a receiver of replies and a mail server.
private struct MailDesk {
  let desk: Desk
  let receiver: Receiver
  let mail: PeerProcess

  /// - Parameter behave: of the mail server, one word for each connection.
  init(_ behave: String = "", answers: String = "", hook: String = "", more: String = "") throws {
    desk = try Desk()
    receiver = answers.isEmpty ? try desk.receiver() : try desk.receiver("--status", answers)
    mail = try PeerProcess("smtp_server", ["--security", "none", "--behave", behave])
    try configure(hook: hook, more: more)
  }

  func configure(port: Int? = nil, hook: String = "", more: String = "") throws {
    try desk.configure(
      url: receiver.url,
      more: """
        mail:
          host: 127.0.0.1
          port: \(port ?? mail.port)
          security: none
          from: desk@example.com
          security_email: { policies: [tencentcloud], timeout: 3 }
        \(more)
        """, hook: hook)
  }

  func export(_ rows: [(id: String, email: String)], body: String = TencentExport.statement) throws -> String {
    let lines = rows.map { row in
      "\(row.id),账号与认证,注销账号,\(body),2026-11-18 10:00,100012345678,未实名,,13800138000,,0,0,138****8000,,处理中,\(row.email)"
    }
    try desk.scratch.write("export.csv", ([TencentExport.header + ",安全邮箱"] + lines).joined(separator: "\n") + "\n")
    return desk.scratch.path("export.csv")
  }

  func run(_ export: String) throws -> Program.Result { try desk.run("run", export, "--policy", "tencentcloud") }

  func taken() throws -> [TakenMail] { try mail.journal(TakenMail.self) }

  struct Item: Decodable {
    let key: String
    let channel: String
    let ticket: String
    let state: String
    let fault: String?
    let note: String?
  }

  /// Mails of the outbox.
  func mails() throws -> [Item] {
    let result = try desk.run("outbox", "list", "--all", "--json")
    #expect(result.code == 0, "\(result.error)")
    return try result.lines.map { try JSONDecoder().decode(Item.self, from: Data($0.utf8)) }
      .filter { $0.channel == "mail" }
  }
}

extension TakenMail {
  fileprivate var messageID: String {
    message.split(separator: "\r\n").first { $0.hasPrefix("Message-ID: ") }.map { String($0.dropFirst(12)) } ?? ""
  }
  fileprivate var text: String {
    let body = message.components(separatedBy: "\r\n\r\n").dropFirst().joined()
    return Data(base64Encoded: body.filter { !$0.isWhitespace }).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

@Suite("Results to the security e-mail", .serialized)
struct SecurityEmailTests {
  @Test("Each result is mailed once, after the ticket system took the reply, and no output shows the address")
  func sent() throws {
    let place = try MailDesk()
    let export = try place.export([("T-1", "user.one@example.org"), ("T-2", "user.two@example.org")])
    let result = try place.run(export)
    #expect(result.code == 0, "\(result.error)")
    let taken = try place.taken().sorted { $0.recipients.first ?? "" < $1.recipients.first ?? "" }
    #expect(taken.map(\.recipients) == [["RCPT TO:<user.one@example.org>"], ["RCPT TO:<user.two@example.org>"]])
    #expect(taken[0].sender.hasPrefix("MAIL FROM:<desk@example.com>"))
    #expect(taken[0].text.contains("T-1") && taken[0].text.contains("安全邮箱") && taken[0].messageID.contains("<cdm_"))
    #expect(try place.receiver.arrivals().count == 2)
    // Nothing to do a second time.
    #expect(try place.run(export).code == 0)
    #expect(try place.taken().count == 2 && (try place.receiver.arrivals().count) == 2)
    let outputs = [
      result.out, result.error, try place.desk.run("outbox", "list", "--all").out,
      try place.desk.run("outbox", "show", "T-1").out, try place.desk.run("show", "T-1").out,
      try place.desk.run("show", "T-1", "--json").out, try place.desk.run("status").out,
      try place.desk.run("status", "--json").out,
    ]
    for text in outputs { #expect(!text.contains("user.one@")) }
    #expect(try place.mails().map(\.state) == ["confirmed", "confirmed"])
    #expect(outputs[5].contains(#""mail":{"key":"cdm_"#))
    #expect(outputs[7].contains(#""mail":{"queued":0,"claimed":0,"sent":0,"confirmed":2"#))
    #expect(outputs[0].contains("mails: 2 confirmed"))
  }

  @Test("A dry run shows the mail that would go, masked, and why one cannot; nothing is sent or kept")
  func dry() throws {
    let place = try MailDesk()
    let export = try place.export([
      ("T-1", "user.one@example.org"), ("T-2", "u***@example.org"), ("T-3", ""), ("T-4", "张三"),
    ])
    let arguments = ["validate", export, "--policy", "tencentcloud", "--config", place.desk.config]
    let lines = try Program.run(arguments + ["--output", "-", "--quiet"]).lines
    #expect(lines[0].contains(#""mail":{"to":"u***@example.org","obstacle":null,"subject":""#))
    #expect(lines[1].contains(#""mail":{"to":null,"obstacle":"masked""#))
    #expect(lines[2].contains(#""obstacle":"absent""#) && lines[3].contains(#""obstacle":"malformed""#))
    #expect(!lines.joined().contains("user.one@"))
    let summary = try Program.run(arguments + ["--json"]).out
    #expect(summary.contains(#""mail":{"mails":1,"absent":1,"masked":1,"malformed":1}"#), "\(summary)")
    #expect(try Program.run(arguments).out.contains("安全邮箱：1 封邮件，3 封无法发送"))
    #expect(try place.taken().isEmpty && !place.desk.scratch.exists("state"))
    // Under another policy nothing is mailed.
    #expect(
      try !Program.run("validate", export, "--config", place.desk.config, "--output", "-").out.contains("\"mail\""))
  }

  @Test("A masked or missing address leaves the reply alone; its mail is parked with the reason, and a person ends it")
  func obstacles() throws {
    let place = try MailDesk()
    let result = try place.run(try place.export([("T-1", "u***@example.org"), ("T-2", "")]))
    #expect(result.code == 0, "\(result.error)")
    #expect(try place.receiver.arrivals().count == 2)
    var mails = try place.mails()
    #expect(mails.map(\.state) == ["parked", "parked"] && mails.map(\.fault) == ["policy", "policy"])
    #expect(mails[0].note?.contains("masks") == true && mails[1].note?.contains("no security e-mail") == true)
    #expect(try place.desk.run("deliver", "--retry-parked").code == 0)
    #expect(try place.desk.run("outbox", "retry", "--all").code == 0)
    #expect(try place.mails().map(\.state) == ["parked", "parked"])
    // Named, it is tried, and parked for the same reason.
    #expect(try place.desk.run("outbox", "retry", mails[0].key).code == 0)
    #expect(try place.desk.run("deliver").code == 0)
    #expect(try place.desk.run("outbox", "drop", mails[1].key, "--why", "told by phone").code == 0)
    mails = try place.mails()
    #expect(mails.map(\.state) == ["parked", "dropped"] && mails[0].note?.contains("masks") == true)
    #expect(try place.taken().isEmpty)
  }

  @Test("What the ticket system did not take is not mailed; a reply that is given up takes its mail with it")
  func afterReply() throws {
    let place = try MailDesk(answers: "410,410")
    #expect(try place.run(try place.export([("T-1", "a@example.org"), ("T-2", "b@example.org")])).code == 0)
    #expect(try place.taken().isEmpty)
    let mails = try place.mails()
    #expect(mails.map(\.state) == ["queued", "queued"] && mails[0].note?.contains("waits") == true)
    let replies = try place.desk.run("outbox", "list", "--json").lines.map {
      try JSONDecoder().decode(MailDesk.Item.self, from: Data($0.utf8))
    }
    #expect(try place.desk.run("outbox", "drop", replies[0].key, "--why", "told by phone").code == 0)
    #expect(try place.desk.run("outbox", "retry", replies[1].key).code == 0)
    #expect(try place.desk.run("deliver").code == 0)
    #expect(try place.taken().map(\.recipients) == [["RCPT TO:<b@example.org>"]])
    #expect(try place.mails().map(\.state) == ["dropped", "confirmed"])
  }

  @Test("A mail server that is down keeps the mails, exit 69; a newer decision takes the place of what still waits")
  func superseded() throws {
    let place = try MailDesk()
    try place.configure(port: 9)
    let first = try place.run(try place.export([("T-1", "a@example.org")], body: "申请注销腾讯云账号。"))
    #expect(first.code == 69 && first.error.contains("the mail server cannot be reached"), "\(first.error)")
    #expect(try place.receiver.arrivals().map(\.outcome) == ["incomplete"])
    try place.configure()
    #expect(try place.run(try place.export([("T-1", "a@example.org")])).code == 0)
    #expect(try place.receiver.arrivals().map(\.outcome) == ["incomplete", "accepted"])
    let mails = try place.mails()
    #expect(mails.map(\.state) == ["superseded", "confirmed"])
    let taken = try place.taken()
    #expect(taken.count == 1 && taken[0].text.contains("已受理") || taken[0].text.contains("不可恢复"))
  }

  @Test(
    "A mail that may have arrived is parked with its Message-ID; only a person sends it again, byte for byte the same")
  func doubt() throws {
    let place = try MailDesk("cut_after_data,")
    let export = try place.export([("T-1", "a@example.org")])
    let run = try place.desk.run("run", export, "--policy", "tencentcloud", "--quiet")
    #expect(run.code == 0 && run.error.contains("1 mail is parked"), "\(run.error)")
    #expect(run.error.contains("closedesk outbox retry KEY"))
    let parked = try #require(try place.mails().first)
    let first = try #require(try place.taken().first)
    #expect(parked.state == "parked" && parked.fault == "policy")
    #expect(parked.note?.contains(first.messageID) == true, "\(parked.note ?? "")")
    #expect(try place.desk.run("deliver", "--retry-parked").code == 0)
    #expect(try place.desk.run("outbox", "retry", "--all").code == 0)
    #expect(try place.desk.run("deliver").code == 0)
    #expect(try place.taken().count == 1)
    #expect(try place.desk.run("outbox", "retry", parked.key, "--why", "not in the log").code == 0)
    #expect(try place.desk.run("deliver").code == 0)
    #expect(try place.taken().map(\.message) == [first.message, first.message])
    #expect(try place.mails().map(\.state) == ["confirmed"])
    #expect(try place.desk.run("show", "T-1").out.contains("not in the log"))
  }

  @Test("Internal notes and drafts are not mailed past the desk: exit 78, and doctor says so")
  func modes() throws {
    let place = try MailDesk()
    let export = try place.export([("T-1", "a@example.org")])
    let doctor = try place.desk.run("doctor", "--offline")
    #expect(doctor.out.contains("results of tencentcloud go out as desk@example.com over 127.0.0.1:"), "\(doctor.out)")
    #expect(doctor.out.contains("the policy of this configuration is not among them"))
    try place.configure(hook: "preset: zammad\n  mode: note")
    let result = try place.run(export)
    #expect(result.code == 78 && result.error.contains("mail.security_email"), "\(result.error)")
    let second = try place.desk.run("doctor", "--offline")
    #expect(second.code == 78 && second.out.contains("keeps replies from the customer"))
    for (keys, word) in [
      ("{ polices: [x] }", "unknown key"), ("{ outcomes: [review] }", "has no reply"),
      ("{ policies: [] }", "no policy"),
      ("{ connections: 0 }", "whole number"),
    ] {
      try place.desk.scratch.write(
        "wrong.yaml", "mail: { host: a.example, from: d@example.com, security_email: \(keys) }\n")
      let result = try Program.run("validate", export, "--config", place.desk.scratch.path("wrong.yaml"))
      #expect(
        result.code == 78 && result.error.contains(word) && result.error.contains("wrong.yaml:1"), "\(result.error)")
    }
  }

  @Test("A plan carries the mails; applied twice, each goes once")
  func plan() throws {
    let place = try MailDesk()
    let export = try place.export([("T-1", "a@example.org"), ("T-2", "u***@example.org")])
    let plan = place.desk.scratch.path("monday.plan")
    #expect(try place.desk.run("plan", export, "--policy", "tencentcloud", "--output", plan).code == 0)
    #expect(try place.desk.run("plan", "show", plan, "--policy", "tencentcloud").out.contains("a@example.org") == false)
    for _ in 0..<2 {
      let result = try place.desk.run("apply", plan, "--policy", "tencentcloud")
      #expect(result.code == 0, "\(result.error)")
    }
    #expect(try place.taken().map(\.recipients) == [["RCPT TO:<a@example.org>"]])
    #expect(try place.mails().map(\.state) == ["confirmed", "parked"])
  }

  @Test("Held back, no mail goes")
  func held() throws {
    let place = try MailDesk()
    let export = try place.export([("T-1", "a@example.org")])
    try place.configure(port: 9)
    #expect(try place.run(export).code == 69)
    try place.configure()
    #expect(try place.desk.run("hold", "on", "--why", "a doubt").code == 0)
    _ = try place.desk.run("deliver")
    #expect(try place.taken().isEmpty)
    #expect(try place.desk.run("hold", "off", "--why", "settled").code == 0)
    #expect(try place.desk.run("deliver").code == 0)
    #expect(try place.taken().count == 1)
  }
}

/// Mails whose replies are confirmed, a sender that is killed again and again, and a server that cuts lines.
@Suite("Mails under kills", .serialized)
struct MailKillTests {
  @Test("Killed at any moment, no mail is lost, none is sent twice by itself, and a person's repeat is the same mail")
  func kills() async throws {
    let seed =
      ProcessInfo.processInfo.environment["KILL_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 1...1_000_000)
    var generator = SeededGenerator(seed: seed)
    let count = ProcessInfo.processInfo.environment["MAIL_COUNT"].flatMap(Int.init) ?? 120
    // A few lines are cut after the mail, some mails are put off.
    let behaviours = (0..<40).map { _ in
      ["", "", "", "", "slow", "slow", "rcpt451", "cut_after_data"].randomElement(using: &generator) ?? ""
    }
    let place = try MailDesk(behaviours.joined(separator: ",") + ",slow")
    try place.configure(more: "limits: { max_posts: 1000000 }")
    try FileManager.default.createDirectory(
      atPath: place.desk.scratch.path("state"), withIntermediateDirectories: true)
    let store = try SQLiteCaseStore(path: place.desk.scratch.path("state/ledger.sqlite"))
    let now = Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970))
    _ = try await store.record((0..<count).map(Self.record), at: now)
    let claims = try await store.claim(limit: count, at: now, leaseSeconds: 60)
    _ = try await store.settle(
      claims.map { Settlement(key: $0.entry.key, token: $0.token, result: .confirmed(status: 200)) }, at: now)

    var kills = 0
    for _ in 0..<12 {
      let process = Program.process(["deliver", "--quiet", "--config", place.desk.config])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 50_000..<500_000, using: &generator))
      guard process.isRunning else { break }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      kills += 1
    }
    for _ in 0..<10 {
      let last = try place.desk.run("deliver", "--quiet")
      let mails = try await store.status().mails
      guard mails.keys.contains(where: { ![.confirmed, .parked].contains($0) }) else { break }
      #expect(last.code == 0, "seed \(seed): \(last.error)")
    }
    let taken = Dictionary(grouping: try place.taken(), by: \.messageID)
    let twice = taken.filter { $0.value.count > 1 }
    #expect(twice.isEmpty, "seed \(seed): sent twice without a person: \(twice.keys)")
    let items = try await store.entries(OutboxFilter(), limit: 10 * count).filter(\.key.isMail)
    #expect(items.count == count, "seed \(seed)")
    #expect(Set(items.map(\.state)).isSubset(of: [.confirmed, .parked]), "seed \(seed): \(items.map(\.state))")
    for item in items {
      let hasArrived = taken["<\(item.key.rawValue)@example.com>"] != nil
      // What the ledger calls sent is there; what is in doubt says what to search for.
      if item.state == .confirmed { #expect(hasArrived, "seed \(seed): \(item.key) is lost") }
      if item.state == .parked {
        #expect(item.fault == .policy && item.note?.contains("<\(item.key.rawValue)@example.com>") == true)
      }
    }
    // A person searches the server's log, as the note says, and acts on what is found.
    let parked = items.filter { $0.state == .parked }
    for item in parked where taken["<\(item.key.rawValue)@example.com>"] == nil {
      #expect(try place.desk.run("outbox", "retry", item.key.rawValue, "--why", "not in the log").code == 0)
    }
    for _ in 0..<3 { _ = try place.desk.run("deliver", "--quiet") }
    let after = Dictionary(grouping: try place.taken(), by: \.messageID)
    #expect(after.count == count, "seed \(seed): \(count - after.count) lost")
    #expect(after.values.allSatisfy { Set($0.map(\.message)).count == 1 }, "seed \(seed): a repeat is another mail")
    print("mail kill proof: seed \(seed), \(count) mails, \(kills) kills, \(parked.count) parked in doubt")
  }

  private static func record(_ number: Int) -> CaseRecord {
    let plain = CaseRecord.sample("T-\(number)")
    guard let entry = plain.entry else { preconditionFailure("the sample is answered") }
    let mail = MailCopy.record(
      CustomerMail(
        to: "user\(number)@example.org", obstacle: nil, subject: "结果 \(number)", body: "正文 \(number)", format: .text),
      ticket: plain.ticket, outcome: plain.outcome, replyKey: entry.key, timestamp: .sample)
    return CaseRecord(
      ticket: plain.ticket, revision: plain.revision, policy: plain.policy, policyID: plain.policyID,
      outcome: plain.outcome, line: plain.line, due: nil, entry: entry, mail: mail)
  }
}
