public import ArgumentParser
public import ClosureModel
import Compose
import DeliverCurl
import Foundation
public import Outbox

struct WebhookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook", abstract: "工单系统：列出、预览、试发 / ticket systems: list, render, test.",
    subcommands: [List.self, Render.self, Test.self])

  /// What render and test have in common.
  struct Choice: ParsableArguments {
    @Option(help: "预设名称或文件 / preset, or a file (default webhook.preset).")
    var preset: String?
    @Option(help: "draft、note 或 public / draft, note or public (default webhook.mode; test: note).")
    var mode: Preset.Mode?
    @Option(help: "结果，决定示例回复的状态 / outcome that the sample reply is for.")
    var outcome: Outcome = .incomplete
    @Flag(help: "以 JSON 输出 / as JSON.")
    var json = false

    func system(_ settings: Settings) -> WebhookPreset {
      var system = settings.file.webhook.system
      if let preset { system.name = preset }
      if let mode { system.mode = mode }
      return system
    }

    func entry(_ ticket: String, _ settings: Settings, key: IdempotencyKey? = nil) -> OutboxEntry {
      let english = settings.locale == .en
      let subject = english ? "closedesk: a trial" : "closedesk 试发"
      let body =
        english
        ? "This is a trial of the connection. Nothing was decided, and there is nothing to do."
        : "这是一次连接试验。没有作出任何决定，您无需做任何事。"
      return SampleReply.entry(
        ticket: ticket, outcome: outcome, subject: subject, body: body, policy: settings.policy, key: key,
        at: settings.clock())
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "有哪些预设 / the presets.")
    @OptionGroup var settings: SettingsOptions
    @Flag(help: "以 JSON 输出 / as JSON.") var json = false

    func run() async throws {
      try await execute {
        let library = try Settings(settings).library
        for name in WebhookPreset.names(library) {
          var system = WebhookPreset()
          system.name = name
          let preset = try system.load(library)
          let modes = Preset.Mode.allCases.filter { preset.modes[$0] != nil }.map(\.rawValue)
          guard json else {
            Console.out(
              Columns.padded(preset.name, to: 26) + Columns.padded(modes.joined(separator: ", "), to: 22) + preset.title
            )
            for value in preset.values where value.isRequired {
              Console.out("    webhook.values.\(value.name): \(value.about)")
            }
            continue
          }
          var out = JSONWriter()
          out.object { out in
            out.field("preset", preset.name)
            out.field("title", preset.title)
            out.array("modes") { out in for mode in modes { out.value(mode) } }
            out.field("idempotent", preset.isIdempotent)
            out.field("tried", preset.tried)
            out.array("values") { out in for value in preset.values { out.value(value.name) } }
          }
          Console.out(out.text)
        }
        return .done
      }
    }
  }

  struct Render: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "render", abstract: "显示将要发出的请求，不联网 / the exact requests, without sending them.",
      discussion: "密钥不显示；只有应答才能给出的内容写作 <名称>。/ Secrets are hidden; what only an answer can give stands as <name>.")
    @OptionGroup var settings: SettingsOptions
    @OptionGroup var choice: Choice
    @Option(help: "工单编号 / ticket id.") var ticket: String

    func run() async throws {
      try await execute {
        let settings = try Settings(settings)
        let system = choice.system(settings)
        let preset = try system.load(settings.library)
        let url = try settings.file.webhook.url.map { _ in try Delivery.url(settings) } ?? "https://webhook.url.example"
        let auth = system.auth ?? preset.auth
        // A signature may be shown; whoever sends the secret itself gets a word in its place.
        let secrets = auth.isSigned ? try settings.secrets() : [Self.hidden]
        let setup = try system.setup(settings, preset: preset, url: url, secrets: secrets)
        let key = IdempotencyKey(rawValue: "cd_" + String(repeating: "0", count: 40))
        let entry = choice.entry(ticket, settings, key: key)
        for one in try PresetTarget(setup).rendered(entry, at: settings.clock()) { print(one) }
        return .done
      }
    }

    static let hidden = "‹secret›"

    private func print(_ one: RenderedRequest) {
      let headers = one.request.headers.map { field in
        field.value.hasPrefix("Basic ") ? HTTPField(field.name, "Basic \(Self.hidden)") : field
      }
      let body = String(decoding: one.request.body, as: UTF8.self)
      if choice.json {
        var out = JSONWriter()
        out.object { out in
          out.field("part", one.part.rawValue)
          out.field("name", one.name)
          out.field("method", one.request.method)
          out.field("url", one.request.url)
          out.object("headers") { out in for field in headers { out.field(field.name, field.value) } }
          out.field("body", body)
        }
        return Console.out(out.text)
      }
      Console.out("# \(one.part.rawValue): \(one.name)")
      Console.out("\(one.request.method) \(one.request.url)")
      for field in headers { Console.out("\(field.name): \(field.value)") }
      Console.out(body.isEmpty ? "" : "\n\(body)\n")
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "试发一封无害的回复 / sends one harmless reply and says what came back.",
      discussion: """
        默认写成客户看不见的内部备注；没有备注方式的预设要 --public。不读写台账，不改工单状态。
        As an internal note that customers do not see; a preset without notes wants --public. Neither reads nor writes \
        the ledger, and leaves the ticket's status alone in note mode. Exit: 0 it is there; 65 the system refuses the \
        ticket; 69 it cannot be reached; 78 settings or secret are wrong.
        """)
    @OptionGroup var settings: SettingsOptions
    @OptionGroup var choice: Choice
    @Option(help: "用来试验的工单 / the ticket to try it on.") var ticket: String
    @Flag(help: "客户会看见 / the customer sees it.") var `public` = false

    func run() async throws {
      try await execute {
        let settings = try Settings(settings)
        var system = choice.system(settings)
        let preset = try system.load(settings.library)
        system.mode = try mode(preset)
        let setup = try system.setup(
          settings, preset: preset, url: try Delivery.url(settings), secrets: try settings.secrets())
        var options = Delivery.curlOptions(settings)
        options.maxResponseBytes = 8 << 20
        let transport = try CurlTransport(options: options)
        defer { transport.shutdown() }
        let claim = ClaimedEntry(entry: choice.entry(ticket, settings), token: 0, attempts: 0)
        let end = await PresetTarget(setup).attempt(claim, over: transport, at: settings.clock())
        return say(end, preset, system.mode, claim.entry)
      }
    }

    private func mode(_ preset: Preset) throws -> Preset.Mode {
      if self.public { return .public }
      let wanted = choice.mode ?? [.note, .draft].first { preset.modes[$0] != nil }
      guard let wanted, wanted != .public else {
        throw Failure(
          .usage,
          "the preset \(preset.name) has no internal notes: the customer would see the trial. Say so with --public.")
      }
      return wanted
    }

    private func say(_ end: AttemptEnd, _ preset: Preset, _ mode: Preset.Mode, _ entry: OutboxEntry) -> Exit {
      let (word, why, exit): (String, String, Exit) =
        switch end.meaning {
        case .shown(let status):
          ("shown", "the reply is there (\(status)); its marker is \(Marker.code(entry.key))", .done)
        case .again(_, let why, _) where end.refusal != nil:
          ("refused", why + ". Mend the settings or the secret", .configuration)
        case .again(_, let why, let arrived):
          ("again", why + (arrived ? "; it may have arrived" : "; it did not arrive"), .unreachable)
        case .refused(let why, .ours, _): ("refused", why + ". Mend the settings or the secret", .configuration)
        case .refused(let why, _, _): ("refused", why, .inputUnusable)
        case .stopped: ("stopped", "it was stopped", .unreachable)
        }
      var status: Int?
      if case .answered(let reply) = end.last { status = reply.status }
      if choice.json {
        var out = JSONWriter()
        out.object { out in
          out.field("preset", preset.name)
          out.field("mode", mode.rawValue)
          out.field("ticket", ticket)
          out.field("result", word)
          out.field("why", why)
          if let status { out.field("status", status) } else { out.field("status", nil) }
        }
        Console.out(out.text)
      } else {
        Console.out("\(preset.title), \(mode.rawValue): \(why)")
        if settings.verbose, case .answered(let reply) = end.last {
          let text = String(decoding: reply.body.prefix(400), as: UTF8.self)
          Console.out(String(text.map { $0.isNewline || $0 >= " " ? $0 : "?" }))
        }
      }
      return exit
    }
  }
}

extension Preset.Mode: ExpressibleByArgument {}
extension Outcome: ExpressibleByArgument {}
