import ClosureModel

/// Times as spreadsheets of other countries write them. Only what can be read in one way is read.
enum ExportTime {
  /// `21/07/2026 09:02` and `07/21/2026 9:02 PM` with the year first, where only one of both can be the month.
  /// - Returns: `nil` for other texts and where it cannot be told.
  static func turned(_ text: String) -> String? {
    let text = text.trimmed
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count),
      let first = Int(parts[0]),
      let second = Int(parts[1])
    else { return nil }
    let year = parts[2].prefix { $0.isASCII && $0.isNumber }
    guard year.count == 4, first > 0, second > 0, (first > 12) != (second > 12) || first == second else { return nil }
    let (month, day) = first > 12 ? (second, first) : (first, second)
    guard month <= 12, var clock = clock(parts[2].dropFirst(4)) else { return nil }
    if !clock.isEmpty { clock = " " + clock }
    return "\(year)-\(month)-\(day)\(clock)"
  }

  /// `2026年7月15日 上午9:00`, `2026/7/15 下午 09:00:00`, `2026-07-15 9:00 PM` and `2026年7月15日9时5分` with the clock of
  /// 24 hours behind a date with hyphens.
  /// - Returns: `nil` for other texts.
  static func worded(_ text: String) -> String? {
    var rest = text.trimmed[...]
    func number(_ digits: ClosedRange<Int>) -> Int? {
      let found = rest.prefix { $0.isASCII && $0.isNumber }
      guard digits.contains(found.count) else { return nil }
      rest = rest.dropFirst(found.count)
      return Int(found)
    }
    func sign(_ signs: String) -> Character? {
      guard let first = rest.first, signs.contains(first) else { return nil }
      rest = rest.dropFirst()
      return first
    }
    guard let year = number(4...4), let separator = sign("年-/"), let month = number(1...2),
      sign(separator == "年" ? "月" : String(separator)) != nil, let day = number(1...2)
    else { return nil }
    if separator == "年", sign("日号號") == nil { return nil }
    guard var clock = clock(rest) else { return nil }
    if !clock.isEmpty { clock = " " + clock }
    return "\(year)-\(month)-\(day)\(clock)"
  }

  /// ` 9:02:01 PM` and ` 下午9:02:01` are `21:02:01`, `9时5分` is `9:05`.
  private static func clock(_ text: Substring) -> String? {
    var text = String(text).lowercased()
    let isWorded = text.contains { "时時点點分".contains($0) }
    for (word, sign) in [
      ("上午", " am "), ("下午", " pm "), ("时", ":"), ("時", ":"), ("点", ":"), ("點", ":"), ("分", ":"), ("秒", ""),
    ] {
      text = text.replacing(word, with: sign)
    }
    var words = text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
    var half: String?
    if words.count > 1 {
      for place in [words.count - 1, 0] where half == nil && ["am", "pm"].contains(words[place]) {
        half = words.remove(at: place)
      }
    }
    if isWorded, let written = words.first {
      let pieces = written.split(separator: ":")
      guard pieces.count <= 3 else { return nil }
      words[0] = (pieces + (pieces.count == 1 ? ["00"] : [])).enumerated()
        .map { $0.offset > 0 && $0.element.count == 1 ? "0" + $0.element : String($0.element) }.joined(separator: ":")
    }
    guard let half else { return words.joined(separator: " ") }
    let pieces = (words.first ?? "").split(separator: ":", maxSplits: 1)
    guard words.count == 1, pieces.count == 2, let hour = Int(pieces[0]), (1...12).contains(hour) else { return nil }
    return "\(hour % 12 + (half == "pm" ? 12 : 0)):\(pieces[1])"
  }

  /// Seconds, or milliseconds, since 1970 in as many digits as they have had since 2001.
  private static func epoch(_ text: String) -> Int64? {
    let text = text.trimmed
    guard [10, 13].contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8.first != UInt8(ascii: "0"), let number = Int64(text)
    else { return nil }
    return text.utf8.count == 13 ? number / 1000 : number
  }

  /// What `Timestamp` reads, and `21.07.2026 09:02`: with full stops the day always stands first.
  /// - Parameter zone: of a time that names none.
  /// - Returns: the time, and whether its zone was taken from `zone`.
  static func read(_ text: String, zone: LocalZone) -> (time: Timestamp, isLocal: Bool)? {
    if let read = Timestamp.read(text, zone: zone.offset) { return read }
    if let other = turned(text) ?? worded(text), let read = Timestamp.read(other, zone: zone.offset) { return read }
    if let seconds = epoch(text) { return (Timestamp(epochSeconds: seconds, offsetSeconds: 0), false) }
    return dayFirst(text).flatMap { Timestamp.read($0, zone: zone.offset) }
  }

  /// `21.07.2026 09:02` with the year first.
  static func dayFirst(_ text: String) -> String? {
    let parts = text.drop { $0 == " " }.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let year = parts[2].prefix(4)
    let isDate = (1...2).contains(parts[0].count) && (1...2).contains(parts[1].count) && year.count == 4
    guard isDate, (parts[0] + parts[1] + year).allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return "\(year)-\(parts[1])-\(parts[0])\(parts[2].dropFirst(4))"
  }
}
