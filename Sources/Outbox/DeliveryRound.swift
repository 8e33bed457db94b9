import ClosureModel

/// What one round of sending came to.
public struct DeliveryReport: Sendable, Hashable {
  public var confirmed = 0
  public var retried = 0
  public var parked = 0
  /// Claimed and given back untouched.
  public var released = 0
  /// No connection came about: none at all, or so many failed in a row that the round was given up.
  public var unreachable = false
  public var lastProblem: String?
  public init() {}
}

/// The books of one round: what is claimed, running, ended and not yet written. The task group around it only waits.
struct DeliveryRound {
  private let deliverer: Deliverer
  private(set) var report = DeliveryReport()
  private(set) var running = 0
  /// The ledger's first error; the round ends with it.
  private(set) var failure: StoreError?
  /// Last first.
  private var waiting: [ClaimedEntry] = []
  private var results: [Settlement] = []
  private var left: Int
  /// The ledger had nothing more that is due.
  private var isDry = false
  private var leaseEnd = Timestamp(epochSeconds: 0)
  private var answered = 0
  /// Connections that failed since the last answer.
  private var failedInARow = 0

  /// Results that are written in one transaction.
  private static let group = 64
  /// Failed connections, without one answer, after which the receiver counts as unreachable.
  private static let giveUp = 5

  init(_ deliverer: Deliverer, limit: Int?) {
    self.deliverer = deliverer
    self.left = limit ?? .max
  }

  var isFull: Bool { results.count >= Self.group }

  /// The receiver is gone or the ledger failed: go on and every entry would only lose an attempt.
  var mustEnd: Bool { failure != nil || isGivenUp }

  /// Before the first answer a few failures are enough. After one, every post that runs at the time may fail of the same
  /// hiccup, so it takes more than those.
  private var isGivenUp: Bool {
    failedInARow >= (answered == 0 ? Self.giveUp : max(Self.giveUp, 2 * deliverer.maxInFlight))
  }

  /// Claims more when all claims were begun.
  mutating func refill() async {
    guard waiting.isEmpty, !isDry, left > 0, failure == nil else { return }
    let now = deliverer.clock()
    do throws(StoreError) {
      waiting = try await deliverer.store.claim(
        limit: min(left, deliverer.maxInFlight * Deliverer.depth), at: now, leaseSeconds: deliverer.leaseSeconds)
      waiting.reverse()
      left -= waiting.count
      isDry = waiting.isEmpty
      leaseEnd = now.adding(seconds: Int64(deliverer.leaseSeconds))
    } catch { failure = error }
  }

  /// The next post to begin; counts it as running.
  mutating func begin() -> ClaimedEntry? {
    guard !waiting.isEmpty else { return nil }
    // A machine that slept: somebody else may hold these by now.
    guard deliverer.clock() < leaseEnd else {
      giveBackWaiting()
      return nil
    }
    running += 1
    return waiting.removeLast()
  }

  mutating func finished(_ claim: ClaimedEntry, _ end: AttemptEnd) {
    running -= 1
    var machine = DeliveryMachine(attempts: claim.attempts, policy: deliverer.retry)
    let result = machine.finished(end, at: deliverer.clock(), jitter: deliverer.jitter())
    switch result {
    case .confirmed: report.confirmed += 1
    case .retry(_, let why, _):
      report.retried += 1
      report.lastProblem = why
    case .parked(let why, _):
      report.parked += 1
      report.lastProblem = why
    case .released: report.released += 1
    }
    switch end.last {
    case .answered:
      answered += 1
      failedInARow = 0
    case .failed(.resolve, _, _), .failed(.connect, _, _), .failed(.tls, _, _), .failed(.timeout, _, _):
      failedInARow += 1
    case .failed, nil: break
    }
    report.unreachable = isGivenUp || (answered == 0 && failedInARow > 0)
    results.append(Settlement(key: claim.entry.key, token: claim.token, result: result))
  }

  /// Gives back what was not begun, and writes it down at once.
  mutating func releaseWaiting() async {
    guard !waiting.isEmpty else { return }
    giveBackWaiting()
    await flush()
  }

  private mutating func giveBackWaiting() {
    results += waiting.map { Settlement(key: $0.entry.key, token: $0.token, result: .released) }
    report.released += waiting.count
    waiting.removeAll()
  }

  /// Writes results down, also while the run is being cancelled: what the receiver said must not be forgotten. The task is
  /// awaited, so it does not outlive the run; it only does not inherit the cancellation. What could not be written is kept
  /// for the next try.
  /// - Returns: whether anything was written.
  @discardableResult
  mutating func flush() async -> Bool {
    guard !results.isEmpty else { return false }
    let (store, group, now) = (deliverer.store, results, deliverer.clock())
    let error = await Task { () -> StoreError? in
      do throws(StoreError) {
        _ = try await store.settle(group, at: now)
        return nil
      } catch { return error }
    }.value
    guard let error else {
      results.removeAll(keepingCapacity: true)
      return true
    }
    failure = failure ?? error
    return false
  }
}
