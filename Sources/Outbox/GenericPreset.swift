public import ClosureModel

/// Replies as Standard Webhooks events.
public struct GenericPreset: OneRequestTarget {
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
    var json: [UInt8] = []
    json.reserveCapacity(reply.body.utf8.count + reply.subject.utf8.count + 1024)
    func raw(_ text: String) { json.append(contentsOf: text.utf8) }
    func quoted(_ text: String) { JSONText.append(text, to: &json) }
    raw(#"{"type":"closure.ticket.\#(outcome.rawValue)","timestamp":"#)
    quoted(timestamp.description)
    raw(#","data":{"ticket":"#)
    quoted(file.ticket.id.rawValue)
    raw(#","outcome":"\#(outcome.rawValue)","subject":"#)
    quoted(reply.subject)
    raw(#","body":"#)
    quoted(reply.body)
    raw(#","format":"\#(reply.format.rawValue)","status":"\#(status(outcome))","due":"#)
    if let due = file.decision.due { quoted(due.description) } else { raw("null") }
    raw(#","reasons":["#)
    var isFirst = true
    for finding in file.decision.findings where finding.verdict != .satisfied {
      if !isFirst { raw(",") }
      isFirst = false
      quoted(finding.code.rawValue)
    }
    raw(#"],"policy":"#)
    quoted(file.policy)
    raw("}}")
    return json
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

  public func end(_ outcome: TransportOutcome, at now: Timestamp) -> AttemptEnd {
    AttemptEnd(AnswerRule.meaning(of: outcome, at: now), last: outcome)
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
    var out: [UInt8] = []
    append(text, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends the text as a JSON string. Runs of bytes that stand for themselves are copied whole.
  static func append(_ text: String, to out: inout [UInt8]) {
    var text = text
    out.append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var start = 0
      for at in bytes.indices {
        let byte = bytes[at]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<at]))
        start = at + 1
        switch byte {
        case UInt8(ascii: "\n"): out += [0x5C, UInt8(ascii: "n")]
        case UInt8(ascii: "\r"): out += [0x5C, UInt8(ascii: "r")]
        case UInt8(ascii: "\t"): out += [0x5C, UInt8(ascii: "t")]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [0x5C, byte]
        default: out += Array((byte < 0x10 ? "\\u000" : "\\u00").utf8) + Array(String(byte, radix: 16).utf8)
        }
      }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
    out.append(UInt8(ascii: "\""))
  }
}
