public import ClosureModel
public import Compose
public import Decide
public import Examine
import Foundation
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
  private let standing: StandingDecisions?
  /// Of the policy, put together once.
  private let label: String

  /// - Parameter letters: nil: no file is opened, and whatever may be a letter goes to a person.
  /// - Parameter standing: asked before a ticket's files are opened; nil: they are opened every time.
  public init(
    policy: Policy, examiner: TicketExaminer, judge: Judge, composer: ReplyComposer, attachments: any AttachmentReader,
    letters: LetterDesk? = nil, standing: StandingDecisions? = nil
  ) {
    self.policy = policy
    self.examiner = examiner
    self.judge = judge
    self.composer = composer
    self.attachments = attachments
    self.letters = letters
    self.standing = standing
    label = policy.label
  }

  /// Threads that texts are read on: one a core.
  private let width = ProcessInfo.processInfo.activeProcessorCount

  /// How many tickets are best handed over together: their letters, or their texts, are examined side by side.
  var together: Int { letters.map { max(1, $0.width * 4) } ?? width * 32 }

  /// The files of the sources that more than one applicant uses; nil where no letters are looked at.
  func index(_ sources: [TicketExport], _ interruption: Interruption) throws -> FileIndex? {
    letters == nil ? nil : try FileIndex(sources, interruption, facts: attachments.facts)
  }

  /// The same pipeline, asking `standing` before it opens files.
  public func asking(_ standing: StandingDecisions) -> Pipeline {
    Pipeline(
      policy: policy, examiner: examiner, judge: judge, composer: composer, attachments: attachments, letters: letters,
      standing: standing)
  }

  /// The same pipeline, opening files at `desk`.
  func opening(_ desk: LetterDesk) -> Pipeline {
    Pipeline(
      policy: policy, examiner: examiner, judge: judge, composer: composer, attachments: attachments, letters: desk,
      standing: standing)
  }

  /// The revision of a ticket as it is now, without examining it: its files are read for their hashes alone.
  public func revision(of ticket: Ticket) -> Revision {
    RevisionHash.revision(of: ticket, attachments: attachments.facts(of: ticket))
  }

  /// One ticket's case, examined anew whatever the ledger says.
  /// - Parameter index: the files that other tickets of the same exports hold.
  /// - Throws: `ComposeError`.
  func decide(_ ticket: Ticket, _ index: FileIndex?) throws -> CaseFile {
    let pipeline = Pipeline(
      policy: policy, examiner: examiner, judge: judge, composer: composer, attachments: attachments, letters: letters)
    guard case .decided(let out)? = try pipeline.process([ticket], index).first else {
      preconditionFailure("without standing decisions every ticket is decided")
    }
    return out
  }

  /// The same case under another decision, with the reply that follows from it.
  func revised(_ file: CaseFile, as decision: Decision) throws(ComposeError) -> CaseFile {
    CaseFile(
      ticket: file.ticket, revision: file.revision, policy: file.policy, decision: decision,
      reply: try composer.reply(to: file.ticket, decision), files: file.files,
      hasExaminedFiles: file.hasExaminedFiles)
  }

  indirect enum Item: Sendable {
    case decided(CaseFile)
    case stands(StandingCase)
  }

  private struct Seen: Sendable {
    /// What the decision follows from.
    enum Ground: Sendable {
      /// Category or status settle it: the text was not read.
      case settled(Decision)
      case examined(Examination)
    }

    let ticket: Ticket
    let files: [AttachmentFact]
    let revision: Revision
    var ground: Ground
    var hasExaminedFiles = false
    var earlier: EarlierDecision?

    /// nil where the text was not read.
    var examination: Examination? {
      guard case .examined(let examination) = ground else { return nil }
      return examination
    }

    /// Adds what was seen of the files; those of a ticket that was not read are not asked for.
    mutating func add(_ readings: [AttachmentReading]) {
      guard var examination else { return }
      examination.readings = readings
      ground = .examined(examination)
      hasExaminedFiles = !readings.isEmpty
    }
  }

  /// - Parameter index: nil: nothing is known of other tickets' files.
  /// - Returns: each ticket's case, in order.
  /// - Throws: `ComposeError`, or the ledger's error.
  func process(_ tickets: [Ticket], _ index: FileIndex? = nil) throws -> [Item] {
    guard let letters else {
      // Nothing comes in between: a ticket is examined, judged and answered in one go.
      return try SideBySide.map(tickets, width: width) { ticket -> Result<Item, ComposeError> in
        do throws(ComposeError) {
          return .success(.decided(try decided(ticket, index)))
        } catch {
          return .failure(error)
        }
      }
      .map { try $0.get() }
    }
    var seen = SideBySide.map(tickets, width: width) { look(at: $0, index) }
    var asked = seen.indices.filter { at in
      seen[at].examination.map { judge.asksForLetter(seen[at].ticket, $0) } ?? false
    }
    if let standing {
      // A file that somebody else uses by now makes another case of it.
      for at in asked where seen[at].examination?.reused.isEmpty ?? false {
        seen[at].earlier = try standing.decision(on: seen[at].ticket.id, seen[at].revision)
      }
      asked.removeAll { seen[$0].earlier != nil }
    }
    let readings = letters.readings(of: asked.map { (seen[$0].ticket, seen[$0].files) })
    for (at, readings) in zip(asked, readings) { seen[at].add(readings) }
    return try SideBySide.map(seen, width: width) { one -> Result<Item, ComposeError> in
      if let earlier = one.earlier {
        return .success(
          .stands(
            StandingCase(ticket: one.ticket, decision: earlier, codes: StandingDecisions.codes(earlier.line))))
      }
      do throws(ComposeError) { return .success(.decided(try decided(one))) } catch { return .failure(error) }
    }
    .map { try $0.get() }
  }

  private func look(at ticket: Ticket, _ index: FileIndex?) -> Seen {
    let files = attachments.facts(of: ticket)
    return Seen(
      ticket: ticket, files: files, revision: RevisionHash.revision(of: ticket, attachments: files),
      ground: ground(ticket, files, index))
  }

  /// The cells first: what they settle needs no reading.
  private func ground(_ ticket: Ticket, _ files: [AttachmentFact], _ index: FileIndex?) -> Seen.Ground {
    let folded = examiner.folded(ticket)
    if let decision = judge.outOfScope(ticket, folded) { return .settled(decision) }
    var examination = examiner.examine(ticket, folded, attachments: files)
    examination.reused = index?.reused(in: ticket, files) ?? []
    return .examined(examination)
  }

  /// The case of a ticket whose files nobody opens.
  private func decided(_ ticket: Ticket, _ index: FileIndex?) throws(ComposeError) -> CaseFile {
    let files = attachments.facts(of: ticket)
    let decision =
      switch ground(ticket, files, index) {
      case .settled(let decision): decision
      case .examined(let examination): judge.decide(ticket, examination)
      }
    return CaseFile(
      ticket: ticket, revision: RevisionHash.revision(of: ticket, attachments: files), policy: label,
      decision: decision, reply: try composer.reply(to: ticket, decision), files: files, hasExaminedFiles: false)
  }

  private func decided(_ seen: Seen) throws(ComposeError) -> CaseFile {
    let decision =
      switch seen.ground {
      case .settled(let decision): decision
      case .examined(let examination): judge.decide(seen.ticket, examination)
      }
    return CaseFile(
      ticket: seen.ticket, revision: seen.revision, policy: label, decision: decision,
      reply: try composer.reply(to: seen.ticket, decision), files: seen.files, hasExaminedFiles: seen.hasExaminedFiles)
  }
}
