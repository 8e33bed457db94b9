import ClosureModel

/// Rows of a run that cannot be read though their ticket is known: what waits for such a ticket must not be sent, for
/// the row may speak against it. And tickets that were held back before and can be read now.
struct UnreadRows {
  private let store: any CaseStore
  /// Tickets of which something was held back when the run began.
  private let held: Set<Ticket.ID>
  private let clock: @Sendable () -> Timestamp
  private var reasons: [Ticket.ID: String] = [:]
  private var unwritten: [Ticket.ID: String] = [:]
  private var standing: Set<Ticket.ID> = []

  init(store: any CaseStore, held: Set<Ticket.ID>, clock: @escaping @Sendable () -> Timestamp) {
    self.store = store
    self.held = held
    self.clock = clock
  }

  /// - Returns: nil: nobody knows whose row it is.
  static func reason(_ error: RowError) -> (ticket: Ticket.ID, why: String)? {
    error.unreadTicket.map {
      ($0, "held back: a row of the ticket cannot be read (\(error.origin), \(error.code.rawValue))")
    }
  }

  mutating func add(_ error: RowError) async throws(StoreError) {
    guard let (ticket, why) = Self.reason(error) else { return }
    try await add(ticket, why)
  }

  mutating func add(_ ticket: Ticket.ID, _ why: String) async throws(StoreError) {
    guard reasons[ticket] == nil else { return }
    reasons[ticket] = why
    unwritten[ticket] = why
    if unwritten.count == RecordingRun.batch { try await write() }
  }

  /// An earlier decision on it stands.
  mutating func stands(_ ticket: Ticket.ID) { if held.contains(ticket) { standing.insert(ticket) } }

  mutating func write() async throws(StoreError) {
    guard !unwritten.isEmpty else { return }
    _ = try await store.withhold(unwritten, at: clock())
    unwritten = [:]
  }

  /// How many tickets there are of which something is held back and was not before.
  func newlyHeld() async throws(StoreError) -> Int { try await store.withheld().subtracting(held).count }

  /// A decision that rests on another row of the same ticket is recorded, but not answered.
  func marked(_ record: CaseRecord) -> CaseRecord {
    guard let why = reasons[record.ticket] else { return record }
    var out = record
    out.withheld = why
    return out
  }

  /// - Returns: how many replies wait again, because every row of their tickets can be read.
  func letGo() async throws(StoreError) -> Int {
    let free = standing.filter { reasons[$0] == nil }
    return try await store.letGo(free.sorted { $0.rawValue < $1.rawValue }, at: clock())
  }
}
