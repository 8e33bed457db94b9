public import ClosureModel

public enum ExportFormat: String, Sendable, CaseIterable { case auto, csv, json, jsonl, xlsx }

public enum TextEncoding: String, Sendable, CaseIterable {
  case auto
  case utf8 = "utf-8"
  case utf16le = "utf-16le"
  case utf16be = "utf-16be"
  /// GBK and GB2312 are parts of it.
  case gb18030
  case big5
}

public struct IngestOptions: Sendable {
  public var format: ExportFormat = .auto
  public var encoding: TextEncoding = .auto
  /// Column name to field; over the built-in guesses.
  public var columns: [String: TicketField] = [:]
  /// Where in a JSON envelope the list of tickets is: keys joined by dots (`data.list`). `nil`: found.
  public var records: String?
  /// Which sheet of a workbook: its name, or its number from 1. `nil`: the one visible sheet that holds tickets.
  public var sheet: String?
  /// Which entry of a ZIP archive is the export. `nil`: the one that holds tickets.
  public var member: String?
  /// A file for the records that cannot be read, written anew by each going over the tickets. It holds personal data.
  public var rejects: String?
  /// A longer record is a row error.
  public var maxRowBytes = 32 << 20
  /// Bounds of archives and workbooks.
  public var archive = ArchiveLimits()
  /// Fields without which the input is not what it should be.
  var needed = ColumnMap.needed
  /// A ticket cannot have been submitted later; `nil`: not asked.
  public var now: Timestamp?
  /// Bytes read at a time; small in tests, so that every border is met.
  var chunk = 1 << 18
  public init() {}
}

/// What an archive or a workbook may be, whatever its heads say.
public struct ArchiveLimits: Sendable, Hashable {
  public var maxEntries = 200_000
  /// Bytes that one entry may unpack to: a sheet, a table of texts, an export.
  public var maxUnpackedBytes = 8 << 30
  /// Unpacked to packed bytes of an entry, asked above 64 MB: sheets of repeated rows reach 60, bombs 1000.
  public var maxRatio = 200
  /// Bytes of a small part: the list of sheets, styles.
  public var maxPartBytes = 16 << 20
  public init() {}
}

/// How an export was understood.
public struct ExportSummary: Sendable {
  public let file: String
  public let format: ExportFormat
  public let encoding: TextEncoding
  public let mapped: [(column: String, field: TicketField)]
  public let unmapped: [String]
  /// Of those the ones that nobody said are to be ignored, and that are compared with no other column.
  public let unused: [String]
  /// Of those the ones whose heading speaks of a fact of the account: it counts as unknown.
  public let unclear: [(column: String, field: TicketField)]
  /// Of those the ones whose heading speaks of what was written after the first text.
  public let messages: [String]
  /// 1-based row of the header; 0: records have keys of their own.
  public let headerRow: Int
  /// The sheet, the archive's entry or the list inside an envelope that was read; `nil`: the file itself.
  public let part: String?
}
