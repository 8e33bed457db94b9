/// A lexicon that cannot be used: the run stops before the first ticket.
public struct ExamineError: Error, Sendable, Hashable, CustomStringConvertible {
  public let file: String
  /// 1-based; `nil` where the whole file is meant.
  public let line: Int?
  public let what: String
  public let fix: String
  public var description: String { "\(file)\(line.map { ", line \($0)" } ?? ""): \(what). \(fix)" }
}
