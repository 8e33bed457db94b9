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
    @Sendable (_ name: String, _ sha256: String, _ bytes: [UInt8], AttachmentFact.FileType, Expectation) ->
    AttachmentReading

  private struct Key: Hashable {
    let name: String, sha256: String
    let expectation: Expectation
  }
  private struct Memory {
    var readings: [Key: AttachmentReading] = [:]
    var order: [Key] = []
  }
  private struct Job {
    let place: (ticket: Int, file: Int)
    let ticket: Ticket
    let fact: AttachmentFact
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
    let results = Mutex<[Int: AttachmentReading]>([:])
    let next = Atomic<Int>(0)
    let work = jobs
    DispatchQueue.concurrentPerform(iterations: min(width, work.count)) { _ in
      while true {
        let at = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard at < work.count else { return }
        let reading = self.reading(work[at].ticket, work[at].fact)
        results.withLock { $0[at] = reading }
      }
    }
    var out = [[AttachmentReading]](repeating: [], count: tickets.count)
    results.withLock { results in
      for (at, job) in work.enumerated() {
        if let reading = results[at] { out[job.place.ticket].append(reading) }
      }
    }
    return out
  }

  private func reading(_ ticket: Ticket, _ fact: AttachmentFact) -> AttachmentReading? {
    guard case .found(let sha256, _, let type) = fact.state else { return nil }
    let expectation = Expectation(company: ticket.company, account: ticket.account)
    let key = Key(name: fact.name, sha256: sha256, expectation: expectation)
    if let known = memory.withLock({ $0.readings[key] }) { return known }
    guard let bytes = reader.bytes(of: fact, in: ticket) else {
      // Looked at a moment ago, and gone or another file by now.
      return AttachmentReading(
        name: fact.name, sha256: sha256, type: type,
        failures: [DecodeFailure(.unavailable, "the file changed while it was read")], pages: [], depth: .notOpened,
        problems: [], letter: nil)
    }
    let reading = examine(fact.name, sha256, bytes, type, expectation)
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
