import ArgumentParser
import ClosureModel
import Compose
import Foundation
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
          out.field("why", hold.map { Masking.text($0.by.why) })
        }
        Console.out(out.text)
      } else if let hold {
        Console.out(
          hold.isOn ? HoldText.line(hold) : "off since \(hold.at), by \(hold.by.who): \(Masking.text(hold.by.why))")
      } else {
        Console.out("off; it was never on")
      }
      return .done
    }
  }
}

extension HoldCommand {
  /// The ledger is made where a configuration or CLOSEDESK_LEDGER names one that is not there: whoever stops everything
  /// before the first run means it. Nothing named and no ledger here is another folder than that of the runs.
  static func turn(_ isOn: Bool, _ why: String, _ options: SettingsOptions) async throws -> Exit {
    let settings = try Settings(options)
    let by = try Operator.signs(why)
    if !settings.namesLedger, !FileManager.default.fileExists(atPath: settings.ledger) {
      let outcome = isOn ? "stopped" : "let go on"
      throw Failure(
        .inputNotFound,
        "there is no ledger at \(place(settings)), and neither --config nor CLOSEDESK_LEDGER names another: nothing was "
          + "\(outcome). Name the configuration that the runs use: --config FILE.")
    }
    try makeFolder(of: settings.ledger)
    let store = try SQLiteCaseStore(path: settings.ledger)
    let before = try store.hold()
    let was = before?.isOn ?? false
    if isOn || was { try await store.setHold(isOn, by: by, at: settings.clock()) }
    if !options.quiet {
      Console.out(said(isOn, was ? before : nil) + "\nledger: \(place(settings))")
    }
    return .done
  }

  private static func said(_ isOn: Bool, _ before: Hold?) -> String {
    switch (isOn, before) {
    case (true, nil): "sending is held back; `closedesk hold off` lets it go on"
    case (true, let before?):
      "sending is held back (it was already, since \(before.at) by \(before.by.who)); `closedesk hold off` lets it go on"
    case (false, nil): "sending was not held back"
    case (false, _): "sending may go on; `closedesk deliver` or the next run sends what waits"
    }
  }

  private static func place(_ settings: Settings) -> String {
    URL(fileURLWithPath: settings.ledger).standardizedFileURL.path
  }
}
