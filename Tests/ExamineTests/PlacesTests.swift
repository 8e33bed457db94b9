import Testing

/// What a careful person would stop at, in every place of a ticket: behind contacts and thanks, in lists, brackets, notes,
/// signatures, below a title.
@Suite("Places where a statement is held up")
struct PlacesTests {
  private static let chinese = "本人已阅读并同意《京东云账户注销须知》"
  private static let english = "I have read and agree to the JD Cloud account closing notice"

  @Test(
    "In Chinese",
    arguments: [
      "先别注销", "请暂停办理", "这是测试", "不是本人操作", "账号不是我的", "替朋友提交的", "老板还没同意",
      "我没看过须知", "我不同意第三条", "退款没到账", "数据还在用", "下个月再办", "只注销子账号",
      "改成冻结就行", "我撤回申请", "等我电话", "域名要保留", "我要留着账号", "账号在打官司",
      "这句是客服让我抄的", "以上是AI生成的", "上面说的不算", "我是未成年人", "我只想改手机号", "余额要先退",
      "还有项目在跑", "我不想注销了", "帮我恢复账号",
    ])
  func chinese(_ words: String) throws {
    let statement = Self.chinese
    for text in [
      "\(statement)，请注销。电话13800138000。\(words)。", "\(statement)。谢谢！\n\n\(words)\n",
      "1. \(statement)\n2. \(words)\n3. 电话13800138000",
      "\(statement)。PS：\(words)。", "\(statement)。（\(words)）", "\(statement)。邮箱 a@example.com，\(words)。",
      "\(words)。云主机已释放，余额为零。\(statement)。", "您好，\(words)，辛苦了。\(statement)。", "\(statement)。备注：\(words)",
      "【备注】\(words)\n【声明】\(statement)", "\(statement)！！！\(words)！！！", "\(statement)。\n\n-- \n张三\n\(words)",
      "\(statement)。最后说一句，\(words)。", "\(statement) \(words)", "\(statement)；\(words)；谢谢", "\(statement)👍\(words)🙏",
      "\(statement)，账号 \(words)", "标题：\(words)\n正文：\(statement)",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "In English",
    arguments: [
      "please do not close it yet", "on hold please", "I changed my mind", "this is a test", "this was not me",
      "it is not my account", "I am writing for a friend", "my boss has not agreed", "I have not read it",
      "I disagree with clause 3", "the refund has not arrived", "the data is still in use", "do it next month",
      "only the sub-account", "just freeze it", "I withdraw my request", "wait for my call", "keep the domain",
      "I want to keep the account", "there is a lawsuit", "support told me to paste this",
      "this was written by an AI", "ignore the above", "I am 14 years old",
      "I only want to change my phone number", "refund the balance first", "one project is still running",
      "I no longer want to close it", "transfer it to my colleague", "please restore my account",
      "my wife wants to keep it", "ask my manager first", "I did not submit this", "someone else is using it",
      "we are still deciding", "not sure about this", "call me before you do it", "my partner objects",
      "after the audit",
    ])
  func english(_ words: String) throws {
    let statement = Self.english
    for text in [
      "\(statement). Please close it. Phone 13800138000. \(words).", "\(statement). Thanks!\n\n\(words)\n",
      "1. \(statement)\n2. \(words)\n3. Phone 13800138000", "\(statement). PS: \(words).", "\(statement). (\(words))",
      "\(words). All servers are released. \(statement).", "Hello, \(words), thanks. \(statement).",
      "\(statement). Note: \(words)", "Note: \(words)\nStatement: \(statement)", "\(statement). Also, \(words), thanks",
      "\(statement) \(words)", "Subject: \(words)\nBody: \(statement)",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "A word within the statement's own clause",
    arguments: [
      "算我看过京东云账户注销须知了，同意。", "京东云账户注销须知懒得阅读，本人同意。", "京东云账户注销须知忘了阅读，本人同意。", "京东云账户注销须知我差点看完了，同意。",
      "本人取消对《京东云账户注销须知》的已阅读并同意。", "我假装看过京东云账户注销须知了，同意。", "京东云账户注销须知已阅读，本人被要求同意。",
      "I have half read and agree to the JD Cloud account closing notice.",
      "I pretended to have read and agree to the JD Cloud account closing notice.",
      "I meant to have read and agree to the JD Cloud account closing notice.",
      "I could have read and agree to the JD Cloud account closing notice.",
      "I have allegedly read and agree to the JD Cloud account closing notice.",
      "It says I have read and agree to the JD Cloud account closing notice.",
      "I regret that I have read and agree to the JD Cloud account closing notice.",
      "I hope I have read and agree to the JD Cloud account closing notice.",
    ])
  func within(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test(
    "The same words beside it",
    arguments: [
      "差点忘了说，本人已阅读并同意《京东云账户注销须知》。", "本人已阅读并同意《京东云账户注销须知》。差点忘了，电话13800138000。",
      "I have read and agree to the JD Cloud account closing notice. I hope I have sent all you need.",
    ])
  func beside(_ text: String) throws { try Statement.expectAffirmed(text) }
}
