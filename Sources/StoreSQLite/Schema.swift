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
          CREATE TABLE decision (
            id INTEGER PRIMARY KEY, ticket TEXT NOT NULL, policy_id TEXT NOT NULL, policy TEXT NOT NULL,
            revision TEXT NOT NULL, outcome TEXT NOT NULL, line TEXT NOT NULL, due INTEGER, decided_at INTEGER NOT NULL);
          -- Holds all that status and the question "is this decision known?" ask for: lines are most of a decision.
          CREATE INDEX decision_ticket ON decision (ticket, policy_id, id, revision, outcome);
          CREATE TABLE outbox (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, decision INTEGER NOT NULL REFERENCES decision (id),
            ticket TEXT NOT NULL, outcome TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'claimed', 'confirmed', 'parked', 'superseded', 'dropped')),
            attempts INTEGER NOT NULL, token INTEGER NOT NULL, next_at INTEGER NOT NULL, due INTEGER, note TEXT,
            fault TEXT, updated_at INTEGER NOT NULL);
          CREATE INDEX outbox_ticket ON outbox (ticket);
          -- One for each state but the commonest: none of them grows with what is confirmed.
          CREATE INDEX outbox_queued ON outbox (next_at) WHERE state = 'queued';
          CREATE INDEX outbox_claimed ON outbox (next_at) WHERE state = 'claimed';
          CREATE INDEX outbox_parked ON outbox (due) WHERE state = 'parked';
          CREATE INDEX outbox_superseded ON outbox (id) WHERE state = 'superseded';
          -- By the entry's number, which grows: by its key, each row would fall on a page of its own.
          CREATE TABLE payload (entry INTEGER PRIMARY KEY REFERENCES outbox (id), bytes BLOB NOT NULL);
          """)
    }
    DeskSchema.register(&migrator)
    return migrator
  }

  /// Whether opening may succeed a moment later: SQLite does not wait where two connections change the journal mode, and
  /// two that migrate a new ledger at once find each other's tables.
  static func mayPass(_ error: DatabaseError) -> Bool {
    [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
  }

  enum Found { case empty, ledger }

  /// Says what a database is, without changing it.
  /// - Throws: for another program's, and for one that a newer closedesk has migrated.
  static func check(_ database: Database) throws -> Found {
    guard try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") != 0 else { return .empty }
    guard try database.tableExists("grdb_migrations") else { throw StoreFailure.foreign }
    if try migrator.hasBeenSuperseded(database) { throw StoreFailure.newer }
    return try migrator.appliedIdentifiers(database).isEmpty ? .empty : .ledger
  }
}

enum StoreFailure: Error {
  case nothing, folder, foreign, newer
  case unknown(String)
}

enum Files {
  static func isFolder(_ path: String) -> Bool {
    var folder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Makes a missing file, and its folder, with rights for the owner alone before SQLite does. What fails here fails
  /// again, with its reason, when SQLite opens the file.
  static func makePrivate(_ path: String) {
    guard !exists(path) else { return }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if !exists(folder) {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
    // O_EXCL: Foundation's createFile would replace a ledger that another run made, and filled, just now.
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }
}

extension StoreError {
  init(_ error: any Error, path: String) {
    switch error {
    case let known as StoreError: self = known
    case StoreFailure.nothing:
      self.init(
        code: .cannotOpen, what: "there is no ledger at \(path)",
        fix: "Name it with ledger: in the configuration; the first `closedesk run` makes it.")
    case StoreFailure.folder:
      self.init(
        code: .cannotOpen, what: "\(path) is a folder", fix: "Name a file in it with ledger:.")
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
