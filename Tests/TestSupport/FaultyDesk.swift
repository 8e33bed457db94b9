public import Foundation
import Synchronization

/// A ticket system that misbehaves by a seeded dice and writes down, before it answers, what reached it and what its
/// customers see. Its faults are those that leave the sender in doubt, and those that only cost time.
public final class FaultyDesk: Sendable {
  public enum Fault: String, Sendable, CaseIterable {
    case none, resetBefore, resetAfter, halfAnswer, truncatedBody, errorBefore, errorAfter, garbageAfter, tooMany,
      tooManyByDate, slow, twoAnswers, closedAfter
    /// To another host, by each of the codes in turn. Nobody but a person sends such a reply again.
    case redirected
    /// The reply became visible though the answer did not say so.
    var delivers: Bool {
      switch self {
      case .none, .resetAfter, .halfAnswer, .truncatedBody, .errorAfter, .garbageAfter, .slow, .twoAnswers,
        .closedAfter:
        true
      case .resetBefore, .errorBefore, .tooMany, .tooManyByDate, .redirected: false
      }
    }
  }

  /// One request, as the journal has it.
  public struct Arrival: Codable, Sendable {
    public let id: String
    public let fault: String
    public let genuine: Bool
    /// A customer sees one reply more.
    public let shown: Bool
  }

  private struct State {
    var generator: SeededGenerator
    var shown: [String: Int] = [:]
    var journal: FileHandle?
    var redirects = 0
  }

  /// Whether the same id is shown once, or as often as it comes.
  private let knowsIDs: Bool
  private let share: Double
  private let isGenuine: @Sendable (Received) -> Bool
  private let elsewhere: String?
  private let faults: [Fault]
  private let state: Mutex<State>
  private let server: Mutex<FaultServer?> = Mutex(nil)

  /// - Parameters:
  ///   - share: of requests that meet a fault, 0...1.
  ///   - elsewhere: where redirects lead; nil: there are none.
  ///   - only: these faults alone.
  ///   - journal: one JSON object a line, written before the answer.
  ///   - isGenuine: looks at the signature.
  public init(
    seed: UInt64, share: Double, knowsIDs: Bool, journal: String, elsewhere: String? = nil, only: [Fault]? = nil,
    isGenuine: @escaping @Sendable (Received) -> Bool
  ) throws {
    self.knowsIDs = knowsIDs
    self.share = share
    self.isGenuine = isGenuine
    self.elsewhere = elsewhere
    faults = only ?? Fault.allCases.filter { elsewhere != nil || $0 != .redirected }
    FileManager.default.createFile(atPath: journal, contents: nil)
    state = Mutex(
      State(
        generator: SeededGenerator(seed: seed),
        journal: try FileHandle(forWritingTo: URL(fileURLWithPath: journal))))
    let made = try FaultServer { [weak self] peer in
      while let self, let request = peer.readRequest() { guard self.answer(request, peer) else { break } }
    }
    server.withLock { $0 = made }
  }

  public var url: String { server.withLock { $0?.url } ?? "" }
  public func stop() { server.withLock { $0?.stop() } }
  public var shown: [String: Int] { state.withLock { $0.shown } }

  public static func arrivals(_ journal: String) throws -> [Arrival] {
    try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Arrival.self, from: Data($0.utf8))
    }
  }

  /// - Returns: whether the connection goes on.
  private func answer(_ request: Received, _ peer: Peer) -> Bool {
    let id = request.header("webhook-id") ?? ""
    // A question after a reply: how often it is there.
    if request.head.hasPrefix("GET ") {
      let count = state.withLock { $0.shown[id, default: 0] }
      peer.write(Self.answer(200, "\(count)"))
      return true
    }
    let genuine = isGenuine(request)
    let (fault, isKnown) = state.withLock { state -> (Fault, Bool) in
      let isHurt = Double.random(in: 0..<1, using: &state.generator) < share
      let fault = isHurt ? faults.randomElement(using: &state.generator) ?? .none : .none
      let isKnown = state.shown[id] != nil
      let isShown = genuine && fault.delivers && !(knowsIDs && isKnown)
      if isShown { state.shown[id, default: 0] += 1 }
      let line = Arrival(id: id, fault: fault.rawValue, genuine: genuine, shown: isShown)
      if let data = try? JSONEncoder().encode(line) { state.journal?.write(data + [0x0A]) }
      return (fault, isKnown)
    }
    guard genuine else {
      peer.write(Self.answer(401, ""))
      return true
    }
    return play(fault, peer, body: isKnown ? #"{"duplicate":true}"# : #"{"status":"accepted"}"#)
  }

  private func play(_ fault: Fault, _ peer: Peer, body: String) -> Bool {
    switch fault {
    case .none: peer.write(Self.answer(202, body))
    case .resetBefore, .resetAfter:
      peer.resetOnClose()
      return false
    case .halfAnswer:
      peer.write("HTTP/1.1 202 Acc")
      return false
    case .truncatedBody:
      peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 500\r\n\r\n{\"sta")
      return false
    case .errorBefore, .errorAfter: peer.write(Self.answer(fault == .errorBefore ? 503 : 500, ""))
    case .garbageAfter:
      peer.write("\u{1}\u{2}garbage\r\n\r\n")
      return false
    case .redirected:
      let codes = [301, 302, 303, 307, 308]
      let turn = state.withLock { state in
        state.redirects += 1
        return state.redirects
      }
      peer.write(Self.answer(codes[turn % codes.count], "", "Location: \(elsewhere ?? "/elsewhere")\r\n"))
    case .tooMany: peer.write(Self.answer(429, "", "Retry-After: 1\r\n"))
    case .tooManyByDate: peer.write(Self.answer(429, "", "Retry-After: \(Self.date(in: 1))\r\n"))
    case .slow:
      peer.pause(milliseconds: 80)
      peer.write(Self.answer(202, body))
    case .twoAnswers:
      peer.write(Self.answer(202, body) + Self.answer(202, body))
    case .closedAfter:
      // A kept connection that dies between two requests, unannounced.
      peer.write(Self.answer(202, body))
      return false
    }
    return true
  }

  private static func answer(_ status: Int, _ body: String, _ more: String = "") -> String {
    "HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\(more)\r\n\(body)"
  }

  private static func date(in seconds: Int) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var now = time(nil) + seconds
    var parts = tm()
    gmtime_r(&now, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}
