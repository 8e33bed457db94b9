import ClosureModel

/// The letter's own statement: does the company agree, without reservation, that this account is closed?
/// A letter's wording is its own, so whatever is not understood is not affirmed. The ticket reader, which knows how
/// refusals and conditions are dressed, is asked besides and has a veto.
struct LetterStatement {
  struct Found {
    let state: LetterReading.Statement.State
    let range: Range<Int>?
  }

  let reader: TicketExaminer
  /// The ticket's company, as the letter's words are folded: a name may hold any word (无锡…, …示例…), which states nothing.
  private let company: [Unicode.Scalar]

  init(reader: TicketExaminer, company: String) {
    self.reader = reader
    self.company = LetterText.fold(company)
  }

  /// Formulas that change nothing, cut out before reservations are looked for. `*`: up to twelve characters of the same
  /// sentence, without a reservation of their own.
  private static let formulas: [[[Unicode.Scalar]]] = """
    (以下简称*)
    (下称*)
    知悉账号一旦被注销将不可恢复
    账号一旦被注销*不可恢复
    账号一旦注销*恢复
    一旦*注销*不可恢复
    一旦*注销*无法恢复
    注销后*不可恢复
    注销后*无法恢复
    注销后*不能恢复
    注销后不再恢复
    账号内的数据*将被清除且不可恢复
    对此已充分知悉
    自行承担后果
    注销不可恢复
    不可逆
    因业务调整不再使用
    不再使用该账号
    不再使用
    本同意书自加盖公章之日起生效
    自加盖公章之日起生效
    自盖章之日起生效
    自签署之日起生效
    确认账号下已无余额、欠费及有效的云资源
    已无余额
    无余额
    已无欠费
    无欠费
    无未结清*费用
    无未完成*订单
    无任何*纠纷
    不存在任何*纠纷
    不存在未*
    不存在*纠纷
    账号注销后,账号内的代金券、资格、折扣等权益视为自愿放弃
    权益视为自愿放弃
    视为自愿放弃
    自愿放弃
    由此产生的一切后果由我单位自行承担
    一切后果由*承担
    一切责任由*承担
    责任由*承担
    与京东云无关
    与贵司无关
    与贵公司无关
    无任何异议
    不持异议
    无异议
    绝无异议
    不可撤销
    不可撤回
    且不可
    确认已自行备份账号内的数据
    数据*无法恢复
    不再主张
    不再*追究
    不再主张任何权利
    保证*真实有效
    此前提交的
    此前提出的
    为盼
    """.split(separator: "\n").map { line in
      line.split(separator: "*", omittingEmptySubsequences: false).map { Array($0.trimmed.unicodeScalars) }
    }

  private static let conditions = TextSearch.words(
    """
    如果 如贵 如未 如能 如可 如有 如不 如京 假如 倘 若 一旦 方可 方为 方能 方才 才能 才可 才会 前提 条件 除非 否则 之前 以前 之后 以后 完成后 到账后 退还后 满足 \
    待 届时 另行 暂 先行 须先 需先 应先 有效期 截至 直至 到期 但 不过 然而 除外 仅限 仅 部分 例外 保留 逾期 不包括 只 再注销 再办 再行 为限 期满 次月 下月 后注销 后办理 后再 \
    须经 须由 须贵 须将 须在 须于 惟须 尚须 仍须 必须 批准 核准 汇入 汇至 汇到 转入 打入 废止 失效 的实名信息 \
    的情况下 的情形下 视情况 酌情 协商 退回 退款 退还 补偿 赔偿 折现 兑换 转移 迁移
    """)
  private static let refusals = TextSearch.words(
    """
    不同意 未同意 不予同意 拒绝 反对 不愿 不想 不申请 不办理 不予注销 不得注销 不要注销 请勿 勿 停止 中止 终止 取消 撤回 撤销 作废 不注销 不能注销 不应注销 暂不 异议
    """)
  private static let negations = TextSearch.words(
    "不 未 没 无 否 别 勿 莫 非 免 猜 好像 似乎 可能 填错 写错 补充 附件为准 文件为准 版本为准 盖章为准 练习 测试 玩的 玩笑 个鬼 盗 代办 指示")

  private static let agreements = TextSearch.words("同意 申请 自愿 请求 要求 决定 请予 恳请 特请")
  private static let closing = TextSearch.words("注销 销户")
  private static let accounts = TextSearch.words("账号 账户")

