import Dispatch
import Synchronization

/// The same work on every element, on all cores, results in order.
enum SideBySide {
  /// Fewer elements are not worth waking another thread for.
  private static let least = 8
  /// Elements that a thread takes at once: at the end the others wait for these.
  private static let step = 4

  /// - Parameters:
  ///   - width: threads at most.
  ///   - body: called from several threads, once an element.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], width: Int, _ body: @Sendable (Element) -> Result
  ) -> [Result] {
    let shares = min(width, elements.count / least)
    guard shares > 1 else { return elements.map(body) }
    return Array(unsafeUninitializedCapacity: elements.count) { places, count in
      // Every thread fills places of its own.
      nonisolated(unsafe) let places = places
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: shares) { _ in
        while true {
          let from = next.wrappingAdd(step, ordering: .relaxed).oldValue
          guard from < elements.count else { return }
          for place in from..<min(from + step, elements.count) {
            places.initializeElement(at: place, to: body(elements[place]))
          }
        }
      }
      count = elements.count
    }
  }
}
