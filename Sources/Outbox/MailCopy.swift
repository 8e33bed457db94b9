public import ClosureModel
import FoundationEssentials
import Hashing
import MailFormat

/// The result of a ticket for the customer's security e-mail (安全邮箱), beside the answer in the ticket system: a mail of
/// its own in the ledger, with a key and a payload of its own.
public enum MailCopy {
  /// The address that the ticket's result may be mailed to.
  /// - Returns: one plain address, or why there is none. No mail ever goes to another address of the ticket.
  public static func recipient(of ticket: Ticket) -> (to: String, obstacle: CustomerMail.Obstacle?) {
    let words = ticket.securityEmail.split(whereSeparator: \.isWhitespace)
    guard let address = words.first.map({ String($0) }) else { return ("", .absent) }
    // Two of them are two people perhaps.
    guard words.count == 1 else { return ("", .malformed) }
    guard !address.contains(where: { "*＊•●xX×".contains($0) && isMask($0, in: address) }) else { return ("", .masked) }
    guard let plain = MailAddress(address) else { return ("", .malformed) }
    return (plain.text, nil)
  }

  /// - Parameter replyKey: of the reply that it stands beside.
  /// - Parameter timestamp: of the decision; the mail's date.
  public static func record(
    _ mail: CustomerMail, ticket: Ticket.ID, outcome: Outcome, replyKey: IdempotencyKey, timestamp: Timestamp
  ) -> MailRecord {
    var hash = Digest.SHA256Stream()
    for part in ["closedesk.mail/1", replyKey.rawValue, mail.obstacle?.rawValue ?? mail.to] {
      hash.update("\(part.utf8.count):\(part)")
    }
    let payload = MailPayload(
      type: MailPayload.type, timestamp: timestamp.description, to: mail.to, obstacle: mail.obstacle?.rawValue,
      subject: mail.subject, body: mail.body, format: mail.format == .html ? "html" : nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(payload) else {
      preconditionFailure("texts are always encodable")
    }
    return MailRecord(
      entry: OutboxEntry(
        key: IdempotencyKey(rawValue: IdempotencyKey.mailPrefix + hash.finalHex().prefix(40)), ticket: ticket,
        outcome: outcome, payload: Array(bytes)), obstacle: mail.obstacle)
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
  /// Empty where there is an obstacle.
  let to: String
  let obstacle: String?
  let subject: String
  let body: String
  /// Nil: text.
  let format: String?
}