  /// - Parameters:
  ///   - body: the rows of the statement, without title, labels and signature.
  ///   - all: every other sentence of the letter, in which a reservation may hide.
  func find(in text: LetterText, body: [Range<Int>], rest: [Range<Int>]) -> Found {
    var kept: [Unicode.Scalar] = []
    var agreed: Range<Int>?
    var condition: Range<Int>?
    var refusal: Range<Int>?
    var doubt: Range<Int>?
    for (sentences, isBody) in [(body, true), (rest, false)] {
      // Scraps of a signature or a seal are no sentence.
      for range in sentences where isBody || range.count > 4 {
        let words = Self.cut(unnamed(Self.withoutPeople(Array(text.scalars[range]))))
        if TextSearch.contains(words, anyOf: Self.refusals) { refusal = refusal ?? range }
        if TextSearch.contains(words, anyOf: Self.conditions) || isBody && Self.isDated(words) {
          condition = condition ?? range
        }
        if TextSearch.contains(words, anyOf: Self.negations) || words.contains("?") { doubt = doubt ?? range }
        guard isBody else { continue }
        if agreed == nil, Self.agrees(words) { agreed = range }
        kept += words + ["。"]
      }
    }
    if let refusal { return Found(state: condition == nil ? .refused : .conditional, range: refusal) }
    if let condition { return Found(state: .conditional, range: condition) }
    // Who stamped it, and of which paper it is said, is for a person to see.
    if let mark = mark(in: text) { return Found(state: .marked, range: mark) }
    guard let agreed else {
      let state: LetterReading.Statement.State = Self.isLegible(text, body) ? .other : .notRead
      return Found(state: state, range: body.first)
    }
    if let doubt { return Found(state: .notRead, range: doubt) }
    return Found(state: judge(LetterText.string(kept)), range: agreed)
  }

  /// 作废, 不同意, VOID: written or stamped anywhere on the letter, in a scrap of a few characters or beside a label too.
  private func mark(in text: LetterText) -> Range<Int>? {
    text.rows.indices.lazy.map { LetterSections.range(text, $0) }.first { range in
      Self.has(Self.marks, in: Self.cut(unnamed(Self.withoutPeople(Array(text.scalars[range])))))
    }
  }
  private static let marks = TextSearch.words("不同意 不批准 不予批准 未批准 未获批准 作废 废止 已失效 驳回 草稿 样张 样稿")
  private static let latinMarks: Set<String> = [
    "void", "voided", "draft", "cancelled", "canceled", "revoked", "specimen", "withdrawn",
  ]

  /// What another paper beside the letter says against it: 前页同意书作废; 余额退还后方可注销.
  /// - Parameter lines: as they were read, in their order.
  /// - Returns: the line, or the sentence that speaks of the closing.
  func objection(in lines: [String]) -> String? {
    if let line = lines.first(where: { Self.has(Self.retractions, in: LetterText.fold($0)) }) { return line }
    let sentences = lines.flatMap(LetterText.fold).split { "。;!?".unicodeScalars.contains($0) }.map(Array.init)
    if let sentence = sentences.first(where: { sentence in
      TextSearch.contains(sentence, anyOf: Self.closing)
        && TextSearch.contains(Self.cut(unnamed(sentence)), anyOf: Self.conditions + Self.refusals)
    }) {
      return LetterText.string(sentence)
    }
    let reading = reader.readLetter(lines.joined(separator: "\n"))
    let statement =
      reading.withdrawal.label != .denied
      ? reading.withdrawal
      : Self.objecting.contains(reading.consent.code) ? reading.consent : nil
    return statement.map { $0.evidence.first?.quote ?? $0.reason }
  }
  private static let objecting: Set = [
    "consent.negated", "consent.withdrawn", "consent.conditional", "consent.future", "consent.delayed",
  ]
  private static let retractions =
    marks + TextSearch.words("撤回 撤销 收回 不予同意 不再同意 拒绝 继续使用 保留账号 保留我单位 停止注销 暂停注销 暂缓")

  private static func has(_ marks: [[Unicode.Scalar]], in words: [Unicode.Scalar]) -> Bool {
    TextSearch.contains(words, anyOf: marks)
      || LetterText.string(words).lowercased().split { !$0.isASCII || !$0.isLetter }
        .contains { latinMarks.contains(String($0)) }
  }

  /// 于2027年6月1日注销: a day before what is to be done.
  private static func isDated(_ words: [Unicode.Scalar]) -> Bool {
    closing.contains { word in
      TextSearch.places(of: word, in: words).contains { WrittenDate.ends(words[..<$0].map(\.value)[...]) }
    }
  }

  private static let people = TextSearch.words(
    "经办人姓名 经办人 联系人姓名 联系人 联络人 联系方式 法定代表人 负责人 授权代表 签名 签字 姓名")
  private static let reservations = conditions + refusals + negations

