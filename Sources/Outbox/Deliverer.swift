public import ClosureModel

/// What one round of sending came to.
public struct DeliveryReport: Sendable, Hashable {
  public var confirmed = 0
  public var retried = 0
  public var parked = 0
  /// Claimed and given back untouched.
  public var released = 0
  /// The receiver could not be reached at all.
  public var unreachable = false
  public var lastProblem: String?
  public init() {}
}

/// Works off the outbox: claims what is due, keeps a fixed number of posts running, writes results down in groups.
public struct Deliverer: Sendable {
  private let store: any CaseStore
  private let transport: any WebhookTransport
  private let preset: GenericPreset
  private let retry: RetryPolicy
  private let maxInFlight: Int
  private let clock: @Sendable () -> Timestamp
  private let jitter: @Sendable () -> Double
  /// Long enough for a post that times out; a dead run's claims are free after it.
  private let leaseSeconds: Int
  /// Results that are written in one transaction.
  private static let group = 64
  /// Failed connections in a row, without one success, after which the receiver counts as unreachable.
  private static let giveUp = 5

  public init(
    store: any CaseStore, transport: any WebhookTransport, preset: GenericPreset, retry: RetryPolicy, maxInFlight: Int,
    leaseSeconds: Int = 300, clock: @escaping @Sendable () -> Timestamp, jitter: @escaping @Sendable () -> Double
  ) {
    self.store = store
    self.transport = transport
    self.preset = preset
    self.retry = retry
    self.maxInFlight = max(1, maxInFlight)
    self.leaseSeconds = leaseSeconds
    self.clock = clock
    self.jitter = jitter
  }

  private struct Finished: Sendable {
    let claim: ClaimedEntry
    let outcome: TransportOutcome
  }

  /// Sends until nothing is due, the webhook proves unreachable, or `shouldStop` says so.
  /// - Parameter limit: at most so many posts.
  public func deliverDue(
    limit: Int?, shouldStop: @escaping @Sendable () -> Bool,
    onProgress: @escaping @Sendable (DeliveryReport) -> Void
  ) async throws(StoreError) -> DeliveryReport {
    var report = DeliveryReport()
    var waiting: [ClaimedEntry] = []
    var results: [Settlement] = []
    var left = limit ?? .max
    var failedInARow = 0
    var answered = 0
    var failure: StoreError?
    let (transport, preset, clock) = (transport, preset, clock)

    await withTaskGroup(of: Finished.self) { group in
      var running = 0
      var dry = false
      func stopping() -> Bool {
        shouldStop() || Task.isCancelled || (report.unreachable && failedInARow >= Self.giveUp) || failure != nil
      }
      func attempt(_ body: () async throws(StoreError) -> Void) async {
        guard failure == nil else { return }
        do throws(StoreError) { try await body() } catch { failure = error }
      }
      while true {
        if !stopping(), !dry, waiting.isEmpty, left > 0 {
          await attempt { () async throws(StoreError) in
            // Results first: a retry that is due at once must not be claimed before it is written.
            waiting = try await store.claim(
              limit: min(left, max(maxInFlight * 2, 16)), at: clock(), leaseSeconds: leaseSeconds)
            waiting.reverse()
            left -= waiting.count
            dry = waiting.isEmpty
          }
        }
        while running < maxInFlight, !stopping(), let claim = waiting.popLast() {
          running += 1
          group.addTask {
            Finished(claim: claim, outcome: await transport.send(preset.request(for: claim.entry, at: clock())))
          }
        }
        guard running > 0, let finished = await group.next() else { break }
        running -= 1
        if stopping() { group.cancelAll() }
        let settlement = settle(finished, &report, &failedInARow, &answered)
        results.append(settlement)
        if results.count >= Self.group || running == 0 {
          await attempt { () async throws(StoreError) in
            try await write(results)
            results.removeAll(keepingCapacity: true)
          }
          onProgress(report)
        }
        if stopping(), running == 0 { break }
      }
    }
    // Whatever was not begun goes back as it was, also when the run is being cancelled.
    results += waiting.map { Settlement(key: $0.entry.key, token: $0.token, result: .released) }
    report.released += waiting.count
    if !results.isEmpty, failure == nil { try await write(results) }
    if let failure { throw failure }
    return report
  }

  /// Writes results down, also while the run is being cancelled: what the receiver said must not be forgotten. The task is
  /// awaited, so it does not outlive the run; it only does not inherit the cancellation.
  private func write(_ results: [Settlement]) async throws(StoreError) {
    let (store, now) = (store, clock())
    let failure = await Task { () -> StoreError? in
      do throws(StoreError) {
        _ = try await store.settle(results, at: now)
        return nil
      } catch { return error }
    }.value
    if let failure { throw failure }
  }

  private func settle(
    _ finished: Finished, _ report: inout DeliveryReport, _ failedInARow: inout Int,
    _ answered: inout Int
  ) -> Settlement {
    var machine = DeliveryMachine(attempts: finished.claim.attempts, policy: retry)
    let result = machine.finished(finished.outcome, at: clock(), jitter: jitter())
    switch result {
    case .confirmed: report.confirmed += 1
    case .retry(_, let why):
      report.retried += 1
      report.lastProblem = why
    case .parked(let why):
      report.parked += 1
      report.lastProblem = why
    case .released: report.released += 1
    }
    switch finished.outcome {
    case .answered:
      answered += 1
      failedInARow = 0
    case .failed(let failure, _, _):
      if [.resolve, .connect, .tls, .timeout].contains(failure) { failedInARow += 1 }
    }
    report.unreachable = answered == 0 && failedInARow > 0
    return Settlement(key: finished.claim.entry.key, token: finished.claim.token, result: result)
  }
}
