public import ClosureModel
import Dispatch
import Synchronization

/// Opens and examines the files that may be a consent letter, several at once, and remembers what it saw: a file that
/// comes again for the same account is not examined twice.
public final class LetterDesk: Sendable {
  /// What a letter has to name.
  public struct Expectation: Sendable, Hashable {
    public let company: String
    public let account: String
    public init(company: String, account: String) {
      self.company = company
      self.account = account
    }
  }
  /// Opens one file and says what is on it. Called from several threads; fails as a fact of the reading, never otherwise.
  public typealias Examine =
    @Sendable (
      _ name: String, _ sha256: String, _ bytes: [UInt8], AttachmentFact.FileType, Expectation, _ isThorough: Bool
    ) -> AttachmentReading

  private struct Key: Hashable {
    let name: String, sha256: String
    let expectation: Expectation
    let isThorough: Bool
  }
  private struct Memory {
    var readings: [Key: AttachmentReading] = [:]
    var order: [Key] = []
  }
  private struct Job {
    let place: (ticket: Int, file: Int)
    let ticket: Ticket
    let fact: AttachmentFact
    /// Read too where the look at the pages has settled it.
    var isThorough = false
  }

  /// Files examined at once.
  let width: Int
  private let reader: any AttachmentReader
  private let examine: Examine
  private let memory = Mutex(Memory())
  /// Readings kept; the oldest goes first.
  private static let kept = 1000

  /// - Parameter width: files examined at once; one a core is best.
  public init(reader: any AttachmentReader, width: Int, examine: @escaping Examine) {
    self.reader = reader
    self.width = max(1, width)
    self.examine = examine
  }

  /// - Returns: for each ticket the readings of those files that were found, in the order of its facts.
  func readings(of tickets: [(ticket: Ticket, facts: [AttachmentFact])]) -> [[AttachmentReading]] {
    var jobs: [Job] = []
    for (at, (ticket, facts)) in tickets.enumerated() {
      for (file, fact) in facts.enumerated() where Self.isPicture(fact) {
        jobs.append(Job(place: (at, file), ticket: ticket, fact: fact))
      }
    }
    var out = [[AttachmentReading]](repeating: [], count: tickets.count)
    for (job, reading) in zip(jobs, work(jobs)) { if let reading { out[job.place.ticket].append(reading) } }
    // What stands beside a letter that may be accepted is read, whatever it looks like: it may take the letter back.
    let beside = jobs.filter { job in
      let readings = out[job.place.ticket]
      return readings.count > 1 && readings.contains(where: Self.mayBeAccepted)
        && readings.contains { $0.name == job.fact.name && $0.depth == .looked }
    }
    .map { job in
      var job = job
      job.isThorough = true
      return job
    }
    for (job, reading) in zip(beside, work(beside)) {
      guard let reading, let at = out[job.place.ticket].firstIndex(where: { $0.name == job.fact.name }) else {
        continue
      }
      out[job.place.ticket][at].objection = reading.objection ?? Self.silence(reading)
    }
    return out
  }

  /// - Returns: what became of each job; nil: there was no file.
  private func work(_ jobs: [Job]) -> [AttachmentReading?] {
    let results = Mutex<[Int: AttachmentReading]>([:])
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(width, jobs.count)) { _ in
      while true {
        let at = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard at < jobs.count else { return }
        let reading = self.reading(jobs[at])
        results.withLock { $0[at] = reading }
      }
    }
    return results.withLock { results in jobs.indices.map { results[$0] } }
  }

  private static func mayBeAccepted(_ reading: AttachmentReading) -> Bool {
    reading.problems.isEmpty && reading.letter?.title.state == .exact && reading.letter?.statement.state == .affirmed
  }

  /// Nobody knows what a file says that the recogniser gave no answer about.
  private static func silence(_ reading: AttachmentReading) -> Evidence? {
    reading.problems.first { $0.code == .notRead }?.evidence
  }

  private func reading(_ job: Job) -> AttachmentReading? {
    let (ticket, fact) = (job.ticket, job.fact)
    guard case .found(let sha256, _, let type) = fact.state else { return nil }
    let expectation = Expectation(company: ticket.company, account: ticket.account)
    let key = Key(name: fact.name, sha256: sha256, expectation: expectation, isThorough: job.isThorough)
    if let known = memory.withLock({ $0.readings[key] }) { return known }
    guard let bytes = reader.bytes(of: fact, in: ticket) else {
      // Looked at a moment ago, and gone or another file by now.
      return AttachmentReading(
        name: fact.name, sha256: sha256, type: type,
        failures: [DecodeFailure(.unavailable, "the file changed while it was read")], pages: [], depth: .notOpened,
        problems: [], letter: nil)
    }
    let reading = examine(fact.name, sha256, bytes, type, expectation, job.isThorough)
    // What failed for a passing reason may go well the next time.
    guard !Self.isPassing(reading) else { return reading }
    memory.withLock { memory in
      if memory.readings.updateValue(reading, forKey: key) == nil { memory.order.append(key) }
      if memory.order.count > Self.kept { memory.readings[memory.order.removeFirst()] = nil }
    }
    return reading
  }

  private static func isPassing(_ reading: AttachmentReading) -> Bool {
    reading.failures.contains { [.unavailable, .crashed, .tooSlow, .tooHungry].contains($0.code) }
      || reading.problems.contains { $0.code == .notRead }
  }

  private static func isPicture(_ fact: AttachmentFact) -> Bool {
    guard case .found(_, let bytes, let type) = fact.state, bytes > 0 else { return false }
    switch type {
    case .jpeg, .png, .gif, .bmp, .webp, .tiff, .pdf, .docx, .zip: return true
    case .heic, .doc, .rar, .sevenZip, .text, .empty, .unknown: return false
    }
  }
}
