import ClosureModel
import DeliverCurl
import Foundation
import Glibc
import Outbox
import Testing

extension Tag {
  @Tag static var slow: Self
  @Tag static var safety: Self
}

/// A ticket system of `scripts/ticket-system`, behind a proxy that can lose what it carries.
// @unchecked: nothing changes after it was started; its process is touched again only when it ends.
final class RealSystem: @unchecked Sendable {
  enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case rt5, roundup
    var testDescription: String { rawValue }

    /// Why it cannot be started here; nil: it can.
    var absence: String? {
      switch self {
      case .rt5:
        FileManager.default.fileExists(atPath: "/usr/share/request-tracker5/lib")
          ? nil : "Request Tracker is not installed: make test-integration"
      case .roundup:
        FileManager.default.isExecutableFile(atPath: Shipped.root.path + "/.systems/roundup/bin/roundup-server")
          ? nil : "Roundup is not installed: make test-integration"
      }
    }
  }

  let kind: Kind
  let proxy: DeskServer
  let transport: CurlTransport
  let secret: String
  let number: String
  private let process = Process()
  /// Its end ends the system.
  private let input = Pipe()
  private let folder: URL
  private let base: String

  init(_ kind: Kind) throws {
    self.kind = kind
    folder = FileManager.default.temporaryDirectory.appending(path: "closedesk-system-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let port = try Self.quietPort()
    var options = CurlOptions()
    options.allowHTTPLoopback = true
    options.maxResponseBytes = 4 << 20
    options.http2 = false
    transport = try CurlTransport(options: options)
    proxy = try DeskServer(
      isFaulty: { call in
        kind == .rt5
          ? call.path.hasSuffix("/correspond")
          : call.method == "PATCH" && call.text.contains("messages")
      },
      { call in RealSystem.forward(call, to: port) })
    base = proxy.url
    process.executableURL = Shipped.root.appending(path: "scripts/ticket-system")
    let path = kind == .rt5 ? "" : "/closure"
    process.arguments = [kind.rawValue, folder.path, "\(port)", proxy.url + path]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let ready = folder.appending(path: "ready")
    let deadline = Date().addingTimeInterval(180)
    while !FileManager.default.fileExists(atPath: ready.path), process.isRunning, Date() < deadline { usleep(100_000) }
    let lines = try String(contentsOf: ready, encoding: .utf8).split(separator: "\n").map(String.init)
    secret = try #require(lines.first)
    number = try #require(lines.last)
  }

  /// A port that nobody has, and that the machine gives nobody who asks for any: the system takes seconds to start, and
  /// other tests' servers and connections come and go meanwhile.
  private static func quietPort() throws -> UInt16 {
    for _ in 0..<200 {
      let port = UInt16.random(in: 20_000..<32_000)
      let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      defer { Glibc.close(fd) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let isFree = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      if isFree { return port }
    }
    throw SystemTrouble(what: "no port is free between 20000 and 32000")
  }

  deinit {
    proxy.stop()
    transport.shutdown()
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Hands a call on as it came, with the name that the client knows the system by.
  private static func forward(_ call: Call, to port: UInt16) -> Play {
    let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { Glibc.close(fd) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isOpen = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isOpen else { return Play(599, "no connection") }
    // 1.0: no chunks, and the end of the connection is the end of the answer.
    var head = "\(call.method) \(call.target) HTTP/1.0\r\n"
    for (name, value) in call.headers where !["connection", "expect", "accept-encoding"].contains(name) {
      head += "\(name): \(value)\r\n"
    }
    let bytes = Array((head + "\r\n").utf8) + call.body
    guard bytes.withUnsafeBytes({ Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }) == bytes.count else {
      return Play(599, "not sent")
    }
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = recv(fd, &chunk, chunk.count, 0), count > 0 { answer += chunk[0..<count] }
    let text = String(decoding: answer, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n"),
      let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return Play(599, "no answer") }
    var play = Play(status, String(text[end.upperBound...]))
    for line in text[..<end.lowerBound].components(separatedBy: "\r\n").dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = String(line[..<colon])
      // The proxy's own connection is another one.
      guard !["connection", "content-length", "transfer-encoding", "keep-alive"].contains(name.lowercased()) else {
        continue
      }
      play.headers[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    return play
  }

  func target(timeout: Double = 5, values: [String: String] = [:]) throws -> PresetTarget {
    let preset = try Shipped.preset(kind == .rt5 ? "request-tracker5" : "roundup")
    var own = ["user": "closedesk"]
    if kind == .roundup { own.merge(["user_id": number, "origin": proxy.url]) { $1 } }
    let setup = try PresetSetup(
      preset: preset, mode: .public, url: proxy.url + (kind == .rt5 ? "" : "/closure"),
      values: own.merging(values) { $1 }, secrets: [secret], timeoutSeconds: timeout, connectTimeoutSeconds: 2)
    // What the system stores after the client gave up is waited for.
    return PresetTarget(
      setup,
      pause: { [proxy] _ in
        guard await PresetTarget.sleep(1) else { return false }
        return await proxy.settled()
      })
  }

  func call(_ method: String, _ path: String, _ json: String? = nil, headers: [HTTPField] = []) async throws
    -> JSONValue
  {
    var fields = headers
    switch kind {
    case .rt5: fields.append(HTTPField("Authorization", "token \(secret)"))
    case .roundup:
      let pair = Data("closedesk:\(secret)".utf8).base64EncodedString()
      fields += [
        HTTPField("Authorization", "Basic \(pair)"), HTTPField("X-Requested-With", "rest"),
        HTTPField("Origin", proxy.url), HTTPField("Referer", proxy.url + "/closure/"),
      ]
    }
    if json != nil { fields.append(HTTPField("Content-Type", "application/json")) }
    let outcome = await transport.send(
      WebhookRequest(
        method: method, url: base + path, headers: fields, body: Array((json ?? "").utf8), timeoutSeconds: 20))
    guard case .answered(let reply) = outcome, (200..<300).contains(reply.status) else {
      throw SystemTrouble(what: "\(method) \(path): \(outcome)")
    }
    guard let json = JSONValue(parsing: reply.body) else {
      guard reply.body.isEmpty else {
        let text = String(decoding: reply.body.prefix(300), as: UTF8.self)
        throw SystemTrouble(what: "\(method) \(path): \(reply.status), no JSON: \(text)")
      }
      return .null
    }
    return json
  }

  struct SystemTrouble: Error { let what: String }

  /// - Returns: its id.
  func makeTicket() async throws -> String {
    let (path, json, id): (String, String, @Sendable (JSONValue) -> String?) =
      switch kind {
      case .rt5:
        (
          "/REST/2.0/ticket",
          #"{"Queue":"General","Subject":"申请注销账号","Content":"请注销","ContentType":"text/plain"}"#,
          { $0["id"]?.text }
        )
      case .roundup:
        ("/closure/rest/data/issue", #"{"title":"申请注销账号"}"#, { $0["data"]?["id"]?.text })
      }
    // A system that has just started, on a machine that is busy, may answer a creation before it can create.
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let made: Result<JSONValue, any Error>
      do { made = .success(try await call("POST", path, json)) } catch { made = .failure(error) }
      if case .success(let answer) = made, let id = id(answer) { return id }
      guard ContinuousClock.now < deadline else { throw SystemTrouble(what: "no ticket can be made: \(made)") }
      try await Task.sleep(for: .milliseconds(500))
    }
  }

  /// A comment of somebody else.
  func comment(_ ticket: String, _ text: String) async throws {
    switch kind {
    case .rt5:
      _ = try await call(
        "POST", "/REST/2.0/ticket/\(ticket)/comment",
        JSONValue.object([.init("Content", .string(text)), .init("ContentType", .string("text/plain"))]).serialised)
    case .roundup:
      let made = try await call(
        "POST", "/closure/rest/data/msg",
        JSONValue.object([.init("content", .string(text)), .init("author", .string("1"))]).serialised)
      let id = try #require(made["data"]?["id"]?.text)
      let issue = try await call("GET", "/closure/rest/data/issue/\(ticket)")
      let tag = try #require(issue["data"]?["@etag"]?.text)
      _ = try await call(
        "PATCH", "/closure/rest/data/issue/\(ticket)", #"{"@op":"add","messages":"\#(id)"}"#,
        headers: [HTTPField("If-Match", tag)])
    }
  }

  func close(_ ticket: String) async throws {
    switch kind {
    case .rt5: _ = try await call("PUT", "/REST/2.0/ticket/\(ticket)", #"{"Status":"resolved"}"#)
    case .roundup:
      let issue = try await call("GET", "/closure/rest/data/issue/\(ticket)")
      let tag = try #require(issue["data"]?["@etag"]?.text)
      _ = try await call(
        "PATCH", "/closure/rest/data/issue/\(ticket)", #"{"@op":"replace","status":"8"}"#,
        headers: [HTTPField("If-Match", tag)])
    }
  }

  func lastChange(_ ticket: String) async throws -> Timestamp {
    let text: String?
    switch kind {
    case .rt5: text = try await call("GET", "/REST/2.0/ticket/\(ticket)")["LastUpdated"]?.text
    case .roundup:
      let issue = try await call("GET", "/closure/rest/data/issue/\(ticket)?@verbose=3&@fields=activity")
      let parts = issue["data"]?["attributes"]?["activity"]?.text?.split(separator: ".").map(String.init) ?? []
      text = parts.joined(separator: "T") + "Z"
    }
    return try #require(text.flatMap { Timestamp(parsing: $0) })
  }

  func status(_ ticket: String) async throws -> String? {
    switch kind {
    case .rt5: try await call("GET", "/REST/2.0/ticket/\(ticket)")["Status"]?.text
    case .roundup:
      try await call("GET", "/closure/rest/data/issue/\(ticket)")["data"]?["attributes"]?["status"]?["id"]?.text
    }
  }

  /// How many times a text stands where the customer sees it.
  func shown(_ ticket: String, _ text: String) async throws -> Int {
    var count = 0
    switch kind {
    case .rt5:
      let history = try await call("GET", "/REST/2.0/ticket/\(ticket)/history?per_page=100&fields=Type")
      guard case .array(let items) = history["items"] else { return -1 }
      for item in items where item["Type"]?.text == "Correspond" {
        let id = item["id"]?.text ?? ""
        let parts = try await call("GET", "/REST/2.0/transaction/\(id)/attachments?fields=Content")
        if parts.serialised.contains(text) { count += 1 }
      }
    case .roundup:
      let issue = try await call("GET", "/closure/rest/data/issue/\(ticket)")
      guard case .array(let items) = issue["data"]?["attributes"]?["messages"] else { return -1 }
      for item in items {
        let message = try await call("GET", "/closure/rest/data/msg/\(item["id"]?.text ?? "")?@verbose=3")
        if message.serialised.contains(text) { count += 1 }
      }
    }
    return count
  }
}
