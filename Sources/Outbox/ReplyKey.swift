public import ClosureModel
import Hashing

/// The identity of a reply. The same decision has the same key in every run, so it is never posted twice; a changed
/// ticket, another outcome or another text has another.
public enum ReplyKey {
  /// - Returns: `cd_` and 40 hex digits; no `.`, which Standard Webhooks forbids.
  public static func make(
    tenant: String, policyID: String, ticket: Ticket.ID, revision: Revision, outcome: Outcome, reply: Reply
  ) -> IdempotencyKey {
    let (subject, body) = reply.inTime.map { ($0.subject, $0.body) } ?? (reply.subject, reply.body)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.utf8.count + 512)
    for part in [
      "closedesk.reply/1", tenant, policyID, ticket.rawValue, revision.rawValue, outcome.rawValue, subject, body,
    ] {
      // Lengths first: no two lists of parts give the same bytes.
      bytes.append(contentsOf: String(part.utf8.count).utf8)
      bytes.append(UInt8(ascii: ":"))
      bytes.append(contentsOf: part.utf8)
    }
    return IdempotencyKey(rawValue: "cd_" + Digest.sha256Hex(bytes).prefix(40))
  }
}
