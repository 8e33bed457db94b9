import Outbox
import StrictYAML

/// How posts travel: the keys of `webhook:` that every preset shares.
struct WebhookEngine: Sendable {
  static let keys = [
    "wait", "max_per_host", "http2", "proxy", "proxy_secret_file", "no_proxy", "client_cert_file", "client_key_file",
  ]
  /// How long a run with nothing to post waits for retries that fall due, in seconds.
  var wait: Double = 60
  var maxPerHost: Int?
  /// One post is one small request: HTTP/1.1 keep-alive is faster, and no stream is reset when a server turns over.
  var http2 = false
  var proxy: String?
  /// Holds `name:password`.
  var proxySecretFile: String?
  var noProxy: [String] = []
  var clientCertFile: String?
  var clientKeyFile: String?

  init() {}

  init(_ hook: YAMLMap) throws(YAMLMistake) {
    wait = try hook["wait"]?.number(in: 0...3600) ?? wait
    maxPerHost = try hook["max_per_host"]?.whole(in: 1...1024)
    http2 = try hook["http2"]?.bool() ?? http2
    proxy = try hook["proxy"]?.word()
    proxySecretFile = try hook["proxy_secret_file"]?.word()
    noProxy = try hook["no_proxy"]?.words() ?? []
    clientCertFile = try hook["client_cert_file"]?.word()
    clientKeyFile = try hook["client_key_file"]?.word()
    if let entry = hook["client_key_file"], clientCertFile == nil {
      throw entry.mistake("there is a client key and no client certificate", "Add client_cert_file")
    }
    if let entry = hook["proxy_secret_file"], proxy == nil {
      throw entry.mistake("there are credentials for a proxy and no proxy", "Add proxy, or remove this line")
    }
  }
}
