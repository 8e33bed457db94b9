import ClosureModel

/// The posts of one round that go down a transport's lane, and which claim each of them is for. Where target and
/// transport allow it, a round spends no task on a post.
struct SenderLane {
  private let target: any OneRequestTarget
  private let lane: any PostLane
  /// By number.
  private var claims: [ClaimedEntry?] = []
  private var free: [Int] = []
  private var added: [NumberedPost] = []
  private var underWay = 0
  private var isListening = false

  /// - Returns: nil where an attempt may take several requests, or the transport has no lanes.
  init?(_ target: any DeliveryTarget, _ transport: any WebhookTransport) {
    guard let target = target as? any OneRequestTarget, let transport = transport as? any LaneTransport else {
      return nil
    }
    self.target = target
    lane = transport.lane()
  }

  mutating func add(_ claim: ClaimedEntry, at now: Timestamp) {
    let number = free.popLast() ?? claims.count
    if number == claims.count { claims.append(claim) } else { claims[number] = claim }
    added.append(NumberedPost(number: number, request: target.request(for: claim.entry, at: now)))
  }

  /// Sends what was added since.
  mutating func begin() {
    guard !added.isEmpty else { return }
    underWay += added.count
    lane.begin(added)
    added.removeAll(keepingCapacity: true)
  }

  /// What listens for ends, where any will come and nobody listens yet.
  mutating func wantsEnds() -> (@Sendable () async -> [PostEnd])? {
    guard underWay > 0, !isListening else { return nil }
    isListening = true
    let lane = lane
    return { await lane.ends() }
  }

  mutating func ended(_ ends: [PostEnd], at now: Timestamp, _ body: (ClaimedEntry, AttemptEnd) -> Void) {
    isListening = false
    underWay -= ends.count
    for end in ends {
      guard let claim = claims[end.number] else { preconditionFailure("a lane told of one post twice") }
      claims[end.number] = nil
      free.append(end.number)
      body(claim, target.end(end.outcome, at: now))
    }
  }

  func cancel() { lane.cancel() }
}
