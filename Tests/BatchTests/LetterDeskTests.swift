import ClosureModel
import Foundation
import Synchronization
import Testing

@testable import Batch

@Suite("Letters examined side by side")
struct LetterDeskTests {
  /// Files of any name, with their name as content; a listed one is gone when it is read.
  private struct Folder: AttachmentReader {
    var gone: Set<String> = []
    func facts(of ticket: Ticket) -> [AttachmentFact] {
      ticket.attachments.map { name in
        let type: AttachmentFact.FileType = name.hasSuffix(".txt") ? .text : .jpeg
        return AttachmentFact(name: name, state: .found(sha256: "hash of " + name, bytes: name.utf8.count, type: type))
      }
    }
    func bytes(of fact: AttachmentFact, in ticket: Ticket) -> [UInt8]? {
      gone.contains(fact.name) ? nil : Array(fact.name.utf8)
    }
  }

  /// What was examined, and how many at once at most.
  private final class Journal: Sendable {
    struct State {
      var calls: [String] = []
      var running = 0
      var most = 0
    }
    let state = Mutex(State())
  }

  private func desk(_ journal: Journal, _ folder: Folder = Folder(), width: Int = 2, failing: Bool = false)
    -> LetterDesk
  {
    LetterDesk(reader: folder, width: width) { name, sha256, bytes, type, expectation, _ in
      journal.state.withLock {
        $0.calls.append("\(String(decoding: bytes, as: UTF8.self)) for \(expectation.account)")
        $0.running += 1
        $0.most = max($0.most, $0.running)
      }
      // Until a second one has begun, where there can be one.
      let deadline = ContinuousClock.now + .seconds(20)
      while width > 1, journal.state.withLock({ $0.most }) < width, ContinuousClock.now < deadline { usleep(1000) }
      journal.state.withLock { $0.running -= 1 }
      return AttachmentReading(
        name: name, sha256: sha256, type: type, failures: failing ? [DecodeFailure(.crashed, "died")] : [], pages: [],
        depth: .looked, problems: [], letter: nil)
    }
  }

  private func tickets(_ folder: Folder, _ files: [[String]], account: String = "jdc_test") -> [(
    ticket: Ticket, facts: [AttachmentFact]
  )] {
    files.enumerated().map { index, names in
      let ticket = Ticket(
        id: Ticket.ID("T-\(index)"), origin: Origin(file: "x", row: index + 1), category: "", subject: "", body: "",
        status: "", account: account, attachments: names)
      return (ticket, folder.facts(of: ticket))
    }
  }

  @Test("Each ticket gets the readings of its own files, in their order, with two files in work at once")
  func order() {
    let (journal, folder) = (Journal(), Folder())
    let files = [["a.jpg", "b.txt", "c.jpg"], [], ["d.jpg"], ["e.jpg", "f.jpg"]]
    let readings = desk(journal).readings(of: tickets(folder, files))
    #expect(readings.map { $0.map(\.name) } == [["a.jpg", "c.jpg"], [], ["d.jpg"], ["e.jpg", "f.jpg"]])
    #expect(journal.state.withLock { $0.most } == 2)
  }

  @Test("A file is examined once for an account, and anew for another")
  func memory() {
    let (journal, folder) = (Journal(), Folder())
    let desk = desk(journal, width: 1)
    _ = desk.readings(of: tickets(folder, [["a.jpg"], ["a.jpg"]]))
    _ = desk.readings(of: tickets(folder, [["a.jpg"]]))
    #expect(journal.state.withLock { $0.calls } == ["a.jpg for jdc_test"])
    _ = desk.readings(of: tickets(folder, [["a.jpg"]], account: "jdc_other"))
    #expect(journal.state.withLock { $0.calls } == ["a.jpg for jdc_test", "a.jpg for jdc_other"])
  }

  @Test("What failed for a passing reason is tried again")
  func passing() {
    let (journal, folder) = (Journal(), Folder())
    let desk = desk(journal, width: 1, failing: true)
    for _ in 0..<2 { _ = desk.readings(of: tickets(folder, [["a.jpg"]])) }
    #expect(journal.state.withLock { $0.calls.count } == 2)
  }

  @Test("What stands beside a letter that may be accepted is read, whatever it looks like; otherwise nothing more is")
  func beside() throws {
    func readings(_ statement: LetterReading.Statement.State) -> (readings: [AttachmentReading], thorough: [String]) {
      let folder = Folder()
      let thorough = Mutex<[String]>([])
      let desk = LetterDesk(reader: folder, width: 2) { name, sha256, _, type, _, isThorough in
        if isThorough { thorough.withLock { $0.append(name) } }
        let isLetter = name == "b.jpg"
        var reading = AttachmentReading(
          name: name, sha256: sha256, type: type, failures: [], pages: [],
          depth: isLetter || isThorough ? .read : .looked, problems: [],
          letter: isLetter ? Self.letter(statement) : nil)
        if isThorough, name == "c.jpg" { reading.objection = Evidence(.attachment(name), quote: "作废") }
        return reading
      }
      let found = desk.readings(of: tickets(folder, [["a.jpg", "b.jpg", "c.jpg"], ["d.jpg"]]))
      return (found[0], thorough.withLock { $0.sorted() })
    }
    let whole = readings(.affirmed)
    #expect(whole.thorough == ["a.jpg", "c.jpg"])
    #expect(whole.readings.map { $0.objection?.quote } == [nil, nil, "作废"])
    #expect(whole.readings.map(\.depth) == [.looked, .read, .looked])
    #expect(readings(.refused).thorough.isEmpty)
  }

  private static func letter(_ statement: LetterReading.Statement.State) -> LetterReading {
    LetterReading(
      entry: nil, pages: [1], title: .init(state: .exact, field: nil), company: .init(state: .equal, field: nil),
      account: .init(state: .equal, field: nil), date: .init(state: .missing, field: nil), contactName: nil, phone: nil,
      email: nil, statement: .init(state: statement, field: nil), isBlankTemplate: false, otherDocument: nil, seals: [])
  }

  @Test("A file that changed since it was looked at is not opened, and says so")
  func changed() throws {
    let (journal, folder) = (Journal(), Folder(gone: ["a.jpg"]))
    let readings = desk(journal, folder).readings(of: tickets(folder, [["a.jpg"]]))
    let reading = try #require(readings.first?.first)
    #expect(reading.failures.map(\.code) == [.unavailable])
    #expect(reading.depth == .notOpened)
    #expect(journal.state.withLock { $0.calls }.isEmpty)
  }
}
