import Glibc
import Synchronization

/// A request as its bytes came in.
public struct Received: Sendable {
  public let head: String
  public let body: [UInt8]
}

/// No socket could be had on 127.0.0.1.
public struct NoSocket: Error {
  let code: Int32
}

/// A loopback server of raw sockets that can misbehave: each connection gets a thread and runs `serve`.
public final class FaultServer: Sendable {
  private struct State: Sendable {
    var received: [Received] = []
    var connections = 0
    var open: Set<Int32> = []
    var stopped = false
  }

  public let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())
  private let serve: @Sendable (Peer) -> Void

  public var url: String { "http://127.0.0.1:\(port)/hooks/closure" }
  public var received: [Received] { state.withLock { $0.received } }
  public var connections: Int { state.withLock { $0.connections } }

  public init(_ serve: @escaping @Sendable (Peer) -> Void) throws {
    self.serve = serve
    (listener, port) = try Self.listen()
    Self.spawn { [self] in acceptLoop() }
  }

  /// Ends the listener and every open connection.
  public func stop() {
    state.withLock { state in
      guard !state.stopped else { return }
      state.stopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      for fd in state.open { shutdown(fd, Int32(SHUT_RDWR)) }
    }
  }

  /// Answers every request on a kept connection with the same bytes.
  public static func answering(_ answer: String) throws -> FaultServer {
    try FaultServer { peer in while peer.readRequest() != nil { peer.write(answer) } }
  }

  /// A port that nobody listens on: bound once, then given back.
  public static func unusedPort() throws -> UInt16 {
    let (fd, port) = try listen()
    close(fd)
    return port
  }

  static func listen() throws -> (Int32, UInt16) {
    let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(fd, raw, length) == 0 && Glibc.listen(fd, 512) == 0 && getsockname(fd, raw, &length) == 0
      }
    }
    guard fd >= 0, code else { throw NoSocket(code: errno) }
    return (fd, UInt16(bigEndian: address.sin_port))
  }

  private func acceptLoop() {
    while true {
      let fd = accept(listener, nil, nil)
      guard fd >= 0 else { break }
      let live = state.withLock { state in
        state.connections += 1
        if !state.stopped { state.open.insert(fd) }
        return !state.stopped
      }
      guard live else {
        close(fd)
        break
      }
      Self.spawn { [self] in
        serve(Peer(fd: fd) { request in self.state.withLock { $0.received.append(request) } })
        state.withLock { _ = $0.open.remove(fd) }
        close(fd)
      }
    }
    close(listener)
  }

  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func spawn(_ body: @escaping @Sendable () -> Void) {
    var id = pthread_t()
    let code = pthread_create(
      &id, nil,
      { raw in
        var mask = sigset_t()
        sigfillset(&mask)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        if let raw { Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().body() }
        return nil
      }, Unmanaged.passRetained(Job(body)).toOpaque())
    precondition(code == 0, "a test may start a thread")
    pthread_detach(id)
  }
}

/// One connection, from the server's end.
public final class Peer {
  private let fd: Int32
  private let record: (Received) -> Void
  private var buffer: [UInt8] = []

  init(fd: Int32, record: @escaping (Received) -> Void) {
    self.fd = fd
    self.record = record
  }

  /// Reads one request, head and body by Content-Length. `nil`: the other end is gone.
  public func readRequest() -> Received? {
    var end = headEnd()
    while end == nil {
      guard fill() else { return nil }
      end = headEnd()
    }
    guard let end else { return nil }
    let head = String(decoding: buffer[..<end], as: UTF8.self)
    let length =
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) } ?? 0
    while buffer.count < end + length { guard fill() else { return nil } }
    let request = Received(head: head, body: Array(buffer[end..<(end + length)]))
    buffer.removeFirst(end + length)
    record(request)
    return request
  }

  public func write(_ text: String) { write(Array(text.utf8)) }

  public func write(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        send(fd, raw.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Makes the coming close a reset instead of an orderly end.
  public func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Waits until the other end is gone.
  public func waitForEnd() { while fill() { buffer.removeAll() } }

  public func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }

  private func headEnd() -> Int? {
    guard buffer.count >= 4 else { return nil }
    return (4...buffer.count).first {
      buffer[$0 - 4] == 13 && buffer[$0 - 3] == 10 && buffer[$0 - 2] == 13 && buffer[$0 - 1] == 10
    }
  }

  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(fd, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer.append(contentsOf: chunk[..<count])
    return true
  }
}

extension Received {
  /// First header of that name, whatever its case.
  public func header(_ name: String) -> String? {
    for line in head.split(separator: "\r\n").dropFirst() {
      guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else { continue }
      return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    return nil
  }
}
