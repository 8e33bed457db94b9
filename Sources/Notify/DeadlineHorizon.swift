public import ClosureModel

/// Until when a deadline is near.
public enum DeadlineHorizon {
  /// Hours of working days only: on a day off the count stands still, so that what is due on Monday evening is told on
  /// Friday evening and not on Sunday.
  /// - Parameter isWorkingDay: nil where no calendar covers the day: it counts as a day off, so that more is told.
  /// - Returns: at most 30 days ahead.
  public static func end(from now: Timestamp, hours: Double, isWorkingDay: (Day) -> Bool?) -> Timestamp {
    var left = Int64((hours * 3600).rounded())
    var time = now
    let last = now.adding(seconds: 30 * 86_400)
    while left > 0, time < last {
      let day = time.day()
      let midnight = Timestamp(day: day.adding(days: 1))
      let span = midnight.epochSeconds - time.epochSeconds
      if isWorkingDay(day) != true {
        time = midnight
      } else {
        let step = min(span, left)
        time = time.adding(seconds: step)
        left -= step
      }
    }
    return min(time, last)
  }
}
