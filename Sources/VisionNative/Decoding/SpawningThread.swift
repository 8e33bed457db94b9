import Dispatch
import Glibc
import Synchronization

/// The one thread that starts workers.
///
/// A worker asks the kernel to be killed with its parent (`PR_SET_PDEATHSIG`), and the kernel means the *thread* that
/// started it: a worker started from a thread of a pool would die when that thread is let go. This one never ends.
final class SpawningThread: Sendable {
  static let shared: SpawningThread? = {
    let thread = SpawningThread()
    return thread.start() ? thread : nil
  }()

  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let waiting = DispatchSemaphore(value: 0)

  private init() {}

  private func start() -> Bool {
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      guard let context else { return nil }
      Unmanaged<SpawningThread>.fromOpaque(context).takeRetainedValue().work()
    }
    let context = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    guard pthread_create(&thread, nil, body, context) == 0 else { return false }
    pthread_detach(thread)
    return true
  }

  /// Runs `body` there and waits for it.
  func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    let job = Job<Value>()
    jobs.withLock { $0.append { job.finish(body()) } }
    waiting.signal()
    return job.wait()
  }

  private func work() -> Never {
    while true {
      waiting.wait()
      let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      job?()
    }
  }

  private final class Job<Value: Sendable>: Sendable {
    private let result = Mutex<Value?>(nil)
    private let done = DispatchSemaphore(value: 0)

    func finish(_ value: Value) {
      result.withLock { $0 = value }
      done.signal()
    }
    func wait() -> Value {
      while true {
        done.wait()
        if let value = result.withLock({ $0 }) { return value }
      }
    }
  }
}
