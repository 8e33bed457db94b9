public import ClosureModel

/// Replies as Standard Webhooks events.
public struct GenericPreset: DeliveryTarget {
  private let url: String
  private let signer: Signer?
  private let timeoutSeconds: Double
  private let connectTimeoutSeconds: Double
  private let userAgent: String

  /// - Parameter signer: `nil` posts unsigned.
  public init(
    url: String, signer: Signer?, timeoutSeconds: Double, connectTimeoutSeconds: Double, userAgent: String = "closedesk"
  ) {
    self.url = url
    self.signer = signer
    self.timeoutSeconds = timeoutSeconds
    self.connectTimeoutSeconds = connectTimeoutSeconds
    self.userAgent = userAgent
  }

  /// The body of the post; kept in the outbox and sent byte for byte on every attempt.
  /// - Parameter timestamp: when the decision was made.
  public static func payload(case file: CaseFile, timestamp: Timestamp) -> [UInt8] {
    guard let reply = file.reply else { return [] }
    let outcome = file.decision.outcome
    let reasons = file.decision.findings.filter { $0.verdict != .satisfied }.map { JSONText.quoted($0.code.rawValue) }
    let due = file.decision.due.map { JSONText.quoted($0.description) } ?? "null"
    let text =
      #"{"type":"closure.ticket.\#(outcome.rawValue)","timestamp":\#(JSONText.quoted(timestamp.description)),"data":{"#
      + #""ticket":\#(JSONText.quoted(file.ticket.id.rawValue)),"outcome":"\#(outcome.rawValue)","#
      + #""subject":\#(JSONText.quoted(reply.subject)),"body":\#(JSONText.quoted(reply.body)),"#
      + #""format":"\#(reply.format.rawValue)","status":"\#(status(outcome))","due":\#(due),"#
      + #""reasons":[\#(reasons.joined(separator: ","))],"policy":\#(JSONText.quoted(file.policy))}}"#
    return Array(text.utf8)
  }

  /// What the ticket should become: waiting for the customer, worked on, or done.
  static func status(_ outcome: Outcome) -> String {
    switch outcome {
    case .incomplete, .ineligible: "pending"
    case .withdrawn: "solved"
    case .accepted, .review, .outOfScope: "open"
    }
  }

  public var attemptSeconds: Double { timeoutSeconds }
  /// The id is the receiver's to recognise.
  public var isIdempotent: Bool { true }

  public func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async
    -> AttemptEnd
  {
    let outcome = await transport.send(request(for: claim.entry, at: now))
    return AttemptEnd(AnswerRule.meaning(of: outcome, at: now), last: outcome)
  }

  /// The same bytes and id on every attempt; time and signature are the attempt's own.
  public func request(for entry: OutboxEntry, at now: Timestamp) -> WebhookRequest {
    let id = entry.key.rawValue
    var headers = [
      HTTPField("Content-Type", "application/json; charset=utf-8"), HTTPField("User-Agent", userAgent),
      HTTPField("webhook-id", id), HTTPField("webhook-timestamp", "\(now.epochSeconds)"),
      HTTPField("Idempotency-Key", "\"\(id)\""),
    ]
    if let signer {
      headers.append(
        HTTPField("webhook-signature", signer.header(id: id, timestamp: now.epochSeconds, body: entry.payload)))
    }
    return WebhookRequest(
      url: url, headers: headers, body: entry.payload, timeoutSeconds: timeoutSeconds,
      connectTimeoutSeconds: connectTimeoutSeconds)
  }
}

/// Text as a JSON string.
enum JSONText {
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
