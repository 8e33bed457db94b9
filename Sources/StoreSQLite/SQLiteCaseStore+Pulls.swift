public import ClosureModel
import GRDB

/// The cursors of `closedesk pull`: one row a question.
enum PullSchema {
  static func register(_ migrator: inout DatabaseMigrator) {
    migrator.registerMigration("pulls") { database in
      try database.execute(
        sql: """
          CREATE TABLE pull (preset TEXT NOT NULL, url TEXT NOT NULL, query TEXT NOT NULL, since INTEGER NOT NULL,
            PRIMARY KEY (preset, url, query)) WITHOUT ROWID;
          """)
    }
  }
}

extension SQLiteCaseStore: PullBook {
  public func pulled(_ question: PullQuestion) async throws(StoreError) -> Timestamp? {
    try await read { database in
      // A ledger that is only looked at is not brought up to date.
      guard try database.tableExists("pull") else { return nil }
      let since = try Int64.fetchOne(
        database, sql: "SELECT since FROM pull WHERE preset = ? AND url = ? AND query = ?",
        arguments: [question.preset, question.url, question.query])
      return since.map { Timestamp(epochSeconds: $0) }
    }
  }

  public func keepPull(_ question: PullQuestion, since: Timestamp) async throws(StoreError) {
    try await write { database in
      try database.execute(
        sql: """
          INSERT INTO pull (preset, url, query, since) VALUES (?, ?, ?, ?)
          ON CONFLICT (preset, url, query) DO UPDATE SET since = MAX(since, excluded.since)
          """,
        arguments: [question.preset, question.url, question.query, since.epochSeconds])
    }
  }
}
