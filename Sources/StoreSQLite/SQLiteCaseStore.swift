public import ClosureModel
import Foundation
import GRDB

/// The ledger in one SQLite file: WAL, `synchronous=FULL` (what was acknowledged survives a power cut), decision and
/// reply in one transaction.
public final class SQLiteCaseStore: CaseStore {
  private let database: DatabaseQueue
  private let writer = Writer()
  /// The file that was opened for writing.
  private let place: Files.Place?

  /// Opens or makes the ledger, and its folder if that alone is missing. All is readable by its owner alone. A file that
  /// is no ledger, or a newer closedesk's, is left as it was; so is an empty one, which was a ledger once for all we know,
  /// and as a new one would have every reply sent again.
  /// - Parameter busySeconds: how long a call waits for another program that is writing.
  public init(path: String, busySeconds: Double = 5) throws(StoreError) {
    do {
      guard !Files.isFolder(path) else { throw StoreFailure.folder }
      // Before SQLite sees it: beside an empty file it throws the log away, in which all may still stand.
      guard !Files.isEmpty(path) else { throw StoreFailure.empty }
      try Files.make(path)
      let deadline = ContinuousClock.now + .seconds(busySeconds)
      while true {
        do {
          database = try Self.open(path, busySeconds: busySeconds)
          place = Files.place(path)
          return
        } catch let error as DatabaseError where Schema.mayPass(error) && ContinuousClock.now < deadline {
          Thread.sleep(forTimeInterval: 0.02)
        }
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// One connection: every call is short, and a second one would cost each start its own cache and thread. GRDB's pool is
  /// no choice besides: it sets `synchronous` to NORMAL behind `prepareDatabase`, with which a power cut takes back what
  /// was acknowledged, and writes to the log at each opening.
  private static func open(_ path: String, busySeconds: Double) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { database in
      // Room for the upper pages of the indexes, and a checkpoint every 16 MB instead of 4.
      try database.execute(
        sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    // Looked at before anything is written: a file that is no ledger stays as it was.
    let (found, mode) = try queue.read {
      (try Schema.check($0), try String.fetchOne($0, sql: "PRAGMA journal_mode"))
    }
    guard found != .empty else { throw StoreFailure.empty }
    if mode != "wal" {
      let mode = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
      guard mode == "wal" else { throw DatabaseError(message: "no log can be kept beside it") }
    }
    if found != .current { try Schema.migrator.migrate(queue) }
    return queue
  }

  /// Opens an existing ledger to look at; never makes a file.
  public static func openReadOnly(path: String) throws(StoreError) -> SQLiteCaseStore {
    guard Files.exists(path) else { throw StoreError(StoreFailure.nothing, path: path) }
    do {
      guard !Files.isFolder(path) else { throw StoreFailure.folder }
      guard !Files.isEmpty(path) else { throw StoreFailure.empty }
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      guard try queue.read({ try Schema.check($0) }) != .empty else { throw StoreFailure.empty }
      return SQLiteCaseStore(database: queue)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private init(database: DatabaseQueue) {
    self.database = database
    place = nil
  }

  /// Holds the ledger's name against the file that was opened. SQLite goes on writing into a file that was deleted or
  /// replaced, and what it says was kept is gone when the process ends.
  /// - Throws: `cannotWrite` when another file, or none, has the name.
  public func checkPlace() throws(StoreError) {
    guard let place, Files.place(database.path) != place else { return }
    throw StoreError(
      code: .cannotWrite,
      what: "the ledger \(database.path) was removed or replaced while it was in use: what was sent since is not in it",
      fix: "Restore it from a backup before the next run; look in the ticket system for replies of this run.")
  }

  /// Ends the use of the ledger: the log is written back, and the ledger is one file again where nobody else has it open.
  /// Later calls throw. A ledger that is never closed loses nothing; the next opening reads the log first.
  public func close() throws(StoreError) {
    do {
      database.inDatabase { _ in writer.close() }
      try database.close()
    } catch {
      throw StoreError(error, path: database.path)
    }
  }

  /// Not cancelled with the caller: GRDB refuses a cancelled task, and a stopping run has results to write down. The task
  /// is awaited, so it does not outlive the call.
  func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(StoreError)
    -> Value
  {
    try checkPlace()
    let database = database
    do { return try await Task { try await database.write(body) }.value } catch {
      throw StoreError(error, path: database.path)
    }
  }

  func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(StoreError)
    -> Value
  {
    let database = database
    do { return try await Task { try await database.read(body) }.value } catch {
      throw StoreError(error, path: database.path)
    }
  }

  /// For callers that are no task and may wait.
  func readNow<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try database.read(body) } catch { throw StoreError(error, path: database.path) }
  }

  /// Changes the ledger in one transaction.
  func change<Value: Sendable>(
    at now: Timestamp, _ body: @Sendable @escaping (Records) throws -> Value
  ) async throws(StoreError) -> Value {
    let writer = writer
    do throws(StoreError) {
      return try await write { try body(Records(writer: writer, database: $0, now: now)) }
    } catch {
      _ = try? await write { _ in writer.forget() }
      throw error
    }
  }

  public func record(_ cases: [CaseRecord], at now: Timestamp) async throws(StoreError) -> [RecordResult] {
    try await change(at: now) { records in try cases.map { try records.record($0) } }
  }

  public func claim(limit: Int, at now: Timestamp, leaseSeconds: Int) async throws(StoreError) -> [ClaimedEntry] {
    try await change(at: now) { try $0.claim(limit: limit, leaseSeconds: leaseSeconds) }
  }

  public func markSent(_ claims: [ClaimedEntry], at now: Timestamp) async throws(StoreError) -> [Bool] {
    try await change(at: now) { records in try claims.map { try records.markSent($0) } }
  }

  public func reclaim(at now: Timestamp) async throws(StoreError) -> Int {
    try await change(at: now) { try $0.reclaim() }
  }

  public func settle(_ settlements: [Settlement], at now: Timestamp) async throws(StoreError) -> Int {
    try await change(at: now) { records in try settlements.reduce(0) { try $0 + (records.settle($1) ? 1 : 0) } }
  }
}

extension SQLiteCaseStore {
  public func countDue(upTo bound: Int, at now: Timestamp) async throws(StoreError) -> Int {
    try await read { database in
      try Int.fetchOne(database, sql: Writer.SQL.due.text, arguments: [now.epochSeconds, bound]) ?? 0
    }
  }

  public func nextDue(after now: Timestamp) async throws(StoreError) -> Timestamp? {
    try await read { database in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT MIN(next) FROM (
            SELECT MIN(next_at) AS next FROM entry WHERE state = 0 AND next_at > ?1
            UNION ALL SELECT MIN(next_at) FROM entry WHERE state = 1 AND next_at > ?1
            UNION ALL SELECT MIN(next_at) FROM entry WHERE state = 2 AND next_at > ?1)
          """, arguments: [now.epochSeconds]
      ).map { Timestamp(epochSeconds: $0) }
    }
  }

  public func status() async throws(StoreError) -> LedgerStatus {
    try await read { database in
      var status = LedgerStatus(tickets: [:], outbox: [:], oldestDue: nil)
      // Beside MAX, SQLite takes the other columns from the row that holds it.
      for row in try Row.fetchAll(
        database,
        sql: """
          SELECT outcome, COUNT(*) AS n FROM (SELECT outcome, MAX(id) FROM decision GROUP BY ticket) GROUP BY outcome
          """)
      { status.tickets[try Code.outcome(row["outcome"])] = row["n"] }
      // From the small indexes; the rest is confirmed. Counting that by its name would read a million rows.
      var confirmed = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM entry") ?? 0
      for state in OutboxEntry.State.allCases where state != .confirmed {
        let sql = "SELECT COUNT(*) FROM entry WHERE state = \(Code.number(state))"
        guard let count = try Int.fetchOne(database, sql: sql), count > 0 else { continue }
        status.outbox[state] = count
        confirmed -= count
      }
      if confirmed > 0 { status.outbox[.confirmed] = confirmed }
      for row in try Row.fetchAll(
        database, sql: "SELECT fault, COUNT(*) AS n FROM entry WHERE state = 4 GROUP BY fault")
      { status.parked[try Code.fault(row["fault"])] = row["n"] }
      for row in try Row.fetchAll(database, sql: "SELECT state, COUNT(*) AS n FROM mail GROUP BY state") {
        status.mails[try Code.state(row["state"])] = row["n"]
      }
      status.oldestDue = try Int64.fetchOne(
        database,
        sql: "SELECT MIN(due) FROM ("
          + [OutboxEntry.State.queued, .claimed, .sent, .parked].map {
            "SELECT MIN(d.due) AS due FROM entry e JOIN decision d ON d.id = COALESCE(e.decision, e.id)"
              + " WHERE e.state = \(Code.number($0))"
          }.joined(separator: " UNION ALL ") + ")"
      ).map { Timestamp(epochSeconds: $0) }
      return status
    }
  }

  public func history(of ticket: Ticket.ID) async throws(StoreError) -> [HistoryItem] {
    try await read { database in
      var items: [(id: Int64, order: Int, item: HistoryItem)] = []
      for row in try Row.fetchAll(
        database,
        sql: """
          SELECT d.*, p.label, l.bytes, l.dictionary, w.bytes AS words FROM decision d JOIN policy p ON p.id = d.policy
          LEFT JOIN line l ON l.decision = d.id LEFT JOIN dictionary w ON w.id = l.dictionary
          WHERE d.ticket = ? ORDER BY d.id
          """, arguments: [ticket.rawValue])
      {
        let revision = Self.text(row["revision"], prefix: Code.revisionPrefix)
        let decided = HistoryItem.Kind.decided(
          revision: Revision(rawValue: revision), policy: row["label"], outcome: try Code.outcome(row["outcome"]),
          line: try Self.line(row, known: Writer.known(ticket: ticket.rawValue, revision: revision)))
        items.append(
          (row["id"], 0, HistoryItem(at: Timestamp(epochSeconds: row["decided_at"]), kind: decided)))
      }
      let replies = try Row.fetchAll(
        database, sql: "SELECT o.* FROM decision d JOIN outbox o ON o.id = d.id WHERE d.ticket = ? ORDER BY o.id",
        arguments: [ticket.rawValue])
      let mails = try Row.fetchAll(
        database, sql: "SELECT * FROM mails WHERE ticket = ? ORDER BY id", arguments: [ticket.rawValue])
      for (row, order) in replies.map({ ($0, 1) }) + mails.map({ ($0, 2) }) {
        let name: String = row["state"]
        guard let state = OutboxEntry.State(rawValue: name) else { throw StoreFailure.unknown("state \(name)") }
        let next: Int64 = row["next_at"]
        items.append(
          (
            row["decision"], order,
            HistoryItem(
              at: Timestamp(epochSeconds: row["updated_at"]),
              kind: .entry(
                key: IdempotencyKey(rawValue: row["key"]), state: state, attempts: row["attempts"],
                nextAttempt: state == .queued && (row["attempts"] as Int) > 0 ? Timestamp(epochSeconds: next) : nil,
                note: row["note"]))
          ))
      }
      return items.sorted { ($0.id, $0.order) < ($1.id, $1.order) }.map(\.item)
    }
  }

  static func text(_ value: DatabaseValue, prefix: String) -> String {
    switch value.storage {
    case .blob(let bytes): Code.unpacked(bytes, prefix: prefix)
    case .string(let text): text
    case .null, .int64, .double: ""
    }
  }

  static func line(_ row: Row, known: [UInt8]) throws -> String {
    let bytes = Array(row["bytes"] as Data? ?? Data())
    guard row["dictionary"] as Int64? != nil else { return String(decoding: bytes, as: UTF8.self) }
    let dictionary = Array(row["words"] as Data? ?? Data())
    guard let line = LineCodec.unpacked(bytes, dictionary: dictionary, known: known) else {
      throw StoreFailure.unknown("decision line \(row["id"] as Int64)")
    }
    return String(decoding: line, as: UTF8.self)
  }
}
