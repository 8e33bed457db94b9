import Foundation
import Testing

@Suite("outbox: parked replies are looked after by people")
struct OutboxCommandTests {
  private struct Item: Decodable {
    let key: String
    let ticket: String
    let state: String
    let fault: String?
    let note: String?
  }

  private func items(_ desk: Desk, _ arguments: String...) throws -> [Item] {
    let result = try Program.run(["outbox", "list", "--json"] + arguments + ["--config", desk.config])
    #expect(result.code == 0, "\(result.error)")
    return try result.lines.map { try JSONDecoder().decode(Item.self, from: Data($0.utf8)) }
  }

  /// Two replies that the receiver refused for good.
  private func parked() throws -> (Desk, Receiver) {
    let desk = try Desk()
    let receiver = try desk.receiver("--status", "410,410")
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", Export.accepted(2))
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    return (desk, receiver)
  }

  @Test("Listed with who has to mend them, shown masked, retried under the same id")
  func retry() throws {
    let (desk, receiver) = try parked()
    let all = try items(desk)
    #expect(all.map(\.ticket) == ["T-1", "T-2"])
    #expect(all.allSatisfy { $0.state == "parked" && $0.fault == "theirs" && $0.note?.contains("410") == true })
    #expect(try items(desk, "--fault", "ours").isEmpty)
    #expect(try items(desk, "--state", "confirmed").isEmpty)
    let shown = try desk.run("outbox", "show", "T-1")
    #expect(shown.code == 0 && shown.out.contains(all[0].key) && shown.out.contains("closure.ticket.accepted"))
    #expect(try desk.run("outbox", "show", "T-77").code == 66)

    #expect(try desk.run("outbox", "retry", all[0].key, "--why", "receiver mended").code == 0)
    #expect(try desk.run("deliver").code == 0)
    let arrived = try receiver.arrivals().filter { $0.ticket == "T-1" }
    #expect(arrived.map(\.status) == [410, 202])
    #expect(Set(arrived.map(\.id)) == [all[0].key])
    let history = try desk.run("show", "T-1")
    #expect(history.out.contains("receiver mended"))
    // What is confirmed is not retried.
    #expect(try desk.run("outbox", "retry", all[0].key).code == 65)
    #expect(try desk.run("outbox", "retry", "cd_0").code == 66)
    #expect(try desk.run("outbox", "retry", "--all").code == 0)
    #expect(try desk.run("deliver").code == 0)
    #expect(try desk.status().outbox["confirmed"] == 2)
  }

  @Test("A renewed key asks for a reason, warns, and is another id")
  func renewed() throws {
    let (desk, receiver) = try parked()
    let key = try #require(try items(desk).first).key
    #expect(try desk.run("outbox", "retry", key, "--renew-key").code == 64)
    let result = try desk.run("outbox", "retry", key, "--renew-key", "--why", "it remembers the old one")
    #expect(result.code == 0)
    #expect(result.error.contains("twice"))
    let shown = try desk.run("outbox", "show", key)
    #expect(shown.code == 0 && shown.out.contains("in place of \(key)"), "\(shown.out)\(shown.error)")
    #expect(try desk.run("deliver").code == 0)
    let arrived = try receiver.arrivals().filter { $0.ticket == "T-1" }
    #expect(arrived.map(\.status) == [410, 202])
    #expect(Set(arrived.map(\.id)).count == 2)
    #expect(arrived.allSatisfy { $0.verified })
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    #expect(try receiver.arrivals().filter { $0.ticket == "T-1" }.count == 2)
  }

  @Test("A dropped reply stays dropped, and the ledger says who and why")
  func dropped() throws {
    let (desk, receiver) = try parked()
    let key = try #require(try items(desk).first).key
    #expect(try desk.run("outbox", "drop", key).code == 64)
    #expect(try desk.run("outbox", "drop", key, "--why", "answered by phone").code == 0)
    #expect(try desk.run("deliver", "--retry-parked").code == 0)
    #expect(try desk.run("run", desk.scratch.path("export.csv")).code == 0)
    #expect(try receiver.arrivals().filter { $0.ticket == "T-1" }.count == 1)
    let other = try desk.run("show", "T-2", "--json").out
    #expect(other.contains("\"action\":\"retry\"") && other.contains("deliver --retry-parked"), "\(other)")
    #expect(try items(desk, "--state", "dropped").map(\.ticket) == ["T-1"])
    #expect(try desk.run("show", "T-1", "--json").out.contains("answered by phone"))
  }
}
