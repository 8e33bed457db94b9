import ClosureModel
import Foundation
import GRDB

/// The statements that change the ledger; each runs inside a transaction of the caller's.
enum Records {
  static func record(_ record: CaseRecord, at now: Timestamp, in database: Database) throws -> RecordResult {
    let latest = try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT revision, outcome FROM decision WHERE ticket = ? AND policy_id = ? ORDER BY id DESC LIMIT 1"),
      arguments: [record.ticket.rawValue, record.policyID])
    if let latest, latest["revision"] as String == record.revision.rawValue,
      latest["outcome"] as String == record.outcome.rawValue
    {
      return .unchanged
    }
    try database.cachedStatement(
      sql:
        "INSERT INTO decision (ticket, policy_id, policy, revision, outcome, line, due, decided_at) VALUES (?,?,?,?,?,?,?,?)"
    ).execute(arguments: [
      record.ticket.rawValue, record.policyID, record.policy, record.revision.rawValue, record.outcome.rawValue,
      record.line, record.due?.epochSeconds, now.epochSeconds,
    ])
    let decision = database.lastInsertedRowID
    // What was asked before and not sent yet is answered by the newer decision. Claimed entries may be on the wire.
    let old = try String.fetchAll(
      database.cachedStatement(sql: "SELECT key FROM outbox WHERE ticket = ? AND state = 'queued'"),
      arguments: [record.ticket.rawValue])
    for key in old where key != record.entry?.key.rawValue {
      try database.cachedStatement(
        sql:
          "UPDATE outbox SET state = 'superseded', updated_at = ?, note = 'a newer decision took its place' WHERE key = ?"
      ).execute(arguments: [now.epochSeconds, key])
      try database.cachedStatement(sql: "DELETE FROM payload WHERE key = ?").execute(arguments: [key])
    }
    guard let entry = record.entry else { return .recorded }
    try database.cachedStatement(
      sql: """
        INSERT INTO outbox (key, decision, ticket, outcome, state, attempts, token, next_at, due, updated_at)
        VALUES (?, ?, ?, ?, 'queued', 0, 0, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET state = 'queued', next_at = excluded.next_at, note = NULL,
          decision = excluded.decision, updated_at = excluded.updated_at WHERE state = 'superseded'
        """
    ).execute(arguments: [
      entry.key.rawValue, decision, entry.ticket.rawValue, entry.outcome.rawValue, now.epochSeconds,
      record.due?.epochSeconds, now.epochSeconds,
    ])
    if database.changesCount == 1 {
      try database.cachedStatement(sql: "INSERT INTO payload (key, bytes) VALUES (?, ?)")
        .execute(arguments: [entry.key.rawValue, Data(entry.payload)])
    }
    return .recorded
  }

  /// - Returns: `false` when the claim was no longer held: nothing is changed.
  static func settle(_ settlement: Settlement, at now: Timestamp, in database: Database) throws -> Bool {
    let state: OutboxEntry.State
    var next = now.epochSeconds
    var note: String?
    var attempt = 1
    switch settlement.result {
    case .confirmed(let status): (state, note) = (.confirmed, "answered \(status)")
    case .retry(let at, let why): (state, next, note) = (.queued, at.epochSeconds, why)
    case .parked(let why): (state, note) = (.parked, why)
    case .released: (state, attempt) = (.queued, 0)
    }
    try database.cachedStatement(
      sql: """
        UPDATE outbox SET state = ?, next_at = ?, note = COALESCE(?, note), attempts = attempts + ?, updated_at = ?
        WHERE key = ? AND token = ? AND state = 'claimed'
        """
    ).execute(arguments: [
      state.rawValue, next, note, attempt, now.epochSeconds, settlement.key.rawValue, settlement.token,
    ])
    guard database.changesCount == 1 else { return false }
    if state == .confirmed {
      // Payloads are most of the file: 22 MB instead of 279 MB for 200,000 replies.
      try database.cachedStatement(sql: "DELETE FROM payload WHERE key = ?").execute(arguments: [
        settlement.key.rawValue
      ])
    }
    return true
  }
}
