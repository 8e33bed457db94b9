import ClosureModel
import Examine
import Foundation
import Testing

@Suite("What colleagues wrote in a ticket")
struct ColleagueNotesTests {
  private static let examiner = Result { try Fixture.examiner() }

  private func reading(_ note: String) throws -> TextReading {
    var ticket = Ticket(
      id: Ticket.ID("T-1"), origin: Origin(file: "t", row: 1), subject: "申请注销账号",
      body: "本人已阅读并同意《京东云账户注销须知》，请注销账号。")
    ticket.replies = [Ticket.Message(author: .agent, text: note)]
    return try Self.examiner.get().examine(ticket, attachments: []).text
  }

  @Test(
    "Words that stop the ticket are for a person, with their place",
    arguments: [
      ("您好，客户来电表示先不注销了，本单挂起。", "客户来电表示先不注销了"), ("用户电话中要求撤回申请。", "用户电话中要求撤回申请"), ("疑似盗号，已转安全核实。", "疑似盗号"),
      ("该账户被法院冻结", "该账户被法院冻结"), ("VIP;勿处理", "勿处理"), ("审批不通过", "审批不通过"),
      ("Customer withdrew the request by phone.", "Customer withdrew the request by phone"),
      ("Possible fraud - on hold", nil), ("机主否认提交过本单", "机主否认提交过本单"), ("暫不處理，等法務", "暫不處理"),
    ] as [(String, String?)])
  func stops(_ note: String, _ words: String?) throws {
    let reading = try reading(note)
    #expect(reading.withdrawal.label == .unclear)
    let evidence = try #require(reading.withdrawal.evidence.first)
    #expect(evidence.source == .message(0))
    if let words { #expect(evidence.quote == words) }
    #expect(reading.consent.label == .affirmed)
  }

  @Test(
    "What agents ordinarily write stops nothing, and is no statement",
    arguments: [
      "您好，已收到，正在为您核实。", "您好，请问您确认要注销吗？注销后数据无法恢复。", "请您补充联系电话。", "如需撤回申请，请在3个工作日内回复本工单。",
      "若账户被冻结将无法注销，请您先行处理。", "您可以随时撤回申请。", "已核实身份，未发现冒用。", "账号存在余额，请先提现后再申请注销。", "VIP，北京", "已转二线", "客户已补充材料",
      "If you want to withdraw the request, please reply.", "本人已阅读并同意《京东云账户注销须知》。不注销。",
    ])
  func ordinary(_ note: String) throws {
    let reading = try reading(note)
    #expect(reading.withdrawal.label == .denied)
    #expect(reading.consent.label == .affirmed)
  }

  @Test("Our own replies stop nothing")
  func ownReplies() throws {
    let folder = Fixture.root.appending(path: "Tests/ComposeTests/Golden")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
    #expect(files.count >= 8)
    for file in files {
      let reply = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      #expect(try reading(reply).withdrawal.label == .denied, "\(file)")
    }
  }
}
