/// Invented tickets for property tests: statements, refusals and doubts in many dresses.
enum InventedTexts {
  static let all: [(provider: String, text: String)] =
    jdcloud.map { ("jdcloud", $0) } + tencent.map { ("tencentcloud", $0) }

  private static let jdcloud = [
    "本人已阅读并同意《京东云账户注销须知》，请协助注销。",
    "我已仔细阅读并接受《京东云账户注销须知》的全部内容。",
    "注销须知看完了，认可，没有异议。",
    "京东云账户注销须知本人已知悉，同意其中各项条款，请尽快办理。",
    "您好，账号 demo-user-07 不用了。《京东云账户注销须知》我读过了，我接受。",
    "我司已审阅《京东云账户注销须知》，并同意遵守。联系电话 13800138000，邮箱 desk@example.com。",
    "1. 账号：jd_demo_01\n2. 邮箱：desk@example.com\n3. 注销须知：已阅读，同意",
    "[x] 我已阅读并同意《京东云账户注销须知》",
    "是否已阅读并同意《京东云账户注销须知》：是",
    "客服：请回复“本人已阅读并同意《京东云账户注销须知》”\n我：本人已阅读并同意《京东云账户注销须知》",
    "我已閱讀並同意《京東雲賬戶註銷須知》，唔該盡快處理。",
    "I have read and accept the JD Cloud account closure notice. Please close my account.",
    "Hello team,\nI have read the account closure notice and I agree to it.\nThanks",
    "<p>您好：</p><p>本人已阅读并同意<b>《京东云账户注销须知》</b>。</p>",
    "我已阅读并同意《京东云账户注销须知》，请问多久能办好？",
    "我不同意《京东云账户注销须知》。",
    "《京东云账户注销须知》我还没看，先问问流程。",
    "如果能退款，我就同意《京东云账户注销须知》。",
    "我会阅读并同意《京东云账户注销须知》的。",
    "我朋友已阅读并同意《京东云账户注销须知》。",
    "已阅读并同意《京东云隐私政策》，请注销。",
    "□ 本人已阅读并同意《京东云账户注销须知》",
    "请在工单里写明：本人已阅读并同意《京东云账户注销须知》",
    "已阅读并同意《京东云账户注销须知》？",
    "我已阅读并同意《京东云账户注销须知》，先退款再注销。",
    "我已阅读《京东云账户注销须知》，同意注销账号。",
    "> 本人已阅读并同意《京东云账户注销须知》\n好的",
    "本人已阅读并同意《京东云账户注销须知》。\n刚才那句作废，我再想想。",
    "“本人已阅读并同意《京东云账户注销须知》”",
    "请把我的账号注销，谢谢。",
  ]
  private static let tencent = [
    "本人已阅读并同意《腾讯云账号注销协议》，请注销账号。",
    "注销协议已看过，本公司同意并接受全部条款。",
    "腾讯云账号注销协议：已阅，认可",
    "I've read the Tencent Cloud account cancellation agreement and I accept it.",
    "我已閱讀並接受《騰訊雲賬號註銷協議》。",
    "未阅读并同意《腾讯云账号注销协议》",
    "授权同事声明：他已阅读并同意《腾讯云账号注销协议》",
    "已阅读并同意协议",
    "我已阅读并同意《京东云账户注销须知》",
    "我已阅读并确认《腾讯云账号注销协议》",
  ]
}
