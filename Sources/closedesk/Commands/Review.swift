import ArgumentParser
import Batch
import ClosureModel
import Compose
import Ingest
import StoreSQLite

struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "人工复核队列：查看、受理、追问、拒绝 / the queue of doubtful tickets, and people's decisions.",
    discussion: """
      A decision is recorded with who made it and why, and its reply is queued; the next `run` or `deliver` sends it. It \
      holds until the ticket changes. The ticket is read from the export again and examined anew, so name the same \
      export and attachments as the run did.

        closedesk review list
        closedesk review accept T-1001 --input export.csv --why "seal compared with the licence on file"
        closedesk review ask T-1001 --input export.csv --code letter.seal.missing --why "no seal on page 2"
        closedesk review reject T-1001 --input export.csv --code condition.arrears --why "billing confirms arrears"
      """,
    subcommands: [ReviewList.self, ReviewAccept.self, ReviewAsk.self, ReviewReject.self, ReviewCodes.self],
    defaultSubcommand: ReviewList.self)
}

struct ReviewList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "等待人工的工单，时限早的在前 / what waits, the earliest deadline first.")

  @Option(help: "最多列出 N 张 / at most N.")
  var limit = 200
  @Flag(help: "每行一个 JSON / one JSON object a line.")
  var json = false
  @Option(help: "附件文件夹 / attachments folder, to say where the files are (CLOSEDESK_ATTACHMENTS).")
  var attachments: String?
  @Option(
    name: .customLong("input"), help: "现在的导出，指出已不在其中的 / the export of today: says which tickets are no longer in it.")
  var exports: [String] = []
  @OptionGroup var settings: SettingsOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let open = try await SQLiteCaseStore.openReadOnly(path: settings.ledger).openReviews(limit: limit)
      let style = Style(noColour: self.settings.noColor)
      let folder = attachments ?? settings.attachments
      let gone = exports.isEmpty ? nil : try Self.missing(open.map(\.ticket), from: Inputs.open(exports, settings))
      for item in open {
        let isThere = gone.map { !$0.contains(item.ticket) }
        if json {
          Console.out(ReviewText.json(item, folder, inExport: isThere))
        } else {
          ReviewText.lines(item, folder, inExport: isThere, style).forEach(Console.out)
        }
      }
      if !json, !self.settings.quiet {
        Console.error("\(open.count) tickets\(open.count == limit ? " (--limit shows more)" : "")")
        if let gone, !gone.isEmpty {
          Console.error(
            "\(gone.count) of them not in the export: closed, moved or left out there. They wait here until a run reads them."
          )
        }
      }
      return .done
    }
  }

  /// - Returns: those of which the exports have neither a ticket nor a row that cannot be read.
  private static func missing(_ tickets: [Ticket.ID], from exports: [TicketExport]) throws -> Set<Ticket.ID> {
    var missing = Set(tickets)
    for export in exports {
      try export.forEach { item in
        switch item {
        case .ticket(let ticket): missing.remove(ticket.id)
        case .rowError(let error): if let ticket = error.ticket { missing.remove(ticket) }
        }
        return !missing.isEmpty
      }
    }
    return missing
  }
}

struct ReviewCodes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes", abstract: "ask 与 reject 可用的结论代码 / codes that `ask` and `reject` can name.")

  @Argument(help: "只列以此开头的 / only those that begin so, e.g. letter.seal.")
  var prefix = ""
  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let catalog = try Workbench.catalog(settings.library)
      let policy = try Workbench.policy(settings.policy, settings.library)
      let codes = ReviewDesk.codes(policy, catalog, settings.locale).filter { $0.code.rawValue.hasPrefix(prefix) }
      for (code, command) in codes {
        Console.out(
          Columns.padded(command, to: 8) + Columns.padded(code.rawValue, to: 34)
            + catalog.message(code, settings.locale))
      }
      if !self.settings.quiet {
        Console.error("\(codes.count) codes under \(policy.label); docs/finding-codes.md has all")
      }
      return .done
    }
  }
}

/// What the three decisions share.
struct DecisionOptions: ParsableArguments {
  @Argument(help: "工单编号 / ticket id.")
  var ticket: String
  @Option(name: .customLong("input"), help: "含有该工单的导出 / the export that holds the ticket.")
  var exports: [String]
  @Option(help: "为什么 / why; kept in the ledger.")
  var why: String

  func decide(_ wish: ReviewDesk.Wish, _ options: SettingsOptions, _ input: InputOptions) async throws {
    try await execute {
      let settings = try Settings(options, input: input)
      let by = try Operator.signs(why)
      let bench = try Workbench(settings)
      let store = try OutboxText.open(settings)
      let sources = try bench.sources(exports)
      let desk = ReviewDesk(
        pipeline: try bench.pipeline(.network, sources), store: store, maker: try bench.maker(), catalog: bench.catalog,
        locale: settings.locale)
      let file = try await desk.decide(
        Ticket.ID(ticket), wish, from: sources, by: by, at: settings.clock())
      if !options.quiet {
        Console.out("\(ticket): \(file.decision.outcome.rawValue), decided by \(by.who)")
        if let reply = file.reply {
          Console.out(
            "reply queued: \(Masking.text(reply.subject, keeping: file.ticket.id)); the next run or `closedesk deliver` sends it"
          )
        }
      }
      return .done
    }
  }
}

struct ReviewAccept: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "受理；有阻碍条件或缺材料时不能 / accepts; never over a blocking condition or missing material.")
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions
  func run() async throws { try await decision.decide(.accept, settings, input) }
}

struct ReviewAsk: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "请客户补正所列各项 / asks the customer for what the codes name.")
  @Option(
    help: "结论代码（review codes），可多次；不写则为确定缺少的各项 / finding codes; none: all that is surely missing.",
    transform: FindingCode.named)
  var code: [FindingCode] = []
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions
  func run() async throws { try await decision.decide(.ask(code), settings, input) }
}

struct ReviewReject: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "告知阻碍注销的条件 / names the conditions that block closing.")
  @Option(help: "结论代码（review codes），可多次 / finding codes of conditions.", transform: FindingCode.named)
  var code: [FindingCode] = []
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var settings: SettingsOptions
  @OptionGroup var input: InputOptions
  func run() async throws { try await decision.decide(.reject(code), settings, input) }
}
