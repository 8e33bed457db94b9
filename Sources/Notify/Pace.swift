public import ClosureModel

/// Keeps a channel within what it bears, also over several runs: the times of past messages are part of its memory.
public struct Pace: Sendable, Hashable {
  public struct Limit: Sendable, Hashable {
    let count: Int
    let seconds: Int64
    public init(count: Int, seconds: Int64) {
      self.count = count
      self.seconds = seconds
    }
  }

  public enum Answer: Sendable, Hashable {
    case now
    case wait(seconds: Int64)
  }

  private let limits: [Limit]
  /// Seconds since 1970, rising.
  public private(set) var sent: [Int64]
  public private(set) var blockedUntil: Int64

  public init(limits: [Limit], sent: [Int64] = [], blockedUntil: Int64 = 0) {
    self.limits = limits
    self.sent = sent.sorted()
    self.blockedUntil = blockedUntil
  }

  /// When the next message may go. A clock that was set back does not hold messages for ever: times in the future count
  /// as now.
  public func ask(at now: Timestamp) -> Answer {
    let time = now.epochSeconds
    var earliest = blockedUntil - time > 3600 ? time : max(time, blockedUntil)
    for limit in limits {
      let recent = sent.map { min($0, time) }.filter { $0 > time - limit.seconds }
      guard recent.count >= limit.count else { continue }
      earliest = max(earliest, recent[recent.count - limit.count] + limit.seconds)
    }
    return earliest <= time ? .now : .wait(seconds: earliest - time)
  }

  /// Counts every attempt: a refused one is counted by the receiver too.
  public mutating func record(at now: Timestamp) {
    let longest = limits.map(\.seconds).max() ?? 0
    sent = (sent.filter { $0 > now.epochSeconds - longest } + [now.epochSeconds]).sorted().suffix(200)
  }

  public mutating func block(seconds: Int64, at now: Timestamp) {
    blockedUntil = max(blockedUntil, now.epochSeconds + seconds)
  }
}
