import Dispatch
import Synchronization

/// The same work on every element, on all cores, results in order.
enum SideBySide {
  /// Fewer elements are not worth waking another thread for.
  private static let least = 8

  /// - Parameters:
  ///   - width: threads at most.
  ///   - body: called from several threads, once an element.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], width: Int, _ body: @Sendable (Element) -> Result
  ) -> [Result] {
    let shares = min(width, elements.count / least)
    guard shares > 1 else { return elements.map(body) }
    let parts = Mutex<[[Result]]>(Array(repeating: [], count: shares))
    DispatchQueue.concurrentPerform(iterations: shares) { share in
      let from = elements.count * share / shares
      let to = elements.count * (share + 1) / shares
      let part = elements[from..<to].map(body)
      parts.withLock { $0[share] = part }
    }
    return parts.withLock { $0.flatMap(\.self) }
  }
}
