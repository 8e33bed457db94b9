import ClosureModel
import Foundation
import Testing

@testable import Ingest

@Suite("Habits of the programs that write tables")
struct TableHabitTests {
  private static let header = "工单编号,服务分类,标题,问题描述,提交时间"

  @Test("Lines that end with CR alone are lines, in quotes as well", arguments: [1 << 12, 1 << 20])
  func carriageReturns(_ chunk: Int) throws {
    let rows = (1...300).map { "T-\($0),账号与认证,\"题 \($0)\",\"第一行\r第二行 \($0)\",2026-07-15 09:00" }
    let text = ([Self.header] + rows).joined(separator: "\r")
    for text in [text, text + "\r"] {
      let read = try Exports.read(text) { $0.chunk = chunk }
      #expect(read.errors.isEmpty)
      #expect(read.ids == (1...300).map { "T-\($0)" })
      #expect(read.tickets.last?.body == "第一行\n第二行 300")
    }
    // One line end of the usual kind, and CR is what it always was.
    let usual = try Exports.read(Self.header + "\nT-1,a,b,\"x\ry\",2026-07-15\n")
    #expect(usual.tickets.map(\.body) == ["x\ry"])
  }

  @Test("=\"00123\" is the text 00123; a formula of more than a text is no value")
  func textFormula() throws {
    let read = try Exports.read(
      """
      \(Self.header)
      ="00123",账号与认证,="题,目","他说""好""
      第二行",="2026-07-15 09:00"
      T-2,账号与认证,="a"&"b",正文,2026-07-15
      T-3,账号与认证,=1+2,正文三,2026-07-15
      """)
    #expect(read.ids == ["00123", "T-3"])
    let first = try #require(read.tickets.first)
    #expect(first.subject == "题,目" && first.body == "他说\"好\"\n第二行")
    #expect(first.submittedAt?.description == "2026-07-15T09:00:00+08:00")
    #expect(read.tickets.last?.subject == "=1+2")
    #expect(read.errors.map(\.code) == [.strayQuote])
  }

  @Test("=\"00123\" in quotes, as RFC 4180 writes it, is the same text")
  func quotedTextFormula() throws {
    let read = try Exports.read(
      "\(Self.header)\n\"=\"\"00123\"\"\",账号与认证,题,\"他说\"\"好\"\"\",2026-07-15\nT-2,a,题,\"=\"\"a\"\"&\"\"b\"\"\",2026-07-15\n"
    )
    #expect(read.ids == ["00123", "T-2"] && read.errors.isEmpty)
    #expect(read.tickets.map(\.body) == ["他说\"好\"", "=\"a\"&\"b\""])
  }

  @Test("Rows of nothing but separators are passed over")
  func blankRows() throws {
    let read = try Exports.read("\(Self.header)\nT-1,a,题,甲,2026-07-15\n,,,,\n , ,\"\",,\nT-2,a,题,乙,2026-07-15\n,,,,\n")
    #expect(read.ids == ["T-1", "T-2"] && read.errors.isEmpty)
    #expect(read.tickets.map(\.origin.row) == [2, 5])
  }

  @Test("A time may name UTC by its name", arguments: ["UTC", "utc", "GMT"])
  func namedUTC(_ zone: String) throws {
    let read = try Exports.read("\(Self.header)\nT-1,a,题,甲,2026-07-13 09:41:00 \(zone)\n")
    #expect(read.tickets.map(\.submittedAt?.description) == ["2026-07-13T09:41:00Z"])
  }

  @Test(
    "A column of later words that nobody mapped leaves the tickets with words there to a person",
    arguments: [
      ("用户追加", true), ("补充说明", true), ("沟通记录", true), ("messages", true), ("客户备注", true), ("撤回原因", true),
      ("最后回复时间", false), ("回复人", false), ("客服回复", false), ("处理备注", false), ("满意度", false),
      ("comments_count", false),
    ])
  func laterWords(_ name: String, _ isPartial: Bool) throws {
    func read(_ change: (inout IngestOptions) -> Void) throws -> [Bool] {
      try Exports.read("\(Self.header),\(name)\nT-1,a,题,甲,2026-07-15,先不注销了\nT-2,a,题,乙,2026-07-15,\n", change)
        .tickets.map(\.isPartial)
    }
    #expect(try read { _ in } == [isPartial, false])
    // Somebody says that it is none of the customer's.
    #expect(try read { $0.columns = [name: .ignore] } == [false, false])
  }