  /// Without what stands behind 经办人 and its like, where that may be a name: any character may be part of one (冯虚若),
  /// which states nothing there.
  private static func withoutPeople(_ words: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    var at = 0
    while at < words.count {
      guard let label = TextSearch.word(at: at, in: words, of: people) else {
        kept.append(words[at])
        at += 1
        continue
      }
      kept += label
      at += label.count
      let name = words[at...].drop { ": ".unicodeScalars.contains($0) }.prefix(while: TextSearch.isHan)
      if isName(Array(name)) { at = name.endIndex }
    }
    return kept
  }

  /// Two to four characters, of which none begins a reservation but such that names hold: not 不同意, not 暂不.
  private static func isName(_ name: [Unicode.Scalar]) -> Bool {
    (2...4).contains(name.count) && TextSearch.word(at: 0, in: name, of: reservations) == nil
      && !reservations.contains { $0.count > 1 && TextSearch.contains(name, $0) }
  }

  /// The company's own name as 本公司.
  private func unnamed(_ words: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard company.count > 3 else { return words }
    var words = words
    while let start = TextSearch.places(of: company, in: words).first {
      words.replaceSubrange(start..<(start + company.count), with: "本公司".unicodeScalars)
    }
    return words
  }

  /// The ticket reader's view of what the formulas left.
  private func judge(_ words: String) -> LetterReading.Statement.State {
    let reading = reader.readLetter(words)
    if reading.withdrawal.label != .denied { return .refused }
    switch reading.consent.code {
    // A letter consents by its own sentence; the notice need not be named in it.
    case "consent.satisfied", "consent.missing", "consent.half": break
    case "consent.negated", "consent.withdrawn": return .refused
    case "consent.conditional", "consent.future", "consent.delayed": return .conditional
    default: return .notRead
    }
    let beside = reader.readAroundStatement(words)
    if beside.label == .affirmed { return isHeldUp(Scalars.of(words)) ? .conditional : .affirmed }
    return ["consent.conditional", "consent.future", "consent.delayed"].contains(beside.code) ? .conditional : .notRead
  }

  /// 现同意下周一注销: the agreement to a closing at another time, read as the request that it is.
  private func isHeldUp(_ words: [UInt32]) -> Bool {
    let sentences = words.split { Self.stops.contains($0) }
    return sentences.contains { sentence in
      sentence.indices.contains { at in
        guard let act = Self.acts.beginning(sentence[at...]) else { return false }
        return reader.isHeldUp("请" + Scalars.string(sentence[(at + act)...].prefix(Self.farthestClosing)))
      }
    }
  }
  private static let stops = ScalarSet("。,，;；!！\n")
  private static let acts = WordSet(["同意", "申请", "自愿", "决定", "请求", "请予", "恳请"])
  private static let farthestClosing = 24

  private static func agrees(_ words: [Unicode.Scalar]) -> Bool {
    guard let act = agreements.compactMap({ TextSearch.places(of: $0, in: words).first }).min(),
      let close = closing.flatMap({ TextSearch.places(of: $0, in: words) }).filter({ $0 > act }).min()
    else { return false }
    let around = Array(words[max(0, act)..<min(words.count, close + 40)])
    // 注销京东商城店铺 is another matter.
    let object = Array(words[close...].prefix(8))
    return TextSearch.contains(around, anyOf: accounts)
      && !TextSearch.contains(object, anyOf: TextSearch.words("店铺 商城 会员 域名 备案 公司 主机"))
  }

  private static func isLegible(_ text: LetterText, _ body: [Range<Int>]) -> Bool {
    let lines = Set(body.flatMap { text.origin[$0] })
    let good = lines.filter { text.lines[$0].confidence > 0.95 }
    return lines.count >= 2 && good.count * 10 >= lines.count * 9
  }

  /// Takes the formulas out.
  static func cut(_ words: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var words = words.filter { $0 != " " && $0 != "\n" }
    for formula in formulas {
      while let range = place(of: formula, in: words) { words.replaceSubrange(range, with: []) }
    }
    return words
  }

  private static func place(of parts: [[Unicode.Scalar]], in words: [Unicode.Scalar]) -> Range<Int>? {
    starts: for start in TextSearch.places(of: parts[0], in: words) {
      var end = start + parts[0].count
      for part in parts.dropFirst() {
        if part.isEmpty { continue }
        let reach = Array(words[end...].prefix(12 + part.count))
        guard let next = TextSearch.places(of: part, in: reach).first,
          !reach[..<next].contains(where: { "。;".unicodeScalars.contains($0) }),
          !TextSearch.contains(Array(reach[..<next]), anyOf: conditions + refusals)
        else { continue starts }
        end += next + part.count
      }
      return start..<end
    }
    return nil
  }
}

extension Substring {
  fileprivate var trimmed: Substring { drop { $0 == " " } }
}
