import Glibc

/// One run at a time on a ledger: an advisory lock (`flock`) on a file beside it. The kernel lets go of it when the
/// process ends, however it ends, so there is no stale lock to clear away.
public final class RunLock: Sendable {
  private let descriptor: Int32

  /// The lock file beside a ledger: beside the file itself, not beside a link to it, or two runs with two names for one
  /// ledger would not see each other. The ledger need not be there yet.
  public static func path(of ledger: String) -> String {
    var path = ledger
    // A link to a ledger that is still to be made leads nowhere that realpath knows.
    for _ in 0..<40 {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real) + ".lock"
      }
      var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &target, target.count)
      guard count > 0 else { break }
      let link = String(decoding: target.prefix(count), as: UTF8.self)
      path = link.hasPrefix("/") ? link : folder(of: path) + "/" + link
    }
    guard let real = realpath(folder(of: path), nil) else { return path + ".lock" }
    defer { free(real) }
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    return String(cString: real) + "/" + name + ".lock"
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// - Parameters:
  ///   - path: made when it is not there; holds a line that says who has the lock.
  ///   - holder: that line, e.g. `closedesk run, process 4711, since 2026-11-21T09:00:00+08:00`.
  /// - Throws: `.locked` with the holder's line, `.lockFile` when the file cannot be opened.
  public init(path: String, holder: String) throws(BatchError) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw BatchError(
        code: .lockFile, what: "cannot open the lock file \(path): \(String(cString: strerror(errno)))",
        fix: "Make the ledger's folder writable for this user.")
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      var line = [UInt8](repeating: 0, count: 200)
      let count = max(0, pread(file, &line, line.count, 0))
      close(file)
      let who = String(decoding: line.prefix(count), as: UTF8.self).split(separator: "\n").first.map(String.init)
      guard code == EWOULDBLOCK else {
        throw BatchError(
          code: .lockFile, what: "cannot lock \(path): \(String(cString: strerror(code)))",
          fix: "Put the ledger on a local file system that supports flock.")
      }
      throw BatchError(
        code: .locked, what: "another run holds the lock: \(who ?? "unknown")",
        fix: "Wait for it to end, or look at it with `ps`; the lock ends with its process.")
    }
    let line = Array((holder + "\n").utf8)
    if ftruncate(file, 0) != 0 || pwrite(file, line, line.count, 0) != line.count {
      let code = errno
      close(file)
      throw BatchError(
        code: .lockFile, what: "cannot write the lock file \(path): \(String(cString: strerror(code)))",
        fix: "Free disk space, or make the ledger's folder writable.")
    }
    self.descriptor = file
  }

  deinit { close(descriptor) }
}