  @Test("A member with messages in it leaves the ticket to a person")
  func laterMembers() throws {
    func line(_ id: Int, _ messages: String) -> String {
      #"{"工单编号":"T-\#(id)","服务分类":"a","问题描述":"甲","messages":\#(messages)}"#
    }
    let lines = [#"[{"from":"customer","body":"先不注销了"}]"#, "[]", "null", #"["先不注销了"]"#, #"{"1":"先不注销了"}"#]
    let read = try Exports.read(lines.enumerated().map { line($0.offset, $0.element) }.joined(separator: "\n"))
    #expect(read.errors.isEmpty && read.tickets.map(\.isPartial) == [true, false, false, true, true])
    #expect(read.summary.messages == ["messages"])
  }

  @Test("Blanks around an id are no part of it: the same id with and without them is one")
  func blanks() throws {
    let read = try Exports.read(
      "\(Self.header)\n\tT-1 ,a, 题 ,甲,2026-07-15\nT-2,a,题,乙,2026-07-15\nT-1,a,题,丙,2026-07-15\n \t,a,题,丁,2026-07-15\n")
    #expect(read.ids == ["T-1", "T-2"])
    #expect(read.tickets.first?.hasConflictingCopy == true)
    #expect(read.errors.map(\.code) == [.duplicateTicketID, .missingTicketID])
  }

  /// What a reading through the receipt comes to.
  private func receipt(_ text: String) throws -> (ids: [String], errors: [RowError], receipt: Receipt) {
    let file = Exports.file("sums.csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let export = try TicketExport(path: file.path, options: IngestOptions())
    var (ids, errors): ([String], [RowError]) = ([], [])
    try export.forEach { item in
      switch item {
      case .ticket(let ticket): ids.append(ticket.id.rawValue)
      case .rowError(let error): errors.append(error)
      }
      return true
    }
    return (ids, errors, try #require(export.receipt))
  }

  @Test("A header that comes again and a sum are no tickets and no errors: the receipt counts them, and is complete")
  func noTickets() throws {
    let rows = "T-1,a,题,甲,2026-07-15\n\(Self.header)\nTotal-2,a,题,乙,2026-07-15\n"
    for sum in ["合计,2", "合计,,,,2", " 总计 ,2,,,", "Total,2", "小计,\"1,234.50\",,-3 %,+2"] {
      let read = try receipt("\(Self.header)\n\(rows)\(sum)\n")
      #expect(read.ids == ["T-1", "Total-2"], "\(sum)")
      #expect(read.errors == [], "\(sum)")
      #expect(read.receipt.noTickets == Receipt.NoTickets(sums: 1, headers: 1), "\(sum)")
      #expect(read.receipt.isComplete && read.receipt.rowErrors == 0, "\(sum)")
      #expect(
        read.receipt.notes.contains("2 rows are no tickets and were left out: 1 sums, 1 repeated headers"), "\(sum)")
    }
    #expect(try receipt("\(Self.header)\nT-1,a,题,甲,2026-07-15\n").receipt.noTickets == nil)
  }

  @Test("A row that is too short is cut off at the end of the export, not above a sum") func shortRowAboveSum() throws {
    let text = "\(Self.header)\nT-1,a,题,甲,2026-07-15\nT-2,a\n"
    #expect(try receipt(text).receipt.gaps.map(\.code) == [.lastRow])
    let summed = try receipt("\(text)合计,2\n")
    #expect(summed.errors.map(\.code) == [.missingColumns] && summed.receipt.gaps.isEmpty)
  }

  @Test("A sum or a header with a ticket's words in it is an error, not passed over")
  func wordsBesideASum() throws {
    let id = try #require(Self.header.split(separator: ",").first)
    for row in ["合计,账号与认证,题,乙,2026-07-15", "Total,2,本人已阅读并同意", "\(id),a,题,乙,2026-07-15", "合计,２"] {
      let read = try receipt("\(Self.header)\nT-1,a,题,甲,2026-07-15\n\(row)\n")
      #expect(read.ids == ["T-1"], "\(row)")
      #expect(read.errors.map(\.code) == [.badTicketID], "\(row)")
      #expect(read.errors.map(\.origin.row) == [3], "\(row)")
      #expect(read.receipt.noTickets == nil, "\(row)")
    }
  }

  @Test(
    "Times in words, on a clock of twelve hours, and as numbers",
    arguments: [
      ("2026年7月15日 9:00", "2026-07-15T09:00:00+08:00"), ("2026年07月15日", "2026-07-15T00:00:00+08:00"),
      ("2026年7月15日 上午9:00", "2026-07-15T09:00:00+08:00"), ("2026年7月15日下午 9:00:07", "2026-07-15T21:00:07+08:00"),
      ("2026年7月15日9时5分", "2026-07-15T09:05:00+08:00"), ("2026年7月15日 21点5分6秒", "2026-07-15T21:05:06+08:00"),
      ("2026/7/15 上午 12:30:00", "2026-07-15T00:30:00+08:00"), ("2026/7/15 下午 12:30", "2026-07-15T12:30:00+08:00"),
      ("2026-07-15 9:00 PM", "2026-07-15T21:00:00+08:00"), ("2026-07-15 9:00:30 am", "2026-07-15T09:00:30+08:00"),
      ("1784077200", "2026-07-15T01:00:00Z"), (" 1784077200123", "2026-07-15T01:00:00Z"),
    ])
  func times(_ text: String, _ time: String) {
    #expect(ExportTime.read(text, zone: .china)?.time.description == time)
  }

  @Test(
    "What can be read in two ways, or in none, is no time",
    arguments: [
      "2026年7月", "2026年13月1日", "2026年2月30日", "26年7月15日", "2026年7月15", "2026/7-15", "2026年7月15日 上午13:00",
      "2026年7月15日 上午", "2026年7月15日 9时5分 左右", "2026年7月15日 上午9:5", "178407720", "17840772001", "0784077200", "9点",
      "明天上午9:00",
    ])
  func noTimes(_ text: String) { #expect(ExportTime.read(text, zone: .china) == nil) }

  @Test("An export without any column says so")
  func nothing() throws {
    let error = #expect(throws: IngestError.self) { try Exports.read("{}") }
    #expect(error?.what.hasSuffix("the export has none") == true)
  }
}
