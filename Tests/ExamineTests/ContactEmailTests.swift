import ClosureModel
import Testing

@testable import Examine

/// `text`, what must be found as valid and the applicant's; what must be suspect, with its suggestion.
struct MailCase: Sendable, CustomTestStringConvertible {
  let text: String
  var valid: [String] = []
  var suspect: [String: String] = [:]
  init(_ text: String, _ valid: String..., suspect: [String: String] = [:]) {
    self.text = text
    self.valid = valid
    self.suspect = suspect
  }
  var testDescription: String { text }
}

@Suite("E-mail of the applicant")
struct ContactEmailTests {
  static func read(_ text: String) throws -> [ContactReading] { try Fixture.contacts(text).emails }

  @Test(
    "Addresses are found in whatever stands around them",
    arguments: [
      MailCase("联系邮箱：zhang.san@example.com", "zhang.san@example.com"),
      MailCase("邮箱zhangsan@example.com谢谢", "zhangsan@example.com"),
      MailCase("我的邮箱是Zhang.San@Example.COM。", "Zhang.San@example.com"),
      MailCase("（邮箱：a_b-c+tag@mail.example.co.uk）", "a_b-c+tag@mail.example.co.uk"),
      MailCase("【li.si@example.com】", "li.si@example.com"),
      MailCase("“li.si@example.com”", "li.si@example.com"),
      MailCase("邮箱：ｌｉｓｉ＠ｅｘａｍｐｌｅ．ｃｏｍ", "lisi@example.com"),
      MailCase("邮箱 lisi＠example.com，电话见下", "lisi@example.com"),
      MailCase("邮箱：lisi﹫example﹒com", "lisi@example.com"),
      MailCase("邮箱：li=\nsi=40example.com", "lisi@example.com"),
      MailCase("通知发到“lisi@example.com”即可，别打电话", "lisi@example.com"),
      MailCase("发到 lisi@example.com。谢谢", "lisi@example.com"),
      MailCase("mailto:lisi@example.com", "lisi@example.com"),
      MailCase("张三 <zhangsan@example.com>", "zhangsan@example.com"),
      MailCase("张三＜zhangsan@example.com＞", "zhangsan@example.com"),
      MailCase("Email: lisi@example.com.", "lisi@example.com"),
      MailCase("E-mail:lisi@example.com;Tel:13800138000", "lisi@example.com"),
      MailCase("a1@example.com/b2@example.com", "a1@example.com", "b2@example.com"),
      MailCase("a1@example.com；b2@example.com", "a1@example.com", "b2@example.com"),
      MailCase("a1@example.com、b2@example.com", "a1@example.com", "b2@example.com"),
      MailCase("a1@example.com或b2@example.com", "a1@example.com", "b2@example.com"),
      MailCase("邮箱：lisi@\nexample.com", "lisi@example.com"),
      MailCase("邮箱：lisi@example.\ncom，谢谢", "lisi@example.com"),
      MailCase("邮箱：13800138000@139.com", "13800138000@139.com"),
      MailCase("邮箱：10001@qq.com", "10001@qq.com"),
      MailCase("邮箱：张三@例子.中国", "张三@例子.中国"),
      MailCase("邮箱：lisi@例子.公司，谢谢", "lisi@例子.公司"),
      MailCase("邮箱：lisi@例子.中国谢谢", "lisi@例子.中国"),
      MailCase("邮箱：lisi@xn--fsqu00a.xn--fiqs8s", "lisi@例子.中国"),
      MailCase("mail: müller@bücher.example.com", "müller@bücher.example.com"),
      MailCase("email=lisi@example.com", "lisi@example.com"),
      MailCase("邮箱：lisi@example.com13800138000", "lisi@example.com"),
      MailCase("邮箱:_lisi@example.com", "_lisi@example.com"),
      MailCase("邮箱：'lisi@example.com'", "lisi@example.com"),
      MailCase("邮箱：<b>lisi@example.com</b>", "lisi@example.com"),
      MailCase("邮箱：lisi&#64;example.com", "lisi@example.com"),
      MailCase("我的邮箱…lisi@example.com", "lisi@example.com"),
      MailCase("邮箱：o'brien@example.com", "o'brien@example.com"),
      MailCase("邮箱：lisi@sub.dept.example.com.cn", "lisi@sub.dept.example.com.cn"),
    ])
  func found(_ one: MailCase) throws {
    let read = try Self.read(one.text)
    #expect(Set(read.filter { $0.status == .valid && $0.owner == .applicant }.map(\.value)) == Set(one.valid))
  }

  @Test(
    "Real domains stay valid",
    arguments: [
      "qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "139.com", "189.cn", "aliyun.com",
      "live.cn",
      "hotmail.com", "outlook.com", "proton.me", "gmail.com", "icloud.com", "sina.cn", "sina.com", "sohu.com", "wo.cn",
      "tom.com", "21cn.com", "email.com", "mail.com", "ymail.com", "hotmail.co.uk", "yahoo.co.jp", "qq.cn",
      "vip.163.com",
      "example-tech.com", "yunfan.net.cn", "wx.com.cn", "abc.co", "shop.cm", "msn.com", "me.com", "corp.example.com",
    ])
  func real(_ domain: String) throws {
    let read = try Self.read("邮箱：lisi@\(domain)")
    #expect(read.map(\.value) == ["lisi@\(domain)"])
    #expect(read.map(\.status) == [.valid])
  }

