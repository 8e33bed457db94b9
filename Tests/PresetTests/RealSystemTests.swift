import ClosureModel
import DeliverCurl
import Foundation
import Testing

@testable import Outbox

@Suite("Real ticket systems", .serialized, .timeLimit(.minutes(10)), .tags(.slow, .safety))
struct RealSystemTests {
  @Test(
    "Whatever is lost on the way, the customer sees exactly one reply",
    arguments: RealSystem.Kind.allCases.filter { $0.absence == nil })
  func onlyOnce(_ kind: RealSystem.Kind) async throws {
    let system = try RealSystem(kind)
    let target = try system.target()
    for faults in [
      [], [Fault.lostBefore], [.lostAfter], [.cutOff], [.storedLate], [.badGateway], [.lostBefore, .lostAfter],
    ] {
      let ticket = try await system.makeTicket()
      let entry = OutboxEntry.invented(ticket: ticket, key: "cd_\(faults)", asOf: try await system.lastChange(ticket))
      for fault in faults { system.proxy.fail(fault) }
      var claim = ClaimedEntry(entry: entry, token: 1, attempts: 0)
      var ends: [AttemptEnd.Meaning] = []
      for attempt in 1...4 {
        let end = await target.attempt(claim, over: system.transport, at: .moment).meaning
        ends.append(end)
        guard case .again(_, _, let mayHaveArrived) = end else { break }
        claim = ClaimedEntry(entry: entry, token: 1, attempts: attempt, isInDoubt: mayHaveArrived)
      }
      guard case .shown = ends.last else {
        Issue.record("\(faults): \(ends)")
        continue
      }
      #expect(try await system.shown(ticket, Marker.code(entry.key)) == 1, "\(faults): \(ends)")
      // The program was killed before it wrote the result down; the ledger may even have forgotten the doubt.
      for inDoubt in [true, false] {
        let again = ClaimedEntry(entry: entry, token: 2, attempts: 0, isInDoubt: inDoubt)
        let end = await target.attempt(again, over: system.transport, at: .moment).meaning
        guard case .shown = end else {
          Issue.record("\(faults), asked again: \(end)")
          continue
        }
      }
      #expect(try await system.shown(ticket, Marker.code(entry.key)) == 1)
    }
  }

