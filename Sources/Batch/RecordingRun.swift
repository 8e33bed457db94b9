public import ClosureModel
public import Compose
public import Ingest
import Outbox

/// Read, examine, decide, compose, record. Decision and reply go into the ledger in one transaction; sending is the
/// deliverer's, afterwards, from the ledger alone.
public struct RecordingRun {
  private let dryRun: DryRun
  private let pipeline: Pipeline
  private let sources: [TicketExport]
  private let limit: Int?
  private let store: any CaseStore & EarlierDecisions
  private let maker: RecordMaker
  private let policyID: String
  private let basis: String
  private let limits: RunLimits
  private let clock: @Sendable () -> Timestamp
  private let interruption: Interruption
  /// Decisions in one transaction: one fsync for all of them.
  static let batch = 200

  /// - Parameter basis: a digest of what decisions follow from besides the ticket (`StandingDecisions`); asked for only
  ///   where files are opened.
  public init(
    pipeline: Pipeline, sources: [TicketExport], store: any CaseStore & EarlierDecisions, maker: RecordMaker,
    basis: String, limits: RunLimits, limit: Int?, interruption: Interruption,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    let standing = StandingDecisions(ledger: store, policy: pipeline.policy, basis: basis)
    self.dryRun = DryRun(
      pipeline: pipeline.asking(standing), sources: sources, limit: limit, interruption: interruption)
    self.pipeline = pipeline
    self.sources = sources
    self.limit = limit
    self.store = store
    self.maker = maker
    self.policyID = pipeline.policy.id
    self.basis = basis
    self.limits = limits
    self.clock = clock
    self.interruption = interruption
  }

  public struct Result: Sendable, Hashable {
    public var recorded = 0
    public var unchanged = 0
    /// Rows of an old export: the ledger decided on a later state of their tickets, and on this one before.
    public var passed = 0
    /// Tickets of which something is held back since this run because a row cannot be read.
    public var withheld = 0
    /// Replies that were held back and wait to be sent again.
    public var letGo = 0
    /// `false`: stopped by a signal; what was recorded is whole.
    public var finished = true
    public init() {}
  }

  /// Decides everything once and keeps it aside, holds the whole against the limits, then records it.
  /// - Throws: `BatchError.stopLoss` before anything is recorded.
  public func run(_ observer: any RunObserver) async throws -> Result {
    var result = Result()
    var intent = RunIntent()
    let spool = try RecordSpool()
    var unread = UnreadRows(store: store, held: try await store.withheld(), clock: clock)
    do {
      if limit != nil { try await readErrors(&unread) }
      try await read(observer, spool, &result, &intent, &unread)
    } catch {
      // However the reading ended: what nobody can read speaks for nothing.
      try await unread.write()
      throw error
    }
    try await unread.write()
    result.withheld = try await unread.newlyHeld()
    guard !interruption.isRaised else {
      result.finished = false
      return result
    }
    if intent.decisions > 0 {
      try StopLoss(limits).check(
        intent, waiting: try await store.waitingReplies(),
        usual: try await store.recent(RunLimits.usualOf, policyID: policyID))
    }
    try await spool.forEach(Self.batch) { group in
      guard !interruption.isRaised else { return }
      let records = group.map { unread.marked($0.record) }
      let results = try await store.record(records, at: clock())
      result.recorded += results.count { $0 == .recorded }
      try await store.noteExamined(
        group.filter(\.hasExaminedFiles).map(\.record.ticket), policyID: policyID, basis: basis)
    }
    result.withheld = try await unread.newlyHeld()
    result.finished = !interruption.isRaised
    if result.finished { result.letGo = try await unread.letGo() }
    return result
  }

  /// What a limit leaves unread may speak against what is read.
  private func readErrors(_ unread: inout UnreadRows) async throws {
    for source in sources {
      var errors: [RowError] = []
      try source.forEach { item in
        if case .rowError(let error) = item, error.unreadTicket != nil { errors.append(error) }
        return !interruption.isRaised
      }
      for error in errors { try await unread.add(error) }
    }
  }