  @Test(
    "What is hidden or misspelled is suspect with a suggestion, never valid",
    arguments: [
      ("邮箱：lisi(at)example.com", "lisi@example.com"), ("邮箱：lisi[at]example[dot]com", "lisi@example.com"),
      ("邮箱：lisi AT example DOT com", "lisi@example.com"), ("邮箱：lisi#example.com", "lisi@example.com"),
      ("邮箱：lisi艾特example.com", "lisi@example.com"), ("邮箱：lisi @ example.com", "lisi@example.com"),
      ("邮箱：lisi@ example.com", "lisi@example.com"), ("邮箱：lisi @example.com", "lisi@example.com"),
      ("邮箱：lisi@qq.con", "lisi@qq.com"), ("邮箱：lisi@qq.cm", "lisi@qq.com"),
      ("邮箱：lisi@example。com", "lisi@example.com"), ("邮箱：lisi@qq｡com", "lisi@qq.com"),
      ("邮箱：lisi@mail。example。com", "lisi@mail.example.com"), ("邮箱：lisi=40example.com", "lisi@example.com"),
      ("邮箱：lisi@163.con", "lisi@163.com"),
      ("邮箱：lisi@gmial.com", "lisi@gmail.com"), ("邮箱：lisi@hotmial.com", "lisi@hotmail.com"),
      ("邮箱：lisi@foxmial.com", "lisi@foxmail.com"), ("邮箱：lisi@outlok.com", "lisi@outlook.com"),
      ("邮箱：lisi@sina.con", "lisi@sina.com"), ("邮箱：lisi@qqcom", "lisi@qq.com"), ("邮箱：lisi@163com", "lisi@163.com"),
      ("邮箱：lisi@qq..com", "lisi@qq.com"), ("邮箱：lisi@qq,com", "lisi@qq.com"), ("邮箱：lisi@qq，com", "lisi@qq.com"),
      ("邮箱：lisi@qq.c0m", "lisi@qq.com"), ("邮箱：lisi@example.cmo", "lisi@example.com"),
      ("邮箱：lisi@example.ocm", "lisi@example.com"), ("邮箱：lisi@@qq.com", "lisi@qq.com"),
      ("邮箱：lisi@gmail.co", "lisi@gmail.com"), ("邮箱：lisi@gmaill.com", "lisi@gmail.com"),
      ("邮箱：lisi@qq点com", "lisi@qq.com"), ("邮箱：lisi@iclod.com", "lisi@icloud.com"), ("邮箱：lisi@qq com", "lisi@qq.com"),
      ("邮箱：lisi at qq.com", "lisi@qq.com"), ("邮箱：lisi（at）qq.com", "lisi@qq.com"),
    ])
  func suspect(_ text: String, _ suggestion: String) throws {
    let read = try Self.read(text)
    #expect(read.map(\.status) == [.suspect])
    #expect(read.map(\.suggestion) == [suggestion])
  }

  @Test(
    "Masked, silent, placeholder and broken addresses are invalid",
    arguments: [
      "邮箱：l***@example.com", "邮箱：noreply@example.com", "邮箱：xxx@xxx.com", "邮箱：lisi@", "邮箱：a@b@example.com",
      "邮箱：li..si@example.com", "邮箱：lisi@-example.com", "邮箱：no-reply@example.com",
    ])
  func invalid(_ text: String) throws {
    #expect(try Self.read(text).map(\.status) == [.invalid])
  }

  @Test(
    "What only looks like an address is none",
    arguments: [
      "图片 icon@2x.png 打不开", "ssh root@10.0.0.5 连不上", "@客服 请处理", "https://user:word@example.com/x", "没有邮箱",
      "mysql root@localhost 报错",
    ])
  func none(_ text: String) throws {
    #expect(try Self.read(text).filter { $0.status == .valid }.isEmpty)
  }

  @Test(
    "An address that is not the applicant's does not count",
    arguments: [
      ("同事的邮箱 wang@example.com", ContactReading.Owner.unknown), ("前员工邮箱：wang@example.com", .unknown),
      ("对方邮箱是 wang@example.com", .unknown), ("账号绑定邮箱 wang@example.com 已停用", .unknown),
      ("原邮箱wang@example.com不再使用", .unknown),
      ("客服邮箱 help@example.com", .agent), ("support@jdcloud.com", .agent), ("请问 a@sub.jd.com 是你们的吗", .agent),
      ("客服：请发到 help@example.com", .agent), ("不是wang@example.com，是li@example.com", .unknown),
      ("邮箱 wang@example.com 写错了，应为 li@example.com", .unknown), ("> 联系邮箱：wang@example.com", .agent),
      ("已发邮件到 wang@example.com 三天没回", .unknown), ("写信给 wang@example.com，至今没有回音", .unknown),
      ("对方来信称：“请联系 wang@example.com 处理”", .unknown),
      ("opened by Tom (wang@example.com), who left last year", .unknown),
      ("客服：您的邮箱是 wang@example.com 吗\n我：不是", .agent), ("客服：您的邮箱是 wang@example.com 吗\n我：对的", .applicant),
    ])
  func owner(_ text: String, _ owner: ContactReading.Owner) throws {
    #expect(try Self.read(text).first?.owner == owner)
  }
}
