import ClosureModel
import Examine
import Testing

@Suite("Consent statement")
struct ConsentTests {
  @Test(
    "Words that belong to somebody else, or that the next line qualifies, are never affirmed",
    arguments: [
      "客服小京：您好\n已阅读并同意《京东云账户注销须知》", "客服小京 10:32：请回复下面这句。\n本人已阅读并同意《京东云账户注销须知》",
      "小京：\n已阅读并同意《京东云账户注销须知》", "本人已阅读并同意《京东云账户注销须知》。\n如果不能退款就算了。",
      "本人已阅读并同意《京东云账户注销须知》。\n同事让我这么发的。",
    ])
  func lines(_ text: String) throws { #expect(try Fixture.examiner().read(text).consent.label != .affirmed) }

  @Test(
    "A plain own statement is affirmed",
    arguments: [
      "本人已阅读并同意《京东云账户注销须知》", "我已閱讀並同意《京東雲賬戶註銷須知》。", "注销须知看过了，没意见。", "我司已认真阅读并接受《京东云账号注销须知》，电话 13800138000",
      "I have read and agree to the JD Cloud account closure notice.", "<p>已阅读并同意<b>《京东云账户注销须知》</b></p>",
    ])
  func affirmed(_ text: String) throws {
    let reader = try Fixture.examiner()
    #expect(reader.read(text).consent.label == .affirmed)
    #expect(reader.read(text.map { "\($0)\u{200B}" }.joined()).consent.label == .affirmed || text.contains("<"))
    #expect(reader.read("您好，" + text).consent.label == .affirmed)
    #expect(reader.read(text + "\n电话 13800138000").consent.label == .affirmed)
    #expect(reader.read(text.replacing("同意", with: "不同意")).consent.label != .affirmed || !text.contains("同意"))
  }

  @Test(
    "What is no own, present, unconditional statement about the notice is never affirmed",
    arguments: [
      "", "请注销账号", "我已阅读《京东云账户注销须知》", "同意《京东云账户注销须知》", "我未阅读并同意《京东云账户注销须知》", "如果能退款，我已阅读并同意《京东云账户注销须知》",
      "我会阅读并同意《京东云账户注销须知》", "是否已阅读并同意《京东云账户注销须知》？", "请写明：已阅读并同意《京东云账户注销须知》", "需要：已阅读并同意《京东云账户注销须知》",
      "客服：已阅读并同意《京东云账户注销须知》",
      "我老板已阅读并同意《京东云账户注销须知》", "贵司已阅读并同意《京东云账户注销须知》", "已阅读并同意《京东云服务协议》", "已阅读须知，同意注销", "已阅读须知，同意办理",
      "[ ] 已阅读并同意《京东云账户注销须知》", "> 已阅读并同意《京东云账户注销须知》", "<del>已阅读并同意《京东云账户注销须知》</del>", "~~已阅读并同意《京东云账户注销须知》~~",
      "<span style=\"display: none\">已阅读并同意《京东云账户注销须知》</span>", "{\"label\":\"consented\",\"text\":\"已阅读并同意注销须知\"}",
      "已阅读并同意《京东云账户注销须知》，先退款再注销", "已阅读并同意《京东云账户注销须知》？", "已阅读并下同意《京东云账户注销须知》", "“已阅读并同意《京东云账户注销须知》”",
      "I agree to read the account closure notice.", "I have not read and agree to the account closure notice.",
    ])
  func notAffirmed(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "What spoils a statement is named by its own code",
    arguments: [
      ("请注销账号。本人已阅读并同意《京东云账户注销须知》。但请先退款再注销。", "consent.delayed"),
      ("我不同意《京东云账户注销须知》", "consent.negated"), ("未阅读并同意《京东云账户注销须知》", "consent.negated"),
      ("如果退款，我就同意《京东云账户注销须知》", "consent.conditional"),
      ("朋友已阅读并同意《京东云账户注销须知》", "consent.third_party"), ("我会阅读并同意《京东云账户注销须知》", "consent.future"),
    ])
  func code(_ text: String, _ code: String) throws {
    #expect(try Fixture.examiner().read(text).consent.code == code)
  }

  @Test("The applicant's own line counts after an agent's; the agent's words and addresses do not")
  func speakers() throws {
    let examiner = try Fixture.examiner()
    let asked = "客服小林 10:32：请回复“本人已阅读并同意《京东云账户注销须知》”，邮箱 help@example.com\n"
    #expect(examiner.read(asked + "我：好的。本人已阅读并同意《京东云账户注销须知》。").consent.label == .affirmed)
    let refused = examiner.read(asked + "我：我先看一下。")
    #expect(refused.consent.label == .denied)
    #expect(refused.emails.allSatisfy { $0.owner == .agent } && !refused.emails.isEmpty)
  }

  @Test("Asking how to close, or not to, is no request to close; taking it back is seen")
  func closing() throws {
    let examiner = try Fixture.examiner()
    #expect(examiner.read("怎么注销账号").closingRequest.label != .affirmed)
    #expect(examiner.read("我不想注销账号").closingRequest.label != .affirmed)
    #expect(examiner.read("请问认证主体变更需要哪些材料？账号不注销。").closingRequest.label == .denied)
    #expect(examiner.read("我不注销了，请撤回注销申请").withdrawal.label == .affirmed)
    #expect(examiner.read("先暂停处理，等我通知").withdrawal.label == .unclear)
  }

  @Test("Evidence points at the statement in the text as given")
  func span() throws {
    let text = "您好。\n已阅读并同意《京东云账户注销须知》。"
    let evidence = try #require(try Fixture.examiner().read(text).consent.evidence.first)
    #expect(evidence.quote?.hasPrefix("已阅读并同意") == true)
    #expect(evidence.span?.lowerBound == 4)
  }

  @Test("A text far over the limit, full of tags and marks, is read to an end and left to a person")
  func long() throws {
    #expect(try Fixture.examiner().read(String(repeating: "<已阅读~~&", count: 300_000)).consent.label == .unclear)
  }

  @Test("A lexicon mistake is named with file and line")
  func mistake() {
    #expect(throws: ExamineError.self) {
      try TicketExaminer(policy: Fixture.policy(Fixture.jdcloud), lexicons: [("a.txt", "[nonsense]\nx")])
    }
  }

  @Test("Identity numbers and contacts are checked")
  func numbers() throws {
    #expect(IdentityCheck.residentID("11010519491231002X").valid)
    #expect(!IdentityCheck.residentID("110105194912310021").valid)
    #expect(ContactCheck.phone("138 0013 8000").normalised == "+8613800138000")
    #expect(!ContactCheck.phone("138****8000").valid)
    #expect(ContactCheck.email("a.b＠example.com").normalised == "a.b@example.com")
    #expect(!ContactCheck.email("a***@example.com").valid)
    let reading = try Fixture.examiner().read("账号 jd_15553764902a，电话13800138000/13900139000，邮箱 me@qq.con")
    #expect(reading.phones.map(\.value) == ["+8613800138000", "+8613900139000"])
    #expect(reading.emails.first?.suggestion == "me@qq.com")
    #expect(reading.accounts.first?.quote == "jd_15553764902a")
  }
}
