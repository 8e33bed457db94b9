import Hashing
public import ClosureModel

/// A reply that nobody asked for: to look at a preset's requests, and to try a ticket system.
public enum SampleReply {
  /// - Parameter key: nil: one that changes with the time, so that no system takes it for a repeat.
  public static func entry(
    ticket: String, outcome: Outcome, subject: String, body: String, policy: String, key: IdempotencyKey? = nil,
    at now: Timestamp
  ) -> OutboxEntry {
    func text(_ text: String) -> JSONValue { .string(text) }
    let data: [JSONValue.Member] = [
      .init("ticket", text(ticket)), .init("outcome", text(outcome.rawValue)), .init("subject", text(subject)),
      .init("body", text(body)), .init("format", text("text")),
      .init("status", text(GenericPreset.status(outcome))), .init("due", .null), .init("reasons", .array([])),
      .init("policy", text(policy)),
    ]
    let event = JSONValue.object([
      .init("type", text("closure.ticket.\(outcome.rawValue)")), .init("timestamp", text(now.description)),
      .init("data", .object(data)),
    ])
    let made = Digest.sha256Hex(Array("closedesk.sample/1 \(ticket) \(now.epochSeconds)".utf8))
    return OutboxEntry(
      key: key ?? IdempotencyKey(rawValue: "cd_" + made.prefix(40)), ticket: Ticket.ID(ticket), outcome: outcome,
      payload: Array(event.serialised.utf8))
  }
}
