import ClosureModel

/// What a receiver says about its limits beside an answer.
struct RateLimitFields: Sendable, Hashable {
  /// Requests left in the running window.
  var remaining: Int?
  /// Seconds until the window begins anew.
  var resetSeconds: Double?
  /// `Retry-After`, in seconds from now.
  var retryAfter: Double?

  /// Above this a number counts seconds since 1970, not from now: both are in use under the same name.
  private static let epochFrom: Double = 1_000_000_000

  /// - Sources: RFC 9110 (Retry-After); the IETF draft on RateLimit fields, in its older form of three fields, its middle
  ///   form (`limit=100, remaining=5, reset=3`) and its later one (`"default";r=5;t=3`); the customary X-RateLimit-* and
  ///   X-Rate-Limit-*.
  init(_ reply: HTTPReply, now: Timestamp) {
    retryAfter = reply.header("Retry-After").flatMap { RetryAfter.seconds($0, now: now) }
    func first(_ names: [String]) -> Double? {
      for name in names {
        if let text = reply.header(name), let number = Self.number(text) { return number }
      }
      return nil
    }
    var left = first(["RateLimit-Remaining", "X-RateLimit-Remaining", "X-Rate-Limit-Remaining"])
    var reset = first(["RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset", "x-ogw-ratelimit-reset"])
    if let combined = reply.header("RateLimit") {
      for part in combined.split(whereSeparator: { $0 == "," || $0 == ";" }) {
        let pair = part.split(separator: "=", maxSplits: 1)
        guard pair.count == 2, let number = Self.number(pair[1]) else { continue }
        switch pair[0].filter({ $0 != " " }).lowercased() {
        case "r", "remaining": left = number
        case "t", "reset": reset = number
        default: break
        }
      }
    }
    remaining = left.map { Int(min($0, 1_000_000)) }
    resetSeconds = reset.map { $0 >= Self.epochFrom ? max(0, $0 - Double(now.epochSeconds)) : $0 }
  }

  /// A number that is not negative; anything behind it (a quota policy after a comma, say) is not looked at.
  private static func number(_ text: some StringProtocol) -> Double? {
    let digits = text.drop { $0 == " " }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return Double(digits)
  }
}
