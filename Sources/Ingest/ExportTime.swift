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

  /// ` 9:02:01 PM` is `21:02:01`.
  private static func clock(_ text: Substring) -> String? {
    var words = text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map { $0.lowercased() }
    guard let half = words.last, ["am", "pm", "上午", "下午"].contains(half), words.count > 1 else {
      return words.joined(separator: " ")
    }
    words.removeLast()
    let pieces = words[0].split(separator: ":", maxSplits: 1)
    guard words.count == 1, pieces.count == 2, let hour = Int(pieces[0]), (1...12).contains(hour) else { return nil }
    return "\(hour % 12 + (["pm", "下午"].contains(half) ? 12 : 0)):\(pieces[1])"
  }

  /// What `Timestamp` reads, and `21.07.2026 09:02`: with full stops the day always stands first.
  /// - Parameter zone: of a time that names none.
  /// - Returns: the time, and whether its zone was taken from `zone`.
  static func read(_ text: String, zone: LocalZone) -> (time: Timestamp, isLocal: Bool)? {
    if let read = Timestamp.read(text, zone: zone.offset) { return read }
    if let turned = turned(text), let read = Timestamp.read(turned, zone: zone.offset) { return read }
    let parts = text.drop { $0 == " " }.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let year = parts[2].prefix(4)
    let isDate = (1...2).contains(parts[0].count) && (1...2).contains(parts[1].count) && year.count == 4
    guard isDate, (parts[0] + parts[1] + year).allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Timestamp.read("\(year)-\(parts[1])-\(parts[0])\(parts[2].dropFirst(4))", zone: zone.offset)
  }
}
