public import ClosureModel

/// What every `CaseStore` promises, as checks that run against any of them. Plain values rather than `#expect`, so that
/// a library which links no test framework can hold them.
public struct CaseStoreCheck: Sendable, CustomStringConvertible {
  /// The promise in words.
  public let description: String
  private let body: @Sendable (any CaseStore, inout Failures) async throws -> Void

  init(_ description: String, _ body: @escaping @Sendable (any CaseStore, inout Failures) async throws -> Void) {
    self.description = description
    self.body = body
  }

  /// - Parameter store: empty, and used by this check alone.
  /// - Returns: what did not hold; empty when the promise is kept.
  public func failures(of store: any CaseStore) async throws -> [String] {
    var failures = Failures()
    try await body(store, &failures)
    return failures.list
  }
}

/// What did not hold.
struct Failures {
  private(set) var list: [String] = []

  mutating func expect(_ condition: Bool, _ what: @autoclosure () -> String) { if !condition { list.append(what()) } }

  mutating func expect<Value: Equatable>(_ value: Value, is expected: Value, _ what: String) {
    if value != expected { list.append("\(what): \(value), expected \(expected)") }
  }
}

public enum CaseStoreSuite {
  public static let checks =
    recording + turning + superseding + withholding + claiming + settling + sending + doubting
    + telling
}

extension CaseStore {
  /// States of a ticket's entries, in the order of its history.
  func states(_ ticket: String = "T-1001") async throws -> [OutboxEntry.State] {
    try await history(of: Ticket.ID(ticket)).compactMap {
      if case .entry(_, let state, _, _, _) = $0.kind { state } else { nil }
    }
  }

  /// Number of decisions on a ticket.
  func decisions(_ ticket: String = "T-1001") async throws -> Int {
    try await history(of: Ticket.ID(ticket)).count { if case .decided = $0.kind { true } else { false } }
  }

  /// Claims everything that is due.
  func claimAll(at now: Timestamp = .sample, leaseSeconds: Int = 300) async throws -> [ClaimedEntry] {
    try await claim(limit: 1000, at: now, leaseSeconds: leaseSeconds)
  }

  @discardableResult
  func settle(_ claim: ClaimedEntry, _ result: Settlement.Result, at now: Timestamp = .sample) async throws -> Int {
    try await settle([Settlement(key: claim.entry.key, token: claim.token, result: result)], at: now)
  }
}
