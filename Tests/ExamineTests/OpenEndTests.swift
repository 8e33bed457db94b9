import Testing

/// Whole statements beside something that leaves them open, each beside its harmless twin: a reading still to come, somebody
/// else's word, another reader, a remark about the paper or the words, an empty cell.
@Suite struct OpenEndTests {
  // MARK: When it is read

  @Test(arguments: ["下班", "今晚", "忙完", "回家", "周末", "抽空", "盘完货", "吃完饭", "睡前", "有空", "过两天"])
  func yetToRead(_ time: String) throws {
    for frame in [
      "\(time)我就把注销须知看了，然后同意。", "注销须知\(time)看，看了就同意。", "\(time)看注销须知，看完同意。", "注销须知我\(time)去看，同意。", "我同意注销须知，\(time)补看。",
      "\(time)把注销须知读一遍，没意见就同意。",
    ] {
      try Statement.expectNotAffirmed(frame)
    }
  }

  @Test(arguments: ["昨晚", "刚才", "前天", "上周", "中午", "早上", "前几天"])
  func alreadyRead(_ time: String) throws {
    for frame in ["\(time)我把注销须知看完了，同意。", "注销须知\(time)看的，同意。", "我\(time)看了注销须知，同意。"] {
      try Statement.expectAffirmed(frame)
    }
  }

