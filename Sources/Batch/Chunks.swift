import ClosureModel
import Dispatch
import Synchronization

/// A dry run as a sequence of groups, made on a thread of its own while the consumer records the group before.
/// At most `depth` groups wait: memory does not grow with the input.
struct Chunks: AsyncSequence {
  enum Element: Sendable {
    case files([CaseFile])
    case rowError(RowError)
  }

  let dryRun: DryRun
  /// Tickets in a group.
  let size: Int
  private static var depth: Int { 2 }

  func makeAsyncIterator() -> Iterator {
    let slots = DispatchSemaphore(value: Self.depth)
    let stop = Interruption()
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: Element.self)
    // Ends a producer that waits for a slot when the consumer went away.
    continuation.onTermination = { _ in
      stop.raise()
      slots.signal()
    }
    let producer = Producer(size: size) { element in
      slots.wait()
      guard !stop.isRaised else { return false }
      continuation.yield(element)
      return true
    }
    let dryRun = dryRun
    DispatchQueue(label: "closedesk.examine").async {
      do {
        _ = try dryRun.run(producer)
        producer.flush()
        continuation.finish()
      } catch {
        producer.flush()
        continuation.finish(throwing: error)
      }
    }
    return Iterator(base: stream.makeAsyncIterator(), slots: slots)
  }

  struct Iterator: AsyncIteratorProtocol {
    var base: AsyncThrowingStream<Element, any Error>.Iterator
    let slots: DispatchSemaphore
    mutating func next() async throws -> Element? {
      let element = try await base.next()
      if element != nil { slots.signal() }
      return element
    }
  }

  /// Gathers decided tickets into groups. Lives on the producing thread alone.
  private final class Producer: RunObserver, @unchecked Sendable {
    // @unchecked: made on the consumer's side, then used by the one producing thread only.
    private let size: Int
    private let emit: (Element) -> Bool
    private var files: [CaseFile] = []
    private var open = true

    init(size: Int, emit: @escaping (Element) -> Bool) {
      self.size = size
      self.emit = emit
      files.reserveCapacity(size)
    }

    var wantsMore: Bool { open }

    func decided(_ file: CaseFile) {
      files.append(file)
      if files.count == size { flush() }
    }

    func unreadable(_ error: RowError) {
      flush()
      if open { open = emit(.rowError(error)) }
    }

    func flush() {
      guard !files.isEmpty, open else { return }
      open = emit(.files(files))
      files.removeAll(keepingCapacity: true)
    }
  }
}
