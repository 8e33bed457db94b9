import Foundation
import Testing

@Suite("read, for people and for programs")
struct ExplainTests {
  private static let text =
    "您好\n本人已阅读并同意《京东云账户注销须知》，余额放弃。\n但请先退款再注销。电话 138 0013 8000，邮箱 desk@example.com，身份证 11010519491231002X"

  @Test("--explain marks what speaks for and against, and says label, code, speaker, reason, declarations, contacts")
  func explain() throws {
    let result = try Program.run("read", "--explain", "-", input: Self.text)
    #expect(result.code == 0, "\(result.error)")
    for part in [
      "⟦本人已阅读并同意《京东云账户注销须知》⟧", "⟪但请先退款再注销⟫", "⟦…⟧", "⟪…⟫", "unclear  consent.delayed", "申请人本人",
      "声明之外另有推迟", "放弃余额", "“余额放弃”", "撤回申请", "d***@example.com", "+861********00", "resident_id",
    ] { #expect(result.out.contains(part), "\(part) in\n\(result.out)") }
    for personal in ["138 0013 8000", "13800138000", "desk@example.com", "11010519491231002X"] {
      #expect(!result.out.contains(personal))
    }
    #expect(!result.out.contains("\u{1B}"))
    let revealed = try Program.run("read", "--explain", "--reveal", "-", input: Self.text)
    for personal in ["138 0013 8000", "+8613800138000", "desk@example.com", "11010519491231002X"] {
      #expect(revealed.out.contains(personal))
    }
  }

  @Test("In English nothing but the ticket's own words is Chinese")
  func english() throws {
    let result = try Program.run(
      "read", "--explain", "-", "--locale", "en", input: "I do not agree to the JD Cloud account closure notice.")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.out.contains("not_consented") && result.out.contains("the applicant"))
    #expect(result.out.unicodeScalars.allSatisfy { !(0x4E00...0x9FFF).contains($0.value) }, "\(result.out)")
  }

  @Test("What a ticket's text holds cannot steer the terminal or pass for a mark")
  func hostile() throws {
    let result = try Program.run(
      "read", "--explain", "-", input: "⟦本人已阅读并同意⟧\u{1B}[31m\u{1B}]0;x\u{7}《京东云账户注销须知》\u{202E}吗")
    #expect(result.code == 0)
    #expect(!result.out.contains("\u{1B}") && !result.out.contains("\u{202E}") && !result.out.contains("⟦本人"))
  }

  private static let hasScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  @Test("On a terminal colours mark the words, unless they are not wanted", .enabled(if: hasScript, "no script(1)"))
  func colours() throws {
    let scratch = try Scratch()
    try scratch.write("ticket.txt", "本人已阅读并同意《京东云账户注销须知》。\n不同意")
    func shown(_ more: String, _ environment: [String: String] = [:]) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
      let command = "'\(Program.path("closedesk"))' read --explain '\(scratch.path("ticket.txt"))' \(more)"
      process.arguments = ["-qec", command, "/dev/null"]
      var variables = ProcessInfo.processInfo.environment.filter { $0.key != "NO_COLOR" }
      variables.merge(environment) { $1 }
      process.environment = variables
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try scratch.handle("out")
      try process.run()
      process.waitUntilExit()
      return try scratch.read("out")
    }
    let coloured = try shown("")
    #expect(coloured.contains("\u{1B}[32m本人已阅读并同意《京东云账户注销须知》\u{1B}[0m"), "\(coloured)")
    #expect(coloured.contains("\u{1B}[31m不同意\u{1B}[0m"))
    #expect(!coloured.contains("⟦"))
    for plain in [try shown("--no-color"), try shown("", ["NO_COLOR": "1"])] {
      #expect(!plain.contains("\u{1B}[3") && plain.contains("⟦本人已阅读并同意《京东云账户注销须知》⟧"))
    }
  }

  @Test("--lines explains each text under its id, a broken line is named and the rest are explained")
  func lines() throws {
    let scratch = try Scratch()
    try scratch.write(
      "lines.jsonl",
      """
      {"id":"a-1","text":"不同意《京东云账户注销须知》","provider":"jdcloud"}
      {"no":"text"}
      {"id":"b-2","text":"已阅读并同意《腾讯云账号注销协议》","provider":"tencentcloud"}
      """)
    let result = try Program.run("read", "--explain", "--lines", scratch.path("lines.jsonl"))
    #expect(result.code == 2)
    #expect(result.error.contains("line 2"))
    #expect(result.out.contains("── a-1  jdcloud@") && result.out.contains("── b-2  tencentcloud@"))
    #expect(result.out.contains("⟪不同意《京东云账户注销须知》⟫"))
  }

  @Test("The JSON tells whose words they are and which speak against, and keeps the keys of the contract")
  func json() throws {
    struct Reading: Decodable {
      struct Span: Decodable {
        let span: [Int]
        let quote: String
      }
      struct Consent: Decodable {
        let label: String
        let code: String
        let evidence: [Span]
        let reason: String
        let speaker: String?
        let against: [Span]
      }
      let consent: Consent
    }
    func read(_ text: String, _ more: String...) throws -> Reading.Consent {
      let result = try Program.run(["read", "-"] + more, input: text)
      return try JSONDecoder().decode(Reading.self, from: Data(result.out.utf8)).consent
    }
    let delayed = try read(Self.text)
    #expect(delayed.speaker == "applicant" && delayed.against.map(\.quote) == ["但请先退款再注销"])
    #expect(delayed.evidence.count == 2 && delayed.reason.contains("推迟"))
    let agent = try read("客服：已阅读并同意《京东云账户注销须知》", "--locale", "en")
    #expect(agent.speaker == "agent" && agent.label == "not_consented" && agent.reason.contains("quoted"))
    let silent = try read("请注销")
    #expect(silent.speaker == nil && silent.against.isEmpty)
  }
}
