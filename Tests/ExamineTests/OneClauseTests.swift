import Testing

/// What the closing waits for, said in one clause with the request, without a comma between them.
@Suite("Conditions and times in the request's own clause")
struct OneClauseTests {
  private static let statement = "本人已阅读并同意《京东云账户注销须知》"
  private static let events = ["退款到账", "合同到期", "数据迁走", "备案注销", "域名转出", "老板签字", "客服回电", "孩子毕业"]
  private static let requests = ["注销", "请注销", "给我注销", "麻烦注销账号", "把号销了", "删掉这个号", "请予以注销", "照常办理", "立即注销", "走流程"]

  @Test(
    "Every word that makes one thing wait for another",
    arguments: [
      "等_^", "等_后^", "等_再^", "待_^", "一旦_就^", "_的话^", "_再^", "_后^", "_以后^", "_之后^", "_了再^", "只要_就^", "只有_才^", "假如_^",
      "万一_^", "若_则^",
      "倘若_^", "_时^", "_的时候^", "_那天^", "_当天^", "视_情况^", "根据_情况^", "在_的前提下^", "以_为前提^", "要是_^", "如果_^", "如果_就^", "假设_^",
      "凡_即^",
      "_方可^",
    ])
  func waits(_ form: String) throws {
    for event in Self.events {
      for request in Self.requests {
        let words = form.replacing("_", with: event).replacing("^", with: request)
        try Statement.expectNotAffirmed("\(Self.statement)。\(words)。")
        try Statement.expectNotAffirmed("\(words)。\(Self.statement)。")
      }
    }
  }

  @Test(
    "As people put it",
    arguments: [
      "不退款就不注销", "没退款别注销", "什么时候退款什么时候注销", "哪天退款哪天注销", "退款即注销", "收到退款立马注销", "见到退款才注销", "拿到退款后你们再关", "退了款你们就关", "钱退了就关",
      "钱到账了就注销", "退钱之后随便你们关", "什么时候把钱退了什么时候关", "退款办妥即可注销", "钱一到账你们就销", "押金给我退了才能销", "注销排在备案之后", "注销最后办", "具体时间另行通知",
      "注销时间待定",
      "下载完数据后可注销", "数据下载后可注销", "备份做完即可关闭", "客服回电是注销的前提", "退款到账作为注销的条件", "到期即关", "毕业答辩完再关",
    ])
  func everyday(_ words: String) throws {
    for text in [
      "\(Self.statement)。\(words)。", "\(words)。\(Self.statement)。", "\(Self.statement)，\(words)。",
      "\(words)，\(Self.statement)，请注销。",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "What tells how it went, and what the other side does, waits for nothing",
    arguments: [
      "自助注销时提示系统繁忙", "注销时人脸识别没通过", "当时注册着玩的", "核实后请注销", "请审核通过后注销", "如材料齐全请办理", "余额已经退了",
      "服务器到期后没续费", "请及时办理", "请同时注销短信通知", "离职的时候数据都删了",
    ])
  func harmless(_ words: String) throws { try Statement.expectAffirmed("\(Self.statement)。\(words)。") }

  private static let english = "I have read and agree to the JD Cloud account closing notice"

  @Test(
    "In English, before and behind",
    arguments: [
      "Close it upon the refund", "Please close the account following the migration",
      "You may delete it on receipt of the refund",
      "The moment the refund arrives you may delete it", "I would like it closed as soon as my boss signs",
      "Close my account the day the contract ends", "Delete the account in exchange for the refund",
      "It can be closed depending on the audit", "I would like it closed after the contract ends",
      "I am waiting for the refund",
      "Still waiting on the migration", "The refund comes first", "The refund first, then you may delete it",
      "Please close it on completion of the migration",
    ])
  func english(_ words: String) throws {
    try Statement.expectNotAffirmed("\(Self.english). \(words).")
    try Statement.expectNotAffirmed("\(words). \(Self.english).")
    try Statement.expectNotAffirmed("\(Self.english), \(words).")
  }

  @Test(
    "Waiting for an answer holds nothing up",
    arguments: [
      "I am waiting for your reply", "I'm still waiting for an answer since March",
      "We are waiting for your confirmation",
      "The contract ended in May", "Then my phone was lost",
    ])
  func answers(_ words: String) throws { try Statement.expectAffirmed("\(words). \(Self.english).") }
}
