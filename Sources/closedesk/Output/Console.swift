import Glibc
import Synchronization

/// Standard output and standard error. A closed pipe ends the program quietly, as it does other tools.
enum Console {
  static func out(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }
  static func error(_ line: String) { write(line + "\n", to: STDERR_FILENO) }
  /// Without a line end: progress bars.
  static func errorRaw(_ text: String) { write(text, to: STDERR_FILENO) }

  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Why standard output could not be written, as `errno`; 0 while it could.
  static var outputError: Int32 { failed.load(ordering: .relaxed) }
  private static let failed = Atomic<Int32>(0)

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR || errno == EAGAIN { continue }
          if errno == EPIPE, descriptor == STDOUT_FILENO { exit(0) }
          if descriptor == STDOUT_FILENO { failed.store(errno, ordering: .relaxed) }
          return
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}

/// Colours, where a person looks and has not asked for none.
struct Style {
  let colours: Bool

  init(noColour: Bool) {
    colours = !noColour && getenv("NO_COLOR") == nil && Console.outputIsTerminal
  }

  func bold(_ text: String) -> String { wrap(text, "1") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "33") }
  func red(_ text: String) -> String { wrap(text, "31") }
  func dim(_ text: String) -> String { wrap(text, "2") }

  private func wrap(_ text: String, _ code: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

/// Width of text in a terminal: a Chinese character takes two columns.
enum Columns {
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        sum + 2
      case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: sum
      default: sum + 1
      }
    }
  }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - Self.width(text)))
  }

  static func right(_ text: String, in width: Int) -> String {
    String(repeating: " ", count: max(0, width - Self.width(text))) + text
  }
}
