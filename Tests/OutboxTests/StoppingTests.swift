import ClosureModel
import Outbox
import Synchronization
import TestSupport
import Testing

@Suite("Stopping, and a receiver that is gone")
struct StoppingTests {
  @Test("Asked to stop while every post hangs, it waits for none of them and gives all back without an attempt")
  func stop() async throws {
    let stop = Atomic(false)
    let desk = try await Desk(50, width: 8) { _, number in
      if number == 7 { stop.store(true, ordering: .relaxed) }
      return .hangs(mayHaveArrived: false)
    }
    let clock = ContinuousClock()
    let start = clock.now
    let report = try await desk.deliver(shouldStop: { stop.load(ordering: .relaxed) })
    // A post would take a minute; the tests beside this one take seconds of both cores.
    #expect(clock.now - start < .seconds(50))
    #expect((report.confirmed, report.retried, report.parked) == (0, 0, 0))
    #expect(try await desk.outbox() == [.queued: 50])
    #expect(try await desk.attempts() == Array(repeating: 0, count: 50))
    #expect(desk.transport.ids.count == 8)
  }

  @Test("A cancelled run leaves the same: what may have arrived is sent again under its id, at once")
  func cancelled() async throws {
    let desk = try await Desk(50, width: 8) { id, _ in .hangs(mayHaveArrived: id.contains("_T-1_")) }
    let run = Task { try await desk.deliver() }
    while desk.transport.ids.count < 8 { try await Task.sleep(for: .milliseconds(1)) }
    run.cancel()
    let report = try await run.value
    #expect(report.retried == 1)
    #expect(try await desk.outbox() == [.queued: 50])
    #expect(try await desk.attempts().reduce(0, +) == 1)
    #expect(try await desk.store.history(of: Ticket.ID("T-1")).count == 2)
  }

  @Test("What was confirmed before the stop stays confirmed")
  func kept() async throws {
    let desk = try await Desk(100, width: 4) { _, number in number < 40 ? .status(200) : .hangs(mayHaveArrived: false) }
    let run = Task { try await desk.deliver() }
    while desk.transport.ids.count < 44 { try await Task.sleep(for: .milliseconds(1)) }
    run.cancel()
    #expect(try await run.value.confirmed == 40)
    #expect(try await desk.outbox() == [.confirmed: 40, .queued: 60])
  }

  @Test("Told to stop before it begins, it claims nothing")
  func never() async throws {
    let desk = try await Desk(5) { _, _ in .status(200) }
    #expect(try await desk.deliver(shouldStop: { true }) == DeliveryReport())
    #expect(desk.transport.ids.isEmpty)
  }

  @Test(
    "A receiver that cannot be reached costs a few attempts, not one for every reply",
    arguments: [TransportOutcome.Failure.resolve, .connect, .tls, .timeout])
  func unreachable(_ failure: TransportOutcome.Failure) async throws {
    let desk = try await Desk(500, width: 4) { _, _ in .fails(failure) }
    let report = try await desk.deliver()
    #expect(report.unreachable)
    #expect(report.confirmed == 0)
    #expect(report.lastProblem?.contains(failure.rawValue) == true)
    #expect(try await desk.outbox() == [.queued: 500])
    // Five in a row, and those that ran beside the fifth.
    #expect(try await desk.attempts().reduce(0, +) <= 5 + 3)
  }

  @Test("One reply that cannot be delivered is unreachable too")
  func one() async throws {
    let desk = try await Desk(1) { _, _ in .fails(.connect) }
    #expect(try await desk.deliver().unreachable)
  }

  @Test("Single failures between answers do not end the round; a long row of them does")
  func hiccups() async throws {
    let bumpy = try await Desk(300, width: 4) { _, number in number % 3 == 0 ? .status(200) : .fails(.connect) }
    let report = try await bumpy.deliver()
    #expect(report.unreachable == false)
    #expect(report.confirmed + report.retried == 300)
    let gone = try await Desk(300, width: 4) { _, number in number < 20 ? .status(200) : .fails(.connect) }
    let end = try await gone.deliver()
    #expect(end.unreachable)
    #expect(end.confirmed == 20)
    let attempts = try await gone.attempts().reduce(0, +)
    #expect(attempts <= 8 + 3, "\(attempts)")
  }

  @Test("A receiver that answers, though every other time with an error, is not given up; a long row of errors is")
  func failing() async throws {
    let bumpy = try await Desk(100) { _, number in number % 2 == 0 ? .status(500) : .status(200) }
    let report = try await bumpy.deliver()
    #expect(report.unreachable == false)
    #expect(report.confirmed + report.retried == 100)
    let ill = try await Desk(300) { _, _ in .status(502) }
    let end = try await ill.deliver()
    #expect(end.unreachable)
    #expect(try await ill.outbox() == [.queued: 300])
    let attempts = try await ill.attempts().reduce(0, +)
    #expect(attempts <= 20 + 3, "\(attempts)")
  }

