import Hashing
public import ClosureModel
import Outbox

/// Writes a run down instead of carrying it out: a header, a line a case, a signed end. Memory does not grow with it.
public struct PlanWriter {
  private let key: PlanKey
  private let maker: RecordMaker
  private let madeAt: Timestamp
  private let sink: (String) throws -> Void
  private var hash = Digest.SHA256Stream()
  public private(set) var cases = 0
  public private(set) var rowErrors = 0

  /// - Parameter sink: takes one line after the other, without its end. The lines hold customers' replies: the file is
  ///   to be its owner's alone.
  public init(
    _ header: PlanHeader, madeAt: Timestamp, key: PlanKey, maker: RecordMaker, sink: @escaping (String) throws -> Void
  ) throws {
    self.key = key
    self.maker = maker
    self.madeAt = madeAt
    self.sink = sink
    try write(try PlanCoding.line(header))
  }

  public mutating func add(_ file: CaseFile) throws {
    let record = maker.record(for: file, at: madeAt)
    let line = PlanLine(
      ticket: record.ticket.rawValue, revision: record.revision.rawValue, outcome: record.outcome.rawValue,
      due: record.due?.description, updated: record.asOf?.description, files: PlanCoding.files(file.files),
      decision: record.line,
      reply: record.entry.map {
        PlanLine.PlannedReply(key: $0.key.rawValue, payload: String(decoding: $0.payload, as: UTF8.self))
      },
      mail: record.mail.map {
        PlanLine.PlannedMail(
          key: $0.entry.key.rawValue, payload: String(decoding: $0.entry.payload, as: UTF8.self),
          obstacle: $0.obstacle?.rawValue)
      })
    try write(try PlanCoding.line(line))
    cases += 1
  }

  public mutating func add(_ error: RowError) throws {
    rowErrors += 1
    guard let (ticket, why) = UnreadRows.reason(error) else { return }
    try write(try PlanCoding.line(PlanUnread(ticket: ticket.rawValue, why: why)))
  }

  /// Writes the signed end: without it the plan is worth nothing.
  public mutating func finish() throws {
    let digest = hash.finalHex()
    let end = PlanTrailer.End(
      cases: cases, rowErrors: rowErrors, sha256: digest, signature: key.signature(cases: cases, digest: digest))
    try sink(try PlanCoding.line(PlanTrailer(end: end)))
  }

  private mutating func write(_ line: String) throws {
    hash.update(line)
    hash.update("\n")
    try sink(line)
  }
}
