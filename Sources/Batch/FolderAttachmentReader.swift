public import ClosureModel
import Glibc
import Hashing

/// No folder was given: only the names are known.
public struct NoAttachments: AttachmentReader {
  public init() {}
  public func facts(of ticket: Ticket) -> [AttachmentFact] {
    ticket.attachments.map { AttachmentFact(name: $0, state: .notLooked) }
  }
  public func bytes(of fact: AttachmentFact, in ticket: Ticket) -> [UInt8]? { nil }
}

/// Attachments in a folder of the operator's disk: `DIR/<ticket id>/<name>`, or `DIR/<name>` where no folder of the
/// ticket exists. In a ticket's folder the names may be numbered, as exports do it because two files can have one name:
/// `DIR/<ticket id>/0_<name>`.
///
/// Names come from customers. A file is opened relative to the open folder, component by component, without following a
/// link (`openat`, `O_NOFOLLOW`), so neither `../` nor a link planted in the folder leads out of it.
public struct FolderAttachmentReader: AttachmentReader {
  /// A larger file is not read.
  public static let maxBytes = 50 << 20
  private let folder: Folder

  /// - Throws: `BatchError.attachmentsFolder` when `path` is no readable folder.
  public init(path: String) throws(BatchError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw BatchError(
        code: .attachmentsFolder,
        what: "cannot open the attachments folder \(path): \(String(cString: strerror(errno)))",
        fix: "Name an existing, readable folder with --attachments or under input.attachments.")
    }
    self.folder = Folder(descriptor)
  }

  public func facts(of ticket: Ticket) -> [AttachmentFact] {
    guard !ticket.attachments.isEmpty else { return [] }
    let own = ticket.id.rawValue
    let ticketFolder = Self.isPlainName(own) ? openFolder(own) : nil
    defer { if let ticketFolder { close(ticketFolder) } }
    var seen: [String: Int] = [:]
    return ticket.attachments.map { name in
      var state = state(of: name, in: ticketFolder ?? folder.descriptor)
      if case .notFound = state, let ticketFolder {
        let files = Self.numbered(name, in: ticketFolder)
        let place = seen[name, default: 0]
        seen[name] = place + 1
        // An agent's file of the same name may lie beside the customer's: the numbers do not say whose each is.
        if files.count > ticket.attachments.count(where: { $0 == name }) {
          state = .unsafe(
            "\(files.count) files of the folder have this name, more than the customer's: \(files.joined(separator: ", "))"
          )
        } else if place < files.count {
          state = self.state(of: files[place], in: ticketFolder)
        }
      }
      return AttachmentFact(name: name, state: state)
    }
  }

  /// How many of the listed files are not there; contents are not looked at.
  public func missing(of ticket: Ticket) -> [String] {
    let own = ticket.id.rawValue
    let ticketFolder = Self.isPlainName(own) ? openFolder(own) : nil
    defer { if let ticketFolder { close(ticketFolder) } }
    var seen: [String: Int] = [:]
    return ticket.attachments.filter { name in
      if case .success(let file) = opened(name, in: ticketFolder ?? folder.descriptor) {
        close(file)
        return false
      }
      guard let ticketFolder else { return true }
      let place = seen[name, default: 0]
      seen[name] = place + 1
      return place >= Self.numbered(name, in: ticketFolder).count
    }
  }

  /// Files of the folder that are the name behind digits and `_`, by their numbers.
  private static func numbered(_ name: String, in folder: Int32) -> [String] {
    guard isPlainName(name) else { return [] }
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let directory = fdopendir(copy) else { return [] }
    defer { closedir(directory) }
    var found: [(number: Int, file: String)] = []
    while let entry = readdir(directory) {
      let file = entry.name
      let digits = file.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits), file.dropFirst(digits.count) == "_" + name else { continue }
      found.append((number, file))
    }
    return found.sorted { $0.number < $1.number }.map(\.file)
  }

  public func bytes(of fact: AttachmentFact, in ticket: Ticket) -> [UInt8]? {
    guard case .found(let sha256, let size, _) = fact.state else { return nil }
    let own = ticket.id.rawValue
    let ticketFolder = Self.isPlainName(own) ? openFolder(own) : nil
    defer { if let ticketFolder { close(ticketFolder) } }
    let names = [fact.name] + (ticketFolder.map { Self.numbered(fact.name, in: $0) } ?? [])
    for name in names {
      guard case .success(let file) = opened(name, in: ticketFolder ?? folder.descriptor) else { continue }
      defer { close(file) }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(size)
      if case .found(sha256, _, _) = Self.read(file, each: { bytes += $0 }) { return bytes }
    }
    return nil
  }

  private func openFolder(_ name: String) -> Int32? {
    let descriptor = openat(folder.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    return descriptor >= 0 ? descriptor : nil
  }

  private enum Opened {
    case success(Int32)
    case failure(AttachmentFact.State)
  }

  /// A regular file within the bound, open for reading.
  private func opened(_ name: String, in parent: Int32) -> Opened {
    guard Self.isPlainName(name) else { return .failure(.unsafe("the name is no plain file name")) }
    // O_NONBLOCK: a FIFO planted under the name must not hang the run.
    let file = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      switch errno {
      case ENOENT: return .failure(.notFound)
      case ELOOP: return .failure(.unsafe("the name is a link"))
      case let code: return .failure(.unreadable(String(cString: strerror(code))))
      }
    }
    var info = stat()
    let refusal: AttachmentFact.State?
    if fstat(file, &info) != 0 {
      refusal = .unreadable(String(cString: strerror(errno)))
    } else if info.st_mode & S_IFMT != S_IFREG {
      refusal = .unsafe("the name is no regular file")
    } else {
      refusal = info.st_size <= Self.maxBytes ? nil : .unreadable("larger than \(Self.maxBytes >> 20) MB")
    }
    guard let refusal else { return .success(file) }
    close(file)
    return .failure(refusal)
  }

  private func state(of name: String, in parent: Int32) -> AttachmentFact.State {
    switch opened(name, in: parent) {
    case .failure(let state): return state
    case .success(let file):
      defer { close(file) }
      return Self.read(file) { _ in }
    }
  }

  private static func read(_ file: Int32, each: (ArraySlice<UInt8>) -> Void) -> AttachmentFact.State {
    var hash = Digest.SHA256Stream()
    var head: [UInt8] = []
    var total = 0
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return .unreadable(String(cString: strerror(errno)))
      }
      if count == 0 { break }
      total += count
      // A file that grows while it is read does not outgrow the bound.
      guard total <= maxBytes else { return .unreadable("larger than \(maxBytes >> 20) MB") }
      if head.count < FileSignature.bytesNeeded {
        head += buffer[0..<min(count, FileSignature.bytesNeeded - head.count)]
      }
      buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
      each(buffer[0..<count])
    }
    return .found(sha256: hash.finalHex(), bytes: total, type: FileSignature.type(of: head))
  }

  /// One path component, as a file system takes it.
  private static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 < 0x20 || $0 == 0x7F }
  }

  /// Owns the folder's descriptor.
  private final class Folder: Sendable {
    let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
  }
}
