import Testing

/// What is asked for beside the statement.
@Suite("Requests for something else")
struct WishTests {
  private static let statement = "我已阅读并同意《京东云账户注销须知》"

  @Test(
    "A request for something else, where nothing asks for the closing, is for a person wherever it stands",
    arguments: [
      "请恢复我的企业账号", "请更换企业账号的主体", "请帮我解绑实名账户的手机", "请取消企业账号的实名认证", "请把公司账号的域名注销", "请把域名注销", "请将子账号注销",
      "请将云主机删除", "麻烦将自动续费关闭", "请把账号解封", "请把我的账号恢复", "请帮我找回京东云账号", "请把个人账号升级为企业账号", "请协助解除风控", "申请域名注销",
      "申请子账号注销", "申请企业认证取消", "麻烦您处理一下子账号的注销", "子账号注销一下", "域名注销一下", "账号恢复一下", "解封账号", "更换手机号", "注销云主机", "改密码",
      "转让账号给李某", "求解封", "现申请恢复", "能否恢复我的账号", "Restore my account", "Delete my sub-account",
      "Kindly remove my domain", "Please unlock my account",
    ])
  func otherWish(_ wish: String) throws {
    try Statement.expectNotAffirmed("\(wish)。\(Self.statement)。")
    try Statement.expectNotAffirmed("\(wish)，\(Self.statement)。")
    try Statement.expectNotAffirmed("\(Self.statement)，\(wish)。")
    try Statement.expectNotAffirmed("\(Self.statement)\n\(wish)")
    try Statement.expectNotAffirmed("你好。\(wish)。电话 138 0013 8000。\(Self.statement)。")
    try Statement.expectNotAffirmed("\(Self.statement)。电话 138 0013 8000，邮箱 a@example.com。谢谢。\(wish)")
  }

  @Test(
    "A question that wants the account back is for a person, though the closing is asked for",
    arguments: ["可以帮我解封吗？", "什么时候能解封？", "能否恢复我的账号？", "Could you reopen my account?", "Can I get my account back?"])
  func wantedBack(_ question: String) throws {
    try Statement.expectNotAffirmed("\(question)\(Self.statement)。")
    try Statement.expectNotAffirmed("申请注销账号 a_b。\(Self.statement)。\(question)")
  }

  @Test(
    "Requests for the closing are none, whatever the account is called",
    arguments: [
      "请把手机号 138 0013 8000 的账号注销", "请把我公司的账号注销", "请将我司京东云企业账户 acme_x 注销", "请将实名为李某的账号注销", "请把账号和域名一起注销",
      "请将会员账号注销", "麻烦把企业实名的这个号关了", "请把我的手机号注册的号销掉", "请注销公司的京东云账号", "现申请关闭未实名账户 hl-tech", "请注销未实名的账号 hl-tech",
      "公司注销", "业务迁移", "手机号换了", "旧账号注销", "联系电话变更为 138 0013 8000", "公司注销，账号不用了", "请注销用于演示的账户 demo_a", "该账户用于演示",
    ])
  func closing(_ wish: String) throws { try Statement.expectAffirmed("\(wish)。\(Self.statement)。") }

  @Test(
    "What the closing brings holds nothing up, in the form of a condition too",
    arguments: [
      "一旦注销就无法恢复", "我清楚账户一旦注销将无法恢复", "知悉账户一旦注销便不可恢复", "清楚一旦删除就没法找回", "一旦注销，数据全部清空", "如果注销了数据就没了我也知道", "知道删了就找不回来",
      "I understand that once the account is closed it cannot be recovered",
    ])
  func loss(_ clause: String) throws {
    try Statement.expectAffirmed("\(Self.statement)，\(clause)。请注销。")
    try Statement.expectAffirmed("\(clause)。\(Self.statement)，请注销。")
  }

  @Test(
    "A real condition in the same form does",
    arguments: [
      "如果注销了数据就没了，那我就不注销", "一旦注销就无法恢复，请先帮我备份", "一旦注销就无法恢复的话我再想想", "一旦退款到账就注销", "一旦数据删除就注销", "如果注销无法恢复就算了",
      "一旦注销无法恢复，所以我还在犹豫", "一旦注销无法恢复，这我接受不了", "一旦注销无法恢复，等我备份完再办", "不清楚一旦注销就无法恢复", "一旦注销无法登录，请保留数据", "我才知道一旦注销就无法恢复",
    ])
  func condition(_ clause: String) throws { try Statement.expectNotAffirmed("\(Self.statement)，\(clause)。") }
}
