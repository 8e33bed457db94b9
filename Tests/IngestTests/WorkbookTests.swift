import ClosureModel
import Foundation
import Testing

@testable import Ingest

@Suite("Workbooks")
struct WorkbookTests {
  private let head = ["工单编号", "服务分类", "问题描述", "工单标题", "提交时间", "账户余额", "联系电话"]
  private func top(_ number: Int = 1) -> String { Book.row(number, head) }

  @Test(
    "Inline, shared and rich texts, empty cells and title rows; what is struck out is marked, readings are left out")
  func texts() throws {
    let shared = [
      "<t>账号与认证</t>", "<r><t>本人同意</t></r><r><rPr><strike/></rPr><t>注销</t></r><rPh sb=\"0\" eb=\"1\"><t>zhù</t></rPh>",
    ]
    let rows =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>七月工单</t></is></c></row>" + top(3)
      + "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>T-1</t></is></c><c r=\"B4\" t=\"s\"><v>0</v></c><c r=\"C4\" t=\"s\"><v>1</v></c></row>"
      + Book.row(9, ["T-2", "账号与认证", "a,\"b\"\n_x0041_ & <c>", nil, nil, nil, "13800138000"])
    let read = try Exports.read(Book(pages: [.init(rows: rows)], shared: shared).bytes())
    #expect(read.errors.isEmpty, "\(read.errors)")
    #expect(read.ids == ["T-1", "T-2"])
    #expect(read.tickets.map(\.body) == ["本人同意<del>注销</del>", "a,\"b\"\nA & <c>"])
    #expect(read.tickets.map(\.origin.row) == [4, 9])
    #expect(read.tickets[1].contactPhone == "13800138000")
    #expect(read.tickets[1].facts.balance == .blank)
    #expect(read.summary.headerRow == 3)
    #expect(read.summary.format == .xlsx)
  }

  private let styles =
    "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; h:mm\"/><numFmt numFmtId=\"165\" formatCode=\"00000000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/></cellXfs>"

  @Test("Dates are serials in both date systems; numbers keep their digits; ids keep the zeros that are shown")
  func numbers() throws {
    for (from1904, serial) in [(false, "46224.395833333336"), (true, "44762.395833333336")] {
      let rows =
        top()
        + "<row r=\"2\"><c r=\"A2\" s=\"3\"><v>1234</v></c><c r=\"B2\" t=\"str\"><f>\"账号\"</f><v>账号与认证</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>好</t></is></c><c r=\"E2\" s=\"1\"><v>\(serial)</v></c><c r=\"F2\"><v>1280.5</v></c><c r=\"G2\"><v>1.3800138E10</v></c></row>"
      var book = Book(pages: [.init(rows: rows)])
      book.styles = styles
      book.from1904 = from1904
      let read = try Exports.read(book.bytes())
      let ticket = try #require(read.tickets.first, "\(read.errors)")
      #expect(ticket.id.rawValue == "00001234")
      #expect(ticket.category == "账号与认证")
      #expect(ticket.submittedAt?.description == "2026-07-21T09:30:00+08:00")
      #expect(ticket.facts.balance == .known(Money(minorUnits: 128_050)))
      #expect(ticket.contactPhone == "13800138000")
    }
    #expect(CellText.date(60, hasTime: false, from1904: false) == nil)
    #expect(CellText.date(59, hasTime: false, from1904: false) == "1900-02-28")
    #expect(CellText.date(61, hasTime: false, from1904: false) == "1900-03-01")
    #expect(CellText.date(0, hasTime: false, from1904: true) == "1904-01-01")
    #expect(CellText.date(46224.999999, hasTime: false, from1904: false) == "2026-07-22")
    #expect(CellText.number(Array("0.1".utf8)[...], .plain, from1904: false).1 == Array("0.1".utf8))
    #expect(CellText.number(Array("1.0000000000000002E-2".utf8)[...], .plain, from1904: false).1 == Array("0.01".utf8))
  }

