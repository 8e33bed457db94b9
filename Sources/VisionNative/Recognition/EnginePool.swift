import ClosureModel
import Dispatch
import Synchronization

/// Engines of one kind: at most `width` at once, started when first needed, kept warm. One that hangs, dies, answers
/// nonsense or grows too large is replaced by the next call that needs it.
///
/// Calls wait for a free engine without a time-out: each holder is bounded by its own deadline.
final class EnginePool: Sendable {
  private struct State {
    // An engine is here or with one caller, never both.
    var idle: [EngineProcess] = []
    var info: RecognizerInfo?
    var failedStarts = 0
    var lastFailure: RecognizerFailure?
  }

  /// After so many starts that failed in a row the engine counts as absent: a thousand letters shall not each wait for it.
  static let startsAttempted = 3

  private let engine: EngineCommand
  private let free: DispatchSemaphore
  private let state = Mutex(State())

  init(_ engine: EngineCommand, width: Int) {
    precondition(width > 0, "a pool has room for an engine")
    self.engine = engine
    self.free = DispatchSemaphore(value: width)
  }

  /// Starts an engine if none has told yet.
  func info() throws(RecognizerFailure) -> RecognizerInfo {
    if let known = state.withLock({ $0.info }) { return known }
    return try use { (engine) throws(RecognizerFailure) in engine.info }
  }

  /// - Throws: what `body` throws; `.unavailable` and its like when no engine can be started.
  func use<Result>(
    _ body: (EngineProcess) throws(RecognizerFailure) -> Result
  ) throws(RecognizerFailure) -> Result {
    free.wait()
    defer { free.signal() }
    let process = try take()
    do {
      let result = try body(process)
      giveBack(process)
      return result
    } catch {
      // Said no and is well; or never got the request. After anything else it is dropped, and ends with that.
      if error.code == .unsupported { giveBack(process) }
      throw error
    }
  }

  private func take() throws(RecognizerFailure) -> EngineProcess {
    while let idle = state.withLock({ $0.idle.popLast() }) {
      // One that died since its last picture is not this picture's fault.
      if idle.isFit { return idle }
    }
    if let failure = state.withLock({ $0.failedStarts >= Self.startsAttempted ? $0.lastFailure : nil }) {
      throw failure
    }
    do {
      let started = try EngineProcess(engine)
      let info = started.info
      state.withLock {
        $0.info = info
        $0.failedStarts = 0
      }
      return started
    } catch {
      state.withLock {
        $0.failedStarts += 1
        $0.lastFailure = error
      }
      throw error
    }
  }

  private func giveBack(_ process: EngineProcess) {
    guard process.isFit else { return }
    state.withLock { $0.idle.append(process) }
  }
}
