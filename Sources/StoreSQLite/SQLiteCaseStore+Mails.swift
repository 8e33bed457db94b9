import ClosureModel
import GRDB

/// What people do about parked mails.
extension SQLiteCaseStore {
  /// The person has looked into the mail server's log: the doubt is theirs to end. Under the same key the mail has the
  /// same Message-ID, byte for byte.
  static func retryMail(
    _ key: IdempotencyKey, _ renewing: Bool, _ by: Authorship, _ records: Records
  ) throws -> DeadLetterResult {
    let database = records.database
    guard let (id, ticket) = try parkedMail(key, in: database) else { return try mailNotParked(key, in: database) }
    if try records.isMailOutdated(id) {
      try records.supersedeMail(id)
      return .outdated
    }
    let next = renewing ? freshKey(Code.mailPrefix) : key
    if renewing {
      try database.execute(
        sql: "INSERT OR IGNORE INTO retired (ticket, key) VALUES (?, ?)", arguments: [ticket.rawValue, key.rawValue])
    }
    try database.execute(
      sql: "UPDATE mail SET key = ?, in_doubt = 0 WHERE id = ?", arguments: [MailSchema.stored(next), id])
    try queueMail(id, in: database, at: records.now)
    try DeskSchema.write(
      AuditItem(
        at: records.now, action: .retried, ticket: ticket, key: next, by: by,
        detail: renewing ? Records.renewal(of: key) : "same key"), in: database)
    return .queued(next)
  }

  /// Parked mails that surely did not arrive and could be sent; the others are for a person, one by one.
  static func unparkMails(_ by: Authorship, _ records: Records) throws -> Int {
    let database = records.database
    var queued = 0
    for row in try Row.fetchAll(
      database,
      sql: """
        SELECT o.* FROM mail m JOIN mails o ON o.id = m.id
        WHERE m.state = 4 AND m.next_at = 0 AND m.in_doubt = 0 AND m.fault <> \(Code.number(Settlement.Fault.policy)) ORDER BY m.id
        """)
    {
      let id: Int64 = row["id"]
      guard try !records.isMailOutdated(id) else {
        try records.supersedeMail(id)
        continue
      }
      try queueMail(id, in: database, at: records.now)
      try DeskSchema.write(
        AuditItem(
          at: records.now, action: .retried, ticket: Ticket.ID(row["ticket"]),
          key: IdempotencyKey(rawValue: row["key"]), by: by, detail: "same key"), in: database)
      queued += 1
    }
    return queued
  }

  static func dropMail(_ key: IdempotencyKey, _ by: Authorship, _ now: Timestamp, in database: Database) throws
    -> DeadLetterResult
  {
    guard let (id, ticket) = try parkedMail(key, in: database) else { return try mailNotParked(key, in: database) }
    try markMailDropped(id, note: "given up by \(by.who)", at: now, in: database)
    try DeskSchema.write(AuditItem(at: now, action: .dropped, ticket: ticket, key: key, by: by), in: database)
    return .dropped
  }

  /// - Parameter entry: of a reply that is given up.
  static func dropMail(beside entry: Int64, _ by: Authorship, _ now: Timestamp, in database: Database) throws {
    for id in try Int64.fetchAll(
      database, sql: "SELECT id FROM mail WHERE entry = ? AND state = 0 AND next_at = ?",
      arguments: [entry, MailSchema.waiting])
    {
      try markMailDropped(id, note: "its reply was given up by \(by.who)", at: now, in: database)
    }
  }

  private static func queueMail(_ id: Int64, in database: Database, at now: Timestamp) throws {
    try database.execute(
      sql: "UPDATE mail SET state = 0, attempts = 0, fault = NULL, next_at = ?1, updated_at = ?2 WHERE id = ?3",
      // Released where its reply is confirmed, which it is for whatever was tried before.
      arguments: [MailSchema.waiting, now.epochSeconds, id])
  }

  private static func markMailDropped(_ id: Int64, note: String, at now: Timestamp, in database: Database) throws {
    try database.execute(
      sql:
        "UPDATE mail SET state = 6, payload = NULL, updated_at = ?, note = COALESCE(note || '; ', '') || ? WHERE id = ?",
      arguments: [now.epochSeconds, note, id])
  }

  private static func parkedMail(_ key: IdempotencyKey, in database: Database) throws -> (Int64, Ticket.ID)? {
    try Row.fetchOne(
      database, sql: "SELECT id, ticket FROM mail WHERE state = 4 AND key = ?", arguments: [MailSchema.stored(key)]
    ).map { ($0["id"], Ticket.ID($0["ticket"])) }
  }

  private static func mailNotParked(_ key: IdempotencyKey, in database: Database) throws -> DeadLetterResult {
    let number = try Int64.fetchOne(
      database, sql: "SELECT state FROM mail WHERE key = ?", arguments: [MailSchema.stored(key)])
    return try number.map { .notParked(try Code.state($0)) } ?? .unknown
  }
}
