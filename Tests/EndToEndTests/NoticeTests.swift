import Foundation
import TestSupport
import Testing

/// `closedesk` with robots and a mail server of their own.
@Suite("Notices to the team")
struct NoticeTests {
  private static let secret = "SEC0123456789abcdef"

  private func desk(_ peer: PeerProcess, webhook: String? = nil, more: String = "") throws -> Desk {
    let desk = try Desk(
      url: webhook,
      more: """
        notify:
          - { channel: dingtalk, url_file: ./robot, secret_file: ./robot-secret, allow_http_loopback: true }
        \(more)
        """)
    try desk.scratch.write("robot", "http://127.0.0.1:\(peer.port)/robot/send?access_token=token-1\n")
    try desk.scratch.write("robot-secret", Self.secret + "\n")
    return desk
  }

  @Test("A run is told once, in counts alone; a run with nothing new tells nothing")
  func run() throws {
    let peer = try PeerProcess("robot_server", ["--secret", Self.secret])
    let desk = try desk(peer)
    let receiver = try desk.receiver()
    try desk.configure(
      url: receiver.url,
      more: """
        notify:
          - { channel: dingtalk, url_file: ./robot, secret_file: ./robot-secret, allow_http_loopback: true, on: [summary] }
        """)
    try desk.scratch.write(
      "export.csv",
      Export.csv([Export.row("T-1"), Export.row("T-2", email: "secret.person@example.com", phone: "13912345678")]))
    let first = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(first.code == 0, "\(first.error)")
    #expect(first.out.contains("notices, channel 1 dingtalk: 1 sent"))
    let second = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(second.code == 0 && !second.out.contains("notices"), "\(second.error)")
    let calls = try peer.journal(RobotCall.self)
    #expect(calls.count == 1 && calls.first?.answer.errcode == 0)
    let text = try #require(calls.first?.text)
    #expect(text.contains("新决定 2 张"))
    for personal in ["example.com", "139", "jd_demo", "注销须知"] { #expect(!text.contains(personal)) }
    for output in [first.out, first.error, second.error] {
      #expect(!output.contains("token-1") && !output.contains(Self.secret))
    }
  }

  @Test("A webhook that cannot be reached is told with what waits; a robot that fails does not change the exit code")
  func stopped() throws {
    let peer = try PeerProcess("robot_server", ["--secret", Self.secret])
    let desk = try desk(peer)
    try desk.scratch.write("export.csv", Export.accepted(2))
    let result = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(result.code == 69)
    let texts = try peer.journal(RobotCall.self).compactMap(\.text)
    #expect(texts.contains { $0.contains("无法连接") && $0.contains("2 条") })
    // The robot goes wrong as well: said on standard error, and told by the next run.
    try desk.scratch.write("robot-secret", "SECwrong\n")
    try desk.scratch.write("more.csv", Export.accepted(1, prefix: "U"))
    let failed = try desk.run("run", desk.scratch.path("more.csv"))
    #expect(failed.code == 69 && failed.error.contains("310000"), "\(failed.error)")
  }

  @Test("A ticket that waits for a person is told once when its deadline is near, and once when it is past")
  func deadline() throws {
    let peer = try PeerProcess("robot_server", [])
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(
      url: receiver.url,
      more: """
        notify:
          - { channel: feishu, url_file: ./robot, allow_http_loopback: true, on: [deadline] }
        """)
    try desk.scratch.write("robot", "http://127.0.0.1:\(peer.port)/open-apis/bot/v2/hook/token-2\n")
    // Filed on Wednesday the 18th: due on Monday the 23rd at 18:00.
    let body = "本人已阅读并同意《京东云账户注销须知》，自愿放弃账户余额，请注销账号。"
    try desk.scratch.write(
      "export.csv", Export.csv([Export.row("T-1", body: body, balance: "12.00")]))
    var counts: [Int] = []
    for now in ["2026-11-20T17:00", "2026-11-20T18:30", "2026-11-22T09:00", "2026-11-23T18:01", "2026-11-24T09:00"] {
      let result = try desk.run("run", desk.scratch.path("export.csv"), "--now", now + ":00+08:00")
      #expect(result.code == 0, "\(result.error)")
      counts.append(try peer.journal(RobotCall.self).count)
    }
    #expect(counts == [0, 1, 1, 2, 2])
    let texts = try peer.journal(RobotCall.self).compactMap(\.text)
    #expect(texts.first?.contains("T-1 须在 2026-11-23 18:00 前答复（等人工处理）") == true, "\(texts)")
    #expect(texts.last?.contains("T-1 已于 2026-11-23 18:00 超时") == true)
  }

  @Test("Stop-loss is told before the run ends with its own code")
  func stopLoss() throws {
    let peer = try PeerProcess("robot_server", ["--secret", Self.secret])
    let desk = try desk(peer, more: "limits: { max_accepts: 1 }")
    try desk.scratch.write("export.csv", Export.accepted(2))
    let result = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(result.code == 76, "\(result.error)")
    #expect(try peer.journal(RobotCall.self).compactMap(\.text).contains { $0.contains("止损") })
  }

  @Test("`notify test` tries each channel and says what came back; doctor calls none")
  func test() throws {
    let robots = try PeerProcess("robot_server", ["--secret", Self.secret])
    let smtp = try PeerProcess("smtp_server", ["--security", "none", "--behave", "rcpt550"])
    let desk = try desk(robots)
    try desk.configure(
      url: "http://127.0.0.1:9/hooks",
      more: """
        mail: { host: 127.0.0.1, port: \(smtp.port), security: none, from: desk@example.com, allow_hosts: [127.0.0.1] }
        notify:
          - { channel: dingtalk, url_file: ./robot, secret_file: ./robot-secret, allow_http_loopback: true }
          - { channel: mail, to: [team@example.com], on: [stopped] }
        """)
    let doctor = try desk.run("doctor", "--offline")
    #expect(doctor.out.contains("notices 1") && doctor.out.contains("dingtalk: summary, parked, deadline, stopped"))
    #expect(doctor.out.contains("mail: stopped") && !doctor.out.contains("token-1"))
    #expect(try robots.journal(RobotCall.self).isEmpty)
    let both = try desk.run("notify", "test")
    #expect(both.code == 69, "\(both.error)")
    #expect(both.out.contains("1 dingtalk") && both.out.contains("it took the message") && both.out.contains("550"))
    // Said once, with the channels.
    #expect(!both.error.contains("550") && !both.out.contains("next run"), "\(both.error)\(both.out)")
    let one = try desk.run("notify", "test", "--channel", "1", "--json")
    #expect(one.code == 0, "\(one.error)")
    #expect(one.out.contains(#""channel":"1 dingtalk","sent":1,"problem":null"#), "\(one.out)")
    #expect(try robots.journal(RobotCall.self).count == 2)
    #expect(try desk.run("notify", "test", "--channel", "3").code == 64)
  }

  @Test(
    "A mistake under notify: stops the run before the first ticket, with file and line",
    arguments: [
      ("notify: [{ channel: dingtalk, url: \"https://x\" }]", "is a secret"),
      ("notify: [{ channel: pigeon }]", "cannot be “pigeon”"), ("notify: [{ on: [summary] }]", "has no channel"),
      ("notify: [{ channel: wecom }]", "has no address"),
      ("notify: [{ channel: mail, to: [a@example.com] }]", "no mail server"),
      ("notify: [{ channel: wecom, url_file: ./robot, secret_file: ./robot-secret }]", "no signature"),
      ("notify: [{ channel: wecom, url_file: ./robot, allow_http_loopback: true }]", "another kind of robot"),
      ("notify: [{ channel: dingtalk, url_file: ./robot }]", "plain http is refused"),
      ("notify: [{ channel: dingtalk, url_file: ./nothing }]", "nothing"),
      ("mail: { host: mail.example.com, from: a***@qq.com }", "no plain mail address"),
      ("mail: { host: m.example.com, from: a@example.com, user: a }", "needs user and a password"),
    ])
  func mistakes(_ yaml: String, _ what: String) throws {
    let desk = try Desk(more: yaml)
    try desk.scratch.write("robot", "http://127.0.0.1:9/robot/send?access_token=token-1\n")
    try desk.scratch.write("robot-secret", Self.secret)
    try desk.scratch.write("export.csv", Export.accepted(1))
    let result = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(result.code == 78 && result.error.contains(what), "\(result.error)")
    #expect(!desk.scratch.exists("state/ledger.sqlite") && !result.error.contains("token-1"))
  }
}
