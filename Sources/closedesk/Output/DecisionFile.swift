import Batch
import Glibc
import Ingest

/// A file of lines that is written while a run goes on: `--output`. Buffered; `-` is standard output.
///
/// A real file is written under a temporary name beside its place and renamed when it is whole, so that a stopped run
/// leaves the former file and never half a one.
final class LineFile {
  private let path: String
  private let temporary: String?
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let limit = 1 << 16

  init(path: String) throws(BatchError) {
    self.path = path
    if path == "-" {
      temporary = nil
      descriptor = STDOUT_FILENO
      return
    }
    var info = stat()
    // A pipe or a terminal (`/dev/stdout`, `>(…)`) is written to as it is.
    if stat(path, &info) == 0, info.st_mode & S_IFMT != S_IFREG {
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let name = UnfinishedFile.path(of: path)
      temporary = name
      descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else {
      throw BatchError(
        code: .output, what: "cannot create \(path): \(String(cString: strerror(errno)))",
        fix: "Name a file in a folder that exists and is writable.")
    }
  }

  func write(_ line: String) throws {
    var line = line
    try line.withUTF8 { try write($0) }
  }

  /// - Parameter line: UTF-8, without its end.
  func write(_ line: [UInt8]) throws { try line.withUnsafeBufferPointer { try write($0) } }

  private func write(_ line: UnsafeBufferPointer<UInt8>) throws {
    buffer.append(contentsOf: line)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.limit { try flush() }
  }

  /// Writes the rest and puts the file in its place.
  func finish() throws {
    try flush()
    guard let temporary else { return }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw ioFailure() }
    close(descriptor)
  }

  /// Removes what was written so far.
  func abandon() {
    if let temporary {
      unlink(temporary)
      close(descriptor)
    }
  }

  private func flush() throws {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { exit(0) }
        throw ioFailure()
      }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func ioFailure() -> Failure {
    Failure(
      .inputOutput, "cannot write \(path): \(String(cString: strerror(errno))). Free disk space or name another file.")
  }
}

extension LineFile {
  /// Writes a whole text at once.
  static func write(_ text: String, to path: String) throws {
    let file = try LineFile(path: path)
    do {
      try file.write(text)
      try file.finish()
    } catch {
      file.abandon()
      throw error
    }
  }
}
