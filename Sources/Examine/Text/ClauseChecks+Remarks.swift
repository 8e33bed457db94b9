import ClosureModel

/// What the applicant remarks about the statement itself or about the paper that he read: it must be understood.
extension ClauseChecks {
  private var remarks: RemarkWords { page.vocabulary.remarks }

  /// 这句话的效力跟退款单绑在一起, 不太确定看的是不是全的, 同意这一层我还没有表态.
  /// - Parameters:
  ///   - first: the first clause that reads or agrees.
  ///   - last: the last.
  func remark(_ core: Places, _ first: Int, _ last: Int) -> Problem? {
    for index in own where !core.contains(index) {
      let isOpen = isVoid(index) && (index > first || !isOvertaken(index, first, last))
      if isOpen || index > first && isDoubt(index) || index > last && isRemark(index, last) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    return nil
  }

  /// 这是测试工单, 顶上那句是自动填充的, I have mixed up the names.
  private func isVoid(_ index: Int) -> Bool { RemarkWords.holds(text.scalars[script.clauses[index].range], remarks.void) }

  /// 上一张是测试工单。现声明：…: told of before, and the statement is made now.
  private func isOvertaken(_ index: Int, _ first: Int, _ last: Int) -> Bool {
    isPast(index) || isRenewed(index, first, last)
  }

  /// 我看的是别人截图的那份，不太确定是不是全的: the applicant does not know what he read.
  private func isDoubt(_ index: Int) -> Bool {
    let s = text.scalars
    let clause = s[script.clauses[index].range]
    let isGuess = RemarkWords.holds(clause, remarks.guess) && RemarkWords.holds(clause, remarks.copy)
    guard isGuess || RemarkWords.holds(clause, remarks.doubt) else { return false }
    let sentence = sentenceRange(index)
    return (isGuess || RemarkWords.holds(s[sentence], remarks.copy)) && !RemarkWords.holds(s[sentence], remarks.matter)
  }

  /// A clause that speaks of the statement, of reading or of agreeing, and is not understood.
  private func isRemark(_ index: Int, _ last: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.unknown > Self.mostUnknownInRemark else { return false }
    let isNear = clause.sentence - script.clauses[last].sentence <= 1
    let isOfAct =
      clause.classes.meets(ClassSet(.agree, .objection, .notice, .short)) || isNear && clause.has(.read)
    guard isOfAct || RemarkWords.holds(text.scalars[clause.range], remarks.statement) else { return false }
    return !RemarkWords.holds(text.scalars[sentenceRange(index)], remarks.matter)
  }
  private static let mostUnknownInRemark = 2

  /// The scalars of a clause's sentence.
  private func sentenceRange(_ index: Int) -> Range<Int> {
    let clauses = script.clauses
    var (low, high) = (index, index)
    while low > 0, index - low < Self.farthest, clauses[low - 1].sentence == clauses[index].sentence { low -= 1 }
    while high + 1 < clauses.count, high - index < Self.farthest,
      clauses[high + 1].sentence == clauses[index].sentence
    {
      high += 1
    }
    return clauses[low].range.lowerBound..<clauses[high].range.upperBound
  }
}
