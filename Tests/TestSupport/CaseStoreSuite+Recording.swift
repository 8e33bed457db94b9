import ClosureModel

extension CaseStoreSuite {
  static let recording: [CaseStoreCheck] = [
    CaseStoreCheck("A decision and its reply are there together, byte for byte") { store, failures in
      let record = CaseRecord.sample()
      failures.expect(try await store.record([record], at: .sample), is: [.recorded], "result")
      failures.expect(try await store.claimAll().map(\.entry), is: [record.entry].compactMap { $0 }, "claimed")
    },
    CaseStoreCheck("The same decision again writes nothing and queues nothing, at every stage of its reply") {
      store, failures in
      let record = CaseRecord.sample()
      _ = try await store.record([record], at: .sample)
      failures.expect(try await store.record([record], at: .sample), is: [.unchanged], "while queued")
      let claims = try await store.claimAll()
      failures.expect(try await store.record([record], at: .sample), is: [.unchanged], "while claimed")
      for claim in claims { try await store.settle(claim, .confirmed(status: 200)) }
      failures.expect(try await store.record([record], at: .sample), is: [.unchanged], "once confirmed")
      failures.expect(try await store.states(), is: [.confirmed], "states")
      failures.expect(try await store.decisions(), is: 1, "decisions")
    },
    CaseStoreCheck("The same decision twice in one call is recorded once") { store, failures in
      failures.expect(
        try await store.record([.sample(), .sample()], at: .sample), is: [.recorded, .unchanged], "results")
      failures.expect(try await store.claimAll().count, is: 1, "claimed")
    },
    CaseStoreCheck("A decision without a reply is kept and queues nothing") { store, failures in
      failures.expect(
        try await store.record([.sample(outcome: .review, answered: false)], at: .sample), is: [.recorded], "result")
      failures.expect(try await store.claimAll().count, is: 0, "claimed")
      failures.expect(try await store.decisions(), is: 1, "decisions")
    },
    CaseStoreCheck("Another revision or another outcome is answered anew") { store, failures in
      for record in [CaseRecord.sample(), .sample(revision: "b"), .sample(revision: "b", outcome: .accepted)] {
        failures.expect(try await store.record([record], at: .sample), is: [.recorded], "result")
        for claim in try await store.claimAll() {
          failures.expect(claim.entry.key, is: record.entry?.key ?? .sample(), "claimed")
          try await store.settle(claim, .confirmed(status: 200))
        }
      }
      failures.expect(try await store.states(), is: [.confirmed, .confirmed, .confirmed], "states")
    },
  ]

  static let superseding: [CaseStoreCheck] = [
    CaseStoreCheck("A newer decision takes the place of a reply that waits") { store, failures in
      _ = try await store.record([.sample(), .sample("T-2")], at: .sample)
      _ = try await store.record([.sample(revision: "b")], at: .sample)
      let keys = try await store.claimAll().map(\.entry.key)
      failures.expect(Set(keys), is: [.sample(revision: "b"), .sample("T-2")], "claimed")
      failures.expect(try await store.states(), is: [.superseded, .claimed], "states")
    },
    CaseStoreCheck("A newer decision that is not answered stops the older reply too") { store, failures in
      _ = try await store.record([.sample(outcome: .accepted)], at: .sample)
      _ = try await store.record([.sample(revision: "b", outcome: .review, answered: false)], at: .sample)
      failures.expect(try await store.claimAll().count, is: 0, "claimed")
      failures.expect(try await store.states(), is: [.superseded], "states")
    },
    CaseStoreCheck("A reply that was superseded is queued again, whole, when the ticket changes back") {
      store, failures in
      for revision in ["a", "b", "a"] { _ = try await store.record([.sample(revision: revision)], at: .sample) }
      let claims = try await store.claimAll()
      failures.expect(
        claims.map(\.entry), is: [CaseRecord.sample(revision: "a").entry].compactMap { $0 }, "claimed")
      failures.expect(claims.map(\.attempts), is: [0], "attempts")
    },
    CaseStoreCheck("A claimed reply may be on the wire: it is left alone, and its confirmation counts") {
      store, failures in
      _ = try await store.record([.sample()], at: .sample)
      let claims = try await store.claimAll()
      _ = try await store.record([.sample(revision: "b")], at: .sample)
      failures.expect(try await store.states(), is: [.claimed, .queued], "states while claimed")
      for claim in claims {
        failures.expect(try await store.settle(claim, .confirmed(status: 200)), is: 1, "settled")
      }
      failures.expect(try await store.states(), is: [.confirmed, .queued], "states")
    },
    CaseStoreCheck(
      "An outdated reply is never sent after the newer one: not by a retry, a release or a dead run's claim"
    ) {
      store, failures in
      let ways: [@Sendable (any CaseStore, ClaimedEntry) async throws -> Void] = [
        { try await $0.settle($1, .retry(at: .sample, why: "503")) }, { try await $0.settle($1, .released) },
        { store, _ in _ = try await store.reclaim(at: .sample) }, { _, _ in },
      ]
      for (number, way) in ways.enumerated() {
        let ticket = "T-\(number)"
        _ = try await store.record([.sample(ticket, outcome: .accepted)], at: .sample)
        for claim in try await store.claimAll() {
          _ = try await store.record([.sample(ticket, revision: "b", outcome: .ineligible)], at: .sample)
          try await way(store, claim)
        }
        // Past the end of the first lease, too.
        let keys = try await store.claimAll(at: .sample.adding(seconds: 301)).map(\.entry.key)
        failures.expect(keys, is: [.sample(ticket, revision: "b", outcome: .ineligible)], "way \(number): claimed")
        for claim in try await store.claimAll(at: .sample.adding(seconds: 602)) {
          try await store.settle(claim, .confirmed(status: 200))
        }
        failures.expect(try await store.states(ticket), is: [.superseded, .confirmed], "way \(number): states")
      }
    },
    CaseStoreCheck("A claimed reply whose ticket changed and changed back is not lost when it has to be retried") {
      store, failures in
      _ = try await store.record([.sample()], at: .sample)
      let claims = try await store.claimAll()
      _ = try await store.record([.sample(revision: "b")], at: .sample)
      _ = try await store.record([.sample()], at: .sample)
      for claim in claims { try await store.settle(claim, .retry(at: .sample, why: "503")) }
      failures.expect(try await store.claimAll().map(\.entry.key), is: [.sample()], "claimed")
    },
    CaseStoreCheck("A reply that another policy's decision displaced is recorded again, not taken for sent") {
      store, failures in
      _ = try await store.record([.sample()], at: .sample)
      _ = try await store.record([.sample(policyID: "other")], at: .sample)
      failures.expect(try await store.record([.sample()], at: .sample), is: [.recorded], "result")
      failures.expect(try await store.claimAll().map(\.entry.key), is: [.sample()], "claimed")
    },
  ]
}
