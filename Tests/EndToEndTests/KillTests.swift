import ClosureModel
import DeliverCurl
import Foundation
import Outbox
import StoreSQLite
import TestSupport
import Testing

/// Replies in a ledger, a desk that misbehaves, and a sender that is killed again and again.
private struct KillProof {
  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  let desk: Desk
  let faulty: FaultyDesk
  let seed: UInt64
  let count: Int
  var journal: String { desk.scratch.path("faults.jsonl") }
  var ledger: String { desk.scratch.path("state/ledger.sqlite") }

  init(count: Int, seed: UInt64, share: Double, knowsIDs: Bool, inFlight: Int) async throws {
    self.count = count
    self.seed = seed
    desk = try Desk()
    let signer = try Signer(secrets: [Self.secret])
    faulty = try FaultyDesk(
      seed: seed, share: share, knowsIDs: knowsIDs, journal: desk.scratch.path("faults.jsonl")
    ) { request in
      guard let id = request.header("webhook-id"), let signature = request.header("webhook-signature"),
        let time = request.header("webhook-timestamp").flatMap(Int64.init),
        abs(Int64(Date().timeIntervalSince1970) - time) < 300
      else { return false }
      return signer.verifies(header: signature, id: id, timestamp: time, body: request.body)
    }
    try desk.configure(
      url: faulty.url, more: "limits: { max_posts: 1000000 }", hook: "max_in_flight: \(inFlight)\n  timeout: 5")
    try FileManager.default.createDirectory(
      atPath: desk.scratch.path("state"), withIntermediateDirectories: true)
    let store = try SQLiteCaseStore(path: ledger)
    let now = Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970))
    for start in stride(from: 0, to: count, by: 500) {
      _ = try await store.record((start..<min(count, start + 500)).map { .sample("T-\($0)") }, at: now)
    }
  }

  func outbox() async throws -> [OutboxEntry.State: Int] {
    try await SQLiteCaseStore.openReadOnly(path: ledger).status().outbox
  }

  /// Ids that were shown or known, how often each came in, and how many came in unsigned.
  func journalled() throws -> (times: [String: Int], shown: [String: Int], unsigned: Int) {
    var (times, shown, unsigned) = ([String: Int](), [String: Int](), 0)
    for arrival in try FaultyDesk.arrivals(journal) {
      times[arrival.id, default: 0] += 1
      if arrival.shown { shown[arrival.id, default: 0] += 1 }
      if !arrival.genuine { unsigned += 1 }
    }
    return (times, shown, unsigned)
  }
}

@Suite("A sender that is killed at any moment", .serialized)
struct KillTests {
  private static func seed() -> UInt64 {
    ProcessInfo.processInfo.environment["KILL_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 1...1_000_000)
  }
  /// Hundreds by default; `KILL_COUNT=20000` for the long proof.
  private static let count =
    ProcessInfo.processInfo.environment["KILL_COUNT"].flatMap(Int.init) ?? 400

  @Test("Through every fault and kill nothing is lost, nothing is shown twice, and every signature is right")
  func program() async throws {
    let (seed, width) = (Self.seed(), 16)
    let proof = try await KillProof(count: Self.count, seed: seed, share: 0.15, knowsIDs: true, inFlight: width)
    defer { proof.faulty.stop() }
    var generator = SeededGenerator(seed: seed)
    var kills = 0
    let most = max(6, Self.count / 100)
    while kills < most {
      let process = Program.process(["deliver", "--quiet", "--config", proof.desk.config])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 20_000..<400_000, using: &generator))
      guard process.isRunning else { break }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      kills += 1
    }
    // Left alone, it finishes what is left: in one run, or a few where a reply has to wait longer than a run does.
    var last: Program.Result?
    for _ in 0..<10 {
      last = try proof.desk.run("deliver", "--quiet")
      guard try await proof.outbox()[.confirmed] != proof.count else { break }
    }
    let outbox = try await proof.outbox()
    let (times, shown, unsigned) = try proof.journalled()
    #expect(outbox == [.confirmed: proof.count], "seed \(seed): \(outbox) \(last?.error ?? "")")
    #expect(shown.count == proof.count, "seed \(seed): \(proof.count - shown.count) lost")
    #expect(shown.values.allSatisfy { $0 == 1 }, "seed \(seed): shown twice")
    #expect(times.count == proof.count, "seed \(seed): a reply came under two ids")
    #expect(unsigned == 0, "seed \(seed)")
    // Beside what the faults themselves made the sender repeat, a kill repeats at most the posts that were in flight.
    let hurt = try FaultyDesk.arrivals(proof.journal).count {
      $0.fault != "none" && $0.fault != "slow" && $0.fault != "twoAnswers" && $0.fault != "closedAfter"
    }
    let arrivals = times.values.reduce(0, +)
    let repeats = arrivals - proof.count - hurt
    #expect(repeats <= kills * width, "seed \(seed): \(repeats) repeats after \(kills) kills")
    print(
      "kill proof: seed \(seed), \(proof.count) replies, \(kills) kills, \(arrivals) posts, \(max(0, repeats)) repeats by kills"
    )
  }

  @Test("Where the system shows whatever it is sent, asking first keeps every reply to one", arguments: [0, 1, 2])
  func readBack(_ round: Int) async throws {
    let (seed, width) = (Self.seed() &+ UInt64(round), 8)
    let proof = try await KillProof(
      count: max(60, Self.count / 5), seed: seed, share: 0.15, knowsIDs: false, inFlight: width)
    defer { proof.faulty.stop() }
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<max(5, Self.count / 400) {
      let (url, ledger, secret) = (proof.faulty.url, proof.ledger, KillProof.secret)
      let micros = Int.random(in: 5_000..<120_000, using: &generator)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [url = url as String, ledger = ledger as String, secret = secret as String, micros = micros as Int] in
        Thread.detachNewThread {
          usleep(UInt32(micros))
          kill(getpid(), SIGKILL)
        }
        _ = try await AskingTarget.deliver(ledger: ledger, url: url, secret: secret)
        // Finished before its time: wait for it.
        sleep(60)
      }
    }
    for _ in 0..<5 {
      guard try await proof.outbox()[.confirmed] != proof.count else { break }
      _ = try await AskingTarget.deliver(ledger: proof.ledger, url: proof.faulty.url, secret: KillProof.secret)
    }
    let (_, shown, unsigned) = try proof.journalled()
    #expect(try await proof.outbox() == [.confirmed: proof.count], "seed \(seed)")
    #expect(shown.count == proof.count, "seed \(seed): lost")
    let twice = shown.filter { $0.value != 1 }
    #expect(twice.isEmpty, "seed \(seed): \(twice)")
    #expect(unsigned == 0)
  }
}

