import Batch
import Dispatch
import Glibc

/// The writing end of the pipe that carries signals from the handler, where almost nothing may be called, to a thread.
/// Written once, before the handlers are installed.
nonisolated(unsafe) private var signalPipe: Int32 = -1

/// SIGINT and SIGTERM raise an interruption and cancel the work; a second one ends the process at once.
final class Signals {
  let interruption = Interruption()

  /// - Parameter cancel: cancels the command's task; called once, on a thread of its own.
  func watch(_ cancel: @escaping @Sendable () -> Void) {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    signalPipe = ends[1]
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(signalPipe, &byte, 1)
      }
    }
    let interruption = interruption
    let reading = ends[0]
    DispatchQueue(label: "closedesk.signals").async {
      // A parent may have left them blocked: this thread takes them all the same.
      var set = sigset_t()
      sigemptyset(&set)
      sigaddset(&set, SIGINT)
      sigaddset(&set, SIGTERM)
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      var byte: UInt8 = 0
      while true {
        let count = read(reading, &byte, 1)
        if count < 0, errno == EINTR { continue }
        guard count == 1 else { return }
        if interruption.isRaised { _exit(128 + Int32(byte)) }
        interruption.raise()
        Console.error("closedesk: stopping, what is recorded stays; press again to end at once")
        cancel()
      }
    }
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
