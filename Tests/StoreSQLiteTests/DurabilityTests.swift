import ClosureModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import StoreSQLite

@Suite("What the ledger has acknowledged is on the disk")
struct DurabilityTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("ledger.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  @Test("Every connection that writes waits for the disk: new, opened again, and in another journal mode before")
  func full() async throws {
    for again in [false, true] {
      let store = try SQLiteCaseStore(path: path)
      let modes = try await store.write { database in
        (
          try Int.fetchOne(database, sql: "PRAGMA synchronous"),
          try String.fetchOne(database, sql: "PRAGMA journal_mode")
        )
      }
      #expect(modes.0 == 2, "synchronous is not FULL, opened again: \(again)")
      #expect(modes.1 == "wal")
      try store.close()
    }
    let queue = try DatabaseQueue(path: path)
    #expect(try await queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") } == "delete")
    try queue.close()
    let store = try SQLiteCaseStore(path: path)
    #expect(try await store.write { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
  }

  @Test("Opening a ledger that is as it should be writes nothing")
  func opening() async throws {
    let store = try SQLiteCaseStore(path: path)
    _ = try await store.record([.sample()], at: .sample)
    try store.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let again = try SQLiteCaseStore(path: path)
    #expect(try again.isIdle(until: .sample) == false)
    let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    #expect(log == 0, "the log has \(log ?? -1) bytes")
    try again.close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test("Closed, the ledger is one file again; later calls are refused and change nothing")
  func closing() async throws {
    let store = try SQLiteCaseStore(path: path)
    _ = try await store.record([.sample()], at: .sample)
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    try store.close()
    for suffix in ["-wal", "-shm"] { #expect(!FileManager.default.fileExists(atPath: path + suffix), "\(suffix)") }
    await #expect(throws: StoreError.self) { try await store.record([.sample("T-2")], at: .sample) }
    try store.close()
    #expect(try await SQLiteCaseStore.openReadOnly(path: path).status().outbox == [.queued: 1])
  }

  @Test("A ledger is idle only where nothing is due by then, held, or let go by a reply that was confirmed")
  func idle() async throws {
    let store = try SQLiteCaseStore(path: path)
    let later = Timestamp.sample.adding(seconds: 1000)
    #expect(try store.isIdle(until: later))
    _ = try await store.record([.sample()], at: .sample)
    #expect(try !store.isIdle(until: .sample))
    #expect(try store.isIdle(until: Timestamp.sample.adding(seconds: -1)))
    let claim = try #require(try await store.claim(limit: 1, at: .sample, leaseSeconds: 5000).first)
    #expect(try !store.isIdle(until: .sample), "held by a run")
    #expect(try await store.markSent([claim], at: .sample) == [true])
    #expect(try !store.isIdle(until: .sample), "sent, and its end unknown")
    let retry = Settlement.Result.retry(
      at: later, why: "answered 503", mayHaveArrived: false)
    _ = try await store.settle([Settlement(key: claim.entry.key, token: claim.token, result: retry)], at: .sample)
    #expect(try store.isIdle(until: later.adding(seconds: -1)))
    #expect(try !store.isIdle(until: later))
    let second = try #require(try await store.claim(limit: 1, at: later, leaseSeconds: 60).first)
    let confirmed = Settlement(key: second.entry.key, token: second.token, result: .confirmed(status: 200))
    #expect(try await store.settle([confirmed], at: later) == 1)
    #expect(try store.isIdle(until: later.adding(seconds: 1_000_000)))
  }

  @Test("A mail beside a reply makes the ledger busy once the reply is confirmed, and until the mail's end")
  func mails() async throws {
    let store = try SQLiteCaseStore(path: path)
    let sample = CaseRecord.sample()
    let mail = OutboxEntry(
      key: IdempotencyKey(rawValue: "cm_\(String(repeating: "ab", count: 20))"), ticket: sample.ticket,
      outcome: sample.outcome, payload: [1])
    let record = CaseRecord(
      ticket: sample.ticket, revision: sample.revision, policy: sample.policy, policyID: sample.policyID,
      outcome: sample.outcome, line: sample.line, due: sample.due, entry: sample.entry,
      mail: MailRecord(entry: mail, obstacle: nil))
    _ = try await store.record([record], at: .sample)
    let before = Timestamp.sample.adding(seconds: -1)
    #expect(try store.isIdle(until: before), "both wait")
    let claim = try #require(try await store.claim(limit: 1, at: .sample, leaseSeconds: 60).first)
    let confirmed = Settlement(key: claim.entry.key, token: claim.token, result: .confirmed(status: 200))
    #expect(try await store.settle([confirmed], at: .sample) == 1)
    #expect(try !store.isIdle(until: before), "the reply is confirmed")
    try await store.mails.release(at: .sample)
    let letter = try #require(try await store.mails.claim(limit: 1, at: .sample, leaseSeconds: 60).first)
    #expect(try !store.isIdle(until: before), "the mail is held")
    let gone = Settlement(key: letter.entry.key, token: letter.token, result: .confirmed(status: 250))
    #expect(try await store.mails.settle([gone], at: .sample) == 1)
    #expect(try store.isIdle(until: .sample))
  }
}
