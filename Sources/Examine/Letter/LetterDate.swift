import ClosureModel

/// The day on which the letter was signed.
enum LetterDate {
  struct Found {
    let state: LetterReading.DateField.State
    let range: Range<Int>?
    var isDay: Bool { if case .day = state { true } else { false } }
  }

  private static let label = Array("日期".unicodeScalars)
  private static let digits: [Unicode.Scalar: Int] = [
    "〇": 0, "○": 0, "零": 0, "O": 0, "o": 0, "0": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
    "九": 9, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9,
  ]

  /// - Parameter signature: the first row of the signature block; dates above it belong to the text.
  static func find(in text: LetterText, signature: Int) -> Found {
    let scalars = text.scalars
    var days: [(range: Range<Int>, day: Day)] = []
    var doubtful: Range<Int>?
    var empty: Range<Int>?
    var at = 0
    while at < scalars.count {
      guard text.rowOf[at] >= signature || isLabelled(at, scalars) else {
        at += 1
        continue
      }
      if let (end, day) = date(at: at, scalars) {
        if let day { days.append((at..<end, day)) } else { doubtful = at..<end }
        at = end
        continue
      }
      if isBlankDate(at, scalars) { empty = at..<(at + 1) }
      if TextSearch.word(at: at, in: scalars, of: [label]) != nil {
        let rest = scalars[(at + 2)...].prefix { $0 != "\n" }
        // A label alone may have lost its date to the seal.
        doubtful = doubtful ?? at..<(at + 2 + rest.count)
      }
      at += 1
    }
    if let last = days.last {
      let isOne = Set(days.map(\.day)).count == 1
      return Found(state: isOne ? .day(last.day) : .unreadable, range: last.range)
    }
    if let empty { return Found(state: .missing, range: empty) }
    return Found(state: .unreadable, range: doubtful)
  }

  private static func isLabelled(_ at: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    let before = scalars[..<at].suffix(5).filter { $0 != ":" && $0 != " " }
    return TextSearch.ends(before, with: label) || TextSearch.word(at: at, in: scalars, of: [label]) != nil
  }

  /// `年 月 日` with nothing before each.
  private static func isBlankDate(_ at: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    guard scalars[at] == "年", at == 0 || digits[scalars[at - 1]] == nil else { return false }
    let rest = scalars[(at + 1)...].prefix(8).filter { $0 != " " && $0 != "_" && $0 != "\n" }
    return rest.starts(with: "月日".unicodeScalars)
  }

  /// A date that begins here: its end, and the day; nil where the numbers are cut short or no day.
  private static func date(at start: Int, _ scalars: [Unicode.Scalar]) -> (end: Int, day: Day?)? {
    if start > 0, digits[scalars[start - 1]] != nil || Scalars.isWord(scalars[start - 1].value) { return nil }
    guard let (year, afterYear) = year(at: start, scalars) else { return nil }
    var at = skip(afterYear, scalars)
    guard at < scalars.count, let mark = mark(scalars[at], of: "年-./,") else { return nil }
    at = skip(at + 1, scalars)
    guard let (month, afterMonth) = number(at: at, scalars) else { return (at, nil) }
    at = skip(afterMonth, scalars)
    let second: Unicode.Scalar = mark == "年" ? "月" : mark
    guard at < scalars.count, scalars[at] == second else { return (at, nil) }
    at = skip(at + 1, scalars)
    guard let (day, afterDay) = number(at: at, scalars) else { return (at, nil) }
    at = skip(afterDay, scalars)
    if mark == "年" {
      // Without 日 a digit of the day may be missing.
      guard at < scalars.count, scalars[at] == "日" || scalars[at] == "号" else { return (at, nil) }
      at += 1
      // 09日12345: the row has run into the digits of a seal, and which are whose is not known.
      if at < scalars.count, TextSearch.isDigit(scalars[at]) { return (at, nil) }
    } else if afterDay - afterMonth < 2 || (at < scalars.count && digits[scalars[at]] != nil) {
      return (at, nil)
    }
    guard (1990...2100).contains(year) else { return (at, nil) }
    return (at, Day(year: year, month: month, day: day))
  }

  private static func mark(_ scalar: Unicode.Scalar, of marks: String) -> Unicode.Scalar? {
    marks.unicodeScalars.contains(scalar) ? scalar : nil
  }

  private static func skip(_ at: Int, _ scalars: [Unicode.Scalar]) -> Int {
    var at = at
    while at < scalars.count, scalars[at] == " " || scalars[at] == "_" { at += 1 }
    return at
  }

  private static func year(at start: Int, _ scalars: [Unicode.Scalar]) -> (Int, Int)? {
    guard start + 4 < scalars.count else { return nil }
    var value = 0
    for scalar in scalars[start..<(start + 4)] {
      guard let digit = digits[scalar] else { return nil }
      value = value * 10 + digit
    }
    return (value, start + 4)
  }

  /// 1 to 31 in one or two digits, or as 十一, 二十三, 卅.
  private static func number(at start: Int, _ scalars: [Unicode.Scalar]) -> (Int, Int)? {
    var at = start
    var digitsSeen: [Int] = []
    var hasTen = false
    while at < scalars.count, at - start < 3 {
      if scalars[at] == "十", !hasTen {
        hasTen = true
        if digitsSeen.isEmpty { digitsSeen.append(1) }
      } else if let digit = digits[scalars[at]] {
        digitsSeen.append(digit)
      } else {
        break
      }
      at += 1
    }
    guard at > start, digitsSeen.count <= 2 else { return nil }
    if hasTen { return (digitsSeen[0] * 10 + (digitsSeen.count > 1 ? digitsSeen[1] : 0), at) }
    return (digitsSeen.reduce(0) { $0 * 10 + $1 }, at)
  }
}
