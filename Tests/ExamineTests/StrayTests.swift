import Testing

/// Short remarks right behind a whole statement, each kind beside harmless ones; statements said without a pause; others'
/// refusals; marks of the paper.
@Suite struct StrayTests {
  private static let statements = ["已阅读并同意《京东云账户注销须知》", "京东云账户注销须知我看过了，同意"]

  @Test(arguments: [
    "号先给我锁着就行", "域名还解析在上面", "机器月底到期之后你们看着办", "只停这台机器", "能不能先冻住", "我就是问问流程", "不急，排到下个月也行", "等发票到手",
    "我弟的号也一起看看", "账号挂在我爱人名下", "这个号是公司发的", "领导还没签字", "合同上写着要双方盖章", "密码在前任手里", "其实我没弄懂第七条", "有一条看不惯", "第三条另议",
    "除了赔偿那条", "赔偿那条保留意见", "回头补看", "晚上再细看", "边角没看", "图片里的字看不清", "英文版没看懂", "翻译软件翻的，不知准不准", "孙子念给我听的", "录音听的",
    "听人讲的", "视频里讲的", "群里有人总结的", "我看的是摘要", "看了个大概其", "扫了两眼", "没走心", "机器人填的", "表格自带的", "从别的工单拷的", "照着教程抄的",
    "你们不就爱看这句嘛", "这么写总行了吧", "行了吧满意了吧", "不签也得签", "反正由不得我", "我可没自愿", "签字画押都是被逼的", "算我倒霉", "权当走流程", "先占个位",
    "回头可能改主意", "让我再想一晚", "还在犹豫", "没跟家里说", "爱人要是反对就当没提", "三天内没反悔就办", "周末再动", "过了年再动", "春节后办理", "二十号以后动手",
    "听我电话再关", "收到我短信再操作", "关之前喊我", "别今天关", "明早再关", "凌晨关", "留个备份", "数据给我留三个月", "快照别删", "子账号别动", "只删主机不删号",
    "号别删光清数据", "改成停用", "降级成免费版", "转到新账号名下", "过户给别人", "合并到另一个号", "换绑之后再说", "先解绑手机", "先把备案撤了", "把域名转出来先", "欠的钱不认",
    "滞纳金免了再说", "退款到账算数", "不退款就不算", "赔我损失", "要书面回执才作数", "须知最好改改", "须知有错字，改了我再认", "希望删掉那条", "按旧版须知",
    "须知以邮件那版为准", "以纸质版为准", "看的是去年那版", "不是官网那份", "是淘宝客服发我的", "下载的 PDF 缺页", "只有前两页", "网页没拉到底", "页面卡住了没看全",
    "后半截没刷出来", "本月底再执行", "让它自己到期", "先停机观察", "保留一台测试机", "账号给表弟接着用", "把名字换成我太太就行", "有效期到周五", "只对主机部分", "云盘那块不算",
    "余额那条我有保留", "发票问题解决前不生效", "收到退款算同意", "老板拍板后生效", "律师看过再生效", "等我电话通知", "下单前再确认一次", "是你们销售教的", "客服让这么填",
    "模板里抄来的", "上网搜的写法", "别人发我照贴", "不知道写的啥", "没搞懂意思", "英文看不太明白", "大概齐看了", "前面几段看了", "标题看了", "跳过了罚则", "看到一半睡着了",
    "手机闪退没看完", "PDF 打不开", "链接失效", "版本号对不上", "好像是旧的", "是国际站那份", "是京东商城那份", "儿子代看的", "秘书念的", "同事转述的", "开个玩笑",
    "逗你们的", "测试一下系统", "测试账号别当真", "此单作废", "撤了吧", "不算数", "改主意了", "再考虑考虑", "还没下决心", "还得商量", "妻子还不知情", "合伙人没同意",
    "股东会未表决", "法人没授权我", "我是离职员工", "账号不是我的", "替朋友办", "代客户办理", "账号还有人在登", "网站还有流量", "数据还没拷", "备份未完成", "备案先留",
    "图片别删", "短信签名留着", "冻结即可", "暂停计费就好", "只退会员", "退订就好",
    "解绑手机就行", "改成个人版", "别清我的快照", "换个手机号就行",
  ]) func stray(_ tail: String) throws {
    for statement in Self.statements {
      try Statement.expectNotAffirmed("\(statement)。\(tail)。")
      try Statement.expectNotAffirmed("\(statement)，\(tail)。")
    }
  }

  @Test(arguments: [
    "请帮忙关闭", "销号吧", "麻烦快一点", "谢谢", "打字慢，见谅", "发票都开齐了", "店不开了", "机器早就退了", "电话白天能接", "如材料有缺，请告知",
    "注销后数据找不回来我知道", "菜地里信号差", "我是开民宿的", "网站早停了", "钱不用退", "办好发短信就行",
  ]) func harmless(_ tail: String) throws {
    try Statement.expectAffirmed("本人已阅读并同意《京东云账户注销须知》。\(tail)。")
  }

