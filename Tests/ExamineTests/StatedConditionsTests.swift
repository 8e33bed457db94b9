import ClosureModel
import Testing

@testable import Examine

@Suite("What the applicant says stands in the way of the closing")
struct StatedConditionsTests {
  private static let statement = "我已阅读并同意《京东云账户注销须知》，请注销。"

  private func stated(_ text: String) throws -> Set<Requirement> {
    Set(try Fixture.examiner().read(Self.statement + text).stated.keys)
  }

  @Test(
    "It is found by its condition",
    arguments: [
      ("账户余额还有200元。", Requirement.balance), ("里面余额剩下三块。", .balance), ("余额 12.50 元，麻烦处理。", .balance),
      ("账号有2台云主机。", .resources), ("服务器还没释放。", .resources), ("下面还有三个存储桶。", .resources),
      ("我是云市场服务商。", .serviceProvider), ("还有商品在售。", .serviceProvider),
      ("账号下有备案。", .icpFiling), ("备案还没注销。", .icpFiling),
      ("账号欠费未结清。", .arrears), ("欠费还有30元。", .arrears), ("欠款还没还清。", .arrears), ("有欠费。", .arrears),
      ("账户欠费中。", .arrears), ("余额还有200元，请退回到我的银行卡。", .balance), ("余额还有200元，不要给我清零。", .balance),
      ("账号下还有三个存储桶，请帮忙删除。", .resources), ("有2台服务器，下个月到期。", .resources), ("我是万象的服务商。", .serviceProvider),
      ("The account is in arrears, there is an unpaid bill.", .arrears),
    ])
  func found(_ text: String, _ requirement: Requirement) throws {
    #expect(try stated(text).contains(requirement))
  }

  @Test(
    "What is settled, asked, supposed, another's or of another time is not",
    arguments: [
      "账户余额已提现，没有欠费，服务器都释放了，没有备案。", "余额0元，欠费0元。", "没有未结清的欠费，之前有三台云主机都删了。",
      "余额还剩3元我不要了。", "余额 12 元，已提现。", "还有余额怎么办？", "如果还有余额就放弃。", "自愿放弃余额。",
      "我不是服务商。", "备案已取消，域名转出了。", "代金券还有3张没用。", "余额为零。", "客服说账号下有备案。", "是否有备案：无。",
    ])
  func settled(_ text: String) throws {
    #expect(try stated(text).isEmpty)
  }

  @Test(
    "Who does not want the account closed is for a person, wherever he says it",
    arguments: [
      "我不想注销账号。", "我不同意注销账号，", "我不打算注销账号。", "我不愿注销账号。", "现在不想注销，", "我想继续使用账号，", "您好，我不想注销账号。\n",
      "我没有申请注销。", "I do not want to close my account. ", "We did not ask you to close our account. ", "我不想把我的京东云账号注销掉，",
    ])
  func unwilling(_ text: String) throws {
    for whole in [text + Self.statement, Self.statement + text] {
      #expect(try Fixture.examiner().read(whole).withdrawal.label != .denied, "\(whole)")
    }
  }

  @Test(
    "Who cannot close it, or closes only this one, wants it closed",
    arguments: ["无法注销，", "不能自助注销，", "一直注销不了，", "自助注销不成功，"])
  func willing(_ text: String) throws {
    #expect(try Fixture.examiner().read(text + Self.statement).withdrawal.label == .denied)
  }
}
