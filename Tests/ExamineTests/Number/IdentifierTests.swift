import ClosureModel
import Testing

@testable import Examine

/// A text in which ⟦…⟧ marks what must be found.
struct NumberText: Sendable, CustomTestStringConvertible {
  let marked: String
  let kind: IdentityNumberReading.Kind
  /// `nil`: the number is right.
  let why: String?
  init(_ marked: String, _ kind: IdentityNumberReading.Kind, _ why: String? = nil) {
    self.marked = marked
    self.kind = kind
    self.why = why
  }
  var testDescription: String { marked }
}

@Suite("Identity numbers in a text")
struct IdentifierTests {
  static let right: [NumberText] = [
    NumberText("身份证号：⟦310104198804150048⟧", .residentID), NumberText("⟦310104198804150048⟧", .residentID),
    NumberText("我叫张三⟦310104198804150048⟧，请注销", .residentID),
    NumberText("身份证号码（18位）：⟦31010419880415003x⟧。", .residentID),
    NumberText("身份证号码是⟦３１０１０４１９８８０４１５００４８⟧", .residentID),
    NumberText("身份证 ⟦310104 19880415 0048⟧ 电话 13800138000", .residentID),
    NumberText("⟦3101 0419 8804 1500 48⟧", .residentID), NumberText("⟦310104-19880415-0048⟧", .residentID),
    NumberText("⟦310104 - 19880415 - 003X⟧", .residentID), NumberText("13800138000 ⟦310104198804150048⟧", .residentID),
    NumberText("13800138000 ⟦310104 19880415 0048⟧", .residentID),
    NumberText("⟦310104198804150048⟧ 13800138000", .residentID),
    NumberText("⟦310104198804150048⟧/13800138000", .residentID), NumberText("**⟦310104198804150048⟧**", .residentID),
    NumberText("证件号:⟦310104198804150048⟧", .residentID),
    NumberText("My ID number is ⟦310104198804150048⟧.", .residentID),
    NumberText("ID No.: ⟦310104198804150048⟧, thanks", .residentID),
    NumberText("ID card ⟦310104198804150048⟧", .residentID),
    NumberText("身份证号\n⟦310104198804150048⟧", .residentID), NumberText("身份證號碼：⟦310104198804150048⟧", .residentID),
    NumberText("3101，⟦310104198804150048⟧", .residentID), NumberText("<b>⟦310104198804150048⟧</b>", .residentID),
    NumberText("居住证号 ⟦810000199012120010⟧", .residentID),
    NumberText("统一社会信用代码：⟦91110108MA01ABCD5T⟧", .uscc), NumberText("⟦91110108MA01ABCD5T⟧", .uscc),
    NumberText("信用代码 ⟦91110108 MA01ABCD5 T⟧", .uscc), NumberText("⟦911101 08MA01 ABCD5T⟧", .uscc),
    NumberText("⟦91110108 MA01ABCD5 T⟧", .uscc), NumberText("USCC: ⟦91110108ma01abcd5t⟧", .uscc),
    NumberText("营业执照⟦91110108MA01ABCD5T⟧的扫描件", .uscc),
    NumberText("注册号：⟦91110108MA01ABCD5T⟧", .uscc), NumberText("工商注册号 ⟦110108012345670⟧", .licence),
    NumberText("营业执照注册号：⟦110108 01234567 0⟧", .licence), NumberText("旧号⟦110108012345670⟧", .licence),
    NumberText("统一社会信用代码 ⟦110108012345670⟧", .licence), NumberText("信用代码：⟦310104198804150048⟧", .residentID),
  ]

