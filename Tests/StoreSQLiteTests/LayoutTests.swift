import ClosureModel
import Foundation
import GRDB
import StoreSQLite
import TestSupport
import Testing

@Suite("What the ledger's file holds, and how much of it")
struct LayoutTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("ledger.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  /// A record as a run makes it: ids in their real shape, a line of some length.
  private func record(_ number: Int, line: String? = nil) -> CaseRecord {
    var generator = SeededGenerator(seed: UInt64(number) + 1)
    func hex(_ count: Int) -> String {
      (0..<count).map { _ in String(Int.random(in: 0..<16, using: &generator), radix: 16) }.joined()
    }
    let ticket = Ticket.ID("GD2503" + String(1_000_000 + number))
    let revision = "sha256:" + hex(64)
    let text =
      line
      ?? #"{"schema":"closedesk.decision/1","ticket":"\#(ticket)","revision":"\#(revision)","outcome":"incomplete","#
      + #""findings":[{"code":"letter.missing","message":"没有上传盖章的同意书。","span":[\#(number),\#(number + 9)]}],"#
      + #""reply":{"body":"您好，请补充：\#(String(repeating: "盖有公章的《注销京东云账号同意书》扫描件；", count: 10))"}}"#
    return CaseRecord(
      ticket: ticket, revision: Revision(rawValue: revision), policy: "jdcloud@2026-01-15", policyID: "jdcloud",
      outcome: .incomplete, line: text, due: .sample,
      entry: OutboxEntry(
        key: IdempotencyKey(rawValue: "cd_" + hex(40)), ticket: ticket, outcome: .incomplete,
        payload: Array(String(repeating: "x", count: 900).utf8)))
  }

  private func lines(_ store: SQLiteCaseStore, _ ticket: Ticket.ID) async throws -> [String] {
    try await store.history(of: ticket).compactMap {
      if case .decided(_, _, _, let line) = $0.kind { line } else { nil }
    }
  }

  @Test("Ids, revisions and lines come back as they went in, whatever their shape")
  func whole() async throws {
    let store = try SQLiteCaseStore(path: path)
    let odd = [
      "", "x", String(repeating: "长", count: 30_000), #"{"a":"\u0000"}"#,
      String((0..<5000).map { Character(Unicode.Scalar(UInt32(0x4E00 + $0 * 7919 % 0x5000)) ?? "x") }),
    ]
    let records = (0..<50).map { record($0) } + odd.enumerated().map { record(100 + $0, line: $1) }
    _ = try await store.record(records, at: .sample)
    let reader = try SQLiteCaseStore.openReadOnly(path: path)
    for record in records {
      #expect(try await lines(reader, record.ticket) == [record.line])
      let item = try #require(try await reader.history(of: record.ticket).first)
      guard case .decided(let revision, let policy, _, _) = item.kind else { continue }
      #expect(revision == record.revision)
      #expect(policy == record.policy)
    }
    let claims = try await store.claim(limit: 100, at: .sample, leaseSeconds: 60)
    #expect(claims.map(\.entry) == records.compactMap(\.entry))
  }

  @Test("Lines can be read whose dictionary was learned in a call that failed")
  func rolledBack() async throws {
    let store = try SQLiteCaseStore(path: path)
    let queue = try DatabaseQueue(path: path)
    try await queue.write {
      try $0.execute(
        sql: "CREATE TRIGGER stop BEFORE INSERT ON payload WHEN NEW.entry = 3 BEGIN SELECT RAISE(ABORT, 'no'); END")
    }
    await #expect(throws: StoreError.self) { try await store.record((0..<5).map { record($0) }, at: .sample) }
    try await queue.write { try $0.execute(sql: "DROP TRIGGER stop") }
    _ = try await store.record((5..<10).map { record($0) }, at: .sample)
    for number in 5..<10 { #expect(try await lines(store, record(number).ticket) == [record(number).line]) }
  }

  @Test("Two programs that write in turn read each other's lines")
  func shared() async throws {
    let stores = try (0..<2).map { _ in try SQLiteCaseStore(path: path) }
    for number in 0..<6 { _ = try await stores[number % 2].record([record(number)], at: .sample) }
    for number in 0..<6 {
      for store in stores { #expect(try await lines(store, record(number).ticket) == [record(number).line]) }
    }
  }

  @Test("A sent ticket costs at most 150 bytes of the file beside its decision line, and its payload is gone")
  func size() async throws {
    let count = 4000
    do {
      let store = try SQLiteCaseStore(path: path)
      for start in stride(from: 0, to: count, by: 100) {
        _ = try await store.record((start..<(start + 100)).map { record($0) }, at: .sample)
        let claims = try await store.claim(limit: 100, at: .sample, leaseSeconds: 60)
        #expect(claims.count == 100)
        let settlements = claims.map {
          Settlement(key: $0.entry.key, token: $0.token, result: .confirmed(status: 202))
        }
        _ = try await store.settle(settlements, at: .sample)
      }
    }
    let queue = try DatabaseQueue(path: path)
    try await queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let pages = try await queue.read { database in
      try Row.fetchAll(database, sql: "SELECT name, SUM(pgsize) AS bytes FROM dbstat GROUP BY name").reduce(
        into: [String: Int]()
      ) { $0[$1["name"]] = $1["bytes"] }
    }
    let line = pages["line"] ?? 0
    let rest = pages.values.reduce(0, +) - line
    // Without the page that each table and index begins with.
    #expect((rest - pages.count * 4096) / count <= 150, "\(pages)")
    // Some 800 bytes as text.
    #expect(line / count <= 150, "\(pages)")
    #expect(pages["payload"] == 4096)
    let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    // Pages of payloads that were sent are used again: at most a batch of them is free.
    #expect(size - rest - line < 200_000, "\(size)")
  }

  @Test("The outbox can be read in words")
  func view() async throws {
    let store = try SQLiteCaseStore(path: path)
    let sample = record(1)
    _ = try await store.record([sample], at: .sample)
    let row = try #require(
      try await DatabaseQueue(path: path).read { try Row.fetchOne($0, sql: "SELECT * FROM outbox") })
    #expect(row["key"] == sample.entry?.key.rawValue)
    #expect(row["ticket"] == sample.ticket.rawValue)
    #expect(row["state"] == "queued")
    #expect(row["outcome"] == "incomplete")
  }
}
