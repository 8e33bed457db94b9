import ClosureModel
import GRDB
import StoreSQLite
import TestSupport
import Testing

@Suite("Up to when tickets were pulled, in the ledger")
struct PullBookTests {
  private let folder: TemporaryFolder
  private let path: String
  private let question = PullQuestion(preset: "redmine", url: "https://desk.example.com", query: "")

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("ledger.sqlite")
  }

  @Test("Each question has a cursor of its own, which only moves on and outlives the program")
  func cursor() async throws {
    let store = try SQLiteCaseStore(path: path)
    #expect(try await store.pulled(question) == nil)
    try await store.keepPull(question, since: .sample)
    try await store.keepPull(question, since: .sample.adding(seconds: 90))
    try await store.keepPull(question, since: .sample.adding(seconds: 30))
    let others = [
      PullQuestion(preset: "redmine", url: "https://desk.example.com", query: "project_id=7"),
      PullQuestion(preset: "redmine", url: "https://other.example.com", query: ""),
      PullQuestion(preset: "rt5", url: "https://desk.example.com", query: ""),
    ]
    for other in others { #expect(try await store.pulled(other) == nil) }
    try await store.keepPull(others[0], since: .sample)
    let again = try SQLiteCaseStore.openReadOnly(path: path)
    #expect(try await again.pulled(question) == .sample.adding(seconds: 90))
    #expect(try await again.pulled(others[0]) == .sample)
  }

  @Test("A ledger from before there were pulls knows none, and is brought up to date by one")
  func older() async throws {
    do { _ = try SQLiteCaseStore(path: path) }
    let queue = try DatabaseQueue(path: path)
    try await queue.write { database in
      try database.execute(sql: "DROP TABLE pull; DELETE FROM grdb_migrations WHERE identifier = 'pulls'")
    }
    try queue.close()
    #expect(try await SQLiteCaseStore.openReadOnly(path: path).pulled(question) == nil)
    try await SQLiteCaseStore(path: path).keepPull(question, since: .sample)
    #expect(try await SQLiteCaseStore.openReadOnly(path: path).pulled(question) == .sample)
  }
}
