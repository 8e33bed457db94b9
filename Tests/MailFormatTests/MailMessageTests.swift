import ClosureModel
import Foundation
import MailFormat
import Testing

@Suite("Mail as bytes")
struct MailMessageTests {
  private func message(subject: String = "注销结果", body: String = "您好", id: String = "cdm_1") throws -> MailMessage {
    MailMessage(
      from: try #require(MailAddress("desk@example.com")), to: [try #require(MailAddress("user@example.org"))],
      subject: subject, body: body, date: try #require(Timestamp(parsing: "2026-11-21T09:05:07+08:00")), id: id)
  }

  private func head(_ message: MailMessage) throws -> [String] {
    let text = String(decoding: message.bytes, as: UTF8.self)
    return try #require(text.components(separatedBy: "\r\n\r\n").first).components(separatedBy: "\r\n")
  }

  @Test("The same message gives the same bytes, with a stable Message-ID and the day's right name")
  func stable() throws {
    let message = try message()
    #expect(message.bytes == (try self.message()).bytes)
    let head = try head(message)
    #expect(head.contains("Date: Sat, 21 Nov 2026 09:05:07 +0800"))
    #expect(head.contains("Message-ID: <cdm_1@example.com>"))
    #expect(head.contains("To: <user@example.org>"))
  }

  @Test(
    "Nothing in a subject or id can begin a header of its own",
    arguments: [
      "a\r\nBcc: all@example.net", "a\nBcc: all@example.net", "a\u{0}\u{0B}b", "=?utf-8?B?QmNj?=",
      "结果\r\n\r\n<html>", String(repeating: "很长的标题", count: 60),
    ])
  func injection(_ subject: String) throws {
    let message = try message(subject: subject, id: "x\r\nBcc: all@example.net")
    let head = try head(message)
    let names = head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
      ])
    #expect(head.allSatisfy { $0.utf8.count <= 84 && $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
    // Decoded, it is the subject again, controls but blanks.
    let start = try #require(head.firstIndex { $0.hasPrefix("Subject: ") })
    let words = [head[start].dropFirst(9)] + head[(start + 1)...].prefix { $0.hasPrefix(" ") }.map { $0.dropFirst() }
    let decoded = words.reduce(into: Data()) {
      $0 += Data(base64Encoded: String($1.dropFirst(10).dropLast(2))) ?? Data()
    }
    #expect(words.allSatisfy { $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") && $0.utf8.count <= 75 })
    let expected = String(
      String.UnicodeScalarView(subject.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    #expect(String(decoding: decoded, as: UTF8.self) == expected)
  }

  @Test(
    "The body comes back as it was, with the line ends of mail",
    arguments: [
      ("一行\n两行\r\n三行\r四行", "一行\r\n两行\r\n三行\r\n四行"), (".\n..\n", ".\r\n..\r\n"), ("", ""), ("\n\n", "\r\n\r\n"),
      (String(repeating: "字", count: 1000), String(repeating: "字", count: 1000)),
    ])
  func body(_ body: String, _ expected: String) throws {
    let text = String(decoding: try message(body: body).bytes, as: UTF8.self)
    let at = try #require(text.range(of: "\r\n\r\n"))
    let lines = text[at.upperBound...].components(separatedBy: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    let decoded = try #require(Data(base64Encoded: lines.joined()))
    #expect(String(decoding: decoded, as: UTF8.self) == expected)
  }

  @Test(
    "Only plain addresses are addresses; masked ones are none",
    arguments: [
      "a***@qq.com", "", "@", "a@", "@b.com", "a b@c.com", "a@b", "a@b..com", "a@-b.com", ".a@b.com", "a.@b.com",
      "a@b.com\r\nRCPT TO:<c@d.com>", "<a@b.com>", "\"a\"@b.com", "a@[127.0.0.1]", "张@example.com", "a@例子.com",
      "a@b.com,c@d.com", "a@b@c.com ", String(repeating: "a", count: 65) + "@b.com",
    ])
  func addresses(_ text: String) { #expect(MailAddress(text) == nil) }

  @Test("Plain addresses are taken", arguments: ["a@b.com", "first.last+tag@mail.example.co", "o'neil_1@example.com"])
  func plain(_ text: String) { #expect(MailAddress(text)?.text == text) }
}
