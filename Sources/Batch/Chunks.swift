import ClosureModel
import Dispatch

/// A dry run in groups, made on a thread of its own while the consumer records the group before.
/// At most `depth` groups wait: memory does not grow with the input.
struct Chunks {
  enum Element: Sendable {
    case tickets([Pipeline.Item])
    case rowError(RowError)
  }

  let dryRun: DryRun
  /// Tickets in a group.
  let size: Int
  private static var depth: Int { 2 }

  /// Calls `body` with each group, in the order of the input. Ends the reading when `body` throws.
  func forEach(_ body: (Element) async throws -> Void) async throws {
    let slots = DispatchSemaphore(value: Self.depth)
    let stop = Interruption()
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: Element.self)
    // Ends a producer that waits for a slot when the consumer went away.
    continuation.onTermination = { _ in
      stop.raise()
      slots.signal()
    }
    let dryRun = dryRun
    let size = size
    DispatchQueue(label: "closedesk.examine").async {
      let producer = Producer(size: size) { element in
        slots.wait()
        guard !stop.isRaised else { return false }
        continuation.yield(element)
        return true
      }
      do {
        _ = try dryRun.run(producer)
        producer.flush()
        continuation.finish()
      } catch {
        producer.flush()
        continuation.finish(throwing: error)
      }
    }
    for try await element in stream {
      slots.signal()
      try await body(element)
    }
  }

  /// Gathers decided tickets into groups. Lives on the producing thread alone.
  private final class Producer: RunObserver {
    private let size: Int
    private let emit: (Element) -> Bool
    private var items: [Pipeline.Item] = []
    private var open = true

    init(size: Int, emit: @escaping (Element) -> Bool) {
      self.size = size
      self.emit = emit
      items.reserveCapacity(size)
    }

    var wantsMore: Bool { open }

    func decided(_ file: CaseFile) { add(.decided(file)) }

    func stands(_ standing: StandingCase) { add(.stands(standing)) }

    private func add(_ item: Pipeline.Item) {
      items.append(item)
      if items.count == size { flush() }
    }

    func unreadable(_ error: RowError) {
      flush()
      if open { open = emit(.rowError(error)) }
    }

    func flush() {
      guard !items.isEmpty, open else { return }
      open = emit(.tickets(items))
      items.removeAll(keepingCapacity: true)
    }
  }
}
