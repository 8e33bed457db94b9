public import ClosureModel
import GRDB

extension SQLiteCaseStore: EarlierDecisions {
  public func latest(of ticket: Ticket.ID, policyID: String) throws(StoreError) -> EarlierDecision? {
    try readNow { try Self.latest(of: ticket, policyID: policyID, in: $0) }
  }

  static func latest(of ticket: Ticket.ID, policyID: String, in database: Database) throws -> EarlierDecision? {
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "\(Self.earlier) WHERE d.ticket = ? AND p.name = ? ORDER BY d.id DESC LIMIT 1"),
      arguments: [ticket.rawValue, policyID])
    return try row.map { try Self.decision($0) }
  }

  static let earlier = """
    SELECT d.*, p.label, l.bytes, l.dictionary, w.bytes AS words, o.decision AS by_person, b.digest AS basis,
      EXISTS (SELECT 1 FROM decision t JOIN entry x ON x.id = t.id
        WHERE t.ticket = d.ticket AND COALESCE(x.decision, x.id) = d.id AND x.state = 5) AS displaced
    FROM decision d JOIN policy p ON p.id = d.policy
    LEFT JOIN line l ON l.decision = d.id LEFT JOIN dictionary w ON w.id = l.dictionary
    LEFT JOIN override o ON o.decision = d.id
    LEFT JOIN examined e ON e.decision = d.id LEFT JOIN basis b ON b.id = e.basis
    """

  static func decision(_ row: Row) throws -> EarlierDecision {
    let ticket: String = row["ticket"]
    let revision = text(row["revision"], prefix: Code.revisionPrefix)
    return EarlierDecision(
      ticket: Ticket.ID(ticket), revision: Revision(rawValue: revision), policy: row["label"],
      outcome: try Code.outcome(row["outcome"]),
      line: try line(row, known: Writer.known(ticket: ticket, revision: revision)),
      due: (row["due"] as Int64?).map { Timestamp(epochSeconds: $0) },
      decidedAt: Timestamp(epochSeconds: row["decided_at"]), isByPerson: (row["by_person"] as Int64?) != nil,
      isDisplaced: row["displaced"], basis: row["basis"])
  }

  public func standings(of cases: [CaseRecord]) async throws(StoreError) -> [CaseStanding] {
    guard !cases.isEmpty else { return [] }
    // On the connection that writes: what it asks was prepared there. Nothing is changed.
    return try await change(at: Timestamp(epochSeconds: 0)) { records in try cases.map { try records.standing(of: $0) }
    }
  }

  public func noteExamined(_ tickets: [Ticket.ID], policyID: String, basis: String) async throws(StoreError) {
    guard !tickets.isEmpty else { return }
    try await write { database in
      try database.execute(sql: "INSERT OR IGNORE INTO basis (digest) VALUES (?)", arguments: [basis])
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO examined (decision, basis)
          SELECT MAX(d.id), (SELECT id FROM basis WHERE digest = ?1) FROM decision d JOIN policy p ON p.id = d.policy
          WHERE d.ticket = ?2 AND p.name = ?3 HAVING MAX(d.id) IS NOT NULL
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
          SELECT COUNT(*) AS n, COALESCE(SUM(outcome = \(Code.number(Outcome.accepted))), 0) AS accepted FROM (
            SELECT outcome FROM decision WHERE policy IN (SELECT id FROM policy WHERE name = ?)
              AND id NOT IN (SELECT decision FROM override)
            ORDER BY id DESC LIMIT ?)
          """, arguments: [policyID, count])
      return RecentDecisions(decided: row?["n"] ?? 0, accepted: row?["accepted"] ?? 0)
    }
  }

  public func waitingReplies() async throws(StoreError) -> Int {
    try await read { database in
      // One by one: each has a small index of its own.
      try [OutboxEntry.State.queued, .claimed, .sent].reduce(0) { sum, state in
        let sql = "SELECT COUNT(*) FROM entry WHERE state = \(Code.number(state))"
        return sum + (try Int.fetchOne(database, sql: sql) ?? 0)
      }
    }
  }
}
