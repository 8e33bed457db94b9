import ClosureModel

extension CaseStoreSuite {
  /// Tickets that change and change back.
  static let turning: [CaseStoreCheck] = [
    CaseStoreCheck("A ticket that changes back is answered once more, under a key of its own each time") {
      store, failures in
      var keys: [IdempotencyKey] = []
      var payloads: [[UInt8]] = []
      for revision in ["a", "b", "a", "a", "b", "a", "c", "a"] {
        _ = try await store.record([.sample(revision: revision)], at: .sample)
        for claim in try await store.claimAll() {
          keys.append(claim.entry.key)
          payloads.append(claim.entry.payload)
          failures.expect(claim.isInDoubt, is: false, "in doubt")
          try await store.settle(claim, .confirmed(status: 200))
        }
      }
      failures.expect(keys.count, is: 7, "posts")
      failures.expect(Set(keys).count, is: 7, "keys")
      failures.expect(Array(keys.prefix(2)), is: [.sample(), .sample(revision: "b")], "the first time")
      let again = [0, 2, 4, 6].compactMap { payloads.indices.contains($0) ? payloads[$0] : nil }
      failures.expect(Set(again).count, is: 1, "texts of the same reply")
      failures.expect(try await store.record([.sample()], at: .sample), is: [.unchanged], "once more")
    },
    CaseStoreCheck("An old export is no ticket that changed back, by the times of change") { store, failures in
      let states = [("a", 0), ("b", 60), ("a", 0), ("b", 60), ("a", 0), ("b", 60)].map {
        CaseRecord.sample(revision: $0.0, asOf: .sample.adding(seconds: $0.1))
      }
      var results: [RecordResult] = []
      var posts = 0
      for state in states {
        results += try await store.record([state], at: .sample)
        for claim in try await store.claimAll() {
          posts += 1
          try await store.settle(claim, .confirmed(status: 200))
        }
      }
      failures.expect(
        results, is: [.recorded, .recorded, .passed, .unchanged, .passed, .unchanged], "results")
      failures.expect(posts, is: 2, "posts")
      // Changed back: later than all.
      let back = CaseRecord.sample(revision: "a", asOf: .sample.adding(seconds: 120))
      failures.expect(try await store.record([back], at: .sample), is: [.recorded], "changed back")
      failures.expect(try await store.claimAll().count, is: 1, "answered")
    },
    CaseStoreCheck("A reply that was given up but may have arrived counts as told") { store, failures in
      let first = CaseRecord.sample()
      _ = try await store.record([first], at: .sample)
      for claim in try await store.claimAll() {
        try await store.settle(claim, .parked(why: "timed out", mayHaveArrived: true))
      }
      _ = try await store.record([.sample(revision: "b")], at: .sample)
      for claim in try await store.claimAll() { try await store.settle(claim, .confirmed(status: 200)) }
      _ = try await store.record([first], at: .sample)
      let keys = try await store.claimAll().map(\.entry.key)
      failures.expect(keys.count, is: 1, "posts")
      failures.expect(keys.first == first.entry?.key, is: false, "the first turn's key again")
    },
    CaseStoreCheck("What the receiver was told last is not said twice, whatever was decided in between and never sent")
    {
      store, failures in
      let between: [@Sendable (any CaseStore) async throws -> Void] = [
        { _ = try await $0.record([.sample(revision: "b", answered: false)], at: .sample) },
        { _ = try await $0.record([.sample(revision: "b")], at: .sample) },
        { store in
          _ = try await store.record([.sample(revision: "b")], at: .sample)
          for claim in try await store.claimAll() { try await store.settle(claim, .parked(why: "422")) }
        },
        { store in
          _ = try await store.record([.sample(revision: "b")], at: .sample)
          for claim in try await store.claimAll() { try await store.settle(claim, .retry(at: .sample, why: "429")) }
          for claim in try await store.claimAll() { try await store.settle(claim, .released) }
        },
      ]
      for (number, between) in between.enumerated() {
        _ = try await store.record([.sample()], at: .sample)
        for claim in try await store.claimAll() { try await store.settle(claim, .confirmed(status: 200)) }
        try await between(store)
        _ = try await store.record([.sample()], at: .sample)
        failures.expect(try await store.claimAll().count, is: 0, "way \(number)")
        // And the next change is answered.
        _ = try await store.record([.sample(revision: "c\(number)")], at: .sample)
        failures.expect(
          try await store.claimAll().map(\.entry.key), is: [.sample(revision: "c\(number)")], "way \(number), changed")
        _ = try await store.reclaim(at: .sample)
        _ = try await store.record([.sample(revision: "d\(number)", answered: false)], at: .sample)
        for revision in ["e\(number)"] {
          _ = try await store.record([.sample(revision: revision)], at: .sample)
          for claim in try await store.claimAll() { try await store.settle(claim, .confirmed(status: 200)) }
        }
        _ = try await store.record([.sample()], at: .sample)
        failures.expect(try await store.claimAll().count, is: 1, "way \(number), told another one since")
        _ = try await store.reclaim(at: .sample)
        _ = try await store.record([.sample(revision: "z\(number)", answered: false)], at: .sample)
      }
    },
    CaseStoreCheck(
      "A reply in between that may have arrived counts as told: in doubt, on the wire, or its run was killed"
    ) {
      store, failures in
      let ways: [@Sendable (any CaseStore, ClaimedEntry) async throws -> Void] = [
        { try await $0.settle($1, .retry(at: .sample, why: "reset", mayHaveArrived: true)) },
        { store, claim in
          try await store.settle(claim, .retry(at: .sample, why: "reset", mayHaveArrived: true))
          for claim in try await store.claimAll() { try await store.settle(claim, .parked(why: "given up")) }
        },
        { _, _ in },
        { store, claim in _ = try await store.markSent([claim], at: .sample) },
        { store, claim in
          _ = try await store.markSent([claim], at: .sample)
          _ = try await store.reclaim(at: .sample)
        },
        { store, _ in _ = try await store.reclaim(at: .sample) },
      ]
      for (number, way) in ways.enumerated() {
        let ticket = "T-\(number)"
        _ = try await store.record([.sample(ticket, outcome: .ineligible)], at: .sample)
        for claim in try await store.claimAll() { try await store.settle(claim, .confirmed(status: 200)) }
        _ = try await store.record([.sample(ticket, revision: "b", outcome: .accepted)], at: .sample)
        for claim in try await store.claimAll() { try await way(store, claim) }
        _ = try await store.record([.sample(ticket, outcome: .ineligible)], at: .sample)
        let claims = try await store.claimAll()
        failures.expect(claims.map(\.entry.outcome), is: [.ineligible], "way \(number)")
        failures.expect(claims.map(\.isInDoubt), is: [false], "way \(number): in doubt")
        failures.expect(
          !claims.contains { $0.entry.key == .sample(ticket, outcome: .ineligible) }, "way \(number): key")
        for claim in claims { try await store.settle(claim, .confirmed(status: 200)) }
        // What was on the wire ends; nothing more goes out.
        _ = try await store.reclaim(at: .sample)
        failures.expect(try await store.claimAll(at: .sample.adding(seconds: 1000)).count, is: 0, "way \(number): more")
      }
    },
    CaseStoreCheck("A reply that may have arrived before another one was told does not go out under its old key") {
      store, failures in
      _ = try await store.record([.sample()], at: .sample)
      for claim in try await store.claimAll() {
        try await store.settle(claim, .retry(at: .sample, why: "reset", mayHaveArrived: true))
      }
      _ = try await store.record([.sample(revision: "b")], at: .sample)
      for claim in try await store.claimAll() { try await store.settle(claim, .confirmed(status: 200)) }
      _ = try await store.record([.sample()], at: .sample)
      let claims = try await store.claimAll()
      failures.expect(claims.count, is: 1, "claimed")
      failures.expect(!claims.contains { $0.entry.key == .sample() || $0.isInDoubt }, "key or doubt of the first time")
    },
  ]

