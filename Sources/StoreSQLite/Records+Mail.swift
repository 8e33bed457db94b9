import ClosureModel
import Foundation
import GRDB

extension Records {
  struct KnownMail {
    let id: Int64
    let state: OutboxEntry.State
    let isThis: Bool
  }

  /// Mails of the ticket that wait are answered by the newer decision; what is on the wire is left to its holder.
  /// - Returns: every mail of the ticket.
  func supersedeMails(of record: CaseRecord) throws -> [KnownMail] {
    let key = record.mail.map { MailSchema.stored($0.entry.key) }
    let mails = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT id, state, key FROM mail WHERE ticket = ?"),
      arguments: [record.ticket.rawValue]
    ).map { row in
      KnownMail(id: row["id"], state: try Code.state(row["state"]), isThis: key != nil && row["key"] == key)
    }
    for mail in mails where !mail.isThis && (mail.state == .queued || mail.state == .parked) {
      try supersedeMail(mail.id)
    }
    return mails
  }

  /// A key that is known is not queued twice, as with replies.
  /// - Parameter entry: the reply's, which is in the ledger.
  func add(_ mail: MailRecord, beside entry: Int64, of decision: Int64, known: [KnownMail]) throws {
    // What cannot be sent stands there for a person from the start.
    let state = Code.number(mail.obstacle == nil ? .queued : .parked)
    let fault = mail.obstacle.map { _ in Code.number(Settlement.Fault.policy) }
    let next = mail.obstacle == nil ? MailSchema.waiting : 0
    let payload = Data(mail.entry.payload)
    guard let same = known.first(where: \.isThis) else {
      guard try known.isEmpty || !isRetired(mail.entry.key, of: mail.entry.ticket) else { return }
      try database.cachedStatement(
        sql: """
          INSERT INTO mail (ticket, key, entry, decision, state, fault, note, next_at, updated_at, payload)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        mail.entry.ticket.rawValue, MailSchema.stored(mail.entry.key), entry, decision, state, fault,
        mail.obstacle?.what, next, now.epochSeconds, payload,
      ])
      return
    }
    switch same.state {
    case .confirmed, .dropped: break
    case .parked, .queued, .claimed, .sent:
      try database.execute(
        sql: "UPDATE mail SET decision = ?, entry = ? WHERE id = ?", arguments: [decision, entry, same.id])
    case .superseded:
      try database.execute(
        sql: """
          UPDATE mail SET decision = ?, entry = ?, state = ?, fault = ?, note = ?, attempts = 0, next_at = ?,
            updated_at = ?, payload = ? WHERE id = ?
          """,
        arguments: [
          decision, entry, state, fault, mail.obstacle?.what, next, now.epochSeconds, payload, same.id,
        ])
    }
  }

  func supersedeMail(_ id: Int64) throws {
    try database.execute(
      sql: """
        UPDATE mail SET state = 5, fault = NULL, next_at = 0, payload = NULL, updated_at = ?2,
          note = COALESCE(note || '; ', '') || 'a newer decision took its place'
            || CASE in_doubt WHEN 1 THEN '; it may have arrived' ELSE '' END
        WHERE id = ?1
        """, arguments: [id, now.epochSeconds])
  }

  func isMailOutdated(_ id: Int64) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM mail m JOIN decision d ON d.ticket = m.ticket"
          + " WHERE m.id = ? AND d.id > m.decision)"), arguments: [id]) ?? false
  }

  /// Mails whose reply was confirmed may go.
  func releaseMails() throws {
    try database.execute(
      sql: """
        UPDATE mail SET next_at = ?1 WHERE state = 0 AND next_at = ?2
          AND (SELECT state FROM entry WHERE id = mail.entry) = 3
        """, arguments: [now.epochSeconds, MailSchema.waiting])
  }

  func claimMails(limit: Int, leaseSeconds: Int) throws -> [ClaimedEntry] {
    let lapsed = try Int64.fetchAll(
      database.cachedStatement(sql: "SELECT id FROM mail WHERE state IN (1, 2) AND next_at <= ? ORDER BY id"),
      arguments: [now.epochSeconds])
    for id in lapsed { try giveMailBack(id, settling: 0) }
    guard limit > 0 else { return [] }
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT m.*, d.outcome FROM mail m JOIN decision d ON d.id = m.decision
          WHERE m.state = 0 AND m.next_at <= ? ORDER BY m.next_at, m.id LIMIT ?
          """), arguments: [now.epochSeconds, limit])
    let held = try database.cachedStatement(
      sql: "UPDATE mail SET state = 1, next_at = ?, token = token + 1, updated_at = ? WHERE id = ?")
    return try rows.map { row in
      let id: Int64 = row["id"]
      try held.execute(arguments: [now.epochSeconds + Int64(leaseSeconds), now.epochSeconds, id])
      return ClaimedEntry(
        entry: OutboxEntry(
          key: IdempotencyKey(rawValue: SQLiteCaseStore.text(row["key"], prefix: Code.mailPrefix)),
          ticket: Ticket.ID(row["ticket"]), outcome: try Code.outcome(row["outcome"]),
          payload: Array(row["payload"] as Data? ?? Data())),
        token: Code.token(entry: id, claims: row["token"] as Int64 + 1), attempts: row["attempts"],
        isInDoubt: row["in_doubt"])
    }
  }

  /// - Returns: `false` when the claim is no longer held.
  func markMailSent(_ claim: ClaimedEntry) throws -> Bool {
    try database.execute(
      sql: "UPDATE mail SET state = 2 WHERE id = ? AND token & 1048575 = ? AND state = 1",
      arguments: [Code.entry(ofToken: claim.token), claim.token & 0xF_FFFF])
    return database.changesCount > 0
  }

  /// - Returns: `false` when the claim was no longer held: nothing is changed.
  func settleMail(_ settlement: Settlement) throws -> Bool {
    var (state, next, attempt) = (OutboxEntry.State.queued, Int64(0), 1)
    var (note, status, fault): (String?, Int?, Int64?) = (nil, nil, nil)
    var doubt = false
    switch settlement.result {
    case .confirmed(let code): (state, status) = (.confirmed, code)
    case .retry(let at, let why, let mayHaveArrived): (next, note, doubt) = (at.epochSeconds, why, mayHaveArrived)
    case .parked(let why, let whose, let mayHaveArrived):
      (state, note, fault, doubt) = (.parked, why, Code.number(whose), mayHaveArrived)
    case .released: (next, attempt) = (now.epochSeconds, 0)
    }
    let id = Code.entry(ofToken: settlement.token)
    try database.cachedStatement(
      sql: """
        UPDATE mail SET state = ?3, next_at = ?4, note = CASE ?3 WHEN 3 THEN NULL ELSE COALESCE(?5, note) END,
          status = ?6, fault = ?7, in_doubt = CASE ?3 WHEN 3 THEN 0 ELSE in_doubt | ?8 END, attempts = attempts + ?9,
          updated_at = ?10, payload = CASE ?3 WHEN 3 THEN NULL ELSE payload END
        WHERE id = ?1 AND token & 1048575 = ?2 AND state IN (1, 2)
        """
    ).execute(arguments: [
      id, settlement.token & 0xF_FFFF, Code.number(state), next, note, status, fault, doubt, attempt,
      now.epochSeconds,
    ])
    guard database.changesCount > 0 else { return false }
    if state != .confirmed, try isMailOutdated(id) { try supersedeMail(id) }
    return true
  }

  func giveMailBack(_ id: Int64, settling: Int64) throws {
    // The token grows, so a holder that is alive after all settles nothing.
    try database.cachedStatement(
      sql: """
        UPDATE mail SET in_doubt = in_doubt | (state = 2), next_at = ?2 + CASE state WHEN 2 THEN ?3 ELSE 0 END,
          state = 0, updated_at = ?2, token = token + 1 WHERE id = ?1
        """
    ).execute(arguments: [id, now.epochSeconds, settling])
    if try isMailOutdated(id) { try supersedeMail(id) }
  }

  /// - Returns: how many claims there were.
  func reclaimMails() throws -> Int {
    let held = try Int64.fetchAll(database, sql: "SELECT id FROM mail WHERE state IN (1, 2) ORDER BY id")
    for id in held { try giveMailBack(id, settling: ClaimedEntry.settlingSeconds) }
    return held.count
  }
}
