public import ClosureModel
import StrictYAML

/// A day was asked for whose year has no calendar file. A due date is never guessed.
public struct CalendarError: Error, Sendable, Hashable, CustomStringConvertible {
  public let year: Int
  public let what: String
  public let fix: String
  public init(year: Int, what: String, fix: String) {
    self.year = year
    self.what = what
    self.fix = fix
  }
  public var description: String { "\(what). \(fix)" }
}

/// Which days the provider works: Monday to Friday, less public holidays, plus make-up days (调休).
public struct WorkingCalendar: Sendable {
  /// Years with a file.
  public let years: Set<Int>
  private let name: String
  private let holidays: Set<Day>
  private let makeUpDays: Set<Day>

  /// - Parameter files: one file of `Templates/calendars` a year, in any order.
  /// - Throws: also for no file, two files of one year, or files of different calendars.
  public init(files: [(file: String, text: String)]) throws(DecideError) {
    do throws(YAMLMistake) { try self.init(reading: files) } catch { throw DecideError(error) }
  }

  private init(reading files: [(file: String, text: String)]) throws(YAMLMistake) {
    guard let first = files.first else {
      throw YAMLMistake(
        file: "calendars", line: nil, what: "there is no calendar file", fix: "Add Templates/calendars/cn-YEAR.yaml")
    }
    var years: Set<Int> = []
    var holidays: Set<Day> = []
    var makeUpDays: Set<Day> = []
    let name = try CalendarFile(text: first.text, file: first.file).calendar
    for (file, text) in files {
      let one = try CalendarFile(text: text, file: file)
      guard one.calendar == name else {
        throw one.yearValue.mistake(
          "this belongs to calendar “\(one.calendar)”, not “\(name)”", "Load one calendar only")
      }
      guard years.insert(one.year).inserted else {
        throw one.yearValue.mistake("the year \(one.year) has two files", "Remove one of them")
      }
      holidays.formUnion(one.holidays)
      makeUpDays.formUnion(one.makeUpDays)
    }
    self.name = name
    self.years = years
    self.holidays = holidays
    self.makeUpDays = makeUpDays
  }

  /// - Returns: `nil` when no file covers the year.
  public func isWorkingDay(_ day: Day) -> Bool? {
    guard years.contains(day.year) else { return nil }
    if makeUpDays.contains(day) { return true }
    return day.weekday <= 5 && !holidays.contains(day)
  }

  /// The end of the N-th working day strictly after the day of submission in China.
  /// - Parameters:
  ///   - workingDays: 0 means the day of submission itself, or the next working day where that is none or its hour has
  ///     passed by then.
  ///   - hour: 0...23, China Standard Time.
  /// - Throws: when a day that must be looked at lies in a year without a file.
  public func due(submitted: Timestamp, workingDays: Int, hour: Int) throws(CalendarError) -> Timestamp {
    var day = submitted.day()
    var left = workingDays
    if left == 0, try !checked(day) || Timestamp(day: day, hour: hour) < submitted { left = 1 }
    while left > 0 {
      day = day.adding(days: 1)
      if try checked(day) { left -= 1 }
    }
    return Timestamp(day: day, hour: hour)
  }

  private func checked(_ day: Day) throws(CalendarError) -> Bool {
    guard let working = isWorkingDay(day) else {
      throw CalendarError(
        year: day.year, what: "calendar “\(name)” has no working days for \(day.year)",
        fix: "Add Templates/calendars/\(name)-\(day.year).yaml")
    }
    return working
  }
}
