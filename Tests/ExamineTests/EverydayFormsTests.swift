import Testing

/// Letters, pictures, notes and lead-ins of everyday tickets, each beside what looks like it and holds the statement up.
@Suite("Everyday forms of tickets")
struct EverydayFormsTests {
  @Test(
    "A letter's salutation is nobody's words",
    arguments: [
      "京东云：\n我单位已阅读并同意《京东云账户注销须知》，现申请注销账户。\n特此函告。",
      "关于申请注销京东云账户的函\n\n京东云：\n我单位于2020年注册账户。我单位已阅读并同意《京东云账户注销须知》。\n联系人：裘工",
      "京东云客服：\n你好！\n我是诊所的行政。\n我司已通读《京东云账户注销须知》并接受其全部约定。",
    ])
  func salutation(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(
    "An agent's words and a talk are none",
    arguments: [
      "客服：\n您好，请在工单中写明：我已阅读并同意《京东云账户注销须知》。",
      "客服小京：\n我已阅读并同意《京东云账户注销须知》，请您按此格式填写。",
      "京东云客服：\n您好，我们收到了您的工单。\n[10:02] 客服\n已阅读并同意《京东云账户注销须知》",
      "张三说\n京东云：\n我已阅读并同意《京东云账户注销须知》", "客服 10:02\n我已阅读并同意《京东云账户注销须知》这句话请您复制",
      "我：想注销\n客服：\n我已阅读并同意《京东云账户注销须知》",
      "张三 10:01\n我已阅读并同意《京东云账户注销须知》\n我 10:02\n稍等",
      "系统 10:01\n我已阅读并同意《京东云账户注销须知》\n我 10:02\n稍等",
      "发件人：王总\n我已阅读并同意《京东云账户注销须知》\n\n收件人：我\n请知悉",
    ])
  func talk(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("A picture with a blank behind it ends a clause, and no denial")
  func pictures() throws {
    try Statement.expectAffirmed("三年前买来跑爬虫，现在不敢跑了😂 注销须知看了，同意哈。京东云账号 spider_no_more 帮销掉")
    for text in [
      "我不😂 同意《京东云账户注销须知》，已阅读。", "京东云账户注销须知没😂 看，同意", "京东云账户注销须知看了不😂 同意",
      "如果退款到账😂 我已阅读并同意京东云账户注销须知",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test("What is enclosed says nothing; what is wanting does")
  func enclosures() throws {
    let statement = "我单位已阅读并同意《京东云账户注销须知》。"
    for list in ["附件：1. 法人证书复印件；2.《注销京东云账号同意书》（盖章）。", "随附：营业执照复印件、授权书"] {
      try Statement.expectAffirmed("\(statement)\n\(list)")
    }
    for list in ["附件：同意书（未盖章，等领导批）", "附件：先退款再注销的说明", "附件：撤销申请书", "附件：不同意第三条的说明"] {
      try Statement.expectNotAffirmed("\(statement)\n\(list)")
    }
  }

  @Test(
    "Who the applicant is, in brackets; who he is not",
    arguments: [
      ("本人（课题负责人）", true), ("我（账号实名人）", true), ("我司（项目管理员）", true), ("我（公司法务）", false), ("我的客户（法人）", false),
      ("本人（代课题负责人）", false), ("我（不是负责人）", false), ("我老板（公司法人）", false),
    ])
  func roles(_ subject: String, _ isAffirmed: Bool) throws {
    let text = "\(subject)已阅读且同意《京东云账户注销须知》，请注销。"
    try isAffirmed ? Statement.expectAffirmed(text) : Statement.expectNotAffirmed(text)
  }

  @Test(
    "Words that lead into the statement",
    arguments: [
      ("京东云这边：", true), ("只有一句：", true), ("那我就在这儿说：", true), ("重新发：", true), ("不过最后还是我自己看的：", true),
      ("客服让我说一句：", false), ("老板这边：", false), ("只有这句是假的：", false), ("等退款了我就说：", false), ("样例就一句：", false),
      ("要是能退款，那我就在这里说：", false),
    ])
  func leads(_ lead: String, _ isAffirmed: Bool) throws {
    let text = "要注销账号了。\(lead)京东云账户注销须知已阅读，同意。"
    try isAffirmed ? Statement.expectAffirmed(text) : Statement.expectNotAffirmed(text)
  }

  @Test("A slip that is explained in brackets, and brackets that explain nothing of the kind")
  func slips() throws {
    try Statement.expectAffirmed("京东云账户注销须知我读完了我统一（手写板老认错，是“同意”两个字）。")
    for note in ["手写板老认错，是“不同意”", "老板认错了，是“同意”", "手写板，“不同意”", "语音认错，应为“有异议”"] {
      for word in ["统一", "同意"] {
        try Statement.expectNotAffirmed("京东云账户注销须知我读完了，我\(word)（\(note)）。")
      }
    }
  }

  @Test(
    "Ordinary words behind the statement",
    arguments: [
      "说实话有点舍不得", "替我谢谢他", "账号留着也是吃灰", "关了省心", "先说到这", "想打听一句，审核一般几个工作日？", "写错字见谅", "有不周到的地方请包涵",
      "这次不会再反悔", "营业执照与授权书随单上传", "反馈请发 ops@example.com", "麻烦审核下京东云这边的销户", "请改人工", "系统换成本地的了",
      "无任何遗留", "不用打电话挽留",
    ])
  func ordinary(_ words: String) throws {
    try Statement.expectAffirmed("本人已阅读并同意《京东云账户注销须知》。\(words)。")
  }

  @Test("What another does not know is no doubt; what another doubts is one")
  func othersDoubts() throws {
    let statement = "《京东云账户注销须知》我已阅读并同意，请注销。"
    try Statement.expectAffirmed("我太太不太懂这些，账号是我本人实名的。\(statement)")
    for doubt in ["财务好像还不太放心", "我太太好像不太愿意", "老板似乎不太想关"] {
      try Statement.expectNotAffirmed("\(doubt)，\(statement)")
    }
  }

  @Test(
    "Words that look like them",
    arguments: [
      "还是舍不得，先不注销", "替我问问他同不同意", "账号留着还有用", "先说到这，等我想想", "想打听一句，我能不能不同意", "有不对的地方就别办",
      "可能会反悔", "营业执照等下周上传", "反馈之前别办", "麻烦先退款再审核下京东云这边的销户", "改完人工再说", "系统还没换成本地的", "没备份",
      "没有遗留问题再注销", "只想看一下注销申请的事", "我想核实一下注销申请", "财务好像还不太放心", "先打电话挽留一下客户再办", "Sure, because I totally had a choice",
    ])
  func traps(_ words: String) throws {
    try Statement.expectNotAffirmed("本人已阅读并同意《京东云账户注销须知》。\(words)。")
  }

  @Test(
    "An owner who is another, one in distress, a stolen number, a legend of ticks: for a person",
    arguments: [
      "机主是我哥，三月份走了，我用他的手机登上来的。_", "账号实名的是我前夫。_", "_需要死亡证明我可以拍。", "_东西我也分给朋友了，过了今晚就再也没人麻烦你们了。",
      "_不想活了，都不要了。", "申请人：_\n机主来电：我没有提过任何单，有人补办了我的手机卡。", "（√ 表示还没做的，× 表示做完的）\n√ _", "_这句是海报上印的。",
      "_竞品报价明天到，便宜不了多少我就不折腾搬家了。", "_请在此处签名", "_ My father passed away, I have the death certificate.",
    ])
  func troubles(_ form: String) throws {
    try Statement.expectNotAffirmed(form.replacing("_", with: "我已阅读并同意《京东云账户注销须知》，请注销账号。"))
  }

  @Test(
    "A statement in a mail's signature, below two hyphens, stands under every mail; other rules part the text alone")
  func signature() throws {
    let statement = "我已阅读并同意《京东云账户注销须知》"
    for mark in ["--", "-- "] {
      try Statement.expectNotAffirmed("从库延迟一直在 40 秒以上，请排查。\n\n\(mark)\n运维组 小许\n\(statement)")
      try Statement.expectAffirmed("\(statement)，请注销账号。\n\n\(mark)\n小许 13800138000")
    }
    for rule in ["----------", "——"] { try Statement.expectAffirmed("您好\n\(rule)\n\(statement)，请注销账号。") }
  }

  @Test("An earlier ticket that is to be dropped says nothing against this one")
  func earlierTicket() throws {
    let statement = "我已阅读并同意《京东云账户注销须知》，请注销。"
    try Statement.expectAffirmed("不小心重复提交了，以这张为准。前面那张空白的请作废。\(statement)")
    try Statement.expectNotAffirmed("\(statement)这张也请作废。")
  }
}
