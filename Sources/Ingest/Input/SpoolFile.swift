import Glibc

/// A file without a name that only this process can read, gone with its descriptor: for what comes once (standard input)
/// or in a form that cannot be read several times (an entry of an archive, a sheet).
struct SpoolFile: ~Copyable {
  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []
  private(set) var bytes: Int64 = 0
  private static let full = 1 << 18

  /// - Parameter name: the input that it is kept for, for messages.
  init(for name: String) throws(IngestError) {
    self.name = name
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    // O_TMPFILE | O_DIRECTORY, which the importer does not know.
    descriptor = open(folder, O_RDWR | O_CLOEXEC | 0o20200000, 0o600)
    guard descriptor >= 0 else { throw Self.failure(name) }
    buffer.reserveCapacity(Self.full)
  }

  deinit { close(descriptor) }

  mutating func append(_ byte: UInt8) throws(IngestError) {
    buffer.append(byte)
    bytes += 1
    if buffer.count >= Self.full { try flush() }
  }

  mutating func append(_ piece: UnsafeRawBufferPointer) throws(IngestError) {
    bytes += Int64(piece.count)
    buffer.append(contentsOf: piece)
    if buffer.count >= Self.full { try flush() }
  }

  mutating func append(_ piece: ArraySlice<UInt8>) throws(IngestError) {
    bytes += Int64(piece.count)
    buffer.append(contentsOf: piece)
    if buffer.count >= Self.full { try flush() }
  }

  /// Takes the whole of an open file.
  mutating func append(file: Int32) throws(IngestError) {
    var piece = [UInt8](repeating: 0, count: Self.full)
    while true {
      let count = Glibc.read(file, &piece, piece.count)
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.failure(name)
      }
      try append(piece[0..<count])
    }
  }

  /// - Returns: a descriptor of the file as it is now, which is the caller's to close.
  mutating func finish() throws(IngestError) -> Int32 {
    try flush()
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw Self.failure(name) }
    return copy
  }

  private mutating func flush() throws(IngestError) {
    var done = 0
    while done < buffer.count {
      let wrote = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
      guard wrote >= 0 || errno == EINTR else { throw Self.failure(name) }
      done += max(0, wrote)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ name: String) -> IngestError {
    let reason = String(cString: strerror(errno))
    return IngestError(
      code: .unreadable, file: name, what: "the input cannot be kept for reading: \(reason)",
      fix: "Free space in TMPDIR, or name another folder there.")
  }
}
