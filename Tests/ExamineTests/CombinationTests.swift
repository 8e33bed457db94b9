import Testing

/// What is waited for, left out, half meant or not answered, beside a whole statement, in every combination with the words
/// that carry it: texts that nobody writes down one by one.
@Suite("Combinations that hold a statement up")
struct CombinationTests {
  private static let notice = "《京东云账户注销须知》"
  private static let statement = "我已阅读并同意《京东云账户注销须知》"

  /// `frames` with each of `fillings` for `_`.
  private static func each(_ frames: [String], _ fillings: [String]) -> [String] {
    frames.flatMap { frame in fillings.map { filling in fill(frame, filling) } }
  }
  private static func fill(_ frame: String, _ filling: String) -> String {
    frame.split(separator: "_", omittingEmptySubsequences: false).joined(separator: filling)
  }
  private static func expectNone(_ texts: [String]) throws {
    #expect(texts.count > 20)
    for text in texts { try Statement.expectNotAffirmed(text) }
  }

  private static let events = [
    "退款到账", "老板签字", "财务确认", "数据迁走", "发票开好", "域名转出", "合同到期", "备案注销", "你们赔偿", "客服回电",
  ]
  private static let conditions = [
    "只要_", "如果_", "等_", "待_后", "除非_", "前提是_", "若_", "要是_", "假如_", "一旦_", "但凡_", "唯有_", "在_的前提下", "在_的情况下", "经_后",
    "视_情况", "以_为准", "待_之日", "当_时", "_的话", "_之后", "_以后",
  ]

  @Test("A clause of its own that says what is waited for") func waited() throws {
    let clauses = Self.each(Self.conditions, Self.events)
    try Self.expectNone(Self.each(["_，\(Self.statement)。", "\(Self.statement)，_，请注销。"], clauses))
  }

  @Test(
    "Courtesy and what the applicant did himself hold nothing up",
    arguments: [
      "可以的话，麻烦尽快办理。", "如果方便，请今天处理。", "收到后，请注销。", "审核通过后，请直接办理。", "你们核实后，请注销。", "等了很久，请尽快办理。",
    ]) func courtesy(_ text: String) throws
  {
    try Statement.expectAffirmed("\(Self.statement)。\(text)")
  }

  @Test(
    "Nor does what happened before the statement",
    arguments: ["看完之后，", "仔细阅读以后，", "客服解释之后，", "数据都备份完了以后，"]) func told(_ lead: String) throws
  {
    try Statement.expectAffirmed("\(lead)\(Self.statement)，请注销。")
  }

  @Test("What is waited for in English, before and behind") func english() throws {
    let events = [
      "the refund arrives", "my boss approves", "the data is exported", "the invoice is issued", "my contract ends",
      "you call me back", "the migration is finished", "legal confirms",
    ]
    let requests = Self.each(
      [
        "Once _, please close my account.", "When _, please close my account.", "After _, please close it.",
        "As soon as _, delete the account.", "If _, please close my account.", "Provided _, please close it.",
        "Assuming _, close it.", "Please close my account once _.", "Please close it after _.",
        "Please close it when _.", "Close it only if _.", "Hold off until _.", "Please wait until _.",
        "Please do not proceed before _.", "I will confirm when _.", "Subject to this: _.",
      ], events)
    let statement = "I have read and agree to the JD Cloud account closing notice."
    try Self.expectNone(Self.each(["_ \(statement)", "\(statement) _"], requests))
  }

  @Test(
    "English courtesy and what is over hold nothing up",
    arguments: [
      "Please close it as soon as possible.", "The server was shut down after the tournament.",
      "Please process this when convenient.",
    ]) func englishCourtesy(_ text: String) throws
  {
    try Statement.expectAffirmed("I have read and agree to the JD Cloud account closing notice. \(text)")
  }

  @Test("Something of the account is left out") func leftOut() throws {
    let clauses = Self.each(
      [
        "除了_", "_除外", "不包括_", "不含_", "_保留", "仅限_", "只针对_", "_不注销", "_先别动", "_另说", "_另行处理", "留下_",
      ], ["子账号", "备案", "域名", "第三条", "代金券", "云主机", "对象存储", "主账号", "余额", "数据库", "企业认证"])
    try Self.expectNone(Self.each(["_，\(Self.statement)。", "\(Self.statement)，_。"], clauses))
  }

