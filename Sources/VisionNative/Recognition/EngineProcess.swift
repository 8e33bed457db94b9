import ClosureModel
import Glibc

/// How an engine is started, and what it may cost.
struct EngineCommand: Sendable {
  /// For messages.
  var name: String
  var command: ChildProcess.Command
  /// For the first answer, while models are loaded.
  var startSeconds: Double
  /// For one picture.
  var seconds: Double
  /// Resident memory in bytes; a process over it is ended.
  var memoryBytes: Int
}

/// One running engine, past its first `info`. One owner at a time.
///
/// `@unchecked Sendable`: the pool hands it on whole and keeps nothing.
final class EngineProcess: @unchecked Sendable {
  private(set) var info: RecognizerInfo
  private let engine: EngineCommand
  private let child: ChildProcess
  private var asked = 0

  /// Starts it and waits until it has told who it is.
  /// - Throws: `.unavailable` when it cannot be started; else as `ask`.
  init(_ engine: EngineCommand) throws(RecognizerFailure) {
    self.engine = engine
    do { child = try ChildProcess(engine.command) } catch {
      var reason = "\(error)"
      if case .notStarted(let words) = error { reason = words }
      throw RecognizerFailure(
        .unavailable, "\(engine.name) cannot be started: \(reason)", fix: Recognizers.installHint)
    }
    info = RecognizerInfo(name: engine.name, version: "", readsNames: false, givesFrames: false)
    info = try ask(.info, seconds: engine.startSeconds).checkedInfo()
  }

  /// Alive and within its memory: fit for the next picture.
  var isFit: Bool { child.isRunning && residentBytes <= engine.memoryBytes }

  func ask(_ request: EngineRequest) throws(RecognizerFailure) -> EngineReply {
    try ask(request, seconds: engine.seconds)
  }

  /// - Throws: `.tooSlow`, `.crashed` (also when ended for its memory), `.badAnswer`; what the engine itself says is wrong.
  ///   After any of these but `.unsupported` the process must not be asked again: it may still be busy with this request.
  private func ask(_ request: EngineRequest, seconds: Double) throws(RecognizerFailure) -> EngineReply {
    let id = String(asked)
    asked += 1
    let bytes = try request.encoded(id: id)
    let deadline = ContinuousClock.now + .seconds(seconds)
    do { try child.write(bytes, by: deadline) } catch { throw failure(error, seconds) }
    while true {
      // In slices, to look at its memory meanwhile; what has come of the line is kept.
      let slice = min(deadline, ContinuousClock.now + .milliseconds(200))
      let line: [UInt8]
      do { line = try child.readLine(limit: EngineLimits.replyBytes, by: slice) } catch {
        guard error == .tooSlow, slice < deadline else { throw failure(error, seconds) }
        let resident = residentBytes
        guard resident <= engine.memoryBytes else {
          throw RecognizerFailure(
            .crashed, "\(engine.name) was ended: it used \(resident >> 20) MB", fix: "Let a person read this picture.")
        }
        continue
      }
      return try EngineReply.decode(line, id: id)
    }
  }

  private func failure(_ failure: ChildProcess.Failure, _ seconds: Double) -> RecognizerFailure {
    switch failure {
    case .tooSlow:
      RecognizerFailure(
        .tooSlow, "\(engine.name) gave no answer within \(Int(seconds)) s", fix: "Let a person read this picture.")
    case .tooMuch: .badAnswer("the answer of \(engine.name) is longer than \(EngineLimits.replyBytes >> 20) MB")
    case .closed, .notStarted:
      RecognizerFailure(
        .crashed, "\(engine.name) ended without an answer\(lastWords)",
        fix: "Let a person read this picture; if it happens with every picture: \(Recognizers.installHint)")
    }
  }

  /// The last line it wrote on stderr: libraries put the reason there.
  private var lastWords: String {
    // It may have closed its stdout before it wrote them.
    _ = child.waitForExit(by: ContinuousClock.now + .milliseconds(200))
    let line = child.messages.split(whereSeparator: \.isNewline).last.map { String($0.prefix(300)) } ?? ""
    return line.isEmpty ? "" : ": " + line.filter { !$0.unicodeScalars.contains { $0.value < 32 } }
  }

  /// Of the process itself, without what it started; 0 when it has ended.
  private var residentBytes: Int {
    let file = open("/proc/\(child.id)/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    var text = [UInt8](repeating: 0, count: 256)
    let count = read(file, &text, text.count)
    // Size, then resident, in memory pages.
    let fields = text.prefix(max(0, count)).split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let resident = Int(String(decoding: fields[1], as: UTF8.self)) else { return 0 }
    return resident * Int(getpagesize())
  }
}
