import ClosureModel

/// Requests of one sender on their way together: a lock for a group of them in place of a task, a continuation and a
/// wake-up for each.
// @unchecked: what changes is locked.
final class CurlLane: PostLane, @unchecked Sendable {
  private struct State: Sendable {
    /// Begun and not yet handed out by `ends`.
    var underWay = 0
    var isCancelled = false
    var ends: [PostEnd] = []
    var waiter: CheckedContinuation<[PostEnd], Never>?
  }

  private let transport: CurlTransport
  private let state = Locked(State())

  init(_ transport: CurlTransport) { self.transport = transport }

  func begin(_ posts: [NumberedPost]) {
    let isCancelled = state.withLock { state in
      state.underWay += posts.count
      return state.isCancelled
    }
    var transfers: [Transfer] = []
    transfers.reserveCapacity(posts.count)
    var engine: Engine?
    for post in posts {
      guard !isCancelled else {
        ended(post.number, .failed(.cancelled, what: "the task was cancelled", mayHaveArrived: false))
        continue
      }
      switch transport.prepared(post.request, lane: self, number: post.number) {
      case .success(let made):
        engine = made.engine
        transfers.append(made.transfer)
      case .failure(let refusal): ended(post.number, refusal.outcome)
      }
    }
    engine?.start(transfers)
    // Cancelled in between: the engine may have looked for this lane's transfers before these came.
    if !isCancelled, state.withLock({ $0.isCancelled }) { transport.cancel(self) }
    if transfers.count < posts.count { tell() }
  }

  func ends() async -> [PostEnd] {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready: [PostEnd]? = state.withLock { state in
          guard state.ends.isEmpty, state.underWay > 0 else { return Self.takeEnds(&state) }
          precondition(state.waiter == nil, "one caller at a time waits for the ends of a lane")
          state.waiter = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }
  }

  func cancel() {
    let wasCancelled = state.withLock { state in
      defer { state.isCancelled = true }
      return state.isCancelled
    }
    if !wasCancelled { transport.cancel(self) }
  }

  private static func takeEnds(_ state: inout State) -> [PostEnd] {
    state.underWay -= state.ends.count
    defer { state.ends = [] }
    return state.ends
  }

  /// Keeps an outcome until `tell`.
  func ended(_ number: Int, _ outcome: TransportOutcome) {
    state.withLock { $0.ends.append(PostEnd(number: number, outcome: outcome)) }
  }

  /// Wakes whoever waits for ends.
  func tell() {
    let (waiter, ready) = state.withLock { state -> (CheckedContinuation<[PostEnd], Never>?, [PostEnd]) in
      guard let waiter = state.waiter, !state.ends.isEmpty else { return (nil, []) }
      state.waiter = nil
      return (waiter, Self.takeEnds(&state))
    }
    waiter?.resume(returning: ready)
  }
}
