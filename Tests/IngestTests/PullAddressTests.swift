import Testing

@testable import Ingest

@Suite("Addresses of the next page")
struct PullAddressTests {
  @Test(
    "An address in an answer is taken as one in a page",
    arguments: [
      ("https://b.example.com/x?y=1", "https://b.example.com/x?y=1"),
      ("/api/t?page=2", "https://a.example.com:8/api/t?page=2"),
      ("?page=2", "https://a.example.com:8/v/t?page=2"), ("u?page=2", "https://a.example.com:8/v/u?page=2"),
      ("//c.example.com/x", "https://c.example.com/x"),
    ])
  func resolved(_ address: String, _ whole: String) {
    #expect(PullMachine.resolved(address, against: "https://a.example.com:8/v/t?page=1#x") == whole)
  }

  @Test("An address without a path has one")
  func bare() {
    #expect(PullMachine.resolved("/x", against: "https://a.example.com") == "https://a.example.com/x")
    #expect(PullMachine.resolved("?p=2", against: "https://a.example.com?p=1") == "https://a.example.com?p=2")
    #expect(PullMachine.resolved("x", against: "https://a.example.com") == "https://a.example.com/x")
  }

  private func machine(_ since: Int64? = nil) throws -> PullMachine {
    var machine = PullMachine(
      try #require(PullPreset.named("rt5")), base: "https://rt.example.com", query: nil, since: since)
    try machine.answered(Array(#"{"Version":"5.0.3"}"#.utf8))
    return machine
  }

  @Test("Request Tracker counts no pages for whoever may not see all rows, and names the next one")
  func uncounted() throws {
    var machine = try machine()
    let next = "https://rt.example.com/REST/2.0/tickets?query=id&page=2"
    try machine.answered(Array(#"{"items":[],"pages":null,"total":null,"next_page":"\#(next)"}"#.utf8))
    #expect(machine.next?.url == next)
    #expect(machine.next?.file == "tickets-page2.json")
    #expect(throws: PullMachine.Refusal.self) {
      try machine.answered(Array(#"{"items":[],"pages":null,"next_page":"\#(next)"}"#.utf8))
    }
  }

  @Test("A next page that is named and not fetched is a failure")
  func unfetched() throws {
    var machine = try machine()
    #expect(throws: PullMachine.Refusal.self) {
      try machine.answered(Array(#"{"items":[],"pages":1,"next_page":"https://rt.example.com/2"}"#.utf8))
    }
  }

  @Test("The cursor is as early as Request Tracker can read it in any user's time zone")
  func zones() throws {
    // 2026-11-21T01:00:00Z
    #expect(try machine(1_795_222_800).next?.url.contains("2026-11-20%2011%3A00%3A00") == true)
  }

  @Test(
    "What can be asked for",
    arguments: [("rt5", true), ("redmine", true), ("zendesk", false), ("zammad", false), ("generic", false)])
  func queries(_ id: String, _ takes: Bool) { #expect(PullPreset.named(id)?.takesQuery == takes) }
}
