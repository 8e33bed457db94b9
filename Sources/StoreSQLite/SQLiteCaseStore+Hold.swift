public import ClosureModel
import GRDB

extension SQLiteCaseStore: HoldSwitch {
  public func hold() throws(StoreError) -> Hold? {
    try readNow { database in
      try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM hold ORDER BY id DESC LIMIT 1")).map { row in
        Hold(
          isOn: row["is_on"], at: Timestamp(epochSeconds: row["at"]),
          by: Authorship(who: row["who"], why: row["why"]))
      }
    }
  }

  public func setHold(_ isOn: Bool, by: Authorship, at now: Timestamp) async throws(StoreError) {
    try await write { database in
      try database.execute(
        sql: "INSERT INTO hold (is_on, at, who, why) VALUES (?, ?, ?, ?)",
        arguments: [isOn, now.epochSeconds, by.who, by.why])
      try DeskSchema.write(
        AuditItem(at: now, action: isOn ? .holdOn : .holdOff, ticket: Ticket.ID(""), by: by), in: database)
    }
  }
}
