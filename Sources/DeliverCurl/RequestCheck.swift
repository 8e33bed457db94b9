import ClosureModel

/// Refuses what must not go on the wire. libcurl sends header values as they are: a line break in one would be a
/// header, or a request, of somebody else's making.
enum RequestCheck {
  /// Headers that frame the message or route it: written by the transport alone.
  private static let own = [
    "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer",
  ]

  /// - Returns: why the request is refused; `nil`: nothing to say against it. Values are never quoted.
  static func refusal(of request: WebhookRequest) -> String? {
    guard isToken(request.method), request.method.utf8.count <= 32 else { return "the method is no HTTP token" }
    for (index, field) in request.headers.enumerated() {
      guard isToken(field.name) else { return "the name of header \(index + 1) is no HTTP token" }
      if own.contains(where: { field.isNamed($0) }) { return "header \(field.name) is the transport's to write" }
      guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
        return "the value of header \(field.name) holds a line break or another control character"
      }
    }
    for seconds in [request.timeoutSeconds, request.connectTimeoutSeconds]
    where !(seconds > 0 && seconds <= 86_400) { return "a time-out is not between 0 and 86,400 seconds" }
    return nil
  }

  /// - Source: RFC 9110, section 5.6.2.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
      }
  }
}
