import Foundation
import Testing

@Suite("Pulling from each system")
struct PullSystemTests {
  private static let keys = [
    "zendesk": "a@example.com/token:good-key", "zammad": "good-key", "rt5": "good-key",
    "generic": "X-Desk-Key: good-key",
  ]
  private static let now = ["--now", "2026-03-03T09:00:00+08:00", "--output", "-", "--quiet"]

  private func pull(
    _ system: TicketSystem, _ preset: String, _ scratch: Scratch, _ folder: String, inLedger: Bool = false
  ) throws -> Program.Result {
    try scratch.write("closedesk.yaml", "webhook: { allow_http_loopback: true }\n")
    try scratch.write("key", try #require(Self.keys[preset]) + "\n")
    return try Program.run(
      [
        "pull", "--preset", preset, "--url", system.url + (preset == "generic" ? "/api/tickets" : ""), "--key-file",
        scratch.path("key"), "--output", scratch.path(folder),
      ]
        + (inLedger ? ["--changed"] : ["--state", scratch.path("state.json")]), in: scratch.folder)
  }

  /// The decisions of a run, without the places in which the tickets were found.
  private func decisions(_ inputs: [String], _ scratch: Scratch) throws -> [String] {
    let result = try Program.run(["validate"] + inputs + Self.now, in: scratch.folder)
    #expect(result.code == 0, "\(result.error)")
    return result.lines.sorted()
  }

  @Test(
    "A run over a pull equals a run over the export of the same tickets; only GET is sent, 429 is waited for",
    arguments: ["zendesk", "zammad", "rt5", "generic"])
  func equal(_ preset: String) throws {
    let scratch = try Scratch()
    let system = try TicketSystem(preset, scratch, export: "export")
    let pulled = try pull(system, preset, scratch, "pulled")
    #expect(pulled.code == 0, "\(pulled.error)")
    let log = try scratch.read("log")
    #expect(!log.contains("POST"))
    let export = preset == "generic" ? "export/tickets.json" : "export"
    let one = try decisions([scratch.path("pulled"), "--require-complete"], scratch)
    let other = try decisions([scratch.path(export), "--require-complete"], scratch)
    #expect(one.count == 130)
    #expect(one == other)
    // Nobody's note and nobody else's words stand in a decision.
    #expect(!one.contains { $0.contains("内部") })
    let read = try Program.run("ingest", scratch.path("pulled"), "--json", in: scratch.folder)
    let tickets = try read.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
    let forty = try #require(tickets.first { ["40", "T-40"].contains($0["ticket"] as? String) })
    #expect(forty["created_at"] as? String == "2026-03-02T01:02:43Z")
    #expect((forty["body"] as? String)?.contains("pin_40") == true)
    if preset != "generic" {
      #expect(forty["attachments"] as? [String] == ["证明 40.png"])
      let messages = forty["messages"] as? [[String: Any]] ?? []
      #expect(messages.map { $0["author"] as? String } == ["agent", "customer"])
      #expect(!tickets.contains { $0["partial"] as? Bool == true })
      let long = try #require(tickets.first { $0["ticket"] as? String == "11" })
      #expect((long["messages"] as? [Any])?.count == 9)
    }
  }

  @Test(
    "The second pull from the cursor reads what changed and nothing else", arguments: ["zendesk", "rt5"], [false, true])
  func cursor(_ preset: String, inLedger: Bool) throws {
    let scratch = try Scratch()
    let system = try TicketSystem(preset, scratch, export: "export")
    #expect(try pull(system, preset, scratch, "first", inLedger: inLedger).code == 0)
    try system.change()
    let pulled = try pull(system, preset, scratch, "second", inLedger: inLedger)
    #expect(pulled.code == 0, "\(pulled.error)")
    let read = try Program.run("ingest", scratch.path("second"), "--json", in: scratch.folder)
    #expect(read.code == 0, "\(read.error)")
    let ids = read.lines.compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["ticket"] as? String
    }
    #expect(ids.sorted() == ["131", "3"])
    #expect(read.out.contains("手机号没有变"))
    #expect(!read.error.contains("INCOMPLETE"), "\(read.error)")
    guard !inLedger else { return }
    // Nor does the cursor of one question answer another.
    let asked = try Program.run(
      "pull", "--preset", preset, "--url", system.url, "--key-file", scratch.path("key"), "--output",
      scratch.path("asked"), "--state", scratch.path("state.json"), "--query", "status:open", in: scratch.folder)
    if preset == "zendesk" {
      #expect(asked.code == 64 && asked.error.contains("--query"), "\(asked.error)")
    } else {
      #expect(asked.code == 78 && asked.error.contains("without --query"), "\(asked.error)")
    }
    #expect(!scratch.exists("asked"))
    // The cursor of one system is not another's.
    let other = try Program.run(
      "pull", "--preset", "zammad", "--url", system.url, "--key-file", scratch.path("key"), "--output",
      scratch.path("third"), "--state", scratch.path("state.json"), in: scratch.folder)
    #expect(other.code == 78)
  }

  @Test("A wrong key is told as one, with the key in no message", arguments: ["zendesk", "zammad", "rt5", "generic"])
  func wrongKey(_ preset: String) throws {
    let scratch = try Scratch()
    let system = try TicketSystem(preset, scratch, export: "export")
    try scratch.write("closedesk.yaml", "webhook: { allow_http_loopback: true }\n")
    try scratch.write("key", preset == "generic" ? "X-Desk-Key: bad-key\n" : "bad-key\n")
    let result = try Program.run(
      "pull", "--preset", preset, "--url", system.url + (preset == "generic" ? "/api/tickets" : ""), "--key-file",
      scratch.path("key"), "--output", scratch.path("pulled"), in: scratch.folder)
    #expect(result.code == 78, "\(result.error)")
    #expect(result.error.contains("key") && !result.error.contains("bad-key"))
  }
}
