import ClosureModel
import Foundation
import StoreSQLite
import TestSupport
import Testing

@Suite("What the ledger says needs a look")
struct WatchTests {
  private let now = Timestamp(epochSeconds: 1_795_233_600)

  private func record(_ id: String, _ outcome: Outcome, revision: String = "1", due: Int64?, reply: Bool) -> CaseRecord
  {
    CaseRecord(
      ticket: Ticket.ID(id), revision: Revision(rawValue: "sha256:\(revision)"), policy: "jdcloud@1",
      policyID: "jdcloud",
      outcome: outcome, line: "{}", due: due.map { now.adding(seconds: $0) },
      entry: reply
        ? OutboxEntry(
          key: IdempotencyKey(rawValue: "cd_\(id)_\(revision)"), ticket: Ticket.ID(id), outcome: outcome, payload: [1])
        : nil)
  }

  @Test(
    "Open deadlines are those of reviews and of replies that are not confirmed, by the latest decision, earliest first")
  func deadlines() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "closedesk-watch-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try SQLiteCaseStore(path: folder.appending(path: "ledger.sqlite").path)
    _ = try await store.record(
      [
        record("sent", .incomplete, due: 10, reply: true), record("queued", .incomplete, due: 200, reply: true),
        record("review", .review, due: 100, reply: false), record("solved", .review, due: 100, reply: false),
        record("far", .review, due: 5000, reply: false), record("never", .review, due: nil, reply: false),
        record("scope", .outOfScope, due: 50, reply: false), record("parked", .ineligible, due: -30, reply: true),
      ], at: now)
    _ = try await store.record([record("solved", .withdrawn, revision: "2", due: 100, reply: false)], at: now)
    for claim in try await store.claim(limit: 10, at: now, leaseSeconds: 60) {
      let result: Settlement.Result =
        switch claim.entry.ticket.rawValue {
        case "sent": .confirmed(status: 200)
        case "parked": .parked(why: "refused", fault: .theirs)
        default: .released
        }
      _ = try await store.settle(
        [Settlement(key: claim.entry.key, token: claim.token, result: result)], at: now)
    }
    let found = try await store.deadlines(in: now.adding(seconds: -60)...now.adding(seconds: 1000))
    #expect(found.map(\.ticket.rawValue) == ["parked", "review", "queued"])
    #expect(found.map(\.waitsFor) == [.reply, .person, .reply])
    #expect(try await store.deadlines(in: now...now.adding(seconds: 150)).map(\.ticket.rawValue) == ["review"])
    let parked = try await store.parked(limit: 10)
    #expect(parked.total == 1 && parked.byFault == [.theirs: 1] && parked.first.map(\.ticket.rawValue) == ["parked"])
    #expect(try await store.parked(limit: 0).first == [])
  }
}
