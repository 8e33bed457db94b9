/// One mail, complete.
public struct MailSubmission: Sendable, Hashable {
  /// Of the envelope; plain addresses.
  public let from: String
  public let to: [String]
  /// Head and body, CR LF, ASCII.
  public let message: [UInt8]
  /// Bound of everything, connecting included.
  public let timeoutSeconds: Double
  public init(from: String, to: [String], message: [UInt8], timeoutSeconds: Double = 60) {
    self.from = from
    self.to = to
    self.message = message
    self.timeoutSeconds = timeoutSeconds
  }
}

public enum MailOutcome: Sendable, Hashable {
  /// Where the server said no.
  public enum Step: String, Sendable, Hashable { case greeting, login, envelope, message }
  /// The server took it over.
  case accepted
  /// - `code`: of SMTP; 4xx passes, 5xx stays.
  case refused(Step, code: Int)
  /// - `mayHaveArrived`: the message was handed over whole, and the server's answer is not known.
  case failed(TransportOutcome.Failure, what: String, mayHaveArrived: Bool)
}

/// Hands mails to a server. An adapter guarantees: TLS verified, no login and no mail over a line that is not encrypted
/// (but to this machine, where that was allowed), a mail is handed over at most once per call, the time-out; cancelling
/// the task ends the transfer within two seconds. No text of the server's is passed on: it may quote addresses.
public protocol MailTransport: Sendable {
  func submit(_ submission: MailSubmission) async -> MailOutcome
}
