import ClosureModel
import Testing

@testable import Ingest

@Suite("Folders of pages")
struct PagedSourceTests {
  @Test("Pages that name the next one are one export: ids on two pages, facts of one, pages that are missing")
  func pages() throws {
    func page(_ tickets: String, next: String = "null") -> String { "{\"tickets\":[\(tickets)],\"next\":\(next)}" }
    func ticket(_ id: String, _ body: String = "请注销", more: String = "") -> String {
      "{\"ticket\":\"\(id)\",\"category\":\"账号与认证\",\"body\":\"\(body)\"\(more)}"
    }
    let whole = try ExportFixture([
      "page1.json": page(ticket("T-1", more: ",\"balance\":\"0\"")), "page2.json": page(ticket("T-2")),
      "page10.json": page(""),
    ])
    let (tickets, errors, receipt, system) = try whole.read()
    #expect(system == nil && errors.isEmpty)
    #expect(tickets.map(\.id.rawValue) == ["T-1", "T-2"])
    #expect(tickets.last?.facts.balance == .blank)
    #expect(receipt.gaps.map(\.code) == [.page] && receipt.gaps.first?.count == 7 && receipt.files == 3)
    let twice = try ExportFixture([
      "page1.json": page(ticket("T-1") + "," + ticket("T-2")),
      "page2.json": page(ticket("T-1", "不注销了") + "," + ticket("T-3")),
    ])
    let (kept, doubled, _, _) = try twice.read()
    #expect(kept.map(\.id.rawValue) == ["T-1", "T-2", "T-3"])
    #expect(kept.first?.hasConflictingCopy == true)
    #expect(doubled.map(\.code) == [.duplicateTicketID])
    let newer = try ExportFixture([
      "page1.json": page(ticket("T-1", more: ",\"updated_at\":\"2026-01-01T00:00:00Z\"")),
      "page2.json": page(ticket("T-1", "不注销了", more: ",\"updated_at\":\"2026-01-02T00:00:00Z\"")),
    ])
    let (latest, older, _, _) = try newer.read()
    #expect(latest.map(\.body) == ["不注销了"] && older.map(\.code) == [.supersededTicketID])
    #expect(throws: IngestError.self) { try ExportFixture(["page1.json": "[]", "notes.txt": "x"]).read() }
  }
}
