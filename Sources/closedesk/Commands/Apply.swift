import ArgumentParser
import Batch
import ClosureModel
import Compose
import DeliverCurl
import Outbox

struct Apply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "执行签名的计划：原样记录并发送 / carries a signed plan out: records and sends exactly that.",
    discussion: """
      Checks the plan's signature, its age, and that exports, attachments, policy and texts are still what they were; \
      anything else refuses the whole plan. Then records its decisions and sends their replies. Applied twice, nothing \
      is sent twice. With --against, the tickets of a present export are compared one by one instead: those that \
      changed or are gone are left to people.

        closedesk apply monday.plan
        closedesk apply monday.plan --against today.csv
      """)

  @Argument(help: "计划文件 / plan.")
  var plan: String

  @Option(help: "现在的导出：有变化或不在其中的工单转人工 / present exports: tickets that changed or are gone go to people.")
  var against: [String] = []

  @Flag(help: "以 JSON 输出 / result as JSON.")
  var json = false

  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings, input: input)
      let bench = try Workbench(settings)
      let (path, against, json, quiet) = (plan, against, json, self.settings.quiet)
      let style = Style(noColour: self.settings.noColor)
      return try await interruptible { interruption in
        let plan = try VerifiedPlan(path: path, key: try settings.planKey(makes: false))
        try await PlanCheck(
          program: Version.text, tenant: settings.tenant, texts: try bench.textDigests(),
          maxAgeHours: settings.file.plan.maxAgeHours, now: settings.clock(), hasPresentExport: !against.isEmpty
        ).check(plan)
        if let facts = plan.header.facts, !against.isEmpty, settings.facts == nil {
          throw Failure(
            .usage, "the plan was made with the account facts of \(facts.path). Name the present ones with --facts.")
        }
        let sources = try bench.sources(against)
        let present =
          against.isEmpty ? nil : try PresentTickets(sources, pipeline: try bench.pipeline(.network, sources))
        let notices = try NoticeDesk(settings, calendar: nil)
        let delivery = try Delivery(settings, command: "apply")
        defer { delivery.shutdown() }
        let result = try await PlanRun(
          plan: plan, store: delivery.store, present: present, limits: settings.file.limits, catalog: bench.catalog,
          locale: settings.locale, who: Operator.name, interruption: interruption, clock: settings.clock
        ).run()
        guard result.finished else {
          Console.error(
            "closedesk: stopped after \(result.recorded) decisions; they are recorded. Apply the plan again for the rest."
          )
          throw ExitCode(Signals.interrupted)
        }
        if let line = Delivery.withheld(result.withheld) { Console.error("closedesk: \(line)") }
        let sending = try await delivery.send(interruption, quiet: quiet)
        let told =
          interruption.isRaised
          ? [] : await notices.tell(try await delivery.facts(after: sending), from: delivery.store)
        if json {
          Console.out(Self.json(result, sending))
        } else if !quiet {
          let text =
            "  plan: \(result.recorded) carried out, \(result.unchanged) known already, \(result.leftOutCount) left out"
          for one in result.leftOut.prefix(20) { Console.out("  \(one.ticket): " + style.yellow(one.why.rawValue)) }
          ([text] + sending.lines(style) + told).forEach(Console.out)
        }
        return try sending.exit(interruption, otherwise: .done)
      }
    }
  }

  private static func json(_ result: PlanRun.Result, _ sending: Sending) -> String {
    var out = JSONWriter()
    out.object { out in
      out.field("schema", "closedesk.apply/1")
      out.field("recorded", result.recorded)
      out.field("unchanged", result.unchanged)
      out.field("left_out", result.leftOutCount)
      out.array("tickets_left_out") { out in
        for one in result.leftOut {
          out.object { out in
            out.field("ticket", one.ticket.rawValue)
            out.field("why", one.why.rawValue)
          }
        }
      }
      out.field("confirmed", sending.report.confirmed)
      out.field("retried", sending.report.retried)
      out.field("parked", sending.report.parked)
      out.field("hold", sending.hold != nil)
      if let mail = sending.mail {
        out.object("mail") { out in
          out.field("confirmed", mail.confirmed)
          out.field("retried", mail.retried)
          out.field("parked", mail.parked)
        }
      }
    }
    return out.text
  }
}
