/// The key under which a reply may reach its receiver once. Stable over every retry; no `.` inside.
public struct IdempotencyKey: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }
}

/// A reply on its way.
public struct OutboxEntry: Sendable, Hashable {
  public enum State: String, Sendable, Hashable, CaseIterable {
    case queued, claimed, sent, confirmed, parked
    /// A newer decision on the ticket took its place before it was sent.
    case superseded
    /// Given up by a person, or replaced under another key: never sent, and never queued again.
    case dropped
  }
  public let key: IdempotencyKey
  public let ticket: Ticket.ID
  public let outcome: Outcome
  /// The event of this reply, as bytes that stay the same on every attempt. A preset makes its own call of them.
  public let payload: [UInt8]
  /// The ticket's last change as the export gave it: a ticket that changed later is not answered blindly. Nil: not told.
  public let asOf: Timestamp?
  public init(key: IdempotencyKey, ticket: Ticket.ID, outcome: Outcome, payload: [UInt8], asOf: Timestamp? = nil) {
    self.key = key
    self.ticket = ticket
    self.outcome = outcome
    self.payload = payload
    self.asOf = asOf
  }
}

/// An entry that this run holds until the lease ends. The token fences off whoever held it before.
public struct ClaimedEntry: Sendable, Hashable {
  public let entry: OutboxEntry
  public let token: Int64
  /// Attempts made before this one.
  public let attempts: Int
  /// An earlier attempt may have reached the receiver, and nobody knows yet.
  public let isInDoubt: Bool
  /// So long a post whose sender died may still be at work in the receiver: asked earlier, it would say that the reply is
  /// not there, and show it a moment later.
  public static let settlingSeconds: Int64 = 3
  public init(entry: OutboxEntry, token: Int64, attempts: Int, isInDoubt: Bool = false) {
    self.entry = entry
    self.token = token
    self.attempts = attempts
    self.isInDoubt = isInDoubt
  }
}

/// What became of a claimed entry.
public struct Settlement: Sendable, Hashable {
  public enum Result: Sendable, Hashable {
    case confirmed(status: Int)
    /// Try again not before this time; what happened, and whether the reply may be there all the same. `false` does not
    /// take back an earlier doubt.
    case retry(at: Timestamp, why: String, mayHaveArrived: Bool = false)
    /// Not sent again without a person; why, who has to mend it, and whether the reply may be there all the same.
    case parked(why: String, fault: Fault = .theirs, mayHaveArrived: Bool = false)
    /// Given back untouched (the run was stopped before the post began).
    case released
  }
  /// Who has to mend what keeps a reply from being sent.
  public enum Fault: String, Sendable, Hashable, CaseIterable {
    /// The receiver failed or refused.
    case theirs
    /// Our settings, secrets or request are wrong.
    case ours
    /// Sent it must not be: the ticket changed since it was read, or nobody can tell whether the reply is there.
    case policy
  }
  public let key: IdempotencyKey
  public let token: Int64
  public let result: Result
  public init(key: IdempotencyKey, token: Int64, result: Result) {
    self.key = key
    self.token = token
    self.result = result
  }
}

/// One decision as the ledger keeps it, with the reply that follows from it.
public struct CaseRecord: Sendable, Hashable {
  public let ticket: Ticket.ID
  public let revision: Revision
  /// `Policy.label`, and the id alone, which the identity of a decision rests on.
  public let policy: String
  public let policyID: String
  public let outcome: Outcome
  /// The decision line (JSON), masked.
  public let line: String
  public let due: Timestamp?
  public let entry: OutboxEntry?
  /// Beside the reply, for the customer's security e-mail; never without one.
  public let mail: MailRecord?
  /// The ticket's last change as the export gave it. Nil: not told.
  public let asOf: Timestamp?
  /// Why the reply must not go out yet: another row of the ticket in the same export cannot be read. Nil: it may go.
  public var withheld: String?
  /// - Parameter mail: none where results are not mailed, or there is no reply that could be.
  public init(
    ticket: Ticket.ID, revision: Revision, policy: String, policyID: String, outcome: Outcome, line: String,
    due: Timestamp?, entry: OutboxEntry?, mail: MailRecord? = nil, asOf: Timestamp? = nil
  ) {
    self.ticket = ticket
    self.revision = revision
    self.policy = policy
    self.policyID = policyID
    self.outcome = outcome
    self.line = line
    self.due = due
    self.entry = entry
    self.mail = mail
    self.asOf = asOf
  }
}

/// What the ledger knows of a case that is to be recorded.
public enum CaseStanding: Sendable, Hashable {
  case new
  /// `record` would leave it unchanged.
  case known
  /// A state of the ticket that was decided before, and after which a later one was (`CaseRecord.asOf`): an old export.
  case passed
  /// An earlier state than one that was decided, and never seen.
  case passedUnseen
}

public enum RecordResult: Sendable, Hashable {
  /// New: recorded, and its entry (if any) queued.
  case recorded
  /// The ledger's latest decision on this ticket has the same revision and outcome: nothing written, nothing queued.
  case unchanged
  /// `CaseStanding.passed`: nothing written, nothing queued.
  case passed
}

public struct LedgerStatus: Sendable, Hashable {
  /// Latest outcome of each ticket.
  public var tickets: [Outcome: Int]
  public var outbox: [OutboxEntry.State: Int]
  /// Earliest deadline among the tickets whose reply is not confirmed.
  public var oldestDue: Timestamp?
  /// Who has to mend what keeps the parked replies.
  public var parked: [Settlement.Fault: Int]
  /// Mails to security e-mails, which stand beside the replies of `outbox`.
  public var mails: [OutboxEntry.State: Int]
  public init(
    tickets: [Outcome: Int], outbox: [OutboxEntry.State: Int], oldestDue: Timestamp?,
    parked: [Settlement.Fault: Int] = [:], mails: [OutboxEntry.State: Int] = [:]
  ) {
    self.tickets = tickets
    self.outbox = outbox
    self.oldestDue = oldestDue
    self.parked = parked
    self.mails = mails
  }
}

/// One step of a ticket's history, newest last.
public struct HistoryItem: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case decided(revision: Revision, policy: String, outcome: Outcome, line: String)
    case entry(key: IdempotencyKey, state: OutboxEntry.State, attempts: Int, nextAttempt: Timestamp?, note: String?)
  }
  public let at: Timestamp
  public let kind: Kind
  public init(at: Timestamp, kind: Kind) {
    self.at = at
    self.kind = kind
  }
}
