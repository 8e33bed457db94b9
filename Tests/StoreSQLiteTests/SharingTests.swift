import ClosureModel
import Foundation
import StoreSQLite
import TestSupport
import Testing

@Suite("Two runs on one ledger")
struct SharingTests {
  @Test("Claiming at the same time, each entry has exactly one holder")
  func claims() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite")
    let stores = try (0..<3).map { _ in try SQLiteCaseStore(path: path) }
    _ = try await stores[0].record((0..<600).map { .sample("T-\($0)") }, at: .sample)
    let claims = try await withThrowingTaskGroup(of: [ClaimedEntry].self) { group in
      for store in stores {
        group.addTask {
          var all: [ClaimedEntry] = []
          while case let more = try await store.claim(limit: 7, at: .sample, leaseSeconds: 300), !more.isEmpty {
            all += more
          }
          return all
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(claims.map(\.count).reduce(0, +) == 600)
    #expect(Set(claims.joined().map(\.entry.key)).count == 600)
    // Whoever holds it may settle it through either connection; nobody twice.
    let settlements = claims.joined().map {
      Settlement(key: $0.entry.key, token: $0.token, result: .confirmed(status: 200))
    }
    #expect(try await stores[1].settle(settlements, at: .sample) == 600)
    #expect(try await stores[2].settle(settlements, at: .sample) == 0)
  }

  @Test("Recording the same tickets at the same time, each decision is recorded and queued once")
  func records() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite")
    let stores = try (0..<3).map { _ in try SQLiteCaseStore(path: path) }
    let results = try await withThrowingTaskGroup(of: [RecordResult].self) { group in
      for store in stores {
        group.addTask {
          var all: [RecordResult] = []
          for batch in 0..<20 {
            all += try await store.record((0..<10).map { .sample("T-\(batch)-\($0)") }, at: .sample)
          }
          return all
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(results.count { $0 == .recorded } == 200)
    #expect(results.count { $0 == .unchanged } == 400)
    let status = try await stores[0].status()
    #expect(status == LedgerStatus(tickets: [.incomplete: 200], outbox: [.queued: 200], oldestDue: nil))
  }

  @Test("Several processes may open a new ledger at once")
  func opening() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<12 {
        group.addTask {
          _ = try await SQLiteCaseStore(path: path).record([.sample("T-\(number)")], at: .sample)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await SQLiteCaseStore(path: path).status().outbox == [.queued: 12])
  }
}

@Suite("A run that dies")
struct CrashTests {
  /// Tickets in one transaction.
  static let batch = 20

  @Test(
    "Killed at any moment, every acknowledged decision is there with its reply, and no other half of one",
    arguments: [0, 1, 2, 3, 4])
  func killed(_ number: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, number = number as Int] in
      let store = try SQLiteCaseStore(path: path + "/ledger.sqlite")
      let acknowledged = try #require(fopen(path + "/acknowledged", "w"))
      Thread.detachNewThread {
        usleep(UInt32(20_000 + number * 7_700))
        kill(getpid(), SIGKILL)
      }
      for round in 0... {
        let results = try await store.record((0..<CrashTests.batch).map { .sample("T-\(round)-\($0)") }, at: .sample)
        precondition(results.allSatisfy { $0 == .recorded })
        fputc(0x2E, acknowledged)
        fflush(acknowledged)
        // Claims and settlements are cut off too.
        let claims = try await store.claim(limit: 5, at: .sample, leaseSeconds: 300)
        let settlements = claims.map { Settlement(key: $0.entry.key, token: $0.token, result: .confirmed(status: 200)) }
        _ = try await store.settle(settlements, at: .sample)
      }
    }
    let acknowledged = try Data(contentsOf: folder.url.appendingPathComponent("acknowledged")).count
    let store = try SQLiteCaseStore(path: folder.file("ledger.sqlite"))
    let status = try await store.status()
    let decisions = status.tickets.values.reduce(0, +)
    #expect(decisions % Self.batch == 0, "a torn transaction")
    #expect(decisions == status.outbox.values.reduce(0, +), "a decision without its reply, or the other way")
    #expect(decisions >= acknowledged * Self.batch, "an acknowledged decision is gone")
    #expect(decisions <= (acknowledged + 1) * Self.batch)
    // Every reply that was not confirmed can still be sent, whole.
    _ = try await store.reclaim(at: .sample)
    let open = decisions - (status.outbox[.confirmed] ?? 0)
    let claims = try await store.claim(limit: 1_000_000, at: .sample, leaseSeconds: 300)
    #expect(claims.count == open)
    #expect(claims.allSatisfy { $0.entry == CaseRecord.sample($0.entry.ticket.rawValue).entry })
  }
}
