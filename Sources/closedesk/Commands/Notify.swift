import ArgumentParser
import Compose
import Notify

struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "给团队的通知：企业微信、钉钉、飞书机器人与邮件 / notices to the team.",
    subcommands: [Test.self])

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "向每个通道发一条无害的消息，并说明结果 / sends one harmless message to each channel and says what came back.",
      discussion: "Exit 69 when a channel did not take it. The message names no ticket and no customer.")

    @OptionGroup var settings: SettingsOptions

    @Option(help: "只试第 N 个通道，从 1 数起 / only the N-th channel of notify:, from 1.")
    var channel: Int?

    @Flag(help: "以 JSON 输出 / as JSON.")
    var json = false

    func run() async throws {
      try await execute {
        let settings = try Settings(self.settings)
        let count = settings.file.notify.count
        guard count > 0 else {
          throw Failure(.configuration, "notify: lists no channel. docs/notices.md shows how to add one.")
        }
        if let channel, !(1...count).contains(channel) {
          throw Failure(.usage, "--channel \(channel): there are \(count) channels. Use 1 to \(count).")
        }
        let desk = try NoticeDesk(settings, calendar: nil, only: channel)
        defer { desk.shutdown() }
        let reports = await desk.test()
        if json {
          Console.out(Self.json(reports))
        } else {
          let style = Style(noColour: self.settings.noColor)
          for report in reports {
            let mark = report.problems.isEmpty ? style.green("ok  ") : style.red("BAD ")
            let text = report.problems.isEmpty ? "it took the message" : report.problems.joined(separator: "; ")
            Console.out("\(mark)  \(Columns.padded(report.channel, to: 14)) \(text)")
          }
        }
        return reports.allSatisfy { $0.problems.isEmpty && $0.sent == 1 } ? .done : .unreachable
      }
    }

    private static func json(_ reports: [ChannelReport]) -> String {
      var out = JSONWriter()
      out.object { out in
        out.field("schema", "closedesk.notify-test/1")
        out.array("channels") { out in
          for report in reports {
            out.object { out in
              out.field("channel", report.channel)
              out.field("sent", report.sent)
              out.field("problem", report.problems.first)
            }
          }
        }
      }
      return out.text
    }
  }
}
