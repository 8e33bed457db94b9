import Testing

/// What has to last for a while yet, wherever in the text it is said.
@Suite("Things that have to last")
struct UntilTests {
  private static let statement = "本人已阅读并同意《京东云账户注销须知》"

  @Test(
    "A statement waits for them",
    arguments: [
      "网站得撑到那天", "网站要用到月底", "服务要跑到六月", "网站要撑到六月八号", "号得留到答辩那天", "这个网站得开到下周五", "演示站要挂到月底", "数据得放到年底", "机器还得跑到周五",
      "小程序要用到活动结束",
      "域名要用到年底", "要用到下个月", "服务器打算用到过年", "博客会开到年底", "接口必须维持到周一", "至少要撑到周末", "活动页起码得挂到元旦", "等它自然到期",
    ])
  func waits(_ words: String) throws {
    for text in [
      "\(Self.statement)，申请注销。顺带一提，\(words)。", "\(words)。\(Self.statement)。", "\(Self.statement)，\(words)。",
      "\(words)。我是老用户。电话 13800138000。\(Self.statement)。", "\(words)，\(Self.statement)，请注销。",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test("What has lasted is over", arguments: ["服务器用到上个月就停了", "要用到的照片已经传了", "一直用到去年", "机器跑到上周就释放了"])
  func over(_ words: String) throws {
    try Statement.expectAffirmed("\(words)。\(Self.statement)。")
    try Statement.expectAffirmed("\(Self.statement)。\(words)。")
  }
}
