import Batch
import ClosureModel
import struct Foundation.TimeZone
import Ingest
import Outbox
import Yams

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
    guard let root = try YAMLEntry.root(text: text, file: file) else { return }
    let top = try root.mapping([
      "policy", "locale", "input", "ledger", "tenant", "templates", "webhook", "limits", "notify", "mail",
      "report", "ocr", "plan",
    ])
    policy = try top["policy"]?.string()
    locale = try top["locale"]?.choice(Locale.self)
    ledger = try top["ledger"]?.string()
    if let ledger, ledger.contains("://"), let entry = top["ledger"] {
      throw entry.error("“\(ledger)” is no file", fix: "Name an SQLite file, e.g. ./state/ledger.sqlite.")
    }
    tenant = try top["tenant"]?.string()
    templates = try top["templates"]?.string()
    report = try top["report"]?.string()
    if let input = try top["input"]?.mapping([
      "format", "encoding", "attachments", "columns", "records", "sheet", "member", "header_sha256", "time_zone",
    ]) {
      format = try input["format"]?.choice(ExportFormat.self)
      encoding = try input["encoding"]?.choice(TextEncoding.self)
      attachments = try input["attachments"]?.string()
      records = try input["records"]?.string()
      sheet = try input["sheet"]?.string()
      member = try input["member"]?.string()
      headerSHA256 = try input["header_sha256"]?.string()
      timeZone = try input["time_zone"]?.string()
      if let timeZone, TimeZone(identifier: timeZone) == nil, let entry = input["time_zone"] {
        throw entry.error("“\(timeZone)” is no time zone", fix: "Write it as Asia/Shanghai, or UTC.")
      }
      for (name, field) in try input["columns"]?.pairs() ?? [] { columns[name] = try field.choice(TicketField.self) }
    }
    if let limit = try top["limits"]?.mapping([
      "max_accepts", "max_accept_share", "max_share_rise", "max_posts",
    ]) {
      limits.maxAccepts = try limit["max_accepts"]?.integer(in: 0...Int.max) ?? limits.maxAccepts
      limits.maxAcceptShare = try limit["max_accept_share"]?.number(in: 0...1) ?? limits.maxAcceptShare
      limits.maxShareRise = try limit["max_share_rise"]?.number(in: 0...1) ?? limits.maxShareRise
      limits.maxPosts = try limit["max_posts"]?.integer(in: 0...Int.max) ?? limits.maxPosts
    }
    mail = try top["mail"].map { entry throws(SettingsError) in try MailEntry(entry) }
    for entry in try top["notify"]?.list() ?? [] { notify.append(try NotifyEntry(entry, mail: mail)) }
    try readWebhook(top["webhook"])
    try readOCR(top["ocr"])
    try readPlan(top["plan"])
  }

  private mutating func readPlan(_ entry: YAMLEntry?) throws(SettingsError) {
    guard let values = try entry?.mapping(["key_file", "key_env", "max_age_hours"]) else { return }
    plan.keyFile = try values["key_file"]?.string()
    plan.keyEnv = try values["key_env"]?.string()
    if plan.keyFile != nil, plan.keyEnv != nil, let entry = values["key_env"] {
      throw entry.error("key_file and key_env are both set", fix: "Keep one of them.")
    }
    plan.maxAgeHours = try values["max_age_hours"]?.number(in: 0.01...8760) ?? plan.maxAgeHours
  }

  private mutating func readOCR(_ entry: YAMLEntry?) throws(SettingsError) {
    guard let values = try entry?.mapping(["engine", "python", "command", "url", "workers"]) else { return }
    ocr.engine = try values["engine"]?.choice(OCR.Engine.self) ?? .auto
    ocr.python = try values["python"]?.string()
    ocr.command = try values["command"]?.list().map { entry throws(SettingsError) in try entry.string() } ?? []
    ocr.url = try values["url"]?.string()
    ocr.workers = try values["workers"]?.integer(in: 1...64) ?? ocr.workers
    let needed: (OCR.Engine, String, Bool)? =
      switch ocr.engine {
      case .command: (.command, "command", !ocr.command.isEmpty)
      case .http: (.http, "url", ocr.url != nil)
      case .auto, .rapidocr, .tesseract, .none: nil
      }
    if let (engine, key, isThere) = needed, !isThere, let place = values["engine"] {
      throw place.error("the engine \(engine.rawValue) needs ocr.\(key)", fix: "Add it, or choose another engine.")
    }
  }

  private mutating func readWebhook(_ entry: YAMLEntry?) throws(SettingsError) {
    guard
      let hook = try entry?.mapping(
        [
          "url", "secret_file", "secret_env", "timeout", "connect_timeout", "max_in_flight",
          "allow_http_loopback", "allow_hosts", "ca_file", "retry",
        ] + WebhookPreset.keys + WebhookEngine.keys)
    else { return }
    webhook.system = try WebhookPreset(hook)
    webhook.url = try hook["url"]?.string()
    webhook.secretFile = try hook["secret_file"]?.string()
    webhook.secretEnv = try hook["secret_env"]?.string()
    if webhook.secretFile != nil, webhook.secretEnv != nil, let entry = hook["secret_env"] {
      throw entry.error("secret_file and secret_env are both set", fix: "Keep one of them.")
    }
    webhook.timeout = try hook["timeout"]?.number(in: 0.1...600) ?? webhook.timeout
    webhook.connectTimeout = try hook["connect_timeout"]?.number(in: 0.1...120) ?? webhook.connectTimeout
    webhook.maxInFlight = try hook["max_in_flight"]?.integer(in: 1...1024) ?? webhook.maxInFlight
    webhook.allowHTTPLoopback = try hook["allow_http_loopback"]?.bool() ?? false
    webhook.allowHosts = try hook["allow_hosts"]?.list().map { entry throws(SettingsError) in try entry.string() } ?? []
    webhook.caFile = try hook["ca_file"]?.string()
    webhook.engine = try WebhookEngine(hook)
    if let retry = try hook["retry"]?.mapping(["base_seconds", "max_seconds", "max_attempts"]) {
      webhook.retry.baseSeconds = try retry["base_seconds"]?.number(in: 0.01...86_400) ?? webhook.retry.baseSeconds
      webhook.retry.maxSeconds = try retry["max_seconds"]?.number(in: 0.01...864_000) ?? webhook.retry.maxSeconds
      webhook.retry.maxAttempts = try retry["max_attempts"]?.integer(in: 1...1000) ?? webhook.retry.maxAttempts
    }
  }
}

