/// A lexicon that cannot be used: the run stops before the first ticket.
public struct ExamineError: Error, Sendable, Hashable, CustomStringConvertible {
  public let file: String
  /// 1-based; `nil` where the whole file is meant.
  public let line: Int?
  public let what: String
  public let fix: String
  public var description: String { "\(place): \(what)\(what.contains("\n") ? "\n  " : ". ")\(fix)" }
  private var place: String { "\(file)\(line.map { ", line \($0)" } ?? "")" }
}

extension ExamineError {
  private static let shown = 20

  /// All at once, so that one reading tells all that is to be mended.
  /// - Returns: nil: there are none.
  init?(_ mistakes: [ExamineError]) {
    guard let first = mistakes.first else { return nil }
    guard mistakes.count > 1 else {
      self = first
      return
    }
    let listed = mistakes.dropFirst().prefix(Self.shown - 1).map { "\n  \($0.place): \($0.what)" }
    let more = mistakes.count - 1 - listed.count
    self.init(
      file: first.file, line: first.line,
      what: first.what + listed.joined() + (more > 0 ? "\n  and \(more) more" : ""),
      fix: Set(mistakes.map(\.fix)).sorted().joined(separator: " "))
  }
}
