import ClosureModel

/// The books of one round: what is claimed, running, ended and not yet written. The task group around it does what it
/// hands out and brings back what came of it. At most one claim and one write are under way at a time, beside the posts.
struct DeliveryRound {
  /// What a claim brought, and when the next entry falls due where it brought none.
  struct Claims: Sendable {
    var claims: [ClaimedEntry]
    var nextDue: Timestamp?
  }

  private let deliverer: Deliverer
  private(set) var report = DeliveryReport()
  private(set) var running = 0
  /// The ledger's first error; the round ends with it.
  private(set) var failure: StoreError?
  private(set) var isStopping = false
  private var gate: EndpointGate
  /// Ready to be posted; last first.
  private var waiting: [ClaimedEntry] = []
  private var left: Int
  private var leaseEnd = Timestamp(epochSeconds: 0)
  private var isClaiming = false
  private var results: [Settlement] = []
  private var writing: [Settlement] = []
  private var failedWrites = 0
  /// Small groups are written when a tick says so.
  private var isWriteDue = false
  /// The ledger had nothing to give; it is asked again then, in seconds of `now`.
  private var dryUntil: Double?
  /// What the deliverer's clock read when the ledger first had nothing to give at that reading, and `now` then.
  private var dryClock: (reading: Timestamp, at: Double)?
  /// Seconds spent with nothing to do but wait.
  private var waited: Double = 0
  private var lastTick: Double = 0
  private let start = ContinuousClock.now

  /// Results that are written in one transaction, at the least while posts run.
  private var group: Int { max(1, deliverer.maxInFlight / 4) }
  /// Posts whose end the ledger does not know: never more than may be in flight, and so a kill costs no more repeats.
  private var unsettled: Int { running + results.count + writing.count }

  init(_ deliverer: Deliverer, limit: Int?) {
    self.deliverer = deliverer
    left = limit ?? .max
    gate = EndpointGate(most: deliverer.maxInFlight)
  }

  /// Seconds since the round began, by a clock that nobody sets.
  private var now: Double {
    let passed = (ContinuousClock.now - start).components
    return Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
  }

  private var patience: Double { deliverer.waitSeconds - waited }

  /// Posts that run are worth nothing more: the ledger failed, or nobody is there to answer them.
  var mustCancel: Bool { failure != nil || isUnreachable }
  /// Nothing more is begun.
  var mustEnd: Bool { mustCancel || gate.refusesUs || pauseIsTooLong }

  private var isUnreachable: Bool {
    guard case .open(let until) = gate.breaker.state else { return false }
    // What was never reached is not waited for.
    return !gate.breaker.hasAnswered || until - now > patience
  }

  private var pauseIsTooLong: Bool {
    if case .shut(let until) = gate.opening(at: now) { until - now > patience } else { false }
  }

  /// A clock that was set for a repeatable run: no waiting moves it.
  private var standsStill: Bool {
    guard let dryClock, now - dryClock.at > 2 else { return false }
    return deliverer.clock() == dryClock.reading
  }

  /// Whether anything will still come, or is worth waiting for.
  var isBusy: Bool {
    if running > 0 || isClaiming || !writing.isEmpty || (!results.isEmpty && failedWrites < 2) { return true }
    if isStopping { return false }
    if !waiting.isEmpty { return true }
    guard left > 0, !standsStill else { return false }
    return dryUntil.map { $0 - now <= patience } ?? true
  }

  /// The next post to begin; counts it as running.
  mutating func begin() -> ClaimedEntry? {
    guard !waiting.isEmpty, case .width(let width) = gate.opening(at: now), running < width,
      unsettled < deliverer.maxInFlight
    else { return nil }
    // A machine that slept: somebody else may hold these by now.
    guard deliverer.clock() < leaseEnd else {
      giveBackWaiting()
      return nil
    }
    gate.began(at: now)
    running += 1
    return waiting.removeLast()
  }

  /// What fetches more claims, where more are wanted; while the last ones are still being posted.
  mutating func wantsClaims() -> (@Sendable () async -> Result<Claims, StoreError>)? {
    guard !isClaiming, left > 0, now >= dryUntil ?? -1, case .width(let width) = gate.opening(at: now) else {
      return nil
    }
    // Where the receiver knows no keys, every claim is marked as sent before its post: no more of them than will be
    // posted at once, for each has to be asked after when we are killed.
    let isIdempotent = deliverer.target.isIdempotent
    guard waiting.count <= (isIdempotent ? deliverer.maxInFlight : 0) else { return nil }
    isClaiming = true
    let (deliverer, count) = (deliverer, min(left, isIdempotent ? deliverer.maxInFlight * Deliverer.depth : width))
    return {
      let now = deliverer.clock()
      do throws(StoreError) {
        let claims = try await deliverer.store.claim(limit: count, at: now, leaseSeconds: deliverer.leaseSeconds)
        if claims.isEmpty {
          return .success(Claims(claims: [], nextDue: try await deliverer.store.nextDue(after: now)))
        }
        if isIdempotent { return .success(Claims(claims: claims)) }
        let held = try await deliverer.store.markSent(claims, at: now)
        return .success(Claims(claims: zip(claims, held).compactMap { $1 ? $0 : nil }))
      } catch { return .failure(error) }
    }
  }

