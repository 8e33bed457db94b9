import ClosureModel
import DeliverCurl
import Foundation
import MailFormat
import Notify
import Synchronization
import TestSupport
import Testing

@Suite("Robots over the network")
struct RobotTests {
  private static let secret = "SEC0123456789abcdef"

  private func url(_ kind: Robot.Kind, _ port: Int) -> String {
    switch kind {
    case .wecom: "http://127.0.0.1:\(port)/cgi-bin/webhook/send?key=wecom-key"
    case .dingtalk: "http://127.0.0.1:\(port)/robot/send?access_token=token-1"
    case .feishu: "http://127.0.0.1:\(port)/open-apis/bot/v2/hook/token-2"
    }
  }

  private struct Told {
    let report: ChannelReport
    let calls: [RobotCall]
    let slept: [Double]
    let memories: [String: ChannelMemory]
  }

  private func test(
    _ kind: Robot.Kind, secret: String?, behave: String = "", notices: Int = 1, known: [String: ChannelMemory] = [:],
    offset: Int64 = 0
  ) async throws -> Told {
    let peer = try PeerProcess("robot_server", ["--secret", Self.secret, "--behave", behave])
    let transport = try loopback()
    defer { transport.shutdown() }
    let slept = Mutex<[Double]>([])
    let channel = NoticeChannel(
      name: "1 \(kind.rawValue)",
      way: .robot(Robot(kind: kind, url: url(kind, peer.port), secret: secret), transport), on: [.parked])
    let courier = NoticeCourier(
      channels: [channel], words: try words(), clock: { present().adding(seconds: offset) },
      sleep: { seconds in slept.withLock { $0.append(seconds) } })
    var result = await courier.test(known)
    for _ in 1..<notices { result = await courier.test(result.memories) }
    return Told(
      report: try #require(result.reports.first), calls: try peer.journal(RobotCall.self),
      slept: slept.withLock { $0 }, memories: result.memories)
  }

  @Test("A signed message is taken, with the text whole", arguments: Robot.Kind.allCases)
  func signed(_ kind: Robot.Kind) async throws {
    let told = try await test(kind, secret: kind == .wecom ? nil : Self.secret)
    #expect(told.report.problems == [] && told.report.sent == 1)
    #expect(told.calls.count == 1)
    #expect(told.calls.first?.text?.contains("closedesk notify test") == true)
  }

  @Test(
    "A wrong secret, none, or a clock an hour off is refused in a 200 answer, and said",
    arguments: [(Robot.Kind.dingtalk, "310000"), (.feishu, "19021")])
  func wrongSign(_ kind: Robot.Kind, _ code: String) async throws {
    for (secret, offset) in [("SECother", 0), (nil, 0), (Self.secret, 3700)] as [(String?, Int64)] {
      let told = try await test(kind, secret: secret, offset: offset)
      #expect(told.report.sent == 0)
      #expect(told.report.problems.count == 1 && told.report.problems[0].contains(code))
      // Refused for good: not tried again; neither address nor secret is in the words.
      #expect(told.calls.count == 1)
      #expect(!told.report.problems[0].contains("token") && !told.report.problems[0].contains("SEC"))
    }
  }

  @Test("A busy robot is asked once more, and no more", arguments: ["http503", "http429"])
  func busy(_ behaviour: String) async throws {
    let once = try await test(.dingtalk, secret: Self.secret, behave: behaviour + ",")
    #expect(once.report.sent == 1 && once.calls.count == 2 && once.slept == [2])
    let twice = try await test(.dingtalk, secret: Self.secret, behave: behaviour)
    #expect(twice.report.sent == 0 && twice.calls.count == 2 && twice.report.problems.count == 1)
    let feishu = try await test(.feishu, secret: Self.secret, behave: "busy,")
    #expect(feishu.report.sent == 1 && feishu.calls.count == 2 && feishu.slept == [4])
  }

  @Test("DingTalk's block is believed: nothing is sent to it for ten minutes")
  func blocked() async throws {
    let told = try await test(.dingtalk, secret: Self.secret, behave: "busy,", notices: 3)
    #expect(told.calls.count == 1)
    #expect(told.report.sent == 0 && told.slept == [])
    let problem = try #require(told.report.problems.first)
    #expect(problem.contains("takes nothing for"))
  }

