import ArgumentParser
import ClosureModel
import Compose
import StoreSQLite

struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "立即暂停或恢复全部发送 / stops all sending at once, or lets it go on.",
    discussion: """
      While it is on, `run` and `apply` read, decide and record, and send nothing (exit 77); `deliver` sends nothing. A \
      run that is posting stops within a second. Each turn is kept with who, when and why.

        closedesk hold on --why "wrong deadline in the reply"
        closedesk hold status
        closedesk hold off --why "template mended"
      """, subcommands: [HoldOn.self, HoldOff.self, HoldStatus.self], defaultSubcommand: HoldStatus.self)
}

struct HoldOn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "on", abstract: "暂停发送 / stops sending.")
  @Option(help: "为什么 / why; kept in the ledger.")
  var why: String
  @OptionGroup var settings: SettingsOptions

  func run() async throws { try await execute { try await HoldCommand.turn(true, why, settings) } }
}

struct HoldOff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "off", abstract: "恢复发送 / lets sending go on.")
  @Option(help: "为什么 / why; kept in the ledger.")
  var why: String
  @OptionGroup var settings: SettingsOptions

  func run() async throws { try await execute { try await HoldCommand.turn(false, why, settings) } }
}

struct HoldStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "是否暂停，何时、谁、为什么 / whether it is on, since when, by whom and why.")
  @Flag(help: "以 JSON 输出 / as JSON.")
  var json = false
  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await execute {
      let hold = try SQLiteCaseStore.openReadOnly(path: try Settings(settings).ledger).hold()
      if json {
        var out = JSONWriter()
        out.object { out in
          out.field("schema", "closedesk.hold/1")
          out.field("hold", hold?.isOn ?? false)
          out.field("at", hold?.at.description)
          out.field("who", hold?.by.who)
          out.field("why", hold?.by.why)
        }
        Console.out(out.text)
      } else if let hold {
        Console.out(hold.isOn ? HoldText.line(hold) : "off since \(hold.at), by \(hold.by.who): \(hold.by.why)")
      } else {
        Console.out("off; it was never on")
      }
      return .done
    }
  }
}

extension HoldCommand {
  /// The ledger is made where there is none: whoever stops everything before the first run means it.
  static func turn(_ isOn: Bool, _ why: String, _ options: SettingsOptions) async throws -> Exit {
    let settings = try Settings(options)
    let by = try Operator.signs(why)
    try makeFolder(of: settings.ledger)
    let store = try SQLiteCaseStore(path: settings.ledger)
    let was = try store.hold()?.isOn ?? false
    try await store.setHold(isOn, by: by, at: settings.clock())
    if !options.quiet {
      Console.out(
        isOn
          ? "sending is held back\(was ? " (it was already)" : ""); `closedesk hold off` lets it go on"
          : was
            ? "sending may go on; `closedesk deliver` or the next run sends what waits" : "sending was not held back")
    }
    return .done
  }
}
