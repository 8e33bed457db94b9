import Testing

/// Everyday words beside a whole statement that a careful person would stop at, in every place they can stand.
@Suite("Matters that leave a statement to a person")
struct HeldMattersTests {
  private static let notice = "《京东云账户注销须知》"
  private static let statement = "我已阅读并同意《京东云账户注销须知》"
  private static let english = "I have read and agree to the JD Cloud Account Closure Notice"

  private static func expectNone(_ frames: [String], _ words: [String], _ others: [String] = [""]) throws {
    #expect(words.count > 9)
    for frame in frames {
      for word in words {
        for other in others {
          let text = frame.split(separator: "_", omittingEmptySubsequences: false).joined(separator: word)
          try Statement.expectNotAffirmed(
            text.split(separator: "^", omittingEmptySubsequences: false).joined(separator: other))
        }
      }
    }
  }
  private static let around = [
    "_，\(statement)。", "_。\(statement)。", "\(statement)，_。", "\(statement)。_。", "\(statement)（_）。",
    "申请注销账号，_，\(statement)。", "申请注销账号。\(statement)，另外_。", "\(statement)，不过_。",
  ]

  @Test("Read badly") func readBadly() throws {
    let words = [
      "大致看了看须知", "扫了一眼须知", "须知没细看", "须知看了一半", "须知随便翻了翻", "须知是AI帮我总结的", "须知是听客服讲的", "须知是朋友念给我听的", "须知没看完", "须知只看了开头",
      "须知没来得及看", "须知太长没看", "须知打不开", "须知没找到", "须知链接失效了", "须知我看的是老版本", "须知我看的是截图", "须知等会儿看", "须知回头再看", "须知还没看呢",
      "须知我就瞄了一眼", "须知没仔细看", "须知跳着看的", "须知大概看了", "须知内容我不太清楚", "须知我没看懂第三条", "须知看了但没记住", "没看须知", "须知直接拉到底了", "须知闭着眼点的",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Agreed by half") func halfAgreed() throws {
    let words = [
      "基本同意吧", "大体上同意", "原则上同意", "勉强同意", "暂时同意", "先口头同意", "部分同意", "有保留地同意", "被迫同意的", "不得不同意", "算是同意吧", "默认同意",
      "只能同意了", "姑且同意", "大部分同意", "同意归同意，心里不服", "我其实不太同意", "不是很认同", "有几条不认可", "没得选只好同意", "不同意也没办法", "不情愿", "心里不愿意",
      "其中一条有异议", "个别条款保留意见", "对第五条持保留态度", "对余额那条有意见", "但余额条款除外", "余额作废那条我不认", "除了数据清除那条",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("An account that is in doubt") func doubtfulAccount() throws {
    let words = [
      "不确定是不是这个账号", "不记得是不是我的账号", "可能是另一个账号", "账号我不太确定", "账号名忘了", "好像是这个账号", "应该是这个账号吧", "也许不是我的号", "账号可能写错了",
      "账号不知道对不对", "账号名我猜的", "要注销的不是这个账号", "其实想注销另一个", "注销的是我另一个号", "上面账号填错了", "账号以附件为准", "账号见我下一条留言", "账号待定",
      "账号稍后补充",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Taken back") func takenBack() throws {
    let words = [
      "算了不注销了", "再想想", "先不注销", "取消申请", "当我没说", "撤回", "作废", "点错了", "发错了", "这是测试", "练习一下", "我改主意了", "先放着", "先别处理",
      "别当真", "开玩笑的", "随便写的", "发着玩的", "还是算了", "先缓缓", "暂停办理", "停止办理", "撤销申请", "收回申请", "申请无效",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Something unsettled") func unsettled() throws {
    let words = [
      "还有订单没完成", "发票还没开", "余额还没退", "数据还没备份", "备案还没注销", "服务器还在跑", "工单还没解决", "欠费还没交", "还有域名在用", "数据正在迁移", "合同没到期",
      "还有人在用", "退款没到账", "还有项目没结束", "客户还在访问", "网站还没迁走", "押金没退", "还有一台机器没释放", "还有未出账单", "备份下周做", "代金券还没用完", "账单有争议",
      "还有套餐没到期", "业务还没停", "资源还没释放完", "还有两个订单待处理",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Without force") func withoutForce() throws {
    let words = [
      "保留追究权利", "不代表放弃权利", "保留诉讼的权利", "不构成法律承诺", "仅供参考", "仅为测试", "不具法律效力", "这是草稿", "此为征求意见稿", "待律师审核", "待法务确认",
      "以正式文件为准", "以书面同意书为准", "以盖章版本为准", "以公司盖章为准", "以后续邮件为准", "最终以电话确认为准", "未经盖章无效", "签字后生效", "盖章后生效", "自退款之日起生效",
      "不视为同意", "不作为依据", "内部讨论用", "请勿对外",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Somebody who is not the owner") func notTheOwner() throws {
    let words = [
      "我是未成年人", "我今年12岁", "我是小学生", "我是初中生", "家长不知道", "瞒着爸妈申请的", "没告诉老板", "没经过公司同意", "公司还不知道", "偷偷注销的", "我没有权限",
      "我不是管理员", "我不是负责人", "我不是账号所有人", "我不是实名人", "实名不是我", "账号实名是前老板", "账号不是我注册的", "用的是别人的身份证", "我是来代办的", "我是中介",
      "我是继承人", "本人已去世由我办理", "账号主人住院了", "账号是捡来的", "账号是租的", "账号是买来的", "密码是猜的", "我刚盗了这个号",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("A dispute") func inDispute() throws {
    let words = [
      "账号有纠纷", "正在打官司", "法院冻结了账号", "合伙人不同意", "股东有异议", "离婚分割中", "账号归属有争议", "法人失联", "公章丢了", "账号被冻结了", "账号被别人改了密码",
      "有人冒用我信息", "正在报案", "警方在调查", "债主要求保留",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Something else wanted") func somethingElse() throws {
    let words = [
      "两个账号只注销一个", "只注销其中一个", "只注销测试环境", "只注销子账号", "只关掉服务器", "只退款不注销", "只解绑手机", "只取消实名", "只想换手机号", "主要是想退款",
      "其实只是想退款", "先注销一半", "仅注销国际站", "只注销商城", "只要清空数据", "注销实名就行", "解除绑定就可以", "关闭自动续费就行", "停掉扣费就行", "把账号冻结就行",
      "把账号转给同事", "过户给别人", "降级就行",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Held up") func heldUp() throws {
    let words = [
      "先不要操作", "请勿操作", "等我通知", "等我电话", "收到我邮件再办", "我说可以再办", "等下一步指示", "先挂着", "先登记", "先备案着", "先审核别执行", "别急着注销",
      "暂缓执行", "先走流程别关", "处理前必须联系我", "注销前打电话", "操作前先征求我同意", "最后一步别点", "先冻结观察", "冷静期", "给我留个反悔期", "三天内我没回复再注销",
      "别今天注销", "不着急先放放",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Scorn") func insincere() throws {
    let words = [
      "呵呵满意了吧", "行了吧", "你们爱咋咋地", "随便你们", "反正不同意也没用", "这下满意了", "霸王条款", "流氓条款", "不点同意不让走", "强制同意", "这种条款谁会同意",
      "说一套做一套", "同意个鬼", "同意才怪", "我信你个鬼", "爱信不信", "算我倒霉", "被逼的", "走个形式", "应付一下", "凑字数", "敷衍一下", "随便填填", "瞎写的",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("Copied words") func copied() throws {
    let words = [
      "以上是模板", "以上内容系复制", "客服让我复制的", "客服要求必须写这句", "网上抄的", "这句是系统自动加的", "这段是ChatGPT写的", "示例文字", "照抄的别当真", "同事发我的模板",
      "我不知道这句什么意思", "这句不是我写的", "按要求粘贴", "上面那句删掉", "上面那句不算", "忽略上一句", "上一句作废", "上面说的不作数", "前面的声明无效", "声明仅作演示",
      "引用自帮助文档", "摘自知乎", "截图里写的",
    ]
    try Self.expectNone(Self.around, words)
  }

  @Test("A piece of the paper") func pieces() throws {
    let pieces = [
      "标题", "目录", "第一条", "第一页", "前几条", "前三条", "重点", "要点", "重要条款", "链接", "封面", "开头", "结尾", "一半", "大部分", "部分内容",
      "部分条款", "摘要", "概要", "节选", "截图", "加粗部分", "红字部分", "前言", "附件", "最后一条", "第三条", "大概内容", "一小部分", "首页", "首段", "简介",
      "名称", "题目", "部分章节", "几条", "前半部分", "后半部分", "缩略版", "第二章", "图片版", "旧版", "草案", "英文标题", "其中一条", "一部分",
    ]
    try Self.expectNone(
      [
        "我已阅读\(Self.notice)_并同意，申请注销账号。", "我已阅读\(Self.notice)的_，同意，申请注销账号。", "申请注销账号。我已阅读并同意\(Self.notice)的_。",
        "申请注销账号。我已阅读并同意\(Self.notice)_。", "申请注销账号。已读\(Self.notice)_，同意。",
      ], pieces)
  }

  @Test(
    "The whole of it, by its parts or its form",
    arguments: ["全部内容", "的各项条款", "第一条到最后一条", "的每一条", "全文", "正文", "的所有内容"]) func whole(_ part: String) throws
  {
    try Statement.expectAffirmed("我已阅读并同意\(Self.notice)\(part)，申请注销账号。")
  }

  @Test("Somebody else's account") func others() throws {
    let people = [
      "我朋友", "我同事", "爸爸", "我妈", "客户", "老板", "别人", "他人", "我弟弟", "我老公", "前同事", "室友", "亲戚", "邻居", "网友", "领导", "父母",
      "儿子", "一个朋友", "我们领导", "我哥", "表弟", "同学",
    ]
    try Self.expectNone(
      [
        "帮_注销他的账号，\(Self.statement)。", "替_注销账号，\(Self.statement)。", "给_注销账号，\(Self.statement)。",
        "这是_的账号，申请注销，\(Self.statement)。",
        "想把_的账号注销掉，\(Self.statement)。", "_的账号不用了，请注销。\(Self.statement)。", "我帮_提交的。申请注销账号。\(Self.statement)。",
        "申请注销账号。\(Self.statement)。代_申请。", "\(Self.statement)。申请注销_的账号。", "\(Self.statement)，帮_弄一下注销。",
      ], people)
  }

  @Test(
    "People who are mentioned own nothing",
    arguments: [
      "我老婆的账号上个月已注销。", "领导让我来注销账号。", "帮孩子报名用的账号。", "请帮我注销账号。", "不是代别人办。", "客服让我发工单。",
      "I opened this account for a course.",
    ]) func mentioned(_ words: String) throws
  {
    try Statement.expectAffirmed("\(words)\(Self.statement)。")
  }

  @Test("A time that is to come") func later() throws {
    let times = [
      "过两天", "过几天", "过一阵", "过段时间", "下周", "下周一", "下个月", "月底", "年底", "明年", "春节后", "十天后", "三天后", "周五", "周末", "国庆后",
      "节后", "到时候", "回头", "有空", "稍后", "以后", "明天", "后天", "大后天", "下月初", "半年后", "一个月后", "两周后", "下季度", "明年1月1日起",
      "12月1日", "12月1号起", "元旦", "月初", "改天", "晚点", "过完年", "7天后", "30日后", "今晚", "下班后", "双十一后",
    ]
    try Self.expectNone(
      [
        "_注销账号，\(Self.statement)。", "请_注销账号，\(Self.statement)。", "_帮我注销账号。\(Self.statement)。",
        "账号_注销。\(Self.statement)。",
        "\(Self.statement)，_注销。", "\(Self.statement)，请_注销账号。", "想_注销账号。\(Self.statement)。",
        "申请注销账号，_注销。\(Self.statement)。",
      ], times)
  }

  @Test("Something that goes on as it is") func staying() throws {
    let things = [
      "子账号", "域名", "备案", "数据库", "一台服务器", "主账号", "RAM用户", "实名信息", "余额", "代金券", "企业邮箱", "CDN", "对象存储", "快照", "发票信息",
      "那台云主机", "网站",
    ]
    let states = [
      "不算", "不用注销", "不动", "别动", "保留", "留着", "先别动", "不要动", "还要用", "继续用", "不注销", "还在用", "请留下", "不能删", "别删", "先留",
      "暂时留着", "不在内", "照常", "要保住", "另说", "归我", "不包含在内", "不参与", "正常续费", "照旧",
    ]
    try Self.expectNone(
      ["申请注销账号，^_，\(Self.statement)。", "申请注销账号。\(Self.statement)。^_。", "\(Self.statement)，但^_。"], states, things)
  }

  @Test(
    "What is over, given up or denied holds nothing up",
    arguments: [
      "服务器不再续费。", "另一个账号继续用。", "没有任何纠纷。", "不存在未完成的订单。", "没用完的代金券我不要了。", "余额已用完。", "域名已经转出。",

      "There is nothing left, and the domain is no longer in use.", "The workspace was shut down in June.",
    ]) func settled(_ words: String) throws
  {
    try Statement.expectAffirmed("\(words)\(Self.statement)。")
  }

  @Test("English words beside it") func englishWords() throws {
    let words = [
      "I am not sure this is my account", "I changed my mind", "please ignore this", "just testing",
      "I only skimmed it", "I did not really read it", "I could not open the notice",
      "my lawyer has to check first", "under protest", "I have no choice", "I reserve all rights",
      "this is a draft", "subject to approval", "my company does not know", "I am 12 years old", "I am a minor",
      "I am not the account owner", "the account is not mine", "there is a dispute about the account",
      "the account is under litigation", "the police are investigating", "the refund has not arrived",
      "I still have open orders", "the data is not backed up yet", "do not close it yet", "wait for my call",
      "please hold", "I might reconsider", "I want to cancel this request", "this text was generated by ChatGPT",
      "copied from the template", "support told me to write this", "ignore the sentence above", "the above is void",
      "whatever you want", "as if I had a choice", "only delete the sub-account", "I just want a refund",
      "please only unbind my phone", "transfer it to my colleague", "I disagree with clause 5", "except clause 3",
      "with some reservations", "mostly", "in principle", "sort of", "I guess", "for now", "partially",
    ]
    try Self.expectNone(
      [
        "_. \(Self.english). Please close my account.", "\(Self.english). _.", "\(Self.english), _.",
        "\(Self.english) (_).",
        "Please close my account, _. \(Self.english).", "\(Self.english), but _.",
      ], words)
  }

  @Test("A time to come, in English") func englishLater() throws {
    let times = [
      "next week", "next month", "in two weeks", "in January", "at the end of the month", "tomorrow", "later",
      "some other time", "on Monday", "when I am back", "after Christmas", "in a few days", "at year end",
      "starting January 1", "not before June", "in Q1", "once my contract ends", "when the refund arrives",
      "as of 1 January 2027", "at some point",
    ]
    try Self.expectNone(
      [
        "Please close my account _. \(Self.english).", "\(Self.english). Please close my account _.",
        "_, please close my account. \(Self.english).", "I would like my account closed _. \(Self.english).",
        "\(Self.english), please delete it _.",
      ], times)
  }

  @Test("Somebody else's account, in English") func englishOthers() throws {
    let people = [
      "my friend", "my wife", "my mother", "a friend", "my client", "my colleague", "my brother", "someone else",
      "my roommate", "my late father", "our customer", "my ex-husband", "my landlord", "my son",
    ]
    try Self.expectNone(
      [
        "Please close _'s account. \(Self.english).", "I want to close the account of _. \(Self.english).",
        "\(Self.english). I am writing on behalf of _. Please close the account.",
        "This account belongs to _. Please close it. \(Self.english).",
        "_ asked me to close this account. \(Self.english).",
        "Please close this account for _. \(Self.english).",
      ], people)
  }

  @Test("Something that goes on, in English") func englishStaying() throws {
    let things = [
      "my domain", "the sub-accounts", "the database", "one server", "my balance", "the vouchers", "the website",
      "the backups", "the filing", "the RAM users",
    ]
    let states = [
      "should stay", "must be kept", "please keep", "is not included", "will continue to be used", "remains active",
      "shall not be deleted", "do not touch", "leave it running", "is still in use", "except for",
    ]
    try Self.expectNone(
      [
        "Please close my account, ^ _. \(Self.english).", "\(Self.english). The thing is: ^ _.",
        "\(Self.english), but ^ _.",
      ], states, things)
  }

  @Test(
    "A form that nobody has filled in, or a specimen of one",
    arguments: [
      "注销申请表\n申请人：\n账户名：\n声明：\(statement)\n签字：　　　日期：", "注销申请表（样表）\n申请人：\n声明：\(statement)\n签字：",
    ]) func blank(_ text: String) throws
  {
    try Statement.expectNotAffirmed(text)
  }

  @Test("A word that a blank parts from it") func parted() throws {
    let leads = [
      "页面显示", "系统提示", "必须", "需要", "要求", "让我", "不想", "没法", "不能", "没有", "从未", "假装", "逼我", "他们", "所有人", "去年", "2019年",
      "注册时",
      "之前", "待会", "准备", "将要", "听说", "是否", "能否", "怎么", "为什么要", "凭什么", "关于", "类似", "格式", "摘抄",
    ]
    try Self.expectNone(["申请注销账号。_ \(Self.statement)。"], leads)
    try Self.expectNone(
      ["申请注销账号。_已阅读并同意\(Self.notice)。", "_已阅读并同意\(Self.notice)，申请注销账号。"],
      ["关于", "对于", "有关", "至于", "标题是", "附件是", "截图是", "2019年", "2021年", "据说"])
  }

  @Test("Words behind it that make of it something spoken of") func spokenOf() throws {
    let tails = [
      "的人才能注销", "的按钮点不了", "这一步卡住了", "选项打不了勾", "之后没反应", "时报错", "的客户方可办理", "是必须的", "是前提", "者可办理", "方可注销", "以后再说",
      "这句话要写吗",
      "这条不合理", "这话我说不出口", "不可能", "（客服原话）", "（系统自带）", "（未选）", "（不勾选）", "，这句是你们要的",
    ]
    try Self.expectNone(
      ["申请注销账号。\(Self.statement)_。", "\(Self.statement)_，申请注销账号。", "申请注销账号，已阅读并同意\(Self.notice)_。"], tails)
  }

  @Test(
    "Plain leads and tails",
    arguments: [
      "对于《京东云账户注销须知》，本人已阅读并同意。", "关于注销须知，我已阅读并同意。", "我在2026年11月看完了《京东云账户注销须知》，同意。",
      "我已阅读并同意《京东云账户注销须知》，之后不再使用。", "您好 我已阅读并同意《京东云账户注销须知》。",
    ]) func plain(_ text: String) throws
  {
    try Statement.expectAffirmed(text)
  }
}
