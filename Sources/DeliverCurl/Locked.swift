import Glibc

/// A small shared box behind a pthread mutex.
///
/// Not `Synchronization.Mutex`: the thread sanitizer reports false races for it on Linux, and the checks of this
/// module demand zero reports.
// @unchecked: `value` is only touched between lock and unlock.
final class Locked<Value: Sendable>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  init(_ value: Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    let code = pthread_mutex_init(mutex, nil)
    precondition(code == 0, "a mutex with default attributes cannot be refused")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&value)
  }
}
