public import ClosureModel
import Dispatch
public import Ingest
import Synchronization

/// What a run tells while it goes on.
public protocol RunObserver: AnyObject {
  /// `false` ends the run: nobody looks any more.
  var wantsMore: Bool { get }
  /// Each decided ticket, in the order of the input.
  func decided(_ file: CaseFile)
  /// A ticket whose earlier decision stands: nothing about it changed, and its files were not opened again.
  func stands(_ standing: StandingCase)
  func unreadable(_ error: RowError)
}

extension RunObserver {
  public var wantsMore: Bool { true }
}

/// Read, examine, decide, compose: everything but recording and sending. It is built from a pipeline and sources alone:
/// without a store and a transport there is nothing it could write to or post with.
public struct DryRun: Sendable {
  private let pipeline: Pipeline
  private let sources: [TicketExport]
  private let limit: Int?
  private let interruption: Interruption

  public init(pipeline: Pipeline, sources: [TicketExport], limit: Int?, interruption: Interruption) {
    self.pipeline = pipeline
    self.sources = sources
    self.limit = limit
    self.interruption = interruption
  }

  /// Bytes of text that wait to be handed over together: long tickets go one by one.
  private static let most = 1 << 20

  /// - Returns: `false` when it was interrupted: what the observer saw is a part of the input.
  public func run(_ observer: any RunObserver) throws -> Bool {
    var left = limit ?? .max
    let index = try pipeline.index(sources, interruption)
    let pipeline = pipeline
    for source in sources {
      let ahead = WorkAhead { tickets in Result { try pipeline.process(tickets, index) } }
      var failure: (any Error)?
      var waiting: [Ticket] = []
      var bytes = 0
      /// Hands over the tickets that wait and, while they are worked on, tells of those handed over before.
      func handOver() -> Bool {
        do {
          let done = try ahead.end()
          if !waiting.isEmpty { ahead.begin(waiting) }
          waiting = []
          bytes = 0
          for item in done {
            switch item {
            case .decided(let file): observer.decided(file)
            case .stands(let standing): observer.stands(standing)
            }
          }
          return true
        } catch {
          failure = error
          return false
        }
      }
      /// All tickets that were read are told of.
      func flush() -> Bool { handOver() && handOver() }
      do {
        try source.forEach { item in
          guard left > 0, !interruption.isRaised, observer.wantsMore else { return false }
          switch item {
          case .rowError(let error):
            guard flush() else { return false }
            observer.unreadable(error)
          case .ticket(let ticket):
            left -= 1
            waiting.append(ticket)
            bytes += ticket.replies.reduce(ticket.body.utf8.count) { $0 + $1.text.utf8.count }
            return (waiting.count < pipeline.together && bytes < Self.most) || handOver()
          }
          return true
        }
      } catch {
        // What was read before stands.
        if failure == nil { _ = flush() }
        throw error
      }
      if failure == nil, !interruption.isRaised {
        _ = flush()
      } else {
        // Nothing more is told of; the other thread is only waited for, whether it succeeds or not.
        _ = try? ahead.end()
      }
      if let failure { throw failure }
    }
    return !interruption.isRaised
  }
}

/// Tickets that are worked on while the next ones are read and the ones before are told of. Begun and ended in turn, by
/// one thread.
private final class WorkAhead {
  typealias Work = @Sendable ([Ticket]) -> Result<[Pipeline.Item], any Error>
  /// Where the result is laid down by the thread that works.
  private final class Desk: Sendable {
    let result = Mutex<Result<[Pipeline.Item], any Error>>(.success([]))
    let isDone = DispatchSemaphore(value: 0)
  }

  private let work: Work
  private let desk = Desk()
  private let queue = DispatchQueue(label: "closedesk.decide")
  private var isBegun = false

  init(_ work: @escaping Work) { self.work = work }

  func begin(_ tickets: [Ticket]) {
    isBegun = true
    queue.async { [desk, work] in
      let result = work(tickets)
      desk.result.withLock { $0 = result }
      desk.isDone.signal()
    }
  }

  /// - Returns: the cases of the tickets that were begun with; empty where nothing was begun.
  func end() throws -> [Pipeline.Item] {
    guard isBegun else { return [] }
    desk.isDone.wait()
    isBegun = false
    return try desk.result.withLock { result in
      defer { result = .success([]) }
      return try result.get()
    }
  }
}
