public import ClosureModel

/// What an answer shows of this machine's clock. A signature holds the time, and a receiver refuses one that is too far
/// from its own: with a clock that is wrong the right secret looks like a wrong one.
public enum ClockDoubt {
  /// Seconds.
  /// - Source: Standard Webhooks, and the libraries that verify them: five minutes.
  public static let tolerance: Int64 = 5 * 60

  /// - Returns: words for a person; `nil` where the answer has no Date, or one near enough to ours.
  public static func text(_ reply: HTTPReply, now: Timestamp) -> String? {
    guard let theirs = reply.header("Date").flatMap(HTTPDate.parse) else { return nil }
    let apart = now.epochSeconds - theirs.epochSeconds
    guard abs(apart) > tolerance else { return nil }
    let receiver = Timestamp(epochSeconds: theirs.epochSeconds, offsetSeconds: now.offsetSeconds)
    return "this machine's clock says \(now), the receiver's \(receiver): set the one that is wrong, because signatures"
      + " hold the time and are refused when it is off by more than \(tolerance / 60) minutes"
  }

  /// The statuses that receivers give to a signature that they do not take.
  static func words(_ reply: HTTPReply, now: Timestamp) -> String {
    guard [400, 401, 403].contains(reply.status), let text = text(reply, now: now) else { return "" }
    return "; " + text
  }
}
