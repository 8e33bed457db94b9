import CZip
import ClosureModel
import Foundation
import Testing

@testable import Ingest

@Suite("Lists, archives and the quarantine")
struct ContainerTests {
  private func object(_ id: String, _ body: String = "好") -> String {
    #"{"ticket_id":"\#(id)","category":"账号与认证","body":"\#(body)","attachments":[{"name":"a.jpg"}]}"#
  }

  @Test(
    "A list inside an envelope is found by itself, or by its name; at every border of the buffer",
    arguments: [1, 3, 4096])
  func envelopes(_ chunk: Int) throws {
    let list = "[\(object("T-1")), \(object("T-2", "a]}\\\"["))]"
    for (text, path) in [
      ("{\"tickets\":\(list)}", "tickets"),
      ("{\"code\":0,\"data\":{\"total\":2,\"list\":\(list)},\"x\":[1,{}]}", "data.list"),
      ("{\"users\":[{\"id\":1}],\"a\":{\"list\":[1]},\"tickets\" :\n \(list)}", "tickets"),
    ] {
      for named in [nil, path] {
        let read = try Exports.read(text) {
          $0.chunk = chunk
          $0.records = named
        }
        #expect(read.ids == ["T-1", "T-2"], "\(text): \(read.errors)")
        #expect(read.errors.isEmpty)
        #expect(read.summary.part == path)
      }
    }
    let lines = object("T-1") + "\r\n\r\n" + object("T-2")
    #expect(try Exports.read([0xEF, 0xBB, 0xBF] + Array(lines.utf8)) { $0.chunk = chunk }.ids == ["T-1", "T-2"])
    let error = #expect(throws: IngestError.self) { try Exports.read("{\"a\":\(list),\"b\":\(list)}") }
    #expect(error?.what.contains("“a”, “b”") == true)
    #expect(throws: IngestError.self) { try Exports.read("{\"a\":\(list)}") { $0.records = "b" } }
  }

  @Test("A list that ends before its end is said, however neatly its last record ends")
  func cutOff() throws {
    for text in [
      "[\(object("T-1")),\(object("T-2"))", "{\"data\":{\"list\":[\(object("T-1")),\(object("T-2"))]",
      "[\(object("T-1")),\(object("T-2")),",
    ] {
      let read = try Exports.read(text)
      #expect(read.ids == ["T-1", "T-2"])
      #expect(read.errors.map(\.code) == [.malformedJSON], "\(text)")
    }
  }

  @Test("sep=, title rows and rows above the header of a table")
  func titles() throws {
    let rows = [Exports.head, ["T-1", "账号与认证", "a;b\nc", "题"]]
    let marked = try Exports.read("\u{FEFF}sep=;\r\n" + Exports.csv(rows, delimiter: ";"))
    #expect(marked.ids == ["T-1"])
    #expect(marked.tickets[0].origin.row == 2)
    let titled = try Exports.read("工单明细（七月）,,,\r\n\r\n导出人：某,,,\r\n" + Exports.csv(rows))
    #expect(titled.ids == ["T-1"])
    #expect(titled.summary.headerRow == 4)
    let above = try Exports.read(Exports.csv([["T-0", "账号与认证", "好", "题"]] + rows))
    #expect(above.ids == ["T-1"])
    #expect(above.errors.map(\.origin.row) == [1])
  }

  @Test("A ZIP archive: its export is read, its attachments are found by ticket, no name leads elsewhere")
  func archive() throws {
    let table = Array(Exports.csv([Exports.head + ["附件"], ["T-1", "账号与认证", "好", "题", "同意书.jpg"]]).utf8)
    let bytes = try Exports.zip([
      ("导出/tickets.csv", table), ("导出/readme.txt", []), ("导出/attachments/T-1/同意书.jpg", [1, 2, 3]),
      ("导出/attachments/T-2/b.jpg", [4]), ("导出/c.jpg", [5]), ("d.jpg", [6]), ("../e.jpg", [7]),
    ])
    let file = Exports.file("export.zip")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let source = try ExportSource(path: file.path, options: IngestOptions())
    #expect(source.summary.part == "导出/tickets.csv")
    let reader = try #require(source.attachments).open()
    guard case .found(let entry) = reader.find("同意书.jpg", of: "T-1") else {
      Issue.record("the attachment was not found")
      return
    }
    #expect(try reader.read(entry, limit: 10) == [1, 2, 3])
    #expect(throws: IngestError.self) { try reader.read(entry, limit: 2) }
    for (name, ticket) in [("b.jpg", "T-1"), ("b.jpg", "T-3"), ("d.jpg", "T-3"), ("c.jpg", "T-1")] {
      #expect(reader.find(name, of: ticket) == .missing, "\(name) of \(ticket)")
    }
    if case .found = reader.find("c.jpg", of: "T-3") {} else { Issue.record("beside the export") }
    for name in ["../e.jpg", "attachments/T-2/b.jpg", "..", ""] {
      #expect(reader.find(name, of: "T-3") == .unusable("the name is no plain file name"))
    }
    let two = try Exports.zip([("a.csv", table), ("b.csv", table)])
    #expect(throws: IngestError.self) { try Exports.read(two) }
    #expect(try Exports.read(two) { $0.member = "b.csv" }.ids == ["T-1"])
    let inner = try Exports.zip([
      (
        "tickets.xlsx",
        Book(pages: [.init(rows: Book.row(1, Exports.head) + Book.row(2, ["T-9", "账号与认证", "好"]))]).bytes()
      )
    ])
    #expect(try Exports.read(inner).ids == ["T-9"])
  }

  @Test("What could not be read is kept in the input's own form, only for the operator, and is read when it is mended")
  func quarantine() throws {
    let rejects = Exports.file("rejects.csv")
    defer { try? FileManager.default.removeItem(at: rejects) }
    let table = [
      Exports.head.joined(separator: ";"), "T-1;账号与认证;好;题", ";账号与认证;\"无\n号\";题", "T-3;账号与认证;好", "T-4;账号与认证;引\"号;题",
      "T-5;账号与认证;\"没完", "X-6;账号与认证;本人同意;题",
    ].joined(separator: "\r\n")
    let read = try Exports.read(table) { $0.rejects = rejects.path }
    #expect(read.ids == ["T-1"])
    let mode = try FileManager.default.attributesOfItem(atPath: rejects.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let bytes = [UInt8](try Data(contentsOf: rejects))
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
    #expect(text.hasPrefix("_error;工单编号;服务分类;问题描述;工单标题\r\n"))
    #expect(text.contains("[missingTicketID];;账号与认证;\"无\n号\";题\r\n"), "\(text)")
    // Read again as it is, nothing is let in that was refused for what it lacks, and no line of a damaged cell is a row.
    let again = try Exports.read(rejects)
    #expect(again.ids == ["T-4"], "\(again.errors)")
    #expect(again.errors.count == 3)
    let mended = try Exports.read(text.replacingOccurrences(of: ";;账号与认证", with: ";T-2;账号与认证"))
    #expect(mended.ids == ["T-2", "T-4"])
    #expect(mended.tickets[0].body == "无\n号")

    let objects = Exports.file("rejects.json")
    defer { try? FileManager.default.removeItem(at: objects) }
    let list = "[\(object("T-1")), \(object("T 2")), {\"ticket_id\" \"T-3\"}]"
    _ = try Exports.read(list) { $0.rejects = objects.path }
    let kept = try JSONSerialization.jsonObject(with: Data(contentsOf: objects)) as? [[String: Any]]
    #expect(kept?.map { $0["_error"] != nil } == [true, true])
    #expect(kept?[0]["body"] as? String == "好")
    #expect(kept?[1]["_raw"] as? String == "{\"ticket_id\" \"T-3\"}")
    let mendedList = try String(contentsOf: objects, encoding: .utf8).replacingOccurrences(of: "T 2", with: "T-2")
    #expect(try Exports.read(mendedList).ids == ["T-2"])
  }
}
