import ClosureModel
import Ingest

/// Which files of a run stand in the tickets of more than one applicant, told before the first ticket is decided: a letter
/// that is seen again later must not have been accepted the first time.
struct FileIndex: Sendable {
  /// An applicant, as far as a letter names one.
  private struct Applicant: Hashable {
    let company: String
    let account: String

    init(_ ticket: Ticket) {
      company = Self.plain(ticket.company)
      account = Self.plain(ticket.account)
    }

    private static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace }.lowercased() }
  }
  private struct Use {
    /// A hash is enough, and small: a run may hold many files.
    let applicant: Int
    let ticket: Ticket.ID
    /// The first ticket of somebody else that holds the file.
    var other: Ticket.ID?
  }

  private var uses: [String: Use] = [:]

  /// - Parameter facts: the files that a ticket lists, with their hashes.
  init(_ sources: [TicketExport], _ interruption: Interruption, facts: (Ticket) -> [AttachmentFact]) throws {
    for source in sources {
      try source.forEach { item in
        guard !interruption.isRaised else { return false }
        if case .ticket(let ticket) = item, !ticket.attachments.isEmpty { add(ticket, facts(ticket)) }
        return true
      }
    }
    // Only what is used twice is asked for.
    uses = uses.filter { $0.value.other != nil }
  }

  private mutating func add(_ ticket: Ticket, _ facts: [AttachmentFact]) {
    let applicant = Applicant(ticket).hashValue
    for case .found(let sha256, let bytes, _) in facts.map(\.state) where bytes > 0 {
      guard let use = uses[sha256] else {
        uses[sha256] = Use(applicant: applicant, ticket: ticket.id, other: nil)
        continue
      }
      if use.other == nil, use.applicant != applicant { uses[sha256]?.other = ticket.id }
    }
  }

  /// The files of a ticket that somebody else's ticket holds too.
  func reused(in ticket: Ticket, _ facts: [AttachmentFact]) -> [Examination.ReusedFile] {
    guard !uses.isEmpty else { return [] }
    return facts.compactMap { fact in
      guard case .found(let sha256, _, _) = fact.state, let use = uses[sha256], let other = use.other else {
        return nil
      }
      let isFirst = use.applicant == Applicant(ticket).hashValue
      return Examination.ReusedFile(name: fact.name, ticket: isFirst ? other : use.ticket)
    }
  }
}
