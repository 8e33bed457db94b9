import ClosureModel
import Foundation
import GRDB
import StoreSQLite
import TestSupport
import Testing

@Suite("Opening a ledger")
struct OpeningTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("ledger.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  /// The error of opening, to write or to look at.
  private func refused(_ path: String, readOnly: Bool = false) -> StoreError? {
    #expect(throws: StoreError.self) {
      if readOnly { _ = try SQLiteCaseStore.openReadOnly(path: path) } else { _ = try SQLiteCaseStore(path: path) }
    }
  }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) & 0o777
  }

  @Test("The ledger, its log and its index can be read by their owner alone; a missing folder is made")
  func privacy() async throws {
    let path = folder.file("state/ledger.sqlite")
    let store = try SQLiteCaseStore(path: path)
    _ = try await store.record([.sample()], at: .sample)
    for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600, "\(suffix)") }
  }

  @Test("What was written is there after closing and opening, for a writer and for a reader")
  func again() async throws {
    _ = try await SQLiteCaseStore(path: path).record([.sample()], at: .sample)
    #expect(try await SQLiteCaseStore(path: path).record([.sample()], at: .sample) == [.unchanged])
    #expect(try await SQLiteCaseStore.openReadOnly(path: path).status().outbox == [.queued: 1])
  }

  @Test("A reader sees what a writer that is still open has committed, and cannot write")
  func reader() async throws {
    let writer = try SQLiteCaseStore(path: path)
    let reader = try SQLiteCaseStore.openReadOnly(path: path)
    _ = try await writer.record([.sample()], at: .sample)
    #expect(try await reader.history(of: Ticket.ID("T-1001")).count == 2)
    let error = await #expect(throws: StoreError.self) { try await reader.record([.sample("T-2")], at: .sample) }
    #expect(error?.code == .cannotWrite)
    #expect(try await writer.status().outbox == [.queued: 1])
  }

  @Test("Looking never makes a file, and says what to do")
  func missing() throws {
    let error = refused(path, readOnly: true)
    #expect(error?.code == .missing)
    #expect(error?.fix.isEmpty == false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("A folder is no ledger, nor is a place two folders deep that do not exist")
  func noFile() throws {
    for readOnly in [false, true] { #expect(refused(folder.path, readOnly: readOnly)?.code == .cannotOpen) }
    let error = refused(folder.file("a/b/ledger.sqlite"))
    #expect(error?.code == .cannotOpen)
    #expect(error?.what.contains("a/b/ledger.sqlite") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(
    "A folder that may not be written to is named as the reason", .enabled(if: getuid() != 0, "root may write anywhere")
  )
  func readOnlyFolder() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
    #expect(refused(path)?.code == .cannotOpen)
  }

  @Test("A file that is no database is refused and left as it was", arguments: [false, true])
  func garbage(_ readOnly: Bool) throws {
    let garbage = Data(String(repeating: "工单编号,状态\n", count: 1000).utf8)
    try garbage.write(to: URL(fileURLWithPath: path))
    #expect(refused(path, readOnly: readOnly)?.code == .corrupt)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == garbage)
  }

  @Test("A database of another program is refused and left as it was", arguments: [false, true])
  func foreign(_ readOnly: Bool) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE outbox (mail TEXT)") }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let error = refused(path, readOnly: readOnly)
    #expect(error?.code == .corrupt)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test("An empty file is a ledger that lost what was sent: refused, and its log left for whoever restores it")
  func empty() async throws {
    let store = try SQLiteCaseStore(path: path)
    _ = try await store.record([.sample()], at: .sample)
    let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
    #expect(truncate(path, 0) == 0)
    for readOnly in [false, true] {
      let error = refused(path, readOnly: readOnly)
      #expect(error?.code == .corrupt && error?.what.contains("is empty") == true, "\(error as Any)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path + "-wal")) == log)
  }

  @Test("A database without a table is what a copy without its log may come to: refused", arguments: [false, true])
  func noTables(_ readOnly: Bool) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL; VACUUM") }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(!before.isEmpty)
    #expect(refused(path, readOnly: readOnly)?.code == .corrupt)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test("A log without its ledger is not read into a new one")
  func logAlone() async throws {
    let store = try SQLiteCaseStore(path: path)
    _ = try await store.record([.sample()], at: .sample)
    #expect(unlink(path) == 0)
    let error = refused(path)
    #expect(error?.code == .corrupt && error?.fix.contains("backup") == true)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A ledger has its name only when it is whole, through a link as well; no draft is left")
  func whole() async throws {
    for name in ["ledger.sqlite", "link.sqlite"] {
      let path = folder.file(name)
      if name.hasPrefix("link") { #expect(symlink("behind.sqlite", path) == 0) }
      let store = try SQLiteCaseStore(path: path)
      let file = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(file.starts(with: Data("SQLite format 3".utf8)) && file.count > 4096)
      #expect(try mode(name.hasPrefix("link") ? folder.file("behind.sqlite") : path) == 0o600)
      try store.close()
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["behind.sqlite", "ledger.sqlite", "link.sqlite"])
  }

  /// Why a ledger could not be written there.
  private func unwritable(_ path: String) -> StoreError? {
    do throws(StoreError) { try SQLiteCaseStore.checkWritable(path: path) } catch { return error }
    return nil
  }

  @Test("What stands in the way of a ledger is found beforehand: a folder or a file in its place, beside it, above it")
  func places() throws {
    #expect(unwritable(path) == nil)
    #expect(unwritable(folder.file("a/b/c/ledger.sqlite")) == nil)
    #expect(unwritable(folder.path)?.code == .cannotOpen)
    try Data().write(to: URL(fileURLWithPath: folder.file("file")))
    #expect(unwritable(folder.file("file/ledger.sqlite"))?.what.contains("no folder") == true)
    #expect(unwritable(folder.file("file/state/ledger.sqlite"))?.code == .cannotOpen)
    try FileManager.default.createDirectory(atPath: path + ".lock", withIntermediateDirectories: false)
    #expect(unwritable(path)?.what.contains(".lock is a folder") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2, "asking makes nothing")
  }

  @Test("Rights that are missing are found beforehand, those of the folder, the log and the lock as well")
  func rights() async throws {
    _ = try SQLiteCaseStore(path: path)
    try Data().write(to: URL(fileURLWithPath: path + ".lock"))
    for place in [path, path + ".lock", folder.path] {
      #expect(unwritable(path) == nil)
      let lock = try Lock(place)
      guard lock.holds else { continue }
      let error = unwritable(path)
      #expect(error?.code == .cannotWrite && error?.what.hasPrefix(place + " ") == true, "\(error as Any)")
      lock.open()
    }
  }

  /// A file that nobody may write to: root neither, where the file system knows immutable files.
  private final class Lock {
    private let path: String
    private(set) var holds = false

    init(_ path: String) throws {
      self.path = path
      holds = try getuid() == 0 ? Self.chattr("+i", path) : chmod(path, 0o500) == 0
    }

    func open() {
      guard holds else { return }
      holds = false
      if getuid() == 0 { _ = try? Self.chattr("-i", path) } else { chmod(path, 0o700) }
    }

    deinit { open() }

    private static func chattr(_ mark: String, _ path: String) throws -> Bool {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/chattr")
      process.arguments = [mark, path]
      process.standardError = FileHandle.nullDevice
      do { try process.run() } catch { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }

  @Test("A ledger of a newer closedesk is neither read nor written", arguments: [false, true])
  func newer(_ readOnly: Bool) async throws {
    _ = try await SQLiteCaseStore(path: path).record([.sample()], at: .sample)
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99')") }
    try queue.close()
    #expect(refused(path, readOnly: readOnly)?.code == .newerSchema)
  }

  @Test("A page that was overwritten is told as damage, not as an empty ledger")
  func damaged() async throws {
    _ = try await SQLiteCaseStore(path: path).record((0..<2000).map { .sample("T-\($0)") }, at: .sample)
    let queue = try DatabaseQueue(path: path)
    try await queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try queue.close()
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    let size = try handle.seekToEnd()
    for offset in stride(from: UInt64(8 * 4096), to: size - 4096, by: 4096) {
      try handle.seek(toOffset: offset)
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    }
    try handle.close()
    let path = path
    let error = await #expect(throws: StoreError.self) {
      let store = try SQLiteCaseStore(path: path)
      _ = try await store.claim(limit: 10_000, at: .sample, leaseSeconds: 300)
    }
    #expect(error?.code == .corrupt)
  }

  @Test("A ledger that another program keeps locked is told as busy")
  func busy() async throws {
    let store = try SQLiteCaseStore(path: path, busySeconds: 0.05)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try await queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let error = await #expect(throws: StoreError.self) { try await store.record([.sample()], at: .sample) }
    #expect(error?.code == .busy)
    try await queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await store.record([.sample()], at: .sample) == [.recorded])
  }

  @Test("When a record cannot be written, none of its call is")
  func allOrNone() async throws {
    let store = try SQLiteCaseStore(path: path)
    _ = try await store.record([.sample("T-0")], at: .sample)
    let queue = try DatabaseQueue(path: path)
    try await queue.write {
      try $0.execute(
        sql:
          "CREATE TRIGGER stop BEFORE INSERT ON payload WHEN NEW.entry = 4 BEGIN SELECT RAISE(ABORT, 'no'); END")
    }
    await #expect(throws: StoreError.self) {
      try await store.record((1...5).map { .sample("T-\($0)") }, at: .sample)
    }
    #expect(
      try await store.status() == LedgerStatus(tickets: [.incomplete: 1], outbox: [.queued: 1], oldestDue: nil))
  }

  @Test("A call whose task is cancelled is carried out all the same")
  func cancelled() async throws {
    let store = try SQLiteCaseStore(path: path)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await store.record([.sample()], at: .sample)
    }
    #expect(try await task.value == [.recorded])
    #expect(try await store.status().outbox == [.queued: 1])
  }
}
