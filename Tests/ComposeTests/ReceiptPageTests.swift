import ClosureModel
import Testing

@testable import Compose

@Suite("Receipts in the report")
struct ReceiptPageTests {
  private func page(_ receipts: [Receipt], _ locale: Locale) throws -> String {
    ReportPage.html(
      title: "t", about: Desk.policy.label, summary: RunSummary(), cases: [], catalog: try Desk.catalog(),
      locale: locale,
      generated: Timestamp(epochSeconds: 0), note: nil, receipts: receipts)
  }

  private var full: Receipt {
    var receipt = Receipt(file: "七月 <1>")
    receipt.system = "Zendesk"
    (receipt.files, receipt.usedFiles, receipt.claimed, receipt.tickets, receipt.rowErrors) = (7, 5, 120, 118, 2)
    receipt.partial = 3
    receipt.localZone = "Europe/Berlin"
    receipt.numberGaps = Receipt.NumberGaps(
      prefix: "T-", first: 1, last: 120, missing: 4, ranges: ["7", "9–11"])
    receipt.gaps = Receipt.Gap.Code.allCases.map {
      Receipt.Gap(code: $0, count: 2, which: ["3", "5"], what: "what \($0.rawValue)", fix: "Mend \($0.rawValue).")
    }
    return receipt
  }

  @Test("The report says what each export claims, what was read and what is missing", arguments: Locale.allCases)
  func section(_ locale: Locale) throws {
    let page = try page([full, Receipt(file: "whole.csv")], locale)
    #expect(page.contains("七月 &lt;1&gt;"))
    for number in ["120", "118", "5 / 7"] { #expect(page.contains("<td class=\"n\">\(number)</td>")) }
    for code in Receipt.Gap.Code.allCases { #expect(page.contains("<code>\(code.rawValue)</code>")) }
    #expect(page.contains("Europe/Berlin") && page.contains("9–11"))
    #expect(page.contains(locale == .en ? "INCOMPLETE" : "不完整"))
    #expect(page.contains(locale == .en ? "nothing missing was found" : "没有发现缺失"))
    #expect(page.contains("what total") == (locale == .en))
  }

  @Test("A reading that was ended early promises nothing")
  func early() throws {
    var receipt = Receipt(file: "a.csv")
    receipt.isWhole = false
    let page = try page([receipt], .en)
    #expect(page.contains("ended early") && !page.contains("nothing missing was found"))
  }

  @Test("Without an export there is no section")
  func none() throws { #expect(try !page([], .zhCN).contains("id=\"receipts\"")) }
}
