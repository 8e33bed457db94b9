import Batch
import ClosureModel
import Compose
import DeliverCurl
import Outbox
import StoreSQLite
import StrictYAML

/// `mail.security_email`: results that also go to the customer's security e-mail.
struct SecurityEmailEntry {
  /// Ids of the policies whose tickets are meant.
  let policies: [String]
  let outcomes: Set<Outcome>
  /// Connections to the mail server at a time.
  let connections: Int
  /// Of one mail, in seconds.
  let timeout: Double

  init(_ entry: YAMLNode) throws(YAMLMistake) {
    let values = try entry.map(optional: ["policies", "outcomes", "connections", "timeout"])
    policies = try values["policies"]?.words() ?? ["tencentcloud"]
    if policies.isEmpty, let entry = values["policies"] {
      throw entry.mistake("no policy is named", "Name one, e.g. [tencentcloud], or remove security_email")
    }
    let answered: [Outcome] = [.accepted, .incomplete, .ineligible, .withdrawn]
    var outcomes: Set<Outcome> = []
    for item in try values["outcomes"]?.list() ?? [] {
      let outcome = try item.choice(Outcome.self)
      guard answered.contains(outcome) else {
        throw item.mistake(
          "“\(outcome.rawValue)” has no reply that could be mailed",
          "Use \(answered.map(\.rawValue).joined(separator: ", "))")
      }
      outcomes.insert(outcome)
    }
    self.outcomes = outcomes.isEmpty ? Set(answered) : outcomes
    connections = try values["connections"]?.whole(in: 1...16) ?? 2
    timeout = try values["timeout"]?.number(in: 1...600) ?? 60
  }
}

extension Settings {
  /// - Throws: 78 where the customer must not see what would be mailed.
  func securityEmail() throws -> SecurityEmailEntry? {
    guard let entry = file.mail?.securityEmail else { return nil }
    guard file.webhook.system.mode == .public else {
      throw Failure(
        .configuration,
        "webhook.mode \(file.webhook.system.mode.rawValue) keeps replies from the customer, and mail.security_email would"
          + " send them. Remove one of the two.")
    }
    return entry
  }
}

extension Workbench {
  /// Nil: results under this policy are not mailed.
  func mailMaker() throws -> MailMaker? {
    guard let entry = try settings.securityEmail(), entry.policies.contains(policy.id) else { return nil }
    let composer = try MailComposer(policy: policy, locale: settings.locale, formats: try composer().formats) {
      name, locale in
      try [".txt", ".html"].compactMap { try settings.library.text("replies/\(locale.rawValue)/\(name)\($0)") }
    }
    return MailMaker(composer: composer, outcomes: entry.outcomes)
  }
}

/// The ledger's mails and the server that takes them.
struct MailDelivery: Sendable {
  let queue: MailQueue
  let deliverer: Deliverer

  /// - Returns: nil where nothing is set up.
  init?(_ settings: Settings, _ store: SQLiteCaseStore, _ transport: CurlTransport) throws {
    guard let entry = try settings.securityEmail() else { return nil }
    let (server, mail) = try NoticeDesk.mailServer(settings)
    queue = store.mails
    let hook = settings.file.webhook
    deliverer = Deliverer(
      store: queue, transport: transport,
      target: MailTarget(
        from: mail.from, transport: try CurlMail(server: server, width: entry.connections),
        attemptSeconds: entry.timeout), retry: hook.retry, maxInFlight: entry.connections,
      waitSeconds: hook.engine.wait, clock: settings.clock, jitter: { Double.random(in: 0..<1) })
  }

  /// Checks the settings alone: nothing is opened.
  static func check(_ settings: Settings) throws {
    guard try settings.securityEmail() != nil else { return }
    _ = try CurlMail(server: try NoticeDesk.mailServer(settings).0)
  }
}

/// Counts of mails beside the replies of a run.
struct MailCounts: Sendable {
  private(set) var sendable = 0
  private(set) var obstacles: [CustomerMail.Obstacle: Int] = [:]

  mutating func count(_ mail: CustomerMail) {
    guard let obstacle = mail.obstacle else { return sendable += 1 }
    obstacles[obstacle, default: 0] += 1
  }

  func line(_ locale: Locale) -> String {
    let blocked = CustomerMail.Obstacle.allCases.compactMap { one in
      obstacles[one].map { "\(one.rawValue) \($0)" }
    }
    let total = obstacles.values.reduce(0, +)
    let tail = blocked.isEmpty ? "" : " (\(blocked.joined(separator: ", ")))"
    return locale == .en
      ? "  security e-mail: \(sendable) mails, \(total) cannot be sent\(tail)"
      : "  安全邮箱：\(sendable) 封邮件，\(total) 封无法发送\(tail)"
  }

  func write(to json: inout JSONWriter) {
    json.object("mail") { json in
      json.field("mails", sendable)
      for one in CustomerMail.Obstacle.allCases { json.field(one.rawValue, obstacles[one] ?? 0) }
    }
  }
}
