import ClosureModel
import GRDB

/// What changes the ledger; each call runs inside a transaction of the caller's.
struct Records {
  let writer: Writer
  let database: Database
  let now: Timestamp

  func statement(_ sql: Writer.SQL) throws -> Statement { try writer.statement(sql, in: database) }

  func record(_ record: CaseRecord) throws -> RecordResult {
    let known = try entriesIfDecided(record)
    switch known.standing {
    case .known: return .unchanged
    case .passed: return .passed
    case .new, .passedUnseen: break
    }
    let policy = try writer.policy(record, in: database)
    try statement(.addDecision).run(
      .text(record.ticket.rawValue), .int(policy),
      .init(packed: record.revision.rawValue, prefix: Code.revisionPrefix, bytes: 32),
      .int(Code.number(record.outcome)), .init(record.due?.epochSeconds), .int(now.epochSeconds),
      .init(record.asOf?.epochSeconds))
    let decision = database.lastInsertedRowID
    try writer.addLine(record, decision: decision, policy: policy, in: database)
    let turn = try turn(of: record, known.entries)
    let record = record.inTurn(turn.number)
    // What was asked before and not sent yet is answered by the newer decision, and so is what was parked. Claimed and
    // sent entries may be on the wire: their end decides (`settle`, `giveBack`).
    for old in known.entries where old.isWaiting && old.id != turn.entry?.id { try supersede(old.id) }
    // A ticket that was never decided has no mails.
    let mails = known.isDecided ? try supersedeMails(of: record) : []
    guard let entry = record.entry else { return .recorded }
    if let same = turn.entry {
      try stand(same, for: decision, entry)
    } else {
      try statement(.addEntry).run(
        .int(decision), .init(packed: entry.key.rawValue, prefix: Code.keyPrefix, bytes: 20), .int(now.epochSeconds))
      try addPayload(entry, id: decision)
    }
    if let mail = record.mail { try add(mail, beside: turn.entry?.id ?? decision, of: decision, known: mails) }
    if let why = record.withheld { _ = try withhold(record.ticket, why) }
    return .recorded
  }

  func standing(of record: CaseRecord) throws -> CaseStanding { try entriesIfDecided(record).standing }

