import ClosureModel
import Decide
import DeliverCurl
import Foundation
import Notify

/// The channels of `notify:`, ready to use, and what they were told: beside the ledger, in `<ledger>.notices`.
struct NoticeDesk: Sendable {
  /// Everything about notices may take so long, then the run goes on without them.
  private static let mostSeconds = 30.0
  private let channels: [NoticeChannel]
  /// Nil where there is no channel: then nothing is read or loaded.
  private let courier: NoticeCourier?
  private let memory: NoticeFile
  private let clock: @Sendable () -> Timestamp
  private let transports: [CurlTransport]

  /// - Parameter calendar: of the policy's deadlines, asked for only where there is a channel; nil: deadlines are not
  ///   looked at.
  /// - Parameter only: this channel alone, counted from 1.
  /// - Throws: when a channel's address, secret or words cannot be used: before the first ticket, not after the run.
  init(_ settings: Settings, calendar: @autoclosure () throws -> WorkingCalendar?, only: Int? = nil) throws {
    let calendar = settings.file.notify.isEmpty ? nil : try calendar()
    var channels: [NoticeChannel] = []
    var transports: [CurlTransport] = []
    let now = settings.clock()
    for (index, entry) in settings.file.notify.enumerated() where only == nil || only == index + 1 {
      channels.append(
        NoticeChannel(
          name: "\(index + 1) \(entry.channel.rawValue)", way: try Self.way(entry, settings, &transports), on: entry.on,
          timeoutSeconds: entry.timeout,
          deadlinesUntil: calendar.map { calendar in
            DeadlineHorizon.end(from: now, hours: entry.withinHours) { calendar.isWorkingDay($0) }
          }))
    }
    self.channels = channels
    self.transports = transports
    clock = settings.clock
    memory = NoticeFile(path: settings.ledger + ".notices")
    courier =
      channels.isEmpty
      ? nil
      : NoticeCourier(
        channels: channels, words: try Self.words(settings), clock: settings.clock,
        // Cancelled early is as good.
        sleep: { seconds in try? await Task.sleep(for: .seconds(seconds)) })
  }

  func shutdown() { transports.forEach { $0.shutdown() } }

  static func words(_ settings: Settings) throws -> NoticeWords {
    let path = "notices/\(settings.locale.rawValue).yaml"
    guard let (file, text) = try settings.library.text(path) else {
      throw Failure(.configuration, "there is no Templates/\(path). Install closedesk again, or put the file there.")
    }
    return try NoticeWords(text: text, file: file)
  }

  private static func way(_ entry: NotifyEntry, _ settings: Settings, _ transports: inout [CurlTransport]) throws
    -> NoticeChannel.Way
  {
    guard let kind = Robot.Kind(rawValue: entry.channel.rawValue) else {
      let (server, from) = try mailServer(settings)
      return .mail(from: from.from, to: entry.to, try CurlMail(server: server))
    }
    guard let url = try settings.secret(entry.url) else {
      throw Failure(.configuration, "the \(kind.rawValue) robot has no address. Add url_file or url_env.")
    }
    var options = CurlOptions()
    options.allowHTTPLoopback = entry.allowHTTPLoopback
    options.allowHosts = entry.allowHosts
    options.caFile = entry.caFile.map(settings.beside)
    options.proxy = entry.proxy
    options.maxConnections = 1
    options.http2 = false
    if let why = CurlTransport.checkURL(url, options: options) ?? kind.refusal(of: url) {
      throw Failure(.configuration, "\(entry.url.place): \(why). Copy the address from the robot's page once more.")
    }
    let transport = try CurlTransport(options: options)
    transports.append(transport)
    return .robot(Robot(kind: kind, url: url, secret: try settings.secret(entry.secret)), transport)
  }

  static func mailServer(_ settings: Settings) throws -> (MailServer, MailEntry) {
    guard let mail = settings.file.mail else {
      throw Failure(.configuration, "there is no mail server. Describe it under mail: at the top level.")
    }
    var server = MailServer(
      host: mail.host, port: mail.port, security: mail.security, user: mail.user,
      password: try settings.secret(mail.secret))
    server.caFile = mail.caFile.map(settings.beside)
    // An unencrypted line may go to this machine alone, so that naming it there names it as allowed.
    let isOwn = mail.security == .none && ["127.0.0.1", "::1", "localhost"].contains(mail.host)
    server.allowHosts = mail.allowHosts + (isOwn ? [mail.host] : [])
    return (server, mail)
  }

