import ClosureModel
import Foundation
import GRDB

/// Tables of the ledger. A migration that was released is never changed.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE policy (id INTEGER PRIMARY KEY, name TEXT NOT NULL, label TEXT NOT NULL, UNIQUE (label, name));
          CREATE TABLE decision (
            id INTEGER PRIMARY KEY, ticket TEXT NOT NULL, policy INTEGER NOT NULL REFERENCES policy (id),
            revision NOT NULL, outcome INTEGER NOT NULL, due INTEGER, decided_at INTEGER NOT NULL);
          -- Holds all that status asks for.
          CREATE INDEX decision_ticket ON decision (ticket, outcome);
          -- The lines are most of a decision and seldom looked at: packed (`LineCodec`), in a table of their own.
          CREATE TABLE dictionary (
            id INTEGER PRIMARY KEY, policy INTEGER NOT NULL, outcome INTEGER NOT NULL, bytes BLOB NOT NULL,
            UNIQUE (policy, outcome));
          CREATE TABLE line (decision INTEGER PRIMARY KEY, dictionary INTEGER, bytes BLOB NOT NULL);
          -- An entry has the number of the decision that first led to it. `decision`: a later one that it stands for.
          -- No index over the keys: they fall anywhere, and each insert would write a page of its own. A key is made of
          -- its ticket among others, so it is looked for among the entries of its ticket; a token names its entry.
          CREATE TABLE entry (
            id INTEGER PRIMARY KEY REFERENCES decision (id), key NOT NULL, decision INTEGER REFERENCES decision (id),
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6), fault INTEGER, in_doubt INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL, token INTEGER NOT NULL, next_at INTEGER NOT NULL, status INTEGER, note TEXT,
            updated_at INTEGER NOT NULL);
          -- One for each state but the commonest: none of them grows with what is confirmed.
          CREATE INDEX entry_queued ON entry (next_at) WHERE state = 0;
          CREATE INDEX entry_retried ON entry (next_at) WHERE state = 0 AND attempts > 0;
          CREATE INDEX entry_claimed ON entry (next_at) WHERE state = 1;
          CREATE INDEX entry_sent ON entry (next_at) WHERE state = 2;
          CREATE INDEX entry_parked ON entry (fault) WHERE state = 4;
          CREATE INDEX entry_superseded ON entry (id) WHERE state = 5;
          -- Gone once the reply is confirmed.
          CREATE TABLE payload (entry INTEGER PRIMARY KEY REFERENCES entry (id), as_of INTEGER, bytes BLOB NOT NULL);
          -- The outbox in words, to look at and to ask.
          CREATE VIEW outbox AS SELECT
            e.id, CASE typeof(e.key) WHEN 'blob' THEN '\(Code.keyPrefix)' || lower(hex(e.key)) ELSE e.key END AS key,
            COALESCE(e.decision, e.id) AS decision, d.ticket, \(Code.names("d.outcome", Outcome.self, Code.number)) AS outcome,
            \(Code.names("e.state", OutboxEntry.State.self, Code.number)) AS state,
            \(Code.names("e.fault", Settlement.Fault.self, Code.number)) AS fault, e.in_doubt, e.attempts, e.token,
            e.next_at, (SELECT due FROM decision WHERE id = COALESCE(e.decision, e.id)) AS due,
            COALESCE(e.note, 'answered ' || e.status) AS note, e.updated_at
          FROM entry e JOIN decision d ON d.id = e.id;
          """)
    }
    DeskSchema.register(&migrator)
    MailSchema.register(&migrator)
    ReceiptSchema.register(&migrator)
    PullSchema.register(&migrator)
    migrator.registerMigration("as_of") { database in
      // The ticket's last change as the export gave it: an old export is told from a ticket that changed back.
      try database.execute(sql: "ALTER TABLE decision ADD COLUMN as_of INTEGER")
    }
    return migrator
  }

  /// Whether opening may succeed a moment later: SQLite does not wait where two connections change the journal mode, and
  /// two that migrate a new ledger at once find each other's tables.
  static func mayPass(_ error: DatabaseError) -> Bool {
    [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
  }

  enum Found {
    case empty, older
    /// Nothing is left to be done to it.
    case current
  }

  /// Says what a database is, without changing it.
  /// - Throws: for another program's, and for one that a newer closedesk has migrated.
  static func check(_ database: Database) throws -> Found {
    let tables = try Row.fetchOne(
      database, sql: "SELECT COUNT(*) AS n, COALESCE(SUM(name = 'grdb_migrations'), 0) AS known FROM sqlite_master")
    guard let tables, tables["n"] as Int > 0 else { return .empty }
    guard tables["known"] as Int > 0 else { throw StoreFailure.foreign }
    let applied = try String.fetchSet(database, sql: "SELECT identifier FROM grdb_migrations")
    let known = Set(migrator.migrations)
    guard applied.isSubset(of: known) else { throw StoreFailure.newer }
    return applied.isEmpty ? .empty : applied == known ? .current : .older
  }
}

enum StoreFailure: Error {
  case nothing, folder, foreign, newer
  /// A file or a database in which there is nothing at all, under the name of a ledger.
  case empty
  /// A ledger's log without the ledger.
  case logAlone
  case unknown(String)
}

extension StoreError {
  init(_ error: any Error, path: String) {
    switch error {
    case let known as StoreError: self = known
    case StoreFailure.nothing:
      self.init(
        code: .missing, what: "there is no ledger at \(path)",
        fix: "Name it with ledger: in the configuration; the first `closedesk run` makes it.")
    case StoreFailure.folder:
      self.init(
        code: .cannotOpen, what: "\(path) is a folder", fix: "Name a file in it with ledger:.")
    case StoreFailure.empty:
      self.init(
        code: .corrupt, what: "the ledger \(path) is empty: what was answered is no longer in it",
        fix: "Restore it from a backup, with its -wal file. Only where no run ever used it, remove it: a run makes it.")
    case StoreFailure.logAlone:
      self.init(
        code: .corrupt, what: "there is no ledger at \(path), but the log of one (-wal or -journal) is there",
        fix: "Restore the ledger from a backup. Only where it is to begin anew, remove its log as well.")
    case StoreFailure.foreign:
      self.init(
        code: .corrupt, what: "\(path) is another program's database", fix: "Name another file with ledger:.")
    case StoreFailure.newer:
      self.init(
        code: .newerSchema, what: "the ledger \(path) was written by a newer closedesk",
        fix: "Use that version or a later one.")
    case StoreFailure.unknown(let what):
      self.init(code: .corrupt, what: "the ledger \(path) holds the unknown \(what)", fix: "Restore it from a backup.")
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        self.init(
          code: .busy, what: "another program is writing the ledger \(path)", fix: "Try again when it has ended.")
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
        self.init(
          code: .cannotOpen, what: "cannot open the ledger \(path)",
          fix: "Name a file in a folder that exists and is writable.")
      case .SQLITE_READONLY, .SQLITE_FULL, .SQLITE_IOERR:
        self.init(
          code: .cannotWrite, what: "cannot write the ledger \(path): \(error.message ?? "")",
          fix: "Mend its rights or free disk space.")
      default:
        self.init(
          code: .corrupt, what: "the ledger \(path) is no usable database: \(error.message ?? "")",
          fix: "Restore it from a backup, or name another file.")
      }
    default:
      self.init(
        code: .cannotOpen, what: "cannot use the ledger \(path): \(error)",
        fix: "Mend its rights, or name another file.")
    }
  }
}
