import ClosureModel
import Testing

@testable import Ingest

@Suite("Columns that say the same, or only speak of it")
struct RivalColumnTests {
  private func ticket(
    _ columns: [(String, String)], _ change: (inout IngestOptions) -> Void = { _ in }
  ) throws -> Ticket {
    let head = Exports.head + columns.map(\.0)
    let row = ["T-1", "账号与认证", "申请注销账号", "注销"] + columns.map(\.1)
    return try #require(try Exports.read(Exports.csv([head, row]), change).tickets.first)
  }

  @Test("Two columns of one fact that differ make it unknown, in whichever order", arguments: [false, true])
  func facts(_ turned: Bool) throws {
    let columns = [("账户余额", "0.00"), ("余额", "5.00")]
    let facts = try ticket(turned ? columns.reversed() : columns).facts
    #expect(facts.balance == .unreadable("余额：5.00；账户余额：0.00"))
    let twice = [("账户余额", "5.00"), ("账户余额", "0.00")]
    #expect(try ticket(turned ? twice.reversed() : twice).facts.balance == .unreadable("账户余额：0.00；账户余额：5.00"))
  }

  @Test("Two columns that agree are one, however the amount is written")
  func agree() throws {
    #expect(try ticket([("账户余额", "0.00"), ("余额（元）", "0")]).facts.balance == .known(Money(minorUnits: 0)))
    #expect(try ticket([("账户余额", ""), ("余额（元）", "0")]).facts.balance == .unreadable("余额（元）：0；账户余额：–"))
  }

  @Test(
    "A column that speaks of a fact makes it unknown, never absent",
    arguments: [("冻结余额", "0.00"), ("余额（万元）", "0"), ("钱包结余", "")])
  func spoken(_ column: String, _ text: String) throws {
    let facts = try ticket([(column, text)]).facts
    #expect(facts.balance == .unreadable("\(column)：\(text.isEmpty ? "–" : text)"))
    #expect(facts.arrears == .columnAbsent)
  }

  @Test("Ignored or mapped on purpose, it is no riddle")
  func configured() throws {
    #expect(try ticket([("冻结余额", "5.00")]) { $0.columns = ["冻结余额": .ignore] }.facts.balance == .columnAbsent)
    let mapped = try ticket([("冻结余额", "5.00")]) { $0.columns = ["冻结余额": .balance] }
    #expect(mapped.facts.balance == .known(Money(minorUnits: 500)))
  }

  @Test("Beside the fact itself, a column that speaks of it counts only where it says something else")
  func beside() throws {
    #expect(try ticket([("是否备案", "否"), ("备案号", "")]).facts.icpFiling == .known(false))
    #expect(try ticket([("是否备案", "否"), ("备案号", "-")]).facts.icpFiling == .known(false))
    #expect(try ticket([("账户余额", "0"), ("冻结余额", "0.00")]).facts.balance == .known(Money(minorUnits: 0)))
    for nothing in ["", "-", "无", "暂无"] {
      let facts = try ticket([("账户余额", "0"), ("冻结余额", nothing)]).facts
      #expect(facts.balance == .known(Money(minorUnits: 0)), "\(nothing)")
    }
    // Masked or unknown: something may be there.
    for unsure in ["***", "?", "未知", "不详", "…", "unknown"] {
      guard case .unreadable = try ticket([("账户余额", "0"), ("冻结余额", unsure)]).facts.balance else {
        Issue.record("\(unsure) counts as nothing")
        continue
      }
    }
    #expect(try ticket([("账户余额", "0"), ("冻结余额", "5.00")]).facts.balance == .unreadable("冻结余额：5.00；账户余额：0"))
  }

  @Test("Fields of the ticket: a blank is filled, a difference is kept for a person", arguments: [false, true])
  func fields(_ turned: Bool) throws {
    func read(_ columns: [(String, String)]) throws -> Ticket { try ticket(turned ? columns.reversed() : columns) }
    #expect(try read([("联系电话", ""), ("手机", "13800138000")]).contactPhone == "13800138000")
    let two = try read([("联系电话", "13900139000"), ("手机", "13800138000")])
    #expect(two.contactPhone == "13900139000")
    #expect(two.contradictions.map(\.field) == [.phone])
    #expect(two.contradictions.first?.cells.map(\.column) == ["手机", "联系电话"])
    #expect(try read([("工单状态", "待处理"), ("处理状态", "已关闭")]).contradictions.map(\.field) == [.status])
    #expect(try read([("联系邮箱", "a@example.com"), ("邮箱", "a@example.com")]).contradictions.isEmpty)
  }

  @Test("A column that the configuration names is no riddle beside others that are not named")
  func chosen() throws {
    let ticket = try ticket([("联系电话", "13900139000"), ("手机", "13800138000")]) { $0.columns = ["手机": .phone] }
    #expect(ticket.contactPhone == "13800138000")
    #expect(ticket.contradictions.isEmpty)
  }

  @Test("The same holds for records of JSON")
  func objects() throws {
    let text = #"[{"id":"T-1","category":"账号与认证","body":"注销","余额":5,"账户余额":0,"arrears":false,"冻结资源":null}]"#
    let facts = try #require(try Exports.read(text).tickets.first).facts
    #expect(facts.balance == .unreadable("余额：5；账户余额：0"))
    #expect(facts.arrears == .known(Money(minorUnits: 0)))
    #expect(facts.resources == .unreadable("冻结资源：–"))
  }

  @Test(
    "What stands for a missing value names neither an account nor a file",
    arguments: ["", "-", "无", "N/A", "null", "None", "暂无", " "])
  func missing(_ word: String) throws {
    let ticket = try ticket([("客户账号", word), ("附件", word)])
    #expect(ticket.lacksAccount)
    #expect(ticket.attachments.isEmpty)
    #expect(try !self.ticket([]).lacksAccount)
    #expect(try !self.ticket([("客户账号", "jdc_test")]).lacksAccount)
  }

  @Test(
    "Blanks around a fact and the unit of a count are no riddle",
    arguments: [
      ("账户余额", "0.00\t"), ("账户余额", "\t0.00"), ("账户余额", "0\n"), ("欠费金额", "0.00\r\n"), ("是否欠费", "否"), ("是否备案", "否\n"),
      ("备案状态", "未备案"), ("有效资源数", "0个"), ("有效资源数", "0台"), ("有效资源数", "0.0"), ("有效资源数", "0 个"),
    ])
  func clear(_ column: String, _ text: String) throws {
    let facts = try ticket([(column, text)]).facts
    let zero = Fact.known(Money(minorUnits: 0))
    #expect(
      facts.balance == zero || facts.arrears == zero || facts.icpFiling == .known(false) || facts.resources == .known(0)
    )
  }

  @Test(
    "What is not plainly nothing is not nothing",
    arguments: [("账户余额", "无"), ("是否欠费", "是"), ("有效资源数", "0.5"), ("有效资源数", "无"), ("有效资源数", "0 / 3"), ("账户余额", "-")])
  func unclear(_ column: String, _ text: String) throws {
    let facts = try ticket([(column, text)]).facts
    #expect(
      facts.balance == .unreadable(text) || facts.arrears == .unreadable(text) || facts.resources == .unreadable(text))
  }
}
