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
}
