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
    guard let message = message(of: claim.entry) else {
      return AttemptEnd(.refused(why: "the ledger's payload is no mail of this version", fault: .ours), last: nil)
    }
    guard !claim.isInDoubt else { return AttemptEnd(inDoubt(message, "an earlier attempt was cut off"), last: nil) }
    let outcome = await transport.submit(
      MailSubmission(
        from: from.text, to: message.to.map(\.text), message: message.bytes, timeoutSeconds: attemptSeconds))
    // The webhook's pacing has no business with a mail server: nothing of it is passed on.
    return AttemptEnd(meaning(outcome, message), last: nil)
  }

  private func message(of entry: OutboxEntry) -> MailMessage? {
    guard let payload = try? JSONDecoder().decode(MailPayload.self, from: Data(entry.payload)),
      payload.type == MailPayload.type, let to = MailAddress(payload.to),
      let date = Timestamp(parsing: payload.timestamp)
    else { return nil }
    return MailMessage(
      from: from, to: [to], subject: payload.subject, body: payload.body, date: date, id: entry.key.rawValue)
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
      if arrived { return inDoubt(message, "\(failure.rawValue): \(what)") }
      return .again(afterSeconds: nil, why: "mail: \(failure.rawValue): \(what)", mayHaveArrived: false)
    }
  }

  private func inDoubt(_ message: MailMessage, _ why: String) -> AttemptEnd.Meaning {
    .refused(
      why: "the mail may have arrived (\(why)). Search the mail server's log for \(message.messageID): if it is not"
        + " there, retry; if it is, drop", fault: .policy)
  }
}

/// Hands each entry to the target that its key names: the ticket system's, or mail.
public struct RoutedTarget: DeliveryTarget {
  private let webhook: any DeliveryTarget
  private let mail: MailTarget?

  public init(webhook: any DeliveryTarget, mail: MailTarget?) {
    self.webhook = webhook
    self.mail = mail
  }

  public var attemptSeconds: Double { max(webhook.attemptSeconds, mail?.attemptSeconds ?? 0) }
  /// Only where both are.
  public var isIdempotent: Bool { webhook.isIdempotent && mail == nil }

  public func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async
    -> AttemptEnd
  {
    guard claim.entry.key.rawValue.hasPrefix(MailCopy.keyPrefix) else {
      return await webhook.attempt(claim, over: transport, at: now)
    }
    guard let mail else {
      return AttemptEnd(.refused(why: "mail: is not set up any more; the mail is kept", fault: .ours), last: nil)
    }
    return await mail.attempt(claim, over: transport, at: now)
  }
}
