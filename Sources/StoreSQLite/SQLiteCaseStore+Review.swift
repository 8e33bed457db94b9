public import ClosureModel
import GRDB

extension SQLiteCaseStore: ReviewQueue {
  public func openReviews(limit: Int) async throws(StoreError) -> [EarlierDecision] {
    try await read { database in
      // The inner query reads an index alone; lines are fetched for what is shown.
      try Row.fetchAll(
        database,
        sql: """
          \(Self.earlier) WHERE d.id IN (
            SELECT id FROM (SELECT MAX(id) AS id, outcome FROM decision GROUP BY ticket)
            WHERE outcome = \(Code.number(Outcome.review)))
          ORDER BY d.due IS NULL, d.due, d.id LIMIT ?
          """, arguments: [limit]
      ).map(Self.decision)
    }
  }

  public func recordOverride(
    _ record: CaseRecord, replacing: Revision, action: AuditItem.Action, by: Authorship, at now: Timestamp
  ) async throws(StoreError) -> OverrideResult {
    try await change(at: now) { records in
      let database = records.database
      let latest = try Self.latest(of: record.ticket, policyID: record.policyID, in: database)
      guard let latest, latest.outcome == .review, latest.revision == replacing,
        try records.record(record) == .recorded
      else { return .overtaken(latest) }
      try database.execute(
        sql: "INSERT INTO override (decision) SELECT MAX(id) FROM decision WHERE ticket = ?",
        arguments: [record.ticket.rawValue])
      try DeskSchema.write(
        AuditItem(
          at: now, action: action, ticket: record.ticket, key: try Self.latestKey(of: record.ticket, in: database),
          by: by, detail: record.outcome.rawValue), in: database)
      return .recorded
    }
  }

  /// The key of the reply that stands for the latest decision: it may have come to a turn of its own, or stood before.
  private static func latestKey(of ticket: Ticket.ID, in database: Database) throws -> IdempotencyKey? {
    try String.fetchOne(
      database,
      sql: """
        SELECT o.key FROM decision d JOIN outbox o ON o.id = d.id
        WHERE d.ticket = ?1 AND o.decision = (SELECT MAX(id) FROM decision WHERE ticket = ?1)
        """, arguments: [ticket.rawValue]
    ).map { IdempotencyKey(rawValue: $0) }
  }

  public func audit(of ticket: Ticket.ID) async throws(StoreError) -> [AuditItem] {
    try await read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM audit WHERE ticket = ? ORDER BY id", arguments: [ticket.rawValue]
      ).map { row in
        let name: String = row["action"]
        guard let action = AuditItem.Action(rawValue: name) else { throw StoreFailure.unknown("action \(name)") }
        return AuditItem(
          at: Timestamp(epochSeconds: row["at"]), action: action, ticket: ticket,
          key: (row["key"] as String?).map(IdempotencyKey.init), by: Authorship(who: row["who"], why: row["why"]),
          detail: row["detail"])
      }
    }
  }

  public func note(_ items: [AuditItem]) async throws(StoreError) {
    guard !items.isEmpty else { return }
    try await write { database in
      for item in items { try DeskSchema.write(item, in: database) }
    }
  }
}
