import ClosureModel
import DeliverCurl
import Foundation
import MailFormat
import Outbox
import TestSupport
import Testing

/// A real SMTP server in a process of its own, and how to reach it.
private struct MailPeer {
  let peer: PeerProcess
  let server: MailServer

  init(
    _ behave: String = "", security: MailServer.Security = .none, login: String? = nil,
    password: String = "p w%:ß", host: String? = nil, trusts: Bool = true
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "closedesk-mail-\(UUID().uuidString)")
    var arguments = ["--security", security.rawValue, "--behave", behave]
    var caFile: String?
    if security != .none {
      let certificate = try TestCertificate(in: folder)
      arguments += ["--certificate", certificate.certificate, "--key", certificate.key]
      if trusts { caFile = certificate.certificate }
    }
    if let login { arguments += ["--login", "\(login):p w%:ß"] }
    peer = try PeerProcess("smtp_server", arguments, folder: folder)
    // The certificate is for localhost.
    var server = MailServer(
      host: host ?? (security == .none ? "127.0.0.1" : "localhost"), port: peer.port, security: security, user: login,
      password: login == nil ? nil : password)
    server.allowHosts = [server.host]
    server.caFile = caFile
    self.server = server
  }

  func submit(
    _ to: [String] = ["user@example.org"], text: String = "Subject: x\r\n\r\n.\r\nbody\r\n", timeout: Double = 10
  ) async throws -> MailOutcome {
    try await CurlMail(server: server).submit(
      MailSubmission(from: "desk@example.com", to: to, message: Array(text.utf8), timeoutSeconds: timeout))
  }

  func taken() throws -> [TakenMail] { try peer.journal(TakenMail.self) }
}

@Suite("Mail over SMTP")
struct MailTests {
  @Test("A mail arrives byte for byte, once, also lines of a single dot")
  func arrives() async throws {
    let peer = try MailPeer()
    #expect(try await peer.submit(["a@example.org", "b@example.org"]) == .accepted)
    let mail = try #require(try peer.taken().first)
    #expect(mail.message == "Subject: x\r\n\r\n.\r\nbody\r\n")
    #expect(mail.sender.hasPrefix("MAIL FROM:<desk@example.com>"))
    #expect(mail.recipients == ["RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>"])
    #expect(try peer.taken().count == 1)
  }

  @Test(
    "With STARTTLS or TLS the mail and the login go over an encrypted line",
    arguments: [MailServer.Security.startTLS, .tls])
  func encrypted(_ security: MailServer.Security) async throws {
    let peer = try MailPeer(security: security, login: "desk@example.com")
    #expect(try await peer.submit() == .accepted)
    let mail = try #require(try peer.taken().first)
    #expect(mail.secure && mail.user == "desk@example.com")
  }

  @Test("A certificate of an unknown authority, or for another name, is refused before the login")
  func certificate() async throws {
    for peer in [
      try MailPeer(security: .tls, login: "desk", trusts: false), try MailPeer(security: .startTLS, trusts: false),
      try MailPeer(security: .tls, host: "127.0.0.1"),
    ] {
      guard case .failed(.tls, _, mayHaveArrived: false) = try await peer.submit() else {
        Issue.record("not refused")
        continue
      }
      #expect(try peer.taken().isEmpty)
    }
  }

  @Test("A server that offers no STARTTLS gets neither login nor mail")
  func stripped() async throws {
    let peer = try MailPeer("no_starttls", security: .startTLS, login: "desk")
    let outcome = try await peer.submit()
    #expect(outcome == .failed(.tls, what: "the mail server offers no STARTTLS", mayHaveArrived: false))
    #expect(try peer.taken().isEmpty)
  }

  @Test(
    "What the server refuses is told by step and code, and by nothing that the server wrote",
    arguments: [
      ("greet554", MailOutcome.Step.greeting, 554), ("rcpt451", .envelope, 451), ("rcpt550", .envelope, 550),
      ("data554", .envelope, 554), ("end451", .message, 451), ("end554", .message, 554),
    ])
  func refusals(_ behaviour: String, _ step: MailOutcome.Step, _ code: Int) async throws {
    let peer = try MailPeer(behaviour)
    #expect(try await peer.submit() == .refused(step, code: code))
    #expect(try peer.taken().isEmpty)
  }

