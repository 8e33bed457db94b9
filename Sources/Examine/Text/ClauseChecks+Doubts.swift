import ClosureModel

/// What the applicant says beside a whole statement that puts it into doubt: another product's paper, another's account, a
/// paper that he cannot find.
extension ClauseChecks {
  /// - Parameters:
  ///   - core: the clauses that read and agree.
  ///   - first: the first of them.
  func doubt(_ core: Places, _ first: Int) -> Problem? {
    let mayBeForClient = page.traces.mayHold(Self.forWhom)
    for index in own where !core.contains(index) {
      if mayBeForClient, isForClient(index) { return Problem(code: .consentThirdParty, isDenial: false, clause: index) }
      let isBehind = index > first && script.clauses[index].sentence - script.clauses[first].sentence <= Self.fewClauses
      if isBehind, pointsElsewhere(index) || isSought(index, core) {
        return Problem(code: .consentUnclear, isDenial: false, clause: index)
      }
    }
    return nil
  }

  // MARK: Another product

  /// 是 PLUS 会员的那份, 我看的是商城那个版本, the one for PLUS members: says which paper was meant, and it is another's.
  private func pointsElsewhere(_ index: Int) -> Bool {
    let s = text.scalars
    let range = script.clauses[index].range
    guard range.count <= Self.longestPointing,
      let from = range.first(where: { Scalars.isWord(s[$0]) || Scalars.isHan(s[$0]) })
    else {
      return false
    }
    let isLatin = !s[range].contains(where: Scalars.isHan)
    let isPointing = Self.pointing.begins(s[from..<range.upperBound])
    guard isPointing || s[range].contains(where: { Self.copies.contains($0) || $0 == Self.of }) || isLatin else {
      return false
    }
    let product =
      page.vocabulary.product(in: from..<range.upperBound, s) ?? (isPointing ? strangeName(from, range) : nil)
    guard let product else { return false }
    let rest = s[product.upperBound..<range.upperBound].filter { $0 != 0x20 }
    if isLatin {
      return Self.which.isIn(s[range])
        && !script.clauses[index].classes.meets(ClassSet(.balance, .resources, .request))
    }
    // 微信那个号: what is pointed at is no paper.
    if let last = rest.lastIndex(where: { Self.copies.contains($0) }) {
      // QQ 登录的那个: which account, not which paper.
      let isAccount = rest[..<last].contains { Self.ofAccount.contains($0) }
      let isPaper = !isAccount && rest[last...].allSatisfy { Self.copies.contains($0) || Self.papers.contains($0) }
      return isPaper && (isPointing || product.lowerBound - from <= Self.fewScalars)
    }
    if rest.last == Self.of || rest.suffix(2).elementsEqual(Self.noticeEnd)
      || rest.suffix(2).elementsEqual(Self.agreementEnd)
    {
      return isPointing || product.lowerBound == from && range.count <= Self.shortPointing
    }
    return false
  }

  /// 是 Kuaishou 的那份: a word in Latin letters that names neither the provider nor a form of the paper.
  private func strangeName(_ from: Int, _ range: Range<Int>) -> Range<Int>? {
    let s = text.scalars
    guard let start = (from..<range.upperBound).first(where: { Scalars.isLetter(s[$0]) }), Scalars.isHan(s[from]) else {
      return nil
    }
    let end = (start..<range.upperBound).first { !Scalars.isLetter(s[$0]) } ?? range.upperBound
    let isKnown = Self.ownNames.contains(s[start..<end])
    return isKnown || end - start < 3 ? nil : start..<end
  }

  private static let longestPointing = 30
  private static let shortPointing = 12
  private static let fewScalars = 4
  private static let of: UInt32 = 0x7684  // 的
  private static let copies = ScalarSet("那版份")
  private static let papers = ScalarSet("一个本须知协议文件页面上里的注销")
  static let ofAccount = ScalarSet("登绑号")
  private static let noticeEnd = Scalars.of("须知")
  private static let agreementEnd = Scalars.of("协议")
  private static let pointing = WordSet([
    "是", "就是", "即", "也就是", "指", "看的", "读的", "说的", "同意的", "对应", "我看的", "我读的", "我说的", "我同意的", "我指", "我是说", "在", "来自",
    "出自",
  ])
  private static let which = WordSet([" one", "one ", "version", "it was", "it is", "i mean", "meaning", "namely"])
  private static let ownNames = WordSet(["jd", "jdcloud", "tencent", "cloud", "pdf", "word", "web", "html", "the"])

  // MARK: Another's account

