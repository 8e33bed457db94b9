import ClosureModel
import DeliverCurl
import TestSupport
import Testing

@Suite("A receiver that misbehaves")
struct FaultTests {
  @Test("A body cut short is no answer, whatever its status")
  func truncated() async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
    }
    defer { server.stop() }
    let outcome = await (try CurlTransport(options: loopback)).send(post(server.url))
    #expect(outcome.failure == .reset)
    #expect(outcome.mayHaveArrived == true)
  }

  @Test("A connection reset before the answer: the request may have arrived")
  func reset() async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.resetOnClose()
    }
    defer { server.stop() }
    let outcome = await (try CurlTransport(options: loopback)).send(post(server.url))
    #expect(outcome.failure == .reset)
    #expect(outcome.mayHaveArrived == true)
    #expect(server.received.count == 1)
  }

  @Test("When a kept connection dies before the answer, the request is not written a second time")
  func noSilentResend() async throws {
    let server = try FaultServer { peer in
      guard peer.readRequest() != nil else { return }
      peer.write(AnswerTests.ok)
      _ = peer.readRequest()  // taken in, never answered
    }
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    #expect(await transport.send(post(server.url, "first")).reply?.status == 200)
    let second = await transport.send(post(server.url, "second"))
    #expect(second.failure == .reset)
    #expect(second.mayHaveArrived == true)
    #expect(server.received.map(\.body) == [Array("first".utf8), Array("second".utf8)])
    #expect(await transport.send(post(server.url, "third")).reply?.status == 200)
  }

  @Test("A slow receiver times out within the request's time, and the request may have arrived")
  func slow() async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.waitForEnd()
    }
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = await transport.send(post(server.url, timeout: 0.3))
    #expect(outcome.failure == .timeout)
    #expect(outcome.mayHaveArrived == true)
    #expect(clock.now - start < .seconds(20))
  }

  @Test("A response longer than the bound is a failure, announced or not", arguments: [true, false])
  func tooLarge(announced: Bool) async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.write("HTTP/1.1 200 OK\r\n\(announced ? "Content-Length: 50000000\r\n" : "")\r\n")
      let chunk = [UInt8](repeating: 0x41, count: 65_536)
      for _ in 0..<64 { peer.write(chunk) }
    }
    defer { server.stop() }
    let outcome = await (try CurlTransport(options: loopback)).send(post(server.url))
    #expect(outcome.failure == .responseTooLarge)
    #expect(outcome.mayHaveArrived == true)
  }

  @Test("A response as long as the bound is an answer; one byte more is not", arguments: [(64, true), (65, false)])
  func bound(_ length: Int, _ fits: Bool) async throws {
    let server = try FaultServer.answering(
      "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n" + String(repeating: "x", count: length))
    defer { server.stop() }
    var options = loopback
    options.maxResponseBytes = 64
    let outcome = await (try CurlTransport(options: options)).send(post(server.url))
    #expect((outcome.reply?.body.count == length) == fits)
    #expect((outcome.failure == .responseTooLarge) == !fits)
  }

  @Test("Headers without end are a failure")
  func endlessHeaders() async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.write("HTTP/1.1 200 OK\r\n")
      for number in 0..<2000 { peer.write("X-Filler-\(number): \(String(repeating: "y", count: 200))\r\n") }
    }
    defer { server.stop() }
    let outcome = await (try CurlTransport(options: loopback)).send(post(server.url))
    #expect(outcome.failure == .responseTooLarge)
    #expect(outcome.mayHaveArrived == true)
  }

  @Test(
    "Garbage is no answer",
    arguments: [
      "\u{1}\u{2}garbage\r\n\r\n", "SSH-2.0-x\r\n", "HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 OK\r\n\r\n", "<html>hello</html>", "HTTP/1.1 100 Continue\r\n\r\n", "",
    ])
  func garbage(_ answer: String) async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.write(answer)
    }
    defer { server.stop() }
    let outcome = await (try CurlTransport(options: loopback)).send(post(server.url))
    #expect(outcome.reply == nil)
    #expect(outcome.mayHaveArrived == true)
  }

  @Test("Nobody listens: a failure to connect, and nothing arrived")
  func refused() async throws {
    let port = try FaultServer.unusedPort()
    let outcome = await (try CurlTransport(options: loopback)).send(post("http://127.0.0.1:\(port)/"))
    #expect(outcome.failure == .connect)
    #expect(outcome.mayHaveArrived == false)
  }

  @Test("A host that does not exist: a failure to resolve, and nothing arrived")
  func unresolvable() async throws {
    let outcome = await (try CurlTransport(options: CurlOptions())).send(post("https://nohost.invalid/"))
    #expect(outcome.failure == .resolve)
    #expect(outcome.mayHaveArrived == false)
  }

  @Test("A transport goes on after every kind of failure")
  func goesOn() async throws {
    let bad = try FaultServer { peer in
      _ = peer.readRequest()
      peer.resetOnClose()
    }
    defer { bad.stop() }
    let good = try FaultServer.answering(AnswerTests.ok)
    defer { good.stop() }
    let transport = try CurlTransport(options: loopback)
    for _ in 0..<20 {
      #expect(await transport.send(post(bad.url)).failure == .reset)
      #expect(await transport.send(post(good.url)).reply?.status == 200)
    }
  }
}
