public import ClosureModel
public import Compose
public import Ingest
import Outbox

/// How much a run may do before a person must look (`limits:`).
public struct RunLimits: Sendable, Hashable {
  public var maxAccepts: Int
  /// Share of accepts among the newly decided tickets, 0…1; asked from `shareSample` decisions on.
  public var maxAcceptShare: Double
  public var maxPosts: Int
  public static let shareSample = 50
  public init(maxAccepts: Int = 500, maxAcceptShare: Double = 0.9, maxPosts: Int = 5000) {
    self.maxAccepts = maxAccepts
    self.maxAcceptShare = maxAcceptShare
    self.maxPosts = maxPosts
  }
}

/// Read, examine, decide, compose, record. Decision and reply go into the ledger in one transaction; sending is the
/// deliverer's, afterwards, from the ledger alone.
public struct RecordingRun {
  private let dryRun: DryRun
  private let store: any CaseStore
  private let tenant: String
  private let policyID: String
  private let catalog: FindingCatalog
  private let locale: Locale
  private let limits: RunLimits
  private let clock: @Sendable () -> Timestamp
  private let interruption: Interruption
  /// Decisions in one transaction: one fsync for all of them.
  private static let batch = 200

  public init(
    pipeline: Pipeline, sources: [TicketExport], store: any CaseStore, tenant: String, catalog: FindingCatalog,
    locale: Locale, limits: RunLimits, limit: Int?, interruption: Interruption,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.dryRun = DryRun(pipeline: pipeline, sources: sources, limit: limit, interruption: interruption)
    self.store = store
    self.tenant = tenant
    self.policyID = pipeline.policy.id
    self.catalog = catalog
    self.locale = locale
    self.limits = limits
    self.clock = clock
    self.interruption = interruption
  }

  public struct Result: Sendable, Hashable {
    public var recorded = 0
    public var unchanged = 0
    /// `false`: stopped by a signal; what was recorded is whole, the rest was not looked at.
    public var finished = true
  }

  /// Goes over the input twice: first to see what it would do and to hold that against the limits, then to record.
  /// - Throws: `BatchError.stopLoss` before anything is recorded.
  public func run(_ observer: any RunObserver) async throws -> Result {
    guard try await checkLimits() else {
      var stopped = Result()
      stopped.finished = false
      return stopped
    }
    var result = Result()
    try await Chunks(dryRun: dryRun, size: Self.batch).forEach { element in
      switch element {
      case .rowError(let error): observer.unreadable(error)
      case .files(let files):
        let now = clock()
        let records = files.map { record(for: $0, at: now) }
        let results = try await store.record(records, at: now)
        for (file, outcome) in zip(files, results) {
          if outcome == .recorded { result.recorded += 1 } else { result.unchanged += 1 }
          observer.decided(file)
        }
      }
    }
    result.finished = !interruption.isRaised
    return result
  }

  private func record(for file: CaseFile, at now: Timestamp) -> CaseRecord {
    let entry = file.reply.map { reply in
      OutboxEntry(
        key: ReplyKey.make(
          tenant: tenant, policyID: policyID, ticket: file.ticket.id, revision: file.revision,
          outcome: file.decision.outcome, reply: reply),
        ticket: file.ticket.id, outcome: file.decision.outcome,
        payload: GenericPreset.payload(case: file, timestamp: now), asOf: file.ticket.updatedAt)
    }
    return CaseRecord(
      ticket: file.ticket.id, revision: file.revision, policy: file.policy, policyID: policyID,
      outcome: file.decision.outcome,
      line: DecisionLine.json(file, catalog: catalog, locale: locale, reveal: false), due: file.decision.due,
      entry: entry)
  }

  /// - Returns: `false` when interrupted meanwhile.
  private func checkLimits() async throws -> Bool {
    var accepts = 0
    var decided = 0
    try await Chunks(dryRun: dryRun, size: Self.batch).forEach { element in
      guard case .files(let files) = element else { return }
      decided += files.count
      for file in files where file.decision.outcome == .accepted {
        if try await isNew(file) { accepts += 1 }
      }
    }
    guard !interruption.isRaised else { return false }
    if accepts > limits.maxAccepts {
      throw BatchError(
        code: .stopLoss,
        what: "the run would accept \(accepts) tickets, more than limits.max_accepts (\(limits.maxAccepts))",
        fix:
          "Look at them with `closedesk validate`, then raise the limit or use --limit. Nothing was recorded or sent.")
    }
    // Tickets that the ledger knows already count as decided but not as accepts: the share errs towards fewer stops only
    // where an old export is read again.
    let share = Double(accepts) / Double(max(decided, 1))
    if decided >= RunLimits.shareSample, share > limits.maxAcceptShare {
      throw BatchError(
        code: .stopLoss,
        what: "the run would accept \(accepts) of \(decided) tickets, more than limits.max_accept_share"
          + " (\(limits.maxAcceptShare))",
        fix: "Look at them with `closedesk validate`, then raise the limit. Nothing was recorded or sent.")
    }
    return true
  }

  /// Whether the ledger's latest decision on the ticket is another one.
  private func isNew(_ file: CaseFile) async throws -> Bool {
    for item in try await store.history(of: file.ticket.id).reversed() {
      if case .decided(let revision, _, let outcome, _) = item.kind {
        return revision != file.revision || outcome != file.decision.outcome
      }
    }
    return true
  }
}
