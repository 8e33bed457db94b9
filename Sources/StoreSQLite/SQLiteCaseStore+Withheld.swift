public import ClosureModel
import GRDB

/// Replies that are held back because a row of their ticket cannot be read. They are parked, and keep the time at which
/// they are due; what was parked already has -1 for it, and stays parked when it is let go. `next_at` of anything else
/// that is parked is 0.
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
          SELECT d.ticket FROM entry e JOIN decision d ON d.id = e.id WHERE e.state = 4 AND e.next_at <> 0
          UNION SELECT ticket FROM mail WHERE state = 4 AND next_at <> 0
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
  /// - Returns: how many replies are held back now that were not.
  func withhold(_ ticket: Ticket.ID, _ why: String) throws -> Int {
    var waiting: [Int64] = []
    var held: [Int64] = []
    var parked: [Int64] = []
    try statement(.entries).each([.text(ticket.rawValue)]) { row in
      switch try Code.state(row.int(2)) {
      case .queued: waiting.append(row.int(0))
      case .claimed, .sent: held.append(row.int(0))
      case .parked: parked.append(row.int(0))
      case .confirmed, .superseded, .dropped: break
      }
    }
    // Their run is dead.
    for id in held { try giveBack(id, settling: ClaimedEntry.settlingSeconds) }
    var count = 0
    for id in waiting + held + parked {
      try database.cachedStatement(sql: Self.holdBack("entry")).execute(arguments: holdBack(id, why))
      count += database.changesCount
    }
    try withholdMails(of: ticket, why)
    return count
  }

  /// Parks what waits; marks what is parked for another reason, which keeps its fault.
  private static func holdBack(_ table: String) -> String {
    """
    UPDATE \(table) SET fault = CASE state WHEN 4 THEN fault ELSE ?2 END, next_at = CASE state WHEN 4 THEN -1 ELSE next_at END,
      state = 4, updated_at = ?3, note = COALESCE(note || '; ', '') || ?4
    WHERE id = ?1 AND (state = 0 OR state = 4 AND next_at = 0)
    """
  }

  private func holdBack(_ id: Int64, _ why: String) -> StatementArguments {
    [id, Code.number(Settlement.Fault.policy), now.epochSeconds, why]
  }

  /// Mails whose reply is confirmed, and parked ones; the others wait for their reply anyway.
  private func withholdMails(of ticket: Ticket.ID, _ why: String) throws {
    let mails = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT m.id, m.state FROM mail m JOIN entry e ON e.id = m.entry
          WHERE m.ticket = ? AND (m.state IN (0, 1, 2) AND e.state = 3 OR m.state = 4)
          """), arguments: [ticket.rawValue])
    for mail in mails {
      let state: Int64 = mail["state"]
      if [1, 2].contains(state) { try giveMailBack(mail["id"], settling: ClaimedEntry.settlingSeconds) }
      try database.execute(sql: Self.holdBack("mail"), arguments: holdBack(mail["id"], why))
    }
  }

  /// - Returns: how many replies wait again.
  func letGo(_ ticket: Ticket.ID) throws -> Int {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT e.id, e.next_at FROM decision d JOIN entry e ON e.id = d.id
        WHERE d.ticket = ? AND e.state = 4 AND e.next_at <> 0
        """, arguments: [ticket.rawValue])
    var queued = 0
    for row in rows {
      let id: Int64 = row["id"]
      guard try !isOutdated(id) else {
        try supersede(id)
        continue
      }
      try database.execute(sql: Self.letGo("entry", "id"), arguments: [id, now.epochSeconds])
      if row["next_at"] as Int64 > 0 { queued += 1 }
    }
    try database.execute(sql: Self.letGo("mail", "ticket"), arguments: [ticket.rawValue, now.epochSeconds])
    return queued
  }

  /// As it was before, its note too.
  private static func letGo(_ table: String, _ column: String) -> String {
    """
    UPDATE \(table) SET state = CASE WHEN next_at > 0 THEN 0 ELSE 4 END, fault = CASE WHEN next_at > 0 THEN NULL ELSE fault END,
      next_at = MAX(next_at, 0), updated_at = ?2,
      note = CASE instr(note, 'held back: ') WHEN 0 THEN note
        ELSE NULLIF(rtrim(substr(note, 1, instr(note, 'held back: ') - 1), '; '), '') END
    WHERE \(column) = ?1 AND state = 4 AND next_at <> 0
    """
  }
}
