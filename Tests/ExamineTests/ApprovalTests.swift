import Testing

/// Whose word a company's statement still waits for.
@Suite("Approvals that are outstanding")
struct ApprovalTests {
  private static let notice = "《京东云账户注销须知》"
  private static let approvals = [
    ("董事会", "批准"), ("股东会", "审议通过"), ("总部", "签字"), ("法务", "盖章"), ("上级主管部门", "确认"), ("公司", "追认"), ("集团", "备案"),
    ("法定代表人", "核准"),
  ]

  @Test("In one clause with the agreement, behind it, in brackets and in a sentence of its own", arguments: approvals)
  func outstanding(_ who: String, _ what: String) throws {
    for words in [
      "经\(who)\(what)后方为同意", "须经\(who)\(what)方为有效", "待\(who)\(what)后同意", "俟\(who)\(what)后同意", "\(who)\(what)之日起同意",
      "同意须\(who)\(what)", "同意与否待\(who)\(what)",
    ] { try Statement.expectNotAffirmed("\(Self.notice)已读，\(words)。") }
    for words in [
      "但须\(who)\(what)", "以\(who)\(what)为准", "尚待\(who)\(what)", "有待\(who)\(what)", "提请\(who)\(what)", "报\(who)\(what)",
      "呈\(who)\(what)", "\(who)还在\(what)", "\(who)\(what)中", "\(who)未\(what)", "请在\(who)\(what)后办理", "以上须\(who)\(what)",
    ] {
      for text in [
        "我司已阅读并同意\(Self.notice)，\(words)。", "我司已阅读并同意\(Self.notice)。\(words)。", "我司已阅读并同意\(Self.notice)（\(words)）。",
      ] { try Statement.expectNotAffirmed(text) }
    }
  }

  @Test(
    "What was approved, what nobody has to approve, and the provider's own review",
    arguments: [
      "公司已批准", "董事会已审议通过", "领导签字了", "无需总部批准", "公司盖章完毕", "请贵司审核通过", "请尽快审核", "如需公司盖章请告知", "股东会决议见附件",
    ])
  func settled(_ words: String) throws {
    try Statement.expectAffirmed("我司已阅读并同意\(Self.notice)。\(words)。")
  }
}

/// Statements that stand somewhere else and are shown here.
@Suite("Samples of the statement")
struct SampleTests {
  private static let statement = "我已阅读并同意《京东云账户注销须知》"

  @Test(
    "Below a heading, in brackets, behind a dash",
    arguments: [
      "请按如下格式", "标准答案", "操作手册", "注意事项", "旧工单内容", "历史记录", "存档", "培训材料", "问答", "Q&A", "DeepSeek给的", "百度到的", "备用", "官方说法",
      "小红书上看到的", "律师草拟", "知识库",
    ])
  func headings(_ heading: String) throws {
    for text in [
      "\(heading)：\(Self.statement)。请注销账号。", "\(heading)\n\(Self.statement)\n账号 abc_1", "【\(heading)】\(Self.statement)",
      "账号要注销。\(heading)：\(Self.statement)", "\(heading)——\(Self.statement)", "（\(heading)）\(Self.statement)",
      "\(Self.statement)（\(heading)）",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "Asked for in front of the words",
    arguments: [
      "Q：个人用户注销要写什么？\nA：", "个人用户注销要写什么？", "帮助中心：\nQ：要写什么？\nA：", "工单内容要写啥？——", "问：怎么写？\n答：",
      "智能客服：\nQ：个人用户注销要写什么？\nA：",
    ])
  func asked(_ question: String) throws {
    try Statement.expectNotAffirmed("\(question)\(Self.statement)，并附联系邮箱、电话。")
  }

  @Test(
    "The applicant's own headings and answers",
    arguments: [
      "我的答复：", "声明：", "【声明】", "本人声明\n", "按贵司给的格式填写：", "请问除了声明还要什么材料吗？声明：", "问：注销须知看了吗？\n答：看了，",
    ])
  func own(_ lead: String) throws { try Statement.expectAffirmed("\(lead)\(Self.statement)。请注销账号。") }
}
