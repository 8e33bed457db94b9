public import ClosureModel
import FoundationEssentials
public import MailFormat

/// Mails as the deliverer sees them.
///
/// SMTP knows no idempotency: two submissions are two mails in the customer's box, whatever their Message-ID says. So a
/// mail that may have arrived is never sent again by itself: it is parked, and the note names the Message-ID by which the
/// mail server's log can be searched. It is neither lost nor doubled; a person decides.
public struct MailTarget: DeliveryTarget {
  private let from: MailAddress
  private let transport: any MailTransport
  public let attemptSeconds: Double

  public init(from: MailAddress, transport: any MailTransport, attemptSeconds: Double = 60) {
    self.from = from
    self.transport = transport
    self.attemptSeconds = attemptSeconds
  }

  public var isIdempotent: Bool { false }

  public func attempt(_ claim: ClaimedEntry, over webhook: any WebhookTransport, at now: Timestamp) async -> AttemptEnd
  {
    guard let payload = try? JSONDecoder().decode(MailPayload.self, from: Data(claim.entry.payload)),
      payload.type == MailPayload.type
    else {
      return AttemptEnd(.refused(why: "the ledger's payload is no mail of this version", fault: .ours), last: nil)
    }
    if let obstacle = payload.obstacle {
      let what = CustomerMail.Obstacle(rawValue: obstacle)?.what ?? "there is no address"
      return AttemptEnd(.refused(why: what, fault: .policy), last: nil)
    }
    guard let message = message(payload, claim.entry.key) else {
      return AttemptEnd(.refused(why: "the ledger's payload is no mail of this version", fault: .ours), last: nil)
    }
    guard !claim.isInDoubt else { return AttemptEnd(inDoubt(message, "an earlier attempt was cut off"), last: nil) }
    let outcome = await transport.submit(
      MailSubmission(
        from: from.text, to: message.to.map(\.text), message: message.bytes, timeoutSeconds: attemptSeconds))
    return AttemptEnd(meaning(outcome, message), last: Self.shown(outcome))
  }

  private func message(_ payload: MailPayload, _ key: IdempotencyKey) -> MailMessage? {
    guard let to = MailAddress(payload.to), let date = Timestamp(parsing: payload.timestamp) else { return nil }
    return MailMessage(
      from: from, to: [to], subject: payload.subject, body: payload.body, date: date, id: key.rawValue,
      isHTML: payload.format == "html")
  }

  /// In the terms that pacing and the circuit breaker know: a server that wants nobody's mail, one that wants less of it
  /// for a while, one that answered.
  private static func shown(_ outcome: MailOutcome) -> TransportOutcome {
    switch outcome {
    case .accepted: .answered(HTTPReply(status: 200))
    case .refused(let step, let code) where step == .login || (step == .greeting && code >= 500):
      .answered(HTTPReply(status: 401))
    // Greylisting and full mailboxes (450 to 452) concern one recipient; 421 and a greeting concern the server.
    case .refused(let step, let code):
      .answered(HTTPReply(status: code == 421 || step == .greeting ? 503 : code < 500 ? 409 : 422))
    case .failed(let failure, let what, let arrived): .failed(failure, what: what, mayHaveArrived: arrived)
    }
  }

  private func meaning(_ outcome: MailOutcome, _ message: MailMessage) -> AttemptEnd.Meaning {
    switch outcome {
    case .accepted:
      // 250: the server took it over.
      return .shown(status: 250)
    case .refused(let step, let code):
      let why = "the mail server said \(code) at the \(step.rawValue)"
      // 4xx passes; a login or greeting that is refused concerns every mail, and a person who mends the settings.
      if code < 500 || step == .login || step == .greeting {
        return .again(afterSeconds: nil, why: why, mayHaveArrived: false)
      }
      return .refused(why: why, fault: .theirs)
    case .failed(.cancelled, _, let arrived):
      return arrived ? inDoubt(message, "stopped by us") : .stopped(mayHaveArrived: false)
    case .failed(let failure, let what, let arrived):
      // It goes into the ledger, the log and the terminal.
      let words = "\(failure.rawValue): \(Self.withoutAddresses(what))"
      if arrived { return inDoubt(message, words) }
      return .again(afterSeconds: nil, why: "mail: \(words)", mayHaveArrived: false)
    }
  }

  /// A transport promises to pass no text of the server's on. Whatever it says instead, no address of a customer's gets
  /// beyond this point: every word that holds an `@`, in any of its shapes, is struck out.
  static func withoutAddresses(_ text: String) -> String {
    guard text.contains(where: { "@＠﹫".contains($0) }) || text.contains("%40") else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      word.contains { "@＠﹫".contains($0) } || word.contains("%40") ? "‹address›" : word
    }.joined(separator: " ")
  }

  private func inDoubt(_ message: MailMessage, _ why: String) -> AttemptEnd.Meaning {
    .refused(
      why: "the mail may have arrived (\(why)). Search the mail server's log for \(message.messageID): if it is not"
        + " there, retry; if it is, drop", fault: .policy, mayHaveArrived: true)
  }
}
