/// Who did something to the ledger by hand, and why. Both are kept with what was done.
public struct Authorship: Sendable, Hashable {
  /// The name of the user's account on the machine.
  public let who: String
  /// In the person's own words; never empty where a command asks for it.
  public let why: String
  public init(who: String, why: String) {
    self.who = who
    self.why = why
  }
}

/// The latest decision on a ticket under one policy, as the ledger keeps it.
public struct EarlierDecision: Sendable, Hashable {
  public let ticket: Ticket.ID
  public let revision: Revision
  /// `Policy.label`.
  public let policy: String
  public let outcome: Outcome
  /// The decision line, masked.
  public let line: String
  public let due: Timestamp?
  public let decidedAt: Timestamp
  /// Made by a person: it holds until the ticket changes.
  public let isByPerson: Bool
  /// Its reply was displaced by another policy's decision on the ticket before it was sent.
  public let isDisplaced: Bool
  /// What the ticket's files were last examined with (`EarlierDecisions.noteExamined`); nil: nobody noted it.
  public let basis: String?
  public init(
    ticket: Ticket.ID, revision: Revision, policy: String, outcome: Outcome, line: String, due: Timestamp?,
    decidedAt: Timestamp, isByPerson: Bool, isDisplaced: Bool = false, basis: String?
  ) {
    self.ticket = ticket
    self.revision = revision
    self.policy = policy
    self.outcome = outcome
    self.line = line
    self.due = due
    self.decidedAt = decidedAt
    self.isByPerson = isByPerson
    self.isDisplaced = isDisplaced
    self.basis = basis
  }
}

/// How the latest decisions under a policy went; people's own are not counted.
public struct RecentDecisions: Sendable, Hashable {
  public let decided: Int
  public let accepted: Int
  public init(decided: Int, accepted: Int) {
    self.decided = decided
    self.accepted = accepted
  }
}

/// Whether sending is held back, since when and by whom.
public struct Hold: Sendable, Hashable {
  public let isOn: Bool
  public let at: Timestamp
  public let by: Authorship
  public init(isOn: Bool, at: Timestamp, by: Authorship) {
    self.isOn = isOn
    self.at = at
    self.by = by
  }
}

/// One thing that a person did to a ticket or a reply.
public struct AuditItem: Sendable, Hashable {
  public enum Action: String, Sendable, Hashable, CaseIterable {
    /// A parked reply was put back into the queue; under a new key where `detail` names one.
    case retried = "retry"
    case dropped = "drop"
    case accepted = "accept", asked = "ask", rejected = "reject"
    /// A plan's reply was left out because its ticket had changed.
    case leftOut = "plan_left_out"
    case holdOn = "hold_on", holdOff = "hold_off"
  }
  public let at: Timestamp
  public let action: Action
  /// Empty for what concerns no ticket.
  public let ticket: Ticket.ID
  public let key: IdempotencyKey?
  public let by: Authorship
  public let detail: String?
  public init(
    at: Timestamp, action: Action, ticket: Ticket.ID, key: IdempotencyKey? = nil, by: Authorship, detail: String? = nil
  ) {
    self.at = at
    self.action = action
    self.ticket = ticket
    self.key = key
    self.by = by
    self.detail = detail
  }
}

/// A reply as the outbox holds it, without its text.
public struct OutboxItem: Sendable, Hashable {
  public let key: IdempotencyKey
  public let ticket: Ticket.ID
  public let outcome: Outcome
  public let state: OutboxEntry.State
  /// Who has to mend it; parked replies alone.
  public let fault: Settlement.Fault?
  public let attempts: Int
  public let nextAttempt: Timestamp?
  public let due: Timestamp?
  public let note: String?
  public let changedAt: Timestamp
  /// Parked until a row of its ticket can be read.
  public let isWithheld: Bool
  public init(
    key: IdempotencyKey, ticket: Ticket.ID, outcome: Outcome, state: OutboxEntry.State, fault: Settlement.Fault?,
    attempts: Int, nextAttempt: Timestamp?, due: Timestamp?, note: String?, changedAt: Timestamp,
    isWithheld: Bool = false
  ) {
    self.isWithheld = isWithheld
    self.key = key
    self.ticket = ticket
    self.outcome = outcome
    self.state = state
    self.fault = fault
    self.attempts = attempts
    self.nextAttempt = nextAttempt
    self.due = due
    self.note = note
    self.changedAt = changedAt
  }
}

/// Which replies are meant; nil means any.
public struct OutboxFilter: Sendable, Hashable {
  public var state: OutboxEntry.State?
  public var fault: Settlement.Fault?
  public var ticket: Ticket.ID?
  public var key: IdempotencyKey?
  public init(
    state: OutboxEntry.State? = nil, fault: Settlement.Fault? = nil, ticket: Ticket.ID? = nil,
    key: IdempotencyKey? = nil
  ) {
    self.state = state
    self.fault = fault
    self.ticket = ticket
    self.key = key
  }
}

/// What became of a person's wish about a parked reply.
public enum DeadLetterResult: Sendable, Hashable {
  /// Queued again, under this key.
  case queued(IdempotencyKey)
  case dropped
  /// A newer decision on the ticket took its place: it is not sent any more.
  case outdated
  /// It is not parked: nothing was changed.
  case notParked(OutboxEntry.State)
  case unknown
}

/// What became of a person's decision.
public enum OverrideResult: Sendable, Hashable {
  case recorded
  /// The ledger's latest decision is another one by now: nothing was changed.
  case overtaken(EarlierDecision?)
}
