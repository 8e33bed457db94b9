/// `Retry-After`: seconds, or an HTTP date.
public enum RetryAfter {
  /// - Returns: seconds from now, never negative, unbounded; `nil` for anything else.
  public static func seconds(_ text: String, now: Timestamp) -> Double? {
    let text = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Double(text) }
    return HTTPDate.parse(text).map { Double(max(0, $0.epochSeconds - now.epochSeconds)) }
  }
}

/// The date of HTTP's fields: `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
  /// - Returns: `nil` for anything else, the two obsolete forms included.
  public static func parse(_ text: String) -> Timestamp? {
    let parts = text.split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 6, parts[5] == "GMT", let dayNumber = Int(parts[1]), let year = Int(parts[3]),
      let month = months.firstIndex(of: String(parts[2])), let day = Day(year: year, month: month + 1, day: dayNumber)
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] < 61 else { return nil }
    return Timestamp(day: day, hour: clock[0], minute: clock[1], second: clock[2], offsetSeconds: 0)
  }
}
