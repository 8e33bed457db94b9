import ClosureModel
import Foundation
import GRDB

/// What the writing connection keeps: prepared statements, and the small tables that every record asks for.
// @unchecked: used inside GRDB's write transactions alone, and those come one after the other.
final class Writer: @unchecked Sendable {
  enum SQL: Int, CaseIterable {
    case latest, entries, addDecision, addLine, addEntry, addPayload, standFor, requeue, supersede, dropPayload
    case due, claim, claimRetries, lapsed, giveBack, outdated, sent, held, settle

    var text: String {
      switch self {
      case .latest:
        "SELECT d.id, p.name, d.revision, d.outcome, d.as_of FROM decision d JOIN policy p ON p.id = d.policy"
          + " WHERE d.ticket = ? ORDER BY d.id DESC"
      case .entries:
        "SELECT e.id, e.key, e.state, e.in_doubt, COALESCE(e.decision, e.id) FROM decision d JOIN entry e ON e.id = d.id"
          + " WHERE d.ticket = ?"
      case .addDecision:
        "INSERT INTO decision (ticket, policy, revision, outcome, due, decided_at, as_of) VALUES (?,?,?,?,?,?,?)"
      case .addLine: "INSERT INTO line (decision, dictionary, bytes) VALUES (?,?,?)"
      case .addEntry:
        "INSERT INTO entry (id, key, state, attempts, token, next_at, updated_at) VALUES (?1, ?2, 0, 0, 0, ?3, ?3)"
      case .addPayload: "INSERT OR IGNORE INTO payload (entry, as_of, bytes) VALUES (?,?,?)"
      case .standFor: "UPDATE entry SET decision = ?2 WHERE id = ?1"
      case .requeue:
        "UPDATE entry SET decision = ?2, state = 0, attempts = 0, fault = NULL, note = NULL, next_at = ?3, updated_at = ?3"
          + " WHERE id = ?1"
      case .supersede:
        """
        UPDATE entry SET state = 5, fault = NULL, next_at = 0, updated_at = ?2, note = COALESCE(note || '; ', '')
          || 'a newer decision took its place' || CASE in_doubt & 1 WHEN 1 THEN '; it may have arrived' ELSE '' END
        WHERE id = ?1
        """
      case .dropPayload: "DELETE FROM payload WHERE entry = ?"
      case .due: "SELECT COUNT(*) FROM (SELECT 1 FROM entry WHERE state = 0 AND next_at <= ? LIMIT ?)"
      case .claim, .claimRetries:
        """
        SELECT e.id, e.key, e.attempts, e.token, e.in_doubt, d.ticket, d.outcome, p.bytes, p.as_of
        FROM entry e JOIN payload p ON p.entry = e.id JOIN decision d ON d.id = e.id
        WHERE e.state = 0 \(self == .claim ? "" : "AND e.attempts > 0 ")AND e.next_at <= ? ORDER BY e.next_at, e.id LIMIT ?
        """
      case .lapsed:
        "SELECT id FROM entry WHERE state = 1 AND next_at <= ?1 UNION ALL"
          + " SELECT id FROM entry WHERE state = 2 AND next_at <= ?1"
      case .giveBack:
        // The token grows, so a holder that is alive after all settles nothing. Bit 1: it was claimed when its holder died,
        // and a target that is idempotent is posted to without a word. Its post is repeated under its key anyway; but
        // whoever asks what the receiver was told last must count it in.
        "UPDATE entry SET in_doubt = in_doubt | (state = 2) | ((state = 1) << 1), next_at = ?2 + CASE state WHEN 2 THEN ?4 ELSE 0 END, state = 0, updated_at = ?3, token = token + 1"
          + " WHERE id = ?1"
      case .outdated:
        "SELECT EXISTS (SELECT 1 FROM entry e JOIN decision o ON o.id = e.id JOIN decision d ON d.ticket = o.ticket"
          + " WHERE e.id = ? AND d.id > COALESCE(e.decision, e.id))"
      case .sent: "UPDATE entry SET state = 2 WHERE id = ? AND key = ? AND token = ? AND state = 1"
      case .held: "UPDATE entry SET state = 1, next_at = ?2, token = token + 1, updated_at = ?3 WHERE id = ?1"
      case .settle:
        """
        UPDATE entry SET state = ?4, next_at = ?5, note = CASE ?4 WHEN 3 THEN NULL ELSE COALESCE(?6, note) END,
          status = ?7, fault = ?8, in_doubt = CASE ?4 WHEN 3 THEN 0 ELSE in_doubt | ?9 END, attempts = attempts + ?10,
          updated_at = ?11
        WHERE id = ?1 AND key = ?2 AND token = ?3 AND state IN (1, 2)
        """
      }
    }
  }

