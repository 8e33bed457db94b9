import ClosureModel
import Testing

@testable import Ingest

@Suite("Numbers of tickets that are left out")
struct NumberRunsTests {
  private func holes(_ ids: [String]) -> Receipt.NumberGaps? {
    var runs = NumberRuns()
    for id in ids { runs.add(id) }
    return runs.gaps
  }

  @Test("Holes in a row of numbers are named, in whatever order the tickets come")
  func named() throws {
    let ids = (1001...1120).filter { ![1012, 1034, 1035, 1036].contains($0) }.map { "DESK-\($0)" }
    var generator = Generator(state: 7)
    for order in [ids, ids.reversed(), ids.shuffled(using: &generator), ids + ids] {
      let gaps = try #require(holes(order))
      #expect(gaps.prefix == "DESK-" && gaps.first == 1001 && gaps.last == 1120 && gaps.missing == 4)
      #expect(gaps.ranges == ["1012", "1034–1036"])
    }
  }

  @Test("Any order of any set of numbers gives the same holes", arguments: 1...40)
  func property(_ seed: Int) {
    var generator = Generator(state: UInt64(seed))
    let numbers = (1...200).filter { _ in Int.random(in: 0..<10, using: &generator) > 0 }
    let span = (numbers.last ?? 0) - (numbers.first ?? 0) + 1
    let found = holes(numbers.shuffled(using: &generator).map(String.init))
    let missing = span - numbers.count
    #expect(found?.missing == (missing == 0 || missing > span / 5 ? nil : missing), "seed \(seed)")
  }

  @Test("Nothing is said of whole rows, few tickets, scattered numbers, other forms of ids")
  func silent() {
    #expect(holes((1...50).map(String.init)) == nil)
    #expect(holes(["1", "3", "4"]) == nil)
    #expect(holes((1...50).map { "\($0 * 37)" }) == nil)
    #expect(holes((1...50).filter { $0 != 9 }.map { $0 < 20 ? "A-\($0)" : "B-\($0)" }) == nil)
    #expect(holes((1...50).filter { $0 != 9 }.map { "\($0)a" }) == nil)
    #expect(holes((1...50).filter { $0 != 9 }.map { "1234567890123456789\($0)" }) == nil)
    #expect(holes(Array((1...20_000).map { "\($0 * 2)" })) == nil)
  }
}
