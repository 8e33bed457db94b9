import Glibc

/// Lines of a file, one at a time, from one descriptor.
struct LineReader: ~Copyable {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var place = 0
  private var isAtEnd = false
  /// A longer line is no line of a plan.
  static let longest = 32 << 20

  enum Problem: Error { case cannotOpen(Int32), cannotRead(Int32), tooLong }

  init(path: String) throws(Problem) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(errno) }
  }

  deinit { close(descriptor) }

  /// - Returns: the next line without its end, and whether it had one; nil after the last.
  mutating func next() throws(Problem) -> (bytes: [UInt8], isWhole: Bool)? {
    var searched = place
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { place = end + 1 }
        return (Array(buffer[place..<end]), true)
      }
      if isAtEnd {
        guard place < buffer.count else { return nil }
        defer { place = buffer.count }
        return (Array(buffer[place...]), false)
      }
      guard buffer.count - place <= Self.longest else { throw .tooLong }
      buffer.removeFirst(place)
      place = 0
      searched = buffer.count
      var more = [UInt8](repeating: 0, count: 1 << 18)
      let count = read(descriptor, &more, more.count)
      if count < 0 {
        guard errno == EINTR else { throw .cannotRead(errno) }
        continue
      }
      isAtEnd = count == 0
      buffer += more[0..<count]
    }
  }
}
