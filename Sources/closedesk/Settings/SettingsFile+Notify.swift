import DeliverCurl
import MailFormat
import Notify
import StrictYAML

/// Where a secret stands: in a file of its own or in the environment, never in the configuration itself.
struct SecretPlace {
  /// As written: from the configuration's folder.
  var file: String?
  var variable: String?
  /// For errors: `closedesk.yaml:12: secret_file`.
  var place = ""

  /// - Parameter name: `secret` reads `secret_file` and `secret_env`.
  init(_ values: YAMLMap, _ name: String) throws(YAMLMistake) {
    file = try values["\(name)_file"]?.word()
    variable = try values["\(name)_env"]?.word()
    if file != nil, variable != nil, let entry = values["\(name)_env"] {
      throw entry.mistake("\(name)_file and \(name)_env are both set", "Keep one of them")
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

  init(_ entry: YAMLNode, mail: MailEntry?) throws(YAMLMistake) {
    let common = ["channel", "on", "within_hours", "timeout"]
    let robot = [
      "url_file", "url_env", "secret_file", "secret_env", "allow_http_loopback", "allow_hosts", "ca_file", "proxy",
    ]
    let all = try entry.map(optional: common + robot + ["to", "url"])
    if let url = all["url"] {
      throw url.mistake(
        "a robot's address is a secret: whoever has it can write to the group",
        "Put it into a file with rights 0600 and name that as url_file, or use url_env")
    }
    guard let kind = all["channel"] else {
      throw entry.mistake("a notice has no channel", "Add channel: wecom, dingtalk, feishu or mail")
    }
    channel = try kind.choice(Channel.self)
    let values = try entry.map(optional: common + (channel == .mail ? ["to"] : robot))
    url = try SecretPlace(values, "url")
    secret = try SecretPlace(values, "secret")
    var to: [MailAddress] = []
    for item in try values["to"]?.list() ?? [] {
      guard let address = MailAddress(try item.word()) else {
        throw item.mistake("an address under to is no plain mail address", "Write it as team@example.com")
      }
      to.append(address)
    }
    self.to = to
    if channel == .mail {
      guard !to.isEmpty else { throw entry.mistake("the mail has no recipients", "Add to: [team@example.com]") }
      guard mail != nil else {
        throw entry.mistake("there is no mail server", "Describe it under mail: at the top level")
      }
    } else if !url.isSet {
      throw entry.mistake("the robot has no address", "Add url_file or url_env")
    }
    if channel == .wecom, let entry = values["secret_file"] ?? values["secret_env"] {
      throw entry.mistake("WeCom robots know no signature", "Remove the line; the address is the secret")
    }
    var on: Set<NoticeKind> = []
    for item in try values["on"]?.list() ?? [] { on.insert(try item.choice(NoticeKind.self)) }
    self.on = on.isEmpty ? Set(NoticeKind.allCases) : on
    withinHours = try values["within_hours"]?.number(in: 1...720) ?? 24
    timeout = try values["timeout"]?.number(in: 0.5...60) ?? 10
    allowHTTPLoopback = try values["allow_http_loopback"]?.bool() ?? false
    allowHosts = try values["allow_hosts"]?.words() ?? []
    caFile = try values["ca_file"]?.word()
    proxy = try values["proxy"]?.word()
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

  init(_ entry: YAMLNode) throws(YAMLMistake) {
    let values = try entry.map(optional: [
      "host", "port", "security", "user", "secret_file", "secret_env", "from", "ca_file", "allow_hosts",
      "security_email",
    ])
    securityEmail = try values["security_email"].map { entry throws(YAMLMistake) in try SecurityEmailEntry(entry) }
    guard let host = values["host"], let from = values["from"] else {
      throw entry.mistake("mail needs host and from", "Add both; mail.from is the sender's address")
    }
    self.host = try host.word()
    guard let sender = MailAddress(try from.word()) else {
      throw from.mistake("mail.from is no plain mail address", "Write it as desk@example.com")
    }
    self.from = sender
    security = try values["security"]?.choice(MailServer.Security.self) ?? .startTLS
    port = try values["port"]?.whole(in: 1...65535) ?? (security == .tls ? 465 : security == .none ? 25 : 587)
    user = try values["user"]?.word()
    secret = try SecretPlace(values, "secret")
    if (user == nil) == secret.isSet {
      throw entry.mistake(
        "a login needs user and a password", "Set both user and secret_file (or secret_env), or none")
    }
    if security == .none, let entry = values["user"] {
      throw entry.mistake(
        "a password is never sent over a line that is not encrypted", "Use security: starttls or tls")
    }
    caFile = try values["ca_file"]?.word()
    allowHosts = try values["allow_hosts"]?.words() ?? []
  }
}
