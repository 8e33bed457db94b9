import Glibc

/// One run at a time on a ledger: an advisory lock (`flock`) on a file beside it. The kernel lets go of it when the
/// process ends, however it ends, so there is no stale lock to clear away.
public final class RunLock: Sendable {
  private let descriptor: Int32

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