  @Test(
    "Another account that stays leaves nothing out, nor what is given up",
    arguments: ["京东商城的号留着不动。", "微信号不注销。", "数据不保留。", "代金券不用保留。", "数据无需保留。"]) func othersKept(_ text: String) throws
  {
    try Statement.expectAffirmed("\(text)\(Self.statement)。")
  }

  @Test("Agreed half, feignedly or by others") func halfMeant() throws {
    let words = [
      "基本", "原则上", "大体上", "部分", "口头", "勉强", "大致", "暂时", "暂且", "有条件地", "差不多", "应该", "可能", "也许", "会", "将", "准备", "打算",
      "愿意考虑", "不太", "不完全", "没完全", "未必", "不见得", "谈不上", "算不上", "尚未", "还没", "并未", "难以", "无法", "不便", "不敢", "拒绝", "懒得",
      "不得不",
      "被迫", "假装", "形式上", "名义上", "姑且", "初步", "有保留地", "选择性", "间接", "被", "需法人", "等法人",
    ]
    try Self.expectNone(
      Self.each(
        ["我已阅读\(Self.notice)，_同意。", "我已阅读\(Self.notice)并_同意，请注销。", "本人_同意\(Self.notice)，已阅读。"], words))
  }

  @Test("Read in part, or not") func halfRead() throws {
    let parts = [
      "一半", "前三条", "标题", "摘要", "开头", "目录", "第一页", "几眼", "大概", "老版本", "截图", "一部分", "重点", "加粗部分", "前半部分", "不到一半", "大部分",
    ]
    let not = ["没", "没有", "尚未", "还没", "并未", "没来得及", "没时间", "忘了", "懒得", "没空", "顾不上"]
    try Self.expectNone(
      Self.each(["\(Self.notice)我看了_，同意，请注销。", "\(Self.statement)，看了_。", "注销须知只看了_，同意。"], parts)
        + Self.each(
          ["我_阅读\(Self.notice)，但同意。", "\(Self.notice)我_看，同意。", "我_仔细看注销须知就同意了。", "同意\(Self.notice)，_看。"], not))
  }

  @Test("Half read or half agreed in English") func englishHalf() throws {
    let agreeing = [
      "mostly agree", "agree in principle", "would agree", "might agree", "partially agree", "almost agree",
      "cannot agree", "hardly agree", "agree for now", "tentatively agree", "agree if you refund me",
      "agree unless it costs money", "agree subject to refund", "agree except clause 3", "will agree",
      "intend to agree", "was told to agree", "agree with reservations", "have yet to agree", "pretend to agree",
    ]
    let reading = [
      "skimmed", "glanced at", "read part of", "read half of", "read about", "started reading", "heard of",
      "been told about", "seen a summary of", "almost read", "yet to read", "barely read", "only opened",
      "tried to read", "wanted to read", "meant to read", "been sent",
    ]
    try Self.expectNone(
      agreeing.map { "I have read the JD Cloud account closing notice and \($0)." }
        + reading.map { "I have \($0) the JD Cloud account closing notice and agree to it." })
  }

  @Test("A field whose value answers nothing, or with no") func unanswered() throws {
    let values = [
      "否", "不", "不同意", "无", "×", "N", "no", "未", "没有", "/", "-", "—", "待定", "暂不", "稍后", "见附件", "同上", "？", "空", "未填",
      "0",
      "拒绝", "保留意见", "未读", "不适用", "N/A", "是/否", "□",
    ]
    try Self.expectNone(
      Self.each(
        [
          "是否已阅读并同意\(Self.notice)：_", "已阅读并同意\(Self.notice)：_", "已阅读并同意\(Self.notice)（_）", "阅读须知：已阅读\n同意须知：_",
          "阅读\(Self.notice)：_\n同意：是",
        ], values))
  }

