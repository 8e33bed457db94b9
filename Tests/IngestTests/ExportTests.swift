import ClosureModel
import Foundation
import Testing

@testable import Ingest

@Suite("Exports")
struct ExportTests {
  private func read(_ bytes: [UInt8], _ change: (inout IngestOptions) -> Void = { _ in }) throws -> [SourceItem] {
    let file = FileManager.default.temporaryDirectory.appending(path: "closedesk-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var options = IngestOptions()
    change(&options)
    var items: [SourceItem] = []
    try ExportSource(path: file.path, options: options).forEach {
      items.append($0)
      return true
    }
    return items
  }

  private func tickets(_ items: [SourceItem]) -> [Ticket] {
    items.compactMap { if case .ticket(let ticket) = $0 { ticket } else { nil } }
  }

  private func errors(_ items: [SourceItem]) -> [RowError] {
    items.compactMap { if case .rowError(let error) = $0 { error } else { nil } }
  }

  private func csv(_ rows: [[String]], delimiter: String = ",") -> String {
    rows.map { row in
      row.map { cell in
        cell.unicodeScalars.contains(where: { "\",;\t\r\n".unicodeScalars.contains($0) })
          ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
      }.joined(separator: delimiter)
    }.joined(separator: "\r\n") + "\r\n"
  }

  private static let head = ["工单编号", "服务分类", "问题描述", "工单标题"]
  private static let pieces = ["注销", "\"", ",", ";", "\r\n", "\n", "a", "《须知》", " ", "😀", "\t", "{", "]", "\\"]

  private func rows(_ generator: inout Generator) -> [[String]] {
    (1...Int.random(in: 1...12, using: &generator)).map { number in
      ["T-\(number)", "账号与认证"]
        + (0..<2).map { _ in
          (0..<Int.random(in: 0...8, using: &generator)).map { _ in
            Self.pieces.randomElement(using: &generator) ?? ""
          }.joined()
        }
    }
  }

  @Test("Whatever stands in the cells, print and parse is identity, at every border of the buffer", arguments: 1...60)
  func identity(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let rows = rows(&generator)
    let chunk = [1, 2, 3, 7, 64, 1 << 16].randomElement(using: &generator) ?? 16
    let delimiter = [",", ";", "\t"].randomElement(using: &generator) ?? ","
    let expected = rows.map { [$0[0], $0[2], $0[3]] }
    let text = csv([Self.head] + rows, delimiter: delimiter)
    let objects = try rows.map { row in
      try JSONSerialization.data(withJSONObject: Dictionary(uniqueKeysWithValues: zip(Self.head, row)))
    }
    let lines = objects.map { String(decoding: $0, as: UTF8.self) }
    for (name, bytes) in [
      ("csv", Array(text.utf8)), ("bom", [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
      ("jsonl", Array(lines.joined(separator: "\n").utf8)),
      ("json", Array("[ \(lines.joined(separator: " ,\n")) ]".utf8)),
    ] {
      let items = try read(bytes) { $0.chunk = chunk }
      #expect(errors(items).isEmpty, "\(name), seed \(seed): \(errors(items))")
      #expect(
        tickets(items).map { [$0.id.rawValue, $0.body, $0.subject] } == expected,
        "\(name), seed \(seed), chunk \(chunk)")
    }
  }

  @Test("GB18030 gives the same tickets as UTF-8, at every border of the buffer", arguments: [1, 2, 3, 5, 64, 4096])
  func gb18030(_ chunk: Int) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Samples/jdcloud")
    func bodies(_ name: String) throws -> [String] {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      return tickets(try read(bytes) { $0.chunk = chunk }).map { $0.id.rawValue + $0.body + $0.subject }
    }
    let utf8 = try bodies("tickets.csv")
    #expect(utf8.count >= 60)
    #expect(try bodies("tickets-gb18030.csv") == utf8)
  }

  @Test("A damaged row is one row error; the rows around it are read")
  func damaged() throws {
    var bytes = Array(csv([Self.head, ["T-1", "账号与认证", "好", "题"]]).utf8)
    bytes += Array("T-2,账号与认证,坏".utf8) + [0xFF, 0xFE] + Array(",题\r\n".utf8)
    bytes += Array("T-3,账号与认证\r\nT-4,账号与认证,a,b,c\r\nT-5,账号与认证,引\"号,题\r\n,账号与认证,无号,题\r\n".utf8)
    bytes += Array("GD../../etc,账号与认证,坏号,题\r\nT-9,账号与认证,好,题\r\n".utf8)
    bytes += Array("T-10,账号与认证,\"没有结束\r\nT-11,账号与认证,本人同意,题\r\n".utf8)
    let items = try read(bytes)
    #expect(tickets(items).map(\.id.rawValue) == ["T-1", "T-9"])
    #expect(
      errors(items).map(\.code) == [
        .undecodableText, .missingColumns, .extraColumns, .strayQuote, .missingTicketID, .badTicketID, .unclosedQuote,
      ])
    #expect(errors(items).map(\.origin.row) == [3, 4, 5, 6, 7, 8, 10])
    // A forged row inside an open quote is never read as a ticket.
    #expect(!tickets(items).contains { $0.id.rawValue == "T-11" })
  }

