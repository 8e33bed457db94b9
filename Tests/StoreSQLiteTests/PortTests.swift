import ClosureModel
import StoreSQLite
import TestSupport
import Testing

@Suite("The ledger keeps the promises of its port")
struct PortTests {
  @Test("SQLite", arguments: CaseStoreSuite.checks)
  func sqlite(_ check: CaseStoreCheck) async throws {
    let folder = try TemporaryFolder()
    let failures = try await check.failures(of: SQLiteCaseStore(path: folder.file("ledger.sqlite")))
    #expect(failures == [], "\(check)")
  }

  @Test("The double in memory that other tests rely on", arguments: CaseStoreSuite.checks)
  func memory(_ check: CaseStoreCheck) async throws {
    let failures = try await check.failures(of: MemoryCaseStore())
    #expect(failures == [], "\(check)")
  }
}
