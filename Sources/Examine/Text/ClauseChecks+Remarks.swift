import ClosureModel

/// What the applicant remarks about the statement itself or about the paper that he read: it must be understood.
extension ClauseChecks {
  /// 这句话的效力跟退款单绑在一起, 不太确定看的是不是全的, 同意这一层我还没有表态.
  /// - Parameters:
  ///   - first: the first clause that reads or agrees.
  ///   - last: the last.
  func remark(_ core: Places, _ first: Int, _ last: Int, _ hits: RemarkWords.Hits) -> Problem? {
    if let taken = strangersWord(last, hits) ?? noted(hits) {
      return Problem(code: .consentUnclear, isDenial: false, clause: taken)
    }
    if let other = namesOtherObject(last) ?? mentionsWord(behind: last) ?? mark(behind: last, hits) ?? guessedName(core)
      ?? othersRefusal(core)
    {
      return Problem(code: .consentUnclear, isDenial: false, clause: other)
    }
    if let correction = own.first(where: { $0 > last && isCorrection($0) }) {
      return Problem(code: .consentUnclear, isDenial: false, clause: correction)
    }
    for index in own where !core.contains(index) && !(index > last && takesBackRefusal(index, first)) {
      // 隐私政策太长我只扫了一眼, 代金券规则我没看: another paper was not read.
      if isUnreadOtherPaper(script.clauses[index]) { continue }
      // 这是测试工单, 顶上那句是自动填充的, I have mixed up the names.
      let isVoid =
        hits.has(index > last ? [.void, .turn] : .void, in: script.clauses[index].range)
        && (index > first || !isOvertaken(index, first, last))
        || isAlone(index, hits) && !isContinued(index, core)
          && (index > first || !isPast(index) && !isRenewed(index + 1, first, last))
      let isUnexplained =
        index > last && (isRemark(index, last, hits) || isRetold(index, hits) || isStray(index, last, hits))
        && (hits.has(.statement, in: script.clauses[index].range) || isRefusing(index, hits)
          || !isCleared(index, beside: core))
      if isVoid || index > first && isDoubt(index, hits) || isUnexplained {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    return nil
  }

  /// 在用。下半年吧。备注：找错人了: no more words than these, and not said of a number or an address (绑定手机：在用).
  private func isAlone(_ index: Int, _ hits: RemarkWords.Hits) -> Bool {
    let s = text.scalars
    if index > 0, script.clauses[index - 1].end == .colon, Self.reached.isIn(s[script.clauses[index - 1].range]) {
      return false
    }
    // 模板：…: a label is nothing by itself.
    guard script.clauses[index].end != .colon else { return false }
    var range = script.clauses[index].range
    func isWord(_ scalar: UInt32) -> Bool { Scalars.isHan(scalar) || Scalars.isWord(scalar) }
    // P.S. 测试
    range = range.drop { s[$0] == 0x20 }
    if s[range].starts(with: Self.postscript) { range.removeFirst(Self.postscript.count) }
    while let first = range.first, !isWord(s[first]) { range.removeFirst() }
    while let last = range.last, !isWord(s[last]) || Self.particles.contains(s[last]) { range.removeLast() }
    return hits.fills(.alone, range)
  }
  private static let particles = ScalarSet("了的呢吧啊呀哦噢喔哈嘛啦咯喽哟")
  private static let postscript = Scalars.of("p.s.")
  private static let reached = WordSet(["手机", "电话", "邮箱", "邮件", "号码", "联系", "微信", "phone", "mail", "到期", "时间", "日期"])

  /// 商城那边的账号我还要用，不要动: what it is said of stands before it.
  private func isContinued(_ index: Int, _ core: Places) -> Bool {
    guard index > 0, !core.contains(index - 1) else { return false }
    let before = script.clauses[index - 1]
    // Hi, on hold: a word in English that greets says nothing of it.
    let isOpening =
      before.has(.polite) || before.classes.without(ClassSet(.but, .filler)).isEmpty
      || before.range.count <= Self.longestEnglishOpening
        && text.scalars[before.range].allSatisfy { Scalars.isLetter($0) || $0 == 0x20 }
    // 发票在哪下载？找不到。
    let isBeside = before.sentence == script.clauses[index].sentence || before.end == .question
    return isBeside && before.end != .colon && !isOpening
  }
  private static let longestEnglishOpening = 10

  /// 更正：第 2 行应为“尚未阅读”: what it corrects is for a person to find out, unless it gives a number or an address.
  private func isCorrection(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end == .colon, clause.range.count <= Self.longestLabel,
      Self.correcting.isIn(text.scalars[clause.range])
    else { return false }
    let value = script.lines[clause.line].filter { $0 > index }
    return value.contains { script.clauses[$0].classes.meets(Self.contrary) }
      || !value.contains { script.clauses[$0].classes.meets(ClassSet(.identifier, .topic)) }
  }
  private static let longestLabel = 8
  private static let correcting = WordSet(["更正", "勘误", "订正", "纠正", "修正", "改正"])
  private static var contrary: ClassSet { ClassSet(.unread, .negation, .none, .agree, .read, .objection, .untrue) }

  /// [补记] 我反悔了: nobody knows whose words take back what stands before them.
  private func strangersWord(_ last: Int, _ hits: RemarkWords.Hits) -> Int? {
    ((last + 1)..<max(last + 1, script.clauses.count)).first { index in
      let clause = script.clauses[index]
      return clause.speaker == .stranger
        && (clause.classes.meets(Self.takingBack) || hits.has(.void, in: clause.range))
    }
  }
  /// 处理意见：暂不处理: a field that somebody else has filled in, with no more than such words.
  private func noted(_ hits: RemarkWords.Hits) -> Int? {
    script.clauses.indices.first { index in
      let clause = script.clauses[index]
      guard clause.speaker == .agent || clause.speaker == .stranger, isAlone(index, hits) else { return false }
      let line = text.scalars[..<clause.range.lowerBound].suffix(Self.longestField).reversed().prefix {
        $0 != Self.lineEnd
      }
      return line.first { $0 != 0x20 } == Self.colon && Self.noteFields.isIn(ArraySlice(line.reversed()))
    }
  }
  private static let lineEnd: UInt32 = 0x0A, colon: UInt32 = 0x3A
  private static let longestField = 12
  private static let noteFields = WordSet(["意见", "提示", "备注", "结论", "批注", "审批", "状态", "说明", "结果", "标记"])

  /// 封面上写着“征求意见稿”: what is printed on the paper that was read.
  private func mark(behind last: Int, _ hits: RemarkWords.Hits) -> Int? {
    script.clauses.indices.dropFirst(last + 1).first { index in
      script.clauses[index].speaker == .applicant && script.words(script.clauses[index]).first?.isQuoted ?? false
        && hits.has(.void, in: script.clauses[index].range)
        && Self.printed.isIn(text.scalars[script.clauses[index - 1].range])
    }
  }
  private static let printed = WordSet([
    "写着", "印着", "标着", "注着", "盖着", "印的", "标的", "写的", "注明", "抬头", "标题", "封面", "says", "marked",
  ])

  /// 应该是你们的注销须知吧。我都读了，都同意: the applicant guesses what the paper is.
  private func guessedName(_ core: Places) -> Int? {
    guard let first = core.first else { return nil }
    let sentence = script.clauses[first].sentence
    return own.first { index in
      let clause = script.clauses[index]
      return index < first && !core.contains(index) && clause.has(.hedge)
        && clause.classes.meets(ClassSet(.notice, .short))
        && sentence - clause.sentence <= 1 && !clause.classes.meets(ClassSet(.read, .agree, .question))
    }
  }
  /// 公司不同意, 单位还没同意: a body beside the applicant, with nothing that its refusal is about.
  private func othersRefusal(_ core: Places) -> Int? {
    own.first { index in
      let clause = script.clauses[index]
      guard !core.contains(index), clause.has(.agree), clause.has(.negation), clause.has(.topic),
        clause.classes.without(Self.ofRefusal).isEmpty
      else { return false }
      let words = script.words(clause)
      guard words.last(where: { $0.kind != .filler })?.kind == .agree,
        let body = words.first(where: { $0.kind == .topic })
      else { return false }
      return stray.begins(text.scalars[body.range], .body) == body.range.count
    }
  }
  private static let ofRefusal = ClassSet(.agree, .negation, .topic, .filler, .manner, .and, .but, .own, .place)
  private static var takingBack: ClassSet { ClassSet(.withdrawn, .unread, .untrue, .insincere, .keep, .pause) }

  /// 上一张是测试工单。现声明：…: told of before, and the statement is made now.
  private func isOvertaken(_ index: Int, _ first: Int, _ last: Int) -> Bool {
    isPast(index) || isRenewed(index, first, last)
  }

  /// 我看的是别人截图的那份，不太确定是不是全的: the applicant does not know what he read.
  private func isDoubt(_ index: Int, _ hits: RemarkWords.Hits) -> Bool {
    let clause = script.clauses[index].range
    let isGuess = hits.has(.guess, in: clause) && hits.has(.copy, in: clause)
    guard isGuess || hits.has(.doubt, in: clause) else { return false }
    let sentence = sentenceRange(index)
    return (isGuess || hits.has(.copy, in: sentence)) && !hits.has(.matter, in: sentence)
  }

  /// A clause behind the statement that speaks of it, or of nothing that is known, and is not understood.
  private func isRemark(_ index: Int, _ last: Int, _ hits: RemarkWords.Hits) -> Bool {
    let clause = script.clauses[index]
    let isNear = clause.sentence - script.clauses[last].sentence <= 1
    // 这段话是放在标题还是正文？
    if clause.end == .question || clause.has(.question) {
      return isNear && hits.has(.statement, in: clause.range)
    }
    guard clause.unknown > Self.mostUnknownInRemark else { return false }
    let isOfAct =
      clause.classes.meets(ClassSet(.agree, .objection, .notice, .short, .part)) || isNear && clause.has(.read)
    let isOfIt =
      isOfAct || hits.has(.statement, in: clause.range)
      || (isNear && hits.has(.deed, in: clause.range)
        || isUnplaced(index, isNear) && !isOfElse(index, hits, [.life, .thing])) && !scale.isLight(index)
    return isOfIt && !hits.has([.matter, .talk], in: sentenceRange(index))
  }
  private static let mostUnknownInRemark = 2

  // MARK: Of something else

  /// The sentence speaks of things or people, and neither of the statement, the paper, reading, agreeing nor the closing.
  func isOfElse(_ index: Int, _ hits: RemarkWords.Hits, _ kinds: RemarkWords.Kinds) -> Bool {
    guard !sentence(index).classes.meets(Self.stated) else { return false }
    let range = sentenceRange(index)
    if pointsBack(range) || pointsBack(script.clauses[index].range) { return false }
    return hits.has(kinds, in: range) && !hits.has([.statement, .void, .turn, .doubt, .deed], in: range)
  }
  /// 这是给学生的作文题, 抄自同事的工单: begins by pointing to what was written.
  private func pointsBack(_ range: Range<Int>) -> Bool {
    let s = text.scalars
    guard let from = range.first(where: { Scalars.isWord(s[$0]) || Scalars.isHan(s[$0]) }) else { return false }
    return Self.backwards.begins(s[from..<range.upperBound])
  }
  private static let backwards = WordSet([
    "这是", "这句", "这段", "这行", "这条", "这份", "这个", "这些", "这话", "这张", "这都", "这不", "这上", "这只", "这也", "这可", "这就", "这跟", "这和",
    "这一",
    "那是", "那句", "那段", "那行", "那条", "那份", "那个", "那些", "那话", "那张", "那都", "那不", "那上", "那只", "那也", "那可", "那就", "那跟", "那和",
    "那一", "此", "以上", "上面", "上述", "上文", "前面", "前述", "复制", "摘", "抄", "照抄", "转自", "转发", "转载", "引自", "引用", "来自", "出自",
    "源自", "取自", "粘", "是", "都是", "其实", "this", "that", "these", "those", "it", "above", "from", "copied", "taken",
    "borrowed",
  ])
  private static var stated: ClassSet {
    ClassSet(
      .lead, .avow, .bare, .agree, .near, .objection, .read, .notice, .short, .ambiguous, .close, .keep, .pause,
      .machine, .deemed, .insincere, .condition)
  }

  /// 我媳妇说今年不摆摊了, 刚才照片传错了: a word that would spoil the statement, in a sentence about something else.
  func isOfElse(_ kind: WordClass, _ index: Int, _ scene: Scene) -> Bool {
    let hits = scene.hits
    switch kind {
    // 短信内容如下⏎我已阅读…: before the statement such a word may lead to it.
    case .instruct, .template: return index > scene.last && isOfElse(index, hits, [.matter, .talk, .life, .thing])
    case .says: return isOfElse(index, hits, [.matter, .talk, .life, .thing])
    case .untrue, .withdrawn:
      // 授权书模糊，以此文字为准？
      return !sentence(index).classes.meets(ClassSet(.third, .says, .agent)) && !isGivenUp(index)
        && !namesPaper(script.clauses[index], kind)
        && script.clauses[index].end != .question
        && isOfElse(index, hits, .matter)
    default: return false
    }
  }

  /// 照片传不上去，算了: what is given up last may be all of it; 算了，照片传了 goes on.
  private func isGivenUp(_ index: Int) -> Bool {
    guard Scalars.contains(text.scalars[script.clauses[index].range], Self.givenUp) else { return false }
    guard let next = following(index), script.clauses[next].sentence == script.clauses[index].sentence else {
      return true
    }
    return !isReported(script.clauses[next])
  }
  private static let givenUp = Scalars.of("算了")

  /// 我就是心疼孩子那点学费: told of people and things, with no word of time, order or asking.
  func isToldOfElse(_ index: Int, _ hits: RemarkWords.Hits) -> Bool {
    let clause = script.clauses[index]
    guard !clause.has(.timing), !hasLimit(clause),
      !sentence(index).classes.meets(ClassSet(.request, .future, .limit, .before, .withdrawn, .unread, .untrue))
    else { return false }
    // 我还没跟老婆商量: what is not done with people is left open.
    let isDenied = clause.classes.meets(ClassSet(.negation, .none)) || text.scalars[clause.range].contains(Self.not)
    return isOfElse(index, hits, isDenied ? [.matter, .talk] : [.matter, .talk, .life, .thing])
  }
  private static let not: UInt32 = 0x6CA1  // 没

  /// 示例科技有限公司, 某某镇中心小学: an organisation's name, and no blank or specimen.
  func isNameOfSample(_ kind: WordClass, _ index: Int) -> Bool {
    guard kind == .template || kind == .blank else { return false }
    let clause = script.clauses[index]
    let words = script.words(clause)
    guard words.count(where: { $0.kind == kind }) == 1, let at = words.firstIndex(where: { $0.kind == kind }),
      Self.samples.contains(Array(text.scalars[words[at].range]))
    else { return false }
    // 某某镇中心小学信息课教师: the name may end within the clause.
    if names.isOrganisation(text.scalars[clause.range]) { return true }
    let from = words[at].range.upperBound
    let most = min(clause.range.upperBound, from + Self.longestName)
    return from + 2 < most && ((from + 3)...most).contains { names.isOrganisation(text.scalars[from..<$0]) }
  }
  private static let samples = Set(["示例", "样例", "example", "sample", "某某", "某"].map(Scalars.of))
  private static let longestName = 24

  /// Nothing in the sentence says what it is about; right behind the statement a clause that tells, denies or turns must
  /// say so itself.
  private func isUnplaced(_ index: Int, _ isNear: Bool) -> Bool {
    let clause = script.clauses[index]
    guard clause.unknown > Self.mostUnknownOfNothing, !clause.isLabelled, !clause.has(.prohibition), !isSignature(index)
    else { return false }
    // 账号是 2019 年买服务器送的: a number parts no clauses.
    let isTold = isNear && script.clauses[index - 1].end != .gap && clause.classes.meets(Self.telling)
    return !(isTold ? clause.classes : sentence(index).classes).meets(Self.placing)
  }
  private static let mostUnknownOfNothing = 3
  private static var telling: ClassSet {
    ClassSet(.own, .negation, .none, .but, .hedge, .third, .bare, .lead, .you, .yes)
  }
  private static var placing: ClassSet { anchors.union(ClassSet(.message, .reason, .document, .and)) }

  /// 样例五金加工厂, 店主老潘: a name at the end of the text, on a line of its own or behind 此致敬礼.
  func isSignature(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard index > 0, clause.range.count <= Self.longestSignature else { return false }
    let before = script.clauses[index - 1]
    let isLastLine = own.last.map { script.clauses[$0].line } == clause.line && before.line < clause.line
    let isAlone = index == own.last && clause.sentence != before.sentence || script.lines[clause.line].count == 1
    guard isAlone || isLastLine || before.has(.polite) else { return false }
    if names.isOrganisation(text.scalars[clause.range].drop { $0 == 0x20 }) { return true }
    return !clause.classes.meets(ClassSet(.negation, .none, .own, .hedge, .but, .yes))
      && !text.scalars[clause.range].contains { Self.verbal.contains($0) }
  }
  /// Characters of a sentence that no name has.
  private static let verbal = ScalarSet("的了是在被给把让叫我你他它不没未也都还就才又")
  private static let longestSignature = 14

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