  @Test("Somebody else has agreed, or is spoken for") func others() throws {
    let people = ["我妈", "我老公", "我同事", "法人", "客户", "前员工", "朋友", "我儿子", "代理商", "对方", "股东", "他", "她", "机主", "号主", "实际使用人"]
    try Self.expectNone(
      Self.each(
        [
          "_已阅读并同意\(Self.notice)。", "_说已阅读并同意\(Self.notice)。", "_让我写：已阅读并同意\(Self.notice)。",
          "替_声明：已阅读并同意\(Self.notice)。",
          "我转达_的意思：已阅读并同意\(Self.notice)。",
        ], people))
  }

  @Test("Another provider's or another matter's paper") func papers() throws {
    let papers = [
      "京东账号注销须知", "京东商城注销须知", "京东金融账户注销须知", "阿里云账户注销须知", "腾讯云账号注销须知", "京东云服务条款", "京东云隐私政策", "京东云用户协议", "备案注销须知",
      "域名注销须知", "子账号注销须知", "京东云账户冻结须知", "企业注销须知", "工商注销须知", "京东云账户注册须知", "京东云账户转让须知", "云主机注销须知", "京东支付注销须知",
    ]
    try Self.expectNone(
      Self.each(["我已阅读并同意《_》。", "我已阅读并同意_，请注销。", "我已阅读\(Self.notice)，同意《_》。"], papers))
  }

  @Test("What makes of it a supposition, a quotation, a question, or words for another time") func supposed() throws {
    let leads = [
      "假设", "就当", "权当", "视为", "算是", "姑且认为", "假如说", "比如说", "例如：", "譬如写", "据说", "听说", "好像", "似乎", "大概", "难道", "谁说",
      "凭什么说", "什么时候", "哪里", "怎么可能", "为什么说", "能不能说", "可否写", "是否要写", "要我写", "让我写", "叫我说", "逼我写", "强迫我写", "要求我抄", "页面显示：",
      "弹窗提示：", "须知最后一句是：", "协议里说：", "模板内容：", "示例：", "范文：", "请在此填写：", "请勿填写：", "不要写", "我没有写过：", "我从未说过", "我否认", "我不承认",
      "并不代表", "不等于", "不能说明", "不算", "并非", "不是", "不可以认为", "请证明", "请确认", "请问", "想确认一下，", "想知道是不是", "需要我说", "下面这句是测试：",
      "这句话是复制的：", "机器人自动生成：", "以下内容不是我写的：", "别人替我写的：", "前任同事写的：", "去年", "上次工单里", "注册的时候", "以前", "之前曾经", "当初", "原来",
      "明天", "下周", "等会儿", "稍后", "到时候", "准备", "打算", "计划", "我会说", "我将写",
    ]
    try Self.expectNone(Self.each(["_\(Self.statement)。", "_已阅读并同意\(Self.notice)。"], leads))
  }

  @Test("What follows it and takes its force") func undone() throws {
    let tails = [
      "？", "吗？", "，对吗？", "，是这样写吗？", "，可以吗？", "，行不行？", "才怪。", "是假的。", "是骗你们的。", "是不可能的。", "，你信吗？", "，呵呵。", "，但这是被逼的。",
      "，不过是形式。", "，仅供参考。", "，以电话为准。", "，以附件为准。", "，以法人签字为准。", "，仅代表个人意见。", "，不代表公司。", "，保留追究权利。", "，但保留起诉的权利。",
      "，有效期三天。", "，仅限今天有效。", "，本声明不具法律效力。", "，解释权归我。", "，除非法律另有规定。", "（草稿）。", "（待确认）。", "（未签字）。", "（样本）。", "（第三条除外）。",
      "（部分）。", "（口头）。", "——这是别人写的。", "——客服说要这么写。", "，写这句只是为了过审核。", "，其实没看。", "，我根本没看懂。", "，看没看不重要。", "，看不看都一样。",
      "，反正不看也得同意。", "，不同意也没办法。", "，随便吧。", "，爱销不销。", "，先这样吧。", "，暂时这么写。", "，回头再改。", "，明天给准信。", "，等老板回来再定。", "，以后再说。",
    ]
    try Self.expectNone(tails.map { "\(Self.statement)\($0)" })
  }

