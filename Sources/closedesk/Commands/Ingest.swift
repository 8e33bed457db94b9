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
      let sources = try Inputs.open(inputs, settings)
      if input.requireComplete { try Inputs.requireComplete(sources) }
      for source in sources {
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
        if !json { describe(source, tickets: tickets, errors: errors) }
        for line in source.receipt.map(ReceiptLines.lines) ?? [] { Console.error("closedesk: " + line) }
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
      let requester = ticket.requesterEmail.isEmpty ? ticket.contactEmail : ticket.requesterEmail
      json.field("requester_email", requester.isEmpty ? nil : text(requester))
      json.field("created_at", ticket.submittedAt?.description)
      json.field("category", ticket.category)
      json.field("body", text(ticket.body))
      json.array("attachments") { json in for name in ticket.attachments { json.value(name) } }
      json.field("status", ticket.status)
      json.field("account", ticket.account.isEmpty ? nil : text(ticket.account))
      json.field("applicant_kind", ticket.declaredKind.isEmpty ? nil : ticket.declaredKind)
      json.field("contact_email", ticket.contactEmail.isEmpty ? nil : text(ticket.contactEmail))
      json.field("contact_phone", ticket.contactPhone.isEmpty ? nil : text(ticket.contactPhone))
      json.field("updated_at", ticket.updatedAt?.description)
      json.field("disposition", disposition(ticket.standing))
      if case .merged(let other?) = ticket.standing { json.field("merged_into", other.rawValue) }
      json.field("closed", ticket.standing == .closed)
      json.field("partial", ticket.isPartial)
      json.array("messages") { json in
        for message in ticket.replies {
          json.object { json in
            json.field("author", message.author.rawValue)
            json.field("at", message.at?.description)
            json.field("text", text(message.text))
          }
        }
      }
    }
    return json.text
  }

  /// What became of the ticket in its system; open or closed it is a `ticket`.
  private func disposition(_ standing: Ticket.Standing) -> String {
    switch standing {
    case .open, .closed: "ticket"
    case .deleted: "deleted"
    case .spam: "spam"
    case .merged: "merged"
    }
  }

  private func describe(_ source: TicketExport, tickets: Int, errors: Int) {
    if let summary = source.table {
      let part = summary.part.map { ", " + $0 } ?? ""
      Console.out("\(summary.file): \(summary.format.rawValue), \(summary.encoding.rawValue)\(part)")
      if summary.headerRow > 1 { Console.out("  header in row \(summary.headerRow)") }
      for (column, field) in summary.mapped {
        Console.out("  " + Columns.padded(column, to: 20) + " → " + field.rawValue)
      }
      if !summary.unmapped.isEmpty { Console.out("  not used: " + summary.unmapped.joined(separator: ", ")) }
    } else if let receipt = source.receipt {
      Console.out("\(receipt.file): \(receipt.system ?? ""), \(receipt.forms.joined(separator: ", "))")
    }
    Console.out("  \(tickets) tickets, \(errors) unreadable rows")
  }
}
