import ArgumentParser
import Batch
import ClosureModel
import Compose

struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "演练：读取、检查、决定、撰写，不联网、不写台账 / dry run: no network, no ledger.",
    discussion: """
      Reads the exports, decides every ticket and prints how many of each outcome there are and what is missing most. \
      Nothing is posted or recorded; nothing is written but what --output and --report name.

        closedesk validate export.csv
        closedesk validate export.csv --attachments ./attachments --output decisions.jsonl --report report.html
        ssh desk cat export.jsonl | closedesk validate - --json
      """)

  @Argument(help: "工单导出文件，- 为标准输入 / exports; - is standard input.")
  var inputs: [String]

  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions
  @OptionGroup var output: ResultOptions

  func validate() throws {
    if inputs.isEmpty { throw ValidationError("name at least one export") }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings, input: input)
      let bench = try Workbench(settings)
      let (inputs, output, quiet) = (inputs, output, self.settings.quiet)
      let (limit, isStrict, style) = (input.limit, input.requireComplete, Style(noColour: self.settings.noColor))
      return try await interruptible { interruption in
        try OutputPlaces(settings, inputs: inputs).check(output.places(settings, inputs.count))
        let sources = try bench.sources(inputs, rejects: output.rejects)
        if isStrict { try Inputs.requireComplete(sources) }
        let run = DryRun(
          pipeline: try bench.pipeline(.local, sources), sources: sources, limit: limit, interruption: interruption)
        let observer = try RunReporter(
          bench: bench, sources: sources, output: output, quiet: quiet, style: style, title: "validate")
        do {
          let finished = try run.run(observer)
          try observer.check()
          guard finished else {
            observer.abandon()
            throw ExitCode(Signals.interrupted)
          }
          return try observer.finish(recorded: nil)
        } catch {
          observer.abandon()
          throw error
        }
      }
    }
  }
}

/// What a run leaves behind for people and programs.
struct ResultOptions: ParsableArguments {
  @Option(help: "决定写入此文件（JSON Lines），- 为标准输出 / decisions as JSON Lines; - is standard output.")
  var output: String?

  @Option(help: "写出 HTML 报告，{date} 换成当天 / writes an HTML report; {date} becomes the day.")
  var report: String?

  @Option(help: "无法读取的行写入此文件，含个人信息 / unreadable rows, with the reason; holds personal data (mode 0600).")
  var rejects: String?

  @Flag(help: "以 JSON 输出汇总 / the summary as JSON.")
  var json = false

  @Flag(help: "不遮盖个人信息 / personal data unmasked in --output and --report.")
  var reveal = false

  @Flag(help: "有工单未受理时退出码为 3 / exit 3 when a ticket is not accepted.")
  var exitCode = false

  /// Where the files go, the report's day filled in.
  /// - Parameter inputs: how many; each has a file of rejects.
  func places(_ settings: Settings, _ inputs: Int, defaultReport: String? = nil) -> [OutputPlaces.Output] {
    [("--output", output, .decisions), ("--report", page(settings, otherwise: defaultReport), .page)]
      + (0..<inputs).map { index in ("--rejects", rejects.map { Inputs.rejectPath($0, index) }, .rejects) }
  }

  /// The report's path with the day filled in.
  func page(_ settings: Settings, otherwise path: String? = nil) -> String? {
    (report ?? path)?.replacing("{date}", with: settings.clock().day().description)
  }

  /// What is asked for by name is written also where there is no ticket.
  var writesFiles: Bool { output != nil || report != nil || rejects != nil }
}
