public import ClosureModel
import Foundation
import GRDB

/// The ledger in one SQLite file: WAL, `synchronous=FULL` (what was acknowledged survives a power cut), decision and
/// reply in one transaction.
public final class SQLiteCaseStore: CaseStore {
  private let database: any DatabaseWriter

  /// Opens or makes the ledger, and its folder if that alone is missing. All is readable by its owner alone. A file that
  /// is no ledger, or a newer closedesk's, is left as it was.
  /// - Parameter busySeconds: how long a call waits for another program that is writing.
  public init(path: String, busySeconds: Double = 5) throws(StoreError) {
    do {
      guard !Files.isFolder(path) else { throw StoreFailure.folder }
      Files.makePrivate(path)
      let deadline = ContinuousClock.now + .seconds(busySeconds)
      while true {
        do {
          database = try Self.open(path, busySeconds: busySeconds)
          return
        } catch let error as DatabaseError where Schema.mayPass(error) && ContinuousClock.now < deadline {
          Thread.sleep(forTimeInterval: 0.02)
        }
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private static func open(_ path: String, busySeconds: Double) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { database in
      // Room for the upper pages of the indexes, and a checkpoint every 16 MB instead of 4.
      try database.execute(
        sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000")
    }
    // Looked at before the pool opens it: that writes, to set the journal mode.
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    _ = try queue.read { try Schema.check($0) }
    try queue.close()
    let pool = try DatabasePool(path: path, configuration: configuration)
    try Schema.migrator.migrate(pool)
    return pool
  }

  /// Opens an existing ledger to look at; never makes a file.
  public static func openReadOnly(path: String) throws(StoreError) -> SQLiteCaseStore {
    guard Files.exists(path) else { throw StoreError(StoreFailure.nothing, path: path) }
    do {
      guard !Files.isFolder(path) else { throw StoreFailure.folder }
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      if try queue.read({ try Schema.check($0) }) == .empty { throw StoreFailure.nothing }
      return SQLiteCaseStore(database: queue)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private init(database: any DatabaseWriter) { self.database = database }

  /// Not cancelled with the caller: GRDB refuses a cancelled task, and a stopping run has results to write down. The task
  /// is awaited, so it does not outlive the call.
  func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(StoreError)
    -> Value
  {
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

  public func record(_ cases: [CaseRecord], at now: Timestamp) async throws(StoreError) -> [RecordResult] {
    try await write { database in
      try cases.map { try Records.record($0, at: now, in: database) }
    }
  }

  public func claim(limit: Int, at now: Timestamp, leaseSeconds: Int) async throws(StoreError) -> [ClaimedEntry] {
    try await write { database in
      // Their holder is gone; the reply may have been decided anew since.
      _ = try Records.giveBack("next_at <= ?", [now.epochSeconds], at: now, in: database)
      let rows = try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT o.id, o.key, o.ticket, o.outcome, o.attempts, o.token, p.bytes
            FROM outbox o JOIN payload p ON p.entry = o.id
            WHERE o.state = 'queued' AND o.next_at <= ? ORDER BY o.next_at, o.id LIMIT ?
            """), arguments: [now.epochSeconds, limit])
      let update = try database.cachedStatement(
        sql: "UPDATE outbox SET state = 'claimed', token = token + 1, next_at = ?, updated_at = ? WHERE id = ?")
      return try rows.map { row in
        let key: String = row["key"]
        let outcome: String = row["outcome"]
        guard let known = Outcome(rawValue: outcome) else { throw StoreFailure.unknown("outcome \(outcome)") }
        try update.execute(arguments: [
          now.epochSeconds + Int64(leaseSeconds), now.epochSeconds, row["id"] as Int64,
        ])
        let bytes: Data = row["bytes"]
        return ClaimedEntry(
          entry: OutboxEntry(
            key: IdempotencyKey(rawValue: key), ticket: Ticket.ID(row["ticket"]), outcome: known, payload: Array(bytes)),
          token: row["token"] + 1, attempts: row["attempts"])
      }
    }
  }
}

extension SQLiteCaseStore {
  public func reclaim(at now: Timestamp) async throws(StoreError) -> Int {
    try await write { try Records.giveBack("TRUE", [], at: now, in: $0) }
  }

  public func unpark(at now: Timestamp) async throws(StoreError) -> Int {
    try await write { try Records.unpark(at: now, in: $0) }
  }

  public func settle(_ settlements: [Settlement], at now: Timestamp) async throws(StoreError) -> Int {
    try await write { database in
      try settlements.reduce(0) { try $0 + (Records.settle($1, at: now, in: database) ? 1 : 0) }
    }
  }

  public func nextDue(after now: Timestamp) async throws(StoreError) -> Timestamp? {
    try await read { database in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT MIN(next) FROM (
            SELECT MIN(next_at) AS next FROM outbox WHERE state = 'queued' AND next_at > ?1
            UNION ALL SELECT MIN(next_at) FROM outbox WHERE state = 'claimed' AND next_at > ?1)
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
      {
        let name: String = row["outcome"]
        guard let outcome = Outcome(rawValue: name) else { throw StoreFailure.unknown("outcome \(name)") }
        status.tickets[outcome] = row["n"]
      }
      // From the small indexes; the rest is confirmed. Counting that by its name would read a million rows.
      var confirmed = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM outbox") ?? 0
      for state in [OutboxEntry.State.queued, .claimed, .parked, .superseded] {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state = '\(state.rawValue)'"
        guard let count = try Int.fetchOne(database, sql: sql), count > 0 else { continue }
        status.outbox[state] = count
        confirmed -= count
      }
      if confirmed > 0 { status.outbox[.confirmed] = confirmed }
      status.oldestDue = try Int64.fetchOne(
        database,
        sql: """
          SELECT MIN(due) FROM (
            SELECT MIN(due) AS due FROM outbox WHERE state = 'queued'
            UNION ALL SELECT MIN(due) FROM outbox WHERE state = 'claimed'
            UNION ALL SELECT MIN(due) FROM outbox WHERE state = 'parked')
          """
      ).map { Timestamp(epochSeconds: $0) }
      return status
    }
  }

  public func history(of ticket: Ticket.ID) async throws(StoreError) -> [HistoryItem] {
    try await read { database in
      var items: [(id: Int64, order: Int, item: HistoryItem)] = []
      for row in try Row.fetchAll(
        database, sql: "SELECT * FROM decision WHERE ticket = ? ORDER BY id", arguments: [ticket.rawValue])
      {
        let name: String = row["outcome"]
        guard let outcome = Outcome(rawValue: name) else { throw StoreFailure.unknown("outcome \(name)") }
        items.append(
          (
            row["id"], 0,
            HistoryItem(
              at: Timestamp(epochSeconds: row["decided_at"]),
              kind: .decided(
                revision: Revision(rawValue: row["revision"]), policy: row["policy"], outcome: outcome,
                line: row["line"]))
          ))
      }
      for row in try Row.fetchAll(
        database, sql: "SELECT * FROM outbox WHERE ticket = ? ORDER BY id", arguments: [ticket.rawValue])
      {
        let name: String = row["state"]
        guard let state = OutboxEntry.State(rawValue: name) else { throw StoreFailure.unknown("state \(name)") }
        let next: Int64 = row["next_at"]
        items.append(
          (
            row["decision"], 1,
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
}
