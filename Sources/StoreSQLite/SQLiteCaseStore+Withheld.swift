public import ClosureModel
import GRDB

/// Replies that are held back because a row of their ticket cannot be read. They are parked, and keep the time at which
/// they are due: `next_at` of anything else that is parked is 0.
extension SQLiteCaseStore {
  public func withhold(_ tickets: [Ticket.ID: String], at now: Timestamp) async throws(StoreError) -> Int {
    guard !tickets.isEmpty else { return 0 }
    return try await change(at: now) { records in
      try tickets.sorted { $0.key.rawValue < $1.key.rawValue }
        .reduce(0) { try $0 + records.withhold($1.key, $1.value) }
    }
  }

  public func withheld() async throws(StoreError) -> Set<Ticket.ID> {
    try await read { database in
      let ids = try String.fetchSet(
        database,
        sql: """
          SELECT d.ticket FROM entry e JOIN decision d ON d.id = e.id WHERE e.state = 4 AND e.next_at > 0
          UNION SELECT ticket FROM mail WHERE state = 4 AND next_at > 0
          """)
      return Set(ids.map { Ticket.ID($0) })
    }
  }

  public func letGo(_ tickets: [Ticket.ID], at now: Timestamp) async throws(StoreError) -> Int {
    guard !tickets.isEmpty else { return 0 }
    return try await change(at: now) { records in try tickets.reduce(0) { try $0 + records.letGo($1) } }
  }
}

extension Records {
  /// - Returns: how many replies are parked now that waited.
  func withhold(_ ticket: Ticket.ID, _ why: String) throws -> Int {
    var waiting: [Int64] = []
    var held: [Int64] = []
    try statement(.entries).each([.text(ticket.rawValue)]) { row in
      switch try Code.state(row.int(2)) {
      case .queued: waiting.append(row.int(0))
      case .claimed, .sent: held.append(row.int(0))
      case .confirmed, .parked, .superseded, .dropped: break
      }
    }
    // Their run is dead.
    for id in held { try giveBack(id, settling: ClaimedEntry.settlingSeconds) }
    let park = try database.cachedStatement(
      sql: """
        UPDATE entry SET state = 4, fault = ?2, updated_at = ?3, note = COALESCE(note || '; ', '') || ?4
        WHERE id = ?1 AND state = 0
        """)
    var parked = 0
    for id in waiting + held {
      try park.execute(arguments: [id, Code.number(Settlement.Fault.policy), now.epochSeconds, why])
      parked += database.changesCount
    }
    try withholdMails(of: ticket, why)
    return parked
  }

  /// Mails whose reply is confirmed; the others wait for theirs anyway.
  private func withholdMails(of ticket: Ticket.ID, _ why: String) throws {
    let mails = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT m.id, m.state FROM mail m JOIN entry e ON e.id = m.entry
          WHERE m.ticket = ? AND m.state IN (0, 1, 2) AND e.state = 3
          """), arguments: [ticket.rawValue])
    for mail in mails {
      if mail["state"] as Int64 != 0 { try giveMailBack(mail["id"], settling: ClaimedEntry.settlingSeconds) }
      try database.execute(
        sql: """
          UPDATE mail SET state = 4, fault = ?2, updated_at = ?3, note = COALESCE(note || '; ', '') || ?4
          WHERE id = ?1 AND state = 0
          """,
        arguments: [mail["id"] as Int64, Code.number(Settlement.Fault.policy), now.epochSeconds, why])
    }
  }

  /// - Returns: how many replies wait again.
  func letGo(_ ticket: Ticket.ID) throws -> Int {
    let ids = try Int64.fetchAll(
      database,
      sql:
        "SELECT e.id FROM decision d JOIN entry e ON e.id = d.id WHERE d.ticket = ? AND e.state = 4 AND e.next_at > 0",
      arguments: [ticket.rawValue])
    var queued = 0
    for id in ids {
      guard try !isOutdated(id) else {
        try supersede(id)
        continue
      }
      try database.execute(
        sql: "UPDATE entry SET state = 0, fault = NULL, updated_at = ?2 WHERE id = ?1",
        arguments: [id, now.epochSeconds])
      queued += 1
    }
    try database.execute(
      sql: "UPDATE mail SET state = 0, fault = NULL, updated_at = ?2 WHERE ticket = ?1 AND state = 4 AND next_at > 0",
      arguments: [ticket.rawValue, now.epochSeconds])
    return queued
  }
}
