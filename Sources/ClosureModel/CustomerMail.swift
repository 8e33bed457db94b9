/// The result of a ticket for the customer's security e-mail (安全邮箱), beside the reply in the ticket system.
public struct CustomerMail: Sendable, Hashable {
  /// Why it cannot be sent: a person has to see to it.
  public enum Obstacle: String, Sendable, Hashable, CaseIterable {
    /// The export has no security e-mail for this ticket.
    case absent
    /// Exports show it as `a***@example.com`. What is hidden is never guessed, not even where a contact address matches.
    case masked
    /// Something else than one plain address.
    case malformed

    /// For the ledger's note; without the address.
    public var what: String {
      switch self {
      case .absent: "the ticket has no security e-mail"
      case .masked: "the export masks the security e-mail, and what is hidden is not guessed"
      case .malformed: "the security e-mail of the ticket is no plain address"
      }
    }
  }

  /// A plain address; empty where there is an obstacle.
  public let to: String
  public let obstacle: Obstacle?
  public let subject: String
  public let body: String
  public let format: Reply.Format
  public init(to: String, obstacle: Obstacle?, subject: String, body: String, format: Reply.Format) {
    self.to = to
    self.obstacle = obstacle
    self.subject = subject
    self.body = body
    self.format = format
  }
}

/// A mail beside a reply as the ledger keeps it.
public struct MailRecord: Sendable, Hashable {
  /// Key, and the bytes that stay the same on every attempt.
  public let entry: OutboxEntry
  /// It is recorded as parked, with this as its reason. Nil: it is queued, and goes once its reply is confirmed.
  public let obstacle: CustomerMail.Obstacle?
  public init(entry: OutboxEntry, obstacle: CustomerMail.Obstacle?) {
    self.entry = entry
    self.obstacle = obstacle
  }
}

extension IdempotencyKey {
  /// Begins the key of every mail; those of replies begin with `cd_`.
  public static let mailPrefix = "cdm_"
  public var isMail: Bool { rawValue.hasPrefix(Self.mailPrefix) }
}
