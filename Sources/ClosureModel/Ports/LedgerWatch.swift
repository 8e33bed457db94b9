/// A reply that waits for a person.
public struct ParkedReply: Sendable, Hashable {
  public let key: IdempotencyKey
  public let ticket: Ticket.ID
  /// Nil: written before faults were kept.
  public let fault: Settlement.Fault?
  public init(key: IdempotencyKey, ticket: Ticket.ID, fault: Settlement.Fault?) {
    self.key = key
    self.ticket = ticket
    self.fault = fault
  }
}

/// A ticket that is not answered yet.
public struct OpenDeadline: Sendable, Hashable {
  public enum Waiting: String, Sendable, Hashable, CaseIterable {
    /// Its latest decision is `review`.
    case person
    /// Its reply is queued, on its way or parked.
    case reply
  }
  public let ticket: Ticket.ID
  public let due: Timestamp
  public let waitsFor: Waiting
  public init(ticket: Ticket.ID, due: Timestamp, waitsFor: Waiting) {
    self.ticket = ticket
    self.due = due
    self.waitsFor = waitsFor
  }
}

/// What somebody should look at. An adapter guarantees: nothing is changed by asking; a ticket stands in `deadlines` once
/// for each thing that it waits for, with the deadline of its latest decision.
public protocol LedgerWatch: Sendable {
  /// Newest first.
  func parked(limit: Int) async throws(StoreError) -> (
    total: Int, byFault: [Settlement.Fault: Int], first: [ParkedReply]
  )
  /// Deadlines in the range, earliest first.
  func deadlines(in range: ClosedRange<Timestamp>) async throws(StoreError) -> [OpenDeadline]
}
