import ClosureModel
import Testing

@testable import Examine

@Suite("Contacts in hostile and odd texts")
struct ContactBoundTests {
  private static func contacts() throws -> Contacts {
    Contacts(
      provider: Policy.ProviderContacts(domains: ["jd.com"], phones: ["95118"]),
      slips: try ContactWords(Fixture.lexicons()))
  }

  /// The normal text itself: normalisation has tests of its own.
  private static func normal(_ unit: String, _ count: Int) -> NormalText {
    let scalars = Scalars.of(unit)
    var text = NormalText()
    text.scalars = (0..<count).map { scalars[$0 % scalars.count] }
    text.map = Array(0..<count)
    return text
  }

  /// Would take hours if any look were unbounded. Without optimisation each step costs twenty times as much.
  private static var size: Int {
    #if DEBUG
      200_000
    #else
      5_000_000
    #endif
  }

  @Test(
    "Noise of any length comes to an end", .timeLimit(.minutes(3)),
    arguments: [
      "1", "@", "1 ", "a.", "a@", "(", "+1 ", "1-", "1*", "电话", "零一", "www.", "a@b.", "://", "138 ", "邮箱：a@", " at ",
      "#", "13800138000 ",
      "转1", "1/", "a@a.com,", "a(at)", "我@", "“13800138000", "(13800138000", "例：13800138000，", "绑定手机13800138000，以上联系方式",
      "13800138000、", "13800138000都是", "_1", "**1", "a@b.com:1", "ssh a@b.com ", "1\n", "138\n0013\n", "一，", "一 ", "1一",
      "|13800138000", "1|13800138000\n",
      "13800138000/1", "010-88886666、8", "a=40b.com ", "写信给a@b.com ", "客服：您的邮箱是a@b.com吗\n是\n", "\n“电话13800138000”",
      "|发件人|a@jd.com|\n", "发件人:a@b.com\n",
    ])
  func linear(_ unit: String) throws {
    let contacts = try Self.contacts()
    let text = Self.normal(unit, Self.size)
    let none = Evidence(.body)
    let found =
      contacts.emails(text) { _ in none }.count + contacts.phones(text, isCell: false) { _ in none }.count
      + contacts.foreign([0..<1], text).count
    #expect(found <= Self.size)
  }

  @Test("A cell that is told at one look reads as the long way reads it")
  func plain() throws {
    let contacts = try Self.contacts()
    let alphabet = Scalars.of("aB1.-+_qjd@com")
    var random = ContactPlanTests.Seeded(state: 20_261_122)
    for _ in 0..<20_000 {
      let ends = ["@qq.com", "@qq.con", "@jd.com", "@a.pdf", "@b1.org", ".com", ""].map(Scalars.of)
      let head = (0..<Int.random(in: 1...9, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) }
      let given = head + (ends.randomElement(using: &random) ?? [])
      let cell = Scalars.string(given)
      let text = Normaliser.normalise(given)
      func evidence(_ range: Range<Int>) -> Evidence {
        Evidence(.column(.email), span: text.source(range), quote: text.string(range))
      }
      let long = contacts.emails(text, given: given, evidence)
      let short = contacts.emails(cell: cell, .email)
      #expect(short == long || long.isEmpty && short.allSatisfy { $0.status == .invalid }, "\(cell)")
      #expect(PlainCell.isMaskedAddress(cell) == false)
      if EmailAddress.plainAt(given) != nil {
        #expect(ContactCheck.email(cell).valid, "\(cell)")
        // Full-width, the same address goes the long way.
        let wide = Scalars.string(given.map { $0 + 0xFEE0 })
        #expect(ContactCheck.email(wide).normalised == ContactCheck.email(cell).normalised, "\(cell)")
      }
    }
    for cell in ["13800138000", "19900000001", "13000000000", "12345678901", "1380013800a"] {
      let long = ContactCheck.phone(cell)
      #expect(PlainCell.mobile(cell) == long.normalised, "\(cell)")
    }
  }

