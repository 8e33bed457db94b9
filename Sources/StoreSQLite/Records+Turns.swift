import ClosureModel
import GRDB
import Hashing

extension IdempotencyKey {
  /// The key of the same reply when it is sent once more, because another one came in between.
  /// - Parameter number: 1 is the first time, whose key is the reply's own.
  func inTurn(_ number: Int) -> IdempotencyKey {
    guard number > 1 else { return self }
    let prefix = isMail ? Code.mailPrefix : Code.keyPrefix
    let digest = Digest.sha256Hex(Array("closedesk.turn/1 \(number) \(rawValue)".utf8))
    return IdempotencyKey(rawValue: prefix + digest.prefix(40))
  }
}

extension OutboxEntry {
  func inTurn(_ number: Int) -> OutboxEntry {
    OutboxEntry(key: key.inTurn(number), ticket: ticket, outcome: outcome, payload: payload, asOf: asOf)
  }
}

extension CaseRecord {
  /// The same decision with the keys of that turn.
  func inTurn(_ number: Int) -> CaseRecord {
    guard number > 1 else { return self }
    var out = CaseRecord(
      ticket: ticket, revision: revision, policy: policy, policyID: policyID, outcome: outcome, line: line, due: due,
      entry: entry?.inTurn(number),
      mail: mail.map { MailRecord(entry: $0.entry.inTurn(number), obstacle: $0.obstacle) }, asOf: asOf)
    out.withheld = withheld
    return out
  }
}

extension Records {
  struct Turn {
    let number: Int
    /// What stands for the reply already; nil: it gets an entry of its own.
    let entry: KnownEntry?
  }

  /// Which turn of its reply a decision comes to. A ticket that changes and changes back is answered once more: the
  /// receiver must not be left with the reply in between. What it was told last is not said twice.
  func turn(of record: CaseRecord, _ entries: [KnownEntry]) throws -> Turn {
    guard let entry = record.entry, !entries.isEmpty else { return Turn(number: 1, entry: nil) }
    var latest = Turn(number: 1, entry: nil)
    var number = 1
    while let found = try holder(of: entry.key.inTurn(number), entry.ticket, entries, isFirst: number == 1) {
      latest = Turn(number: number, entry: found)
      number += 1
    }
    guard let same = latest.entry, Self.isOvertaken(same, entries) else { return latest }
    return Turn(number: number, entry: nil)
  }

  /// Whether the receiver may have been told another reply since it may have been told this one. What a person gave up
  /// counts as told: they saw to it. But it comes up again once another reply was decided on, sent or not.
  private static func isOvertaken(_ same: KnownEntry, _ entries: [KnownEntry]) -> Bool {
    let later = entries.filter { $0.id != same.id && $0.decision > same.decision }
    if same.state == .dropped { return !later.isEmpty }
    return mayBeTold(same) && later.contains(where: mayBeTold)
  }

  private static func mayBeTold(_ entry: KnownEntry) -> Bool {
    switch entry.state {
    case .confirmed, .claimed, .sent, .dropped: true
    case .queued, .parked, .superseded: entry.mayHaveArrived
    }
  }

  /// The entry that has a key now, or had it until a person asked for another one.
  private func holder(
    of key: IdempotencyKey, _ ticket: Ticket.ID, _ entries: [KnownEntry], isFirst: Bool
  ) throws -> KnownEntry? {
    if isFirst {
      if let same = entries.first(where: \.isOfThisReply) { return same }
    } else if let same = try entry(with: key, ticket, entries) {
      return same
    }
    guard try isRetired(key, of: ticket) else { return nil }
    var old = key
    while let next = try renewed(old, of: ticket) {
      if let same = try entry(with: next, ticket, entries) { return same }
      old = next
    }
    return entries.max { $0.id < $1.id }
  }

  private func entry(with key: IdempotencyKey, _ ticket: Ticket.ID, _ entries: [KnownEntry]) throws -> KnownEntry? {
    let key = Statement.Value(packed: key.rawValue, prefix: Code.keyPrefix, bytes: 20)
    var id: Int64?
    try statement(.entries).each([.text(ticket.rawValue)]) { if $0.holds(key, 1) { id = $0.int(0) } }
    return entries.first { $0.id == id }
  }

  private func renewed(_ key: IdempotencyKey, of ticket: Ticket.ID) throws -> IdempotencyKey? {
    try String.fetchOne(
      database, sql: "SELECT key FROM audit WHERE ticket = ? AND action = ? AND detail = ?",
      arguments: [ticket.rawValue, AuditItem.Action.retried.rawValue, Self.renewal(of: key)]
    ).map { IdempotencyKey(rawValue: $0) }
  }

  /// What the audit trail says of a reply that goes out under another key.
  static func renewal(of key: IdempotencyKey) -> String { "in place of \(key.rawValue)" }
}
