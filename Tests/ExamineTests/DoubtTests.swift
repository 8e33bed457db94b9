import ClosureModel
import Examine
import Testing

/// A whole statement beside words that put it into doubt: which paper was meant, whose account it is, whether the paper was
/// found, and limits that look like the harmless speech of `PairTests`.
@Suite("What puts a whole statement into doubt")
struct DoubtTests {
  private static let examiner = Result { try Fixture.examiner() }

  @Test("Another product's paper named in a clause beside it", arguments: productsTexts)
  func product(_ text: String) throws { try neverAffirmed(text) }

  @Test("Done for another person or organisation", arguments: clientsTexts)
  func client(_ text: String) throws { try neverAffirmed(text) }

  @Test("The paper that was read is looked for, or does not open", arguments: soughtTexts)
  func sought(_ text: String) throws { try neverAffirmed(text) }

  @Test("A form agrees to another paper and has only read the notice", arguments: formsTexts)
  func form(_ text: String) throws { try neverAffirmed(text) }

  @Test("Limits, refusals and others' words like harmless ones", arguments: limitsTexts)
  func limit(_ text: String) throws { try neverAffirmed(text) }

  @Test("Words of the same shape that say nothing against it", arguments: harmlessTexts)
  func harmless(_ text: String) throws {
    #expect(try Self.examiner.get().read(text).consent.label == .affirmed)
  }

  private func neverAffirmed(_ text: String) throws {
    #expect(try Self.examiner.get().read(text).consent.label != .affirmed)
  }

