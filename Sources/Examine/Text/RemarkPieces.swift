/// What a remark is weighed by: the pieces of a clause, as arrays of scalars. Classes of words and ends of clauses have
/// scalars of their own.
struct RemarkPieces {
  private static let begin: UInt32 = 0x5E  // ^
  private static let end: UInt32 = 0x24  // $
  /// A name, number or address, whichever.
  private static let identifier: UInt32 = 0x40  // @
  private static let digits: UInt32 = 0x30  // 0
  private static let blank: UInt32 = 0x20
  /// Scalars of the private use area stand for classes and ends.
  private static let classes: UInt32 = 0xE000
  private static let ends: UInt32 = 0xE100
  private static let most = 3

  private var letters: [UInt32] = []
  private var kinds: [UInt32] = []
  /// Of the letters, where they are cut into words.
  private var words: [Range<Int>] = []

  /// Calls `body` with each piece of a clause.
  mutating func forEach(of clause: Clause, in page: Page, _ body: (ArraySlice<UInt32>) -> Void) {
    if gather(clause, page) {
      Self.forEach(of: letters, body)
    } else {
      forEachWord(body)
    }
    Self.forEach(of: kinds, body)
    body([Self.end(of: clause)])
  }

  /// What the pieces of a clause weigh together: those that `forEach` names, without an array for each.
  mutating func sum(of clause: Clause, in page: Page, _ weights: RemarkWeights) -> Int {
    let isChinese = gather(clause, page)
    if !isChinese { cutWords() }
    return weights.look { table in
      var sum = isChinese ? Self.sum(of: letters, table) : sumOfWords(table)
      sum += Self.sum(of: kinds, table)
      var last = RemarkWeights.Piece()
      last.add(Self.end(of: clause))
      return sum + table.weight(last)
    }
  }

  private static func end(of clause: Clause) -> UInt32 { ends + UInt32(clause.end.rawValue) }

  /// Lays down a clause's letters and classes.
  /// - Returns: whether it holds Chinese characters: its letters are cut anywhere then, and where words end otherwise.
  private mutating func gather(_ clause: Clause, _ page: Page) -> Bool {
    letters.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    letters.append(Self.begin)
    kinds.append(Self.begin)
    var hasHan = false
    for word in page.script.words(clause) {
      if word.kind != .filler { kinds.append(Self.classes + UInt32(word.kind.rawValue)) }
      if word.kind == .identifier {
        letters.append(Self.identifier)
        letters.append(Self.blank)
        continue
      }
      for scalar in page.text.scalars[word.range] {
        if Scalars.isDigit(scalar) {
          if letters.last != Self.digits { letters.append(Self.digits) }
        } else if Scalars.isHan(scalar) {
          hasHan = true
          letters.append(scalar)
        } else if scalar == Self.blank || Scalars.isLetter(scalar) || scalar == Self.apostrophe {
          letters.append(scalar)
        }
      }
      letters.append(Self.blank)
    }
    kinds.append(Self.end)
    if hasHan {
      letters.removeAll { $0 == Self.blank }
      letters.append(Self.end)
    }
    return hasHan
  }
  private static let apostrophe: UInt32 = 0x27

  /// One to three that stand together.
  private static func forEach(of scalars: [UInt32], _ body: (ArraySlice<UInt32>) -> Void) {
    for from in scalars.indices {
      for to in from..<min(scalars.count, from + most) { body(scalars[from...to]) }
    }
  }

  private static func sum(of scalars: [UInt32], _ table: RemarkWeights.Table) -> Int {
    scalars.withUnsafeBufferPointer { scalars in
      var sum = 0
      for from in scalars.indices {
        var piece = RemarkWeights.Piece()
        for to in from..<min(scalars.count, from &+ most) {
          piece.add(scalars[to])
          sum &+= table.weight(piece)
        }
      }
      return sum
    }
  }

  /// Finds the words of a clause without Chinese, its beginning as the first of them.
  private mutating func cutWords() {
    words.removeAll(keepingCapacity: true)
    words.append(0..<1)
    var at = 1
    while at < letters.count {
      let to = letters[at...].firstIndex(of: Self.blank) ?? letters.count
      if to > at { words.append(at..<to) }
      at = to + 1
    }
  }

