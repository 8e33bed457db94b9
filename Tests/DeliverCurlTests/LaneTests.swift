import ClosureModel
import DeliverCurl
import Foundation
import TestSupport
import Testing

@Suite("Posts that go down a lane", .timeLimit(.minutes(2)))
struct LaneTests {
  /// Begins so many posts and collects their ends.
  private func run(_ lane: any PostLane, _ requests: [WebhookRequest], width: Int) async -> [Int: [TransportOutcome]] {
    var ends: [Int: [TransportOutcome]] = [:]
    var next = 0
    var running = 0
    while next < requests.count || running > 0 {
      let more = next..<min(requests.count, next + width - running)
      lane.begin(more.map { NumberedPost(number: $0, request: requests[$0]) })
      (next, running) = (more.upperBound, running + more.count)
      for end in await lane.ends() {
        ends[end.number, default: []].append(end.outcome)
        running -= 1
      }
    }
    return ends
  }

  private func requests(_ count: Int, to url: String, reuse: Bool = true, timeout: Double = 10) -> [WebhookRequest] {
    (0..<count).map { number in
      WebhookRequest(
        url: url, headers: [HTTPField("webhook-id", "msg_\(number)"), HTTPField("X-Empty", "")],
        body: Array(repeating: UInt8(ascii: "x"), count: number % 3000), timeoutSeconds: timeout,
        connectTimeoutSeconds: 5, reuse: reuse)
    }
  }

  private func id(_ head: String) -> String? {
    head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("webhook-id: ") }.map { String($0.dropFirst(12)) }
  }

  @Test("Each post arrives once, with its own bytes, and ends once", arguments: [true, false])
  func once(_ reuse: Bool) async throws {
    let server = try FaultServer.answering(AnswerTests.ok)
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    defer { transport.shutdown() }
    let ends = await run(transport.lane(), requests(400, to: server.url, reuse: reuse), width: 32)
    #expect(ends.count == 400)
    #expect(ends.values.allSatisfy { $0.count == 1 && $0[0].reply?.status == 200 })
    let received = server.received
    #expect(received.count == 400)
    #expect(Set(received.compactMap { id($0.head) }).count == 400)
    for request in received {
      let number = try #require(id(request.head).flatMap { Int($0.dropFirst(4)) })
      #expect(request.body.count == number % 3000)
      #expect(request.head.contains("X-Empty:"))
    }
    if reuse { #expect(server.connections <= 32) } else { #expect(server.connections == 400) }
  }

  @Test("A receiver that hangs up after each answer costs connections, not replies")
  func closing() async throws {
    // Without a word about it: the connection is found dead, or closed on the list, before the next post.
    let server = try FaultServer { peer in
      if peer.readRequest() != nil { peer.write(AnswerTests.ok) }
    }
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    defer { transport.shutdown() }
    let lane = transport.lane()
    var left = requests(200, to: server.url)
    var times = [Int: Int]()
    // One that was written to a dying connection may have arrived, and says so: it is repeated under its id.
    for _ in 0..<20 where !left.isEmpty {
      let ends = await run(lane, left, width: 8)
      #expect(ends.count == left.count)
      for (_, outcomes) in ends {
        #expect(outcomes.count == 1)
        let isFair = outcomes[0].reply?.status == 200 || outcomes[0].failure == .reset
        #expect(isFair, "\(outcomes)")
      }
      left = left.enumerated().filter { ends[$0.offset]?.first?.reply == nil }.map(\.element)
    }
    #expect(left.isEmpty)
    for request in server.received { times[id(request.head).flatMap { Int($0.dropFirst(4)) } ?? -1, default: 0] += 1 }
    #expect(times.count == 200)
  }

  @Test("Cancelling ends every post within a second, and later ones at once", arguments: [true, false])
  func cancelled(_ byTask: Bool) async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.pause(milliseconds: 20_000)
    }
    defer { server.stop() }
    var options = loopback
    options.maxConnections = 4
    let transport = try CurlTransport(options: options)
    defer { transport.shutdown() }
    let lane = transport.lane()
    lane.begin(requests(10, to: server.url, timeout: 60).enumerated().map { NumberedPost(number: $0, request: $1) })
    while server.received.count < 4 { try await Task.sleep(for: .milliseconds(2)) }
    let started = ContinuousClock.now
    let listener = Task {
      var ends: [PostEnd] = []
      while ends.count < 10 { ends += await lane.ends() }
      return ends
    }
    if byTask { listener.cancel() } else { lane.cancel() }
    let ends = await listener.value
    #expect(ContinuousClock.now - started < .seconds(30))
    #expect(Set(ends.map(\.number)) == Set(0..<10))
    #expect(ends.allSatisfy { $0.outcome.failure == .cancelled })
    // The four that were on the wire may have arrived; those that waited have not.
    #expect(ends.filter { $0.outcome.mayHaveArrived == true }.count == 4)
    lane.begin([NumberedPost(number: 99, request: post(server.url))])
    let last = await lane.ends()
    #expect(last.map(\.number) == [99] && last.first?.outcome.failure == .cancelled)
    #expect(await lane.ends().isEmpty)
    // Others are not touched.
    #expect(await transport.send(post("https://127.0.0.1:1/")).failure != .cancelled)
  }

  @Test("What is refused, and what runs while the transport is shut down, ends as well")
  func refused() async throws {
    let server = try FaultServer { peer in
      _ = peer.readRequest()
      peer.pause(milliseconds: 20_000)
    }
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    let lane = transport.lane()
    let bad = WebhookRequest(url: server.url, headers: [HTTPField("Host", "elsewhere")], body: [1])
    lane.begin([
      NumberedPost(number: 1, request: bad), NumberedPost(number: 2, request: post("ftp://example.com/")),
      NumberedPost(number: 3, request: post("https://169.254.169.254/")),
      NumberedPost(number: 4, request: post(server.url)),
    ])
    var ends: [Int: TransportOutcome] = [:]
    while ends.count < 3 { for end in await lane.ends() { ends[end.number] = end.outcome } }
    #expect(ends[1]?.failure == .badRequest && ends[2]?.failure == .badRequest)
    #expect(ends[3]?.failure == .blockedAddress)
    while server.received.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    transport.shutdown()
    let last = await lane.ends()
    #expect(last.map(\.number) == [4] && last.first?.outcome.failure == .cancelled)
    #expect(last.first?.outcome.mayHaveArrived == true)
    lane.begin([NumberedPost(number: 5, request: post(server.url))])
    #expect(await lane.ends().first?.outcome.failure == .cancelled)
  }

  @Test("A time-out of one post is its own")
  func timeout() async throws {
    let server = try FaultServer { peer in
      while let request = peer.readRequest() {
        if request.head.contains("msg_0") { peer.pause(milliseconds: 5_000) }
        peer.write(AnswerTests.ok)
      }
    }
    defer { server.stop() }
    let transport = try CurlTransport(options: loopback)
    defer { transport.shutdown() }
    let ends = await run(transport.lane(), requests(50, to: server.url, timeout: 2), width: 4)
    #expect(ends[0]?.first?.failure == .timeout)
    #expect((1..<50).allSatisfy { ends[$0]?.first?.reply?.status == 200 })
  }
}
