import Synchronization
import Testing

@testable import Batch

@Suite("The same work on all cores")
struct SideBySideTests {
  @Test("Every element is worked on once, and the results come in order", arguments: [0, 1, 7, 8, 16, 17, 1000])
  func order(_ count: Int) {
    for width in [1, 2, 3, 8] {
      let calls = Atomic<Int>(0)
      let results = SideBySide.map(Array(0..<count), width: width) { element in
        calls.wrappingAdd(1, ordering: .relaxed)
        return element * 2
      }
      #expect(results == (0..<count).map { $0 * 2 }, "width \(width)")
      #expect(calls.load(ordering: .relaxed) == count)
    }
  }
}