  private var statements = [Statement?](repeating: nil, count: SQL.allCases.count)
  private var policies: [String: Int64] = [:]
  /// By policy and outcome.
  private var codecs: [[Int64]: (dictionary: Int64, codec: LineCodec)] = [:]

  func statement(_ sql: SQL, in database: Database) throws -> Statement {
    if let known = statements[sql.rawValue] { return known }
    guard let connection = database.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
    }
    let made = try Statement(sql.text, on: connection)
    statements[sql.rawValue] = made
    return made
  }

  /// Statements must be gone before their connection is.
  func close() {
    statements = [Statement?](repeating: nil, count: SQL.allCases.count)
    forget()
  }

  /// After a transaction that was rolled back: what was learned in it may not be there.
  func forget() {
    policies.removeAll()
    codecs.removeAll()
  }

  func policy(_ record: CaseRecord, in database: Database) throws -> Int64 {
    if let known = policies[record.policy + "\n" + record.policyID] { return known }
    let arguments: StatementArguments = [record.policyID, record.policy]
    try database.execute(sql: "INSERT OR IGNORE INTO policy (name, label) VALUES (?, ?)", arguments: arguments)
    let id = try Int64.fetchOne(
      database, sql: "SELECT id FROM policy WHERE name = ? AND label = ?", arguments: arguments)
    guard let id else { throw StoreFailure.unknown("policy \(record.policy)") }
    policies[record.policy + "\n" + record.policyID] = id
    return id
  }

  /// Keeps a decision's line, packed against the first line of its policy and outcome.
  func addLine(_ record: CaseRecord, decision: Int64, policy: Int64, in database: Database) throws {
    let line = Array(record.line.utf8)
    let add = try statement(.addLine, in: database)
    if let (dictionary, codec) = try codec(policy, Code.number(record.outcome), first: line, in: database),
      let packed = codec.packed(
        line, known: Self.known(ticket: record.ticket.rawValue, revision: record.revision.rawValue))
    {
      try add.run(.int(decision), .int(dictionary), .blob(packed))
    } else {
      try add.run(.int(decision), .null, .blob(line))
    }
  }

  static func known(ticket: String, revision: String) -> [UInt8] { Array("\(ticket)\n\(revision)".utf8) }

  private func codec(_ policy: Int64, _ outcome: Int64, first line: [UInt8], in database: Database) throws
    -> (Int64, LineCodec)?
  {
    if let known = codecs[[policy, outcome]] { return known }
    try database.execute(
      sql: "INSERT OR IGNORE INTO dictionary (policy, outcome, bytes) VALUES (?, ?, ?)",
      arguments: [policy, outcome, Data(line.suffix(LineCodec.longestDictionary))])
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT id, bytes FROM dictionary WHERE policy = ? AND outcome = ?",
        arguments: [policy, outcome]), let codec = LineCodec(dictionary: Array(row["bytes"] as Data))
    else { return nil }
    codecs[[policy, outcome]] = (row["id"], codec)
    return (row["id"], codec)
  }
}
