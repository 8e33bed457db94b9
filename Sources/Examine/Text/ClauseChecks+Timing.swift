/// Everyday words that hold the closing up: 办之前跟我说一声, 下周三以后处理, 别在月底前关.
extension ClauseChecks {
  func isHeldUp(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.end != .question, !clause.classes.meets(ClassSet(.question, .read, .agree)) else { return false }
    let s = text.scalars[clause.range]
    // 之前 is a word of what has been as well.
    return asksBefore(s) || !clause.has(.elsewhere) && isHeldUp(s, index)
  }

  private func isHeldUp(_ s: ArraySlice<UInt32>, _ index: Int) -> Bool {
    isTimed(s) || forbids(s) || isAppointed(index)
  }

  /// 期望注销时间：国庆假期之后: a field that asks when, with anything but at once in it.
  private func isAppointed(_ index: Int) -> Bool {
    let clause = script.clauses[index]
    guard clause.isLabelled, index > 0, script.clauses[index - 1].line == clause.line else { return false }
    let label = text.scalars[script.clauses[index - 1].range]
    return Self.handling.contains { Scalars.contains(label, $0) } && Self.moments.isIn(label)
      && !Self.atOnce.isIn(text.scalars[clause.range]) && !clause.classes.without(ClassSet(.filler, .no, .none)).isEmpty
  }
  private static let moments = WordSet(["时间", "日期", "时点", "几时", "何时"])
  private static let atOnce = WordSet([
    "尽快", "立即", "立刻", "马上", "随时", "即刻", "今天", "今日", "现在", "越快", "asap", "尽早", "当天", "不限", "皆可", "都行", "都可", "均可", "没有",
    "不急", "无所谓", "看你们", "按你们", "看贵", "由贵",
  ])

  /// 销之前打个电话: something is to be told before it is done.
  private func asksBefore(_ s: ArraySlice<UInt32>) -> Bool {
    guard let at = s.lastIndex(of: Self.before), !s[at...].contains(where: { Self.over.contains($0) }) else {
      return false
    }
    var head = s[..<at]
    if let last = head.last, Self.ofBefore.contains(last) { head = head.dropLast() }
    guard Self.handling.contains(where: { head.hasSuffix($0) }), !Self.needless.isIn(s[at...]) else { return false }
    return Self.telling.isIn(s[at...])
  }

  /// 10号之后操作, 下周三处理: a time that is to come right before what is to be done.
  private func isTimed(_ s: ArraySlice<UInt32>) -> Bool {
    guard !s.contains(where: { Self.over.contains($0) }), s.last != Self.ended else { return false }
    for at in s.indices {
      guard let verb = Self.handling.first(where: { s[at...].starts(with: $0) }) else { continue }
      let rest = s[(at + verb.count)...]
      guard !rest.prefix(2).contains(where: { Self.notDone.contains($0) }), !Self.ofElse.isIn(rest.prefix(6)) else {
        continue
      }
      var head = s[..<at]
      while let small = Self.small.first(where: { head.hasSuffix($0) }) { head = head.dropLast(small.count) }
      if Self.laterTimes.contains(where: { head.hasSuffix($0) }), !Self.noTimes.contains(where: { head.hasSuffix($0) })
      {
        return true
      }
      // 15号处理, 3日再办
      if let unit = head.last, Self.dayUnits.contains(unit), let digit = head.dropLast().last, Scalars.isDigit(digit) {
        return true
      }
    }
    return false
  }

  /// 别在月底前关, 请勿删除: not to be done; 别打电话推销 and 别关工单 are about something else.
  private func forbids(_ s: ArraySlice<UInt32>) -> Bool {
    for at in s.indices {
      guard let word = Self.forbidding.first(where: { s[at...].starts(with: $0) }) else { continue }
      let reach = s[(at + word.count)...].prefix(Self.reach)
      for place in reach.indices {
        guard let verb = Self.closingVerbs.first(where: { s[place...].starts(with: $0) }) else { continue }
        let isWhole = place > s.startIndex && !Self.beforeSelling.contains(s[place - 1])
        let rest = s[(place + verb.count)...].prefix(4)
        if isWhole, !Self.notClosing.begins(s[place...]), !Self.tickets.isIn(rest) { return true }
      }
    }
    return false
  }

  private static let before: UInt32 = 0x524D  // 前
  private static let ended: UInt32 = 0x4E86  // 了
  private static let ofBefore = ScalarSet("之以")
  private static let over = ScalarSet("过已曾")
  private static let notDone = ScalarSet("不过了的")
  private static let dayUnits = ScalarSet("号日")
  private static let handling = [
    "注销", "销户", "销号", "销掉", "销", "关闭", "关停", "关掉", "关", "删除", "删掉", "删", "停用", "停掉", "停", "办理", "办", "处理", "操作", "执行",
    "受理", "动手", "弄",
  ].map(Scalars.of)
  private static let telling = WordSet([
    "说一声", "说声", "讲一声", "通知我", "通知一", "告诉我", "告知我", "联系我", "打个电话", "打电话", "给个电话", "来个电话", "电话确认", "电话联系", "跟我确认",
    "和我确认", "与我确认", "同我确认", "问我", "问一", "征求", "知会", "吱一声", "提醒我", "喊我", "先确认", "发个短信", "发短信",
  ])
  private static let needless = WordSet(["不用", "无需", "不必", "无须", "甭", "不要", "别", "毋需", "不需"])
  private static let small = [
    "再", "才", "请", "麻烦", "帮", "我", "给", "你们", "您", "就", "可以", "可", "能", "开始", "集中", "统一", "进行", "来", "把", "账号", "账户",
    "帮忙", " ",
    "替", "为我", "的时候", "安排",
  ].map(Scalars.of)
  private static let laterTimes = [
    "以后", "之后", "月底", "年底", "下周", "下月", "下个月", "下下周", "明年", "节后", "年后", "月初", "月中", "下周一", "下周二", "下周三", "下周四", "下周五",
    "下周六",
    "下周日", "周一后", "周末后", "开学后", "放假后", "月后", "天后", "周后", "号后", "日后", "点后",
  ].map(Scalars.of)
  private static let noTimes = ["注销之后", "注销以后", "最后", "然后", "随后", "销户之后", "销户以后", "收到以后", "收到之后", "看完之后", "看完以后"].map(
    Scalars.of)
  /// What is handled is something else.
  private static let ofElse = WordSet(["照片", "材料", "资料", "发票", "电话", "邮件", "投诉", "结果", "回复", "补"])
  private static let forbidding = ["别", "勿", "不要", "甭", "不得", "不准", "不许"].map(Scalars.of)
  private static let reach = 8
  private static let closingVerbs = ["销", "关", "删", "停用", "停掉", "封", "处理", "操作", "办理", "执行", "动手"].map(Scalars.of)
  private static let beforeSelling = ScalarSet("推营促直经报分展热供无相有开机公海")
  private static let notClosing = WordSet(["关注", "关心", "关系", "关于", "关怀", "关键", "销售", "销量", "封面"])
  private static let tickets = WordSet(["工单", "单子", "本单", "这单", "此单", "这张", "提醒", "通知", "会员", "商城"])
}

extension ArraySlice<UInt32> {
  /// Ends with these scalars.
  fileprivate func hasSuffix(_ other: [UInt32]) -> Bool { suffix(other.count).elementsEqual(other) }
}
