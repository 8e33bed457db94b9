import ArgumentParser
import ClosureModel
import Compose
import StoreSQLite

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "台账里有什么 / what the ledger holds.")

  @OptionGroup var settings: SettingsOptions

  @Flag(help: "以 JSON 输出 / as JSON.")
  var json = false

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let store = try SQLiteCaseStore.openReadOnly(path: settings.ledger)
      let status = try await store.status()
      let hold = try store.hold()
      let read = try await store.lastReceipts()
      if json {
        var out = JSONWriter()
        out.object { out in
          out.field("schema", "closedesk.status/1")
          out.object("tickets") { out in
            for outcome in Outcome.allCases { out.field(outcome.rawValue, status.tickets[outcome] ?? 0) }
          }
          out.object("outbox") { out in
            for state in OutboxEntry.State.allCases { out.field(state.rawValue, status.outbox[state] ?? 0) }
          }
          out.object("mail") { out in
            for state in OutboxEntry.State.allCases { out.field(state.rawValue, status.mails[state] ?? 0) }
          }
          out.field("oldest_due", status.oldestDue?.description)
          out.field("hold", hold?.isOn ?? false)
          out.field("read_at", read?.at.description)
          ReceiptLines.write(read?.receipts ?? [], to: &out)
        }
        Console.out(out.text)
        return .done
      }
      let style = Style(noColour: self.settings.noColor)
      Console.out(style.bold(settings.locale == .en ? "Tickets by latest outcome" : "工单（最近一次决定）"))
      for outcome in Outcome.allCases {
        let name =
          Columns.padded(outcome.rawValue, to: 13) + Columns.padded(SummaryTable.name(outcome, settings.locale), to: 14)
        Console.out("  " + name + Columns.right("\(status.tickets[outcome] ?? 0)", in: 8))
      }
      Console.out(style.bold(settings.locale == .en ? "Replies" : "回复"))
      for state in OutboxEntry.State.allCases {
        let count = status.outbox[state] ?? 0
        let line = "  " + Columns.padded(state.rawValue, to: 27) + Columns.right("\(count)", in: 8)
        Console.out(state == .parked && count > 0 ? style.red(line) : line)
      }
      if !status.mails.isEmpty {
        Console.out(style.bold(settings.locale == .en ? "Mails to security e-mails" : "发往安全邮箱的邮件"))
        for state in OutboxEntry.State.allCases {
          guard let count = status.mails[state] else { continue }
          let line = "  " + Columns.padded(state.rawValue, to: 27) + Columns.right("\(count)", in: 8)
          Console.out(state == .parked ? style.red(line) : line)
        }
      }
      if let due = status.oldestDue {
        Console.out((settings.locale == .en ? "Earliest open deadline  " : "最早的未完成时限  ") + due.description)
      }
      if let read {
        Console.out(style.bold((settings.locale == .en ? "Last exports read  " : "最近一次读取的导出  ") + read.at.description))
        for line in read.receipts.flatMap({ ReceiptLines.kept($0, settings.locale) }) {
          Console.out("  " + (line.contains("INCOMPLETE") ? style.red(line) : line))
        }
      }
      if let hold, hold.isOn { Console.out(style.yellow(HoldText.line(hold))) }
      return .done
    }
  }
}

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "一张工单的全部经过与证据 / one ticket's history with its evidence.")

  @Argument(help: "工单编号 / ticket id.")
  var ticket: String

  @OptionGroup var settings: SettingsOptions

  @Flag(help: "以 JSON 输出 / as JSON.")
  var json = false

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let store = try SQLiteCaseStore.openReadOnly(path: settings.ledger)
      let history = try await store.history(of: Ticket.ID(ticket))
      guard !history.isEmpty else {
        throw Failure(
          .inputNotFound,
          "the ledger \(settings.ledger) does not know the ticket \(ticket). `closedesk status` shows what it holds.")
      }
      let audit = try await store.audit(of: Ticket.ID(ticket))
      if json {
        var out = JSONWriter()
        out.object { out in
          out.field("schema", "closedesk.history/1")
          out.field("ticket", ticket)
          out.array("history") { out in
            for item in history { Self.write(item, to: &out) }
            for item in audit { AuditText.write(item, to: &out) }
          }
        }
        Console.out(out.text)
      } else {
        let style = Style(noColour: self.settings.noColor)
        Console.out(style.bold(ticket))
        for item in history { Self.lines(item, style).forEach(Console.out) }
        for item in audit { Console.out(AuditText.line(item)) }
      }
      return .done
    }
  }

  private static func write(_ item: HistoryItem, to out: inout JSONWriter) {
    out.object { out in
      out.field("at", item.at.description)
      switch item.kind {
      case .decided(_, _, _, let line): out.raw("decision", line)
      case .entry(let key, let state, let attempts, let next, let note):
        out.object(key.isMail ? "mail" : "reply") { out in
          out.field("key", key.rawValue)
          out.field("state", state.rawValue)
          out.field("attempts", attempts)
          out.field("next_attempt", next?.description)
          out.field("note", note)
        }
      }
    }
  }

  private static func lines(_ item: HistoryItem, _ style: Style) -> [String] {
    switch item.kind {
    case .decided(let revision, let policy, let outcome, let line):
      var out = [
        "\(item.at)  \(style.bold(outcome.rawValue))  \(policy)  \(style.dim(String(revision.rawValue.prefix(19)) + "…"))"
      ]
      out += DecisionText.lines(line).map { "    " + $0 }
      return out
    case .entry(let key, let state, let attempts, let next, let note):
      let more = [note, next.map { "next attempt \($0)" }].compactMap { $0 }.joined(separator: "; ")
      return [
        "\(item.at)  \(key.isMail ? "mail" : "reply") \(state.rawValue), \(attempts) attempt(s)  \(style.dim(key.rawValue))\(more.isEmpty ? "" : "  " + more)"
      ]
    }
  }
}
