import ClosureModel
import Synchronization

/// Does something once, right before a request goes out.
final class Meddling: WebhookTransport {
  private let inner: any WebhookTransport
  private let meddle: @Sendable (WebhookRequest) async -> Bool
  private let isDone = Atomic<Bool>(false)

  /// - Parameter meddle: whether this was the request to meddle with.
  init(inner: any WebhookTransport, _ meddle: @escaping @Sendable (WebhookRequest) async -> Bool) {
    self.inner = inner
    self.meddle = meddle
  }

  func send(_ request: WebhookRequest) async -> TransportOutcome {
    if !isDone.load(ordering: .acquiring), await meddle(request) { isDone.store(true, ordering: .releasing) }
    return await inner.send(request)
  }
}
