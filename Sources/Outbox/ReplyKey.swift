public import ClosureModel
import Hashing

/// The identity of a reply. The same decision has the same key in every run, so it is never posted twice; a changed
/// ticket, another outcome or another text has another.
public enum ReplyKey {
  /// - Returns: `cd_` and 40 hex digits; no `.`, which Standard Webhooks forbids.
  public static func make(
    tenant: String, policyID: String, ticket: Ticket.ID, revision: Revision, outcome: Outcome, reply: Reply
  ) -> IdempotencyKey {
    var hash = Digest.SHA256Stream()
    for part in [
      "closedesk.reply/1", tenant, policyID, ticket.rawValue, revision.rawValue, outcome.rawValue, reply.subject,
      reply.body,
    ] {
      // Lengths first: no two lists of parts give the same bytes.
      hash.update("\(part.utf8.count):")
      hash.update(part)
    }
    return IdempotencyKey(rawValue: "cd_" + hash.finalHex().prefix(40))
  }
}
