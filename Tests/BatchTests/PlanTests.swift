import ClosureModel
import Foundation
import StoreSQLite
import TestSupport
import Testing

@testable import Batch

@Suite("Plans: signed, whole, and still true")
struct PlanTests {
  private static let key = String(repeating: "0123456789abcdef", count: 4)

  private func header(
    _ desk: DeskFixture, _ key: PlanKey, texts: [String: String] = ["policy": "a"], at: Timestamp = .sample
  )
    -> PlanHeader
  {
    PlanHeader(
      madeAt: at, program: "1.0", policy: desk.policy, tenant: "default", locale: .zhCN, texts: texts, inputs: [],
      attachments: nil, recognizer: "auto", key: key)
  }

  /// A plan of these rows, as lines.
  private func plan(_ desk: DeskFixture, _ rows: [String], key: PlanKey, at: Timestamp = .sample) throws -> [String] {
    var lines: [String] = []
    var writer = try PlanWriter(header(desk, key, at: at), madeAt: at, key: key, maker: desk.maker) { lines.append($0) }
    let watcher = DeskFixture.Watcher()
    let run = DryRun(
      pipeline: desk.pipeline, sources: try desk.sources(rows), limit: nil, interruption: Interruption())
    #expect(try run.run(watcher))
    for file in watcher.decided { try writer.add(file) }
    for error in watcher.errors { try writer.add(error) }
    try writer.finish()
    return lines
  }

