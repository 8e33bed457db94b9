import CProcess
import Glibc

/// A child process that is spoken to over its stdin and stdout, with a deadline on every exchange.
///
/// Started with `posix_spawn`: no shell, exactly the arguments, environment and folder that were asked for, default
/// signal handling, and no descriptor but the three. What it says on stderr is kept, the last `messageBytes` of it, for
/// error texts. Whoever drops or stops it leaves no process and no zombie behind.
///
/// One owner at a time; calls wait, so make them from a thread that may wait (never the cooperative pool).
///
/// `@unchecked Sendable`: its state is plain; an owner hands it on whole (a pool's lock does) and keeps nothing.
final class ChildProcess: @unchecked Sendable {
  struct Command: Sendable {
    /// Absolute path.
    var executable: String
    /// Without the name of the program.
    var arguments: [String]
    /// The whole environment of the child.
    var environment: [String: String]
    var directory: String
    /// A process group of its own, so that what the child starts in turn dies with it. False only inside a worker,
    /// whose group is its parent's to kill.
    var ownGroup: Bool

    init(
      _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: String = "/",
      ownGroup: Bool = true
    ) {
      self.executable = executable
      self.arguments = arguments
      self.environment = environment
      self.directory = directory
      self.ownGroup = ownGroup
    }
  }

  enum Ending: Sendable, Hashable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  enum Failure: Error, Sendable, Hashable {
    /// The reason in words.
    case notStarted(String)
    /// The deadline passed; the child is still there.
    case tooSlow
    /// The child closed its end: it is dead or dying.
    case closed
    /// A line or an output longer than allowed.
    case tooMuch
  }

  static let messageBytes = 4096

  let id: pid_t
  private let ownGroup: Bool
  private var input: Int32
  private let output: Int32
  private var errors: Int32
  /// Read from stdout, not yet asked for.
  private var ahead: ArraySlice<UInt8> = []
  private var said: [UInt8] = []
  private var ending: Ending?
  private var isClosed = false