  private func sumOfWords(_ table: RemarkWeights.Table) -> Int {
    var sum = 0
    for from in 0...words.count {
      var piece = RemarkWeights.Piece()
      for to in from...min(words.count, from + Self.most - 1) {
        if to < words.count {
          for at in words[to] { piece.add(letters[at]) }
        } else {
          piece.add(Self.end)
        }
        piece.add(Self.blank)
        sum += table.weight(piece)
      }
    }
    return sum
  }

  /// One to three words of a clause without Chinese, each with a blank behind it.
  private mutating func forEachWord(_ body: (ArraySlice<UInt32>) -> Void) {
    cutWords()
    let spelled = words.map { letters[$0] + [Self.blank] } + [[Self.end, Self.blank]]
    for from in spelled.indices {
      var piece: ArraySlice<UInt32> = []
      for to in from..<min(spelled.count, from + Self.most) {
        piece += spelled[to]
        body(piece)
      }
    }
  }

  /// A piece as the file of weights has it: `#third negation`, `.stop`, `老板还`.
  static func spelled(_ piece: ArraySlice<UInt32>) -> String {
    if let first = piece.first, let end = UInt8(exactly: Int64(first) - Int64(ends)).flatMap(Clause.End.init) {
      return ".\(end)"
    }
    let kinds = piece.map { UInt8(exactly: Int64($0) - Int64(classes)).flatMap(WordClass.init) }
    guard kinds.contains(where: { $0 != nil }) else { return Scalars.string(piece) }
    return "#" + zip(piece, kinds).map { $1.map { "\($0)" } ?? Scalars.string([$0]) }.joined(separator: " ")
  }

  /// - Returns: nil where it names what there is not.
  static func coded(_ line: ArraySlice<UInt32>) -> [UInt32]? {
    guard let first = line.first else { return nil }
    if first == 0x2E {
      return named[Scalars.string(line.dropFirst())].map { [$0] }
    }
    guard first == 0x23 else { return Array(line) }
    var piece: [UInt32] = []
    var from = line.startIndex + 1
    while from < line.endIndex {
      let to = line[from...].firstIndex(of: blank) ?? line.endIndex
      guard let kind = kinds[line[from..<to]] else { return nil }
      piece.append(kind)
      from = to + 1
    }
    return piece
  }
  /// What stands in a piece of classes, as the file spells it.
  private static let kinds: [ArraySlice<UInt32>: UInt32] = {
    var kinds = Dictionary(
      uniqueKeysWithValues: WordClass.named.map { (Scalars.of($0.key)[...], classes + UInt32($0.value.rawValue)) })
    for mark in [begin, end] { kinds[[mark]] = mark }
    return kinds
  }()
  private static let named: [String: UInt32] = Dictionary(
    uniqueKeysWithValues: Clause.End.allCases.map { ("\($0)", ends + UInt32($0.rawValue)) })
}

extension Script {
  /// A remark: up to three clauses of the applicant in one sentence, none of which states anything of the notice or is plain.
  typealias Remark = ClosedRange<Int>

  /// The remarks of a text, in order.
  /// - Parameters:
  ///   - own: the clauses that are the applicant's words, in order.
  ///   - text: the text that was read.
  func remarks(_ own: some Sequence<Int>, in text: NormalText) -> [Remark] {
    var found: [Remark] = []
    var open: Remark? = nil
    for index in own {
      let clause = clauses[index]
      if let last = open, last.upperBound + 1 < index {
        found.append(last)
        open = nil
      }
      guard !clause.tokens.isEmpty, !clause.isOfStatement, !isFormal(clause, in: text), !isEnclosed(index, in: text)
      else {
        if let last = open { found.append(last) }
        open = nil
        continue
      }
      let remark = (open?.lowerBound ?? index)...index
      open = remark
      let ends = clause.end == .stop || clause.end == .line || clause.end == .question
      if ends || remark.count == Self.longestRemark {
        found.append(remark)
        open = nil
      }
    }
    if let last = open { found.append(last) }
    return found
  }
  private static let longestRemark = 3

  private static let notInquired = ClassSet(
    .read, .know, .agree, .near, .objection, .notice, .short, .ambiguous, .bare, .lead, .avow, .close, .negation,
    .condition, .keep, .pause, .withdrawn, .third, .says)

