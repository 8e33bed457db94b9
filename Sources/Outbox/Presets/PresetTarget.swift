public import ClosureModel
import FoundationEssentials

/// A ticket system that is spoken to by a preset.
///
/// Where the system shows a reply once per id, an attempt is one post. Where it does not, every attempt asks first: is a
/// comment with this reply's marker there already? Did somebody else write since the export? Only then it posts. That
/// holds whatever the ledger remembers of earlier attempts.
public struct PresetTarget: DeliveryTarget {
  let setup: PresetSetup
  let maker: RequestMaker
  /// Returns early, with false, when the task is cancelled.
  let pause: @Sendable (_ seconds: Double) async -> Bool

  /// - Parameter nonce: a text that is new at every call; signing kinds that forbid repeats use it.
  public init(
    _ setup: PresetSetup, nonce: @escaping @Sendable () -> String = Self.unique,
    pause: @escaping @Sendable (_ seconds: Double) async -> Bool = Self.sleep
  ) {
    self.setup = setup
    maker = RequestMaker(setup: setup, nonce: nonce)
    self.pause = pause
  }

  public static func unique() -> String { UUID().uuidString.lowercased() }

  public static func sleep(_ seconds: Double) async -> Bool {
    do {
      try await Task.sleep(for: .seconds(seconds))
      return true
    } catch { return false }
  }

  public var isIdempotent: Bool { setup.preset.isIdempotent }

  public var attemptSeconds: Double {
    let preset = setup.preset
    guard let look = preset.look, !preset.isIdempotent else {
      return setup.timeoutSeconds * Double(preset.post.count + preset.after.count)
    }
    // Looks before and after; pages and single comments beyond that are few, and answered faster than the time-out.
    let requests = preset.post.count + preset.after.count + 6
    return setup.timeoutSeconds * Double(requests) + 2 * look.waitSeconds
  }

  public func attempt(_ claim: ClaimedEntry, over transport: any WebhookTransport, at now: Timestamp) async
    -> AttemptEnd
  {
    let fields: PresetFields
    do throws(PayloadMistake) {
      fields = try setup.fields(of: claim.entry)
    } catch {
      return AttemptEnd(.refused(why: error.what, fault: .ours), last: nil)
    }
    var attempt = PresetAttempt(target: self, claim: claim, transport: transport, now: now, fields: fields)
    let meaning = setup.preset.isIdempotent ? await attempt.post() : await attempt.askThenPost()
    return AttemptEnd(meaning, last: attempt.last, refusal: attempt.refusal)
  }
}

/// One attempt at one reply.
struct PresetAttempt {
  let target: PresetTarget
  let claim: ClaimedEntry
  let transport: any WebhookTransport
  let now: Timestamp
  var fields: PresetFields
  private(set) var last: TransportOutcome?
  /// What the system refuses besides the reply.
  private(set) var refusal: AttemptEnd.Refusal?

  init(target: PresetTarget, claim: ClaimedEntry, transport: any WebhookTransport, now: Timestamp, fields: PresetFields)
  {
    self.target = target
    self.claim = claim
    self.transport = transport
    self.now = now
    self.fields = fields
  }

  var preset: Preset { target.setup.preset }

  // MARK: the order of things

  mutating func askThenPost() async -> AttemptEnd.Meaning {
    guard let look = preset.look, look.comments != nil else {
      guard !claim.isInDoubt else {
        return .refused(
          why: "an earlier attempt may have arrived, and the preset \(preset.name) has no rule to look for it",
          fault: .policy)
      }
      if let look = preset.look, let end = await self.end(of: self.look(look, thorough: false)) { return end }
      return await post()
    }
    if let end = await end(of: self.look(look, thorough: claim.isInDoubt)) { return end }
    if claim.isInDoubt {
      // Not there yet is not the same as not there: the system may still be working on it.
      guard await target.pause(look.waitSeconds) else { return .stopped(mayHaveArrived: true) }
      if let end = await end(of: self.look(look, thorough: true)) { return end }
    }
    let posted = await post()
    guard case .again(_, let why, mayHaveArrived: true) = posted, !Task.isCancelled else { return posted }
    guard await target.pause(look.waitSeconds) else { return posted }
    // Only to learn the good news at once; the next attempt asks again before it posts.
    switch await self.look(look, thorough: true) {
    case .found(let found): return await shown(found)
    case .clear, .changed, .unknown: return .again(afterSeconds: nil, why: why, mayHaveArrived: true)
    }
  }

  private mutating func end(of seen: Seen) async -> AttemptEnd.Meaning? {
    switch seen {
    case .clear: nil
    case .found(let found): await shown(found)
    case .changed(let why): .refused(why: "the ticket changed since it was read: \(why)", fault: .policy)
    case .unknown(let end): meaning(end, doubt: claim.isInDoubt)
    }
  }

  /// The reply is there, as it was read back.
  private mutating func shown(_ found: Found) async -> AttemptEnd.Meaning {
    if found.isPublicNote {
      refusal = .everything
      return .refused(
        why: "the note is there, but the customer can see it: give the user the right to set notes private, then hide"
          + " this one", fault: .ours, mayHaveArrived: true)
    }
    // Whoever wrote since set the status that the ticket should have.
    return found.isAnswered ? sent(status: 0) : await finish(status: 0)
  }

