import ArgumentParser
import ClosureModel
import Compose
import Outbox
import StoreSQLite

struct OutboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "待发与搁置的回复 / replies that wait or are parked.",
    discussion: """
        closedesk outbox list --state parked --fault theirs
        closedesk outbox show T-1001
        closedesk outbox retry --all --fault ours --why "secret mended"
        closedesk outbox retry cd_… --renew-key --why "the receiver forgot it"
        closedesk outbox drop cd_… --why "answered by phone"
      """,
    subcommands: [OutboxList.self, OutboxShow.self, OutboxRetry.self, OutboxDrop.self],
    defaultSubcommand: OutboxList.self)
}

struct OutboxList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "列出回复；默认只列搁置的 / lists replies, the parked ones unless told otherwise.")

  @Option(help: "状态 / state.")
  var state: OutboxEntry.State?
  @Option(help: "由谁处理：theirs 对方，ours 我们，policy 不该发 / who has to mend it.")
  var fault: Settlement.Fault?
  @Option(help: "工单编号 / ticket id.")
  var ticket: String?
  @Flag(help: "所有状态 / every state.")
  var all = false
  @Option(help: "最多列出 N 条 / at most N.")
  var limit = 1000
  @Flag(help: "每行一个 JSON / one JSON object a line.")
  var json = false
  @OptionGroup var settings: SettingsOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be at least 1") }
    if all, state != nil { throw ValidationError("--all and --state exclude each other") }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let store = try SQLiteCaseStore.openReadOnly(path: settings.ledger)
      let states = state ?? (all || ticket != nil ? nil : .parked)
      let filter = OutboxFilter(state: states, fault: fault, ticket: ticket.map { Ticket.ID($0) })
      let items = try await store.entries(filter, limit: limit)
      let style = Style(noColour: self.settings.noColor)
      for item in items { Console.out(json ? OutboxText.json(item) : OutboxText.line(item, style)) }
      if !json, !self.settings.quiet {
        Console.error("\(items.count) replies\(items.count == limit ? " (--limit shows more)" : "")")
      }
      return .done
    }
  }
}

struct OutboxShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "一条回复：正文（遮盖）、次数、经过 / one reply: text, masked, attempts, history.")

  @Argument(help: "编号 cd_… 或工单编号 / key or ticket id.")
  var name: String
  @Flag(help: "不遮盖个人信息 / personal data unmasked.")
  var reveal = false
  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let store = try SQLiteCaseStore.openReadOnly(path: settings.ledger)
      let items = try await OutboxText.find(name, store, settings)
      let style = Style(noColour: self.settings.noColor)
      for item in items {
        Console.out(OutboxText.line(item, style))
        for act in try await store.audit(of: item.ticket) where act.key == item.key {
          Console.out("    " + AuditText.line(act))
        }
        if let payload = try await store.payload(of: item.key) {
          let text = String(decoding: payload, as: UTF8.self)
          Console.out("    " + (reveal ? text : Masking.text(text, keeping: item.ticket)))
        } else {
          Console.out("    " + style.dim("its text is not kept any more"))
        }
      }
      return .done
    }
  }
}

struct OutboxRetry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "把搁置的回复放回队列 / puts parked replies back into the queue.",
    discussion: """
      Under the same key a receiver that keys replies shows each once, whatever arrived before. --renew-key gives new \
      keys: for a receiver that remembers the old one as refused. It may then show a reply twice.
      A mail (cdm_…) that may have arrived goes out again under the same Message-ID once its key is named: look into the \
      mail server's log first.
      """)

  @Argument(help: "编号 cd_… / keys.")
  var keys: [String] = []
  @Flag(help: "所有搁置的 / every parked reply.")
  var all = false
  @Option(help: "只限由谁处理的 / only those that this side has to mend.")
  var fault: Settlement.Fault?
  @Flag(help: "换新编号；对方可能显示两次 / under new keys; the receiver may show them twice.")
  var renewKey = false
  @Option(help: "为什么 / why; kept in the ledger.")
  var why: String?
  @OptionGroup var settings: SettingsOptions

  func validate() throws {
    if all != keys.isEmpty { throw ValidationError("name keys, or --all") }
    if fault != nil, !all { throw ValidationError("--fault goes with --all") }
    if renewKey, why == nil { throw ValidationError("--renew-key asks for --why: the receiver may show a reply twice") }
  }

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let by = try Operator.signs(why ?? "retried by hand")
      let store = try OutboxText.open(settings)
      let wanted = all ? try await parked(store) : keys.map { IdempotencyKey(rawValue: $0) }
      let results = try await store.retry(wanted, renewing: renewKey, by: by, at: settings.clock())
      let exit = OutboxText.tell(wanted, results, quiet: self.settings.quiet)
      if renewKey, results.contains(where: { if case .queued = $0 { true } else { false } }) {
        Console.error("closedesk: warning: under a new key the receiver may show a reply twice")
      }
      return exit
    }
  }

  /// Mails that may have arrived, or have no address, are named one by one or by --fault policy; replies that are held
  /// back for a row that cannot be read, one by one alone.
  private func parked(_ store: SQLiteCaseStore) async throws -> [IdempotencyKey] {
    let items = try await store.entries(OutboxFilter(state: .parked, fault: fault), limit: .max)
    let left = fault == nil ? items.filter { $0.key.isMail && $0.fault == .policy } : []
    if !left.isEmpty {
      Console.error(
        "closedesk: \(left.count) mails stay parked: they may have arrived, or have no address. Look at them with"
          + " `closedesk outbox list`, then name their keys.")
    }
    let withheld = items.filter(\.isWithheld)
    if !withheld.isEmpty {
      Console.error(
        "closedesk: \(withheld.count) replies stay parked: a row of their ticket cannot be read. Mend the export and"
          + " run it; or look at the tickets, then name the keys.")
    }
    let kept = Set((left + withheld).map(\.key))
    return items.map(\.key).filter { !kept.contains($0) }
  }
}

struct OutboxDrop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop", abstract: "放弃搁置的回复，记下原因 / gives parked replies up for good, with the reason.")

  @Argument(help: "编号 cd_… / keys.")
  var keys: [String]
  @Option(help: "为什么 / why; kept in the ledger.")
  var why: String
  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await execute {
      let settings = try Settings(self.settings)
      let by = try Operator.signs(why)
      let store = try OutboxText.open(settings)
      var results: [DeadLetterResult] = []
      let wanted = keys.map { IdempotencyKey(rawValue: $0) }
      for key in wanted { results.append(try await store.drop(key, by: by, at: settings.clock())) }
      return OutboxText.tell(wanted, results, quiet: self.settings.quiet)
    }
  }
}
