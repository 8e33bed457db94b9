import ArgumentParser
import Batch
import ClosureModel
import Foundation

extension Evaluate {
  struct Tickets: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tickets", abstract: "整张工单：误受理、受理、结论正确的比例 / whole tickets: false accepts, accepted, right outcomes.",
      discussion: """
        LABELS: JSON Lines of {"ticket","outcome"}, outcome one of accepted, incomplete, ineligible, review, withdrawn, \
        out_of_scope; beside them, if you like, "also_ok" (outcomes that are right as well) and "codes" (reasons that must \
        be named). The tickets are the export that --input names; without it, the file of that name without \
        ".labels.jsonl". It is a dry run: no network, no ledger. Exits 3 when a ticket is accepted that is not to be.

          closedesk evaluate tickets labels.jsonl --input export.csv --attachments ./attachments --report tickets.html
        """)

    @Argument(help: "带标签的 JSON Lines / labelled JSON Lines.")
    var labels: String

    @Option(name: .customLong("input"), help: "工单导出文件，可重复 / the export; may be repeated.")
    var inputs: [String] = []

    @OptionGroup var results: Results
    @OptionGroup var settings: SettingsOptions
    @OptionGroup var input: InputOptions

    private static let suffix = ".labels.jsonl"

    func validate() throws {
      if inputs.isEmpty, !labels.hasSuffix(Self.suffix) {
        throw ValidationError("name the export that the labels are of: --input export.csv")
      }
    }

    func run() async throws {
      try await execute {
        let settings = try Settings(self.settings, input: input)
        let bench = try Workbench(settings)
        let exports = inputs.isEmpty ? [String(labels.dropLast(Self.suffix.count))] : inputs
        let (labels, results, limit, verbose) = (labels, results, input.limit, self.settings.verbose)
        let isStrict = input.requireComplete
        return try await interruptible { interruption in
          try ReportFile.with(results.report, day: settings.clock().day(), inputs: exports + [labels]) { report in
            var exit = Exit.done
            let score = TicketScore(try LabelledTicket.read(labels, &exit), settings.locale, reveal: results.reveal)
            let sources = try bench.sources(exports, rejects: nil)
            if isStrict { try Inputs.requireComplete(sources) }
            let run = DryRun(
              pipeline: try bench.pipeline(.local, sources), sources: sources, limit: limit,
              interruption: interruption)
            guard try run.run(score) else { throw ExitCode(Signals.interrupted) }
            try report?.write(score.page(corpus: ReportFile.name(labels), generated: settings.clock()))
            if results.json {
              Console.out(score.json())
            } else {
              score.lines(verbose: verbose).forEach(Console.out)
            }
            return score.falseAccepts.isEmpty ? exit : .notAllAccepted
          }
        }
      }
    }
  }
}
