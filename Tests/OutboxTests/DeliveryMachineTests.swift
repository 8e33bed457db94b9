import ClosureModel
import TestSupport
import Testing

@testable import Outbox

@Suite("What follows from the end of an attempt")
struct DeliveryMachineTests {
  private let now = Timestamp(epochSeconds: 1_800_000_000, offsetSeconds: 0)  // Fri, 15 Jan 2027 08:00:00 GMT

  private func result(
    _ outcome: TransportOutcome, attempts: Int = 0, policy: RetryPolicy = RetryPolicy(), jitter: Double = 0
  ) -> Settlement.Result {
    var machine = DeliveryMachine(attempts: attempts, policy: policy)
    return machine.finished(
      AttemptEnd(AnswerRule.meaning(of: outcome, at: now), last: outcome), at: now, jitter: jitter)
  }

  private func answer(_ status: Int, _ retryAfter: String? = nil) -> TransportOutcome {
    .answered(HTTPReply(status: status, headers: retryAfter.map { [HTTPField("retry-after", $0)] } ?? []))
  }

  /// Seconds until the next attempt; `nil` when there is none.
  private func wait(_ result: Settlement.Result) -> Int64? {
    if case .retry(let at, _, _) = result { at.epochSeconds - now.epochSeconds } else { nil }
  }

  @Test("Every status has one meaning, and only 2xx confirms")
  func statuses() {
    for status in 100...599 {
      let result = result(answer(status))
      switch status {
      case 200..<300: #expect(result == .confirmed(status: status))
      // Refusals of whoever asks are waited out as well: the round that meets a few of them ends.
      case 401, 403, 404, 405, 407, 408, 409, 425, 429, 500...599:
        #expect(wait(result) == 3, "\(status)")
        if case .retry(_, _, let mayHaveArrived) = result {
          #expect(mayHaveArrived == (status == 408 || status >= 500), "\(status)")
        }
      default:
        guard case .parked(let why, _, _) = result else {
          Issue.record("\(status): \(result)")
          continue
        }
        #expect(why.contains("\(status)"))
      }
    }
  }