  @Test("A damaged JSON record is one row error")
  func damagedJSON() throws {
    let good = #"{"ticket_id":"T-1","category":"账号与认证","body":"好"}"#
    let lines = [
      good, #"{"ticket_id":"T-2","category":"#, "[1]",
      #"{"ticket_id":"T-3","ticket_id":"T-4","category":"a","body":"b"}"#,
      #"{"ticket_id":"T-5","category":"a"}"#, "", good.replacingOccurrences(of: "T-1", with: "T-6"),
    ]
    let items = try read(Array(lines.joined(separator: "\n").utf8))
    #expect(tickets(items).map(\.id.rawValue) == ["T-1", "T-6"])
    #expect(errors(items).map(\.code) == [.malformedJSON, .notAnObject, .malformedJSON, .missingColumns])
  }

  @Test("Repeated ids: the strictly newer copy counts, else the first; a differing copy is marked; never two tickets")
  func duplicates() throws {
    let head = Self.head + ["更新时间"]
    func items(_ rows: [[String]]) throws -> [SourceItem] { try read(Array(csv([head] + rows).utf8)) }
    let old = ["T-1", "账号与认证", "旧", "题", "2026-11-01 10:00:00"]
    let new = ["T-1", "账号与认证", "新", "题", "2026-11-02 10:00:00"]
    for rows in [[old, new], [new, old]] {
      let read = try items(rows)
      #expect(tickets(read).map(\.body) == ["新"])
      #expect(errors(read).map(\.code) == [.supersededTicketID])
      #expect(tickets(read).map(\.hasConflictingCopy) == [false])
    }
    let undated = try items([["T-1", "账号与认证", "甲", "题", ""], ["T-1", "账号与认证", "乙", "题", ""]])
    #expect(tickets(undated).map(\.body) == ["甲"])
    #expect(tickets(undated).map(\.hasConflictingCopy) == [true])
    #expect(errors(undated).map(\.code) == [.duplicateTicketID])
    let same = try items([["T-1", "账号与认证", "甲", "题", ""], ["T-1", "账号与认证", "甲", "题", ""]])
    #expect(tickets(same).map(\.hasConflictingCopy) == [false])
  }

  @Test("Repeated ids are seen also where the first records have another key that looks like the id")
  func laterKey() throws {
    let lines = [
      #"{"id":"7","category":"a","body":"x"}"#, #"{"id":"8","流水":"T-1","category":"a","body":"x"}"#,
      #"{"id":"9","流水":"T-1","category":"a","body":"y"}"#,
    ]
    let items = try read(Array(lines.joined(separator: "\n").utf8)) { $0.columns = ["流水": .ticket] }
    #expect(tickets(items).map(\.id.rawValue) == ["T-1"])
    #expect(tickets(items).map(\.hasConflictingCopy) == [true])
    #expect(errors(items).map(\.code) == [.missingTicketID, .duplicateTicketID])
  }

