/// Everyday words that hold the closing up: 办之前跟我说一声, 下周三以后处理, 别在月底前关.
extension ClauseChecks {
  private var hold: Stems<HoldSection> { page.vocabulary.hold }

  func isHeldUp(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    if isToLast(index) || isWhenever(clause) { return true }
    guard clause.end != .question, !clause.classes.meets(ClassSet(.question, .read, .agree)) else { return false }
    let s = text.scalars[clause.range]
    // 之前 is a word of what has been as well.
    return asksBefore(s) || !clause.has(.elsewhere) && isHeldUp(s, index)
  }

  private func isHeldUp(_ s: ArraySlice<UInt32>, _ index: Int) -> Bool {
    isTimed(joined(index)) || isPreferred(s) || forbids(s) || isAppointed(index) || isTimedInEnglish(s)
      || isAwaited(s, index) || isAwaitedInEnglish(s, index) || isKept(s)
      || isLaterInEnglish(s, index) || isStayingInEnglish(s)
  }

  /// 网站得撑到那天, 服务要跑到六月, 要用到下个月: something has to last, wherever in the text it is said.
  func isToLast(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end != .question else { return false }
    let s = text.scalars[clause.range]
    guard let from = s.indices.first(where: { hold.begins(s[$0...], .must) != nil }),
      // 以前要用到年底; 那天 behind it is still to come.
      !script.words(clause).contains(where: { $0.kind == .elsewhere && $0.range.lowerBound < from })
    else { return false }
    return s[(from + 1)...].prefix(Self.mostBeforeVerb).indices.contains { at in
      guard let length = hold.begins(s[at...], .until) else { return false }
      // 不会用到月底, 要用到了, 要用到的照片
      let rest = s[(at + length)...].drop { $0 == 0x20 }
      return rest.first.map { !Self.particles.contains($0) } ?? false
        && !(from > s.startIndex && Self.denying.contains(s[from - 1]))
    }
  }
  private static let mostBeforeVerb = 5

  /// 域名保留, 不含子账号: something of the account is left out. 数据不保留 leaves nothing out, and 商城的号留着 is of
  /// another account.
  private func isKept(_ clause: ArraySlice<UInt32>) -> Bool {
    let s = clause.drop { $0 == 0x20 }
    if hold.isIn(s, .otherAccount) { return false }
    if hold.begins(s, .leavingOut) != nil { return true }
    if isStaying(s) { return true }
    guard let length = hold.ends(s, .kept) else { return false }
    let head = s.dropLast(length)
    return !head.isEmpty && !hold.isIn(head.suffix(4), .needless)
      && !head.suffix(3).contains { Self.denying.contains($0) }
  }
  private static let denying = ScalarSet("不没无未否")

  /// 域名继续用, 子账号不动: a thing of the account goes on as it is.
  private func isStaying(_ clause: ArraySlice<UInt32>) -> Bool {
    var s = clause
    while let last = s.last, Self.particles.contains(last) { s = s.dropLast() }
    // 保留域名
    if let length = hold.begins(s.drop { $0 == 0x20 }, .keeping), hold.isIn(s.dropFirst(length).prefix(6), .thing) {
      return !hold.isIn(s, .needless)
    }
    guard let length = hold.ends(s, .staying) else { return false }
    let head = s.dropLast(length)
    return hold.isIn(head, .thing) && !hold.isIn(head, .needless)
      && !head.suffix(3).contains { Self.denying.contains($0) }
  }
  private static let particles = ScalarSet("了的吧哦呢啊呀哈噢 ")

  /// Please close it next week; in two weeks, please close it; I would like it closed in January.
  private func isLaterInEnglish(_ s: ArraySlice<UInt32>, _ index: Int) -> Bool {
    guard hold.isIn(s, .englishTime),
      let at = s.indices.first(where: { isWordStart($0, s) && hold.begins(s[$0...], .englishTime) != nil })
    else { return false }
    let head = s[..<at]
    // Workspace shut down in June: told, by nobody who asks.
    let isWished = hold.isIn(head, .englishWish) || hold.begins(head.drop { $0 == 0x20 }, .english) != nil
    if isWished && asksInEnglish(head) || hold.isIn(head, .englishAsked) { return true }
    // The commas of a date part clauses.
    guard at == s.startIndex || head.allSatisfy({ $0 == 0x20 }), let next = following(index),
      script.clauses[next].sentence == script.clauses[index].sentence
    else { return false }
    return asksInEnglish(s[at...]) || asksInEnglish(text.scalars[script.clauses[next].range])
  }

