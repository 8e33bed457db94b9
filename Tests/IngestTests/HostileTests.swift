import ClosureModel
import Foundation
import Glibc
import Testing

@testable import Ingest

/// Files that somebody built to do harm, or that a disk, a network or a person broke. Made by a seeded generator.
@Suite("Hostile files", .serialized)
struct HostileTests {
  private struct Case {
    let name: String
    let bytes: [UInt8]
  }

  /// A ticket that would be read if the file were whole.
  private static let rows = (1...30).map { ["T-\($0)", "账号与认证", "本人已阅读并同意《京东云账户注销须知》\n第\($0)行", "注销"] }

  private static func base(_ kind: Int) throws -> [UInt8] {
    switch kind {
    case 0: return Array(Exports.csv([Exports.head] + rows).utf8)
    case 1:
      let objects = try rows.map { row in
        try JSONSerialization.data(withJSONObject: Dictionary(uniqueKeysWithValues: zip(Exports.head, row)))
      }
      return Array(objects.joined(separator: Data("\n".utf8)))
    case 2:
      let lines = String(decoding: try base(1), as: UTF8.self).split(separator: "\n").joined(separator: ",")
      return Array("{\"data\":{\"list\":[\(lines)]}}".utf8)
    case 3:
      let sheet = Book.row(1, Exports.head) + rows.enumerated().map { Book.row($0 + 2, $1) }.joined()
      return try Book(pages: [.init(rows: sheet)]).bytes()
    default: return try Exports.zip([("tickets.csv", base(0)), ("attachments/T-1/a.jpg", [1, 2, 3])])
    }
  }

