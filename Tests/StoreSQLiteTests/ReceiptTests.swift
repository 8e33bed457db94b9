import ClosureModel
import GRDB
import StoreSQLite
import TestSupport
import Testing

@Suite("What runs were given to read, in the ledger")
struct ReceiptTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("ledger.sqlite")
  }

  private var full: Receipt {
    var receipt = Receipt(file: "exports/七月")
    receipt.system = "Zendesk"
    receipt.forms = ["incremental"]
    (receipt.files, receipt.usedFiles, receipt.claimed, receipt.tickets, receipt.rowErrors) = (7, 5, 120, 118, 2)
    (receipt.partial, receipt.sameTicketsElsewhere, receipt.localZone) = (3, 1, "Asia/Shanghai")
    receipt.numberGaps = Receipt.NumberGaps(prefix: "T-", first: 1, last: 120, missing: 1, ranges: ["7"])
    receipt.gaps = [
      Receipt.Gap(code: .page, count: 1, which: ["3"], what: "page 3 of the export is missing", fix: "Export again.")
    ]
    return receipt
  }

  @Test("The receipts of the last run come back whole, in order; others stay where they are")
  func lastRun() async throws {
    let store = try SQLiteCaseStore(path: path)
    #expect(try await store.lastReceipts() == nil)
    try await store.keep([Receipt(file: "old.csv")], at: .sample)
    try await store.keep([full, Receipt(file: "b.csv")], at: .sample.adding(seconds: 60))
    try await store.keep([], at: .sample.adding(seconds: 120))
    let found = try #require(try await store.lastReceipts())
    #expect(found.at == .sample.adding(seconds: 60))
    #expect(found.receipts == [full, Receipt(file: "b.csv")])
    #expect(found.receipts[0].isComplete == false)
    let queue = try DatabaseQueue(path: path)
    let kept = try await queue.read { try Row.fetchAll($0, sql: "SELECT run, is_complete FROM receipt ORDER BY id") }
    #expect(kept.map { $0["run"] as Int } == [1, 2, 2])
    #expect(kept.map { $0["is_complete"] as Bool } == [true, false, true])
  }

  @Test("A ledger from before there were receipts is looked at without being changed, and brought up to date by a run")
  func older() async throws {
    do { _ = try SQLiteCaseStore(path: path) }
    let queue = try DatabaseQueue(path: path)
    try await queue.write { database in
      try database.execute(sql: "DROP TABLE receipt; DELETE FROM grdb_migrations WHERE identifier = 'receipts'")
    }
    try queue.close()
    #expect(try await SQLiteCaseStore.openReadOnly(path: path).lastReceipts() == nil)
    let store = try SQLiteCaseStore(path: path)
    try await store.keep([full], at: .sample)
    #expect(try await SQLiteCaseStore.openReadOnly(path: path).lastReceipts()?.receipts == [full])
  }

  @Test("A receipt that cannot be read is an error, not a run without exports")
  func damaged() async throws {
    let store = try SQLiteCaseStore(path: path)
    try await store.keep([full], at: .sample)
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: "UPDATE receipt SET line = '{}'") }
    await #expect(throws: StoreError.self) { try await store.lastReceipts() }
  }
}
