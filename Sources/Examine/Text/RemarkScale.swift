/// Weighs the remarks of a text, when it is first asked. One object, as the checks that hold it are handed on.
final class RemarkScale {
  private let page: Page
  private let weights: RemarkWeights
  private let own: [Int]
  private var pieces = RemarkPieces()
  private lazy var remarks = page.script.remarks(own, in: page.text)
  private lazy var sums = remarks.map { remark in remark.reduce(weights.bias) { $0 + weight(of: $1) } }
  /// Of clauses that were weighed already.
  private lazy var known = [Int?](repeating: nil, count: page.script.clauses.count)

  /// - Parameters:
  ///   - own: the clauses that are the applicant's words, in order.
  ///   - isOn: otherwise no remark is found.
  init(_ page: Page, own: [Int], isOn: Bool) {
    (self.page, self.own) = (page, isOn ? own : [])
    weights = page.vocabulary.weights
  }

  private static let longestNote = 7

  /// What speaks of the paper, of agreeing, of statements.
  private static let naming = ClassSet(
    .know, .agree, .objection, .bare, .part, .document, .ambiguous, .notice, .short, .lead)
  private static let notAllRead = ClassSet(.negation, .none, .third, .hedge, .but, .unread)
  private static let stating = naming.union(ClassSet(.read))

  /// What one clause adds, in hundredths.
  private func weight(of clause: Int) -> Int {
    if let known = known[clause] { return known }
    var sum = pieces.sum(of: page.script.clauses[clause], in: page, weights)
    // 分部的账号已经合并到总部账号: settled, whatever its words weigh elsewhere.
    if sum > 0, page.vocabulary.hold.isIn(page.text.scalars[page.script.clauses[clause].range], .settled) { sum = 0 }
    known[clause] = sum
    return sum
  }

  /// A clause of a remark that is understood, though its words are not known. What speaks of papers, reading and agreeing is
  /// for the words of the lexicons, and so is a label (不同意事项：), whose value says something by it.
  func isLight(_ clause: Int) -> Bool { sum(beside: clause, Self.stating).map { $0 < weights.light } ?? false }

  /// A clause that is light by itself, in a remark so light that a word of others, of forms or of mishaps in it is taken for
  /// one of other matters: 昨天网页打不开，今早好了. How the paper was read may be such a matter: 放大到三倍看完的.
  func isCleared(_ clause: Int) -> Bool {
    let classes = page.script.clauses[clause].classes
    // 谁也没有去看原文
    if classes.has(.read), classes.meets(Self.notAllRead) { return false }
    return sum(beside: clause, Self.naming).map {
      $0 < weights.plain && weight(of: clause) < min(0, weights.light - weights.bias)
    } ?? false
  }

  /// What the remark that holds a clause weighs; nil where the clause holds one of the classes, or is a label.
  private func sum(beside clause: Int, _ classes: ClassSet) -> Int? {
    guard !page.script.clauses[clause].classes.meets(classes), page.script.clauses[clause].end != .colon else {
      return nil
    }
    var (low, high) = (0, remarks.count)
    while low < high {
      let middle = (low + high) / 2
      if remarks[middle].upperBound < clause { low = middle + 1 } else { high = middle }
    }
    return low < remarks.count && remarks[low].contains(clause) ? sums[low] : nil
  }

  /// The clause that weighs most in the remark that weighs most, where it spoils a statement.
  /// - Parameter last: the statement's last clause.
  func heaviest(beside last: Int) -> Int? {
    let clauses = page.script.clauses
    let spoiling = sums.indices.filter {
      let first = remarks[$0].lowerBound
      // 须知（三个附件我看的是中间那个）已阅读: within the statement.
      let isWithin = clauses[first].isBracketed && clauses[first].sentence == clauses[last].sentence
      guard first > last || isWithin else {
        // 学生在用。本人已阅读并同意…: a few words tell no story of how the statement came about.
        let isField = clauses[first].end == .colon || first > 0 && clauses[first - 1].end == .colon
        let isShort = remarks[$0].count == 1 && clauses[first].range.count <= Self.longestNote && !isField
        return sums[$0] > (isShort ? weights.heavyClause : weights.heavyBefore)
      }
      // 天冷了，数据早拷好了，就是老板没点头: what stands beside it makes a clause no lighter.
      return sums[$0] > weights.heavy || remarks[$0].contains { weights.bias + weight(of: $0) > weights.heavyClause }
    }
    let worst = spoiling.max { sums[$0] < sums[$1] }
    return worst.flatMap { remarks[$0].max { weight(of: $0) < weight(of: $1) } }
  }
}
