public import ClosureModel
import GRDB

extension SQLiteCaseStore {
  /// Whether there is nothing to send and nobody to ask after: no reply and no mail is held by a run, and none is due by
  /// that time. One short look, so that a run with nothing to do starts neither sender nor threads.
  public func isIdle(until time: Timestamp) throws(StoreError) -> Bool {
    try readNow { database in
      // Each from a small index of its own; a mail waits until its reply is confirmed.
      let isBusy = try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM entry WHERE state = 0 AND next_at <= ?1)
            OR EXISTS (SELECT 1 FROM entry WHERE state = 1) OR EXISTS (SELECT 1 FROM entry WHERE state = 2)
            OR EXISTS (SELECT 1 FROM mail WHERE state = 0 AND next_at <= ?1)
            OR EXISTS (SELECT 1 FROM mail WHERE state IN (1, 2))
            OR EXISTS (SELECT 1 FROM mail m JOIN entry e ON e.id = m.entry
              WHERE m.state = 0 AND m.next_at = ?2 AND e.state = 3)
          """, arguments: [time.epochSeconds, MailSchema.waiting])
      return isBusy == false
    }
  }
}
