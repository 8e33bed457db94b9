import Batch
import ClosureModel
import struct Foundation.TimeZone
import Ingest
import Outbox
import StrictYAML

/// A mistake in `closedesk.yaml`, the environment or a flag.
struct SettingsError: Error, CustomStringConvertible {
  let place: String
  let what: String
  let fix: String
  var description: String { "\(place): \(what). \(fix)" }
}

/// `closedesk.yaml`. Every key is optional here; a command says what it cannot do without.
struct SettingsFile {
  var policy: String?
  var locale: Locale?
  var format: ExportFormat?
  var encoding: TextEncoding?
  var attachments: String?
  var columns: [String: TicketField] = [:]
  var records: String?
  var sheet: String?
  var member: String?
  /// Account facts in a file of their own.
  var facts: String?
  /// The header that `columns` was made for: SHA-256 of its names.
  var headerSHA256: String?
  var timeZone: String?
  var ledger: String?
  var tenant: String?
  var templates: String?
  var report: String?
  var webhook = Webhook()
  var limits = RunLimits()
  var ocr = OCR()
  var notify: [NotifyEntry] = []
  var mail: MailEntry?
  var plan = Plan()

  /// Signed plans.
  struct Plan {
    var keyFile: String?
    var keyEnv: String?
    var maxAgeHours: Double = 24
  }

  /// The recogniser that reads letters.
  struct OCR {
    enum Engine: String, CaseIterable { case auto, rapidocr, tesseract, command, http, none }
    var engine = Engine.auto
    /// An interpreter with RapidOCR; nil: looked for.
    var python: String?
    /// A program of the operator's and its arguments.
    var command: [String] = []
    var url: String?
    /// Processes at once, of the decoder and the recogniser each.
    var workers = 1
  }

  struct Webhook {
    var url: String?
    var secretFile: String?
    var secretEnv: String?
    var timeout: Double = 30
    var connectTimeout: Double = 5
    var maxInFlight = 64
    var allowHTTPLoopback = false
    var allowHosts: [String] = []
    var caFile: String?
    var retry = RetryPolicy()
    var engine = WebhookEngine()
    var system = WebhookPreset()
  }

  init() {}

  /// Strict: an unknown key, a wrong type or a value out of range is an error with file and line.
  init(text: String, file: String) throws(SettingsError) {
    do throws(YAMLMistake) {
      guard let root = try YAMLNode.document(text, file: file, guide: "docs/operators-guide.md") else { return }
      try read(root)
    } catch {
      throw SettingsError(place: error.place, what: error.what, fix: error.fix + ".")
    }
  }

  private mutating func read(_ root: YAMLNode) throws(YAMLMistake) {
    let top = try root.map(optional: [
      "policy", "locale", "input", "ledger", "tenant", "templates", "webhook", "limits", "notify", "mail",
      "report", "ocr", "plan",
    ])
    policy = try top["policy"]?.word()
    locale = try top["locale"]?.choice(Locale.self)
    ledger = try top["ledger"]?.word()
    if let ledger, ledger.contains("://"), let entry = top["ledger"] {
      throw entry.mistake("“\(ledger)” is no file", "Name an SQLite file, e.g. ./state/ledger.sqlite")
    }
    tenant = try top["tenant"]?.word()
    templates = try top["templates"]?.word()
    report = try top["report"]?.word()
    if let input = try top["input"]?.map(optional: [
      "format", "encoding", "attachments", "columns", "records", "sheet", "member", "facts", "header_sha256",
      "time_zone",
    ]) {
      format = try input["format"]?.choice(ExportFormat.self)
      encoding = try input["encoding"]?.choice(TextEncoding.self)
      attachments = try input["attachments"]?.word()
      records = try input["records"]?.word()
      sheet = try input["sheet"]?.word()
      member = try input["member"]?.word()
      facts = try input["facts"]?.word()
      headerSHA256 = try input["header_sha256"]?.word()
      timeZone = try input["time_zone"]?.word()
      if let timeZone, TimeZone(identifier: timeZone) == nil, let entry = input["time_zone"] {
        throw entry.mistake("“\(timeZone)” is no time zone", "Write it as Asia/Shanghai, or UTC")
      }
      for (name, field) in try input["columns"]?.pairs() ?? [] { columns[name] = try field.choice(TicketField.self) }
    }
    if let limit = try top["limits"]?.map(optional: [
      "max_accepts", "max_accept_share", "max_share_rise", "max_posts",
    ]) {
      limits.maxAccepts = try limit["max_accepts"]?.whole(in: 0...Int.max) ?? limits.maxAccepts
      limits.maxAcceptShare = try limit["max_accept_share"]?.number(in: 0...1) ?? limits.maxAcceptShare
      limits.maxShareRise = try limit["max_share_rise"]?.number(in: 0...1) ?? limits.maxShareRise
      limits.maxPosts = try limit["max_posts"]?.whole(in: 0...Int.max) ?? limits.maxPosts
    }
    mail = try top["mail"].map { entry throws(YAMLMistake) in try MailEntry(entry) }
    for entry in try top["notify"]?.list() ?? [] { notify.append(try NotifyEntry(entry, mail: mail)) }
    try readWebhook(top["webhook"])
    try readOCR(top["ocr"])
    try readPlan(top["plan"])
  }