  /// 替样例公司办理, 代李某提交, 我帮邻居注销: done for somebody who is not the applicant's own organisation.
  private func isForClient(_ index: Int) -> Bool {
    let s = text.scalars
    let clause = script.clauses[index]
    let range = clause.range
    return Self.forWhom.first(in: s, range) { at in
      if at > range.lowerBound, Self.notForWhom.contains(s[at - 1]) { return false }
      let most = min(range.upperBound, at + Self.longestClient)
      guard at + 2 < most, !Self.notWhom.contains(s[at + 1]) else { return false }
      guard
        let verb = (at + 2..<most).first(where: { Self.serving.begins(s[$0..<range.upperBound]) })
      else { return false }
      // 请替样例公司办理: asked of the other side.
      let asks = script.words(clause).contains {
        $0.range.upperBound <= at && ($0.kind == .request || $0.kind == .polite)
      }
      // 为了给客户传文件才申请腾讯云: what the account was opened for.
      if s[verb - 1] == Self.onlyThen, Self.openedFor.begins(s[verb..<range.upperBound]) { return false }
      let whom = (at + 1)..<verb
      guard !asks, !isOwnOrganisation(whom), !Self.itself.begins(s[whom]) else {
        return false
      }
      if Self.standing.contains(s[at]) { return true }
      // 为安全起见申请注销: only somebody, and only where the applicant is the one who does it.
      let isSomebody =
        names.isOrganisation(s[whom]) || names.isPerson(s[whom])
        || Self.somebody.isIn(s[whom])
        || script.words(clause).contains { whom.overlaps($0.range) && ($0.kind == .third || $0.kind == .owner) }
      let isOwnDeed =
        script.words(clause).contains { $0.kind == .own && $0.range.upperBound <= at }
        || index > 0 && script.clauses[index - 1].sentence == clause.sentence && script.clauses[index - 1].has(.own)
        // 为了给客户注销才申请
        || at > range.lowerBound + 1 && s[(at - 2)..<at].elementsEqual(Self.inOrderTo)
      return isSomebody && isOwnDeed
    } != nil
  }
  private static let longestClient = 16
  private static let inOrderTo = Scalars.of("为了")
  private static let onlyThen: UInt32 = 0x624D  // 才
  private static let openedFor = WordSet(["申请腾讯云", "申请京东云", "申请了腾讯云", "申请了京东云", "申请的腾讯云", "申请的京东云"])
  private static let forWhom = ScalarSet("替代帮为给")
  private static let standing = ScalarSet("替代")
  private static let notForWhom = ScalarSet("代顶接交现时年取替下后古当历换因认作视成即改较以变称名误甚极何行发寄退转回补提递写还付")
  private static let notWhom = ScalarSet("我本咱俺吾敝鄙自你您贵换理表码金账记付收扣办写填笔购运维管言步价号为忙助手此何了止准期主由什销关删注")
  private static let itself = WordSet(["公司", "单位", "企业", "学校", "团队", "该公司"])
  private static let somebody = WordSet([
    "公司", "店", "厂", "医院", "小学", "中学", "女士", "先生", "客户", "老板", "酒店", "集团", "商行", "合作社", "邻居", "朋友", "亲戚", "企业",
  ])
  private static let serving = WordSet([
    "办理", "办的", "办这", "代办", "处理", "注销", "销户", "销号", "销掉", "关闭", "提交", "提单", "提的", "申请", "操作", "跑腿", "打理", "做运维", "声明",
    "填写", "发起",
  ])

  // MARK: A paper that is not found

  /// Which page is it on? I haven't been able to find it; 在哪个页面？我一直没找到: what was read is looked for.
  private func isSought(_ index: Int, _ core: Places) -> Bool {
    let s = text.scalars
    let range = script.clauses[index].range
    let isAsked = Self.wanting.isIn(s[range])
    guard isAsked || Self.missing.isIn(s[range]) else { return false }
    var about = Array(s[range])
    for other in [index - 1, index + 1]
    where script.clauses.indices.contains(other) && !core.contains(other)
      && abs(script.clauses[other].sentence - script.clauses[index].sentence) <= 1
    {
      about += [0x20] + s[script.clauses[other].range]
    }
    about.append(0x20)
    if Self.otherThings.isIn(about[...]) { return false }
    return isAsked || Self.sought.isIn(about[...])
  }
  private static let missing = WordSet([
    "没找到", "找不到", "没找着", "找不着", "没搜到", "搜不到", "没看到在哪", "不着", "没翻到", "翻不到", "able to find", "unable to find",
    "unable to locate",
    "not find", "n't find", "cannot find", "not locate", "n't locate", "never found", "found nothing", "no idea where",
    "not seen it", "n't seen it", "would not open", "wouldn't open", "won't open", "n't open", "not open", "been dead",
    "is dead", "is broken", "where is it", "is it on", "where to find",
  ])
  private static let sought = WordSet([
    "须知", "协议", "它", "原文", "链接", "哪个页面", "哪一页", "哪页", "在哪", "一份", " it ", " it?", "notice", "agreement", "the page",
    "document", "pdf", "copy", "the text", "your page",
  ])
  private static let wanting = WordSet([
    "在哪个页面", "在哪一页", "在哪页", "哪个网页", "which page is it", "what page is it", "where is it", "发我一份须知", "发我一份协议", "发一份须知看",
    "须知发我看",
    "协议发我看", "须知链接发", "协议链接发", "须知的链接", "协议的链接", "send me the text", "send me the notice", "send me the agreement",
    "send me a copy of it", "where can i read it", "where do i read it",
  ])
  /// What else a customer looks for.
  private static let otherThings = WordSet([
    "按钮", "入口", "选项", "发票", "按键", "菜单", "功能", "电话", "密码", "验证码", "设置", "域名", "证书", "照片", "自助", "身份证", "执照", "合同", "控制台",
    "备案", "余额", "图标", "渠道", "自动注销", "哪儿注销", "哪里注销", "在哪注销", "怎么注销", "联系方式", "button", "option", "menu", "setting",
    "invoice", "console", " tab ",
    "icon",
    "voucher", "code", "photo", "password", "receipt", "confirmation", "self-service", "chat", " form ", "feature",
    "bucket", "instance",
  ])
}
