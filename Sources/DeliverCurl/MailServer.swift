/// The server that takes our mail over, and how it is spoken to.
public struct MailServer: Sendable {
  public enum Security: String, Sendable, CaseIterable {
    /// Plain at first, then TLS before anything else is said; a server that offers none is left.
    case startTLS = "starttls"
    /// TLS from the first byte (port 465).
    case tls
    /// None: to this machine only, and without a login.
    case none
  }
  /// A name or an address, without brackets.
  public var host: String
  public var port: Int
  public var security: Security
  /// Of the login; nil: none.
  public var user: String?
  public var password: String?
  /// PEM file of the authorities to trust *in place of* the system's.
  public var caFile: String?
  /// Hosts or addresses whose private or loopback addresses are meant.
  public var allowHosts: [String] = []
  public var connectTimeoutSeconds = 10.0

  public init(host: String, port: Int, security: Security, user: String? = nil, password: String? = nil) {
    self.host = host
    self.port = port
    self.security = security
    self.user = user
    self.password = password
  }

  /// - Returns: why mail cannot be sent this way; nil: nothing to say against it.
  public var refusal: String? {
    let isName = host.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
      default: false
      }
    }
    guard !host.isEmpty, host.utf8.count <= 253, isName || NetworkAddress(literal: host) != nil else {
      return "the mail server is neither a name nor an address"
    }
    guard (1...65535).contains(port) else { return "the port of the mail server is not between 1 and 65535" }
    if (user == nil) != (password == nil) { return "a login needs both a user and a password" }
    if security == .none, user != nil { return "a password is never sent over a line that is not encrypted" }
    return nil
  }

  /// Which addresses may be connected to.
  var guarding: AddressGuard {
    var options = CurlOptions()
    options.allowHosts = allowHosts
    return AddressGuard(options: options)
  }

  var url: String {
    let shown = host.contains(":") ? "[\(host)]" : host
    return "\(security == .tls ? "smtps" : "smtp")://\(shown):\(port)/"
  }
}