  /// 请注销账号 oak, 电话 138…, 谢谢, 自愿放弃余额: asks for the closing, names something, is polite or waives, and every word
  /// is known but the account's name.
  private func isFormal(_ clause: Clause, in text: NormalText) -> Bool {
    // 身份证号 3101**********0048: masked, and no blank to be filled.
    var extra = clause.has(.identifier) ? ClassSet(.blank) : ClassSet()
    let isNamed = hasAccountName(clause, in: text)
    if isNamed { extra = extra.union(ClassSet(.unknown)) }
    // Please close it immediately.
    if clause.has(.close), clause.has(.request) { extra = extra.union(ClassSet(.bare)) }
    // 账单里有一笔 3 元的消费是怎么回事？
    if clause.end == .question, clause.notes.meets(ClassSet(.inquiry)),
      !clause.classes.meets(Self.notInquired)
    {
      return true
    }
    // 大概 982 GB: a word before a number, which stands apart.
    if clause.classes.without(ClassSet(.hedge, .filler, .manner)).isEmpty,
      text.scalars[clause.range.upperBound...].first(where: { $0 != 0x20 }).map(Scalars.isDigit) ?? false
    {
      return true
    }
    // Could you please close my account?
    let isAskedFor =
      clause.classes.meets(ClassSet(.request)) && clause.has(.close)
      && Scalars.isLetter(text.scalars[clause.range.upperBound - 1])
    return (clause.end != .question || isAskedFor)
      && (isNamed || clause.classes.meets(ClassSet(.request, .close, .identifier, .polite, .waive)))
      && clause.classes.without(extra).without(clause.has(.waive) ? ClassSet(.waive, .balance, .resources) : ClassSet())
        .without(ClassSet(.request, .close, .topic, .identifier, .polite, .filler, .own, .you, .avow)).isEmpty
      && clause.notes.without(ClassSet(.offer, .message, .place, .mine)).isEmpty
  }

  private static let ofNames = ScalarSet("-_.")

  /// 附件：1. 营业执照复印件；2.《注销京东云账号同意书》（盖章）: a line of what is enclosed, of which nothing is wanting.
  private func isEnclosed(_ index: Int, in text: NormalText) -> Bool {
    let clause = clauses[index]
    guard let first = lines[clause.line].first, !clause.classes.meets(Self.notEnclosed) else { return false }
    let head = text.scalars[clauses[first].range].drop { $0 == 0x20 }
    guard clauses[first].end == .colon, head.count <= Self.longestEnclosing, Self.enclosing.begins(head) else {
      return false
    }
    return !text.scalars[clause.range].contains { Self.wanting.contains($0) }
  }
  private static let enclosing = WordSet([
    "附件", "附：", "随附", "随函附", "附上", "附送", "所附", "attachment", "enclosed", "enclosure", "attached",
  ])
  private static let longestEnclosing = 12
  private static let notEnclosed = ClassSet(
    .read, .know, .agree, .near, .objection, .negation, .none, .condition, .future, .question, .request, .keep,
    .pause, .before, .limit, .withdrawn, .says, .hedge, .untrue, .third, .behalf)
  private static let wanting = ScalarSet("未没缺待补后再等欠旧错另暂误假试草稿撤")

  /// All that is not known in a Chinese clause is a Latin word right behind 账号, 账户: a name by its digit or mark, or where
  /// the closing is asked for.
  private func hasAccountName(_ clause: Clause, in text: NormalText) -> Bool {
    let all = words(clause)
    guard clause.unknown == 1, let name = all.firstIndex(where: { $0.kind == .unknown }), name > all.startIndex,
      all[name - 1].kind == .topic
    else { return false }
    let letters = text.scalars[all[name].range]
    return letters.first.map(Scalars.isLetter) ?? false
      && (clause.has(.request) && clause.has(.close)
        || letters.contains { Scalars.isDigit($0) || Self.ofNames.contains($0) })
      && all.allSatisfy { $0.kind == .unknown || Scalars.isHan(text.scalars[$0.range.lowerBound]) }
  }
}

extension Clause {
  /// Names the notice, reads and agrees at once, or reads or agrees and says nothing else.
  fileprivate var isOfStatement: Bool {
    classes.meets(ClassSet(.notice, .short)) || has(.read) && has(.agree)
      || classes.meets(ClassSet(.read, .agree, .know))
        && classes.without(ClassSet(.read, .agree, .know, .own, .filler, .manner, .and, .bare)).isEmpty
  }
}
