public import ClosureModel
import FoundationEssentials
import Hashing
import MailFormat

/// The result of a ticket for the customer's security e-mail (安全邮箱), beside the answer in the ticket system: an entry
/// of its own in the outbox, with a key and a payload of its own.
public enum MailCopy {
  public enum Result: Sendable, Hashable {
    case entry(OutboxEntry)
    /// Nothing can be sent; a person has to see to it. The address itself is not in here.
    case cannot(Reason)
  }

  public enum Reason: String, Sendable, Hashable {
    /// The export has no security e-mail for this ticket.
    case absent
    /// Exports show it as `a***@example.com`. What is hidden is never guessed, not even where a contact address matches.
    case masked
    case malformed
  }

  /// Begins the key of every such entry; those of the ticket system begin with `cd_`.
  public static let keyPrefix = "cdm_"

  /// - Returns: nil where the decision has no reply.
  public static func make(case file: CaseFile, replyKey: IdempotencyKey, timestamp: Timestamp) -> Result? {
    guard let reply = file.reply else { return nil }
    let words = file.ticket.securityEmail.split(whereSeparator: \.isWhitespace)
    guard let address = words.first.map({ String($0) }) else { return .cannot(.absent) }
    // Two of them are two people perhaps.
    guard words.count == 1 else { return .cannot(.malformed) }
    guard !address.contains(where: { "*＊•●xX×".contains($0) && isMask($0, in: address) }) else {
      return .cannot(.masked)
    }
    guard let to = MailAddress(address), reply.format == .text else { return .cannot(.malformed) }
    var hash = Digest.SHA256Stream()
    for part in ["closedesk.mail/1", replyKey.rawValue, to.text] { hash.update("\(part.utf8.count):\(part)") }
    let payload = MailPayload(
      type: MailPayload.type, timestamp: timestamp.description, to: to.text, subject: reply.subject, body: reply.body)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(payload) else { return .cannot(.malformed) }
    return .entry(
      OutboxEntry(
        key: IdempotencyKey(rawValue: keyPrefix + hash.finalHex().prefix(40)), ticket: file.ticket.id,
        outcome: file.decision.outcome, payload: Array(bytes), asOf: file.ticket.updatedAt))
  }

  /// A star, in any of its shapes, is always a mask; a letter x only where three stand together (`axxx@…`).
  private static func isMask(_ character: Character, in address: String) -> Bool {
    switch character {
    case "x", "X", "×": address.lowercased().contains("xxx")
    default: true
    }
  }
}

/// What the ledger keeps of such a mail: the same bytes on every attempt.
struct MailPayload: Codable, Sendable, Hashable {
  static let type = "closure.mail/1"
  let type: String
  /// When the decision was made; the mail's date.
  let timestamp: String
  let to: String
  let subject: String
  let body: String
}