  /// What somebody of a trade or a place has said, written, read or not yet done.
  @Test(arguments: ["饭店", "学校", "乐队", "民宿", "驾校", "工地"])
  func ofPlaces(_ place: String) throws {
    for remark in [
      "\(place)老板没点头", "\(place)那边还要用到年底", "等\(place)收完再说", "\(place)的人说先别关", "\(place)里的人帮我看的",
      "这是\(place)的人写的", "\(place)会计还没看", "\(place)那边另有说法", "\(place)还在跑着呢", "要看\(place)怎么定",
      "\(place)里的资料还没导完", "\(place)的网站还在上面跑", "除非\(place)倒了", "我替\(place)说的", "抄的\(place)那份",
      "\(place)没批", "\(place)不让", "\(place)说不行", "\(place)不肯放",
    ] {
      for statement in Self.statements {
        try Statement.expectNotAffirmed("\(statement)。\(remark)。")
        try Statement.expectNotAffirmed("\(statement)，\(remark)。")
      }
    }
  }

  /// The circle of a year is no box that nobody has ticked.
  @Test(arguments: ["二〇二四年的发票开好以前别动。", "二○二六年底再办。", "二〇二六年一月再办，在此以前不要关。", "二〇〇八年的那笔钱退了才算。"])
  func years(_ line: String) throws {
    for statement in Self.statements { try Statement.expectNotAffirmed("\(statement)。\n\(line)") }
    try Statement.expectAffirmed("本人已阅读并同意《京东云账户注销须知》。\n账号是二〇一九年注册的。")
    for box in ["〇 ", "〇", "一〇", "选项一○ ", "第一 ○ 一并", "选项一○"] {
      try Statement.expectNotAffirmed("\(box)已阅读并同意《京东云账户注销须知》")
    }
    try Statement.expectNotAffirmed("本人已阅读并同意《京东云账户注销须知》。\n到三〇那天再关。")
  }

  /// A refusal at the end of a remark, whatever it refuses.
  @Test(arguments: ["导师", "物业", "清算组", "乐队", "民警", "护工", "隔壁老赵"])
  func othersNo(_ somebody: String) throws {
    for no in ["不让", "没批", "不许", "不放", "不肯", "没答应", "不点头", "说不行", "没准", "还没松口", "不乐意"] {
      for statement in Self.statements {
        try Statement.expectNotAffirmed("\(statement)。\(somebody)\(no)。")
        try Statement.expectNotAffirmed("\(statement)，\(somebody)\(no)。")
      }
    }
  }

  @Test(arguments: [
    "那个小程序早就不弄了那个注销须知我看完了我同意的你们给我销掉就行了谢谢啊", "网站都下线了然后那个京东云账户注销须知我都看过了没有意见",
    "注销须知 ✅读过了 ✅同意 👋再见啦京东云，uin 100047474747",
  ]) func spoken(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: [
    "等我把网站都弄完了那个注销须知我看完就同意的", "要是退了款了那个注销须知我看完了我同意的", "我爸说不想要了那个注销须知我爸看完了我同意的",
    "那个注销须知我看完了我同意的你们先给我退款", "这个号是我弟弟的啊那个注销须知我看完了我同意的", "账号借给别人用了然后那个注销须知我看完了我同意的",
    "我朋友托我注销掉嗯那个注销须知我看完了我同意的", "我媳妇不想要了嗯那个注销须知我看完了我同意的", "退款到账就好那个注销须知我看完了我同意的",
    "那个我的京东云账号发票开了钱退了就好京东云账户注销须知我都看过了我同意的啊你们给我销掉", "网站还要用一个月啊那个注销须知我看完了我同意的",
    "我不太确定要不要注销了那个注销须知我看完了我同意的",
  ]) func spokenOtherwise(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test(arguments: [
    "公司不同意", "单位还没同意", "学校不同意", "我个人同意，但总部不同意", "现由我代表老梁表示：同意",
  ]) func othersRefusal(_ remark: String) throws {
    try Statement.expectNotAffirmed("已阅读并同意《京东云账户注销须知》。\(remark)。")
  }

  @Test(arguments: [
    "注销须知已读。\n同意：贵司客服在工作时间拨打我的手机核实身份。", "注销须知 I have read and agree。Btw 那个须知 page 一直 loading，nothing shows up。",
    "注销须知已阅读并同意，用的是去年发我的一份，封面上写着“征求意见稿”。", "前台打印给我三张纸，应该是你们的注销须知吧。我都读了，都同意。",
    "注销须知已阅读并同意。手机上那个须知页一直转圈，到现在也没出来。", "全年对账单已阅读并同意，账户注销须知已阅读。",
    "已阅读并同意《京东云账户注销须知》，是2021年存在手机里的那份，是不是现在用的这版我不清楚。", "注销须知看了同意了，就当堵你们的嘴。",
  ]) func paper(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  @Test(arguments: [
    "那个账号注销须知，我在服务区歇脚的时候翻完了，都认，给销了吧。", "京东云账户注销须知我利用午休细读了一遍，内容认可。", "我已熟读《京东云账户注销须知》，坚决同意。",
    "我已阅读\n\n并同意\n\n《京东云账户注销须知》", "京东云的账户注销须知，儿媳妇把字调大了，我自己从头读到尾，愿意接受。", "注销须知我看得滚瓜烂熟，我同意。",
  ]) func occasions(_ text: String) throws { try Statement.expectAffirmed(text) }
}
