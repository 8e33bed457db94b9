import ClosureModel
import Examine
import Testing

/// A whole statement, and beside it words by others, for others, of other papers, or that take the sense away.
@Suite("What stands beside a whole statement")
struct OthersTests {
  private static let statement = "本人已阅读并同意《京东云账户注销须知》。"

  @Test("A note that tells of the customer's refusal or doubt leaves it to a person", arguments: heads, told)
  func note(_ head: String, _ told: String) throws {
    let examiner = try Fixture.examiner()
    #expect(examiner.read("声明：\(Self.statement)\n\(head)：\(told)\n电话：13900139000").consent.label != .affirmed)
    if head.contains("客服") || head.contains("坐席") || head.contains("审核") {
      #expect(examiner.read("\(head)：\(told)\n声明：\(Self.statement)\n电话：13900139000").consent.label != .affirmed)
    }
  }
  private static let heads = [
    "客服备注栏",
    "坐席备注",
    "审核员备注",
    "内部备注",
    "处理记录",
    "回访记录",
    "跟进记录",
    "电话沟通纪要",
    "工单备注",
    "审核意见",
    "备注（客服填写）",
    "客户经理反馈",
  ]
  private static let told = [
    "客户对须知第六条表示不接受，待沟通。",
    "用户电话里说不同意第三条。",
    "客户对数据清除条款有异议。",
    "客户表示还要再考虑。",
    "已电联，客户暂不同意。",
    "申请人未阅读须知。",
    "用户反映没看过须知。",
    "客户称须知链接打不开，没看。",
    "该客户拒绝接受须知第二条。",
    "客户说不是本人写的。",
    "客户不认可。",
    "与客户核实，客户不同意须知。",
    "客户要求删除第四条后再同意。",
    "用户说先别注销。",
    "客户对条款存疑，未确认。",
    "客户尚未认可须知内容。", "用户拒签。",
  ]

  @Test("A note about the material leaves the statement as it is", arguments: ["客服备注栏", "审核意见"])
  func harmlessNote(_ head: String) throws {
    let text = "声明：\(Self.statement)\n\(head)：客户未提供照片\n电话：13900139000"
    #expect(try Fixture.examiner().read(text).consent.label == .affirmed)
  }

  @Test("The notice of another product is another paper", arguments: products)
  func product(_ product: String) throws {
    let examiner = try Fixture.examiner()
    for text in [
      "我是老用户，\(product)注销须知我已阅读并同意，京东云那个号也删了吧。",
      "本人已阅读并同意\(product)账户注销须知，请注销京东云账号。",
      "我已阅读并同意 \(product) 的注销须知，请注销。", "【\(product)】注销须知已阅读并同意。",
    ] { #expect(examiner.read(text).consent.label != .affirmed, "\(text)") }
  }
  private static let products = [
    "PLUS",
    "PLUS 会员",
    "京东 PLUS",
    "Prime",
    "京东商城",
    "京东商城 ",
    "阿里云 ",
    "华为云 ",
    "AWS ",
    "WeChat ",
    "QQ ",
    "微信 ",
    "企业微信 ",
    "京东金融 ",
    "钱包 ",
    "会员 ",
    "VIP ",
    "淘宝 ",
    "抖音 ",
    "Azure ",
    "小红书 ",
    "小程序 ",
    "京东APP",
    "iCloud ",
  ]

  @Test("Who speaks for another is asked about", arguments: proxies)
  func proxy(_ lead: String) throws {
    let text = "\(lead)已阅读并同意《京东云账户注销须知》，委托书编号 2024-03。"
    #expect(try Fixture.examiner().read(text).consent.label != .affirmed)
  }
  private static let proxies = [
    "受我公司客户书面委托，本工作室代表该客户声明：",
    "受客户委托，本所声明：",
    "受样例公司委托，我代其声明：",
    "受该用户委托，现声明：",
    "受账号持有人王某委托，本人声明：",
    "受李女士委托，声明如下：",
    "本事务所受委托方授权，代表委托方声明：",
    "我所接受客户的委托，兹声明：",
    "受业主所托，代为声明：",
    "本律师受当事人委托，声明：",
    "我作为客户的代理人，声明：",
    "以客户名义声明：",
    "我代表这位客户声明：",
    "我代表户主声明：",
    "代表用户王某声明：",
    "我司系该客户的服务商，代该客户声明：",
    "本人受张先生之托，",
    "受朋友嘱托，本人",
    "经客户授权，我司",
    "经客户授权，我司代表其声明：",
    "本代理机构代客户声明：",
    "根据客户授权，我方声明：",
    "受甲方委托，我司",
    "应客户要求，我们代为声明：",
    "我是代办公司，受客户书面委托，",
    "受邻居委托，我声明：",
    "代表该企业（我们的客户）声明：",
    "我们是他们的代理商，代表他们声明：",
    "受父亲委托，本人声明：",
    "受家里老人之托，我",
    "作为受托方，我司声明：",
    "作为该账号主人的代理，我声明：",
    "持客户授权书，我司声明：",
    "客户委托我司办理，我司声明：",
  ]

  @Test("Words that nobody meant are no statement", arguments: postscripts)
  func postscript(_ words: String) throws {
    let examiner = try Fixture.examiner()
    #expect(examiner.read("\(Self.statement)账户 foggy_day。\(words)").consent.label != .affirmed)
    #expect(examiner.read("\(Self.statement)\n\n\(words)").consent.label != .affirmed)
  }
  private static let postscripts = [
    "PS：我不懂中文，这句是让别人抄的，意思不清楚。",
    "PS：这句话是朋友替我写的，我不知道什么意思。",
    "另：我不认识中文，上面是照抄的。",
    "PS: I don't understand Chinese, somebody wrote this for me.",
    "备注：上面那句是网上复制的，意思我不懂。",
    "又及：我不识字，孙子打的。",
    "PS：上面这行我也不知道写了什么。",
    "顺便说一句，声明是同事写的，我没看懂。",
    "PS：不清楚上面写的是什么意思。",
    "我其实不懂这些，是中介让抄的。",
    "PS：我不会中文，句子是翻译软件生成的，意思不明。",
    "上面这句话不代表我的想法。",
    "PS：别人教我这么写的，内容我不清楚。",
    "附：我文化低，上面的话是让人代写的，啥意思我也不懂。",
    "PS：我看不懂汉字。",
    "以上这句是客服发来让抄的，具体意思不了解。",
    "PS：第一句是抄别人的。",
    "PS：句子是从同学那里抄的，不理解。",
    "说明：本人不谙中文，以上系他人代笔，不解其意。",
    "PS：这句我不懂，抄的。",
    "PS: no idea what that sentence means.",
    "P.S. I can't read Chinese.",
    "P.S. I do not know what the above says.",
    "P.S. my assistant copied that line, I don't know its meaning.",
    "对了，刚才那句是让店员写的，我不晓得讲啥。",
    "其实我也不知道须知里说了些啥。",
    "PS：其实须知讲什么我不清楚。",
    "不过说老实话，内容我没弄清楚。",
    "PS：中文我一窍不通，照葫芦画瓢写的。",
    "注：该句由他人代抄，本人不明其义。",
    "PS：上面是找人写的。",
    "PS：我不懂中文。", "以前不懂中文，现在也不懂中文。",
    "PS：我看不懂中文，随便抄的。",
  ]
}
