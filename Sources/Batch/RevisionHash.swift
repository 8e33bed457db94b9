import ClosureModel
import Hashing

/// The revision of a ticket: what the customer said and what is known of the account.
///
/// Status, times and the agents' and the system's messages are left out: our own answer changes them, and an answer must
/// not make its ticket look new. Files count with their contents where they were read.
enum RevisionHash {
  static func revision(of ticket: Ticket, attachments: [AttachmentFact]) -> Revision {
    var fields = Fields()
    func add(_ text: String) { fields.add(text) }
    add("closedesk.revision/1")
    add(ticket.id.rawValue)
    add(ticket.category)
    add(ticket.subject)
    add(ticket.body)
    add(ticket.account)
    add(ticket.declaredKind)
    add(ticket.company)
    add(ticket.contactEmail)
    add(ticket.contactPhone)
    for reply in ticket.replies where reply.author != .agent && reply.author != .system { add(reply.text) }
    for file in attachments {
      add(file.name)
      if case .found(let sha256, _, _) = file.state { add(sha256) }
    }
    fields.add(ticket.facts.balance) { $0.description }
    fields.add(ticket.facts.arrears) { $0.description }
    fields.add(ticket.facts.serviceProvider) { $0 ? "true" : "false" }
    fields.add(ticket.facts.icpFiling) { $0 ? "true" : "false" }
    fields.add(ticket.facts.resources) { String($0) }
    // Only where there is one, so that exports without this column keep their revisions.
    if !ticket.identityNumber.isEmpty { add("identity number " + ticket.identityNumber) }
    if ticket.hasConflictingCopy { add("conflicting copy") }
    if ticket.isPartial { add("partial") }
    // The status is left out here as well.
    for one in ticket.contradictions where one.field != .status {
      add("contradiction " + one.field.rawValue)
      for cell in one.cells {
        add(cell.column)
        add(cell.text)
      }
    }
    return Revision(rawValue: "sha256:" + fields.hash)
  }

  /// Fields one behind the other, hashed together. Each is preceded by its length, so that moving a character from one
  /// field to the next changes the hash. A long ticket is hashed in pieces: its text is not held twice.
  private struct Fields {
    private var hashed = Digest.SHA256Stream()
    private var bytes: [UInt8] = []
    private static let most = 1 << 14

    init() { bytes.reserveCapacity(4096) }

    mutating func add<Value>(_ fact: Fact<Value>, _ known: (Value) -> String) {
      switch fact {
      case .columnAbsent: add("-")
      case .blank: add("")
      case .unreadable(let raw): add(raw, behind: UInt8(ascii: "?"))
      case .known(let value): add(known(value), behind: UInt8(ascii: "="))
      }
    }

    /// - Parameter sign: stands before the text, as a part of it.
    mutating func add(_ text: String, behind sign: UInt8? = nil) {
      var text = text
      text.withUTF8 { utf8 in
        length(utf8.count + (sign == nil ? 0 : 1))
        bytes.append(UInt8(ascii: ":"))
        if let sign { bytes.append(sign) }
        if utf8.count < Self.most {
          bytes.append(contentsOf: utf8)
        } else {
          flush()
          hashed.update(UnsafeRawBufferPointer(utf8))
        }
      }
      if bytes.count >= Self.most { flush() }
    }

    private mutating func length(_ count: Int) {
      if count >= 10 { length(count / 10) }
      bytes.append(0x30 + UInt8(count % 10))
    }

    private mutating func flush() {
      bytes.withUnsafeBytes { hashed.update($0) }
      bytes.removeAll(keepingCapacity: true)
    }

    var hash: String {
      mutating get {
        flush()
        return hashed.finalHex()
      }
    }
  }
}
