import Testing

/// Texts of everyday tickets that differ in what they mean by a word or a mark, each beside its twin.
@Suite struct TwinTests {
  /// What denies another verb is no double negation, and what takes the rest excepts something.
  @Test(arguments: [
    "注销须知看了，券不退这一条我不同意。", "须知看过，我同意，就是不开票这一款我不认可。", "注销须知看了，其他的我都同意，只有域名那条不行。",
    "注销须知读过，别的条款都接受，第三条另说。",
  ]) func partial(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test(arguments: ["注销须知看了，没有一条是我不同意的。", "注销须知看过，我从来没说过不同意，我同意。"])
  func whole(_ text: String) throws { try Statement.expectAffirmed(text) }

  /// A closing that comes after another one.
  @Test(arguments: [
    "已阅读并同意注销须知。子账号先注销完再帮我销主账号。", "注销须知看过，同意。备案注销了才给我注销账号哈。",
  ]) func ordered(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test(arguments: ["已阅读并同意注销须知。注销完再通知我一声就行。", "注销须知看过，同意。销掉以后不用回电。"])
  func afterwards(_ text: String) throws { try Statement.expectAffirmed(text) }

  /// A heading in brackets says what its line agrees to; a bare word goes on from the clause before it.
  @Test(arguments: [
    "【须知】读过\\n【回访】同意\\n【手机】13800138000", "[注销须知] 已阅\\n[问卷] 接受", "须知逐条读完；那笔 2 元的扣款我没有异议，同意。",
  ]) func otherRow(_ text: String) throws {
    try Statement.expectNotAffirmed(text.replacing("\\n", with: "\n"))
  }

  @Test(arguments: ["【须知】读过，同意\\n【回访】不用\\n【手机】13800138000", "须知逐条读完，没有异议，同意。"])
  func ownRow(_ text: String) throws {
    try Statement.expectAffirmed(text.replacing("\\n", with: "\n"))
  }

  /// A slip of the input method counts where the text says so, and only for the verb.
  @Test(arguments: [
    "我已阅读并统一《京东云账户注销须知》（语音输入，如有错字见谅）", "注销须知看过了，我统一（是“同意”，输入法老错）。",
    "以阅读并统意《京东云账户注销须知》（打错了，是同意）",
  ]) func slips(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: [
    "已阅读并统一《京东云账户注销须知》，人脸识别通不过。", "已阅读并统一《京东云账户注销须知》，验证码语音电话收不到。",
    "我已阅读并统一《京东云账户注销须知》", "注销须知看过了，我统一（打错了，是不同意）。", "已阅读《京东云账户注销须知》，统一处理（输入法不好用）。",
    "已阅读并同意（打错了，是反对）《京东云账户注销须知》",
  ]) func noSlips(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  /// A note about the typing says how the word is meant; one that takes the word back, or says the word alone, is no note.
  @Test(arguments: [
    "已阅读并同意《京东云账户注销须知》（把同意打错了）。", "已阅读并同意《京东云账户注销须知》（“同意”是手误）。", "已阅读并同意《京东云账户注销须知》（是同意打错了）。",
    "已阅读并同意《京东云账户注销须知》（同意两个字是输入法打出来的）。", "注销须知看过了，我统一（不是同意）。",
    "已阅读并同意《京东云账户注销须知》（√即同意）：",
  ]) func takenBack(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test(arguments: ["注销须知看过了（同意）。", "已阅读《京东云账户注销须知》（同意）。"])
  func inBrackets(_ text: String) throws { try Statement.expectAffirmed(text) }

  /// 填写了《注销须知》已阅读并同意 is one sentence; 我 behind the name begins another.
  @Test(arguments: [
    "骗子冒用我的身份在你们网页上替我填写了注销须知已阅读并同意", "没有授权的员工昨天在工单里代为填写了注销须知已阅读并同意",
  ]) func ranOn(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test func saidInOneBreath() throws {
    try Statement.expectAffirmed("我那台云主机早就不用了里面东西也清空了注销须知我已阅读并同意")
  }

  /// 算了 before a word of talking ends the talk; before a word of doing it ends the request.
  @Test(arguments: ["算了，不做了。", "算了不干了。", "算了不提了。", "算了，别弄了。"])
  func givenUp(_ text: String) throws { try Statement.expectNotAffirmed("已阅读并同意注销须知。" + text) }

  @Test func talkEnded() throws { try Statement.expectAffirmed("服务一般，算了不说了。已阅读并同意注销须知。") }

  /// 认 agrees where it is all that is said.
  @Test(arguments: ["注销须知看完了，认。", "须知读过，认！13800138000"])
  func loneWord(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: ["注销须知看完了，认不认？", "注销须知看完了，认不了。", "注销须知看完了，认人。"])
  func noLoneWord(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  /// The address of the notice's page is its name; that of another page is none.
  @Test(arguments: [
    "我已阅读并同意 https://docs.example.com/account-notice 上的内容，请注销。",
    "已阅读并同意 https://docs.example.com/a/b 上的《京东云账户注销须知》。",
  ]) func addresses(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: [
    "我已阅读并同意 https://docs.example.com/account-faq 上的内容，请注销。",
    "已阅读并同意 https://docs.example.com/privacy 里的条款。",
  ]) func otherAddresses(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  /// Who reads beside the applicant.
  @Test(arguments: [
    "外甥帮我把字放大，我自己逐条看的注销须知，我同意。", "注销须知我院信息中心、法务科均已审阅，我院同意。",
    "经项目组学习《京东云账户注销须知》，我公司对其中条款无异议。", "注销须知大家一起看过，我们没有意见。", "我李建国已阅读并同意《京东云账户注销须知》。",
  ]) func helpers(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: [
    "外甥帮我看的注销须知，我同意。", "注销须知法务科看过，同意。", "注销须知大家一起看过，他们没有意见。", "我王总已阅读并同意《京东云账户注销须知》。",
    "注销须知我们俩里头有一个看过也同意了。",
  ]) func others(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  /// An agreement that names nothing belongs to what its sentence speaks of.
  @Test(arguments: [
    "注销须知读完了。贵方询问能否来电核实，本人同意。", "注销须知瞅过了。至于返还的券，我可以接受。", "须知：已读\n是否接受回访：接受", "须知：看了\n备注：同意",
    "客服：注销须知您看了吗\n我：看了\n客服：稍后回电，您同意吗\n我：同意", "注销须知看完。退订扣了 8 块手续费，客服解释过，我没意见。",
    "账户注销须知已阅。贵司拟于下周办结，我司无异议。", "注销须知今晚打印出来看，看完就同意。", "- 改到下午三点，我同意\\n- 注销须知那几页，已阅", "须知：已阅读，第一至四条同意，第五条关于余额的不同意",
    "[√] 我已阅读《京东云账户注销须知》\\n[ ] 我同意《京东云账户注销须知》\\n[√] 我同意接受回访", "注销须知：同意\\n资料备份教学：已阅读", "注销须知｜已读\n提现协议｜已同意",
    "注销须知我同意。账单看过了。",
    "我同意注销须知。附件里的表看完了。",
    "Read the JD Cloud account closing notice. Your colleague asked about a phone call: yes, I accept.",
  ]) func agreedElse(_ text: String) throws {
    try Statement.expectNotAffirmed(text.replacing("\\n", with: "\n"))
  }

  @Test(arguments: [
    "注销须知读完了。我同意。", "注销须知看了三遍。里面说数据会清空，代金券会作废，这些我都接受。", "须知：已读\n自动扣费：已关\n意见：同意", "注销须知已阅。全部接受。",
    "I have read the JD Cloud account closing notice. My data is backed up. I agree to it.",
  ]) func agreedBehind(_ text: String) throws {
    try Statement.expectAffirmed(text.replacing("\\n", with: "\n"))
  }

  /// Rows of a form about the notice and about something else, in every order and with every mark between head and value.
  @Test(
    arguments: ["：", ": ", " | ", "\t", "——", " → ", "=", " - ", "　"], ["回访", "短信通知", "退款方式", "隐私政策", "数据清除", "手续费"])
  func rows(_ mark: String, _ other: String) throws {
    for (read, agreed) in [("已读", "同意"), ("看过了", "认可"), ("已阅", "接受")] {
      try Statement.expectNotAffirmed("注销须知\(mark)\(read)\n\(other)\(mark)\(agreed)\n手机：13800138000")
      try Statement.expectNotAffirmed("\(other)\(mark)\(agreed)\n注销须知\(mark)\(read)\n手机：13800138000")
      // A key and its value are data of some program.
      if mark == "=" { continue }
      try Statement.expectAffirmed("注销须知\(mark)\(read)，\(agreed)\n手机：13800138000")
    }
  }

  /// Tables and forms whose decisive field is empty, twice filled or put off.
  @Test(arguments: [
    "注销须知·阅读\t√\n注销须知·同意\t\n数据备份\t√", "已阅读并同意《京东云账户注销须知》：☑是 ☑否",
    "我已阅读《京东云账户注销须知》：√\n我同意《京东云账户注销须知》：再说",
    "工单模板（提交前请删除括号里的字）\n声明：（本人已阅读并同意《京东云账户注销须知》）\n\n声明：\n电话：13800138000",
    "[√] 已阅读并同意《京东云账户注销须知》\n[ ] 资源已清空（还有一台在跑，迁完之前先挂着）", "须知 ▸ 读过，同意\n顺序 ▸ ①退款 ②开票 ③注销",
  ]) func openFields(_ text: String) throws {
    try Statement.expectNotAffirmed(text.replacing("\\n", with: "\n").replacing("\\t", with: "\t"))
  }

  /// Everyday words that hold the closing up, beside a whole statement.
  @Test(arguments: [
    "办之前跟我说一声。", "销之前给我打个电话确认一下。", "麻烦下周三以后处理。", "10号之后操作。", "别在月底前关。", "数据库先不要动，转走了我告诉你们。", "期望注销时间：国庆假期结束之后",
    "店主还不知道。", "数据我还要用。", "快照能不能留一下？", "等老板确认。", "还要问法人。", "必须把余额退给我。", "账号是我老婆的。", "等我把域名转走。", "我还要导数据，导完你们再弄。",
    "到期自动注销就行。", "12月31日合同到期后生效。", "两个账号，注销哪个我再告诉你们。", "以上是我同事写的。", "之前想留着，现在也想。",
    "先看下还有没有资源。", "注销前请和我本人核实。", "一定要等我签收发票。", "审计期间账号请保持可登录，之后即可销掉。", "这个号不是我实名的。", "其实我不太想注销。", "能不能只停掉云主机？",
  ]) func heldUp(_ text: String) throws { try Statement.expectNotAffirmed("已阅读并同意注销须知。" + text) }

  /// When it is to be done, before or behind what is to be done, in a sentence of its own or behind the statement.
  @Test(arguments: ["下周三", "月底", "15号", "备案完成后", "退款到账后", "春节后", "两周后"], ["注销", "处理", "办理", "关闭"])
  func later(_ time: String, _ act: String) throws {
    for wish in ["请\(time)\(act)。", "\(time)再\(act)。", "\(act)时间定在\(time)。", "\(act)请安排在\(time)。", "希望\(time)\(act)。"] {
      try Statement.expectNotAffirmed("已阅读并同意注销须知。\(wish)")
      try Statement.expectNotAffirmed("注销须知我已阅读并同意，不过\(wish)")
    }
  }

  @Test(arguments: [
    "销之前不用通知我。", "注销之后通知我一声。", "麻烦月底前处理完。", "2019年注册以后没怎么用过。", "别打电话推销。", "请勿关闭工单。", "期望注销时间：尽快", "8月3日已经处理过照片。",
    "麻烦今天处理。", "请核实后处理。", "密码都忘了刚找回来。",
  ]) func notHeldUp(_ text: String) throws { try Statement.expectAffirmed("已阅读并同意注销须知。" + text) }

  @Test(
    "A day before what is to be done holds it up, in whatever writing",
    arguments: [
      "请于2026-12-31注销。", "请于2026年12月31日24时注销。", "希望在 2027-01-05 注销账户。", "12/31 注销。", "账号 Dec-31 注销。", "请 31 Dec 注销。",
      "2026.12.31 销户。",
      "请于20261231注销。", "请于12月31注销。", "请于十二月三十一日注销。", "请 12/31 24:00 注销。", "2026-12-31 晚上销户", "下月5号给我销了。", "Dec. 31 处理。",
    ]) func dated(_ text: String) throws
  { try Statement.expectNotAffirmed("已阅读并同意注销须知。" + text) }

  @Test(
    "A day in English as well",
    arguments: [
      "Please close my account on 31 December.", "Please close it on Dec 31.",
      "I closed everything so please close the account on 31 December.",
      "Kindly delete the account on the 5th of May.",
      "Please close it after 2026-12-31.", "You may terminate it from 1/5/2027.",
    ]) func datedInEnglish(_ text: String) throws
  {
    try Statement.expectNotAffirmed("I have read and agree to the JD Cloud account closing notice. " + text)
  }

  @Test(
    "A day by which it shall be done, of something else or of the past holds nothing up",
    arguments: [
      "请把 kafei-2021 注销。", "请把账号 100012345678 注销。", "账号 a-01-02 注销。", "2019年3月5日注册的账号请注销。", "请注销2019年3月5日注册的账号。",
      "服务器11月3日就删了，请注销。", "11月3日把店关了。", "服务器11月3日停了。", "请在今天注销。", "2026年11月20日",
      "I closed the servers on 3 May.", "Please close account 100012345678.",
    ]) func otherwiseDated(_ text: String) throws
  {
    try Statement.expectAffirmed("已阅读并同意《京东云账户注销须知》。" + text)
  }

  /// When it was read and when it is agreed to.
  @Test func readBefore() throws {
    try Statement.expectAffirmed("We reviewed the JD Cloud account closing notice last Monday and we accept its terms.")
    try Statement.expectNotAffirmed(
      "We reviewed the JD Cloud account closing notice last Monday and we accepted it then.")
    try Statement.expectNotAffirmed("我愿阅读并同意《京东云账户注销须知》，请把全文发来。")
  }

  /// Lines behind a mail's header and its quoted lines are the applicant's again.
  @Test func history() throws {
    let head = "----- 原始邮件 -----\n发件人：京东云客服 <cs@example.net>\n主题：回复：注销申请\n> 尚缺声明：已阅读并同意《京东云账户注销须知》。\n"
    try Statement.expectAffirmed(head + "\n补声明如下：\n本人已阅读《京东云账户注销须知》，同意其全部内容。")
    try Statement.expectNotAffirmed(head + "\n收到，谢谢。")
    // Whose the line below is does not follow from its place: the writer of the mail above may have quoted it.
    try Statement.expectNotAffirmed(head + "\n已阅读并同意《京东云账户注销须知》，没有问题。")
  }

  /// Words that end in a character of condition are words of their own.
  @Test func compounds() throws {
    try Statement.expectAffirmed("云上数据已擦除。我司已阅读并同意《京东云账户注销须知》。")
    try Statement.expectNotAffirmed("除第三条，我司已阅读并同意《京东云账户注销须知》。")
    try Statement.expectNotAffirmed("待退款，我已阅读并同意《京东云账户注销须知》。")
  }

  /// The applicant says that his own words are void.
  @Test(arguments: [
    "本人已阅读并同意《京东云账户注销须知》。勘误：第一行“已”应作“未”。", "别把这行当真：注销须知我已阅读并同意。",
    "I have read and agree to the JD Cloud account closing notice. (Page 2 was missing from the PDF.)",
    "本公司已阅读并同意《京东云账户注销须知》。（我是临时工，还没敢跟老板讲）", "须知阅读：已完成\n须知同意：审批中",
  ]) func void(_ text: String) throws { try Statement.expectNotAffirmed(text) }
}
