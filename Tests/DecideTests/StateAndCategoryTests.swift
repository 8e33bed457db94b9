import ClosureModel
import Foundation
import Testing

@testable import Decide

@Suite("State and category of a ticket, by the shipped policies")
struct StateAndCategoryTests {
  private func decision(_ policy: String, _ change: (inout Ticket) -> Void) throws -> Decision {
    var sample = Sample()
    sample.policy = policy
    change(&sample.ticket)
    let ticket = sample.ticket
    sample.folded = FoldedFields(
      category: Fold.simple(ticket.category), status: Fold.simple(ticket.status),
      kind: Fold.simple(ticket.declaredKind), account: Fold.simple(ticket.account))
    return try Repository.judge(policy).decide(sample.ticket, sample.examination)
  }

  @Test(
    "A ticket that is done is not judged, with or without a note",
    .tags(.safety), arguments: ["jdcloud", "tencentcloud"],
    [
      "撤销", "已撤单", "已作废", "用户关闭", "自动关闭", "已合并", "关闭", "已关闭（超时）", "已关闭(超时未回复)", "已关单", "已结单", "结束", "办结", "完成",
      "closed - duplicate",
      "Closed/Resolved", "作废", "删除", "无效", "已撤回", "Withdrawn", "已关闭-用户", "【已关闭】", "已解决：重复",
    ])
  func closed(_ policy: String, _ status: String) throws {
    #expect(try decision(policy) { $0.status = status }.findings.map(\.code) == [.scopeClosed])
  }

  @Test(
    "Words of an end that no list knows go to a person",
    .tags(.safety),
    arguments: [
      "流程关闭", "业务终结", "客服已代为撤回", "并单删除", "已关闭（待确认）", "已关闭-重新打开", "处理中/已关闭", "自助完成", "closing", "Resolved by agent",
      "关闭中", "待归档", "已完成待评价",
      "被拒", "stale: merged into 12", "未处理已取消", "未回复自动关闭", "未补充材料关闭", "没有回复关单", "等待超时已关闭", "待客户回复超时关闭", "重新提交后已关闭",
      "重新关闭", "Not responding closed", "Unpaid cancelled", "Pending customer timeout closed", "已处理", "审核不通过", "不处理",
      "已忽略",
    ])
  func unclear(_ status: String) throws {
    let decision = try decision("jdcloud") { $0.status = status }
    #expect(decision.outcome == .review)
    #expect(decision.findings.contains { $0.code == .scopeStatusUnclear })
  }

  @Test(
    "Open tickets are judged",
    arguments: [
      "", "-", "待处理", "处理中", "待关闭", "未完成", "未解决", "重新打开", "已重新打开", "reopened", "Re-opened", "待关单确认", "等待客户补充", "尚未关闭",
      "Unresolved",
      "not closed", "pending", "In Progress", "已受理", "相关部门处理中", "待结算", "资料完善中", "新建", "升级", "处理中（未完成）", "解决中",
      "Pending closure",
    ])
  func open(_ status: String) throws {
    #expect(try decision("jdcloud") { $0.status = status }.outcome == .accepted)
  }

  @Test(
    "A category of which only the first level stands alone counts with all its levels, quoted where it is another's",
    arguments: ["云产品::账号与认证", "云产品 -> 账号与认证 -> 账号注销", "账号与认证::账号注销", "工单 > 云产品 > 账户和认证"])
  func path(_ path: String) throws {
    let first = String(path.prefix { !":->".contains($0) }).trimmingCharacters(in: .whitespaces)
    let own = try decision("jdcloud") { ($0.category, $0.categoryPath) = (first, path) }
    #expect(own.outcome == .accepted)
    let other = try decision("jdcloud") { ($0.category, $0.categoryPath) = ("云产品", "云产品::云服务器") }
    #expect(other.findings.map(\.code) == [.scopeCategory])
    #expect(other.findings.first?.evidence.first?.quote == "云产品::云服务器")
  }

  @Test("An operator's word for an open state counts")
  func own() throws {
    let text = try Repository.text("Templates/policies/jdcloud.yaml")
      .replacingOccurrences(of: "open_statuses:\n", with: "open_statuses:\n  - 资料收集完成\n")
    let policy = try PolicyLoader.load(text: text, file: "own.yaml")
    #expect(StatusRule(policy).state("资料收集完成") == .open)
    #expect(StatusRule(try Repository.policy()).state("资料收集完成") == .unclear)
    let both = text.replacingOccurrences(of: "  - 资料收集完成\n", with: "  - 已关闭\n")
    #expect(throws: DecideError.self) { _ = try PolicyLoader.load(text: both, file: "own.yaml") }
  }