  @Test("A fact is absent, blank, unreadable or known; unknown is never zero")
  func facts() throws {
    let head = Self.head + ["账户余额", "欠费金额", "是否服务商", "有效资源数"]
    let base = ["账号与认证", "好", "题"]
    let items = try read(
      Array(
        csv([
          head, ["T-1"] + base + ["¥1,280.50", "", "是", "3"], ["T-2"] + base + ["-5.00", "查询失败", "?", "-1"],
          ["T-3"] + base + ["０.００元", "0", "N", "0"],
        ]).utf8))
    let read = tickets(items).map(\.facts)
    try #require(read.count == 3)
    #expect(read[0].balance == .known(Money(minorUnits: 128_050)))
    #expect(read[0].arrears == .blank)
    #expect(read[0].serviceProvider == .known(true))
    #expect(read[0].icpFiling == .columnAbsent)
    #expect(read[1].balance == .unreadable("-5.00"))
    #expect(read[1].resources == .unreadable("-1"))
    #expect(read[2].balance == .known(Money(minorUnits: 0)))
    // A key that other objects have is blank where it is missing, not absent.
    let json = try self.read(
      Array(
        (#"{"ticket_id":"T-1","category":"a","body":"b","balance":0}"# + "\n"
          + #"{"ticket_id":"T-2","category":"a","body":"b"}"#).utf8))
    #expect(tickets(json).map(\.facts.balance) == [.known(Money(minorUnits: 0)), .blank])
  }

  @Test("The common forms of amounts, yes and no, and counts are read as their rarer spellings are")
  func spellings() throws {
    let head = Self.head + ["账户余额", "是否服务商", "有效资源数"]
    let cells: [(String, Fact<Money>, String, Fact<Bool>, String, Fact<Int>)] = [
      ("¥0.00", .known(Money(minorUnits: 0)), "否", .known(false), "0", .known(0)),
      ("￥12.3", .known(Money(minorUnits: 1230)), " 是 ", .known(true), "007", .known(7)),
      ("1.05元", .known(Money(minorUnits: 105)), "Y", .known(true), "1,024", .known(1024)),
      ("¥1元", .known(Money(minorUnits: 100)), "yes", .known(true), "１２", .known(12)),
      ("CNY 3", .known(Money(minorUnits: 300)), "ｆａｌｓｅ", .known(false), "3 个", .known(3)),
      ("1.234", .known(Money(minorUnits: 124)), "真", .unreadable("真"), "-", .unreadable("-")),
      ("¥", .unreadable("¥"), "10", .unreadable("10"), "1.0", .known(1)),
      ("元", .unreadable("元"), "", .blank, "", .blank),
      (".5", .unreadable(".5"), "N", .known(false), "9", .known(9)),
      (
        "1234567890123456", .unreadable("1234567890123456"), "1", .known(true), "12345678901234567890",
        .unreadable("12345678901234567890")
      ),
    ]
    let rows = cells.enumerated().map { ["T-\($0)", "账号与认证", "好", "题", $1.0, $1.2, $1.4] }
    let read = tickets(try self.read(Array(csv([head] + rows).utf8))).map(\.facts)
    #expect(read.map(\.balance) == cells.map(\.1))
    #expect(read.map(\.serviceProvider) == cells.map(\.3))
    #expect(read.map(\.resources) == cells.map(\.5))
  }

  @Test("A cell that lists files is parted at semicolons, bars and line ends, never at a comma")
  func names() throws {
    let cells: [(String, [String])] = [
      ("", []), ("同意书.pdf", ["同意书.pdf"]), ("盖章.png;证.jpg", ["盖章.png", "证.jpg"]),
      ("a, b.pdf；销.png|c", ["a, b.pdf", "销.png", "c"]), (" a ; b ", ["a", "b"]), ("a;;b;", ["a", "b"]),
      (";a", ["a"]), ("a\nb", ["a", "b"]), ("é.pdf;😀.png", ["é.pdf", "😀.png"]), (";", []), ("；；", []), ("  ", []),
    ]
    let rows = cells.enumerated().map { ["T-\($0)", "账号与认证", "好", "题", $1.0] }
    let read = tickets(try self.read(Array(csv([Self.head + ["附件"]] + rows).utf8))).map(\.attachments)
    #expect(read == cells.map(\.1))
  }

  @Test("Random damage never crashes, and every run ends with items or one clear error", arguments: 1...200)
  func fuzz(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let rows = rows(&generator)
    var bytes = Array(csv([Self.head] + rows).utf8)
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let at = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0...2, using: &generator) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: at)
      default: bytes.insert(contentsOf: [0x22, 0x0A, 0xE5], at: at)
      }
      if bytes.isEmpty { bytes = [0x41] }
    }
    for format in [ExportFormat.csv, .jsonl, .auto] {
      do {
        let items = try read(bytes) {
          $0.format = format
          $0.chunk = 5
        }
        #expect(Set(tickets(items).map(\.id)).count == tickets(items).count, "seed \(seed)")
      } catch let error as IngestError {
        #expect(!error.what.isEmpty && !error.fix.isEmpty)
      }
    }
  }
}
