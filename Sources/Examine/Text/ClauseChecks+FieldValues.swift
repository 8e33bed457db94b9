import ClosureModel

/// Fields of a form that say the contrary of the statement beside them.
extension ClauseChecks {
  /// 是否已阅读：否, 【审批意见】驳回, | 与账号关系 | 同事 |, 例外：第三条: a label and its value in a line or a part of one.
  var fieldAgainst: Int? {
    let s = text.scalars
    var from = 0
    while from < s.count {
      let to = s[from...].firstIndex { Self.fieldEnds.contains($0) } ?? s.count
      if let field = field(from..<to), isAgainst(field),
        let index = own.first(where: {
          script.clauses[$0].range.upperBound > from && script.clauses[$0].range.lowerBound < to
        })
      {
        return index
      }
      from = to + 1
    }
    return nil
  }

  /// The label, a colon, the value. Blanks part them behind Chinese characters alone, where they are gaps of the text.
  private func field(_ part: Range<Int>) -> [UInt32]? {
    let s = text.scalars
    func isMark(_ at: Int) -> Bool {
      if s[at] == Self.blank || text.gaps[at] { return Scalars.isHan(s[at - 1]) }
      return Self.fieldMarks.contains(s[at]) || s[at] == Self.dash && s[at - 1] == Self.blank
    }
    guard let from = part.first(where: { Scalars.isHan(s[$0]) || Scalars.isLetter(s[$0]) }),
      let end = part.dropFirst(from + 1 - part.lowerBound).first(where: isMark),
      end - from <= (Scalars.isHan(s[from]) ? Self.longestLabel : Self.longestLatinLabel)
    else { return nil }
    let label = s[from..<end].reversed().drop { $0 == Self.blank }.reversed()
    let value = s[end..<part.upperBound].drop { Self.fieldMarks.contains($0) || $0 == Self.blank || $0 == Self.dash }
    return value.isEmpty ? nil : label + [Self.fieldColon] + value.prefix(Self.longestValue)
  }
  private static let blank: UInt32 = 0x20, dash: UInt32 = 0x2D
  private static let longestLatinLabel = 32

  private func isAgainst(_ field: [UInt32]) -> Bool {
    let hold = page.vocabulary.hold
    if hold.begins(field[...], .field) != nil { return true }
    guard let length = hold.begins(field[...], .openField), field[length] == Self.fieldColon else { return false }
    let value = field[(length + 1)...].filter { Scalars.isHan($0) || Scalars.isWord($0) }
    return !value.isEmpty && !Self.nothing.contains(Array(value))
  }

  private static let fieldEnds = ScalarSet("\n;,。()!?")
  private static let fieldMarks = ScalarSet(":】]|\t")
  private static let fieldColon: UInt32 = 0x3A
  private static let longestLabel = 10
  private static let longestValue = 20
  private static let nothing = Set(
    ["无", "没有", "无例外", "暂无", "none", "no", "na", "不适用", "无异议", "没有异议", "无条件"].map(Scalars.of))
}
