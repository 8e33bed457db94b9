import ArgumentParser
import Batch
import ClosureModel
import Compose
import DeliverCurl
import Notify
import Outbox
import StoreSQLite

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "读取并决定，写入台账，发出回复，并重试到期的回复 / decides, records, posts, retries what is due.",
    discussion: """
      The entry for cron: takes the lock beside the ledger, decides every ticket of the exports, records decision and \
      reply in one transaction, then posts what is due. The same export run again posts nothing twice; a ticket whose \
      text, attachments or account facts changed is decided and answered anew. Without INPUT it only works off the outbox.

        closedesk run export.csv --config closedesk.yaml
        */30 * * * *  closedesk run /srv/tickets/export.csv --config /etc/closedesk.yaml --quiet
      """)

  @Argument(help: "工单导出文件 / exports.")
  var inputs: [String] = []

  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions
  @OptionGroup var output: ResultOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings, input: input)
      guard !inputs.isEmpty || output.writesFiles else { return try await IdleRun(settings, self).run() }
      let bench = try Workbench(settings)
      let (inputs, output, quiet) = (inputs, output, self.settings.quiet)
      let (limit, isStrict, style) = (input.limit, input.requireComplete, Style(noColour: self.settings.noColor))
      return try await interruptible { interruption in
        try OutputPlaces(settings, inputs: inputs).check(
          output.places(settings, inputs.count, defaultReport: settings.report))
        let sources = try bench.sources(inputs, rejects: output.rejects)
        if isStrict { try Inputs.requireComplete(sources) }
        let pipeline = try bench.pipeline(.network, sources)
        let notices = try NoticeDesk(settings, calendar: bench.calendar)
        defer { notices.shutdown() }
        let delivery = try Delivery(settings, command: "run")
        defer { delivery.shutdown() }
        let run = RecordingRun(
          pipeline: pipeline, sources: sources, store: delivery.store, maker: try bench.maker(),
          basis: try bench.hasAttachments(sources) ? try bench.basis() : "",
          limits: settings.file.limits, limit: limit, interruption: interruption, clock: settings.clock)
        let observer = try RunReporter(
          bench: bench, sources: sources, output: output, quiet: quiet, style: style, title: "run",
          defaultReport: settings.report)
        do {
          let result = try await run.run(observer)
          // An interrupted reading says so of itself.
          try await delivery.store.keep(observer.receipts, at: settings.clock())
          try observer.check()
          guard result.finished else {
            observer.abandon()
            Console.error(
              "closedesk: stopped after \(result.recorded) new decisions; they are recorded, nothing is lost")
            throw ExitCode(Signals.interrupted)
          }
          if let line = Delivery.withheld(result.withheld) { Console.error("closedesk: \(line)") }
          let sending = try await delivery.send(interruption, quiet: quiet)
          var facts = try await delivery.facts(after: sending)
          facts.run = observer.counts(result, sending.report)
          let lines =
            ["", "  ledger: \(result.recorded) new, \(result.unchanged) unchanged"]
            + (result.passed > 0
              ? ["  \(result.passed) rows of an older export left as they are: the ledger knows later states"] : [])
            + (result.letGo > 0 ? ["  \(result.letGo) replies wait no more for a row that could not be read"] : [])
            + sending.lines(style)
            + (interruption.isRaised ? [] : await notices.tell(facts, from: delivery.store))
          let exit = try observer.finish(recorded: lines)
          return try sending.exit(interruption, otherwise: exit)
        } catch {
          observer.abandon()
          if let facts = await delivery.facts(stoppedBy: error) { _ = await notices.tell(facts) }
          throw error
        }
      }
    }
  }
}

struct Deliver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver", abstract: "只发送台账中到期的回复 / only works off the outbox.",
    discussion: """
      Posts what is due and nothing else. What cannot be sent stays in the outbox with the time of its next attempt \
      (exit 69 when the webhook cannot be reached). Replies that the receiver refused for good, or that ran out of \
      attempts, are parked; when the cause is mended (secret, address), --retry-parked sends them under the same ids.
      """)

  @OptionGroup var settings: SettingsOptions

  @Flag(help: "先把搁置的回复放回队列 / puts parked replies back into the queue first.")
  var retryParked = false

  @Flag(help: "以 JSON 输出 / result as JSON.")
  var json = false

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let (quiet, json, style) = (self.settings.quiet, json, Style(noColour: self.settings.noColor))
      let retryParked = retryParked
      return try await interruptible { interruption in
        // Deadlines are told by `run`, which knows the calendar.
        let notices = try NoticeDesk(settings, calendar: nil)
        defer { notices.shutdown() }
        let delivery = try Delivery(settings, command: "deliver")
        defer { delivery.shutdown() }
        if retryParked {
          let by = Authorship(who: Operator.name, why: "deliver --retry-parked")
          let count = try await delivery.store.unpark(by: by, at: settings.clock())
          if !quiet { Console.error("closedesk: \(count) parked replies are in the queue again") }
        }
        let sending: Sending
        do {
          sending = try await delivery.send(interruption, quiet: quiet)
        } catch {
          if let facts = await delivery.facts(stoppedBy: error) { _ = await notices.tell(facts) }
          throw error
        }
        let told =
          interruption.isRaised
          ? [] : await notices.tell(try await delivery.facts(after: sending), from: delivery.store)
        if json {
          Console.out(Self.json(sending))
        } else if !quiet {
          (sending.lines(style) + told).forEach(Console.out)
        }
        return try sending.exit(interruption, otherwise: .done)
      }
    }
  }

  private static func json(_ sending: Sending) -> String {
    func write(_ report: DeliveryReport, to out: inout JSONWriter) {
      out.field("confirmed", report.confirmed)
      out.field("retried", report.retried)
      out.field("parked", report.parked)
      out.field("released", report.released)
      out.field("unreachable", report.unreachable)
      out.field("refused", report.refused)
    }
    var out = JSONWriter()
    out.object { out in
      out.field("schema", "closedesk.delivery/1")
      write(sending.report, to: &out)
      out.field("hold", sending.hold != nil)
      if let mail = sending.mail { out.object("mail") { write(mail, to: &$0) } }
    }
    return out.text
  }
}
