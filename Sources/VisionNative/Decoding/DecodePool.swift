public import ClosureModel
import Dispatch
import Synchronization

/// `ImageDecoder` over a few child processes. This process never decodes: a hostile file can at worst kill a worker,
/// which costs one `DecodeFailure` and the start of another (some 20 ms).
public final class DecodePool: ImageDecoder {
  private let executable: String
  private let arguments: [String]
  private let temporaryFolder: String
  public let limits: DecodeLimits
  private let free: DispatchSemaphore
  private let state = Mutex(State())

  private struct State {
    var idle: [Member] = []
    var busy: Set<Int32> = []
    var peak = 0
    var started = 0
  }

  /// A worker and how many files it has opened.
  private struct Member {
    let worker: DecodeWorker
    var files = 0
  }

  /// Workers are started when they are first needed.
  /// - Parameters:
  ///   - executable: absolute path of a program that, with `arguments`, runs `DecodeServer.run()`.
  ///   - workers: files opened at the same time; further callers wait.
  ///   - temporaryFolder: an existing folder; each worker gets one of its own in it and loses it at its end.
  public init(
    executable: String, arguments: [String], workers: Int = 2, temporaryFolder: String = "/tmp",
    limits: DecodeLimits = DecodeLimits()
  ) {
    self.executable = executable
    self.arguments = arguments
    self.temporaryFolder = temporaryFolder
    self.limits = limits
    free = DispatchSemaphore(value: max(1, workers))
    ScratchFolder.sweep(temporaryFolder)
  }

  /// Waits for a free worker and for its answer: call it from a thread that may wait.
  public func open(_ bytes: [UInt8], longSide: Int) throws(DecodeFailure) -> DecodedFile {
    guard !bytes.isEmpty else { throw DecodeFailure(.empty, "the file is empty") }
    guard bytes.count <= limits.fileBytes else {
      throw DecodeFailure(.tooLarge, "the file is larger than \(limits.fileBytes >> 20) MB")
    }
    let longSide = min(max(1, longSide), limits.longSide)
    let answer = try withMember { (member) throws(DecodeFailure) in
      let answer = member.worker.open(bytes, longSide: longSide)
      member.files += 1
      let isWornOut = member.files >= limits.filesPerWorker || answer.memory > limits.restingBytes
      return (answer, isReusable: answer.loss == nil && !isWornOut)
    }
    state.withLock { $0.peak = max($0.peak, answer.peak) }
    var failures = answer.failures
    if let loss = answer.loss { failures.append(loss) }
    if answer.pages.isEmpty {
      throw failures.first ?? DecodeFailure(.broken, "the file holds no page")
    }
    let type = FileSignature.type(of: Array(bytes.prefix(FileSignature.bytesNeeded)))
    return DecodedFile(type: type, pages: answer.pages, failures: failures)
  }

  /// Starts a worker and lets it try what it must not be able to do. For `doctor`.
  /// - Throws: `.unavailable`.
  public func confinement() throws(DecodeFailure) -> Confinement {
    try withMember { (member) throws(DecodeFailure) in
      (try member.worker.check(), isReusable: true)
    }
  }

  /// The most memory, in bytes, that any worker ever used, and how many were started.
  public var usage: (peakBytes: Int, workersStarted: Int) { state.withLock { ($0.peak, $0.started) } }

  /// Processes that live: for tests, which kill them.
  var workerIDs: [Int32] { state.withLock { $0.idle.map(\.worker.id) + $0.busy } }

  // MARK: - Workers

  private func withMember<Value>(
    _ body: (inout Member) throws(DecodeFailure) -> (Value, isReusable: Bool)
  ) throws(DecodeFailure) -> Value {
    free.wait()
    defer { free.signal() }
    var member = try takeMember()
    let id = member.worker.id
    state.withLock { _ = $0.busy.insert(id) }
    var isReusable = false
    defer {
      if !isReusable { member.worker.stop() }
      state.withLock {
        $0.busy.remove(id)
        if isReusable { $0.idle.append(member) }
      }
    }
    let (value, reusable) = try body(&member)
    isReusable = reusable
    return value
  }

  private func takeMember() throws(DecodeFailure) -> Member {
    while let member = state.withLock({ $0.idle.popLast() }) {
      // Killed while it had nothing to do.
      if member.worker.isRunning { return member }
      member.worker.stop()
    }
    let worker = try DecodeWorker(
      executable: executable, arguments: arguments, temporaryFolder: temporaryFolder, limits: limits)
    state.withLock { $0.started += 1 }
    return Member(worker: worker)
  }
}
