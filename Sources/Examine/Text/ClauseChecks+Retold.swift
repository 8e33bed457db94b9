import ClosureModel

/// What the applicant tells behind the statement about the paper, his reading or his words. Such a clause is either plain
/// (以上内容属实) or for a person: 我读的那份抬头是…, 第二项写快了, 后面几页没翻.
extension ClauseChecks {
  /// - Parameters:
  ///   - index: a clause behind the statement.
  ///   - hits: what the stems of `remarks.txt` found in the text.
  func isRetold(_ index: Int, _ hits: RemarkWords.Hits) -> Bool {
    let clause = script.clauses[index]
    if clause.end == .question || clause.has(.question) { return isWhoRead(index) }
    if isPlain(clause) || clause.has(.withdrawn) || isAffirming(clause) { return false }
    let isMatter = hits.has([.matter, .talk], in: clause.range)
    let reads = clause.classes.meets(ClassSet(.read, .unread)) || clause.has(.know) && !isMatter
    if reads, namesPaperOrPart(clause) { return true }
    // 我看的那份是《服务协议》, 抬头为《京东云账号注销协议》, an agreement of another name.
    // 第2点里的须知，就是四月寄来的《代金券使用规则》
    if namesOtherPaper(clause), clause.unknown > 0 || reads {
      let before = script.clauses[index - 1]
      return !isMatter || before.sentence == clause.sentence && before.classes.meets(ClassSet(.notice, .short, .bare))
    }
    // 份嘢我冇掂过, 后面几页还没翻
    if clause.classes.meets(ClassSet(.negation, .none)) || text.scalars[clause.range].contains(Self.notYet),
      clause.classes.meets(ClassSet(.notice, .short, .bare)) && !isEnglishBare(clause) || isOfPages(clause),
      !isMatter || isOfPages(clause), clause.unknown > 0
    {
      return true
    }
    return clause.unknown > 0 && hits.has(.statement, in: clause.range) && !isMatter
  }

  /// 我这个“同意”说的是号可以销: a word of the statement, spoken of behind it.
  func mentionsWord(behind last: Int) -> Int? {
    script.clauses.indices.dropFirst(last + 2).first { index in
      guard script.clauses[index].tokens.count == 1 else { return false }
      let words = script.words(script.clauses[index])
      return script.clauses[index].speaker == .applicant && !script.clauses[index].isBracketed
        && words.allSatisfy {
          $0.isQuoted && ($0.kind == .agree || $0.kind == .read) && $0.range.count <= Self.longestWord
        }
    }
  }
  private static let longestWord = 4

  /// 同意｜同意（删除账户一事）: what stands in brackets says what is agreed to.
  func namesOtherObject(_ agree: Int) -> Int? {
    let next = agree + 1
    guard next < script.clauses.count, script.clauses[next].isBracketed, !script.clauses[agree].isBracketed,
      script.clauses[next].line == script.clauses[agree].line, script.clauses[next].has(.close),
      !script.clauses[agree].classes.meets(ClassSet(.notice, .short, .bare, .part)),
      !script.clauses[next].classes.meets(ClassSet(.notice, .short, .bare, .part, .identifier, .read))
    else { return nil }
    return next
  }

  /// 隐私政策太长我只扫了一眼, 代金券使用规则我没看
  func isUnreadOtherPaper(_ clause: Clause) -> Bool {
    isOfOtherPaper(clause)
      && (clause.classes.meets(ClassSet(.negation, .none, .unread)) || Self.barely.isIn(text.scalars[clause.range]))
      && !Self.mine.isIn(text.scalars[clause.range])
  }
  private static let barely = WordSet(["只扫", "只看", "只翻", "没看", "没读", "没细看", "没翻"])
  private static let mine = WordSet(["我看的", "我读的", "看的是", "读的是"])

  /// 本声明长期有效, 以上声明系本人真实意思
  private func isAffirming(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range]
    // 有效期三天, 到月底前有效: for a time only.
    return Self.affirming.isIn(s) && !s.contains { Self.lapsing.contains($0) }
      && !clause.classes.meets(ClassSet(.negation, .none, .condition, .untrue, .question, .hedge, .but, .future))
  }
  private static let lapsing = ScalarSet("期到前止内天日月")
  private static let affirming = WordSet(["真实", "属实", "有效", "自愿", "无误", "长期"])

  /// Nothing but words of a statement or of the ticket, understood to the last.
  private func isPlain(_ clause: Clause) -> Bool {
    clause.unknown == 0 && clause.classes.without(Self.plain).isEmpty
  }
  private static var plain: ClassSet {
    ClassSet(
      .read, .know, .agree, .notice, .short, .bare, .part, .own, .filler, .manner, .and, .yes, .avow, .lead, .per,
      .close, .request, .polite, .topic, .identifier, .service, .ticked, .reason, .resources, .balance, .waive, .now,
      .near, .document, .inquiry
    )
  }

  /// Who read it: 我们的 vendor, 阅读人：…: asked and answered behind the statement.
  private func isWhoRead(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    return clause.end == .colon && clause.has(.read) && !clause.has(.agree)
  }

  private func namesPaperOrPart(_ clause: Clause) -> Bool {
    clause.classes.meets(ClassSet(.notice, .short, .ambiguous, .document)) || isOfPages(clause)
      || clause.classes.meets(ClassSet(.bare, .part)) && !isEnglishBare(clause) && !clause.has(.topic)
  }

  /// A name that may be another paper's; the consent letter that companies hand in is none of those.
  private func namesOtherPaper(_ clause: Clause) -> Bool {
    clause.classes.meets(ClassSet(.ambiguous, .document))
      && script.words(clause).contains { word in
        word.kind == .ambiguous
          || word.kind == .document && !Scalars.contains(text.scalars[word.range], Self.consentLetter)
      }
  }
  /// 对《服务协议》第八条我有意见: of another paper, and of no other.
  func isOfOtherPaper(_ clause: Clause) -> Bool {
    !clause.classes.meets(ClassSet(.notice, .short, .bare, .ambiguous, .close)) && namesOtherPaper(clause)
  }
  private static let consentLetter = Scalars.of("同意书")

  /// it, that: points to anything.
  private func isEnglishBare(_ clause: Clause) -> Bool {
    script.words(clause).allSatisfy { word in
      word.kind != .bare || Scalars.isLetter(text.scalars[word.range.lowerBound])
    } && !clause.classes.meets(ClassSet(.notice, .short, .part, .ambiguous, .document))
  }

  /// 后面几页, 那一段, 第三章
  private func isOfPages(_ clause: Clause) -> Bool { Self.pages.isIn(text.scalars[clause.range]) }
  private static let pages = WordSet([
    "几页", "那页", "这页", "一页", "两页", "前页", "后页", "那段", "这段", "一段", "几段", "那条", "这条", "几条", "前半", "后半", "下半", "上半", "全文",
    "原文",
    "标题", "抬头", "封面", "目录", "那份", "这份",
  ])
  private static let notYet: UInt32 = 0x6CA1  // 没
}
