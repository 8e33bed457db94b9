import ClosureModel

/// A time zone for times that name none.
public struct LocalZone: Sendable {
  public let name: String
  /// Seconds east of UTC at that wall clock, given as if it were UTC.
  public let offset: @Sendable (_ wallClock: Int64) -> Int32

  public init(name: String, offset: @escaping @Sendable (_ wallClock: Int64) -> Int32) {
    self.name = name
    self.offset = offset
  }

  /// China Standard Time: what the providers write.
  public static let china = LocalZone(name: "Asia/Shanghai") { _ in Timestamp.chinaOffset }
  static let utc = LocalZone(name: "UTC") { _ in 0 }
}

/// Times as ticket systems write them, beside what `Timestamp` reads:
/// `2026-06-18.01:21:38`, `Tue Jun 09 09:12:31 2026`, `2026-六月-09 09:12:31 星期二`, `13/Jul/26 9:41 AM`,
/// `Tue, 09 Jun 2026 09:12:31 +0800`, seconds or milliseconds since 1970. A date is never guessed.
enum SystemTime {
  /// - Returns: the time, and whether its zone was taken from `zone`.
  static func parse(_ text: String, zone: LocalZone) -> (time: Timestamp, isLocal: Bool)? {
    let text = text.trimmed
    guard !text.isEmpty, let (time, isLocal) = read(text, zone) else { return nil }
    // The day on which computers put what never was.
    return time.epochSeconds <= 86_400 ? nil : (time, isLocal)
  }

  private static func read(_ text: String, _ zone: LocalZone) -> (Timestamp, Bool)? {
    if let number = Int64(text), text.utf8.count >= 9 {
      let seconds = number > 100_000_000_000 ? number / 1000 : number
      return seconds > 0 && seconds < 100_000_000_000
        ? (Timestamp(epochSeconds: seconds, offsetSeconds: 0), false) : nil
    }
    var dotted = text
    if text.utf8.count >= 16, Array(text.utf8)[10] == UInt8(ascii: ".") {
      dotted = String(text.prefix(10)) + " " + text.dropFirst(11)
    }
    if let read = Timestamp.read(dotted, zone: zone.offset) { return (read.time, read.isLocal) }
    if let turned = ExportTime.turned(text) ?? ExportTime.worded(text) ?? ExportTime.dayFirst(text),
      let read = Timestamp.read(turned, zone: zone.offset)
    {
      return (read.time, read.isLocal)
    }
    return words(text, zone)
  }

  private static func local(_ wallClock: Int64, _ zone: LocalZone) -> Timestamp {
    let offset = zone.offset(wallClock)
    return Timestamp(epochSeconds: wallClock - Int64(offset), offsetSeconds: offset)
  }

  private static let months: [String: Int] = {
    var out: [String: Int] = [:]
    let english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let chinese = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"]
    for (index, name) in english.enumerated() { out[name] = index + 1 }
    for (index, name) in chinese.enumerated() { out[name] = index + 1 }
    for month in 1...12 { out["\(month)月"] = month }
    return out
  }()

  /// A month by its name, a year, a day and a clock; the order is told by what they look like.
  private static func words(_ text: String, _ zone: LocalZone) -> (Timestamp, Bool)? {
    var month: Int?
    var numbers: [String] = []
    var clock: (Int, Int, Int)?
    var half: Int?
    var offset: Int32?
    var text = text
    // West of Greenwich: the sign is no separator here.
    if text.utf8.count > 6, let minus = text.lastIndex(of: "-"), text.distance(from: minus, to: text.endIndex) == 5,
      text[..<minus].hasSuffix(" "), let value = Int32(text[minus...].dropFirst()), value <= 1400
    {
      offset = -(value / 100 * 3600 + value % 100 * 60)
      text = String(text[..<minus])
    }
    for part in text.split(whereSeparator: { " ,/-".contains($0) }) {
      let word = part.lowercased()
      if let found = months[word] ?? (word.count >= 3 ? months[String(word.prefix(3))] : nil),
        word.contains(where: { $0.isLetter }), !isWeekday(word)
      {
        guard month == nil else { return nil }
        month = found
      } else if word.contains(":") {
        let pieces = word.split(separator: ":").map { Int($0.prefix { $0 != "." }) }
        guard clock == nil, (2...3).contains(pieces.count), let hour = pieces[0], let minute = pieces[1] else {
          return nil
        }
        guard let second = pieces.count == 3 ? pieces[2] : 0 else { return nil }
        clock = (hour, minute, second)
      } else if ["am", "上午"].contains(word) {
        half = 0
      } else if ["pm", "下午"].contains(word) {
        half = 12
      } else if ["z", "gmt", "utc"].contains(word) {
        offset = 0
      } else if word.hasPrefix("+"), word.utf8.count == 5, let value = Int32(word.dropFirst()) {
        offset = value / 100 * 3600 + value % 100 * 60
      } else if Int(word) != nil {
        numbers.append(word)
      } else if !isWeekday(word) {
        return nil
      }
    }
    guard let month, numbers.count == 2, let (clockHour, minute, second) = clock else { return nil }
    var hour = clockHour
    let yearFirst = numbers[0].utf8.count == 4
    guard let first = Int(numbers[0]), let other = Int(numbers[1]) else { return nil }
    var (year, day) = yearFirst ? (first, other) : (other, first)
    if !yearFirst, numbers[1].utf8.count == 2 { year += 2000 }
    guard numbers[yearFirst ? 0 : 1].utf8.count != 1, numbers[yearFirst ? 1 : 0].utf8.count <= 2 else { return nil }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    guard hour < 24, minute < 60, second < 61, let day = Day(year: year, month: month, day: day) else { return nil }
    let wallClock = Timestamp(day: day, hour: hour, minute: minute, second: second, offsetSeconds: 0).epochSeconds
    if let offset { return (Timestamp(epochSeconds: wallClock - Int64(offset), offsetSeconds: offset), false) }
    return (local(wallClock, zone), true)
  }

  private static func isWeekday(_ word: String) -> Bool {
    word.hasPrefix("星期") || word.hasPrefix("周")
      || ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(String(word.prefix(3)))
  }
}
