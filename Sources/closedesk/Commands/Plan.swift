import Hashing
import ArgumentParser
import Batch
import ClosureModel
import Compose
import Foundation

struct Plan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "把一次运行写成签名的计划，不联网、不写台账 / writes the run as a signed plan: no network, no ledger.",
    discussion: """
      Decides every ticket as `run` would and writes decisions and replies into a file, signed. `closedesk apply` later \
      carries out exactly that, as long as nothing it rests on has changed. The file holds customers' replies: it is \
      readable by its owner alone.

        closedesk plan export.csv --output monday.plan
        closedesk plan show monday.plan
        closedesk apply monday.plan
      """, subcommands: [PlanMake.self, PlanShow.self], defaultSubcommand: PlanMake.self)
}

struct PlanMake: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "写出计划（可省略 make） / writes a plan; the word make may be left out.")

  @Argument(help: "工单导出文件，- 为标准输入 / exports; - is standard input.")
  var inputs: [String]

  @Option(help: "计划文件 / the plan's file.")
  var output: String

  @Option(help: "写出 HTML 报告 / writes an HTML report; {date} becomes the day.")
  var report: String?

  @Flag(help: "以 JSON 输出汇总 / the summary as JSON.")
  var json = false

  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions

  func validate() throws {
    if inputs.isEmpty { throw ValidationError("name at least one export") }
    if output == "-" { throw ValidationError("a plan holds customers' replies: name a file for --output, not -") }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings, input: input)
      let bench = try Workbench(settings)
      var results = try ResultOptions.parse([])
      results.report = report
      results.json = json
      let (inputs, path, options, quiet) = (inputs, output, results, self.settings.quiet)
      let (limit, style) = (input.limit, Style(noColour: self.settings.noColor))
      return try await interruptible { interruption in
        try OutputPlaces(settings, inputs: inputs).check([
          ("--output", path, .plan), ("--report", options.page(settings), .page),
        ])
        let sources = try bench.sources(inputs)
        let files = try PlanInputs(inputs)
        let facts = try PlanInputs(settings.facts.map { [$0] } ?? [])
        let pipeline = try bench.pipeline(.network, sources)
        let now = settings.clock()
        let key = try settings.planKey(makes: true)
        let header = PlanHeader(
          madeAt: now, program: Version.text, policy: bench.policy, tenant: settings.tenant, locale: settings.locale,
          texts: try bench.textDigests(), inputs: files.inputs, facts: facts.inputs.first,
          attachments: settings.attachments.map(PlanInputs.absolute), recognizer: bench.recognizerName, key: key)
        let reporter = try RunReporter(
          bench: bench, sources: sources, output: options, quiet: quiet, style: style, title: "plan")
        try makeFolder(of: path)
        let file = try LineFile(path: path)
        do {
          let writer = try PlanWriter(header, madeAt: now, key: key, maker: try bench.maker()) { try file.write($0) }
          let planning = Planning(writer, reporter)
          let run = DryRun(pipeline: pipeline, sources: sources, limit: limit, interruption: interruption)
          let finished = try run.run(planning)
          try planning.check()
          guard finished else { throw ExitCode(Signals.interrupted) }
          try files.checkUnchanged()
          try facts.checkUnchanged()
          try planning.finish()
          try file.finish()
          return try reporter.finish(recorded: [
            "", "  plan: \(path), \(planning.cases) tickets; `closedesk apply` carries it out",
          ])
        } catch {
          reporter.abandon()
          file.abandon()
          throw error
        }
      }
    }
  }
}

/// Writes down what a dry run decides.
private final class Planning: RunObserver {
  private var writer: PlanWriter
  private let reporter: RunReporter
  private var failure: (any Error)?

  init(_ writer: PlanWriter, _ reporter: RunReporter) {
    self.writer = writer
    self.reporter = reporter
  }

  var wantsMore: Bool { failure == nil && reporter.wantsMore }
  var cases: Int { writer.cases }

  func decided(_ file: CaseFile) {
    do { try writer.add(file) } catch { failure = failure ?? error }
    reporter.decided(file)
  }

