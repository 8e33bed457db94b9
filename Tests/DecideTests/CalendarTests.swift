import ClosureModel
import Decide
import Testing

@Suite("Working calendar")
struct CalendarTests {
  @Test(
    "The due date steps over holidays and counts make-up days",
    arguments: [
      ("2024-02-08", 3, "2024-02-19"), ("2024-02-09", 1, "2024-02-18"), ("2024-02-03", 1, "2024-02-04"),
      ("2024-04-03", 1, "2024-04-07"), ("2024-04-30", 3, "2024-05-08"), ("2024-09-13", 1, "2024-09-14"),
      ("2024-09-30", 3, "2024-10-10"), ("2024-12-30", 3, "2025-01-03"),
      ("2025-01-24", 3, "2025-02-05"), ("2025-01-27", 3, "2025-02-07"), ("2025-02-07", 1, "2025-02-08"),
      ("2025-04-30", 1, "2025-05-06"), ("2025-05-30", 1, "2025-06-03"), ("2025-09-30", 3, "2025-10-11"),
      ("2025-12-31", 3, "2026-01-06"),
      ("2026-02-13", 3, "2026-02-25"), ("2026-02-14", 1, "2026-02-24"), ("2026-02-27", 1, "2026-02-28"),
      ("2026-06-18", 1, "2026-06-22"), ("2026-09-18", 1, "2026-09-20"), ("2026-09-30", 3, "2026-10-10"),
      ("2026-11-20", 3, "2026-11-25"), ("2026-12-28", 3, "2026-12-31"), ("2026-11-21", 0, "2026-11-23"),
    ])
  func due(_ submitted: String, _ days: Int, _ expected: String) throws {
    let time = try #require(Timestamp(parsing: submitted + "T10:00:00+08:00"))
    let due = try Repository.calendar().due(submitted: time, workingDays: days, hour: 18)
    #expect(due.description == "\(expected)T18:00:00+08:00")
  }

  @Test("Due dates agree with a published list of working days", arguments: DueCases.all)
  func peer(_ submitted: String, _ days: Int, _ expected: String) throws {
    let time = try #require(Timestamp(parsing: submitted))
    let due = try Repository.calendar(Array(2020...2026)).due(submitted: time, workingDays: days, hour: 18)
    #expect(due.description == "\(expected)T18:00:00+08:00")
  }

  @Test("Every month has the working days of a published list", arguments: DueCases.months)
  func months(_ year: Int, _ expected: [Int]) throws {
    let calendar = try Repository.calendar([year])
    let counts = (1...12).map { month in
      (1...31).count { number in
        guard let day = Day(year: year, month: month, day: number) else { return false }
        return calendar.isWorkingDay(day) == true
      }
    }
    #expect(counts == expected)
  }

  @Test("The day of submission is China's, whatever the zone it is written in")
  func zone() throws {
    // 17:00 UTC on Friday is Saturday in China: the first working day after it is Monday either way, but not here.
    let evening = try #require(Timestamp(parsing: "2026-11-17T17:00:00Z"))
    #expect(
      try Repository.calendar().due(submitted: evening, workingDays: 1, hour: 9).description
        == "2026-11-19T09:00:00+08:00")
  }

  @Test("A year without a file is an error that names it, never a guess", arguments: ["2026-12-30", "2026-12-31"])
  func uncovered(_ submitted: String) throws {
    let time = try #require(Timestamp(parsing: submitted))
    let error = try #require(throws: CalendarError.self) {
      try Repository.calendar().due(submitted: time, workingDays: 3, hour: 18)
    }
    #expect(error.year == 2027)
    #expect(error.description.contains("Templates/calendars/cn-2027.yaml"))
  }

  @Test("A due date in a year without a file is an error, be it the day of submission itself", arguments: 0...1)
  func elsewhere(_ days: Int) throws {
    let time = try #require(Timestamp(parsing: "2031-03-03"))
    let error = try #require(throws: CalendarError.self) {
      try Repository.calendar().due(submitted: time, workingDays: days, hour: 18)
    }
    #expect(error.year == 2031)
  }

  @Test("A submission in a year without a file is no matter when the days that count have one")
  func before() throws {
    let time = try #require(Timestamp(parsing: "2019-12-31T10:00:00+08:00"))
    #expect(
      try Repository.calendar([2020]).due(submitted: time, workingDays: 1, hour: 18).description
        == "2020-01-02T18:00:00+08:00")
  }

  @Test("A year has the working days that the notices leave it", arguments: [(2024, 251), (2025, 248), (2026, 248)])
  func count(_ year: Int, _ expected: Int) throws {
    let calendar = try Repository.calendar()
    let first = try #require(Day(year: year, month: 1, day: 1))
    let last = try #require(Day(year: year, month: 12, day: 31))
    let days = (first.ordinal...last.ordinal).filter { calendar.isWorkingDay(Day(ordinal: $0)) == true }
    #expect(days.count == expected)
  }

  @Test("Days outside the files are unknown, and the years are listed")
  func unknown() throws {
    let calendar = try Repository.calendar([2026])
    #expect(calendar.years == [2026])
    #expect(calendar.isWorkingDay(try #require(Day(iso: "2027-01-04"))) == nil)
    #expect(calendar.isWorkingDay(try #require(Day(iso: "2026-01-04"))) == true)
    #expect(calendar.isWorkingDay(try #require(Day(iso: "2026-01-02"))) == false)
  }
}
