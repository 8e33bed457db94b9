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
}
