import ClosureModel

extension CaseStoreSuite {
  static let sending: [CaseStoreCheck] = [
    CaseStoreCheck("A claim that is marked as sent is still its holder's, and every result leads where it should") {
      store, failures in
      let results: [(Settlement.Result, OutboxEntry.State, Int)] = [
        (.confirmed(status: 202), .confirmed, 1), (.retry(at: .sample, why: "503"), .queued, 1),
        (.parked(why: "410"), .parked, 1), (.released, .queued, 0),
      ]
      _ = try await store.record(results.indices.map { .sample("T-\($0)") }, at: .sample)
      let claims = try await store.claimAll()
      failures.expect(try await store.markSent(claims, at: .sample), is: [true, true, true, true], "marked")
      failures.expect(try await store.status().outbox, is: [.sent: 4], "outbox")
      failures.expect(try await store.claimAll().count, is: 0, "claimed while sent")
      for (claim, (result, state, attempts)) in zip(claims, results) {
        failures.expect(try await store.settle(claim, result), is: 1, "settled \(result)")
        for item in try await store.history(of: claim.entry.ticket) {
          guard case .entry(_, let found, let made, _, _) = item.kind else { continue }
          failures.expect(found, is: state, "state after \(result)")
          failures.expect(made, is: attempts, "attempts after \(result)")
        }
      }
    },
    CaseStoreCheck("Only a claim that is held is marked, each for itself: the others must not be posted") {
      store, failures in
      _ = try await store.record([.sample("T-1"), .sample("T-2"), .sample("T-3")], at: .sample)
      let claims = try await store.claimAll(leaseSeconds: 300)
      try await store.settle(claims[0], .confirmed(status: 200))
      failures.expect(try await store.markSent(claims, at: .sample), is: [false, true, true], "marked")
      failures.expect(try await store.markSent(claims, at: .sample), is: [false, false, false], "marked again")
      _ = try await store.reclaim(at: .sample)
      _ = try await store.claimAll(at: .sample.adding(seconds: 10))
      failures.expect(try await store.markSent(claims, at: .sample), is: [false, false, false], "after the lease")
      failures.expect(try await store.status().outbox, is: [.claimed: 2, .confirmed: 1], "outbox")
    },
    CaseStoreCheck("What is due is counted up to the bound and no further") { store, failures in
      _ = try await store.record((0..<7).map { .sample("T-\($0)") }, at: .sample)
      failures.expect(try await store.countDue(upTo: 5, at: .sample), is: 5, "bounded")
      failures.expect(try await store.countDue(upTo: 100, at: .sample), is: 7, "all")
      failures.expect(try await store.countDue(upTo: 100, at: .sample.adding(seconds: -1)), is: 0, "before their time")
      for claim in try await store.claim(limit: 3, at: .sample, leaseSeconds: 300) {
        try await store.settle(claim, .retry(at: .sample.adding(seconds: 60), why: "503"))
      }
      failures.expect(try await store.countDue(upTo: 100, at: .sample), is: 4, "without what waits")
    },
    CaseStoreCheck("The time of the ticket's last change travels with its reply; who must mend a parked one is counted")
    {
      store, failures in
      let changed = Timestamp.sample.adding(seconds: -3600)
      _ = try await store.record([.sample("T-1", asOf: changed), .sample("T-2"), .sample("T-3")], at: .sample)
      let claims = try await store.claimAll()
      failures.expect(claims.map(\.entry.asOf), is: [changed, nil, nil], "as of")
      for (claim, fault) in zip(claims, Settlement.Fault.allCases) {
        try await store.settle(claim, .parked(why: "why", fault: fault))
      }
      failures.expect(try await store.status().parked, is: [.theirs: 1, .ours: 1, .policy: 1], "parked")
      failures.expect(try await store.unpark(by: .sample, at: .sample), is: 3, "queued again")
      failures.expect(try await store.status().parked, is: [:], "parked afterwards")
    },
  ]

