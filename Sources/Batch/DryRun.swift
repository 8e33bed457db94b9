public import ClosureModel
public import Ingest

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
    for source in sources {
      var failure: (any Error)?
      var waiting: [Ticket] = []
      var bytes = 0
      func flush() -> Bool {
        defer {
          waiting.removeAll(keepingCapacity: true)
          bytes = 0
        }
        do {
          try pipeline.process(waiting, index) { item in
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
            return (waiting.count < pipeline.together && bytes < Self.most) || flush()
          }
          return true
        }
      } catch {
        // What was read before stands.
        if failure == nil { _ = flush() }
        throw error
      }
      if failure == nil, !interruption.isRaised { _ = flush() }
      if let failure { throw failure }
    }
    return !interruption.isRaised
  }
}
