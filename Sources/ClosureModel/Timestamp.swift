/// A civil day of the Gregorian calendar, without a zone.
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let ordinal: Int

  public init(ordinal: Int) { self.ordinal = ordinal }

  /// - Returns: `nil` when the three numbers are no day (month 13, 30 February, a year outside 1…9999).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(year: year, month: month)
    else { return nil }
    // days_from_civil: years are counted from March, so that the leap day is the last of its year.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.ordinal = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `YYYY-MM-DD` and nothing else.
  public init?(iso text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public static func < (a: Day, b: Day) -> Bool { a.ordinal < b.ordinal }

  public func adding(days: Int) -> Day { Day(ordinal: ordinal + days) }

  /// 1 = Monday … 7 = Sunday.
  public var weekday: Int { ((ordinal + 3) % 7 + 7) % 7 + 1 }

  public var components: (year: Int, month: Int, day: Int) {
    let z = ordinal + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * mp + 2) / 5 + 1
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  public var year: Int { components.year }

  public var description: String {
    let (year, month, day) = components
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
  }

  private static func length(year: Int, month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// An instant with the offset from UTC in which it was written.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let epochSeconds: Int64
  /// Seconds east of UTC of the text it came from; formatting uses it.
  public let offsetSeconds: Int32

  /// China Standard Time, in which the providers publish their working days.
  public static let chinaOffset: Int32 = 8 * 3600

  public init(epochSeconds: Int64, offsetSeconds: Int32 = Timestamp.chinaOffset) {
    self.epochSeconds = epochSeconds
    self.offsetSeconds = offsetSeconds
  }

  public init(day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0, offsetSeconds: Int32 = Timestamp.chinaOffset) {
    let local = Int64(day.ordinal) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(epochSeconds: local - Int64(offsetSeconds), offsetSeconds: offsetSeconds)
  }

  /// Reads what exports write: `2026-11-21T09:30:00+08:00`, `…Z`, `… UTC`, `2026-11-21 09:30[:00[.123]]`, `2026/11/21 9:30`, `2026-11-21`.
  /// - Parameter defaultOffset: seconds east of UTC for a text that names no zone.
  /// - Returns: `nil` for anything else; a date is never guessed.
  public init?(parsing text: some StringProtocol, defaultOffset: Int32 = Timestamp.chinaOffset) {
    guard let (time, _) = Timestamp.read(text, zone: { _ in defaultOffset }) else { return nil }
    self = time
  }

  /// Reads the same, and says whether the text names no zone.
  /// - Parameter zone: seconds east of UTC at a wall clock, given in seconds as if it were UTC; asked only where the text
  ///   names no zone.
  public static func read(
    _ text: some StringProtocol, zone: (_ wallClock: Int64) -> Int32
  ) -> (time: Timestamp, isLocal: Bool)? {
    var scanner = DigitScanner(Array(text.utf8))
    scanner.skipSpaces()
    guard let year = scanner.number(4...4), let separator = scanner.oneOf("-/"), let month = scanner.number(1...2),
      scanner.accept(separator), let dayNumber = scanner.number(1...2),
      let day = Day(year: year, month: month, day: dayNumber)
    else { return nil }
    var hour = 0
    var minute = 0
    var second = 0
    var offset: Int32?
    if scanner.oneOf("T t") != nil {
      scanner.skipSpaces()
      guard let h = scanner.number(1...2), scanner.accept(UInt8(ascii: ":")), let m = scanner.number(2...2) else {
        return nil
      }
      (hour, minute) = (h, m)
      if scanner.accept(UInt8(ascii: ":")) {
        guard let s = scanner.number(2...2) else { return nil }
        second = s
        if scanner.accept(UInt8(ascii: ".")) { guard scanner.number(1...9) != nil else { return nil } }
      }
      scanner.skipSpaces()
      if scanner.oneOf("Zz") != nil || scanner.word("utc") || scanner.word("gmt") {
        offset = 0
      } else if let sign = scanner.oneOf("+-") {
        guard let h = scanner.number(2...2) else { return nil }
        _ = scanner.accept(UInt8(ascii: ":"))
        guard let m = scanner.number(2...2), h <= 14, m < 60 else { return nil }
        offset = Int32(h * 3600 + m * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
      }
    }
    scanner.skipSpaces()
    guard scanner.atEnd, hour < 24, minute < 60, second < 61 else { return nil }
    let wallClock = Int64(day.ordinal) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    let east = offset ?? zone(wallClock)
    return (Timestamp(epochSeconds: wallClock - Int64(east), offsetSeconds: east), offset == nil)
  }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.epochSeconds < b.epochSeconds }

  /// The civil day at a given offset.
  public func day(offsetSeconds: Int32 = Timestamp.chinaOffset) -> Day {
    let local = epochSeconds + Int64(offsetSeconds)
    return Day(ordinal: Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400))
  }

  public func adding(seconds: Int64) -> Timestamp {
    Timestamp(epochSeconds: epochSeconds + seconds, offsetSeconds: offsetSeconds)
  }

  /// RFC 3339, in its own offset.
  public var description: String {
    let day = day(offsetSeconds: offsetSeconds)
    let rest = Int(epochSeconds + Int64(offsetSeconds) - Int64(day.ordinal) * 86_400)
    let (year, month, dayOfMonth) = day.components
    var text = Digits()
    text.add(year, 4, then: "-")
    text.add(month, 2, then: "-")
    text.add(dayOfMonth, 2, then: "T")
    text.add(rest / 3600, 2, then: ":")
    text.add(rest / 60 % 60, 2, then: ":")
    text.add(rest % 60, 2, then: offsetSeconds == 0 ? "Z" : offsetSeconds < 0 ? "-" : "+")
    if offsetSeconds != 0 {
      let minutes = Int(abs(offsetSeconds)) / 60
      text.add(minutes / 60, 2, then: ":")
      text.add(minutes % 60, 2, then: nil)
    }
    return text.string
  }
}

/// Numbers of a fixed width with signs between them.
private struct Digits {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(32) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func add(_ number: Int, _ width: Int, then sign: Unicode.Scalar?) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    guard (0..<divisor * 10).contains(number) else {
      bytes += Array(pad(number, width).utf8)
      if let sign { bytes.append(UInt8(ascii: sign)) }
      return
    }
    while divisor > 0 {
      bytes.append(0x30 + UInt8(number / divisor % 10))
      divisor /= 10
    }
    if let sign { bytes.append(UInt8(ascii: sign)) }
  }
}

/// Left-pads a number with zeros.
func pad(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  if digits.utf8.count >= width { return digits }
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private struct DigitScanner {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var atEnd: Bool { at == bytes.count }

  mutating func skipSpaces() { while at < bytes.count, bytes[at] == 0x20 { at += 1 } }

  mutating func accept(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  mutating func oneOf(_ set: StaticString) -> UInt8? {
    guard at < bytes.count else { return nil }
    let byte = bytes[at]
    let found = set.withUTF8Buffer { $0.contains(byte) }
    guard found else { return nil }
    at += 1
    return byte
  }

  /// Accepts a word, given in small letters, in letters of either case.
  mutating func word(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count - at >= count else { return false }
    let isSame = word.withUTF8Buffer { $0.elementsEqual(bytes[at..<at + count].map { $0 | 0x20 }) }
    if isSame { at += count }
    return isSame
  }

  mutating func number(_ width: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while at < bytes.count, count < width.upperBound, (0x30...0x39).contains(bytes[at]) {
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
      count += 1
    }
    return count >= width.lowerBound ? value : nil
  }
}
