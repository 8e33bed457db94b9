import ArgumentParser
import ClosureModel
import Compose
import Foundation

struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "用带标签的语料衡量 / measures against a labelled corpus.",
    subcommands: [Consent.self, Contacts.self, Letters.self, Rings.self, Tickets.self])

  /// What an evaluation leaves behind for people and programs.
  struct Results: ParsableArguments {
    @Flag(help: "以 JSON 输出 / as JSON.")
    var json = false

    @Option(help: "写出 HTML 报告，{date} 换成当天 / writes an HTML report; {date} becomes the day.")
    var report: String?

    @Flag(help: "不遮盖个人信息 / personal data unmasked.")
    var reveal = false
  }

  struct Consent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "consent",
      abstract: "同意声明：混淆矩阵、误受理、召回 / consent statement: confusion matrix, false accepts, recall.",
      discussion: """
        LABELS: JSON Lines of {"id","provider","text","label","why","quote"}, label one of consented, not_consented, unclear.
        Exits 3 when a text is read as consented that is not labelled so.

          closedesk evaluate consent labels.jsonl --report consent.html
        """)

    @Argument(help: "带标签的 JSON Lines / labelled JSON Lines.")
    var labels: String

    @OptionGroup var results: Results
    @OptionGroup var settings: SettingsOptions

    func run() async throws {
      try await execute {
        let settings = try Settings(self.settings)
        return try ReportFile.with(results.report, day: settings.clock().day(), inputs: [labels]) { report in
          var score = ConsentScore(
            catalog: try Workbench.catalog(settings.library), locale: settings.locale, reveal: results.reveal)
          let exit = try LabelledTexts.each(labels, settings: settings) { line, _, reading in
            score.add(line, reading)
          }
          try report?.write(score.page(corpus: ReportFile.name(labels), generated: settings.clock()))
          if results.json {
            Console.out(score.json())
          } else {
            score.lines(verbose: self.settings.verbose).forEach(Console.out)
          }
          return score.falseAccepts.isEmpty ? exit : .notAllAccepted
        }
      }
    }
  }
}