  private mutating func readPlan(_ entry: YAMLNode?) throws(YAMLMistake) {
    guard let values = try entry?.map(optional: ["key_file", "key_env", "max_age_hours"]) else { return }
    plan.keyFile = try values["key_file"]?.word()
    plan.keyEnv = try values["key_env"]?.word()
    if plan.keyFile != nil, plan.keyEnv != nil, let entry = values["key_env"] {
      throw entry.mistake("key_file and key_env are both set", "Keep one of them")
    }
    plan.maxAgeHours = try values["max_age_hours"]?.number(in: 0.01...8760) ?? plan.maxAgeHours
  }

  private mutating func readOCR(_ entry: YAMLNode?) throws(YAMLMistake) {
    guard let values = try entry?.map(optional: ["engine", "python", "command", "url", "workers"]) else { return }
    ocr.engine = try values["engine"]?.choice(OCR.Engine.self) ?? .auto
    ocr.python = try values["python"]?.word()
    ocr.command = try values["command"]?.words() ?? []
    ocr.url = try values["url"]?.word()
    ocr.workers = try values["workers"]?.whole(in: 1...64) ?? ocr.workers
    let needed: (OCR.Engine, String, Bool)? =
      switch ocr.engine {
      case .command: (.command, "command", !ocr.command.isEmpty)
      case .http: (.http, "url", ocr.url != nil)
      case .auto, .rapidocr, .tesseract, .none: nil
      }
    if let (engine, key, isThere) = needed, !isThere, let place = values["engine"] {
      throw place.mistake("the engine \(engine.rawValue) needs ocr.\(key)", "Add it, or choose another engine")
    }
  }

  private mutating func readWebhook(_ entry: YAMLNode?) throws(YAMLMistake) {
    guard
      let hook = try entry?.map(
        optional: [
          "url", "secret_file", "secret_env", "timeout", "connect_timeout", "max_in_flight",
          "allow_http_loopback", "allow_hosts", "ca_file", "retry",
        ] + WebhookPreset.keys + WebhookEngine.keys)
    else { return }
    webhook.system = try WebhookPreset(hook)
    webhook.url = try hook["url"]?.word()
    webhook.secretFile = try hook["secret_file"]?.word()
    webhook.secretEnv = try hook["secret_env"]?.word()
    if webhook.secretFile != nil, webhook.secretEnv != nil, let entry = hook["secret_env"] {
      throw entry.mistake("secret_file and secret_env are both set", "Keep one of them")
    }
    webhook.timeout = try hook["timeout"]?.number(in: 0.1...600) ?? webhook.timeout
    webhook.connectTimeout = try hook["connect_timeout"]?.number(in: 0.1...120) ?? webhook.connectTimeout
    webhook.maxInFlight = try hook["max_in_flight"]?.whole(in: 1...1024) ?? webhook.maxInFlight
    webhook.allowHTTPLoopback = try hook["allow_http_loopback"]?.bool() ?? false
    webhook.allowHosts = try hook["allow_hosts"]?.words() ?? []
    webhook.caFile = try hook["ca_file"]?.word()
    webhook.engine = try WebhookEngine(hook)
    if let retry = try hook["retry"]?.map(optional: ["base_seconds", "max_seconds", "max_attempts"]) {
      webhook.retry.baseSeconds = try retry["base_seconds"]?.number(in: 0.01...86_400) ?? webhook.retry.baseSeconds
      webhook.retry.maxSeconds = try retry["max_seconds"]?.number(in: 0.01...864_000) ?? webhook.retry.maxSeconds
      webhook.retry.maxAttempts = try retry["max_attempts"]?.whole(in: 1...1000) ?? webhook.retry.maxAttempts
    }
  }
}
