import ClosureModel
import Foundation
import Glibc

/// A case that waits for the limits' word before it is recorded.
struct SpooledCase: Sendable, Hashable {
  let record: CaseRecord
  /// Files were opened for it: worth noting, so that they are not opened again.
  var hasExaminedFiles = false
  /// Of a plan's case alone.
  var files: [PlanLine.File] = []
}

/// Cases in a file without a name: whatever ends the process, nobody finds the replies in it. Written once, then read;
/// memory does not grow with it. Lives on one task.
final class RecordSpool {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private(set) var count = 0
  private static let limit = 1 << 18

  /// - Throws: `BatchError.spool` when no file can be made in `TMPDIR`.
  init() throws(BatchError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let name = "\(folder)/closedesk-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    // The name is gone before anything is written.
    descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure() }
    unlink(name)
  }

  deinit { close(descriptor) }

  func append(_ item: SpooledCase) throws(BatchError) {
    var frame = Frame()
    frame.put(item)
    withUnsafeBytes(of: UInt32(frame.bytes.count).littleEndian) { buffer.append(contentsOf: $0) }
    buffer += frame.bytes
    count += 1
    if buffer.count >= Self.limit { try flush() }
  }

  private func flush() throws(BatchError) {
    var done = 0
    while done < buffer.count {
      let wrote = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
      guard wrote >= 0 || errno == EINTR else { throw Self.failure() }
      done += max(0, wrote)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Groups of at most `size`, in order. May be asked again.
  func forEach(_ size: Int, _ body: ([SpooledCase]) async throws -> Void) async throws {
    try flush()
    var reader = Reader(descriptor: descriptor)
    var group: [SpooledCase] = []
    for _ in 0..<count {
      group.append(try reader.next())
      if group.count == size {
        try await body(group)
        group.removeAll(keepingCapacity: true)
      }
    }
    if !group.isEmpty { try await body(group) }
  }

  static func failure() -> BatchError {
    BatchError(
      code: .spool, what: "decisions cannot be kept in a temporary file: \(String(cString: strerror(errno)))",
      fix: "Free space in TMPDIR, or name another folder in it. Nothing was recorded or sent.")
  }

  private struct Reader {
    let descriptor: Int32
    private var offset: off_t = 0
    private var bytes: [UInt8] = []
    private var place = 0

    init(descriptor: Int32) { self.descriptor = descriptor }

    mutating func next() throws(BatchError) -> SpooledCase {
      let length = try take(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      var frame = Frame(bytes: try take(length))
      return frame.take()
    }

    /// The bytes stay where they are.
    private mutating func take(_ count: Int) throws(BatchError) -> ArraySlice<UInt8> {
      while bytes.count - place < count {
        bytes.removeFirst(place)
        place = 0
        var more = [UInt8](repeating: 0, count: max(RecordSpool.limit, count))
        let got = pread(descriptor, &more, more.count, offset)
        if got < 0, errno == EINTR { continue }
        // The file is ours alone: a short one means a failing disk.
        guard got > 0 else { throw RecordSpool.failure() }
        offset += off_t(got)
        bytes += more[0..<got]
      }
      defer { place += count }
      return bytes[place..<place + count]
    }
  }

  /// The fields of one case one after the other; what was put in comes out in the same order.
  private struct Frame {
    private(set) var bytes: ArraySlice<UInt8>
    private var place: Int

    init(bytes: ArraySlice<UInt8> = []) {
      self.bytes = bytes
      place = bytes.startIndex
    }

    mutating func put(_ item: SpooledCase) {
      let record = item.record
      put(item.hasExaminedFiles ? 1 : 0)
      put(record.ticket.rawValue)
      put(record.revision.rawValue)
      put(record.policy)
      put(record.policyID)
      put(record.outcome.rawValue)
      put(record.line)
      put(record.due)
      put(record.asOf)
      put(Int64(item.files.count))
      for file in item.files {
        put(file.name)
        put(file.sha256 ?? "")
      }
      put(record.entry)
      put(record.mail?.entry)
      put(record.mail?.obstacle?.rawValue ?? "")
    }

    /// Ticket and outcome are those of the case.
    private mutating func put(_ entry: OutboxEntry?) {
      put(entry == nil ? 0 : 1)
      guard let entry else { return }
      put(entry.key.rawValue)
      put(entry.payload)
      put(entry.asOf)
    }

    mutating func take() -> SpooledCase {
      let examined = takeNumber() == 1
      let texts = (0..<6).map { _ in takeText() }
      guard let outcome = Outcome(rawValue: texts[4]) else {
        preconditionFailure("the spool gives back what was put into it")
      }
      let due = takeTime()
      let asOf = takeTime()
      let files = (0..<takeNumber()).map { _ in
        let name = takeText()
        let sha256 = takeText()
        return PlanLine.File(name: name, sha256: sha256.isEmpty ? nil : sha256)
      }
      let entry = takeEntry(Ticket.ID(texts[0]), outcome)
      let mail = takeEntry(Ticket.ID(texts[0]), outcome)
      let obstacle = CustomerMail.Obstacle(rawValue: takeText())
      return SpooledCase(
        record: CaseRecord(
          ticket: Ticket.ID(texts[0]), revision: Revision(rawValue: texts[1]), policy: texts[2], policyID: texts[3],
          outcome: outcome, line: texts[5], due: due, entry: entry,
          mail: mail.map { MailRecord(entry: $0, obstacle: obstacle) }, asOf: asOf), hasExaminedFiles: examined,
        files: files)
    }

    private mutating func takeEntry(_ ticket: Ticket.ID, _ outcome: Outcome) -> OutboxEntry? {
      guard takeNumber() == 1 else { return nil }
      let key = IdempotencyKey(rawValue: takeText())
      let payload = Array(takeBytes())
      return OutboxEntry(key: key, ticket: ticket, outcome: outcome, payload: payload, asOf: takeTime())
    }

    private mutating func put(_ number: Int64) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func put(_ text: [UInt8]) {
      put(Int64(text.count))
      bytes += text
    }

    private mutating func put(_ text: String) {
      put(Int64(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    }

    private mutating func put(_ time: Timestamp?) {
      put(time == nil ? 0 : 1)
      guard let time else { return }
      put(time.epochSeconds)
      put(Int64(time.offsetSeconds))
    }

    private mutating func takeNumber() -> Int64 {
      defer { place += 8 }
      return bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | Int64($1) }
    }

    private mutating func takeBytes() -> ArraySlice<UInt8> {
      let count = Int(takeNumber())
      defer { place += count }
      return bytes[place..<place + count]
    }

    private mutating func takeText() -> String { String(decoding: takeBytes(), as: UTF8.self) }

    private mutating func takeTime() -> Timestamp? {
      guard takeNumber() == 1 else { return nil }
      let seconds = takeNumber()
      return Timestamp(epochSeconds: seconds, offsetSeconds: Int32(truncatingIfNeeded: takeNumber()))
    }
  }
}
