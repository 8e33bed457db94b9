import CSimdJSON

/// What a file is, by its first bytes.
struct Sniffer {
  let format: ExportFormat
  let encoding: TextEncoding
  /// Bytes of a byte order mark.
  let skip: Int
  let delimiter: UInt8

  static let bytes = 1 << 20
  static let supported = "Supported are CSV, JSON (an array of objects) and JSON Lines, in UTF-8 or GB18030"

  init(_ input: ByteInput, options: IngestOptions) throws(IngestError) {
    var head = [UInt8](repeating: 0, count: Self.bytes)
    var count = 0
    var failure: IngestError?
    head.withUnsafeMutableBytes { buffer in
      do throws(IngestError) { count = try input.read(into: buffer, at: 0) } catch { failure = error }
    }
    if let failure { throw failure }
    head.removeLast(head.count - count)
    func refuse(_ what: String, _ fix: String = "Export the tickets again.") -> IngestError {
      IngestError(code: .notAnExport, file: input.name, what: what, fix: "\(Self.supported). \(fix)")
    }
    if let kind = Self.foreign(head) {
      throw refuse(
        "it is \(kind)", kind.contains("XLSX") ? "Save the sheet as CSV (UTF-8)." : "Name the export itself.")
    }
    guard options.format != .xlsx else {
      throw refuse("xlsx is not read by this version", "Save the sheet as CSV (UTF-8).")
    }
    skip = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard head.dropFirst(skip).contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      throw refuse("it is empty", "Look whether the export succeeded.")
    }
    encoding = try Self.encoding(head, options, whole: count < Self.bytes, skip, input.name)
    let text = head.dropFirst(skip)
    let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? 0
    if options.format != .auto {
      format = options.format
    } else {
      switch first {
      case UInt8(ascii: "["): format = .json
      case UInt8(ascii: "{"): format = .jsonl
      case UInt8(ascii: "<"): throw refuse("it looks like HTML or XML", "Choose CSV or JSON where you export.")
      default: format = .csv
      }
    }
    if format == .json, first != UInt8(ascii: "[") {
      throw refuse("it is no JSON array", "JSON Lines: --format jsonl.")
    }
    delimiter = Self.delimiter(text)
  }

  private static func foreign(_ head: [UInt8]) -> String? {
    let signs: [([UInt8], String)] = [
      ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"), ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
      (Array("%PDF".utf8), "a PDF"), (Array("GIF8".utf8), "a GIF picture"),
      ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or an XLSX workbook"),
      ([0xD0, 0xCF, 0x11, 0xE0], "an old Office file (XLS)"), ([0x1F, 0x8B], "a gzip archive"),
      (Array("Rar!".utf8), "a RAR archive"), (Array("SQLite format 3".utf8), "an SQLite database"),
      ([0xFF, 0xFE], "UTF-16 text"), ([0xFE, 0xFF], "UTF-16 text"),
    ]
    if let sign = signs.first(where: { head.starts(with: $0.0) }) { return sign.1 }
    return head.prefix(4096).contains(0) ? "binary data or UTF-16 text" : nil
  }

  private static func encoding(
    _ head: [UInt8], _ options: IngestOptions, whole: Bool, _ skip: Int, _ file: String
  ) throws(IngestError) -> TextEncoding {
    guard options.encoding == .auto, skip == 0 else { return options.encoding == .auto ? .utf8 : options.encoding }
    // Cut at a line end: no character is cut in both encodings.
    let lines = whole ? head.count : (head.lastIndex(of: 0x0A) ?? head.count)
    if isUTF8(head[0..<lines]) { return .utf8 }
    // A file with a damaged row here and there: by lines, what most of those that are not ASCII are.
    var utf8 = 0
    var other = 0
    for line in head[0..<lines].split(separator: 0x0A) where line.contains(where: { $0 >= 0x80 }) {
      if isUTF8(line) { utf8 += 1 } else { other += 1 }
    }
    return utf8 >= other ? .utf8 : .gb18030
  }

  private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return true }
      return csimdjson_is_utf8(base.assumingMemoryBound(to: CChar.self), buffer.count) == 1
    }
  }

  /// The separator that the header line has most of; a comma where there is none.
  private static func delimiter(_ text: ArraySlice<UInt8>) -> UInt8 {
    let line = text.prefix { $0 != 0x0A }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    let counted = candidates.map { candidate in (candidate, line.count { $0 == candidate }) }
    return counted.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil } ?? UInt8(ascii: ",")
  }
}
