import ClosureModel

extension CaseStoreSuite {
  static let claiming: [CaseStoreCheck] = [
    CaseStoreCheck("Entries are claimed oldest first, at most the limit, and each by one holder") { store, failures in
      for number in 0..<5 {
        _ = try await store.record([.sample("T-\(number)")], at: .sample.adding(seconds: Int64(-number)))
      }
      let first = try await store.claim(limit: 2, at: .sample, leaseSeconds: 300)
      let second = try await store.claim(limit: 9, at: .sample, leaseSeconds: 300)
      failures.expect(first.map(\.entry.ticket.rawValue), is: ["T-4", "T-3"], "first")
      failures.expect(second.map(\.entry.ticket.rawValue), is: ["T-2", "T-1", "T-0"], "second")
      failures.expect(try await store.claimAll().count, is: 0, "third")
    },
    CaseStoreCheck("Nothing is claimed before its time") { store, failures in
      _ = try await store.record([.sample()], at: .sample)
      let later = Timestamp.sample.adding(seconds: 60)
      for claim in try await store.claimAll() { try await store.settle(claim, .retry(at: later, why: "503")) }
      failures.expect(try await store.claimAll(at: later.adding(seconds: -1)).count, is: 0, "a second early")
      failures.expect(try await store.nextDue(after: .sample), is: later, "next due")
      failures.expect(try await store.claimAll(at: later).map(\.attempts), is: [1], "attempts, in time")
    },
    CaseStoreCheck("A lease that ran out is claimed anew, and the old holder settles nothing") { store, failures in
      _ = try await store.record([.sample()], at: .sample)
      let old = try await store.claimAll(leaseSeconds: 300)
      failures.expect(try await store.claimAll(at: .sample.adding(seconds: 299)).count, is: 0, "before the end")
      let new = try await store.claimAll(at: .sample.adding(seconds: 300))
      failures.expect(new.map(\.entry), is: old.map(\.entry), "claimed at the end")
      for (old, new) in zip(old, new) {
        failures.expect(new.token > old.token, "the token did not grow")
        failures.expect(try await store.settle(old, .parked(why: "late")), is: 0, "settled with the old token")
        failures.expect(try await store.states(), is: [.claimed], "state after it")
        failures.expect(try await store.settle(new, .confirmed(status: 204)), is: 1, "settled with the new token")
      }
      failures.expect(try await store.states(), is: [.confirmed], "state in the end")
    },
    CaseStoreCheck("Claims of a dead run are given back at once, whatever their lease says") { store, failures in
      _ = try await store.record([.sample(), .sample("T-2")], at: .sample)
      let old = try await store.claim(limit: 1, at: .sample, leaseSeconds: 86_400)
      failures.expect(try await store.reclaim(at: .sample.adding(seconds: 1)), is: 1, "reclaimed")
      for claim in old {
        failures.expect(try await store.settle(claim, .parked(why: "late")), is: 0, "settled by the dead run")
      }
      let again = try await store.claimAll(at: .sample.adding(seconds: 1))
      failures.expect(again.count, is: 2, "claimed")
      failures.expect(again.map(\.attempts), is: [0, 0], "attempts")
      for old in old {
        failures.expect(again.allSatisfy { $0.entry.key != old.entry.key || $0.token > old.token }, "an old token")
      }
    },
  ]

  static let settling: [CaseStoreCheck] = [
    CaseStoreCheck("Every result leads to its state; only an attempt counts as one") { store, failures in
      let results: [(Settlement.Result, OutboxEntry.State, Int)] = [
        (.confirmed(status: 202), .confirmed, 1), (.retry(at: .sample.adding(seconds: 9), why: "503"), .queued, 1),
        (.parked(why: "410"), .parked, 1), (.released, .queued, 0),
      ]
      _ = try await store.record(results.indices.map { .sample("T-\($0)") }, at: .sample)
      let claims = try await store.claimAll()
      let settlements = zip(claims, results).map {
        Settlement(key: $0.entry.key, token: $0.token, result: $1.0)
      }
      failures.expect(try await store.settle(settlements, at: .sample), is: results.count, "settled")
      for (index, (result, state, attempts)) in results.enumerated() {
        for item in try await store.history(of: Ticket.ID("T-\(index)")) {
          guard case .entry(_, let found, let made, _, let note) = item.kind else { continue }
          failures.expect(found, is: state, "state after \(result)")
          failures.expect(made, is: attempts, "attempts after \(result)")
          if case .parked(let why, _, _) = result { failures.expect(note, is: why, "note") }
        }
      }
      failures.expect(try await store.claimAll().map(\.entry.ticket.rawValue), is: ["T-3"], "due again")
    },
    CaseStoreCheck("A settlement counts once, and none for a key that is unknown") { store, failures in
      _ = try await store.record([.sample()], at: .sample)
      for claim in try await store.claimAll() {
        failures.expect(try await store.settle(claim, .confirmed(status: 200)), is: 1, "first")
        failures.expect(try await store.settle(claim, .retry(at: .sample, why: "late")), is: 0, "second")
        let unknown = Settlement(key: IdempotencyKey(rawValue: "cd_0"), token: claim.token, result: .released)
        failures.expect(try await store.settle([unknown], at: .sample), is: 0, "unknown")
      }
      failures.expect(try await store.claimAll(at: .sample.adding(seconds: 999)).count, is: 0, "claimed again")
    },
    CaseStoreCheck("Confirmed and parked replies are never claimed again") { store, failures in
      _ = try await store.record([.sample(), .sample("T-2")], at: .sample)
      for (claim, result) in zip(
        try await store.claimAll(), [Settlement.Result.confirmed(status: 200), .parked(why: "410")])
      { try await store.settle(claim, result) }
      failures.expect(try await store.reclaim(at: .sample), is: 0, "reclaimed")
      failures.expect(try await store.claimAll(at: .sample.adding(seconds: 1_000_000)).count, is: 0, "claimed")
    },
  ]

