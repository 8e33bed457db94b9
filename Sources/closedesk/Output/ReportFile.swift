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
    try makeFolder(of: path)
    var info = stat()
    if stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG {
      for input in inputs {
        var other = stat()
        guard stat(input, &other) == 0, other.st_dev == info.st_dev, other.st_ino == info.st_ino else { continue }
        throw Failure(.cannotCreate, "\(path) is the input itself. Name another file for the report.")
      }
      if info.st_size > 0, !Self.isPage(path) {
        throw Failure(
          .cannotCreate, "\(path) is there already and is no HTML page. Remove it or name another file for the report.")
      }
    }
    file = try LineFile(path: path)
  }

  private static func isPage(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 15)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return count > 0 && String(decoding: buffer.prefix(count), as: UTF8.self).lowercased() == "<!doctype html>"
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
