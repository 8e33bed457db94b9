import ClosureModel
import Foundation
import GRDB

/// The ledger as a file: its name, its folder, its rights.
enum Files {
  static func isFolder(_ path: String) -> Bool {
    var folder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
  }

  /// Which file a name leads to.
  struct Place: Sendable, Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// - Returns: nil: to none.
  static func place(_ path: String) -> Place? {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    return Place(device: UInt64(found.st_dev), number: UInt64(found.st_ino))
  }

  /// What a name leads to (`S_IFREG`, `S_IFDIR` …).
  /// - Returns: nil: nothing.
  static func kind(_ path: String) -> mode_t? {
    var found = stat()
    return stat(path, &found) == 0 ? found.st_mode & S_IFMT : nil
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether a file is there that holds not one byte.
  static func isEmpty(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFREG && found.st_size == 0
  }

  /// Makes a missing ledger, and its folder if that alone is missing, with rights for the owner alone. It is whole and on
  /// disk before it has its name, whenever the process ends: so an empty file under that name was once a ledger, or is
  /// somebody else's. One that another process makes meanwhile is left alone.
  /// - Throws: `cannotOpen` or `cannotWrite`, or what SQLite says.
  static func make(_ path: String) throws {
    guard !exists(path) else { return }
    let target = target(of: path)
    // SQLite would read the log of the ledger that is gone into the new one.
    if exists("\(target)-wal") || exists("\(target)-journal"), !exists(path) { throw StoreFailure.logAlone }
    let folder = folder(of: target)
    if !exists(folder) {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
    var template = Array("\(target).new-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw unmade(path, errno) }
    defer { close(descriptor) }
    let draft = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(draft) }
    let queue = try DatabaseQueue()
    try Schema.migrator.migrate(queue)
    try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [draft]) }
    // The log of what is acknowledged later counts for nothing beside a ledger whose first pages were lost.
    guard fsync(descriptor) == 0 else { throw unmade(path, errno) }
    guard link(draft, target) != 0 else { return sync(folder) }
    let code = errno
    guard code != EEXIST else { return }
    guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(code) else { throw unmade(path, code) }
    // A file system without hard links: the name is taken first, so that no other file is replaced.
    let claim = open(target, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard claim >= 0 else {
      if errno == EEXIST { return }
      throw unmade(path, errno)
    }
    close(claim)
    guard rename(draft, target) == 0 else { throw unmade(path, errno) }
    sync(folder)
  }

  /// Where a file will be made: the end of the links, of which the last leads nowhere yet.
  static func target(of path: String) -> String {
    var path = path
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
      path = next.hasPrefix("/") ? next : folder(of: path) + "/" + next
    }
    return path
  }

  static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }

  private static func sync(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func unmade(_ path: String, _ code: Int32) -> StoreError {
    let why = String(cString: strerror(code))
    return [ENOSPC, EDQUOT, EIO].contains(code)
      ? StoreError(code: .cannotWrite, what: "cannot make the ledger \(path): \(why)", fix: "Free disk space.")
      : StoreError(
        code: .cannotOpen, what: "cannot make the ledger \(path): \(why)",
        fix: "Name a file in a folder that exists and is writable.")
  }
}