  /// What a channel is, for `doctor`: no address of a robot in it.
  static func description(_ entry: NotifyEntry) -> String {
    var text =
      "\(entry.channel.rawValue): "
      + NoticeKind.allCases.filter(entry.on.contains).map(\.rawValue).joined(separator: ", ")
    if entry.on.contains(.deadline) { text += " (within \(Int(entry.withinHours)) h)" }
    return text
  }

  /// Tells the channels what they were not told yet.
  /// - Returns: a line for each channel that had something to say or went wrong; what went wrong is also on standard
  ///   error. Never throws: a notice must not end a run.
  func tell(_ facts: DeskFacts) async -> [String] {
    guard !channels.isEmpty else { return [] }
    let reports = await bounded { courier, memories in await courier.tell(facts, memories) }
    for report in reports {
      for problem in report.problems { Console.error("closedesk: notice, channel \(report.channel): \(problem)") }
    }
    return reports.flatMap(Self.lines)
  }

  /// Looks into the ledger, then tells.
  func tell(_ facts: DeskFacts, from ledger: any LedgerWatch) async -> [String] {
    guard !channels.isEmpty else { return [] }
    var facts = facts
    let kinds = channels.reduce(into: Set<NoticeKind>()) { $0.formUnion($1.on) }
    do throws(StoreError) {
      if kinds.contains(.parked) { facts.parked = try await ledger.parked(limit: 500) }
      if kinds.contains(.deadline), let end = channels.compactMap(\.deadlinesUntil).max() {
        // What was missed more than a week ago is not news.
        facts.deadlines = try await ledger.deadlines(in: min(clock().adding(seconds: -7 * 86_400), end)...end)
      }
    } catch {
      Console.error("closedesk: notices: \(error)")
    }
    return await tell(facts)
  }

  func test() async -> [ChannelReport] { await bounded { courier, memories in await courier.test(memories) } }

  private func bounded(
    _ body:
      @escaping @Sendable (NoticeCourier, [String: ChannelMemory]) async -> (
        reports: [ChannelReport], memories: [String: ChannelMemory]
      )
  ) async -> [ChannelReport] {
    guard let courier else { return [] }
    let known = memory.read()
    let result = await withTaskGroup(of: (reports: [ChannelReport], memories: [String: ChannelMemory])?.self) { group in
      group.addTask { await body(courier, known) }
      group.addTask {
        try? await Task.sleep(for: .seconds(Self.mostSeconds))
        return nil
      }
      var result: (reports: [ChannelReport], memories: [String: ChannelMemory])?
      for await end in group {
        if let end { result = end }
        // Time is up, or all is told: the other task ends at once.
        group.cancelAll()
      }
      return result
    }
    guard let result else { return [] }
    // A test of one channel must not forget the others.
    memory.write(known.merging(result.memories) { $1 })
    return result.reports
  }

  private static func lines(_ report: ChannelReport) -> [String] {
    guard report.sent > 0 || !report.problems.isEmpty else { return [] }
    let problems = report.problems.isEmpty ? "" : ", \(report.problems.count) not sent"
    return ["  notices, channel \(report.channel): \(report.sent) sent\(problems)"]
  }
}

/// The memory of the channels. Lost, it costs a notice that comes twice; so it never stops anything.
private struct NoticeFile: Sendable {
  let path: String

  func read() -> [String: ChannelMemory] {
    guard let data = FileManager.default.contents(atPath: path) else { return [:] }
    guard let known = try? JSONDecoder().decode([String: ChannelMemory].self, from: data) else {
      Console.error("closedesk: \(path) cannot be read; notices may come a second time. It is written anew.")
      return [:]
    }
    return known
  }

  func write(_ memories: [String: ChannelMemory]) {
    do {
      try makeFolder(of: path)
      try JSONEncoder().encode(memories).write(to: URL(fileURLWithPath: path), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      Console.error("closedesk: \(path) cannot be written; notices may come a second time. Mend its rights.")
    }
  }
}

extension Settings {
  /// - Returns: nil where none is named.
  /// - Throws: 78 when it is named and not there, or not one line.
  func secret(_ place: SecretPlace) throws -> String? {
    let text: String
    if let file = place.file {
      text = try TextFile.read(beside(file), notFound: .configuration)
    } else if let name = place.variable {
      guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
        throw Failure(.configuration, "\(place.place): the variable \(name) is not set. Set it, or use a file.")
      }
      text = value
    } else {
      return nil
    }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
    guard lines.count == 1 else {
      throw Failure(
        .configuration, "\(place.place): one line is expected, there are \(lines.count). Write the value alone.")
    }
    return lines[0]
  }
}