  static let doubting: [CaseStoreCheck] = [
    CaseStoreCheck("An entry is in doubt once an attempt may have arrived, and stays so until it is confirmed") {
      store, failures in
      _ = try await store.record([.sample()], at: .sample)
      var seen: [Bool] = []
      func next(_ result: Settlement.Result, sent: Bool = true) async throws {
        for claim in try await store.claimAll() {
          seen.append(claim.isInDoubt)
          if sent { _ = try await store.markSent([claim], at: .sample) }
          try await store.settle(claim, result)
        }
      }
      try await next(.released)
      try await next(.retry(at: .sample, why: "refused"))
      try await next(.retry(at: .sample, why: "reset", mayHaveArrived: true))
      try await next(.released, sent: false)
      try await next(.retry(at: .sample, why: "503"))
      try await next(.parked(why: "given up"))
      _ = try await store.unpark(by: .sample, at: .sample)
      try await next(.confirmed(status: 200))
      failures.expect(seen, is: [false, false, false, true, true, true, true], "in doubt")
      failures.expect(try await store.states(), is: [.confirmed], "state")
    },
    CaseStoreCheck("What was sent when its holder died is in doubt, by lease or by lock; what was only claimed is not")
    {
      store, failures in
      for way in 0..<2 {
        let tickets = ["T-\(way)-a", "T-\(way)-b"]
        _ = try await store.record(tickets.map { .sample($0) }, at: .sample)
        let claims = try await store.claimAll(leaseSeconds: 60)
        _ = try await store.markSent([claims[0]], at: .sample)
        var later = Timestamp.sample.adding(seconds: 60)
        if way == 0 {
          failures.expect(try await store.reclaim(at: later), is: 2, "reclaimed")
          // The receiver may still be at work on it.
          later = later.adding(seconds: ClaimedEntry.settlingSeconds - 1)
          failures.expect(try await store.countDue(upTo: 9, at: later), is: 1, "due before the other has settled")
          later = later.adding(seconds: 1)
        }
        let again = try await store.claimAll(at: later)
        failures.expect(
          Dictionary(uniqueKeysWithValues: again.map { ($0.entry.ticket.rawValue, $0.isInDoubt) }),
          is: [tickets[0]: true, tickets[1]: false], "way \(way)")
        failures.expect(try await store.settle(claims[0], .confirmed(status: 200)), is: 0, "settled by the dead holder")
        for claim in again { try await store.settle(claim, .confirmed(status: 200)) }
      }
    },
    CaseStoreCheck("A newer decision supersedes a reply in doubt, and its history says that it may have arrived") {
      store, failures in
      _ = try await store.record([.sample()], at: .sample)
      for claim in try await store.claimAll() {
        try await store.settle(claim, .retry(at: .sample, why: "reset", mayHaveArrived: true))
      }
      _ = try await store.record([.sample(revision: "b")], at: .sample)
      failures.expect(try await store.claimAll().map(\.entry.key), is: [.sample(revision: "b")], "claimed")
      let notes = try await store.history(of: Ticket.ID("T-1001")).compactMap { item -> String? in
        if case .entry(_, .superseded, _, _, let note) = item.kind { note } else { nil }
      }
      failures.expect(notes.count == 1 && notes.allSatisfy { $0.contains("may have arrived") }, "note: \(notes)")
    },
    CaseStoreCheck("A reply superseded in doubt is in doubt still when the ticket changes back") { store, failures in
      _ = try await store.record([.sample()], at: .sample)
      _ = try await store.markSent(try await store.claimAll(), at: .sample)
      _ = try await store.record([.sample(revision: "b")], at: .sample)
      _ = try await store.reclaim(at: .sample)
      failures.expect(try await store.states(), is: [.superseded, .queued], "states")
      _ = try await store.record([.sample()], at: .sample)
      let claims = try await store.claimAll()
      failures.expect(claims.map(\.entry.key), is: [.sample()], "claimed")
      failures.expect(claims.map(\.isInDoubt), is: [true], "in doubt")
    },
    CaseStoreCheck("A newer decision supersedes what is parked, and what its holder parks after it") {
      store, failures in
      _ = try await store.record([.sample("T-1"), .sample("T-2")], at: .sample)
      let claims = try await store.claimAll()
      try await store.settle(claims[0], .parked(why: "the ticket changed", fault: .policy))
      _ = try await store.record([.sample("T-1", revision: "b"), .sample("T-2", revision: "b")], at: .sample)
      try await store.settle(claims[1], .parked(why: "the ticket changed", fault: .policy))
      for ticket in ["T-1", "T-2"] {
        failures.expect(try await store.states(ticket), is: [.superseded, .queued], ticket)
      }
      failures.expect(try await store.status().parked, is: [:], "parked")
      failures.expect(try await store.unpark(by: .sample, at: .sample), is: 0, "queued again")
    },
  ]
}