  private static func damaged(_ seed: UInt64) throws -> Case {
    var generator = Generator(state: seed)
    let kind = Int(seed % 5)
    var bytes = try base(kind)
    switch seed / 5 % 4 {
    case 0:
      bytes.removeSubrange(Int.random(in: 1..<bytes.count, using: &generator)...)
      return Case(name: "truncated", bytes: bytes)
    case 1:
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      return Case(name: "bytes changed", bytes: bytes)
    case 2:
      let at = Int.random(in: 0..<bytes.count, using: &generator)
      bytes.insert(contentsOf: [UInt8](repeating: 0, count: Int.random(in: 1...5000, using: &generator)), at: at)
      return Case(name: "NULs", bytes: bytes)
    default:
      let length = Int.random(in: 1...60_000, using: &generator)
      let signs: [[UInt8]] = [[], [0x50, 0x4B, 3, 4], Array("[{".utf8), Array("sep=".utf8), [0xFF, 0xFE]]
      return Case(
        name: "random",
        bytes: signs[kind] + (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test(
    "180 damaged files: no crash, no ticket that was not in the file, and a clear line for each",
    arguments: 0..<180 as Range<UInt64>)
  func damage(_ seed: UInt64) throws {
    let hostile = try Self.damaged(seed)
    for format in [ExportFormat.auto, .csv, .jsonl] {
      do {
        let read = try Exports.read(hostile.bytes) { $0.format = format }
        #expect(Set(read.ids).count == read.ids.count, "\(hostile.name), seed \(seed)")
        for error in read.errors { #expect(!error.what.isEmpty && !error.fix.isEmpty) }
        if hostile.name == "random" { #expect(read.ids.isEmpty, "\(hostile.name), seed \(seed)") }
      } catch let error as IngestError {
        #expect(!error.what.isEmpty && !error.fix.isEmpty && !error.what.contains("\n"), "seed \(seed)")
      }
    }
  }

  static let shapes = [
    "one line of 4 MB", "an open quote of 4 MB", "a million columns", "a million open brackets",
    "a million open objects", "wrong extension: HTML",
    "wrong extension: PDF", "wrong extension: picture", "nothing but line ends", "nothing but quotes",
    "nothing but separators",
    "a key of 5 MB", "a string of 4 MB", "an archive of archives", "an archive that names itself upwards",
    "a sheet with 20,000 cells in a row",
    "a sheet whose rows run backwards", "a shared text that is not there", "a bomb that says it is small",
    "a path of a thousand folders",
  ]

  private func bytes(_ shape: String) throws -> [UInt8] {
    func fill(_ byte: String, _ count: Int) -> [UInt8] { [UInt8](repeating: byte.utf8.first ?? 0, count: count) }
    let head = Array((Exports.head.joined(separator: ",") + "\n").utf8)
    switch shape {
    case "one line of 4 MB": return head + fill("a", 4 << 20)
    case "an open quote of 4 MB": return head + Array("T-1,账号与认证,\"".utf8) + fill("a", 4 << 20) + Array("\",题\n".utf8)
    case "a million columns": return fill(",", 1_000_000) + Array("\n1,2\n".utf8)
    case "a million open brackets": return fill("[", 1_000_000)
    case "a million open objects": return Array(String(repeating: "{\"a\":", count: 1_000_000).utf8)
    case "wrong extension: HTML": return Array("<html><body>登录已过期</body></html>".utf8)
    case "wrong extension: PDF": return Array("%PDF-1.7\n".utf8)
    case "wrong extension: picture": return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    case "nothing but line ends": return fill("\n", 1_000_000)
    case "nothing but quotes": return head + fill("\"", 1_000_001)
    case "nothing but separators": return head + Array(String(repeating: ",,,,\n", count: 100_000).utf8)
    case "a key of 5 MB": return Array("{\"".utf8) + fill("k", 5 << 20) + Array("\":1}".utf8)
    case "a string of 4 MB": return Array("[{\"ticket_id\":\"".utf8) + fill("k", 4 << 20) + Array("\"}]".utf8)
    case "an archive of archives":
      return try Exports.zip([("a.csv", Exports.zip([("b.csv", Exports.zip([("c.csv", head)]))]))])
    case "an archive that names itself upwards":
      return try Exports.zip([("../../etc/passwd.csv", head), ("/abs.csv", head)])
    case "a sheet with 20,000 cells in a row":
      return try Book(pages: [
        .init(rows: "<row r=\"1\">\(String(repeating: "<c><v>1</v></c>", count: 20_000))</row>")
      ]).bytes()
    case "a sheet whose rows run backwards":
      return try Book(pages: [.init(rows: Book.row(3, Exports.head) + Book.row(2, Self.rows[0]))]).bytes()
    case "a shared text that is not there":
      return try Book(pages: [
        .init(rows: Book.row(1, Exports.head) + "<row r=\"2\"><c t=\"s\"><v>99999999999</v></c></row>")
      ]).bytes()
    case "a bomb that says it is small":
      return try Exports.zip([("xl/workbook.xml", fill(" ", 70 << 20)), ("xl/_rels/workbook.xml.rels", head)])
    default: return try Exports.zip([(String(repeating: "a/", count: 1000) + "t.csv", head)])
    }
  }

  @Test(
    "20 shapes built to hurt, beyond the bound of a row: bounded memory, a clear line, no ticket", arguments: shapes)
  func shape(_ shape: String) throws {
    let clock = ContinuousClock()
    let hostile = try bytes(shape)
    let took = try clock.measure {
      do {
        let read = try Exports.read(hostile) { $0.maxRowBytes = 1 << 20 }
        #expect(read.ids.isEmpty, "\(shape)")
        for error in read.errors { #expect(!error.what.isEmpty && !error.fix.isEmpty) }
      } catch let error as IngestError {
        #expect(!error.what.isEmpty && !error.fix.isEmpty, "\(shape)")
      }
    }
    #expect(took < .seconds(60), "\(shape)")
    var usage = rusage()
    getrusage(__rusage_who_t(0), &usage)
    #expect(usage.ru_maxrss < 1 << 20, "\(shape): \(usage.ru_maxrss) KB")
  }
}
