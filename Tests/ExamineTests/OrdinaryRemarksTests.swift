import Foundation
import Testing

@testable import Examine

/// The grammar of ordinary clauses, `Templates/lexicons/ordinary.txt`.
@Suite("Ordinary clauses beside a statement")
struct OrdinaryRemarksTests {
  private static let statement = "本人已阅读并同意《京东云账户注销须知》"
  private static let english = "I have read and agree to the JD Cloud account closing notice"

  private static func holds(_ grammar: String, _ clause: String, isPlain: Bool = true) throws -> Bool {
    try OrdinaryRemarks(file: "o.txt", text: grammar).kind(of: Scalars.of(clause)[...], isPlain: isPlain) != nil
  }

  @Test(
    "An entry is a whole clause, with choices, parts and what no list can hold",
    arguments: [
      ("我是学生", true), ("本人是学生", true), ("是学生", true), ("我是学生吗", false), ("不是学生", false), ("我学生", false),
      ("店名叫阿婆鱼丸", true), ("店名叫", false), ("余额为0.35元", true), ("余额为 0.35 元", true), ("余额为多少元", false),
      ("请关闭账号 jd_x1", true), ("please close account oak_1", true), ("please close account oak", false),
      ("please close accountoak_1", false),
      ("tel 10086", true), ("tell me first", false), ("i've moved", true), ("imoved", false),
    ])
  func forms(_ clause: String, _ isHeld: Bool) throws {
    let grammar = """
      # 零件
      [self]
      我 | 本人
      [who]
      学生 | {self}老师
      [ordinary]
      ({self}/)是{who} | 店名叫{anything} | 余额为{number}元
      请关闭账号{identifier} | please close account {identifier} | tel {identifier} | i('ve/) moved
      """
    #expect(try Self.holds(grammar, clause) == isHeld)
  }

  @Test("What stands for anything is for clauses that speak of nobody and of nothing to be done")
  func open() throws {
    let grammar = "[name]\n叫{anything}\n[ordinary]\n网店{name} | 网店没了"
    #expect(try Self.holds(grammar, "网店叫阿婆鱼丸"))
    #expect(try !Self.holds(grammar, "网店叫阿婆鱼丸", isPlain: false))
    #expect(try Self.holds(grammar, "网店没了", isPlain: false))
  }

  @Test(
    "A mistake in the file is named with its line",
    arguments: [
      ("我是学生", 1, "before the first section"), ("[ordinary]\n(我/你是", 2, "brackets"), ("[ordinary]\n我)是", 2, "brackets"),
      ("[ordinary]\n((我)/你)", 2, "within brackets"), ("[ordinary]\n\n我是{who}", 3, "{who}"),
      ("[ordinary", 1, "no section"),
      ("[ordinary]\n我/你", 2, "outside of brackets"), ("[number]\n一", 1, "built in"),
      ("[ordinary]\n我{self", 2, "brackets"),
      ("[a]\n甲{b}\n[b]\n{a}\n[ordinary]\n{b}", nil, "stands for itself"),
    ] as [(String, Int?, String)])
  func mistakes(_ text: String, _ line: Int?, _ what: String) throws {
    let error = try #require(throws: ExamineError.self) { try OrdinaryRemarks(file: "o.txt", text: text) }
    #expect(error.file == "o.txt" && error.line == line)
    #expect(error.what.contains(what), "\(error.what)")
  }

