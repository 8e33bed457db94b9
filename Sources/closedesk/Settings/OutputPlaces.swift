import Foundation
import Glibc
import Ingest

/// The files that a command is to write, looked at before the work begins: none may replace what the command reads or
/// keeps, nor another of them.
struct OutputPlaces {
  enum Form {
    /// An HTML page of ours may be replaced by the next one.
    case page
    /// Decision lines (`closedesk.decision/1`).
    case decisions
    case plan
    /// Rows that could not be read, in the export's own form.
    case rejects
  }
  typealias Output = (option: String, path: String?, form: Form)

  private let kept: [(name: String, path: String)]

  /// - Parameter inputs: as they were named; `-` is none.
  init(inputs: [String]) { kept = inputs.filter { $0 != "-" }.map { ("the input", $0) } }

  /// - Parameter inputs: exports, as they were named.
  init(_ settings: Settings, inputs: [String]) {
    kept =
      Self(inputs: inputs + (settings.facts.map { [$0] } ?? [])).kept
      + [settings.ledger, Self.place(settings.ledger)].flatMap { ledger in
        ["", "-wal", "-shm", "-journal", ".lock"].map { ("the ledger", ledger + $0) }
      }
      + (settings.configPath.map { [("the configuration", $0)] } ?? [])
  }

  /// - Throws: `Failure` 73 with the option and the file.
  func check(_ outputs: [Output]) throws {
    var taken: [(option: String, place: String)] = []
    for output in outputs {
      guard let path = output.path, path != "-" else { continue }
      var info = stat()
      let exists = stat(path, &info) == 0
      if path.hasSuffix("/") || exists && info.st_mode & S_IFMT == S_IFDIR {
        throw Failure(.cannotCreate, "\(output.option): \(path) is a folder. Name a file.")
      }
      let place = Self.place(path)
      if let other = kept.first(where: { Self.place($0.path) == place || exists && Self.isFile($0.path, info) }) {
        throw Failure(.cannotCreate, "\(output.option): \(path) is \(other.name) itself. Name another file.")
      }
      if let other = taken.first(where: { $0.place == place }) {
        throw Failure(.cannotCreate, "\(output.option) and \(other.option) name the same file, \(path). Name two.")
      }
      taken.append((output.option, place))
      if exists, info.st_mode & S_IFMT == S_IFREG, info.st_size > 0, !Self.isOurs(path, output.form) {
        throw Failure(
          .cannotCreate,
          "\(output.option): \(path) is there already and holds something else. Remove it or name another file.")
      }
    }
  }

  /// Where a file lies or will lie, links resolved.
  private static func place(_ path: String) -> String {
    let whole = realpath(path, nil)
    defer { free(whole) }
    if let whole { return String(cString: whole) }
    let folder = (path as NSString).deletingLastPathComponent
    let parent = realpath(folder.isEmpty ? "." : folder, nil)
    defer { free(parent) }
    return (parent.map { String(cString: $0) } ?? folder) + "/" + (path as NSString).lastPathComponent
  }

  private static func isFile(_ path: String, _ info: stat) -> Bool {
    var other = stat()
    return stat(path, &other) == 0 && other.st_dev == info.st_dev && other.st_ino == info.st_ino
  }

  /// It begins as what is to be written.
  private static func isOurs(_ path: String, _ form: Form) -> Bool {
    switch form {
    case .page: beginning(path, 15).lowercased() == "<!doctype html>"
    case .decisions: beginning(path, 48).hasPrefix(#"{"schema":"closedesk.decision/"#)
    // Its keys are sorted.
    case .plan: beginning(path, 1 << 16).contains(#""schema":"closedesk.plan/"#)
    case .rejects: RejectFile.begins(with: beginning(path, 16))
    }
  }

  private static func beginning(_ path: String, _ count: Int) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: count)
    let read = Glibc.read(descriptor, &buffer, count)
    return read > 0 ? String(decoding: buffer.prefix(read), as: UTF8.self) : ""
  }
}
