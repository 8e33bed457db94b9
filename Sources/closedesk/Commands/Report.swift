import ArgumentParser
import Batch
import ClosureModel
import Compose
import Foundation
import StoreSQLite

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "从台账或决定文件生成 HTML 报告 / an HTML report of the ledger, or of decision files.",
    discussion: """
      Without files: the last decision of each ticket in the ledger, with what became of its reply; --since and --until \
      keep to those that were made in a period. With files: the decision lines (--output of validate and run) in them. \
      Prints the counts as validate does. Changes nothing but the page.

        closedesk report --config closedesk.yaml --since 2026-11-01 --until 2026-12-01 --report november.html
        closedesk report decisions.jsonl --outcome review --report review.html
      """)

  @Argument(help: "决定文件（JSON Lines），- 为标准输入；不写则读台账 / decision lines; - is standard input; none: the ledger.")
  var files: [String] = []

  @Option(help: "报告写到这里，{date} 换成当天；默认 reports/ledger-{date}.html / where the page goes; {date} becomes the day.")
  var report: String?

  @Option(help: "只看此日或此刻起的决定 / decisions since this day or moment (2026-11-01, RFC 3339).")
  var since: String?

  @Option(help: "只看此日或此刻之前的决定 / decisions before this day or moment.")
  var until: String?

  @Option(help: "只列这些结果，可重复 / only these outcomes; may be repeated.")
  var outcome: [Outcome] = []

  @Flag(help: "以 JSON 输出汇总 / the summary as JSON.")
  var json = false

  @Flag(help: "不再遮盖决定文件里未遮盖的内容 / leaves unmasked what is unmasked in the files.")
  var reveal = false

  @OptionGroup var settings: SettingsOptions

  func validate() throws {
    if !files.isEmpty, since != nil || until != nil {
      throw ValidationError("--since and --until ask the ledger; decision files hold no times. Leave one of them out.")
    }
    if files.isEmpty, reveal {
      throw ValidationError("--reveal: the ledger keeps decisions masked. Leave it out, or name decision files.")
    }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let period = try (from: Self.moment(since, "--since"), to: Self.moment(until, "--until"))
      let style = Style(noColour: self.settings.noColor)
      let command = self
      return try await interruptible { interruption in
        let store = command.files.isEmpty ? try SQLiteCaseStore.openReadOnly(path: settings.ledger) : nil
        let path = command.report ?? command.defaultPath(settings)
        try OutputPlaces(settings, inputs: command.files).check([
          ("--report", path.replacing("{date}", with: settings.clock().day().description), .page)
        ])
        let receipts = try await store?.lastReceipts()?.receipts ?? []
        return try ReportFile.with(path, day: settings.clock().day(), inputs: command.files) { page in
          var gathered = Gathered(outcomes: Set(command.outcome), locale: settings.locale, reveal: command.reveal)
          if let store {
            try store.eachLatest(from: period.from, to: period.to) { decision, reply in
              gathered.add(decision, reply)
              return !interruption.isRaised
            }
          } else {
            for file in command.files where !interruption.isRaised {
              try TextLines.each(file) { line, number in
                gathered.add(line, at: Origin(file: ReportFile.name(file), row: number))
                return !interruption.isRaised
              }
            }
          }
          if interruption.isRaised { throw ExitCode(Signals.interrupted) }
          return try command.finish(gathered, page, receipts, settings, style)
        }
      }
    }
  }

  private func finish(
    _ gathered: Gathered, _ page: ReportFile?, _ receipts: [Receipt], _ settings: Settings, _ style: Style
  ) throws -> Exit {
    let catalog = try Workbench.catalog(settings.library)
    let summary = gathered.summary
    for error in summary.rowErrors.prefix(20) { Console.error("closedesk: \(error)") }
    if summary.rowErrorCount > 20 {
      Console.error("closedesk: \(summary.rowErrorCount - 20) more lines could not be read; the report lists them")
    }
    try page?.write(
      ReportPage.html(
        title: "closedesk report", about: about(gathered, settings), summary: summary, cases: gathered.rows,
        catalog: catalog, locale: settings.locale, generated: settings.clock(),
        note: summary.decided > gathered.rows.count ? "\(gathered.rows.count) / \(summary.decided)" : nil,
        receipts: receipts))
    let table = SummaryTable(summary: summary, catalog: catalog, locale: settings.locale, style: style)
    if json {
      Console.out(table.json())
    } else if !self.settings.quiet {
      table.lines().forEach(Console.out)
    }
    return summary.rowErrorCount > 0 ? .rowsUnread : .done
  }

  private func about(_ gathered: Gathered, _ settings: Settings) -> String {
    let zh = settings.locale == .zhCN
    var parts =
      files.isEmpty
      ? [zh ? "台账，每张工单最近一次决定" : "the ledger, each ticket's last decision"] : files.map(ReportFile.name)
    if let since { parts.append((zh ? "自 " : "since ") + since) }
    if let until { parts.append((zh ? "至 " : "until ") + until + (zh ? "（不含）" : "")) }
    return (parts + gathered.policies.sorted()).joined(separator: " · ")
  }

  /// Beside the pages of the runs.
  private func defaultPath(_ settings: Settings) -> String {
    let folder = settings.report.map { ($0 as NSString).deletingLastPathComponent } ?? "reports"
    let name = files.isEmpty ? "ledger-{date}.html" : "decisions-{date}.html"
    return folder.isEmpty ? name : folder + "/" + name
  }

  /// A day is its first moment in China.
  private static func moment(_ text: String?, _ option: String) throws -> Timestamp? {
    guard let text else { return nil }
    guard let moment = Day(iso: text).map({ Timestamp(day: $0) }) ?? Timestamp(parsing: text) else {
      throw Failure(.usage, "\(option): “\(text)” is no day. Write it as 2026-11-01 or 2026-11-01T09:00:00+08:00.")
    }
    return moment
  }

  /// What the page shows.
  private struct Gathered {
    let outcomes: Set<Outcome>
    let locale: ClosureModel.Locale
    let reveal: Bool
    var summary = RunSummary()
    var rows: [ReportRow] = []
    var policies: Set<String> = []
    /// Tickets that a report lists; more make a page nobody opens.
    private static let listed = 2000

    init(outcomes: Set<Outcome>, locale: ClosureModel.Locale, reveal: Bool) {
      (self.outcomes, self.locale, self.reveal) = (outcomes, locale, reveal)
    }

    mutating func add(_ decision: EarlierDecision, _ reply: OutboxEntry.State?) {
      guard outcomes.isEmpty || outcomes.contains(decision.outcome) else { return }
      let line = RecordedLine.parsed(decision.line)
      var note = [(locale == .zhCN ? "决定于 " : "decided ") + decision.decidedAt.description]
      if decision.isByPerson, let who = line?.person?.who {
        note.append((locale == .zhCN ? "由 " : "by ") + Masking.text(who))
      }
      if let reply { note.append(Self.name(reply, locale)) }
      let shown = note.joined(separator: " · ")
      count(decision.outcome, line?.codes ?? [], decision.policy)
      guard rows.count < Self.listed else { return }
      rows.append(
        line?.row(decision.outcome, reveal: false, note: shown)
          ?? ReportRow(
            ticket: decision.ticket.rawValue, outcome: decision.outcome, applicant: nil,
            due: decision.due?.description, findings: [], reply: nil, note: shown))
    }

    mutating func add(_ text: String, at origin: Origin) {
      guard text.contains(where: { !$0.isWhitespace }) else { return }
      guard let line = RecordedLine.parsed(text), let outcome = Outcome(rawValue: line.outcome) else {
        summary.count(
          RowError(
            code: .malformedJSON, origin: origin, what: "this is no decision line (closedesk.decision/1)",
            fix: "Name a file that --output of validate or run has written, or take the line out."))
        return
      }
      guard outcomes.isEmpty || outcomes.contains(outcome) else { return }
      count(outcome, line.codes, line.policy)
      if rows.count < Self.listed { rows.append(line.row(outcome, reveal: reveal, note: nil)) }
    }

    private mutating func count(_ outcome: Outcome, _ codes: [FindingCode], _ policy: String) {
      summary.count(outcome, codes: codes)
      policies.insert(policy)
    }

    private static func name(_ state: OutboxEntry.State, _ locale: ClosureModel.Locale) -> String {
      guard locale == .zhCN else { return "reply \(state.rawValue)" }
      return switch state {
      case .queued: "回复待发送"
      case .claimed, .sent: "回复发送中"
      case .confirmed: "回复已送达"
      case .parked: "回复已搁置"
      case .superseded: "回复已被更新的决定取代"
      case .dropped: "回复已放弃"
      }
    }
  }
}
