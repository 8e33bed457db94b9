import Testing

/// What most tickets say beside the statement: requests, courtesy, reasons, contacts. None of it keeps a statement back.
@Suite("Ordinary words beside a statement")
struct OrdinaryTests {
  private static let statement = "我已阅读并同意《京东云账户注销须知》。"
  private static let english = "I have read and agree to the JD Cloud account closing notice."

  @Test("Requests and courtesy behind it", arguments: requests) func request(_ words: String) throws {
    try Statement.expectAffirmed(Self.statement + words)
  }

  @Test("Reasons before and behind it", arguments: reasons) func reason(_ words: String) throws {
    try Statement.expectAffirmed(words + Self.statement + "请注销。")
    try Statement.expectAffirmed(Self.statement + words)
    try Statement.expectAffirmed("\(words.dropLast())，现申请注销账号，\(Self.statement)")
  }

  @Test("Requests and courtesy in English, before and behind", arguments: englishRequests)
  func englishRequest(_ words: String) throws {
    try Statement.expectAffirmed("\(Self.english) \(words)")
    try Statement.expectAffirmed("\(words) \(Self.english)")
  }

  private static let requests = [
    "请注销。",
    "请尽快注销。",
    "请尽快办理。",
    "麻烦尽快处理，谢谢。",
    "请予以注销。",
    "请协助注销。",
    "请帮忙注销一下账号。",
    "望尽快处理。",
    "请审核。",
    "请审批。",
    "请通过。",
    "请受理。",
    "申请注销。",
    "现申请注销账号。",
    "特此申请。",
    "恳请批准。",
    "望批准。",
    "请批准我的申请。",
    "烦请处理。",
    "辛苦了。",
    "谢谢！",
    "感谢。",
    "麻烦了。",
    "请核实后注销。",
    "请核实后尽快办理。",
    "麻烦审核通过。",
    "有劳了。",
    "请按流程办理。",
    "请尽快给予注销，谢谢配合。",
    "希望尽快注销。",
    "请直接注销即可。",
    "可以直接注销。",
    "请操作注销。",
    "请永久注销。",
    "请彻底注销该账号。",
    "请将我的账号注销。",
    "请把账号注销掉。",
    "请给予办理。",
    "请安排注销。",
    "请今天处理。",
    "越快越好。",
    "加急，谢谢。",
    "确认无误后请办理。",
    "如有问题请联系我。",
    "有问题随时联系。",
    "如需补充材料请告知。",
    "需要什么材料请告诉我。",
    "请回复处理结果。",
    "处理完请通知我。",
    "办好后请短信通知。",
    "注销后请告知。",
    "以上信息真实有效。",
    "以上内容属实。",
    "特此声明。",
    "特此确认。",
    "情况属实，请予办理。",
    "由此产生的后果由本人承担。",
    "后果自负。",
    "我知道注销后不能恢复。",
    "数据已备份。",
    "所有资源已释放。",
    "没有欠费。",
    "余额为0。",
    "没有未完成的订单。",
    "本人自愿注销。",
    "系本人操作。",
    "谢谢客服。",
    "祝工作顺利。",
    "此致 敬礼",
    "联系人：张三",
    "手机：13800138000",
    "我的账号是 demo_user01。",
  ]
  private static let reasons = [
    "公司业务调整，不再使用。",
    "项目已经结束。",
    "公司已注销。",
    "长期不用。",
    "账号闲置多年。",
    "重复注册了。",
    "注册错了。",
    "换了新账号。",
    "业务迁移到其他平台了。",
    "不再需要云服务。",
    "个人原因。",
    "用不上了。",
    "毕业了，用不到了。",
    "服务器早就不用了。",
    "网站关停了。",
    "公司停业。",
    "想用手机号注册新账号。",
    "实名信息要换绑。",
    "费用太高。",
    "清理不用的账号。",
    "之前测试用的，现在不用了。",
    "担心个人信息泄露。",
    "手机号要注销。",
    "因业务需要。",
    "店铺不开了。",
    "小程序下线了。",
    "域名已转出。",
    "备案已注销。",
  ]
  private static let englishRequests = [
    "Please close my account.",
    "Please close it as soon as possible.",
    "Please close my account ASAP.",
    "Kindly close my account.",
    "Please delete my account.",
    "Please proceed.",
    "Please go ahead.",
    "Please go ahead and close it.",
    "Please process my request.",
    "Please close it at your earliest convenience.",
    "Thank you.",
    "Thanks in advance.",
    "Many thanks.",
    "Kind regards",
    "Please confirm by email.",
    "Please let me know when it is done.",
    "Let me know if you need anything else.",
    "If you need more information, please contact me.",
    "Please contact me if you have questions.",
    "Feel free to call me.",
    "I no longer need it.",
    "We no longer use it.",
    "I don't use it any more.",
    "The project is over.",
    "Our company has closed down.",
    "All resources have been released.",
    "There is no balance left.",
    "I understand that this cannot be undone.",
    "I understand the account cannot be restored.",
    "I confirm that the information above is true.",
    "My email is a@example.com.",
    "My phone is +86 13800138000.",
    "You can reach me at a@example.com.",
    "Account: demo_user01",
    "I would like to close my account.",
    "I want to cancel my account.",
    "I request the closure of my account.",
    "I hereby request that my account be closed.",
    "Please permanently delete my account and data.",
    "All data has been backed up.",
    "No outstanding bills.",
    "Looking forward to your reply.",
    "I look forward to hearing from you.",
    "Have a nice day.",
    "Please close the account immediately.",
    "Please terminate my account today.",
    "Could you please close my account?",
    "I'd appreciate a quick response.",
    "Please help me close this account.",
    "Please cancel this account for us.",
    "It is a duplicate account.",
    "I registered it by mistake.",
    "We moved to another provider.",
  ]