  @Test("Lines of forms, chats and mails in which it stands") func lines() throws {
    let frames = [
      "客服：请您写“_”", "客服：您好，_\n我：好的", "我：为什么要写_", "【系统】_", "> _\n我不想注销了", "-----原始邮件-----\n_", "转发：_", "引用：“_”",
      "「_」是什么意思", "“_”这句话写在哪里", "标题：_\n内容：我要恢复账号", "A. _  B. 不同意", "□ _", "[ ] _", "( ) _", "○ _", "☐ _ ☐ 不同意",
      "_（请勾选）", "勾选“_”后提交", "必须_才能注销", "未_", "不_", "没_", "尚未_",
    ]
    try Self.expectNone(Self.each(frames, ["已阅读并同意\(Self.notice)", Self.statement]))
  }

  @Test("Suppositions and quotations in English") func englishSupposed() throws {
    let frames = [
      "Suppose I have read and agree to the _.", "Pretend that I have read and agree to the _.",
      "Who says I have read and agree to the _?", "I never said I have read and agree to the _.",
      "Do I have to write that I have read and agree to the _?",
      "Your agent told me to write: I have read and agree to the _.", "The form says: I have read and agree to the _.",
      "Example: I have read and agree to the _.", "Last year I read and agreed to the _.",
      "Tomorrow I will have read and agree to the _.", "I have read and agree to the _, not.",
      "I have read and agree to the _, just kidding.", "I have read and agree to the _, supposedly.",
      "I have read and agree to the _, right?", "I have read and agree to the _, or so I'm told.",
      "I have read and agree to the _ (draft).", "I have read and agree to the _ (pending approval).",
      "I have read and agree to the _ - copied from your site.",
      "I have read and agree to the _. Actually I haven't read it.", "I have read and agree to the _. Not really.",
      "I have read and agree to the _. Ignore the above.", "I have read and agree to the _. This is a test.",
      "My boss has read and agrees to the _.", "He has read and agrees to the _.", "They have read and agree to the _.",
      "It is not true that I have read and agree to the _.", "I deny that I have read and agree to the _.",
      "I wish I have read and agree to the _.", "I would say I have read and agree to the _.",
      "[ ] I have read and agree to the _.", "> I have read and agree to the _.\nI changed my mind.",
    ]
    try Self.expectNone(Self.each(frames, ["JD Cloud account closing notice"]))
  }

  @Test("Refusals, reservations and open matters, whatever joins them to it") func contradicted() throws {
    let said = [
      "我不同意", "不同意注销", "我拒绝", "我没同意", "不接受", "我反对", "不认可这份须知", "须知我没看", "第五条我不接受", "对退款条款有异议", "我有不同意见", "我保留意见",
      "我还没想好", "我需要再考虑", "还要和家人商量", "得问问老板", "等我确认", "我会再联系你们", "先别处理", "暂时不要注销", "请不要动我的账号", "请勿操作", "我要继续使用", "账号还有用",
      "服务器还在跑", "数据还没备份", "域名还没转", "备案要保留", "钱没退", "余额先退我", "赔偿我损失", "你们先道歉", "我要求退款后才注销", "不退款就不注销", "不退钱我就不同意",
      "除非退款", "退款是前提", "我的条件是退款",
    ]
    let behind = [
      "。", "，", "；", "！", "\n", "。另外，", "。但", "，但是", "，不过", "。其实", "。说明：", "。备注：", "。PS：", "。补充一点：", "。还有，", "。最后，",
    ]
    let before = ["。", "，", "；", "\n", "，但是", "。但", "，不过"]
    try Self.expectNone(
      behind.flatMap { joint in said.map { "\(Self.statement)\(joint)\($0)。" } }
        + said.map { "\(Self.statement)（\($0)）。" }
        + before.flatMap { joint in said.map { "\($0)\(joint)\(Self.statement)。" } }
        + said.map { "您好，\($0)。我的手机是13800138000。\(Self.statement)，请注销，谢谢。" })
  }

