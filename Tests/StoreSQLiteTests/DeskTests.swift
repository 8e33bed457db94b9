import ClosureModel
import StoreSQLite
import TestSupport
import Testing

@Suite("What people do at the desk, in the ledger")
struct DeskTests {
  private let folder: TemporaryFolder
  private let store: SQLiteCaseStore
  private let by = Authorship(who: "reviewer", why: "looked at it")

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteCaseStore(path: folder.file("ledger.sqlite"))
  }

  /// Records and parks a reply per ticket.
  private func parked(_ tickets: [String], fault: Settlement.Fault = .theirs) async throws {
    _ = try await store.record(tickets.map { .sample($0) }, at: .sample)
    let claims = try await store.claim(limit: 100, at: .sample, leaseSeconds: 60)
    let settlements = claims.map {
      Settlement(key: $0.entry.key, token: $0.token, result: .parked(why: "answered 410", fault: fault))
    }
    #expect(try await store.settle(settlements, at: .sample) == tickets.count)
  }

  private func state(_ key: IdempotencyKey) async throws -> OutboxEntry.State? {
    try await store.entries(OutboxFilter(key: key), limit: 1).first?.state
  }

  @Test("Replies are found by state, fault, ticket and key")
  func found() async throws {
    try await parked(["T-1"], fault: .ours)
    try await parked(["T-2", "T-3"])
    _ = try await store.record([.sample("T-4")], at: .sample)
    func tickets(_ filter: OutboxFilter, limit: Int = 10) async throws -> [String] {
      try await store.entries(filter, limit: limit).map(\.ticket.rawValue)
    }
    #expect(try await tickets(OutboxFilter()) == ["T-1", "T-2", "T-3", "T-4"])
    #expect(try await tickets(OutboxFilter(state: .parked)) == ["T-1", "T-2", "T-3"])
    #expect(try await tickets(OutboxFilter(state: .parked, fault: .theirs)) == ["T-2", "T-3"])
    #expect(try await tickets(OutboxFilter(ticket: Ticket.ID("T-4"))) == ["T-4"])
    #expect(try await tickets(OutboxFilter(key: .sample("T-3"))) == ["T-3"])
    #expect(try await tickets(OutboxFilter(), limit: 2) == ["T-1", "T-2"])
    let item = try #require(try await store.entries(OutboxFilter(key: .sample("T-1")), limit: 1).first)
    #expect((item.fault, item.attempts, item.note) == (.ours, 1, "answered 410"))
  }

  @Test("A retry keeps the key, counts anew and is written down")
  func retry() async throws {
    try await parked(["T-1"])
    let payload = try await store.payload(of: .sample("T-1"))
    #expect(payload != nil)
    let results = try await store.retry([.sample("T-1"), .sample("T-9")], renewing: false, by: by, at: .sample)
    #expect(results == [.queued(.sample("T-1")), .unknown])
    let claims = try await store.claim(limit: 10, at: .sample, leaseSeconds: 60)
    #expect(claims.map(\.entry.key) == [.sample("T-1")])
    #expect(claims.map(\.attempts) == [0])
    #expect(claims.first?.entry.payload == payload)
    #expect(
      try await store.retry([.sample("T-1")], renewing: false, by: by, at: .sample) == [.notParked(.claimed)])
    let audit = try await store.audit(of: Ticket.ID("T-1"))
    #expect(audit.map(\.action) == [.retried])
    #expect(audit.map(\.by) == [by])
  }

  @Test("A renewed key sends the same reply under another id, and the old one stays taken")
  func renewed() async throws {
    try await parked(["T-1"])
    let payload = try await store.payload(of: .sample("T-1"))
    guard case .queued(let new)? = try await store.retry([.sample("T-1")], renewing: true, by: by, at: .sample).first
    else {
      Issue.record("not queued")
      return
    }
    #expect(new != .sample("T-1"))
    #expect(new.rawValue.count == 43 && !new.rawValue.contains("."))
    for claim in try await store.claim(limit: 10, at: .sample, leaseSeconds: 60) {
      #expect(claim.entry.key == new)
      #expect(claim.entry.payload == payload)
      let settlement = Settlement(key: new, token: claim.token, result: .confirmed(status: 200))
      #expect(try await store.settle([settlement], at: .sample) == 1)
    }
    // Run again, and when the ticket changes there and back: nothing goes out under the old key.
    #expect(try await store.record([.sample("T-1")], at: .sample) == [.unchanged])
    _ = try await store.record([.sample("T-1", revision: "b", answered: false)], at: .sample)
    #expect(try await store.record([.sample("T-1")], at: .sample) == [.recorded])
    #expect(try await store.claim(limit: 10, at: .sample, leaseSeconds: 60).isEmpty)
  }

  @Test("Under a renewed key a reply is the last word as well: not repeated, and said again once another was told")
  func renewedTurns() async throws {
    try await parked(["T-1"])
    var key = IdempotencyKey.sample("T-1")
    var posted: [IdempotencyKey] = []
    func send() async throws {
      for claim in try await store.claim(limit: 10, at: .sample, leaseSeconds: 60) {
        posted.append(claim.entry.key)
        let end = Settlement(key: claim.entry.key, token: claim.token, result: .confirmed(status: 200))
        #expect(try await store.settle([end], at: .sample) == 1)
      }
    }
    // Renewed twice: the first new key was refused too.
    for round in 0..<2 {
      guard case .queued(let new)? = try await store.retry([key], renewing: true, by: by, at: .sample).first else {
        Issue.record("not queued")
        return
      }
      key = new
      guard round == 0 else { continue }
      for claim in try await store.claim(limit: 10, at: .sample, leaseSeconds: 60) {
        _ = try await store.settle(
          [Settlement(key: claim.entry.key, token: claim.token, result: .parked(why: "409"))], at: .sample)
      }
    }
    // Displaced before it was sent, it is not lost.
    _ = try await store.record([.sample("T-1", revision: "b")], at: .sample)
    _ = try await store.record([.sample("T-1")], at: .sample)
    try await send()
    #expect(posted == [key])
    _ = try await store.record([.sample("T-1", revision: "b", answered: false)], at: .sample)
    _ = try await store.record([.sample("T-1")], at: .sample)
    try await send()
    #expect(posted == [key])
    _ = try await store.record([.sample("T-1", revision: "b")], at: .sample)
    try await send()
    _ = try await store.record([.sample("T-1")], at: .sample)
    try await send()
    #expect(posted.count == 3 && Set(posted).count == 3)
    #expect(posted[1] == .sample("T-1", revision: "b"))
  }

  @Test("A dropped reply is never queued again, whatever is recorded, retried or put back later")
  func dropped() async throws {
    try await parked(["T-1", "T-2"])
    #expect(try await store.drop(.sample("T-1"), by: by, at: .sample) == .dropped)
    #expect(try await state(.sample("T-1")) == .dropped)
    #expect(try await store.payload(of: .sample("T-1")) == nil)
    #expect(try await store.drop(.sample("T-1"), by: by, at: .sample) == .notParked(.dropped))
    #expect(try await store.retry([.sample("T-1")], renewing: true, by: by, at: .sample) == [.notParked(.dropped)])
    #expect(try await store.unpark(by: .sample, at: .sample) == 1)
    #expect(try await store.record([.sample("T-1")], at: .sample) == [.unchanged])
    _ = try await store.record([.sample("T-1", revision: "b", answered: false)], at: .sample)
    _ = try await store.record([.sample("T-1")], at: .sample)
    #expect(try await store.claim(limit: 10, at: .sample, leaseSeconds: 60).map(\.entry.ticket.rawValue) == ["T-2"])
    #expect(try await store.status().outbox[.dropped] == 1)
    #expect(try await store.audit(of: Ticket.ID("T-1")).map(\.action) == [.dropped])
  }

  @Test("What was dropped comes up again, under another key, once the ticket was answered otherwise")
  func droppedAndOvertaken() async throws {
    try await parked(["T-1"])
    #expect(try await store.drop(.sample("T-1"), by: by, at: .sample) == .dropped)
    _ = try await store.record([.sample("T-1", revision: "b")], at: .sample)
    for claim in try await store.claim(limit: 10, at: .sample, leaseSeconds: 60) {
      let end = Settlement(key: claim.entry.key, token: claim.token, result: .confirmed(status: 200))
      #expect(try await store.settle([end], at: .sample) == 1)
    }
    #expect(try await store.record([.sample("T-1")], at: .sample) == [.recorded])
    let claims = try await store.claim(limit: 10, at: .sample, leaseSeconds: 60)
    #expect(claims.count == 1 && claims.allSatisfy { $0.entry.key != .sample("T-1") })
    #expect(try await state(.sample("T-1")) == .dropped)
  }

  @Test("A person's retry by name sends what is held back for a row; retrying everything does not")
  func withheld() async throws {
    _ = try await store.record([.sample("T-1", outcome: .accepted)], at: .sample)
    #expect(try await store.withhold([Ticket.ID("T-1"): "row 7"], at: .sample) == 1)
    let item = try #require(try await store.entries(OutboxFilter(state: .parked), limit: 9).first)
    #expect(item.isWithheld && item.fault == .policy && item.note == "row 7")
    #expect(try await store.unpark(by: by, at: .sample) == 0)
    #expect(try await store.retry([item.key], renewing: false, by: by, at: .sample) == [.queued(item.key)])
    #expect(try await store.claim(limit: 9, at: .sample, leaseSeconds: 60).count == 1)
  }

  @Test("A mail goes with each turn of its reply, and waits where a row cannot be read")
  func mailTurns() async throws {
    func record(_ revision: String) -> CaseRecord {
      let base = CaseRecord.sample("T-1", revision: revision)
      let key = IdempotencyKey(rawValue: "cdm_\(revision)")
      let mail = OutboxEntry(key: key, ticket: base.ticket, outcome: base.outcome, payload: Array("mail".utf8))
      return CaseRecord(
        ticket: base.ticket, revision: base.revision, policy: base.policy, policyID: base.policyID,
        outcome: base.outcome, line: base.line, due: nil, entry: base.entry,
        mail: MailRecord(entry: mail, obstacle: nil))
    }
    var mailed: [IdempotencyKey] = []
    for revision in ["a", "b", "a"] {
      _ = try await store.record([record(revision)], at: .sample)
      for claim in try await store.claim(limit: 10, at: .sample, leaseSeconds: 60) {
        let end = Settlement(key: claim.entry.key, token: claim.token, result: .confirmed(status: 200))
        _ = try await store.settle([end], at: .sample)
      }
      try await store.mails.release(at: .sample)
      if mailed.count == 2 {
        _ = try await store.withhold([Ticket.ID("T-1"): "row 7"], at: .sample)
        #expect(try await store.mails.claim(limit: 9, at: .sample, leaseSeconds: 60).isEmpty)
        #expect(try await store.withheld() == [Ticket.ID("T-1")])
        _ = try await store.letGo([Ticket.ID("T-1")], at: .sample)
      }
      for claim in try await store.mails.claim(limit: 9, at: .sample, leaseSeconds: 60) {
        mailed.append(claim.entry.key)
        let end = Settlement(key: claim.entry.key, token: claim.token, result: .confirmed(status: 250))
        _ = try await store.mails.settle([end], at: .sample)
      }
    }
    #expect(mailed.count == 3 && Set(mailed).count == 3)
    #expect(mailed.allSatisfy { $0.isMail })
  }

  @Test("Putting all parked replies back leaves a row for each in the audit trail, and none for what was outdated")
  func unparked() async throws {
    try await parked(["T-1", "T-2"])
    #expect(try await store.unpark(by: by, at: .sample) == 2)
    for ticket in ["T-1", "T-2"] {
      #expect(
        try await store.audit(of: Ticket.ID(ticket)) == [
          AuditItem(
            at: .sample, action: .retried, ticket: Ticket.ID(ticket), key: .sample(ticket), by: by, detail: "same key")
        ])
    }
    #expect(try await store.unpark(by: by, at: .sample) == 0)
    #expect(try await store.audit(of: Ticket.ID("T-1")).count == 1)
  }

  @Test("Every turn of the switch is kept, and another holder of the ledger sees the last one")
  func hold() async throws {
    #expect(try store.hold() == nil)
    try await store.setHold(true, by: by, at: .sample)
    let other = try SQLiteCaseStore.openReadOnly(path: folder.file("ledger.sqlite"))
    #expect(try other.hold() == Hold(isOn: true, at: .sample, by: by))
    try await store.setHold(false, by: by, at: .sample.adding(seconds: 60))
    #expect(try other.hold()?.isOn == false)
    #expect(try await store.audit(of: Ticket.ID("")).map(\.action) == [.holdOn, .holdOff])
  }

  @Test("Doubtful tickets come with the earliest deadline first, and leave the queue when they are decided")
  func reviews() async throws {
    let due = (1...3).map { Timestamp.sample.adding(seconds: Int64($0) * 3600) }
    _ = try await store.record(
      [
        .sample("T-1", outcome: .review, answered: false),
        .sample("T-2", outcome: .review, due: due[2], answered: false),
        .sample("T-3", outcome: .review, due: due[0], answered: false), .sample("T-4", due: due[1]),
        .sample("T-5", outcome: .review, due: due[1], answered: false),
      ], at: .sample)
    #expect(try await store.openReviews(limit: 10).map(\.ticket.rawValue) == ["T-3", "T-5", "T-2", "T-1"])
    #expect(try await store.openReviews(limit: 1).map(\.line) == [CaseRecord.sample("T-3", outcome: .review).line])
    _ = try await store.record([.sample("T-5", revision: "b")], at: .sample)
    #expect(try await store.openReviews(limit: 10).map(\.ticket.rawValue) == ["T-3", "T-2", "T-1"])
  }

  @Test("A person's decision is recorded with its reply, holds while the ticket is the same, and is never made twice")
  func override() async throws {
    let review = CaseRecord.sample("T-1", outcome: .review, answered: false)
    _ = try await store.record([review], at: .sample)
    let accept = CaseRecord.sample("T-1", outcome: .accepted)
    #expect(
      try await store.recordOverride(accept, replacing: review.revision, action: .accepted, by: by, at: .sample)
        == .recorded)
    #expect(try store.latest(of: Ticket.ID("T-1"), policyID: "jdcloud")?.isByPerson == true)
    #expect(try await store.openReviews(limit: 10).isEmpty)
    // The next run still doubts: that changes nothing, and the reply still goes out.
    #expect(try await store.standings(of: [review]) == [.known])
    #expect(try await store.record([review], at: .sample) == [.unchanged])
    #expect(try await store.claim(limit: 10, at: .sample, leaseSeconds: 60).map(\.entry.outcome) == [.accepted])
    let again = try await store.recordOverride(
      accept, replacing: review.revision, action: .accepted, by: by, at: .sample)
    guard case .overtaken(let latest) = again else {
      Issue.record("decided twice")
      return
    }
    #expect(latest?.outcome == .accepted)
    // Changed, the ticket is the program's again.
    let changed = CaseRecord.sample("T-1", revision: "b", outcome: .review, answered: false)
    #expect(try await store.record([changed], at: .sample) == [.recorded])
    #expect(
      try await store.recordOverride(accept, replacing: review.revision, action: .accepted, by: by, at: .sample)
        != .recorded)
    let audit = try await store.audit(of: Ticket.ID("T-1"))
    #expect(audit.map(\.action) == [.accepted])
    #expect(audit.map(\.key) == [accept.entry?.key])
  }

  @Test("What a run asks: what is known, how it went lately, what waits, with what files were examined")
  func asked() async throws {
    _ = try await store.record([.sample("T-1"), .sample("T-2", outcome: .accepted)], at: .sample)
    #expect(
      try await store.standings(of: [
        .sample("T-1"), .sample("T-1", revision: "b"), .sample("T-1", outcome: .accepted),
      ]) == [.known, .new, .new])
    #expect(try await store.recent(500, policyID: "jdcloud") == RecentDecisions(decided: 2, accepted: 1))
    #expect(try await store.recent(1, policyID: "jdcloud") == RecentDecisions(decided: 1, accepted: 1))
    #expect(try await store.recent(500, policyID: "tencentcloud") == RecentDecisions(decided: 0, accepted: 0))
    #expect(try await store.waitingReplies() == 2)
    _ = try await store.claim(limit: 1, at: .sample, leaseSeconds: 60)
    #expect(try await store.waitingReplies() == 2)
    try await store.noteExamined([Ticket.ID("T-1"), Ticket.ID("T-9")], policyID: "jdcloud", basis: "one")
    #expect(try store.latest(of: Ticket.ID("T-1"), policyID: "jdcloud")?.basis == "one")
    try await store.noteExamined([Ticket.ID("T-1")], policyID: "jdcloud", basis: "two")
    let latest = try #require(try store.latest(of: Ticket.ID("T-1"), policyID: "jdcloud"))
    #expect((latest.basis, latest.line, latest.isByPerson) == ("two", CaseRecord.sample("T-1").line, false))
    #expect(try store.latest(of: Ticket.ID("T-2"), policyID: "jdcloud")?.basis == nil)
    #expect(try store.latest(of: Ticket.ID("T-1"), policyID: "tencentcloud") == nil)
  }
}
