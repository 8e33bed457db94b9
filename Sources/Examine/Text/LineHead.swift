/// Where the name of a line's speaker stands: `客服：…`, `[客服] …`, `客服 10:02 …`, `10:02 客服：…`, `我` alone.
struct LineHead {
  enum Mark: Sendable { case colon, bracket, time, alone }
  var name: Range<Int>
  /// Where the words begin.
  var end: Int
  var mark: Mark

  static let longestName = 24

  /// - Parameter line: scalars of one line, not empty.
  static func find(_ text: NormalText, _ line: Range<Int>) -> LineHead? {
    var reader = Reader(s: text.scalars, gaps: text.gaps, line: line)
    return reader.read()
  }

  private struct Reader {
    let s: [UInt32]
    let gaps: [Bool]
    let line: Range<Int>

    mutating func read() -> LineHead? {
      var at = skipBlanks(line.lowerBound)
      guard at < line.upperBound else { return nil }
      var isTimed = false
      if let close = bracketEnd(at) {
        if let end = timeEnd(at + 1), skipBlanks(end) == close {
          // [10:02] 我：
          isTimed = true
          at = skipMarks(close + 1)
        } else {
          return bracketed(at, close)
        }
      } else if let end = timeEnd(at) {
        isTimed = true
        at = skipMarks(end)
        if let close = bracketEnd(at) { return bracketed(at, close) }
      }
      return named(at, isTimed)
    }

    /// `[客服 10:02] …`, `【京东云-值班】：…`
    private func bracketed(_ open: Int, _ close: Int) -> LineHead? {
      guard close > open + 1 else { return nil }
      var end = skipBlanks(close + 1)
      if let time = timeEnd(end) { end = skipBlanks(time) }
      if end < line.upperBound, s[end] == 0x3A { end += 1 }
      return LineHead(name: (open + 1)..<close, end: end, mark: .bracket)
    }

    /// The name from `from` to a colon, a time, a blank behind a time or the end of the line.
    private func named(_ from: Int, _ isTimed: Bool) -> LineHead? {
      var at = from
      let limit = min(line.upperBound, from + LineHead.longestName)
      while at < limit {
        if s[at] == 0x3A { return at > from ? LineHead(name: from..<at, end: at + 1, mark: .colon) : nil }
        if at > from, !Scalars.isDigit(s[at - 1]), let time = timeEnd(at) { return behindTime(from..<at, time) }
        if isTimed, at > from, gaps[at] || s[at] == 0x20, s[at] != 0x28, !isFollowedByMark(at) {
          return LineHead(name: from..<at, end: at, mark: .time)
        }
        if LineHead.stops.contains(s[at]) { return nil }
        at += 1
      }
      guard at == line.upperBound, at > from else { return nil }
      return LineHead(name: from..<at, end: at, mark: isTimed ? .time : .alone)
    }

    /// `客服 10:02：…`, `客服 (10:02) …`, `我 10:02` alone.
    private func behindTime(_ name: Range<Int>, _ time: Int) -> LineHead? {
      var end = skipBlanks(time)
      if end < line.upperBound, s[end] == 0x29 || s[end] == 0x5D { end = skipBlanks(end + 1) }
      if end < line.upperBound, s[end] == 0x3A {
        end += 1
      } else if end < line.upperBound, end == time, !gaps[end] {
        // 于10:02提交: no head.
        return nil
      }
      return LineHead(name: name, end: end, mark: .time)
    }

    /// 10:02 客服 小王：…: the blank stands within the name.
    private func isFollowedByMark(_ from: Int) -> Bool {
      var at = from
      while at < line.upperBound, at - from < 8 {
        if s[at] == 0x3A { return true }
        if LineHead.stops.contains(s[at]) { return false }
        at += 1
      }
      return false
    }

    private func skipBlanks(_ from: Int) -> Int {
      var at = from
      while at < line.upperBound, s[at] == 0x20 { at += 1 }
      return at
    }

    private func skipMarks(_ from: Int) -> Int {
      var at = from
      while at < line.upperBound, LineHead.joints.contains(s[at]) { at += 1 }
      return at
    }

