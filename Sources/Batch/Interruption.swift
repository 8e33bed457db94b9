import Synchronization

/// Raised by SIGINT and SIGTERM (or a test); asked between two tickets and before each claim. Once raised it stays.
public final class Interruption: Sendable {
  private let raised = Atomic<Bool>(false)
  public init() {}
  public func raise() { raised.store(true, ordering: .releasing) }
  public var isRaised: Bool { raised.load(ordering: .acquiring) }
}
