import ClosureModel
import Foundation
import Ingest
import Outbox
import Synchronization

/// What a command works with: flags over environment over file over defaults, paths made whole.
struct Settings: Sendable {
  let policy: String
  let locale: ClosureModel.Locale
  let format: ExportFormat
  let encoding: TextEncoding
  let attachments: String?
  let columns: [String: TicketField]
  let records: String?
  let sheet: String?
  let member: String?
  /// Account facts in a file of their own.
  let facts: String?
  let ledger: String
  /// A configuration or CLOSEDESK_LEDGER says where the ledger is, or that it is where it always is.
  let namesLedger: Bool
  let tenant: String
  let report: String?
  let file: SettingsFile
  /// The configuration file that was read.
  let configPath: String?
  let library: TemplateLibrary
  let clock: @Sendable () -> Timestamp

  init(_ options: SettingsOptions, input: InputOptions? = nil) throws {
    let environment = ProcessInfo.processInfo.environment
    func variable(_ name: String) -> String? { environment["CLOSEDESK_" + name].flatMap { $0.isEmpty ? nil : $0 } }

    let named = options.config ?? variable("CONFIG")
    let path = named ?? (FileManager.default.fileExists(atPath: "closedesk.yaml") ? "closedesk.yaml" : nil)
    var file = SettingsFile()
    if let path { file = try SettingsFile(text: try TextFile.read(path, notFound: .configuration), file: path) }
    // Paths in the file are meant from the file's own folder: cron starts elsewhere.
    let base = path.map { ($0 as NSString).deletingLastPathComponent } ?? ""
    func fromFile(_ path: String?) -> String? {
      path.map { $0.hasPrefix("/") || base.isEmpty ? $0 : base + "/" + $0 }
    }
    file.webhook.secretFile = fromFile(file.webhook.secretFile)
    file.webhook.caFile = fromFile(file.webhook.caFile)
    file.plan.keyFile = fromFile(file.plan.keyFile)
    file.webhook.engine.proxySecretFile = fromFile(file.webhook.engine.proxySecretFile)
    file.webhook.engine.clientCertFile = fromFile(file.webhook.engine.clientCertFile)
    file.webhook.engine.clientKeyFile = fromFile(file.webhook.engine.clientKeyFile)
    if file.webhook.system.isFile, let path = fromFile(file.webhook.system.name) { file.webhook.system.name = path }
    if let url = variable("WEBHOOK_URL") { file.webhook.url = url }

    func choice<Value: RawRepresentable & CaseIterable>(_ flag: Value?, _ name: String, _ fromFile: Value?) throws
      -> Value? where Value.RawValue == String
    {
      if let flag { return flag }
      guard let text = variable(name) else { return fromFile }
      guard let value = Value(rawValue: text) else {
        throw SettingsError(
          place: "CLOSEDESK_\(name)", what: "“\(text)” is not known",
          fix: "Use one of: \(Value.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      return value
    }
    let policy = options.policy ?? variable("POLICY")
    self.policy =
      policy ?? (file.policy.map { $0.contains("/") || $0.hasSuffix(".yaml") ? fromFile($0) ?? $0 : $0 }) ?? "jdcloud"
    self.locale = try choice(options.locale, "LOCALE", file.locale) ?? .zhCN
    self.format = try choice(input?.format, "FORMAT", file.format) ?? .auto
    self.encoding = try choice(input?.encoding, "ENCODING", file.encoding) ?? .auto
    self.attachments = input?.attachments ?? variable("ATTACHMENTS") ?? fromFile(file.attachments)
    self.columns = file.columns
    self.records = input?.records ?? variable("RECORDS") ?? file.records
    self.sheet = input?.sheet ?? variable("SHEET") ?? file.sheet
    self.member = input?.member ?? variable("MEMBER") ?? file.member
    self.facts = input?.facts ?? variable("FACTS") ?? fromFile(file.facts)
    self.ledger = variable("LEDGER") ?? fromFile(file.ledger) ?? "closedesk.sqlite"
    self.namesLedger = variable("LEDGER") != nil || path != nil
    self.tenant = variable("TENANT") ?? file.tenant ?? "default"
    self.report = fromFile(file.report)
    self.library = try TemplateLibrary(folder: options.templates ?? variable("TEMPLATES") ?? fromFile(file.templates))
    self.file = file
    self.configPath = path

    if let text = options.now ?? variable("NOW") {
      guard let fixed = Timestamp(parsing: text) else {
        throw Failure(.usage, "--now: “\(text)” is no time. Write it as 2026-11-21T09:00:00+08:00.")
      }
      self.clock = { fixed }
    } else {
      self.clock = { Timestamp(epochSeconds: Int64(Date().timeIntervalSince1970)) }
    }
  }

  var ingest: IngestOptions {
    var options = IngestOptions()
    options.format = format
    options.encoding = encoding
    options.columns = columns
    options.records = records
    options.sheet = sheet
    options.member = member
    options.now = clock()
    return options
  }

  private final class LastAnswer: Sendable {
    let last = Mutex<(quarter: Int64, offset: Int32)?>(nil)
  }

  /// The zone of times that name none.
  var localZone: LocalZone {
    guard let name = file.timeZone, let zone = TimeZone(identifier: name) else { return .china }
    // Zones change on a quarter of an hour at the soonest, and tickets stand in the order of time: most ask what the one
    // before them asked.
    let answer = LastAnswer()
    return LocalZone(name: name) { wallClock in
      let quarter = wallClock >= 0 ? wallClock / 900 : (wallClock - 899) / 900
      return answer.last.withLock { last in
        if let last, last.quarter == quarter { return last.offset }
        // The offset at the wall clock: asked again at the instant that the first answer gives, for the hours around a
        // change.
        let first = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wallClock)))
        let offset = Int32(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wallClock - Int64(first)))))
        last = (quarter, offset)
        return offset
      }
    }
  }

  /// Absolute folder of the configuration file; the current folder where there is none.
  var configFolder: String {
    let here = FileManager.default.currentDirectoryPath
    guard let configPath else { return here }
    let folder = (configPath as NSString).deletingLastPathComponent
    return folder.hasPrefix("/") ? folder : here + (folder.isEmpty ? "" : "/" + folder)
  }

  /// A path of the configuration file, made absolute from its folder.
  func beside(_ path: String) -> String { path.hasPrefix("/") ? path : configFolder + "/" + path }

  /// The signing secrets, one a line; empty where none is configured.
  func secrets() throws -> [String] {
    let text: String
    if let path = file.webhook.secretFile {
      text = try TextFile.read(path, notFound: .configuration)
    } else if let name = file.webhook.secretEnv {
      guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
        throw Failure(
          .configuration, "webhook.secret_env: the variable \(name) is not set. Set it, or use secret_file.")
      }
      text = value
    } else {
      return []
    }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
    guard !lines.isEmpty else {
      throw Failure(.configuration, "webhook.secret_file holds no secret. Write one a line, e.g. whsec_ and base64.")
    }
    return lines
  }
}
