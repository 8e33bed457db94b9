import Batch
import ClosureModel
import Compose
import Ingest
import Notify
import Outbox

/// Follows a run: writes decision lines, counts, gathers what the report shows, moves the progress line.
final class RunReporter: RunObserver {
  private let bench: Workbench
  private let options: ResultOptions
  private let quiet: Bool
  private let style: Style
  private let title: String
  private var lines: LineFile?
  /// One decision line after the other, in the same memory.
  private var line = JSONWriter()
  private var summary = RunSummary()
  private var rows: [ReportRow] = []
  private var progress: Progress
  private var failure: (any Error)?
  private let reportPath: String?
  /// Opened before the work begins: a place that cannot be written to is told at once.
  private let page: LineFile?
  private let crops: LetterCrops?
  private let sources: [TicketExport]
  private let maker: RecordMaker
  private var mails: MailCounts?
  /// Tickets that a report lists; more make a page nobody opens.
  private static let listed = 2000

  init(
    bench: Workbench, sources: [TicketExport], output: ResultOptions, quiet: Bool, style: Style, title: String,
    defaultReport: String? = nil
  ) throws {
    self.sources = sources
    maker = try bench.maker()
    mails = maker.hasMails ? MailCounts() : nil
    self.bench = bench
    self.options = output
    self.quiet = quiet
    self.style = style
    self.title = title
    self.progress = Progress(visible: !quiet)
    reportPath = output.page(bench.settings, otherwise: defaultReport)
    self.crops = reportPath == nil ? nil : try bench.crops(sources, reveal: output.reveal)
    let lines = try output.output.map { try LineFile(path: $0) }
    do {
      if let reportPath { try makeFolder(of: reportPath) }
      page = try reportPath.map { try LineFile(path: $0) }
    } catch {
      lines?.abandon()
      throw error
    }
    self.lines = lines
  }

  var wantsMore: Bool { failure == nil }

  func decided(_ file: CaseFile) {
    summary.count(file)
    let mail = maker.mail(for: file)
    if let mail { mails?.count(mail) }
    if reportPath != nil, rows.count < Self.listed {
      rows.append(
        ReportRow(
          file, pictures: crops?.pictures(of: file) ?? [], catalog: bench.catalog, locale: bench.settings.locale,
          reveal: options.reveal))
    }
    if let lines {
      do {
        line.removeAll()
        DecisionLine.write(
          file, catalog: bench.catalog, locale: bench.settings.locale, reveal: options.reveal, mail: mail,
          to: &line)
        try lines.write(line.utf8)
      } catch {
        failure = failure ?? error
      }
    }
    progress.step()
  }

  /// Told as the ledger has it: masked, also under `--reveal`.
  func stands(_ standing: StandingCase) {
    let decision = standing.decision
    summary.count(decision.outcome, codes: standing.codes)
    if reportPath != nil, rows.count < Self.listed {
      rows.append(
        ReportRow(
          ticket: decision.ticket, outcome: decision.outcome, due: decision.due, codes: standing.codes,
          catalog: bench.catalog, locale: bench.settings.locale))
    }
    do { try lines?.write(decision.line) } catch { failure = failure ?? error }
    progress.step()
  }

  func unreadable(_ error: RowError) {
    summary.count(error)
    progress.clear()
    if summary.rowErrorCount <= 20 {
      Console.error("closedesk: \(error)")
    } else if summary.rowErrorCount == 21 {
      Console.error("closedesk: more rows could not be read; the report and --json list them")
    }
  }

  /// What the team may be told of the run: counts.
  func counts(_ result: RecordingRun.Result, _ report: DeliveryReport?) -> RunCounts {
    RunCounts(
      outcomes: summary.outcomes, recorded: result.recorded, rowErrors: summary.rowErrorCount,
      confirmed: report?.confirmed ?? 0, retried: report?.retried ?? 0, parked: report?.parked ?? 0)
  }

  /// What the inputs came to, as far as they were read.
  var receipts: [Receipt] { sources.compactMap(\.receipt) }

  /// Throws what went wrong with the output while the run went on.
  func check() throws {
    if let failure { throw failure }
  }

  func abandon() {
    progress.clear()
    lines?.abandon()
    page?.abandon()
  }

  /// Writes the files, prints the table.
  /// - Parameter recorded: what `run` has to add about ledger and delivery.
  func finish(recorded: [String]?) throws -> Exit {
    progress.clear()
    try lines?.finish()
    let receipts = receipts
    if let page {
      let text = ReportPage.html(
        title: "closedesk \(title)", about: "\(bench.policy.provider) · \(bench.policy.label)", summary: summary,
        cases: rows, catalog: bench.catalog,
        locale: bench.settings.locale, generated: bench.settings.clock(),
        note: summary.decided > rows.count ? "\(rows.count) / \(summary.decided)" : nil,
        receipts: receipts)
      try page.write(text)
      try page.finish()
    }
    let table = SummaryTable(
      summary: summary, catalog: bench.catalog, locale: bench.settings.locale, style: style, receipts: receipts,
      mails: mails)
    for receipt in receipts where !quiet || !receipt.gaps.isEmpty {
      for line in ReceiptLines.lines(receipt) { Console.error("closedesk: " + line) }
    }
    let toError = options.output == "-"
    if options.json {
      toError ? Console.error(table.json()) : Console.out(table.json())
    } else if !quiet {
      for line in table.lines() + (recorded ?? []) { toError ? Console.error(line) : Console.out(line) }
      if let reportPath { Console.error("report: \(reportPath)") }
      if let warning = bench.calendarWarning() { Console.error("closedesk: warning: " + warning) }
    }
    guard summary.reconciled else {
      throw Failure(
        .internalError,
        "the counts do not reconcile: \(summary.rows) rows. This is a fault of closedesk; please report it.")
    }
    if summary.rowErrorCount > 0 { return .rowsUnread }
    if options.exitCode, summary.outcomes.contains(where: { $0.key != .accepted && $0.value > 0 }) {
      return .notAllAccepted
    }
    return .done
  }
}

extension RunSummary {
  var decided: Int { outcomes.values.reduce(0, +) }
}
