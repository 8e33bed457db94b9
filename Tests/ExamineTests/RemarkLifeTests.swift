import Testing

/// Remarks in words of everyday life: those that say who read, who typed, how much of it and in what earnest empty the
/// statement; those that tell of people and things do not.
@Suite("Remarks about people, pages and things")
struct RemarkLifeTests {
  @Test("Read or typed by somebody else", arguments: othersTexts)
  func others(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("Not in earnest, a rehearsal, in reverse, sent to the wrong place", arguments: voidTexts)
  func void(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("Only a part of it read or understood, or another's paper", arguments: partialTexts)
  func partial(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("Not before something has happened", arguments: untilTexts)
  func until(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test("People, things and the way the text got here", arguments: harmlessTexts)
  func harmless(_ text: String) throws { try Statement.expectAffirmed(text) }

  private static let notice = "《京东云账户注销须知》"

  private static let othersTexts = [
    "我已阅读并同意\(notice)。说实话阅读是我女儿干的，我只管同意。",
    "我已阅读并同意\(notice)（阅读部分由外子完成）。",
    "我已阅读并同意\(notice)。这行字我压根没敲过。",
    "我已阅读并同意\(notice)。这一行怕是你们系统塞进来的。",
    "我已阅读并同意\(notice)。上面是小侄子抢了手机按出来的。",
    "阅读人：老周　同意人：老吴\n声明：已阅读并同意\(notice)",
    "已阅读并同意\(notice)，是我替班长表个态。",
    "已阅读并同意\(notice)。签字：程某之子（代）",
    "I have read and agree to the JD Cloud account closing notice. Sorry, my nephew got hold of the laptop.",
    "I have read and agree to the JD Cloud account closing notice. That line was hers, not mine.",
  ]

  private static let voidTexts = [
    "我已阅读并同意\(notice)。上面那行请倒着读。",
    "我已阅读并同意\(notice)。读的时候记得反过来理解。",
    "我已阅读并同意\(notice)。这张单子就当废纸吧。",
    "我已阅读并同意\(notice)。第一行就当没看到。",
    "我已阅读并同意\(notice)。糟了，登错账号，这个是协会的。",
    "发送模式：演练\n我已阅读并同意\(notice)",
    "（角色扮演）我已阅读并同意\(notice)",
    "我已阅读并同意\(notice)。愚人节快乐！",
    "我已阅读并同意\(notice)（bushi）",
    "会议要点，还没过会：\(notice)已读，同意。",
    "主题：发早了，里面的话不作数\n我已阅读并同意\(notice)。",
    "Subject: DRAFT, do not action\nWe have read and agree to the JD Cloud account closing notice.",
    "I have read and agree to the JD Cloud account closing notice. Until June treat this as blank paper.",
    "抬头：关于不注销的通知\n我已阅读并同意\(notice)。",
    "部门主管：同意\n总经理：不予批准\n我已阅读并同意\(notice)。",
  ]

  private static let partialTexts = [
    "我已阅读并同意\(notice)。翻到第三页我就睡着了。",
    "我已阅读并同意\(notice)。读到一半停电就关机了，没再看。",
    "我已阅读并同意\(notice)。单个字认识，连在一起就看不懂了。",
    "我已阅读并同意\(notice)。那份文件缺了两页，什么时候补？",
    "我已阅读并同意\(notice)。内容跟天书一样。",
    "我已阅读并同意\(notice)。是真读了吗？老实话，没有。",
    "我已阅读并同意\(notice)。是在一个第三方网站上看的，真假不知。",
    "我已阅读并同意\(notice)，抬头写着微信的那张。",
    "I have read and agree to the JD Cloud account closing notice. There were pages missing in my copy.",
    "I have read and agree to the JD Cloud account closing notice. I don't know a single word of Chinese.",
    "I have read and agree to the JD Cloud account closing notice. My husband thinks it was a fake page.",
    "我已阅读并同意\(notice)。眼睛花，叫隔壁小妹念的，她念得快。",
  ]

  private static let untilTexts = [
    "本人已阅读并同意\(notice)\n日期：（哪天补上哪天才算）",
    "我司已阅读并同意\(notice)，自股东签字之日起生效。",
    "一手交钱：我已阅读并同意\(notice)。钱没到，这句先扣着。",
    "已阅读并同意\(notice) *\n* 积分没兑就没这回事",
    "\(notice)了解了，批下预算之日，即我同意之时。",
  ]

  private static let harmlessTexts = [
    "\(notice)我已阅读并同意。我媳妇说今年去镇上摆摊。",
    "本公司（示例贸易商行）已阅读并同意\(notice)。",
    "我司（示例网络科技有限公司）上月停业。我司已阅读\(notice)，无异议并同意遵守。",
    "申请人系某某镇中心小学教师。本人已阅读并同意\(notice)。",
    "我已阅读并同意\(notice)。照片传错了一张，已经重新传了。",
    "好了说正事：\(notice)我看了，同意。",
    "今天正式说一次：\(notice)已阅读，同意。",
    "复制过来的格式可能有点怪：我已阅读并同意\(notice)。",
    "\(notice)每一条都看了，没有漏，全部同意。",
    "\(notice)已阅读，均予认可。",
    "我已阅读并同意\(notice)。\n\n发自我的手机",
    "我已阅读并同意\(notice)。只有一个要求：快。",
    "我已阅读并同意\(notice)，继续吧",
    "我已阅读并同意\(notice)。老伴住院，我白天不在家。",
    "我已阅读并同意\(notice)。这下可以安心带孩子上学了，没有别的了。",
  ]
}