  /// A plan asks no ledger: every ticket is decided.
  func stands(_ standing: StandingCase) { preconditionFailure("nothing stands where no ledger was asked") }

  func unreadable(_ error: RowError) {
    do { try writer.add(error) } catch { failure = failure ?? error }
    reporter.unreadable(error)
  }

  func check() throws {
    if let failure { throw failure }
    try reporter.check()
  }

  func finish() throws { try writer.finish() }
}

/// The exports of a plan, and their contents before they were read.
struct PlanInputs {
  let inputs: [PlanHeader.Input]

  init(_ paths: [String]) throws {
    inputs = try paths.map { path in
      if path == "-" { return PlanHeader.Input(path: path, sha256: nil) }
      guard let digest = FileDigest.sha256(path) else {
        throw Failure(.inputOutput, "\(path) cannot be read. Mend its rights.")
      }
      return PlanHeader.Input(path: Self.absolute(path), sha256: digest)
    }
  }

  /// What was decided must be what the digest stands for.
  func checkUnchanged() throws {
    for input in inputs where input.sha256 != nil && FileDigest.sha256(input.path) != input.sha256 {
      throw Failure(
        .inputOutput, "\(input.path) changed while it was read. Wait until the export is complete, then plan again.")
    }
  }

  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}

struct PlanShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "核对签名并显示计划内容（遮盖个人信息） / verifies a plan and shows what it holds, masked.")

  @Argument(help: "计划文件 / plan.")
  var plan: String

  @Option(help: "显示前 N 张工单 / lists the first N tickets.")
  var list = 20

  @Flag(help: "以 JSON 输出 / as JSON.")
  var json = false

  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let plan = try VerifiedPlan(path: plan, key: try settings.planKey(makes: false))
      if json {
        Console.out(Self.json(plan))
        return .done
      }
      let style = Style(noColour: self.settings.noColor)
      let header = plan.header
      Console.out(style.bold("\(header.policy), \(header.madeAt)") + "  closedesk \(header.program), \(header.tenant)")
      for input in header.inputs {
        Console.out(
          "  \(input.path)  " + style.dim(input.sha256.map { "sha256:\($0.prefix(16))…" } ?? "standard input"))
      }
      if let facts = header.facts {
        let digest = facts.sha256.map { "sha256:\($0.prefix(16))…" } ?? "standard input"
        Console.out("  \(facts.path)  " + style.dim("account facts, " + digest))
      }
      if let folder = header.attachments { Console.out("  \(folder)/  " + style.dim("attachments")) }
      for outcome in Outcome.allCases {
        let name =
          Columns.padded(outcome.rawValue, to: 13) + Columns.padded(SummaryTable.name(outcome, settings.locale), to: 14)
        Console.out("  " + name + Columns.right("\(plan.outcomes[outcome] ?? 0)", in: 8))
      }
      Console.out("  \(plan.cases) tickets, \(plan.replies) replies, \(plan.rowErrors) rows that could not be read")
      var left = list
      try await plan.forEach { record in
        guard left > 0 else { return }
        left -= 1
        Console.out("")
        Console.out(style.bold("\(record.ticket)  \(record.outcome.rawValue)"))
        DecisionText.lines(record.line).forEach { Console.out("    " + $0) }
      }
      if plan.cases > list { Console.out("… \(plan.cases - list) more; --list N shows more of them") }
      return .done
    }
  }

  private static func json(_ plan: VerifiedPlan) -> String {
    var out = JSONWriter()
    out.object { out in
      out.field("schema", "closedesk.plan-summary/1")
      out.field("made_at", plan.header.madeAt)
      out.field("program", plan.header.program)
      out.field("policy", plan.header.policy)
      out.field("cases", plan.cases)
      out.field("replies", plan.replies)
      out.field("row_errors", plan.rowErrors)
      out.object("outcomes") { out in
        for outcome in Outcome.allCases { out.field(outcome.rawValue, plan.outcomes[outcome] ?? 0) }
      }
    }
    return out.text
  }
}
