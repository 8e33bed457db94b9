import Hashing
public import ClosureModel
import Glibc
import Outbox

/// A plan whose signature is right. Its cases were copied aside while they were verified: nobody can change the file in
/// between.
public final class VerifiedPlan {
  public let header: PlanHeader
  public let madeAt: Timestamp
  public let outcomes: [Outcome: Int]
  public let replies: Int
  public let rowErrors: Int
  public var cases: Int { spool.count }
  /// Tickets of which a row could not be read, with the reason.
  let unread: [Ticket.ID: String]
  let spool: RecordSpool

  /// - Throws: `planKey` when another key signed it; `planRefused` when it is no plan, is cut off, or was altered.
  public init(path: String, key: PlanKey) throws(BatchError) {
    func refused(_ what: String) -> BatchError {
      BatchError(
        code: .planRefused, what: "\(path): \(what)", fix: "Make a new one with `closedesk plan`. Nothing was sent.")
    }
    let spool = try RecordSpool()
    var reading = Reading()
    do {
      var lines = try LineReader(path: path)
      while let (bytes, isWhole) = try lines.next() {
        try reading.take(bytes, isWhole: isWhole, key: key, spool: spool)
      }
    } catch LineReader.Problem.cannotOpen(let code), LineReader.Problem.cannotRead(let code) {
      throw BatchError(
        code: code == ENOENT ? .planMissing : .planUnreadable, what: "\(path): \(String(cString: strerror(code)))",
        fix: "Name a plan that `closedesk plan` wrote.")
    } catch LineReader.Problem.tooLong {
      throw refused("a line is too long for a plan")
    } catch Reading.Fault.otherKey(let theirs, let ours) {
      throw BatchError(
        code: .planKey, what: "\(path) was signed with another key (\(theirs); here it is \(ours))",
        fix: "Name the key that `closedesk plan` used with plan.key_file or plan.key_env. Nothing was sent.")
    } catch Reading.Fault.plan(let what) {
      throw refused(what)
    } catch let error as BatchError {
      throw error
    } catch {
      throw refused("\(error)")
    }
    guard let header = reading.header else { throw refused("it is empty") }
    guard let end = reading.end else { throw refused("it is cut off: its signed end is missing") }
    guard let madeAt = header.made else { throw refused("its time is no time") }
    self.header = header
    self.madeAt = madeAt
    self.spool = spool
    outcomes = reading.outcomes
    replies = reading.replies
    rowErrors = end.rowErrors
    unread = reading.unread
  }

  /// The state of reading, line by line.
  private struct Reading {
    enum Fault: Error {
      case plan(String), otherKey(String, String)
    }
    var header: PlanHeader?
    var end: PlanTrailer.End?
    var outcomes: [Outcome: Int] = [:]
    var replies = 0
    var unread: [Ticket.ID: String] = [:]
    private var hash = Digest.SHA256Stream()
    private var cases = 0

    mutating func take(_ bytes: [UInt8], isWhole: Bool, key: PlanKey, spool: RecordSpool) throws {
      guard end == nil else { throw Fault.plan("it goes on after its end") }
      guard isWhole else { throw Fault.plan("it is cut off in the middle of a line") }
      guard let header else { return try begin(bytes, key) }
      if bytes.starts(with: Array(#"{"end":"#.utf8)) { return try finish(bytes, key) }
      add(bytes)
      if bytes.starts(with: PlanUnread.start.utf8) {
        guard let row = PlanCoding.value(PlanUnread.self, bytes) else {
          throw Fault.plan("the line of an unreadable row was altered")
        }
        unread[Ticket.ID(row.ticket)] = row.why
        return
      }
      guard let line = PlanCoding.value(PlanLine.self, bytes), let outcome = Outcome(rawValue: line.outcome) else {
        throw Fault.plan("line \(cases + 2) is no case: the plan was altered")
      }
      cases += 1
      outcomes[outcome, default: 0] += 1
      if line.reply != nil { replies += 1 }
      try spool.append(Self.spooled(line, outcome, header))
    }

    private mutating func begin(_ bytes: [UInt8], _ key: PlanKey) throws(Fault) {
      guard let header = PlanCoding.value(PlanHeader.self, bytes), header.schema == PlanHeader.schema else {
        throw .plan("it is no plan that this version knows")
      }
      guard header.key == key.fingerprint else { throw .otherKey(header.key, key.fingerprint) }
      self.header = header
      add(bytes)
    }

    private mutating func finish(_ bytes: [UInt8], _ key: PlanKey) throws(Fault) {
      guard let end = PlanCoding.value(PlanTrailer.self, bytes)?.end else { throw .plan("its end is not readable") }
      guard end.cases == cases, end.sha256 == hash.finalHex(),
        key.verifies(end.signature, cases: end.cases, digest: end.sha256)
      else { throw .plan("it was altered after it was signed") }
      self.end = end
    }

    private mutating func add(_ bytes: [UInt8]) {
      bytes.withUnsafeBytes { hash.update($0) }
      hash.update("\n")
    }

    private static func spooled(_ line: PlanLine, _ outcome: Outcome, _ header: PlanHeader) -> SpooledCase {
      let ticket = Ticket.ID(line.ticket)
      let asOf = line.updated.flatMap { Timestamp(parsing: $0) }
      let entry = line.reply.map { reply in
        OutboxEntry(
          key: IdempotencyKey(rawValue: reply.key), ticket: ticket, outcome: outcome,
          payload: Array(reply.payload.utf8), asOf: asOf)
      }
      let mail = line.mail.map { mail in
        MailRecord(
          entry: OutboxEntry(
            key: IdempotencyKey(rawValue: mail.key), ticket: ticket, outcome: outcome,
            payload: Array(mail.payload.utf8)),
          obstacle: mail.obstacle.flatMap(CustomerMail.Obstacle.init(rawValue:)))
      }
      return SpooledCase(
        record: CaseRecord(
          ticket: ticket, revision: Revision(rawValue: line.revision), policy: header.policy,
          policyID: header.policyID, outcome: outcome, line: line.decision,
          due: line.due.flatMap { Timestamp(parsing: $0) }, entry: entry, mail: mail, asOf: asOf),
        files: line.files)
    }
  }
}

extension VerifiedPlan {
  /// The planned records, in order.
  public func forEach(_ body: (CaseRecord) throws -> Void) async throws {
    try await spool.forEach(RecordingRun.batch) { group in
      for one in group { try body(one.record) }
    }
  }
}
