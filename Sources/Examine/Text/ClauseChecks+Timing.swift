/// Everyday words that hold the closing up: 办之前跟我说一声, 下周三以后处理, 别在月底前关.
extension ClauseChecks {
  private var hold: Stems<HoldSection> { page.vocabulary.hold }

  func isHeldUp(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end != .question, !clause.classes.meets(ClassSet(.question, .read, .agree)) else { return false }
    let s = text.scalars[clause.range]
    // 之前 is a word of what has been as well.
    return asksBefore(s) || !clause.has(.elsewhere) && isHeldUp(s, index)
  }

  private func isHeldUp(_ s: ArraySlice<UInt32>, _ index: Int) -> Bool {
    isTimed(s) || isPreferred(s) || forbids(s) || isAppointed(index) || isTimedInEnglish(s)
  }

  /// Please close it on 31 December: a day behind what is asked for, and no time by which it shall be done.
  private func isTimedInEnglish(_ s: ArraySlice<UInt32>) -> Bool {
    // closed is no close: I closed everything, so please close the account on 31 December.
    let verb = s.indices.first { at in
      guard isWordStart(at, s), let length = hold.begins(s[at...], .english) else { return false }
      return at + length == s.endIndex || !Scalars.isLetter(s[at + length])
    }
    guard let verb else { return false }
    let rest = text.scalars[verb..<min(text.scalars.count, s.endIndex + Self.longestDate)]
    return rest.indices.contains { at in
      guard isWordStart(at, rest), let word = hold.begins(rest[at...], .day), at + word < rest.endIndex,
        rest[at + word] == 0x20
      else { return false }
      return WrittenDate.begins(rest[(at + word + 1)...])
    }
  }
  private func isWordStart(_ at: Int, _ s: ArraySlice<UInt32>) -> Bool {
    Scalars.isLetter(s[at]) && (at == s.startIndex || !Scalars.isWord(s[at - 1]))
  }

  /// 期望注销时间：国庆假期之后: a field that asks when, with anything but at once in it.
  private func isAppointed(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard index > 0, script.clauses[index - 1].line == clause.line,
      clause.isLabelled || script.clauses[index - 1].isBracketed || script.clauses[index - 1].end == .gap
        || isCellBefore(index)
    else { return false }
    let label = text.scalars[script.clauses[index - 1].range]
    return hold.isIn(label, .act) && hold.isIn(label, .moment)
      && !hold.isIn(text.scalars[clause.range], .atOnce)
      && !clause.classes.without(ClassSet(.filler, .no, .none)).isEmpty
  }

  /// 期望注销日期 | 下月: the cell before it in a table's row.
  private func isCellBefore(_ index: Int) -> Bool {
    let end = script.clauses[index - 1].range.upperBound
    return end < text.scalars.count && text.scalars[end] == Self.bar
  }
  /// 销之前打个电话: something is to be told before it is done.
  private func asksBefore(_ s: ArraySlice<UInt32>) -> Bool {
    guard let at = s.lastIndex(of: Self.before), !isOver(s[at...]) else {
      return false
    }
    var head = s[..<at]
    if let last = head.last, Self.ofBefore.contains(last) { head = head.dropLast() }
    guard hold.ends(head, .act) != nil, !hold.isIn(s[at...], .needless) else { return false }
    return hold.isIn(s[at...], .telling)
  }

  /// 10号之后操作, 下周三处理: a time that is to come right before what is to be done.
  private func isTimed(_ s: ArraySlice<UInt32>) -> Bool {
    // 号销了 is done, unless it is asked for: 下月5号给我销了.
    let isAsked = hold.isIn(s, .asked)
    guard !isOver(s), s.last != Self.ended || isAsked else { return false }
    for at in s.indices {
      guard let verb = hold.begins(s[at...], .act), hold.begins(s[at...], .noClose) == nil else { continue }
      let rest = s[(at + verb)...]
      // 处理时间定在月底, 销请安排在三天后
      let place = rest.indices.prefix(Self.reach).first { hold.begins(s[$0...], .set) != nil }
      if let place, !hold.isIn(s[place...], .atOnce) { return true }
      let isDone = rest.prefix(2).contains { Self.notDone.contains($0) } && !(isAsked && rest.first == Self.ended)
      guard !isDone, !hold.isIn(rest.prefix(6), .other) else {
        continue
      }
      var head = s[..<at]
      if isSequence(head, rest) { return true }
      while let small = hold.ends(head, .small) ?? (head.last == 0x20 ? 1 : nil) { head = head.dropLast(small) }
      if isLater(head) { return true }
      // The marks of a date may part clauses: 12/31 注销.
      if WrittenDate.ends(text.scalars[max(0, head.endIndex - Self.longestDate)..<head.endIndex]) { return true }
    }
    return false
  }

