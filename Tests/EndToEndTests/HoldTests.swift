import Foundation
import Testing

@Suite("hold: everything is decided, nothing is sent")
struct HoldTests {
  @Test("While it is on, run records and exits 77; off again, everything goes out")
  func on() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    #expect(try desk.run("hold", "on", "--why", " ").code == 64)
    #expect(try desk.run("hold", "on", "--why", "wrong deadline in the reply").code == 0)
    try desk.scratch.write("export.csv", Export.accepted(3))
    let held = try desk.run("run", desk.scratch.path("export.csv"))
    #expect(held.code == 77, "\(held.error)")
    #expect(held.error.contains("wrong deadline in the reply"))
    #expect(try desk.run("deliver").code == 77)
    #expect(try receiver.arrivals().isEmpty)
    #expect(try desk.status().outbox["queued"] == 3)
    #expect(try desk.run("status", "--json").out.contains(#""hold":true"#))
    #expect(try desk.run("hold", "status", "--json").out.contains(#""why":"wrong deadline in the reply""#))

    #expect(try desk.run("hold", "off", "--why", "mended").code == 0)
    #expect(try desk.run("status", "--json").out.contains(#""hold":false"#))
    #expect(try desk.run("deliver").code == 0)
    #expect(try receiver.arrivals().count == 3)
  }

  @Test("Where no ledger is named and none is here, nothing is stopped and nothing made; the reason is shown masked")
  func elsewhere() throws {
    let desk = try Desk()
    let folder = desk.scratch.path("elsewhere")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let refused = try Program.run(["hold", "on", "--why", "stop"], in: URL(fileURLWithPath: folder))
    #expect(refused.code == 66, "\(refused.error)")
    #expect(refused.error.contains("--config"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)

    try desk.configure(url: "http://127.0.0.1:9/hook")
    let off = try desk.run("hold", "off", "--why", "none was on")
    #expect(off.code == 0 && off.out.contains("was not held back"))
    #expect(try desk.run("hold", "status").out.contains("never on"))
    let on = try desk.run("hold", "on", "--why", "call 13800138000, desk@example.com")
    #expect(on.code == 0 && on.out.contains("ledger: /"))
    #expect(try desk.run("hold", "on", "--why", "again").out.contains("it was already, since"))
    let status = try desk.run("hold", "status", "--json").out
    #expect(!status.contains("13800138000") && !status.contains("desk@"))
  }

  @Test("A run that is posting stops within two seconds, keeps the rest, and loses and doubles nothing")
  func during() throws {
    let desk = try Desk()
    let receiver = try desk.receiver("--delay-ms", "100")
    let more = "limits: { max_accept_share: 1 }"
    try desk.configure(url: receiver.url, more: more, hook: "max_in_flight: 2")
    try desk.scratch.write("export.csv", Export.accepted(100))
    let process = Program.process(["run", desk.scratch.path("export.csv"), "--config", desk.config])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<400 {
      guard try receiver.arrivals().count < 5 else { break }
      usleep(10_000)
    }
    let started = Date()
    #expect(try desk.run("hold", "on", "--why", "stop").code == 0)
    process.waitUntilExit()
    #expect(Date().timeIntervalSince(started) < 2.5)
    #expect(process.terminationStatus == 77)
    let sent = try receiver.arrivals().count
    #expect(sent < 100)
    usleep(500_000)
    #expect(try receiver.arrivals().count <= sent + 2, "posts went on")

    #expect(try desk.run("hold", "off", "--why", "go on").code == 0)
    for _ in 0..<20 {
      try desk.run("deliver")
      if try desk.status().outbox["confirmed"] == 100 { break }
      usleep(100_000)
    }
    let ids = Dictionary(grouping: try receiver.arrivals(), by: \.ticket).mapValues { Set($0.map(\.id)).count }
    #expect(ids.count == 100 && ids.values.allSatisfy { $0 == 1 })
  }
}
