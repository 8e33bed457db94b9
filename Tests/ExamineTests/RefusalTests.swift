import ClosureModel
import Examine
import Testing

@Suite("Texts beside a consent that are none")
struct RefusalTests {
  @Test(
    "Somebody else's, negated, conditional, partial, taken back, unfilled or asked: never affirmed",
    arguments: [
      "本人已阅读并同意《京东云账户注销须知》。请注销账号。\n客服回复：好的，已收到\n算了，我不注销了",
      "本人已阅读并同意《京东云账户注销须知》。请注销账号。\n客服小京：正在处理\n请先暂停处理",
      "老板已阅读并同意《京东云账户注销须知》，请注销账号。",
      "我已阅读并同意《京东云账户注销须知》才怪。",
      "本人并没有已阅读并同意《京东云账户注销须知》。",
      "我已阅读并同意《京东云账户注销须知》的前两条。",
      "除第三条外，我已阅读并同意《京东云账户注销须知》。",
      "我已阅读并同意《京东云账户注销须知》。以上内容是客服让复制的，我没看。",
      "我已阅读并同意《京东云账户注销须知》。但是我现在不想注销了。",
      "系统：我已阅读并同意《京东云账户注销须知》",
      "[ ] 我已阅读并同意《京东云账户注销须知》",
      "□ 我已阅读并同意《京东云账户注销须知》",
      "假设我已阅读并同意《京东云账户注销须知》，会怎样",
      "我已阅读并同意《京东云账户注销须知》，账号先保留到月底。",
      "我尚未阅读并同意《京东云账户注销须知》",
      "我已阅读并同意《京东云账户注销须知》，前提是退还押金。",
      "是否已阅读并同意《京东云账户注销须知》：否",
      "是否已阅读并同意《京东云账户注销须知》：",
      "我代表朋友声明已阅读并同意《京东云账户注销须知》",
      "本人（姓名）____已阅读并同意《京东云账户注销须知》",
      "不代表我已阅读并同意《京东云账户注销须知》",
      "I have not read and agreed to the JD Cloud account closure notice.",
      "I have read and agree to the JD Cloud account closure notice if you refund me.",
      "<del>我已阅读并同意《京东云账户注销须知》</del>",
      "<!-- 我已阅读并同意《京东云账户注销须知》 -->请注销",
      "谁说我已阅读并同意《京东云账户注销须知》",
      "我已阅读并同意《京东云账户注销须知》。上面这句作废。",
      "我已阅读并同意《京东云账户注销须知》。先别注销。",
      "拒绝阅读并同意《京东云账户注销须知》",
      "假如已阅读并同意《京东云账户注销须知》",
      "难道要我说已阅读并同意《京东云账户注销须知》",
      "我被要求写已阅读并同意《京东云账户注销须知》",
    ])
  func refused(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
    #expect(try Fixture.examiner().read("您好，请注销账号。\n" + text).consent.label != .affirmed)
  }

  @Test(
    "A limit that is still to come, a condition or a doubt beside a whole statement is never passed over",
    arguments: [
      "余额到账之前请先别注销。我已阅读并同意《京东云账户注销须知》。",
      "备案转走以前不要注销。我已阅读并同意《京东云账户注销须知》。",
      "迁移完成之前保留数据。我已阅读并同意《京东云账户注销须知》。",
      "我已阅读并同意《京东云账户注销须知》，数据保留到2026-12-31。",
      "若你们退款，请通知我，本人已阅读并同意《京东云账户注销须知》。",
      "若退款到账，请告诉我，本人同意《京东云账户注销须知》，也已阅读。",
      "我不知道下面是不是模板。我已阅读并同意《京东云账户注销须知》。",
    ])
  func beside(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test("A message whose author is not known is left to a person, whatever it says")
  func unattributed() throws {
    let ticket = Ticket(
      id: Ticket.ID("T-1"), origin: Origin(file: "t", row: 1), subject: "注销",
      body: "本人已阅读并同意《京东云账户注销须知》，请注销账号。",
      replies: [Ticket.Message(author: .unknown, text: "好的")])
    #expect(try Fixture.examiner().examine(ticket, attachments: []).damagedText != nil)
  }

  @Test("A withdrawal below an agent's line is never passed over")
  func withdrawal() throws {
    let reading = try Fixture.examiner().read("请注销账号。\n客服回复：好的，已收到\n算了，我不注销了")
    #expect(reading.withdrawal.label != .denied)
  }
}
