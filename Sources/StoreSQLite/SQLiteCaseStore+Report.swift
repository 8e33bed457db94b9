public import ClosureModel
import GRDB

extension SQLiteCaseStore {
  /// Hands over the last decision of each ticket within a period, oldest first, with the state of the reply that stands for
  /// it (nil: it has none). One after the other: memory does not grow with the ledger.
  /// - Parameters:
  ///   - from: decisions at or after it; nil: since the beginning.
  ///   - to: decisions before it.
  ///   - body: returns `false` to end.
  public func eachLatest(
    from: Timestamp?, to: Timestamp?, _ body: (EarlierDecision, OutboxEntry.State?) throws -> Bool
  ) throws(StoreError) {
    try readNow { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT latest.*, (
            SELECT x.state FROM decision t JOIN entry x ON x.id = t.id
            WHERE t.ticket = latest.ticket AND COALESCE(x.decision, x.id) = latest.id ORDER BY x.id DESC LIMIT 1) AS reply
          FROM (\(Self.earlier) WHERE d.id IN (
            SELECT MAX(id) FROM decision WHERE decided_at >= ? AND decided_at < ? GROUP BY ticket)) AS latest
          ORDER BY latest.id
          """, arguments: [from?.epochSeconds ?? .min, to?.epochSeconds ?? .max])
      while let row = try rows.next() {
        let state = try (row["reply"] as Int64?).map { try Code.state($0) }
        guard try body(Self.decision(row), state) else { return }
      }
    }
  }
}
