/// A mistake in a template or a text file.
public struct ComposeError: Error, Sendable, Hashable, CustomStringConvertible {
  public let file: String
  public let line: Int?
  public let what: String
  public let fix: String
  public init(file: String, line: Int? = nil, what: String, fix: String) {
    self.file = file
    self.line = line
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(what). \(fix)" }
}
