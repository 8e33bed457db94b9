public import ClosureModel
import Foundation
import GRDB

extension SQLiteCaseStore: DeadLetters {
  public func entries(_ filter: OutboxFilter, limit: Int) async throws(StoreError) -> [OutboxItem] {
    try await read { database in
      var items: [OutboxItem] = []
      // Replies first, then the mails beside them.
      for (table, view, ticket, isMail) in [
        ("entry e JOIN decision d ON d.id = e.id", "outbox", "d.ticket", false), ("mail e", "mails", "e.ticket", true),
      ] where filter.key.map({ $0.isMail == isMail }) ?? true {
        var conditions = ["TRUE"]
        var arguments: StatementArguments = []
        // Written out: the small indexes are found by the state's number, not by a parameter.
        if let state = filter.state { conditions.append("e.state = \(Code.number(state))") }
        if let fault = filter.fault { conditions.append("e.fault = \(Code.number(fault))") }
        if let id = filter.ticket {
          conditions.append("\(ticket) = ?")
          arguments += [id.rawValue]
        }
        if let key = filter.key {
          conditions.append("e.key = ?")
          arguments += [isMail ? MailSchema.stored(key) : Self.stored(key)]
        }
        arguments += [limit - items.count]
        items += try Row.fetchAll(
          database,
          sql: """
            SELECT o.* FROM \(table) JOIN \(view) o ON o.id = e.id
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY e.id LIMIT ?
            """, arguments: arguments
        ).map(Self.item)
      }
      return items
    }
  }

  /// A key as the ledger writes it.
  private static func stored(_ key: IdempotencyKey) -> DatabaseValue {
    Code.packed(key.rawValue, prefix: Code.keyPrefix, bytes: 20).map { Data($0).databaseValue }
      ?? key.rawValue.databaseValue
  }

  private static func item(_ row: Row) throws -> OutboxItem {
    let (outcomeName, stateName): (String, String) = (row["outcome"], row["state"])
    guard let outcome = Outcome(rawValue: outcomeName) else { throw StoreFailure.unknown("outcome \(outcomeName)") }
    guard let state = OutboxEntry.State(rawValue: stateName) else { throw StoreFailure.unknown("state \(stateName)") }
    return OutboxItem(
      key: IdempotencyKey(rawValue: row["key"]), ticket: Ticket.ID(row["ticket"]), outcome: outcome, state: state,
      fault: state == .parked ? (row["fault"] as String?).flatMap(Settlement.Fault.init) : nil,
      attempts: row["attempts"],
      nextAttempt: state == .queued && (row["next_at"] as Int64) < MailSchema.waiting
        ? Timestamp(epochSeconds: row["next_at"]) : nil,
      due: (row["due"] as Int64?).map { Timestamp(epochSeconds: $0) }, note: row["note"],
      changedAt: Timestamp(epochSeconds: row["updated_at"]),
      isWithheld: state == .parked && (row["next_at"] as Int64) != 0)
  }

  /// The key under which a reply goes on that had this one until a person asked for another.
  /// - Returns: nil: it was never renewed.
  public func successor(of key: IdempotencyKey) async throws(StoreError) -> IdempotencyKey? {
    try await read { database in
      var latest: String?
      var old = key.rawValue
      while let next = try String.fetchOne(
        database, sql: "SELECT key FROM audit WHERE action = ? AND detail = ?",
        arguments: [AuditItem.Action.retried.rawValue, Records.renewal(of: IdempotencyKey(rawValue: old))]), next != old
      {
        (latest, old) = (next, next)
      }
      return latest.map { IdempotencyKey(rawValue: $0) }
    }
  }

  public func payload(of key: IdempotencyKey) async throws(StoreError) -> [UInt8]? {
    try await read { database in
      let found =
        key.isMail
        ? try Data.fetchOne(
          database, sql: "SELECT payload FROM mail WHERE key = ?", arguments: [MailSchema.stored(key)])
        : try Data.fetchOne(
          database, sql: "SELECT p.bytes FROM entry e JOIN payload p ON p.entry = e.id WHERE e.key = ?",
          arguments: [Self.stored(key)])
      return found.map { Array($0) }
    }
  }

