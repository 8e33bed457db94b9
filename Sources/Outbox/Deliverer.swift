public import ClosureModel

/// Works off the outbox: claims what is due, keeps a fixed number of posts running, writes results down in groups.
public struct Deliverer: Sendable {
  let store: any CaseStore
  let transport: any WebhookTransport
  let target: any DeliveryTarget
  let retry: RetryPolicy
  let maxInFlight: Int
  let leaseSeconds: Int
  let clock: @Sendable () -> Timestamp
  let jitter: @Sendable () -> Double
  /// Claims held for each post that may run: deep enough that posts seldom wait for a claim.
  static let depth = 4
  /// Results wait at most so long before they are written: what a killed run sends twice, under the same id.
  private static let tick = Duration.milliseconds(50)

  /// - Parameter leaseSeconds: how long a claim holds; `nil`: long enough for every claim of a batch to time out in turn.
  /// - Parameter jitter: 0..<1.
  public init(
    store: any CaseStore, transport: any WebhookTransport, target: any DeliveryTarget, retry: RetryPolicy,
    maxInFlight: Int,
    leaseSeconds: Int? = nil, clock: @escaping @Sendable () -> Timestamp, jitter: @escaping @Sendable () -> Double
  ) {
    self.store = store
    self.transport = transport
    self.target = target
    self.retry = retry
    self.maxInFlight = max(1, maxInFlight)
    self.leaseSeconds =
      leaseSeconds ?? max(300, Int(min(target.attemptSeconds, 86_400).rounded(.up)) * (Self.depth + 2))
    self.clock = clock
    self.jitter = jitter
  }

  private enum Event: Sendable {
    case finished(ClaimedEntry, AttemptEnd)
    case tick
  }

  /// Sends until nothing is due, the webhook proves unreachable, `shouldStop` says so or the task is cancelled. Then
  /// nothing new is begun, claims that were not begun go back untouched, and running posts end within the second that the
  /// transport allows itself.
  /// - Parameter limit: at most so many posts.
  /// - Parameter onProgress: called after each group of results was written.
  /// - Throws: the ledger's error. Results that it could not take are sent again later, under the same id.
  public func deliverDue(
    limit: Int?, shouldStop: @escaping @Sendable () -> Bool,
    onProgress: @escaping @Sendable (DeliveryReport) -> Void
  ) async throws(StoreError) -> DeliveryReport {
    var round = DeliveryRound(self, limit: limit)
    let (transport, target, clock) = (transport, target, clock)
    await withTaskGroup(of: Event.self) { group in
      var ticking = false
      while true {
        if round.mustEnd || shouldStop() || Task.isCancelled {
          group.cancelAll()
          await round.releaseWaiting()
        } else {
          await round.refill()
          while round.running < maxInFlight, let claim = round.begin() {
            group.addTask { .finished(claim, await target.attempt(claim, over: transport, at: clock())) }
          }
          if !ticking, round.running > 0 {
            ticking = true
            group.addTask {
              // Cancelled early is as good.
              try? await Task.sleep(for: Self.tick)
              return .tick
            }
          }
        }
        guard round.running > 0, let event = await group.next() else { break }
        switch event {
        case .finished(let claim, let end):
          round.finished(claim, end)
          guard round.isFull || round.running == 0 else { continue }
        case .tick: ticking = false
        }
        if await round.flush() { onProgress(round.report) }
      }
      group.cancelAll()
    }
    if await round.flush() { onProgress(round.report) }
    if let failure = round.failure { throw failure }
    return round.report
  }
}