  /// Decides everything, and puts aside what the ledger does not know yet.
  private func read(
    _ observer: any RunObserver, _ spool: RecordSpool, _ result: inout Result, _ intent: inout RunIntent,
    _ unread: inout UnreadRows
  ) async throws {
    try await Chunks(dryRun: dryRun, size: Self.batch).forEach { element in
      switch element {
      case .rowError(let error):
        observer.unreadable(error)
        try await unread.add(error)
      case .tickets(let items):
        let now = clock()
        var cases: [SpooledCase] = []
        for item in items {
          guard case .decided(let file) = item else { continue }
          cases.append(SpooledCase(record: maker.record(for: file, at: now), hasExaminedFiles: file.hasExaminedFiles))
        }
        var known = zip(cases, try await store.standings(of: cases.map(\.record))).makeIterator()
        for item in items {
          switch item {
          case .stands(let standing):
            result.unchanged += 1
            unread.stands(standing.ticket.id)
            observer.stands(standing)
          case .decided(let file):
            guard let (one, standing) = known.next() else { preconditionFailure("a standing for each case") }
            switch standing {
            case .known:
              result.unchanged += 1
              unread.stands(one.record.ticket)
              if one.hasExaminedFiles { try spool.append(one) }
              if let decided = try personsDecision(on: file) {
                observer.stands(decided)
                continue
              }
            case .passed: result.passed += 1
            case .new:
              intent.count(one.record)
              try spool.append(one)
            case .passedUnseen:
              let review = try passed(file)
              let record = maker.record(for: review, at: now)
              intent.count(record)
              try spool.append(SpooledCase(record: record, hasExaminedFiles: file.hasExaminedFiles))
              observer.decided(review)
              continue
            }
            observer.decided(file)
          }
        }
      }
    }
  }

  /// What a person decided on a ticket that the program leaves to people: it is what became of the ticket.
  private func personsDecision(on file: CaseFile) throws -> StandingCase? {
    guard file.decision.outcome == .review,
      let earlier = try store.latest(of: file.ticket.id, policyID: pipeline.policy.id), earlier.isByPerson,
      earlier.revision == file.revision
    else { return nil }
    return StandingCase(ticket: file.ticket, decision: earlier, codes: StandingDecisions.codes(earlier.line))
  }

  /// Nobody can tell what came of a state that was overtaken before it was seen.
  private func passed(_ file: CaseFile) throws -> CaseFile {
    guard file.decision.outcome != .outOfScope else { return file }
    let finding = Finding(
      .recordPassed, .record, .doubtful,
      evidence: [Evidence(.column(.updatedAt), quote: file.ticket.updatedAt?.description)])
    return try pipeline.revised(
      file,
      as: Decision(
        judgement: .review, findings: [finding] + file.decision.findings, applicant: file.decision.applicant,
        due: file.decision.due))
  }
}

/// A decided case as the ledger keeps it.
public struct RecordMaker: Sendable {
  private let tenant: String
  private let policyID: String
  private let catalog: FindingCatalog
  private let locale: Locale
  private let mails: MailMaker?

  /// - Parameter mails: nil: nothing is mailed.
  public init(tenant: String, policyID: String, catalog: FindingCatalog, locale: Locale, mails: MailMaker? = nil) {
    self.mails = mails
    self.tenant = tenant
    self.policyID = policyID
    self.catalog = catalog
    self.locale = locale
  }

  public var hasMails: Bool { mails != nil }

  /// The mail beside the reply of a case; nil: there is none.
  public func mail(for file: CaseFile) -> CustomerMail? { mails?.mail(for: file) }

  /// - Parameter by: the person who decided in place of the program.
  public func record(for file: CaseFile, at now: Timestamp, by: Authorship? = nil) -> CaseRecord {
    let entry = file.reply.map { reply in
      OutboxEntry(
        key: ReplyKey.make(
          tenant: tenant, policyID: policyID, ticket: file.ticket.id, revision: file.revision,
          outcome: file.decision.outcome, reply: reply),
        ticket: file.ticket.id, outcome: file.decision.outcome,
        payload: GenericPreset.payload(case: file, timestamp: now), asOf: file.ticket.updatedAt)
    }
    let mail = mail(for: file)
    return CaseRecord(
      ticket: file.ticket.id, revision: file.revision, policy: file.policy, policyID: policyID,
      outcome: file.decision.outcome,
      line: DecisionLine.json(file, catalog: catalog, locale: locale, reveal: false, by: by, mail: mail),
      due: file.decision.due, entry: entry,
      mail: entry.flatMap { entry in
        mail.map {
          MailCopy.record(
            $0, ticket: file.ticket.id, outcome: file.decision.outcome, replyKey: entry.key, timestamp: now)
        }
      }, asOf: file.ticket.updatedAt)
  }
}
