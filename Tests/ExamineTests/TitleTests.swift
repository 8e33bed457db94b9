import ClosureModel
import Examine
import Testing

@Suite("Titles of tickets")
struct TitleTests {
  private static let statement = "本人已阅读并同意《京东云账户注销须知》，请注销账号。"
  private static let examiner = Result { try Fixture.examiner() }

  @Test(
    "A mark in the title is for a person",
    arguments: [
      "撤销：申请注销账号", "申请注销账号（已取消）", "【作废】京东云账号注销", "Closing request (withdrawn)", "撤销", "申请注销账号-已取消", "申请注销账号——已撤销",
      "申请注销账号/撤销", "申请注销账号，已作废", "撤销！申请注销账号", "作废-申请注销账号", "Cancelled - close my account", "误提交：申请注销账号",
      "申请注销账号 撤销", "申请注销账号　已取消", "误提 申请注销账号",
    ])
  func title(_ title: String) throws {
    #expect(try withdrawal(title).label == .unclear)
  }

  @Test(
    "A title about somebody else, something else, another time, or of other people's words is for a person",
    arguments: [
      "帮朋友注销账号", "代客户注销账号", "爸爸的账号注销", "年底注销账号", "等退款后注销账号", "注销子账号", "注销域名", "注销备案", "注销实名认证", "注销京东商城账号",
      "申请注销一个子账号", "注销其中一个账号", "申请注销云主机", "申请注销账号，保留域名", "FW: 申请注销账号", "转发：申请注销账号", "【模板】申请注销账号",
      "样例：申请注销账号", "申请注销账号（仅咨询）", "close sub-account", "close my friend's account",
      "Please close my account next month",
    ])
  func otherTitle(_ title: String) throws {
    #expect(try withdrawal(title).label == .unclear)
  }

  @Test(
    "Other titles are none",
    arguments: [
      "账号注销失败", "人工注销账号", "账户注销申请书", "急！注销账号", "close my account", "申请注销账号", "【注销】申请", "注销账号（已实名）", "取消京东云账号",
    ])
  func plainTitle(_ title: String) throws {
    #expect(try withdrawal(title).label == .denied)
  }

  @Test(
    "A title of another matter, a state, another provider's account or a question that stands alone is for a person",
    arguments: [
      "账号被盗用，疑似他人申请注销", "账号密码泄露", "收到陌生注销短信", "账号申诉", "账号找回", "申请恢复已注销账号", "更换绑定手机", "实名信息改为公司", "把账号移交给同事",
      "申请退款", "余额提现", "发票问题", "释放云主机", "注销短信签名", "注销 API 密钥", "注销京东白条", "删除IAM用户", "注销腾讯云账号", "停用账号，不是注销",
      "注销（待领导审批）", "注销申请-审批中", "注销账号（暂不处理）", "【演示】注销账号", "注销账号-存档", "抄送：注销账号", "预约注销", "因退款未到账暂不办，注销账号", "因领导还没批注销账号",
      "注销意向书", "注销前咨询",
      "内部讨论：是否注销账号", "只注销一个地域的资源", "两个账号注销一个", "撤回昨天的注销工单", "重复工单，请忽略", "提交错了", "取消账号注销", "律师函", "家属申请",
      "关闭短信服务", "Cancel closure request", "Reopen my account", "Account hacked", "Refund first",
      "Delete one instance only",
      "Close Tencent Cloud account", "Test ticket please ignore", "Password reset",
    ])
  func strange(_ title: String) throws {
    #expect(try withdrawal(title).label == .unclear)
  }

  @Test(
    "Titles that ask for the closing, in the words that titles are made of",
    arguments: [
      "申请注销账号", "账户注销-资料已上传", "无法自助注销，申请人工注销", "注销账号申请（急）", "【注销】请处理", "第三次申请注销", "关闭账号", "我要註銷帳號", "个人账号注销",
      "注销账号 jd_demo_01", "账户注销-陈明-13800138000", "陈明 账号注销", "宏图科技（北京）有限公司注销申请", "宏图科技有限公司账号注销", "注销申请20261118",
      "因离职注销账号", "公司倒闭，账号注销", "手机号停用，账号注销", "关于注销我司京东云账户的函", "企业注销京东云账号申请及同意书", "您好", "求助", "紧急", "账号问题", "账号与认证",
      "Re: 注销账号", "Account closure request", "Please close my cloud account", "Delete my account permanently",
      "取消京东云账号", "cancel my account", "本人已阅读并同意《京东云账户注销须知》，申请注销",
    ])
  func asking(_ title: String) throws {
    #expect(try withdrawal(title).label == .denied)
  }

  @Test("A title that is the beginning of the body, cut off or not, is read with it")
  func beginning() throws {
    for title in ["本人已阅读并同意《京东云账", "本人已阅读并同意《京东云账户注销须知》…", "本人已阅读并同意..."] {
      #expect(try withdrawal(title).label == .denied, "\(title)")
    }
    #expect(try withdrawal("本人已阅读并同意《商城账").label == .unclear)
  }

  @Test("A subject as long as a body is judged as one, in time that grows with its length")
  func long() throws {
    let chat = "您好，我是这个账号的持有人，2019年注册来做课程作业，现在毕业了，机器早已释放，数据也都备份好了。"
    #expect(try withdrawal(chat + chat + chat + "申请注销账号。").label == .denied)
    #expect(try withdrawal(chat + chat + chat + "先不要注销账号。").label == .unclear)
    for word in ["因注销", "注销 ", "有限公司", "(", "A-"] {
      _ = try withdrawal(String(repeating: word, count: 20_000))
    }
  }

  @Test(
    "The applicant's own company is known from its field, in part or whole; other words in its place are not",
    arguments: [
      ("企业账号注销材料（松原宏图电子商务）", true), ("松原宏图电子商务销户材料", true), ("宏图电子商务有限公司账号注销", true), ("账号注销-松原宏图", true),
      ("企业账号注销材料（临江白桦教育）", true), ("石桥白桦传媒销户材料", true), ("账号注销（临江白桦）", false), ("未审批教育账号注销", false),
      ("账号注销（流程演练）", false), ("账号注销（待领导审批）", false), ("松原宏图电子商务短信签名注销", false), ("松原宏图电子商务暂不注销", false),
    ])
  func company(_ title: String, _ isPlain: Bool) throws {
    #expect(try (withdrawal(title, "松原宏图电子商务有限公司").label == .denied) == isPlain)
  }

  private func withdrawal(_ title: String, _ company: String = "") throws -> StatementReading {
    let ticket = Ticket(
      id: Ticket.ID("T-1"), origin: Origin(file: "t", row: 1), subject: title, body: Self.statement, company: company)
    return try Self.examiner.get().examine(ticket, attachments: []).text.withdrawal
  }
}
