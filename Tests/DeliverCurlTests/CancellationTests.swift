import ClosureModel
import DeliverCurl
import TestSupport
import Testing

@Suite("Cancelling and ending")
struct CancellationTests {
  @Test("Cancelling a running send ends it within a second; the request may have arrived")
  func running() async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.waitForEnd()
    }
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let url = server.url
    let task = Task { await transport.send(post(url)) }
    while server.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    let clock = ContinuousClock()
    let start = clock.now
    task.cancel()
    let outcome = await task.value
    #expect(clock.now - start < .seconds(20))
    #expect(outcome.failure == .cancelled)
    #expect(outcome.mayHaveArrived == true)
  }

  @Test("A send cancelled before its turn never reaches the receiver")
  func waiting() async throws {
    let server = try FaultServer { peer in
      while peer.readRequest() != nil {
        peer.pause(milliseconds: 300)
        peer.write(AnswerTests.ok)
      }
    }
    defer { server.stop() }
    var options = loopback
    options.maxConnections = 1
    let transport = try CurlTransport(options: options)
    let url = server.url
    let first = Task { await transport.send(post(url, "first")) }
    while server.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    let second = Task { await transport.send(post(url, "second")) }
    try await Task.sleep(for: .milliseconds(50))
    second.cancel()
    #expect(await second.value == .failed(.cancelled, what: "the task was cancelled", mayHaveArrived: false))
    #expect(await first.value.reply?.status == 200)
    #expect(await transport.send(post(url, "third")).reply?.status == 200)
    #expect(server.received.map(\.body) == [Array("first".utf8), Array("third".utf8)])
  }

  @Test("A task cancelled beforehand sends nothing")
  func beforehand() async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let url = server.url
    let outcome = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await transport.send(post(url))
    }.value
    #expect(outcome.failure == .cancelled)
    #expect(outcome.mayHaveArrived == false)
    #expect(server.received.isEmpty)
  }

  @Test("Cancelling at any moment gives one outcome a send, and the transport goes on")
  func storm() async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    var options = loopback
    options.maxConnections = 8
    let transport = try CurlTransport(options: options)
    let url = server.url
    for round in 0..<20 {
      let tasks = (0..<40).map { number in Task { await transport.send(post(url, "\(round)/\(number)")) } }
      if round % 2 == 0 { try await Task.sleep(for: .microseconds(round * 100)) }
      for (number, task) in tasks.enumerated() where number % 3 != 0 { task.cancel() }
      for (number, task) in tasks.enumerated() {
        let outcome = await task.value
        #expect(outcome.reply?.status == 200 || (number % 3 != 0 && outcome.failure == .cancelled))
        if outcome.mayHaveArrived == false {
          #expect(!server.received.contains { $0.body == Array("\(round)/\(number)".utf8) })
        }
      }
    }
    #expect(await transport.send(post(url)).reply?.status == 200)
  }

  @Test("Shutting down ends running sends, refuses later ones, and may be done twice")
  func shutdown() async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.waitForEnd()
    }
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let url = server.url
    let task = Task { await transport.send(post(url)) }
    while server.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    transport.shutdown()
    let outcome = await task.value
    #expect(outcome.failure == .cancelled)
    #expect(outcome.mayHaveArrived == true)
    transport.shutdown()
    let later = await transport.send(post(url))
    #expect(later.failure == .cancelled)
    #expect(later.mayHaveArrived == false)
    #expect(server.received.count == 1)
  }

  @Test("Transports come and go without leaving a thread behind")
  func comeAndGo() async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    for _ in 0..<50 {
      let transport = try CurlTransport(options: loopback)
      #expect(await transport.send(post(server.url)).reply?.status == 200)
    }
  }
}