  @Test("Refusals and open matters in English") func englishContradicted() throws {
    let statement = "I have read and agree to the JD Cloud account closing notice"
    let said = [
      "I do not agree", "I don't accept clause 5", "I refuse", "I have not decided yet", "I need to think about it",
      "I need to ask my boss", "please wait", "do not close it yet", "I still need the account",
      "the server is still running", "my data is not backed up", "refund me first", "I want a refund first",
      "no refund, no consent", "I object to the refund terms", "I will get back to you", "I changed my mind",
      "keep my account", "I want to keep the account", "unless you refund me", "my condition is a refund",
      "only if you refund me", "not before the refund", "I disagree with it", "I was forced to write this",
      "this is not final",
    ]
    let joints = [". ", ", but ", ". However, ", "; ", "\n", ". PS: ", ". Note: ", " - "]
    try Self.expectNone(
      joints.flatMap { joint in said.map { "\(statement)\(joint)\($0)." } } + said.map { "\($0). \(statement)." })
  }

  @Test("Something else asked for: to be done to the account, or to be closed") func otherWish() throws {
    let wishes = Self.each(
      [
        "我要_。", "请帮我_。", "申请_。", "我只想_。", "主要是想_。", "其实我要的是_。", "麻烦先_。", "我的诉求是_。", "希望_。", "请_，不要注销账号。", "想_，怎么操作？",
        "目的：_。",
      ],
      [
        "恢复账号", "改密码", "解绑手机", "换绑手机号", "修改实名信息", "把账号转给别人", "过户给我老婆", "合并两个账号", "冻结账号", "暂停账号", "降级成个人版", "只退款",
        "只开发票", "续费服务器", "找回密码", "注销子账号", "注销域名", "注销备案", "注销对象存储服务", "注销云主机", "注销另一个账号", "注销我朋友的账号", "注销京东商城账号",
        "注销公司", "注销手机号", "注销微信", "取消订单", "取消实名认证", "取消自动续费", "退出登录", "更换邮箱", "升级账号", "开通新账号", "变更企业名称",
      ])
    try Self.expectNone(Self.each(["\(Self.statement)。_", "_\(Self.statement)。"], wishes))
  }

  @Test("An account that is not the applicant's, or that he cannot speak for") func notTheirs() throws {
    let people = [
      "这个账号是我朋友的", "账号不是我的", "我是前员工", "我已经离职", "账号是别人的，我代为注销", "我捡到的账号", "我买来的账号", "账号被盗了", "号主去世了", "我是他儿子", "我不是法人",
      "我没有授权", "我是中介", "我帮客户办的", "这是测试", "我不知道账号是谁的", "我只是管理员", "账号归前夫所有", "我是未成年人",
    ]
    try Self.expectNone(
      Self.each(["\(Self.statement)。_。", "_。\(Self.statement)。", "_，\(Self.statement)，请注销。"], people))
  }

  @Test("Something else asked for in English, and accounts of others") func englishElse() throws {
    let statement = "I have read and agree to the JD Cloud account closing notice."
    let wishes = Self.each(
      ["I want to _.", "Please _.", "I only want to _.", "Please help me _."],
      [
        "recover my account", "reset my password", "unbind my phone", "transfer the account to my brother",
        "merge two accounts", "suspend the account", "freeze the account", "only get a refund", "delete a sub-account",
        "delete my domain", "close another account", "close my friend's account", "cancel an order",
        "turn off auto-renewal", "change my email",
      ])
    let people = [
      "This account belongs to my friend.", "It is not my account.", "I am an employee, the account is the company's.",
      "I left the company.", "I am not the owner.", "I bought this account.", "The account was hacked.",
      "I am doing this for a client.", "The owner passed away.", "I am a minor.", "This is a test.",
      "I am not authorised.", "I am only the administrator.",
    ]
    try Self.expectNone(Self.each(["\(statement) _", "_ \(statement)"], wishes + people))
  }

  @Test(
    "Closing told in other words, thanks and reasons ask for nothing else",
    arguments: [
      "申请注销企业账号。", "请注销我公司账户。", "谢谢上回帮我找回密码的客服。", "域名已经转出了。", "想注销后重新注册一个。", "为了解绑手机才来注销的。", "请帮忙注销京东云账号。",
      "请短信通知我。", "麻烦处理好后电话联系。",
    ]) func closing(_ words: String) throws
  {
    try Statement.expectAffirmed("\(words)\(Self.statement)。")
    try Statement.expectAffirmed("\(Self.statement)。\(words)")
  }
}
