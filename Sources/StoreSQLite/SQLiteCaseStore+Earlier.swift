public import ClosureModel
import GRDB

extension SQLiteCaseStore: EarlierDecisions {
  public func latest(of ticket: Ticket.ID, policyID: String) throws(StoreError) -> EarlierDecision? {
    try readNow { try Self.latest(of: ticket, policyID: policyID, in: $0) }
  }

  static func latest(of ticket: Ticket.ID, policyID: String, in database: Database) throws -> EarlierDecision? {
    let row = try Row.fetchOne(
      database.cachedStatement(
        sql: "\(Self.earlier) WHERE d.ticket = ? AND d.policy_id = ? ORDER BY d.id DESC LIMIT 1"),
      arguments: [ticket.rawValue, policyID])
    return try row.map { try Self.decision($0) }
  }

  static let earlier = """
    SELECT d.*, o.decision AS by_person, b.digest AS basis,
      EXISTS (SELECT 1 FROM outbox x WHERE x.ticket = d.ticket AND x.decision = d.id AND x.state = 'superseded')
        AS displaced
    FROM decision d
    LEFT JOIN override o ON o.decision = d.id
    LEFT JOIN examined e ON e.decision = d.id LEFT JOIN basis b ON b.id = e.basis
    """

  static func decision(_ row: Row) throws -> EarlierDecision {
    let name: String = row["outcome"]
    guard let outcome = Outcome(rawValue: name) else { throw StoreFailure.unknown("outcome \(name)") }
    return EarlierDecision(
      ticket: Ticket.ID(row["ticket"]), revision: Revision(rawValue: row["revision"]), policy: row["policy"],
      outcome: outcome, line: row["line"], due: (row["due"] as Int64?).map { Timestamp(epochSeconds: $0) },
      decidedAt: Timestamp(epochSeconds: row["decided_at"]), isByPerson: (row["by_person"] as Int64?) != nil,
      isDisplaced: row["displaced"], basis: row["basis"])
  }

  public func areKnown(_ cases: [CaseRecord]) async throws(StoreError) -> [Bool] {
    try await read { database in try cases.map { try Records.isKnown($0, in: database) } }
  }

  public func noteExamined(_ tickets: [Ticket.ID], policyID: String, basis: String) async throws(StoreError) {
    guard !tickets.isEmpty else { return }
    try await write { database in
      try database.execute(sql: "INSERT OR IGNORE INTO basis (digest) VALUES (?)", arguments: [basis])
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO examined (decision, basis)
          SELECT MAX(d.id), (SELECT id FROM basis WHERE digest = ?1) FROM decision d
          WHERE d.ticket = ?2 AND d.policy_id = ?3 HAVING MAX(d.id) IS NOT NULL
          ON CONFLICT (decision) DO UPDATE SET basis = excluded.basis
          """)
      for ticket in tickets { try statement.execute(arguments: [basis, ticket.rawValue, policyID]) }
    }
  }

  public func recent(_ count: Int, policyID: String) async throws(StoreError) -> RecentDecisions {
    try await read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT COUNT(*) AS n, COALESCE(SUM(outcome = 'accepted'), 0) AS accepted FROM (
            SELECT outcome FROM decision WHERE policy_id = ? AND id NOT IN (SELECT decision FROM override)
            ORDER BY id DESC LIMIT ?)
          """, arguments: [policyID, count])
      return RecentDecisions(decided: row?["n"] ?? 0, accepted: row?["accepted"] ?? 0)
    }
  }

  public func waitingReplies() async throws(StoreError) -> Int {
    try await read { database in
      // One by one: each has a small index of its own.
      try ["queued", "claimed"].reduce(0) { sum, state in
        sum + (try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM outbox WHERE state = '\(state)'") ?? 0)
      }
    }
  }
}
