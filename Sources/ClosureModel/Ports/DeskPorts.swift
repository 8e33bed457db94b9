/// What a run asks the ledger before it records.
public protocol EarlierDecisions: Sendable {
  /// The latest decision on a ticket under a policy. Called on a thread that may wait; the pipeline is no task.
  func latest(of ticket: Ticket.ID, policyID: String) throws(StoreError) -> EarlierDecision?
  /// For each record, in order, what `record` would find.
  func standings(of cases: [CaseRecord]) async throws(StoreError) -> [CaseStanding]
  /// Notes with what the files of these tickets were examined when their latest decisions were made.
  func noteExamined(_ tickets: [Ticket.ID], policyID: String, basis: String) async throws(StoreError)
  /// The last `count` decisions under a policy, or as many as there are; people's own left out.
  func recent(_ count: Int, policyID: String) async throws(StoreError) -> RecentDecisions
  /// Replies that wait to be sent, those on their way included.
  func waitingReplies() async throws(StoreError) -> Int
}

/// The switch that stops all sending. An adapter guarantees: what was acknowledged is seen by every other holder of the
/// ledger at its next question, and each turn of the switch is kept.
public protocol HoldSwitch: Sendable {
  /// The latest turn of the switch; nil: it was never touched.
  func hold() throws(StoreError) -> Hold?
  func setHold(_ isOn: Bool, by: Authorship, at now: Timestamp) async throws(StoreError)
}

/// Replies that are not sent without a person. An adapter guarantees: each change and its row in the audit trail are one
/// transaction; a reply that was dropped is never queued again, whatever is recorded later.
public protocol DeadLetters: Sendable {
  /// Oldest first, at most `limit`.
  func entries(_ filter: OutboxFilter, limit: Int) async throws(StoreError) -> [OutboxItem]
  /// The event's bytes while they are kept: until the reply is confirmed, dropped or superseded.
  func payload(of key: IdempotencyKey) async throws(StoreError) -> [UInt8]?
  /// Queues parked replies again, attempts counted anew.
  /// - Parameter renewing: under new keys, so that the receiver takes them for replies that it has not seen. The old keys
  ///   stay taken: the same decision is not queued under one of them again.
  /// - Returns: a result per key, in order.
  func retry(_ keys: [IdempotencyKey], renewing: Bool, by: Authorship, at now: Timestamp) async throws(StoreError)
    -> [DeadLetterResult]
  /// Gives a parked reply up for good.
  func drop(_ key: IdempotencyKey, by: Authorship, at now: Timestamp) async throws(StoreError) -> DeadLetterResult
}

/// The queue of doubtful tickets, and what people decided. An adapter guarantees: a person's decision, its reply and its
/// row in the audit trail are one transaction; `record` leaves a ticket `unchanged` whose latest decision is a person's
/// and whose revision is the same.
public protocol ReviewQueue: Sendable {
  /// Tickets whose latest decision under their policy is `review`: the earliest deadline first, then those without one.
  func openReviews(limit: Int) async throws(StoreError) -> [EarlierDecision]
  /// Records a person's decision in place of the ledger's latest one, if that is still `replacing`.
  func recordOverride(
    _ record: CaseRecord, replacing: Revision, action: AuditItem.Action, by: Authorship, at now: Timestamp
  ) async throws(StoreError) -> OverrideResult
  /// Oldest first. Empty ticket id: what concerns no ticket.
  func audit(of ticket: Ticket.ID) async throws(StoreError) -> [AuditItem]
  func note(_ items: [AuditItem]) async throws(StoreError)
}
