/// Why a run could not go on. Rows and tickets that are at fault are data, not errors.
public struct BatchError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case attachmentsFolder, locked, lockFile, stopLoss, output, spool
    /// The plan cannot be trusted or no longer fits; the key to check it is missing or another one.
    case planRefused, planStale, planKey, planMissing, planUnreadable
  }
  public let code: Code
  public let what: String
  public let fix: String
  public init(code: Code, what: String, fix: String) {
    self.code = code
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(what). \(fix) [\(code.rawValue)]" }
}