  @Test(
    "A webhook that refuses us keeps every reply queued and says what to check", arguments: [401, 403, 404, 405, 407])
  func refused(_ status: Int) async throws {
    let desk = try await Desk(300, width: 16) { _, _ in .status(status) }
    let report = try await desk.deliver()
    #expect(report.refused)
    #expect(report.parked == 0)
    #expect(report.lastProblem?.contains("\(status)") == true)
    #expect(report.lastProblem?.contains("webhook.url") == true)
    #expect(try await desk.outbox() == [.queued: 300])
    // Three in a row, and those that ran beside them: a round begins with eight.
    #expect(desk.transport.ids.count <= 3 + 8, "\(desk.transport.ids.count)")
  }

  @Test("An address that the settings do not allow, or one reply that is refused, says so too and parks nothing")
  func blocked() async throws {
    let desk = try await Desk(300, width: 16) { _, _ in .fails(.blockedAddress) }
    let report = try await desk.deliver()
    #expect(report.refused && report.parked == 0)
    #expect(report.lastProblem?.contains("allow_hosts") == true)
    #expect(try await desk.outbox() == [.queued: 300])
    #expect(desk.transport.ids.count <= 3 + 8, "\(desk.transport.ids.count)")
    let single = try await Desk(1) { _, _ in .status(401) }
    #expect(try await single.deliver().refused)
  }

  @Test("A refusal now and then is that reply's own and ends no round")
  func singleRefusals() async throws {
    let desk = try await Desk(100) { _, number in number % 5 == 0 ? .status(404) : .status(200) }
    let report = try await desk.deliver()
    #expect(report.refused == false)
    #expect((report.confirmed, report.retried) == (80, 20))
  }

  /// A ticket system that refuses some of its tickets, or us.
  private struct Refusing: DeliveryTarget {
    let refusal: @Sendable (_ ticket: String) -> AttemptEnd.Refusal?
    var attemptSeconds: Double { 1 }
    var isIdempotent: Bool { false }
    func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async -> AttemptEnd {
      let status = refusal(claim.entry.ticket.rawValue) == nil ? 200 : 403
      let last = TransportOutcome.answered(HTTPReply(status: status))
      guard let refusal = refusal(claim.entry.ticket.rawValue) else {
        return AttemptEnd(.shown(status: 200), last: last, refusal: nil)
      }
      let meaning: AttemptEnd.Meaning =
        refusal == .everything
        ? .refused(why: "shown to the customer", fault: .ours, mayHaveArrived: true)
        : .again(afterSeconds: nil, why: "not let in", mayHaveArrived: false)
      return AttemptEnd(meaning, last: last, refusal: refusal)
    }
  }

  private func round(_ count: Int, _ refusal: @escaping @Sendable (String) -> AttemptEnd.Refusal?) async throws
    -> (report: DeliveryReport, outbox: [OutboxEntry.State: Int])
  {
    let store = MemoryCaseStore()
    _ = try await store.record((0..<count).map { .sample("T-\($0)") }, at: .sample)
    let report = try await Deliverer(
      store: store, transport: ScriptedTransport { _, _ in .status(500) }, target: Refusing(refusal: refusal),
      retry: RetryPolicy(), maxInFlight: 8, clock: { .sample }, jitter: { 0 }
    ).deliverDue(limit: nil, shouldStop: { false }, onProgress: { _ in })
    return (report, try await store.status().outbox)
  }

  @Test(
    "A ticket system that refuses us keeps every reply queued", arguments: [AttemptEnd.Refusal.credentials, .rights])
  func shutOut(_ refusal: AttemptEnd.Refusal) async throws {
    let (report, outbox) = try await round(100) { _ in refusal }
    #expect(report.refused && report.parked == 0)
    #expect(report.retried <= 3 + 8)
    #expect(outbox == [.queued: 100])
  }

  @Test("Tickets that are closed to us stop no others, though they come in a row")
  func closedTickets() async throws {
    let (report, outbox) = try await round(100) { ticket in
      let number = Int(ticket.dropFirst(2)) ?? 0
      return (40..<60).contains(number) ? .rights : nil
    }
    #expect(report.refused == false)
    #expect(outbox == [.confirmed: 80, .queued: 20])
  }

  @Test("A system that shows notes to customers gets no more of them")
  func everything() async throws {
    let (report, outbox) = try await round(100) { _ in .everything }
    #expect(report.refused)
    // One, and those that ran beside it.
    #expect(report.parked <= 8 && outbox[.queued] == 100 - report.parked)
  }

  @Test("When the ledger fails, nothing more is posted and the error comes out")
  func ledger() async throws {
    let full = StoreError(code: .cannotWrite, what: "the disk is full", fix: "Free some.")
    let desk = try await Desk(2000, width: 4) { _, _ in .status(200) }
    await desk.store.failSettling(with: full)
    await #expect(throws: full) { try await desk.deliver() }
    // One group, and what ended while it was being written.
    #expect(desk.transport.ids.count <= 2 * 64 + 4)
  }
}
