import Glibc

/// A file that can be read several times, from one descriptor: passes see the same file even if its name is given to
/// another meanwhile. Standard input is spooled into a file without a name.
final class ByteInput: Sendable {
  let name: String
  private let descriptor: Int32
  let size: Int64
  private let modified: (Int, Int)

  /// - Parameter path: `-` is standard input.
  convenience init(path: String) throws(IngestError) {
    if path == "-" {
      var spool = try SpoolFile(for: path)
      try spool.append(file: STDIN_FILENO)
      try self.init(name: path, descriptor: spool.finish())
    } else {
      // O_NONBLOCK: a FIFO is refused below, not waited for.
      try self.init(name: path, descriptor: open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    }
  }

  /// - Parameter descriptor: becomes this object's own.
  init(name: String, descriptor: Int32) throws(IngestError) {
    self.name = name
    self.descriptor = descriptor
    var info = stat()
    guard descriptor >= 0, fstat(descriptor, &info) == 0 else {
      let code = errno
      throw IngestError(
        code: code == ENOENT || code == ENOTDIR ? .notFound : .unreadable, file: name,
        what: String(cString: strerror(code)), fix: "Name an existing, readable export.")
    }
    guard info.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw IngestError(code: .notAnExport, file: name, what: "it is a folder", fix: "Name the export file inside it.")
    }
    guard info.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw IngestError(
        code: .unreadable, file: name, what: "it is no regular file and can be read only once",
        fix: "Give it on standard input, as `-`.")
    }
    size = Int64(info.st_size)
    modified = (info.st_mtim.tv_sec, info.st_mtim.tv_nsec)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// A path that opens the same file anew, also one without a name.
  var reopenPath: String { "/proc/self/fd/\(descriptor)" }

  /// - Returns: bytes read at the offset; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(IngestError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw IngestError(
          code: .unreadable, file: name, what: String(cString: strerror(errno)), fix: "Mend the disk or copy the file.")
      }
    }
  }

  /// Fills the array's bytes from `start` on.
  func read(into bytes: inout [UInt8], from start: Int, at offset: Int64) throws(IngestError) -> Int {
    var failure: IngestError?
    var count = 0
    bytes.withUnsafeMutableBytes { bytes in
      do throws(IngestError) {
        count = try read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]), at: offset)
      } catch { failure = error }
    }
    if let failure { throw failure }
    return count
  }

  /// - Throws: when the file is not what it was at the beginning.
  func checkUnchanged() throws(IngestError) {
    var info = stat()
    guard fstat(descriptor, &info) == 0, Int64(info.st_size) == size,
      (info.st_mtim.tv_sec, info.st_mtim.tv_nsec) == modified
    else {
      throw IngestError(
        code: .changedWhileReading, file: name, what: "the file changed while it was read",
        fix: "Wait until the export is complete, then run again.")
    }
  }
}
