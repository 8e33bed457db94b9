public import ClosureModel
public import Compose
public import Decide
public import Examine
import Ingest

/// One ticket's way from the export to a decision with its reply: examine, decide, compose. It holds no port that could
/// post or record.
public struct Pipeline: Sendable {
  public let policy: Policy
  private let examiner: TicketExaminer
  private let judge: Judge
  private let composer: ReplyComposer
  private let attachments: any AttachmentReader
  private let letters: LetterDesk?

  /// - Parameter letters: nil: no file is opened, and whatever may be a letter goes to a person.
  public init(
    policy: Policy, examiner: TicketExaminer, judge: Judge, composer: ReplyComposer, attachments: any AttachmentReader,
    letters: LetterDesk? = nil
  ) {
    self.policy = policy
    self.examiner = examiner
    self.judge = judge
    self.composer = composer
    self.attachments = attachments
    self.letters = letters
  }

  /// How many tickets are best handed over together: their letters are examined side by side.
  var together: Int { letters.map { max(1, $0.width * 4) } ?? 1 }

  /// The files of the sources that more than one applicant uses; nil where no letters are looked at.
  func index(_ sources: [ExportSource], _ interruption: Interruption) throws -> FileIndex? {
    letters == nil ? nil : try FileIndex(sources, interruption, facts: attachments.facts)
  }

  /// - Parameter body: each ticket's case, in order.
  func process(_ tickets: [Ticket], _ index: FileIndex?, _ body: (CaseFile) -> Void) throws(ComposeError) {
    var seen = tickets.map { ticket in
      let files = attachments.facts(of: ticket)
      var examination = examiner.examine(ticket, attachments: files)
      examination.reused = index?.reused(in: ticket, files) ?? []
      return (ticket: ticket, files: files, examination: examination)
    }
    if let letters {
      let asked = seen.indices.filter { judge.asksForLetter(seen[$0].ticket, seen[$0].examination) }
      let readings = letters.readings(of: asked.map { (seen[$0].ticket, seen[$0].files) })
      for (at, readings) in zip(asked, readings) { seen[at].examination.readings = readings }
    }
    for (ticket, files, examination) in seen {
      let decision = judge.decide(ticket, examination)
      let reply = try composer.reply(to: ticket, decision)
      body(
        CaseFile(
          ticket: ticket, revision: RevisionHash.revision(of: ticket, attachments: files), policy: policy.label,
          decision: decision, reply: reply))
    }
  }
}