  @Test("A Date that is far from ours names the clock beside a refusal; a near one, none and an odd one do not")
  func clock() {
    func why(_ status: Int, _ date: String?) -> String {
      let reply = HTTPReply(status: status, headers: date.map { [HTTPField("date", $0)] } ?? [])
      switch result(.answered(reply)) {
      case .retry(_, let why, _), .parked(let why, _, _): return why
      default: return ""
      }
    }
    for status in [400, 401, 403] {
      #expect(why(status, "Fri, 15 Jan 2027 08:05:01 GMT").contains("this machine's clock says 2027-01-15T08:00:00Z"))
      #expect(why(status, "Fri, 15 Jan 2027 07:54:59 GMT").contains("the receiver's 2027-01-15T07:54:59Z"))
      for date in [nil, "Fri, 15 Jan 2027 08:05:00 GMT", "Fri, 15 Jan 2027 07:55:00 GMT", "yesterday", "7200"] {
        #expect(!why(status, date).contains("clock"), "\(status) \(date ?? "-")")
      }
    }
    for status in [404, 422, 500] { #expect(!why(status, "Fri, 15 Jan 2027 09:00:00 GMT").contains("clock")) }
  }

  @Test(
    "Retry-After is obeyed in both forms, to the second, and bounded; what is none is ignored",
    arguments: [
      ("120", 121), (" 120 ", 121), ("0", 3), ("2", 3), ("99999999", 86_401), ("9999999999999999999999999", 86_401),
      ("Fri, 15 Jan 2027 08:02:00 GMT", 121), ("Fri, 15 Jan 2027 07:00:00 GMT", 3),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 3), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_401), ("", 3), ("soon", 3), ("-5", 3),
      ("1.5", 3), ("Fri, 32 Jan 2027 08:02:00 GMT", 3), ("Fri, 15 Jan 2027 25:02:00 GMT", 3),
      ("Fri, 15 Jan 2027 08:02 GMT", 3), ("Fri, 15 Jan 2027 08:02:00 CET", 3), ("Fri, 15 Foo 2027 08:02:00 GMT", 3),
      ("Fri, 15 Jan 2027 08:0x:00 GMT", 3), ("１２０", 3),
    ])
  func retryAfter(_ value: String, _ seconds: Int64) {
    #expect(wait(result(answer(429, value))) == seconds)
    #expect(wait(result(answer(503, value))) == seconds)
  }

  @Test("Each wait is twice the last, spread over its upper half, and bounded")
  func backoff() {
    let policy = RetryPolicy(baseSeconds: 10, maxSeconds: 300, maxAttempts: 100)
    for (attempts, full) in [10, 20, 40, 80, 160, 300, 300, 300].enumerated() {
      #expect(wait(result(answer(503), attempts: attempts, policy: policy, jitter: 0)) == Int64(full / 2))
      var generator = SeededGenerator(seed: 7)
      for _ in 0..<200 {
        let jitter = Double.random(in: 0..<1, using: &generator)
        let seconds = wait(result(answer(503), attempts: attempts, policy: policy, jitter: jitter))
        #expect(seconds.map { (Int64(full / 2)...Int64(full)).contains($0) } == true, "jitter \(jitter)")
      }
    }
    #expect(wait(result(answer(503), attempts: 98, policy: policy)) == 150, "a high count does not overflow")
  }

  @Test("The default schedule reaches at least 75 hours, whatever chance does, and no wait is longer than six")
  func reach() {
    for jitter in [0, 0.5, 0.999] {
      var total: Int64 = 0
      for attempts in 0... {
        guard let seconds = wait(result(answer(503), attempts: attempts, jitter: jitter)) else { break }
        #expect(seconds <= 6 * 3600)
        total += seconds
      }
      #expect(total >= 75 * 3600, "jitter \(jitter): \(total / 3600) h")
      #expect(total <= 7 * 24 * 3600)
    }
  }

  @Test("Attempts have an end: the last failure parks, whatever the failure, says both and whose it is")
  func exhausted() {
    let policy = RetryPolicy(maxAttempts: 12)
    let cases: [(TransportOutcome, String, Settlement.Fault)] = [
      (answer(503), "503", .theirs), (answer(429, "5"), "429", .theirs), (answer(401), "401", .ours),
      (.failed(.connect, what: "refused", mayHaveArrived: false), "refused", .theirs),
    ]
    for (outcome, word, whose) in cases {
      #expect(wait(result(outcome, attempts: 10, policy: policy)) != nil)
      guard case .parked(let why, let fault, _) = result(outcome, attempts: 11, policy: policy) else {
        Issue.record("\(outcome) is tried a 13th time")
        continue
      }
      #expect(why.contains("12 attempts"))
      #expect(why.contains(word))
      #expect(fault == whose)
    }
    #expect(result(answer(200), attempts: 11, policy: policy) == .confirmed(status: 200))
    // The doubt of the last attempt is kept.
    for arrived in [true, false] {
      let end = result(.failed(.timeout, what: "30 s", mayHaveArrived: arrived), attempts: 11, policy: policy)
      guard case .parked(_, _, arrived) = end else {
        Issue.record("\(end)")
        continue
      }
    }
  }

  @Test("A failure of the connection may pass, arrived or not; a refusal of our own does not")
  func transport() {
    for arrived in [true, false] {
      for failure in [
        TransportOutcome.Failure.resolve, .connect, .tls, .timeout, .reset, .responseTooLarge, .other, .blockedAddress,
      ] {
        #expect(wait(result(.failed(failure, what: "", mayHaveArrived: arrived))) == 3, "\(failure)")
      }
      for failure in [TransportOutcome.Failure.badRequest] {
        guard case .parked(let why, _, _) = result(.failed(failure, what: "10.0.0.1", mayHaveArrived: arrived)) else {
          Issue.record("\(failure) is tried again")
          continue
        }
        #expect(why.contains("10.0.0.1"))
      }
    }
  }

  @Test("Stopped before it arrived costs no attempt; stopped while it may have arrived does, and is due at once")
  func cancelled() {
    var machine = DeliveryMachine(attempts: 3, policy: RetryPolicy())
    func stopped(_ mayHaveArrived: Bool) -> AttemptEnd {
      AttemptEnd(.stopped(mayHaveArrived: mayHaveArrived), last: nil)
    }
    #expect(machine.finished(stopped(false), at: now, jitter: 0) == .released)
    #expect(machine.attempts == 3)
    #expect(wait(machine.finished(stopped(true), at: now, jitter: 0)) == 0)
    #expect(machine.attempts == 4)
  }
}