  private func isByPerson(_ decision: Int64) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(sql: "SELECT 1 FROM override WHERE decision = ?"), arguments: [decision]) != nil
  }

  /// Whether the key was given up for another one, under which the same reply went out.
  func isRetired(_ key: IdempotencyKey, of ticket: Ticket.ID) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(sql: "SELECT 1 FROM retired WHERE ticket = ? AND key = ?"),
      arguments: [ticket.rawValue, key.rawValue]) != nil
  }

  struct KnownEntry {
    let id: Int64
    let state: OutboxEntry.State
    let decision: Int64
    /// An attempt may have arrived, or was perhaps under way when its run died.
    let mayHaveArrived: Bool
    /// Has the key of this reply's first turn.
    let isOfThisReply: Bool
    var isWaiting: Bool { state == .queued || state == .parked }
  }

  /// Whether the latest decision is this one, and its reply, if any, was not displaced by another policy's decision on
  /// the same ticket: then it must be queued again, or it would never be sent. And what the ticket's entries are.
  private func entriesIfDecided(_ record: CaseRecord) throws -> (
    standing: CaseStanding, isDecided: Bool, entries: [KnownEntry]
  ) {
    var latest: (id: Int64, isSame: Bool)?
    var isDecided = false
    var isSameRevision = false
    var isSeen = false
    var asOf: Int64?
    let revision = Statement.Value(packed: record.revision.rawValue, prefix: Code.revisionPrefix, bytes: 32)
    try statement(.latest).each([.text(record.ticket.rawValue)]) { row in
      isDecided = true
      guard row.text(1) == record.policyID else { return }
      let isSame = row.holds(revision, 2)
      if isSame { isSeen = true }
      if let known = row.optional(4) { asOf = max(asOf ?? known, known) }
      guard latest == nil else { return }
      isSameRevision = isSame
      latest = (row.int(0), isSame && row.int(3) == Code.number(record.outcome))
    }
    guard isDecided else { return (.new, false, []) }
    let key = Statement.Value(packed: record.entry?.key.rawValue ?? "", prefix: Code.keyPrefix, bytes: 20)
    var entries: [KnownEntry] = []
    try statement(.entries).each([.text(record.ticket.rawValue)]) { row in
      entries.append(
        KnownEntry(
          id: row.int(0), state: try Code.state(row.int(2)), decision: row.int(4), mayHaveArrived: row.int(3) != 0,
          isOfThisReply: record.entry != nil && row.holds(key, 1)))
    }
    // What a person decided holds until the ticket changes.
    if let latest, isSameRevision, !latest.isSame, try isByPerson(latest.id) { return (.known, true, entries) }
    let isDisplaced = entries.contains { $0.decision == latest?.id && $0.state == .superseded }
    if let latest, latest.isSame, record.entry == nil || !isDisplaced { return (.known, true, entries) }
    if let asOf, let own = record.asOf?.epochSeconds, own < asOf {
      return (isSeen ? .passed : .passedUnseen, true, entries)
    }
    return (.new, true, entries)
  }

  /// A key that is known is not queued twice: confirmed and parked entries stay as they are; one on its way now stands
  /// for the newest decision; only a superseded one, whose payload is gone, starts anew, in doubt where it was.
  private func stand(_ known: KnownEntry, for decision: Int64, _ entry: OutboxEntry) throws {
    switch known.state {
    case .confirmed, .parked, .dropped: break
    case .queued, .claimed, .sent: try statement(.standFor).run(.int(known.id), .int(decision))
    case .superseded:
      try statement(.requeue).run(.int(known.id), .int(decision), .int(now.epochSeconds))
      try addPayload(entry, id: known.id)
    }
  }

  private func addPayload(_ entry: OutboxEntry, id: Int64) throws {
    try statement(.addPayload).run(.int(id), .init(entry.asOf?.epochSeconds), .blob(entry.payload))
  }

  func claim(limit: Int, leaseSeconds: Int) throws -> [ClaimedEntry] {
    // Their holder is gone; the reply may have been decided anew since.
    var lapsed: [Int64] = []
    try statement(.lapsed).each([.int(now.epochSeconds)]) { lapsed.append($0.int(0)) }
    for id in lapsed.sorted() { try giveBack(id, settling: 0) }
    // Retries that are due make up to half of what is taken: behind a long queue they would all be left for its end, and
    // their own retries would come one wait after the other.
    var claims = try hold(.claimRetries, limit: limit / 2, leaseSeconds: leaseSeconds)
    claims += try hold(.claim, limit: limit - claims.count, leaseSeconds: leaseSeconds)
    return claims
  }

  private func hold(_ sql: Writer.SQL, limit: Int, leaseSeconds: Int) throws -> [ClaimedEntry] {
    guard limit > 0 else { return [] }
    var ids: [Int64] = []
    var claims: [ClaimedEntry] = []
    try statement(sql).each([.int(now.epochSeconds), .int(Int64(limit))]) { row in
      ids.append(row.int(0))
      claims.append(
        ClaimedEntry(
          entry: OutboxEntry(
            key: IdempotencyKey(rawValue: row.unpacked(1, prefix: Code.keyPrefix)), ticket: Ticket.ID(row.text(5)),
            outcome: try Code.outcome(row.int(6)), payload: row.blob(7),
            asOf: row.optional(8).map { Timestamp(epochSeconds: $0) }),
          token: Code.token(entry: row.int(0), claims: row.int(3) + 1), attempts: Int(row.int(2)),
          isInDoubt: row.int(4) & 1 != 0))
    }
    let held = try statement(.held)
    for id in ids { try held.run(.int(id), .int(now.epochSeconds + Int64(leaseSeconds)), .int(now.epochSeconds)) }
    return claims
  }

  /// - Returns: `false` when the claim is no longer held.
  func markSent(_ claim: ClaimedEntry) throws -> Bool {
    try statement(.sent).run(
      .int(Code.entry(ofToken: claim.token)),
      .init(packed: claim.entry.key.rawValue, prefix: Code.keyPrefix, bytes: 20), .int(claim.token & 0xF_FFFF)) > 0
  }

  /// - Returns: `false` when the claim was no longer held: nothing is changed.
  func settle(_ settlement: Settlement) throws -> Bool {
    let state: OutboxEntry.State
    var next: Int64 = 0
    var note: String?
    var status: Int64?
    var fault: Int64?
    var doubt: Int64 = 0
    var attempt: Int64 = 1
    switch settlement.result {
    case .confirmed(let code): (state, status) = (.confirmed, Int64(code))
    case .retry(let at, let why, let mayHaveArrived):
      (state, next, note, doubt) = (.queued, at.epochSeconds, why, mayHaveArrived ? 1 : 0)
    case .parked(let why, let whose, let mayHaveArrived):
      (state, note, fault, doubt) = (.parked, why, Code.number(whose), mayHaveArrived ? 1 : 0)
    case .released: (state, next, attempt) = (.queued, now.epochSeconds, 0)
    }
    let id = Code.entry(ofToken: settlement.token)
    let changed = try statement(.settle).run(
      .int(id), .init(packed: settlement.key.rawValue, prefix: Code.keyPrefix, bytes: 20),
      .int(settlement.token & 0xF_FFFF), .int(Code.number(state)), .int(next), note.map { .text($0) } ?? .null,
      .init(status), .init(fault), .int(doubt), .int(attempt), .int(now.epochSeconds))
    guard changed > 0 else { return false }
    switch state {
    // Payloads are most of the file: 22 MB instead of 279 MB for 200,000 replies.
    case .confirmed: try statement(.dropPayload).run(.int(id))
    case .queued, .parked: if try isOutdated(id) { try supersede(id) }
    case .claimed, .sent, .superseded, .dropped: break
    }
    return true
  }

  /// Ends a claim. A reply whose ticket was decided anew meanwhile is not sent any more: it would follow the newer one
  /// and contradict it.
  /// - Parameter settling: seconds that what was sent is left alone.
  func giveBack(_ id: Int64, settling: Int64) throws {
    try statement(.giveBack).run(.int(id), .int(now.epochSeconds), .int(now.epochSeconds), .int(settling))
    if try isOutdated(id) { try supersede(id) }
  }

  /// - Returns: how many claims there were.
  func reclaim() throws -> Int {
    var held: [Int64] = []
    try statement(.lapsed).each([.int(.max)]) { held.append($0.int(0)) }
    for id in held.sorted() { try giveBack(id, settling: ClaimedEntry.settlingSeconds) }
    return held.count
  }

  func isOutdated(_ id: Int64) throws -> Bool {
    var outdated = false
    try statement(.outdated).each([.int(id)]) { outdated = $0.int(0) != 0 }
    return outdated
  }

  func supersede(_ id: Int64) throws {
    try statement(.supersede).run(.int(id), .int(now.epochSeconds))
    try statement(.dropPayload).run(.int(id))
  }
}
