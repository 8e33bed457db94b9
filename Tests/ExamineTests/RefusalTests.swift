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
    let examination = try Fixture.examiner().examine(ticket, attachments: [])
    #expect(examination.unattributed != nil && examination.damagedText == nil)
  }

  @Test("A withdrawal below an agent's line is never passed over")
  func withdrawal() throws {
    let reading = try Fixture.examiner().read("请注销账号。\n客服回复：好的，已收到\n算了，我不注销了")
    #expect(reading.withdrawal.label != .denied)
  }

  @Test(
    "A dated entry of what went before says nothing now",
    arguments: [
      "邮件往来：\n【今天】请问进展如何？\n【4月3日，我方去信】本人已阅读并同意《京东云账户注销须知》，请办理。\n【4月2日，贵方来信】请补充声明。",
      "往来记录如下：\n【5月1日 我方】本人已阅读并同意《京东云账户注销须知》。\n【5月3日 贵方】请稍候。",
      "【3月8日，本人来函】我已阅读并同意《京东云账户注销须知》。\n【3月9日，客服回函】收到。\n【3月12日】还没处理，请问怎么回事？",
      "沟通过程：\n5月2日我发邮件：本人已阅读并同意《京东云账户注销须知》。\n5月4日你们回复说材料不全。\n今天补上身份证。",
      "时间线：\n6月1日 提交工单，写明：本人已阅读并同意《京东云账户注销须知》\n6月3日 被驳回\n6月5日 再次提交",
      "2024-04-03 我方邮件：本人已阅读并同意《京东云账户注销须知》，请办理。\n2024-04-05 贵方邮件：请补身份证。\n今天我来补身份证。",
      "【上月15日 我的邮件】我已阅读并同意《京东云账户注销须知》。\n【本月2日 客服】您好，请补充材料。",
      "（4月3日我方来函）本人已阅读并同意《京东云账户注销须知》。\n（4月5日贵方复函）请补照片。\n照片见附件。",
      "[4/3 我 -> 客服] 本人已阅读并同意《京东云账户注销须知》\n[4/4 客服 -> 我] 请提供照片\n照片已传。",
      "4月3日去信：本人已阅读并同意《京东云账户注销须知》。4月4日来信：请补照片。今日补照片。",
      "事情经过：1. 4月3日，我写信说“我已阅读并同意《京东云账户注销须知》”。2. 4月4日，客服说没收到。3. 今天再问一次。",
      "[3 April, our letter] I have read and agree to the JD Cloud account cancellation notice.\n[4 April, your letter] Please send your ID.\n[Today] Any news?",
      "April 3 (me): I have read and agree to the JD Cloud account cancellation notice.\nApril 5 (you): please attach a photo.\nToday: photo attached.",
      "Timeline:\n3 Apr - I wrote: I have read and agree to the JD Cloud account cancellation notice.\n5 Apr - ticket rejected.\n9 Apr - asking again.",
      "【去年12月，我方去信】本人已阅读并同意《京东云账户注销须知》。\n【今年1月】一直没有下文。",
      "去信（4月3日）：本人已阅读并同意《京东云账户注销须知》。\n回信（4月6日）：请补手机号。\n现补手机号 13800138000。",
      "【我方4月3日邮件】本人已阅读并同意《京东云账户注销须知》\n【贵方4月5日邮件】已收到",
      "沟通记录\n04-03 客户：本人已阅读并同意《京东云账户注销须知》\n04-04 客服：请补照片\n04-10 客户：照片传了",
    ])
  func chronicle(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "A specimen of a form is nobody's statement",
    arguments: [
      "【填写样张】\n声　明：本人已阅读并同意《京东云账户注销须知》\n签　名：张三\n电　话：13800138000\n——以上为样张，空表请到前台领取。我领了空表，可是前台不收，怎么办？",
      "填写样张：本人已阅读并同意《京东云账户注销须知》，签名李四，电话13800138000",
      "样张\n本人李四已阅读并同意《京东云账户注销须知》\n电话13800138000\n以上是样张，请照此填写。",
      "（填表样本）本人已阅读并同意《京东云账户注销须知》 李四 13800138000",
      "本人已阅读并同意《京东云账户注销须知》\n李四 13800138000\n（以上为填写样本，仅供参考）",
      "本人已阅读并同意《京东云账户注销须知》。以上是样表里的字，我的表还没填。",
      "【样表】\n本人已阅读并同意《京东云账户注销须知》\n姓名：李四",
      "表格填写样式\n声明：本人已阅读并同意《京东云账户注销须知》\n姓名：李四\n——以上为填写样式",
      "填表示意：\n声明：本人已阅读并同意《京东云账户注销须知》\n签名：李四",
      "本人已阅读并同意《京东云账户注销须知》。\n以上为空白表的样子，请问去哪里交？",
      "声明书（样）\n本人已阅读并同意《京东云账户注销须知》\n签字：李四",
      "【参考样张】我已阅读并同意《京东云账户注销须知》。电话13800138000",
      "附：填写例\n我已阅读并同意《京东云账户注销须知》\n电话：13800138000\n（填写例完）",
      "上墙的样张写的是：本人已阅读并同意《京东云账户注销须知》",
      "我已阅读并同意《京东云账户注销须知》\n张三\n↑这是你们窗口贴的样子，我照着写对吗？",
      "[SPECIMEN]\nI have read and agree to the JD Cloud account cancellation notice.\nSigned: John Doe",
      "Specimen form:\nI have read and agree to the JD Cloud account cancellation notice.\nName: John Doe\n--- end of specimen ---",
      "I have read and agree to the JD Cloud account cancellation notice.\nName: John Doe\n(The above is a specimen. Where can I get a blank form?)",
      "Sample form\nStatement: I have read and agree to the JD Cloud account cancellation notice\nSignature: Jane Roe\nPhone: +1 555 0100",
      "I have read and agree to the JD Cloud account cancellation notice.\nThat is how the filled-in form on your site looks like. Where do I get mine?",
    ])
  func specimen(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "Agreed on something else, after the notice was read",
    arguments: [
      "I have read the JD Cloud account cancellation notice and agreed, after discussing with my co-founder, that we cannot sign it in its current form.",
      "I have read the JD Cloud account cancellation notice and agreed with my partner that we will not sign it.",
      "I have read the JD Cloud account cancellation notice and I agree, having slept on it, that it is unfair.",
      "I have read the JD Cloud account cancellation notice and agree that it needs work.",
      "I read the JD Cloud account cancellation notice; we agreed, in the meeting, that it goes too far.",
      "I have read the JD Cloud account cancellation notice and I agree that the wording is terrible.",
      "I have read the JD Cloud account cancellation notice and we agreed, as a team, to wait.",
      "We have read the JD Cloud account cancellation notice and agreed, after a long talk, to reject it.",
      "I have read the JD Cloud account cancellation notice and I accept, sadly, that nobody will change it.",
      "I've read the JD Cloud account cancellation notice and agreed, with my wife, to think about it over the weekend.",
      "I have read the JD Cloud account cancellation notice and agree, as my lawyer says, that clause 3 is void.",
      "We read the JD Cloud account cancellation notice and agreed not to sign.",
      "I have read the JD Cloud account cancellation notice and, after a call, agreed that this is not for us.",
      "看过《京东云账户注销须知》，我和合伙人商量后一致同意，这份东西不能签。",
      "已阅读《京东云账户注销须知》，大家讨论后同意：暂时不签。",
      "《京东云账户注销须知》我看完了，同意你们的说法，注销没必要。",
      "本人已阅读《京东云账户注销须知》，并与律师一致同意，其中第三条无效。",
      "看完《京东云账户注销须知》，我们几个一致认可，这条款没法签。",
      "读完《京东云账户注销须知》，我同意我老婆的看法，再考虑几天。",
      "《京东云账户注销须知》我读过了，我也同意网友说的，那是坑人的。",
    ])
  func agreedElse(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "A statement that was made before is looked up by a person",
    arguments: [
      "I already confirmed in my previous ticket that I have read and agree to the JD Cloud account cancellation notice, see there.",
      "As I confirmed in my previous ticket, I have read and agree to the JD Cloud account cancellation notice. See there.",
      "My earlier ticket says that I have read and agree to the JD Cloud account cancellation notice.",
      "I stated in my email of May 3 that I have read and agree to the JD Cloud account cancellation notice.",
      "In ticket 20240512 I already declared that I have read and agree to the JD Cloud account cancellation notice.",
      "I already told you on the phone that I have read and agree to the JD Cloud account cancellation notice.",
      "I already wrote that I have read and agree to the JD Cloud account cancellation notice, please look it up.",
      "I confirmed last week that I have read and accept the JD Cloud account cancellation notice.",
      "That I have read and agree to the JD Cloud account cancellation notice is in the other ticket.",
      "I've confirmed before that I have read and agree to the JD Cloud account cancellation notice. Check the old ticket.",
      "It was confirmed in my first ticket that I have read and agree to the JD Cloud account cancellation notice.",
      "I have read and agree to the JD Cloud account cancellation notice, as stated in my previous ticket.",
      "我在上一张工单里已经确认过我已阅读并同意《京东云账户注销须知》，请查看那边。",
      "前一张工单已写明我已阅读并同意《京东云账户注销须知》，见那张。",
      "我之前确认过已阅读并同意《京东云账户注销须知》，请翻记录。",
      "我已于5月3日的工单中确认已阅读并同意《京东云账户注销须知》。",
      "我早在上个工单就声明过：已阅读并同意《京东云账户注销须知》，你们自己去看。",
      "已阅读并同意《京东云账户注销须知》，详见前一张工单。",
      "我已阅读并同意《京东云账户注销须知》这句话写在20240512号工单里，请移步查看。",
      "我上封邮件里说明了我已阅读并同意《京东云账户注销须知》。",
    ])
  func madeBefore(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "What was read or known is another thing",
    arguments: [
      "我同意《京东云账户注销须知》。聊天记录我看了",
      "我同意《京东云账户注销须知》。你们的通知我看到了，也读了",
      "我同意《京东云账户注销须知》。后果我知道",
      "我翻了翻聊天群里的消息，看完了，同意《京东云账户注销须知》",
      "我同意《京东云账户注销须知》。群里的消息我都看过了",
      "我同意《京东云账户注销须知》。你们的短信我收到了，也看了",
      "我同意《京东云账户注销须知》。来信我看到了，读完了",
      "我同意《京东云账户注销须知》。风险我清楚",
      "我同意《京东云账户注销须知》。代价我明白",
      "我同意《京东云账户注销须知》。销户会怎样我知道",
      "我同意《京东云账户注销须知》。规矩我懂",
      "我同意《京东云账户注销须知》。通话记录我看了",
      "我同意《京东云账户注销须知》。通知看到了，看过了",
      "我打开了客服的聊天窗口，看完了，同意《京东云账户注销须知》",
      "我翻了一下以前的邮件，读完了，同意《京东云账户注销须知》",
      "我翻了翻后台的账单，看过了，接受《京东云账户注销须知》",
      "我打开群公告，看完了，同意《京东云账户注销须知》",
      "我把合同找出来，看完了，同意《京东云账户注销须知》",
      "我同意《京东云账户注销须知》。公告看到了，也读了",
      "我同意《京东云账户注销须知》。评论我看了",
      "我同意《京东云账户注销须知》。记录我看完了",
      "I agree to the JD Cloud account cancellation notice. I read the chat history.",
      "I agree to the JD Cloud account cancellation notice. Your message I saw, and I read it.",
      "I agree to the JD Cloud account cancellation notice. I know the consequences.",
      "I agree to the JD Cloud account cancellation notice. I understand the risks.",
      "I scrolled through the group chat, read it all, and agree to the JD Cloud account cancellation notice.",
      "I opened your last mail, read it, and agree to the JD Cloud account cancellation notice.",
      "I agree to the JD Cloud account cancellation notice. I got your message and read it.",
      "I agree to the JD Cloud account cancellation notice. I've read the reviews.",
      "I agree to the JD Cloud account cancellation notice. I went through my invoices.",
      "I agree to the JD Cloud account cancellation notice. The log was read.",
    ])
  func otherThing(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "What may limit the statement, deny it or be another's is never taken for talk",
    arguments: [
      "我已阅读并同意《京东云账户注销须知》，等电话那头的人回来。",
      "我已阅读并同意《京东云账户注销须知》。照片没拿回来不作数。",
      "我已阅读并同意《京东云账户注销须知》。发票到手我才认。",
      "我已阅读并同意《京东云账户注销须知》。发票不开就不销。",
      "我已阅读并同意《京东云账户注销须知》。电话里说清楚了再动。",
      "我已阅读并同意《京东云账户注销须知》，电话打来问过我再办。",
      "我已阅读并同意《京东云账户注销须知》，收到短信验证码后我才放心让你们销。",
      "我已阅读并同意《京东云账户注销须知》。邮箱里的信还要用到明年。",
      "我已阅读并同意《京东云账户注销须知》。手机号绑着这个账号还得登录。",
      "我已阅读并同意《京东云账户注销须知》。照片都在对象存储里，丢了我要找你们赔。",
      "我已阅读并同意《京东云账户注销须知》，没看发票规则，也没看须知。",
      "代金券规则和须知：没看。我已阅读并同意《京东云账户注销须知》。",
      "注销须知、代金券规则，都没看。我同意《京东云账户注销须知》。",
      "我已阅读并同意《京东云账户注销须知》。至于附件，没看。",
      "我已阅读并同意《京东云账户注销须知》，不然你们不办。",
      "我已阅读并同意《京东云账户注销须知》，给我打电话，不然我反悔。",
      "我已阅读并同意《京东云账户注销须知》，请发短信，不然这事没完没了。",
      "我不愿意被迫签字。我已阅读并同意《京东云账户注销须知》，但我是被迫的。",
      "没有人不被胁迫，我已阅读并同意《京东云账户注销须知》。",
      "我不得不说：我是被逼的。我已阅读并同意《京东云账户注销须知》。",
      "以下作废：\n我已阅读并同意《京东云账户注销须知》",
      "上面下面都作废。我已阅读并同意《京东云账户注销须知》。",
      "本页以上及以下内容作废。已阅读并同意《京东云账户注销须知》。",
      "我和老韩都已阅读并同意《京东云账户注销须知》。",
      "合伙人老韩已阅读并同意《京东云账户注销须知》。",
      "我的合伙人老韩都已阅读并同意《京东云账户注销须知》。",
      "我陪合伙人老韩一起阅读并同意《京东云账户注销须知》。",
      "《京东云账户注销须知》京东云同意，我已阅读。",
      "我看了京东云账户注销须知，你们同意。",
      "我对客服有意见，对须知也有意见，《京东云账户注销须知》看过，同意。",
      "我已阅读《京东云账户注销须知》，对你们有意见。",
      "我已阅读并同意《京东云账户注销须知》，直到年底。",
      "我已阅读并同意《京东云账户注销须知》。容我缓缓。",
      "我已阅读并同意《京东云账户注销须知》。拖到孩子上学那天。",
      "我已阅读并同意《京东云账户注销须知》。孩子开学后动手。",
      "我已阅读并同意《京东云账户注销须知》。得办完丧事。",
      "我已阅读并同意《京东云账户注销须知》。还得跟家里商量。",
      "我已阅读并同意《京东云账户注销须知》。资料得一直存着。",
      "我已阅读并同意《京东云账户注销须知》。让它挂着吧。",
      "我已阅读并同意《京东云账户注销须知》。效力到年底为止。",
      "我已阅读并同意《京东云账户注销须知》。随你们怎么写。",
      "我已阅读并同意《京东云账户注销须知》。那部分老数据挪出来放好。",
      "我已阅读并同意《京东云账户注销须知》。那边的机器照跑。",
      "我已阅读并同意《京东云账户注销须知》。那些照片给我留好。",
      "我已阅读并同意《京东云账户注销须知》。如果照片不能用，这张单子就当没提。",
      "我已阅读并同意《京东云账户注销须知》。如果电话没打通，这次就不弄了。",
      "我已阅读并同意《京东云账户注销须知》。如果邮箱收不到回执，声明就不成立。",
      "同意前看过的是旧版。我同意《京东云账户注销须知》。",
      "《服务协议》是旧版，《京东云账户注销须知》也是旧版。已阅读，同意。",
      "《腾讯云服务协议》和注销须知都打不开。我已阅读并同意《京东云账户注销须知》。",
      "《京东云账户注销须知》不用看，我同意。",
      "我已阅读并同意《京东云账户注销须知》，不用看也知道写的啥。",
      "You have my agreement if the JD Cloud account cancellation notice I read is the current one.",
      "I read the JD Cloud account cancellation notice and will give it my full agreement once refunded.",
      "I read the JD Cloud account cancellation notice and cannot give it my full agreement.",
      "I read the JD Cloud account cancellation notice. It does not have my agreement.",
      "My lawyer read the JD Cloud account cancellation notice and gave it his full agreement.",
      "It's not that I haven't read the JD Cloud account cancellation notice, I just don't agree.",
      "我已阅读《京东云账户注销须知》，没有一个字是我同意的。",
      "里头写的东西我都不同意，《京东云账户注销须知》看过。",
      "我已阅读《京东云账户注销须知》，里面写的东西大部分我接受。",
      "最终意见：《京东云账户注销须知》已阅读，不同意。",
      "长话短说：《京东云账户注销须知》已阅读，同意一半。",
    ])
  func talk(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "What looks like harmless talk about reading, partners and needs may be none",
    arguments: [
      "《京东云账户注销须知》我看完首段了，同意。",
      "《京东云账户注销须知》我看完评论区吐槽了，同意。",
      "《京东云账户注销须知》我看了开头，同意。",
      "《京东云账户注销须知》我看过网友的解读，同意。",
      "《京东云账户注销须知》我翻了两页就扔下了，同意。",
      "《京东云账户注销须知》下面我看完客户吐槽，同意。",
      "我老婆没看过也没同意，那是我们俩的号。我已阅读并同意《京东云账户注销须知》。",
      "法人不同意《京东云账户注销须知》，那是法人的事。我已阅读并同意。",
      "关于《京东云账户注销须知》：看过，也不同意。我已阅读并同意。",
      "关于回访：看过须知，不同意。我已阅读并同意《京东云账户注销须知》。",
      "关于短信：可以，须知我不同意。我已阅读并同意《京东云账户注销须知》。",
      "老板和我说已阅读并同意《京东云账户注销须知》。",
      "老板和我老婆已阅读并同意《京东云账户注销须知》。",
      "My boss and I were told to have read and agree to the JD Cloud account cancellation notice.",
      "My lawyer and my wife have read and agree to the JD Cloud account cancellation notice.",
      "His partner and I disagree: I have read and he agrees to the JD Cloud account cancellation notice.",
      "我收到《京东云账户注销须知》，同意。",
      "《京东云账户注销须知》收悉，同意。",
      "《京东云账户注销须知》看没看都一样，同意。",
      "《京东云账户注销须知》同意否：否。",
      "《京东云账户注销须知》看了没有？没有。同意。",
      "《京东云账户注销须知》读没读：没读。同意否：同意。",
      "《京东云账户注销须知》看过，等退款后才同意的。",
      "《京东云账户注销须知》要等律师看完才同意的。",
      "《京东云账户注销须知》律师看完才同意的，我没看。",
      "我已阅读并同意《京东云账户注销须知》，如需，等我退款。",
      "我已阅读并同意《京东云账户注销须知》。如果照片有问题，注销往后推。",
      "我已阅读并同意《京东云账户注销须知》。Ping me before you touch it.",
      "我已阅读并同意《京东云账户注销须知》。If anything happens, just shout and wait.",
      "未受任何人胁迫才怪。我已阅读并同意《京东云账户注销须知》。",
      "我不是被迫才怪，我已阅读并同意《京东云账户注销须知》。",
      "我没有受到胁迫，是受了欺骗。我已阅读并同意《京东云账户注销须知》。",
      "纯好奇：我已阅读并同意《京东云账户注销须知》？",
      "让孩子哄完孩子把《京东云账户注销须知》看完了，同意。",
      "我的会计公司董事会已阅读并同意《京东云账户注销须知》。",
      "客户本公司董事会已阅读并同意《京东云账户注销须知》。",
      "不是抄的模板：“我已阅读并同意《京东云账户注销须知》”",
    ])
  func near(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }

  @Test(
    "A question about reading is not answered by agreeing; what is to come is not done",
    arguments: [
      "怎么看《京东云账户注销须知》？我同意。",
      "哪里看《京东云账户注销须知》？同意。",
      "Should I have read the JD Cloud account cancellation notice? I agree to it.",
      "Should I have waded through the JD Cloud account cancellation notice? I agree to it.",
      "Did I read the JD Cloud account cancellation notice? I agree to it.",
      "Where do I read the JD Cloud account cancellation notice? I agree to it.",
      "是否已阅读《京东云账户注销须知》？同意。",
      "《京东云账户注销须知》看哪一版？我同意。",
      "为什么要读《京东云账户注销须知》？我接受。",
      "《京东云账户注销须知》我看过，将来同意。",
      "《京东云账户注销须知》我将来看，同意。",
      "《京东云账户注销须知》日后看，现在先同意。",
      "《京东云账户注销须知》我看过，他也同意。",
      "我已阅读《京东云账户注销须知》，我老公也同意。",
      "我已阅读并同意《京东云账户注销须知》，他也同意才算数。",
      "《京东云账户注销须知》我看过，等我老公也同意，我就同意。",
    ])
  func asked(_ text: String) throws {
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }
}
