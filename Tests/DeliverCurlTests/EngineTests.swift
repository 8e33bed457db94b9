import ClosureModel
import DeliverCurl
import Foundation
import TestSupport
import Testing

@Suite("How the engine uses connections")
struct EngineTests {
  @Test("A request that must not be repeated by accident has a connection of its own, and leaves none behind")
  func fresh() async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    func send(reuse: Bool) async -> Int? {
      let request = WebhookRequest(url: server.url, headers: [], body: [1], reuse: reuse)
      return await transport.send(request).reply?.status
    }
    for _ in 0..<3 { #expect(await send(reuse: true) == 200) }
    #expect(server.connections == 1)
    for _ in 0..<3 { #expect(await send(reuse: false) == 200) }
    #expect(server.connections == 4)
    #expect(await send(reuse: true) == 200)
    #expect(server.connections <= 5)
  }

  @Test("No more run to one host than are allowed, and a full host holds up no other one")
  func perHost() async throws {
    let slow = try FaultServer { peer in
      while peer.readRequest() != nil {
        peer.pause(milliseconds: 400)
        peer.write(AnswerTests.ok)
      }
    }
    defer { slow.stop() }
    let quick = try FaultServer.answering(AnswerTests.ok)
    defer { quick.stop() }
    var options = loopback
    options.maxConnections = 8
    options.maxPerHost = 2
    let transport = try CurlTransport(options: options)
    let (slowURL, quickURL) = (slow.url, quick.url)
    let crowd = (0..<6).map { _ in Task { await transport.send(post(slowURL)).reply?.status } }
    while slow.received.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    for _ in 0..<5 { #expect(await transport.send(post(quickURL)).reply?.status == 200) }
    #expect(slow.received.count <= 4, "the quick ones did not wait for the crowd")
    for task in crowd { #expect(await task.value == 200) }
    #expect(slow.connections == 2)
  }

  @Test("Hosts that are named go past the proxy, the others through it with its credentials, which no message repeats")
  func proxies() async throws {
    let proxy = try FaultServer.answering("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    defer { proxy.stop() }
    var options = CurlOptions()
    options.proxy = "http://127.0.0.1:\(proxy.port)"
    options.proxyCredentials = "desk:p4ss-phrase"
    options.noProxy = [".inner.invalid", "one.invalid"]
    let transport = try CurlTransport(options: options)
    for host in ["inner.invalid", "a.inner.invalid", "ONE.invalid."] {
      #expect(await transport.send(post("https://\(host)/")).failure == .resolve, "\(host) is looked up here")
    }
    #expect(proxy.connections == 0)
    let outcome = await transport.send(post("https://notinner.invalid/"))
    #expect(outcome.reply == nil)
    #expect(outcome.mayHaveArrived == false)
    #expect(!"\(outcome)".contains("p4ss-phrase"))
    let head = try #require(proxy.received.first?.head)
    #expect(head.contains("Proxy-Authorization: Basic \(Data("desk:p4ss-phrase".utf8).base64EncodedString())"))
    options.proxy = "http://desk:p4ss-phrase@127.0.0.1:1"
    do {
      _ = try CurlTransport(options: options)
      Issue.record("a password in the proxy's address is accepted")
    } catch { #expect(!"\(error)".contains("p4ss-phrase")) }
  }

  @Test("Files that are not there are told at once, as is a key without its certificate")
  func files() {
    for change: (inout CurlOptions) -> Void in [
      { $0.clientCertificateFile = "/nonexistent/client.pem" }, { $0.clientKeyFile = "/etc/hostname" },
    ] {
      var options = CurlOptions()
      change(&options)
      #expect(throws: TransportError.self) { _ = try CurlTransport(options: options) }
    }
  }

  @Test("IPv6 receivers are reached by their literal address")
  func version6() async throws {
    let outcome = await (try CurlTransport(options: loopback)).send(post("http://[::1]:9/"))
    // Nobody listens there; that it was tried, and not refused as an address, is what counts.
    #expect(outcome.failure == .connect)
    #expect(outcome.mayHaveArrived == false)
  }
}
