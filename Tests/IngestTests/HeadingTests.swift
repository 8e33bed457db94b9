import ClosureModel
import Testing

@testable import Ingest

@Suite("Headings: what a column is called, and what it only speaks of")
struct HeadingTests {
  @Test(
    "A unit, a note, blanks, case, full width and traditional characters change nothing",
    arguments: [
      ("账户余额（元）", TicketField.balance), ("余额(元)", .balance), ("余额/元", .balance), ("帳戶餘額", .balance), ("可用余额", .balance),
      ("account_balance", .balance), ("Balance (CNY)", .balance), ("ＢＡＬＡＮＣＥ", .balance), ("账户余额 [人民币]", .balance),
      ("余额（单位：元）", .balance), ("balance_cny", .balance), ("*账户余额", .balance), ("欠费(元)", .arrears), ("欠款", .arrears),
      ("是否欠费", .arrears), ("未付账单", .arrears), ("Arrears_Amount", .arrears), ("服务商身份", .serviceProvider),
      ("是否为服务商", .serviceProvider), ("是否服务商（是/否）", .serviceProvider), ("ICP备案", .icpFiling), ("是否有备案", .icpFiling),
      ("備案狀態", .icpFiling), ("有效资源", .resources), ("计费资源", .resources), ("资源数量", .resources), ("有效资源数（个）", .resources),
      ("联系邮箱（必填）", .email), ("聯繫電話", .phone), ("E-mail", .email), ("客户账号（UIN）", .account), ("工单状态（当前）", .status),
      ("提交时间（北京时间）", .submittedAt), ("聯絡郵箱", .email),
    ])
  func known(_ name: String, _ field: TicketField) { #expect(ColumnMap.guess(name) == field) }

  @Test(
    "A note that changes the meaning is no mere note",
    arguments: [
      "余额（冻结）", "余额（万元）", "联系邮箱（备用）", "联系电话（客服）", "提交时间（UTC）", "余额更新时间", "完全另一列", "问题描述（客服填写）", "工单编号（父工单）",
      "客户账号（经办客服）", "附件（客服上传）", "工单状态（上次）", "企业名称（代理商）",
    ])
  func other(_ name: String) { #expect(ColumnMap.guess(name) == nil) }

  @Test(
    "A heading that speaks of a fact is told from one that does not",
    arguments: [
      ("冻结余额", TicketField.balance), ("余额（万元）", .balance), ("钱包结余", .balance), ("wallet_balance", .balance),
      ("历史欠费记录", .arrears), ("unpaid balance", .arrears), ("待支付订单", .arrears), ("服务商名称", .serviceProvider),
      ("備案號", .icpFiling), ("ICP No.", .icpFiling), ("关联资源ID", .resources), ("Resource IDs", .resources),
      ("京东云服务商", .serviceProvider), ("资源组内有效资源数", .resources), ("欠费时间", .arrears),
      ("账户余额（截至导出当日零点的可用余额与冻结余额之和，单位为元，保留两位小数，含赠送）", .balance),
    ])
  func spoken(_ name: String, _ field: TicketField) { #expect(Headings.fact(spokenOfIn: name) == field) }

  @Test(
    "Everyday columns speak of no fact",
    arguments: [
      "余额更新时间", "余额币种", "云服务商", "资源组", "处理人", "优先级", "满意度", "following", "recipient", "owner", "showing", "是否逾期",
      "load balancer", "地址", "备注", "Due Date", "SLA",
    ])
  func silent(_ name: String) { #expect(Headings.fact(spokenOfIn: name) == nil) }

  @Test("A column with a plain name counts before one with a note, wherever it stands")
  func plain() {
    for names in [["附件（客户上传）", "附件", "工单编号"], ["附件", "附件（客户上传）", "工单编号"]] {
      let fields = ColumnMap(names: names, configured: [:]).fields
      #expect(fields[names.firstIndex(of: "附件") ?? 0] == .attachments && fields.count { $0 == .attachments } == 1)
    }
  }

  @Test("Columns of a table: fields, what speaks of a fact, and what is not used")
  func columns() {
    let map = ColumnMap(names: ["工单编号", "账户余额（元）", "是否欠费", "资源数量", "优先级", "冻结余额", "备注"], configured: ["备注": .ignore])
    #expect(map.fields == [.ticket, .balance, .arrears, .resources, nil, nil, nil])
    #expect(map.unused == ["优先级", "冻结余额"])
    #expect(map.beside.map(\.column) == ["冻结余额"])
  }

  @Test(
    "Notes of our own people are told from the customer's later words and from what is about them",
    arguments: [
      ("内部备注", true), ("处理记录", true), ("处理意见", true), ("客服备注", true), ("审核意见", true), ("工单标签", true),
      ("Internal notes", true), ("客户备注", false), ("备注", false), ("处理时间", false), ("处理人", false), ("客服回复时间", false),
      ("描述内容", false), ("是否内部备注", false), ("处理状态", false),
    ])
  func ownNotes(_ name: String, _ isNotes: Bool) {
    #expect((Headings.speaksOfOwnNotes(name) && !Headings.speaksOfLaterWords(name)) == isNotes)
  }

  @Test("Such a column is read, not reported as unused; one that is to be ignored is not")
  func ownNoteColumns() {
    let names = ["工单编号", "问题描述", "内部备注", "其他列"]
    let columns = ColumnMap(names: names, configured: [:])
    #expect(columns.notes == [2] && columns.unused == ["其他列"])
    #expect(ColumnMap(names: names, configured: ["内部备注": .ignore]).notes.isEmpty)
  }
}
