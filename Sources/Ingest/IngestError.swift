/// Why an export as a whole cannot be read. Rows that are at fault are `RowError`s.
public struct IngestError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case notFound, unreadable, notAnExport, unknownColumns, undecodableText, changedWhileReading,
      cannotWriteRejects
  }
  public let code: Code
  public let file: String
  public let what: String
  public let fix: String
  public init(code: Code, file: String, what: String, fix: String) {
    self.code = code
    self.file = file
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(file): \(what). \(fix) [\(code.rawValue)]" }
}
