/// A preset file that cannot be used, or one that the settings do not fit. Stops the program before the first post.
public struct PresetError: Error, Sendable, Hashable, CustomStringConvertible {
  public let file: String
  /// 1-based; nil: the file as a whole, or the settings.
  public let line: Int?
  public let what: String
  /// What the operator does now.
  public let fix: String

  public init(file: String, line: Int?, what: String, fix: String) {
    self.file = file
    self.line = line
    self.what = what
    self.fix = fix
  }

  public var description: String { "\(file):\(line.map { "\($0):" } ?? "") \(what). \(fix)." }
}