  /// - Throws: `.notStarted`.
  init(_ command: Command) throws(Failure) {
    var pipes = Pipes()
    guard pipes.open() else {
      let reason = String(cString: strerror(errno))
      pipes.closeAll()
      throw .notStarted("no pipe: \(reason)")
    }
    let (code, pid) = Self.spawn(command, pipes)
    pipes.closeChildEnds()
    guard code == 0 else {
      pipes.closeParentEnds()
      throw .notStarted("\(command.executable): \(String(cString: strerror(code)))")
    }
    id = pid
    ownGroup = command.ownGroup
    input = pipes.input.write
    output = pipes.output.read
    errors = pipes.errors.read
    for descriptor in [input, output, errors] {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
    // Pages are megabytes: fewer, larger hand-overs.
    cprocess_enlarge(input, 1 << 20)
    cprocess_enlarge(output, 1 << 20)
  }

  deinit { stop() }

  /// The last lines of its stderr.
  var messages: String {
    drainErrors()
    return String(decoding: said, as: UTF8.self)
  }

  /// Writes all bytes.
  /// - Throws: `.tooSlow`, `.closed`.
  func write(_ bytes: [UInt8], by deadline: ContinuousClock.Instant) throws(Failure) {
    var done = 0
    while done < bytes.count {
      guard input >= 0 else { throw .closed }
      let count = Self.writeWithoutSignal(input, bytes, from: done)
      if count > 0 {
        done += count
      } else if errno == EAGAIN {
        _ = try wait(for: [(input, POLLOUT)], by: deadline)
      } else if errno != EINTR {
        throw .closed
      }
    }
  }

  /// Says that nothing more will come.
  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Exactly `count` bytes of stdout.
  /// - Throws: `.tooSlow`, `.closed`.
  func read(_ count: Int, by deadline: ContinuousClock.Instant) throws(Failure) -> [UInt8] {
    var failure: Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let known = min(count, ahead.count)
      _ = buffer.update(fromContentsOf: ahead.prefix(known))
      ahead = ahead.dropFirst(known)
      filled = known
      while filled < count {
        do throws(Failure) {
          filled += try readSome(
            UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]), by: deadline)
        } catch {
          failure = error
          return
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// One line of stdout, without its line feed.
  /// - Throws: `.tooMuch` when it is longer than `limit` bytes, `.tooSlow`, `.closed`.
  func readLine(limit: Int, by deadline: ContinuousClock.Instant) throws(Failure) -> [UInt8] {
    var scanned = 0
    while true {
      if let end = ahead.dropFirst(scanned).firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(ahead[ahead.startIndex..<end])
        ahead = ahead[(end + 1)...]
        guard line.count <= limit else { throw .tooMuch }
        return line
      }
      guard ahead.count <= limit else { throw .tooMuch }
      scanned = ahead.count
      ahead += try readChunk(by: deadline)
    }
  }

  /// Hands over `bytes`, closes stdin and collects stdout to its end, both at once, for programs that answer while they
  /// still read; then waits for the exit.
  /// - Throws: `.tooMuch` when it answers more than `limit` bytes, `.tooSlow`. A program that does not want its input to
  ///   the end is no failure.
  func exchange(
    _ bytes: [UInt8] = [], limit: Int, by deadline: ContinuousClock.Instant
  ) throws(Failure) -> (output: [UInt8], ending: Ending) {
    var written = 0
    var answer = Array(ahead)
    ahead = []
    if bytes.isEmpty { closeInput() }
    while true {
      let waiting = input >= 0 ? [(output, POLLIN), (input, POLLOUT)] : [(output, POLLIN)]
      let ready = try wait(for: waiting, by: deadline)
      if input >= 0, ready.contains(input) {
        let count = Self.writeWithoutSignal(input, bytes, from: written)
        if count > 0 { written += count }
        if written == bytes.count || (count < 0 && errno != EAGAIN && errno != EINTR) { closeInput() }
      }
      guard ready.contains(output) else { continue }
      do throws(Failure) {
        answer += try readChunk(by: deadline)
      } catch .closed {
        break
      }
      guard answer.count <= limit else { throw .tooMuch }
    }
    guard let ending = waitForExit(by: deadline) else { throw .tooSlow }
    return (answer, ending)
  }

  /// How it ended; nil: it still runs when the deadline passes.
  func waitForExit(by deadline: ContinuousClock.Instant) -> Ending? {
    var pause: UInt32 = 200
    while ending == nil {
      reapIfEnded()
      if ending != nil { break }
      guard ContinuousClock.now < deadline else { return nil }
      drainErrors()
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
    return ending
  }

  var isRunning: Bool {
    reapIfEnded()
    return ending == nil
  }

  /// Kills it with its group, if it still runs, and collects it. May be called again.
  func stop() {
    guard !isClosed else { return }
    if ending == nil {
      kill(ownGroup ? -id : id, SIGKILL)
      var status: Int32 = 0
      while waitpid(id, &status, 0) < 0 && errno == EINTR {}
      ending = Self.ending(status)
    }
    drainErrors()
    closeInput()
    close(output)
    if errors >= 0 { close(errors) }
    errors = -1
    isClosed = true
  }

  // MARK: - Reading and waiting

  private func readChunk(by deadline: ContinuousClock.Instant) throws(Failure) -> [UInt8] {
    var failure: Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, filled in
      do throws(Failure) { filled = try readSome(UnsafeMutableRawBufferPointer(buffer), by: deadline) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// At least one byte.
  private func readSome(
    _ buffer: UnsafeMutableRawBufferPointer, by deadline: ContinuousClock.Instant
  ) throws(Failure) -> Int {
    while true {
      guard !isClosed else { throw .closed }
      let count = Glibc.read(output, buffer.baseAddress, buffer.count)
      if count > 0 { return count }
      if count == 0 { throw .closed }
      if errno == EAGAIN {
        _ = try wait(for: [(output, POLLIN)], by: deadline)
      } else if errno != EINTR {
        throw .closed
      }
    }
  }

  /// Waits until one of the descriptors is ready, and takes what comes on stderr meanwhile: a child that complains much
  /// must not stop at a full pipe.
  /// - Returns: those that are ready.
  private func wait(
    for wanted: [(descriptor: Int32, events: Int32)], by deadline: ContinuousClock.Instant
  ) throws(Failure) -> [Int32] {
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { throw .tooSlow }
      let milliseconds = min(left / .milliseconds(1) + 1, 3_600_000)
      var polled = wanted.map { pollfd(fd: $0.descriptor, events: Int16($0.events), revents: 0) }
      polled.append(pollfd(fd: errors, events: Int16(POLLIN), revents: 0))
      guard poll(&polled, nfds_t(polled.count), Int32(milliseconds)) > 0 else { continue }
      if polled[wanted.count].revents != 0 { drainErrors() }
      let ready = polled.prefix(wanted.count).filter { $0.revents != 0 }.map(\.fd)
      if !ready.isEmpty { return ready }
    }
  }

  private func drainErrors() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while errors >= 0 {
      let count = Glibc.read(errors, &buffer, buffer.count)
      if count > 0 {
        said += buffer.prefix(count)
        if said.count > Self.messageBytes { said.removeFirst(said.count - Self.messageBytes) }
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        close(errors)
        errors = -1
      } else if errno == EAGAIN {
        return
      }
    }
  }

  /// Looks without collecting first: as long as the zombie is there its group's number is nobody else's, so the rest of
  /// the group can be killed safely.
  private func reapIfEnded() {
    guard ending == nil else { return }
    var info = siginfo_t()
    guard waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_signo == SIGCHLD else { return }
    if ownGroup { kill(-id, SIGKILL) }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    ending = Self.ending(status)
  }

  private static func ending(_ status: Int32) -> Ending {
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
  }

  /// A reader that has gone must be an error here, not a SIGPIPE that ends the program: the signal is held back on this
  /// thread and, if it came, taken away.
  private static func writeWithoutSignal(_ descriptor: Int32, _ bytes: [UInt8], from start: Int) -> Int {
    var pipe = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start) }
    let code = errno
    if count < 0 && code == EPIPE && sigismember(&before, SIGPIPE) == 0 {
      var zero = timespec()
      while sigtimedwait(&pipe, nil, &zero) < 0 && errno == EINTR {}
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = code
    return count
  }
}
