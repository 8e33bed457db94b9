import ClosureModel
import Foundation
import Notify
import Testing

@Suite("What notices say")
struct NoticeTextTests {
  @Test("A text is cut at characters and says how many more there are", arguments: ["zh-CN", "en"])
  func cutting(_ locale: String) throws {
    let ids = (1...300).map { "T-工单".isEmpty ? "" : "T-\($0)" }
    let notice = Notice.parked(
      ParkedCounts(total: 300, byFault: [.theirs: 300], fresh: ids.map { TicketLabel(Ticket.ID($0)) }))
    let text = NoticeText(notice, words: try words(locale))
    for limit in [0, 1, 2, 3, 5, 40, 200, 333, 2048, 100_000] {
      let fitted = text.fitted(maxBytes: limit)
      #expect(fitted.utf8.count <= limit, "\(limit)")
      #expect(!fitted.contains("\u{FFFD}"))
      guard limit >= 333 else { continue }
      let shown = fitted.split(separator: "\n").filter { $0.hasPrefix("T-") }.count
      if limit == 100_000 {
        #expect(shown == 300)
      } else {
        #expect(shown > 0 && fitted.contains("\(300 - shown)"), "\(limit): \(fitted)")
      }
    }
  }

  @Test(
    "A ticket id that could reach a person is masked; a plain one is shown",
    arguments: [
      ("T-1001", true), ("TD-20261121-000123", true), ("20261121000123", true), ("202611211234567890", true),
      ("13800138000", false), ("+8613800138000", false), ("T13800138000", false), ("138-0013-8000", false),
      ("11010519491231002X", false), ("110105194912310021", false), ("desk@example.com", false), ("张三的工单", false),
      ("T-1\nbcc", false), ("T 1", false), (String(repeating: "9", count: 41), false), ("", true),
    ])
  func labels(_ id: String, _ isShown: Bool) {
    let shown = TicketLabel(Ticket.ID(id)).description
    #expect((shown == id) == isShown, "\(shown)")
    if !isShown { #expect(shown.utf8.count <= 5 && shown.hasSuffix("***")) }
  }

  @Test("No notice has room for a text: its fields are counts, times, labels and cases")
  func types() {
    // Walks the values of every notice: a `String` in one, but in the label, would be a hole.
    func texts(_ value: Any, _ path: String) -> [String] {
      if value is TicketLabel || value is Outcome || value is Settlement.Fault || value is StopReason
        || value is OpenDeadline.Waiting
      {
        return []
      }
      if value is String || value is Personal { return [path] }
      return Mirror(reflecting: value).children.flatMap { texts($0.value, path + ".\($0.label ?? "-")") }
    }
    let label = TicketLabel(Ticket.ID("T-1"))
    let notices: [Notice] = [
      .summary(RunCounts(outcomes: [.accepted: 1], recorded: 1)),
      .parked(ParkedCounts(total: 1, byFault: [.ours: 1], fresh: [label])),
      .deadline(
        DeadlineCounts(near: 1, past: 0, fresh: [.init(ticket: label, due: noon, waitsFor: .person, isPast: false)])),
      .stopped(.hold, waiting: 1), .test,
    ]
    for notice in notices { #expect(texts(notice, "\(notice)") == []) }
  }

  @Test(
    "Words with a mistake are refused, with file and line",
    arguments: [
      ("more: \"x\"", "more: \"{person}\"", "cannot hold {person}"), ("more: \"x\"", "extra: \"x\"", "unknown text"),
      ("more: \"x\"", "", "`more` is missing"), ("more: \"x\"", "more: [a]", "must be a text"),
      ("", "x: [", "no YAML"),
    ])
  func mistakes(_ from: String, _ to: String, _ what: String) throws {
    let file = root.appending(path: "Templates/notices/en.yaml")
    var text = try String(contentsOf: file, encoding: .utf8).replacing("more: \"… and {count} more\"", with: from)
    text = from.isEmpty ? to : text.replacing(from, with: to)
    let error = #expect(throws: NotifyError.self) { try NoticeWords(text: text, file: "en.yaml") }
    #expect(try #require(error).what.contains(what) && #require(error).place.hasPrefix("en.yaml"))
  }
}