  private func write(_ text: String, _ desk: DeskFixture) throws -> String {
    let path = desk.folder.file("test.plan")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func joined(_ lines: some Sequence<String>) -> String { lines.map { $0 + "\n" }.joined() }

  private func refusal(_ text: String, _ desk: DeskFixture, _ key: PlanKey) throws -> BatchError? {
    let path = try write(text, desk)
    return #expect(throws: BatchError.self) { try VerifiedPlan(path: path, key: key) }
  }

  private func run(
    _ plan: VerifiedPlan, _ desk: DeskFixture, present: PresentTickets? = nil, at now: Timestamp = .sample
  )
    async throws -> PlanRun.Result
  {
    try await PlanRun(
      plan: plan, store: desk.store, present: present, limits: RunLimits(), catalog: desk.catalog, locale: .zhCN,
      who: "operator", interruption: Interruption(), clock: { now }
    ).run()
  }

  @Test("What is planned is what is recorded, byte for byte")
  func faithful() async throws {
    let desk = try DeskFixture()
    let key = try PlanKey(Self.key)
    let rows = [DeskFixture.person("T-1"), DeskFixture.person("T-2", body: "请注销账号。\u{1}“引号”\\")]
    let plan = try VerifiedPlan(path: try write(joined(try plan(desk, rows, key: key)), desk), key: key)
    #expect(plan.outcomes == [.accepted: 1, .review: 1] || plan.outcomes == [.accepted: 1, .incomplete: 1])
    var planned: [CaseRecord] = []
    try await plan.forEach { planned.append($0) }
    let watcher = DeskFixture.Watcher()
    _ = try DryRun(
      pipeline: desk.pipeline, sources: try desk.sources(rows), limit: nil, interruption: Interruption()
    ).run(watcher)
    #expect(planned == watcher.decided.map { desk.maker.record(for: $0, at: .sample) })

    let result = try await run(plan, desk, at: .sample.adding(seconds: 60))
    #expect(result.recorded == 2)
    let claims = try await desk.store.claim(limit: 10, at: .sample.adding(seconds: 60), leaseSeconds: 60)
    #expect(claims.map(\.entry) == planned.compactMap(\.entry))
    #expect(try await run(plan, desk, at: .sample.adding(seconds: 120)).unchanged == 2)
  }

  @Test("A row that cannot be read holds back what the plan decided of its ticket")
  func unread() async throws {
    let desk = try DeskFixture()
    let key = try PlanKey(Self.key)
    let rows = [DeskFixture.person("T-1"), DeskFixture.person("T-2"), DeskFixture.person("T-1", body: "我撤回申请") + ",x"]
    let plan = try VerifiedPlan(path: try write(joined(try plan(desk, rows, key: key)), desk), key: key)
    #expect((plan.cases, plan.rowErrors) == (2, 1))
    let result = try await run(plan, desk, at: .sample.adding(seconds: 60))
    #expect((result.recorded, result.withheld) == (2, 1))
    let claims = try await desk.store.claim(limit: 10, at: .sample.adding(seconds: 60), leaseSeconds: 60)
    #expect(claims.map(\.entry.ticket.rawValue) == ["T-2"])
  }

  @Test("Any byte changed anywhere refuses the plan")
  func altered() throws {
    let desk = try DeskFixture()
    let key = try PlanKey(Self.key)
    let whole = Array(joined(try plan(desk, [DeskFixture.person("T-1")], key: key)).utf8)
    _ = try VerifiedPlan(path: try write(String(decoding: whole, as: UTF8.self), desk), key: key)
    let path = desk.folder.file("altered.plan")
    for place in stride(from: 0, to: whole.count, by: 7) {
      var bytes = whole
      bytes[place] ^= 1
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(throws: BatchError.self, "byte \(place)") { try VerifiedPlan(path: path, key: key) }
    }
  }

  @Test("A plan that is cut off, goes on, is shuffled or empty is refused with a reason")
  func broken() throws {
    let desk = try DeskFixture()
    let key = try PlanKey(Self.key)
    let lines = try plan(desk, [DeskFixture.person("T-1"), DeskFixture.person("T-2")], key: key)
    #expect(try refusal(joined(lines.dropLast()), desk, key)?.what.contains("cut off") == true)
    #expect(try refusal(String(joined(lines).dropLast(9)), desk, key)?.what.contains("cut off") == true)
    #expect(try refusal(joined(lines + [lines[1]]), desk, key)?.what.contains("after its end") == true)
    #expect(try refusal(joined([lines[0], lines[2], lines[1], lines[3]]), desk, key)?.what.contains("altered") == true)
    #expect(try refusal(joined([lines[0], lines[1], lines[3]]), desk, key)?.what.contains("altered") == true)
    #expect(try refusal("", desk, key)?.code == .planRefused)
    #expect(try refusal("{}\n", desk, key)?.code == .planRefused)
    let missing = #expect(throws: BatchError.self) { try VerifiedPlan(path: desk.folder.file("no.plan"), key: key) }
    #expect(missing?.code == .planMissing)
  }

  @Test("Another key is told apart from an altered plan, and a short key is none")
  func keys() throws {
    let desk = try DeskFixture()
    let lines = try plan(desk, [DeskFixture.person("T-1")], key: try PlanKey(Self.key))
    let other = try PlanKey(String(Self.key.reversed()))
    #expect(try refusal(joined(lines), desk, other)?.code == .planKey)
    // With the fingerprint forged, the signature is wrong all the same.
    let forged = joined(lines).replacing(try PlanKey(Self.key).fingerprint, with: other.fingerprint)
    #expect(try refusal(forged, desk, other)?.code == .planRefused)
    #expect(throws: BatchError.self) { try PlanKey("short\n") }
  }

  @Test("A plan that no longer fits says everything that changed")
  func stale() async throws {
    let desk = try DeskFixture()
    let key = try PlanKey(Self.key)
    let plan = try VerifiedPlan(
      path: try write(joined(try plan(desk, [DeskFixture.person("T-1")], key: key)), desk), key: key)
    func check(program: String = "1.0", tenant: String = "default", policy: String = "a", hours: Int64 = 1) async throws
    {
      try await PlanCheck(
        program: program, tenant: tenant, texts: ["policy": policy], maxAgeHours: 24,
        now: .sample.adding(seconds: hours * 3600), hasPresentExport: false
      ).check(plan)
    }
    try await check()
    try await check(hours: 24)
    let codes = [
      await #expect(throws: BatchError.self) { try await check(program: "1.1") },
      await #expect(throws: BatchError.self) { try await check(tenant: "other") },
      await #expect(throws: BatchError.self) { try await check(policy: "b") },
      await #expect(throws: BatchError.self) { try await check(hours: 25) },
      await #expect(throws: BatchError.self) { try await check(hours: -1) },
    ].map { $0?.code }
    #expect(codes.allSatisfy { $0 == .planStale })
    let error = await #expect(throws: BatchError.self) { try await check(program: "1.1", policy: "b") }
    #expect(error?.what.contains("closedesk 1.0, this is 1.1") == true)
    #expect(error?.what.contains("the policy changed") == true)
  }

  @Test("Tickets that changed, are gone, or were decided since are left out and never sent")
  func leftOut() async throws {
    let desk = try DeskFixture()
    let key = try PlanKey(Self.key)
    let rows = (1...4).map { DeskFixture.person("T-\($0)") }
    let plan = try VerifiedPlan(path: try write(joined(try plan(desk, rows, key: key)), desk), key: key)
    // T-3 is decided by a run after the plan, from a newer export.
    try await desk.run([DeskFixture.person("T-3", body: "我不注销了，请撤回申请。")], at: .sample.adding(seconds: 60))
    let present = try PresentTickets(
      try desk.sources([rows[0], DeskFixture.person("T-2", body: "请注销账号。"), rows[2]]), pipeline: desk.pipeline)
    for round in 1...2 {
      let result = try await run(plan, desk, present: present, at: .sample.adding(seconds: 120))
      #expect((result.recorded, result.unchanged) == (round == 1 ? (1, 0) : (0, 1)))
      #expect(result.leftOutCount == 3)
      if round == 1 {
        #expect(
          result.leftOut.map { "\($0.ticket) \($0.why)" } == ["T-2 changed", "T-3 decidedSince", "T-4 missing"])
      }
    }
    let reviews = try await desk.store.openReviews(limit: 10)
    #expect(Set(reviews.map(\.ticket.rawValue)).isSuperset(of: ["T-2", "T-4"]))
    let claims = try await desk.store.claim(limit: 10, at: .sample.adding(seconds: 120), leaseSeconds: 60)
    #expect(claims.filter { $0.entry.ticket.rawValue != "T-3" }.map(\.entry.ticket.rawValue) == ["T-1"])
    #expect(claims.allSatisfy { $0.entry.ticket.rawValue != "T-3" || $0.entry.outcome != .accepted })
    #expect(try await desk.store.audit(of: Ticket.ID("T-2")).map(\.action).first == .leftOut)
  }

  @Test("A plan is held against the limits like a run")
  func limits() async throws {
    let desk = try DeskFixture()
    let key = try PlanKey(Self.key)
    let plan = try VerifiedPlan(
      path: try write(joined(try plan(desk, (1...4).map { DeskFixture.person("T-\($0)") }, key: key)), desk), key: key)
    let error = await #expect(throws: BatchError.self) {
      try await PlanRun(
        plan: plan, store: desk.store, present: nil, limits: RunLimits(maxAccepts: 3), catalog: desk.catalog,
        locale: .zhCN, who: "operator", interruption: Interruption(), clock: { .sample }
      ).run()
    }
    #expect(error?.code == .stopLoss)
    #expect(try await desk.store.status().tickets.isEmpty)
  }
}
