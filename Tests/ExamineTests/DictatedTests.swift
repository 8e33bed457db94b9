import Testing

/// Statements that are dictated: no marks, marks that are spoken, a wish before the statement; and what only names a thing.
@Suite struct DictatedTests {
  @Test(arguments: [
    "喂您好我想把我的京东云账号注销掉那个注销须知我已经看过了我同意的",
    "嗯那个京东云账户注销须知我都看过了我也同意啊就麻烦你们给我关掉吧",
    "你好我要注销京东云账号逗号注销须知我从头看完了我同意句号谢谢",
    "京东云账户注销须知我看完了我同意句号电话是13800138000句号",
  ]) func spoken(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: [
    "我想把账号注销掉那个注销须知我还没看我同意的",
    "我想等退款到了把账号注销掉那个注销须知我看过了我同意的",
    "我想把账号注销掉然后想再看看注销须知我同意的",
    "我老公想把账号注销掉那个注销须知我看过了我同意的",
    "京东云账户注销须知我看过了我同意问号",
    "京东云账户注销须知我看过了我同意句号下个月再关句号",
    "京东云账户注销须知我看过了句号我同意逗号退款到账的话句号",
  ]) func notSpoken(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("A mark that is spoken of parts nothing", arguments: ["句号少打了一个。", "键盘上的句号按不动，见谅。"])
  func markAsWord(_ remark: String) throws {
    try Statement.expectAffirmed("本人已阅读并同意《京东云账户注销须知》。" + remark)
  }

  @Test(arguments: ["账号的注销须知我读完了，同意。", "这个号的注销须知我读完了，同意。", "云账户的注销须知我读完了，同意。"])
  func ofTheAccount(_ text: String) throws { try Statement.expectAffirmed("京东云的。" + text) }

  @Test(arguments: ["商城号的注销须知我读完了，同意。", "QQ号的注销须知我读完了，同意。", "百度云账户的注销须知我读完了，同意。"])
  func ofAnotherAccount(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  /// 只有 says what there is, unless something depends on it.
  @Test(arguments: [("账号里面只有测试数据。", true), ("只有退款才行。", false), ("只有余额退了，才同意。", false), ("只有退款到账。", false)])
  func only(_ remark: String, _ isAffirmed: Bool) throws {
    let text = "本人已阅读并同意《京东云账户注销须知》。" + remark
    if isAffirmed { try Statement.expectAffirmed(text) } else { try Statement.expectNotAffirmed(text) }
  }
}