/// A node of a YAML file that knows where it stands.
struct YAMLEntry {
  let node: Node
  let file: String
  let path: String

  /// - Returns: `nil` for a file without content.
  static func root(text: String, file: String) throws(SettingsError) -> YAMLEntry? {
    do {
      // Without rules that guess types: each value is asked for by its type here, and the rules are regular expressions
      // that bring ICU in.
      return try Yams.compose(yaml: text, .basic).map { YAMLEntry(node: $0, file: file, path: "") }
    } catch let error as YamlError {
      throw SettingsError(place: file, what: "no valid YAML: \(error)", fix: "Mend the line that is named.")
    } catch {
      throw SettingsError(place: file, what: "no valid YAML: \(error)", fix: "Mend the file.")
    }
  }

  func error(_ what: String, fix: String) -> SettingsError {
    SettingsError(place: node.mark.map { "\(file):\($0.line)" } ?? file, what: what, fix: fix)
  }

  func pairs() throws(SettingsError) -> [(String, YAMLEntry)] {
    guard case .mapping(let mapping) = node else {
      throw error("“\(path)” must be a list of `key: value` lines", fix: "Indent its keys below it.")
    }
    var out: [(String, YAMLEntry)] = []
    for (key, value) in mapping {
      guard let name = key.string else { throw error("a key is no text", fix: "Write it in quotes.") }
      guard !out.contains(where: { $0.0 == name }) else {
        throw YAMLEntry(node: key, file: file, path: name).error("“\(name)” stands twice", fix: "Keep one of them.")
      }
      out.append((name, YAMLEntry(node: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")))
    }
    return out
  }

  func mapping(_ known: [String]) throws(SettingsError) -> [String: YAMLEntry] {
    var out: [String: YAMLEntry] = [:]
    for (name, entry) in try pairs() {
      guard known.contains(name) else {
        throw entry.error(
          "unknown key “\(entry.path)”", fix: "Known here: \(known.joined(separator: ", ")).")
      }
      out[name] = entry
    }
    return out
  }

  func list() throws(SettingsError) -> [YAMLEntry] {
    guard case .sequence(let sequence) = node else {
      throw error("“\(path)” must be a list", fix: "Write it as [a, b].")
    }
    return sequence.map { YAMLEntry(node: $0, file: file, path: path) }
  }

  func string() throws(SettingsError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw error("“\(path)” must be a text", fix: "Give it a value, or remove the line.")
    }
    return scalar.string
  }

  func bool() throws(SettingsError) -> Bool {
    // The words of YAML 1.1; in quotes they are texts.
    if case .scalar(let scalar) = node, scalar.style == .plain {
      switch scalar.string.lowercased() {
      case "true", "yes", "on": return true
      case "false", "no", "off": return false
      default: break
      }
    }
    throw error("“\(path)” must be true or false", fix: "Write true or false.")
  }

  func number(in range: ClosedRange<Double>) throws(SettingsError) -> Double {
    guard let value = node.float ?? node.int.map(Double.init), range.contains(value) else {
      throw error("“\(path)” must be a number from \(range.lowerBound) to \(range.upperBound)", fix: "Mend the value.")
    }
    return value
  }

  func integer(in range: ClosedRange<Int>) throws(SettingsError) -> Int {
    guard let value = node.int, range.contains(value) else {
      throw error("“\(path)” must be a whole number of at least \(range.lowerBound)", fix: "Mend the value.")
    }
    return value
  }

  func choice<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) throws(SettingsError) -> Value
  where Value.RawValue == String {
    let text = try string()
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("“\(path)” cannot be “\(text)”", fix: "Use one of: \(known).")
    }
    return value
  }
}
