import ClosureModel
import Synchronization

/// A receiver that does what a script says. A request that the script does not foresee is recorded as unexpected.
final class ScriptedTransport: WebhookTransport {
  enum Step: Sendable {
    case status(Int, retryAfter: String? = nil)
    case fails(TransportOutcome.Failure, mayHaveArrived: Bool = false)
    /// Answers 200 after so long; ends early, unheard, when cancelled.
    case slow(Duration)
    /// Answers 200 once so many others have ended; gives up waiting for them after 20 seconds.
    case after(Int)
    /// Answers after a minute, longer than any test may take; ends when cancelled.
    case hangs(mayHaveArrived: Bool)
  }

  struct Log: Sendable {
    /// In the order of arrival.
    var requests: [WebhookRequest] = []
    /// Ids in the order of their ends.
    var ended: [String] = []
    var running = 0
    var widest = 0
  }

  private let state = Mutex(Log())
  private let script: @Sendable (_ id: String, _ number: Int) -> Step

  /// - Parameter script: what happens to a request, by its `webhook-id` and its number (from 0).
  init(_ script: @escaping @Sendable (_ id: String, _ number: Int) -> Step) { self.script = script }

  var log: Log { state.withLock { $0 } }
  var ids: [String] { log.requests.map(\.id) }

  func send(_ request: WebhookRequest) async -> TransportOutcome {
    let number = state.withLock { log in
      log.requests.append(request)
      log.running += 1
      log.widest = max(log.widest, log.running)
      return log.requests.count - 1
    }
    let outcome = await play(script(request.id, number))
    state.withLock { log in
      log.running -= 1
      log.ended.append(request.id)
    }
    return outcome
  }

  private func play(_ step: Step) async -> TransportOutcome {
    switch step {
    case .status(let status, let retryAfter):
      // A real post lets others run.
      await Task.yield()
      let headers = retryAfter.map { [HTTPField("Retry-After", $0)] } ?? []
      return .answered(HTTPReply(status: status, headers: headers))
    case .fails(let failure, let mayHaveArrived):
      await Task.yield()
      return .failed(failure, what: "scripted", mayHaveArrived: mayHaveArrived)
    case .slow(let duration):
      do { try await Task.sleep(for: duration) } catch {
        return .failed(.cancelled, what: "cancelled", mayHaveArrived: true)
      }
      return .answered(HTTPReply(status: 200))
    case .after(let others):
      let deadline = ContinuousClock.now + .seconds(20)
      while log.ended.count < others, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(1)) }
      return .answered(HTTPReply(status: 200))
    case .hangs(let mayHaveArrived):
      try? await Task.sleep(for: .seconds(60))
      return .failed(Task.isCancelled ? .cancelled : .timeout, what: "cancelled", mayHaveArrived: mayHaveArrived)
    }
  }
}

extension WebhookRequest {
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
  var id: String { header("webhook-id") ?? "" }
}
