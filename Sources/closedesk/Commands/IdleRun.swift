import ArgumentParser
import Batch
import ClosureModel
import Compose
import Decide
import DeliverCurl
import Notify
import Outbox

/// `run` without exports: works off the outbox. It is started every few minutes and mostly finds nothing to do, so
/// whatever only tickets need stays unloaded: policy, texts, calendar, the readers of texts and pictures.
struct IdleRun: Sendable {
  private let settings: Settings
  private let quiet: Bool
  private let json: Bool
  private let style: Style

  init(_ settings: Settings, _ run: Run) {
    self.settings = settings
    quiet = run.settings.quiet
    json = run.output.json
    style = Style(noColour: run.settings.noColor)
  }

  func run() async throws -> Exit {
    try await interruptible { interruption in
      let notices = try NoticeDesk(settings, calendar: try Self.calendar(settings))
      defer { notices.shutdown() }
      let delivery = try Delivery(settings, command: "run")
      defer { delivery.shutdown() }
      let sending: Sending
      do {
        sending = try await delivery.send(interruption, quiet: quiet)
      } catch {
        if let facts = await delivery.facts(stoppedBy: error) { _ = await notices.tell(facts) }
        throw error
      }
      var facts = try await delivery.facts(after: sending)
      let report = sending.report
      facts.run = RunCounts(
        outcomes: [:], recorded: 0, rowErrors: 0, confirmed: report.confirmed, retried: report.retried,
        parked: report.parked)
      let told = interruption.isRaised ? [] : await notices.tell(facts, from: delivery.store)
      say(["", "  ledger: 0 new, 0 unchanged"] + sending.lines(style) + told)
      return try sending.exit(interruption, otherwise: .done)
    }
  }

  /// As a run with tickets ends, for whoever reads its output: the same table, with nothing in it.
  private func say(_ recorded: [String]) {
    let table = SummaryTable(summary: RunSummary(), catalog: nil, locale: settings.locale, style: style)
    if json {
      Console.out(table.json())
    } else if !quiet {
      (table.lines() + recorded).forEach(Console.out)
    }
  }

  private static func calendar(_ settings: Settings) throws -> WorkingCalendar {
    try Workbench.calendar(
      try Workbench.policy(settings.policy, settings.library).deadline.calendar, settings.library)
  }
}