  static let telling: [CaseStoreCheck] = [
    CaseStoreCheck("An empty ledger says so") { store, failures in
      failures.expect(try await store.status(), is: LedgerStatus(tickets: [:], outbox: [:], oldestDue: nil), "status")
      failures.expect(try await store.history(of: Ticket.ID("T-1001")), is: [], "history")
      failures.expect(try await store.nextDue(after: .sample), is: nil, "next due")
      failures.expect(try await store.claimAll(), is: [], "claimed")
      failures.expect(try await store.record([], at: .sample), is: [], "recorded")
      failures.expect(try await store.settle([], at: .sample), is: 0, "settled")
    },
    CaseStoreCheck(
      "The status counts each ticket's latest outcome and every entry, and names the earliest open deadline"
    ) {
      store, failures in
      let due = (0..<4).map { Timestamp.sample.adding(seconds: Int64($0 + 1) * 3600) }
      _ = try await store.record(
        [
          .sample("T-0", due: due[0]), .sample("T-1", due: due[1]), .sample("T-2", due: due[2]),
          .sample("T-3", outcome: .review, answered: false),
        ], at: .sample)
      // T-0 is confirmed, T-1 superseded by a decision with a later deadline: T-2's is the earliest that is open.
      for claim in try await store.claim(limit: 1, at: .sample, leaseSeconds: 300) {
        try await store.settle(claim, .confirmed(status: 200))
      }
      _ = try await store.record([.sample("T-1", revision: "b", outcome: .accepted, due: due[3])], at: .sample)
      failures.expect(
        try await store.status(),
        is: LedgerStatus(
          tickets: [.incomplete: 2, .accepted: 1, .review: 1], outbox: [.confirmed: 1, .queued: 2, .superseded: 1],
          oldestDue: due[2]), "status")
    },
    CaseStoreCheck("A ticket's history tells decisions and replies in order, with the reason of the last failure") {
      store, failures in
      _ = try await store.record([.sample(), .sample("T-2")], at: .sample)
      let later = Timestamp.sample.adding(seconds: 60)
      for claim in try await store.claimAll() { try await store.settle(claim, .retry(at: later, why: "answered 503")) }
      _ = try await store.record([.sample(revision: "b", outcome: .accepted)], at: later)
      let record = CaseRecord.sample()
      let newer = CaseRecord.sample(revision: "b", outcome: .accepted)
      var kinds = try await store.history(of: record.ticket).map(\.kind)
      // Why an entry was superseded is the store's own wording.
      if kinds.count == 4, case .entry(let key, let state, let attempts, let next, _) = kinds[1] {
        kinds[1] = .entry(key: key, state: state, attempts: attempts, nextAttempt: next, note: nil)
      }
      failures.expect(
        kinds,
        is: [
          .decided(revision: record.revision, policy: record.policy, outcome: .incomplete, line: record.line),
          .entry(key: .sample(), state: .superseded, attempts: 1, nextAttempt: nil, note: nil),
          .decided(revision: newer.revision, policy: newer.policy, outcome: .accepted, line: newer.line),
          .entry(
            key: .sample(revision: "b", outcome: .accepted), state: .queued, attempts: 0, nextAttempt: nil, note: nil),
        ], "history")
      let other = try await store.history(of: Ticket.ID("T-2")).map(\.kind)
      failures.expect(
        other.last,
        is: .entry(key: .sample("T-2"), state: .queued, attempts: 1, nextAttempt: later, note: "answered 503"),
        "waiting entry")
    },
  ]
}