  /// 下周三, 合同到期后, 考试完
  private func isLater(_ head: ArraySlice<UInt32>) -> Bool {
    let isAfter = hold.ends(head, .later) != nil || head.last == Self.after && head.count > 1
    return isAfter && !isTheirs(head) || endsInEvent(head)
  }

  /// 时间上三天后比较好: when it had better be done.
  private func isPreferred(_ s: ArraySlice<UInt32>) -> Bool {
    guard let better = hold.ends(s, .better), hold.isIn(s, .moment) || hold.isIn(s, .act), !hold.isIn(s, .telling)
    else { return false }
    return isLater(s.dropLast(better))
  }

  /// 最后注销, 你们核实后注销: it says after what, and nothing is waited for but their own work. 我确认后注销 waits.
  private func isTheirs(_ head: ArraySlice<UInt32>) -> Bool {
    if hold.ends(head, .noLater) != nil { return true }
    guard let length = hold.ends(head, .yours), !head.contains(Self.me) else { return false }
    var before = head.dropLast(length)
    while let small = hold.ends(before, .yoursBy) ?? hold.ends(before, .small) ?? (before.last == 0x20 ? 1 : nil) {
      before = before.dropLast(small)
    }
    return before.isEmpty
  }

  /// 考试完注销, 搬完家销户: something is to end first.
  private func endsInEvent(_ head: ArraySlice<UInt32>) -> Bool {
    guard !head.contains(where: { Self.isOverWith.contains($0) }) else { return false }
    return head.indices.suffix(Self.longestEnd).contains { at in
      hold.begins(head[at...], .done).map { head.endIndex - at - $0 <= Self.longestObject } ?? false
    }
  }
  private static let isOverWith = ScalarSet("已了都均全看读阅")
  private static let longestEnd = 5, longestObject = 3

  /// 发票寄到再办, 过完年才弄: something else comes first; 请再处理一下 asks once more.
  private func isSequence(_ head: ArraySlice<UInt32>, _ rest: ArraySlice<UInt32>) -> Bool {
    guard let last = head.last, Self.sequence.contains(last), let before = head.dropLast().last else { return false }
    return Scalars.isHan(before) && !Self.onceMore.contains(before)
      && !(rest.first.map { Self.repeating.contains($0) } ?? false)
  }
  private static let sequence = ScalarSet("再才")
  private static let onceMore = ScalarSet("不请烦否能会一别想要需刚方有将可以也都还又下")
  private static let repeating = ScalarSet("一次遍个下")

  /// 别在月底前关, 请勿删除: not to be done; 别打电话推销 and 别关工单 are about something else.
  private func forbids(_ s: ArraySlice<UInt32>) -> Bool {
    for at in s.indices {
      guard let word = hold.begins(s[at...], .ban) else { continue }
      let reach = s[(at + word)...].prefix(Self.reach)
      for place in reach.indices {
        guard let verb = hold.begins(s[place...], .close) else { continue }
        let isWhole = place > s.startIndex && !Self.beforeSelling.contains(s[place - 1])
        let rest = s[(place + verb)...].prefix(4)
        if isWhole, hold.begins(s[place...], .noClose) == nil, !hold.isIn(rest, .ticket) { return true }
      }
    }
    return false
  }

  /// 处理过, 已办理; 不过 is a but, and 过完年 is still to come.
  private func isOver(_ s: ArraySlice<UInt32>) -> Bool {
    s.indices.contains { at in
      guard Self.over.contains(s[at]) else { return false }
      let isBut = s[at] == Self.past && at > s.startIndex && s[at - 1] == Self.no
      let next = at + (at + 1 < s.endIndex && s[at + 1] == Self.ended ? 2 : 1)
      let isPassing =
        s[at] == Self.past && next < s.endIndex && (Self.passing.contains(s[next]) || Scalars.isDigit(s[next]))
      return !isBut && !isPassing
    }
  }
  /// 过完年, 过两天, 过阵子, 过了15号
  private static let passing = ScalarSet("完年两几阵段节会些")
  private static let past: UInt32 = 0x8FC7, no: UInt32 = 0x4E0D  // 过, 不
  private static let before: UInt32 = 0x524D, after: UInt32 = 0x540E  // 前, 后
  private static let ended: UInt32 = 0x4E86, me: UInt32 = 0x6211  // 了, 我
  private static let ofBefore = ScalarSet("之以")
  private static let over = ScalarSet("过已曾")
  private static let notDone = ScalarSet("不过了的")
  private static let reach = 8
  private static let longestDate = 28
  private static let beforeSelling = ScalarSet("推营促直经报分展热供无相有开机公海")
}
