import ClosureModel
import Synchronization
import Testing

@testable import Notify

@Suite("A robot that asks for time")
struct RetryAfterTests {
  /// Saturday, 2026-11-21T01:00:00Z.
  private static let now = Timestamp(epochSeconds: 1_795_222_800)

  @Test(
    "Feishu's code for too many requests is also its code for bad ones",
    arguments: [("too many request", true), ("Bad Request", false), ("too large", false)])
  func bad(_ text: String, _ isBusy: Bool) {
    let reply = HTTPReply(status: 200, headers: [], body: Array(#"{"code":9499,"msg":"\#(text)"}"#.utf8))
    let end = RobotAnswer.end(.answered(reply), .feishu, at: Self.now)
    if case .busy = end { #expect(isBusy) } else { #expect(!isBusy, "\(end)") }
  }

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
