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
}
