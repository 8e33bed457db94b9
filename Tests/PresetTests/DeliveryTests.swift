import ClosureModel
import Foundation
import Synchronization
import Testing

@testable import Outbox

@Suite("Delivery into systems that know no repeats", .timeLimit(.minutes(3)), .tags(.safety))
struct DeliveryTests {
  private func attempt(_ desk: PlayedDesk, _ claim: ClaimedEntry, _ mode: Preset.Mode = .public) async throws
    -> AttemptEnd.Meaning
  {
    try await desk.target(mode).attempt(claim, over: desk.transport, at: .moment).meaning
  }

  private func entry(_ name: String, key: String = "cd_1", asOf: Timestamp? = .moment) -> OutboxEntry {
    .invented(ticket: Shipped.ticket(name), key: key, asOf: asOf)
  }

  @Test("Whatever is lost on the way, the ticket holds exactly one reply", arguments: PlayedDesk.names)
  func onlyOnce(_ name: String) async throws {
    for fault in [nil] + Fault.allCases.map(Optional.some) {
      let desk = try PlayedDesk(name)
      let entry = entry(name)
      if let fault { desk.server.fail(fault) }
      var claim = ClaimedEntry(entry: entry, token: 1, attempts: 0)
      var ends: [AttemptEnd.Meaning] = []
      for attempts in 1...3 {
        let end = try await attempt(desk, claim)
        ends.append(end)
        guard case .again(_, _, let mayHaveArrived) = end else { break }
        claim = ClaimedEntry(entry: entry, token: 1, attempts: attempts, isInDoubt: mayHaveArrived)
      }
      guard case .shown = ends.last else {
        Issue.record("\(String(describing: fault)): \(ends)")
        continue
      }
      // Killed before the result was written down: claimed again, in doubt or with the doubt forgotten.
      for inDoubt in [true, false] {
        let end = try await attempt(desk, ClaimedEntry(entry: entry, token: 2, attempts: 0, isInDoubt: inDoubt))
        guard case .shown = end else {
          Issue.record("\(String(describing: fault)), asked again: \(end)")
          continue
        }
      }
      #expect(desk.count(Marker.code(entry.key)) == 1, "\(String(describing: fault)): \(ends)")
    }
  }

  @Test("A ticket that somebody else wrote to, or closed, is left to people", arguments: PlayedDesk.names)
  func changed(_ name: String) async throws {
    func expectPolicy(_ desk: PlayedDesk, _ words: String) async throws {
      let end = try await attempt(desk, ClaimedEntry(entry: entry(name, key: "cd_2"), token: 1, attempts: 0))
      guard case .refused(let why, .policy, _) = end, why.contains(words) else {
        Issue.record("\(words): \(end)")
        return
      }
      #expect(!desk.server.calls.contains { PlayedDesk.isShowing(name, $0) })
    }
    for text in ["我改主意了，不注销了", "不注销了。\n> 请补充材料 [CD-7F3KQ2MZ8W]"] {
      let desk = try PlayedDesk(name)
      desk.comment(text)
      try await expectPolicy(desk, "later")
    }
    let closed = try PlayedDesk(name)
    closed.state.withLock {
      $0.status = ["zendesk": "solved", "freshdesk": "5", "jira-service-management": "Done"][name] ?? "closed"
    }
    try await expectPolicy(closed, "closed")
    // Nothing tells there who wrote a comment.
    guard name != "aliyun-workorder" else { return }
    // An earlier reply of ours is no change.
    let own = try PlayedDesk(name)
    own.comment("您好。\n[CD-7F3KQ2MZ8W]", byUs: true)
    let end = try await attempt(own, ClaimedEntry(entry: entry(name, key: "cd_3"), token: 1, attempts: 0))
    guard case .shown = end else {
      Issue.record("\(end)")
      return
    }
    #expect(own.count(Marker.code(IdempotencyKey(rawValue: "cd_3"))) == 1)
  }

