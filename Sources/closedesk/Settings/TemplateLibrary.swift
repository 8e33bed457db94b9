import Batch
import ClosureModel
import Foundation
import Glibc

/// The texts an operator may edit: those that the program carries, each of which a file in a folder of the operator's
/// (`--templates DIR`, `templates:`) can replace.
struct TemplateLibrary: Sendable {
  /// `nil`: only the shipped ones.
  let folder: String?

  /// - Throws: `Failure` 78 when the folder does not exist.
  init(folder: String?) throws {
    self.folder = folder
    guard let folder else { return }
    var info = stat()
    guard stat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(.configuration, "the templates folder \(folder) does not exist. Mend --templates or templates:.")
    }
  }

  /// - Parameter path: below `Templates/`, e.g. `policies/jdcloud.yaml`.
  /// - Returns: the name to show in errors and the text; `nil` when there is no such file.
  func text(_ path: String) throws -> (file: String, text: String)? {
    if let folder {
      let file = folder + "/" + path
      if access(file, F_OK) == 0 { return (file, try TextFile.read(file)) }
    }
    return ShippedTemplates.files[path].map { ("Templates/" + path, $0) }
  }

  /// Whether the operator has a file in place of the shipped one.
  func replaces(_ path: String) -> Bool { folder.map { access($0 + "/" + path, F_OK) == 0 } ?? false }

  /// A document that is no text.
  func document(_ path: String) throws -> [UInt8]? {
    if let folder {
      let file = folder + "/" + path
      if access(file, F_OK) == 0 { return try TextFile.bytes(file) }
    }
    return ShippedTemplates.documents[path].flatMap { Data(base64Encoded: $0) }.map { Array($0) }
  }

  /// Paths below a folder of the library, shipped or replaced, in order.
  func paths(under prefix: String, suffix: String) -> [String] {
    var found = Set(ShippedTemplates.files.keys.filter { $0.hasPrefix(prefix + "/") && $0.hasSuffix(suffix) })
    if let folder { found.formUnion(Self.list(folder, prefix, suffix)) }
    return found.sorted()
  }

  private static func list(_ root: String, _ prefix: String, _ suffix: String) -> [String] {
    guard let directory = opendir(root + "/" + prefix) else { return [] }
    defer { closedir(directory) }
    var out: [String] = []
    while let entry = readdir(directory) {
      let name = entry.name
      guard !name.hasPrefix(".") else { continue }
      let path = prefix + "/" + name
      if name.hasSuffix(suffix) {
        out.append(path)
      } else if entry.pointee.d_type == UInt8(DT_DIR) {
        out += list(root, path, suffix)
      }
    }
    return out
  }
}

/// Small text files: configuration, templates, secrets.
enum TextFile {
  static let maxBytes = 16 << 20

  /// - Throws: `Failure` 66 when it is not there, 74 when it cannot be read, 78 when it is no UTF-8.
  static func read(_ path: String, notFound: Exit = .inputNotFound) throws -> String {
    let bytes = try self.bytes(path, notFound: notFound)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.configuration, "\(path): the file is not UTF-8. Save it as UTF-8.")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  static func bytes(_ path: String, notFound: Exit = .inputNotFound) throws -> [UInt8] {
    let file = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      let code = errno
      throw Failure(
        code == ENOENT ? notFound : .inputOutput,
        "\(path): \(String(cString: strerror(code))). Mend the name or its rights.")
    }
    defer { close(file) }
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.inputOutput, "\(path): \(String(cString: strerror(errno))). Mend the file.")
      }
      if count == 0 { return out }
      out += buffer[0..<count]
      guard out.count <= maxBytes else {
        throw Failure(.inputUnusable, "\(path): larger than \(maxBytes >> 20) MB. Split it.")
      }
    }
  }
}