  @Test("A wrong password is a refused login")
  func login() async throws {
    let peer = try MailPeer(security: .tls, login: "desk", password: "other")
    #expect(try await peer.submit() == .refused(.login, code: 535))
  }

  @Test("A line cut after the message may have delivered it; one cut before has not")
  func cuts() async throws {
    let after = try MailPeer("cut_after_data")
    guard case .failed(_, _, mayHaveArrived: true) = try await after.submit() else {
      Issue.record("a mail that arrived was called safe to repeat")
      return
    }
    // It did arrive.
    #expect(try after.taken().count == 1)
    let silent = try MailPeer("silent")
    let started = ContinuousClock.now
    guard case .failed(.timeout, _, mayHaveArrived: true) = try await silent.submit(timeout: 1) else {
      Issue.record("a mail that arrived was called safe to repeat")
      return
    }
    #expect(ContinuousClock.now - started < .seconds(20))
    let closed = MailServer(host: "127.0.0.1", port: 9, security: .none)
    var open = closed
    open.allowHosts = ["127.0.0.1"]
    let outcome = try await CurlMail(server: open).submit(
      MailSubmission(from: "a@example.com", to: ["b@example.com"], message: [0x0D, 0x0A], timeoutSeconds: 5))
    guard case .failed(.connect, _, mayHaveArrived: false) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("A server that refuses and then does not even say goodbye is not waited for")
  func mute() async throws {
    let peer = try MailPeer("rcpt550_mute")
    let started = ContinuousClock.now
    #expect(try await peer.submit(timeout: 1) == .refused(.envelope, code: 550))
    #expect(ContinuousClock.now - started < .seconds(20))
  }

  @Test("A long mail cut in its middle has not arrived")
  func cutInside() async throws {
    let peer = try MailPeer("cut_in_data")
    let long = "Subject: x\r\n\r\n" + String(repeating: String(repeating: "y", count: 70) + "\r\n", count: 200_000)
    guard case .failed(_, _, mayHaveArrived: false) = try await peer.submit(text: long) else {
      Issue.record("called doubtful though the server had but a part")
      return
    }
  }

  @Test("Cancelling ends a transfer, and says that it may have arrived")
  func cancelling() async throws {
    let peer = try MailPeer("silent")
    let started = ContinuousClock.now
    let mail = try CurlMail(server: peer.server)
    let task = Task {
      await mail.submit(
        MailSubmission(
          from: "desk@example.com", to: ["user@example.org"], message: Array("Subject: x\r\n\r\nbody\r\n".utf8),
          timeoutSeconds: 120))
    }
    while try peer.taken().isEmpty, ContinuousClock.now - started < .seconds(60) {
      try await Task.sleep(for: .milliseconds(20))
    }
    let cancelled = ContinuousClock.now
    task.cancel()
    #expect(
      await task.value == .failed(.cancelled, what: "the task was cancelled", mayHaveArrived: true))
    #expect(ContinuousClock.now - cancelled < .seconds(40))
  }

  @Test("Private addresses are refused unless they are named; an unencrypted line leaves this machine never")
  func guarded() async throws {
    var server = MailServer(host: "127.0.0.1", port: 25, security: .tls)
    let mail = MailSubmission(from: "a@example.com", to: ["b@example.com"], message: [13, 10], timeoutSeconds: 2)
    guard case .failed(.blockedAddress, _, mayHaveArrived: false) = try await CurlMail(server: server).submit(mail)
    else {
      Issue.record("loopback was called though nobody named it")
      return
    }
    server = MailServer(host: "10.1.2.3", port: 25, security: .none)
    server.allowHosts = ["10.1.2.3"]
    guard case .failed(.blockedAddress, _, mayHaveArrived: false) = try await CurlMail(server: server).submit(mail)
    else {
      Issue.record("a plain line to another machine")
      return
    }
  }

  @Test(
    "An address that is no plain one never reaches the server",
    arguments: ["a@b.com>\r\nRCPT TO:<c@d.com", "a b@c.com", "<a@b.com>", "", "张@example.com"])
  func injection(_ address: String) async throws {
    let peer = try MailPeer()
    guard case .failed(.badRequest, _, mayHaveArrived: false) = try await peer.submit([address]) else {
      Issue.record("taken")
      return
    }
    #expect(try peer.taken().isEmpty)
  }

