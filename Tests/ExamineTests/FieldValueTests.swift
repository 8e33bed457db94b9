import Testing

/// A form whose fields say the contrary of the statement in it.
@Suite("Fields against the statement")
struct FieldValueTests {
  private static let statement = "我已阅读并同意《京东云账户注销须知》"
  private static func forms(_ label: String, _ value: String) -> [String] {
    [
      "账号：abc_1\n声明：\(statement)\n\(label)：\(value)\n电话：13800138000", "【\(label)】\(value)\n【声明】\(statement)",
      "\(label)：\(value)；声明：\(statement)；邮箱：a@example.com",
      "| 字段 | 内容 |\n| 声明 | \(statement) |\n| \(label) | \(value) |",
      "1. \(statement)\n2. \(label)：\(value)\n3. 电话 13800138000", "\(statement)（\(label)：\(value)）",
      "\(label) \(value)\n\(statement)",
    ]
  }

  @Test(
    "The contrary, in each form of a form",
    arguments: [
      ("是否同意", "否"), ("是否已阅读", "否"), ("是否已阅读", "未阅读"), ("申请状态", "草稿"), ("申请状态", "已撤回"), ("审批意见", "驳回"), ("法务意见", "暂缓"),
      ("处理方式", "冻结"), ("申请类型", "解绑手机"), ("声明人", "代办中介"), ("填表人", "代理商"), ("与账号关系", "同事"), ("是否测试", "是"), ("撤销申请", "是"),
      ("退款状态", "未到账"), ("诉讼", "有"), ("盖章", "未盖"), ("资源", "仍在使用"), ("期望完成时间", "明年一月"), ("例外", "第三条"), ("附加条件", "保留数据"),
    ])
  func against(_ label: String, _ value: String) throws {
    for text in Self.forms(label, value) { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "What says nothing against it",
    arguments: [
      ("是否同意", "是"), ("声明人", "本人"), ("与账号关系", "本人"), ("诉讼", "无"), ("盖章", "已盖"), ("例外", "无"),
      ("期望完成时间", "尽快"),
      ("是否测试", "否"),
    ])
  func beside(_ label: String, _ value: String) throws {
    try Statement.expectAffirmed("账号：abc_1\n声明：\(Self.statement)\n\(label)：\(value)\n电话：13800138000")
  }

  private static let english = "I have read and agree to the JD Cloud account closing notice"

  @Test(
    "In English",
    arguments: [
      ("Request type", "Unbind phone"), ("Desired date", "next January"), ("Submitted by", "reseller"),
      ("Relationship to account holder", "colleague"), ("Keep data", "Yes"), ("Service status", "running"),
      ("Signature", "missing"), ("Checkbox", "unchecked"), ("Dispute", "Yes"), ("Have you read the notice", "No"),
      ("Approval", "Rejected"), ("Manager approval", "Not given"), ("Action", "Freeze only"),
      ("Withdraw request", "Yes"),
      ("Exceptions", "clause 3"),
    ])
  func againstInEnglish(_ label: String, _ value: String) throws {
    let statement = Self.english
    for text in [
      "Account: abc_1\nStatement: \(statement)\n\(label): \(value)\nPhone: +1 415 555 2671",
      "[\(label)] \(value)\n[Statement] \(statement)",
      "\(label): \(value); Statement: \(statement); mail: a@example.com",
      "| Field | Value |\n| Statement | \(statement) |\n| \(label) | \(value) |", "\(statement) (\(label): \(value))",
      "\(label) - \(value)\n\(statement)",
    ] { try Statement.expectNotAffirmed(text) }
  }

  @Test(
    "In English, nothing against it",
    arguments: [
      ("Agreed", "Yes"), ("Submitted by", "account holder"), ("Exceptions", "none"),
      ("Keep data", "No"),
    ])
  func besideInEnglish(_ label: String, _ value: String) throws {
    try Statement.expectAffirmed(
      "Account: abc_1\nStatement: \(Self.english)\n\(label): \(value)\nPhone: +1 415 555 2671")
  }
}
