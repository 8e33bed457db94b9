public import ClosureModel
public import Compose
public import Ingest

/// Carries a verified plan out: records its decisions as they stand there, leaves out tickets that changed since.
public struct PlanRun {
  private let plan: VerifiedPlan
  private let store: any CaseStore & EarlierDecisions & ReviewQueue
  private let present: PresentTickets?
  private let limits: RunLimits
  private let catalog: FindingCatalog
  private let locale: Locale
  private let who: String
  private let interruption: Interruption
  private let clock: @Sendable () -> Timestamp

  /// - Parameter present: the tickets as they are now; nil: the plan's own inputs were found unchanged.
  /// - Parameter who: the person who applies it, for the audit trail.
  public init(
    plan: VerifiedPlan, store: any CaseStore & EarlierDecisions & ReviewQueue, present: PresentTickets?,
    limits: RunLimits, catalog: FindingCatalog, locale: Locale, who: String, interruption: Interruption,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.plan = plan
    self.store = store
    self.present = present
    self.limits = limits
    self.catalog = catalog
    self.locale = locale
    self.who = who
    self.interruption = interruption
    self.clock = clock
  }

  public struct Result: Sendable, Hashable {
    public var recorded = 0
    public var unchanged = 0
    /// Tickets whose planned decision is not carried out, with the reason.
    public var leftOut: [LeftOut] = []
    public var leftOutCount = 0
    /// Tickets of which something is held back since now because a row cannot be read.
    public var withheld = 0
    public var finished = true
  }

  public struct LeftOut: Sendable, Hashable {
    public let ticket: Ticket.ID
    public let why: Reason
  }

  public enum Reason: String, Sendable, Hashable {
    /// Goes to the review queue.
    case changed = "the ticket changed since the plan was made"
    /// Goes to the review queue.
    case missing = "the ticket is not in the present export"
    /// That decision stands.
    case decidedSince = "the ledger holds a newer decision"
  }

  private enum Fate {
    case carryOut, unchanged
    case leaveOut(Reason)
  }

  private static let listed = 1000

  /// - Throws: `BatchError.stopLoss` before anything is recorded.
  public func run() async throws -> Result {
    var intent = RunIntent()
    var unread = UnreadRows(store: store, held: try await store.withheld(), clock: clock)
    if let present {
      for error in present.unread { try await unread.add(error) }
    } else {
      for (ticket, why) in plan.unread { try await unread.add(ticket, why) }
    }
    try await unread.write()
    try await plan.spool.forEach(RecordingRun.batch) { group in
      for (one, fate) in zip(group, try await fates(group)) {
        if case .carryOut = fate { intent.count(one.record) }
      }
    }
    try StopLoss(limits).check(
      intent, waiting: try await store.waitingReplies(),
      usual: try await store.recent(RunLimits.usualOf, policyID: plan.header.policyID))
    var result = Result()
    try await plan.spool.forEach(RecordingRun.batch) { group in
      guard !interruption.isRaised else { return }
      // Asked anew: a person may have decided meanwhile.
      var records: [CaseRecord] = []
      var reviews: [CaseRecord] = []
      var audit: [AuditItem] = []
      for (one, fate) in zip(group, try await fates(group)) {
        switch fate {
        case .carryOut: records.append(unread.marked(one.record))
        case .unchanged: result.unchanged += 1
        case .leaveOut(let why):
          if let review = review(one.record, why) { reviews.append(review) }
          audit.append(
            AuditItem(
              at: clock(), action: .leftOut, ticket: one.record.ticket, key: one.record.entry?.key,
              by: Authorship(who: who, why: why.rawValue), detail: "plan of \(plan.header.madeAt)"))
          result.leftOutCount += 1
          if result.leftOut.count < Self.listed { result.leftOut.append(LeftOut(ticket: one.record.ticket, why: why)) }
        }
      }
      // One transaction for both.
      let results = try await store.record(records + reviews, at: clock()).prefix(records.count)
      result.recorded += results.count { $0 == .recorded }
      result.unchanged += results.count { $0 == .unchanged }
      try await store.note(audit)
    }
    result.withheld = try await unread.newlyHeld()
    result.finished = !interruption.isRaised
    return result
  }

  private func fates(_ group: [SpooledCase]) async throws -> [Fate] {
    let standings = try await store.standings(of: group.map(\.record))
    return try zip(group, standings).map { one, standing in
      let isKnown = standing == .known
      if standing == .passed || standing == .passedUnseen { return .leaveOut(.decidedSince) }
      // First of all: what a later run or a person decided is not undone by an old plan, nor by applying it twice.
      // Seconds are all that both times have: within the same one, the ledger is believed.
      if !isKnown, let latest = try store.latest(of: one.record.ticket, policyID: one.record.policyID),
        latest.decidedAt >= plan.madeAt
      {
        return .leaveOut(.decidedSince)
      }
      if let present {
        guard let now = present.revision(of: one.record.ticket) else { return .leaveOut(.missing) }
        guard now == PresentTickets.mark(one.record.revision) else { return .leaveOut(.changed) }
      }
      return isKnown ? .unchanged : .carryOut
    }
  }

  /// What the ledger is to say of a ticket that is left out; nil where it says enough already.
  private func review(_ planned: CaseRecord, _ why: Reason) -> CaseRecord? {
    let code: FindingCode
    switch why {
    case .changed: code = .planTicketChanged
    case .missing: code = .planTicketMissing
    case .decidedSince: return nil
    }
    let finding = Finding(code, .record, .doubtful, evidence: [Evidence(.policy)])
    let ticket = Ticket(id: planned.ticket, origin: Origin(file: "", row: 0))
    let file = CaseFile(
      ticket: ticket, revision: planned.revision, policy: planned.policy,
      decision: Decision(judgement: .review, findings: [finding], applicant: nil, due: planned.due), reply: nil)
    return CaseRecord(
      ticket: planned.ticket, revision: planned.revision, policy: planned.policy, policyID: planned.policyID,
      outcome: .review, line: DecisionLine.json(file, catalog: catalog, locale: locale, reveal: false),
      due: planned.due, entry: nil)
  }
}

/// The tickets of a present export, each with a mark of its revision. Grows with the export, by its ids alone.
public struct PresentTickets: Sendable {
  private var marks: [Ticket.ID: UInt64] = [:]
  /// Rows that cannot be read though their ticket is known.
  private(set) var unread: [RowError] = []
  private var lost: Set<Ticket.ID> = []

  /// Reads every ticket and the hashes of its files; examines nothing.
  /// - Throws: the export's error. Tickets of which a row cannot be read count as missing.
  public init(_ sources: [TicketExport], pipeline: Pipeline) throws {
    for source in sources {
      var marks = self.marks
      var unread: [RowError] = []
      try source.forEach { item in
        switch item {
        case .ticket(let ticket): marks[ticket.id] = Self.mark(pipeline.revision(of: ticket))
        case .rowError(let error): if error.unreadTicket != nil { unread.append(error) }
        }
        return true
      }
      self.marks = marks
      self.unread += unread
    }
    lost = Set(unread.compactMap(\.unreadTicket))
  }

  /// - Returns: nil: it is not there, or not whole.
  func revision(of ticket: Ticket.ID) -> UInt64? { lost.contains(ticket) ? nil : marks[ticket] }

  /// The first 64 bits: two revisions of one ticket that share them are beyond chance.
  static func mark(_ revision: Revision) -> UInt64 {
    UInt64(revision.rawValue.dropFirst("sha256:".count).prefix(16), radix: 16) ?? 0
  }
}
