import ClosureModel
import Examine
import Testing

/// Statements that are a step still to be done or words for somebody else to paste; and everyday surroundings of real
/// ones, each with refusals of the same shape.
@Suite("Plans, dictated words, and what resembles them")
struct PlanTests {
  private static let examiner = Result { try Fixture.examiner() }

  @Test("A step of a plan is no statement", arguments: PlanTexts.planned)
  func planned(_ text: String) throws { try neverAffirmed(text) }

  @Test("Words that somebody else is to paste are no statement", arguments: PlanTexts.dictated)
  func dictated(_ text: String) throws { try neverAffirmed(text) }

  @Test("Refusals in the shape of harmless surroundings", arguments: PlanTexts.shaped)
  func shaped(_ text: String) throws { try neverAffirmed(text) }

  @Test("Everyday surroundings", arguments: PlanTexts.harmless)
  func harmless(_ text: String) throws {
    #expect(try Self.examiner.get().read(text).consent.label == .affirmed)
  }

  private func neverAffirmed(_ text: String) throws {
    #expect(try Self.examiner.get().read(text).consent.label != .affirmed)
  }
}

private enum PlanTexts {
  static let planned = [
    "备份做完后，由本人登录阅读《京东云账户注销须知》并同意。",
    "备份做完以后，我阅读并同意《京东云账户注销须知》。",
    "预计下周三迁移结束，之后由我阅读并同意《京东云账户注销须知》。",
    "数据导完后本人阅读《京东云账户注销须知》并回复同意。",
    "余额到账之后，本公司阅读并同意《京东云账户注销须知》。",
    "等周一上班，本人阅读并同意《京东云账户注销须知》。",
    "周一上班后，本人登录控制台阅读《京东云账户注销须知》并点同意。",
    "流程：一、清资源；二、本人阅读《京东云账户注销须知》并回复同意；三、注销。",
    "安排如下：周三清资源，周四本人阅读《京东云账户注销须知》并同意，周五注销。",
    "Once the backup is done on Friday, I read the JD Cloud account closing notice and agree to it.",
    "After Friday I read and agree to the JD Cloud account closing notice.",
    "Friday's plan: finish the backup, read the JD Cloud account closing notice and agree to it.",
    "下一步由本人阅读并同意《京东云账户注销须知》，再提交。",
    "目前进度：资源已清。下一步：阅读《京东云账户注销须知》并同意。",
  ]

  static let dictated = [
    "小李，工单里就写：本人已阅读并同意《京东云账户注销须知》。",
    "你帮我开个单，内容写这句：我已阅读并同意《京东云账户注销须知》。",
    "老张帮我提一下，正文照这个发：本人已阅读并同意《京东云账户注销须知》。",
    "把这句贴进去就行：本人已阅读并同意《京东云账户注销须知》。",
    "小陈，一会儿客服问你，你就说：本人已阅读并同意《京东云账户注销须知》。",
    "抄下面这句：本人已阅读并同意《京东云账户注销须知》。",
    "你去跟客服讲：我已阅读并同意《京东云账户注销须知》。",
    "原样发给客服：本人已阅读并同意《京东云账户注销须知》。",
    "你照这句打：本人已阅读并同意《京东云账户注销须知》。打完告诉我。",
    "本人已阅读并同意《京东云账户注销须知》。小王，就照这句发，别改。",
    "本人已阅读并同意《京东云账户注销须知》。你把上面这句贴到工单里。",
    "Tom, please paste this into the ticket: I have read and agree to the JD Cloud account closing notice.",
    "Just send them this line: I have read and agree to the JD Cloud account closing notice.",
    "Put this in the ticket for me: I have read and agree to the JD Cloud account closing notice. Don't misspell it.",
    "Copy this into the form: I have read and agree to the JD Cloud account closing notice.",
    "小王，你替我去提工单。本人已阅读并同意《京东云账户注销须知》。",
    "替我发一下：已阅读并同意《京东云账户注销须知》",
    "妈，你就这么回客服：本人已阅读并同意《京东云账户注销须知》。",
    "转告客服：本人已阅读并同意《京东云账户注销须知》。",
  ]

