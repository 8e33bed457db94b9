import Foundation
import Testing

@Suite("plan and apply: written down, looked at, then carried out exactly")
struct PlanCommandTests {
  private func planned(_ desk: Desk, _ rows: [String]) throws -> String {
    try desk.scratch.write("export.csv", Export.csv(rows))
    let result = try desk.run("plan", desk.scratch.path("export.csv"), "--output", desk.scratch.path("test.plan"))
    #expect(result.code == 0, "\(result.error)")
    return desk.scratch.path("test.plan")
  }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) & 0o777
  }

  @Test("A plan sends nothing and writes no ledger; applied, and applied again, each reply arrives once")
  func twice() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    let plan = try planned(
      desk, [Export.row("T-1"), Export.row("T-2", email: ""), Export.row("T-3", balance: "8.50")])
    #expect(!desk.scratch.exists("state/ledger.sqlite"))
    #expect(try mode(plan) == 0o600)
    #expect(try mode(desk.scratch.path("state/plan.key")) == 0o600)
    #expect(try receiver.arrivals().isEmpty)

    let shown = try desk.run("plan", "show", plan)
    #expect(shown.code == 0, "\(shown.error)")
    #expect(shown.out.contains("3 tickets, 3 replies"))
    #expect(shown.out.contains("T-2") && !shown.out.contains("13800138000") && !shown.out.contains("desk@example.com"))

    for round in 1...2 {
      let applied = try desk.run("apply", plan, "--json")
      #expect(applied.code == 0, "\(applied.error)")
      #expect(applied.out.contains(round == 1 ? #""recorded":3,"unchanged":0"# : #""recorded":0,"unchanged":3"#))
    }
    let arrived = try receiver.arrivals()
    #expect(arrived.map(\.ticket).sorted() == ["T-1", "T-2", "T-3"])
    #expect(arrived.allSatisfy { $0.verified && !$0.duplicate })
    // The run after it finds nothing new: the keys are the run's own.
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    #expect(try receiver.arrivals().count == 3)
  }

  @Test("Altered by one byte, cut off, or signed with another key, nothing of it is carried out")
  func refused() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    let plan = try planned(desk, [Export.row("T-1")])
    let whole = try Data(contentsOf: URL(fileURLWithPath: plan))

    var altered = whole
    let place = try #require(altered.range(of: Data("accepted".utf8))).lowerBound
    altered[place] = UInt8(ascii: "A")
    try altered.write(to: desk.scratch.url("test.plan"))
    let result = try desk.run("apply", plan)
    #expect(result.code == 65)
    #expect(result.error.contains("altered"))

    try whole.dropLast(40).write(to: desk.scratch.url("test.plan"))
    #expect(try desk.run("apply", plan).code == 65)

    try whole.write(to: desk.scratch.url("test.plan"))
    try desk.scratch.write("state/plan.key", String(repeating: "k", count: 64) + "\n")
    let other = try desk.run("apply", plan)
    #expect(other.code == 78)
    #expect(other.error.contains("another key"))
    #expect(try desk.run("apply", desk.scratch.path("no.plan")).code == 66)
    try FileManager.default.removeItem(at: desk.scratch.url("state/plan.key"))
    #expect(try desk.run("apply", plan).code == 78)
    #expect(!desk.scratch.exists("state/plan.key"), "apply made a key")
    #expect(try receiver.arrivals().isEmpty)
    #expect(!desk.scratch.exists("state/ledger.sqlite"))
  }

  @Test("A key that others may write is refused")
  func rights() throws {
    let desk = try Desk()
    let plan = try planned(desk, [Export.row("T-1")])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o666], ofItemAtPath: desk.scratch.path("state/plan.key"))
    let result = try desk.run("plan", "show", plan)
    #expect(result.code == 78)
    #expect(result.error.contains("chmod 600"))
  }

  @Test("A changed export, a changed attachment and an old plan are refused, and each is named")
  func stale() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    let more = "input: { attachments: ./files }"
    try desk.configure(url: receiver.url, more: more)
    try desk.scratch.write("files/T-1/ticket.txt", "one")
    try desk.scratch.write(
      "export.csv",
      Export.header + ",附件\r\n" + Export.row("T-1") + ",ticket.txt\r\n" + Export.row("T-2") + ",\r\n")
    let plan = desk.scratch.path("test.plan")
    #expect(try desk.run("plan", desk.scratch.path("export.csv"), "--output", plan).code == 0)

    try desk.scratch.write("files/T-1/ticket.txt", "two")
    let attachment = try desk.run("apply", plan)
    #expect(attachment.code == 65)
    #expect(attachment.error.contains("ticket.txt of T-1 changed"), "\(attachment.error)")
    try desk.scratch.write("files/T-1/ticket.txt", "one")

    let old = try desk.run("apply", plan, "--now", "2099-01-01T00:00:00+08:00")
    #expect(old.code == 65)
    #expect(old.error.contains("max_age_hours"))

    let text = try desk.scratch.read("export.csv")
    try desk.scratch.write("export.csv", text + Export.row("T-9") + ",\r\n")
    let export = try desk.run("apply", plan)
    #expect(export.code == 65)
    #expect(export.error.contains("export.csv changed"))
    try desk.scratch.write("export.csv", text)
    try desk.scratch.write("templates/lexicons/own.txt", "# nothing\n")
    #expect(try receiver.arrivals().isEmpty)
    #expect(try desk.run("apply", plan).code == 0)
    #expect(try receiver.arrivals().count == 2)
  }

  @Test("With a present export, tickets that changed or are gone go to people, the others are answered")
  func against() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    let plan = try planned(desk, ["T-1", "T-2", "T-3"].map { Export.row($0) })
    try desk.scratch.write(
      "today.csv", Export.csv([Export.row("T-1"), Export.row("T-2", body: "我不想注销了，请撤回。")]))
    let result = try desk.run("apply", plan, "--against", desk.scratch.path("today.csv"))
    #expect(result.code == 0, "\(result.error)")
    #expect(try receiver.arrivals().map(\.ticket) == ["T-1"])
    let queue = try desk.run("review", "list", "--json")
    #expect(queue.lines.count == 2)
    #expect(queue.out.contains("plan.ticket_changed") && queue.out.contains("plan.ticket_missing"))
    // The next run takes the changed one up by itself.
    #expect(try desk.run("run", desk.scratch.path("today.csv")).code == 0)
    #expect(try receiver.arrivals().filter { $0.ticket == "T-2" }.allSatisfy { $0.outcome != "accepted" })
  }

  @Test("SIGKILL while it is applied, then applied again: nothing lost, nothing under two ids", arguments: [1, 3])
  func killed(_ round: Int) throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--delay-ms", "40")
    let more = "limits: { max_accept_share: 1 }"
    try desk.configure(url: receiver.url, more: more, hook: "max_in_flight: 4")
    let plan = try planned(desk, (1...60).map { Export.row("T-\($0)") })
    let process = Program.process(["apply", plan, "--config", desk.config])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<400 {
      guard try receiver.arrivals().count < 8 * round else { break }
      usleep(10_000)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    for _ in 0..<20 {
      _ = try desk.run("apply", plan)
      if try desk.status().outbox["confirmed"] == 60 { break }
      usleep(100_000)
    }
    let arrived = try receiver.arrivals()
    let ids = Dictionary(grouping: arrived, by: \.ticket).mapValues { Set($0.map(\.id)).count }
    #expect(ids.count == 60 && ids.values.allSatisfy { $0 == 1 })
    #expect(arrived.filter(\.duplicate).count <= 8, "more was sent again than was in flight")
    #expect(try desk.status().outbox["confirmed"] == 60)
  }
}
