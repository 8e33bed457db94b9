import ClosureModel
import Glibc
import TestSupport
import Testing

@testable import DeliverCurl

@Suite("What a transport refuses to reach or to write")
struct GuardTests {
  @Test(
    "Addresses that are not public are refused, in whatever spelling",
    arguments: [
      "https://10.0.0.1/", "https://172.16.5.4/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/",
      "https://100.100.100.200/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://0.0.0.0/",
      "https://[::ffff:10.0.0.1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/", "https://[fd00::1]/",
      "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://0x0a000001/", "https://012.0.0.1/",
      "https://2130706433/", "https://224.0.0.1/", "https://[ff02::1]/", "https://255.255.255.255/", "https://[::]/",
    ])
  func blocked(_ url: String) async throws {
    let outcome = await (try CurlTransport(options: CurlOptions())).send(post(url))
    #expect(outcome.failure == .blockedAddress)
    #expect(outcome.mayHaveArrived == false)
  }

  @Test("A refused address sees no connection")
  func noPacket() async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: CurlOptions())
    for host in ["127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]"] {
      #expect(await transport.send(post("https://\(host):\(server.port)/")).failure == .blockedAddress)
    }
    #expect(server.connections == 0)
  }

  @Test("A private address that was named may be reached, another one not")
  func named() {
    var options = CurlOptions()
    options.allowHosts = ["10.1.2.3", "tickets.example.com", "[fd00::5]"]
    let addresses = AddressGuard(options: options)
    func refused(_ address: String, _ host: String, plain: Bool = false) -> Bool {
      guard let address = NetworkAddress(literal: address) else { return false }
      return addresses.refusal(of: address, host: host, plain: plain) != nil
    }
    #expect(!refused("10.1.2.3", "10.1.2.3"))
    #expect(!refused("10.1.2.3", "inner.example.com"))
    #expect(!refused("10.9.9.9", "Tickets.Example.COM."))
    #expect(!refused("fd00::5", "fd00::5"))
    #expect(refused("10.1.2.4", "10.1.2.4"))
    #expect(refused("fd00::6", "fd00::6"))
    #expect(refused("127.0.0.1", "localhost"))
    #expect(!refused("93.184.216.34", "example.com"))
    #expect(refused("93.184.216.34", "tickets.example.com", plain: true))
  }

  @Test("Loopback allowed means this machine's own names, not a public name that resolves to it")
  func rebinding() throws {
    let addresses = AddressGuard(options: loopback)
    let address = try #require(NetworkAddress(literal: "127.0.0.1"))
    #expect(addresses.refusal(of: address, host: "localhost", plain: true) == nil)
    #expect(addresses.refusal(of: address, host: "rebind.example.com", plain: false) != nil)
  }

  @Test("Plain http is refused unless it was allowed and stays on this machine or an allowed host")
  func plainHTTP() async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    let strict = try CurlTransport(options: CurlOptions())
    let outcome = await strict.send(post(server.url))
    #expect(outcome.failure == .badRequest)
    #expect(outcome.mayHaveArrived == false)
    #expect(server.connections == 0)
    #expect(CurlTransport.checkURL("http://example.com/", options: loopback) != nil)
    #expect(CurlTransport.checkURL(server.url, options: loopback) == nil)
    #expect(CurlTransport.checkURL("http://[::1]:8080/x", options: loopback) == nil)
    #expect(CurlTransport.checkURL("http://localhost/x", options: loopback) == nil)
    var options = loopback
    options.allowHosts = ["tickets.example.com"]
    #expect(CurlTransport.checkURL("http://tickets.example.com/", options: options) == nil)
  }

  @Test(
    "A URL that cannot be trusted is refused with a reason that does not repeat it",
    arguments: [
      "ftp://example.com/secret-path", "file:///etc/passwd", "https://user:secret-path@example.com/", "secret-path", "",
      "https:///secret-path", "https://exa mple.com/secret-path", "https://example.com/secret-path\r\nX: y",
      "https://example.com/secret-path\u{0}", "https://user@example.com/secret-path",
      "gopher://example.com/secret-path",
      "https://example.com:99999/secret-path",
    ])
  func badURL(_ url: String) async throws {
    let why = try #require(CurlTransport.checkURL(url, options: loopback))
    #expect(!why.contains("secret-path"))
    let outcome = await (try CurlTransport(options: loopback)).send(post(url))
    #expect(outcome.failure == .badRequest)
    #expect(outcome.mayHaveArrived == false)
  }

  @Test(
    "A header cannot smuggle in another one",
    arguments: [
      ("X-A", "one\r\nX-B: two"), ("X-A", "one\nX-B: two"), ("X-A", "one\rtwo"), ("X-A", "one\u{0}two"),
      ("X-A\r\nX-B", "one"), ("X A", "one"), ("X:A", "one"), ("", "one"), ("Content-Length", "0"),
      ("transfer-encoding", "chunked"), ("Host", "other.example.com"), ("X-é", "one"),
    ])
  func injection(_ name: String, _ value: String) async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    let request = post(server.url, headers: [HTTPField(name, value)])
    let outcome = await (try CurlTransport(options: loopback)).send(request)
    #expect(outcome.failure == .badRequest)
    #expect(outcome.mayHaveArrived == false)
    #expect(server.connections == 0)
  }

  @Test("A method that is no token and a time-out that is none are refused")
  func badRequest() async throws {
    let transport = try CurlTransport(options: loopback)
    for method in ["", "PO ST", "POST\r\nX: y"] {
      let request = WebhookRequest(method: method, url: "http://127.0.0.1:1/", headers: [], body: [])
      #expect(await transport.send(request).failure == .badRequest)
    }
    for seconds in [0, -1, .nan, .infinity] {
      #expect(await transport.send(post("http://127.0.0.1:1/", timeout: seconds)).failure == .badRequest)
    }
  }

  @Test("An authority file that is not there and a proxy that is none are told at once")
  func badOptions() {
    var options = CurlOptions()
    options.caFile = "/nonexistent/ca.pem"
    #expect(throws: TransportError.self) { _ = try CurlTransport(options: options) }
    options = CurlOptions()
    options.proxy = "not a proxy"
    #expect(throws: TransportError.self) { _ = try CurlTransport(options: options) }
  }

  @Test("The proxy settings of the environment are not used")
  func environmentProxy() async throws {
    let proxy = try FaultServer.answering(AnswerTests.ok)
    defer { proxy.stop() }
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
    defer { unsetenv("http_proxy") }
    #expect(await (try CurlTransport(options: loopback)).send(post(server.url)).reply?.status == 200)
    #expect(proxy.connections == 0)
    #expect(server.connections == 1)
  }

  @Test("Through a proxy, a literal private address is refused and a proxy's refusal is no answer")
  func proxy() async throws {
    let proxy = try FaultServer.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    defer { proxy.stop() }
    var options = CurlOptions()
    options.proxy = "http://127.0.0.1:\(proxy.port)"
    let transport = try CurlTransport(options: options)
    #expect(await transport.send(post("https://10.0.0.1/")).failure == .blockedAddress)
    #expect(proxy.connections == 0)
    let outcome = await transport.send(post("https://tickets.example.com/"))
    #expect(outcome.reply == nil)
    #expect(outcome.mayHaveArrived == false)
    #expect(proxy.received.first?.head.hasPrefix("CONNECT tickets.example.com:443 ") == true)
  }
}
