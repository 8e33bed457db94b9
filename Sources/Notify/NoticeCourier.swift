public import ClosureModel

/// What became of the notices of one channel.
public struct ChannelReport: Sendable, Hashable {
  public let channel: String
  public var sent = 0
  /// What did not go out, why, and what to do: one line each, nothing secret in it.
  public var problems: [String] = []
  public init(channel: String) { self.channel = channel }
}

/// Tells the team. Bounded in time and never in the way of the run: what cannot be told now is said in the report and
/// told by the next run.
public struct NoticeCourier: Sendable {
  private let channels: [NoticeChannel]
  private let words: NoticeWords
  private let clock: @Sendable () -> Timestamp
  private let sleep: @Sendable (Double) async -> Void
  /// Seconds that a channel may wait, all its pauses together.
  private static let patience = 8.0

  /// - Parameter sleep: seconds; ends early when the task is cancelled.
  public init(
    channels: [NoticeChannel], words: NoticeWords, clock: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Double) async -> Void
  ) {
    self.channels = channels
    self.words = words
    self.clock = clock
    self.sleep = sleep
  }

  /// Tells every channel what it was not told yet; channels do not wait for one another.
  /// - Returns: the reports in the channels' order, and what each channel knows now, by its `id`.
  public func tell(_ facts: DeskFacts, _ memories: [String: ChannelMemory]) async -> (
    reports: [ChannelReport], memories: [String: ChannelMemory]
  ) {
    await each(memories) { channel, memory in
      memory.due(facts.until(channel.deadlinesUntil), on: channel.on, at: clock())
    } then: { channel, notice, memory in
      let facts = facts.until(channel.deadlinesUntil)
      if let notice { memory.remember(notice, facts, at: clock()) } else { memory.prune(facts, at: clock()) }
    }
  }

  /// Sends a harmless message to each.
  public func test(_ memories: [String: ChannelMemory]) async -> (
    reports: [ChannelReport], memories: [String: ChannelMemory]
  ) {
    await each(memories) { _, _ in
      [.test]
    } then: { _, _, _ in
    }
  }

  private func each(
    _ memories: [String: ChannelMemory], _ due: @escaping @Sendable (NoticeChannel, ChannelMemory) -> [Notice],
    then: @escaping @Sendable (NoticeChannel, Notice?, inout ChannelMemory) -> Void
  ) async -> (reports: [ChannelReport], memories: [String: ChannelMemory]) {
    await withTaskGroup(of: (Int, ChannelReport, ChannelMemory).self) { group in
      for (index, channel) in channels.enumerated() {
        group.addTask {
          var memory = memories[channel.id] ?? ChannelMemory()
          var report = ChannelReport(channel: channel.name)
          var patience = Self.patience
          var notices = due(channel, memory)[...]
          while let notice = notices.popFirst() {
            guard await send(notice, channel, &memory, &report, &patience) else {
              // What failed once most likely fails again: the run shall not wait for that.
              if !notices.isEmpty { report.problems.append("\(notices.count) more not tried; the next run tells them") }
              break
            }
            then(channel, notice, &memory)
          }
          then(channel, nil, &memory)
          return (index, report, memory)
        }
      }
      var reports: [(Int, ChannelReport)] = []
      // Of channels that are not in the settings any more nothing is kept.
      var known: [String: ChannelMemory] = [:]
      for await (index, report, memory) in group {
        reports.append((index, report))
        known[channels[index].id] = memory
      }
      return (reports.sorted { $0.0 < $1.0 }.map(\.1), known)
    }
  }

  /// At most two attempts.
  private func send(
    _ notice: Notice, _ channel: NoticeChannel, _ memory: inout ChannelMemory, _ report: inout ChannelReport,
    _ patience: inout Double
  ) async -> Bool {
    let text = NoticeText(notice, words: words)
    let name = notice.kind?.rawValue ?? "test"
    // A test is told once, or not.
    let later = notice.kind == nil ? "" : "; the next run tells it"
    var last = ""
    for attempt in 1...2 {
      var pace = channel.pace(memory)
      if case .wait(let seconds) = pace.ask(at: clock()) {
        guard await pause(Double(seconds), &patience) else {
          report.problems.append("\(name): the channel takes nothing for \(seconds) s\(later)")
          return false
        }
      }
      let now = clock()
      pace.record(at: now)
      switch await channel.send(text, at: now) {
      case .sent:
        (memory.sent, memory.blockedUntil) = (pace.sent, pace.blockedUntil)
        report.sent += 1
        return true
      case .busy(let seconds, let why):
        memory.sent = pace.sent
        last = why
        guard attempt == 1, await pause(seconds, &patience) else { break }
        continue
      case .blocked(let seconds, let why):
        pace.block(seconds: seconds, at: now)
        (memory.sent, memory.blockedUntil) = (pace.sent, pace.blockedUntil)
        report.problems.append("\(name): \(why)\(later)")
        return false
      case .refused(let why, let fix):
        memory.sent = pace.sent
        report.problems.append("\(name): \(why). \(fix)")
        return false
      }
      break
    }
    report.problems.append("\(name): \(last)\(later)")
    return false
  }

  /// - Returns: `false`: too long to wait, or cancelled.
  private func pause(_ seconds: Double, _ patience: inout Double) async -> Bool {
    guard seconds <= patience, !Task.isCancelled else { return false }
    patience -= seconds
    await sleep(seconds)
    return !Task.isCancelled
  }
}