  static let wrong: [NumberText] = [
    NumberText("身份证号：⟦310104198804150049⟧", .residentID, "校验位"),
    NumberText("身份证号：⟦31010419880415004⟧", .residentID, "现有 17 位"),
    NumberText("身份证号：⟦3101041988041500488⟧", .residentID, "现有 19 位"),
    NumberText("身份证号：⟦310104 19880415 004⟧", .residentID, "现有 17 位"),
    NumberText("身份证号码为⟦310104880415004⟧", .residentID, "15 位旧号码"),
    NumberText("身份证号：⟦310104198813150048⟧，电话13800138000", .residentID, "出生日期"),
    NumberText("身份证号 ⟦000104198804150048⟧", .residentID, "地区码"),
    NumberText("身份证号：⟦31O104198804150048⟧", .residentID, "第 3 位是“O”"),
    NumberText("身份证号：⟦3101**********0048⟧", .residentID, "打码"), NumberText("⟦3101**********0048⟧", .residentID, "打码"),
    NumberText("身份证号：⟦3101＊＊＊＊＊＊0048⟧", .residentID, "打码"),
    NumberText("身份证号：⟦**************0048⟧", .residentID, "打码"),
    NumberText("身份证 ⟦310104********004X⟧", .residentID, "打码"),
    NumberText("身份证号：⟦3101 **** **** **** 48⟧", .residentID, "打码"),
    NumberText("身份证号：⟦310104xxxxxxxx0048⟧", .residentID, "打码"),
    NumberText("身份证号：⟦310104●●●●●●●●0048⟧", .residentID, "打码"),
    NumberText("身份证⟦310104198804150049⟧", .residentID, "校验位"),
    NumberText("证件号码：⟦310104198804150049⟧", .residentID, "校验位"),
    NumberText("ID number: ⟦310104198804150049⟧ and phone 13800138000", .residentID, "校验位"),
    NumberText("身份证号 ⟦310104198804150049⟧ 13800138000", .residentID, "校验位"),
    NumberText("ID number ⟦31010419880415004⟧ I am Zhang", .residentID, "现有 17 位"),
    NumberText("身份证号：⟦123456789012345678⟧", .residentID, "占位"),
    NumberText("统一社会信用代码：⟦91110108MA01ABCD5U⟧", .uscc, "校验位"),
    NumberText("信用代码 ⟦91110108MA01ABCD5⟧", .uscc, "现有 17 位"),
    NumberText("信用代码 ⟦9111O108MA01ABCD5T⟧", .uscc, "数字 0"),
    NumberText("USCC ⟦9111****MA01ABCD5T⟧", .uscc, "打码"),
    NumberText("营业执照：⟦91110108MA01ABCD5U⟧", .uscc, "校验位"),
    NumberText("证件号：⟦91110108MA01ABCD5U⟧", .uscc, "校验位"),
    NumberText("注册号 ⟦110108012345675⟧", .licence, "校验位"), NumberText("工商注册号：⟦11010801234567⟧", .licence, "现有 14 位"),
  ]

  static let nothing = [
    "", "没有号码", "电话 13800138000", "13800138000 13900139000", "010-88886666 转 8001", "订单号 310104198804150048",
    "工单号：310104198804150048", "银行卡号 310104198804150048", "卡号：3101 0419 8804 1500 48", "6222020200012345678",
    "6222 0202 0001 2345 678", "6222020200012345", "JD-310104198804150048", "310104198804150048-1",
    "a310104198804150048", "310104198804150048a", "1310104198804150048", "jd_310104198804150048",
    "310104198804150048@qq.com",
    "https://example.com/o/310104198804150048", "https://example.com/?id=1&n=310104198804150048&x=2",
    "#310104198804150048",
    "2024 3101 0419 8804 1500 48", "3101 0419 8804 1500 48 2024", "310104198804150049", "910101199003070134",
    "身份证号是多少？", "身份证号：13800138000", "身份证 13800138000", "身份证号 2 张", "身份证照片 2026-11-21 上传", "证件号码：E12345678",
    "护照号 310104198804150048", "身份证，310104198804150049", "110108012345675", "110105199", "身份证已寄 20261121",
    "paid number 310104198804150049", "6222****1234", "138****8000", "身份证号：zhangsan@example.com",
    "版本 1.310104198804150048",
    "注册号：已注销", "uscc", "身份证号", "统一社会信用代码证 1 份", "****", "** ** **", "1 x 2", "order no 310104198804150048",
  ]

  @Test("A right number is found with a word before it or without, in one piece or in several", arguments: Self.right)
  func findsRight(_ example: NumberText) throws { try check(example) }

  @Test("A wrong or masked number is reported where a word introduces it, with the fault", arguments: Self.wrong)
  func findsWrong(_ example: NumberText) throws { try check(example) }