  @Test("Any mixture of marks, digits and letters is read without a trap, and spans stay inside")
  func fuzz() throws {
    let contacts = try Self.contacts()
    let alphabet = Scalars.of("0138 +-()（）.@/#*xab邮箱手机号：，。、\n转一零艾特点com<>&香港852=")
    var random = ContactPlanTests.Seeded(state: 20_261_121)
    for _ in 0..<20_000 {
      let given = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0x20
      }
      let text = Normaliser.normalise(given)
      for isCell in [true, false] {
        let all =
          contacts.emails(text, given: given) { Evidence(.body, span: text.source($0)) }
          + contacts.phones(text, isCell: isCell) { Evidence(.body, span: text.source($0)) }
        for one in all {
          let span = try #require(one.evidence.span)
          #expect(span.lowerBound >= 0 && span.upperBound <= given.count && !span.isEmpty, "\(Scalars.string(given))")
          if one.status == .valid, one.value.hasPrefix("+") {
            #expect(PhoneLibrary.e164(Array(one.value.utf8)) == one.value, "\(Scalars.string(given))")
          }
        }
      }
      _ = ContactCheck.phone(Scalars.string(given))
      _ = ContactCheck.email(Scalars.string(given))
    }
  }

  @Test("The span of a contact is its place in the text as given")
  func spans() throws {
    let text = "您好 ，邮箱： Li@Example.com ，手机 １３８ 0013 8000。"
    let read = try Fixture.contacts(text)
    #expect(read.emails.map(\.evidence.quote) == ["Li@Example.com"])
    #expect(read.phones.map(\.evidence.quote) == ["１３８ 0013 8000"])
  }

  @Test(
    "A cell that says something else is invalid, an empty one says nothing",
    arguments: [
      ("无", 0), ("", 0), ("同注册手机", 1), ("1381234", 1), ("138****5678", 1), ("13800138000", 1),
      ("13800138000/13900139000", 2),
      ("8613800138000", 1), ("13800138000.0", 1), ("010-88886666", 1), ("QQ1380013", 1),
    ])
  func cells(_ cell: String, _ count: Int) throws {
    let found = try Self.contacts().phones(cell: cell, .phone)
    #expect(found.count == count)
    let isGood = cell.hasPrefix("13800138000") || cell.hasPrefix("86") || cell.hasPrefix("010")
    #expect(found.allSatisfy { ($0.status == .valid) == isGood })
  }

  @Test("What stands on an agent's line is the agent's")
  func owned() {
    func reading(_ span: Range<Int>) -> ContactReading {
      ContactReading(value: "x", status: .valid, evidence: Evidence(.body, span: span), owner: .applicant)
    }
    let found = Contacts.owned([reading(0..<3), reading(10..<13), reading(25..<28)], [5..<9, 10..<20, 30..<40])
    #expect(found.map(\.owner) == [.applicant, .agent, .applicant])
  }
}

@Suite("Word lists of contacts")
struct ContactWordsTests {
  private func files(_ name: String, _ change: (String) -> String) throws -> [(file: String, text: String)] {
    try Fixture.lexicons().map { $0.file == name ? ($0.file, change($0.text)) : $0 }
  }

  @Test("An unknown section, a missing one, a stray entry or a broken region stops the run with file and line")
  func strict() throws {
    for (name, change) in [
      ("contacts.txt", { "[nonsense]\nx\n" + $0 }), ("contacts.txt", { "stray\n" + $0 }),
      ("contacts.txt", { $0.replacing("[unit]", with: "[dead]") }),
      ("contacts.txt", { $0.replacing("香港 = 852", with: "香港 852") }),
      ("mail-slips.txt", { "[mail_slip]\nqq.con\n" + $0 }), ("mail-slips.txt", { $0.replacing("[at]", with: "[dot]") }),
    ] as [(String, (String) -> String)] {
      let changed = try files(name, change)
      let error = #expect(throws: ExamineError.self) { try ContactWords(changed) }
      #expect(error?.file == name)
    }
    let without = try Fixture.lexicons().filter { $0.file != "contacts.txt" }
    #expect(throws: ExamineError.self) { try ContactWords(without) }
  }
}

@Suite("Single values")
struct ContactCheckTests {
  private static func check() throws -> ContactCheck { try ContactCheck(lexicons: Fixture.lexicons()) }

  @Test(
    "A usable number comes back in E.164",
    arguments: [
      ("138 0013 8000", "+8613800138000"), ("010-88886666转801", "+861088886666;ext=801"),
      ("电话：13800138000", "+8613800138000"),
      ("香港 91234567", "+85291234567"), ("400-820-8820", "+864008208820"), ("13800138000.0", "+8613800138000"),
      ("+1 (415) 555-2671", "+14155552671"),
    ])
  func phones(_ value: String, _ normalised: String) throws {
    #expect(try Self.check().phone(value) == CheckResult(value: value, valid: true, normalised: normalised, why: nil))
  }