  @Test(
    "Comments are read to the last one, however few a system puts on a page",
    arguments: ["zendesk", "freshdesk", "jira-service-management"])
  func pages(_ name: String) async throws {
    for (cap, isSilent) in [(50, false), (50, true), (1, false), (11, true), (100, true)] {
      func desk(_ last: (PlayedDesk) -> Void) throws -> PlayedDesk {
        let desk = try PlayedDesk(name)
        desk.state.withLock { state in
          (state.cap, state.isSilent) = (cap, isSilent)
          let count = cap == 1 ? 10 : 55
          state.comments = (0..<count).map {
            PlayedDesk.Comment(
              text: "第 \($0) 条", time: Timestamp.moment.epochSeconds - 9000 + Int64($0), byUs: false, isSeen: true)
          }
        }
        last(desk)
        return desk
      }
      let refused = try desk { $0.comment("先停一下，不要注销") }
      let end = try await attempt(refused, ClaimedEntry(entry: entry(name), token: 1, attempts: 0))
      guard case .refused(let why, .policy, _) = end, why.contains("later") else {
        Issue.record("cap \(cap), silent \(isSilent): \(end)")
        continue
      }
      // Ours is there already: the answer to the post was lost.
      let told = try desk { $0.comment("您好。 \(Marker.code(IdempotencyKey(rawValue: "cd_1")))", byUs: true) }
      let again = try await attempt(told, ClaimedEntry(entry: entry(name), token: 1, attempts: 1, isInDoubt: true))
      guard case .shown = again else {
        Issue.record("cap \(cap), silent \(isSilent), again: \(again)")
        continue
      }
      #expect(told.count(Marker.code(entry(name).key)) == 1)
    }
  }

  @Test("A system that gives the same page again is not believed to have no more", arguments: ["freshdesk", "zendesk"])
  func stubborn(_ name: String) async throws {
    let desk = try PlayedDesk(name)
    desk.comment("您好", byUs: false)
    desk.state.withLock { ($0.isStubborn, $0.isSilent) = (true, true) }
    let end = try await attempt(
      desk,
      ClaimedEntry(entry: entry(name, asOf: .moment.adding(seconds: 9000)), token: 1, attempts: 1, isInDoubt: true))
    guard case .refused(let why, .ours, _) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(why.contains("look.comments"))
    #expect(!desk.server.calls.contains { PlayedDesk.isShowing(name, $0) })
  }

  @Test("A note is none that the customer sees", arguments: PlayedDesk.names)
  func notes(_ name: String) async throws {
    for mode in [Preset.Mode.note, .draft] where try Shipped.preset(name).modes[mode] != nil {
      let desk = try PlayedDesk(name)
      let end = try await attempt(desk, ClaimedEntry(entry: entry(name), token: 1, attempts: 0), mode)
      guard case .shown = end else {
        Issue.record("\(end)")
        continue
      }
      let (seen, status) = desk.state.withLock { ($0.comments.map(\.isSeen), $0.status) }
      #expect(seen == [false])
      #expect(status == "open", "a note leaves the status alone")
    }
  }

  @Test("A failed status is repeated alone; the reply is not posted again")
  func status() async throws {
    let desk = try PlayedDesk("redmine5")
    let setup = try Shipped.setup("redmine5", url: desk.server.url, values: ["status_pending": "4"], timeout: 2)
    let target = PresetTarget(setup, pause: { _ in true })
    // This Redmine answers 204 to any status and keeps its own.
    let claim = ClaimedEntry(entry: entry("redmine5"), token: 1, attempts: 0)
    for _ in 1...3 {
      let end = await target.attempt(claim, over: desk.transport, at: .moment).meaning
      guard case .refused(let why, _, _) = end else {
        Issue.record("\(end)")
        return
      }
      #expect(why.contains("the reply is there"))
    }
    #expect(desk.count("CD-") == 1)
  }

