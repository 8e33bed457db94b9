public import ClosureModel
public import Compose
import Outbox

/// Which results are mailed to the customer's security e-mail, and in what words.
public struct MailMaker: Sendable {
  private let composer: MailComposer
  private let outcomes: Set<Outcome>

  public init(composer: MailComposer, outcomes: Set<Outcome>) {
    self.composer = composer
    self.outcomes = outcomes
  }

  /// - Returns: nil where there is no reply, or its outcome is not mailed.
  func mail(for file: CaseFile) -> CustomerMail? {
    guard let reply = file.reply, outcomes.contains(file.decision.outcome) else { return nil }
    let (to, obstacle) = MailCopy.recipient(of: file.ticket)
    let (subject, body) = composer.mail(reply, to: file.ticket)
    return CustomerMail(to: to, obstacle: obstacle, subject: subject, body: body, format: reply.format)
  }
}
