import ClosureModel
import DeliverCurl
import Foundation
import Synchronization
import Testing

@testable import Outbox

@Suite("A ticket that changes while it is being answered", .tags(.safety))
struct ConflictTests {
  /// Request Tracker with one ticket, as far as conditions go.
  private final class Tracker: Sendable {
    struct State {
      var change = 47
      /// Pages of the history, as far as they are shown.
      var pages = [""]
      var total = "null"
      var updated = "2026-11-21T00:59:00Z"
      var replies: [String] = []
      /// Conditions that came in with writes.
      var conditions: [String] = []
    }
    let state = Mutex(State())
    let server: DeskServer
    let transport: CurlTransport

    init() throws {
      final class Link: @unchecked Sendable { weak var tracker: Tracker? }  // set once, before the first call
      let link = Link()
      server = try DeskServer(isFaulty: { _ in false }) { call in
        guard let tracker = link.tracker else { return Play(500) }
        return tracker.state.withLock { Self.rt(call, &$0) }
      }
      var options = CurlOptions()
      options.allowHTTPLoopback = true
      transport = try CurlTransport(options: options)
      link.tracker = self
    }

    deinit {
      server.stop()
      transport.shutdown()
    }

    private static func holds(_ call: Call, _ state: inout State) -> Bool {
      let condition = call.headers.first { $0.key.lowercased() == "if-match" }?.value
      state.conditions.append(condition ?? "none")
      return condition == "\"\(state.change)\""
    }

    private static func rt(_ call: Call, _ state: inout State) -> Play {
      switch (call.method, call.path) {
      case ("PUT", _):
        guard holds(call, &state) || call.text.contains("Status") else { return Play(412) }
        return Play(200, "[]")
      case ("POST", _):
        // As the real one: a condition on a reply is never met.
        guard call.headers.first(where: { $0.key.lowercased() == "if-match" }) == nil else { return Play(412) }
        state.replies.append(call.text)
        state.change += 1
        return Play(201, "{}")
      case (_, let path) where path.hasSuffix("/history"):
        let page =
          call.target.split(separator: "&").first { $0.hasPrefix("page=") }.flatMap { Int($0.dropFirst(5)) } ?? 1
        let items = page <= state.pages.count ? state.pages[page - 1] : ""
        return Play(200, #"{"items":[\#(items)],"total":\#(state.total)}"#)
      case (_, let path) where path.hasSuffix("/attachments"):
        return Play(200, #"{"items":[{"Content":"您好 [\#(Marker.code(IdempotencyKey(rawValue: "cd_1")))]"}]}"#)
      default:
        var play = Play(
          200, #"{"LastUpdated":"\#(state.updated)","Status":"stalled","EffectiveId":{"id":"42"}}"#)
        play.headers["ETag"] = "\"\(state.change)\""
        return play
      }
    }
  }

  private func claim() -> ClaimedEntry {
    ClaimedEntry(entry: .invented(ticket: "42", key: "cd_1", asOf: .moment), token: 1, attempts: 0)
  }

  private func target(_ tracker: Tracker) throws -> PresetTarget {
    let setup = try Shipped.setup("request-tracker5", url: tracker.server.url, timeout: 2)
    return PresetTarget(setup, pause: { _ in true })
  }

  @Test("Request Tracker is told which state was read; another one is read first, and no reply goes out")
  func rt() async throws {
    let tracker = try Tracker()
    let target = try target(tracker)
    let meddling = Meddling(inner: tracker.transport) { request in
      guard request.method == "PUT" else { return false }
      tracker.state.withLock { $0.change += 1 }
      return true
    }
    let first = await target.attempt(claim(), over: meddling, at: .moment).meaning
    guard case .again(_, let why, mayHaveArrived: false) = first else {
      Issue.record("\(first)")
      return
    }
    #expect(why.contains("somebody changed the ticket in between"))
    #expect(tracker.state.withLock { $0.replies.isEmpty && $0.conditions == ["\"47\""] })
    // Read again, it is as it was read.
    guard case .shown = await target.attempt(claim(), over: tracker.transport, at: .moment).meaning else {
      Issue.record("not sent")
      return
    }
    #expect(tracker.state.withLock { $0.replies.count == 1 && $0.conditions.prefix(2) == ["\"47\"", "\"48\""] })
  }

  private static func row(_ creator: String, _ time: String) -> String {
    #"{"id":"7","Type":"Correspond","Creator":{"id":"\#(creator)"},"Created":"\#(time)"}"#
  }

  @Test("Rows that Request Tracker counts and does not show hold no reply back, and hide none behind them")
  func hidden() async throws {
    let old = Self.row("kunde", "2026-11-20T01:00:00Z")
    let clear = try Tracker()
    clear.state.withLock { ($0.pages, $0.total, $0.updated) = ([old], "3", "2026-11-22T01:00:00Z") }
    let end = try await target(clear).attempt(claim(), over: clear.transport, at: .moment).meaning
    guard case .shown = end else {
      Issue.record("\(end)")
      return
    }
    // A page of hidden rows is not the last one.
    for last in [Self.row("kunde", "2026-11-22T01:00:00Z"), Self.row("closedesk", "2026-11-21T01:30:00Z")] {
      let behind = try Tracker()
      behind.state.withLock { ($0.pages, $0.total, $0.updated) = ([old, "", last], "250", "2026-11-22T01:00:00Z") }
      _ = try await target(behind).attempt(claim(), over: behind.transport, at: .moment)
      #expect(behind.state.withLock { $0.replies.isEmpty })
    }
  }

  @Test("Where a reply may have arrived, or is a comment, hidden rows could be it: it is not sent")
  func hiddenDoubt() async throws {
    for (mode, isInDoubt) in [(Preset.Mode.public, true), (.note, false), (.note, true)] {
      let tracker = try Tracker()
      tracker.state.withLock {
        ($0.pages, $0.total, $0.updated) = ([Self.row("kunde", "2026-11-20T01:00:00Z")], "3", "2026-11-22T01:00:00Z")
      }
      let setup = try Shipped.setup("request-tracker5", mode: mode, url: tracker.server.url, timeout: 2)
      let claim = ClaimedEntry(
        entry: .invented(ticket: "42", key: "cd_1", asOf: .moment), token: 1, attempts: 0, isInDoubt: isInDoubt)
      let end = await PresetTarget(setup, pause: { _ in true }).attempt(claim, over: tracker.transport, at: .moment)
      guard case .refused(let why, .ours, isInDoubt) = end.meaning else {
        Issue.record("\(mode), \(isInDoubt): \(end)")
        continue
      }
      #expect(why.contains("hidden"))
      #expect(tracker.state.withLock { $0.replies.isEmpty })
    }
  }
}
