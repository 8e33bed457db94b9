public import ClosureModel

/// How long and how often a reply is tried. With the defaults each wait is twice the last, from 5 seconds to 6 hours, and
/// 38 attempts reach over 77 hours at the least that chance may make of it (155 at most): a receiver that is down over a
/// long weekend gets its replies on Tuesday.
public struct RetryPolicy: Sendable, Hashable {
  /// Before the second attempt; doubled from then on.
  public var baseSeconds: Double
  public var maxSeconds: Double
  public var maxAttempts: Int
  public init(baseSeconds: Double = 5, maxSeconds: Double = 21_600, maxAttempts: Int = 38) {
    self.baseSeconds = baseSeconds
    self.maxSeconds = maxSeconds
    self.maxAttempts = maxAttempts
  }
}

/// Says what follows from the end of one attempt. Time and chance come in as arguments: a test is a script.
public struct DeliveryMachine: Sendable {
  public private(set) var attempts: Int
  private let policy: RetryPolicy

  /// - Parameter attempts: made before the one that ends now.
  public init(attempts: Int, policy: RetryPolicy) {
    self.attempts = attempts
    self.policy = policy
  }

  /// - Parameter jitter: 0..<1, spreads retries of many entries.
  public mutating func finished(_ end: AttemptEnd, at now: Timestamp, jitter: Double) -> Settlement.Result {
    if case .stopped(mayHaveArrived: false) = end.meaning { return .released }
    attempts += 1
    switch end.meaning {
    case .shown(let status): return .confirmed(status: status)
    case .refused(let why, let fault, let mayHaveArrived):
      return .parked(why: why, fault: fault, mayHaveArrived: mayHaveArrived)
    case .stopped:
      return .retry(
        at: now, why: "stopped while it was being sent; sent again under the same id", mayHaveArrived: true)
    case .again(let wait, let why, let mayHaveArrived):
      let fault: Settlement.Fault = end.refusal == nil ? .theirs : .ours
      return retry(after: wait, why, mayHaveArrived, fault: fault, at: now, jitter: jitter)
    }
  }

  /// A receiver that asks for more is asked again earlier.
  private static let longestWait: Double = 86_400

  private func retry(
    after wait: Double?, _ why: String, _ mayHaveArrived: Bool, fault: Settlement.Fault, at now: Timestamp,
    jitter: Double
  ) -> Settlement.Result {
    guard attempts < policy.maxAttempts else {
      return .parked(
        why: "\(why); given up after \(attempts) attempts", fault: fault, mayHaveArrived: mayHaveArrived)
    }
    let exponential = min(policy.maxSeconds, policy.baseSeconds * Double(1 << min(attempts - 1, 40)))
    // Our clock tells whole seconds: without one more, up to a second of what the receiver asked for would be missing.
    let asked = wait.map { min($0, Self.longestWait) + 1 } ?? 0
    let seconds = max(exponential * (0.5 + jitter / 2), asked)
    return .retry(at: now.adding(seconds: Int64(seconds.rounded(.up))), why: why, mayHaveArrived: mayHaveArrived)
  }
}

/// What a plain HTTP answer to a post means, where the receiver keeps to Standard Webhooks.
enum AnswerRule {
  /// Answers that say nothing of the reply: our secret, our address or our rights are wrong, and any other reply would be
  /// refused as well.
  static func refusesUs(_ outcome: TransportOutcome?) -> Bool {
    switch outcome {
    case .answered(let reply): refusesUs(reply.status)
    // Where the address leads, nothing is ever sent.
    case .failed(.blockedAddress, _, _): true
    case .failed, nil: false
    }
  }

  static func refusesUs(_ status: Int) -> Bool { [401, 403, 404, 405, 407].contains(status) }

  /// What to do about an address that the settings do not allow.
  static func blocked(_ what: String) -> String {
    "\(what): check webhook.url, or name the host in webhook.allow_hosts"
  }

  static func meaning(of outcome: TransportOutcome, at now: Timestamp) -> AttemptEnd.Meaning {
    switch outcome {
    case .answered(let reply): answered(reply, at: now)
    case .failed(let failure, let what, let mayHaveArrived):
      switch failure {
      case .badRequest: .refused(why: "\(failure.rawValue): \(what)", fault: .ours)
      case .blockedAddress: .again(afterSeconds: nil, why: blocked(what), mayHaveArrived: false)
      case .cancelled: .stopped(mayHaveArrived: mayHaveArrived)
      case .resolve, .connect, .tls, .timeout, .reset, .responseTooLarge, .other:
        .again(afterSeconds: nil, why: "\(failure.rawValue): \(what)", mayHaveArrived: mayHaveArrived)
      }
    }
  }

  private static func answered(_ reply: HTTPReply, at now: Timestamp) -> AttemptEnd.Meaning {
    switch reply.status {
    case 200..<300: return .shown(status: reply.status)
    case 300..<400:
      return .refused(why: "the receiver redirects (\(reply.status)); redirects are not followed", fault: .ours)
    // 409 under an Idempotency-Key: the first request is still at work.
    case 408, 409, 425, 429, 500...599:
      let wait = reply.header("Retry-After").flatMap { RetryAfter.seconds($0, now: now) }
      // An error may come after the deed; one that only names a limit comes instead of it.
      return .again(
        afterSeconds: wait, why: "the receiver answered \(reply.status)",
        mayHaveArrived: reply.status == 408 || reply.status >= 500)
    case let status where refusesUs(status):
      return .again(
        afterSeconds: nil,
        why: "the webhook refuses us (\(status)): check webhook.secret_file and webhook.url"
          + ClockDoubt.words(reply, now: now),
        mayHaveArrived: false)
    default:
      return .refused(
        why: "the receiver refuses it for good (\(reply.status))" + ClockDoubt.words(reply, now: now), fault: .theirs)
    }
  }
}
