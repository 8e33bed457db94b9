public import ClosureModel
import GRDB

extension SQLiteCaseStore: LedgerWatch {
  public func parked(limit: Int) async throws(StoreError) -> (
    total: Int, byFault: [Settlement.Fault: Int], first: [ParkedReply]
  ) {
    try await read { database in
      var total = 0
      var byFault: [Settlement.Fault: Int] = [:]
      var first: [ParkedReply] = []
      // The few that are parked have an index of their own; the view alone would read a million entries.
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT key, ticket, fault, updated_at, id FROM outbox WHERE id IN (SELECT id FROM entry WHERE state = 4)
          UNION ALL SELECT key, ticket, fault, updated_at, id FROM mails
          WHERE id IN (SELECT id FROM mail WHERE state = 4) ORDER BY updated_at DESC, id DESC
          """)
      while let row = try rows.next() {
        let fault = (row["fault"] as String?).flatMap(Settlement.Fault.init(rawValue:))
        total += 1
        if let fault { byFault[fault, default: 0] += 1 }
        guard first.count < limit else { continue }
        first.append(
          ParkedReply(
            key: IdempotencyKey(rawValue: row["key"]), ticket: Ticket.ID(row["ticket"] as String), fault: fault))
      }
      return (total, byFault, first)
    }
  }

  public func deadlines(in range: ClosedRange<Timestamp>) async throws(StoreError) -> [OpenDeadline] {
    try await read { database in
      let bounds: StatementArguments = [range.lowerBound.epochSeconds, range.upperBound.epochSeconds]
      // A mail beside the reply has the same ticket: one line for both.
      let replies = try Row.fetchAll(
        database,
        sql: """
          SELECT ticket, MIN(due) AS due FROM (
            SELECT ticket, due FROM outbox WHERE id IN (
              SELECT id FROM entry WHERE state = 0 UNION ALL SELECT id FROM entry WHERE state = 1
              UNION ALL SELECT id FROM entry WHERE state = 2 UNION ALL SELECT id FROM entry WHERE state = 4)
            UNION ALL SELECT ticket, due FROM mails WHERE id IN (
              SELECT id FROM mail WHERE state = 0 UNION ALL SELECT id FROM mail WHERE state IN (1, 2)
              UNION ALL SELECT id FROM mail WHERE state = 4))
          WHERE due BETWEEN ? AND ? GROUP BY ticket
          """, arguments: bounds)
      let reviews = try Row.fetchAll(
        database,
        sql: """
          SELECT ticket, due FROM decision AS d WHERE outcome = \(Code.number(Outcome.review)) AND due BETWEEN ? AND ?
            AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.ticket = d.ticket AND later.id > d.id)
          """, arguments: bounds)
      let found =
        replies.map { Self.deadline($0, .reply) } + reviews.map { Self.deadline($0, .person) }
      return found.sorted { ($0.due, $0.ticket.rawValue) < ($1.due, $1.ticket.rawValue) }
    }
  }

  private static func deadline(_ row: Row, _ waitsFor: OpenDeadline.Waiting) -> OpenDeadline {
    OpenDeadline(
      ticket: Ticket.ID(row["ticket"] as String), due: Timestamp(epochSeconds: row["due"]), waitsFor: waitsFor)
  }
}
