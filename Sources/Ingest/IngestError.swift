/// Why an export as a whole cannot be read. Rows that are at fault are `RowError`s.
public struct IngestError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case notFound, unreadable, notAnExport, unknownColumns, undecodableText, changedWhileReading,
      cannotWriteRejects
    /// A mistake in a file of `Templates/exports`.
    case badTemplate
    /// The header is not the one that the configuration's mapping was made for.
    case headerChanged
    /// The export is cut off or lacks parts, and only a whole one was wanted.
    case incomplete
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
