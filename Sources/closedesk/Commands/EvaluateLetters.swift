import ArgumentParser
import Batch
import ClosureModel
import Decide
import Dispatch
import Examine
import Foundation
import Hashing
import Synchronization

extension Evaluate {
  struct Letters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "letters", abstract: "同意书扫描件：误受理、自动受理、说对问题的比例 / letters: false accepts, accepted, faults named.",
      discussion: """
        LABELS: JSON Lines of {"file","suggest","ticket_company","ticket_account",…}; the files lie beside it. A ticket is
        dated as the letter where the label gives no "submitted". Exits 3 when a letter is accepted that is not labelled
        accept or accept_or_review.

          closedesk evaluate letters letters/labels.jsonl --verbose
        """)

    @Argument(help: "带标签的 JSON Lines，文件在同一文件夹 / labelled JSON Lines beside the files.")
    var labels: String

    @Option(help: "只取 sha256(文件名) 以这些十六进制字符开头的 / only files whose name's SHA-256 begins with one of these digits.")
    var part: String?

    @Flag(help: "以 JSON 输出 / as JSON.")
    var json = false

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let bench = try Workbench(Settings(self.settings))
        let tools = try bench.letterTools(.local)
        // A score of nothing accepted has to say why.
        do throws(RecognizerFailure) {
          if let weakness = try tools.probe().weakness { Console.error("closedesk: \(weakness)") }
        } catch {
          Console.error("closedesk: \(error.description)")
        }
        let judge = Judge(policy: bench.policy, calendar: bench.calendar)
        var exit = Exit.done
        let rows = try LabelledLetter.read(labels, part: part, &exit)
        let folder = (labels as NSString).deletingLastPathComponent
        let results = Mutex<[Int: [Finding]]>([:])
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: bench.settings.file.ocr.workers) { _ in
          while true {
            let at = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard at < rows.count else { return }
            let path = folder.isEmpty ? rows[at].file : folder + "/" + rows[at].file
            guard let findings = Self.findings(rows[at], path, tools, judge, bench.examiner) else { continue }
            results.withLock { $0[at] = findings }
          }
        }
        var score = LetterScore()
        results.withLock { results in
          for (at, row) in rows.enumerated() {
            if let findings = results[at] {
              score.add(row, findings)
            } else {
              Console.error("closedesk: \(row.file): the file cannot be read. Put it beside \(labels).")
              exit = .rowsUnread
            }
          }
        }
        if json { Console.out(score.json()) } else { score.lines(verbose: self.settings.verbose).forEach(Console.out) }
        return score.falseAccepts.isEmpty ? exit : .notAllAccepted
      }
    }

    /// - Returns: nil when the file cannot be read.
    private static func findings(
      _ label: LabelledLetter, _ path: String, _ tools: LetterTools, _ judge: Judge,
      _ examiner: TicketExaminer
    ) -> [Finding]? {
      guard let data = FileManager.default.contents(atPath: path) else { return nil }
      let bytes = [UInt8](data)
      let type = FileSignature.type(of: Array(bytes.prefix(FileSignature.bytesNeeded)))
      let day = (label.submitted ?? label.date).flatMap { Timestamp(parsing: $0) }
      let ticket = Ticket(
        id: Ticket.ID("E-1"), origin: Origin(file: label.file, row: 1),
        submittedAt: day ?? Timestamp(parsing: "2024-12-31"), account: label.ticketAccount ?? "",
        company: label.ticketCompany ?? "", attachments: [label.file])
      let sha256 = Digest.sha256Hex(bytes)
      let fact = AttachmentFact(name: label.file, state: .found(sha256: sha256, bytes: bytes.count, type: type))
      var examination = examiner.examine(ticket, attachments: [fact])
      examination.readings = [
        tools.examine(
          label.file, sha256, bytes, type, .init(company: ticket.company, account: ticket.account))
      ]
      return judge.letterFindings(ticket, examination)
    }
  }
}
