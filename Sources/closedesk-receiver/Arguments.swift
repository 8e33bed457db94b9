import Foundation

/// What the command line asks for.
struct Arguments {
  var port: UInt16 = 0
  var secrets: [String] = []
  var journal: String?
  var quiet = false
  /// Answered in turn to requests that are genuine and new; after the last one it is 202.
  var statuses: [Int] = []
  var delayMilliseconds = 0
  var readyFile: String?

  static let usage = """
    usage: closedesk-receiver (--secret-file FILE | --secret whsec_…) [--port N] [--journal FILE] [--quiet]
                              [--status CODE[,CODE…]] [--delay-ms N] [--ready-file FILE]
           closedesk-receiver --help | --version
    Takes webhooks on 127.0.0.1 (port 0: any free one), checks their signature and shows the replies in them.
    """

  struct Problem: Error {
    let what: String
  }

  init(_ words: [String]) throws {
    var words = words[...]
    while let option = words.popFirst() {
      if option == "--quiet" {
        quiet = true
        continue
      }
      guard let value = words.popFirst() else { throw Problem(what: "\(option) is unknown or lacks its value") }
      switch option {
      case "--port": port = try Self.number(value, option)
      case "--secret": secrets.append(value)
      case "--secret-file": secrets += try Self.lines(of: value)
      case "--journal": journal = value
      case "--ready-file": readyFile = value
      case "--delay-ms": delayMilliseconds = Int(try Self.number(value, option) as UInt32)
      case "--status":
        statuses = try value.split(separator: ",").map { code in
          let status = Int(try Self.number(String(code), option) as UInt16)
          guard (200...599).contains(status) else { throw Problem(what: "\(status) is no final HTTP status") }
          return status
        }
      default: throw Problem(what: "\(option) is no option")
      }
    }
    guard !secrets.isEmpty else { throw Problem(what: "a secret is needed: --secret-file or --secret") }
  }

  private static func number<Number: FixedWidthInteger>(_ text: String, _ option: String) throws -> Number {
    guard let number = Number(text) else { throw Problem(what: "\(option): \(text) is no number in its range") }
    return number
  }

  /// One secret a line, several while they rotate; blank lines and lines with `#` do not count.
  private static func lines(of file: String) throws -> [String] {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Problem(what: "the secret file \(file) cannot be read")
    }
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }
}
