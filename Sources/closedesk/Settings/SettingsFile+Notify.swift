import DeliverCurl
import MailFormat
import Notify

/// Where a secret stands: in a file of its own or in the environment, never in the configuration itself.
struct SecretPlace {
  /// As written: from the configuration's folder.
  var file: String?
  var variable: String?
  /// For errors: `closedesk.yaml:12: secret_file`.
  var place = ""

  /// - Parameter name: `secret` reads `secret_file` and `secret_env`.
  init(_ values: [String: YAMLEntry], _ name: String) throws(SettingsError) {
    file = try values["\(name)_file"]?.string()
    variable = try values["\(name)_env"]?.string()
    if file != nil, variable != nil, let entry = values["\(name)_env"] {
      throw entry.error("\(name)_file and \(name)_env are both set", fix: "Keep one of them.")
    }
    if let entry = values["\(name)_file"] ?? values["\(name)_env"] { place = entry.path }
  }

  var isSet: Bool { file != nil || variable != nil }
}

/// One element of `notify:`.
struct NotifyEntry {
  enum Channel: String, CaseIterable { case wecom, dingtalk, feishu, mail }
  let channel: Channel
  let url: SecretPlace
  let secret: SecretPlace
  let to: [MailAddress]
  let on: Set<NoticeKind>
  let withinHours: Double
  let timeout: Double
  let allowHTTPLoopback: Bool
  let allowHosts: [String]
  let caFile: String?
  let proxy: String?

  init(_ entry: YAMLEntry, mail: MailEntry?) throws(SettingsError) {
    let common = ["channel", "on", "within_hours", "timeout"]
    let robot = [
      "url_file", "url_env", "secret_file", "secret_env", "allow_http_loopback", "allow_hosts", "ca_file", "proxy",
    ]
    let all = try entry.mapping(common + robot + ["to", "url"])
    if let url = all["url"] {
      throw url.error(
        "a robot's address is a secret: whoever has it can write to the group",
        fix: "Put it into a file with rights 0600 and name that as url_file, or use url_env.")
    }
    guard let kind = all["channel"] else {
      throw entry.error("a notice has no channel", fix: "Add channel: wecom, dingtalk, feishu or mail.")
    }
    channel = try kind.choice(Channel.self)
    let values = try entry.mapping(common + (channel == .mail ? ["to"] : robot))
    url = try SecretPlace(values, "url")
    secret = try SecretPlace(values, "secret")
    var to: [MailAddress] = []
    for item in try values["to"]?.list() ?? [] {
      guard let address = MailAddress(try item.string()) else {
        throw item.error("an address under to is no plain mail address", fix: "Write it as team@example.com.")
      }
      to.append(address)
    }
    self.to = to
    if channel == .mail {
      guard !to.isEmpty else { throw entry.error("the mail has no recipients", fix: "Add to: [team@example.com].") }
      guard mail != nil else {
        throw entry.error("there is no mail server", fix: "Describe it under mail: at the top level.")
      }
    } else if !url.isSet {
      throw entry.error("the robot has no address", fix: "Add url_file or url_env.")
    }
    if channel == .wecom, let entry = values["secret_file"] ?? values["secret_env"] {
      throw entry.error("WeCom robots know no signature", fix: "Remove the line; the address is the secret.")
    }
    var on: Set<NoticeKind> = []
    for item in try values["on"]?.list() ?? [] { on.insert(try item.choice(NoticeKind.self)) }
    self.on = on.isEmpty ? Set(NoticeKind.allCases) : on
    withinHours = try values["within_hours"]?.number(in: 1...720) ?? 24
    timeout = try values["timeout"]?.number(in: 0.5...60) ?? 10
    allowHTTPLoopback = try values["allow_http_loopback"]?.bool() ?? false
    allowHosts = try values["allow_hosts"]?.list().map { entry throws(SettingsError) in try entry.string() } ?? []
    caFile = try values["ca_file"]?.string()
    proxy = try values["proxy"]?.string()
  }
}

/// `mail:`, the server that takes our mail over.
struct MailEntry {
  let host: String
  let port: Int
  let security: MailServer.Security
  let user: String?
  let secret: SecretPlace
  let from: MailAddress
  let caFile: String?
  let allowHosts: [String]
  let securityEmail: SecurityEmailEntry?

  init(_ entry: YAMLEntry) throws(SettingsError) {
    let values = try entry.mapping([
      "host", "port", "security", "user", "secret_file", "secret_env", "from", "ca_file", "allow_hosts",
      "security_email",
    ])
    securityEmail = try values["security_email"].map { entry throws(SettingsError) in try SecurityEmailEntry(entry) }
    guard let host = values["host"], let from = values["from"] else {
      throw entry.error("mail needs host and from", fix: "Add both; mail.from is the sender's address.")
    }
    self.host = try host.string()
    guard let sender = MailAddress(try from.string()) else {
      throw from.error("mail.from is no plain mail address", fix: "Write it as desk@example.com.")
    }
    self.from = sender
    security = try values["security"]?.choice(MailServer.Security.self) ?? .startTLS
    port = try values["port"]?.integer(in: 1...65535) ?? (security == .tls ? 465 : security == .none ? 25 : 587)
    user = try values["user"]?.string()
    secret = try SecretPlace(values, "secret")
    if (user == nil) == secret.isSet {
      throw entry.error(
        "a login needs user and a password", fix: "Set both user and secret_file (or secret_env), or none.")
    }
    if security == .none, let entry = values["user"] {
      throw entry.error(
        "a password is never sent over a line that is not encrypted", fix: "Use security: starttls or tls.")
    }
    caFile = try values["ca_file"]?.string()
    allowHosts = try values["allow_hosts"]?.list().map { entry throws(SettingsError) in try entry.string() } ?? []
  }
}
