import ClosureModel
import Glibc

/// The parent's side of one worker: a child process and a folder for it. Trusts nothing that it says.
final class DecodeWorker: Sendable {
  private let child: ChildProcess
  private let scratch: ScratchFolder
  private let limits: DecodeLimits
  let confinement: Confinement

  /// Starts it and waits until it is ready.
  /// - Throws: `.unavailable`.
  init(
    executable: String, arguments: [String], temporaryFolder: String, limits: DecodeLimits
  ) throws(DecodeFailure) {
    guard let scratch = ScratchFolder.make(in: temporaryFolder) else {
      throw DecodeFailure(
        .unavailable, "no folder can be made in \(temporaryFolder): \(String(cString: strerror(errno)))")
    }
    let command = ChildProcess.Command(
      executable, arguments,
      environment: [
        "LC_ALL": "C.UTF-8", "TMPDIR": scratch.path, "HOME": scratch.path,
        // Pictures go back to the system when they are let go, so that memory does not creep up.
        "MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "1048576",
      ], directory: scratch.path)
    do throws(ChildProcess.Failure) {
      child = try Self.start(command)
    } catch {
      scratch.removeAll()
      throw DecodeFailure(.unavailable, "the decoder cannot be started: \(error)")
    }
    self.scratch = scratch
    self.limits = limits
    let deadline = ContinuousClock.now + .seconds(15)
    do {
      try child.write(
        try DecodeWire.line(DecodeWire.Setup(limits: limits, scratch: scratch.path, parent: getpid())), by: deadline)
      let reply = try Self.reply(from: child, by: deadline)
      guard reply.kind == .ready, let confinement = reply.confinement else { throw ChildProcess.Failure.closed }
      self.confinement = confinement
    } catch {
      let said = child.messages
      child.stop()
      scratch.removeAll()
      throw DecodeFailure(.unavailable, "the decoder does not answer: \(error) \(DecodeNames.plain(said))")
    }
  }

  deinit { stop() }

  private static func start(_ command: ChildProcess.Command) throws(ChildProcess.Failure) -> ChildProcess {
    guard let thread = SpawningThread.shared else { throw .notStarted("no thread") }
    let result = thread.run { () -> Result<ChildProcess, ChildProcess.Failure> in
      Result { () throws(ChildProcess.Failure) in try ChildProcess(command) }
    }
    return try result.get()
  }

  var id: Int32 { child.id }
  var isRunning: Bool { child.isRunning }

  func stop() {
    child.stop()
    scratch.removeAll()
  }

  /// What it found out about its own confinement.
  func check() throws(DecodeFailure) -> Confinement {
    let deadline = ContinuousClock.now + .seconds(15)
    do {
      try child.write(try DecodeWire.line(DecodeWire.Request(operation: .check)), by: deadline)
      let reply = try Self.reply(from: child, by: deadline)
      guard let confinement = reply.confinement else { throw ChildProcess.Failure.closed }
      return confinement
    } catch {
      throw DecodeFailure(.unavailable, "the decoder does not answer: \(error)")
    }
  }

  struct Answer {
    var pages: [PageImage] = []
    var failures: [DecodeFailure] = []
    /// Bytes of memory that the worker has in use after the file, and the most it ever had.
    var memory = 0
    var peak = 0
    /// Why the worker must not be used again.
    var loss: DecodeFailure?
  }

  /// Opens one file. A worker that dies over it still gave the pages that it had sent.
  func open(_ bytes: [UInt8], longSide: Int) -> Answer {
    var answer = Answer()
    let deadline = ContinuousClock.now + .seconds(limits.secondsToKill)
    do {
      let request = DecodeWire.Request(operation: .open, bytes: bytes.count, longSide: longSide)
      try child.write(try DecodeWire.line(request), by: deadline)
      try child.write(bytes, by: deadline)
      while try take(into: &answer, longSide: longSide, by: deadline) {}
    } catch {
      answer.loss = loss(error as? ChildProcess.Failure)
    }
    return answer
  }

  /// Takes one message.
  /// - Returns: whether more will come.
  private func take(into answer: inout Answer, longSide: Int, by deadline: ContinuousClock.Instant) throws -> Bool {
    let reply = try Self.reply(from: child, by: deadline)
    switch reply.kind {
    case .page:
      guard let page = reply.page, answer.pages.count < limits.pagesInAll, (1...longSide).contains(page.pixelWidth),
        (1...longSide).contains(page.pixelHeight), reply.bytes == page.pixelWidth * page.pixelHeight * 4,
        page.width >= page.pixelWidth - 1, page.height >= page.pixelHeight - 1, max(page.width, page.height) < 1 << 24
      else { throw ChildProcess.Failure.tooMuch }
      let rgba = try child.read(reply.bytes, by: deadline)
      answer.pages.append(
        PageImage(
          number: page.number, entry: page.entry.map(DecodeNames.plain), source: .init(page.source),
          pixels: Pixels(width: page.pixelWidth, height: page.pixelHeight, rgba: rgba), width: page.width,
          height: page.height))
    case .failure:
      guard let failure = reply.failure, answer.failures.count < limits.entries + limits.pagesInAll + 100 else {
        throw ChildProcess.Failure.tooMuch
      }
      answer.failures.append(DecodeFailure(failure))
    case .done:
      answer.memory = reply.memory ?? 0
      answer.peak = reply.peak ?? 0
      return false
    case .ready, .checked: throw ChildProcess.Failure.tooMuch
    }
    return true
  }

  private static func reply(from child: ChildProcess, by deadline: ContinuousClock.Instant) throws -> DecodeWire.Reply {
    try DecodeWire.read(
      DecodeWire.Reply.self, from: try child.readLine(limit: DecodeWire.lineBytes, by: deadline))
  }

  /// What happened to it, told by how it ended.
  private func loss(_ failure: ChildProcess.Failure?) -> DecodeFailure {
    if failure == .tooSlow { return DecodeFailure(.tooSlow, "the file takes too long") }
    switch child.waitForExit(by: .now + .seconds(1)) {
    case .killed(SIGXCPU): return DecodeFailure(.tooSlow, "the file takes too long")
    case .killed(SIGXFSZ): return DecodeFailure(.tooLarge, "the file unpacks to more than is read")
    case .killed(let signal): return DecodeFailure(.crashed, "the decoder died over the file (signal \(signal))")
    case .exited(let code): return DecodeFailure(.crashed, "the decoder stopped over the file (code \(code))")
    case nil: return DecodeFailure(.crashed, "the decoder gave an answer that makes no sense")
    }
  }
}