  @Test(
    "What an answer means, whatever its status says",
    arguments: [
      ("aliyun-workorder", 200, #"{"Code":"Throttling.User","Success":false}"#, "again"),
      ("aliyun-workorder", 200, #"{"Code":"TicketNotFound","Success":false}"#, "theirs"),
      ("aliyun-workorder", 400, #"{"Code":"SignatureDoesNotMatch"}"#, "credentials"),
      ("aliyun-workorder", 404, #"{"Code":"InvalidAccessKeyId.NotFound"}"#, "credentials"),
      ("aliyun-workorder", 200, #"{"Code":"200","Succ"#, "doubt"),
      ("aliyun-workorder", 200, "<html>login</html>", "doubt"),
      ("zendesk", 409, "{}", "again"), ("zendesk", 422, "{}", "theirs"), ("zendesk", 429, "{}", "again"),
      ("zendesk", 200, #"{"ticket":{"id":43}}"#, "theirs"), ("zammad", 401, "{}", "credentials"),
      ("zammad", 403, "", "rights"), ("redmine5", 407, "", "credentials"),
      ("zammad", 302, "", "ours"), ("freshdesk", 404, "", "theirs"), ("freshdesk", 202, "", "doubt"),
      ("redmine5", 422, #"{"errors":[]}"#, "theirs"), ("chatwoot", 500, "", "doubt"), ("freescout", 503, "", "doubt"),
      ("jira-service-management", 408, "", "doubt"), ("jira-service-management", 425, "", "again"),
    ])
  func answers(_ name: String, _ status: Int, _ body: String, _ meaning: String) async throws {
    let desk = try PlayedDesk(name)
    desk.state.withLock { $0.answers = [Play(status, body)] }
    let whole = try await desk.target().attempt(
      ClaimedEntry(entry: entry(name), token: 1, attempts: 0), over: desk.transport, at: .moment)
    let end = whole.meaning
    let word =
      switch end {
      case .again(_, _, mayHaveArrived: true): "doubt"
      case .again where whole.refusal == .credentials: "credentials"
      case .again where whole.refusal == .rights: "rights"
      case .again: "again"
      case .refused(_, let fault, _): fault.rawValue
      case .shown: "shown"
      case .stopped: "stopped"
      }
    #expect(word == meaning, "\(end)")
  }

  @Test(
    "A refusal of whoever asks is told from one of the ticket when the ticket is read, too",
    arguments: [
      ("aliyun-workorder", 400, #"{"Code":"Throttling.User"}"#, AttemptEnd.Refusal?.none, true),
      ("aliyun-workorder", 404, #"{"Code":"InvalidAccessKeyId.NotFound"}"#, .credentials, true),
      ("aliyun-workorder", 400, #"{"Code":"SignatureDoesNotMatch"}"#, .credentials, true),
      ("zammad", 401, "", .credentials, true), ("zammad", 403, "", .rights, true), ("zammad", 404, "", nil, false),
    ])
  func reading(_ name: String, _ status: Int, _ body: String, _ refusal: AttemptEnd.Refusal?, _ isKept: Bool)
    async throws
  {
    let server = try DeskServer(isFaulty: { _ in false }) { _ in Play(status, body) }
    defer { server.stop() }
    let desk = try PlayedDesk(name)
    let target = PresetTarget(try Shipped.setup(name, url: server.url, timeout: 2), pause: { _ in true })
    for isInDoubt in [false, true] {
      let end = await target.attempt(
        ClaimedEntry(entry: entry(name), token: 1, attempts: 0, isInDoubt: isInDoubt), over: desk.transport,
        at: .moment)
      #expect(end.refusal == refusal)
      switch end.meaning {
      case .again(_, _, let mayHaveArrived): #expect(isKept && mayHaveArrived == isInDoubt, "\(end)")
      case .refused(_, .theirs, let mayHaveArrived): #expect(!isKept && mayHaveArrived == isInDoubt, "\(end)")
      default: Issue.record("\(end)")
      }
    }
  }

  @Test(
    "Brokers are refused us, and asked again, as webhooks are",
    arguments: [(401, true), (403, true), (404, true), (405, true), (407, true), (409, false)])
  func brokers(_ status: Int, _ isUs: Bool) async throws {
    let server = try DeskServer(isFaulty: { _ in false }) { _ in Play(status) }
    defer { server.stop() }
    let desk = try PlayedDesk("zammad")
    for name in ["cloudevents", "generic"] {
      let target = PresetTarget(try Shipped.setup(name, url: server.url, timeout: 2))
      let end = await target.attempt(
        ClaimedEntry(entry: entry(name), token: 1, attempts: 0), over: desk.transport, at: .moment)
      guard case .again(_, _, mayHaveArrived: false) = end.meaning else {
        Issue.record("\(end)")
        continue
      }
      #expect((end.refusal == .credentials) == isUs)
    }
  }

  @Test("Redmine's 204 proves nothing: a note that it dropped is not taken for sent, and not sent blindly again")
  func dropped() async throws {
    let desk = try PlayedDesk("redmine5")
    desk.state.withLock { $0.dropsReplies = true }
    let end = try await attempt(desk, ClaimedEntry(entry: entry("redmine5"), token: 1, attempts: 0))
    guard case .refused(let why, .ours, mayHaveArrived: true) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(why.contains("right"))
    #expect(desk.server.calls.count { PlayedDesk.isShowing("redmine5", $0) } == 1)
  }

  @Test("A note that the customer can see stops the round after one")
  func publicNote() async throws {
    let desk = try PlayedDesk("redmine5")
    desk.state.withLock { $0.showsNotes = true }
    let end = try await desk.target(.note).attempt(
      ClaimedEntry(entry: entry("redmine5"), token: 1, attempts: 0), over: desk.transport, at: .moment)
    guard case .refused(let why, .ours, mayHaveArrived: true) = end.meaning else {
      Issue.record("\(end)")
      return
    }
    #expect(why.contains("private") && end.refusal == .everything)
    var gate = EndpointGate(most: 8)
    gate.ended(end, now: .moment, at: 0)
    #expect(gate.refusesUs)
    // What was under way and ends well changes nothing about it.
    gate.ended(
      AttemptEnd(.shown(status: 200), last: .answered(HTTPReply(status: 200)), refusal: nil), now: .moment, at: 1)
    #expect(gate.refusesUs)
  }

  @Test(
    "A status that was left over is not set on a ticket that somebody wrote to after the reply",
    arguments: [true, false])
  func answered(_ isAnswered: Bool) async throws {
    let desk = try PlayedDesk("zendesk")
    let entry = entry("zendesk")
    desk.comment("您好。\n[\(Marker.code(entry.key))]", byUs: true)
    if isAnswered { desk.comment("材料已补充") }
    let end = try await attempt(desk, ClaimedEntry(entry: entry, token: 1, attempts: 1, isInDoubt: true))
    guard case .shown = end else {
      Issue.record("\(end)")
      return
    }
    #expect(desk.state.withLock { $0.status } == (isAnswered ? "open" : "pending"))
    #expect(desk.count(Marker.code(entry.key)) == 1)
  }

  @Test("Where nothing can be looked up, a doubt is left to people")
  func blind() async throws {
    let text = """
      preset: own
      title: own
      source: none
      tried: never
      ticket: any
      idempotent: false
      auth: { kind: none }
      modes: { public: {} }
      post:
        - { name: one, request: { method: POST, url: "{url}", json: { text: "{reply}" } }, success: { status: 201 } }
      """
    let desk = try PlayedDesk("zammad")
    let setup = try PresetSetup(
      preset: PresetLoader.load(text: text, file: "own.yaml"), mode: .public, url: desk.server.url, values: [:],
      secrets: [],
      timeoutSeconds: 2, connectTimeoutSeconds: 1)
    let target = PresetTarget(setup)
    let sure = await target.attempt(
      ClaimedEntry(entry: entry("generic"), token: 1, attempts: 0), over: desk.transport, at: .moment)
    #expect(sure.meaning == .shown(status: 201))
    let doubt = await target.attempt(
      ClaimedEntry(entry: entry("generic"), token: 1, attempts: 1, isInDoubt: true), over: desk.transport, at: .moment)
    guard case .refused(_, .policy, _) = doubt.meaning else {
      Issue.record("\(doubt)")
      return
    }
    #expect(desk.server.calls.count == 1)
  }
}
