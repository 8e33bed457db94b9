public import ClosureModel
import Foundation
import GRDB

extension SQLiteCaseStore: DeadLetters {
  public func entries(_ filter: OutboxFilter, limit: Int) async throws(StoreError) -> [OutboxItem] {
    try await read { database in
      var conditions = ["TRUE"]
      var arguments: StatementArguments = []
      func add(_ column: String, _ value: String?) {
        guard let value else { return }
        conditions.append("\(column) = ?")
        arguments += [value]
      }
      // Written out: the small indexes are found by the state's name, not by a parameter.
      if let state = filter.state { conditions.append("state = '\(state.rawValue)'") }
      add("fault", filter.fault?.rawValue)
      add("ticket", filter.ticket?.rawValue)
      add("key", filter.key?.rawValue)
      arguments += [limit]
      return try Row.fetchAll(
        database, sql: "SELECT * FROM outbox WHERE \(conditions.joined(separator: " AND ")) ORDER BY id LIMIT ?",
        arguments: arguments
      ).map(Self.item)
    }
  }

  private static func item(_ row: Row) throws -> OutboxItem {
    let (outcomeName, stateName): (String, String) = (row["outcome"], row["state"])
    guard let outcome = Outcome(rawValue: outcomeName) else { throw StoreFailure.unknown("outcome \(outcomeName)") }
    guard let state = OutboxEntry.State(rawValue: stateName) else { throw StoreFailure.unknown("state \(stateName)") }
    return OutboxItem(
      key: IdempotencyKey(rawValue: row["key"]), ticket: Ticket.ID(row["ticket"]), outcome: outcome, state: state,
      fault: state == .parked ? (row["fault"] as String?).flatMap(Settlement.Fault.init) : nil,
      attempts: row["attempts"],
      nextAttempt: state == .queued ? Timestamp(epochSeconds: row["next_at"]) : nil,
      due: (row["due"] as Int64?).map { Timestamp(epochSeconds: $0) }, note: row["note"],
      changedAt: Timestamp(epochSeconds: row["updated_at"]))
  }

  public func payload(of key: IdempotencyKey) async throws(StoreError) -> [UInt8]? {
    try await read { database in
      try Data.fetchOne(
        database, sql: "SELECT p.bytes FROM outbox o JOIN payload p ON p.entry = o.id WHERE o.key = ?",
        arguments: [key.rawValue]
      ).map { Array($0) }
    }
  }

  public func retry(_ keys: [IdempotencyKey], renewing: Bool, by: Authorship, at now: Timestamp)
    async throws(StoreError) -> [DeadLetterResult]
  {
    try await write { database in
      try keys.map { key in
        guard let (id, ticket) = try Self.parked(key, in: database) else {
          return try Self.notParked(key, in: database)
        }
        if try Records.isOutdated(id, in: database) {
          try Records.supersede(id, at: now, in: database)
          return .outdated
        }
        let next = renewing ? Self.freshKey() : key
        if renewing {
          try Self.renew(id, key, as: next, at: now, in: database)
        } else {
          try database.execute(
            sql: "UPDATE outbox SET state = 'queued', attempts = 0, next_at = ?, updated_at = ? WHERE id = ?",
            arguments: [now.epochSeconds, now.epochSeconds, id])
        }
        try DeskSchema.write(
          AuditItem(
            at: now, action: .retried, ticket: ticket, key: key, by: by,
            detail: renewing ? "new key \(next.rawValue)" : "same key"), in: database)
        return .queued(next)
      }
    }
  }

  public func drop(_ key: IdempotencyKey, by: Authorship, at now: Timestamp) async throws(StoreError)
    -> DeadLetterResult
  {
    try await write { database in
      guard let (id, ticket) = try Self.parked(key, in: database) else {
        return try Self.notParked(key, in: database)
      }
      try Self.markDropped(id, note: "given up by \(by.who)", at: now, in: database)
      try DeskSchema.write(AuditItem(at: now, action: .dropped, ticket: ticket, key: key, by: by), in: database)
      return .dropped
    }
  }

  private static func parked(_ key: IdempotencyKey, in database: Database) throws -> (Int64, Ticket.ID)? {
    try Row.fetchOne(
      database, sql: "SELECT id, ticket FROM outbox WHERE key = ? AND state = 'parked'", arguments: [key.rawValue]
    ).map { ($0["id"], Ticket.ID($0["ticket"])) }
  }

  private static func notParked(_ key: IdempotencyKey, in database: Database) throws -> DeadLetterResult {
    let name = try String.fetchOne(database, sql: "SELECT state FROM outbox WHERE key = ?", arguments: [key.rawValue])
    guard let name else { return .unknown }
    guard let state = OutboxEntry.State(rawValue: name) else { throw StoreFailure.unknown("state \(name)") }
    return .notParked(state)
  }

  /// The old entry stays, dropped: its key is taken for good, so that the same decision is not queued under it again.
  private static func renew(
    _ id: Int64, _ old: IdempotencyKey, as new: IdempotencyKey, at now: Timestamp, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO outbox (key, decision, ticket, outcome, state, attempts, token, next_at, due, note, updated_at)
        SELECT ?, decision, ticket, outcome, 'queued', 0, 0, ?, due, ?, ? FROM outbox WHERE id = ?
        """,
      arguments: [new.rawValue, now.epochSeconds, "in place of \(old.rawValue)", now.epochSeconds, id])
    try database.execute(
      sql: "UPDATE payload SET entry = ? WHERE entry = ?", arguments: [database.lastInsertedRowID, id])
    try markDropped(id, note: "sent under the key \(new.rawValue) instead", at: now, in: database)
  }

  private static func markDropped(_ id: Int64, note: String, at now: Timestamp, in database: Database) throws {
    try database.execute(
      sql: """
        UPDATE outbox SET state = 'dropped', updated_at = ?, note = COALESCE(note || '; ', '') || ? WHERE id = ?
        """, arguments: [now.epochSeconds, note, id])
    try Records.deletePayload(id, in: database)
  }

  /// As `ReplyKey` shapes them, by chance: it stands for a person's wish, not for a decision.
  private static func freshKey() -> IdempotencyKey {
    var chance = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef")
    let hex = (0..<40).map { _ in digits[Int.random(in: 0..<16, using: &chance)] }
    return IdempotencyKey(rawValue: "cd_" + String(hex))
  }
}