  @Test("What is part of something longer, something else or no number is left alone", arguments: Self.nothing)
  func findsNothing(_ text: String) throws { #expect(try Fixture.examiner().read(text).identityNumbers == []) }

  private func check(_ example: NumberText) throws {
    let parts = example.marked.split(omittingEmptySubsequences: false) { $0 == "⟦" || $0 == "⟧" }.map(String.init)
    try #require(parts.count == 3)
    let numbers = try Fixture.examiner().read(parts.joined()).identityNumbers
    let one = try #require(numbers.first)
    #expect(numbers.count == 1)
    #expect(one.kind == example.kind)
    #expect(one.valid == (example.why == nil))
    if let why = example.why { #expect(one.why?.contains(why) == true, "\(one.why ?? "")") }
    let start = parts[0].unicodeScalars.count
    #expect(one.evidence.span == start..<(start + parts[1].unicodeScalars.count))
    #expect(one.evidence.quote == parts[1])
  }

  @Test("Two numbers after two words are two numbers")
  func two() throws {
    let numbers = try Fixture.examiner().read("经办人身份证号：310104198804150048；统一社会信用代码：91110108MA01ABCD5U").identityNumbers
    #expect(numbers.map(\.kind) == [.residentID, .uscc])
    #expect(numbers.map(\.valid) == [true, false])
  }

  @Test("A birth after the day of the ticket is no birth")
  func future() throws {
    let number = "11010120261121001"
    let whole = try #require(
      "0123456789X".map { number + String($0) }.first { IdentityCheck.residentID($0).valid })
    func ticket(_ day: String) -> Ticket {
      Ticket(
        id: Ticket.ID("T"), origin: Origin(file: "t.csv", row: 2), body: "身份证号：" + whole,
        submittedAt: Timestamp(parsing: day))
    }
    func asking(_ material: [Requirement]) throws -> TicketExaminer {
      try TicketExaminer(policy: Fixture.policy(Fixture.jdcloud, material: material), lexicons: Fixture.lexicons())
    }
    let examiner = try asking([.consentStatement, .identityNumber])
    #expect(examiner.examine(ticket("2026-11-20"), attachments: []).text.identityNumbers.map(\.valid) == [false])
    #expect(examiner.examine(ticket("2026-11-21"), attachments: []).text.identityNumbers.map(\.valid) == [true])
    // Where nobody is asked for a number, none is looked for.
    let other = try asking([.consentStatement, .contactPhone])
    #expect(other.examine(ticket("2026-11-21"), attachments: []).text.identityNumbers.isEmpty)
  }

  @Test("A long text full of digits and labels is read in a moment")
  func long() throws {
    for piece in ["身份证号 1 ", "1101 ", "110101-", "身份证号（", "*1*", "号码是是是"] {
      let text = String(String(repeating: piece, count: 20_000).prefix(100_000))
      let normal = Normaliser.normalise(Scalars.of(text))
      let clock = ContinuousClock()
      let identifiers = Identifiers(words: try IdentifierWords(Fixture.lexicons()))
      let taken = clock.measure { _ = identifiers.numbers(normal) { Evidence(.body, span: $0) } }
      #expect(taken < .seconds(20), "\(piece): \(taken)")
    }
  }

  @Test(
    "A mistake in the words is named with its file and line",
    arguments: [
      ("[resident_id]", "[residentid]", 5, "no section"), ("# 证件号码在文字里的叫法", "身份证", 1, "before the first section"),
      ("身份证号 | 身份证号码 |", "身份证号 | | 身份证号码 |", 6, "empty word"),
      ("工商注册号 |", "工商注册号 | 信用代码 |", 17, "stands in line"), ("[link]", "# [link]", nil, "[link] is missing"),
      ("[uscc]", "[uscc", 11, "no section"),
    ] as [(String, String, Int?, String)])
  func mistakes(_ old: String, _ new: String, _ line: Int?, _ what: String) throws {
    let files = try Fixture.lexicons().map { file in
      IdentifierWords.isFile(file.file) ? (file: file.file, text: file.text.replacing(old, with: new)) : file
    }
    try #require(files.contains { IdentifierWords.isFile($0.file) && $0.text.contains(new) })
    let error = try #require(throws: ExamineError.self) { try IdentifierWords(files) }
    #expect(error.file == "numbers.txt")
    #expect(error.line == line, "\(error)")
    #expect(error.what.contains(what), "\(error)")
  }

  @Test("Without the file of words nothing runs")
  func missing() throws {
    let files = try Fixture.lexicons().filter { !IdentifierWords.isFile($0.file) }
    #expect(throws: ExamineError.self) {
      try TicketExaminer(policy: Fixture.policy(Fixture.jdcloud), lexicons: files)
    }
  }
}
