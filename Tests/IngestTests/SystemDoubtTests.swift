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
    // However many hyphens a line has, it is gone through once.
    let long = String(repeating: "-a ", count: 20_000)
    #expect(RichText.textile(long + "\n" + text) == long + "\n" + shown)
    #expect(RichText.wiki(text) == shown)
    #expect(RichText.textile(text) == shown)
  }

  // MARK: marked as internal

  @Test("A customer's own words that are marked as internal go to a person; an agent's note stays out")
  func internalNotes() throws {
    func note(_ author: Int) -> String {
      """
      {"comments":[{"author_id":11,"body":"\(Self.consent)","public":true,"created_at":"2026-03-04T05:10:00Z"},
       {"author_id":\(author),"body":"\(Self.withdrawal)","public":false,"created_at":"2026-03-04T05:11:00Z"}]}
      """
    }
    let page = "{\"tickets\":[\(SystemVariationTests.zendesk())],\"end_of_stream\":true}"
    func read(_ author: Int) throws -> [Author] {
      try Self.ticket(["a.json": page, "users.json": SystemVariationTests.people, "comments/5.json": note(author)])
        .replies.map(\.author)
    }
    #expect(try read(11) == [.unknown])
    #expect(try read(12) == [])
  }

  // MARK: whose words

  @Test(
    "Jira Data Center names no roles: who is in charge or wrote notes is an agent, nobody else",
    arguments: [("null", false, Author.unknown), (#"{"key":"U3","name":"gu"}"#, false, .agent), ("null", true, .agent)])
  func dataCenter(_ assignee: String, _ wroteNotes: Bool, _ author: Author) throws {
    func comment(_ text: String, isPublic: Bool) -> String {
      """
      {"author":{"key":"U3","name":"gu"},"created":"2026-07-13T09:45:00.000+0800","body":"\(text)","jsdPublic":\(isPublic)}
      """
    }
    let comments = [comment(Self.withdrawal, isPublic: true)] + (wroteNotes ? [comment("备注", isPublic: false)] : [])
    let ticket = try Self.ticket([
      "search.json": """
      {"issues":[{"id":"1","key":"DESK-1","fields":{"summary":"注销","description":"\(Self.consent)","status":{"name":"Open"},
       "reporter":{"key":"U2","name":"li","emailAddress":"a@example.com"},"creator":{"key":"U2","name":"li"},
       "assignee":\(assignee),"created":"2026-07-13T09:40:00.000+0530","updated":"2026-07-13T09:41:00.000+0800",
       "comment":{"total":\(comments.count),"comments":[\(comments.joined(separator: ","))]}}}],"total":1}
      """
    ])
    #expect(ticket.replies.map(\.author) == [author])
  }

  @Test(
    "Redmine: who is in charge, wrote private notes or changed the state is an agent; a watcher and a stranger are not",
    arguments: [
      (#""assigned_to":{"id":8}"#, "", Author.agent), (#""assigned_to":null"#, "", .unknown),
      (#""assigned_to":null"#, #",{"user":{"id":8},"notes":"备注","private_notes":true}"#, .agent),
      (
        #""assigned_to":null"#, #",{"user":{"id":8},"notes":"","details":[{"property":"attr","name":"status_id"}]}"#,
        .agent
      ),
      (#""assigned_to":{"id":8},"watchers":[{"id":8}]"#, "", .unknown),
    ])
  func redmine(_ more: String, _ journals: String, _ author: Author) throws {
    let ticket = try Self.ticket([
      "issue-1.json": """
      {"issue":{"id":1,"tracker":{"id":1},"author":{"id":2,"name":"李四"},"status":{"name":"新建"},"subject":"注销",\(more),
       "description":"\(Self.consent)","created_on":"2026-01-02T03:04:05Z","custom_fields":[],"attachments":[],"journals":[
       {"user":{"id":8},"notes":"\(Self.withdrawal)","created_on":"2026-01-02T04:04:05Z","private_notes":false}\(journals)]}}
      """
    ])
    #expect(ticket.replies.map(\.author) == [author])
  }

  @Test(
    "Redmine: an author who is an agent is nobody's customer, whomever the form names",
    arguments: [(8, "", Author.customer), (2, "", .unknown), (8, "李四", .customer), (2, "李四", .unknown)])
  func redmineAuthor(_ assigned: Int, _ applicant: String, _ author: Author) throws {
    let ticket = try Self.ticket([
      "issue-1.json": """
      {"issue":{"id":1,"tracker":{"id":1},"author":{"id":2,"name":"客服王"},"assigned_to":{"id":\(assigned)},
       "status":{"name":"新建"},"subject":"注销","description":"\(Self.consent)","created_on":"2026-01-02T03:04:05Z",
       "custom_fields":[{"name":"申请人","value":"\(applicant)"}],"journals":[{"user":{"id":2},"notes":"请尽快",
        "created_on":"2026-01-02T04:04:05Z"}],"attachments":[{"id":5,"filename":"书.png","author":{"id":2}}]}}
      """
    ])
    #expect(ticket.body == (author == .customer ? Self.consent : ""))
    #expect(ticket.replies.first?.author == (applicant.isEmpty ? author : .unknown))
    #expect(ticket.attachments == (author == .customer ? ["书.png"] : []))
  }

  @Test(
    "Redmine: a journal or a description that somebody else has changed is nobody's",
    arguments: [
      ("", "", Author.customer, Author.customer), (#","updated_by":{"id":2}"#, "", .customer, .customer),
      (#","updated_by":{"id":8}"#, "", .customer, .unknown), ("", #""user":{"id":2}"#, .customer, .customer),
      ("", #""user":{"id":8}"#, .unknown, .customer),
    ])
  func redmineEdited(_ journal: String, _ editor: String, _ body: Author, _ reply: Author) throws {
    let change = """
      ,{"id":4,\(editor),"notes":"","created_on":"2026-01-02T05:04:05Z",
       "details":[{"property":"attr","name":"description","old_value":"请注销","new_value":"\(Self.consent)"}]}
      """
    let ticket = try Self.ticket([
      "issue-1.json": """
      {"issue":{"id":1,"tracker":{"id":1},"author":{"id":2,"name":"李四"},"assigned_to":{"id":9},
       "status":{"name":"新建"},"subject":"注销","description":"\(Self.consent)","created_on":"2026-01-02T03:04:05Z",
       "journals":[{"id":3,"user":{"id":2},"notes":"我同意","created_on":"2026-01-02T04:04:05Z"\(journal)}
        \(editor.isEmpty ? "" : change)]}}
      """
    ])
    #expect((ticket.body == Self.consent) == (body == .customer))
    #expect(ticket.replies.map(\.author) == (body == .customer ? [reply] : [body, reply]))
  }

  @Test(
    "Redmine's table: what an author wrote to whom issues are assigned is nobody's",
    arguments: [
      "#,跟踪,状态,主题,作者,指派给,创建于,更新于,描述", "#,追蹤標籤,狀態,主旨,作者,被分派者,建立日期,更新日期,概述",
      "#,Tracker,Status,Subject,Author,Assignee,Created,Updated,Description",
    ])
  func redmineRows(_ header: String) throws {
    func row(_ id: Int, _ author: String, _ assigned: String) -> String {
      "\(id),支持,新建,注销,\(author),\(assigned),2026-06-16 09:04,2026-06-16 09:04,\(Self.consent)"
    }
    let fixture = try ExportFixture([
      "issues.csv": [header, row(1, "李四", "王五"), row(2, "王五", ""), row(3, "赵六", "赵六"), row(4, "李四", "")]
        .joined(separator: "\n")
    ])
    let tickets = try fixture.read("issues.csv").0
    #expect(tickets.map(\.body) == [Self.consent, "", "", Self.consent])
    #expect(tickets.map { $0.replies.map(\.author) } == [[], [.unknown], [.unknown], []])
  }

  @Test(
    "Request Tracker: the owner and who wrote comments answer, no stranger; the requestor or root asks",
    arguments: [
      ("a@example.com", "gu", "gu", "[]", "", Author.agent), ("a@example.com", "gu", "Nobody", "[]", "", .unknown),
      ("a@example.com", "gu", "gu", #"[{"id":"gu"}]"#, "", .unknown), ("root", "gu", "gu", "[]", "", .agent),
      (
        "a@example.com", "gu", "Nobody", "[]",
        #",{"id":"3","Type":"Comment","Creator":{"id":"gu"},"Created":"2026-07-20T03:00:00Z","_hyperlinks":[]}"#, .agent
      ),
      ("gu", "gu", "Nobody", "[]", "", .unknown),
    ])
  func requestTracker(
    _ creator: String, _ writer: String, _ owner: String, _ copy: String, _ more: String, _ author: Author
  ) throws {
    func part(_ id: Int, _ text: String) -> String {
      """
      {"id":\(id),"Content":"\(Data(text.utf8).base64EncodedString())","ContentType":"text/plain",
       "TransactionId":{"id":"\(id)"},"Headers":""}
      """
    }
    let ticket = try Self.ticket([
      "ticket-7.json": """
      {"id":7,"Subject":"注销","Status":"open","EffectiveId":{"id":"7"},"Queue":{"id":"4","Name":"账号与认证"},
       "Requestor":[{"id":"a@example.com"}],"Owner":{"id":"\(owner)"},"Cc":\(copy),"Created":"2026-07-20T01:30:00Z"}
      """,
      "history-7.json": """
      {"items":[{"id":"1","Type":"Create","Creator":{"id":"\(creator)"},"Created":"2026-07-20T01:30:00Z","_hyperlinks":[]},
       {"id":"2","Type":"Correspond","Creator":{"id":"\(writer)"},"Created":"2026-07-20T02:00:00Z","_hyperlinks":[]}\(more)]}
      """,
      "attachment-7-1.json": part(1, Self.consent), "attachment-7-2.json": part(2, Self.withdrawal),
      "attachment-7-3.json": part(3, "备注"),
    ])
    #expect(ticket.body == (creator == "gu" ? "" : Self.consent))
    #expect(ticket.replies.map(\.author) == (creator == "gu" ? [.unknown, author] : [author]))
  }

  @Test(
    "Request Tracker: a mail that the customer has attached to his own is not his word",
    arguments: [
      ("multipart/alternative", true, Author.customer), ("message/rfc822", true, .unknown), ("", false, .unknown),
    ])
  func attachedMail(_ container: String, _ isListed: Bool, _ author: Author) throws {
    func part(_ id: Int, _ of: Int, _ parent: Int?, _ text: String) -> String {
      """
      {"id":\(id),"Content":"\(Data(text.utf8).base64EncodedString())","ContentType":"text/plain","Filename":"",
       "Parent":\(parent.map { "{\"id\":\"\($0)\",\"type\":\"attachment\"}" } ?? "\"0\""),
       "TransactionId":{"id":"\(of)"},"Headers":""}
      """
    }
    func listed(_ id: Int, _ of: Int, _ kind: String, _ length: Int, _ name: String = "") -> String {
      """
      {"id":"\(id)","TransactionId":"\(of)","ContentType":"\(kind)","ContentLength":"\(length)","Filename":"\(name)"}
      """
    }
    var files = [
      "ticket-7.json": """
      {"id":7,"Subject":"注销","Status":"open","EffectiveId":{"id":"7"},"Queue":{"id":"4","Name":"账号与认证"},
       "Requestor":[{"id":"a@example.com"}],"Owner":{"id":"gu"},"Cc":[],"Created":"2026-07-20T01:30:00Z"}
      """,
      "history-7.json": """
      {"items":[
       {"id":"1","Type":"Create","Creator":{"id":"a@example.com"},"Created":"2026-07-20T01:30:00Z","_hyperlinks":[]},
       {"id":"2","Type":"Correspond","Creator":{"id":"a@example.com"},"Created":"2026-07-20T02:00:00Z","_hyperlinks":[]}]}
      """,
      "attachment-7-11.json": part(11, 1, nil, "请注销账号"), "attachment-7-23.json": part(23, 2, 22, Self.consent),
    ]
    if isListed {
      files["attachments-7.json"] = """
        {"items":[\(listed(11, 1, "text/plain", 9)),\(listed(21, 2, "multipart/mixed", 0)),\(listed(22, 2, container, 0)),
         \(listed(23, 2, "text/plain", 9)),\(listed(24, 2, "image/png", 9, "样本.png"))]}
        """
      files["attachment-7-24.json"] = """
        {"id":24,"Content":"AAAA","ContentType":"image/png","Filename":"样本.png","Parent":{"id":"22"},
         "TransactionId":{"id":"2"},"Headers":""}
        """
    }
    let ticket = try Self.ticket(files)
    #expect(ticket.body == "请注销账号")
    #expect(ticket.replies.map(\.author) == [author])
    #expect(ticket.attachments == (author == .customer ? ["样本.png"] : []))
  }

  @Test(
    "Roundup: whose message went on to the requester, and another to another's requester, is an agent, unless in copy",
    arguments: [
      ("[]", "b@example.com", "[]", "null", Author.unknown), (#"["wang"]"#, "b@example.com", "[]", "null", .unknown),
      (#"["wang","a@example.com"]"#, "b@example.com", "[]", "null", .agent),
      (#"["a@example.com"]"#, "b@example.com", #"[{"id":"8"}]"#, "null", .unknown),
      (#"["a@example.com"]"#, "wang", "[]", "null", .unknown),
      (#"["a@example.com"]"#, "c@example.com", "[]", "null", .unknown),
      (#"["a@example.com"]"#, "b@example.com\",\"a@example.com", "[]", "null", .unknown),
      ("[]", "wang", "[]", #"{"id":"8"}"#, .agent),
    ])
  func roundup(_ recipients: String, _ others: String, _ nosy: String, _ assigned: String, _ author: Author) throws {
    func message(_ id: Int, _ author: String, _ text: String, _ recipients: String) -> String {
      let list = recipients.replacing("\"", with: "").dropFirst().dropLast().split(separator: ",")
        .map { "{\"username\":\"\($0)\"}" }
      return """
        {"data":{"id":"\(id)","attributes":{"author":\(author),"content":"\(text)","date":"2026-06-18.0\(id):00:00",
         "recipients":[\(list.joined(separator: ","))],"files":[]}}}
        """
    }
    func issue(_ id: Int, _ email: String, _ messages: String) -> String {
      """
      {"data":{"id":"\(id)","attributes":{"title":"注销","email":"\(email)","creation":"2026-06-18.01:00:00","nosy":\(nosy),
       "assignedto":\(assigned),"status":{"id":"1","name":"unread"},"messages":\(messages),"files":[]}}}
      """
    }
    let tickets = try ExportFixture([
      "issue-5.json": issue(5, "a@example.com", #"[{"id":"1"},{"id":"2"}]"#),
      "issue-6.json": issue(6, "b@example.com", #"[{"id":"3"}]"#),
      "msg-1.json": message(1, #"{"id":"9","username":"a@example.com"}"#, Self.consent, "[]"),
      "msg-2.json": message(2, #"{"id":"8","username":"li"}"#, Self.withdrawal, recipients),
      "msg-3.json": message(3, #"{"id":"8","username":"li"}"#, "好", "[\"\(others)\"]"),
    ]).read().0
    let ticket = try #require(tickets.first { $0.id == Ticket.ID("5") })
    #expect(ticket.body == Self.consent)
    #expect(ticket.replies.map(\.author) == [author])
  }

  @Test("A table looks at no more files for one key than its map says", arguments: [(2, "一\n二"), (9, "一\n二\n三")])
  func fewFiles(_ most: Int, _ text: String) throws {
    let map = try SystemMapLoader.load(
      text: """
        id: own
        name: Own
        documents:
          - {id: page, has: [/tickets], tickets: /tickets/*, record: ticket}
          - {id: note, has: [/note], tables: {notes: {rows: /, key: /note/of, files: \(most)}}}
        records:
          ticket: {id: /id, subject: "notes(/id)/note/text"}
        """, file: "own.yaml")
    var files = ["a.json": #"{"tickets":[{"id":"7"}]}"#]
    for (index, text) in ["一", "二", "三"].enumerated() {
      files["n\(index).json"] = #"{"note":{"of":"7","text":"\#(text)"}}"#
    }
    let fixture = try ExportFixture(files)
    #expect(try fixture.read(systems: [map]).0.map(\.subject) == [text])
  }

  @Test(
    "Roundup: of an issue's files those of another's message, or put there by another who writes, are not the customer's",
    arguments: [
      ("[]", "[]", "", ["书.png", "图.png"]), (#"[{"id":"3"}]"#, "[]", "", ["图.png"]),
      (#"[{"id":"3"},{"id":"4"}]"#, "[]", "", []),
      (#"[{"id":"3"}]"#, #"[{"id":"3"},{"id":"4"}]"#, "", ["书.png", "图.png"]),
      ("[]", "[]", #","creator":{"id":"8"}"#, ["图.png"]), ("[]", "[]", #","creator":{"id":"9"}"#, ["书.png", "图.png"]),
      ("[]", "[]", #","creator":{"id":"1"}"#, ["书.png", "图.png"]),
    ])
  func roundupFiles(_ agents: String, _ customers: String, _ creator: String, _ files: [String]) throws {
    func message(_ id: Int, _ author: String, _ files: String) -> String {
      """
      {"data":{"id":"\(id)","attributes":{"author":\(author),"content":"好","date":"2026-06-18.0\(id):00:00",
       "recipients":[],"files":\(files)}}}
      """
    }
    func file(_ id: Int, _ name: String, _ more: String) -> String {
      "{\"data\":{\"id\":\"\(id)\",\"attributes\":{\"name\":\"\(name)\",\"content\":{\"link\":\"x\"}\(more)}}}"
    }
    let ticket = try Self.ticket([
      "issue-5.json": """
      {"data":{"id":"5","attributes":{"title":"注销","email":"a@example.com","creation":"2026-06-18.01:00:00","nosy":[],
       "status":{"id":"1"},"messages":[{"id":"1"},{"id":"2"}],"files":[{"id":"3"},{"id":"4"}]}}}
      """,
      "msg-1.json": message(1, #"{"id":"9","username":"a@example.com"}"#, customers),
      "msg-2.json": message(2, #"{"id":"8","username":"li"}"#, agents),
      "file-3.json": file(3, "书.png", creator), "file-4.json": file(4, "图.png", ""),
    ])
    #expect(ticket.attachments == files)
  }

  @Test(
    "Zammad: who wrote an article is who made it, not whom it names as its origin or in a part of its sender",
    arguments: [
      (302, "web", "null", "李 <a@example.com>", Author.customer), (58, "web", "302", "李 <a@example.com>", .unknown),
      (58, "note", "302", "李 <a@example.com>", .unknown), (58, "email", "302", "李 <a@example.com>", .unknown),
      (1, "email", "null", "李 <A@example.com>", .customer), (31, "email", "null", "<ba@example.com>", .unknown),
      (31, "email", "null", "\\\"a@example.com\\\" <x@example.org>", .unknown),
      (31, "email", "null", "\\\"<a@example.com>\\\" <x@example.org>", .unknown),
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

  @Test(
    "Zammad: what a requester who is an agent wrote as an agent is nobody's",
    arguments: [(302, Author.unknown), (58, .agent)])
  func ownAgent(_ by: Int, _ author: Author) throws {
    let ticket = try Self.ticket([
      "tickets.json": """
      [{"id":82,"group_id":6,"number":"82001","title":"注销","customer_id":302,"customer":"a@example.com","group":"账号",
        "state":"open","created_at":"2026-09-01T02:03:04.567Z","updated_at":"2026-09-01T02:03:04.567Z"}]
      """,
      "articles/82.json": """
      [{"id":1,"ticket_id":82,"sender":"Agent","sender_id":1,"type":"email","created_by_id":\(by),"internal":false,
        "body":"不注销了","created_at":"2026-09-01T02:03:04.000Z"}]
      """,
    ])
    #expect(ticket.body.isEmpty && ticket.replies.map(\.author) == [author])
  }

  @Test("Zammad: the HTML of a mail's own text is no file that the customer attached")
  func ownHTML() throws {
    func file(_ id: Int, _ name: String, _ preferences: String) -> String {
      #"{"id":\#(id),"filename":"\#(name)","size":"9","preferences":{\#(preferences)}}"#
    }
    let files = [
      file(1, "message.html", #""content-alternative":true,"Mime-Type":"text/html","original-format":true"#),
      file(2, "message.html", #""Mime-Type":"text/html","original-format":true"#),
      file(3, "message.html", #""Mime-Type":"text/html""#), file(4, "书.png", ""),
      #"{"id":5,"filename":"图.png","size":"9"}"#,
    ]
    let ticket = try Self.ticket([
      "tickets.json": """
      [{"id":82,"group_id":6,"number":"82001","title":"注销","customer_id":302,"customer":"a@example.com","group":"账号",
        "state":"open","created_at":"2026-09-01T02:03:04.567Z","updated_at":"2026-09-01T02:03:04.567Z"}]
      """,
      "articles/82.json": """
      [{"id":1,"ticket_id":82,"sender":"Customer","sender_id":2,"type":"email","created_by_id":302,"internal":false,
        "body":"请注销","created_at":"2026-09-01T02:03:04.000Z","attachments":[\(files.joined(separator: ","))]}]
      """,
    ])
    #expect(ticket.attachments == ["message.html", "书.png", "图.png"])
  }

  @Test("Jira's table without the reporter's id: of several customers nobody knows which one asked")
  func reporterless() throws {
    func read(_ second: String) throws -> [Author] {
      let fixture = try ExportFixture([
        "issues.csv": """
        Summary,Issue key,Status,Reporter,Created,Description,Comment,Comment
        注销,DESK-1,Open,李四,20/Jul/26 9:30 AM,请注销,20/Jul/26 10:00 AM;qm:1:5;谢谢,20/Jul/26 11:00 AM;\(second);同意
        """
      ])
      return try #require(try fixture.read("issues.csv").0.first).replies.map(\.author)
    }
    #expect(try read("qm:2:5") == [.unknown, .unknown])
    #expect(try read("qm:1:5") == [.customer, .customer])
  }

  @Test("Jira's table: the name of a file may hold the separator")
  func attachmentNames() throws {
    let fixture = try ExportFixture([
      "issues.csv": """
      Summary,Issue key,Status,Reporter,Reporter Id,Created,Description,Attachment,Attachment
      注销,DESK-1,Open,李四,qm:1:5,20/Jul/26 9:30 AM,请注销,20/Jul/26 9:30 AM;qm:1:5;同意;书;1.png;https://x,20/Jul/26 9:30 AM;qm:2:5;别人.png;https://y
      """
    ])
    #expect(try #require(try fixture.read("issues.csv").0.first).attachments == ["同意;书;1.png"])
  }

  @Test(
    "Jira's table: an Atlassian account is an agent where issues are assigned to it; without ids, where one is in charge",
    arguments: [
      ("Assignee,Assignee Id", "小顾,712020:a", Author.agent), ("Assignee,Assignee Id", "小王,712020:b", .unknown),
      ("Assignee,Assignee Id", ",", .unknown), ("Assignee,Assignee Id", "李四,qm:1:5", .unknown),
      ("Assignee,Environment", "小顾,", .agent), ("Assignee,Environment", ",", .unknown),
    ])
  func assigned(_ columns: String, _ assignee: String, _ author: Author) throws {
    let fixture = try ExportFixture([
      "issues.csv": """
      Summary,Issue key,Status,Reporter,Reporter Id,\(columns),Created,Description,Comment,Comment
      注销,DESK-1,Open,李四,qm:1:5,\(assignee),20/Jul/26 9:30 AM,\(Self.consent),20/Jul/26 10:00 AM;712020:a;请先不要注销,
      """
    ])
    let ticket = try #require(try fixture.read("issues.csv").0.first)
    let isOwn = assignee.hasSuffix("qm:1:5")
    #expect(ticket.body == (isOwn ? "" : Self.consent))
    #expect(ticket.replies.map(\.author) == (isOwn ? [.unknown, author] : [author]))
  }

  @Test("Jira's table without ids: a reporter to whom issues are assigned is nobody's customer")
  func assignedByName() throws {
    let fixture = try ExportFixture([
      "issues.csv": """
      Summary,Issue key,Status,Reporter,Assignee,Created,Description
      注销,DESK-1,Open,小顾,,20/Jul/26 9:30 AM,\(Self.consent)
      注销,DESK-2,Open,李四,小顾,20/Jul/26 9:30 AM,\(Self.consent)
      """
    ])
    #expect(try fixture.read("issues.csv").0.map(\.body) == ["", Self.consent])
  }

  @Test(
    "Jira: a description that somebody else has changed is nobody's, a file of nobody known no customer's",
    arguments: [
      (#"{"accountId":"c1"}"#, "c1", #"{"accountId":"c1"}"#, true, true),
      (#"{"accountId":"c1"}"#, "a7", #"{"accountId":"a7"}"#, false, false),
      (#"{"accountId":"a7"}"#, "c1", "null", false, false), ("null", "c1", #"{"accountId":"c1"}"#, true, true),
    ])
  func descriptions(_ creator: String, _ editor: String, _ uploader: String, _ isOwn: Bool, _ hasFile: Bool) throws {
    let ticket = try Self.ticket([
      "search.json": """
      {"total":1,"issues":[{"key":"DESK-1","fields":{"summary":"注销","created":"2026-07-20T09:30:00.000+0800",
       "status":{"name":"Open","statusCategory":{"key":"new"}},"reporter":{"accountId":"c1","displayName":"李四"},
       "creator":\(creator),"description":"\(Self.consent)","comment":{"total":0,"comments":[]},
       "attachment":[{"id":"1","filename":"书.png","author":\(uploader)}]},
       "changelog":{"histories":[{"author":{"accountId":"a7"},"items":[{"field":"status"}]},
        {"author":{"accountId":"\(editor)"},"items":[{"field":"priority"},{"field":"description"}]}]}}]}
      """
    ])
    #expect(ticket.body == (isOwn ? Self.consent : ""))
    #expect(ticket.attachments == (hasFile ? ["书.png"] : []))
  }

  @Test(
    "Jira's table: a state of the category for what is done is an end, whatever its name",
    arguments: [("Status Category", "Done"), ("状态类别", "完成"), ("Status Category", "In Progress")])
  func category(_ column: String, _ category: String) throws {
    let fixture = try ExportFixture([
      "issues.csv": """
      Summary,Issue key,Status,\(column),Reporter,Created,Description
      注销,DESK-1,办结,\(category),李四,20/Jul/26 9:30 AM,\(Self.consent)
      """
    ])
    #expect(try fixture.read("issues.csv").0.map(\.standing) == [category == "In Progress" ? .open : .closed])
  }

  @Test("Jira's table: what somebody else created for the reporter is not the customer's word")
  func createdByAnother() throws {
    func body(_ creator: String) throws -> String {
      let fixture = try ExportFixture([
        "issues.csv": """
        Summary,Issue key,Status,Reporter,Reporter Id,Creator,Creator Id,Created,Description
        注销,DESK-1,Open,李四,qm:1:5,某人,\(creator),20/Jul/26 9:30 AM,\(Self.consent)
        """
      ])
      let ticket = try #require(try fixture.read("issues.csv").0.first)
      return ticket.replies.contains { $0.author == .unknown } ? "unknown" : ticket.body
    }
    #expect(try body("qm:1:5") == Self.consent)
    #expect(try body("712020:ab") != Self.consent)
  }

  @Test("Jira's table without ids: by the names", arguments: [("李四", true), ("客服王", false), ("", true)])
  func createdByName(_ creator: String, _ isCustomers: Bool) throws {
    let fixture = try ExportFixture([
      "issues.csv": """
      Summary,Issue key,Status,Reporter,Creator,Created,Description
      注销,DESK-1,Open,李四,\(creator),20/Jul/26 9:30 AM,\(Self.consent)
      """
    ])
    let ticket = try #require(try fixture.read("issues.csv").0.first)
    #expect((ticket.body == Self.consent && !ticket.replies.contains { $0.author == .unknown }) == isCustomers)
  }

  @Test(
    "Jira: a customer's word that somebody else has edited, and a requester who is staff, are for a person",
    arguments: [
      ("c1", "c1", "x9", Author.customer), ("c1", "a7", "x9", .unknown), ("c1", "c1", "c1", .unknown),
      ("a7", "a7", "a7", .agent), ("b8", "b8", "x9", .unknown),
    ])
  func edited(_ author: String, _ editor: String, _ assignee: String, _ expected: Author) throws {
    func person(_ id: String) -> String { "{\"accountId\":\"\(id)\",\"accountType\":\"atlassian\"}" }
    let ticket = try Self.ticket([
      "search.json": """
      {"total":1,"issues":[{"key":"DESK-1","fields":{"summary":"注销","created":"2026-07-20T09:30:00.000+0800",
       "status":{"name":"Open","statusCategory":{"key":"new"}},"reporter":\(person("c1")),"creator":\(person("c1")),
       "assignee":\(person(assignee)),"description":"请注销","comment":{"total":1,"comments":[
        {"author":\(person(author)),"updateAuthor":\(person(editor)),"created":"2026-07-20T10:30:00.000+0800",
         "jsdPublic":true,"body":"\(Self.consent)"}]}}}]}
      """
    ])
    #expect(ticket.replies.last?.author == expected)
  }

  @Test(
    "Zendesk: an agent's own ticket and a chat's transcript are for a person",
    arguments: [("end-user", "web", Author.customer), ("agent", "web", .unknown), ("end-user", "chat", .unknown)])
  func ownTicket(_ role: String, _ channel: String, _ author: Author) throws {
    let ticket = try Self.ticket([
      "page.json": """
      {"tickets":[{"id":7,"requester_id":4,"submitter_id":4,"custom_fields":[],"subject":"注销","status":"open",
        "created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z","via":{"channel":"web"},"comment_count":2}],
       "users":[{"id":4,"role":"\(role)","email":"a@example.com"}],"end_of_stream":true}
      """,
      "comments/7.json": """
      {"comments":[
       {"id":1,"author_id":4,"public":true,"body":"请注销","created_at":"2026-01-02T03:04:05Z","via":{"channel":"web"}},
       {"id":2,"author_id":4,"public":true,"body":"\(Self.consent)","created_at":"2026-01-02T03:05:05Z",
        "via":{"channel":"\(channel)"}}],"count":2}
      """,
    ])
    #expect(ticket.replies.last?.author == author)
  }

  @Test(
    "Textile's own quotations are quotations",
    arguments: [
      ("bq. 我同意\n还有\n\n不同意", "> 我同意\n> 还有\n\n不同意"), ("bq.. 一\n\n二\n\np. 三", "> 一\n> \n> 二\n> \np. 三"),
      ("bq(quote). 我同意", "> 我同意"), ("bqx. 我同意", "bqx. 我同意"), ("说 bq. 我同意", "说 bq. 我同意"),
    ])
  func textileQuotations(_ text: String, _ shown: String) {
    #expect(RichText.textile(text) == shown)
  }

  @Test(
    "Struck words in the mark-up show",
    arguments: ["<strike>同意</strike>", "<s style=\"color:red\">同意</s>", "<s\nclass=a>同意</s>", "<del>同意</del>"])
  func struckMarkup(_ html: String) {
    #expect(RichText.showsQuotation(html: html))
    #expect(!RichText.showsQuotation(html: "<span>同意</span><strong>是</strong>"))
  }

  // MARK: Freshdesk

  static func freshdesk(_ more: String, text: String? = consent) -> String {
    let body = text.map { ",\"description_text\":\"\($0)\"" } ?? ""
    return """
      [{"id":9,"fr_escalated":false,"custom_fields":{},"requester_id":4,"subject":"注销","status":2,"type":"账号",
        "created_at":"2026-01-02T03:04:05Z"\(body)\(more)}]
      """
  }

  @Test(
    "Freshdesk: what an agent took down on the telephone is the agent's, a chat holds both",
    arguments: [(1, Author.customer), (3, .agent), (7, .unknown), (10, .agent)])
  func source(_ source: Int, _ author: Author) throws {
    let ticket = try Self.ticket(["t.json": Self.freshdesk(",\"source\":\(source)"), "conversations/9.json": "[]"])
    #expect(ticket.body == (author == .customer ? Self.consent : ""))
    #expect(ticket.replies.map(\.author) == (author == .customer ? [] : [author]))
  }

  @Test(
    "Freshdesk: a requester who is an agent is nobody's customer",
    arguments: [
      (6, 6, false, Author.customer), (4, 6, false, .unknown), (6, 4, false, .unknown), (6, 6, true, .unknown),
    ])
  func ownAgent(_ responder: Int, _ others: Int, _ wroteNotes: Bool, _ author: Author) throws {
    let other = Self.freshdesk(",\"responder_id\":\(others)").replacing("\"id\":9", with: "\"id\":8")
      .replacing("\"requester_id\":4", with: "\"requester_id\":5")
    var files = [
      "t.json": "[" + Self.freshdesk(",\"responder_id\":\(responder)").dropFirst().dropLast() + ","
        + other.dropFirst().dropLast() + "]",
      "conversations/9.json": """
      [{"id":1,"ticket_id":9,"incoming":true,"private":false,"user_id":4,"body":"x","body_text":"我已阅读并同意",
        "created_at":"2026-01-02T04:04:05Z"}]
      """, "conversations/8.json": "[]",
    ]
    if wroteNotes {
      files["conversations/8.json"] = """
        [{"id":2,"ticket_id":8,"incoming":false,"private":true,"user_id":4,"body":"x","body_text":"已核对",
          "created_at":"2026-01-02T04:04:05Z"}]
        """
    }
    let tickets = try ExportFixture(files).read().0
    let ticket = try #require(tickets.first { $0.id == Ticket.ID("9") })
    #expect(ticket.body == (author == .customer ? Self.consent : ""))
    #expect(ticket.replies.map(\.author) == (author == .customer ? [author] : [author, author]))
    #expect(try #require(tickets.first { $0.id == Ticket.ID("8") }).body == Self.consent)
  }

  @Test("Freshdesk: who is in charge of a ticket stands in the ticket, which is no detail of another copy")
  func ownCopy() throws {
    func ticket(_ day: Int) -> String {
      Self.freshdesk(",\"responder_id\":6,\"updated_at\":\"2026-01-0\(day)T03:04:05Z\"")
    }
    let fixture = try ExportFixture([
      "t.json": ticket(4), "9.json": String(ticket(3).dropFirst().dropLast()), "conversations/9.json": "[]",
    ])
    #expect(try fixture.read().0.map(\.isPartial) == [false])
  }

  @Test(
    "Freshdesk: files of a description that is not the customer's are not his",
    arguments: [("1", ["书.png"]), ("3", []), ("7", []), ("10", []), ("1,\"responder_id\":4", [])])
  func freshdeskFiles(_ source: String, _ files: [String]) throws {
    let file = #"{"id":1,"name":"书.png","size":9,"attachment_url":"https://x"}"#
    let ticket = try Self.ticket([
      "t.json": Self.freshdesk(",\"source\":\(source),\"attachments\":[\(file)]"), "conversations/9.json": "[]",
    ])
    #expect(ticket.attachments == files)
  }

  @Test(
    "Freshdesk: a full page of conversations may not be the last",
    arguments: [(29, false), (30, true), (31, false), (60, true), (100, true)])
  func fullPage(_ count: Int, _ isPartial: Bool) throws {
    let conversations = (1...count).map {
      """
      {"id":\($0),"ticket_id":9,"incoming":false,"private":false,"user_id":7,"body":"好","body_text":"好 \($0)",
       "created_at":"2026-01-02T04:04:05Z"}
      """
    }
    let fixture = try ExportFixture([
      "t.json": Self.freshdesk(""), "conversations/9.json": "[\(conversations.joined(separator: ","))]",
    ])
    let (tickets, _, receipt, _) = try fixture.read()
    #expect(tickets.map(\.isPartial) == [isPartial])
    #expect(receipt.gaps.map(\.code) == (isPartial ? [.messageCount] : []))
  }

  @Test(
    "Freshdesk: what bears the requester's name and did not come in is nobody's",
    arguments: [(4, true, [Author.customer]), (4, false, [.unknown]), (7, false, [.agent]), (5, true, [.unknown])])
  func outgoing(_ user: Int, _ cameIn: Bool, _ authors: [Author]) throws {
    let ticket = try Self.ticket([
      "t.json": Self.freshdesk(""),
      "conversations/9.json": """
      [{"id":1,"ticket_id":9,"incoming":\(cameIn),"private":false,"user_id":\(user),"body":"x","body_text":"不注销了",
        "created_at":"2026-01-02T04:04:05Z"}]
      """,
    ])
    #expect(ticket.replies.map(\.author) == authors)
  }

  @Test(
    "Freshdesk: a customer's message that somebody else has edited is nobody's",
    arguments: [("null", Author.customer), ("4", .customer), ("7", .unknown)])
  func freshdeskEdited(_ editor: String, _ author: Author) throws {
    let ticket = try Self.ticket([
      "t.json": Self.freshdesk(""),
      "conversations/9.json": """
      [{"id":1,"ticket_id":9,"incoming":true,"private":false,"user_id":4,"body":"x","body_text":"我同意",
        "created_at":"2026-01-02T04:04:05Z","last_edited_user_id":\(editor)}]
      """,
    ])
    #expect(ticket.replies.map(\.author) == [author])
  }

  @Test("Freshdesk: a list without descriptions holds tickets in part")
  func withoutDescription() throws {
    #expect(try Self.ticket(["t.json": Self.freshdesk("", text: nil), "conversations/9.json": "[]"]).isPartial)
    #expect(try !Self.ticket(["t.json": Self.freshdesk(""), "conversations/9.json": "[]"]).isPartial)
  }

  // MARK: merged into this one

  @Test("What came with another ticket that was merged into this one goes to a person")
  func survivors() throws {
    func note(_ text: String) -> String {
      """
      [{"id":1,"ticket_id":9,"incoming":false,"private":true,"user_id":7,"body":"x","body_text":"\(text)",
        "created_at":"2026-01-02T04:04:05Z"}]
      """
    }
    func partial(_ text: String) throws -> Bool {
      try Self.ticket(["t.json": Self.freshdesk(""), "conversations/9.json": note(text)]).isPartial
    }
    #expect(try partial("工单 2 (不注销了) 已合并到此工单。\\n\\n我不注销了"))
    #expect(try partial("Ticket with subject \\\"x\\\" [#2] is merged into this ticket"))
    #expect(try !partial("已核对"))
    for isPublic in [true, false] {
      let ticket = try Self.ticket([
        "a.json": "{\"tickets\":[\(SystemVariationTests.zendesk())],\"end_of_stream\":true}",
        "users.json": SystemVariationTests.people,
        "comments/5.json": """
        {"comments":[{"author_id":11,"body":"\(Self.consent)","public":true,"created_at":"2026-03-04T05:10:00Z"},
         {"author_id":12,"body":"请求 #6 已合并到此请求。最后一条评论：我不注销了","public":\(isPublic),
          "via":{"source":{"from":{"ticket_id":6},"rel":"merge"}},"created_at":"2026-03-04T05:11:00Z"}]}
        """,
      ])
      #expect(ticket.body == Self.consent && ticket.replies.map(\.author) == [.unknown])
    }
  }

  // MARK: what is missing

  @Test("Clouds count their messages: fewer of them make a ticket a part", arguments: [(1, false), (40, true)])
  func counted(_ count: Int, _ isPartial: Bool) throws {
    let huawei = try ExportFixture([
      "detail-H1.json": """
      {"incident_detail_info":{"incident_id":"H1","simple_description":"注销","description":"\(Self.consent)","status":1,
       "create_time":"2026-08-02 08:00:01"}}
      """,
      "messages/H1.json": """
      {"count":\(count),"message_list":[{"type":1,"content":"请稍等","create_time":"2026-08-02 09:00:00"}]}
      """,
    ])
    let aliyun = try ExportFixture([
      "GetTicket-1.json": """
      {"Success":true,"Data":{"TicketId":"1","Title":"注销","Description":"\(Self.consent)","CreateTime":1785513599000,
       "CreatorId":"1168025"}}
      """,
      "notes/1.json": """
      {"TotalCount":\(count),"Data":[{"Type":2,"CreateTime":1785514000000,"Dialog":{"Content":"好的"},"User":{"Role":2}}]}
      """,
    ])
    for fixture in [huawei, aliyun] {
      let (tickets, _, receipt, _) = try fixture.read()
      #expect(tickets.map(\.isPartial) == [isPartial])
      #expect(receipt.gaps.map(\.code) == (isPartial ? [.messageCount] : []))
    }
  }

  @Test("阿里云: a sign of a next page that is not there makes a ticket a part")
  func nextToken() throws {
    func notes(_ token: String) -> String {
      """
      {"RequestId":"x"\(token),"Data":[{"Type":2,"CreateTime":1785514000000,"Dialog":{"Content":"好的"},"User":{"Role":2}}]}
      """
    }
    var files = [
      "GetTicket-1.json": """
      {"Success":true,"Data":{"TicketId":"1","Title":"注销","Description":"\(Self.consent)","CreateTime":1785513599000}}
      """,
      "notes/1-1.json": notes(#","NextToken":"abc""#),
    ]
    let (cut, _, receipt, _) = try ExportFixture(files).read()
    #expect(cut.map(\.isPartial) == [true] && receipt.gaps.map(\.code) == [.messageCount])
    files["notes/1-2.json"] = notes("")
    let (whole, _, other, _) = try ExportFixture(files).read()
    #expect(whole.map(\.isPartial) == [false] && other.gaps.isEmpty)
  }

  // MARK: what became of it

  @Test(
    "Zammad: a state of its own that bears another language's name is still that state",
    arguments: [
      ("已合并", 5, Ticket.Standing.merged(into: nil)), ("已关闭", 4, .closed), ("abgeschlossen", 4, .closed),
      ("fusionné", 5, .merged(into: nil)), ("open", 4, .open), ("处理中", 2, .open), ("closed", 9, .closed),
    ])
  func states(_ name: String, _ id: Int, _ standing: Ticket.Standing) throws {
    let ticket = try Self.ticket([
      "tickets.json": """
      [{"id":82,"group_id":6,"number":"82001","title":"注销","customer_id":302,"customer":"a@example.com","state":"\(name)",
        "state_id":\(id),"created_at":"2026-09-01T02:03:04.567Z","updated_at":"2026-09-01T02:03:04.567Z"}]
      """
    ])
    #expect(ticket.standing == standing)
  }

  @Test(
    "Roundup: a list and a single issue know the same words for done",
    arguments: [("7", "done-cbb"), ("8", "resolved"), ("7", "")])
  func done(_ id: String, _ name: String) throws {
    let status = name.isEmpty ? "{\"id\":\"\(id)\"}" : "{\"id\":\"\(id)\",\"name\":\"\(name)\"}"
    let single = """
      {"data":{"id":"5","attributes":{"title":"注销","email":"a@example.com","status":\(status),"messages":[],"files":[]}}}
      """
    let list = """
      {"data":{"collection":[{"id":"5","title":"注销","creation":"2026-06-18.01:00:00","status":\(status)}],"@total_size":1}}
      """
    #expect(try Self.ticket(["issue-5.json": single]).standing == .closed)
    #expect(try Self.ticket(["issues-page1.json": list]).standing == .closed)
  }

  @Test(
    "Redmine: an issue that was opened again is open, whatever it keeps of its last end",
    arguments: [
      (#"{"name":"进行中","is_closed":false}"#, Ticket.Standing.open), (#"{"name":"已关闭","is_closed":true}"#, .closed),
      (#"{"name":"已关闭"}"#, .closed),
    ])
  func reopened(_ status: String, _ standing: Ticket.Standing) throws {
    let ticket = try Self.ticket([
      "issue-1.json": """
      {"issue":{"id":1,"tracker":{"id":1},"author":{"id":2,"name":"李四"},"status":\(status),"subject":"注销",
       "description":"请注销","created_on":"2026-01-02T03:04:05Z","closed_on":"2026-01-03T03:04:05Z","journals":[]}}
      """
    ])
    #expect(ticket.standing == standing)
  }

  @Test("Redmine's table: a state that is open counts more than the day on which it was closed before")
  func reopenedRow() throws {
    let fixture = try ExportFixture([
      "issues.csv": """
      #,项目,跟踪,状态,优先级,主题,作者,更新于,类别,创建于,结束日期,描述
      1,P,支持,进行中,普通,注销,李,2026-06-16 09:04,账号,2026-06-16 09:04,2026-06-15 09:04,请注销
      2,P,支持,办结,普通,注销,李,2026-06-16 09:04,账号,2026-06-16 09:04,2026-06-15 09:04,请注销
      """
    ])
    #expect(try fixture.read("issues.csv").0.map(\.standing) == [.open, .closed])
  }

  @Test("Redmine: of two issues that are the same only the one that repeats the other is merged")
  func duplicates() throws {
    func issue(_ id: Int) -> String {
      """
      {"issue":{"id":\(id),"tracker":{"id":1},"author":{"id":2,"name":"李四"},"status":{"name":"新建"},"subject":"注销",
       "description":"请注销","created_on":"2026-01-02T03:04:05Z","journals":[],
       "relations":[{"id":5,"issue_id":2,"issue_to_id":1,"relation_type":"duplicates"}]}}
      """
    }
    let fixture = try ExportFixture(["issue-1.json": issue(1), "issue-2.json": issue(2)])
    #expect(try fixture.read().0.map(\.standing) == [.open, .merged(into: Ticket.ID("1"))])
  }

  @Test(
    "Redmine's tables name in each language which issue repeats another; the one that is repeated stays open",
    arguments: [
      ("#,跟踪,状态,主题,作者,创建于,更新于,描述,相关的问题", "重复", "与其重复"),
      ("#,追蹤標籤,狀態,主旨,作者,建立日期,更新日期,概述,相關的問題清單", "已重複", "與後面所列問題重複"),
      ("#,Tracker,Status,Subject,Author,Created,Updated,Description,Related issues", "duplicates", "duplicated by"),
      (
        "#,Tracker,Status,Subject,Author,Created,Updated,Description,Related issues", "Is duplicate of", "Has duplicate"
      ),
    ])
  func relatedRows(_ header: String, _ repeats: String, _ isRepeated: String) throws {
    func row(_ id: Int, _ related: String) -> String {
      "\(id),支持,新建,注销,李四,2026-06-16 09:04,2026-06-16 09:04,请注销,\"\(related)\""
    }
    let rows = [row(1, "\(isRepeated) #2"), row(2, "x #3, \(repeats) #1"), row(3, "x #2"), row(4, "")]
    let fixture = try ExportFixture(["issues.csv": ([header] + rows).joined(separator: "\n")])
    let standings = try fixture.read("issues.csv").0.map(\.standing)
    #expect(standings == [.open, .merged(into: Ticket.ID("1")), .open, .open])
  }

  // MARK: times

  @Test("京东云: a time without a zone is the settings', and the receipt says so; one that cannot be read is counted")
  func times() throws {
    func read(_ time: String) throws -> (Ticket, Receipt) {
      let fixture = try ExportFixture([
        "page1.json": """
        {"result":{"tickets":[{"ticketNo":"J1","title":"注销","description":"请注销","status":"processing",
         "createdTime":"\(time)","pin":"pin_a"}],"totalCount":1,"pageNumber":1}}
        """,
        "messages/J1.json": "{\"result\":{\"processes\":[]}}",
      ])
      let (tickets, _, receipt, _) = try fixture.read()
      return (try #require(tickets.first), receipt)
    }
    let (local, receipt) = try read("2026-07-20 09:30:00")
    #expect(local.submittedAt?.description == "2026-07-20T09:30:00+08:00" && receipt.localZone == "Asia/Shanghai")
    #expect(receipt.oddTimes == nil)
    let (odd, other) = try read("上周三")
    #expect(odd.submittedAt == nil && other.oddTimes?.unreadable == 1)
    #expect(other.oddTimes?.tickets == ["J1"])
  }
}
