public import ClosureModel
import GRDB

/// The mails of a ledger as a queue of their own. A mail is due once the reply that it stands beside is confirmed: what
/// the ticket system does not take, or what was answered anew, is not mailed either.
public struct MailQueue: OutboxQueue {
  private let store: SQLiteCaseStore

  init(_ store: SQLiteCaseStore) { self.store = store }

  /// Lets go what stands beside confirmed replies.
  public func release(at now: Timestamp) async throws(StoreError) {
    try await store.change(at: now) { try $0.releaseMails() }
  }

  /// Mails that could go if there were somebody to send them; those that wait for their reply are not counted.
  public func countDue(upTo bound: Int, at now: Timestamp) async throws(StoreError) -> Int {
    try await store.read { database in
      try Int.fetchOne(
        database, sql: "SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE state = 0 AND next_at <= ? LIMIT ?)",
        arguments: [now.epochSeconds, bound]) ?? 0
    }
  }

  public func claim(limit: Int, at now: Timestamp, leaseSeconds: Int) async throws(StoreError) -> [ClaimedEntry] {
    try await store.change(at: now) { try $0.claimMails(limit: limit, leaseSeconds: leaseSeconds) }
  }

  public func markSent(_ claims: [ClaimedEntry], at now: Timestamp) async throws(StoreError) -> [Bool] {
    try await store.change(at: now) { records in try claims.map { try records.markMailSent($0) } }
  }

  public func reclaim(at now: Timestamp) async throws(StoreError) -> Int {
    try await store.change(at: now) { try $0.reclaimMails() }
  }

  public func settle(_ settlements: [Settlement], at now: Timestamp) async throws(StoreError) -> Int {
    try await store.change(at: now) { records in
      try settlements.reduce(0) { try $0 + (records.settleMail($1) ? 1 : 0) }
    }
  }

  public func nextDue(after now: Timestamp) async throws(StoreError) -> Timestamp? {
    try await store.read { database in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT MIN(next) FROM (
            SELECT MIN(next_at) AS next FROM mail WHERE state = 0 AND next_at > ?1 AND next_at < ?2
            UNION ALL SELECT MIN(next_at) FROM mail WHERE state IN (1, 2) AND next_at > ?1)
          """, arguments: [now.epochSeconds, MailSchema.waiting]
      ).map { Timestamp(epochSeconds: $0) }
    }
  }
}

extension SQLiteCaseStore {
  public var mails: MailQueue { MailQueue(self) }
}