  @Test(arguments: ["注销须知我收摊以后看完的，同意。", "注销须知下班后看过了，同意。", "注销须知我午休时间读完了。我同意。"])
  func readAfterwards(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: ["盘完我就把须知看了，该同意的同意。", "注销须知看了，该同意的我同意。", "发票补开到位之日，即本人同意《京东云账户注销须知》之时；条款本人早已读过。"])
  func whatIsDue(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  // MARK: Who else has a word

  @Test(arguments: ["合伙人", "爱人", "老板", "法务", "房东", "校长", "我妈"])
  func leftToOthers(_ person: String) throws {
    for remark in [
      "等\(person)确认。", "还要问\(person)。", "回头问问\(person)。", "最后由\(person)定。", "\(person)有不同意见。", "\(person)反对。",
      "\(person)还要用。",
      "还差\(person)签字。", "先听听\(person)意见。", "\(person)不太愿意。", "我再和\(person)核对一下。",
    ] {
      try Statement.expectNotAffirmed("已阅读并同意注销须知。" + remark)
      try Statement.expectNotAffirmed("注销须知看过了，我同意，" + remark)
    }
  }

  @Test(arguments: ["合伙人", "爱人", "会计", "房东"])
  func settledWithOthers(_ person: String) throws {
    // 和合伙人商量好了 weighs too much: a person looks.
    let agreed = person == "合伙人" ? [] : ["和\(person)商量好了。"]
    for remark in ["已经跟\(person)说过了。", "\(person)知道这事。", "\(person)那边也不用了。"] + agreed {
      try Statement.expectAffirmed("已阅读并同意注销须知。" + remark)
    }
  }

  // MARK: Who reads

  @Test(arguments: ["同桌", "实习生", "我叔", "表姐", "徒弟", "小李", "店员", "我对象"])
  func otherReader(_ person: String) throws {
    for frame in [
      "\(person)替我读了注销须知，同意。", "注销须知由\(person)阅读，同意。", "注销须知让\(person)看了，同意。", "\(person)看了注销须知，没意见，让我写同意。",
      "\(person)帮我把注销须知看了，同意的。",
    ] {
      try Statement.expectNotAffirmed(frame)
    }
  }

  @Test(arguments: ["注销须知由本人阅读，本人同意。", "趴在床上看完了注销须知，我同意。", "代表公司声明：本公司已阅读并同意《京东云账户注销须知》。"])
  func ownReader(_ text: String) throws { try Statement.expectAffirmed(text) }

  @Test(arguments: [
    "我去年销过别家云的号，他们那份注销须知我一个字一个字读的，京东云的账号注销须知我同意。", "须知第一到第三条已阅读，从第四条起字太小，放弃了。同意本须知。",
  ]) func otherPaper(_ text: String) throws { try Statement.expectNotAffirmed(text) }

  // MARK: What is said behind it

  @Test(arguments: [
    "刚才说的不算。", "上面那句是复制的。", "第二项写快了，“阅读”应作“收到”。", "我读的文件抬头为《京东云账号注销协议》。", "后面几页还没翻。", "份嘢我冇掂过。",
    "刚又翻了下，我看的那份封面上印的是《服务协议》。", "只关子账号。", "发票寄到再办。", "过完年再弄。", "先放放。", "有点舍不得。", "心里还在打鼓。", "是听同事讲的。",
    "跳着看的。", "更正：第2行填快了，应为“尚未阅读，暂不同意”。", "容我再琢磨两天。", "这条是手滑按到的。", "期望注销日期：下月15日之后。",
    "操作前打我电话。", "动手前联系我。", "受理之前请联系我本人。", "本声明有效期三天。", "公司不办了。",
  ]) func remarks(_ text: String) throws {
    try Statement.expectNotAffirmed("已阅读并同意《京东云账户注销须知》。" + text)
    try Statement.expectNotAffirmed("本人已阅读并同意《京东云账户注销须知》。\n手机 13800138000\n" + text)
  }

  @Test(arguments: [
    "校园邮箱 a@example.edu 毕业前都收得到信。", "回信请发 a@example.com，白天电话一般在会上。", "年纪大打字不利索，见谅。", "人在高雄，简讯收得到。",
    "更正：邮箱应为 b@example.com。",
    "以上内容属实。", "身份证照片传附件了。", "倒班期间请优先发短信。",
  ]) func harmless(_ text: String) throws {
    try Statement.expectAffirmed("已阅读并同意《京东云账户注销须知》。" + text)
  }

  @Test func refusalOfADay() throws {
    let first = "周三我在气头上回的是“不同意”。今天静下心重读了一遍《京东云账户注销须知》，我接受，"
    try Statement.expectAffirmed(first + "周三那句不算数。")
    try Statement.expectNotAffirmed(first + "这句不算数。")
    try Statement.expectNotAffirmed(first + "周四那句不算数。")
  }

  // MARK: Tables and boxes

  @Test func emptyCell() throws {
    func table(_ cell: String) -> String {
      "<table><tr><td>账号</td><td>jd_3</td></tr><tr><td>已阅读并同意《京东云账户注销须知》（在右格打勾）</td><td>\(cell)</td></tr>"
        + "<tr><td>手机</td><td>13800138000</td></tr></table>"
    }
    try Statement.expectNotAffirmed(table("&nbsp;"))
    try Statement.expectAffirmed(table("√"))
  }

  @Test(arguments: ["☑ 是　　☑ 否", "□ 有　　□ 没有"])
  func undecidedBoxes(_ boxes: String) throws {
    try Statement.expectNotAffirmed("本人已阅读并同意《京东云账户注销须知》\n\(boxes)\n手机：13800138000")
  }

  @Test func struckOut() throws {
    try Statement.expectAffirmed("<p>注销须知我读了，<s>第三条不同意</s>，全部同意。</p>")
    try Statement.expectNotAffirmed("<p>注销须知我读了，第三条不同意，<s>全部同意</s>。</p>")
  }

  // MARK: Footers of mail programs

  @Test func footers() throws {
    let statement = "我们公司已阅读并接受《京东云账户注销须知》。\n--\n电商组\n"
    try Statement.expectAffirmed(statement + "本邮件含保密信息，附带内容亦然，如您误收，请立即删除；未经我方书面同意，不得阅读、转发或复制。")
    try Statement.expectNotAffirmed(statement + "本邮件含保密信息，其中关于注销须知的表态以纸件为准。")
    try Statement.expectNotAffirmed("本邮件含保密信息，如您误收请删除。注销须知已阅读。")
  }
}
