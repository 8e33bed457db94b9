import ClosureModel
import Foundation
import Testing

@testable import Ingest

/// An export folder of the test's own, removed with it.
final class ExportFixture {
  let folder = FileManager.default.temporaryDirectory.appending(path: "closedesk-export-\(UUID().uuidString)")

  init(_ files: [String: String]) throws {
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func read(
    _ name: String? = nil, systems: [SystemMap]? = nil
  ) throws -> ([Ticket], [RowError], Receipt, String?) {
    let path = name.map { folder.appending(path: $0).path } ?? folder.path
    let export = try TicketExport(path: path, options: IngestOptions(), systems: try systems ?? Maps.all())
    var tickets: [Ticket] = []
    var errors: [RowError] = []
    try export.forEach { item in
      switch item {
      case .ticket(let ticket): tickets.append(ticket)
      case .rowError(let error): errors.append(error)
      }
      return true
    }
    return (tickets, errors, try #require(export.receipt), export.system)
  }
}

@Suite("Ticket systems' exports with other ids, orders, gaps and people")
struct SystemVariationTests {
  static func zendesk(
    id: Int = 5, status: String = "open", tags: String = "[]", submitter: Int = 11, extra: String = ""
  ) -> String {
    """
    {"tags":\(tags),"custom_fields":[{"value":"企业","id":72},{"id":71,"value":"pin_a"}],"via":{"channel":"api"},
     "submitter_id":\(submitter),"requester_id":11,"status":"\(status)","created_at":"2026-03-04T05:06:07Z",
     "updated_at":"2026-03-04T06:00:00Z","subject":"注销","description":"请注销账号","id":\(id)\(extra)}
    """
  }
  static let people = """
    {"users":[{"id":11,"role":"end-user","email":"a@example.com"},{"id":12,"role":"agent","email":"b@example.com"},
     {"id":13,"role":"end-user","email":"c@example.com"}]}
    """
  static let fields = """
    {"ticket_fields":[{"id":71,"title":"用户账号"},{"id":72,"title":"认证类型"},{"id":73,"title":"账户余额"}]}
    """

  private static func page(_ tickets: String..., more: Bool = false) -> String {
    "{\"tickets\":[\(tickets.joined(separator: ","))],\"end_of_stream\":\(!more)}"
  }
  private static func comment(_ author: Int, _ text: String, at: Int = 1, isPublic: Bool = true) -> String {
    """
    {"author_id":\(author),"body":"\(text)","public":\(isPublic),"created_at":"2026-03-04T05:\(10 + at):00Z"}
    """
  }

  @Test("Whose words a message holds is told by the person, never by the place")
  func roles() throws {
    let fixture = try ExportFixture([
      "a.json": Self.page(Self.zendesk()), "users.json": Self.people, "ticket_fields.json": Self.fields,
      "comments/5.json":
        "{\"comments\":[\(Self.comment(12, "我已阅读并同意", at: 3)),\(Self.comment(11, "请注销账号", at: 1)),"
        + "\(Self.comment(13, "别注销", at: 4)),\(Self.comment(99, "谁", at: 5)),\(Self.comment(12, "内部", at: 6, isPublic: false))]}",
    ])
    let (tickets, errors, receipt, system) = try fixture.read()
    #expect(system == "Zendesk")
    #expect(errors.isEmpty)
    let ticket = try #require(tickets.first)
    #expect(ticket.body == "请注销账号")
    #expect(ticket.replies.map(\.author) == [.agent, .unknown, .unknown])
    #expect(ticket.replies.map(\.text) == ["我已阅读并同意", "别注销", "谁"])
    #expect(ticket.account == "pin_a")
    #expect(ticket.declaredKind == "企业")
    #expect(ticket.requesterEmail == "a@example.com")
    #expect(ticket.submittedAt == Timestamp(parsing: "2026-03-04T05:06:07Z"))
    #expect(receipt.gaps.isEmpty)
  }

  @Test("A ticket that an agent opened has no words of the customer")
  func openedByAgent() throws {
    let fixture = try ExportFixture([
      "a.json": Self.page(Self.zendesk(submitter: 12)), "users.json": Self.people,
      "comments/5.json": "{\"comments\":[\(Self.comment(12, "客户已同意注销须知"))]}",
    ])
    let ticket = try #require(try fixture.read().0.first)
    #expect(ticket.body.isEmpty)
    #expect(ticket.replies.map(\.author) == [.agent])
  }

  @Test("A description without its messages is a part of a ticket, and the receipt says so")
  func lackingMessages() throws {
    let fixture = try ExportFixture([
      "a.json": Self.page(Self.zendesk(), Self.zendesk(id: 6)), "users.json": Self.people,
      "comments/6.json": "{\"comments\":[\(Self.comment(11, "请注销账号"))]}",
    ])
    let (tickets, _, receipt, _) = try fixture.read()
    #expect(tickets.map(\.isPartial) == [true, false])
    #expect(receipt.gaps.map(\.code) == [.messages])
    #expect(receipt.gaps.first?.count == 1)
  }

  @Test(
    "What became of a ticket",
    arguments: [
      ("deleted", "[]", Ticket.Standing.deleted), ("closed", "[\"closed_by_merge\"]", .merged(into: nil)),
      ("solved", "[\"vip\"]", .closed), ("suspended", "[]", .spam), ("pending", "[\"closed_by_merger\"]", .open),
    ])
  func standing(_ status: String, _ tags: String, _ standing: Ticket.Standing) throws {
    let fixture = try ExportFixture(["a.json": Self.page(Self.zendesk(status: status, tags: tags))])
    #expect(try fixture.read().0.first?.standing == standing)
  }

  @Test("Of copies the newer counts; of equal ones no silent choice is made")
  func copies() throws {
    let newer = Self.zendesk(id: 5).replacing("06:00:00Z", with: "07:00:00Z").replacing("请注销账号", with: "不注销了")
    let fixture = try ExportFixture([
      "page1.json": Self.page(Self.zendesk(), more: true), "page2.json": Self.page(newer),
    ])
    let (tickets, errors, _, _) = try fixture.read()
    #expect(tickets.map(\.body) == ["不注销了"])
    #expect(errors.isEmpty)
    let twins = try ExportFixture([
      "page1.json": Self.page(Self.zendesk(), more: true),
      "page2.json": Self.page(Self.zendesk().replacing("请注销账号", with: "不注销了")),
    ])
    let (kept, others, _, _) = try twins.read()
    #expect(kept.map(\.hasConflictingCopy) == [true])
    #expect(others.map(\.code) == [.duplicateTicketID])
  }

  @Test("Pages that repeat tickets: an older copy, or the same one, is nothing to mend")
  func repeats() throws {
    let newer = Self.zendesk(id: 5).replacing("06:00:00Z", with: "07:00:00Z").replacing("请注销账号", with: "不注销了")
    let fixture = try ExportFixture([
      "page1.json": Self.page(Self.zendesk(), Self.zendesk(id: 6), more: true),
      "page2.json": Self.page(newer, more: true),
      "page3.json": Self.page(newer, Self.zendesk(id: 6)),
    ])
    let (tickets, errors, receipt, _) = try fixture.read()
    #expect(errors.isEmpty && receipt.rowErrors == 0)
    #expect(tickets.map(\.body).sorted() == ["不注销了", "请注销账号"])
    #expect(tickets.allSatisfy { !$0.hasConflictingCopy })
    #expect(receipt.copies == 3 && receipt.notes.contains { $0.hasPrefix("3 copies") }, "\(receipt.notes)")
  }

  @Test("The newest copy counts, whatever its form")
  func newestForm() throws {
    let newer = Self.zendesk().replacing("06:00:00Z", with: "07:00:00Z").replacing("请注销账号", with: "先不注销了")
    let other = Self.zendesk(id: 6)
    for (name, text) in [
      ("z.ndjson", [newer, other].map { $0.replacing("\n", with: "") }.joined(separator: "\n")),
      ("ticket-5.json", "{\"ticket\":\(newer)}"),
    ] {
      let fixture = try ExportFixture(["page.json": Self.page(Self.zendesk(), other), name: text])
      let (tickets, errors, _, _) = try fixture.read()
      #expect(errors.isEmpty, "\(name)")
      #expect(tickets.map(\.id.rawValue).sorted() == ["5", "6"], "\(name)")
      #expect(tickets.first { $0.id.rawValue == "5" }?.body == "先不注销了", "\(name)")
    }
    // The fuller form stays where it is as new.
    let same = try ExportFixture([
      "page.json": Self.page(Self.zendesk()), "ticket-5.json": "{\"ticket\":\(Self.zendesk())}",
    ])
    #expect(try same.read().2.sameTicketsElsewhere == 1)
  }

  @Test("Of details the newest are read; a list that is newer than them makes the ticket partial")
  func newestDetails() throws {
    func issue(_ day: String, _ journals: String) -> String {
      """
      {"id":9,"tracker":{"id":1,"name":"支持"},"author":{"id":41,"name":"何"},"project":{"id":1,"name":"账号与认证"},
       "status":{"id":1,"name":"新建"},"subject":"注销","description":"请注销账号","custom_fields":[],
       "created_on":"2026-07-01T01:00:00Z","updated_on":"2026-07-\(day)T01:00:00Z"\(journals)}
      """
    }
    func detail(_ day: String, _ text: String) -> String {
      let journal =
        "{\"id\":1,\"user\":{\"id\":41,\"name\":\"何\"},\"notes\":\"\(text)\",\"created_on\":\"2026-07-\(day)T01:00:00Z\"}"
      return "{\"issue\":\(issue(day, ",\"journals\":[\(journal)]"))}"
    }
    func list(_ day: String) -> String { "{\"issues\":[\(issue(day, ""))],\"total_count\":1}" }
    let older = detail("02", "我同意")
    let newer = detail("04", "先不注销了")
    let both = try ExportFixture([
      "a/issues.json": list("02"), "a/issue-9.json": older, "b/issues.json": list("04"), "b/issue-9.json": newer,
    ])
    let (tickets, errors, _, _) = try both.read()
    #expect(errors.isEmpty && tickets.map(\.isPartial) == [false])
    #expect(tickets.flatMap(\.replies).map(\.text) == ["先不注销了"])
    for (day, isPartial) in [("02", false), ("04", true)] {
      let fixture = try ExportFixture(["issues.json": list(day), "issue-9.json": older])
      #expect(try fixture.read().0.map(\.isPartial) == [isPartial])
      #expect(try fixture.read("issues.json").0.map(\.isPartial) == [isPartial])
    }
    let late = try ExportFixture(["issues.json": list("02"), "issue-9.json": newer])
    #expect(try late.read().0.flatMap(\.replies).map(\.text) == ["先不注销了"])
  }

  @Test("A page that is missing, a last page that promises more, a file that is cut off are told")
  func gaps() throws {
    let open = try ExportFixture([
      "page1.json": Self.page(Self.zendesk(), more: true), "page3.json": Self.page(Self.zendesk(id: 7), more: true),
    ])
    #expect(Set(try open.read().2.gaps.map(\.code)) == [.page, .lastPage, .messages])
    let cut = try ExportFixture([
      "page1.json": Self.page(Self.zendesk()), "page2.json": String(Self.page(Self.zendesk(id: 7)).dropLast(40)),
    ])
    let (_, errors, receipt, _) = try cut.read()
    #expect(errors.map(\.code) == [.malformedJSON])
    #expect(receipt.gaps.contains { $0.code == .document })
    let total = try ExportFixture([
      "issues.json": """
      {"issues":[{"id":1,"tracker":{"id":1},"author":{"id":2,"name":"甲"},"status":{"name":"新建"},"subject":"s",
       "description":"d","created_on":"2026-01-02T03:04:05Z"}],"total_count":3,"offset":0,"limit":100}
      """
    ])
    #expect(try total.read().2.gaps.first?.code == .total)
  }

  @Test("Null, missing and odd members never crash and never invent a value")
  func odd() throws {
    let fixture = try ExportFixture([
      "t.json": """
      {"tickets":[{"id":1,"requester_id":null,"custom_fields":null,"subject":null,"description":null,"tags":null},
       {"id":null,"requester_id":3,"custom_fields":[]},{"id":{"a":1},"requester_id":3,"custom_fields":[]},
       {"id":"../../etc","requester_id":3,"custom_fields":[]},{"requester_id":3,"custom_fields":[1,"x",[],{"id":5}],"id":2}]}
      """
    ])
    let (tickets, errors, _, _) = try fixture.read()
    #expect(tickets.map(\.id.rawValue) == ["1", "2"])
    #expect(tickets.allSatisfy { $0.body.isEmpty && $0.isPartial && $0.submittedAt == nil })
    #expect(errors.map(\.code) == [.missingTicketID, .missingTicketID, .badTicketID])
  }

  @Test("A quotation in the mark-up stays one, whatever the plain copy lost")
  func quotations() throws {
    let ticket = """
      [{"id":9,"fr_escalated":false,"custom_fields":{"cf_account_id":"p"},"requester_id":4,"subject":"s","status":2,
        "type":"账号与认证","created_at":"2026-01-02T03:04:05Z","description_text":"请注销","description":"<p>请注销</p>",
        "requester":{"email":"a@example.com"}}]
      """
    let fixture = try ExportFixture([
      "tickets.json": ticket,
      "conversations/9.json": """
      [{"ticket_id":9,"incoming":true,"private":false,"user_id":4,"created_at":"2026-01-02T04:04:05Z",
        "body":"<div>好的<blockquote>本人已阅读并同意</blockquote></div>","body_text":"好的\\n本人已阅读并同意"},
       {"ticket_id":9,"incoming":true,"private":false,"user_id":5,"body":"x","body_text":"x","created_at":"2026-01-02T05:04:05Z"}]
      """,
    ])
    let read = try #require(try fixture.read().0.first)
    #expect(read.replies.map(\.author) == [.customer, .unknown])
    #expect(read.replies.first?.text.contains("<blockquote>") == true)
    #expect(read.account == "p")
  }

  @Test("Where quotations lose their marks, an echo of the agent's words is nobody's for certain")
  func echoes() throws {
    let fixture = try ExportFixture([
      "issue-1.json": """
      {"issue":{"id":1,"tracker":{"id":1},"author":{"id":2,"name":"李 四"},"assigned_to":{"id":8},"status":{"name":"新建"},"subject":"注销",
       "description":"请注销","created_on":"2026-01-02T03:04:05Z","custom_fields":[],"attachments":[],"journals":[
       {"user":{"id":8},"notes":"请回复：本人已阅读并同意注销须知","created_on":"2026-01-02T04:04:05Z","private_notes":false},
       {"user":{"id":2},"notes":"收到\\n请回复：本人已阅读并同意注销须知","created_on":"2026-01-02T05:04:05Z","private_notes":false},
       {"user":{"id":2},"notes":"我同意","created_on":"2026-01-02T06:04:05Z","private_notes":false}]}}
      """
    ])
    let ticket = try #require(try fixture.read().0.first)
    #expect(ticket.replies.map(\.author) == [.agent, .unknown, .customer])
  }

  @Test("A user of the interface who filed it for the customer does not speak for him later")
  func filedByInterface() throws {
    let fixture = try ExportFixture([
      "issue-1.json": """
      {"issue":{"id":1,"tracker":{"id":1},"author":{"id":1,"name":"API User"},"status":{"name":"新建"},"subject":"注销",
       "description":"请注销","created_on":"2026-01-02T03:04:05Z","custom_fields":[{"name":"申请人","value":"王五"}],
       "attachments":[],"journals":[{"user":{"id":1},"notes":"客户电话里说同意","created_on":"2026-01-02T04:04:05Z"}]}}
      """
    ])
    let ticket = try #require(try fixture.read().0.first)
    #expect(ticket.body == "请注销")
    #expect(ticket.replies.map(\.author) == [.unknown])
  }

  @Test("Jira: what is internal by its property is left out, and every node of a document speaks")
  func documents() throws {
    func text(_ text: String) -> String { "{\"type\":\"text\",\"text\":\"\(text)\"}" }
    func paragraph(_ inside: String...) -> String {
      "{\"type\":\"paragraph\",\"content\":[\(inside.joined(separator: ","))]}"
    }
    func document(_ blocks: String...) -> String {
      "{\"type\":\"doc\",\"version\":1,\"content\":[\(blocks.joined(separator: ","))]}"
    }
    func node(_ type: String, _ attributes: String) -> String { "{\"type\":\"\(type)\",\"attrs\":{\(attributes)}}" }
    func holder(_ type: String, _ attributes: String, _ blocks: String...) -> String {
      "{\"type\":\"\(type)\",\"attrs\":{\(attributes)},\"content\":[\(blocks.joined(separator: ","))]}"
    }
    let body = document(
      paragraph(
        node("mention", #""id":"a","text":"@客服""#), text(" 我"), node("status", #""text":"同意","color":"green""#),
        text("，"),
        node("date", #""timestamp":"1784592000000""#), "{\"type\":\"hardBreak\"}", text("注销"),
        node("emoji", #""shortName":":ok:","text":"👌""#), node("inlineCard", #""url":"https://example.com/a""#),
        node("mediaInline", #""id":"x","type":"file""#), node("placeholder", #""text":"请填写""#)),
      holder("panel", #""panelType":"info""#, paragraph(text("面板"))),
      holder("expand", #""title":"标题""#, paragraph(text("展开"))),
      holder(
        "table", "",
        "{\"type\":\"tableRow\",\"content\":[\(holder("tableHeader", "", paragraph(text("账号")))),\(holder("tableCell", "", paragraph(text("pin_a"))))]}"
      ),
      node("blockCard", #""data":{"url":"https://example.com/b","name":"n"}"#), text("裸"),
      holder("mediaSingle", "", node("media", #""alt":"图","id":"y","type":"file""#)),
      holder("taskList", "", holder("taskItem", #""state":"DONE""#, text("勾选"))),
      holder(
        "blockquote", "", paragraph(text("引用")), holder("bulletList", "", holder("listItem", "", paragraph(text("项")))))
    )
    func comment(_ words: String, _ more: String, by author: String = "q1") -> String {
      """
      {"author":{"accountId":"\(author)"},"created":"2026-07-13T09:41:00.000+0800","body":\(document(paragraph(text(words))))\(more)}
      """
    }
    let fixture = try ExportFixture([
      "search.json": """
      {"issues":[{"id":"1","key":"DESK-1","fields":{"summary":"注销","description":\(body),"status":{"name":"Open"},
       "reporter":{"accountId":"q1","emailAddress":"a@example.com","displayName":"甲"},"creator":{"accountId":"q1"},
       "created":"2026-07-13T09:40:00.000+0530","updated":"2026-07-13T09:41:00.000+0800",
       "comment":{"total":3,"comments":[\(comment("公开", "")),
        \(comment("内部", ",\"properties\":[{\"key\":\"sd.public.comment\",\"value\":{\"internal\":true}}]", by: "a1")),
        \(comment("也公开", ",\"properties\":[{\"key\":\"sd.public.comment\",\"value\":{\"internal\":false}}]"))]}}}],
       "total":1}
      """
    ])
    let ticket = try #require(try fixture.read().0.first)
    #expect(
      ticket.body
        == "@客服 我同意，2026-07-21\n注销👌https://example.com/a\n面板\n标题\n展开\n账号\npin_a\nhttps://example.com/b\n裸\n图\n☑ 勾选\n> 引用\n> 项"
    )
    #expect(ticket.replies.map(\.text) == ["公开", "也公开"])
    #expect(ticket.submittedAt?.description == "2026-07-13T09:40:00+05:30")
    #expect(!ticket.isPartial)
  }

  @Test("Freshdesk: ten conversations inside a ticket may not be all, unless a file beside it holds them")
  func cappedConversations() throws {
    func conversations(_ count: Int) -> String {
      "["
        + (1...count).map {
          """
          {"id":\($0),"ticket_id":9,"incoming":\($0 != 2),"private":\($0 == 2),"user_id":\($0 == 2 ? 7 : 4),"body":"x\($0)","body_text":"x\($0)",
           "created_at":"2026-01-02T04:\(10 + $0):05Z","attachments":[]}
          """
        }.joined(separator: ",") + "]"
    }
    func ticket(_ count: Int) -> String {
      """
      [{"id":9,"fr_escalated":false,"custom_fields":{},"requester_id":4,"subject":"s","status":2,"type":"账号与认证",
        "created_at":"2026-01-02T03:04:05Z","description_text":"请注销","description":"<p>请注销</p>",
        "conversations":\(conversations(count))}]
      """
    }
    let nine = try #require(try ExportFixture(["t.json": ticket(9)]).read().0.first)
    #expect(!nine.isPartial && nine.replies.count == 8)
    #expect(try #require(try ExportFixture(["t.json": ticket(10)]).read().0.first).isPartial)
    let beside = try ExportFixture(["t.json": ticket(10), "conversations/9.json": conversations(12)])
    let all = try #require(try beside.read().0.first)
    #expect(!all.isPartial && all.replies.count == 11)
  }

  @Test("Zammad: the answer of a search says how many there are")
  func searched() throws {
    let fixture = try ExportFixture([
      "s.json": """
      {"record_ids":[7],"total_count":3,"assets":{"Ticket":{"7":{"id":7,"group_id":1,"state_id":2,"title":"注销","number":"67",
       "customer_id":5,"article_count":1,"created_at":"2026-01-02T03:04:05.1Z"}},"User":{"5":{"id":5,"email":"a@example.com"}},
       "TicketArticle":{"9":{"id":9,"ticket_id":7,"sender":"Customer","sender_id":2,"created_by_id":5,"body":"请注销","internal":false}},
       "Group":{"1":{"id":1,"name":"账号与认证"}},"TicketState":{"2":{"id":2,"name":"open"}}}}
      """
    ])
    let (tickets, _, receipt, system) = try fixture.read()
    #expect(system == "Zammad" && tickets.first?.body == "请注销")
    #expect(receipt.claimed == 3 && receipt.gaps.map(\.code) == [.total])
  }

  @Test("A deleted ticket lacks nothing: nobody answers it")
  func deletedLacksNothing() throws {
    let fixture = try ExportFixture([
      "a.json": Self.page(Self.zendesk(status: "deleted"), Self.zendesk(id: 6)),
      "comments/6.json": "{\"comments\":[\(Self.comment(11, "请注销账号"))]}",
    ])
    let (tickets, _, receipt, _) = try fixture.read()
    #expect(tickets.map(\.standing) == [.deleted, .open] && !tickets[0].isPartial)
    #expect(receipt.gaps.isEmpty)
  }

  @Test("Clouds' own tickets are read by their field shapes")
  func clouds() throws {
    let aliyun = try ExportFixture([
      "list.json": """
      {"Data":{"List":[{"Id":"A1","Title":"注销","Description":"请注销","CreateTime":1772600767000,
       "TicketStatus":{"Label":"处理中","Value":"dealing"},"Uid":"100200","CategoryName":"账号与认证"}],"Total":1}}
      """,
      "notes/A1.json": """
      {"Data":{"List":[{"FromOfficial":true,"Content":"请确认","CreateTime":1772600867000},
       {"FromOfficial":false,"Content":"确认","CreateTime":1772600967000}]}}
      """,
    ])
    let (tickets, _, receipt, system) = try aliyun.read()
    #expect(system == "阿里云工单")
    #expect(tickets.first?.replies.map(\.author) == [.agent, .customer])
    #expect(tickets.first?.submittedAt?.epochSeconds == 1_772_600_767)
    #expect(tickets.first?.account == "100200")
    #expect(receipt.gaps.isEmpty)
  }

  @Test("A table of one's own is no system's export")
  func ownTable() throws {
    let fixture = try ExportFixture(["t.csv": "工单编号,服务分类,问题描述\nT-1,账号与认证,请注销\n"])
    let (tickets, _, _, system) = try fixture.read("t.csv")
    #expect(system == nil)
    #expect(tickets.map(\.id.rawValue) == ["T-1"])
  }

  @Test("Exactly as many rows as exports are cut off at, and a last row that is cut off, are told")
  func suspicion() throws {
    let rows = (1...1000).map { "T-\($0),账号与认证,请注销" }.joined(separator: "\n")
    let fixture = try ExportFixture([
      "t.csv": "工单编号,服务分类,问题描述\n" + rows + "\n", "cut.csv": "工单编号,服务分类,问题描述\nT-1,a,b\nT-2,a",
    ])
    #expect(try fixture.read("t.csv").2.gaps.map(\.code) == [.roundNumber])
    #expect(try fixture.read("cut.csv").2.gaps.map(\.code) == [.lastRow])
  }

  @Test("An agent's words never land in the body or in a customer's message", arguments: 1...60)
  func property(_ seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var comments: [String] = []
    for index in 0..<random(8) {
      let author = [11, 12, 13, 99][random(4)]
      comments.append(
        Self.comment(author, "\(author == 11 ? "mine" : "foreign") \(index)", at: random(40), isPublic: random(4) > 0))
    }
    let text = "{\"comments\":[\(comments.joined(separator: ","))]}"
    let isInside = random(2) == 0
    var files = ["users.json": Self.people]
    files["t.json"] = Self.page(
      Self.zendesk(
        submitter: [11, 12][random(2)], extra: isInside ? ",\"comments\":[\(comments.joined(separator: ","))]" : ""))
    if !isInside, random(3) > 0 { files["comments/5.json"] = text }
    let ticket = try #require(try ExportFixture(files).read().0.first, "seed \(seed)")
    #expect(!ticket.body.contains("foreign"), "seed \(seed)")
    #expect(!ticket.replies.contains { $0.author == .customer && $0.text.contains("foreign") }, "seed \(seed)")
  }
}

@Suite("Times of ticket systems")
struct SystemTimeTests {
  @Test(
    "Each form, its zone kept",
    arguments: [
      ("2026-06-18.01:21:38", "2026-06-18T01:21:38+08:00"), ("Tue Jun 09 09:12:31 2026", "2026-06-09T09:12:31+08:00"),
      ("2026-六月-09 09:12:31 星期二", "2026-06-09T09:12:31+08:00"),
      ("2026-十一月-21 08:02:57 星期六", "2026-11-21T08:02:57+08:00"), ("13/Jul/26 9:41 AM", "2026-07-13T09:41:00+08:00"),
      ("13/Jul/26 12:05 AM", "2026-07-13T00:05:00+08:00"), ("13/七月/26 1:37 下午", "2026-07-13T13:37:00+08:00"),
      ("Tue, 09 Jun 2026 09:12:31 -0330", "2026-06-09T09:12:31-03:30"),
      ("2026-07-13T09:41:00.000+0530", "2026-07-13T09:41:00+05:30"), ("1783906860000", "2026-07-13T01:41:00Z"),
    ])
  func forms(_ text: String, _ wanted: String) throws {
    let found = try #require(SystemTime.parse(text, zone: .china), "\(text)")
    #expect(found.time == (try #require(Timestamp(parsing: wanted))))
  }

  @Test(
    "What is no time is none",
    arguments: [
      "", "Not set", "1970-01-01T00:00:00Z", "13/13/26 9:41", "05/06/2026 09:00", "Jun 2026", "99/Jul/26 9:41 AM",
    ])
  func none(_ text: String) { #expect(SystemTime.parse(text, zone: .china) == nil) }

  @Test("The zone of the settings is taken for a time that names none, and only for it")
  func zone() throws {
    let zone = LocalZone(name: "UTC-3") { _ in -3 * 3600 }
    let local = try #require(SystemTime.parse("2026-06-18 01:00", zone: zone))
    #expect(local.isLocal)
    #expect(local.time.description == "2026-06-18T01:00:00-03:00")
    #expect(try #require(SystemTime.parse("2026-06-18T01:00:00Z", zone: zone)).isLocal == false)
  }
}

@Suite("Maps of exports")
struct SystemMapTests {
  @Test(
    "A mistake in a map is told with file and line",
    arguments: [
      ("id: a\nname: b\ndocuments: []\nrecords: {}\nmore: 1", "unknown key"), ("id: a", "missing"),
      ("id: a\nname: b\nrecords: {r: {id: tickets/x}}\ndocuments: []", "must begin with"),
      (
        "id: a\nname: b\nrecords: {r: {id: /x}}\ndocuments: [{id: d, has: [/a], tickets: /t, record: other}]",
        "no record"
      ),
      ("id: a\nname: b\nrecords: {r: {id: /x}}\ndocuments: [{id: d, has: ['/a[b'], tickets: /t, record: r}]", "filter"),
      ("id: a\nname: b\nbeside: [../x]\nrecords: {}\ndocuments: []", "beside"),
    ])
  func strict(_ text: String, _ what: String) {
    let error = #expect(throws: IngestError.self) { try SystemMapLoader.load(text: text, file: "x.yaml") }
    #expect(error?.code == .badTemplate)
    #expect(error?.description.contains(what) == true, "\(String(describing: error))")
  }

  @Test("JSON is whole or none; a head may be cut anywhere")
  func json() throws {
    let text = #"{"a":[1,-2.5e3,"中\u4e2d\ud83d\ude00\n",true,null],"b":{"c":{}}}"#
    let whole = try #require(JSONValue.parse(Array(text.utf8)))
    #expect(whole["a"]?.text == "1\n-2.5e3\n中中😀\n\ntrue")
    for cut in 1..<text.utf8.count {
      let part = Array(text.utf8.prefix(cut))
      #expect(JSONValue.parse(part) == nil)
      _ = JSONValue.head(part)
    }
    for bad in [
      "01", "{\"a\":1,}", "[1 2]", "\"\u{1}\"", "{\"a\" 1}", "nul", "1 2", String(repeating: "[", count: 5000),
    ] {
      #expect(JSONValue.parse(Array(bad.utf8)) == nil, "\(bad.prefix(20))")
    }
  }
}