  /// Rows that cannot be read.
  static let withholding: [CaseStoreCheck] = [
    CaseStoreCheck("What waits for a ticket whose row cannot be read is parked with the reason, until a row can be") {
      store, failures in
      let tickets = ["T-1", "T-2", "T-3", "T-4"].map { Ticket.ID($0) }
      _ = try await store.record(tickets.map { .sample($0.rawValue, outcome: .accepted) }, at: .sample)
      let claims = try await store.claim(limit: 3, at: .sample, leaseSeconds: 300)
      try await store.settle(claims[0], .retry(at: .sample.adding(seconds: 60), why: "503"))
      try await store.settle(claims[1], .confirmed(status: 200))
      _ = try await store.markSent([claims[2]], at: .sample)
      let why = Dictionary(uniqueKeysWithValues: tickets.map { ($0, "row 7") })
      failures.expect(try await store.withhold(why, at: .sample), is: 3, "held back")
      failures.expect(try await store.withhold(why, at: .sample), is: 0, "held back again")
      failures.expect(try await store.status().parked, is: [.policy: 3], "parked")
      failures.expect(try await store.withheld(), is: [tickets[0], tickets[2], tickets[3]], "tickets")
      let later = Timestamp.sample.adding(seconds: 100)
      failures.expect(try await store.unpark(by: .sample, at: later), is: 0, "put back")
      failures.expect(try await store.claimAll(at: later).count, is: 0, "claimed")
      failures.expect(
        try await store.history(of: tickets[0]).contains {
          if case .entry(_, .parked, _, _, let note) = $0.kind { note?.contains("row 7") ?? false } else { false }
        }, "note")
      failures.expect(try await store.letGo(tickets, at: .sample), is: 3, "let go")
      failures.expect(try await store.withheld(), is: [], "tickets afterwards")
      // Each when it was due before; what was on the wire is asked after.
      failures.expect(try await store.claimAll().map(\.entry.ticket), is: [tickets[3]], "due at once")
      let rest = try await store.claimAll(at: later)
      failures.expect(Set(rest.map(\.entry.ticket)), is: [tickets[0], tickets[2]], "due later")
      failures.expect(rest.filter(\.isInDoubt).map(\.entry.ticket), is: [tickets[2]], "in doubt")
    },
    CaseStoreCheck("A newer decision takes the place of what is held back, and back again it is queued") {
      store, failures in
      _ = try await store.record([.sample(outcome: .accepted)], at: .sample)
      _ = try await store.withhold([Ticket.ID("T-1001"): "row 7"], at: .sample)
      _ = try await store.record([.sample(revision: "b", outcome: .withdrawn)], at: .sample)
      failures.expect(try await store.claimAll().map(\.entry.outcome), is: [.withdrawn], "claimed")
      failures.expect(try await store.withheld(), is: [], "held back")
      failures.expect(try await store.letGo([Ticket.ID("T-1001")], at: .sample), is: 0, "let go")
    },
    CaseStoreCheck("A decision beside a row that cannot be read is kept, and its reply is held back from the start") {
      store, failures in
      var record = CaseRecord.sample(outcome: .accepted)
      record.withheld = "row 7"
      failures.expect(try await store.record([record], at: .sample), is: [.recorded], "result")
      failures.expect(try await store.states(), is: [.parked], "states")
      failures.expect(try await store.claimAll().count, is: 0, "claimed")
      failures.expect(try await store.letGo([record.ticket], at: .sample), is: 1, "let go")
      failures.expect(try await store.claimAll().map(\.entry.payload), is: [record.entry?.payload ?? []], "claimed")
    },
    CaseStoreCheck("What is parked already is held back too, and parked as before when it is let go") {
      store, failures in
      _ = try await store.record([.sample()], at: .sample)
      for claim in try await store.claimAll() { try await store.settle(claim, .parked(why: "410")) }
      let ticket = Ticket.ID("T-1001")
      failures.expect(try await store.withhold([ticket: "held back: row 7"], at: .sample), is: 1, "held back")
      failures.expect(try await store.withhold([ticket: "held back: row 8"], at: .sample), is: 0, "held back again")
      failures.expect(try await store.withheld(), is: [ticket], "tickets")
      failures.expect(try await store.status().parked, is: [.theirs: 1], "fault")
      failures.expect(try await store.unpark(by: .sample, at: .sample), is: 0, "put back")
      failures.expect(try await store.letGo([ticket], at: .sample), is: 0, "let go")
      failures.expect(try await store.withheld(), is: [], "tickets afterwards")
      failures.expect(try await store.states(), is: [.parked], "states")
      failures.expect(try await store.unpark(by: .sample, at: .sample), is: 1, "put back by a person")
    },
  ]
}
