import ClosureModel
import Foundation
import Notify
import Synchronization
import Testing

/// Takes every message and keeps its text.
final class TakingTransport: WebhookTransport {
  let bodies = Mutex<[String]>([])
  let answer: Mutex<String>
  init(_ answer: String = #"{"errcode":0}"#) { self.answer = Mutex(answer) }
  func send(_ request: WebhookRequest) async -> TransportOutcome {
    bodies.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
    return .answered(HTTPReply(status: 200, body: Array(answer.withLock { $0 }.utf8)))
  }
  func take() -> [String] {
    bodies.withLock { bodies in
      defer { bodies = [] }
      return bodies
    }
  }
}

/// A desk that is told the same thing again and again, with a clock of its own and what it knew kept as between runs.
final class Desk {
  let transport = TakingTransport()
  var now = noon
  var memories: [String: ChannelMemory] = [:]
  var on = Set(NoticeKind.allCases)

  func wait(hours: Double) { now = now.adding(seconds: Int64(hours * 3600)) }

  @discardableResult
  func tell(_ facts: DeskFacts, until end: Timestamp? = nil) async throws -> (texts: [String], report: ChannelReport) {
    let channel = NoticeChannel(
      name: "1 wecom",
      way: .robot(Robot(kind: .wecom, url: "https://qyapi.example.com/send?key=k", secret: nil), transport), on: on,
      deadlinesUntil: end)
    let now = now
    let courier = NoticeCourier(channels: [channel], words: try words(), clock: { now }, sleep: { _ in })
    let kept = try JSONDecoder().decode([String: ChannelMemory].self, from: try JSONEncoder().encode(memories))
    let result = await courier.tell(facts, kept)
    memories = result.memories
    return (transport.take(), try #require(result.reports.first))
  }
}

@Suite("What is told, and when again")
struct MemoryTests {
  private func run(_ recorded: Int = 0, confirmed: Int = 0, rowErrors: Int = 0) -> DeskFacts {
    var facts = DeskFacts()
    facts.run = RunCounts(outcomes: [.review: 3], recorded: recorded, rowErrors: rowErrors, confirmed: confirmed)
    return facts
  }

  @Test("A quiet cron stays quiet: only news make a summary, and a changed number of unreadable rows")
  func summary() async throws {
    let desk = Desk()
    #expect(try await desk.tell(run(3)).texts.count == 1)
    #expect(try await desk.tell(run()).texts == [])
    #expect(try await desk.tell(run(confirmed: 1)).texts.count == 1)
    #expect(try await desk.tell(run(rowErrors: 2)).texts.count == 1)
    #expect(try await desk.tell(run(rowErrors: 2)).texts == [])
    #expect(try await desk.tell(run(rowErrors: 3)).texts.count == 1)
    #expect(try await desk.tell(run()).texts == [])
    #expect(try await desk.tell(run(rowErrors: 3)).texts.count == 1)
    // A delivery alone has no run to tell of.
    #expect(try await desk.tell(DeskFacts()).texts == [])
  }

  @Test("A parked reply is told once; a later one alone, with the total")
  func parkedOnce() async throws {
    let desk = Desk()
    var facts = DeskFacts()
    facts.parked = parked(["T-1", "T-2"])
    let first = try await desk.tell(facts).texts
    #expect(first.count == 1 && first[0].contains("T-1") && first[0].contains("T-2"))
    #expect(try await desk.tell(facts).texts == [])
    // Not looked at: nothing is forgotten.
    #expect(try await desk.tell(DeskFacts()).texts == [])
    facts.parked = parked(["T-3", "T-2", "T-1"])
    let later = try await desk.tell(facts).texts
    #expect(later.count == 1 && later[0].contains("T-3") && !later[0].contains("T-1") && later[0].contains("3 条"))
    // Mended and parked once more: news again.
    facts.parked = parked([])
    #expect(try await desk.tell(facts).texts == [])
    facts.parked = parked(["T-1"])
    #expect(try await desk.tell(facts).texts.count == 1)
  }

  @Test("A deadline is told when it is near and again when it is past, to each channel in its own time")
  func deadlines() async throws {
    let desk = Desk()
    var facts = DeskFacts()
    facts.deadlines = [
      OpenDeadline(ticket: Ticket.ID("T-1"), due: noon.adding(seconds: 3600), waitsFor: .person),
      OpenDeadline(ticket: Ticket.ID("T-2"), due: noon.adding(seconds: 50 * 3600), waitsFor: .reply),
    ]
    let end = noon.adding(seconds: 24 * 3600)
    let near = try await desk.tell(facts, until: end).texts
    #expect(near.count == 1 && near[0].contains("T-1") && !near[0].contains("T-2"))
    #expect(try await desk.tell(facts, until: end).texts == [])
    desk.wait(hours: 2)
    let past = try await desk.tell(facts, until: end).texts
    #expect(past.count == 1 && past[0].contains("T-1") && past[0].contains("已于"))
    #expect(try await desk.tell(facts, until: end).texts == [])
  }