  /// My domain should stay: a thing of the account goes on as it is.
  private func isStayingInEnglish(_ s: ArraySlice<UInt32>) -> Bool {
    hold.isIn(s, .englishStaying) && hold.isIn(s, .englishLeft) && !hold.isIn(s, .englishNone)
  }

  /// Close it once the refund is here; after my boss approves, please delete it: what it waits for, in English.
  private func isAwaitedInEnglish(_ s: ArraySlice<UInt32>, _ index: Int) -> Bool {
    guard s.contains(where: Scalars.isLetter) else { return false }
    // Then you may delete it: behind something that is to come first.
    let words = s.drop { $0 == 0x20 }
    if words.starts(with: Self.thenInEnglish), asksInEnglish(words), index > 0,
      script.clauses[index - 1].sentence == script.clauses[index].sentence,
      !script.clauses[index - 1].classes.meets(ClassSet(.read, .agree, .notice, .short))
    {
      return true
    }
    for at in s.indices where isWordStart(at, s) {
      // I am still waiting for the refund; not: for your answer.
      if let length = hold.begins(s[at...], .englishWaiting), isWordEnd(at + length, s) {
        let what = s[(at + length)...].drop { $0 == 0x20 }
        if what.first.map({ !Scalars.isDigit($0) }) ?? false, hold.begins(what, .englishNews) == nil { return true }
      }
      guard let length = hold.begins(s[at...], .englishAwait), isWordEnd(at + length, s) else { continue }
      let rest = s[(at + length)...]
      guard !hold.isIn(rest, .englishFine) else { continue }
      if [s[..<at], rest].contains(where: { asksInEnglish($0) || hold.isIn($0, .englishAsked) }) { return true }
      if at == s.startIndex || s[..<at].allSatisfy({ $0 == 0x20 }), let next = following(index),
        script.clauses[next].sentence == script.clauses[index].sentence,
        asksInEnglish(text.scalars[script.clauses[next].range])
      {
        return true
      }
    }
    return false
  }

  private static let thenInEnglish = Scalars.of("then ")

  /// Please close it; not: it was shut, we close.
  func asksInEnglish(_ s: ArraySlice<UInt32>) -> Bool {
    s.indices.contains { at in
      guard isWordStart(at, s), let length = hold.begins(s[at...], .english), isWordEnd(at + length, s) else {
        return false
      }
      let before = s[..<at].split(separator: 0x20).last ?? []
      return hold.begins(before, .englishTold) != before.count
    }
  }
  private func isWordEnd(_ at: Int, _ s: ArraySlice<UInt32>) -> Bool { at >= s.endIndex || !Scalars.isWord(s[at]) }

  /// 等合同到期，请注销; 老板签字之后，我已阅读并同意: what the next clause hangs on, in a clause of its own.
  private func isAwaited(_ clause: ArraySlice<UInt32>, _ index: Int) -> Bool {
    guard script.clauses[index].end == .comma, let next = following(index),
      script.clauses[next].sentence == script.clauses[index].sentence
    else { return false }
    let s = clause.drop { $0 == 0x20 }
    let (isLed, isAt) = (isLed(s), isAt(s))
    let isAfter = hold.ends(s, .awaited) != nil
    guard isLed || isAt || isAfter, !isTheirs(s), !hold.isIn(s, .fine), isLed || !hold.isIn(s, .pondered)
    else { return false }
    if asks(next) { return true }
    // 数据备份完了以后，我已阅读: told of what has been.
    return script.clauses[next].classes.meets(ClassSet(.read, .agree)) && (isLed || isAt || !isPastEvent(s))
  }

  /// 什么时候退款什么时候注销, and no question
  private func isWhenever(_ clause: Clause) -> Bool {
    let s = text.scalars[clause.range]
    guard clause.end != .question,
      let first = s.indices.first(where: { hold.begins(s[$0...], .whenever) != nil }),
      let second = s.indices.last(where: { hold.begins(s[$0...], .whenever) != nil }), second > first + 2,
      let length = hold.begins(s[second...], .whenever)
    else { return false }
    let rest = s[(second + length)...]
    return rest.indices.prefix(4).contains { hold.begins(s[$0...], .act) != nil }
  }

