import ClosureModel
import Foundation
import Testing

@testable import Ingest

@Suite("Account facts in a file of their own")
struct AccountFactsTests {
  private func facts(_ text: String) throws -> AccountFactsFile { try facts(Array(text.utf8)) }

  private func facts(_ bytes: [UInt8]) throws -> AccountFactsFile {
    let file = Exports.file("facts")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try AccountFactsFile(path: file.path, options: IngestOptions()) { $0.lowercased() }
  }

  private func joined(_ file: AccountFactsFile, _ account: String, _ own: AccountFacts = AccountFacts()) -> AccountFacts
  {
    file.joined(to: Ticket(id: Ticket.ID("T-1"), origin: Origin(file: "", row: 2), account: account, facts: own)).ticket
      .facts
  }

  private let zero = Fact.known(Money(minorUnits: 0))

  @Test("A table, lines and a list are read alike")
  func forms() throws {
    let pages = [Book.Page(rows: Book.row(1, ["客户账号", "账户余额（元）"]) + Book.row(2, ["JDC_a", "5.00"]))]
    for file in [
      try facts("客户账号,账户余额（元）\nJDC_a,5.00\n"), try facts(#"{"account":"JDC_a","balance":5}"#),
      try facts(#"{"data":[{"account":"JDC_a","balance":"5.00"}]}"#), try facts(try Book(pages: pages).bytes()),
    ] {
      #expect(file.count == 1)
      let facts = joined(file, "jdc_A")
      #expect(facts.balance == .known(Money(minorUnits: 500)))
      #expect(facts.arrears == .columnAbsent)
    }
  }

  @Test("An account that is not in it is unknown where the file has a column, and so is one that is not named")
  func unknown() throws {
    let file = try facts("账号,余额\na,0\n")
    for account in ["b", "", "null"] {
      guard case .unreadable = joined(file, account).balance else { Issue.record("\(account) is known"); continue }
      #expect(joined(file, account).arrears == .columnAbsent)
    }
    #expect(joined(file, "a").balance == zero)
  }

  @Test("What export and file say differently is unknown; a blank says nothing")
  func differ() throws {
    let file = try facts("账号,余额\na,5.00\n")
    guard case .unreadable(let text) = joined(file, "a", AccountFacts(balance: zero)).balance else {
      Issue.record("a difference was passed over")
      return
    }
    #expect(text.contains("0.00") && text.contains("5.00"))
    #expect(joined(file, "a", AccountFacts(balance: .blank)).balance == .known(Money(minorUnits: 500)))
    #expect(joined(file, "a", AccountFacts(arrears: zero)).arrears == zero)
    guard case .unreadable = joined(file, "b", AccountFacts(balance: zero)).balance else {
      Issue.record("an account that is not in the file is clear")
      return
    }
  }

  @Test("What an export is to ignore is not ignored in the facts")
  func ignored() throws {
    let path = Exports.file("facts")
    try Data("账号,余额\na,5000\n".utf8).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    var options = IngestOptions()
    options.columns = ["余额": .ignore]
    let file = try AccountFactsFile(path: path.path, options: options) { $0.lowercased() }
    #expect(joined(file, "a").balance == .known(Money(minorUnits: 500_000)))
  }

  @Test("A file without a header shows nobody's cells in its error")
  func headless() throws {
    let error = #expect(throws: IngestError.self) {
      try facts("li.ming@example.com,13800138000\nb@example.com,13900139000\n")
    }
    #expect(error.map { !"\($0)".contains("13800138000") && !"\($0)".contains("li.ming@") } == true)
  }

  @Test("An account that stands twice: the same is the same, what differs is unknown")
  func twice() throws {
    let file = try facts("账号,余额,欠费\na,0,0\nA,0.00,3\n")
    #expect(joined(file, "a").balance == zero)
    #expect(joined(file, "a").arrears == .unreadable("0.00；3.00"))
  }

  @Test(
    "What cannot be read whole is not used at all",
    arguments: [
      "", "账号,备注\na,b\n", "余额,欠费\n0,0\n", "账号,余额\na,0\n,5\n", "账号,余额\na,0,1\n", "账号,余额\n\"a,0\n",
      "{\"account\":\"a\",\"balance\":0}\n{\"acc", "a,5000,99\n账号,余额,欠费\na,0,0\n", "客户账号,账号,余额\na,b,0\n",
    ])
  func broken(_ text: String) { #expect(throws: IngestError.self) { _ = try facts(text) } }
}
