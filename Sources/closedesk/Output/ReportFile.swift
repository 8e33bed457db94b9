import ClosureModel
import Foundation
import Glibc

/// The HTML page of a command. Opened before the work begins: a place that cannot be written to is told at once.
final class ReportFile {
  let path: String
  private let file: LineFile

  /// - Parameter inputs: files that the page must not replace.
  /// - Throws: `Failure` 73 for a place that cannot be created, and for a file there that is no page of ours.
  init(path: String, day: Day, inputs: [String]) throws {
    let path = path.replacing("{date}", with: day.description)
    self.path = path
    try OutputPlaces(inputs: inputs).check([("--report", path, .page)])
    try makeFolder(of: path)
    file = try LineFile(path: path)
  }

  func write(_ page: String) throws {
    try file.write(page)
    try file.finish()
    Console.error("report: \(path)")
  }

  /// How an input is called on the page: without the folders of whoever ran it.
  static func name(_ input: String) -> String { input == "-" ? "stdin" : (input as NSString).lastPathComponent }

  func abandon() { file.abandon() }

  /// Runs a body with the report that was asked for, if one was; leaves nothing half behind.
  static func with(
    _ path: String?, day: Day, inputs: [String], _ body: (ReportFile?) throws -> Exit
  ) throws -> Exit {
    guard let path else { return try body(nil) }
    let file = try ReportFile(path: path, day: day, inputs: inputs)
    do {
      return try body(file)
    } catch {
      file.abandon()
      throw error
    }
  }
}
