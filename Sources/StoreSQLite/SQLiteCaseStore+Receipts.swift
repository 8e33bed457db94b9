public import ClosureModel
import Foundation
import GRDB

/// What each run was given to read: one row an input, some hundred bytes a run.
enum ReceiptSchema {
  static func register(_ migrator: inout DatabaseMigrator) {
    migrator.registerMigration("receipts") { database in
      try database.execute(
        sql: """
          -- `run`: the number of the run's first receipt.
          CREATE TABLE receipt (id INTEGER PRIMARY KEY, run INTEGER NOT NULL, at INTEGER NOT NULL,
            is_complete INTEGER NOT NULL, line TEXT NOT NULL);
          CREATE INDEX receipt_run ON receipt (run);
          """)
    }
  }
}

extension SQLiteCaseStore: ReceiptBook {
  public func keep(_ receipts: [Receipt], at now: Timestamp) async throws(StoreError) {
    guard !receipts.isEmpty else { return }
    try await write { database in
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let run = (try Int64.fetchOne(database, sql: "SELECT MAX(id) FROM receipt") ?? 0) + 1
      for receipt in receipts {
        try database.execute(
          sql: "INSERT INTO receipt (run, at, is_complete, line) VALUES (?, ?, ?, ?)",
          arguments: [
            run, now.epochSeconds, receipt.isComplete, String(decoding: try encoder.encode(receipt), as: UTF8.self),
          ])
      }
    }
  }

  public func lastReceipts() async throws(StoreError) -> (at: Timestamp, receipts: [Receipt])? {
    try await read { database in
      // A ledger that is only looked at is not brought up to date.
      guard try database.tableExists("receipt") else { return nil }
      let rows = try Row.fetchAll(
        database, sql: "SELECT at, line FROM receipt WHERE run = (SELECT MAX(run) FROM receipt) ORDER BY id")
      guard let first = rows.first else { return nil }
      let receipts = try rows.map { row in
        let line: String = row["line"]
        guard let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(line.utf8)) else {
          throw StoreFailure.unknown("receipt \(line.prefix(40))")
        }
        return receipt
      }
      return (Timestamp(epochSeconds: first["at"]), receipts)
    }
  }
}