  @Test(
    "Every fault of a number is named in its own words",
    arguments: [
      ("", "没有内容"), ("abc", "没有数字"), ("138****8000", "遮盖"), ("88886666", "区号"), ("1380013800", "10 位"),
      ("12012345678", "号段"),
      ("+999 12345678", "国家或地区代码"), ("95118", "短号"), ("13800138000/13900139000", "多个号码"), ("一三八零零一三八零零零", "汉字"),
      ("1.38E+10", "科学计数法"),
      ("13800138000张三", "别的文字"), ("010-88886666/7", "末尾几位"), ("138OO138000", "字母"), ("13800000000", "占位"),
      ("138001380001", "12 位"),
      ("0999-99999999", "区号或座机"), ("wx13800138000", "不是数字"),
    ])
  func phoneFaults(_ value: String, _ why: String) throws {
    let result = try Self.check().phone(value)
    #expect(!result.valid && result.normalised == nil)
    #expect(result.why?.contains(why) == true, "\(result.why ?? "")")
  }

  @Test(
    "A usable address comes back with its domain in lower case and Unicode",
    arguments: [
      ("A.B@Example.COM", "A.B@example.com"), ("张三 <z@example.com>", "z@example.com"), ("mailto:a@b.com", "a@b.com"),
      ("a.b＠example.com", "a.b@example.com"),
      ("a@xn--fsqu00a.xn--fiqs8s", "a@例子.中国"), ("中文@例子.中国", "中文@例子.中国"),
      ("a@bücher.example.com", "a@bücher.example.com"),
      ("a!#$%&'*+-/=?^_`{|}~b@example.com", ""),
    ])
  func emails(_ value: String, _ normalised: String) throws {
    let result = try Self.check().email(value)
    // A star is a mask here before it is a letter of RFC 5321.
    #expect(result.normalised == (normalised.isEmpty ? nil : normalised))
    #expect(result.valid == !normalised.isEmpty)
  }

  @Test(
    "Every fault of an address is named in its own words",
    arguments: [
      ("", "没有内容"), ("a.example.com", "没有 @"), ("a@b@c.com", "多个 @"), ("a b@c.com", "空格"), ("@x.com", "@ 前没有名字"),
      ("a@", "没有域名"),
      ("a***@example.com", "遮盖"), (".a@b.com", "点不能"), ("a..b@b.com", "点不能"), ("a(b@c.com", "不允许的字符“(”"),
      ("a@example", "没有点"), ("a@qq..com", "a@qq.com"),
      ("a@qq，com", "逗号"), ("a@exa_mple.com", "“_”"), ("a@-b.com", "连字符"), ("a@b.c", "顶级域名"), ("a@1.2.3.4", "IP"),
      ("a@xn--a.com", "IDNA"),
      ("noreply@x.com", "不收信"), ("xxx@xxx.com", "样例"), ("a@qq.con", "qq.com"), ("a(at)qq.com", "别的样子"),
      ("a@x.com,b@y.com", "多个邮箱"), ("a@example。com", "句号"),
    ])
  func emailFaults(_ value: String, _ why: String) throws {
    let result = try Self.check().email(value)
    #expect(!result.valid && result.normalised == nil)
    #expect(result.why?.contains(why) == true, "\(result.why ?? "")")
  }

  @Test("Lengths of RFC 5321 hold to the byte")
  func lengths() throws {
    let check = try Self.check()
    let label = String(repeating: "d", count: 61)
    #expect(check.email(String(repeating: "a", count: 64) + "@example.com").valid)
    #expect(check.email(String(repeating: "a", count: 65) + "@example.com").why?.contains("64") == true)
    #expect(check.email("a@\(label)dd.com").valid)
    #expect(check.email("a@\(label)ddd.com").why?.contains("63") == true)
    #expect(check.email("a@" + [label, label, label, label].joined(separator: ".") + ".com").valid)
    #expect(
      check.email("a@" + [label, label, label, label, label].joined(separator: ".") + ".com").why?.contains("253")
        == true)
  }
}
