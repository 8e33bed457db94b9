import ClosureModel
import StrictYAML

/// One year's public holidays and make-up working days (调休) as the notice of the State Council's office gives them.
struct CalendarFile {
  let calendar: String
  let year: Int
  let holidays: Set<Day>
  let makeUpDays: Set<Day>
  let yearValue: YAMLNode

  init(text: String, file: String) throws(YAMLMistake) {
    let root = try YAMLNode.root(text, file: file)
      .map(["calendar", "year", "source", "holidays", "make_up_days"])
    let source = try root("source").map(["title", "url"])
    _ = try source("title").text()
    _ = try source("url").text()
    calendar = try root("calendar").text()
    yearValue = try root("year")
    year = try yearValue.whole(in: 2000...2100)

    var names: [Day: String] = [:]
    for item in try root("holidays").entries() {
      let map = try item.map(["name", "from", "to"])
      let name = try map("name").text()
      let from = try Self.day(map("from"), of: year)
      let to = try Self.day(map("to"), of: year)
      guard from <= to else {
        throw try map("to").mistake("“\(name)” ends before it begins", "Exchange `from` and `to`")
      }
      guard to.ordinal - from.ordinal < 15 else {
        throw try map("to").mistake("“\(name)” is longer than 15 days", "Check `from` and `to`")
      }
      for ordinal in from.ordinal...to.ordinal {
        let day = Day(ordinal: ordinal)
        if let other = names.updateValue(name, forKey: day) {
          throw item.mistake("\(day) belongs to “\(other)” and to “\(name)”", "Keep it under one holiday")
        }
      }
    }
    holidays = Set(names.keys)

    var makeUp: Set<Day> = []
    for item in try root("make_up_days").list() {
      let day = try Self.day(item, of: year)
      guard names[day] == nil else {
        throw item.mistake("\(day) is a holiday and a make-up day", "Remove one of them")
      }
      guard day.weekday >= 6 else {
        throw item.mistake("\(day) is a plain weekday, it needs no make-up", "Check the date or remove it")
      }
      guard makeUp.insert(day).inserted else { throw item.mistake("\(day) stands twice", "Remove one of them") }
    }
    makeUpDays = makeUp
  }

  private static func day(_ value: YAMLNode, of year: Int) throws(YAMLMistake) -> Day {
    let day = try value.date()
    guard day.year == year else { throw value.mistake("\(day) is not in \(year)", "Move it to the file of its year") }
    return day
  }
}