  static let shaped = [
    "客服让我看的那份《京东云账户注销须知》他看完了，同意。",
    "客服让我看的那份《京东云账户注销须知》我没看完，同意。",
    "客服让我写的《京东云账户注销须知》我看完了，同意",
    "客服让我看的那份《京东云账户注销须知》我同事看完了，同意。",
    "客服让我看的那份《京东云账户注销须知》我会看完，同意。",
    "客服让我看的那份《京东云账户注销须知》我看完了吗？同意。",
    "老板让我看的那份《京东云账户注销须知》老板看完了，同意。",
    "我就直接写在下面：范文：本人已阅读并同意《京东云账户注销须知》。",
    "直接写在这里：本人未阅读，也不同意《京东云账户注销须知》。",
    "让他直接写在这里：已阅读并同意《京东云账户注销须知》。",
    "请直接在这里写：已阅读并同意《京东云账户注销须知》。",
    "请客户直接写在下面：已阅读并同意《京东云账户注销须知》。",
    "请看这张：模板：本人已阅读并同意《京东云账户注销须知》。",
    "请看这张：客服要求写“本人已阅读并同意《京东云账户注销须知》”。",
    "请看这张：已阅读《京东云账户注销须知》，不同意。",
    "你们说少一份声明，声明在此：暂不同意《京东云账户注销须知》，已阅读。",
    "范本里说，声明在此：本人（姓名）已阅读并同意《京东云账户注销须知》。",
    "客服：声明在此：本人已阅读并同意《京东云账户注销须知》。",
    "老板的声明在此：已阅读并同意《京东云账户注销须知》。",
    "声明在此：只要退款，本人已阅读并同意《京东云账户注销须知》。",
    "客服让我写全：《京东云账户注销须知》已阅读，已同意。",
    "客服干脆写全：《京东云账户注销须知》已阅读，已同意。",
    "请写完整：《京东云账户注销须知》已阅读，已同意。",
    "我干脆写全：《京东云账户注销须知》已阅读，不同意。",
    "我干脆写全：须知我没看，《京东云账户注销须知》同意。",
    "你们是不是不看须知就让人同意？我已阅读并同意《京东云账户注销须知》。",
    "你们不看，我也没看。我已阅读并同意《京东云账户注销须知》。",
    "你们看不看？我是没看。我已阅读并同意《京东云账户注销须知》。",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）待补",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）未签",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）（日期）",
    "样本：我已阅读并同意《京东云账户注销须知》\n（签名）某某",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）没签",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）后补 6 月 1 日",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）代签 6 月 1 日",
    "为了给客户注销才申请。《京东云账户注销须知》已完整阅读，内容同意。",
    "我为了给客户办理才提交。《京东云账户注销须知》已完整阅读，内容同意。",
    "我替客户申请京东云注销。《京东云账户注销须知》已完整阅读，内容同意。",
    "我给客户才申请京东云注销的。《京东云账户注销须知》已完整阅读，内容同意。",
    "我替客户才申请京东云账号注销。《京东云账户注销须知》已完整阅读，内容同意。",
    "《京东云账户注销须知》读完跟家人商量了一下，家人没有异议，同意。",
    "《京东云账户注销须知》读完跟合伙人商量了一下，他同意。",
    "《京东云账户注销须知》读完跟合伙人商量了一下，还没定，同意。",
    "《京东云账户注销须知》要跟合伙人商量了才同意，已读。",
    "《京东云账户注销须知》读了，跟老婆商量过，她不同意，我同意。",
    "《京东云账户注销须知》读完跟合伙人商量了一下，合伙人同意。",
    "已阅读并同意《京东云账户注销须知》，但月底要做审计，审计完再注销。",
    "已阅读并同意《京东云账户注销须知》，但月底要做审计，别动账号。",
    "已阅读并同意《京东云账户注销须知》，月底要做审计，数据要留着。",
    "已阅读并同意《京东云账户注销须知》，月底要报税，报完税再办。",
    "已阅读并同意《京东云账户注销须知》，月底要年检，所以先不办。",
    "已阅读并同意《京东云账户注销须知》，附主管机关核准函之前别注销。",
    "已阅读并同意《京东云账户注销须知》，待主管机关核准函下来再办。",
    "已阅读并同意《京东云账户注销须知》，以主管机关核准函为准。",
    "主管机关已阅读并同意《京东云账户注销须知》。",
    "已阅读并同意《京东云账户注销须知》，主管机关不批就不算。",
    "已阅读并同意《京东云账户注销须知》，请改用人工审核后再注销。",
    "已阅读并同意《京东云账户注销须知》，请改用冻结。",
    "已阅读并同意《京东云账户注销须知》，改用身份证核验之前别动。",
    "已阅读并同意《京东云账户注销须知》，请改用停机。",
    "已阅读并同意《京东云账户注销须知》，不能改用护照核验就不办。",
    "我已阅读并同意《京东云账户注销须知》。可能丢了个不字。",
    "我已阅读并同意《京东云账户注销须知》。漏字了，少了个不。",
    "我已阅读并同意《京东云账户注销须知》（打错了）",
    "我已阅读并同意《京东云账户注销须知》。应该不会同意。",
    "我已阅读并同意《京东云账户注销须知》（手抖写反了）",
    "I have read adn disagree with the JD Cloud account closing notice.",
    "I have read the JD Cloud account closing notice adn will agree later.",
    "I have read the JD Cloud account closing notice adn don't agree to it.",
    "He has read adn agrees to the JD Cloud account closing notice.",
    "Read adn agree to the JD Cloud account closing notice?",
  ]

