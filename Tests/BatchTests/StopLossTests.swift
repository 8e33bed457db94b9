import ClosureModel
import Foundation
import StoreSQLite
import TestSupport
import Testing

@testable import Batch

@Suite("Stop-loss: before anything is recorded")
struct StopLossTests {
  private static let none = RecentDecisions(decided: 0, accepted: 0)

  private func stops(_ limits: RunLimits, _ intent: RunIntent, waiting: Int = 0, usual: RecentDecisions = none)
    -> String?
  {
    do throws(BatchError) {
      try StopLoss(limits).check(intent, waiting: waiting, usual: usual)
      return nil
    } catch {
      #expect(error.code == .stopLoss)
      return error.what
    }
  }

  private func intent(_ decisions: Int, accepts: Int, replies: Int? = nil) -> RunIntent {
    var intent = RunIntent()
    intent.decisions = decisions
    intent.accepts = accepts
    intent.replies = replies ?? decisions
    return intent
  }

  @Test("Each limit stops one above it, not at it")
  func edges() {
    let limits = RunLimits(maxAccepts: 40, maxAcceptShare: 0.5, maxShareRise: 0.2, maxPosts: 100)
    #expect(stops(limits, intent(90, accepts: 40)) == nil)
    #expect(stops(limits, intent(90, accepts: 41))?.contains("limits.max_accepts (40)") == true)
    #expect(stops(limits, intent(60, accepts: 30)) == nil)
    #expect(stops(limits, intent(60, accepts: 31))?.contains("limits.max_accept_share") == true)
    // A handful says nothing about shares.
    #expect(stops(limits, intent(49, accepts: 40)) == nil)
    #expect(stops(limits, intent(100, accepts: 0), waiting: 0) == nil)
    #expect(stops(limits, intent(100, accepts: 0), waiting: 1)?.contains("limits.max_posts") == true)
    // With nothing to add, what waits is no reason to stop.
    #expect(stops(limits, intent(0, accepts: 0), waiting: 1_000) == nil)
  }

  @Test("A share far above the usual one stops the run, once the ledger knows what is usual")
  func unusual() {
    let limits = RunLimits(maxAccepts: 500, maxAcceptShare: 0.9, maxShareRise: 0.3, maxPosts: 5000)
    let usual = RecentDecisions(decided: 500, accepted: 100)
    #expect(stops(limits, intent(100, accepts: 50), usual: usual) == nil)
    let what = stops(limits, intent(100, accepts: 51), usual: usual)
    #expect(what?.contains("51 %") == true && what?.contains("20 %") == true)
    #expect(stops(limits, intent(100, accepts: 80), usual: RecentDecisions(decided: 199, accepted: 0)) == nil)
  }

  @Test("What a run would do is weighed against the ledger, and a stopped run leaves no trace")
  func run() async throws {
    let desk = try DeskFixture()
    // Usual here: every fifth is accepted.
    try await desk.run(
      (1...250).map { $0 % 5 == 0 ? DeskFixture.person("T-\($0)") : DeskFixture.person("T-\($0)", body: "请注销账号。") })
    let before = try await desk.store.status()
    let many = (1001...1060).map { DeskFixture.person("T-\($0)") }
    let error = await #expect(throws: BatchError.self) { try await desk.run(many) }
    #expect(error?.code == .stopLoss)
    #expect(error?.what.contains("limits.max_share_rise") == true)
    #expect(try await desk.store.status() == before)
    // Raised on purpose, it goes through; run again, nothing is new and nothing stops it.
    #expect(try await desk.run(many, limits: RunLimits(maxAcceptShare: 1, maxShareRise: 1)).recorded == 60)
    #expect(try await desk.run(many).unchanged == 60)
  }

  @Test("Only new decisions count: an old export that is read again does not hide a rush of accepts")
  func diluted() async throws {
    let desk = try DeskFixture()
    let old = (1...150).map { DeskFixture.person("T-\($0)", body: "请注销账号。") }
    try await desk.run(old)
    let new = (1001...1060).map { DeskFixture.person("T-\($0)") }
    let error = await #expect(throws: BatchError.self) {
      try await desk.run(old + new, limits: RunLimits(maxAcceptShare: 0.9))
    }
    #expect(error?.what.contains("60 of 60 new tickets") == true)
  }
}
