import Dispatch
import Foundation

/// SIGTERM and SIGINT as an event.
struct Termination {
  private let sources: [any DispatchSourceSignal]

  init(_ body: @escaping @Sendable () async -> Void) {
    // A parent may have started us from a thread that blocks signals, and the mask is inherited: without this, SIGTERM
    // would never arrive.
    var ours = sigset_t()
    sigemptyset(&ours)
    sigaddset(&ours, SIGTERM)
    sigaddset(&ours, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &ours, nil)
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)  // the source hears it all the same, the default action would end us first
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { Task { await body() } }
      source.resume()
      return source
    }
  }
}