  /// 如果客服回电 of 如果客服回电请注销, 当数据迁走时 of 当数据迁走时请注销: what is asked for behind it hangs on it.
  private func isHanging(_ head: ArraySlice<UInt32>) -> Bool {
    head.count > 2 && (isLed(head) || isAt(head)) && !isTheirs(head) && !hold.isIn(head, .fine)
  }

  /// 退款到账时 of 退款到账时注销, 合同到期那天, 根据审计情况; not 当时, 及时.
  private func isAtEvent(_ head: ArraySlice<UInt32>) -> Bool {
    guard let length = hold.ends(head, .atEvent), hold.ends(head, .noLater) == nil, !isTheirs(head) else {
      return false
    }
    let event = head.dropLast(length)
    return event.count > 1 && !Self.steps.contains(Array(event)) && !hold.isIn(head, .fine)
  }
  /// 注销时, 自助注销的时候: told of how it went.
  private static let steps = Set(
    ["注销", "自助注销", "账号注销", "销户", "注册", "申请", "申请注销", "登录", "提交", "操作", "自助", "实名", "认证", "实名认证", "验证", "检测"].map(
      Scalars.of))
  private static let fewBehind = 6

  /// 等合同到期, 如果客服回电
  private func isLed(_ s: ArraySlice<UInt32>) -> Bool {
    hold.begins(s, .await) != nil && hold.begins(s, .noAwait) == nil
  }

  /// 当退款到账时, 视审计情况
  private func isAt(_ s: ArraySlice<UInt32>) -> Bool {
    hold.begins(s, .awaitAt) != nil && hold.begins(s, .noAwait) == nil && hold.ends(s, .awaitedAt) != nil
  }

  private func isPastEvent(_ s: ArraySlice<UInt32>) -> Bool {
    s.contains { $0 == Self.ended || Self.over.contains($0) || Self.complete.contains($0) }
  }

  /// Asks that it be closed: 请注销, 麻烦给我办理.
  private func asks(_ index: Int) -> Bool {
    let s = text.scalars[script.clauses[index].range]
    var rest = s.drop { $0 == 0x20 }
    while let small = hold.begins(rest, .small) { rest = rest.dropFirst(small) }
    guard let verb = hold.begins(rest, .act), hold.begins(rest, .noClose) == nil else { return false }
    let object = rest.dropFirst(verb).prefix(6)
    return !hold.isIn(object, .other) && !hold.isIn(object, .ticket)
      && !object.prefix(2).contains { Self.notDone.contains($0) }
  }