  @Test("Settings that make no sense are refused before a mail is sent")
  func settings() {
    for server in [
      MailServer(host: "", port: 25, security: .tls), MailServer(host: "a/b", port: 25, security: .tls),
      MailServer(host: "mail.example.com", port: 0, security: .tls),
      MailServer(host: "mail.example.com", port: 25, security: .tls, user: "x", password: nil),
      MailServer(host: "127.0.0.1", port: 25, security: .none, user: "x", password: "y"),
    ] {
      #expect(throws: TransportError.self) { try CurlMail(server: server) }
    }
  }
}

@Suite("Replies as mail")
struct MailTargetTests {
  private func entry(_ address: String = "user@example.org") -> OutboxEntry {
    let ticket = Ticket(id: Ticket.ID("T-1"), origin: Origin(file: "x.csv", row: 2), securityEmail: address)
    let (to, obstacle) = MailCopy.recipient(of: ticket)
    return MailCopy.record(
      CustomerMail(to: to, obstacle: obstacle, subject: "您的注销申请", body: "请补充材料。", format: .text),
      ticket: ticket.id, outcome: .incomplete, replyKey: IdempotencyKey(rawValue: "cd_1"),
      timestamp: Timestamp(epochSeconds: 1_795_233_600)
    ).entry
  }

  private func attempt(
    _ behave: String, address: String = "user@example.org", isInDoubt: Bool = false, times: Int = 1
  ) async throws -> (AttemptEnd.Meaning, [TakenMail]) {
    let peer = try MailPeer(behave)
    let target = MailTarget(
      from: try #require(MailAddress("desk@example.com")), transport: try CurlMail(server: peer.server),
      attemptSeconds: 5)
    let web = try CurlTransport(options: CurlOptions())
    defer { web.shutdown() }
    let claim = ClaimedEntry(entry: entry(address), token: 1, attempts: 0, isInDoubt: isInDoubt)
    var end = await target.attempt(claim, over: web, at: Timestamp(epochSeconds: 1_795_300_000))
    for _ in 1..<times { end = await target.attempt(claim, over: web, at: Timestamp(epochSeconds: 1_795_400_000)) }
    return (end.meaning, try peer.taken())
  }

  @Test("A mail that was taken is shown; a repeat after a refusal is the same mail, byte for byte")
  func shown() async throws {
    let (meaning, mails) = try await attempt("rcpt451,")
    guard case .again(_, _, mayHaveArrived: false) = meaning else {
      Issue.record("\(meaning)")
      return
    }
    #expect(mails.isEmpty)
    let (second, taken) = try await attempt("rcpt451,", times: 2)
    #expect(second == .shown(status: 250) && taken.count == 1)
    let (_, direct) = try await attempt("")
    #expect(direct.first?.message == taken.first?.message)
    #expect(taken.first?.message.contains("Message-ID: <cdm_") == true)
  }

  @Test("A mail that may have arrived is never sent again by itself: parked, with the Message-ID to search for")
  func doubt() async throws {
    let (meaning, mails) = try await attempt("cut_after_data,")
    guard case .refused(let why, .policy, _) = meaning else {
      Issue.record("\(meaning)")
      return
    }
    #expect(why.contains("<cdm_") && why.contains("@example.com>"))
    #expect(mails.count == 1)
    // After a kill the entry comes back in doubt: not a byte goes out.
    let (again, sent) = try await attempt("", isInDoubt: true)
    guard case .refused(_, .policy, _) = again else {
      Issue.record("\(again)")
      return
    }
    #expect(sent.isEmpty)
  }

  @Test(
    "Whatever a server writes about an address, no reason that the ledger keeps repeats it",
    arguments: ["greet554", "rcpt451", "rcpt550", "rcpt650", "rcpt_words", "end554", "end650", "cut_after_data"])
  func quoted(_ behave: String) async throws {
    let (meaning, _) = try await attempt(behave)
    let why =
      switch meaning {
      case .again(_, let why, _), .refused(let why, _, _): why
      case .shown, .stopped: ""
      }
    #expect(!why.isEmpty && !why.contains("user") && !why.contains("example.org"), "\(why)")
  }

