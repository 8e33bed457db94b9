import ClosureModel
import Foundation
import GRDB

/// The statements that change the ledger; each runs inside a transaction of the caller's.
enum Records {
  static func record(_ record: CaseRecord, at now: Timestamp, in database: Database) throws -> RecordResult {
    if try isKnown(record, in: database) { return .unchanged }
    try database.cachedStatement(
      sql:
        "INSERT INTO decision (ticket, policy_id, policy, revision, outcome, line, due, decided_at) VALUES (?,?,?,?,?,?,?,?)"
    ).execute(arguments: [
      record.ticket.rawValue, record.policyID, record.policy, record.revision.rawValue, record.outcome.rawValue,
      record.line, record.due?.epochSeconds, now.epochSeconds,
    ])
    let decision = database.lastInsertedRowID
    // What was asked before and not sent yet is answered by the newer decision. Claimed entries may be on the wire:
    // their end decides (`giveBack`).
    let old = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT id, key FROM outbox WHERE ticket = ? AND state = 'queued'"),
      arguments: [record.ticket.rawValue])
    for row in old where row["key"] as String != record.entry?.key.rawValue {
      try supersede(row["id"], at: now, in: database)
    }
    if let entry = record.entry { try queue(entry, decision: decision, due: record.due, at: now, in: database) }
    return .recorded
  }

  /// Whether the latest decision is this one, and its reply, if any, was not displaced by another policy's decision on
  /// the same ticket: then it must be queued again, or it would never be sent.
  static func isKnown(_ record: CaseRecord, in database: Database) throws -> Bool {
    let latest = try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT id, revision, outcome FROM decision WHERE ticket = ? AND policy_id = ? ORDER BY id DESC LIMIT 1"),
      arguments: [record.ticket.rawValue, record.policyID])
    guard let latest, latest["revision"] as String == record.revision.rawValue else { return false }
    // What a person decided holds until the ticket changes.
    let decision: Int64 = latest["id"]
    if try Bool.fetchOne(
      database.cachedStatement(sql: "SELECT 1 FROM override WHERE decision = ?"), arguments: [decision]) != nil
    {
      return true
    }
    guard latest["outcome"] as String == record.outcome.rawValue else { return false }
    guard record.entry != nil else { return true }
    return try Bool.fetchOne(
      database.cachedStatement(
        sql: "SELECT 1 FROM outbox WHERE ticket = ? AND decision = ? AND state = 'superseded'"),
      arguments: [record.ticket.rawValue, latest["id"] as Int64]) == nil
  }

  /// A key that is known is not queued twice: confirmed and parked entries stay as they are; one on its way now stands
  /// for the newest decision; only a superseded one, whose payload is gone, starts anew.
  private static func queue(
    _ entry: OutboxEntry, decision: Int64, due: Timestamp?, at now: Timestamp, in database: Database
  ) throws {
    let queued = try Int64.fetchAll(
      database.cachedStatement(
        sql: """
          INSERT INTO outbox (key, decision, ticket, outcome, state, attempts, token, next_at, due, updated_at)
          VALUES (?, ?, ?, ?, 'queued', 0, 0, ?, ?, ?)
          ON CONFLICT (key) DO UPDATE SET decision = excluded.decision, due = excluded.due,
            state = CASE state WHEN 'superseded' THEN 'queued' ELSE state END,
            next_at = CASE state WHEN 'superseded' THEN excluded.next_at ELSE next_at END,
            attempts = CASE state WHEN 'superseded' THEN 0 ELSE attempts END,
            note = CASE state WHEN 'superseded' THEN NULL ELSE note END,
            updated_at = CASE state WHEN 'superseded' THEN excluded.updated_at ELSE updated_at END
          WHERE state NOT IN ('confirmed', 'parked', 'dropped')
          RETURNING id
          """),
      arguments: [
        entry.key.rawValue, decision, entry.ticket.rawValue, entry.outcome.rawValue, now.epochSeconds,
        due?.epochSeconds, now.epochSeconds,
      ])
    for id in queued {
      try database.cachedStatement(sql: "INSERT OR IGNORE INTO payload (entry, bytes) VALUES (?, ?)")
        .execute(arguments: [id, Data(entry.payload)])
    }
  }

  /// - Returns: `false` when the claim was no longer held: nothing is changed.
  static func settle(_ settlement: Settlement, at now: Timestamp, in database: Database) throws -> Bool {
    let state: OutboxEntry.State
    var next = now.epochSeconds
    var note: String?
    var fault: Settlement.Fault?
    var attempt = 1
    switch settlement.result {
    case .confirmed(let status): (state, note) = (.confirmed, "answered \(status)")
    case .retry(let at, let why, _): (state, next, note) = (.queued, at.epochSeconds, why)
    case .parked(let why, let whose): (state, note, fault) = (.parked, why, whose)
    case .released: (state, attempt) = (.queued, 0)
    }
    let settled = try Int64.fetchAll(
      database.cachedStatement(
        sql: """
          UPDATE outbox SET state = ?, next_at = ?, note = COALESCE(?, note), fault = ?, attempts = attempts + ?, updated_at = ?
          WHERE key = ? AND token = ? AND state = 'claimed' RETURNING id
          """),
      arguments: [
        state.rawValue, next, note, fault?.rawValue, attempt, now.epochSeconds, settlement.key.rawValue, settlement.token,
      ])
    guard let id = settled.first else { return false }
    switch state {
    // Payloads are most of the file: 22 MB instead of 279 MB for 200,000 replies.
    case .confirmed: try deletePayload(id, in: database)
    case .queued where try isOutdated(id, in: database): try supersede(id, at: now, in: database)
    default: break
    }
    return true
  }

  /// Ends the claims that `condition` finds. A reply whose ticket was decided anew meanwhile is not sent any more: it
  /// would follow the newer one and contradict it.
  /// - Returns: how many claims there were.
  static func giveBack(_ condition: String, _ arguments: StatementArguments, at now: Timestamp, in db: Database)
    throws -> Int
  {
    let held = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM outbox WHERE state = 'claimed' AND \(condition) ORDER BY next_at"),
      arguments: arguments)
    for id in held {
      // The token grows, so a holder that is alive after all settles nothing.
      try db.cachedStatement(
        sql: "UPDATE outbox SET state = 'queued', next_at = ?, updated_at = ?, token = token + 1 WHERE id = ?"
      ).execute(arguments: [now.epochSeconds, now.epochSeconds, id])
      if try isOutdated(id, in: db) { try supersede(id, at: now, in: db) }
    }
    return held.count
  }

  /// - Returns: how many parked replies are queued again.
  static func unpark(at now: Timestamp, in database: Database) throws -> Int {
    var queued = 0
    for id in try Int64.fetchAll(database, sql: "SELECT id FROM outbox WHERE state = 'parked' ORDER BY id") {
      if try isOutdated(id, in: database) {
        try supersede(id, at: now, in: database)
      } else {
        try database.cachedStatement(
          sql: "UPDATE outbox SET state = 'queued', attempts = 0, next_at = ?, updated_at = ? WHERE id = ?"
        ).execute(arguments: [now.epochSeconds, now.epochSeconds, id])
        queued += 1
      }
    }
    return queued
  }

  static func isOutdated(_ entry: Int64, in database: Database) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: "SELECT 1 FROM outbox o JOIN decision d ON d.ticket = o.ticket AND d.id > o.decision WHERE o.id = ?"),
      arguments: [entry]) != nil
  }

  static func supersede(_ entry: Int64, at now: Timestamp, in database: Database) throws {
    try database.cachedStatement(
      sql: """
        UPDATE outbox SET state = 'superseded', updated_at = ?,
          note = COALESCE(note || '; ', '') || 'a newer decision took its place' WHERE id = ?
        """
    ).execute(arguments: [now.epochSeconds, entry])
    try deletePayload(entry, in: database)
  }

  static func deletePayload(_ entry: Int64, in database: Database) throws {
    try database.cachedStatement(sql: "DELETE FROM payload WHERE entry = ?").execute(arguments: [entry])
  }
}
