import Glibc

/// The lines of a file, one after the other: memory does not grow with the file.
enum TextLines {
  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - body: the line without its end, and its number from 1; returns `false` to end.
  /// - Throws: `Failure` 66 when it is not there, 74 when it cannot be read.
  static func each(_ path: String, _ body: (String, Int) throws -> Bool) throws {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, let file = fdopen(descriptor, "r") else {
      throw Failure(
        errno == ENOENT ? .inputNotFound : .inputOutput,
        "\(path): \(String(cString: strerror(errno))). Mend the name or its rights.")
    }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    defer { free(line) }
    var number = 0
    while true {
      let count = getline(&line, &room, file)
      guard count >= 0, let line else { break }
      number += 1
      var bytes = UnsafeRawBufferPointer(start: line, count: count)
      while let last = bytes.last, last == 10 || last == 13 { bytes = .init(rebasing: bytes.dropLast()) }
      guard try body(String(decoding: bytes, as: UTF8.self), number) else { return }
    }
    guard ferror(file) == 0 else {
      throw Failure(.inputOutput, "\(path): \(String(cString: strerror(errno))). Mend the file.")
    }
  }
}