    private func bracketEnd(_ at: Int) -> Int? {
      guard at < line.upperBound, let close = LineHead.closing(s[at]) else { return nil }
      let limit = min(line.upperBound, at + LineHead.longestName + 20)
      return (at..<limit).first { s[$0] == close }
    }

    /// `10:02`, `2024-05-06 09:12:33`, `5月6日 上午9:12`, `2024/5/6`.
    func timeEnd(_ from: Int) -> Int? {
      guard from < line.upperBound, LineHead.beginsTime(s[from]) else { return nil }
      var at = skipBlanks(dayWordEnd(from))
      var hasDate = false
      if let end = dateEnd(at) {
        hasDate = true
        at = skipBlanks(end)
      }
      let half = halfDayEnd(at)
      guard let hours = digitsEnd(half, 1...2), hours < line.upperBound, s[hours] == 0x3A,
        let minutes = digitsEnd(hours + 1, 2...2)
      else { return hasDate ? at : nil }
      var end = minutes
      if end < line.upperBound, s[end] == 0x3A, let seconds = digitsEnd(end + 1, 2...2) { end = seconds }
      return halfDayEnd(skipBlanks(end)) == skipBlanks(end) ? end : halfDayEnd(skipBlanks(end))
    }

    private func dateEnd(_ from: Int) -> Int? {
      guard let first = digitsEnd(from, 1...4), first < line.upperBound, LineHead.dateMarks.contains(s[first]),
        let second = digitsEnd(first + 1, 1...2)
      else { return nil }
      let isYear = first - from == 4
      if second < line.upperBound, LineHead.dateMarks.contains(s[second]) {
        guard let third = digitsEnd(second + 1, 1...2) else { return isYear || s[second] != 0x65E5 ? nil : second + 1 }
        return third < line.upperBound && s[third] == 0x65E5 ? third + 1 : third
      }
      // 05-06: a date only with its time.
      return isYear ? nil : second
    }

    /// 今天, 昨天, 前天, 周三.
    private func dayWordEnd(_ from: Int) -> Int {
      guard from + 1 < line.upperBound else { return from }
      let isDay = s[from + 1] == 0x5929 && LineHead.days.contains(s[from])
      return isDay || s[from] == 0x5468 && LineHead.weekdays.contains(s[from + 1]) ? from + 2 : from
    }

    /// 上午, 下午, am, pm.
    private func halfDayEnd(_ from: Int) -> Int {
      guard from + 1 < line.upperBound else { return from }
      let isHan = s[from + 1] == 0x5348 && (s[from] == 0x4E0A || s[from] == 0x4E0B)
      let isLatin = s[from + 1] == 0x6D && (s[from] == 0x61 || s[from] == 0x70)
      return isHan || isLatin ? from + 2 : from
    }

    private func digitsEnd(_ from: Int, _ count: ClosedRange<Int>) -> Int? {
      var at = from
      while at < line.upperBound, at - from <= count.upperBound, Scalars.isDigit(s[at]) { at += 1 }
      return count.contains(at - from) ? at : nil
    }
  }

  private static let stops = ScalarSet(",。!;?、")
  private static let joints = ScalarSet(" -|—–·")
  private static let days = ScalarSet("今昨前")
  private static let weekdays = ScalarSet("一二三四五六日天")
  /// - / . 年 月 日
  private static let dateMarks: Set<UInt32> = [0x2D, 0x2F, 0x2E, 0x5E74, 0x6708, 0x65E5]

  /// A digit, a blank, 今 昨 前 周, 上 下, a p: most places are told by it.
  private static func beginsTime(_ s: UInt32) -> Bool {
    switch s {
    case 0x20, 0x30...0x39, 0x4ECA, 0x6628, 0x524D, 0x5468, 0x4E0A, 0x4E0B, 0x61, 0x70: true
    default: false
    }
  }

  private static func closing(_ s: UInt32) -> UInt32? {
    switch s {
    case 0x5B: 0x5D
    case 0x3010: 0x3011
    case 0x28: 0x29
    case 0x3014: 0x3015
    case 0x3C: 0x3E
    default: nil
    }
  }
}
