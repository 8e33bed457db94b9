import ClosureModel
import Glibc

/// The text that a cell of a sheet stands for.
enum CellText {
  /// Why a cell's text is not what was put in. In the rows of a read sheet such a cell begins with `mark` and this; no
  /// XML text can hold the byte `mark`.
  enum Damage: UInt8 {
    /// A number of more than 15 digits: spreadsheet programs keep 15 and put zeros for the rest.
    case rounded = 0x52
    /// `#N/A`, `#REF!` …: the value could not be computed.
    case failed = 0x45
    /// A formula whose result was never stored.
    case uncomputed = 0x46
    /// As long as a cell can be: whatever followed was cut off.
    case cutOff = 0x43

    var problem: (code: RowError.Code, what: String, fix: String) {
      switch self {
      case .rounded:
        (
          .roundedNumber, "the cell is a number of more than 15 digits, which spreadsheets round",
          "Format the column as text before the ids are put in, and export again."
        )
      case .failed:
        (.brokenCell, "the cell holds an error of the spreadsheet, not a value", "Mend the formula; export again.")
      case .uncomputed:
        (
          .brokenCell, "the cell is a formula whose value was not stored",
          "Open the workbook in a spreadsheet program, save it and try again."
        )
      case .cutOff:
        (
          .cutOffCell, "the cell has \(CellText.longest) characters, as many as a cell can have: the rest was cut off",
          "Export as JSON or CSV; look at the ticket itself."
        )
      }
    }
  }

  static let mark: UInt8 = 0x01
  /// UTF-16 units that a cell can hold.
  static let longest = 32_767

  /// - Parameter digits: the number as the file writes it.
  static func number(_ digits: ArraySlice<UInt8>, _ kind: CellStyles.Kind, from1904: Bool) -> (Damage?, [UInt8]) {
    let isWhole = !digits.isEmpty && digits.count <= 15 && digits.allSatisfy { (0x30...0x39).contains($0) }
    if kind == .plain, isWhole { return (nil, Array(digits)) }
    let written = String(decoding: digits, as: UTF8.self)
    guard let value = Double(written), value.isFinite else { return (.failed, Array(digits)) }
    switch kind {
    case .date(let hasTime):
      guard let text = date(value, hasTime: hasTime, from1904: from1904) else { return (.failed, Array(digits)) }
      return (nil, Array(text.utf8))
    case .time where (0..<1).contains(value): return (nil, Array(time(Int((value * 86_400).rounded())).utf8))
    case .time:
      guard let text = date(value, hasTime: true, from1904: from1904) else { return (.failed, Array(digits)) }
      return (nil, Array(text.utf8))
    case .plain, .padded: break
    }
    guard abs(value) < 1e15 else {
      return (.rounded, Array(value.rounded() == value && abs(value) < 1e18 ? String(Int64(value)).utf8 : written.utf8))
    }
    guard value.rounded() == value else { return (nil, Array(shortest(value).utf8)) }
    var text = String(Int64(value))
    if case .padded(let count) = kind, value >= 0 {
      text = String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return (nil, Array(text.utf8))
  }

  /// 15 digits, as spreadsheets show a number; never with an exponent.
  private static func shortest(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let places = max(0, min(20, 14 - Int(log10(abs(value)).rounded(.down))))
    _ = withVaList([Int32(places), value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    var text = buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text
  }

  /// - Parameter serial: days since the beginning of the workbook's calendar.
  /// - Returns: `nil` for what is no day of it.
  static func date(_ serial: Double, hasTime: Bool, from1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var days = Int(serial.rounded(.down))
    var seconds = Int(((serial - serial.rounded(.down)) * 86_400).rounded())
    if seconds == 86_400 { (days, seconds) = (days + 1, 0) }
    let ordinal: Int
    if from1904 {
      ordinal = days - 24_107
    } else {
      // The calendar from 1900 has a 29 February 1900, day 60, that never was.
      guard days > 0, days != 60 else { return nil }
      ordinal = days - (days > 60 ? 25_569 : 25_568)
    }
    let day = Day(ordinal: ordinal).description
    return hasTime || seconds != 0 ? "\(day) \(time(seconds))" : day
  }

  private static func time(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  private static func escape(in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = text.baseAddress else { return nil }
    var at = 0
    while let hit = memchr(base + at, 0x5F, text.count - at) {
      at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
      if at + 6 < text.count, text[at + 1] == UInt8(ascii: "x"), text[at + 6] == 0x5F { return at }
      at += 1
    }
    return nil
  }

  /// Characters that XML cannot hold are written `_x000D_`.
  static func unescape(_ text: inout [UInt8]) {
    guard let found = text.withUnsafeBufferPointer({ Self.escape(in: $0) }) else { return }
    var out = Array(text[..<found])
    var at = found
    while at < text.count {
      if at + 6 < text.count, text[at] == UInt8(ascii: "_"), text[at + 1] == UInt8(ascii: "x"),
        text[at + 6] == UInt8(ascii: "_"),
        let value = UInt32(String(decoding: text[at + 2..<at + 6], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(value), value != UInt32(mark), value != 0
      {
        out.append(contentsOf: String(Character(scalar)).utf8)
        at += 7
      } else {
        out.append(text[at])
        at += 1
      }
    }
    text = out
  }
}
