import Glibc

/// A file that can be read several times, from one descriptor: passes see the same file even if its name is given to
/// another meanwhile. Standard input is spooled into a file without a name.
final class ByteInput: Sendable {
  let name: String
  private let descriptor: Int32
  private let size: Int64
  private let modified: (Int, Int)

  init(path: String) throws(IngestError) {
    name = path
    descriptor = path == "-" ? try Self.spool() : open(path, O_RDONLY | O_CLOEXEC)
    var info = stat()
    guard descriptor >= 0, fstat(descriptor, &info) == 0 else {
      let code = errno
      throw IngestError(
        code: code == ENOENT || code == ENOTDIR ? .notFound : .unreadable, file: path,
        what: String(cString: strerror(code)), fix: "Name an existing, readable export.")
    }
    guard info.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw IngestError(code: .notAnExport, file: path, what: "it is a folder", fix: "Name the export file inside it.")
    }
    guard info.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw IngestError(
        code: .unreadable, file: path, what: "it is no regular file and can be read only once",
        fix: "Give it on standard input, as `-`.")
    }
    size = Int64(info.st_size)
    modified = (info.st_mtim.tv_sec, info.st_mtim.tv_nsec)
  }

  deinit { close(descriptor) }

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

  private static func spool() throws(IngestError) -> Int32 {
    func failure() -> IngestError {
      IngestError(
        code: .unreadable, file: "-", what: "standard input cannot be kept: \(String(cString: strerror(errno)))",
        fix: "Free space in TMPDIR, or save the input as a file.")
    }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    // O_TMPFILE: a file without a name, gone with its descriptor.
    let file = open(folder, O_RDWR | O_CLOEXEC | 0o20200000, 0o600)
    guard file >= 0 else { throw failure() }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count == 0 { return file }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      var done = 0
      while done < count {
        let wrote = buffer.withUnsafeBytes { write(file, $0.baseAddress?.advanced(by: done), count - done) }
        guard wrote >= 0 || errno == EINTR else { throw failure() }
        done += max(0, wrote)
      }
    }
  }
}
