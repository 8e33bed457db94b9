import ClosureModel
import Synchronization
import Testing

@testable import Notify

@Suite("A robot that asks for time")
struct RetryAfterTests {
  /// Saturday, 2026-11-21T01:00:00Z.
  private static let now = Timestamp(epochSeconds: 1_795_222_800)

  @Test(
    "It gets what it asks for, in seconds or as a date, within an hour",
    arguments: [
      ("7", 7.0), ("Sat, 21 Nov 2026 01:00:30 GMT", 30), ("Sat, 21 Nov 2026 00:59:00 GMT", 1),
      ("Sun, 22 Nov 2026 01:00:00 GMT", 3600), ("soon", 2), ("-5", 2), ("nan", 2), ("99999999999", 3600),
    ])
  func asked(_ field: String, _ seconds: Double) {
    for status in [429, 503] {
      let reply = HTTPReply(status: status, headers: [HTTPField("Retry-After", field)])
      #expect(
        RobotAnswer.end(.answered(reply), .feishu, at: Self.now)
          == .busy(afterSeconds: seconds, why: "HTTP \(status)"))
    }
  }
}