  /// The system took the reply, and only the reply itself proves that it kept it.
  private mutating func readBack(_ look: Look) async -> AttemptEnd.Meaning {
    switch await self.look(look, thorough: true) {
    case .found(let found): return await shown(found)
    case .unknown(.stopped): return .stopped(mayHaveArrived: true)
    case .unknown(let end): return meaning(end, doubt: true)
    case .clear, .changed:
      return .refused(
        why: "the system took the reply, but the ticket does not hold it: check the user's right to add it",
        fault: .ours, mayHaveArrived: true)
    }
  }

  /// The steps that send the reply, then those after it.
  mutating func post() async -> AttemptEnd.Meaning {
    var status = 0
    for step in preset.post where runs(step) {
      switch await run(step) {
      case .passed(let reply, _):
        status = reply.status
        if step.isReadBack, let look = preset.look { return await readBack(look) }
      case .done(let code): status = code
      case let end:
        let doubt = step.shows ? nil : false
        return meaning(end, doubt: doubt)
      }
    }
    return await finish(status: status)
  }

  /// The reply is there: what is left is repeated alone, the reply never.
  private mutating func finish(status: Int) async -> AttemptEnd.Meaning {
    for step in preset.after where runs(step) {
      switch await run(step) {
      case .passed, .done: continue
      case .again(let wait, let why, _):
        return .again(afterSeconds: wait, why: "the reply is there, but not \(step.name): \(why)", mayHaveArrived: true)
      case .shutOut(let why, _):
        return .again(afterSeconds: nil, why: "the reply is there, but not \(step.name): \(why)", mayHaveArrived: true)
      case .refused(let why, let fault, _):
        return .refused(
          why: "the reply is there, but not \(step.name): \(why)", fault: fault, mayHaveArrived: true)
      case .stopped: return .stopped(mayHaveArrived: true)
      }
    }
    return sent(status: status)
  }

  private func sent(status: Int) -> AttemptEnd.Meaning {
    if status != 0 { return .shown(status: status) }
    if case .answered(let reply) = last { return .shown(status: reply.status) }
    return .shown(status: 200)
  }

  /// - Parameter doubt: whether the reply may be there, whatever this request came to; nil: the request decides.
  private func meaning(_ end: StepEnd, doubt: Bool?) -> AttemptEnd.Meaning {
    switch end {
    case .passed(let reply, _): .shown(status: reply.status)
    case .done(let status): .shown(status: status)
    case .again(let wait, let why, let arrived):
      .again(afterSeconds: wait, why: why, mayHaveArrived: doubt ?? arrived)
    case .shutOut(let why, _): .again(afterSeconds: nil, why: why, mayHaveArrived: doubt ?? false)
    case .refused(let why, let fault, let arrived):
      .refused(why: why, fault: fault, mayHaveArrived: doubt ?? arrived)
    case .stopped(let arrived): .stopped(mayHaveArrived: doubt ?? arrived)
    }
  }

  // MARK: single requests

  private func runs(_ step: Step) -> Bool {
    (step.modes?.contains(target.setup.mode) ?? true) && step.needs.allSatisfy { fields[$0] != nil }
  }

  private mutating func run(_ step: Step) async -> StepEnd {
    let end = await send(step.request, step.success, step.answers, shows: step.shows)
    if case .passed(let reply, let json) = end { return keep(step.keep, reply, json, shows: step.shows) ?? end }
    return end
  }

  mutating func send(_ request: Request, _ success: Success, _ answers: [Answer], shows: Bool) async -> StepEnd {
    let made: WebhookRequest
    do throws(PayloadMistake) {
      made = try target.maker.make(request, fields, entry: claim.entry, at: now)
    } catch {
      return .refused(why: error.what, fault: .ours)
    }
    let outcome = await transport.send(made)
    last = outcome
    let end = StepRule.end(
      of: outcome, success: success, answers: answers, shows: shows, isIdempotent: preset.isIdempotent, fields, at: now)
    if case .shutOut(_, let refusal) = end { self.refusal = refusal } else { refusal = nil }
    return end
  }

  /// - Parameter shows: the request carried the reply, which is there then, whatever the answer lacks.
  /// - Returns: what is wrong when the answer does not hold a field that is to be kept.
  mutating func keep(_ keeps: [Keep], _ reply: HTTPReply, _ json: JSONValue?, shows: Bool) -> StepEnd? {
    for keep in keeps {
      let value: JSONValue? =
        switch keep.place {
        case .json(let pointer): json?.at(pointer)
        case .header(let name): reply.header(name).map { .string($0) }
        }
      guard let value, value.text != nil else {
        return .refused(
          why: "the answer \(reply.status) does not hold “\(keep.name)”", fault: .theirs, mayHaveArrived: shows)
      }
      fields["kept.\(keep.name)"] = value
    }
    return nil
  }
}
