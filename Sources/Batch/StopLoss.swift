public import ClosureModel

/// How much a run may do before a person must look (`limits:`).
public struct RunLimits: Sendable, Hashable {
  public var maxAccepts: Int
  /// Share of accepts among the new decisions, 0…1; asked from `shareSample` new decisions on.
  public var maxAcceptShare: Double
  /// How far the share of accepts may lie above the usual one, 0…1.
  public var maxShareRise: Double
  public var maxPosts: Int
  public static let shareSample = 50
  /// The usual share is that of the ledger's last so many decisions under the policy…
  public static let usualOf = 500
  /// …and is asked for once there are so many.
  public static let usualSample = 200
  public init(
    maxAccepts: Int = 500, maxAcceptShare: Double = 0.9, maxShareRise: Double = 0.3, maxPosts: Int = 5000
  ) {
    self.maxAccepts = maxAccepts
    self.maxAcceptShare = maxAcceptShare
    self.maxShareRise = maxShareRise
    self.maxPosts = maxPosts
  }
}

/// What a run is about to do, counted before it does anything. Tickets that the ledger knows as they are do not count.
public struct RunIntent: Sendable, Hashable {
  public var decisions = 0
  public var accepts = 0
  public var replies = 0
  public init() {}

  mutating func count(_ record: CaseRecord) {
    decisions += 1
    if record.outcome == .accepted { accepts += 1 }
    if record.entry != nil { replies += 1 }
  }
}

/// Stops a run before it records or posts anything, where it would do more than its limits allow or than is usual.
public struct StopLoss: Sendable {
  private let limits: RunLimits
  public init(_ limits: RunLimits) { self.limits = limits }

  /// - Parameters:
  ///   - waiting: replies that wait in the outbox already.
  ///   - usual: how the last decisions before this run went.
  /// - Throws: `BatchError.stopLoss`, which says which limit, by how much, and what to do.
  public func check(_ intent: RunIntent, waiting: Int, usual: RecentDecisions) throws(BatchError) {
    if intent.accepts > limits.maxAccepts {
      throw stop(
        "the run would accept \(intent.accepts) tickets, more than limits.max_accepts (\(limits.maxAccepts))",
        "raise the limit or use --limit")
    }
    let share = Double(intent.accepts) / Double(max(intent.decisions, 1))
    if intent.decisions >= RunLimits.shareSample {
      if share > limits.maxAcceptShare {
        throw stop(
          "the run would accept \(intent.accepts) of \(intent.decisions) new tickets, more than"
            + " limits.max_accept_share (\(limits.maxAcceptShare))", "raise the limit")
      }
      let normal = Double(usual.accepted) / Double(max(usual.decided, 1))
      if usual.decided >= RunLimits.usualSample, share > normal + limits.maxShareRise {
        throw stop(
          "the run would accept \(Self.percent(share)) of \(intent.decisions) new tickets; of the last"
            + " \(usual.decided) decisions it was \(Self.percent(normal)), and limits.max_share_rise allows"
            + " \(Self.percent(limits.maxShareRise)) more", "raise the limit for this run")
      }
    }
    // With nothing new, what waits is the deliverer's to weigh.
    if intent.replies > 0, intent.replies + waiting > limits.maxPosts {
      throw stop(
        "the run would send \(intent.replies) replies, and \(waiting) wait already: more than limits.max_posts"
          + " (\(limits.maxPosts))", "raise the limit or use --limit")
    }
  }

  private func stop(_ what: String, _ mend: String) -> BatchError {
    BatchError(
      code: .stopLoss, what: what,
      fix: "Look at them with `closedesk validate` or `closedesk plan`, then \(mend). Nothing was recorded or sent.")
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
