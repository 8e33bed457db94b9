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
    guard let parser = curl_url() else { throw URLRefusal(why: "no memory to read the URL") }
    defer { curl_url_cleanup(parser) }
    let code = curl_url_set(parser, CURLUPART_URL, url, 0)
    guard code == CURLUE_OK else {
      throw URLRefusal(why: "the URL cannot be read: \(String(cString: curl_url_strerror(code)))")
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
    guard curl_url_get(parser, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// The scheme of a proxy and whether it can be read at all.
  static func refusal(ofProxy proxy: String) -> String? {
    guard !proxy.isEmpty, proxy.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      return "the proxy is empty or holds blanks or control characters"
    }
    guard let parser = curl_url() else { return "no memory to read the proxy" }
    defer { curl_url_cleanup(parser) }
    guard curl_url_set(parser, CURLUPART_URL, proxy, numericCast(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME, of: parser)
    else { return "the proxy is not of the form http://host:port" }
    guard part(CURLUPART_USER, of: parser) == nil, part(CURLUPART_PASSWORD, of: parser) == nil else {
      return "the proxy holds a user name or password, which belong in proxy_secret_file"
    }
    return ["http", "https", "socks5", "socks5h"].contains(scheme) ? nil : "the proxy's scheme is not known"
  }
}
