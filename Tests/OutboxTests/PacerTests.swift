import ClosureModel
import Testing

@testable import Outbox

@Suite("The pace at one receiver")
struct PacerTests {
  private func reply(_ status: Int, _ headers: [(String, String)] = []) -> HTTPReply {
    HTTPReply(status: status, headers: headers.map { HTTPField($0.0, $0.1) })
  }

  @Test("It begins small and is wide after as many answers as are allowed to run")
  func start() {
    var pacer = Pacer(most: 64)
    #expect(pacer.width == 8)
    for _ in 0..<56 { pacer.ended(.welcome, at: 0) }
    #expect(pacer.width == 64)
    for _ in 0..<500 { pacer.ended(.welcome, at: 0) }
    #expect(pacer.width == 64)
    #expect(Pacer(most: 3).width == 3)
    #expect(Pacer(most: 0).width == 1)
  }

  @Test("Faults in one of thirty answers change nothing: neither the width nor the time of the others")
  func stray() {
    var pacer = Pacer(most: 64)
    for number in 0..<5000 {
      pacer.ended(number % 29 == 3 ? .pushedBack(retryAfter: 1) : .welcome, at: 0)
      #expect(pacer.pausedUntil < 0)
    }
    #expect(pacer.width == 64)
  }

  @Test("Where a quarter is pushed back the width shrinks until that ends, and grows again by one a round trip")
  func narrows() {
    var pacer = Pacer(most: 64)
    for _ in 0..<100 { pacer.ended(.welcome, at: 0) }
    for number in 0..<96 { pacer.ended(number % 4 == 0 ? .pushedBack(retryAfter: nil) : .welcome, at: 0) }
    let narrow = pacer.width
    #expect(narrow <= 24, "\(narrow)")
    for _ in 0..<(narrow + 1) { pacer.ended(.welcome, at: 0) }
    #expect(pacer.width <= narrow + 2)
    for _ in 0..<20_000 { pacer.ended(.welcome, at: 0) }
    #expect(pacer.width == 64)
  }

  @Test("Where most are told to wait, all wait as long as was asked for, an hour at most")
  func pause() {
    for (asked, until) in [(1.0, 101.0), (90, 190), (1e9, 3700)] {
      var pacer = Pacer(most: 64)
      for _ in 0..<4 { pacer.ended(.pushedBack(retryAfter: asked), at: 100) }
      #expect(pacer.pausedUntil == until)
      #expect(pacer.width < 8)
    }
    var alone = Pacer(most: 64)
    alone.ended(.pushedBack(retryAfter: 60), at: 100)
    #expect(alone.pausedUntil < 0, "one reply that was told to wait holds up no other")
  }

  @Test("With nothing left all wait for the receiver's next window; with little left no more run than that")
  func remaining() throws {
    let now = Timestamp(epochSeconds: 1_800_000_000)
    let none: [[(String, String)]] = [
      [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "30")],
      [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1800000030")],
      [("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "30")],
      [("RateLimit", "limit=9, remaining=0, reset=30")],
      [("RateLimit", #""default";r=0;t=30"#)],
    ]
    for headers in none {
      var pacer = Pacer(most: 64)
      pacer.ended(.welcome, fields: RateLimitFields(reply(200, headers), now: now), at: 100)
      #expect(pacer.pausedUntil == 130, "\(headers)")
    }
    var pacer = Pacer(most: 64)
    pacer.ended(
      .welcome, fields: RateLimitFields(reply(200, [("X-RateLimit-Remaining", "3")]), now: now), at: 100)
    #expect(pacer.width == 3)
    #expect(pacer.pausedUntil < 0)
  }

  @Test(
    "Fields that say nothing are heard as nothing", arguments: ["", "soon", "-1", "٣", ";;=", "remaining", "r=", "="])
  func garbage(_ value: String) {
    let fields = RateLimitFields(
      reply(200, [("RateLimit", value), ("RateLimit-Remaining", value), ("X-RateLimit-Reset", value)]),
      now: Timestamp(epochSeconds: 0))
    #expect(fields.remaining == nil)
    #expect(fields.resetSeconds == nil)
  }
}

@Suite("The circuit breaker")
struct CircuitBreakerTests {
  @Test("Five failures before the first answer open it, and twice the width after one")
  func opens() {
    var never = CircuitBreaker()
    for _ in 0..<4 { never.ended(.unreachable, width: 64, at: 0) }
    #expect(never.state == .closed)
    never.ended(.unreachable, width: 64, at: 0)
    #expect(never.state == .open(until: 1))
    var known = CircuitBreaker()
    known.ended(.answered, width: 8, at: 0)
    for _ in 0..<15 { known.ended(.unreachable, width: 8, at: 0) }
    #expect(known.state == .closed)
    known.ended(.unreachable, width: 8, at: 3)
    #expect(known.state == .open(until: 4))
  }

  @Test("A single post finds out: its answer closes it, its failure opens it for twice as long, a minute at most")
  func probes() {
    var breaker = CircuitBreaker()
    for _ in 0..<5 { breaker.ended(.unreachable, width: 1, at: 0) }
    var waits: [Double] = []
    var now = 1.0
    for _ in 0..<6 {
      breaker.probe()
      #expect(breaker.state == .halfOpen)
      breaker.ended(.unreachable, width: 1, at: now)
      guard case .open(let until) = breaker.state else { break }
      waits.append(until - now)
      now = until
    }
    #expect(waits == [2, 4, 8, 16, 32, 60])
    breaker.probe()
    breaker.ended(.answered, width: 1, at: now)
    #expect(breaker.state == .closed)
    for _ in 0..<5 { breaker.ended(.unreachable, width: 1, at: now) }
    #expect(breaker.state == .open(until: now + 1), "it starts from the beginning")
  }

  @Test("Errors of the receiver's open it too, but only a long row; our own doing tells nothing")
  func ill() {
    var breaker = CircuitBreaker()
    for _ in 0..<19 { breaker.ended(.ill, width: 4, at: 0) }
    breaker.ended(.nothing, width: 4, at: 0)
    #expect(breaker.state == .closed)
    breaker.ended(.ill, width: 4, at: 0)
    #expect(breaker.state == .open(until: 1))
  }

  @Test("Open, it lets nothing pass before its time, then one")
  func gate() {
    var gate = EndpointGate(most: 8)
    let gone = AttemptEnd(
      .again(afterSeconds: nil, why: "", mayHaveArrived: false),
      last: .failed(.connect, what: "", mayHaveArrived: false))
    for _ in 0..<5 { gate.ended(gone, now: .init(epochSeconds: 0), at: 5) }
    #expect(gate.opening(at: 5.9) == .shut(until: 6))
    #expect(gate.opening(at: 6) == .width(1))
    gate.began(at: 6)
    #expect(gate.opening(at: 6.5) == .width(1))
    gate.ended(
      AttemptEnd(.shown(status: 200), last: .answered(HTTPReply(status: 200))), now: .init(epochSeconds: 0), at: 7)
    #expect(gate.opening(at: 7) == .width(8))
  }
}