  @Test("What people tell beside it: all but a few of its places leave the statement whole")
  func told() throws {
    let words = [
      "公司已经不用京东云了", "业务都迁到别家了", "服务器到期后没有续费", "数据已经全部备份好了", "域名早就转走了", "余额已经提现", "发票已经开好了",
      "账号是我自己注册的", "这个账号是我大学时候注册的", "之前帮孩子报名时注册的", "孩子上网课用的，现在不用了", "老婆让我把不用的账号都清理一下", "同事建议我走工单",
      "朋友推荐我用的，后来没用上", "领导让我把账号注销掉", "公司注销了，账号也不要了", "手机号已经换绑成本人的", "里面没有任何资源", "没有欠费也没有未完成的订单",
      "所有订单都已完成", "代金券过期了", "备案已经注销", "麻烦尽快处理", "请今天处理一下", "有问题请打我电话", "处理完请短信通知我", "希望能在本周内办完",
      "如需材料请联系我", "自助注销提示失败", "系统一直提示有未释放资源，其实都释放了", "客服说要提交工单", "之前提过一次工单被驳回了", "身份证照片已上传附件",
      "请核实后注销", "注销后我会用另一个账号", "我还有另一个账号，那个继续用", "账号里的数据不要了", "子账号已全部删除", "RAM用户都删了", "合同已经到期",
      "试用已经结束", "不再需要云服务", "感谢你们一直以来的支持", "祝工作顺利", "账号从来没用过", "账号密码忘了，但手机号是我的", "实名是我本人",
      "公司法人就是我", "退款已经收到了", "网站去年就关了", "我妈的手机号不用联系", "下个月我要出国，所以现在注销", "明天开始不再使用", "年底前不会再用云服务了",
      "上个月已经把服务器退了", "昨天把数据导出来了", "京东商城的账号请不要动", "不影响商城账号吧", "大概多久能办好", "主账号和子账号都一起注销",
    ]
    let statement = "本人已阅读并同意《京东云账户注销须知》"
    var kept: [String] = []
    for word in words {
      for text in ["\(word)。申请注销账号，\(statement)。", "申请注销账号。\(statement)。\(word)。", "申请注销账号，\(word)。\(statement)。"]
      where try !Statement.isAffirmed(text) {
        kept.append(text)
      }
    }
    #expect(kept.count <= 6, "\(kept.joined(separator: "\n"))")
  }
}
