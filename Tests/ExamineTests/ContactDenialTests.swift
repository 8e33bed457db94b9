import ClosureModel
import Examine
import Testing

/// What a ticket says against the contacts of its own form, in a cell and in the text.
@Suite("Contacts that the applicant takes back")
struct ContactDenialTests {
  private static let examiner = Result { try Fixture.examiner() }

  private func examine(_ body: String, email: String = "", phone: String = "", messages: [String] = []) throws
    -> Examination
  {
    let ticket = Ticket(
      id: Ticket.ID("T-1"), origin: Origin(file: "export.csv", row: 2), category: "账号与认证", subject: "注销账号", body: body,
      replies: messages.map { Ticket.Message(author: .customer, text: $0) }, account: "jdc_test", declaredKind: "个人",
      contactEmail: email, contactPhone: phone)
    return try Self.examiner.get().examine(ticket, attachments: [])
  }

  @Test(
    "A cell that says its number is dead or another's is disowned",
    arguments: [
      "13800138000（已停用）", "13800138000 空号", "勿打13800138000", "13800138000（前员工）", "13800138000（不用）", "原手机13800138000",
      "13800138000；已停用", "13800138000 旧",
      "错号13800138000", "非本人13800138000", "13800138000 前任", "13800138000(wrong)", "13800138000（待确认）",
    ])
  func cells(_ cell: String) throws {
    #expect(try examine("", phone: cell).formPhones.map(\.isDisowned) == [true])
  }

  @Test(
    "A cell with a name, a time or somebody near keeps its number",
    arguments: [
      "13800138000", "张三 13800138000", "手机：13800138000（本人）", "13800138000（我爱人）", "13800138000 白天可打", "注册手机13800138000",
    ])
  func keptCells(_ cell: String) throws {
    let found = try examine("", phone: cell).formPhones
    #expect(found.map(\.isDisowned) == [false] && found.map(\.status) == [.valid])
  }

  @Test(
    "So with addresses",
    arguments: [
      ("zs@example.com（已停用）", true), ("原邮箱zs@example.com", true), ("zs@example.com 前同事的", true),
      ("张三 zs@example.com", false),
    ])
  func addresses(_ cell: String, _ isDisowned: Bool) throws {
    #expect(try examine("", email: cell).formEmails.map(\.isDisowned) == [isDisowned])
  }

  @Test(
    "A number that the text calls dead is disowned, masked or whole",
    arguments: [
      "我填的手机13800138000已停用，请不要打。", "请勿拨打13800138000。", "安全手机138****8000已停用", "以前的号码 13800138000 已停用，新号码 13900139000",
    ])
  func named(_ body: String) throws {
    #expect(try examine(body).text.phones.first?.isDisowned == true)
  }

  @Test(
    "A note in a cell beside a number counts, and an agent's line below 以上 is no customer's",
    arguments: [
      "电话\t13900139000\t已停用", "不要打\t13900139000", "电话13900139000，停机了账号也登不上", "客服小李：您好\n以上。我的电话是13900139000，有事您打",
      "客服：我们的电话是多少？ 答：010-62345678",
    ])
  func noted(_ body: String) throws {
    let found = try examine(body).text.phones.filter { $0.owner == .applicant && $0.status == .valid && !$0.isDisowned }
    #expect(found.isEmpty)
  }

  @Test("An address of a country's own ending is whole", arguments: ["com.br", "com.au", "com.sg"])
  func ending(_ ending: String) throws {
    let found = try examine("邮箱 zs@company.\(ending): 谢谢").text.emails.map(\.value)
    #expect(found == ["zs@company.\(ending)"])
  }

  @Test(
    "Words against a contact that is not written are read, with whom they mean",
    arguments: [
      ("表单上的手机和邮箱都已停用，请不要联系。", ContactDenial.Kind.any, ContactDenial.Reach.everything),
      ("邮箱写错了，应为 new@qq.con。", .email, .everything),
      ("我填的电话打不通", .phone, .everything), ("手机号已经停机了", .phone, .security), ("手机号换了", .phone, .security),
      ("手机号写错了", .phone, .everything),
      ("表单上的手机号换了", .phone, .everything), ("绑定的手机号已停用", .phone, .security),
      ("登记的邮箱登录不上", .email, .everything), ("安全手机收不到短信", .phone, .security), ("联系方式都失效了", .any, .everything),
      ("the phone on the form is wrong", .phone, .everything), ("请勿使用表单上的手机", .phone, .everything),
      ("请勿拨打表单上的手机", .phone, .everything),
      ("我的常用邮箱已停用。", .email, .everything), ("备用电话已停用。", .phone, .everything),
      ("请注意联系邮箱写错了。", .email, .everything),
    ])
  func denials(_ body: String, _ kind: ContactDenial.Kind, _ reach: ContactDenial.Reach) throws {
    let found = try examine(body).text.contactDenials
    #expect(found.map(\.kind) == [kind] && found.map(\.reach) == [reach])
  }

  @Test("The last digits name a number")
  func tail() throws {
    #expect(try examine("尾号8000的手机已停用").text.contactDenials.map(\.tail) == ["8000"])
  }

  @Test(
    "Everyday words are no denial",
    arguments: [
      "手机没停用，可以打。", "邮箱没有写错。", "手机验证码失效，无法自助注销。", "提示手机号错误，无法注销。", "原手机号已停用。", "如果手机打不通，请发邮件。", "同事的手机停用了。",
      "用手机登录不了控制台。", "手机登不上账号。", "邮箱对应的账号已注销。", "客服电话打不通。", "手机号停用了吗？", "请把手机号停用。",
      "电话13800138000，邮箱zs@example.com，账号不再使用。",
      "手机号已注销过账号。",
    ])
  func silent(_ body: String) throws {
    #expect(try examine(body).text.contactDenials.map(\.evidence.quote) == [])
  }

  @Test("A later message takes back what the first text gave")
  func later() throws {
    let found = try examine("电话13800138000", messages: ["13800138000已停用，请打13900139000"]).text.phones
    #expect(found.filter { $0.owner == .applicant }.map(\.value) == ["+8613900139000"])
  }

  @Test("Somebody else's number in the text is disowned; a login and a colleague's are not")
  func strangers() throws {
    #expect(try examine("黑客把手机改成13900139000").text.phones.map(\.isDisowned) == [true])
    #expect(try examine("登录手机13800138000").text.phones.map(\.isDisowned) == [false])
  }
}
