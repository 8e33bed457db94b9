public import ClosureModel
public import Compose
public import Decide
public import Examine

/// One ticket's way from the export to a decision with its reply: examine, decide, compose. A function from values to a
/// value; it holds no port that could post or record.
public struct Pipeline: Sendable {
  public let policy: Policy
  private let examiner: TicketExaminer
  private let judge: Judge
  private let composer: ReplyComposer
  private let attachments: any AttachmentReader

  public init(
    policy: Policy, examiner: TicketExaminer, judge: Judge, composer: ReplyComposer, attachments: any AttachmentReader
  ) {
    self.policy = policy
    self.examiner = examiner
    self.judge = judge
    self.composer = composer
    self.attachments = attachments
  }

  public func process(_ ticket: Ticket) throws(ComposeError) -> CaseFile {
    let files = attachments.facts(of: ticket)
    let examination = examiner.examine(ticket, attachments: files)
    let decision = judge.decide(ticket, examination)
    let reply = try composer.reply(to: ticket, decision)
    return CaseFile(
      ticket: ticket, revision: RevisionHash.revision(of: ticket, attachments: files), policy: policy.label,
      decision: decision, reply: reply)
  }
}
