import ArgumentParser
import ClosureModel
import Compose
import Ingest

struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "只读取导出：看列映射，或每行输出一张规范化工单 / reads exports only.",
    discussion: """
      Without --json: how the export was understood (format, encoding, columns, rows). With --json: one normalised \
      ticket a line with ticket, subject, requester_email, created_at, category, body, attachments, status. This is \
      a converter: its lines hold the export's data as it is; --mask masks personal data.
      """)

  @Argument(help: "工单导出文件，- 为标准输入 / exports; - is standard input.")
  var inputs: [String]

  @Flag(help: "每行一张工单 / one ticket a line.")
  var json = false

  @Flag(help: "遮盖个人信息 / personal data masked.")
  var mask = false

  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings, input: input)
      var exit = Exit.done
      for path in inputs {
        let source = try ExportSource(path: path, options: settings.ingest)
        var tickets = 0
        var errors = 0
        try source.forEach { item in
          switch item {
          case .rowError(let error):
            errors += 1
            Console.error("closedesk: \(error)")
          case .ticket(let ticket):
            tickets += 1
            if json { Console.out(line(ticket)) }
            if tickets == input.limit { return false }
          }
          return true
        }
        if !json { describe(source.summary, tickets: tickets, errors: errors) }
        if errors > 0 { exit = .rowsUnread }
      }
      return exit
    }
  }

  private func line(_ ticket: Ticket) -> String {
    func text(_ text: String) -> String { mask ? Masking.text(text) : text }
    var json = JSONWriter()
    json.object { json in
      json.field("ticket", ticket.id.rawValue)
      json.field("subject", text(ticket.subject))
      json.field("requester_email", ticket.contactEmail.isEmpty ? nil : text(ticket.contactEmail))
      json.field("created_at", ticket.submittedAt?.description)
      json.field("category", ticket.category)
      json.field("body", text(ticket.body))
      json.array("attachments") { json in for name in ticket.attachments { json.value(name) } }
      json.field("status", ticket.status)
    }
    return json.text
  }

  private func describe(_ summary: ExportSummary, tickets: Int, errors: Int) {
    Console.out(
      "\(summary.file): \(summary.format.rawValue), \(summary.encoding.rawValue)\(summary.part.map { ", " + $0 } ?? "")"
    )
    if summary.headerRow > 1 { Console.out("  header in row \(summary.headerRow)") }
    for (column, field) in summary.mapped {
      Console.out("  " + Columns.padded(column, to: 20) + " → " + field.rawValue)
    }
    if !summary.unmapped.isEmpty { Console.out("  not used: " + summary.unmapped.joined(separator: ", ")) }
    Console.out("  \(tickets) tickets, \(errors) unreadable rows")
  }
}
