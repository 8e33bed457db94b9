import CZip
import ClosureModel
import Foundation
import Testing

@testable import Ingest

/// SplitMix64; the seed is in every failure message.
struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// What came out of an export.
struct Read {
  var items: [SourceItem] = []
  var summary: ExportSummary

  var tickets: [Ticket] { items.compactMap { if case .ticket(let ticket) = $0 { ticket } else { nil } } }
  var errors: [RowError] { items.compactMap { if case .rowError(let error) = $0 { error } else { nil } } }
  var ids: [String] { tickets.map(\.id.rawValue) }
}

enum Exports {
  static let head = ["工单编号", "服务分类", "问题描述", "工单标题"]

  static func file(_ name: String = UUID().uuidString) -> URL {
    FileManager.default.temporaryDirectory.appending(path: "closedesk-\(UUID().uuidString)-\(name)")
  }

  /// In the encoding that iconv knows by the name.
  static func converted(_ text: String, _ name: String) throws -> [UInt8] {
    let handle = iconv_open(name, "UTF-8")
    defer { iconv_close(handle) }
    var source = Array(text.utf8).map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: source.count * 4)
    let used = source.withUnsafeMutableBufferPointer { from in
      target.withUnsafeMutableBufferPointer { to in
        var (input, output) = (from.baseAddress, to.baseAddress)
        var (left, room) = (from.count, to.count)
        #expect(iconv(handle, &input, &left, &output, &room) == 0)
        return to.count - room
      }
    }
    return target[0..<used].map { UInt8(bitPattern: $0) }
  }

  static func read(_ bytes: [UInt8], _ change: (inout IngestOptions) -> Void = { _ in }) throws -> Read {
    let file = file()
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try read(file, change)
  }

  static func read(_ text: String, _ change: (inout IngestOptions) -> Void = { _ in }) throws -> Read {
    try read(Array(text.utf8), change)
  }

  static func read(_ file: URL, _ change: (inout IngestOptions) -> Void = { _ in }) throws -> Read {
    var options = IngestOptions()
    // A debug build moves large pieces slowly; what does not fit takes several.
    options.chunk = 1 << 12
    change(&options)
    let source = try ExportSource(path: file.path, options: options)
    var read = Read(summary: source.summary)
    try source.forEach {
      read.items.append($0)
      return true
    }
    return read
  }

  /// As RFC 4180 writes it.
  static func csv(_ rows: [[String]], delimiter: String = ",", end: String = "\r\n") -> String {
    rows.map { row in
      row.map { cell in
        cell.unicodeScalars.contains(where: { "\",;\t|\r\n".unicodeScalars.contains($0) })
          ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
      }.joined(separator: delimiter)
    }.joined(separator: end) + end
  }

  /// - Returns: a ZIP archive, packed by libzip.
  static func zip(_ entries: [(String, [UInt8])], names: zip_flags_t = zip_flags_t(ZIP_FL_ENC_UTF_8)) throws -> [UInt8]
  {
    let path = file("archive.zip").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var code: Int32 = 0
    let archive = try #require(zip_open(path, ZIP_CREATE, &code))
    let kept = entries.map { entry -> UnsafeMutableBufferPointer<UInt8> in
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, entry.1.count))
      _ = copy.initialize(from: entry.1 + (entry.1.isEmpty ? [0] : []))
      return copy
    }
    defer { for copy in kept { copy.deallocate() } }
    for ((name, bytes), copy) in zip2(entries, kept) {
      let source = zip_source_buffer(archive, copy.baseAddress, zip_uint64_t(bytes.count), 0)
      #expect(zip_file_add(archive, name, source, names) >= 0)
    }
    #expect(zip_close(archive) == 0)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private static func zip2<A, B>(_ a: [A], _ b: [B]) -> Zip2Sequence<[A], [B]> { Swift.zip(a, b) }
}

/// A workbook put together by hand, to the letter.
struct Book {
  struct Page {
    var name = "工单"
    /// The XML of the rows.
    var rows: String
    var state = "visible"
  }
  var pages: [Page]
  var shared: [String]?
  var styles = ""
  var from1904 = false

  static let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// A row of inline texts; `nil` leaves the cell out.
  static func row(_ number: Int, _ cells: [String?]) -> String {
    let inside = cells.enumerated().map { column, text in
      text.map { "<c r=\"\(letter(column))\(number)\" t=\"inlineStr\"><is><t>\(escaped($0))</t></is></c>" } ?? ""
    }
    return "<row r=\"\(number)\">\(inside.joined())</row>"
  }

  static func letter(_ column: Int) -> String { String(UnicodeScalar(UInt8(65 + column))) }

  static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
  }

  func bytes() throws -> [UInt8] {
    var entries: [(String, String)] = [("[Content_Types].xml", "<Types/>")]
    let list = pages.enumerated().map { index, page in
      "<sheet name=\"\(page.name)\" sheetId=\"\(index + 1)\" state=\"\(page.state)\" r:id=\"rId\(index + 1)\"/>"
    }
    entries.append(
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(Self.space)\" xmlns:r=\"\(Self.links)\"><workbookPr\(from1904 ? " date1904=\"1\"" : "")/><sheets>\(list.joined())</sheets></workbook>"
      ))
    var links = pages.indices.map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(Self.links)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }
    if let shared {
      links.append("<Relationship Id=\"s\" Type=\"\(Self.links)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>")
      entries.append(
        ("xl/sharedStrings.xml", "<sst xmlns=\"\(Self.space)\">\(shared.map { "<si>\($0)</si>" }.joined())</sst>"))
    }
    entries.append(("xl/_rels/workbook.xml.rels", "<Relationships>\(links.joined())</Relationships>"))
    if !styles.isEmpty {
      entries.append(("xl/styles.xml", "<styleSheet xmlns=\"\(Self.space)\">\(styles)</styleSheet>"))
    }
    for (index, page) in pages.enumerated() {
      entries.append(
        (
          "xl/worksheets/sheet\(index + 1).xml",
          "<worksheet xmlns=\"\(Self.space)\"><sheetData>\(page.rows)</sheetData></worksheet>"
        ))
    }
    return try Exports.zip(entries.map { ($0.0, Array($0.1.utf8)) })
  }
}
