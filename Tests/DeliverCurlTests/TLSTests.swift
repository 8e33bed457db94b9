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
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("closedesk-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let key = folder.appendingPathComponent("key.pem").path
    let certificate = folder.appendingPathComponent("certificate.pem").path
    let status = try await Self.finish([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout",
      key, "-out", certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
    ])
    try #require(status == 0)

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
