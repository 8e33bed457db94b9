import ClosureModel
import DeliverCurl
import TestSupport
import Testing

@Suite("Answers of a receiver")
struct AnswerTests {
  static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

  @Test("The receiver gets exactly the headers and the bytes of the request")
  func exactBytes() async throws {
    let server = try FaultServer.answering(Self.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let body: [UInt8] = Array(#"{"text":"您好"}"#.utf8) + [0, 1, 255, 10]
    let outcome = await transport.send(
      WebhookRequest(
        url: server.url + "?a=%20b",
        headers: [
          HTTPField("Content-Type", "application/json; charset=utf-8"), HTTPField("webhook-id", "msg_1"),
          HTTPField("X-Empty", ""), HTTPField("X-Note", "注销"),
        ],
        body: body))
    #expect(outcome.reply?.status == 200)
    #expect(outcome.reply?.body == Array("ok".utf8))
    let received = try #require(server.received.first)
    #expect(
      received.head == "POST /hooks/closure?a=%20b HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAccept: */*\r\n"
        + "Content-Type: application/json; charset=utf-8\r\nwebhook-id: msg_1\r\nX-Empty:\r\nX-Note: 注销\r\n"
        + "Content-Length: \(body.count)\r\n\r\n")
    #expect(received.body == body)
  }

  @Test("Another method and an empty body are sent as they are", arguments: ["PUT", "PATCH", "POST"])
  func methods(_ method: String) async throws {
    let server = try FaultServer.answering(Self.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let outcome = await transport.send(WebhookRequest(method: method, url: server.url, headers: [], body: []))
    #expect(outcome.reply?.status == 200)
    let head = try #require(server.received.first).head
    #expect(head.hasPrefix("\(method) /hooks/closure HTTP/1.1\r\n"))
    #expect(head.contains("Content-Length: 0\r\n"))
    #expect(!head.lowercased().contains("content-type"))
    #expect(!head.lowercased().contains("expect"))
  }

  @Test("A GET carries no body and reads an answer")
  func get() async throws {
    let server = try FaultServer.answering(Self.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let outcome = await transport.send(WebhookRequest(method: "GET", url: server.url, headers: [], body: []))
    #expect(outcome.reply?.body == Array("ok".utf8))
    #expect(try #require(server.received.first).head.hasPrefix("GET "))
  }

  @Test("A body over one megabyte goes out without waiting for 100 Continue")
  func largeBody() async throws {
    let server = try FaultServer.answering(Self.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let body = String(repeating: "注", count: 700_000)
    #expect(await transport.send(post(server.url, body)).reply?.status == 200)
    let received = try #require(server.received.first)
    #expect(!received.head.lowercased().contains("expect"))
    #expect(received.body == Array(body.utf8))
  }

  @Test("A redirect is an answer and is not followed", arguments: [301, 302, 307, 308])
  func redirect(_ status: Int) async throws {
    let other = try FaultServer.answering(Self.ok)
    defer { other.stop() }
    let server = try FaultServer.answering(
      "HTTP/1.1 \(status) Elsewhere\r\nLocation: \(other.url)\r\nContent-Length: 0\r\n\r\n")
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let outcome = await transport.send(post(server.url))
    #expect(outcome.reply?.status == status)
    #expect(outcome.reply?.header("location") == other.url)
    #expect(other.connections == 0)
  }

  @Test("Status, headers and text of a refusal come through", arguments: [400, 401, 409, 422, 429, 500, 503])
  func refusals(_ status: Int) async throws {
    let server = try FaultServer.answering(
      "HTTP/1.1 \(status) No\r\nRetry-After: 7\r\nX-Folded: one\r\n  two\r\nContent-Length: 4\r\n\r\nbusy")
    defer { server.stop() }
    let reply = try #require(await CurlTransport(options: loopback).send(post(server.url)).reply)
    #expect(reply.status == status)
    #expect(reply.header("retry-after") == "7")
    #expect(reply.header("X-Folded") == "one two")
    #expect(reply.body == Array("busy".utf8))
  }

  @Test("Of several heads only the last counts, and trailers are no headers")
  func severalHeads() async throws {
    let server = try FaultServer.answering(
      "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\nX-Early: 2\r\n\r\n"
        + "HTTP/1.1 202 Accepted\r\nX-Late: 3\r\nTransfer-Encoding: chunked\r\nTrailer: X-Trailer\r\n\r\n"
        + "2\r\nok\r\n0\r\nX-Trailer: 4\r\n\r\n")
    defer { server.stop() }
    let reply = try #require(await CurlTransport(options: loopback).send(post(server.url)).reply)
    #expect(reply.status == 202)
    #expect(reply.header("X-Early") == nil)
    #expect(reply.header("X-Late") == "3")
    #expect(reply.header("X-Trailer") == nil)
    #expect(reply.body == Array("ok".utf8))
  }

  @Test("Requests one after the other share a connection")
  func keepAlive() async throws {
    let server = try FaultServer.answering(Self.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    for number in 0..<500 {
      let outcome = await transport.send(post(server.url, "\(number)"))
      #expect(outcome.reply?.status == 200)
    }
    #expect(server.connections == 1)
    #expect(server.received.map(\.body) == (0..<500).map { Array("\($0)".utf8) })
  }

  @Test("Nothing of a request is left for the next one, be it alike or of another kind")
  func nothingLeft() async throws {
    let server = try FaultServer.answering(Self.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let kinds: [(method: String, path: String, headers: [String], body: String)] = [
      ("POST", "", ["X-One"], "a long body that the next one must not inherit"), ("POST", "", [], "short"),
      ("POST", "", ["X-Two"], ""), ("POST", "", [], "short"), ("PUT", "", [], "put"), ("GET", "", [], ""),
      ("GET", "/other", ["X-One"], ""), ("POST", "/other", [], "posted"), ("PATCH", "", [], "patched"),
      ("POST", "", ["X-Two"], "the last"),
    ]
    for _ in 0..<3 {
      for kind in kinds {
        let outcome = await transport.send(
          WebhookRequest(
            method: kind.method, url: server.url + kind.path, headers: kind.headers.map { HTTPField($0, "here") },
            body: Array(kind.body.utf8)))
        #expect(outcome.reply?.status == 200)
        let received = try #require(server.received.last)
        let framing = kind.method == "GET" ? "" : "Content-Length: \(kind.body.utf8.count)\r\n"
        #expect(
          received.head == "\(kind.method) /hooks/closure\(kind.path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"
            + "Accept: */*\r\n" + kind.headers.map { "\($0): here\r\n" }.joined() + framing + "\r\n")
        #expect(received.body == Array(kind.body.utf8))
      }
    }
    #expect(server.received.count == 3 * kinds.count)
    #expect(server.connections == 1)
  }

  @Test("Two hundred sends at once each get their own answer, on no more connections than allowed")
  func parallel() async throws {
    let server = try FaultServer { peer in
      while let request = peer.readRequest() {
        let echo = String(decoding: request.body, as: UTF8.self)
        peer.pause(milliseconds: 2)
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(echo.utf8.count)\r\n\r\n\(echo)")
      }
    }
    defer { server.stop() }
    var options = loopback
    options.maxConnections = 16
    let transport = try CurlTransport(options: options)
    let url = server.url
    let answers = await withTaskGroup(of: (Int, TransportOutcome).self) { group in
      for number in 0..<200 { group.addTask { (number, await transport.send(post(url, "n\(number)"))) } }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(answers.count == 200)
    for (number, outcome) in answers { #expect(outcome.reply?.body == Array("n\(number)".utf8)) }
    #expect(server.connections <= 16)
    #expect(Set(server.received.map(\.body)).count == 200)
    #expect(server.received.count == 200)
  }
}
