public import ClosureModel
public import MailFormat

/// One way to the team, ready to use.
public struct NoticeChannel: Sendable {
  public enum Way: Sendable {
    case robot(Robot, any WebhookTransport)
    case mail(from: MailAddress, to: [MailAddress], any MailTransport)
  }
  /// For the operator: `1 dingtalk`.
  public let name: String
  public let way: Way
  public let on: Set<NoticeKind>
  /// Bound of one attempt, in seconds.
  public let timeoutSeconds: Double
  /// Deadlines up to here are near for this channel; nil: all that are handed over.
  public let deadlinesUntil: Timestamp?

  public init(
    name: String, way: Way, on: Set<NoticeKind>, timeoutSeconds: Double = 10, deadlinesUntil: Timestamp? = nil
  ) {
    self.name = name
    self.way = way
    self.on = on
    self.timeoutSeconds = timeoutSeconds
    self.deadlinesUntil = deadlinesUntil
  }

  /// The channel's place in the memory: kind and digest of the address, so that it stays when the list is reordered.
  public var id: String {
    switch way {
    case .robot(let robot, _): "\(robot.kind.rawValue)-\(robot.fingerprint)"
    case .mail(_, let to, _): "mail-" + Fingerprint.of(to.map(\.text).sorted())
    }
  }

  func pace(_ memory: ChannelMemory) -> Pace {
    let limits: [Pace.Limit] =
      switch way {
      case .robot(let robot, _): robot.kind.pace
      case .mail: [Pace.Limit(count: 30, seconds: 60)]
      }
    return Pace(limits: limits, sent: memory.sent, blockedUntil: memory.blockedUntil)
  }

  /// One attempt.
  func send(_ text: NoticeText, at now: Timestamp) async -> NoticeEnd {
    switch way {
    case .robot(let robot, let transport):
      let outcome = await transport.send(robot.request(text, at: now, timeoutSeconds: timeoutSeconds))
      return RobotAnswer.end(outcome, robot.kind, at: now)
    case .mail(let from, let to, let transport):
      let message = MailMessage(
        from: from, to: to, subject: text.title, body: text.fitted(maxBytes: 100_000), date: now,
        id: "closedesk.notice.\(now.epochSeconds).\(UInt64.random(in: 0...UInt64.max))")
      let outcome = await transport.submit(
        MailSubmission(
          from: from.text, to: to.map(\.text), message: message.bytes, timeoutSeconds: timeoutSeconds))
      return Self.end(outcome)
    }
  }

  private static func end(_ outcome: MailOutcome) -> NoticeEnd {
    switch outcome {
    case .accepted: .sent
    case .refused(let step, let code) where code < 500:
      .busy(afterSeconds: 5, why: "SMTP \(code) at the \(step.rawValue)")
    case .refused(.login, let code):
      .refused(why: "SMTP \(code) at the login", fix: "Check mail.user and its password.")
    case .refused(let step, let code):
      .refused(why: "SMTP \(code) at the \(step.rawValue)", fix: "Check mail.from and the recipients.")
    case .failed(let failure, let what, _):
      switch failure {
      case .blockedAddress, .badRequest, .tls:
        .refused(why: "\(failure.rawValue): \(what)", fix: "Check mail.host, mail.security, allow_hosts and ca_file.")
      case .resolve, .connect, .timeout, .reset, .responseTooLarge, .cancelled, .other:
        .busy(afterSeconds: 2, why: "\(failure.rawValue): \(what)")
      }
    }
  }
}
