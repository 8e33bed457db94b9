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
    #expect(clock.now - start < .seconds(20))
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
    #expect(try await gone.attempts().reduce(0, +) <= 8 + 3)
  }

  @Test("A receiver that answers, though with errors, is not unreachable")
  func failing() async throws {
    let desk = try await Desk(30) { _, _ in .status(500) }
    let report = try await desk.deliver()
    #expect(report.unreachable == false)
    #expect(report.retried == 30)
  }

  @Test("When the ledger fails, nothing more is posted and the error comes out")
  func ledger() async throws {
    let full = StoreError(code: .cannotWrite, what: "the disk is full", fix: "Free some.")
    let desk = try await Desk(2000, width: 4) { _, _ in .status(200) }
    await desk.store.failSettling(with: full)
    await #expect(throws: full) { try await desk.deliver() }
    // One group, and what ran beside it.
    #expect(desk.transport.ids.count <= 64 + 4)
  }
}
