import ClosureModel
import Glibc

/// A folder of the worker's own for what poppler and libzip want as files. Names are ours, never a customer's. Its owner
/// outside removes it when the worker is gone, however it went.
struct ScratchFolder: Sendable {
  let path: String

  private static let prefix = "closedesk-decode-"

  /// Removes what a killed program left below `parent`: its folders carry the number of a process that is no more.
  static func sweep(_ parent: String) {
    for name in names(in: parent) where name.hasPrefix(prefix) {
      guard let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
        kill(owner, 0) < 0, errno == ESRCH
      else { continue }
      ScratchFolder(path: "\(parent)/\(name)").removeAll()
    }
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let item = readdir(folder) {
      names.append(item.name)
    }
    return names
  }

  /// Makes a new one below `parent`.
  /// - Returns: nil with `errno`.
  static func make(in parent: String) -> ScratchFolder? {
    var template = Array("\(parent)/\(prefix)\(getpid())-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    return ScratchFolder(path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  /// With everything in it; there are no folders in it.
  func removeAll() {
    for name in Self.names(in: path) where name != "." && name != ".." { remove(name) }
    rmdir(path)
  }

  func remove(_ name: String) { unlink("\(path)/\(name)") }

  /// - Returns: the file's path; nil when it cannot be written.
  func write(_ bytes: [UInt8], as name: String) -> String? {
    let path = "\(path)/\(name)"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return nil }
      done += count
    }
    return path
  }

  /// - Returns: nil when there is no such file or it is longer than `limit`.
  func read(_ name: String, limit: Int) -> [UInt8]? {
    let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0, info.st_size <= limit else { return nil }
    let size = Int(info.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let count = Glibc.read(file, buffer.baseAddress.map { $0 + filled }, size - filled)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return }
        filled += count
      }
    }
    return bytes.count == size ? bytes : nil
  }
}