  @Test("Without the file no text is read")
  func missing() throws {
    let lexicons = try Fixture.lexicons().filter { !OrdinaryRemarks.owns($0.file) }
    let error = try #require(throws: ExamineError.self) {
      try TicketExaminer(policy: Fixture.policy(Fixture.jdcloud, contacts: Fixture.jdcloudContacts), lexicons: lexicons)
    }
    #expect(error.file == "ordinary.txt")
  }

  private static let clauses = [
    "服务器上没有数据", "不想留个人信息", "密码忘了", "按照客服的指引提交工单", "有问题请联系我", "这几年用得挺好", "我是一名程序员", "账号下没有任何业务", "与其他账号没有关联", "不涉及诉讼",
    "责任由我承担", "不打算再用", "店名叫阿婆鱼丸", "换到别的云了", "孙女教我打的", "照常办理即可", "那就注销吧", "给我销掉吧", "想销户", "我叫李小明",
  ]

  @Test("Before and behind a statement they say nothing", arguments: clauses)
  func harmless(_ clause: String) throws {
    try Statement.expectAffirmed("\(Self.statement)。\(clause)。")
    try Statement.expectAffirmed("\(Self.statement)，\(clause)。")
    try Statement.expectAffirmed("\(clause)，\(Self.statement)，请注销。")
  }

  @Test(
    "In English as well",
    arguments: [
      "Please close the account registered under oak@example.com", "Contact no. +1 555 0130", "Regards, the owner",
      "All servers have been released", "We have moved to another provider",
      "If you need anything else just let me know",
    ])
  func englishHarmless(_ clause: String) throws {
    try Statement.expectAffirmed("\(Self.english). \(clause).")
  }

  /// What turns a clause into another: none of these may be a clause of the grammar as well.
  @Test("One word more makes such a clause another", arguments: clauses)
  func turned(_ clause: String) throws {
    let shipped = try #require(Fixture.lexicons().first { OrdinaryRemarks.owns($0.file) })
    let grammar = try OrdinaryRemarks(file: shipped.file, text: shipped.text)
    #expect(grammar.kind(of: Scalars.of(clause)[...], isPlain: true) != nil)
    // A name may be anything.
    guard !clause.contains("叫") else { return }
    for word in ["倘若", "等", "除非", "要不是", "听说", "并非", "不是", "难道", "先别", "万一", "等到", "先确认"] {
      #expect(grammar.kind(of: Scalars.of(word + clause)[...], isPlain: true) == nil, "\(word + clause)")
    }
    for word in ["再说", "之后", "以后再办", "的话", "吗", "才行", "为止", "之前别动", "再注销", "后再处理", "是假的", "的另有其人"] {
      #expect(grammar.kind(of: Scalars.of(clause + word)[...], isPlain: true) == nil, "\(clause + word)")
    }
  }

  @Test("No remark that spoils a statement is accepted for the grammar's sake")
  func spoiling() throws {
    let shipped = try #require(Fixture.lexicons().first { OrdinaryRemarks.owns($0.file) })
    let grammar = try OrdinaryRemarks(file: shipped.file, text: shipped.text)
    var count = 0
    for file in try FileManager.default.contentsOfDirectory(
      at: Fixture.root.appending(path: "Tests/ExamineTests/Data/remarks"), includingPropertiesForKeys: nil)
    {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where line.hasPrefix("S\t") {
        count += 1
        let clause = line.dropFirst(2).prefix { $0 != "\t" }.drop { $0 == " " }
        let text = Normaliser.normalise(Scalars.of(String(clause))).scalars
        #expect(grammar.kind(of: text[...], isPlain: true) == nil, "\(clause)")
      }
    }
    #expect(count > 14_000)
  }

  @Test("数据都备份好了，才能注销 is one condition", arguments: ["才能注销", "再注销", "之后再办", "后再处理"])
  func goingOn(_ rest: String) throws {
    try Statement.expectNotAffirmed("\(Self.statement)，数据都备份好了，\(rest)。")
    try Statement.expectNotAffirmed("\(Self.statement)。数据都备份好了\(rest)。")
  }

  @Test(
    "A request with something else in its sentence is none of them",
    arguments: ["经财务确认后", "等合同到期", "视退款到账情况", "如果客服回电", "2026-12-31 ", "域名转出以后", "当数据迁走时"])
  func requests(_ words: String) throws {
    for request in ["请注销", "给我销掉吧", "想销户", "照常办理即可", "请把账号关闭"] {
      try Statement.expectNotAffirmed("\(Self.statement)，\(words)，\(request)。")
      try Statement.expectNotAffirmed("\(Self.statement)。\(words)\(request)。")
    }
  }

  @Test("What is labelled, asked or quoted is not ordinary")
  func places() throws {
    try Statement.expectNotAffirmed("\(Self.statement)。以上是模板，换到别的云了。")
    try Statement.expectNotAffirmed("\(Self.statement)。不涉及诉讼？")
    try Statement.expectNotAffirmed("下面这句不是我说的：\(Self.statement)，我是一名程序员。")
  }
}
