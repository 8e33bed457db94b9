import Testing

/// Remarks about a whole statement: that it is a test or a draft, that nothing is decided, that nobody knows which edition
/// was read; and natural surroundings that say nothing against it, with refusals of the same shape.
@Suite("Remarks about a statement")
struct RemarkTests {
  @Test("A test, a draft, not decided, bound to something, an order of steps", arguments: voidTexts)
  func void(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("Somebody else's words, account or an older mail", arguments: othersTexts)
  func others(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("Nobody knows which edition was read, or how much of it", arguments: copiesTexts)
  func copies(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("A sentence behind it of which nothing is known", arguments: unplacedTexts)
  func unplaced(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("Refusals and limits of the shape of harmless ones", arguments: shapedTexts)
  func shaped(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("Natural surroundings", arguments: harmlessTexts)
  func harmless(_ text: String) throws { try Statement.expectAffirmed(text) }

  private static let voidTexts = [
    "这是测试工单，请勿受理。本人已阅读并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》。随手贴一段试试能不能提交成功，别处理。",
    "培训新人用，测试一下提单：我已阅读并同意《京东云账户注销须知》。",
    "I have read and agree to the JD Cloud account closing notice. This is only a test, do not act on it.",
    "我已阅读并同意《京东云账户注销须知》。到底同不同意，容我再考虑两天。",
    "我已阅读并同意《京东云账户注销须知》。说到底要不要同意，我还没想好。",
    "我已阅读并同意《京东云账户注销须知》，准确地讲，同意那一步我还没表态。",
    "I have read and agree to the JD Cloud account closing notice. To be honest I am still weighing it up.",
    "I have read and agree to the JD Cloud account closing notice, at least broadly.",
    "我已阅读并同意《京东云账户注销须知》。这句话的效力取决于押金退不退。",
    "我已阅读并同意《京东云账户注销须知》。这份同意跟三月那笔退款挂钩。",
    "我已阅读并同意《京东云账户注销须知》。两百块没到账之前，别当我同意。",
    "I have read and agree to the JD Cloud account closing notice. My consent hinges on the refund.",
    "I have read and agree to the JD Cloud account closing notice. All rights are expressly reserved.",
    "I have read and agree to the JD Cloud account closing notice. Let the record show that I write this under protest.",
    "字幕校对：\n00:01 我已阅读并同意《京东云账户注销须知》\n请看看有没有写错。",
    "两个备选版本，尚未选定：\nA. 我司已阅读并同意《京东云账户注销须知》。\nB. 我司再议。",
    "请按下列文字答复：我司已阅读并同意《京东云账户注销须知》。",
    "请按照以下格式填写：本人已阅读并同意《京东云账户注销须知》。",
    "本公司已阅读并同意《京东云账户注销须知》。\n转给你们核对文字是否妥当",
    "我已阅读并同意《京东云账户注销须知》。这样写行吗？",
    "已阅读并同意《京东云账户注销须知》。\n处理顺序：一、退余额；二、注销账号。",
    "已阅读并同意《京东云账户注销须知》。请按以下顺序办：先退款，后销户。",
    "I have read and agree to the JD Cloud account closing notice. Please do it in this order: refund, invoice, closing.",
  ]

  private static let othersTexts = [
    "我已阅读并同意《京东云账户注销须知》。上面那句是浏览器自动填上去的，不是我写的。",
    "我已阅读并同意《京东云账户注销须知》。刚才猫踩了键盘，上面那些不是我打的。",
    "智能摘要：用户表示，我已阅读并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》。上面这行是孩子乱按的。",
    "I have read and agree to the JD Cloud account closing notice. I did not write that line, the form autofilled it.",
    "[补记] 我反悔了，别当我同意。以上：我已阅读并同意《京东云账户注销须知》。",
    "本人已阅读并同意《京东云账户注销须知》。\n（补记）看到数据全没了，我反悔了，请不要当我同意。",
    "主管让我用他的账号提单，授权我都没有。本公司已阅读并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》。账号其实是我前公司的。",
    "我已阅读并同意《京东云账户注销须知》。我说了不算，得老板说。",
    "I have read and agree to the JD Cloud account closing notice. This is not my account.",
    "催一下。\n\n----- 我 3月2日发送的邮件 -----\n本人已阅读并同意《京东云账户注销须知》。\n\n请尽快。",
    "请尽快。\n==== 我上周提交的工单 ====\n本人已阅读并同意《京东云账户注销须知》。",
    "催办。\n\n---- 本人 5 月发出的信 ----\n您好，我已阅读并同意《京东云账户注销须知》。",
  ]

  private static let copiesTexts = [
    "网上搜到的京东云账户注销须知，我读了并同意，不知道跟你们现在用的是不是同一份。",
    "我已阅读并同意《京东云账户注销须知》。看的是同事截的图，不太确定是不是全的。",
    "我已阅读并同意《京东云账户注销须知》。看的是前年打印的那份，不清楚后来有没有改过。",
    "我已阅读并同意《京东云账户注销须知》（2021 版）。现行的是哪一版我们也不清楚。",
    "我已阅读并同意《京东云账户注销须知》。应该是看过的吧，弹窗太多了。",
    "我已阅读并同意《京东云账户注销须知》。印象中看的就是这份。",
    "I have read and agree to the JD Cloud account closing notice. I am not certain it was the current version.",
    "I have read and agree to the JD Cloud account closing notice. I think it was the right one.",
    "I have read and agree to the JD Cloud account closing notice. Sorry, I mixed up the names, mine was for another product.",
  ]

  private static let unplacedTexts = [
    "我已阅读并同意《京东云账户注销须知》。逗你们玩的，哈哈。",
    "我已阅读并同意《京东云账户注销须知》。话是这么写，可我心里一点谱都没有。",
    "我已阅读并同意《京东云账户注销须知》。第五条那个上限我可没答应。",
    "I have read and agree to the JD Cloud account closing notice. Clause 7 is unacceptable to me.",
    "I have read and agree to the JD Cloud account closing notice. My cat walked over the keyboard.",
  ]

  private static let shapedTexts = [
    "已阅读并接受《京东云服务协议》、不同意《京东云账户注销须知》。",
    "已阅读并接受《京东云服务协议》、《京东云隐私政策》两份文件。",
    "已阅读并接受《京东云服务协议》，《京东云账户注销须知》还没看。",
    "客户已阅读并接受《京东云服务协议》、《京东云账户注销须知》两份文件。",
    "已阅读并接受《京东云服务协议》、《京东云账户注销须知》第三条除外。",
    "关于注销须知，我从来没同意过。注销须知已阅读，同意。",
    "对注销须知我明确表示不同意，请停止发送。我已阅读《京东云账户注销须知》，同意。",
    "须知推广什么的不要再发，须知我从来没同意过。我看过须知，同意。",
    "短信收到了，我不同意。注销须知已阅读，同意。",
    "对条款和短信我明确表示不同意。至于账号，《京东云账户注销须知》我已阅读，同意。",
    "第一次是被迫填的，现在也是被迫填的。我已阅读并同意《京东云账户注销须知》。",
    "第一次提单随便填的，这次也随便填的。我已阅读并同意《京东云账户注销须知》。",
    "早在提交工单之前我就已经阅读过《京东云账户注销须知》，当时同意，现在不同意。",
    "早在提交工单之前我就已经阅读过《京东云账户注销须知》，当时同意。",
    "早在提交工单之前我就已经阅读过《京东云账户注销须知》，当时同意，现在再看看。",
    "之前不接受须知，现在撤回之前的同意。我已阅读《京东云账户注销须知》。",
    "现已通读《京东云账户注销须知》，撤回之前的同意，本人不同意。",
    "现已通读《京东云账户注销须知》，撤回上述意见，本人同意与否以后再说。",
    "客服说要先看注销须知。我看了一半。须知里的条款我同意。",
    "客服跟我解释了为什么要先看注销须知。晚上老婆看了。须知里的条款我同意。",
    "客服解释了要同意注销须知。我看了。",
    "客服要我先看注销须知，我会去看。须知里的条款我同意。",
    "客服：请先看注销须知并同意。我看了。",
    "须知读过，所有条款都接受，包括第五条我都不同意。",
    "须知读过，所有条款都接受，不包括数据清除那条。",
    "须知读过，所有条款都接受，包括如果退款的话。",
    "须知读过，所有条款都接受，包括数据保留到月底。",
    "须知读过，包括第三条，其余不同意。",
    "京东商城的优惠券没到账，账号不要动。京东云账户注销须知我读过，同意。",
    "京东商城那边的账号退款前，不要动。京东云账户注销须知我读过，同意。",
    "京东云的账号我还要继续用，不要动。京东云账户注销须知我读过，同意。",
    "商城那边的账号我还要用，京东云的账号不要动。京东云账户注销须知我读过，同意。",
    "只注销我自己的这个子账号。本人看过账户注销须知，接受。",
    "只注销子账号。本人看过账户注销须知，接受。",
    "下个月再次申请注销账号。账户注销须知我司已阅读并同意。",
    "备案完成后再次申请注销账号。账户注销须知我司已阅读并同意。",
    "经老板授权给我。我已阅读并同意《京东云账户注销须知》，代客户。",
    "已受客户授权。我已阅读并同意《京东云账户注销须知》。",
    "里面写的数据删了找不回来、券作废这些我都不认。须知我看完了。",
    "须知我看完，券作废这些除外，我都认。",
    "须知我看了一遍，声明作废，这些我都认。",
    "须知看过同意了吗，大概几天？",
    "须知里写的冷静期几天？冷静期内我会考虑。注销须知已经阅读并同意。",
    "已经阅读账户注销须知并同意。请把冷静期改成三十天。",
    "已经阅读账户注销须知并同意。数据能保留到月底吗，保留多久？",
    "昨天一半，今早一半，还剩一点没看。《京东云账户注销须知》我同意。",
    "《京东云账户注销须知》我看了一半。我同意。",
    "须知我看了，要是不能退款就没关系了再说，同意。",
    "我们团队三个人都没看过须知，我们同意。",
    "他们团队三个人都看过须知，我们同意。",
    "须知不认真看的，我同意。",
    "须知没认真看完，里面的条款我同意。",
    "按客服给的格式“已阅读并同意”写：客户已阅读并同意京东云账户注销须知。",
  ]

  @Test(
    "A few words alone beside a statement are for a person",
    arguments: [
      "在用。", "账号在用。", "还要用几天。", "下半年。", "最好下个月。", "明年吧。", "找错人了。", "测试用的。", "内容有误。", "老伴看的。", "邻居帮看的。", "看了一点点。",
      "客服说打一句就给办。", "客服说不用看。", "语音是我爱人录的。", "Still in use.", "Maybe later.", "Wrong ticket.",
    ])
  func alone(_ text: String) throws {
    try Statement.expectNotAffirmed("已阅读并同意《京东云账户注销须知》。" + text)
    try Statement.expectNotAffirmed(text + "已阅读并同意《京东云账户注销须知》。")
  }

  @Test(
    "… but not as a field's value, nor in a sentence that says more",
    arguments: [
      "网站在用别家的云了。", "下半年我就退休了。", "账号没在用了。", "不急。", "以后不用了。", "孩子放假。", "测试用的服务器已经删了。",
    ])
  func notAlone(_ text: String) throws {
    try Statement.expectAffirmed("已阅读并同意《京东云账户注销须知》。" + text)
  }

  @Test(
    "Associations, shops and who speaks for them state what they have read",
    arguments: [
      "本社已阅读并同意《京东云账户注销须知》，特此声明。", "合作社这边已阅读并同意《京东云账户注销须知》。", "本自习室经营者已阅读并接受《京东云账户注销须知》。",
      "我代表本园声明：已阅读并同意《京东云账户注销须知》。",
      "On behalf of the school I have read the JD Cloud account closing notice and agree to it.",
      "白纸黑字：本人已阅读并同意《京东云账户注销须知》。", "先说须知吧：《京东云账户注销须知》我上周末看完了，同意。",
    ])
  func forBodies(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(
    "A cousin is no body of the applicant's",
    arguments: [
      "我堂弟已阅读并同意《京东云账户注销须知》。", "我行我素的老板已阅读并同意《京东云账户注销须知》。", "本社会员已阅读并同意《京东云账户注销须知》。",
    ])
  func noBodies(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  private static let harmlessTexts = [
    "已阅读并接受《京东云服务协议》、《京东云账户注销须知》两份文件，请注销。",
    "营销短信不要再发，我从来没同意过。至于《京东云账户注销须知》，已阅读，同意。",
    "对电话推广我明确表示不同意，请停止推销。至于账号，《京东云账户注销须知》我已阅读，同意。",
    "早在提单之前我就已阅读并同意《京东云账户注销须知》。",
    "早在提交工单之前我就已经阅读过《京东云账户注销须知》，当时同意，现在依然同意。",
    "现已重新通读《京东云账户注销须知》，收回先前的异议，本人同意该须知全部内容。",
    "客服跟我解释了为什么要先看注销须知。晚上我逐条看了。须知里的条款我同意。",
    "须知读过一遍，所有条款都接受，包括注销后账单查不到。",
    "京东商城那边的账号我还要继续用，不要动。京东云账户注销须知我读过，同意。",
    "父亲的账号与本单无关，只注销我自己的这个。本人看过账户注销须知，接受。",
    "备案已注销成功，再次申请注销账号。账户注销须知我司已阅读并同意。",
    "老板已经授权给我办理。代表公司声明：本公司已阅读并同意《京东云账户注销须知》。",
    "须知我认真看完，里面写的券作废这些我都认。",
    "京东云账户注销须知 I've read，同意。How long will it take，大概几天？",
    "已经阅读账户注销须知并同意。请问冷静期是几天？",
    "《京东云账户注销须知》我分两次看完的，昨天一半，今早一半。我同意这份须知。",
    "请教一下，发票还能不能补开？如果不能也没关系。注销须知我已经阅读，同意。",
    "我们团队三个人都看过注销须知，我们同意。",
    "注销须知也认真看完了，里面的条款我同意。",
    "按客服给的格式“已阅读并同意+须知名”写：我已阅读并同意京东云账户注销须知。",
    "注销须知已阅读，同意。非常感谢那位姓柳的客服。",
    "注销须知已阅读，同意。历史账单不需要保留。",
    "我接受。说的是账户注销须知，刚才坐地铁的时候在手机上读完的。",
    "认同须知中的说明，须知已学习。",
    "To be explicit: I have read the JD Cloud account closing notice and I agree to it.",
    "I went through the JD Cloud account closing notice. I accept it. Please proceed as soon as possible.",
    "《京东云账户注销须知》（含风险提示部分）已阅读且同意。",
    "我司已阅读并同意账户注销须知。此致\n敬礼\n样例五金加工厂",
    "上一张是测试工单，已经关了。现声明：本人已阅读并同意《京东云账户注销须知》。",
    "上次那句是浏览器自动填充的。现在本人声明：已阅读并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》。不确定照片清不清楚，不清楚就电话我。",
    "我和两位合伙人都已阅读并同意《京东云账户注销须知》。",
  ]
}
