public import ClosureModel

public enum ExportFormat: String, Sendable, CaseIterable { case auto, csv, json, jsonl, xlsx }

public enum TextEncoding: String, Sendable, CaseIterable {
  case auto
  case utf8 = "utf-8"
  case gb18030
}

public struct IngestOptions: Sendable {
  public var format: ExportFormat = .auto
  public var encoding: TextEncoding = .auto
  /// Column name to field; over the built-in guesses.
  public var columns: [String: TicketField] = [:]
  /// A longer record is a row error.
  public var maxRowBytes = 64 << 20
  /// Bytes read at a time; small in tests, so that every border is met.
  var chunk = 1 << 18
  public init() {}
}

/// How an export was understood.
public struct ExportSummary: Sendable {
  public let file: String
  public let format: ExportFormat
  public let encoding: TextEncoding
  public let mapped: [(column: String, field: TicketField)]
  public let unmapped: [String]
}
