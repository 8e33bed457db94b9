import ClosureModel

/// Short remarks right behind a statement: 凌晨关, 改成停用, 听人讲的. Where a word of handling, keeping, taking back or hearing
/// stands among words that are not known, nobody can tell what they do to the statement: a person decides.
extension ClauseChecks {
  /// - Parameters:
  ///   - index: a clause behind the statement.
  ///   - last: the statement's last clause.
  func isStray(_ index: Int, _ last: Int, _ hits: RemarkWords.Hits) -> Bool {
    let clause = script.clauses[index]
    guard clause.sentence - script.clauses[last].sentence <= 1, clause.range.count <= Self.longestStray,
      !clause.classes.meets(ClassSet(.polite, .identifier, .offer, .reason, .message, .owner)), !clause.isLabelled,
      // 如材料有缺漏，请告知: conditions and questions are judged as such.
      !clause.has(.question) || clause.has(.before), clause.end != .question, clause.end != .colon,
      !clause.has(.condition) || clause.end != .comma && !clause.has(.request)
    else { return false }
    if isOpen(clause) { return true }
    if hits.has([.matter, .talk, .life, .thing], in: clause.range) { return false }
    if isOfOrigin(clause) { return true }
    if clause.tokens.count > 1, isOfHandling(clause), !isReported(clause) { return true }
    if isReported(clause) || isAnnoyed(clause) || isName(index) || isSignature(index) { return false }
    if clause.classes.meets(Self.straying) {
      // 绝无反悔, 先行在工单中说明
      if clause.has(.none), clause.has(.withdrawn) { return false }
      // 投诉的事另说
      if clause.has(.topic), clause.classes.meets(Self.straying.without(ClassSet(.limit, .before))) == false {
        return false
      }
      return !clause.classes.meets(ClassSet(.request, .close, .lead, .avow))
    }
    return isOfHandling(clause)
  }
  private static let longestStray = 16
  private static let straying = ClassSet(.before, .template, .unread, .withdrawn, .untrue, .keep, .pause, .limit)

  /// 凌晨关, 改成停用: what is to be done, in a word that is not known, and nobody asks for it.
  private func isOfHandling(_ clause: Clause) -> Bool {
    guard !clause.classes.meets(ClassSet(.request, .negation)) else { return false }
    return script.words(clause).contains { word in
      word.kind == .unknown && text.scalars[word.range].contains { Self.ofHandling.contains($0) }
    }
  }
  private static let ofHandling = ScalarSet("关停冻锁销删撤抄")

  /// 改成个人版就行, 数据还没拷, 只退会员, 是国际站那份: words that leave something open or put something else in its place.
  private func isOpen(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range].drop { $0 == 0x20 }
    guard !clause.classes.meets(ClassSet(.request, .agree, .inquiry)) else { return false }
    let isOther = s.contains { Self.disposing.contains($0) }
    if isOther, Self.enough.isIn(s.suffix(Self.longestEnding)) { return true }
    if Self.onlyThis.begins(s), !clause.has(.close) { return true }
    if Self.undone.isIn(s) || Self.instead.isIn(s) { return true }
    if clause.has(.negation), Self.forbidding.isIn(s) { return true }
    return clause.unknown > 0 && Self.copies.isIn(s)
  }
  private static let longestEnding = 3
  private static let disposing = ScalarSet("改换解退转降升停冻锁移并拆清留")
  private static let enough = WordSet(["就行", "就好", "即可", "便可", "就可", "就成", "就得"])
  private static let onlyThis = WordSet(["只对", "只退", "只停", "只删", "只清", "只关", "仅对", "仅限", "只限", "只针对", "仅退", "仅停"])
  private static let undone = WordSet([
    "还没拷", "还没导", "还没备", "还没搬", "还没迁", "还没下", "还没看", "还没读", "还没定", "还没想", "还没商", "还没谈", "还没签", "还没批", "还没说好", "未完成",
    "没看完", "没读完", "没翻完", "还有人在", "还有流量", "还有客户", "还有用户", "还在访", "还在用", "还在登", "还在跑", "还要续", "还要用", "还得用", "还得登", "还要登",
  ])
  private static let instead = WordSet(["改成", "改为", "换成", "降成", "降为", "转成", "变成", "改到", "并到", "转到新"])
  private static let forbidding = WordSet(["别清", "别删", "别动", "别碰", "别停", "别关", "勿清", "勿删", "勿动", "不要清", "不要删", "不要动"])
  private static let copies = WordSet(["那版", "旧的", "旧版", "老版", "国际站", "版本", "商城那"])

  /// 表格自带的, 群里有人总结的: where something comes from.
  private func isOfOrigin(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range].filter { $0 != 0x20 }
    // 这次用电脑发的: of the statement that stands here.
    guard clause.unknown > 0, !clause.has(.now), s.count > 2, s[s.count - 1] == Self.possessive else { return false }
    return Self.deeds.contains(s[s.count - 2])
  }
  private static let possessive: UInt32 = 0x7684  // 的
  /// 听的, 抄的, 自带的
  private static let deeds = ScalarSet("听讲说结填抄拷点带翻念写贴粘发传成录编搬摘引猜")
}
