public import ClosureModel
import Hashing

/// What there is to tell at the end of a run or delivery.
public struct DeskFacts: Sendable {
  /// Nil: no run, only a delivery.
  public var run: RunCounts?
  /// Nil: not looked at, so nothing is told and nothing forgotten.
  public var parked: (total: Int, byFault: [Settlement.Fault: Int], first: [ParkedReply])?
  /// Open deadlines that are near or past, earliest first. Nil as above.
  public var deadlines: [OpenDeadline]?
  public var stop: StopReason?
  /// Replies in the outbox that are not sent.
  public var waiting = 0
  public init() {}

  /// Without the deadlines that come later than `end`.
  func until(_ end: Timestamp?) -> DeskFacts {
    var facts = self
    if let end { facts.deadlines?.removeAll { $0.due > end } }
    return facts
  }
}

/// What one channel was told already: the same is not told twice.
///
/// - A summary is told when the run decided something new, or a reply was confirmed or parked. Otherwise only when the
///   number of unreadable rows is another one than last time, and not zero: a quiet cron stays quiet.
/// - A parked reply is told once, a deadline once when it is near and once when it is past.
/// - A stop is told when it begins or its reason changes, and again every six hours while it lasts.
///
/// Only what was sent counts as told; what failed is told by the next run. Nothing in here names a ticket: digests.
public struct ChannelMemory: Sendable, Hashable, Codable {
  var sent: [Int64] = []
  var blockedUntil: Int64 = 0
  var told: Set<String> = []
  var rowErrors = 0
  var stop: String?
  var stopAt: Int64 = 0
  static let stopAgain: Int64 = 6 * 3600

  public init() {}

  /// - Returns: the notices that this channel gets, in the order of their urgency.
  func due(_ facts: DeskFacts, on: Set<NoticeKind>, at now: Timestamp) -> [Notice] {
    var out: [Notice] = []
    if on.contains(.stopped), let reason = facts.stop,
      reason.rawValue != stop || now.epochSeconds - stopAt >= Self.stopAgain || stopAt > now.epochSeconds
    {
      out.append(.stopped(reason, waiting: facts.waiting))
    }
    if on.contains(.parked), let parked = facts.parked {
      let fresh = parked.first.filter { !told.contains(Self.mark($0)) }
      if !fresh.isEmpty {
        out.append(
          .parked(
            ParkedCounts(
              total: parked.total, byFault: parked.byFault, fresh: fresh.map { TicketLabel($0.ticket) })))
      }
    }
    if on.contains(.deadline), let deadlines = facts.deadlines {
      let fresh = deadlines.filter { !told.contains(Self.mark($0, at: now)) }
      if !fresh.isEmpty {
        let past = deadlines.count { $0.due < now }
        out.append(
          .deadline(
            DeadlineCounts(
              near: deadlines.count - past, past: past,
              fresh: fresh.map {
                DeadlineCounts.Item(
                  ticket: TicketLabel($0.ticket), due: $0.due, waitsFor: $0.waitsFor, isPast: $0.due < now)
              })))
      }
    }
    if on.contains(.summary), let run = facts.run,
      run.isNews || (run.rowErrors > 0 && run.rowErrors != rowErrors)
    {
      out.append(.summary(run))
    }
    return out
  }

  /// Writes down that a notice was sent.
  mutating func remember(_ notice: Notice, _ facts: DeskFacts, at now: Timestamp) {
    switch notice {
    case .summary(let run): rowErrors = run.rowErrors
    case .parked: told.formUnion(facts.parked?.first.map(Self.mark) ?? [])
    case .deadline: told.formUnion(facts.deadlines?.map { Self.mark($0, at: now) } ?? [])
    case .stopped(let reason, _): (stop, stopAt) = (reason.rawValue, now.epochSeconds)
    case .test: break
    }
  }

  /// Forgets what is over: the memory is never larger than what is open.
  mutating func prune(_ facts: DeskFacts, at now: Timestamp) {
    if let parked = facts.parked { keep("p", parked.first.map(Self.mark)) }
    if let deadlines = facts.deadlines { keep("d", deadlines.map { Self.mark($0, at: now) }) }
    if facts.stop == nil { stop = nil }
    if let run = facts.run, run.rowErrors == 0 { rowErrors = 0 }
  }

  private mutating func keep(_ prefix: String, _ open: [String]) {
    let open = Set(open)
    told = told.filter { !$0.hasPrefix(prefix) || open.contains($0) }
  }

  private static func mark(_ reply: ParkedReply) -> String { "p" + Fingerprint.of(["parked", reply.key.rawValue]) }

  private static func mark(_ item: OpenDeadline, at now: Timestamp) -> String {
    "d"
      + Fingerprint.of([
        "deadline", item.ticket.rawValue, "\(item.due.epochSeconds)", item.waitsFor.rawValue,
        item.due < now ? "past" : "near",
      ])
  }
}

/// Tells values apart without telling them: 16 hex digits of a SHA-256.
enum Fingerprint {
  static func of(_ parts: [String]) -> String {
    var hash = Digest.SHA256Stream()
    // Lengths first: no two lists of parts give the same bytes.
    for part in ["closedesk.notice/1"] + parts { hash.update("\(part.utf8.count):\(part)") }
    return String(hash.finalHex().prefix(16))
  }
}
