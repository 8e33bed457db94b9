/// A day that a stretch of text ends or begins with: 31日, 12月31, 十二月三十一日, 2026-12-31, 12/31 24:00, 20261231, 31 Dec.
enum WrittenDate {
  static func ends(_ text: ArraySlice<UInt32>) -> Bool {
    let head = withoutClock(text)
    return endsInChinese(head) || endsInFigures(head)
  }

  /// 31 December, Dec. 31st, 2026-12-31, the 5th of May
  static func begins(_ text: ArraySlice<UInt32>) -> Bool {
    let words = text.prefix { Scalars.isWord($0) || marks.contains($0) }.split { marks.contains($0) }
      .drop { $0.elementsEqual(article) }.prefix(3)
    guard let first = words.first else { return false }
    let figures = words.prefix { $0.count <= 4 && $0.allSatisfy(Scalars.isDigit) }
    return figures.count > 1 || isDayOfYear(first) || isMonthAndDay(words)
  }
  private static let article = Scalars.of("the")

  /// The text without the hour behind the day: 31日24时, 12/31 晚上.
  private static func withoutClock(_ text: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
    var head = text
    while let last = head.last {
      if last == blank {
        head.removeLast()
      } else if let word = hours.first(where: { head.suffix($0.count).elementsEqual($0) }) {
        head.removeLast(word.count)
      } else if clockUnits.contains(last), let digit = head.dropLast().last, Scalars.isDigit(digit) {
        head.removeLast()
        while let digit = head.last, Scalars.isDigit(digit) { head.removeLast() }
      } else if let clock = clockLength(head) {
        head.removeLast(clock)
      } else {
        return head
      }
    }
    return head
  }

  /// Scalars of 24:00 at the end.
  private static func clockLength(_ head: ArraySlice<UInt32>) -> Int? {
    let minutes = head.reversed().prefix(while: Scalars.isDigit).count
    let rest = head.dropLast(minutes)
    guard minutes == 2, rest.last == colon else { return nil }
    let hour = rest.dropLast().reversed().prefix(while: Scalars.isDigit).count
    return (1...2).contains(hour) ? minutes + 1 + hour : nil
  }

  private static func endsInChinese(_ head: ArraySlice<UInt32>) -> Bool {
    guard let last = head.last else { return false }
    let isUnit = dayUnits.contains(last)
    let day = isUnit ? head.dropLast() : head
    let figures = day.reversed().prefix(while: Scalars.isDigit).count
    if figures > 0 { return isUnit || figures <= 2 && day.dropLast(figures).last == month }
    let numerals = day.reversed().prefix { chineseFigures.contains($0) }.count
    return numerals > 0 && day.dropLast(numerals).last == month
  }

  private static func endsInFigures(_ head: ArraySlice<UInt32>) -> Bool {
    let written = head.reversed().prefix { Scalars.isWord($0) || marks.contains($0) }
    let parts = written.reversed().split { marks.contains($0) }
    guard let last = parts.last, written.count <= longest else { return false }
    if parts.count == 1 { return isDayOfYear(last) }
    let figures = parts.count { $0.count <= 4 && $0.allSatisfy(Scalars.isDigit) }
    if figures == parts.count { return true }
    return figures > 0 && figures == parts.count - 1 && parts.contains(where: isMonth)
  }

  /// 3 April, April 3, Dec. 31st: a month among the words, and a figure.
  static func isMonthAndDay(_ words: some Sequence<ArraySlice<UInt32>>) -> Bool {
    words.contains(where: isMonth) && words.contains { $0.first.map(Scalars.isDigit) ?? false }
  }

  /// jan, january; neither maybe nor march1.
  private static func isMonth(_ word: some Sequence<UInt32>) -> Bool { months.contains(Array(word)) }

  /// 20261231
  private static func isDayOfYear(_ part: some Collection<UInt32>) -> Bool {
    guard part.count == 8, part.allSatisfy(Scalars.isDigit), let number = Int(Scalars.string(part)) else {
      return false
    }
    return (2000...2099).contains(number / 10000) && (1...12).contains(number / 100 % 100)
      && (1...31).contains(number % 100)
  }

  private static let longest = 16
  private static let marks = ScalarSet(" -/.,")
  private static let dayUnits = ScalarSet("号日")
  private static let clockUnits = ScalarSet("时点分")
  private static let chineseFigures = ScalarSet("一二三四五六七八九十廿卅")
  private static let blank: UInt32 = 0x20, colon: UInt32 = 0x3A, month: UInt32 = 0x6708  // 月
  private static let hours = [
    "早上", "上午", "中午", "下午", "傍晚", "晚上", "凌晨", "夜里", "夜间", "零点", "午夜", "当天", "那天", "当日", "这天", "左右", "准时", "正式", "整",
  ].map(Scalars.of)
  private static let months = Set(
    [
      "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june", "jul", "july", "aug",
      "august", "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december",
    ].map(Scalars.of))
}
