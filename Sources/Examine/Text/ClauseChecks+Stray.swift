import ClosureModel

/// Short remarks right behind a statement: 凌晨关, 改成停用, 听人讲的, 物业没批. Where a word of handling, keeping, taking back or
/// hearing stands among words that are not known, nobody can tell what they do to the statement: a person decides.
extension ClauseChecks {
  /// - Parameters:
  ///   - index: a clause behind the statement.
  ///   - last: the statement's last clause.
  func isStray(_ index: Int, _ last: Int, _ hits: RemarkWords.Hits) -> Bool {
    let clause = script.clauses[index]
    guard clause.sentence - script.clauses[last].sentence <= 1, clause.range.count <= Self.longestStray else {
      return false
    }
    if isRefused(clause, hits) { return true }
    guard !clause.classes.meets(ClassSet(.polite, .identifier, .offer, .reason, .message)), !clause.isLabelled,
      // 如材料有缺漏，请告知: conditions and questions are judged as such.
      !clause.has(.question) || clause.has(.before), clause.end != .question, clause.end != .colon,
      !clause.has(.condition) || clause.end != .comma && !clause.has(.request)
    else { return false }
    if !isOfAmount(index), isOpen(clause) { return true }
    if clause.has(.owner) || hits.has([.matter, .talk, .life, .thing], in: clause.range) { return false }
    if isOfOrigin(clause) { return true }
    if isReported(clause) { return false }
    let isOfHandling = isOfHandling(clause)
    // 关某某 is a name.
    if isOfHandling, clause.tokens.count > 1 { return true }
    if isAnnoyed(clause) || isName(index) || isSignature(index) { return false }
    if isOfHandling { return true }
    // 绝无反悔, 先行在工单中说明
    guard clause.classes.meets(Self.straying), !clause.has(.none) || !clause.has(.withdrawn) else { return false }
    // 投诉的事另说
    if clause.has(.topic), !clause.classes.meets(Self.straying.without(ClassSet(.limit, .before))) { return false }
    return !clause.classes.meets(ClassSet(.request, .close, .lead, .avow))
  }
  private static let longestStray = 16
  private static var straying: ClassSet {
    ClassSet(.before, .template, .unread, .withdrawn, .untrue, .keep, .pause, .limit)
  }

  /// 物业没批; 数据还没拷, 改成停用, 快照别删: a refusal, something undone, something else instead, however light it weighs.
  func isRefusing(_ index: Int, _ hits: RemarkWords.Hits) -> Bool {
    let clause = script.clauses[index]
    let s = text.scalars[clause.range]
    return isRefused(clause, hits) || stray.isIn(s, .undone) || stray.isIn(s, .instead)
      || clause.has(.negation) && stray.isIn(s, .ban)
  }

  /// 物业没批, 导师不放: somebody's refusal at the end, whatever he refuses.
  private func isRefused(_ clause: Clause, _ hits: RemarkWords.Hits) -> Bool {
    let s = text.scalars[clause.range]
    if stray.ends(s, .refused) != nil { return true }
    // 退款一直没批: told of another matter.
    return stray.ends(s, .unapproved) != nil && !hits.has([.matter, .talk], in: clause.range)
      && (!clause.has(.topic) || stray.isIn(s, .body))
  }
  var stray: Stems<StraySection> { page.vocabulary.stray }

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
    if s.contains(where: { Self.disposing.contains($0) }), stray.ends(s, .enough) != nil { return true }
    if stray.begins(s, .only) != nil, !clause.has(.close) { return true }
    // 押金退回来以后。: and then what?
    if clause.end != .comma, stray.ends(s, .dangling) != nil { return true }
    // 心里没底
    if clause.has(.hedge), clause.classes.without(ClassSet(.hedge, .filler, .manner)).isEmpty { return true }
    if stray.isIn(s, .undone) || stray.isIn(s, .instead) { return true }
    if clause.has(.negation), stray.isIn(s, .ban) { return true }
    return clause.unknown > 0 && stray.isIn(s, .copy)
  }
  private static let disposing = ScalarSet("改换解退转降升停冻锁移并拆清留")

  /// 表格自带的, 群里有人总结的: where something comes from.
  private func isOfOrigin(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range].filter { $0 != 0x20 }
    // 这次用电脑发的: of the statement that stands here.
    guard clause.unknown > 0, !clause.has(.now), s.count > 1, s[s.count - 1] == Self.possessive else { return false }
    return Self.deeds.contains(s[s.count - 2])
  }
  private static let possessive: UInt32 = 0x7684  // 的
  /// 听的, 抄的, 自带的
  private static let deeds = ScalarSet("听讲说结填抄拷点带翻念写贴粘发传成录编搬摘引猜")
}
