import ArgumentParser
import Batch
import ClosureModel
import Decide
import DeliverCurl
import Foundation
import MailFormat
import Outbox
import StoreSQLite
import VisionNative

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "检查这套设置有什么问题，每条都给出办法 / what is wrong with this set-up, each with the mend.",
    discussion:
      "Opens the webhook's address (a GET without data), reads but never changes the ledger. Exit 78 when something must be mended."
  )

  @OptionGroup var settings: SettingsOptions
  @Flag(help: "不联网 / without the network.")
  var offline = false

  func run() async throws {
    try await execute {
      var visit = Visit(style: Style(noColour: self.settings.noColor))
      guard let settings = visit.attempt("configuration", { try Settings(self.settings) }) else {
        return .configuration
      }
      visit.good("configuration", settings.configPath ?? "no file; defaults")
      let bench = visit.attempt("policy and texts") { () -> Workbench in
        let bench = try Workbench(settings)
        _ = try bench.composer()
        return bench
      }
      if let bench {
        visit.good("policy and texts", bench.policy.label)
        if let warning = bench.calendarWarning() {
          visit.warn("calendar", warning)
        } else {
          visit.good("calendar", bench.calendar.years.sorted().map(String.init).joined(separator: ", "))
        }
      }
      checkAttachments(settings, &visit)
      if let bench { checkLetters(settings, bench, &visit) }
      await checkLedger(settings, &visit)
      await checkWebhook(settings, &visit)
      checkMail(settings, &visit)
      checkNotices(settings, &visit)
      checkClock(settings, &visit)
      return visit.failed ? .configuration : .done
    }
  }

  private func checkAttachments(_ settings: Settings, _ visit: inout Visit) {
    guard let folder = settings.attachments else {
      return visit.warn("attachments", "no folder; letters are known by name only. Set input.attachments.")
    }
    if visit.attempt("attachments", { try FolderAttachmentReader(path: folder) }) != nil {
      visit.good("attachments", folder)
    }
  }

  /// Starts the decoder and the recogniser, and says what may rest on them.
  private func checkLetters(_ settings: Settings, _ bench: Workbench, _ visit: inout Visit) {
    guard bench.policy.letter != nil else { return }
    guard let tools = visit.attempt("recogniser", { try bench.letterTools(offline ? .local : .network) }) else {
      return
    }
    do throws(DecodeFailure) {
      let confinement = try tools.decoder.confinement()
      if confinement.filtered {
        visit.good("decoder", "child process without network")
      } else {
        visit.warn("decoder", "its system calls are not filtered: \(confinement.reason ?? "unknown reason")")
      }
    } catch {
      visit.bad("decoder", error.description)
    }
    do throws(RecognizerFailure) {
      let (name, weakness) = try tools.probe()
      if let weakness {
        visit.warn("recogniser", weakness)
      } else {
        visit.good("recogniser", "\(name): reads company names and verifies seals")
      }
    } catch {
      visit.warn("recogniser", error.description)
    }
  }

  private func checkLedger(_ settings: Settings, _ visit: inout Visit) async {
    guard visit.attempt("ledger", { try SQLiteCaseStore.checkWritable(path: settings.ledger) }) != nil else { return }
    guard FileManager.default.fileExists(atPath: settings.ledger) else {
      return visit.good("ledger", "\(settings.ledger) will be made by the first run")
    }
    if geteuid() == 0, let owner = Self.owner(settings.ledger), owner != 0 {
      visit.warn(
        "ledger", "it belongs to user \(owner) and root may do anything: run doctor as the user that runs closedesk.")
    }
    do {
      let status = try await SQLiteCaseStore.openReadOnly(path: settings.ledger).status()
      let parked = status.outbox[.parked] ?? 0
      visit.good("ledger", "\(settings.ledger), \(status.tickets.values.reduce(0, +)) tickets")
      if parked > 0 { visit.warn("outbox", "\(parked) replies are parked; `closedesk show TICKET` says why.") }
    } catch {
      visit.bad("ledger", Failure(error).message)
    }
  }

  private static func owner(_ path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.ownerAccountID] as? NSNumber)?.intValue
  }

  private func checkWebhook(_ settings: Settings, _ visit: inout Visit) async {
    guard let url = visit.attempt("webhook", { try Delivery.url(settings) }) else { return }
    let system = settings.file.webhook.system
    let isUsable = visit.attempt("webhook secret") {
      _ = try system.target(settings, url: url, secrets: try settings.secrets())
      return true
    }
    if isUsable != nil { visit.good("webhook secret", "usable; preset \(system.name), mode \(system.mode.rawValue)") }
    if let path = settings.file.webhook.secretFile,
      let rights = try? FileManager.default.attributesOfItem(atPath: path),
      let mode = rights[.posixPermissions] as? Int, mode & 0o077 != 0
    {
      visit.warn("webhook secret", "\(path) can be read by others. `chmod 600 \(path)`")
    }
    guard !offline else { return visit.warn("webhook", "not asked (--offline)") }
    guard let transport = visit.attempt("webhook", { try CurlTransport(options: Delivery.curlOptions(settings)) })
    else { return }
    defer { transport.shutdown() }
    let request = WebhookRequest(
      method: "GET", url: url, headers: [], body: [], timeoutSeconds: 10, connectTimeoutSeconds: 5)
    switch await transport.send(request) {
    case .answered(let reply):
      visit.good("webhook", "\(url) answers (GET: \(reply.status))")
      if let doubt = ClockDoubt.text(reply, now: settings.clock()) { visit.warn("clock", doubt + ".") }
    case .failed(let failure, let what, _):
      visit.bad(
        "webhook", "\(url): \(failure.rawValue), \(what). Mend webhook.url or the network; replies are kept meanwhile.")
    }
  }

  /// Reads the settings of mails to security e-mails; opens no connection.
  private func checkMail(_ settings: Settings, _ visit: inout Visit) {
    guard let mail = settings.file.mail, let entry = mail.securityEmail else { return }
    let isUsable = visit.attempt("security e-mail") {
      try MailDelivery.check(settings)
      for id in entry.policies { _ = try Workbench.policy(id, settings.library) }
      _ = try Workbench(settings).mailMaker()
      return true
    }
    guard isUsable != nil else { return }
    visit.good(
      "security e-mail",
      "results of \(entry.policies.joined(separator: ", ")) go out as \(mail.from.text) over \(mail.host):\(mail.port)"
        + " (\(mail.security.rawValue))")
    if !entry.policies.contains((try? Workbench.policy(settings.policy, settings.library).id) ?? "") {
      visit.warn("security e-mail", "the policy of this configuration is not among them: nothing is mailed.")
    }
    if let file = mail.secret.file { warnAboutRights(settings.beside(file), "security e-mail", &visit) }
  }

  /// Reads the settings of each channel; calls none.
  private func checkNotices(_ settings: Settings, _ visit: inout Visit) {
    for (index, entry) in settings.file.notify.enumerated() {
      let name = "notices \(index + 1)"
      guard visit.attempt(name, { try NoticeDesk(settings, calendar: nil, only: index + 1).shutdown() }) != nil else {
        continue
      }
      visit.good(name, NoticeDesk.description(entry) + "; `closedesk notify test` tries it")
      if [.dingtalk, .feishu].contains(entry.channel), !entry.secret.isSet {
        visit.warn(name, "unsigned. Switch the robot's signature on and set secret_file.")
      }
      for place in [entry.url, entry.secret, settings.file.mail?.secret].compactMap({ $0?.file }) {
        warnAboutRights(settings.beside(place), name, &visit)
      }
    }
  }

  private func warnAboutRights(_ path: String, _ what: String, _ visit: inout Visit) {
    guard let rights = try? FileManager.default.attributesOfItem(atPath: path),
      let mode = rights[.posixPermissions] as? Int, mode & 0o077 != 0
    else { return }
    visit.warn(what, "\(path) can be read by others. `chmod 600 \(path)`")
  }

  private func checkClock(_ settings: Settings, _ visit: inout Visit) {
    let now = settings.clock()
    if now.day().year < 2026 {
      visit.bad("clock", "the clock says \(now). Set it; deadlines and signatures depend on it.")
    } else {
      visit.good("clock", now.description)
    }
  }

  /// Collects and prints the results.
  private struct Visit {
    let style: Style
    private(set) var failed = false

    init(style: Style) { self.style = style }

    func good(_ what: String, _ text: String) { line(style.green("ok  "), what, text) }
    func warn(_ what: String, _ text: String) { line(style.yellow("warn"), what, text) }
    mutating func bad(_ what: String, _ text: String) {
      failed = true
      line(style.red("BAD "), what, text)
    }

    mutating func attempt<Value>(_ what: String, _ body: () throws -> Value) -> Value? {
      do {
        return try body()
      } catch {
        bad(what, Failure(error).message)
        return nil
      }
    }

    private func line(_ mark: String, _ what: String, _ text: String) {
      Console.out("\(mark)  \(Columns.padded(what, to: 18)) \(text)")
    }
  }
}
