/// What is wrong with a file that people write. Each module that reads files turns it into its own error.
package struct YAMLMistake: Error, Sendable, Hashable, CustomStringConvertible {
  /// File as the caller named it.
  package let file: String
  /// 1-based; `nil` when the file as a whole is meant.
  package let line: Int?
  /// What happened, with the way from the root.
  package let what: String
  /// What the author does now, without a full stop.
  package let fix: String

  package init(file: String, line: Int?, what: String, fix: String) {
    self.file = file
    self.line = line
    self.what = what
    self.fix = fix
  }

  /// `file:line`, or the file alone.
  package var place: String { line.map { "\(file):\($0)" } ?? file }
  package var description: String { "\(place): \(what). \(fix)." }
}
