import ClosureModel
import Foundation
import GRDB

/// Tables of what people do at the desk, and of what a run remembers about its examinations.
enum DeskSchema {
  static func register(_ migrator: inout DatabaseMigrator) {
    migrator.registerMigration("2") { database in
      try database.execute(
        sql: """
          CREATE TABLE audit (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, action TEXT NOT NULL, ticket TEXT NOT NULL, key TEXT,
            who TEXT NOT NULL, why TEXT NOT NULL, detail TEXT);
          CREATE INDEX audit_ticket ON audit (ticket);
          -- One row a turn of the switch; the last one counts.
          CREATE TABLE hold (id INTEGER PRIMARY KEY, is_on INTEGER NOT NULL, at INTEGER NOT NULL,
            who TEXT NOT NULL, why TEXT NOT NULL);
          -- Keys in whose place people had a reply sent under another one.
          CREATE TABLE retired (ticket TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (ticket, key)) WITHOUT ROWID;
          CREATE INDEX entry_dropped ON entry (id) WHERE state = 6;
          -- Decisions that people made.
          CREATE TABLE override (decision INTEGER PRIMARY KEY REFERENCES decision (id));
          -- Kept once: each is named by every decision whose files were examined with it.
          CREATE TABLE basis (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
          CREATE TABLE examined (decision INTEGER PRIMARY KEY REFERENCES decision (id),
            basis INTEGER NOT NULL REFERENCES basis (id));
          """)
    }
  }

  static func write(_ item: AuditItem, in database: Database) throws {
    try database.cachedStatement(
      sql: "INSERT INTO audit (at, action, ticket, key, who, why, detail) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      item.at.epochSeconds, item.action.rawValue, item.ticket.rawValue, item.key?.rawValue, item.by.who, item.by.why,
      item.detail,
    ])
  }
}
