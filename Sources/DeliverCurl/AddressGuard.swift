import Glibc

/// A network address, as the bytes it has on the wire.
enum NetworkAddress: Hashable {
  case v4([UInt8])
  case v6([UInt8])

  /// Reads a literal address; brackets around an IPv6 one are taken off, as is a scope (`%eth0`).
  init?(literal text: some StringProtocol) {
    var text = String(text)
    if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
    if let percent = text.firstIndex(of: "%") { text = String(text[..<percent]) }
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      self = .v4(withUnsafeBytes(of: &four) { Array($0) })
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      self = .v6(withUnsafeBytes(of: &six) { Array($0) })
    } else {
      return nil
    }
  }

  /// - Returns: `nil` for a family other than IPv4 and IPv6, or an address shorter than its family's.
  init?(_ address: UnsafePointer<sockaddr>, family: Int32, length: Int) {
    let raw = UnsafeRawPointer(address)
    if family == AF_INET, length >= MemoryLayout<sockaddr_in>.size {
      let four = raw.loadUnaligned(as: sockaddr_in.self)
      self = .v4(withUnsafeBytes(of: four.sin_addr) { Array($0) })
    } else if family == AF_INET6, length >= MemoryLayout<sockaddr_in6>.size {
      let six = raw.loadUnaligned(as: sockaddr_in6.self)
      self = .v6(withUnsafeBytes(of: six.sin6_addr) { Array($0) })
    } else {
      return nil
    }
  }

  enum Scope: String {
    case `public`, loopback, `private`, linkLocal = "link-local", sharedCarrier = "carrier-grade NAT", multicast
    case unspecified, reserved
  }

  /// Where the address lies. IPv6 forms that carry an IPv4 address (mapped, compatible, NAT64, 6to4) are judged by what
  /// they carry: otherwise `::ffff:10.0.0.1` would be a way round.
  /// - Source: IANA special-purpose address registries (RFC 6890 and its updates).
  var scope: Scope {
    switch self {
    case .v4(let a): Self.scope4(a[0], a[1], a[2])
    case .v6(let a): Self.scope6(a)
    }
  }

  private static func scope4(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Scope {
    switch (a, b, c) {
    case (0, _, _): .unspecified
    case (10, _, _), (172, 16...31, _), (192, 168, _): .private
    case (100, 64...127, _): .sharedCarrier
    case (127, _, _): .loopback
    case (169, 254, _): .linkLocal
    case (192, 0, 0), (198, 18...19, _), (240..., _, _): .reserved
    case (224...239, _, _): .multicast
    default: .public
    }
  }

  private static func scope6(_ a: [UInt8]) -> Scope {
    if a.dropLast().allSatisfy({ $0 == 0 }) {
      if a[15] == 0 { return .unspecified }
      if a[15] == 1 { return .loopback }
    }
    let mapped =
      a[..<10].allSatisfy { $0 == 0 } && (a[10...11].allSatisfy { $0 == 0xFF } || a[10...11].allSatisfy { $0 == 0 })
    if mapped { return scope4(a[12], a[13], a[14]) }
    if a[0] == 0, a[1] == 0x64, a[2] == 0xFF, a[3] == 0x9B {
      // 64:ff9b::/96 is the well-known NAT64 prefix, 64:ff9b:1::/48 the one for local use.
      return a[4..<12].allSatisfy { $0 == 0 } ? scope4(a[12], a[13], a[14]) : .private
    }
    switch (a[0], a[1]) {
    case (0x20, 0x02): return scope4(a[2], a[3], a[4])  // 6to4
    case (0x20, 0x01) where a[2] == 0 && a[3] == 0: return .reserved  // Teredo hides the address it ends at
    case (0xFC...0xFD, _): return .private
    case (0xFE, 0x80...0xBF): return .linkLocal
    case (0xFE, 0xC0...0xFF): return .private  // site-local, deprecated
    case (0xFF, _): return .multicast
    default: return .public
    }
  }

  var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let (family, bytes) =
      switch self {
      case .v4(let a): (AF_INET, a)
      case .v6(let a): (AF_INET6, a)
      }
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Decides which addresses may be connected to. Asked with the *resolved* address of every connection, never with the
/// text of a URL: names that resolve inwards and odd spellings (octal, hex, `::ffff:`) cannot slip by.
struct AddressGuard: Sendable {
  private let allowLoopback: Bool
  private let hosts: Set<String>
  private let addresses: Set<NetworkAddress>

  init(options: CurlOptions) {
    allowLoopback = options.allowHTTPLoopback
    hosts = Set(options.allowHosts.map(Self.normalised))
    addresses = Set(options.allowHosts.compactMap { NetworkAddress(literal: $0) })
  }

  /// Lower case, without brackets and without the dot of a fully qualified name.
  static func normalised(_ host: String) -> String {
    var host = host.lowercased()
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    if host.hasSuffix(".") { host.removeLast() }
    return host
  }

  static func isLoopbackName(_ host: String) -> Bool {
    ["127.0.0.1", "::1", "localhost"].contains(normalised(host))
  }

  /// The host was named in `allowHosts`, as it stands or as the same address in another spelling.
  func names(_ host: String) -> Bool {
    if hosts.contains(Self.normalised(host)) { return true }
    guard let address = NetworkAddress(literal: host) else { return false }
    return addresses.contains(address)
  }

  /// - Parameters:
  ///   - host: of the URL.
  ///   - plain: the connection will be unencrypted.
  /// - Returns: why the connection is refused; `nil`: it may be made.
  func refusal(of address: NetworkAddress, host: String, plain: Bool) -> String? {
    let scope = address.scope
    if scope == .public {
      // Plain http is for receivers on this machine or network that somebody named.
      return plain ? "\(address.description) is a public address and the URL is plain http" : nil
    }
    if names(host) || addresses.contains(address) { return nil }
    // A public name that resolves to loopback is not what "loopback allowed" means.
    if scope == .loopback, allowLoopback, Self.isLoopbackName(host) { return nil }
    return "\(address.description) is a \(scope.rawValue) address"
  }
}

extension NetworkAddress: Sendable {}
