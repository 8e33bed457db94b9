import ClosureModel
import Foundation
import Testing

@testable import Ingest

/// What an export leaves open must end at a person: as a message of nobody known, or as a ticket in part.
@Suite("Ticket systems' exports: whose words they are, and whether they are all there")
struct SystemDoubtTests {
  typealias Author = Ticket.Message.Author

  private static let consent = "本人已阅读并同意注销须知，请注销账号 pin_a"
  private static let withdrawal = "我不注销了"

  private static func ticket(_ files: [String: String]) throws -> Ticket {
    try #require(try ExportFixture(files).read().0.first)
  }

  // MARK: Atlassian documents

  @Test(
    "An empty box before a task stays visible",
    arguments: [
      ("taskItem", #""state":"TODO""#, "☐ 本人同意"), ("taskItem", #""state":"DONE""#, "☑ 本人同意"),
      ("taskItem", #""localId":"a""#, "☐ 本人同意"), ("decisionItem", #""state":"DECIDED""#, "☑ 本人同意"),
      ("decisionItem", #""state":"UNDECIDED""#, "☐ 本人同意"), ("decisionItem", #""localId":"a""#, "本人同意"),
    ])
  func boxes(_ type: String, _ attributes: String, _ text: String) throws {
    let item = #"{"type":"\#(type)","attrs":{\#(attributes)},"content":[{"type":"text","text":"本人同意"}]}"#
    let document = #"{"type":"doc","content":[{"type":"taskList","content":[\#(item)]}]}"#
    #expect(RichText.atlassian(try #require(JSONValue.parse(Array(document.utf8)))) == text)
  }

  @Test("A task that holds paragraphs has its box before the first, in a quotation too")
  func blockTask() throws {
    let item = #"""
      {"type":"blockTaskItem","attrs":{"state":"TODO"},"content":[
       {"type":"paragraph","content":[{"type":"text","text":"一"}]},{"type":"paragraph","content":[{"type":"text","text":"二"}]}]}
      """#
    let document = #"{"type":"doc","content":[\#(item),{"type":"blockquote","content":[\#(item)]}]}"#
    #expect(RichText.atlassian(try #require(JSONValue.parse(Array(document.utf8)))) == "☐ 一\n二\n> ☐ 一\n> 二")
  }

  // MARK: wiki and Textile

  @Test(
    "Words between hyphens are struck, hyphens inside words and lists are not",
    arguments: [
      ("-本人同意《须知》-，请注销", "<s>本人同意《须知》</s>，请注销"), ("请看 -我同意- 。", "请看 <s>我同意</s> 。"),
      ("（-同意-）", "（<s>同意</s>）"), ("-a- 和 -b-", "<s>a</s> 和 <s>b</s>"), ("好{-}我同意{-}吧", "好<s>我同意</s>吧"),
      ("电话 138-0013-8000", "电话 138-0013-8000"), ("0571-8800-", "0571-8800-"), ("- 一\n- 二 -", "- 一\n- 二 -"),
      ("地址：北京-朝阳-望京", "地址：北京-朝阳-望京"), ("-地址：北京-朝阳", "-地址：北京-朝阳"), ("2026-07-20 - 同意 -", "2026-07-20 - 同意 -"),
      ("--同意--", "--同意--"), ("-一\n二-", "-一\n二-"), ("-", "-"), ("--", "--"), ("-3-", "-3-"), ("{-}同意", "{-}同意"),
    ])
  func struck(_ text: String, _ shown: String) {
    #expect(RichText.wiki(text) == shown)
    #expect(RichText.textile(text) == shown)
  }

  // MARK: whose words

  @Test(
    "Zammad: who wrote an article is who made it, not whom it names as its origin or in a part of its sender",
    arguments: [
      (302, "web", "null", "李 <a@example.com>", Author.customer), (58, "web", "302", "李 <a@example.com>", .unknown),
      (58, "note", "302", "李 <a@example.com>", .unknown), (58, "email", "302", "李 <a@example.com>", .unknown),
      (1, "email", "null", "李 <A@example.com>", .customer), (31, "email", "null", "<ba@example.com>", .unknown),
      (31, "email", "null", "\\\"a@example.com\\\" <x@example.org>", .unknown),
      (58, "phone", "302", "<a@example.com>", .agent),
    ])
  func zammad(_ by: Int, _ type: String, _ origin: String, _ from: String, _ author: Author) throws {
    let ticket = try Self.ticket([
      "tickets.json": """
      [{"id":82,"group_id":6,"number":"82001","title":"注销","customer_id":302,"customer":"a@example.com","group":"账号",
        "state":"open","created_at":"2026-09-01T02:03:04.567Z","updated_at":"2026-09-01T02:03:04.567Z"}]
      """,
      "articles/82.json": """
      [{"id":1,"ticket_id":82,"sender":"Customer","sender_id":2,"type":"web","created_by_id":302,"internal":false,
        "body":"请注销","created_at":"2026-09-01T02:03:04.000Z"},
       {"id":2,"ticket_id":82,"sender":"Customer","sender_id":2,"type":"\(type)","created_by_id":\(by),
        "origin_by_id":\(origin),"from":"\(from)","internal":false,"body":"\(Self.consent)",
        "created_at":"2026-09-01T02:04:04.000Z"}]
      """,
    ])
    #expect(ticket.replies.map(\.author) == [author])
  }
}
