/// A policy or calendar file that cannot be used. Stops the run before the first ticket.
public struct DecideError: Error, Sendable, Hashable, CustomStringConvertible {
  /// File as the operator gave it.
  public let file: String
  /// 1-based; `nil` when the file as a whole is meant.
  public let line: Int?
  public let what: String
  /// What the operator does now, without a full stop.
  public let fix: String

  public init(file: String, line: Int?, what: String, fix: String) {
    self.file = file
    self.line = line
    self.what = what
    self.fix = fix
  }

  public var description: String {
    "\(file):\(line.map { "\($0):" } ?? "") \(what). \(fix)"
  }
}