  @Test("A stop is told when it begins, when its reason changes, and again after six hours")
  func stops() async throws {
    let desk = Desk()
    var facts = DeskFacts()
    facts.stop = .unreachable
    facts.waiting = 7
    #expect(try await desk.tell(facts).texts.first?.contains("7 条") == true)
    #expect(try await desk.tell(facts).texts == [])
    desk.wait(hours: 6)
    #expect(try await desk.tell(facts).texts.count == 1)
    facts.stop = .stopLoss
    #expect(try await desk.tell(facts).texts.count == 1)
    #expect(try await desk.tell(DeskFacts()).texts == [])
    #expect(try await desk.tell(facts).texts.count == 1)
  }

  @Test("What was not taken is told by the next run; a channel gets only what it asked for")
  func failing() async throws {
    let desk = Desk()
    desk.transport.answer.withLock { $0 = #"{"errcode":93000,"errmsg":"invalid webhook url, key=k"}"# }
    let failed = try await desk.tell(run(3))
    #expect(failed.report.sent == 0 && failed.report.problems.count == 1)
    #expect(failed.report.problems[0].contains("93000") && !failed.report.problems[0].contains("key=k"))
    desk.transport.answer.withLock { $0 = #"{"errcode":0}"# }
    var facts = run(0)
    facts.parked = parked(["T-1"])
    facts.stop = .hold
    desk.on = [.parked]
    let texts = try await desk.tell(facts).texts
    #expect(texts.count == 1 && texts[0].contains("T-1"))
  }

  @Test("The memory holds no ticket and is no larger than what is open")
  func memory() async throws {
    let desk = Desk()
    var facts = DeskFacts()
    facts.parked = parked((1...500).map { "Ticket-\($0)" })
    try await desk.tell(facts)
    let text = String(decoding: try JSONEncoder().encode(desk.memories), as: UTF8.self)
    #expect(!text.contains("Ticket") && !text.contains("qyapi") && text.utf8.count < 500 * 24)
    facts.parked = parked([])
    try await desk.tell(facts)
    #expect(try JSONEncoder().encode(desk.memories).count < 300)
  }

  @Test("Robots get at most what they bear, also over several runs; a clock set back does not hold them for ever")
  func pace() {
    var pace = Pace(limits: [Pace.Limit(count: 19, seconds: 60)])
    for _ in 0..<19 {
      #expect(pace.ask(at: noon) == .now)
      pace.record(at: noon)
    }
    #expect(pace.ask(at: noon) == .wait(seconds: 60))
    #expect(pace.ask(at: noon.adding(seconds: 59)) == .wait(seconds: 1))
    #expect(pace.ask(at: noon.adding(seconds: 60)) == .now)
    #expect(pace.ask(at: noon.adding(seconds: -86_400)) == .wait(seconds: 60))
    let again = Pace(limits: [Pace.Limit(count: 19, seconds: 60)], sent: pace.sent)
    #expect(again.ask(at: noon.adding(seconds: 1)) == .wait(seconds: 59))
    pace.block(seconds: 600, at: noon)
    #expect(pace.ask(at: noon.adding(seconds: 100)) == .wait(seconds: 500))
    #expect(pace.ask(at: noon.adding(seconds: -86_400 * 30)) == .wait(seconds: 60))
  }

  @Test("Hours of a deadline are hours of working days; a day without a calendar is a day off")
  func horizon() throws {
    // 2026-11-20 is a Friday.
    let friday = try #require(Timestamp(parsing: "2026-11-20T18:00:00+08:00"))
    let weekdays: (Day) -> Bool? = { $0.weekday < 6 }
    #expect(
      DeadlineHorizon.end(from: friday, hours: 24, isWorkingDay: weekdays)
        == Timestamp(parsing: "2026-11-23T18:00:00+08:00"))
    #expect(DeadlineHorizon.end(from: friday, hours: 2, isWorkingDay: weekdays) == friday.adding(seconds: 7200))
    #expect(
      DeadlineHorizon.end(from: friday, hours: 24, isWorkingDay: { _ in nil }) == friday.adding(seconds: 30 * 86_400))
  }
}
