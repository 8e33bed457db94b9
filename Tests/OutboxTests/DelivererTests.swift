import ClosureModel
import Outbox
import Synchronization
import TestSupport
import Testing

/// A ledger of `count` replies that are due, and a deliverer over a scripted receiver.
struct Desk {
  let store = MemoryCaseStore()
  let transport: ScriptedTransport
  let width: Int

  init(_ count: Int, width: Int = 4, _ script: @escaping @Sendable (String, Int) -> ScriptedTransport.Step) async throws
  {
    transport = ScriptedTransport(script)
    self.width = width
    _ = try await store.record((0..<count).map { .sample("T-\($0)") }, at: .sample)
  }

  func deliver(
    limit: Int? = nil, at now: Timestamp = .sample, shouldStop: @escaping @Sendable () -> Bool = { false },
    onProgress: @escaping @Sendable (DeliveryReport) -> Void = { _ in }
  ) async throws -> DeliveryReport {
    let signer = try Signer(secrets: ["raw:0123456789abcdef"])
    let preset = GenericPreset(
      url: "https://tickets.example.com/hook", signer: signer, timeoutSeconds: 30, connectTimeoutSeconds: 5)
    return try await Deliverer(
      store: store, transport: transport, target: preset, retry: RetryPolicy(), maxInFlight: width, clock: { now },
      jitter: { 0 }
    ).deliverDue(limit: limit, shouldStop: shouldStop, onProgress: onProgress)
  }

  func outbox() async throws -> [OutboxEntry.State: Int] { try await store.status().outbox }

  /// Attempts of every entry that still waits.
  func attempts() async throws -> [Int] {
    try await store.claim(limit: 10_000, at: .sample.adding(seconds: 1_000_000), leaseSeconds: 300).map(\.attempts)
  }
}

@Suite("Sending what is due")
struct DelivererTests {
  @Test("Every reply is posted once, signed, with its own bytes, and confirmed", arguments: [1, 4, 64])
  func everything(_ width: Int) async throws {
    let desk = try await Desk(300, width: width) { _, _ in .status(200) }
    let report = try await desk.deliver()
    #expect(report.confirmed == 300)
    #expect(report.unreachable == false)
    #expect(try await desk.outbox() == [.confirmed: 300])
    #expect(Set(desk.transport.ids).count == 300)
    #expect(desk.transport.ids.count == 300)
    let signer = try Signer(secrets: ["raw:0123456789abcdef"])
    for request in desk.transport.log.requests {
      let signature = try #require(request.header("webhook-signature"))
      #expect(
        signer.verifies(
          header: signature, id: request.id, timestamp: Timestamp.sample.epochSeconds, body: request.body))
    }
  }

  @Test("No more posts run than are allowed, and as many do", arguments: [1, 3, 16])
  func width(_ width: Int) async throws {
    let desk = try await Desk(100, width: width) { _, _ in .slow(.milliseconds(20)) }
    #expect(try await desk.deliver().confirmed == 100)
    #expect(desk.transport.log.widest == width)
  }

  @Test("A slow reply holds up no other one")
  func slow() async throws {
    let desk = try await Desk(200, width: 2) { id, _ in id.contains("_T-0_") ? .after(199) : .status(200) }
    #expect(try await desk.deliver().confirmed == 200)
    #expect(desk.transport.log.ended.last == IdempotencyKey.sample("T-0").rawValue)
  }

  @Test("While one post hangs, the results of the others are already in the ledger")
  func flushed() async throws {
    let stop = Atomic(false)
    let desk = try await Desk(4, width: 2) { id, _ in
      id.contains("_T-0_") ? .hangs(mayHaveArrived: false) : .status(200)
    }
    async let report = desk.deliver(shouldStop: { stop.load(ordering: .relaxed) })
    let deadline = ContinuousClock.now + .seconds(60)
    while try await desk.outbox()[.confirmed] != 3, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(try await desk.outbox() == [.confirmed: 3, .claimed: 1])
    stop.store(true, ordering: .relaxed)
    #expect(try await report.confirmed == 3)
  }

  @Test("Results are written in groups, not one by one, and progress counts every one")
  func groups() async throws {
    let seen = Mutex<[Int]>([])
    let desk = try await Desk(640, width: 16) { _, _ in .status(200) }
    _ = try await desk.deliver(onProgress: { report in seen.withLock { $0.append(report.confirmed) } })
    let groups = await desk.store.settledGroups
    #expect(groups.reduce(0, +) == 640)
    // A quarter of what may run, but for a group that a tick cuts short now and then.
    #expect(groups.count <= 640 / 4 + 20, "\(groups)")
    let progress = seen.withLock { $0 }
    #expect(progress == progress.sorted())
    #expect(progress.last == 640)
  }

  @Test("Each reply ends as its answer says; what is to be retried is not retried in the same round")
  func mixed() async throws {
    let desk = try await Desk(40) { id, _ in
      switch id.split(separator: "_")[2].last {
      case "1": .status(503)
      case "2": .status(429, retryAfter: "120")
      case "3": .status(410)
      case "4": .fails(.reset, mayHaveArrived: true)
      default: .status(202)
      }
    }
    let report = try await desk.deliver()
    #expect((report.confirmed, report.retried, report.parked, report.released) == (24, 12, 4, 0))
    #expect(report.lastProblem != nil)
    #expect(try await desk.outbox() == [.confirmed: 24, .queued: 12, .parked: 4])
    #expect(desk.transport.ids.count == 40)
    #expect(try await desk.store.nextDue(after: .sample) == .sample.adding(seconds: 3))
  }

  @Test("A retry posts the same bytes under the same id, signed for its own time")
  func retry() async throws {
    let desk = try await Desk(1) { _, number in number == 0 ? .status(503) : .status(200) }
    #expect(try await desk.deliver().retried == 1)
    #expect(try await desk.deliver(at: .sample.adding(seconds: 2)).confirmed == 0)
    #expect(try await desk.deliver(at: .sample.adding(seconds: 3)).confirmed == 1)
    let requests = desk.transport.log.requests
    #expect(requests.count == 2)
    #expect(requests.first?.body == requests.last?.body)
    #expect(requests.first?.id == requests.last?.id)
    #expect(requests.first?.header("Idempotency-Key") == requests.last?.header("Idempotency-Key"))
    #expect(requests.first?.header("webhook-timestamp") != requests.last?.header("webhook-timestamp"))
    #expect(requests.first?.header("webhook-signature") != requests.last?.header("webhook-signature"))
  }

  @Test("A limit is kept, the rest waits untouched", arguments: [0, 1, 7])
  func limit(_ limit: Int) async throws {
    let desk = try await Desk(20) { _, _ in .status(200) }
    #expect(try await desk.deliver(limit: limit).confirmed == limit)
    #expect(desk.transport.ids.count == limit)
    #expect(try await desk.outbox()[.queued] == 20 - limit)
  }
}
