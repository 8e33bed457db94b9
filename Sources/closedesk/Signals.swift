import Batch
import Dispatch
import Glibc

/// SIGINT and SIGTERM raise an interruption and cancel the work; a second one ends the process at once.
final class Signals {
  let interruption = Interruption()
  private var sources: [any DispatchSourceSignal] = []

  /// - Parameter cancel: cancels the command's task; called once, on a queue of its own.
  func watch(_ cancel: @escaping @Sendable () -> Void) {
    let interruption = interruption
    let queue = DispatchQueue(label: "closedesk.signals")
    // A parent may have left them blocked; they would then wait for ever.
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if interruption.isRaised { _exit(128 + number) }
        interruption.raise()
        Console.error("closedesk: stopping, what is recorded stays; press again to end at once")
        cancel()
      }
      source.resume()
      sources.append(source)
    }
    signal(SIGPIPE, SIG_IGN)
  }

  /// 128 + SIGINT, as shells report it.
  static let interrupted: Int32 = 130
}

/// Runs `body` in a task that the signals cancel.
func interruptible(_ body: @escaping @Sendable (Interruption) async throws -> Exit) async throws -> Exit {
  let signals = Signals()
  let interruption = signals.interruption
  let task = Task { try await body(interruption) }
  signals.watch { task.cancel() }
  return try await task.value
}
