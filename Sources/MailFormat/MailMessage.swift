public import ClosureModel
import FoundationEssentials

/// A mail of one text as it goes over the wire (RFC 5322, MIME): ASCII throughout, lines of at most 76 characters, CR LF.
///
/// The same message gives the same bytes: a repeat is the same mail, Message-ID and all.
public struct MailMessage: Sendable, Hashable {
  public let from: MailAddress
  public let to: [MailAddress]
  public let subject: String
  public let body: String
  public let date: Timestamp
  /// Left of the `@` in the Message-ID; the right side is the sender's domain.
  public let id: String
  public let isHTML: Bool

  /// - Parameters:
  ///   - to: at least one.
  ///   - id: letters, digits, `.`, `-` and `_`; every other character becomes `_`.
  public init(
    from: MailAddress, to: [MailAddress], subject: String, body: String, date: Timestamp, id: String,
    isHTML: Bool = false
  ) {
    self.isHTML = isHTML
    self.from = from
    self.to = to
    self.subject = subject
    self.body = body
    self.date = date
    self.id = String(
      id.unicodeScalars.map { scalar -> Character in
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: Character(scalar)
        default: "_"
        }
      })
  }

  /// `<id@domain>`.
  public var messageID: String { "<\(id)@\(from.domain)>" }

  public var bytes: [UInt8] {
    var head = [
      "Date: \(Self.dateText(date))",
      "From: <\(from.text)>",
      "To: " + to.map { "<\($0.text)>" }.joined(separator: ",\r\n "),
      "Message-ID: \(messageID)",
      "Subject: " + HeaderText.encoded(subject),
      // Answering machines leave such mail alone (RFC 3834).
      "Auto-Submitted: auto-generated",
      "MIME-Version: 1.0",
      "Content-Type: text/\(isHTML ? "html" : "plain"); charset=utf-8",
      "Content-Transfer-Encoding: base64",
    ].joined(separator: "\r\n")
    head += "\r\n\r\n"
    return Array(head.utf8) + Self.base64Lines(Self.crlf(body))
  }

  /// Line ends of any kind become CR LF, as text has them in mail.
  private static func crlf(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0x0A where previous == 0x0D: break
      case 0x0A, 0x0D: out += [0x0D, 0x0A]
      default: out.append(byte)
      }
      previous = byte
    }
    return out
  }

  private static func base64Lines(_ bytes: [UInt8]) -> [UInt8] {
    let encoded = Array(Data(bytes).base64EncodedString().utf8)
    var out: [UInt8] = []
    out.reserveCapacity(encoded.count + encoded.count / 38 + 2)
    for start in stride(from: 0, to: encoded.count, by: 76) {
      out += encoded[start..<min(start + 76, encoded.count)]
      out += [0x0D, 0x0A]
    }
    return out
  }

  /// `Sat, 21 Nov 2026 09:30:00 +0800`.
  private static func dateText(_ time: Timestamp) -> String {
    let day = time.day(offsetSeconds: time.offsetSeconds)
    let (year, month, number) = day.components
    let seconds = Int(time.epochSeconds + Int64(time.offsetSeconds) - Int64(day.ordinal) * 86_400)
    let offset = Int(abs(time.offsetSeconds)) / 60
    let zone = (time.offsetSeconds < 0 ? "-" : "+") + two(offset / 60) + two(offset % 60)
    return "\(days[day.weekday - 1]), \(two(number)) \(months[month - 1]) \(year) "
      + "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)) \(zone)"
  }

  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Text of a header as encoded words (RFC 2047). Everything is encoded, also plain ASCII: then nothing in the text,
/// whatever it is, can end the header or look like an encoded word of its own.
enum HeaderText {
  /// An encoded word may have 75 characters: `=?utf-8?B?` and `?=` leave 63, which are 45 bytes.
  private static let most = 45

  static func encoded(_ text: String) -> String {
    var words: [String] = []
    var word: [UInt8] = []
    for scalar in text.unicodeScalars {
      // Controls, line ends among them, have no place in a subject even when encoded.
      let shown: Unicode.Scalar = scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar
      let bytes = Array(String(shown).utf8)
      // A character is never torn apart: each word must be whole UTF-8 (RFC 2047, section 5).
      if word.count + bytes.count > most {
        words.append(Self.word(word))
        word.removeAll(keepingCapacity: true)
      }
      word += bytes
    }
    if !word.isEmpty { words.append(Self.word(word)) }
    // Blanks between two encoded words are not shown.
    return words.joined(separator: "\r\n ")
  }

  private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Data(bytes).base64EncodedString())?=" }
}