  @Test("An address in a transport's own words is struck out; the other words stay", arguments: [true, false])
  func struckOut(_ mayHaveArrived: Bool) async throws {
    struct Talkative: MailTransport {
      let mayHaveArrived: Bool
      func submit(_ submission: MailSubmission) async -> MailOutcome {
        let to = submission.to[0]
        let words =
          "no box <\(to)>, \(to.replacing("@", with: "＠")) or \(to.replacing("@", with: "%40")), at mail.example.net"
        return .failed(.other, what: words, mayHaveArrived: mayHaveArrived)
      }
    }
    let target = MailTarget(
      from: try #require(MailAddress("desk@example.com")), transport: Talkative(mayHaveArrived: mayHaveArrived))
    let web = try CurlTransport(options: CurlOptions())
    defer { web.shutdown() }
    let claim = ClaimedEntry(entry: entry(), token: 1, attempts: 0)
    let why =
      switch await target.attempt(claim, over: web, at: Timestamp(epochSeconds: 1_795_300_000)).meaning {
      case .again(_, let why, _), .refused(let why, _, _): why
      case .shown, .stopped: ""
      }
    #expect(why.contains("no box ‹address› ‹address› or ‹address› at mail.example.net"), "\(why)")
    #expect(!why.contains("example.org"))
  }

  @Test("An unknown mailbox is theirs and final; a refused login waits for the operator")
  func faults() async throws {
    guard case (.refused(let why, .theirs, _), _) = try await attempt("rcpt550") else {
      Issue.record("not final")
      return
    }
    #expect(!why.contains("user@example.org"))
    guard case (.again(_, _, mayHaveArrived: false), _) = try await attempt("greet554") else {
      Issue.record("final")
      return
    }
  }

  @Test(
    "A masked, missing or odd security e-mail is never guessed at",
    arguments: [
      ("a***@qq.com", CustomerMail.Obstacle.masked), ("a＊＊@qq.com", .masked), ("axxx@qq.com", .masked),
      ("", .absent), ("  ", .absent), ("a@b", .malformed), ("a@example.com b@example.com", .malformed),
      ("张三", .malformed), ("a•••@qq.com", .masked),
    ])
  func masked(_ address: String, _ reason: CustomerMail.Obstacle) async throws {
    let ticket = Ticket(
      id: Ticket.ID("T-1"), origin: Origin(file: "x.csv", row: 2), contactEmail: "a123@qq.com", securityEmail: address)
    let (to, obstacle) = MailCopy.recipient(of: ticket)
    #expect(to.isEmpty && obstacle == reason)
    // Whoever has it retried gets the same reason, and the server hears nothing.
    let (meaning, mails) = try await attempt("", address: address)
    #expect(meaning == .refused(why: reason.what, fault: .policy) && mails.isEmpty)
  }

  @Test("The mail's key is its own, the same in every run, another one for another address")
  func keys() {
    #expect(entry().key == entry().key)
    #expect(entry().key != entry("other@example.org").key)
    #expect(entry().key.isMail && entry().key.rawValue.utf8.count == 44)
  }

  @Test("A server that refuses the login, or is not there, ends the round: not every mail is tried against it")
  func gate() async throws {
    let peer = try MailPeer(security: .tls, login: "desk", password: "other")
    let target = MailTarget(
      from: try #require(MailAddress("desk@example.com")), transport: try CurlMail(server: peer.server),
      attemptSeconds: 5)
    let web = try CurlTransport(options: CurlOptions())
    defer { web.shutdown() }
    let store = MemoryCaseStore()
    let mail = entry()
    _ = try await store.record(
      (0..<20).map { number in
        CaseRecord(
          ticket: Ticket.ID("T-\(number)"), revision: Revision(rawValue: "sha256:0"), policy: "tencentcloud@2026",
          policyID: "tencentcloud", outcome: .incomplete, line: "", due: nil,
          entry: OutboxEntry(
            key: IdempotencyKey(rawValue: "cdm_\(number)"), ticket: Ticket.ID("T-\(number)"), outcome: .incomplete,
            payload: mail.payload))
      }, at: .sample)
    let report = try await Deliverer(
      store: store, transport: web, target: target, retry: RetryPolicy(), maxInFlight: 1, clock: { .sample },
      jitter: { 0 }
    ).deliverDue(limit: nil, shouldStop: { false }, onProgress: { _ in })
    #expect(report.refused && report.retried < 6, "\(report)")
    #expect(try peer.taken().isEmpty)
  }
}
