import ClosureModel
import Foundation
import Testing

@testable import Compose

@Suite("Texts with their marks")
struct MarkedTextTests {
  private static func reading(
    accounts: [Evidence] = [], phones: [ContactReading] = [], numbers: [IdentityNumberReading] = []
  ) -> TextReading {
    let none = StatementReading(label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。")
    return TextReading(
      consent: none, balanceWaiver: none, resourceWaiver: none, withdrawal: none, closingRequest: none, emails: [],
      phones: phones, identityNumbers: numbers, accounts: accounts)
  }

  private static func shown(_ text: MarkedText) -> String {
    text.pieces.map { ["", "⟦", "⟪"][Int($0.mark.rawValue)] + $0.text + ["", "⟧", "⟫"][Int($0.mark.rawValue)] }.joined()
  }

  @Test("Masks before a mark do not shift it, and what speaks against wins where both hold a place")
  func marks() {
    let text = "邮箱 zhang.san@example.com，本人已阅读，不同意"
    let start = text.unicodeScalars.count - 9
    let marked = MarkedText(
      text, Self.reading(), statement: [start..<(start + 5), (start + 6)..<(start + 9)],
      against: [(start + 6)..<(start + 7)], reveal: false)
    #expect(Self.shown(marked) == "邮箱 z***@example.com，⟦本人已阅读⟧，⟪不⟫⟦同意⟧")
    #expect(marked.words(start..<(start + 5)) == "本人已阅读")
  }

  @Test("A number that a mark parts stays masked as a whole")
  func parted() {
    let marked = MarkedText("138001380", Self.reading(), statement: [0..<4], reveal: false)
    #expect(Self.shown(marked) == "⟦138*⟧***80")
    #expect(Self.shown(MarkedText("138001380", Self.reading(), statement: [0..<4], reveal: true)) == "⟦1380⟧01380")
  }

  @Test("Names and numbers that no pattern knows are masked where the reader found them")
  func found() {
    let text = "账号 demo-user，电话 一三八零零一三八零零零"
    let length = text.unicodeScalars.count
    let phone = ContactReading(
      value: "一三八零零一三八零零零", status: .suspect, evidence: Evidence(.body, span: (length - 11)..<length), owner: .applicant
    )
    let reading = Self.reading(accounts: [Evidence(.body, span: 3..<12)], phones: [phone])
    #expect(Self.shown(MarkedText(text, reading, statement: [], reveal: false)) == "账号 dem*-**er，电话 一三*******零零")
    #expect(Self.shown(MarkedText(text, reading, statement: [], reveal: true)) == text)
  }

  @Test(
    "A moment is shown, a day and a number beside it are masked",
    arguments: [
      ("held since 2026-11-23T09:10Z", "held since 2026-11-23T09:10Z"),
      ("2026-11-23T09:10:05+08:00", "2026-11-23T09:10:05+08:00"),
      ("2026-11-23T09:10，13800138000", "2026-11-23T09:10，138******00"),
      ("by jdcloud@2026-01-15, a@example.com", "by jdcloud@2026-01-15, a***@example.com"),
      ("zhang1@2026-01-15", nil), ("jdcloud@2026-01-15.com", nil),
      ("138001380002026-11-23T09:10", nil), ("2026-11-23T09:1013800138000", nil), ("19900101", nil),
    ])
  func moments(_ text: String, _ shown: String?) {
    if let shown { #expect(Masking.text(text) == shown) } else { #expect(Masking.text(text).contains("*")) }
  }

  @Test("Escapes of terminals, direction marks and lone carriage returns lose their effect; line ends become one kind")
  func safe() {
    let marked = MarkedText("a\r\nb\rc\u{1B}[31m\u{202E}\u{9B}d", Self.reading(), statement: [], reveal: true)
    #expect(Self.shown(marked) == "a\nb\nc\u{FFFD}[31m\u{FFFD}\u{FFFD}d")
  }

  @Test("Spans outside the text, empty spans and an empty text are borne")
  func bounds() {
    #expect(MarkedText("", Self.reading(), statement: [0..<5], reveal: false).pieces.isEmpty)
    let marked = MarkedText("同意", Self.reading(), statement: [1..<99, 0..<0], against: [50..<60], reveal: false)
    #expect(Self.shown(marked) == "同⟦意⟧")
    #expect(marked.words(50..<60) == "")
  }

  @Test("Masking by place gives the same text as masking, its places rise", arguments: [UInt64(1), 2, 3])
  func mapped(_ seed: UInt64) {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let letters = Array("a1@.2-３ 我+@\n0_%9（＠z".unicodeScalars)
    for _ in 0..<400 {
      var view = String.UnicodeScalarView()
      for _ in 0..<next(60) { view.append(letters[next(letters.count)]) }
      let text = String(view)
      let mapped = Masking.mapped(text)
      var joined = String.UnicodeScalarView()
      for (scalar, _) in mapped { joined.append(scalar) }
      #expect(String(joined) == Masking.text(text), "seed \(seed): \(text.debugDescription)")
      #expect(zip(mapped, mapped.dropFirst()).allSatisfy { $0.source <= $1.source }, "seed \(seed): \(text)")
      #expect((mapped.last?.source ?? -1) < text.unicodeScalars.count)
    }
  }

  @Test("Every code has an English reason, doubt is said once, and Chinese ones are the reader's own")
  func reasons() throws {
    let catalog = try Desk.catalog()
    for code in FindingCode.allCases where code.rawValue.hasPrefix("consent.") {
      for label in StatementReading.Label.allCases {
        let statement = StatementReading(label: label, code: code.rawValue, evidence: [], reason: "理由。")
        #expect(ReadingWords.reason(statement, catalog, .zhCN) == "理由。")
        let english = ReadingWords.reason(statement, catalog, .en)
        #expect(english.unicodeScalars.allSatisfy { $0.value < 0x3000 } && english.hasSuffix("."), "\(code)")
        #expect(label != .unclear || english.contains("person") || english.contains("delays"), "\(code): \(english)")
      }
    }
    for code in ["declared", "not_declared", "negated", "unclear", "paused", "mixed", "other_request", "no_sign"] {
      let statement = StatementReading(label: .unclear, code: code, evidence: [], reason: "理由。")
      #expect(ReadingWords.reason(statement, catalog, .en).hasSuffix("."), "\(code)")
      #expect(ReadingWords.reason(statement, catalog, .en) != "理由。", "\(code)")
    }
  }
}
