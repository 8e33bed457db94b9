import ClosureModel
import DeliverCurl
import Foundation
import Outbox
import TestSupport
import Testing

@Suite("A receiver that sends us elsewhere")
struct RedirectTests {
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  @Test(
    "No redirect is followed, by whatever code: each reply is parked for its settings, and goes when they are mended")
  func parked() async throws {
    let folder = try TemporaryFolder()
    let elsewhere = try FaultServer.answering(AnswerTests.ok)
    defer { elsewhere.stop() }
    let transport = try CurlTransport(options: loopback)
    defer { transport.shutdown() }
    let store = MemoryCaseStore()
    _ = try await store.record((0..<10).map { .sample("T-\($0)") }, at: .sample)

    func deliver(to desk: FaultyDesk) async throws -> DeliveryReport {
      let target = GenericPreset(
        url: desk.url, signer: try Signer(secrets: [Self.secret]), timeoutSeconds: 5, connectTimeoutSeconds: 2)
      return try await Deliverer(
        store: store, transport: transport, target: target, retry: RetryPolicy(), maxInFlight: 4, clock: { .sample },
        jitter: { 0 }
      ).deliverDue(limit: nil, shouldStop: { false }, onProgress: { _ in })
    }
    let moved = try FaultyDesk(
      seed: 1, share: 1, knowsIDs: false, journal: folder.file("moved.jsonl"), elsewhere: elsewhere.url,
      only: [.redirected], isGenuine: { _ in true })
    defer { moved.stop() }
    let first = try await deliver(to: moved)
    #expect(first.parked == 10 && first.confirmed == 0 && first.lastProblem?.contains("redirects") == true)
    #expect(try await store.status().parked == [.ours: 10])
    #expect(elsewhere.received.isEmpty, "a reply, or a question about one, went to another host")
    #expect(try FaultyDesk.arrivals(folder.file("moved.jsonl")).count == 10)
    // The operator has put the new address into the settings.
    let mended = try FaultyDesk(
      seed: 1, share: 0, knowsIDs: false, journal: folder.file("mended.jsonl"), isGenuine: { _ in true })
    defer { mended.stop() }
    #expect(try await store.unpark(by: .sample, at: .sample) == 10)
    #expect(try await deliver(to: mended).confirmed == 10)
    #expect(mended.shown.count == 10 && mended.shown.values.allSatisfy { $0 == 1 })
  }
}
