import ClosureModel
import Foundation
import Outbox
import Synchronization
import TestSupport
import Testing

/// A target that shows a reply as often as it is posted, and says what it was told about each claim.
private final class ForgetfulTarget: DeliveryTarget {
  let attemptSeconds: Double = 30
  let isIdempotent = false
  let claims = Mutex<[ClaimedEntry]>([])

  func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async -> AttemptEnd {
    claims.withLock { $0.append(claim) }
    let request = WebhookRequest(
      url: "https://tickets.example.com/reply", headers: [HTTPField("webhook-id", claim.entry.key.rawValue)],
      body: claim.entry.payload, reuse: false)
    let outcome = await transport.send(request)
    switch outcome {
    case .answered(let reply): return AttemptEnd(.shown(status: reply.status), last: outcome)
    case .failed(.cancelled, _, let arrived): return AttemptEnd(.stopped(mayHaveArrived: arrived), last: outcome)
    case .failed(_, let what, let arrived):
      return AttemptEnd(.again(afterSeconds: nil, why: what, mayHaveArrived: arrived), last: outcome)
    }
  }
}

@Suite("Waiting within a round, and marking before the post")
struct WaitingTests {
  private static let clock: @Sendable () -> Timestamp = { Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970)) }

  private func deliver(
    _ store: MemoryCaseStore, _ transport: ScriptedTransport, target: (any DeliveryTarget)? = nil, width: Int = 8,
    wait: Double, clock: @escaping @Sendable () -> Timestamp = clock
  ) async throws -> DeliveryReport {
    let preset = GenericPreset(
      url: "https://tickets.example.com/hook", signer: nil, timeoutSeconds: 30, connectTimeoutSeconds: 5)
    return try await Deliverer(
      store: store, transport: transport, target: target ?? preset, retry: RetryPolicy(baseSeconds: 0.5),
      maxInFlight: width, waitSeconds: wait, clock: clock, jitter: { 0 }
    ).deliverDue(limit: nil, shouldStop: { false }, onProgress: { _ in })
  }

  @Test("A round waits for retries that fall due soon, and what must wait holds up nothing else")
  func retries() async throws {
    let store = MemoryCaseStore()
    _ = try await store.record((0..<200).map { .sample("T-\($0)") }, at: Self.clock())
    let transport = ScriptedTransport { _, number in
      number < 200 && number % 20 == 0 ? .status(429, retryAfter: "1") : .status(200)
    }
    let start = ContinuousClock.now
    let report = try await deliver(store, transport, wait: 30)
    let took = ContinuousClock.now - start
    #expect(report.confirmed == 200)
    #expect(report.retried == 10)
    #expect(took > .seconds(1) && took < .seconds(29), "\(took)")
    #expect(try await store.status().outbox == [.confirmed: 200])
    // The first 200 requests were made without a pause: nobody waited for the ten.
    #expect(Set(transport.ids.prefix(200)).count == 200)
  }

  @Test("It waits no longer than it may")
  func patience() async throws {
    let store = MemoryCaseStore()
    _ = try await store.record([.sample("T-1"), .sample("T-2")], at: Self.clock())
    let transport = ScriptedTransport { _, number in number == 0 ? .status(503, retryAfter: "600") : .status(200) }
    let start = ContinuousClock.now
    let report = try await deliver(store, transport, wait: 60)
    #expect(ContinuousClock.now - start < .seconds(50))
    #expect((report.confirmed, report.retried) == (1, 1))
  }

  @Test("A clock that stands still is not waited for")
  func fixed() async throws {
    let store = MemoryCaseStore()
    _ = try await store.record([.sample()], at: .sample)
    let transport = ScriptedTransport { _, _ in .status(503, retryAfter: "1") }
    let start = ContinuousClock.now
    let report = try await deliver(store, transport, wait: 60, clock: { .sample })
    #expect(ContinuousClock.now - start < .seconds(55))
    #expect(report.retried == 1)
  }

  @Test("A receiver that was there and is gone for a moment is found again")
  func comesBack() async throws {
    let store = MemoryCaseStore()
    _ = try await store.record((0..<60).map { .sample("T-\($0)") }, at: Self.clock())
    let transport = ScriptedTransport { _, number in (10..<20).contains(number) ? .fails(.connect) : .status(200) }
    let report = try await deliver(store, transport, width: 4, wait: 60)
    #expect(report.confirmed == 60)
    #expect(report.unreachable == false)
  }

  @Test("Where the receiver knows no keys, every post was marked before, in groups, and the first one is in no doubt")
  func marked() async throws {
    let store = MemoryCaseStore()
    _ = try await store.record((0..<100).map { .sample("T-\($0)") }, at: .sample)
    let target = ForgetfulTarget()
    let report = try await deliver(
      store, ScriptedTransport { _, _ in .status(201) }, target: target, wait: 0, clock: { .sample })
    #expect(report.confirmed == 100)
    let groups = await store.markedGroups
    #expect(groups.reduce(0, +) == 100)
    #expect(groups.count < 60, "\(groups)")
    #expect((groups.max() ?? 0) <= 8)
    #expect(target.claims.withLock { $0.allSatisfy { !$0.isInDoubt } })
  }

  @Test("What may have arrived comes back in doubt, so that the target can ask before it posts")
  func doubt() async throws {
    let store = MemoryCaseStore()
    _ = try await store.record([.sample("T-1"), .sample("T-2")], at: Self.clock())
    let target = ForgetfulTarget()
    let transport = ScriptedTransport { id, number in
      number > 1 ? .status(201) : .fails(.reset, mayHaveArrived: id.contains("_T-1_"))
    }
    #expect(try await deliver(store, transport, target: target, wait: 30).confirmed == 2)
    let later = target.claims.withLock { $0.suffix(2).map { ($0.entry.ticket.rawValue, $0.isInDoubt) } }
    #expect(Dictionary(uniqueKeysWithValues: later) == ["T-1": true, "T-2": false])
  }
}
