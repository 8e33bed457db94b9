import ClosureModel
import Foundation
import StoreSQLite
import TestSupport
import Testing

@testable import Batch

@Suite("Rows that cannot be read hold back what waits for their tickets")
struct UnreadRowTests {
  private func states(_ desk: DeskFixture) async throws -> [String: OutboxEntry.State] {
    let items = try await desk.store.entries(OutboxFilter(), limit: 100)
    return Dictionary(items.map { ($0.ticket.rawValue, $0.state) }, uniquingKeysWith: { $1 })
  }

  private let broken = DeskFixture.person("T-1", body: "我撤回申请") + ",多出一格"

  @Test("Held back before anything else happens: by a run that its limits stop, too")
  func stopLoss() async throws {
    let desk = try DeskFixture()
    try await desk.run([DeskFixture.person("T-1")])
    await #expect(throws: BatchError.self) {
      try await desk.run([broken, DeskFixture.person("T-2")], limits: RunLimits(maxAccepts: 0))
    }
    #expect(try await states(desk) == ["T-1": .parked])
  }

  @Test("Let go by a row that can be read; a ticket whose files stay closed as well")
  func letGo() async throws {
    let desk = try DeskFixture()
    let rows = [DeskFixture.person("T-1"), DeskFixture.enterprise("T-2")]
    try await desk.run(rows)
    let held = try await desk.run([broken, DeskFixture.enterprise("T-2") + ",x"])
    #expect((held.withheld, held.letGo) == (2, 0))
    #expect(try await states(desk) == ["T-1": .parked, "T-2": .parked])
    // A row of one, and none of the other.
    #expect(try await desk.run([rows[0]]).letGo == 1)
    #expect(try await states(desk) == ["T-1": .queued, "T-2": .parked])
    #expect(try await desk.run(rows).letGo == 1)
    #expect(desk.opened.count == 1)
    #expect(try await states(desk) == ["T-1": .queued, "T-2": .queued])
  }

  @Test(
    "Both kinds of rows of one ticket in one export: decided, and held back; the next export without the broken one frees it"
  )
  func both() async throws {
    let desk = try DeskFixture()
    let first = try await desk.run([DeskFixture.person("T-1"), broken])
    #expect((first.recorded, first.withheld) == (1, 1))
    let again = try await desk.run([DeskFixture.person("T-1"), broken])
    #expect((again.recorded, again.withheld, again.letGo) == (0, 0, 0))
    #expect(try await states(desk) == ["T-1": .parked])
    #expect(try await desk.run([DeskFixture.person("T-1")]).letGo == 1)
  }

  @Test("A limit does not hide what speaks against the rows before it")
  func limit() async throws {
    let rows = [DeskFixture.person("T-1"), broken]
    let desk = try DeskFixture()
    let first = try await desk.run(rows, limit: 1)
    #expect((first.recorded, first.withheld) == (1, 1))
    #expect(try await states(desk) == ["T-1": .parked])
    #expect(try await desk.run(rows, limit: 1).letGo == 0)
    #expect(try await states(desk) == ["T-1": .parked])
  }

  @Test("Held back and let go, a reply has the note that it had")
  func note() async throws {
    let desk = try DeskFixture()
    try await desk.run([DeskFixture.person("T-1")])
    try await desk.run([broken])
    let held = try await desk.store.entries(OutboxFilter(), limit: 1)
    #expect(held.first?.note?.contains("held back") == true)
    try await desk.run([DeskFixture.person("T-1")])
    let free = try await desk.store.entries(OutboxFilter(), limit: 1)
    #expect(free.first?.note == nil && free.first?.state == .queued)
  }

  @Test("Damage in a row whose id stands before it: too many and too few cells, quotes, a wrong encoding")
  func damages() async throws {
    let row = DeskFixture.person("T-1", body: "我撤回申请")
    for damage in [
      row + ",x", String(row.prefix(30)), row.replacingOccurrences(of: "撤回", with: "撤\"回"),
      row.replacingOccurrences(of: "我撤回申请", with: "锟斤拷锟斤拷锟斤拷锟斤拷"),
      row.replacingOccurrences(of: "我撤回申请", with: "\"我撤回申请"),
    ] {
      let desk = try DeskFixture()
      try await desk.run([DeskFixture.person("T-1")])
      let watcher = DeskFixture.Watcher()
      #expect(try await desk.run([damage], observer: watcher).withheld == 1, "\(damage): \(watcher.errors)")
      #expect(try await states(desk) == ["T-1": .parked], "\(damage)")
    }
    // Whose ticket nobody knows, or another's: nothing is held back.
    for damage in [
      row.replacingOccurrences(of: "T-1", with: ""), row.replacingOccurrences(of: "T-1", with: "T-2") + ",x",
    ] {
      let desk = try DeskFixture()
      try await desk.run([DeskFixture.person("T-1")])
      #expect(try await desk.run([damage]).withheld == 0)
      #expect(try await states(desk) == ["T-1": .queued], "\(damage)")
    }
  }
}