  static let harmless = [
    "客服让我看的那份《京东云账户注销须知》我今天上午看完了，同意。",
    "客服发我的《京东云账户注销须知》我看完了，同意。",
    "范本填不进去，我就直接写在下面：本人已阅读并同意《京东云账户注销须知》。",
    "刚才误贴了你们的范本。请看这张：本人已阅读并同意《京东云账户注销须知》。",
    "你们说少一份声明，声明在此：本人已阅读并同意《京东云账户注销须知》。",
    "客服让我写“已阅读”，我索性写完整：《京东云账户注销须知》已阅读，已同意。",
    "你们是不是不看工单的？我已阅读并同意《京东云账户注销须知》。",
    "先前为了给国外客户发文件才申请京东云的。《京东云账户注销须知》已完整阅读，内容同意。",
    "《京东云账户注销须知》周日读的。读完跟家人商量了一下，我没有异议，同意。",
    "已阅读并同意《京东云账户注销须知》，但请帮忙加急，年底要做审计。",
    "本公司已审阅并同意《京东云账户注销须知》。公司已解散，附主管机关核准函。",
    "我已阅读并且同意京东云账户注销须知 账号是小写的 demo 下划线 one",
    "已阅读并同意《京东云账户注销须知》，请改用护照核验，照片随附。",
    "我再发一次，我已阅读并同意《京东云账户注销须知》。这次用电脑发的，应该不会再漏字了。",
    "已阅读并同意《京东云账户注销须知》（手抖打重了）",
    "I have read adn agree to the JD Cloud account closing notice.",
    "备份已做完，之后由我登录看了《京东云账户注销须知》，同意。",
    "迁移完成后，我已阅读并同意《京东云账户注销须知》。",
    "账号已清空。现由本人阅读并同意《京东云账户注销须知》。",
    "本人阅读并同意《京东云账户注销须知》。",
    "我的答复：我已阅读并同意《京东云账户注销须知》\n（签名）范舟",
  ]
}
