import ClosureModel
import Foundation
import StoreSQLite
import Synchronization
import TestSupport
import Testing

@testable import Batch

@Suite("Earlier decisions stand, and their files stay closed")
struct StandingTests {
  @Test("Run again, a letter is not opened, and the earlier decision is told as it is")
  func again() async throws {
    let desk = try DeskFixture()
    let first = DeskFixture.Watcher()
    #expect(try await desk.run([DeskFixture.enterprise("T-1")], observer: first).recorded == 1)
    #expect(desk.opened.count == 1)
    #expect(first.decided.map(\.decision.outcome) == [.incomplete])

    let second = DeskFixture.Watcher()
    let result = try await desk.run([DeskFixture.enterprise("T-1"), DeskFixture.person("T-2")], observer: second)
    #expect(desk.opened.count == 1)
    #expect((result.recorded, result.unchanged) == (1, 1))
    #expect(second.standing.map(\.decision.outcome) == [.incomplete])
    #expect(
      second.standing.map(\.codes) == [
        first.decided[0].decision.findings.filter { $0.verdict != .satisfied }.map(\.code)
      ])
    #expect(second.decided.map(\.ticket.id.rawValue) == ["T-2"])
  }

  @Test("One pass over the input opens a letter once, also in the run that records it")
  func once() async throws {
    let desk = try DeskFixture()
    try await desk.run((1...5).map { DeskFixture.enterprise("T-\($0)") })
    #expect(desk.opened.count == 5)
  }

  @Test("A changed file, a changed ticket and another basis are looked at again; then they stand again")
  func changed() async throws {
    let desk = try DeskFixture()
    let row = DeskFixture.enterprise("T-1")
    try await desk.run([row])
    desk.letters.content.withLock { $0 = "another letter" }
    #expect(try await desk.run([row]).recorded == 1)
    #expect(desk.opened.count == 2)
    try await desk.run([DeskFixture.enterprise("T-1", email: "other@example.com")])
    #expect(desk.opened.count == 3)
    // The same outcome under a new program is not recorded again, and is looked at once alone.
    for _ in 0..<3 {
      let result = try await desk.run([DeskFixture.enterprise("T-1", email: "other@example.com")], basis: "basis 2")
      #expect((result.recorded, result.unchanged) == (0, 1))
    }
    #expect(desk.opened.count == 4)
  }

  @Test("What was out of order is tried again in every run")
  func failing() async throws {
    let desk = try DeskFixture(failing: true)
    for round in 1...3 {
      let watcher = DeskFixture.Watcher()
      try await desk.run([DeskFixture.enterprise("T-1")], observer: watcher)
      #expect(desk.opened.count == round)
      #expect(watcher.decided.map(\.decision.outcome) == [.review])
    }
  }

  @Test("A person's decision stands while the ticket is the same, whatever else changed")
  func byPerson() async throws {
    let desk = try DeskFixture(failing: true)
    let row = DeskFixture.enterprise("T-1")
    try await desk.run([row])
    let by = Authorship(who: "reviewer", why: "the file is no letter")
    let review = ReviewDesk(
      pipeline: desk.pipeline, store: desk.store, maker: desk.maker, catalog: desk.catalog, locale: .zhCN)
    let file = try await review.decide(
      Ticket.ID("T-1"), .ask([.letterMissing]), from: try desk.sources([row]), by: by, at: .sample)
    #expect(file.decision.outcome == .incomplete)
    let opened = desk.opened.count
    let result = try await desk.run([row], basis: "basis 2")
    #expect((result.recorded, result.unchanged) == (0, 1))
    #expect(desk.opened.count == opened)
    // Changed, it is the program's again.
    #expect(try await desk.run([DeskFixture.enterprise("T-1", email: "other@example.com")]).recorded == 1)
  }

  @Test("A person decides on what the run saw: a file that another applicant uses is told then too")
  func reusedFile() async throws {
    let desk = try DeskFixture(failing: true)
    // Both list the same letter, to the byte, for accounts of their own.
    let rows = [DeskFixture.enterprise("T-1"), DeskFixture.enterprise("T-2")]
    try await desk.run(rows)
    let review = ReviewDesk(
      pipeline: desk.pipeline, store: desk.store, maker: desk.maker, catalog: desk.catalog, locale: .zhCN)
    let by = Authorship(who: "reviewer", why: "one company with two accounts; asked by telephone")
    let file = try await review.decide(
      Ticket.ID("T-1"), .accept, from: try desk.sources(rows), by: by, at: .sample)
    #expect(file.decision.outcome == .accepted)
    #expect(file.decision.findings.contains { $0.code == .letterReused && $0.evidence.first?.quote == "T-2" })
  }
}
