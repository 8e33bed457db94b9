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

  /// The label, a colon, the value. Blanks between Chinese characters are gaps of the text.
  private func field(_ part: Range<Int>) -> [UInt32]? {
    let s = text.scalars
    guard let from = part.first(where: { Scalars.isHan(s[$0]) || Scalars.isLetter(s[$0]) }),
      let end = (from..<part.upperBound).first(where: { Self.fieldMarks.contains(s[$0]) || $0 > from && text.gaps[$0] }
      ),
      end - from <= Self.longestLabel
    else { return nil }
    let value = s[end..<part.upperBound].drop { Self.fieldMarks.contains($0) }.prefix(Self.longestValue)
    return value.isEmpty ? nil : Array(s[from..<end]) + [Self.fieldColon] + value
  }

  private func isAgainst(_ field: [UInt32]) -> Bool {
    let hold = page.vocabulary.hold
    if hold.begins(field[...], .field) != nil { return true }
    guard let length = hold.begins(field[...], .openField), field[length] == Self.fieldColon else { return false }
    let value = field[(length + 1)...].filter { Scalars.isHan($0) || Scalars.isWord($0) }
    return !value.isEmpty && !Self.nothing.contains(Array(value))
  }

  private static let fieldEnds = ScalarSet("\n;,。()!?")
  private static let fieldMarks = ScalarSet(":】]|\t 　")
  private static let fieldColon: UInt32 = 0x3A
  private static let longestLabel = 10
  private static let longestValue = 20
  private static let nothing = Set(
    ["无", "没有", "无例外", "暂无", "none", "no", "na", "不适用", "无异议", "没有异议", "无条件"].map(Scalars.of))
}
