public import ClosureModel
import Foundation

extension SQLiteCaseStore {
  /// Asks whether this user could write the ledger, its log, its index and its lock, or make those that are missing. The
  /// kernel is asked, so that mounts without writing and files that nobody may change count too. Changes nothing.
  /// - Throws: `cannotOpen` where the ledger or its folder can never be one, `cannotWrite` where rights are missing; the
  ///   file or folder that stands in the way is named.
  public static func checkWritable(path: String) throws(StoreError) {
    let ledger = Files.target(of: path)
    for suffix in ["", "-wal", "-shm", "-journal", ".lock"] {
      let file = ledger + suffix
      guard let kind = Files.kind(file) else { continue }
      guard kind == S_IFREG else {
        throw StoreError(
          code: .cannotOpen, what: "\(file) is \(kind == S_IFDIR ? "a folder" : "no file")",
          fix: suffix.isEmpty ? "Name a file in it with ledger:." : "Remove it, or name another ledger with ledger:.")
      }
      try ask(file, R_OK | W_OK)
    }
    // Missing folders are made by the first run: what counts is the nearest that exists.
    var folder = Files.folder(of: ledger)
    while Files.kind(folder) == nil, folder != "/", folder != "." { folder = Files.folder(of: folder) }
    guard Files.kind(folder) == S_IFDIR else {
      throw StoreError(
        code: .cannotOpen, what: "\(folder) is no folder, so there can be no ledger in it",
        fix: "Name a file in a folder that exists and is writable.")
    }
    // The log, its index and the lock are made beside the ledger by each run.
    try ask(folder, W_OK | X_OK)
  }

  private static func ask(_ path: String, _ rights: Int32) throws(StoreError) {
    guard access(path, rights) != 0 else { return }
    let code = errno
    let fix =
      switch code {
      case EROFS: "Mount it for writing, or name a ledger elsewhere with ledger:."
      case EPERM: "Take the immutable mark off it (`chattr -i`), or name another ledger with ledger:."
      default: "Give this user (\(NSUserName())) the right to read and write it, or name another ledger with ledger:."
      }
    throw StoreError(
      code: .cannotWrite, what: "\(path) cannot be written: \(String(cString: strerror(code)))", fix: fix)
  }
}
