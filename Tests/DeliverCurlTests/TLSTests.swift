import ClosureModel
import DeliverCurl
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("TLS")
struct TLSTests {
  static let openssl = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test("TLS to a server that speaks none fails before anything is sent")
  func plainServer() async throws {
    let server = try FaultServer { peer in peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") }
    defer { server.stop() }
    let outcome = await (try CurlTransport(options: loopback)).send(post("https://127.0.0.1:\(server.port)/"))
    #expect(outcome.failure == .tls)
    #expect(outcome.mayHaveArrived == false)
  }

  @Test(
    "A certificate of an unknown authority, or for another name, is refused; a known one is accepted",
    .enabled(if: openssl != nil, "no openssl command to make a certificate with"))
  func certificates() async throws {
    let pair = try await KeyPair()
    let (key, certificate) = (pair.key, pair.certificate)
    let port = try FaultServer.unusedPort()
    let server = try Self.launch([
      "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-www",
    ])
    // Not SIGTERM: the thread that starts it blocks signals, and the child inherits that.
    defer { kill(server.processIdentifier, SIGKILL) }
    func get(_ host: String, _ options: CurlOptions) async throws -> TransportOutcome {
      let transport = try CurlTransport(options: options)
      let request = WebhookRequest(
        method: "GET", url: "https://\(host):\(port)/", headers: [], body: [], timeoutSeconds: 5)
      for _ in 0..<100 {
        let outcome = await transport.send(request)
        guard outcome.failure == .connect else { return outcome }
        try await Task.sleep(for: .milliseconds(50))  // the server is still starting
      }
      return await transport.send(request)
    }
    let unknown = try await get("localhost", loopback)
    #expect(unknown.failure == .tls)
    #expect(unknown.mayHaveArrived == false)
    var options = loopback
    options.caFile = certificate
    #expect(try await get("localhost", options).reply?.status == 200)
    let otherName = try await get("127.0.0.1", options)
    #expect(otherName.failure == .tls)
    #expect(otherName.mayHaveArrived == false)
  }

  @Test(
    "A receiver that asks for a certificate gets ours, and nothing without it",
    .enabled(if: openssl != nil, "no openssl command to make a certificate with"))
  func clientCertificate() async throws {
    let pair = try await KeyPair()
    let port = try FaultServer.unusedPort()
    let server = try Self.launch([
      "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-key", pair.key, "-cert", pair.certificate, "-Verify", "1",
      "-verify_return_error", "-CAfile", pair.certificate, "-www",
    ])
    defer { kill(server.processIdentifier, SIGKILL) }
    var options = loopback
    options.caFile = pair.certificate
    options.http2 = false
    let request = WebhookRequest(
      method: "GET", url: "https://localhost:\(port)/", headers: [], body: [], timeoutSeconds: 5)
    var bare = await (try CurlTransport(options: options)).send(request)
    for _ in 0..<100 where bare.failure == .connect {
      try await Task.sleep(for: .milliseconds(50))  // the server is still starting
      bare = await (try CurlTransport(options: options)).send(request)
    }
    #expect(bare.reply == nil)
    options.clientCertificateFile = pair.certificate
    options.clientKeyFile = pair.key
    #expect(await (try CurlTransport(options: options)).send(request).reply?.status == 200)
  }

  static let nginx = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    "Over HTTP/2 many share a connection; when the server ends it every few requests, each is told and none comes twice",
    .enabled(if: openssl != nil && nginx != nil, "no nginx that speaks HTTP/2"))
  func http2() async throws {
    let pair = try await KeyPair()
    let port = try FaultServer.unusedPort()
    let log = pair.folder.appendingPathComponent("access.log").path
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
      "\($0)_temp_path \(pair.folder.path)/\($0);"
    }.joined(separator: " ")
    try """
    daemon off; master_process off; pid \(pair.folder.path)/pid; error_log \(pair.folder.path)/error.log;
    events { worker_connections 256; }
    http {
      \(temporary)
      log_format ids '$http_webhook_id $server_protocol $connection'; access_log \(log) ids;
      server {
        listen 127.0.0.1:\(port) ssl http2; keepalive_requests 25;
        ssl_certificate \(pair.certificate); ssl_certificate_key \(pair.key);
        location / { return 200 "ok"; }
      }
    }
    """.write(toFile: pair.folder.appendingPathComponent("nginx.conf").path, atomically: true, encoding: .utf8)
    let server = Process()
    server.executableURL = URL(fileURLWithPath: Self.nginx ?? "/usr/sbin/nginx")
    server.arguments = [
      "-p", pair.folder.path, "-c", pair.folder.appendingPathComponent("nginx.conf").path, "-e",
      pair.folder.appendingPathComponent("error.log").path,
    ]
    server.standardOutput = FileHandle.nullDevice
    server.standardError = FileHandle.nullDevice
    try server.run()
    defer { kill(server.processIdentifier, SIGKILL) }
    var options = loopback
    options.caFile = pair.certificate
    let transport = try CurlTransport(options: options)
    let url = "https://localhost:\(port)/"
    for _ in 0..<100 {
      guard await transport.send(post(url, headers: [HTTPField("webhook-id", "start")])).failure == .connect else {
        break
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    let outcomes = await withTaskGroup(of: (Int, TransportOutcome).self) { group in
      var outcomes: [Int: TransportOutcome] = [:]
      for number in 0..<400 {
        if number >= 16, let (ended, outcome) = await group.next() { outcomes[ended] = outcome }
        group.addTask { (number, await transport.send(post(url, headers: [HTTPField("webhook-id", "id\(number)")]))) }
      }
      for await (ended, outcome) in group { outcomes[ended] = outcome }
      return outcomes
    }
    kill(server.processIdentifier, SIGTERM)
    try await Task.sleep(for: .milliseconds(200))
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
    let times = Dictionary(grouping: lines, by: { String($0[0]) }).mapValues(\.count)
    let answered = outcomes.values.count { $0.reply?.status == 200 }
    #expect(outcomes.count == 400)
    // Up to 16 are under way each time the server ends a connection; how many of them it leaves unanswered is chance.
    #expect(answered >= 200, "\(400 - answered) failed")
    #expect(lines.allSatisfy { $0[1] == "HTTP/2.0" })
    let connections = Set(lines.map { $0[2] }).count
    #expect(connections > 5 && connections < 100, "\(connections) connections")
    for (number, outcome) in outcomes {
      let seen = times["id\(number)", default: 0]
      #expect(seen <= 1, "id\(number) came in \(seen) times")
      if outcome.reply != nil { #expect(seen == 1) }
      if outcome.mayHaveArrived == false { #expect(seen == 0, "id\(number): \(outcome)") }
    }
  }

  /// A folder with a certificate for localhost that signs itself, and its key.
  private struct KeyPair {
    let folder: URL
    let key: String
    let certificate: String
    private let owner: TemporaryFolder

    init() async throws {
      owner = try TemporaryFolder()
      folder = owner.url
      key = owner.file("key.pem")
      certificate = owner.file("certificate.pem")
      let status = try await TLSTests.finish([
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout",
        key, "-out", certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
      ])
      try #require(status == 0)
    }
  }

  /// Runs openssl to its end. (`waitUntilExit` needs the run loop of one thread; a task has none.)
  private static func finish(_ arguments: [String]) async throws -> Int32 {
    let process = prepare(arguments)
    return try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
  }

  private static func launch(_ arguments: [String]) throws -> Process {
    let process = prepare(arguments)
    try process.run()
    return process
  }

  private static func prepare(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: openssl ?? "/usr/bin/openssl")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }
}
