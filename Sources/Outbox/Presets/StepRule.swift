import ClosureModel

/// What came of one request of a preset.
enum StepEnd: Sendable, Hashable {
  case passed(HTTPReply, JSONValue?)
  /// What the step was to do is done already.
  case done(status: Int)
  /// - `mayHaveArrived`: the request may have done its work all the same.
  case again(afterSeconds: Double?, why: String, mayHaveArrived: Bool)
  /// Not this reply is refused, but us: worth another attempt once the settings or the rights are mended.
  case shutOut(why: String, AttemptEnd.Refusal)
  case refused(why: String, fault: Settlement.Fault, mayHaveArrived: Bool = false)
  case stopped(mayHaveArrived: Bool)
}

enum StepRule {
  /// - Parameters:
  ///   - shows: the request carries the reply: an answer that leaves open whether it was stored is a doubt.
  ///   - isIdempotent: the address is the same for every reply, and so are 404, 405 and 409 what they are for webhooks.
  static func end(
    of outcome: TransportOutcome, success: Success, answers: [Answer], shows: Bool, isIdempotent: Bool = false,
    _ fields: PresetFields, at now: Timestamp
  ) -> StepEnd {
    switch outcome {
    case .failed(let failure, let what, let arrived):
      switch failure {
      case .badRequest: return .refused(why: "\(failure.rawValue): \(what)", fault: .ours)
      case .blockedAddress:
        return .shutOut(why: AnswerRule.blocked(what), .credentials)
      case .cancelled: return .stopped(mayHaveArrived: arrived)
      case .resolve, .connect, .tls, .timeout, .reset, .responseTooLarge, .other:
        return .again(afterSeconds: nil, why: "\(failure.rawValue): \(what)", mayHaveArrived: arrived)
      }
    case .answered(let reply): return answered(reply, success, answers, shows, isIdempotent, fields, now)
    }
  }

  private static func answered(
    _ reply: HTTPReply, _ success: Success, _ answers: [Answer], _ shows: Bool, _ isIdempotent: Bool,
    _ fields: PresetFields, _ now: Timestamp
  ) -> StepEnd {
    let json = JSONValue(parsing: reply.body)
    func wait() -> Double? { reply.header("Retry-After").flatMap { RetryAfter.seconds($0, now: now) } }
    for rule in answers where rule.statuses.isEmpty || rule.statuses.contains(where: { $0 ~= reply.status }) {
      guard rule.conditions.allSatisfy({ condition in json.map { condition.holds($0, fields) } ?? false }) else {
        continue
      }
      let why = "\(rule.why) (\(reply.status))"
      return switch rule.means {
      case .done: .done(status: reply.status)
      case .again: .again(afterSeconds: wait(), why: why, mayHaveArrived: false)
      case .credentials: .shutOut(why: why, .credentials)
      case .theirs: .refused(why: why, fault: .theirs)
      case .ours: .refused(why: why, fault: .ours)
      case .changed: .refused(why: "the ticket changed since it was read: \(why)", fault: .policy)
      }
    }
    if success.statuses.contains(where: { $0 ~= reply.status }) {
      guard !success.conditions.isEmpty else { return .passed(reply, json) }
      guard let json else {
        return .again(
          afterSeconds: nil, why: "the answer \(reply.status) is no JSON, or cut off", mayHaveArrived: shows)
      }
      if let missed = success.conditions.first(where: { !$0.holds(json, fields) }) {
        return .refused(
          why: "the answer \(reply.status) is no success: \(missed.at.text) says otherwise", fault: .theirs)
      }
      return .passed(reply, json)
    }
    switch reply.status {
    case 200..<300:
      // Not the answer of this system: a login page, a proxy.
      return .again(
        afterSeconds: nil, why: "the answer \(reply.status) is not what this system gives", mayHaveArrived: shows)
    case 300..<400:
      return .refused(why: "the system redirects (\(reply.status)); redirects are not followed", fault: .ours)
    case 401, 403, 407:
      return .shutOut(
        why: "the system does not let us in (\(reply.status)): check the secret and its rights"
          + ClockDoubt.words(reply, now: now), reply.status == 403 && !isIdempotent ? .rights : .credentials)
    case 404 where isIdempotent, 405 where isIdempotent:
      return .shutOut(why: "nothing takes events there (\(reply.status)): check webhook.url", .credentials)
    // Under the id that was sent: the first request is still at work.
    case 409 where isIdempotent:
      return .again(afterSeconds: wait(), why: "the system answered 409", mayHaveArrived: false)
    case 404, 410: return .refused(why: "the system does not know the ticket (\(reply.status))", fault: .theirs)
    case 408: return .again(afterSeconds: wait(), why: "the system answered 408", mayHaveArrived: shows)
    case 425, 429:
      return .again(afterSeconds: wait(), why: "the system answered \(reply.status)", mayHaveArrived: false)
    // A gateway says so too when the system behind it took the reply and then fell silent.
    case 500...599:
      return .again(afterSeconds: wait(), why: "the system answered \(reply.status)", mayHaveArrived: shows)
    default:
      return .refused(
        why: "the system refuses it for good (\(reply.status))" + ClockDoubt.words(reply, now: now), fault: .theirs)
    }
  }
}
