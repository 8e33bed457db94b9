import ClosureModel

/// One year's public holidays and make-up working days (调休) as the notice of the State Council's office gives them.
struct CalendarFile {
  let calendar: String
  let year: Int
  let holidays: Set<Day>
  let makeUpDays: Set<Day>
  let yearValue: YAMLValue

  init(text: String, file: String) throws(DecideError) {
    let root = try YAMLValue.root(text: text, file: file)
      .map(["calendar", "year", "source", "holidays", "make_up_days"])
    let source = try root("source").map(["title", "url"])
    _ = try source("title").string()
    _ = try source("url").string()
    calendar = try root("calendar").string()
    yearValue = try root("year")
    year = try yearValue.int(2000...2100)

    var names: [Day: String] = [:]
    for item in try root("holidays").list() {
      let map = try item.map(["name", "from", "to"])
      let name = try map("name").string()
      let from = try Self.day(map("from"), of: year)
      let to = try Self.day(map("to"), of: year)
      guard from <= to else { throw try map("to").fail("“\(name)” ends before it begins", "Exchange `from` and `to`") }
      guard to.ordinal - from.ordinal < 15 else {
        throw try map("to").fail("“\(name)” is longer than 15 days", "Check `from` and `to`")
      }
      for ordinal in from.ordinal...to.ordinal {
        let day = Day(ordinal: ordinal)
        if let other = names.updateValue(name, forKey: day) {
          throw item.fail("\(day) belongs to “\(other)” and to “\(name)”", "Keep it under one holiday")
        }
      }
    }
    holidays = Set(names.keys)

    var makeUp: Set<Day> = []
    for item in try root("make_up_days").list(emptyAllowed: true) {
      let day = try Self.day(item, of: year)
      guard names[day] == nil else {
        throw item.fail("\(day) is a holiday and a make-up day", "Remove one of them")
      }
      guard day.weekday >= 6 else {
        throw item.fail("\(day) is a plain weekday, it needs no make-up", "Check the date or remove it")
      }
      guard makeUp.insert(day).inserted else { throw item.fail("\(day) stands twice", "Remove one of them") }
    }
    makeUpDays = makeUp
  }

  private static func day(_ value: YAMLValue, of year: Int) throws(DecideError) -> Day {
    let day = try value.date()
    guard day.year == year else { throw value.fail("\(day) is not in \(year)", "Move it to the file of its year") }
    return day
  }
}
