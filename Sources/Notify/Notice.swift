public import ClosureModel

/// What a team can ask to be told (`on:`).
public enum NoticeKind: String, Sendable, Hashable, CaseIterable {
  /// A run came to something.
  case summary
  /// Replies that nobody sends any more until a person looks.
  case parked
  /// Tickets whose deadline is near or past.
  case deadline
  /// Nothing is sent: stop-loss, hold, a webhook that cannot be reached or refuses us.
  case stopped
}

/// What the team is told. Counts, times and ticket labels are all that fits in: there is no room for a name, an address,
/// a quotation or a text of somebody else's, so none can leave this way.
public enum Notice: Sendable, Hashable {
  case summary(RunCounts)
  case parked(ParkedCounts)
  case deadline(DeadlineCounts)
  case stopped(StopReason, waiting: Int)
  /// Of `notify test`.
  case test

  /// Nil: a test belongs to no kind.
  public var kind: NoticeKind? {
    switch self {
    case .summary: .summary
    case .parked: .parked
    case .deadline: .deadline
    case .stopped: .stopped
    case .test: nil
    }
  }
}

/// What one run came to.
public struct RunCounts: Sendable, Hashable {
  /// Of every ticket that was looked at, new or not.
  public var outcomes: [Outcome: Int]
  /// Decisions that the ledger did not know.
  public var recorded: Int
  public var rowErrors: Int
  public var confirmed: Int
  public var retried: Int
  public var parked: Int
  public init(
    outcomes: [Outcome: Int] = [:], recorded: Int = 0, rowErrors: Int = 0, confirmed: Int = 0, retried: Int = 0,
    parked: Int = 0
  ) {
    self.outcomes = outcomes
    self.recorded = recorded
    self.rowErrors = rowErrors
    self.confirmed = confirmed
    self.retried = retried
    self.parked = parked
  }

  /// Whether anything happened that the run before did not already say.
  var isNews: Bool { recorded > 0 || confirmed > 0 || parked > 0 }
}

public struct ParkedCounts: Sendable, Hashable {
  public var total: Int
  public var byFault: [Settlement.Fault: Int]
  /// Not told of before, newest first.
  public var fresh: [TicketLabel]
  public init(total: Int, byFault: [Settlement.Fault: Int], fresh: [TicketLabel]) {
    self.total = total
    self.byFault = byFault
    self.fresh = fresh
  }
}

public struct DeadlineCounts: Sendable, Hashable {
  public struct Item: Sendable, Hashable {
    public var ticket: TicketLabel
    public var due: Timestamp
    public var waitsFor: OpenDeadline.Waiting
    public var isPast: Bool
    public init(ticket: TicketLabel, due: Timestamp, waitsFor: OpenDeadline.Waiting, isPast: Bool) {
      self.ticket = ticket
      self.due = due
      self.waitsFor = waitsFor
      self.isPast = isPast
    }
  }
  /// All that are open, told of before or not.
  public var near: Int
  public var past: Int
  /// Not told of before, most urgent first.
  public var fresh: [Item]
  public init(near: Int, past: Int, fresh: [Item]) {
    self.near = near
    self.past = past
    self.fresh = fresh
  }
}

/// Why nothing is sent.
public enum StopReason: String, Sendable, Hashable, CaseIterable {
  case stopLoss = "stop_loss"
  case hold
  case unreachable
  /// The webhook refuses our settings: secret, address, rights.
  case refusing
}

/// A ticket id as it may be shown to a group. Ids are the export's, and some exports put a phone number or an address
/// there: what could reach a person is masked, what is no plain id is cut.
public struct TicketLabel: Sendable, Hashable, CustomStringConvertible {
  public let description: String

  public init(_ id: Ticket.ID) {
    let text = id.rawValue
    guard TicketShape.isPlain(text) else {
      // Two characters tell tickets apart for whoever has the list beside them, and nobody else anything.
      description = String(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(2)) + "***"
      return
    }
    description = text
  }
}
