import ClosureModel

/// What a ticket's state says: done, open, or words of which only a person can tell.
struct StatusRule: Sendable {
  enum State: Sendable, Hashable { case open, closed, unclear }

  private let closed: Set<String>
  private let knownOpen: Set<String>
  private let recent = RecentAnswers<String, State>()

  init(_ policy: Policy) {
    closed = Set(policy.closedStatuses.map(Fold.simple))
    knownOpen = Set(policy.openStatuses.map(Fold.simple))
  }

  /// - Parameter status: folded, as `FoldedFields.status`.
  func state(_ status: String) -> State { recent.answer(status, of: status) { read(status) } }

  private func read(_ status: String) -> State {
    // Nearly every ticket of an export is in one of a few states.
    if knownOpen.contains(status) { return .open }
    if closed.contains(status) { return .closed }
    if MissingValue.stands(in: status) { return .open }
    let pieces = Self.pieces(status)
    guard let head = pieces.first else { return .open }
    let kinds = pieces.map(kind)
    // 已关闭（超时）: the note says how. 已关闭（待确认）: it takes the word back.
    if closed.contains(head), !kinds.contains(.open) { return .closed }
    guard kinds.contains(where: { $0 == .closed || $0 == .closing }) else { return .open }
    return .unclear
  }

  /// What one piece of a state is.
  private enum Kind { case closed, closing, open, plain }

  private func kind(_ piece: String) -> Kind {
    if closed.contains(piece) { return .closed }
    if knownOpen.contains(piece) || Self.stillOpen.contains(piece) { return .open }
    var rest = piece
    for word in Self.harmless where rest.contains(word) { rest = rest.replacing(word, with: " ") }
    guard Self.closing.contains(where: rest.contains) else {
      return (Self.opening + Self.again).contains(where: piece.hasPrefix) ? .open : .plain
    }
    // 待归档 waits for nothing that the customer asked for.
    if Self.afterwards.contains(where: piece.contains) { return .closing }
    // 待关闭, 未完成: what comes behind them is yet to come. 未回复自动关闭, 待客户回复超时关闭: only what stands directly behind.
    for before in Self.opening + Self.negations where rest.hasPrefix(before) {
      let behind = rest.dropFirst(before.count)
      if Self.closing.contains(where: behind.hasPrefix) { return .open }
    }
    return .closing
  }

  /// `已关闭(超时)`, `closed-duplicate` and `处理中/已关闭` in pieces.
  private static func pieces(_ status: String) -> [String] {
    status.split { separators.contains($0) }.map(String.init)
  }
  private static let separators = Set("()（）[]【】{}<>《》-–—―_/|\\:：,，;；→»›·.。、~")

  private static let stillOpen: Set<String> = [
    "reopened", "reopen", "open", "unresolved", "unsolved", "incomplete", "解决中", "处理中",
  ]
  /// What comes behind them is yet to come.
  private static let opening = [
    "待", "等待", "等候", "准备", "pending", "awaiting", "await", "waitingfor", "waiting", "tobe", "readyto",
  ]
  /// Back in work, unless something ends behind them.
  private static let again = ["重新", "再次打开", "reopen"]
  private static let negations = ["未", "尚未", "还未", "没有", "没", "un", "notyet", "not"]
  private static let afterwards = ["归档", "评价", "回访", "archiv"]
  /// Words in which such a stem says something else.
  private static let harmless = ["相关", "关联", "关注", "有关", "无关", "结果", "结算", "结合", "完善", "完整"]
  /// Stems of words for an end.
  private static let closing = [
    "关", "结", "完", "撤", "取消", "作废", "废", "合并", "删", "归档", "驳回", "拒", "终止", "中止", "停止", "失效", "无效", "解决", "重复", "办毕",
    "放弃", "无需处理", "不予", "不再处理", "不处理", "不通过", "已处理", "已办理", "已注销", "已退回", "已打回", "忽略", "评价", "回访", "clos",
    "resolv", "solv", "done", "complet", "cancel", "withdr", "merg", "duplicat", "delet", "archiv", "reject", "declin",
    "invalid", "void", "abandon", "finish", "terminat", "revok", "discard", "wontfix", "won'tfix", "spam", "expired",
    "fixed", "ignored",
  ]
}