  /// Please close it on 31 December: a day behind what is asked for, and no time by which it shall be done.
  private func isTimedInEnglish(_ s: ArraySlice<UInt32>) -> Bool {
    // closed is no close: I closed everything, so please close the account on 31 December.
    let verb = s.indices.first { at in
      isWordStart(at, s) && (hold.begins(s[at...], .english).map { isWordEnd(at + $0, s) } ?? false)
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
  func isWordStart(_ at: Int, _ s: ArraySlice<UInt32>) -> Bool {
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
    // 注销前请开发票
    return hold.isIn(s[at...], .telling) || hold.begins(s[(at + 1)...].drop { $0 == 0x20 }, .first) != nil
  }

  /// The clause with those right before it that no mark parts from it: 数据下载后 of 数据下载后可注销.
  private func joined(_ index: Int) -> ArraySlice<UInt32> {
    let clauses = script.clauses
    var from = index
    while from > 0, index - from < Self.farthest, clauses[from - 1].end == .gap,
      clauses[from - 1].range.upperBound == clauses[from].range.lowerBound,
      text.scalars[clauses[from].range.lowerBound] != 0x20, !text.gaps[clauses[from].range.lowerBound],
      text.scalars[clauses[from].range.lowerBound - 1] != 0x20,
      !clauses[from - 1].classes.meets(ClassSet(.read, .agree, .notice, .short))
    {
      from -= 1
    }
    return text.scalars[clauses[from].range.lowerBound..<clauses[index].range.upperBound]
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
      // 客服回电是注销的前提
      if s.startIndex < at, hold.isIn(rest.prefix(Self.reach), .asTerm) { return true }
      let isDone = rest.prefix(2).contains { Self.notDone.contains($0) } && !(isAsked && rest.first == Self.ended)
      guard !isDone, !hold.isIn(rest.prefix(6), .other) else {
        continue
      }
      var head = s[..<at]
      // 试用1月13日到期自动关闭: it does so by itself, and nobody is asked to.
      if hold.ends(head, .byItself) != nil, !Self.cancelling.contains(s[at]), !hold.isIn(s, .wish) { continue }
      if isSequence(head, rest) { return true }
      var isThenDone = false
      while let small = hold.ends(head, .small) ?? (head.last == 0x20 ? 1 : nil) {
        if rest.count <= Self.fewBehind, isAtEvent(head) || isSequence(head, rest) { return true }
        isThenDone = isThenDone || hold.begins(head.suffix(small), .thenWords) == small
        head = head.dropLast(small)
      }
      // 钱退了就关, 退款即注销: what is done follows at once, and not before.
      if isThenDone, hold.isIn(head, .left), !head.contains(where: { Self.over.contains($0) }), !hold.isIn(head, .fine)
      {
        return true
      }
      if isLater(head) || isThen(head) || isHanging(head.drop { $0 == 0x20 }) { return true }
      if isAtEvent(head), rest.count <= Self.fewBehind { return true }
      // The marks of a date may part clauses: 12/31 注销.
      if WrittenDate.ends(text.scalars[max(0, head.endIndex - Self.longestDate)..<head.endIndex]) { return true }
    }
    return false
  }

  /// 发票开好则请注销, 合同到期方可办理; not 否则, 我方.
  private func isThen(_ head: ArraySlice<UInt32>) -> Bool {
    guard let last = head.last, let before = head.dropLast().last, Scalars.isHan(before) else { return false }
    return last == Self.then && !Self.noThen.contains(before) || last == Self.onlyThen && !Self.sides.contains(before)
  }
  private static let then: UInt32 = 0x5219, onlyThen: UInt32 = 0x65B9  // 则, 方
  private static let noThen = ScalarSet("否原规准细守法实然")
  private static let sides = ScalarSet("我对贵双甲乙你官地多各平警校院资一东西南北前后己他它她您供买卖厂商单")

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

  /// 最后注销, 你们核实后注销: it says after what, and nothing is waited for but their own work.
  private func isTheirs(_ head: ArraySlice<UInt32>) -> Bool {
    hold.ends(head, .noLater) != nil || isAfterTheirWork(head)
  }

  /// 核实后, 你们审核通过后; 我确认后 waits for the applicant.
  func isAfterTheirWork(_ head: ArraySlice<UInt32>) -> Bool {
    guard let length = hold.ends(head, .yours), !head.contains(Self.me) else { return false }
    var before = head.dropLast(length).drop { $0 == 0x20 }
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
        s[at] == Self.past && next < s.endIndex
        && (Self.passing.contains(s[next]) || Scalars.isDigit(s[next])
          || s[next] == Self.one && next + 1 < s.endIndex && Self.spells.contains(s[next + 1]))
      return !isBut && !isPassing
    }
  }
  /// 过完年, 过两天, 过阵子, 过了15号
  private static let passing = ScalarSet("完年两几阵段节会些")
  /// 过一阵, 过一个月; not 办过一次
  private static let one: UInt32 = 0x4E00
  private static let spells = ScalarSet("阵段会周月年个星礼")
  private static let past: UInt32 = 0x8FC7, no: UInt32 = 0x4E0D  // 过, 不
  private static let before: UInt32 = 0x524D, after: UInt32 = 0x540E  // 前, 后
  private static let ended: UInt32 = 0x4E86, me: UInt32 = 0x6211  // 了, 我
  private static let ofBefore = ScalarSet("之以")
  private static let over = ScalarSet("过已曾")
  private static let cancelling = ScalarSet("注销")
  private static let complete = ScalarSet("完妥毕")
  private static let notDone = ScalarSet("不过了的")
  private static let reach = 8
  private static let longestDate = 28
  private static let beforeSelling = ScalarSet("推营促直经报分展热供无相有开机公海")
}
