import Foundation
import Testing

@Suite("The run: recorded once, posted once")
struct RunTests {
  @Test("The same export run again posts nothing, and the signatures are right")
  func twice() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write(
      "export.csv", Export.csv([Export.row("T-1"), Export.row("T-2", email: ""), Export.row("T-3", balance: "8.50")]))
    let first = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(first.code == 0, "\(first.error)")
    let arrived = try receiver.arrivals()
    #expect(arrived.map(\.ticket).sorted() == ["T-1", "T-2", "T-3"])
    #expect(arrived.allSatisfy { $0.verified && $0.status == 202 })
    #expect(Set(arrived.map(\.outcome)) == ["accepted", "incomplete", "ineligible"])

    let second = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(second.code == 0, "\(second.error)")
    #expect(try receiver.arrivals().count == 3)
    #expect(try desk.status().outbox["confirmed"] == 3)
  }

  @Test("A ticket whose text changed is answered anew; the others are not")
  func changed() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.csv([Export.row("T-1"), Export.row("T-2", body: "请注销账号。")]))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    try desk.scratch.write("export.csv", Export.csv([Export.row("T-1"), Export.row("T-2")]))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    let arrived = try receiver.arrivals()
    #expect(arrived.filter { $0.ticket == "T-1" }.map(\.outcome) == ["accepted"])
    #expect(arrived.filter { $0.ticket == "T-2" }.map(\.outcome) == ["incomplete", "accepted"])
    #expect(Set(arrived.map(\.id)).count == arrived.count)
  }

  @Test("A question that was not sent yet is not asked once the ticket became complete")
  func superseded() throws {
    let desk = try Desk()
    try desk.scratch.write("export.csv", Export.csv([Export.row("T-1", body: "请注销账号。")]))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 69)
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.csv([Export.row("T-1")]))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    #expect(try receiver.arrivals().map(\.outcome) == ["accepted"])
  }

  @Test("An unreachable webhook exits 69 and keeps everything; deliver sends it later")
  func unreachable() throws {
    let desk = try Desk()
    try desk.scratch.write("export.csv", Export.accepted(12))
    let first = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(first.code == 69, "\(first.error)")
    #expect(first.error.contains("closedesk deliver"))
    #expect(try desk.status().outbox["queued"] == 12)
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    usleep(1_200_000)
    let second = try desk.run("deliver")
    #expect(second.code == 0, "\(second.error)")
    #expect(Set(try receiver.arrivals().map(\.ticket)).count == 12)
    #expect(try desk.status().outbox["confirmed"] == 12)
  }

  @Test("A permanent refusal parks the reply with its reason")
  func parked() throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--status", "410")
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(1))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    #expect(try desk.status().outbox["parked"] == 1)
    #expect(try desk.run("show", "T-1").out.contains("410"))
    // Mended at the receiver: it goes out under the same id. The next delivery alone would leave it.
    #expect(try desk.run("deliver").code == 0)
    #expect(try desk.status().outbox["parked"] == 1)
    #expect(try desk.run("deliver", "--retry-parked").code == 0)
    #expect(try desk.status().outbox["confirmed"] == 1)
    #expect(Set(try receiver.arrivals().map(\.id)).count == 1)
  }

  @Test("A passing fault is retried under the same id")
  func retried() throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--status", "503")
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(1))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    for _ in 0..<20 {
      guard try desk.status().outbox["confirmed"] != 1 else { break }

      usleep(150_000)
      try desk.run("deliver")
    }
    let arrived = try receiver.arrivals()
    #expect(arrived.map(\.status) == [503, 202])
    #expect(Set(arrived.map(\.id)).count == 1)
  }

  @Test("SIGKILL in the middle of posting loses nothing; what is sent again carries the same id", arguments: [1, 2, 3])
  func killed(_ round: Int) throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--delay-ms", "40")
    try desk.configure(url: receiver.url, more: "limits: { max_accept_share: 1 }", hook: "max_in_flight: 4")
    try desk.scratch.write("export.csv", Export.accepted(60))
    let process = Program.process(["run", desk.scratch.path("export.csv"), "--config", desk.config])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Some replies are out, most are not.
    for _ in 0..<400 {
      guard try receiver.arrivals().count < 5 * round else { break }
      usleep(10_000)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let before = try receiver.arrivals().count
    #expect(before < 60)

    for _ in 0..<20 {
      _ = try desk.run("run", desk.scratch.path("export.csv"))
      if try desk.status().outbox["confirmed"] == 60 { break }
      usleep(100_000)
    }
    let arrived = try receiver.arrivals()
    let ids = Dictionary(grouping: arrived, by: \.ticket).mapValues { Set($0.map(\.id)).count }
    #expect(ids.count == 60, "lost: \(60 - ids.count)")
    #expect(ids.values.allSatisfy { $0 == 1 }, "a ticket was answered under two ids")
    #expect(arrived.filter(\.duplicate).count <= 8, "more was sent again than was in flight")
    #expect(try desk.status().outbox["confirmed"] == 60)
  }

  @Test("A second run at the same time exits 75 and says who holds the lock")
  func locked() throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--delay-ms", "3000")
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(3))
    let process = Program.process(["run", desk.scratch.path("export.csv"), "--config", desk.config])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<200 {
      guard !desk.scratch.exists("state/ledger.sqlite") else { break }
      usleep(20_000)
    }
    usleep(100_000)
    let second = try desk.run("deliver")
    #expect(second.code == 75)
    #expect(second.error.contains("process \(process.processIdentifier)"))
    process.terminate()
    process.waitUntilExit()
  }

  @Test("Ctrl-C and SIGTERM end a posting run within two seconds, and nothing is lost", arguments: [SIGINT, SIGTERM])
  func stopped(_ signal: Int32) throws {
    let desk = try Desk()
    let slow = try desk.receiver("--delay-ms", "1500")
    try desk.configure(url: slow.url, hook: "max_in_flight: 2")
    try desk.scratch.write("export.csv", Export.accepted(20))
    let process = Program.process(["run", desk.scratch.path("export.csv"), "--config", desk.config])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    /// Claims that the run holds now; 0 before there is a ledger.
    func claimed() throws -> Int {
      let result = try desk.run("status", "--json")
      guard result.code == 0 else { return 0 }
      return try JSONDecoder().decode(LedgerJSON.self, from: Data(result.out.utf8)).outbox["claimed"] ?? 0
    }
    for _ in 0..<400 {
      guard try claimed() == 0 else { break }
      usleep(20_000)
    }
    let started = Date()
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(Date().timeIntervalSince(started) < 2.5)
    #expect(process.terminationStatus == 130)
    #expect(try desk.status().outbox["claimed"] == 0, "claims were not given back")
    slow.stop()
    let quick = try desk.receiver(port: slow.port)
    defer { quick.stop() }
    for _ in 0..<20 {
      guard try desk.status().outbox["confirmed"] != 20 else { break }

      usleep(200_000)
      try desk.run("deliver")
    }
    let ids = Dictionary(grouping: try quick.arrivals(), by: \.ticket).mapValues { Set($0.map(\.id)).count }
    #expect(ids.count == 20 && ids.values.allSatisfy { $0 == 1 })
  }

  @Test("A run that would accept more than its limit stops before it records or posts")
  func stopLoss() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url, more: "limits: { max_accepts: 3 }")
    try desk.scratch.write("export.csv", Export.accepted(4))
    let result = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(result.code == 76)
    #expect(result.error.contains("limits.max_accepts"))
    #expect(try receiver.arrivals().isEmpty)
    #expect(try desk.status().tickets["accepted"] == 0)
    // Raised on purpose, it goes through; and again, as nothing is new.
    try desk.configure(url: receiver.url, more: "limits: { max_accepts: 4 }")
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    try desk.configure(url: receiver.url, more: "limits: { max_accepts: 0 }")
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    #expect(try receiver.arrivals().count == 4)
  }

  @Test("A ledger that was emptied is refused by every command: as a new one it would have all replies sent again")
  func emptied() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(3))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    try desk.scratch.write("state/ledger.sqlite", "")
    let export = desk.scratch.path("export.csv")
    for command in [["run", export], ["run"], ["deliver"], ["hold", "on", "--why", "x"], ["status"]] {
      let result = try Program.run(command + ["--config", desk.config])
      #expect(result.code == 74, "\(command): \(result.error)")
      #expect(result.error.contains("is empty") && result.error.contains("backup"), "\(command): \(result.error)")
    }
    #expect(try receiver.arrivals().count == 3)
    #expect(try desk.scratch.read("state/ledger.sqlite").isEmpty)
  }
}