  @Test("What earlier rows came to changes no later row, however many states and categories an export has")
  func manyRows() throws {
    let policy = try Repository.policy()
    let (scope, statuses, kinds) = (ScopeRule(policy), StatusRule(policy), KindRule(policy))
    let words = ["账号与认证", "账号与认证/账号注销", "云服务器", "未分类", "-", "待处理", "已关闭", "已撤销", "个人实名", "企业实名", "无"]
    let cells = words.flatMap { word in (0..<60).map { $0 == 0 ? word : "\(word)/\($0)" } }
    func judged(_ cell: String, _ status: String, _ rule: ScopeRule) -> FindingCode? {
      var sample = Sample()
      (sample.ticket.category, sample.ticket.status) = (cell, status)
      let folded = FoldedFields(
        category: Fold.simple(cell), status: Fold.simple(status), kind: "", account: "",
        categoryPath: cell.split(separator: "/").map { Fold.simple(String($0)) })
      return rule.outOfScope(sample.ticket, folded)?.code
    }
    for _ in 0..<2 {
      for (cell, other) in zip(cells, cells.reversed()) {
        #expect(judged(cell, other, scope) == judged(cell, other, ScopeRule(policy)), "\(cell), \(other)")
        #expect(statuses.state(cell) == StatusRule(policy).state(cell), "\(cell)")
        #expect(kinds.kind(cell) == KindRule(policy).kind(cell), "\(cell)")
      }
    }
  }

  @Test(
    "The category under every usual spelling, anywhere in a path",
    arguments: [
      "账号与认证", "账户与认证", "帐号与认证", "账号和认证", "账户及认证", "账号与认证 注销", "我的工单/账号与认证/账号注销", "账号与认证 > 注销", "【账户与认证】", "账号 与 认证",
      "服务（账号与认证）", "账号&认证", "全部　账号与认证", String(repeating: "网络/", count: 40) + "账号与认证",
    ])
  func category(_ category: String) throws {
    #expect(try decision("jdcloud") { $0.category = category }.outcome == .accepted)
  }

  @Test(
    "Other categories stay others",
    arguments: ["账号与认证以外", "非账号与认证", "非 账号与认证", "不属于：账号与认证", "账号与认证（除外）", "云主机", "账单与发票", "账号", "认证", "其他"])
  func others(_ category: String) throws {
    #expect(try decision("jdcloud") { $0.category = category }.outcome == .outOfScope)
  }

  @Test(
    "A word for a missing value is no category, no kind and no account: a person decides",
    .tags(.safety), arguments: ["-", "—", "无", "没有", "N/A", "null", "None", "NULL", "nil", "未知", "暂无", "（无）", "<null>"])
  func missing(_ word: String) throws {
    #expect(try decision("jdcloud") { $0.category = word }.outcome == .review)
    #expect(try decision("jdcloud") { $0.declaredKind = word }.outcome == .review)
    #expect(try decision("tencentcloud") { $0.declaredKind = word }.applicant == nil)
    let account = try decision("jdcloud") { $0.account = word }
    #expect(account.outcome == .review)
    #expect(account.findings.contains { $0.code == .accountMissing })
    #expect(try decision("jdcloud") { $0.status = word }.outcome == .accepted)
  }

  @Test("未分类 is as good as blank")
  func uncategorised() throws { #expect(try decision("jdcloud") { $0.category = "未分类" }.outcome == .review) }

  @Test("Nothing is said to be consistent where no account is named", .tags(.safety))
  func account() throws {
    let absent = try decision("jdcloud") { $0.account = "" }
    #expect(absent.outcome == .accepted)
    #expect(absent.findings.contains { $0.code == .accountUnchecked })
    #expect(!absent.findings.contains { $0.code == .accountConsistent })
    let blank = try decision("jdcloud") {
      $0.account = ""
      $0.lacksAccount = true
    }
    #expect(blank.outcome == .review)
    #expect(!blank.findings.contains { $0.code == .accountConsistent })
  }
}
