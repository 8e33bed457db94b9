import ClosureModel

/// What stands around a statement and takes it back, limits it or puts it into doubt.
extension ClauseChecks {
  private enum Reach { case sentence, near, text }
  /// Words that speak about a statement from outside its clause.
  private static let spoilers: [(WordClass, FindingCode, isDenial: Bool, Reach)] = [
    (.insincere, .consentInsincere, false, .text), (.limit, .consentDelayed, false, .text),
    (.withdrawn, .consentWithdrawn, true, .text), (.unread, .consentNegated, true, .text),
    (.untrue, .consentUnclear, false, .text),
    (.duress, .consentUnclear, false, .text), (.deemed, .consentUnclear, false, .text),
    (.keep, .consentWithdrawn, false, .text), (.pause, .consentDelayed, false, .text),
    (.before, .consentDelayed, false, .text),
    (.template, .consentQuoted, true, .near), (.blank, .consentUnclear, false, .near),
    (.says, .consentThirdParty, true, .near), (.behalf, .consentThirdParty, false, .text),
    (.instruct, .consentQuoted, true, .sentence), (.hedge, .consentUnclear, false, .sentence),
  ]
  /// What was said before 现在, 更正 and the like is overtaken by the statement.
  static var overtaken: ClassSet { ClassSet(.withdrawn, .unread, .untrue) }
  static var leading: ClassSet { ClassSet(.says, .instruct, .template, .agent, .third, .elsewhere, .ambiguous, .blank) }
  /// Things that may be void, lost or taken back without touching the statement.
  static var things: ClassSet { ClassSet(.topic, .balance, .resources) }
  /// What tells of others, of forms, of mishaps, of an order of things: weighed beside the rest of the remark. What refuses,
  /// waits, takes back or stands for another is not.
  private static var told: ClassSet { ClassSet(.says, .template, .untrue, .insincere, .blank, .limit, .before) }
  /// A clause that speaks of the ticket's own matters.
  static var anchors: ClassSet {
    ClassSet(
      .topic, .close, .service, .request, .polite, .identifier, .balance, .resources, .waive, .notice, .short, .lead)
  }

