import Foundation
import Testing

@Suite("What the receiver was told, and what the operator hears of it")
struct ReceiverFaultTests {
  /// The receiver, run to its end.
  private func receiver(_ arguments: String...) throws -> Program.Result {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path("closedesk-receiver"))
    process.arguments = arguments
    process.standardOutput = try scratch.handle("out")
    process.standardError = try scratch.handle("error")
    try process.run()
    process.waitUntilExit()
    return Program.Result(
      code: process.terminationStatus, out: try scratch.read("out"), error: try scratch.read("error"))
  }

  @Test("The receiver says at once that its port is taken, and which version it is")
  func taken() throws {
    let desk = try Desk()
    let first = try desk.receiver()
    let started = ContinuousClock.now
    let second = try receiver("--secret-file", desk.scratch.path("secret"), "--port", "\(first.port)")
    #expect(second.code == 74)
    #expect(second.error.contains("port \(first.port) is taken"), "\(second.error)")
    #expect(ContinuousClock.now - started < .seconds(4))
    let version = try receiver("--version")
    let whole = try Program.run("--version").out
    #expect(version.code == 0 && version.out == whole, "\(version.out)\(version.error)")
  }

  @Test("With a clock that is wrong the clock is named beside the secret, by run and by webhook test")
  func clock() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(1))
    let late = "2030-01-01T00:00:00+08:00"
    let run = try desk.run("run", desk.scratch.path("export.csv"), "--now", late)
    #expect(run.code == 69)
    #expect(run.error.contains("this machine's clock says \(late)"), "\(run.error)")
    let test = try desk.run("webhook", "test", "--ticket", "T-1", "--public", "--now", late)
    #expect(test.out.contains("this machine's clock says \(late)"), "\(test.out)\(test.error)")
    #expect(try receiver.arrivals().allSatisfy { $0.status == 401 })
    // The right time and a wrong secret: nothing is said of the clock.
    try desk.scratch.write("secret", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")
    let wrong = try desk.run("webhook", "test", "--ticket", "T-1", "--public")
    #expect(wrong.code != 0 && !wrong.out.contains("clock"), "\(wrong.out)")
  }

  @Test("A ticket that changes and changes back is answered each time, and the last word is the ledger's")
  func back() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("a.csv", Export.csv([Export.row("T-1", balance: "8.50"), Export.row("T-2")]))
    try desk.scratch.write("b.csv", Export.csv([Export.row("T-1"), Export.row("T-2", balance: "8.50")]))
    for name in ["a.csv", "b.csv", "a.csv", "a.csv", "b.csv"] {
      let result = try desk.run("run", desk.scratch.path(name))
      #expect(result.code == 0, "\(name): \(result.error)")
    }
    let arrived = try receiver.arrivals()
    #expect(
      arrived.filter { $0.ticket == "T-1" }.map(\.outcome) == ["ineligible", "accepted", "ineligible", "accepted"])
    #expect(
      arrived.filter { $0.ticket == "T-2" }.map(\.outcome) == ["accepted", "ineligible", "accepted", "ineligible"])
    #expect(Set(arrived.map(\.id)).count == 8)
    #expect(arrived.allSatisfy { !$0.duplicate && $0.verified })
  }

  @Test("An accept that waits is not sent by the run that cannot read the ticket's newer row; a readable row frees it")
  func unreadable() throws {
    for isBack in [true, false] {
      let desk = try Desk()
      let receiver = try desk.receiver("--status", "503,503")
      try desk.configure(url: receiver.url, hook: "wait: 0")
      try desk.scratch.write("monday.csv", Export.csv([Export.row("T-1"), Export.row("T-2")]))
      #expect(try desk.run("run", desk.scratch.path("monday.csv")).code == 69)
      // A retry waits for a second at most (`max_seconds`).
      usleep(1_200_000)
      try desk.scratch.write(
        "tuesday.csv", Export.csv([Export.row("T-1", body: "我撤回申请，不要注销了。") + ",多出一格", Export.row("T-2")]))
      let tuesday = try desk.run("run", desk.scratch.path("tuesday.csv"), "--quiet")
      #expect(tuesday.code == 2)
      #expect(tuesday.error.contains("held back"), "\(tuesday.error)")
      for command in [["deliver"], ["deliver", "--retry-parked"], ["outbox", "retry", "--all"], ["deliver"]] {
        #expect(try Program.run(command + ["--config", desk.config]).code == 0)
      }
      #expect(try receiver.arrivals().filter { $0.ticket == "T-1" }.map(\.status) == [503])
      #expect(try receiver.arrivals().filter { $0.ticket == "T-2" }.map(\.status) == [503, 202])
      let listed = try desk.run("outbox", "list", "--fault", "policy")
      #expect(listed.out.contains("T-1") && listed.out.contains("extraColumns"), "\(listed.out)")

      let body = isBack ? "本人已阅读并同意《京东云账户注销须知》，请注销账号。" : "我撤回申请，不要注销了。"
      try desk.scratch.write("wednesday.csv", Export.csv([Export.row("T-1", body: body), Export.row("T-2")]))
      let wednesday = try desk.run("run", desk.scratch.path("wednesday.csv"))
      #expect(wednesday.code == 0, "\(wednesday.error)")
      #expect(
        try receiver.arrivals().filter { $0.ticket == "T-1" && $0.status == 202 }.map(\.outcome)
          == [isBack ? "accepted" : "withdrawn"])
    }
  }

  @Test("A readable row beside one of the same ticket that cannot be read is decided, and not answered")
  func beside() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write(
      "export.csv", Export.csv([Export.row("T-1"), Export.row("T-1", body: "我撤回申请") + ",多出一格", Export.row("T-2")]))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 2)
    #expect(try receiver.arrivals().map(\.ticket) == ["T-2"])
    #expect(try desk.status().outbox["parked"] == 1)
    // Copies that were read hold nothing back.
    try desk.scratch.write("twice.csv", Export.csv([Export.row("T-3"), Export.row("T-3")]))
    #expect(try desk.run("run", desk.scratch.path("twice.csv")).code == 2)
    #expect(try receiver.arrivals().map(\.ticket) == ["T-2", "T-3"])
  }

  @Test("Nothing got through: exit 69 and a line on standard error, however few were due", arguments: [1, 3, 12])
  func failing(_ count: Int) throws {
    let desk = try Desk()
    let receiver = try desk.receiver(
      "--status", Array(repeating: ["500", "503", "429"], count: 4).flatMap(\.self).joined(separator: ","))
    try desk.configure(url: receiver.url, more: "limits: { max_accept_share: 1 }", hook: "wait: 0")
    try desk.scratch.write("export.csv", Export.accepted(count))
    let result = try desk.run("run", desk.scratch.path("export.csv"), "--quiet")
    #expect(result.code == 69)
    #expect(result.error.contains("nothing got through"), "\(result.error)")
    #expect(try desk.status().outbox["queued"] == count)
  }

  @Test("One that got through, or was refused for what it is, is no failing receiver")
  func partly() throws {
    for statuses in ["503,202", "503,410"] {
      let desk = try Desk()
      let receiver = try desk.receiver("--status", statuses)
      try desk.configure(url: receiver.url, hook: "wait: 0")
      try desk.scratch.write("export.csv", Export.accepted(2))
      #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0, "\(statuses)")
    }
  }

  @Test("Every reply refused for good is said, also to cron")
  func refused() throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--status", "422,422")
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(2))
    let result = try desk.run("run", desk.scratch.path("export.csv"), "--quiet")
    #expect(result.code == 0)
    #expect(result.error.contains("parked (2)"), "\(result.error)")
    #expect(result.error.contains("422"))
  }

  /// A run that is in the middle of posting.
  private func running(_ desk: Desk, _ receiver: Receiver) throws -> Process {
    try desk.configure(url: receiver.url, more: "limits: { max_accept_share: 1 }", hook: "max_in_flight: 2")
    try desk.scratch.write("export.csv", Export.accepted(40))
    let process = Program.process(["run", desk.scratch.path("export.csv"), "--config", desk.config])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try desk.scratch.handle("running.log")
    try process.run()
    for _ in 0..<1000 {
      guard try receiver.arrivals().count < 2 else { break }
      usleep(10_000)
    }
    return process
  }

  @Test("The lock belongs to the ledger, whatever name it is reached by")
  func names() throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--delay-ms", "200")
    let process = try running(desk, receiver)
    defer { process.terminate() }
    try FileManager.default.createDirectory(at: desk.scratch.url("other"), withIntermediateDirectories: true)
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: desk.scratch.path("other/l.sqlite"), withDestinationPath: "../state/ledger.sqlite")
    try files.createSymbolicLink(atPath: desk.scratch.path("folder"), withDestinationPath: desk.scratch.path("state"))
    for name in ["other/l.sqlite", "folder/ledger.sqlite", "./state/../state//ledger.sqlite"] {
      let result = try Program.run(
        ["deliver", "--config", desk.config],
        environment: ["CLOSEDESK_LEDGER": desk.scratch.folder.path + "/" + name])
      #expect(result.code == 75, "\(name): \(result.error)")
    }
  }

  @Test(
    "A ledger that is deleted or replaced while a run posts is noticed: exit 74", arguments: ["deleted", "replaced"])
  func gone(_ way: String) throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--delay-ms", "100")
    let process = try running(desk, receiver)
    try FileManager.default.moveItem(at: desk.scratch.url("state/ledger.sqlite"), to: desk.scratch.url("moved"))
    if way == "replaced" {
      try FileManager.default.copyItem(at: desk.scratch.url("moved"), to: desk.scratch.url("state/ledger.sqlite"))
    }
    process.waitUntilExit()
    #expect(process.terminationStatus == 74)
    #expect(try desk.scratch.read("running.log").contains("removed or replaced"))
    #expect(try receiver.arrivals().count < 40, "it went on posting")
  }
}
