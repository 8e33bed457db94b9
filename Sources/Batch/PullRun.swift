public import ClosureModel
import Glibc
public import Ingest

/// Fetches the tickets of a system into a folder that is read like an export. Only GET is ever sent.
public struct PullRun: Sendable {
  public struct Result: Sendable {
    public var requests = 0
    public var files = 0
    public var bytes = 0
    /// Attachments that could not be fetched.
    public var missing: [String] = []
    public init() {}
  }
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable { case unreachable, refused, unexpected, output, interrupted }
    public let code: Code
    public let what: String
    public var description: String { what }
  }
  private let transport: any WebhookTransport
  private let folder: String
  private let headers: [HTTPField]
  private let base: String
  private let timeout: Double
  private let clock: @Sendable () -> Timestamp
  private let sleep: @Sendable (Double) async -> Void
  private let interruption: Interruption
  private static let attempts = 8
  private static let longestWait = 600.0

  /// - Parameters:
  ///   - folder: exists and is empty.
  ///   - headers: with the key; sent to the system's own host alone.
  public init(
    transport: any WebhookTransport, folder: String, base: String, headers: [HTTPField], timeout: Double = 60,
    interruption: Interruption, clock: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Double) async -> Void = { seconds in
      // Cancelled: the next request ends at once.
      do { try await Task.sleep(for: .seconds(seconds)) } catch { return }
    }
  ) {
    self.transport = transport
    self.folder = folder
    self.base = base
    self.headers = headers
    self.timeout = timeout
    self.sleep = sleep
    self.clock = clock
    self.interruption = interruption
  }

  public func run(_ machine: PullMachine, progress: (Result) -> Void) async throws(Failure) -> Result {
    var machine = machine
    var result = Result()
    while let request = machine.next {
      guard !interruption.isRaised else { throw Failure(code: .interrupted, what: "stopped; the folder holds a part") }
      let reply = try await fetch(request.url, follows: !request.isDocument, &result)
      guard reply.status == 200 else {
        guard request.mayFail else { throw refusal(reply, request.url) }
        result.missing.append(request.file ?? "")
        machine.passedOver()
        continue
      }
      if let file = request.file {
        try write(reply.body, to: file)
        result.files += 1
        result.bytes += reply.body.count
      }
      do throws(PullMachine.Refusal) { try machine.answered(reply.body) } catch {
        throw Failure(code: .refused, what: "\(Self.shown(request.url)): \(error.what)")
      }
      progress(result)
    }
    return result
  }

  private func refusal(_ reply: HTTPReply, _ url: String) -> Failure {
    switch reply.status {
    case 401, 403:
      Failure(code: .refused, what: "\(Self.shown(url)): the system refuses the key (\(reply.status))")
    default: Failure(code: .unexpected, what: "\(Self.shown(url)): the system answers \(reply.status)")
    }
  }

  /// One answer: waits where the system asks for it, tries again where a later attempt may succeed.
  private func fetch(_ url: String, follows: Bool, _ result: inout Result) async throws(Failure) -> HTTPReply {
    var url = url
    var last = ""
    var redirects = 0
    var attempt = 0
    while attempt < Self.attempts {
      guard !interruption.isRaised else { throw Failure(code: .interrupted, what: "stopped; the folder holds a part") }
      result.requests += 1
      let isOwn = Self.origin(url) == Self.origin(base)
      let outcome = await transport.send(
        WebhookRequest(
          method: "GET", url: url, headers: isOwn ? headers : [], body: [], timeoutSeconds: timeout,
          connectTimeoutSeconds: 10))
      let wait = min(Self.longestWait, Double(1 << min(attempt, 9)))
      attempt += 1
      switch outcome {
      case .answered(let reply):
        switch reply.status {
        case 301, 302, 303, 307, 308:
          // A file may lie on another host, which is shown no key.
          guard follows, redirects < 3, let target = reply.header("Location"), target.hasPrefix("http") else {
            return reply
          }
          redirects += 1
          attempt -= 1
          url = target
        case 429, 500, 502, 503, 504:
          last = "answers \(reply.status)"
          guard attempt < Self.attempts else { return reply }
          await sleep(
            reply.header("Retry-After").flatMap { RetryAfter.seconds($0, now: clock()) }.map {
              min(Self.longestWait, $0)
            }
              ?? wait)
        default: return reply
        }
      case .failed(let failure, let what, _):
        last = what
        if [.badRequest, .blockedAddress, .tls, .responseTooLarge, .cancelled].contains(failure) {
          if follows, failure != .cancelled { return HTTPReply(status: 0) }
          throw Failure(code: .unreachable, what: "\(Self.shown(url)): \(what)")
        }
        await sleep(wait)
      }
    }
    throw Failure(code: .unreachable, what: "\(Self.shown(url)): \(last), after \(Self.attempts) attempts")
  }

  /// Without its query: it may hold a key or a customer's name.
  private static func shown(_ url: String) -> String { String(url.prefix { $0 != "?" }) }

  private static func origin(_ url: String) -> String {
    url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).prefix(2).joined(separator: "//")
      .lowercased()
  }

  private func write(_ bytes: [UInt8], to file: String) throws(Failure) {
    var path = folder
    let parts = file.split(separator: "/")
    for part in parts.dropLast() {
      path += "/" + part
      if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure(path) }
    }
    path += "/" + (parts.last ?? "")
    // A file of that name is somebody else's: two tickets of one id, or a name made to collide.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      done += count
    }
  }

  private func failure(_ path: String) -> Failure {
    Failure(code: .output, what: "cannot write \(path): \(String(cString: strerror(errno)))")
  }
}