/// A target over a system that knows no keys: before it posts what is in doubt, it asks whether the reply is there.
private struct AskingTarget: DeliveryTarget {
  let url: String
  let signer: Signer
  var attemptSeconds: Double { 10 }
  var isIdempotent: Bool { false }

  static func deliver(ledger: String, url: String, secret: String) async throws -> DeliveryReport {
    var options = CurlOptions()
    options.allowHTTPLoopback = true
    let transport = try CurlTransport(options: options)
    defer { transport.shutdown() }
    let store = try SQLiteCaseStore(path: ledger)
    let clock: @Sendable () -> Timestamp = { Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970)) }
    _ = try await store.reclaim(at: clock())
    return try await Deliverer(
      store: store, transport: transport, target: AskingTarget(url: url, signer: try Signer(secrets: [secret])),
      retry: RetryPolicy(baseSeconds: 0.05, maxSeconds: 1, maxAttempts: 50), maxInFlight: 8, waitSeconds: 10,
      clock: clock, jitter: { 0 }
    ).deliverDue(limit: nil, shouldStop: { false }, onProgress: { _ in })
  }

  func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async -> AttemptEnd {
    let id = claim.entry.key.rawValue
    if claim.isInDoubt {
      let question = WebhookRequest(method: "GET", url: url, headers: [HTTPField("webhook-id", id)], body: [])
      let outcome = await transport.send(question)
      guard case .answered(let reply) = outcome, reply.status == 200 else {
        return AttemptEnd(.again(afterSeconds: nil, why: "could not ask", mayHaveArrived: true), last: outcome)
      }
      if reply.body != Array("0".utf8) { return AttemptEnd(.shown(status: 200), last: outcome) }
    }
    let body = claim.entry.payload
    let request = WebhookRequest(
      url: url,
      headers: [
        HTTPField("webhook-id", id), HTTPField("webhook-timestamp", "\(now.epochSeconds)"),
        HTTPField("webhook-signature", signer.header(id: id, timestamp: now.epochSeconds, body: body)),
      ], body: body, timeoutSeconds: 5, reuse: false)
    let outcome = await transport.send(request)
    switch outcome {
    case .answered(let reply) where (200..<300).contains(reply.status):
      return AttemptEnd(.shown(status: reply.status), last: outcome)
    case .answered(let reply):
      return AttemptEnd(
        .again(
          afterSeconds: reply.header("Retry-After").flatMap(Double.init), why: "\(reply.status)",
          mayHaveArrived: reply.status != 429),
        last: outcome)
    case .failed(let failure, let what, let arrived):
      return AttemptEnd(.again(afterSeconds: nil, why: "\(failure): \(what)", mayHaveArrived: arrived), last: outcome)
    }
  }
}
