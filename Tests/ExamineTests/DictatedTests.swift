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
    "我不想把我的京东云账号注销掉那个注销须知我看过了我同意的", "我没想把我的京东云账号注销掉那个注销须知我看过了我同意的", "我不把我的京东云账号注销掉那个注销须知我看过了我同意的",
    "京东云账户注销须知我看过了我同意问号",
    "京东云账户注销须知我看过了我同意句号下个月再关句号",
    "京东云账户注销须知我看过了句号我同意逗号退款到账的话句号",
    "喂您好我想过完年把我的京东云账号注销掉那个注销须知我已经看过了我同意的",
    "喂您好我想拿到发票把我的京东云账号注销掉那个注销须知我已经看过了我同意的",
    "你好我想十月一号把我的账号注销掉那个注销须知我看过了我同意的",
    "你好我想阻止你们把我的账号注销掉那个注销须知我看过了我同意的",
    "如果你们不退钱就别想听到我说句号我已阅读并同意京东云账户注销须知",
    "我从来没有表示过句号我已阅读并同意京东云账户注销须知", "打死我也不会说感叹号我已阅读并同意京东云账户注销须知",
    "我昨天问过律师叹号注销须知已阅读并同意", "京东云账户注销须知看完同意就请你们关掉吧", "京东云账户注销须知阅读并同意就请帮我处理",
  ]) func notSpoken(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("A mark that is spoken of parts nothing", arguments: ["句号少打了一个。", "键盘上的句号按不动，见谅。"])
  func markAsWord(_ remark: String) throws {
    try Statement.expectAffirmed("本人已阅读并同意《京东云账户注销须知》。" + remark)
  }

  @Test(arguments: ["账号的注销须知我读完了，同意。", "这个号的注销须知我读完了，同意。", "我的号的注销须知我读完了，同意。", "云账户的注销须知我读完了，同意。"])
  func ofTheAccount(_ text: String) throws { try Statement.expectAffirmed("京东云的。" + text) }

  @Test(arguments: ["商城号", "QQ号", "另一个号", "别的号", "企业号", "你们号", "百度云账户", "联通云账户", "QQ云账户", "私有云账户", "手机云账户"])
  func ofAnotherAccount(_ account: String) throws {
    try Statement.expectNotAffirmed("京东云的。\(account)的注销须知我读完了，同意。")
  }

  /// 只有 says what there is, unless something depends on it.
  @Test(arguments: [
    ("账号里面只有测试数据。", true), ("只有退款才行。", false), ("只有余额退了，才同意。", false), ("只有退款到账。", false), ("我的要求只有一个：退钱。", false),
    ("只有一个请求：域名转给我弟。", false), ("只有域名归我。", false),
  ])
  func only(_ remark: String, _ isAffirmed: Bool) throws {
    let text = "本人已阅读并同意《京东云账户注销须知》。" + remark
    if isAffirmed { try Statement.expectAffirmed(text) } else { try Statement.expectNotAffirmed(text) }
  }
}
