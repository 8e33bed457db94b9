import ClosureModel
import Hashing

/// The revision of a ticket: what the customer said and what is known of the account.
///
/// Status, times and the agents' and the system's messages are left out: our own answer changes them, and an answer must
/// not make its ticket look new. Files count with their contents where they were read.
enum RevisionHash {
  static func revision(of ticket: Ticket, attachments: [AttachmentFact]) -> Revision {
    var hash = Digest.SHA256Stream()
    /// Every field is preceded by its length, so that moving a character from one field to the next changes the hash.
    func add(_ text: String) {
      hash.update("\(text.utf8.count):")
      hash.update(text)
    }
    add("closedesk.revision/1")
    for field in [
      ticket.id.rawValue, ticket.category, ticket.subject, ticket.body, ticket.account, ticket.declaredKind,
      ticket.company, ticket.contactEmail, ticket.contactPhone,
    ] {
      add(field)
    }
    for reply in ticket.replies where reply.author != .agent && reply.author != .system { add(reply.text) }
    for file in attachments {
      add(file.name)
      if case .found(let sha256, _, _) = file.state { add(sha256) }
    }
    add(text(ticket.facts.balance))
    add(text(ticket.facts.arrears))
    add(text(ticket.facts.serviceProvider))
    add(text(ticket.facts.icpFiling))
    add(text(ticket.facts.resources))
    // Only where there is one, so that exports without this column keep their revisions.
    if !ticket.identityNumber.isEmpty { add("identity number " + ticket.identityNumber) }
    if ticket.hasConflictingCopy { add("conflicting copy") }
    if ticket.isPartial { add("partial") }
    return Revision(rawValue: "sha256:" + hash.finalHex())
  }

  private static func text<Value>(_ fact: Fact<Value>) -> String {
    switch fact {
    case .columnAbsent: "-"
    case .blank: ""
    case .unreadable(let raw): "?" + raw
    case .known(let value): "=\(value)"
    }
  }
}
