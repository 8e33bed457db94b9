import CCurl

/// What a URL says, read by the same parser that will connect: two parsers that differ are a hole.
struct CheckedURL: Sendable {
  let url: String
  /// As libcurl normalised it (`0x7f.1` is `127.0.0.1` here).
  let host: String
  let plain: Bool
  /// Host and port, for the bound on what runs to one receiver.
  let authority: String
}

/// Why a URL is refused. No part of its path or query is in the text: robots carry their secret there.
struct URLRefusal: Error {
  let why: String
}

extension CheckedURL {
  init(_ url: String, options: CurlOptions, addresses: AddressGuard) throws(URLRefusal) {
    // A NUL would cut the C string short, blanks and controls have no place in a URL.
    guard !url.isEmpty, url.utf8.count <= 8192, url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw URLRefusal(why: "the URL is empty, longer than 8,192 bytes, or holds blanks or control characters")
    }
    // libcurl forgives one slash or three: then part of the path would be the host.
    guard let colon = url.utf8.firstIndex(of: 0x3A), url.utf8[colon...].starts(with: "://".utf8),
      !url.utf8[colon...].starts(with: ":///".utf8)
    else { throw URLRefusal(why: "the URL does not begin with https://") }
    do throws(TransportError) { try CurlLibrary.start() } catch { throw URLRefusal(why: error.description) }
    guard let parser = ccurl_url() else { throw URLRefusal(why: "no memory to read the URL") }
    defer { ccurl_url_cleanup(parser) }
    let code = ccurl_url_set(parser, CURLUPART_URL, url, 0)
    guard code == CURLUE_OK else {
      throw URLRefusal(why: "the URL cannot be read: \(String(cString: ccurl_url_strerror(code)))")
    }
    guard Self.part(CURLUPART_USER, of: parser) == nil, Self.part(CURLUPART_PASSWORD, of: parser) == nil else {
      throw URLRefusal(why: "the URL holds a user name or password, which belong in a header")
    }
    guard let scheme = Self.part(CURLUPART_SCHEME, of: parser), let host = Self.part(CURLUPART_HOST, of: parser),
      !host.isEmpty
    else { throw URLRefusal(why: "the URL names no host") }
    switch scheme {
    case "https":
      plain = false
    case "http":
      guard options.allowHTTPLoopback else {
        throw URLRefusal(why: "plain http is refused; only https, or http to this machine where it was allowed")
      }
      guard AddressGuard.isLoopbackName(host) || addresses.names(host) else {
        throw URLRefusal(why: "plain http is allowed to 127.0.0.1, ::1, localhost and the allowed hosts only")
      }
      plain = true
    default:
      throw URLRefusal(why: "the scheme is neither https nor http")
    }
    self.url = url
    self.host = host
    authority = host.lowercased() + ":" + (Self.part(CURLUPART_PORT, of: parser) ?? scheme)
  }

  private static func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard ccurl_url_get(parser, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { ccurl_free(text) }
    return String(cString: text)
  }

  /// The scheme of a proxy and whether it can be read at all.
  static func refusal(ofProxy proxy: String) -> String? {
    guard !proxy.isEmpty, proxy.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      return "the proxy is empty or holds blanks or control characters"
    }
    do throws(TransportError) { try CurlLibrary.start() } catch { return error.description }
    guard let parser = ccurl_url() else { return "no memory to read the proxy" }
    defer { ccurl_url_cleanup(parser) }
    guard ccurl_url_set(parser, CURLUPART_URL, proxy, numericCast(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME, of: parser)
    else { return "the proxy is not of the form http://host:port" }
    guard part(CURLUPART_USER, of: parser) == nil, part(CURLUPART_PASSWORD, of: parser) == nil else {
      return "the proxy holds a user name or password, which belong in proxy_secret_file"
    }
    return ["http", "https", "socks5", "socks5h"].contains(scheme) ? nil : "the proxy's scheme is not known"
  }
}

extension CheckedURL {
  /// Whether a URL is so plain that no parser can read it in two ways: then whoever only asks whether it may be used need
  /// not load libcurl. `send` reads it by libcurl all the same.
  static func isPlainlyUsable(_ url: String, options: CurlOptions) -> Bool {
    var rest = url[...]
    let isSecure = rest.hasPrefix("https://")
    guard isSecure || (options.allowHTTPLoopback && rest.hasPrefix("http://")), url.utf8.count <= 2048 else {
      return false
    }
    rest = rest.dropFirst(isSecure ? 8 : 7)
    let authority = rest.prefix { $0 != "/" }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    let labels = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let isName =
      labels.allSatisfy { label in
        !label.isEmpty
          && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
      } && labels.last?.utf8.first.map { (0x61...0x7A).contains($0) } == true
    guard isSecure ? isName : ["127.0.0.1", "localhost"].contains(parts[0]), parts.count <= 2 else { return false }
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(parts[1]), port > 0 else {
        return false
      }
    }
    return rest.dropFirst(authority.count).utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x2D...0x39).contains(byte) || byte == 0x5F
    }
  }
}
