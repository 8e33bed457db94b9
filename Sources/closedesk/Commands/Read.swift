import ArgumentParser
import ClosureModel
import Compose
import Examine
import Foundation

struct Read: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "读一段文字：同意、放弃、撤回、联系方式 / one text: consent, waivers, withdrawal, contacts, with spans.",
    discussion: """
        echo '本人已阅读并同意《京东云账户注销须知》' | closedesk read -
        closedesk read --explain ticket.txt     for a person: the words marked, and the reason
        closedesk read --lines texts.jsonl      one {"id","text","provider"} a line
      """)

  @Argument(help: "文本文件，- 为标准输入 / text file; - is standard input.")
  var file: String?

  @Option(help: "每行一个 {\"id\",\"text\",\"provider\"} 的文件 / JSON Lines of texts.")
  var lines: String?

  @Flag(help: "给人看：标出依据的文字并说明理由 / for a person: the words marked, and the reason.")
  var explain = false

  @Flag(help: "不遮盖个人信息 / personal data unmasked.")
  var reveal = false

  @OptionGroup var settings: SettingsOptions

  func validate() throws {
    if (file == nil) == (lines == nil) { throw ValidationError("give either a FILE (or -) or --lines FILE") }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let catalog = try Workbench.catalog(settings.library)
      let explanation = Explanation(
        catalog: catalog, locale: settings.locale, style: Style(noColour: self.settings.noColor), reveal: reveal)
      func show(_ id: String?, _ policy: Policy, _ text: String, _ reading: TextReading) {
        if explain {
          explanation.lines(id: id, policy: policy, text: text, reading: reading).forEach(Console.out)
          return
        }
        let reason = ReadingWords.reason(reading.consent, catalog, settings.locale)
        Console.out(
          ReadingLine.json(id: id, policy: policy.label, reading: reading, reason: reason, reveal: reveal))
      }
      if let lines {
        var isFirst = true
        return try LabelledTexts.each(lines, settings: settings) { line, policy, reading in
          if explain, !isFirst { Console.out("") }
          isFirst = false
          show(line.id, policy, line.text, reading)
        }
      }
      let policy = try Workbench.policy(settings.policy, settings.library)
      let examiner = try Workbench.examiner(policy, settings.library)
      let bytes = try TextFile.bytes(file ?? "-")
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Failure(
          .inputUnusable, "\(file ?? "-"): the text is not UTF-8. Convert it, e.g. `iconv -f gb18030 -t utf-8`.")
      }
      show(nil, policy, text, examiner.read(text))
      return .done
    }
  }
}
