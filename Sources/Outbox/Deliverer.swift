public import ClosureModel

/// Works off the outbox: claims what is due, keeps as many posts running as the receiver bears, writes results down in
/// groups. One deliverer serves one target, which is one endpoint.
public struct Deliverer: Sendable {
  let store: any OutboxQueue
  let transport: any WebhookTransport
  let target: any DeliveryTarget
  let retry: RetryPolicy
  let maxInFlight: Int
  let leaseSeconds: Int
  let waitSeconds: Double
  let clock: @Sendable () -> Timestamp
  let jitter: @Sendable () -> Double
  /// Claims held for each post that may run: deep enough that posts seldom wait for a claim.
  static let depth = 4
  /// Results wait at most so long before they are written: what a killed run sends twice, under the same id.
  private static let tick = Duration.milliseconds(50)

  /// - Parameter leaseSeconds: how long a claim holds; `nil`: long enough for every claim of a batch to time out in turn.
  /// - Parameter waitSeconds: how long a round with nothing to post may wait, all in all, for retries that fall due or for a
  ///   receiver that asked for a pause. The claims it holds meanwhile do not outlive their lease.
  /// - Parameter jitter: 0..<1.
  public init(
    store: any OutboxQueue, transport: any WebhookTransport, target: any DeliveryTarget, retry: RetryPolicy,
    maxInFlight: Int, leaseSeconds: Int? = nil, waitSeconds: Double = 0, clock: @escaping @Sendable () -> Timestamp,
    jitter: @escaping @Sendable () -> Double
  ) {
    self.store = store
    self.transport = transport
    self.target = target
    self.retry = retry
    self.maxInFlight = max(1, maxInFlight)
    self.leaseSeconds =
      leaseSeconds ?? max(300, Int(min(target.attemptSeconds, 86_400).rounded(.up)) * (Self.depth + 2))
    self.waitSeconds = max(0, waitSeconds)
    self.clock = clock
    self.jitter = jitter
  }

  private enum Event: Sendable {
    case finished(ClaimedEntry, AttemptEnd)
    case ended([PostEnd])
    case written(StoreError?)
    case claimed(Result<DeliveryRound.Claims, StoreError>)
    case tick
  }

  /// Sends until nothing is due, the receiver proves unreachable or refuses us, `shouldStop` says so or the task is
  /// cancelled. Then nothing new is begun, claims that were not begun go back untouched, and running posts end within the
  /// second that the transport allows itself.
  /// - Parameter limit: at most so many posts.
  /// - Parameter onProgress: called after each group of results was written.
  /// - Throws: the ledger's error. Results that it could not take are sent again later, under the same id.
  public func deliverDue(
    limit: Int?, shouldStop: @escaping @Sendable () -> Bool,
    onProgress: @escaping @Sendable (DeliveryReport) -> Void
  ) async throws(StoreError) -> DeliveryReport {
    var round = DeliveryRound(self, limit: limit)
    let (transport, target, clock) = (transport, target, clock)
    var lane = SenderLane(target, transport)
    await withTaskGroup(of: Event.self) { group in
      var ticking = false
      while true {
        let isStopped = shouldStop() || Task.isCancelled
        if isStopped || round.mustCancel {
          group.cancelAll()
          lane?.cancel()
        }
        if isStopped || round.mustEnd {
          round.stop()
        } else {
          while let claim = round.begin() {
            if lane?.add(claim, at: clock()) == nil {
              group.addTask { .finished(claim, await target.attempt(claim, over: transport, at: clock())) }
            }
          }
          lane?.begin()
          if let wanted = round.wantsClaims() {
            group.addTask { .claimed(await wanted()) }
          }
        }
        if let ends = lane?.wantsEnds() { group.addTask { .ended(await ends()) } }
        if let write = round.write() { group.addTask { .written(await write()) } }
        guard round.isBusy else { break }
        if !ticking, !round.isStopping {
          ticking = true
          group.addTask {
            // Cancelled early is as good.
            try? await Task.sleep(for: Self.tick)
            return .tick
          }
        }
        switch await group.next() {
        case .finished(let claim, let end): round.finished(claim, end)
        case .ended(let ends):
          lane?.ended(ends, at: clock()) { round.finished($0, $1) }
        case .claimed(let result): round.claimed(result)
        case .written(let failure): if round.wrote(failure) { onProgress(round.report) }
        case .tick:
          ticking = false
          round.ticked()
        case nil: break
        }
      }
      group.cancelAll()
    }
    if let failure = round.failure { throw failure }
    return round.report
  }
}
