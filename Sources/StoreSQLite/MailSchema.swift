import ClosureModel
import Foundation
import GRDB

/// Mails to customers' security e-mails: a queue beside that of the replies, so that the replies' own tables and indexes
/// cost no byte more.
enum MailSchema {
  /// `next_at` of a mail whose reply is not confirmed yet. Later than any time that a retry may name.
  static let waiting: Int64 = 1 << 40

  static func register(_ migrator: inout DatabaseMigrator) {
    migrator.registerMigration("mail") { database in
      try database.execute(
        sql: """
          -- `entry`: the reply that it stands beside. `decision`: the latest one that it stands for.
          CREATE TABLE mail (
            id INTEGER PRIMARY KEY, ticket TEXT NOT NULL, key NOT NULL, entry INTEGER NOT NULL REFERENCES entry (id),
            decision INTEGER NOT NULL REFERENCES decision (id), state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
            fault INTEGER, in_doubt INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
            token INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, status INTEGER, note TEXT,
            updated_at INTEGER NOT NULL,
            -- Gone once the mail was taken over, dropped or superseded.
            payload BLOB);
          CREATE INDEX mail_ticket ON mail (ticket);
          CREATE INDEX mail_entry ON mail (entry);
          CREATE INDEX mail_queued ON mail (next_at) WHERE state = 0;
          CREATE INDEX mail_held ON mail (next_at) WHERE state IN (1, 2);
          CREATE INDEX mail_parked ON mail (id) WHERE state = 4;
          -- In words, with the columns of `outbox`.
          CREATE VIEW mails AS SELECT
            m.id, CASE typeof(m.key) WHEN 'blob' THEN '\(Code.mailPrefix)' || lower(hex(m.key)) ELSE m.key END AS key,
            m.decision, m.ticket, \(Code.names("d.outcome", Outcome.self, Code.number)) AS outcome,
            \(Code.names("m.state", OutboxEntry.State.self, Code.number)) AS state,
            \(Code.names("m.fault", Settlement.Fault.self, Code.number)) AS fault, m.in_doubt, m.attempts, m.token,
            m.next_at, d.due, COALESCE(m.note, 'answered ' || m.status,
              CASE WHEN m.state = 0 AND m.next_at = \(waiting) THEN 'waits until its reply is confirmed' END) AS note,
            m.updated_at
          FROM mail m JOIN decision d ON d.id = m.decision;
          """)
    }
  }

  /// A key as the ledger writes it.
  static func stored(_ key: IdempotencyKey) -> DatabaseValue {
    Code.packed(key.rawValue, prefix: Code.mailPrefix, bytes: 20).map { Data($0).databaseValue }
      ?? key.rawValue.databaseValue
  }
}