  public func retry(_ keys: [IdempotencyKey], renewing: Bool, by: Authorship, at now: Timestamp)
    async throws(StoreError) -> [DeadLetterResult]
  {
    try await change(at: now) { records in
      let database = records.database
      return try keys.map { key in
        if key.isMail { return try Self.retryMail(key, renewing, by, records) }
        guard let (id, ticket) = try Self.parked(key, in: database) else {
          return try Self.notParked(key, in: database)
        }
        if try records.isOutdated(id) {
          try records.supersede(id)
          return .outdated
        }
        let next = renewing ? Self.freshKey() : key
        if renewing {
          // The old key is taken for good: the same decision is not queued under it again. What may have arrived under
          // it does not matter any more: a person wants it sent once more.
          try database.execute(
            sql: "INSERT OR IGNORE INTO retired (ticket, key) VALUES (?, ?)",
            arguments: [ticket.rawValue, key.rawValue])
          try database.execute(
            sql: "UPDATE entry SET key = ?, in_doubt = 0 WHERE id = ?", arguments: [Self.stored(next), id])
        }
        try database.execute(
          sql: "UPDATE entry SET state = 0, attempts = 0, fault = NULL, next_at = ?1, updated_at = ?1 WHERE id = ?2",
          arguments: [now.epochSeconds, id])
        try DeskSchema.write(
          AuditItem(
            at: now, action: .retried, ticket: ticket, key: next, by: by,
            detail: renewing ? Records.renewal(of: key) : "same key"), in: database)
        return .queued(next)
      }
    }
  }

  public func drop(_ key: IdempotencyKey, by: Authorship, at now: Timestamp) async throws(StoreError)
    -> DeadLetterResult
  {
    try await write { database in
      if key.isMail { return try Self.dropMail(key, by, now, in: database) }
      guard let (id, ticket) = try Self.parked(key, in: database) else {
        return try Self.notParked(key, in: database)
      }
      // Its mail waits for a confirmation that will not come.
      try Self.dropMail(beside: id, by, now, in: database)
      try Self.markDropped(id, note: "given up by \(by.who)", at: now, in: database)
      try DeskSchema.write(AuditItem(at: now, action: .dropped, ticket: ticket, key: key, by: by), in: database)
      return .dropped
    }
  }

  public func unpark(by: Authorship, at now: Timestamp) async throws(StoreError) -> Int {
    try await change(at: now) { records in
      let database = records.database
      var queued = 0
      for row in try Row.fetchAll(
        database,
        sql: "SELECT o.* FROM entry e JOIN outbox o ON o.id = e.id WHERE e.state = 4 AND e.next_at = 0 ORDER BY e.id")
      {
        let id: Int64 = row["id"]
        guard try !records.isOutdated(id) else {
          try records.supersede(id)
          continue
        }
        try database.cachedStatement(
          sql: "UPDATE entry SET state = 0, attempts = 0, fault = NULL, next_at = ?1, updated_at = ?1 WHERE id = ?2"
        ).execute(arguments: [now.epochSeconds, id])
        try DeskSchema.write(
          AuditItem(
            at: now, action: .retried, ticket: Ticket.ID(row["ticket"]), key: IdempotencyKey(rawValue: row["key"]),
            by: by, detail: "same key"), in: database)
        queued += 1
      }
      return queued + (try Self.unparkMails(by, records))
    }
  }

  private static func parked(_ key: IdempotencyKey, in database: Database) throws -> (Int64, Ticket.ID)? {
    try Row.fetchOne(
      database,
      sql: "SELECT e.id, d.ticket FROM entry e JOIN decision d ON d.id = e.id WHERE e.state = 4 AND e.key = ?",
      arguments: [stored(key)]
    ).map { ($0["id"], Ticket.ID($0["ticket"])) }
  }

  private static func notParked(_ key: IdempotencyKey, in database: Database) throws -> DeadLetterResult {
    let number = try Int64.fetchOne(
      database, sql: "SELECT state FROM entry WHERE key = ?", arguments: [stored(key)])
    return try number.map { .notParked(try Code.state($0)) } ?? .unknown
  }

  private static func markDropped(_ id: Int64, note: String, at now: Timestamp, in database: Database) throws {
    try database.execute(
      sql: """
        UPDATE entry SET state = 6, updated_at = ?, note = COALESCE(note || '; ', '') || ? WHERE id = ?
        """, arguments: [now.epochSeconds, note, id])
    try database.execute(sql: "DELETE FROM payload WHERE entry = ?", arguments: [id])
  }

  /// As `ReplyKey` shapes them, by chance: it stands for a person's wish, not for a decision.
  static func freshKey(_ prefix: String = Code.keyPrefix) -> IdempotencyKey {
    var chance = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef")
    let hex = (0..<40).map { _ in digits[Int.random(in: 0..<16, using: &chance)] }
    return IdempotencyKey(rawValue: prefix + String(hex))
  }
}