  @Test(
    "A ticket that somebody else changed is not answered",
    arguments: RealSystem.Kind.allCases.filter { $0.absence == nil })
  func changed(_ kind: RealSystem.Kind) async throws {
    let system = try RealSystem(kind)
    let target = try system.target(timeout: 10)
    func attempt(_ ticket: String, _ key: String, asOf: Timestamp?) async -> AttemptEnd.Meaning {
      let entry = OutboxEntry.invented(ticket: ticket, key: key, asOf: asOf)
      return await target.attempt(
        ClaimedEntry(entry: entry, token: 1, attempts: 0), over: system.transport, at: .moment
      )
      .meaning
    }
    func isPolicy(_ end: AttemptEnd.Meaning, _ words: String) -> Bool {
      if case .refused(let why, .policy, _) = end { why.contains(words) } else { false }
    }
    // A comment later than the export, also one that quotes an earlier reply of ours.
    for text in ["我改主意了，不注销了", "> [CD-7F3KQ2MZ8W]\n不注销了 CD-7F3KQ2MZ8W"] {
      let ticket = try await system.makeTicket()
      let read = try await system.lastChange(ticket).adding(seconds: -61)
      if kind == .roundup || text.hasPrefix("我") { try await system.comment(ticket, text) }
      let end = await attempt(ticket, "cd_c", asOf: read)
      if kind == .roundup || text.hasPrefix("我") { #expect(isPolicy(end, "later"), "\(end)") }
    }
    let closed = try await system.makeTicket()
    try await system.close(closed)
    #expect(isPolicy(await attempt(closed, "cd_d", asOf: nil), "closed"))
    let closedAt = try await system.lastChange(closed)
    #expect(isPolicy(await attempt(closed, "cd_d", asOf: closedAt), "closed"))
    // An earlier reply of ours is no change by somebody else.
    let ticket = try await system.makeTicket()
    let read = try await system.lastChange(ticket)
    for key in ["cd_e", "cd_f"] {
      let end = await attempt(ticket, key, asOf: read)
      guard case .shown = end else {
        Issue.record("\(key): \(end)")
        continue
      }
    }
    #expect(try await system.shown(ticket, "CD-") == 2)
    // One that nobody knows.
    guard case .refused(_, .theirs, _) = await attempt("99999", "cd_g", asOf: nil) else {
      Issue.record("an unknown ticket was answered")
      return
    }
  }

  @Test(
    "What comes in between the reading of a ticket and the reply is read first, not answered blindly",
    arguments: RealSystem.Kind.allCases.filter { $0.absence == nil })
  func inBetween(_ kind: RealSystem.Kind) async throws {
    let system = try RealSystem(kind)
    let target = try system.target(timeout: 10)
    let ticket = try await system.makeTicket()
    let change = try await system.lastChange(ticket)
    // Comments of the export's own minute count as read: the second look is by an export of a minute before.
    func claim(_ asOf: Timestamp) -> ClaimedEntry {
      ClaimedEntry(entry: .invented(ticket: ticket, key: "cd_h", asOf: asOf), token: 1, attempts: 0)
    }
    let code = Marker.code(IdempotencyKey(rawValue: "cd_h"))
    // Somebody writes after the last GET and before whatever changes the ticket.
    let meddling = Meddling(inner: system.transport) { request in
      guard request.method == (kind == .rt5 ? "PUT" : "PATCH") else { return false }
      try? await system.comment(ticket, "我改主意了，不注销了")
      return true
    }
    let first = await target.attempt(claim(change), over: meddling, at: .moment).meaning
    guard case .again(_, let why, mayHaveArrived: false) = first, why.contains("somebody changed") else {
      Issue.record("\(first)")
      return
    }
    #expect(try await system.shown(ticket, code) == 0)
    let second = await target.attempt(claim(change.adding(seconds: -61)), over: system.transport, at: .moment).meaning
    guard case .refused(let reason, .policy, _) = second else {
      Issue.record("\(second)")
      return
    }
    #expect(reason.contains("later"), "\(reason)")
    #expect(try await system.shown(ticket, code) == 0)
  }

  @Test(
    "The status is set after the reply, and a status that the system does not have is told",
    arguments: RealSystem.Kind.allCases.filter { $0.absence == nil })
  func status(_ kind: RealSystem.Kind) async throws {
    let system = try RealSystem(kind)
    let ticket = try await system.makeTicket()
    let entry = OutboxEntry.invented(ticket: ticket)
    let claim = ClaimedEntry(entry: entry, token: 1, attempts: 0)
    let wrong = try system.target(timeout: 10, values: ["status_pending": kind == .rt5 ? "nosuch" : "77"])
    let end = await wrong.attempt(claim, over: system.transport, at: .moment).meaning
    guard case .refused(let why, _, _) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(why.contains("the reply is there"))
    let right = try system.target(timeout: 10, values: ["status_pending": kind == .rt5 ? "stalled" : "4"])
    let mended = await right.attempt(claim, over: system.transport, at: .moment).meaning
    guard case .shown = mended else {
      Issue.record("\(mended)")
      return
    }
    #expect(try await system.status(ticket) == (kind == .rt5 ? "stalled" : "4"))
    #expect(try await system.shown(ticket, Marker.code(entry.key)) == 1)
  }

  @Test(
    "A wrong secret is our fault, and nothing is sent", arguments: RealSystem.Kind.allCases.filter { $0.absence == nil }
  )
  func secret(_ kind: RealSystem.Kind) async throws {
    let system = try RealSystem(kind)
    let ticket = try await system.makeTicket()
    let preset = try system.target().setup
    let setup = try PresetSetup(
      preset: preset.preset, mode: .public, url: preset.url,
      values: kind == .rt5
        ? ["user": "closedesk"] : ["user": "closedesk", "user_id": system.number, "origin": system.proxy.url],
      secrets: ["wrong"], timeoutSeconds: 5, connectTimeoutSeconds: 2)
    let claim = ClaimedEntry(entry: .invented(ticket: ticket), token: 1, attempts: 0)
    let end = await PresetTarget(setup).attempt(claim, over: system.transport, at: .moment).meaning
    guard case .refused(_, .ours, _) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(try await system.shown(ticket, "CD-") == 0)
  }

  @Test(
    "Systems that are not installed here are named", arguments: RealSystem.Kind.allCases.filter { $0.absence != nil })
  func absent(_ kind: RealSystem.Kind) {
    withKnownIssue("\(kind.rawValue) was not tried: \(kind.absence ?? "")", isIntermittent: true) {}
  }
}
