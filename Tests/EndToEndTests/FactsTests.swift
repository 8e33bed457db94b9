import Foundation
import Testing

@Suite("Columns that are not known, and account facts in a file of their own")
struct FactsTests {
  private struct Line: Decodable {
    struct Finding: Decodable {
      struct Evidence: Decodable { let quote: String? }
      let code: String
      let evidence: [Evidence]
    }
    let ticket: String
    let outcome: String
    let findings: [Finding]
  }

  private static let plain = "工单编号,服务分类,工单标题,问题描述,提交时间,客户账号,实名类型,联系邮箱,联系电话"
  private static let row =
    "T-1,账号与认证,申请注销账号,本人已阅读并同意《京东云账户注销须知》。请注销。,2026-10-09 16:40:00,jd_demo,个人实名,zs@example.com,13800138000"

  private func decide(_ scratch: Scratch, _ more: String...) throws -> (result: Program.Result, lines: [Line]) {
    let result = try Program.run(
      ["validate", "export.csv", "--output", "-", "--now", "2026-10-10T10:00:00+08:00"] + more, in: scratch.folder)
    // The table goes to standard error, or behind the lines.
    let lines = result.lines.filter { $0.hasPrefix("{\"schema\":\"closedesk.decision/1\"") }
    return (result, try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) })
  }

  @Test("A fact under a name that is nearly known is never “checked later”")
  func nearMiss() throws {
    let scratch = try Scratch()
    for (column, cell) in [
      ("账户余额（元）", "5.00"), ("是否欠费", "是"), ("资源数量", "3"), ("可用余额", "5"), ("帳戶餘額", "5.00"), ("account_balance", "5"),
      ("Balance (CNY)", "5"), ("欠费(元)", "5"), ("欠款", "5"), ("未付账单", "1"), ("服务商身份", "是"), ("是否为服务商", "是"),
      ("ICP备案", "是"), ("是否有备案", "有"), ("备案状态", "已备案"), ("有效资源", "2"), ("计费资源", "2"), ("冻结余额", "5.00"), ("钱包结余", "0"),
      ("备案号", "X-1"), ("服务商名称", ""),
    ] {
      try scratch.write("export.csv", "\(Self.plain),\(column)\r\n\(Self.row),\(cell)\r\n")
      let (_, lines) = try decide(scratch)
      #expect(lines.count == 1 && lines.first?.outcome != "accepted", "\(column)")
    }
    try scratch.write("export.csv", "\(Self.plain),优先级,账户余额（元）\r\n\(Self.row),高,0.00\r\n")
    let (result, lines) = try decide(scratch)
    #expect(lines.first?.outcome == "accepted")
    #expect(result.error.contains("columns not used: 优先级"))
  }

  @Test("A column that only speaks of a fact is named: on standard error, in the finding, in the receipt")
  func named() throws {
    let scratch = try Scratch()
    try scratch.write("export.csv", "\(Self.plain),冻结余额\r\n\(Self.row),5.00\r\n")
    let (result, lines) = try decide(scratch, "--report", "report.html")
    #expect(result.error.contains("冻结余额: the heading speaks of the account's state"))
    let finding = lines.first?.findings.first { $0.code == "condition.balance.unknown" }
    #expect(finding?.evidence.first?.quote == "冻结余额：5.00")
    #expect(try scratch.read("report.html").contains("没有用到的列：冻结余额"))
    let json = try Program.run("validate", "export.csv", "--json", in: scratch.folder)
    #expect(json.out.contains(#""unused_columns":["冻结余额"],"unclear_columns":["冻结余额"]"#))
  }

  @Test("Times that cannot be right are said")
  func times() throws {
    let scratch = try Scratch()
    let rows = ["2030-01-01 10:00", "2026/13/45", "2026-10-09 16:40:00"].enumerated().map { index, time in
      Self.row.replacingOccurrences(of: "2026-10-09 16:40:00", with: time)
        .replacingOccurrences(of: "T-1", with: "T-\(index + 1)")
    }
    try scratch.write("export.csv", "\(Self.plain)\r\n\(rows.joined(separator: "\r\n"))\r\n")
    let (result, _) = try decide(scratch)
    #expect(result.error.contains("1 submission times cannot be read, 1 lie in the future: T-2, T-1"))
  }

  @Test("Facts of a second file decide like columns; where they are not known a person does")
  func second() throws {
    let scratch = try Scratch()
    try scratch.write("export.csv", "\(Self.plain)\r\n\(Self.row)\r\n")
    func outcome(_ facts: String) throws -> (String?, Int32) {
      try scratch.write("facts.csv", facts)
      let (result, lines) = try decide(scratch, "--facts", "facts.csv")
      return (lines.first?.outcome, result.code)
    }
    let head = "客户账号,账户余额（元）,欠费金额"
    #expect(try outcome("\(head)\nJD_Demo,0.00,0\n") == ("accepted", 0))
    #expect(try outcome("\(head)\njd_demo,5.00,0\n") == ("ineligible", 0))
    #expect(try outcome("\(head)\nother,0.00,0\n") == ("review", 0))
    #expect(try outcome("\(head)\njd_demo,0.00,0\njd_demo,5.00,0\n") == ("review", 0))
    #expect(try outcome("\(head)\njd_demo,0.00\n").1 == 65)
    #expect(try outcome("备注\n无\n").1 == 65)
    #expect(try decide(scratch, "--facts", "nowhere.csv").result.code == 66)
    try scratch.write("facts.csv", "\(head)\njd_demo,0.00,0\n")
    let json = try Program.run("validate", "export.csv", "--facts", "facts.csv", "--json", in: scratch.folder)
    #expect(
      json.out.firstMatch(of: /"facts":\{"file":"facts.csv","sha256":"[0-9a-f]{64}","accounts":1,"unknown":0\}/) != nil)
  }

  @Test("A plan rests on the second file: changed, the plan is refused")
  func plan() throws {
    let desk = try Desk()
    let receiver = try desk.receiver()
    try desk.configure(url: receiver.url)
    try desk.scratch.write("export.csv", "\(Self.plain)\r\n\(Self.row)\r\n")
    try desk.scratch.write("facts.csv", "客户账号,账户余额\njd_demo,0.00\n")
    let (export, facts, plan) = (
      desk.scratch.path("export.csv"), desk.scratch.path("facts.csv"), desk.scratch.path("a.plan")
    )
    #expect(try desk.run("plan", export, "--facts", facts, "--output", plan).code == 0)
    #expect(try desk.run("plan", "show", plan).out.contains("account facts"))
    try desk.scratch.write("facts.csv", "客户账号,账户余额\njd_demo,9.00\n")
    let refused = try desk.run("apply", plan)
    #expect(refused.code == 65 && refused.error.contains("facts.csv changed"))
    #expect(try desk.run("apply", plan, "--against", export).code == 64)
    #expect(try receiver.arrivals().isEmpty)
  }

  @Test("No day off and no past hour is an answer of zero days")
  func zeroDays() throws {
    for (submitted, due) in [
      ("2026-10-01T09:00:00+08:00", "2026-10-08T18:00:00+08:00"),
      ("2026-10-09T09:00:00+08:00", "2026-10-09T18:00:00+08:00"),
      ("2026-10-09T19:00:00+08:00", "2026-10-10T18:00:00+08:00"),
    ] {
      let result = try Program.run("check", "due", submitted, "--days", "0")
      #expect(result.out.contains(due), "\(submitted): \(result.out)\(result.error)")
    }
  }
}
