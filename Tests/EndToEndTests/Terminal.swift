import Foundation
import Glibc
import Testing

/// The built tool on a pseudo-terminal, as a person at a desk meets it.
struct Terminal {
  let code: Int32
  /// All that stood on the screen, with what was typed.
  let screen: String

  /// - Parameter dialogue: what to wait for, and what to type then. Ctrl-D is `\u{4}`.
  /// - Throws: when a question does not come within 20 seconds.
  init(_ arguments: [String], in folder: URL, dialogue: [(question: String, answer: String)]) throws {
    // What posix_openpt, unlockpt and ptsname do, which the importer does not know: TIOCSPTLCK, TIOCGPTN.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (locked, number): (Int32, Int32) = (0, 0)
    try #require(master >= 0 && ioctl(master, UInt(0x4004_5431), &locked) == 0)
    defer { close(master) }
    try #require(ioctl(master, UInt(0x8004_5430), &number) == 0)
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(slave >= 0)
    let process = Program.process(arguments, in: folder)
    let handle = FileHandle(fileDescriptor: slave)
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    close(slave)
    var bytes: [UInt8] = []
    var unseen = 0
    var left = dialogue[...]
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 20_000) > 0 else {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        Issue.record("“\(left.first?.question ?? "the end")” did not come:\n\(String(decoding: bytes, as: UTF8.self))")
        break
      }
      // EIO: nobody is left at the other end.
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
      while let next = left.first, let found = bytes[unseen...].firstRange(of: Array(next.question.utf8)) {
        unseen = found.upperBound
        left.removeFirst()
        let typed = Array((next.answer.hasSuffix("\u{4}") ? next.answer : next.answer + "\n").utf8)
        try #require(write(master, typed, typed.count) == typed.count)
      }
    }
    process.waitUntilExit()
    #expect(left.isEmpty, "never asked: \(left.map(\.question))")
    code = process.terminationStatus
    screen = String(decoding: bytes, as: UTF8.self)
  }
}
