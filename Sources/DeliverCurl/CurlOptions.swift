/// How a `CurlTransport` reaches its receivers. The defaults are the strict ones: https to public addresses only.
public struct CurlOptions: Sendable {
  /// Plain http to 127.0.0.1, ::1, localhost and to hosts in `allowHosts`, and loopback addresses at all. Plain http
  /// never goes to a public address, whatever is set here.
  public var allowHTTPLoopback = false
  /// Hosts or addresses whose private, link-local or loopback addresses are meant. A host counts when it is the host of
  /// the URL, an address when it is the one connected to.
  public var allowHosts: [String] = []
  /// PEM file of the authorities to trust *in place of* the system's.
  public var caFile: String?
  /// A longer response is a failure, `responseTooLarge`.
  public var maxResponseBytes = 65536
  /// Transfers at the same time, and idle connections kept. Further requests wait in order; their time-out starts when
  /// their turn comes.
  public var maxConnections = 64
  /// Of them to one host and port; requests to others pass those that wait. `nil`: as many.
  public var maxPerHost: Int?
  /// HTTP/2 where TLS offers it. A receiver that ends an HTTP/2 connection (nginx by default after 1,000 requests) leaves
  /// some requests without a word on whether it saw them: measured at 0.1–1 % with 64 in flight, each of them
  /// `reset` with `mayHaveArrived`. HTTP/1.1 announces the end beforehand. So: `false` for a receiver that knows no ids.
  public var http2 = true
  /// `http://`, `https://`, `socks5://` or `socks5h://` host and port. `nil`: none; the environment is not asked.
  /// The addresses behind a proxy are the proxy's to judge: only a literal address in the URL is checked then.
  public var proxy: String?
  /// `name:password` for the proxy; never part of `proxy`, so that no message can repeat it.
  public var proxyCredentials: String?
  /// Hosts that are reached without the proxy: a name, a name with all below it (`.example.com`), or an address. This
  /// machine's own always are.
  public var noProxy: [String] = []
  /// PEM files of a certificate to show to the receiver, and of its key where that is not in the same file.
  public var clientCertificateFile: String?
  public var clientKeyFile: String?

  public init() {}
}

/// Why a transport could not be set up.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
  public let what: String
  public let fix: String

  public init(what: String, fix: String) {
    self.what = what
    self.fix = fix
  }

  public var description: String { "\(what). \(fix)" }
}
