import ClosureModel
import Foundation
import TestSupport
import Testing

@testable import Examine

@Suite("Any text is read to its end")
struct ReaderFuzzTests {
  /// The limit of the shipped policies.
  private static let examiner = Result {
    try TicketExaminer(policy: Fixture.policy(Fixture.jdcloud, maxBodyScalars: 20_000), lexicons: Fixture.lexicons())
  }
  /// The reader without the policy's limit on the length of a text.
  private static let unlimited = Result {
    try TicketExaminer(policy: Fixture.policy(Fixture.jdcloud, maxBodyScalars: .max), lexicons: Fixture.lexicons())
  }

  /// What a reading promises of any text.
  private func check(_ text: String, by examiner: TicketExaminer, _ place: @autoclosure () -> String) {
    let reading = examiner.read(text)
    let scalars = Array(text.unicodeScalars)
    var evidence: [Evidence] = []
    for statement in [
      reading.consent, reading.balanceWaiver, reading.resourceWaiver, reading.withdrawal, reading.closingRequest,
    ] {
      evidence += statement.evidence + statement.against
      if statement.label == .affirmed, statement.evidence.isEmpty {
        Issue.record("\(place()): \(statement.code) is affirmed by nothing: \(text.prefix(200).debugDescription)")
      }
      if !statement.against.allSatisfy(statement.evidence.contains) {
        Issue.record("\(place()): against is no part of the evidence: \(text.prefix(200).debugDescription)")
      }
    }
    evidence += (reading.emails + reading.phones).map(\.evidence) + reading.identityNumbers.map(\.evidence)
    for one in evidence + reading.accounts {
      guard let span = one.span else { continue }
      guard span.upperBound <= scalars.count, !span.isEmpty else {
        Issue.record("\(place()): span \(span) of \(scalars.count): \(text.prefix(200).debugDescription)")
        continue
      }
    }
    for one in reading.consent.evidence {
      guard let span = one.span, let quote = one.quote, span.upperBound <= scalars.count else { continue }
      if !quote.unicodeScalars.elementsEqual(scalars[span]) {
        Issue.record("\(place()): “\(quote)” does not stand at \(span): \(text.prefix(200).debugDescription)")
      }
    }
  }

  private static let marks = [
    "，", "。", "！", "？", "；", "：", "、", ",", ".", "!", "?", ":", ";", "\n", "\r\n", "\n\n", " ", "\t", "　", "“", "”",
    "「",
    "」", "‘", "’", "\"", "'", "《", "》", "〈", "〉", "<", ">", "（", "）", "(", ")", "[", "]", "【", "】", "{", "}", "[ ]",
    "[x]",
    "（√）", "☑", "☐", "□", "■", "√", "×", ">", "> ", "| ", "|", "--", "——", "…", "*", "#", "~~", "<del>", "</del>",
    "<p>",
    "</p>", "<br>", "<s>", "<span style=\"display:none\">", "</span>", "<!--", "-->", "<input type=checkbox checked>",
    "&nbsp;", "&lt;", "&gt;", "&#21516;", "&#x610F;", "&", "&;", "&#;", "=E5=90=8C", "=20", "=\n", "=", "\u{200B}",
    "\u{FEFF}",
    "\u{202E}", "\u{FFFD}", "\u{0}", "\u{301}", "👍", "👨‍👩‍👧", "13800138000", "a@example.com", "jd_demo", "@", "+86",
    "110101",
    "《京东云账户注销须知》", "注销须知", "2026-01-01", "客服：", "我：", "发件人：", "On Monday agent wrote:", "同意书.jpg",
    "-----原始邮件-----", "𠮷", "Ａ１", "不", "没", "同意", "已阅读并同意",
  ]

  /// The words of every lexicon of the reader, spelled out, and the marks.
  private static let alphabet = Result {
    var words = marks
    for (file, text) in try Fixture.lexicons() where ["consent.txt", "spoilers.txt", "tickets.txt"].contains(file) {
      for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("[") {
        for entry in line.split(separator: "|") {
          words += Lexicon.expand(entry.trimmingCharacters(in: .whitespaces)) ?? []
        }
      }
    }
    // As many marks as words: sentences otherwise never end.
    return words + (0..<max(1, words.count / marks.count)).flatMap { _ in marks }
  }

  @Test("Words and marks in any order", arguments: [UInt64(1), 20_260_601, 99])
  func words(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let alphabet = try Self.alphabet.get()
    #expect(alphabet.count > 1000)
    let examiner = try Self.examiner.get()
    for round in 0..<1500 {
      let count = Int.random(in: 0...40, using: &random)
      let text = (0..<count).compactMap { _ in alphabet.randomElement(using: &random) }.joined()
      check(text, by: examiner, "seed \(seed), round \(round)")
    }
  }

  @Test("Random bytes, decoded as well as they can be", arguments: [UInt64(2), 31_337])
  func bytes(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let examiner = try Self.examiner.get()
    let base = Array("本人已阅读并同意《京东云账户注销须知》<p>&#21516;</p> 电话 13800138000".utf8)
    for round in 0..<400 {
      var bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      // Half of them are a ticket with a few bytes changed.
      if round.isMultiple(of: 2) {
        bytes = base
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      }
      check(String(decoding: bytes, as: UTF8.self), by: examiner, "seed \(seed), round \(round)")
    }
  }

  @Test(
    "Deep nesting",
    arguments: [
      ("(", ")"), ("（", "）"), ("《", "》"), ("“", "”"), ("[", "]"), ("【", "】"), ("<div>", "</div>"), ("<del>", "</del>"),
      ("<span style=\"display:none\">", "</span>"), ("~~", "~~"), ("<!--", "-->"), ("> ", "\n"), ("&lt;", "&gt;"),
    ])
  func nesting(_ open: String, _ close: String) throws {
    let depth = 20_000
    let inner = "本人已阅读并同意《京东云账户注销须知》"
    let text = String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    check(text, by: try Self.unlimited.get(), open)
    check(String(repeating: open, count: depth) + inner, by: try Self.unlimited.get(), open)
    check(inner + String(repeating: close, count: depth), by: try Self.unlimited.get(), close)
  }

  private static let repeated = [
    "a", "的", " ", "同意", "不", "“", "<", "&", "[", "(", "1", "@", "，", "\n", "=", "~", "-", ".", ">", "|", "：",
    "已阅读并同意《京东云账户注销须知》，",
  ]

  @Test("Five megabytes of one thing, under the policy's limit", arguments: repeated)
  func long(_ one: String) throws {
    check(String(repeating: one, count: 5_000_000 / one.utf8.count), by: try Self.examiner.get(), one)
  }

  @Test("As much of one thing as a test bears, without the limit", arguments: repeated)
  func unlimited(_ one: String) throws {
    check(String(repeating: one, count: 60_000 / one.utf8.count), by: try Self.unlimited.get(), one)
  }
}
