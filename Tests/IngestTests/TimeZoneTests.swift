import ClosureModel
import Foundation
import Testing

@testable import Ingest

@Suite("Zones of times in tables")
struct TimeZoneTests {
  /// Summer time from April to October, as far as these tests go.
  private static let berlin = LocalZone(name: "Europe/Berlin") { wallClock in
    let month = Timestamp(epochSeconds: wallClock, offsetSeconds: 0).day(offsetSeconds: 0).components.month
    return (4...10).contains(month) ? 7200 : 3600
  }

  private func read(_ text: String, _ name: String, zone: LocalZone?) throws -> (tickets: [Ticket], receipt: Receipt) {
    let file = Exports.file(name)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let export =
      try zone.map { try TicketExport(path: file.path, options: IngestOptions(), zone: $0) }
      ?? TicketExport(path: file.path, options: IngestOptions())
    var tickets: [Ticket] = []
    try export.forEach { item in
      if case .ticket(let ticket) = item { tickets.append(ticket) }
      return true
    }
    return (tickets, try #require(export.receipt))
  }

  private static let csv = """
    工单编号,服务分类,问题描述,提交时间,更新时间
    1,账号与认证,请注销账号,2026-07-21 09:30,2026-01-05 09:30:01
    2,账号与认证,请注销账号,21.07.2026 09:30,2026-07-21T09:30:00Z
    3,账号与认证,请注销账号,2026-07-21T09:30:00+08:00,2026-07-21

    """
  private static let lines = """
    {"ticket":"1","category":"账号与认证","body":"请注销账号","created_at":"2026-07-21 09:30","updated_at":"2026-01-05 09:30:01"}
    {"ticket":"2","category":"账号与认证","body":"请注销账号","created_at":"21.07.2026 09:30","updated_at":"2026-07-21T09:30:00Z"}
    {"ticket":"3","category":"账号与认证","body":"请注销账号","created_at":"2026-07-21T09:30:00+08:00","updated_at":"2026-07-21"}

    """

  @Test(
    "A time without a zone is read in the zone that was set; one with a zone keeps its own",
    arguments: [
      ("a.csv", csv), ("a.jsonl", lines), ("a.json", "[" + lines.split(separator: "\n").joined(separator: ",") + "]"),
    ])
  func zone(_ name: String, _ text: String) throws {
    let (tickets, receipt) = try read(text, name, zone: Self.berlin)
    #expect(
      tickets.map { $0.submittedAt?.description } == [
        "2026-07-21T09:30:00+02:00", "2026-07-21T09:30:00+02:00", "2026-07-21T09:30:00+08:00",
      ])
    #expect(
      tickets.map { $0.updatedAt?.description } == [
        "2026-01-05T09:30:01+01:00", "2026-07-21T09:30:00Z", "2026-07-21T00:00:00+02:00",
      ])
    #expect(receipt.localZone == "Europe/Berlin")
    #expect(receipt.notes == ["times without a zone were read as Europe/Berlin"])
  }

  @Test("Where no zone was set, they are read in China's, and the receipt says so")
  func standard() throws {
    let (tickets, receipt) = try read(Self.csv, "a.csv", zone: nil)
    #expect(tickets.first?.submittedAt?.description == "2026-07-21T09:30:00+08:00")
    #expect(receipt.localZone == "Asia/Shanghai")
  }

  @Test(
    "Day and month are told apart where only one of both can be the month, else there is no time",
    arguments: [
      ("21/07/2026 09:30", "2026-07-21T09:30:00+08:00"), ("07/21/2026 9:30 PM", "2026-07-21T21:30:00+08:00"),
      ("07/21/2026, 12:05:09 am", "2026-07-21T00:05:09+08:00"), ("5/5/2026", "2026-05-05T00:00:00+08:00"),
      ("05/06/2026 09:30", nil), ("21/21/2026", nil), ("13/00/2026", nil), ("21/07/26 09:30", nil),
      ("21/07/2026 25:00", nil),
      ("21/07/2026 13:00 PM", nil), ("1/2", nil), ("21/07/2026 soon", nil),
    ] as [(String, String?)])
  func order(_ text: String, _ wanted: String?) {
    #expect(ExportTime.read(text, zone: .china)?.time.description == wanted)
    #expect(SystemTime.parse(text, zone: .china)?.time.description == wanted)
  }

  @Test("Where every time names its zone, nothing is said")
  func named() throws {
    let text = "工单编号,服务分类,问题描述,提交时间\n1,账号与认证,请注销账号,2026-07-21T09:30:00Z\n2,账号与认证,请注销账号,\n"
    #expect(try read(text, "a.csv", zone: Self.berlin).receipt.localZone == nil)
  }
}
