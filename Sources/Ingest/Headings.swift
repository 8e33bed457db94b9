import ClosureModel

/// What the heading of a column says.
enum Headings {
  /// The field that a column of that name most likely holds, and how well it fits: less is better.
  struct Guess: Hashable {
    let field: TicketField
    let rank: Int
  }

  static func guess(_ name: String) -> Guess? {
    // A text, no heading.
    guard name.utf8.count <= longestName else { return nil }
    let whole = fold(name)
    if let known = known[whole] { return known }
    guard whole.unicodeScalars.contains(where: noteSigns.contains) || moneyUnits.contains(where: whole.hasSuffix) else {
      return nil
    }
    let parts = parts(name)
    if let known = known[fold(parts.head)], parts.notes.allSatisfy({ isHarmless($0, beside: known.field) }) {
      // The column with the plain name counts, wherever it stands.
      return Guess(field: known.field, rank: known.rank + noted)
    }
    for unit in moneyUnits where whole.hasSuffix(unit) {
      guard let known = known[String(whole.dropLast(unit.count))], isMoney(known.field) else { continue }
      return known
    }
    return nil
  }

  /// A fact of the account that a heading speaks of without being one of its names.
  /// - Returns: nil also for what is said about such a value: when it was read, in which currency.
  static func fact(spokenOfIn name: String) -> TicketField? {
    let text = fold(name)
    let head = fold(parts(name).head)
    guard !text.isEmpty, !otherColumns.contains(text) else { return nil }
    let field = stems.first { stem in
      let rest = stem.others.reduce(text) { $0.replacing($1, with: " ") }
      return stem.words.contains(where: rest.contains)
    }?.field
    guard let field, aboutValues.contains(where: head.hasSuffix) else { return field }
    // 欠费时间: who owes nothing has none.
    return field == .arrears && ["时间", "日期", "date", "time"].contains(where: head.hasSuffix) ? field : nil
  }

  /// A column of what was written after the first text (用户追加, 沟通记录, `messages`), where nobody says that it is ours.
  /// - Returns: `false` also for what is said about such words: when, by whom, how many.
  static func speaksOfLaterWords(_ name: String) -> Bool {
    guard name.utf8.count <= longestName else { return false }
    let text = fold(name)
    let head = fold(parts(name).head)
    let isWithdrawal = withdrawals.contains(where: text.contains)
    guard !aboutWords.contains(where: head.hasSuffix), isWithdrawal || !head.hasPrefix("是否") else { return false }
    if isWithdrawal || exchanges.contains(where: text.contains) { return true }
    guard additions.contains(where: text.contains) else { return false }
    return theirs.contains(where: text.contains) || !ours.contains(where: text.contains)
  }

  /// A column of what our own people wrote about the ticket: 内部备注, 处理记录, `internal notes`, 标签.
  static func speaksOfOwnNotes(_ name: String) -> Bool {
    guard name.utf8.count <= longestName else { return false }
    let text = fold(name)
    if tags.contains(text) { return true }
    guard !aboutWords.contains(where: fold(parts(name).head).hasSuffix), !text.hasPrefix("是否") else { return false }
    return (records + additions).contains(where: text.contains) && ours.contains(where: text.contains)
      && !theirs.contains(where: text.contains)
  }