  private static let productsTexts = [
    "我已阅读并同意注销须知，是 PLUS 会员的那份。",
    "我已阅读并同意注销须知，PLUS 会员那份。",
    "我已阅读并同意注销须知，PLUS 会员的。",
    "我已阅读并同意《京东云账户注销须知》，是商城的那份。",
    "我已阅读并同意《京东云账户注销须知》。我看的是商城那个版本。",
    "我已阅读并同意注销须知，指的是金融的那份。",
    "我已阅读并同意注销须知，就是京喜那个。",
    "我已阅读并同意注销须知。说的是阿里云的。",
    "我已阅读并同意注销须知，我看的是微信的。",
    "我已阅读并同意注销须知（是 PLUS 会员的那份）。",
    "我已阅读并同意注销须知——PLUS 那一份。",
    "我已阅读并同意注销须知，即白条的须知。",
    "我已阅读并同意注销须知，也就是钱包的注销协议。",
    "我已阅读并同意注销须知，看的是京东商城版。",
    "我已阅读并同意注销须知，是会员页面上的那份。",
    "我已阅读并同意注销须知，商城 App 里的那份。",
    "我已阅读并同意注销须知，在商城 App 里看的。",
    "注销须知我看过也同意，是 PLUS 的那份。",
    "注销须知我看过，是 PLUS 的那份，我同意。",
    "我已阅读并同意注销须知，对应的是京东到家的那个版本。",
    "我已阅读并同意注销须知，京东物流的那版。",
    "我已阅读并同意注销须知，不是云的，是商城的。",
    "I have read and agree to the account closing notice, the one for PLUS members.",
    "I have read and agree to the account closing notice - the PLUS one.",
    "I have read and agree to the account closing notice. It was the AWS one.",
    "I have read and agree to the JD Cloud account closing notice, I mean the one of JD PLUS.",
    "我已阅读并同意注销须知，是某某宝的那份。",
    "我已阅读并同意注销须知，是 Kuaishou 的那份。",
  ]
  private static let clientsTexts = [
    "我们是代账公司，替样例公司办理，已阅读并同意《京东云账户注销须知》。",
    "我们是代理记账公司，帮样例公司办理，已阅读并同意《京东云账户注销须知》。",
    "我们是财税公司，为样例公司办理注销，已阅读并同意《京东云账户注销须知》。",
    "我司是外包服务商，给样例公司处理这个账号，我司已阅读并同意《京东云账户注销须知》。",
    "我是中介，替李女士办理，已阅读并同意《京东云账户注销须知》。",
    "我替样例公司办理注销，我已阅读并同意《京东云账户注销须知》。",
    "我们替样例科技提交这张单，已阅读并同意《京东云账户注销须知》。",
    "本人代样例公司申请注销，已阅读并同意《京东云账户注销须知》。",
    "我代李某提交，本人已阅读并同意《京东云账户注销须知》。",
    "替样例公司申请注销账号。本人已阅读并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》。我是替样例公司跑腿的。",
    "我已阅读并同意《京东云账户注销须知》，替别家公司办的。",
    "我是代办，帮样例公司销户。我已阅读并同意《京东云账户注销须知》。",
    "这个账号是我们服务的样例公司的，我们替它办理注销，已阅读并同意《京东云账户注销须知》。",
    "我们是会计师事务所，为客户样例公司办理，已阅读并同意《京东云账户注销须知》。",
    "我们是律所，为当事公司办理账号注销，已阅读并同意《京东云账户注销须知》。",
    "作为代运营公司，我们替样例旗舰店办理，已阅读并同意《京东云账户注销须知》。",
    "我这边是代维团队，给样例医院办理注销，我已阅读并同意《京东云账户注销须知》。",
    "我们给客户样例公司做运维，替其办理，已阅读并同意《京东云账户注销须知》。",
    "我帮楼下小店办理，已阅读并同意《京东云账户注销须知》。",
    "我帮邻居王姐注销，已阅读并同意《京东云账户注销须知》。",
    "我们是集成商，代样例小学办理注销手续，已阅读并同意《京东云账户注销须知》。",
    "We are an accounting agency acting for Sample Ltd. We have read and agree to the JD Cloud account closing notice.",
    "We handle this for Sample Ltd as their bookkeeper. We have read and agree to the JD Cloud account closing notice.",
    "I am filing this for a client company. I have read and agree to the JD Cloud account closing notice.",
    "I'm an IT contractor closing this account for Sample Ltd. I have read and agree to the JD Cloud account closing notice.",
  ]
  private static let soughtTexts = [
    "I've read and agree to the JD Cloud account revocation notice. By the way which page is it on? I haven't been able to find it anywhere.",
    "I've read and agree to the JD Cloud account revocation notice. Where is it? I could not find it.",
    "I've read and agree to the JD Cloud account revocation notice. Which page is it on?",
    "I've read and agree to the JD Cloud account revocation notice. I can't find it though.",
    "I've read and agree to the JD Cloud account revocation notice. I was unable to locate the notice.",
    "I've read and agree to the JD Cloud account revocation notice, though I never found the page.",
    "I've read and agree to the JD Cloud account revocation notice. Where can I find it?",
    "I've read and agree to the JD Cloud account revocation notice. Please tell me where to find the notice.",
    "I've read and agree to the JD Cloud account revocation notice. Could you send me the link to it? ",
    "I've read and agree to the JD Cloud account revocation notice. Could you send me a copy? The link on your page has been dead since Monday.",
    "I have read and agree to the JD Cloud account closing notice. One remark: the PDF you attached would not open on either of my laptops, so please resend it in another format.",
    "I've read and agree to the JD Cloud account revocation notice. What does it say, by the way?",
    "I've read and agree to the JD Cloud account revocation notice. Please send me the text, I have not seen it.",
    "I've read and agree to the JD Cloud account revocation notice. I looked everywhere for it and found nothing.",
    "I've read and agree to the JD Cloud account revocation notice. No idea where it is.",
    "我已阅读并同意《京东云账户注销须知》。顺便问下在哪个页面？我一直没找到。",
    "我已阅读并同意《京东云账户注销须知》。对了它在哪一页？我到处都找不到。",
    "我已阅读并同意《京东云账户注销须知》。须知在哪里看？",
    "我已阅读并同意《京东云账户注销须知》。请问须知在哪个页面，我没找着。",
    "我已阅读并同意《京东云账户注销须知》，就是找不着在哪。",
    "我已阅读并同意《京东云账户注销须知》。能不能发我一份，我这边找不到。",
    "我已阅读并同意《京东云账户注销须知》。请把须知链接发我，一直没搜到。",
    "我已阅读并同意《京东云账户注销须知》。请发我一份须知看看。",
    "我已阅读并同意《京东云账户注销须知》。麻烦发个须知的链接，我还没看到在哪。",
    "我已阅读并同意《京东云账户注销须知》。附件 PDF 打不开，请重发。",
    "我已閱讀並同意《京東雲賬戶註銷須知》。順便請問在哪一頁？遍尋不著。",
  ]
  private static let formsTexts = [
    "【注销确认】\n甲．账号：100000909090\n乙．《京东云账户注销须知》：已阅\n丙．销户对账单：同意\n丁．联系人：蓝先生 13800138000",
    "乙．《京东云账户注销须知》：已阅\n丙．对账单：同意",
    "《京东云账户注销须知》：已阅\n资金结算单：同意",
    "《京东云账户注销须知》：已阅\n数据清除：同意",
    "《京东云账户注销须知》：已阅\n数据清除确认书：同意",
    "《京东云账户注销须知》：已阅\n退款方案：同意",
    "《京东云账户注销须知》：已阅\n短信回访：同意",
    "《京东云账户注销须知》：已阅\n费用结算：同意",
    "《京东云账户注销须知》：已阅\n余额放弃：同意",
    "《京东云账户注销须知》：已阅\n发票政策：同意",
    "《京东云账户注销须知》：已阅\n隐私条款：同意",
    "《京东云账户注销须知》：已阅\n个人信息处理规则：同意",
    "《京东云账户注销须知》：已阅\n授权书：同意",
    "《京东云账户注销须知》：已阅\n注销账单：接受",
    "《京东云账户注销须知》：已读\n销户清单：同意",
    "《京东云账户注销须知》：已阅读\n交接清单：无异议",
    "《京东云账户注销须知》：已阅读\n服务评价表：同意",
    "《京东云账户注销须知》 | 已阅\n销户对账单 | 同意",
    "1. 注销须知：看过\n2. 电子回单：同意",
    "须知：已阅\n域名转移单：同意",
    "- 京东云账户注销须知: 已阅\n- 退费申请表: 同意",
    "《京东云账户注销须知》：已阅；销户对账单：同意",
    "JD Cloud account closing notice: read\nStatement of account: agreed",
    "JD Cloud account closing notice: read\nRefund plan: agree",
  ]
  private static let limitsTexts = [
    "我院信息科、法务科均已审阅《京东云账户注销须知》，我院不同意。",
    "我院信息科、客户均已审阅《京东云账户注销须知》，客户同意。",
    "贵院信息科、法务科均已审阅《京东云账户注销须知》，同意。",
    "《京东云账户注销须知》业经客户详读，客户同意该须知。",
    "《京东云账户注销须知》业经承办人详读，本校不同意该须知。",
    "《京东云账户注销须知》业经承办人详读，本校再议。",
    "注销须知读过了，我同意。手持身份证照片我晚上补传，补传了再注销。",
    "注销须知读过了，我同意。身份证没拿回来，照片补传之前别注销。",
    "注销须知读过了，我同意。照片补传后才办注销。",
    "注销须知读过了，我同意。营业执照要等周一补传，同意才算数。",
    "注销须知读过了，我同意。执照要等周一才能补传，余额退了再说。",
    "注销须知读过了，我同意。执照周一补传，没补传就当没申请。",
    "注销须知读过了，我同意。照片要等法人点头才能补传，声明也一样。",
    "除了看注销须知，我还要问律师。注销须知看完了，同意。",
    "除了注销须知第三条，我也都看了。注销须知看完了，同意。",
    "除了注销须知，我还不同意别的。注销须知看完了，同意。",
    "除了看注销须知，我也没同意什么。注销须知看完了，同意。",
    "除了第三条不认，注销须知看完了，同意。",
    "我已阅读并同意《京东云账户注销须知》，等到周末再注销。",
    "我已阅读并同意《京东云账户注销须知》，不用等到周末了，等到月底再销。",
    "等理事会商量后决定注销。我已阅读并同意《京东云账户注销须知》。",
    "理事会商量后再决定注销不注销。我已阅读并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》，理事会讨论后再决定。",
    "《京东云账户注销须知》大概看了，我同意。",
    "《京东云账户注销须知》大概看了一下，我同意。",
    "被人忽悠同意了《京东云账户注销须知》，看过了。",
    "被你们忽悠着看过并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》。算了，不注销了。",
    "算了。我已阅读并同意《京东云账户注销须知》，算了。",
    "我已阅读并同意《京东云账户注销须知》，打错字了，应为：已阅读，不同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》。问：后悔吗？答：后悔。",
    "我已阅读并同意《京东云账户注销须知》。后悔吗？答：有点后悔。",
    "我已阅读并同意《京东云账户注销须知》。得我老公说了才算。",
    "我已阅读并同意《京东云账户注销须知》，得法人说才算。",
    "社长（就是我爸）看过了京东云账户注销须知，同意。",
    "社长（不是我）看过了京东云账户注销须知，同意。",
    "会计只是转告：已阅读并同意《京东云账户注销须知》。",
    "不同意你们把我的账号删了。我已阅读并同意《京东云账户注销须知》。",
    "须知规则我有意见。我已阅读并同意《京东云账户注销须知》。",
    "注销规则我有意见。我已阅读并同意《京东云账户注销须知》。",
    "I've read through the account closing notice of JD Cloud and JD Cloud agrees to it.",
    "Both of us read the JD Cloud account closing notice, he agrees to it.",
    "I speak for the company's client: we have read the JD Cloud account closing notice and agree to it.",
    "《京东云账户注销须知》已悉，我方愿受其约束。",
    "《京东云账户注销须知》已悉，容后答复是否同意。",
    "I read and agree to the JD Cloud account closing notice, at least the copy I had lying around; not sure it is current.",
    "I have read and I agree to the JD Cloud account closing notice. Correction to my last line: autocorrect ate the \"dis\" in \"disagree\".",
  ]
  private static let harmlessTexts = [
    "我是 PLUS 会员，已阅读并同意《京东云账户注销须知》。",
    "我已阅读并同意《京东云账户注销须知》，PLUS 会员我另外退。",
    "我已阅读并同意《京东云账户注销须知》，是云的那份。",
    "我已阅读并同意《京东云账户注销须知》，是京东云官网上的那份。",
    "我代公司办理注销，我司已阅读并同意《京东云账户注销须知》。",
    "我们是代账公司，账号自己的，已阅读并同意《京东云账户注销须知》。",
    "麻烦帮我办理，本人已阅读并同意《京东云账户注销须知》。",
    "请帮忙办理注销。本人已阅读并同意《京东云账户注销须知》。",
    "请为我司办理注销。我司已阅读并同意《京东云账户注销须知》。",
    "烦请替我办理一下。本人已阅读并同意《京东云账户注销须知》。",
    "I have read and agree to the JD Cloud account closing notice. Where is the delete button? I could not find it.",
    "I have read and agree to the JD Cloud account closing notice. The cancel button on the console would not respond.",
    "I have read and agree to the JD Cloud account closing notice. I couldn't find the option in the console.",
    "我已阅读并同意《京东云账户注销须知》。自助注销的按钮在哪我没找到，只好提单。",
    "我已阅读并同意《京东云账户注销须知》。发票在哪下载？找不到。",
    "账号：abc\n《京东云账户注销须知》：已阅\n态度：同意",
    "账号：abc\n《京东云账户注销须知》：已阅\n意见：同意",
    "《京东云账户注销须知》：已阅\n是否同意：同意",
    "《京东云账户注销须知》：已阅\n本人意见：同意",
    "《京东云账户注销须知》：已阅\n须知内容：同意",
    "《京东云账户注销须知》：已阅\n结论：同意",
    "《京东云账户注销须知》：已阅并同意\n销户对账单：同意",
    "《京东云账户注销须知》业经承办人详读，本校同意该须知。",
    "注销须知读过了，我同意。手持身份证照片我晚上回家会再补传，身份证没带在身上。",
    "《京东云账户注销须知》我已经看过，同意。营业执照的盖章件要等行政周一上班才能拍，到时补传。",
    "I've read through the account closing notice of JD Cloud and consent to it.",
    "京东云账户注销须知我院信息科、财务均已审阅，我院同意。",
    "除了看注销须知，我还把计费文档也看了一遍。注销须知看完了，同意，销吧！",
    "已阅读并同意京东云账户注销须知。证件照在附件，微信登录那个号，13600136000",
    "注销须知，我看了，我同意，不用等到周末了。",
    "理事会商量后决定注销。我们已阅读并同意《京东云账户注销须知》。",
    "不废话：注销须知老子看了，同意。",
    "控制台不是有勾选吗？算了，写就写：我已阅读并同意《京东云账户注销须知》。",
    "账号是我注册的，她只是付款人。《京东云账户注销须知》我看过了，我同意。",
    "As managing director I speak for the company: we have reviewed the JD Cloud account closing notice and we agree to be bound by it.",
    "註銷須知本人已過目，並表示同意。若貴司尚需其他證明文件，敬請來信告知，當即補上。",
    "不需要回访，也不同意你们把我的信息给第三方推广。《京东云账户注销须知》已通读，本人接受。",
    "你们就不能一次说完？听好：我，账号持有人，读了《京东云账户注销须知》，同意《京东云账户注销须知》。",
  ]
}
