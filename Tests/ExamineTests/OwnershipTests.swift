import Testing

/// What a reviewer would stop at though the statement is whole: whose the account and the papers are, what is wanted
/// instead, what is not settled; in every place of a ticket.
@Suite("Whose account it is, and what is wanted instead")
struct OwnershipTests {
  private static let statement = "我已阅读并同意《京东云账户注销须知》"

  @Test(
    "Anywhere in the text",
    arguments: [
      "这个号是我捡的", "账号归学校所有", "账号是二手买的", "账号实名是我前同事", "账号已转让给他人", "账号里还有别人的项目", "身份证照片是别人的", "营业执照是母公司的",
      "盖的是分公司的章", "公章过期了", "账号涉及诉讼保全", "账号还有未到期合同", "服务器还跑着生产环境", "股东有分歧", "我被威胁", "让我想两天", "不是这个账号", "另一个账号才是要注销的",
      "能不能换个账号注销", "停用即可", "冻结就行", "改名即可", "换绑即可", "过户即可", "删除子账号即可", "注销实名即可", "注销备案即可", "代金券想先用完",
    ])
  func anywhere(_ words: String) throws {
    let statement = Self.statement
    for text in [
      "\(statement)。\(words)。", "\(statement)，\(words)。", "\(words)。\(statement)。",
      "\(statement)。账号 abc_1，电话13800138000。备注：\(words)",
      "您好，\(words)，\(statement)，谢谢。", "\(statement)\n\n\(words)", "\(statement)，请注销账号 abc_1。顺便说一下，\(words)。",
      "\(words)，不过\(statement)。", "\(statement)；\(words)；联系 a@example.com",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "What sounds like it and is the applicant's own",
    arguments: [
      "账号归我所有", "账号是我自己实名的", "照片是我自己的", "公章盖好了", "没有未到期合同", "没有诉讼", "注销即可", "这个账号不用了", "账号没有转给别人",
    ])
  func own(_ words: String) throws { try Statement.expectAffirmed("\(Self.statement)。\(words)。") }

  @Test(
    "Conditions, exceptions, parts, and what is awaited",
    arguments: [
      "条件写在下面", "附加条件见附件", "有个例外", "绝大部分", "不是全部", "给我一周时间", "是客服让我写的", "助手写的", "我会起诉你们", "数据要还给我", "服务器让它跑着",
      "不保证内容真实", "委托书过期了", "面试题", "录屏用", "出了问题你们负责", "等投诉有结果",
    ])
  func conditions(_ words: String) throws {
    let statement = Self.statement
    for text in [
      "\(statement)。\(words)。", "\(words)。\(statement)。", "\(statement)。电话13800138000。备注：\(words)",
      "\(statement)\n\n\(words)",
      "\(statement)（\(words)）。", "\(words)，不过\(statement)。",
    ] { try Statement.expectNotAffirmed(text) }
  }

  private static let english = "I have read and agree to the JD Cloud account closing notice"

  @Test(
    "In English, in every place of a ticket",
    arguments: [
      "I bought the account second-hand", "the ID photo is my father's", "the licence is our parent company's",
      "the company seal has expired", "I am being threatened", "a downgrade is enough",
      "please just remove my phone number", "can I switch accounts instead", "the domain has not been moved",
      "the backup is not finished", "please do it in June", "I was drunk", "my son pressed the button",
      "I am just an intern", "the shareholders disagree", "some contracts have not expired", "this is a drill",
      "submitted by the reseller", "the account is in my brother's name", "a court has frozen the account",
      "we have a dispute with our partner", "not this account", "a customer still uses it",
      "after the holidays please", "I only want information", "scrap this", "testing our workflow",
      "my father cannot use a computer so I do it for him", "the holder passed away", "my daughter read it to me",
      "I do not agree with the fees", "see the attached conditions", "with one condition", "there is one exception",
      "not everything", "most clauses", "my browser filled this in", "give me a week", "my wife must confirm",
      "nothing is decided yet", "tentatively", "countersignature to follow", "it is under review by management",
    ])
  func english(_ words: String) throws {
    let (statement, head) = (Self.english, words.prefix(1).uppercased() + words.dropFirst())
    for text in [
      "\(statement). \(head).", "\(statement), \(words).", "\(head). \(statement).",
      "\(statement). Phone +1 415 555 2671. Note: \(words)", "\(statement)\n\n\(head)",
      "\(statement); \(words); contact a@example.com", "\(head), but \(statement).",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "In English, the applicant's own",
    arguments: [
      "The account is in my own name", "The backup is finished", "The domain has been moved",
      "My company seal is on the letter",
      "I no longer need it", "Please just delete the account",
    ])
  func englishOwn(_ words: String) throws { try Statement.expectAffirmed("\(Self.english). \(words).") }

  @Test(
    "In traditional characters and dialects",
    arguments: [
      "唔取消喇", "莫忙销", "戶口係舊公司嘅", "唔急住", "條件另附", "遲啲先搞", "淨係刪子帳號", "域名要留返", "解除綁定就得", "仲有部機行緊", "我淨係睇咗第一頁",
      "呢個唔係我嘅戶口", "凍結就得", "法務未覆核", "我想諗多兩日", "莫急到销", "我再想哈", "係我個仔睇嘅", "俺还没看完", "先甭销", "得等我媳妇点头",
    ])
  func dialects(_ words: String) throws {
    let statement = "我已閱讀並同意《京東雲賬戶註銷須知》"
    for text in [
      "\(statement)。\(words)。", "\(statement)，\(words)。", "\(words)。\(statement)。",
      "\(statement)。电话13800138000。备注：\(words)",
      "\(statement)\n\n\(words)", "\(statement)（\(words)）。", "\(words)，不过\(statement)。",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test("Dialects that only consent", arguments: ["唔該晒", "麻煩快啲", "中的嘞", "要得"])
  func dialectsOwn(_ words: String) throws { try Statement.expectAffirmed("\(Self.statement)。\(words)。") }
}