  /// Half-width, lower case, simplified, 帐 as 账, without blanks, underscores, hyphens and the marks of a form (`*`, `:`).
  static func fold(_ name: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      var value = scalar.value
      if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
      if (0x2E..<0x7F).contains(value), value != 0x5F, let plain = Unicode.Scalar(value) {
        out.append(plain)
        continue
      }
      guard let half = Unicode.Scalar(value), !dropped.contains(value), !half.properties.isWhitespace else { continue }
      out.append(simplified[half] ?? half)
    }
    while let last = out.last, ":*".unicodeScalars.contains(last) { out.removeLast() }
    while let first = out.first, first == "*" { out.removeFirst() }
    return String(out).lowercased()
  }

  /// Hyphen, underscore and what cannot be seen.
  private static let dropped: Set<UInt32> = [0x2D, 0x5F, 0x2010, 0x2011, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]
  private static let longestName = 120
  /// Behind every plain name.
  private static let noted = 1000

  // MARK: Notes

  /// Signs of a note, half-width.
  private static let noteSigns = Set("([【{<《「/:,，|".unicodeScalars)

  /// `账户余额（元）` is 账户余额 and 元; `余额/元` likewise.
  private static func parts(_ name: String) -> (head: String, notes: [String]) {
    var head = ""
    var notes: [String] = []
    var depth = 0
    for character in name {
      if "(（[【{<《「".contains(character) {
        if depth == 0 { notes.append("") }
        depth += 1
      } else if ")）]】}>》」".contains(character) {
        depth = max(0, depth - 1)
      } else if depth > 0 {
        notes[notes.count - 1].append(character)
      } else {
        head.append(character)
      }
    }
    for separator in ["/", "／", ":", "：", ",", "，", "|"] {
      guard let range = head.lastRange(of: separator), range.lowerBound > head.startIndex else { continue }
      let unit = fold(String(head[range.upperBound...]))
      guard moneyUnits.contains(unit) || counters.contains(unit) else { continue }
      notes.append(unit)
      head = String(head[..<range.lowerBound])
    }
    return (head, notes.map(fold).filter { !$0.isEmpty })
  }

  private static func isHarmless(_ note: String, beside field: TicketField) -> Bool {
    if formNotes.contains(note) { return true }
    return switch field {
    case .balance, .arrears: moneyUnits.contains(note.replacing("单位", with: "").replacing(":", with: ""))
    case .resources: counters.contains(note.replacing("单位", with: "").replacing(":", with: ""))
    case .serviceProvider, .icpFiling: flagNotes.contains(note)
    case .submittedAt, .updatedAt: timeNotes.contains(note)
    // Whose they are decides whether they count.
    case .email, .phone, .securityPhone, .securityEmail, .identityNumber: contactNotes.contains(note)
    case .ticket: ["系统", "系统编号", "唯一"].contains(note)
    case .category: ["一级", "一级分类", "大类"].contains(note)
    case .subject, .body: ["客户填写", "用户填写", "正文", "原文", "详情", "文本"].contains(note)
    case .status: ["当前", "最新", "现状"].contains(note)
    case .account: ["uin", "pin", "id", "uid", "登录名", "用户名", "主账号"].contains(note)
    case .kind: ["个人/企业", "个人或企业", "类型"].contains(note)
    case .company: ["全称", "名称", "企业客户", "企业用户"].contains(note)
    case .attachments: ["文件名", "名称", "多个用分号隔开", "客户上传", "用户上传"].contains(note)
    case .ignore: false
    }
  }

  private static func isMoney(_ field: TicketField) -> Bool { field == .balance || field == .arrears }
  private static let moneyUnits: Set<String> = [
    "元", "人民币", "人民币元", "元人民币", "cny", "rmb", "yuan", "¥", "￥", "cny元", "rmb元",
  ]
  private static let counters: Set<String> = ["个", "台", "项", "件", "条", "数量", "个数"]
  private static let flagNotes: Set<String> = ["是/否", "是否", "有/无", "有无", "y/n", "yes/no", "true/false", "0/1", "1/0"]
  private static let timeNotes: Set<String> = ["北京时间", "utc+8", "utc+08:00", "gmt+8", "东八区"]
  private static let formNotes: Set<String> = ["必填", "必填项", "选填", "选填项", "可选", "required", "optional"]
  private static let contactNotes: Set<String> = ["手机", "手机号", "11位", "邮箱", "email", "必填", "本人"]

  // MARK: Words

  /// Of each field the likeliest name first.
  private static let names: [TicketField: String] = [
    .ticket: "工单编号 工单号 工单id 编号 ticketid ticket id",
    .category: "服务分类 工单分类 分类 category",
    .subject: "工单标题 标题 主题 subject title",
    .body: "问题描述 工单内容 描述 内容 body description text content",
    .submittedAt: "提交时间 创建时间 建立时间 createdat submittedat created",
    .updatedAt: "更新时间 最后更新时间 updatedat updated",
    .status: "工单状态 当前状态 处理状态 状态 status ticketstatus",
    .account: "客户账号 用户账号 账号 账号id 账户 账户id 京东云账号 腾讯云账号 account pin",
    .kind: "实名类型 实名认证类型 认证类型 applicantkind kind",
    .company: "企业名称 公司名称 company",
    .email: "联系邮箱 联络邮箱 联系人邮箱 电子邮件 电子邮箱 邮箱 contactemail requesteremail email",
    .phone: "联系电话 联络电话 联系手机 联系人电话 手机号 手机号码 手机 电话 contactphone phone mobile",
    .attachments: "附件 附件名称 attachments",
    .balance:
      "账户余额 账号余额 余额 可用余额 账户可用余额 当前余额 剩余余额 现金余额 balance accountbalance availablebalance currentbalance cashbalance",
    .arrears: """
    欠费金额 欠费 欠费总额 欠款金额 欠款 欠款总额 是否欠费 是否欠款 是否有欠费 未付账单 未付账单金额 未付金额 未付款 未付款金额 未缴金额 \
    未缴费用 未结清金额 arrears arrearsamount inarrears amountowed owedamount unpaidamount unpaidbills unpaidbalance
    """,
    .serviceProvider: """
    是否服务商 是否为服务商 是否是服务商 服务商 服务商身份 是否有服务商身份 是否具有服务商身份 是否云市场服务商 serviceprovider isserviceprovider
    """,
    .icpFiling: """
    是否备案 是否有备案 是否已备案 是否有icp备案 是否icp备案 备案 icp备案 备案状态 备案情况 icp备案状态 icpfiling hasicpfiling icpfilingstatus
    """,
    .resources: """
    有效资源数 有效资源数量 有效资源 计费资源数 计费资源数量 计费资源 在用资源数 在用资源数量 在用资源 资源数 资源数量 resources \
    billedresources activeresources resourcecount billedresourcecount activeresourcecount
    """,
    .securityPhone: "安全手机 安全手机号 securityphone",
    .securityEmail: "安全邮箱 securityemail",
    .identityNumber: "身份证号 身份证号码 证件号码 证件号 identitynumber idnumber",
  ]
  private static let known: [String: Guess] = {
    var out: [String: Guess] = [:]
    for (field, list) in names {
      for (rank, word) in list.split(separator: " ").enumerated() {
        out[fold(String(word))] = Guess(field: field, rank: rank)
      }
    }
    return out
  }()

  /// Words of headings that speak of a fact, and words beside which they speak of something else. Debts come first:
  /// `unpaid balance` is no balance.
  private static let stems: [(field: TicketField, words: [String], others: [String])] = [
    (
      .arrears,
      [
        "欠", "未付", "未缴", "未支付", "待支付", "待付", "待缴", "未结清", "未结账", "未结算", "未结费用", "未出账", "透支", "逾期账单", "逾期金额",
        "逾期费用", "arrear", "unpaid", "overdueamount", "overduebill", "overduebalance", "overduepayment",
        "pastdue", "amountdue", "amountowed", "debt", "outstandingamount", "outstandingbill", "outstandingbalance",
        "outstandingpayment",
      ], []
    ),
    (.balance, ["余额", "结余", "可用额", "可用资金", "账户资金", "账户金额", "预付款", "balance"], ["loadbalance"]),
    (.serviceProvider, ["服务商", "云市场", "serviceprovider"], ["服务商工单"]),
    (.icpFiling, ["备案", "beian", "icp"], []),
    (
      .resources,
      ["资源", "云主机", "云服务器", "实例数", "实例数量", "运行实例", "在用实例", "resource", "runninginstances", "activeinstances"],
      ["人力资源", "资源组", "resourcegroup", "humanresource"]
    ),
  ]
  /// Headings that are columns of their own: 云服务商 names the provider whose ticket it is.
  private static let otherColumns: Set<String> = ["云服务商", "云服务商名称"]
  private static let withdrawals = ["撤回", "撤销", "撤单", "取消", "withdraw", "cancel"]
  /// What both sides wrote.
  private static let exchanges = [
    "沟通", "对话", "聊天", "会话", "往来", "交流", "消息", "message", "conversation", "thread", "transcript", "chat",
    "correspondence", "comment", "journal", "article",
  ]
  private static let additions = [
    "追加", "补充", "追问", "追评", "回复", "答复", "回信", "来信", "留言", "评论", "跟进", "反馈", "后续", "附言", "备注", "reply",
    "replies", "response", "followup", "note", "remark", "append", "supplement", "addition", "posts",
  ]
  private static let records = ["记录", "意见", "结论", "说明", "批注", "情况", "memo", "log", "comment"]
  private static let tags: Set<String> = ["标签", "工单标签", "tag", "tags", "label", "labels"]
  private static let theirs = ["客户", "用户", "申请人", "提单人", "customer", "user", "requester", "client"]
  private static let ours = [
    "客服", "坐席", "座席", "内部", "工程师", "处理", "受理", "审核", "审批", "经办", "运营", "agent", "staff", "internal", "private",
    "operator", "admin",
  ]
  private static let aboutWords = [
    "时间", "日期", "时长", "时限", "数", "数量", "次数", "人", "人员", "者", "id", "ids", "编号", "状态", "方式", "渠道", "率", "类型",
    "标记", "模板", "满意度", "评分", "time", "date", "count", "by", "status", "type", "author", "channel", "url", "link",
    "number", "edat", "replyat", "commentat", "messageat", "noteat", "responseat", "total", "sla",
  ]
  private static let aboutValues = [
    "时间", "日期", "币种", "货币", "单位", "提醒", "预警", "告警", "阈值", "currency", "updated", "updatedat", "alert",
    "threshold", "date", "time",
  ]

  /// Characters of headings that are written otherwise in simplified Chinese.
  private static let simplified: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs = """
      帳账 賬账 帐账 戶户 號号 單单 編编 餘余 額额 費费 務务 類类 標标 題题 問问 創创 時时 間间 狀状 態态 認认 證证 實实 稱称 聯联 繫系 絡络 \
      電电 郵邮 話话 機机 碼码 備备 資资 數数 計计 業业 檔档 總总 網网 繳缴 應应 貸贷 債债 結结 貨货 幣币 點点 開开 關关 處处 進进 級级 組组 \
      織织 體体 對对 訂订 購购 買买 賣卖 產产 內内 彙汇 匯汇 雲云 東东 騰腾 訊讯 現现 當当 後后 發发 邊边 員员 區区 個个 臺台 項项 條条 幾几 \
      無无 為为 與与 屬属 運运 預预 儲储 儘尽 餘余 檢检 過过 達达 經经 據据 運运 倉仓 傳传 優优 價价 億亿 萬万 廠厂 廣广 簽签 約约 納纳 給给 線线 \
      圖图 場场 報报 壞坏 壓压 齡龄 鬆松 館馆 頁页 順顺 頻频 顧顾 選选 遠远 遞递 適适 還还 連连 載载 轉转 輸输 軟软 負负 責责 貝贝 質质 賠赔 賒赊
      """
    var out: [Unicode.Scalar: Unicode.Scalar] = [:]
    for pair in pairs.split(whereSeparator: \.isWhitespace) {
      let scalars = Array(pair.unicodeScalars)
      if scalars.count == 2 { out[scalars[0]] = scalars[1] }
    }
    return out
  }()
}

extension String {
  /// The last place at which a text stands.
  fileprivate func lastRange(of text: String) -> Range<String.Index>? { ranges(of: text).last }
}
