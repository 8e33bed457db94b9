import Foundation
import Glibc
import Synchronization

/// One call as a ticket system sees it.
struct Call: Sendable {
  let method: String
  /// With the query.
  let target: String
  let headers: [String: String]
  let body: [UInt8]

  var path: String { String(target.prefix { $0 != "?" }) }
  var text: String { String(decoding: body, as: UTF8.self) }
}

/// What it answers.
struct Play: Sendable {
  var status: Int
  var body: String
  var headers: [String: String] = ["Content-Type": "application/json"]
  init(_ status: Int, _ body: String = "") {
    self.status = status
    self.body = body
  }
}

/// What goes wrong with a call on its way.
enum Fault: Sendable, CaseIterable {
  /// The connection ends before the system hears of it.
  case lostBefore
  /// The system does it; the answer is lost.
  case lostAfter
  /// The answer stops in the middle.
  case cutOff
  /// The system does it after the client gave up.
  case storedLate
  /// A gateway says 502 for an answer that it lost.
  case badGateway
}

/// A loopback HTTP server of raw sockets, a thread a connection, that plays a ticket system or stands before a real one.
final class DeskServer: Sendable {
  private struct State {
    var faults: [Fault] = []
    var calls: [Call] = []
    var isStopped = false
    /// Calls of `storedLate` that are not stored yet.
    var late = 0
  }
  let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())
  private let handle: @Sendable (Call) -> Play
  private let isFaulty: @Sendable (Call) -> Bool

  var url: String { "http://127.0.0.1:\(port)" }
  var calls: [Call] { state.withLock { $0.calls } }

  /// - Parameter isFaulty: which calls the faults are for.
  init(isFaulty: @escaping @Sendable (Call) -> Bool, _ handle: @escaping @Sendable (Call) -> Play) throws {
    self.handle = handle
    self.isFaulty = isFaulty
    let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(fd, raw, length) == 0 && listen(fd, 64) == 0 && getsockname(fd, raw, &length) == 0
      }
    }
    guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
    listener = fd
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        Thread.detachNewThread { [self] in
          serve(connection)
          close(connection)
        }
      }
    }
  }

  func stop() {
    let first = state.withLock { state in
      defer { state.isStopped = true }
      return !state.isStopped
    }
    guard first else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// The next calls that are meant fail so, in order.
  func fail(_ faults: Fault...) { state.withLock { $0.faults += faults } }

  /// Waits until everything that was to be stored late is stored, at most a minute.
  /// - Returns: whether it is.
  func settled() async -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while state.withLock({ $0.late > 0 }) {
      guard ContinuousClock.now < deadline else { return false }
      do { try await Task.sleep(for: .milliseconds(5)) } catch { return false }
    }
    return true
  }

  /// Waits until the client hangs up: a fixed time would be too short, or too long, on a busy machine.
  private static func awaitHangUp(_ connection: Int32) {
    var most = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &most, socklen_t(MemoryLayout<timeval>.size))
    var byte: UInt8 = 0
    while recv(connection, &byte, 1, 0) > 0 {}
  }

  private func serve(_ connection: Int32) {
    while let call = Self.read(connection) {
      let fault = state.withLock { state in
        state.calls.append(call)
        let fault = isFaulty(call) && !state.faults.isEmpty ? state.faults.removeFirst() : nil
        if fault == .storedLate { state.late += 1 }
        return fault
      }
      switch fault {
      case .lostBefore: return
      case .lostAfter:
        _ = handle(call)
        return
      case .storedLate:
        Self.awaitHangUp(connection)
        _ = handle(call)
        state.withLock { $0.late -= 1 }
        return
      case .badGateway:
        _ = handle(call)
        Self.write(connection, Play(502, "<html>Bad Gateway</html>"))
      case .cutOff:
        let play = handle(call)
        Self.write(connection, play, cut: true)
        return
      case nil: Self.write(connection, handle(call))
      }
    }
  }

  private static func write(_ connection: Int32, _ play: Play, cut: Bool = false) {
    var head = "HTTP/1.1 \(play.status) x\r\n"
    let body = Array(play.body.utf8)
    // What is cut off announces more than it brings.
    if play.status != 204 { head += "Content-Length: \(cut ? body.count + 20 : body.count)\r\n" }
    for (name, value) in play.headers { head += "\(name): \(value)\r\n" }
    let bytes = Array((head + "\r\n").utf8) + (cut ? Array(body.prefix(body.count / 2)) : body)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      sent += count
    }
  }

  private static func read(_ connection: Int32) -> Call? {
    var buffer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    func fill() -> Bool {
      let count = recv(connection, &chunk, chunk.count, 0)
      if count > 0 { buffer += chunk[0..<count] }
      return count > 0
    }
    let mark = Array("\r\n\r\n".utf8)
    var end: Int?
    while end == nil {
      guard fill() else { return nil }
      end = buffer.indices.first { buffer[$0...].starts(with: mark) }
    }
    guard let end else { return nil }
    let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while buffer.count < end + 4 + length { guard fill() else { return nil } }
    let first = lines[0].split(separator: " ")
    guard first.count == 3 else { return nil }
    return Call(
      method: String(first[0]), target: String(first[1]), headers: headers,
      body: Array(buffer[(end + 4)..<(end + 4 + length)]))
  }
}