  @Test("A number that a spreadsheet has rounded, a failed or never computed formula and a full cell are row errors")
  func damage() throws {
    func row(_ number: Int, _ id: String, _ body: String) -> String {
      "<row r=\"\(number)\">\(id)<c r=\"B\(number)\" t=\"inlineStr\"><is><t>账号与认证</t></is></c>\(body)</row>"
    }
    func text(_ place: String, _ text: String) -> String {
      "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }
    let long = String(repeating: "注", count: 32_767)
    let rows =
      top() + row(2, "<c r=\"A2\"><v>2.0260720001234501E16</v></c>", text("C2", "好"))
      + row(3, "<c r=\"A3\"><v>202607200012345</v></c>", text("C3", "好"))
      + row(4, text("A4", "T-4"), "<c r=\"C4\" t=\"e\"><v>#NAME?</v></c>")
      + row(5, text("A5", "T-5"), "<c r=\"C5\"><f>A1&amp;B1</f></c>") + row(6, text("A6", "T-6"), text("C6", long))
      + row(7, text("A7", "T-7"), text("C7", "好") + "<c r=\"F7\" t=\"e\"><v>#N/A</v></c>")
    let read = try Exports.read(Book(pages: [.init(rows: rows)]).bytes())
    #expect(read.ids == ["202607200012345", "T-7"])
    #expect(read.errors.map(\.code) == [.roundedNumber, .brokenCell, .brokenCell, .cutOffCell], "\(read.errors)")
    #expect(read.errors.map(\.origin.row) == [2, 4, 5, 6])
    #expect(read.errors[0].origin.column == "工单编号")
    #expect(read.tickets[1].facts.balance == .unreadable("#N/A"))
  }

  @Test("Of several sheets the one with tickets is read; two of them, or none, ask for a name")
  func sheets() throws {
    let table = top() + Book.row(2, ["T-1", "账号与认证", "好"])
    let other = top() + Book.row(2, ["T-2", "账号与认证", "好"])
    let cover = Book.Page(name: "封面", rows: Book.row(1, ["说明"]))
    let one = try Exports.read(
      Book(pages: [cover, .init(name: "七月", rows: table), .init(name: "旧", rows: other, state: "hidden")]).bytes())
    #expect(one.ids == ["T-1"])
    #expect(one.summary.part == "七月")
    let two = try Book(pages: [cover, .init(name: "七月", rows: table), .init(name: "八月", rows: other)]).bytes()
    let error = #expect(throws: IngestError.self) { try Exports.read(two) }
    #expect(error?.what.contains("“七月”, “八月”") == true)
    #expect(try Exports.read(two) { $0.sheet = "八月" }.ids == ["T-2"])
    #expect(try Exports.read(two) { $0.sheet = "2" }.ids == ["T-1"])
    #expect(throws: IngestError.self) { try Exports.read(two) { $0.sheet = "九月" } }
  }

  @Test("Document types, foreign forms and bombs are refused with a line that says what to do")
  func refused() throws {
    func refusal(_ bytes: [UInt8]) throws -> IngestError {
      try #require(throws: IngestError.self) { try Exports.read(bytes) }
    }
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>"
    var book = try Exports.zip([
      ("xl/workbook.xml", Array(bomb.utf8)), ("xl/_rels/workbook.xml.rels", Array("<R/>".utf8)),
    ])
    #expect(try refusal(book).what.contains("harm"))
    book = try Exports.zip([("mimetype", []), ("content.xml", [])])
    #expect(try refusal(book).fix == "Save it as XLSX or CSV.")
    #expect(try refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).fix.contains("Save it as XLSX or CSV"))
    let deep = String(repeating: "<a>", count: 100_000)
    let nested = try Book(pages: [.init(rows: deep)]).bytes()
    #expect(try refusal(nested).what.contains("harm"))
    // 80 MB of one letter in an entry of some 80 KB.
    let flat = try Exports.zip([("tickets.csv", [UInt8](repeating: 0x61, count: 80 << 20))])
    #expect(try refusal(flat).what.contains("unpacks to 80 MB"))
  }
}
