public import ClosureModel

/// The ledger in memory: keeps the port's promises but for surviving the process. `CaseStoreSuite` holds it to them.
public actor MemoryCaseStore: CaseStore {
  private struct Row {
    var entry: OutboxEntry
    var decision: Int
    var due: Timestamp?
    var state = OutboxEntry.State.queued
    var attempts = 0
    var token: Int64 = 0
    /// Of a claimed row: the end of the lease.
    var nextAt: Timestamp
    var note: String?
    var fault: Settlement.Fault?
    var inDoubt = false
    /// Claimed when its holder died: a post to an idempotent target is not written down.
    var wasHeld = false
    /// Parked until a row of its ticket can be read.
    var isWithheld = false
    /// It was parked already when that was found.
    var staysParked = false
    var updatedAt: Timestamp
    var isHeld: Bool { state == .claimed || state == .sent }
    var mayBeTold: Bool { isHeld || [.confirmed, .dropped].contains(state) || inDoubt || wasHeld }
  }

  private var decisions: [(record: CaseRecord, at: Timestamp)] = []
  private var rows: [Row] = []
  /// Every call that settled something, with how many settlements it held.
  public private(set) var settledGroups: [Int] = []
  /// Every call that marked something as sent, with how many claims it held.
  public private(set) var markedGroups: [Int] = []
  /// Thrown by the next calls of `settle`.
  private var settleError: StoreError?

  public init() {}

  /// Makes every later `settle` fail, as a full disk would.
  public func failSettling(with error: StoreError) { settleError = error }

  public func record(_ cases: [CaseRecord], at now: Timestamp) async throws(StoreError) -> [RecordResult] {
    cases.map { record($0, at: now) }
  }

  private func record(_ record: CaseRecord, at now: Timestamp) -> RecordResult {
    let latest = decisions.lastIndex { $0.record.ticket == record.ticket && $0.record.policyID == record.policyID }
    if let latest, decisions[latest].record.revision == record.revision,
      decisions[latest].record.outcome == record.outcome,
      record.entry == nil || !rows.contains(where: { $0.decision == latest && $0.state == .superseded })
    {
      return .unchanged
    }
    let states = decisions.map(\.record).filter { $0.ticket == record.ticket && $0.policyID == record.policyID }
    if let asOf = record.asOf, let last = states.compactMap(\.asOf).max(), asOf < last,
      states.contains(where: { $0.revision == record.revision })
    {
      return .passed
    }
    let (turn, standing) = turn(of: record)
    decisions.append((record, now))
    for index in rows.indices
    where rows[index].entry.ticket == record.ticket && [.queued, .parked].contains(rows[index].state)
      && index != standing
    { supersede(index, at: now) }
    guard let first = record.entry else { return .recorded }
    let entry = OutboxEntry(
      key: Self.key(first.key, turn), ticket: first.ticket, outcome: first.outcome, payload: first.payload,
      asOf: first.asOf)
    if let index = standing {
      switch rows[index].state {
      case .superseded:
        rows[index] = Row(
          entry: entry, decision: decisions.count - 1, due: record.due, token: rows[index].token, nextAt: now,
          inDoubt: rows[index].inDoubt, wasHeld: rows[index].wasHeld, updatedAt: now)
      case .queued, .claimed, .sent: rows[index].decision = decisions.count - 1
      case .confirmed, .parked, .dropped: break
      }
    } else {
      rows.append(Row(entry: entry, decision: decisions.count - 1, due: record.due, nextAt: now, updatedAt: now))
    }
    if let why = record.withheld { _ = withhold(record.ticket, why, at: now) }
    return .recorded
  }

  private static func key(_ key: IdempotencyKey, _ turn: Int) -> IdempotencyKey {
    turn == 1 ? key : IdempotencyKey(rawValue: "\(key.rawValue)_\(turn)")
  }

  /// The turn in which a reply goes out, and the row that stands for it already.
  private func turn(of record: CaseRecord) -> (Int, Int?) {
    guard let key = record.entry?.key else { return (1, nil) }
    var (turn, standing) = (1, nil as Int?)
    while let index = rows.firstIndex(where: { $0.entry.key == Self.key(key, turn) }) {
      (turn, standing) = (turn + 1, index)
    }
    guard let index = standing else { return (1, nil) }
    let later = rows.filter { $0.entry.ticket == record.ticket && $0.decision > rows[index].decision }
    let isOvertaken =
      rows[index].state == .dropped ? !later.isEmpty : rows[index].mayBeTold && later.contains(where: \.mayBeTold)
    return isOvertaken ? (turn, nil) : (turn - 1, index)
  }

  public func withhold(_ tickets: [Ticket.ID: String], at now: Timestamp) async throws(StoreError) -> Int {
    tickets.reduce(0) { $0 + withhold($1.key, $1.value, at: now) }
  }

  private func withhold(_ ticket: Ticket.ID, _ why: String, at now: Timestamp) -> Int {
    var count = 0
    for index in rows.indices where rows[index].entry.ticket == ticket {
      if rows[index].isHeld {
        let wait = rows[index].state == .sent ? ClaimedEntry.settlingSeconds : 0
        giveBack(index, isDead: true, at: now)
        rows[index].nextAt = now.adding(seconds: wait)
      }
      guard rows[index].state == .queued || rows[index].state == .parked && !rows[index].isWithheld else { continue }
      rows[index].staysParked = rows[index].state == .parked
      if !rows[index].staysParked { rows[index].fault = .policy }
      rows[index].state = .parked
      rows[index].isWithheld = true
      rows[index].note = (rows[index].note.map { $0 + "; " } ?? "") + why
      count += 1
    }
    return count
  }

  public func withheld() async throws(StoreError) -> Set<Ticket.ID> {
    Set(rows.filter { $0.state == .parked && $0.isWithheld }.map(\.entry.ticket))
  }

  public func letGo(_ tickets: [Ticket.ID], at now: Timestamp) async throws(StoreError) -> Int {
    var count = 0
    for index in rows.indices
    where rows[index].state == .parked && rows[index].isWithheld && tickets.contains(rows[index].entry.ticket) {
      rows[index].isWithheld = false
      if isOutdated(index) {
        supersede(index, at: now)
      } else if !rows[index].staysParked {
        rows[index].state = .queued
        rows[index].fault = nil
        count += 1
      }
    }
    return count
  }

  public func claim(limit: Int, at now: Timestamp, leaseSeconds: Int) async throws(StoreError) -> [ClaimedEntry] {
    for index in rows.indices where rows[index].isHeld && rows[index].nextAt <= now {
      giveBack(index, isDead: true, at: now)
    }
    let due = rows.indices.filter { rows[$0].state == .queued && rows[$0].nextAt <= now }
      .sorted { (rows[$0].nextAt, $0) < (rows[$1].nextAt, $1) }
    return due.prefix(limit).map { index in
      rows[index].state = .claimed
      rows[index].token += 1
      rows[index].nextAt = now.adding(seconds: Int64(leaseSeconds))
      rows[index].updatedAt = now
      return ClaimedEntry(
        entry: rows[index].entry, token: rows[index].token, attempts: rows[index].attempts,
        isInDoubt: rows[index].inDoubt)
    }
  }

  public func countDue(upTo bound: Int, at now: Timestamp) async throws(StoreError) -> Int {
    min(bound, rows.count { $0.state == .queued && $0.nextAt <= now })
  }

  public func markSent(_ claims: [ClaimedEntry], at now: Timestamp) async throws(StoreError) -> [Bool] {
    markedGroups.append(claims.count)
    return claims.map { claim in
      guard
        let index = rows.firstIndex(where: {
          $0.entry.key == claim.entry.key && $0.token == claim.token && $0.state == .claimed
        })
      else { return false }
      rows[index].state = .sent
      return true
    }
  }

  public func reclaim(at now: Timestamp) async throws(StoreError) -> Int {
    let held = rows.indices.filter { rows[$0].isHeld }
    for index in held {
      let wait = rows[index].state == .sent ? ClaimedEntry.settlingSeconds : 0
      giveBack(index, isDead: true, at: now)
      if rows[index].state == .queued { rows[index].nextAt = now.adding(seconds: wait) }
    }
    return held.count
  }

  public func unpark(by: Authorship, at now: Timestamp) async throws(StoreError) -> Int {
    let parked = rows.indices.filter { rows[$0].state == .parked && !rows[$0].isWithheld }
    for index in parked {
      giveBack(index, at: now)
      rows[index].attempts = 0
      rows[index].fault = nil
      if rows[index].state == .queued { rows[index].nextAt = now }
    }
    return parked.count { rows[$0].state == .queued }
  }

  /// Ends a claim: back into the queue, or out of it when a newer decision stands meanwhile.
  private func giveBack(_ index: Int, isDead: Bool = false, at now: Timestamp) {
    if rows[index].state == .sent { rows[index].inDoubt = true }
    if rows[index].state == .claimed, isDead { rows[index].wasHeld = true }
    rows[index].state = .queued
    rows[index].token += 1
    rows[index].updatedAt = now
    if isOutdated(index) { supersede(index, at: now) }
  }

  private func isOutdated(_ index: Int) -> Bool {
    decisions.lastIndex { $0.record.ticket == rows[index].entry.ticket } ?? -1 > rows[index].decision
  }

  private func supersede(_ index: Int, at now: Timestamp) {
    rows[index].state = .superseded
    rows[index].isWithheld = false
    rows[index].fault = nil
    rows[index].updatedAt = now
    let doubt = rows[index].inDoubt ? "; it may have arrived" : ""
    rows[index].note = (rows[index].note.map { $0 + "; " } ?? "") + "a newer decision took its place" + doubt
  }

  public func settle(_ settlements: [Settlement], at now: Timestamp) async throws(StoreError) -> Int {
    if let settleError { throw settleError }
    settledGroups.append(settlements.count)
    return settlements.reduce(0) { $0 + (settle($1, at: now) ? 1 : 0) }
  }

  private func settle(_ settlement: Settlement, at now: Timestamp) -> Bool {
    guard
      let index = rows.firstIndex(where: {
        $0.entry.key == settlement.key && $0.token == settlement.token && $0.isHeld
      })
    else { return false }
    if case .released = settlement.result {} else { rows[index].attempts += 1 }
    rows[index].updatedAt = now
    switch settlement.result {
    case .confirmed(let status):
      rows[index].state = .confirmed
      rows[index].note = "answered \(status)"
      rows[index].inDoubt = false
    case .parked(let why, let fault, let mayHaveArrived):
      if mayHaveArrived { rows[index].inDoubt = true }
      rows[index].state = .parked
      rows[index].note = why
      rows[index].fault = fault
      if isOutdated(index) { supersede(index, at: now) }
    case .retry(let at, let why, let mayHaveArrived):
      if mayHaveArrived { rows[index].inDoubt = true }
      rows[index].state = .claimed
      rows[index].note = why
      giveBack(index, at: now)
      rows[index].nextAt = at
    case .released:
      rows[index].state = .claimed
      giveBack(index, at: now)
      rows[index].nextAt = now
    }
    return true
  }

  public func nextDue(after now: Timestamp) async throws(StoreError) -> Timestamp? {
    rows.filter { ($0.state == .queued || $0.state == .claimed) && $0.nextAt > now }.map(\.nextAt).min()
  }

  public func status() async throws(StoreError) -> LedgerStatus {
    var latest: [Ticket.ID: Outcome] = [:]
    for (record, _) in decisions { latest[record.ticket] = record.outcome }
    let open = rows.filter { $0.state != .confirmed && $0.state != .superseded }
    return LedgerStatus(
      tickets: latest.values.reduce(into: [:]) { $0[$1, default: 0] += 1 },
      outbox: rows.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }, oldestDue: open.compactMap(\.due).min(),
      parked: rows.reduce(into: [:]) { if let fault = $1.fault, $1.state == .parked { $0[fault, default: 0] += 1 } })
  }

  public func history(of ticket: Ticket.ID) async throws(StoreError) -> [HistoryItem] {
    decisions.indices.filter { decisions[$0].record.ticket == ticket }.flatMap { index -> [HistoryItem] in
      let (record, at) = decisions[index]
      let decided = HistoryItem.Kind.decided(
        revision: record.revision, policy: record.policy, outcome: record.outcome, line: record.line)
      return [HistoryItem(at: at, kind: decided)]
        + rows.filter { $0.decision == index }.map { row in
          HistoryItem(
            at: row.updatedAt,
            kind: .entry(
              key: row.entry.key, state: row.state, attempts: row.attempts,
              nextAttempt: row.state == .queued && row.attempts > 0 ? row.nextAt : nil, note: row.note))
        }
    }
  }
}