  mutating func claimed(_ result: Result<Claims, StoreError>) {
    isClaiming = false
    switch result {
    case .failure(let error): failure = failure ?? error
    case .success(let brought):
      guard brought.claims.isEmpty else {
        let end = deliverer.clock().adding(seconds: Int64(deliverer.leaseSeconds))
        leaseEnd = waiting.isEmpty ? end : min(leaseEnd, end)
        left -= brought.claims.count
        waiting = brought.claims.reversed() + waiting
        dryUntil = nil
        return
      }
      let clock = deliverer.clock()
      if dryClock?.reading != clock { dryClock = (clock, now) }
      if !results.isEmpty || !writing.isEmpty {
        // What ended meanwhile is not written yet: asked again when it is.
        dryUntil = now + 0.1
      } else if let next = brought.nextDue, !standsStill {
        dryUntil = now + Double(next.epochSeconds - clock.epochSeconds)
      } else {
        // Nothing to come.
        dryUntil = .infinity
      }
    }
    if isStopping { giveBackWaiting() }
  }

  mutating func finished(_ claim: ClaimedEntry, _ end: AttemptEnd) {
    running -= 1
    let clock = deliverer.clock()
    var machine = DeliveryMachine(attempts: claim.attempts, policy: deliverer.retry)
    // Chance is asked for where it counts: each number may be a system call.
    let jitter = if case .again = end.meaning { deliverer.jitter() } else { 0.0 }
    let result = machine.finished(end, at: clock, jitter: jitter)
    switch result {
    case .confirmed: report.confirmed += 1
    case .retry(let at, let why, _):
      report.retried += 1
      report.lastProblem = why
      dryUntil = dryUntil.map { min($0, now + Double(max(1, at.epochSeconds - clock.epochSeconds))) }
    case .parked(let why, _, _):
      report.parked += 1
      report.lastProblem = why
    case .released: report.released += 1
    }
    count(end)
    gate.ended(end, now: clock, at: now)
    // Few replies are due mostly: fewer than it takes to be sure, but all of them refused.
    let isAllRefused =
      gate.refusalsInARow > 0 && gate.refusalsInARow == report.retried && report.confirmed + report.parked == 0
    report.refused = gate.refusesUs || isAllRefused
    if case .open = gate.breaker.state { report.unreachable = true } else { report.unreachable = false }
    if !gate.breaker.hasAnswered, gate.breaker.unreachableInARow > 0 { report.unreachable = true }
    if report.noneGotThrough { report.unreachable = true }
    results.append(Settlement(key: claim.entry.key, token: claim.token, result: result))
  }

  private mutating func count(_ end: AttemptEnd) {
    if case .stopped = end.meaning { return }
    report.tried += 1
    // What the ticket itself forbids (`policy`) was never posted.
    if case .refused(_, let fault, _) = end.meaning, fault != .policy { report.refusedForGood += 1 }
    guard case .again = end.meaning else { return }
    switch end.last {
    case .answered(let reply) where reply.status >= 500 || [408, 429].contains(reply.status):
      report.failed += 1
      report.isAnswered = true
    case .answered: break
    case .failed(.cancelled, _, _), .failed(.blockedAddress, _, _), nil: break
    case .failed: report.failed += 1
    }
  }

  mutating func ticked() {
    isWriteDue = true
    if running == 0, !isClaiming, writing.isEmpty { waited += now - lastTick }
    lastTick = now
  }

  /// Begins nothing more and gives back what was not begun.
  mutating func stop() {
    isStopping = true
    giveBackWaiting()
  }

  private mutating func giveBackWaiting() {
    results += waiting.map { Settlement(key: $0.entry.key, token: $0.token, result: .released) }
    report.released += waiting.count
    waiting.removeAll()
  }

  /// What writes results down, also while the run is being cancelled: what the receiver said must not be forgotten. The
  /// store does not heed the cancellation of its caller.
  mutating func write() -> (@Sendable () async -> StoreError?)? {
    guard writing.isEmpty, !results.isEmpty, failedWrites < 2 else { return nil }
    guard results.count >= group || isWriteDue || running == 0 || isStopping else { return nil }
    isWriteDue = false
    swap(&writing, &results)
    let (store, group, now) = (deliverer.store, writing, deliverer.clock())
    return {
      do throws(StoreError) {
        _ = try await store.settle(group, at: now)
        return nil
      } catch { return error }
    }
  }

  /// - Returns: whether it was written. What could not be is kept for one more try.
  mutating func wrote(_ error: StoreError?) -> Bool {
    if let error {
      failure = failure ?? error
      failedWrites += 1
      results = writing + results
    }
    writing.removeAll(keepingCapacity: true)
    return error == nil
  }
}