  /// - Parameters:
  ///   - core: the clauses that read and agree.
  ///   - span: from the first to the last of them; nil where there is no whole statement.
  func spoiler(core: Places, span: ClosedRange<Int>?) -> Problem? {
    guard let first = core.first, let last = core.last else { return nil }
    let sentences = Places(core.map { script.clauses[$0].sentence })
    let near = neighbours(first, last)
    func isIn(_ reach: Reach, _ index: Int) -> Bool {
      switch reach {
      case .text: true
      case .sentence: sentences.contains(script.clauses[index].sentence)
      case .near: sentences.contains(script.clauses[index].sentence) || near.contains(script.clauses[index].sentence)
      }
    }
    let avowed = core.contains(where: isAvowed)
    let hits = span == nil ? RemarkWords.Hits() : page.vocabulary.remarks.hits(in: text.scalars)
    let scene = Scene(
      core: core, first: first, last: last, sentences: sentences, near: near, hits: hits, isAvowed: avowed,
      isOwn: core.contains { script.clauses[$0].classes.meets(ClassSet(.own, .now)) || isOwnLabel($0) })
    var worst: (rank: Int, problem: Problem)? = nil
    for index in own where !core.contains(index) && script.clauses[index].classes.meets(Self.spoiling) {
      for (rank, (kind, code, isDenial, reach)) in Self.spoilers.enumerated() {
        guard rank < worst?.rank ?? Int.max, script.clauses[index].has(kind),
          isIn(reach, index) || kind == .template && isOfAbove(index),
          !isHarmless(kind, index, scene),
          // 现在也看不懂: what holds now holds for the statement.
          !Self.told.has(kind) || script.clauses[index].has(.now) || !isCleared(index, beside: core)
        else { continue }
        worst = (rank, Problem(code: code, isDenial: isDenial, clause: index))
      }
    }
    if let worst { return worst.problem }
    // 须知那个页面一直提示“内容不存在”
    for index in script.clauses.indices.dropFirst()
    where script.clauses[index].has(.untrue) && !script.clauses[index].has(.agree) {
      let lead = script.clauses[index - 1]
      if lead.speaker == .applicant, script.words(script.clauses[index]).first?.isQuoted ?? false,
        lead.classes.meets(ClassSet(.notice, .short)) || lead.has(.place)
      {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    if !avowed, let asked = askedWhatToWrite(before: first) {
      return Problem(code: .consentQuoted, isDenial: false, clause: asked)
    }
    if let label = sampleLabel(first, last) {
      return Problem(code: .consentQuoted, isDenial: false, clause: label)
    }
    if let doubt = note(first, last) ?? proxy ?? others ?? doubt(core, first) { return doubt }
    if let lead = leadsByGap(first) { return Problem(code: .consentUnclear, isDenial: false, clause: lead) }
    if span != nil, let found = remark(core, first, last, hits) ?? plan(core, first) { return found }
    for index in own where !core.contains(index) {
      let clause = script.clauses[index]
      let isSame = sentences.contains(clause.sentence)
      if clause.has(.condition),
        let problem = condition(index, isSame, near.contains(clause.sentence), isBehind: index > last)
      {
        return problem
      }
      // 系统问我是否同意，我的答复：…: asked before one's own words.
      if avowed, index < first { continue }
      if let problem = question(index, isSame, near.contains(clause.sentence)) { return problem }
    }
    guard span != nil else { return nil }
    if let blank = core.first(where: isDodged) ?? unfilled(last) {
      return Problem(code: .consentQuoted, isDenial: true, clause: blank)
    }
    if let waiting = core.first(where: { isUnapproved(behind: $0) }) {
      return Problem(code: .consentConditional, isDenial: false, clause: waiting)
    }
    if let field = fieldAgainst { return Problem(code: .consentUnclear, isDenial: false, clause: field) }
    if let quoted = quotedRefusal(last) {
      return Problem(code: .consentUnclear, isDenial: false, clause: quoted)
    }
    // (read and agreed …) on the chat last Friday: what stands around the brackets says where it was said.
    if core.allSatisfy({ script.clauses[$0].isBracketed }),
      let around = own.first(where: {
        !core.contains($0) && sentences.contains(script.clauses[$0].sentence) && script.clauses[$0].has(.elsewhere)
      })
    {
      return Problem(code: .consentUnclear, isDenial: false, clause: around)
    }
    for index in own where !core.contains(index) {
      let clause = script.clauses[index]
      if index > last && takesBackRefusal(index, first) { continue }
      // 操作前打我电话 is about calls, and holds the closing up all the same.
      if isOfReach(index), !isHeldUp(index) { continue }
      let isSame = sentences.contains(clause.sentence)
      if isSame, index < last, !avowed, clause.has(.third) || clause.has(.agent),
        clause.isBracketed && clause.has(.third) || !clause.classes.meets(ClassSet(.polite, .per)),
        !clause.has(.own) || clause.has(.third) && isOnlyPossessive(clause),
        !isApposition(index), !isOwnStaff(clause), !isHelping(index),
        let act = core.first(where: { $0 > index }), !script.clauses[act].has(.own)
      {
        return Problem(code: .consentThirdParty, isDenial: false, clause: index)
      }
      if index > last, isSame || near.contains(clause.sentence), isUnread(index, isSame),
        isSame || !isToldOfElse(index, hits)
      {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      // 对须知是否有异议：有
      if clause.end == .colon, clause.has(.objection), clause.has(.question) || clause.has(.yes),
        !clause.classes.meets(ClassSet(.none, .negation)), answer(index) == true
      {
        return Problem(code: .consentNegated, isDenial: false, clause: index)
      }
      if isUnrelated(clause, isTail: isSame && index > last) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if prohibitsClosing(clause), index > first || !isPast(index) {
        return Problem(code: .consentDelayed, isDenial: false, clause: index)
      }
      // 上周我说再考虑考虑，先别注销。现在想好了…: what was asked for then is over where 现在 or 以今天为准 says so.
      let isOver = index < first && !isSame && isPast(index) && isRenewed(index, first, last)
      if isSame || index > last || near.contains(clause.sentence), !isOver, isUnapproved(index) {
        return Problem(code: .consentConditional, isDenial: false, clause: index)
      }
      if isSame || index > last || near.contains(clause.sentence), !isOver, isHeldUp(index),
        !clause.has(.condition) || !isLoss(index)
      {
        return Problem(code: .consentDelayed, isDenial: false, clause: index)
      }
      if isSame || index > last || near.contains(clause.sentence) ? asksForElse(index) : isOnlyWish(index) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if isToLast(index) { return Problem(code: .consentDelayed, isDenial: false, clause: index) }
      if isOpenMatter(index) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if isSame || index > last, isLeftToOthers(index) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if index > last || !isReported(clause) && !clause.has(.reason), putsOff(clause) {
        return Problem(code: .consentDelayed, isDenial: false, clause: index)
      }
      // 拟于会后签署声明，表示已阅读并同意: the statement is still to be made.
      if isSame, index < first, clause.has(.future), clause.has(.lead), !scene.isOwn {
        return Problem(code: .consentFuture, isDenial: true, clause: index)
      }
      // 你免掉滞纳金，我同意: what the other side is to do stands between reading and agreeing.
      if isSame, first < index, index < last, clause.has(.you), clause.unknown > 2, !clause.has(.question) {
        return Problem(code: .consentConditional, isDenial: false, clause: index)
      }
      // 已阅读并[污渍]同意
      if isSame, clause.isBracketed, first < index, index < last, clause.unknown > 0, !isName(index), !avowed,
        script.words(script.clauses[index - 1]).last?.kind != .own
      {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
      if isSame || near.contains(clause.sentence), isStrange(index, isSame, isBehind: index > first),
        !isCleared(index, beside: core),
        isSame || !isOfElse(index, hits, [.matter, .talk, .life, .thing])
      {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    return nil
  }

  /// 儿媳妇把字调大了，我自己从头读到尾: somebody helps with the page, and the applicant reads it himself.
  private func isHelping(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.classes.without(ClassSet(.third, .unknown, .filler, .manner, .and, .notice, .short, .bare)).isEmpty,
      let next = following(index)
    else { return false }
    let reader = script.clauses[next]
    return reader.sentence == clause.sentence && reader.has(.own) && reader.has(.read)
      && !reader.classes.meets(ClassSet(.third, .negation, .none, .unread, .condition, .question, .says))
  }

  /// 以上为填写样本, the above is a specimen: said of all that stands before.
  func isOfAbove(_ index: Int) -> Bool {
    let words = text.scalars[script.clauses[index].range].drop { $0 == 0x20 }
    return Self.above.contains { words.starts(with: $0) }
  }
  private static let above = ["以上", "上面", "上述", "↑", "the above", "above is", "this is"].map(Scalars.of)

  /// 已阅读并同意：⏎申请人：⏎日期：, a form that nobody has filled in; 填写内容：无 behind the words that were to be copied.
  private func unfilled(_ index: Int) -> Int? {
    let clause = script.clauses[index]
    if let blank = unansweredField(index) ?? blankForm ?? emptyCell(index) ?? repeatedLabel(index) { return blank }
    if isEmptyLastCell(index) || isUndecidedBelow(index) { return index }
    guard clause.end == .colon, index + 1 < script.clauses.count else { return nil }
    let next = script.clauses[index + 1]
    guard next.line > clause.line, next.end == .colon else { return nil }
    let isOpen = index + 2 >= script.clauses.count || script.clauses[index + 2].line > next.line
    return isOpen ? index + 1 : nil
  }

  /// 已阅读并同意须知：/ and （同上）: the value beside the words answers nothing.
  private func isDodged(_ index: Int) -> Bool {
    let s = text.scalars
    let rest = s[script.clauses[index].range.upperBound...].prefix(Self.longestDodge).drop { Self.quoting.contains($0) }
    guard let mark = rest.first, Self.answering.contains(mark) else { return false }
    let value = rest.dropFirst().prefix { !Self.ending.contains($0) }.filter { $0 != 0x20 }
    // 已阅读并同意须知（必填）：是
    let isAnswered = mark == Self.bracket && rest.drop { $0 != Self.bracketEnd }.dropFirst().first == Self.colon
    return !isAnswered && Self.dodges.contains(value)
  }
  private static let bracket: UInt32 = 0x28, bracketEnd: UInt32 = 0x29, colon: UInt32 = 0x3A
  private static let dodges = Set(
    [
      "/", "//", "-", "--", "—", "——", "?", "??", "0", "n/a", "na", "见附件", "同上", "不适用", "略", "未填", "待填", "部分", "请勾选",
      "勾选", "请打勾", "请选择", "请填写", "选填", "必填", "必选", "可选",
    ].map(Scalars.of))
  private static let quoting = ScalarSet(" 》\"”')」")
  private static let answering = ScalarSet(":(|")
  private static let ending = ScalarSet("\n,。;)|!")
  private static let longestDodge = 16

  /// 注销须知·阅读 √⏎注销须知·同意: the row of a table has no mark, and the one of reading has.
  private func emptyCell(_ index: Int) -> Int? {
    func isRow(_ line: Int, _ act: WordClass) -> Bool {
      let clauses = script.lines[line]
      return (2...4).contains(clauses.count)
        && clauses.contains { script.clauses[$0].classes.meets(ClassSet(.notice, .short)) }
        && clauses.count(where: { script.clauses[$0].has(act) }) == 1
        && !clauses.contains { script.clauses[$0].has(.own) }
    }
    func isMarked(_ line: Int) -> Bool {
      script.lines[line].contains { script.clauses[$0].classes.meets(ClassSet(.ticked, .yes)) }
    }
    let line = script.clauses[index].line
    guard script.clauses[index].has(.agree), !script.clauses[index].has(.read), isRow(line, .agree), !isMarked(line),
      script.lines.indices.contains(where: { $0 != line && isRow($0, .read) && isMarked($0) })
    else { return nil }
    return index
  }

  /// 已阅读并同意… | |⏎: the cell beside the words, in which the answer stands in other rows, is empty.
  private func isEmptyLastCell(_ index: Int) -> Bool {
    let s = text.scalars
    let row = script.lines[script.clauses[index].line]
    guard let last = row.last, row.first == index, row.dropFirst().allSatisfy({ script.clauses[$0].isBracketed }) else {
      return false
    }
    let rest = s[script.clauses[last].range.upperBound...].drop { !Scalars.isHan($0) && $0 != Self.bar && $0 != 10 }
      .prefix { $0 == 0x20 || $0 == Self.bar }
    let isAtEnd = rest.endIndex == s.count || s[rest.endIndex] == 10
    return isAtEnd && rest.count { $0 == Self.bar } > 1
  }
  static let bar: UInt32 = 0x7C

  /// ☑ 是　☑ 否, □ 有　□ 没有: the boxes on the line below the words, with both ticked or none.
  private func isUndecidedBelow(_ index: Int) -> Bool {
    let line = script.clauses[index].line
    guard let below = script.lines.indices.first(where: { $0 > line && !script.lines[$0].isEmpty }) else {
      return false
    }
    let words = script.lines[below].flatMap { script.words(script.clauses[$0]) }
    let boxes = words.filter { $0.kind == .ticked || $0.kind == .unticked }
    guard boxes.count > 1, words.allSatisfy({ Self.ofBoxes.has($0.kind) }) else { return false }
    return boxes.count { $0.kind == .ticked } != 1
  }
  private static let ofBoxes = ClassSet(.ticked, .unticked, .yes, .no, .none, .filler, .negation, .agree, .read)

  /// 声明：（本人已阅读…）⏎…⏎声明：⏎: the field comes again, and nobody has filled it in.
  private func repeatedLabel(_ index: Int) -> Int? {
    guard script.clauses[index].isLabelled, index > 0 else { return nil }
    let label = text.scalars[script.clauses[index - 1].range]
    return script.clauses.indices.dropLast().first { at in
      at > index && script.clauses[at].end == .colon && script.clauses[at + 1].line > script.clauses[at].line
        && script.clauses[at].range.count == label.count
        && text.scalars[script.clauses[at].range].elementsEqual(label)
    }
  }

  /// 申请人：⏎账号：⏎本人已阅读…⏎日期：, fields without values, and no value anywhere.
  private var blankForm: Int? {
    var empty: [Int] = []
    for index in own {
      let clause = script.clauses[index]
      if clause.has(.identifier) { return nil }
      guard clause.end == .colon, clause.classes.meets(ClassSet(.topic, .own, .owner, .near)),
        !clause.classes.meets(ClassSet(.read, .agree, .polite))
      else { continue }
      // 签字：　　日期：: the next field is no value.
      if index + 1 < script.clauses.count, script.clauses[index + 1].line == clause.line,
        script.clauses[index + 1].end != .colon
      {
        return nil
      }
      empty.append(index)
    }
    return empty.count > 1 ? empty.last : nil
  }

  /// 声明：我已阅读并同意…⏎填写内容：无
  private func unansweredField(_ index: Int) -> Int? {
    guard let next = following(index), script.clauses[next].has(.filled), script.clauses[next].end == .colon,
      !script.clauses[next].has(.own), script.clauses[next].line - script.clauses[index].line <= Self.farthestField
    else { return nil }
    let value = next + 1
    guard value < script.clauses.count, script.clauses[value].line == script.clauses[next].line else { return next }
    let isEmpty = script.clauses[value].classes.without(ClassSet(.no, .none, .blank, .filler, .unticked)).isEmpty
    return isEmpty ? value : nil
  }
  private static let farthestField = 3

  /// A statement and its surroundings.
  struct Scene {
    let core: Places
    let first: Int
    let last: Int
    let sentences: Places
    /// The sentences right before and behind it.
    let near: Places
    let hits: RemarkWords.Hits
    let isAvowed: Bool
    /// It says 我, 本人 or 现在.
    let isOwn: Bool
  }
  private static let spoiling = ClassSet(rawValue: spoilers.reduce(0) { $0 | ClassSet($1.0).rawValue })
}