  @Test("The twentieth message of a minute is not sent, also by another run")
  func pace() async throws {
    let told = try await test(.wecom, secret: nil, notices: 20)
    #expect(told.calls.count == 19)
    #expect(told.report.sent == 0 && told.report.problems.count == 1)
  }

  @Test("An answer that is no robot's is a failure, though it is 200")
  func page() async throws {
    for kind in Robot.Kind.allCases {
      let told = try await test(kind, secret: Self.secret, behave: "page")
      #expect(told.report.sent == 0 && told.report.problems.count == 1)
    }
  }

  @Test("A robot that cannot be reached costs little time and one line")
  func unreachable() async throws {
    let transport = try loopback()
    defer { transport.shutdown() }
    let channels = Robot.Kind.allCases.map {
      NoticeChannel(
        name: $0.rawValue, way: .robot(Robot(kind: $0, url: url($0, 9), secret: nil), transport),
        on: Set(NoticeKind.allCases))
    }
    var facts = DeskFacts()
    facts.parked = parked(["T-1"])
    facts.stop = .unreachable
    facts.run = RunCounts(recorded: 1)
    let courier = NoticeCourier(
      channels: channels, words: try words(), clock: present, sleep: { _ in await Task.yield() })
    let started = ContinuousClock.now
    let result = await courier.tell(facts, [:])
    #expect(ContinuousClock.now - started < .seconds(50))
    #expect(result.reports.map(\.sent) == [0, 0, 0])
    // The first notice was tried twice, the others not at all.
    #expect(result.reports.allSatisfy { $0.problems.count == 2 && $0.problems[1].contains("2 more") })
  }

  @Test(
    "Five hundred parked tickets fit into one message of each robot, cut and counted", arguments: Robot.Kind.allCases)
  func long(_ kind: Robot.Kind) async throws {
    let peer = try PeerProcess("robot_server", [])
    let transport = try loopback()
    defer { transport.shutdown() }
    let channel = NoticeChannel(
      name: "1", way: .robot(Robot(kind: kind, url: url(kind, peer.port), secret: nil), transport), on: [.parked])
    var facts = DeskFacts()
    facts.parked = parked((1...500).map { "TICKET-2026-1121-\($0)" })
    let courier = NoticeCourier(channels: [channel], words: try words(), clock: present, sleep: { _ in })
    let result = await courier.tell(facts, [:])
    #expect(result.reports.map(\.problems) == [[]])
    let call = try #require(try peer.journal(RobotCall.self).first)
    let text = try #require(call.text)
    let shown = text.split(separator: "\n").filter { $0.hasPrefix("TICKET-") }.count
    #expect(text.hasSuffix("…还有 \(500 - shown) 条") && shown > 50)
    #expect(text.utf8.count <= (kind == .wecom ? 2048 : 8000) && call.bytes <= 20_000)
  }

  @Test("Addresses of another kind of robot are noticed before anything is sent")
  func kinds() {
    for kind in Robot.Kind.allCases {
      for other in Robot.Kind.allCases { #expect((other.refusal(of: url(kind, 1)) == nil) == (kind == other)) }
    }
  }

  @Test("A notice goes out as a mail to a real server, too")
  func mail() async throws {
    let peer = try PeerProcess("smtp_server", ["--security", "none"])
    var server = MailServer(host: "127.0.0.1", port: peer.port, security: .none)
    server.allowHosts = ["127.0.0.1"]
    let channel = NoticeChannel(
      name: "1 mail",
      way: .mail(
        from: try #require(MailAddress("desk@example.com")), to: [try #require(MailAddress("team@example.com"))],
        try CurlMail(server: server)), on: [.parked])
    var facts = DeskFacts()
    facts.parked = parked(["T-1"])
    let courier = NoticeCourier(channels: [channel], words: try words("en"), clock: present, sleep: { _ in })
    let result = await courier.tell(facts, [:])
    #expect(result.reports.map(\.problems) == [[]] && result.reports.map(\.sent) == [1])
    let mail = try #require(try peer.journal(TakenMail.self).first)
    #expect(mail.recipients == ["RCPT TO:<team@example.com>"])
    #expect(mail.message.contains("Auto-Submitted: auto-generated\r\n"))
  }
}
