public import ClosureModel
import Hashing
public import Ingest
import Synchronization

/// Attachments that came in the same ZIP archive as the export; what is not in it is asked of another reader.
///
/// Nothing is unpacked to disk: a file is read into memory when it is looked at, within the bound of a file in a folder.
public final class ArchiveAttachmentReader: AttachmentReader {
  private let archives: [String: OpenArchive]
  private let otherwise: any AttachmentReader

  /// - Parameters:
  ///   - archives: by the export's file, as tickets name it in their origin.
  ///   - otherwise: for tickets of other exports, and for files that the archive does not hold.
  /// - Throws: when an archive cannot be opened again.
  public init(_ archives: [String: ArchiveAttachments], otherwise: any AttachmentReader) throws(IngestError) {
    var opened: [String: OpenArchive] = [:]
    for (file, archive) in archives { opened[file] = OpenArchive(try archive.open()) }
    self.archives = opened
    self.otherwise = otherwise
  }

  public func facts(of ticket: Ticket) -> [AttachmentFact] {
    guard let archive = archives[ticket.origin.file] else { return otherwise.facts(of: ticket) }
    var others: [AttachmentFact]?
    return ticket.attachments.enumerated().map { index, name in
      if let state = archive.state(of: name, ticket: ticket.id.rawValue) {
        return AttachmentFact(name: name, state: state)
      }
      if others == nil { others = otherwise.facts(of: ticket) }
      guard let others, others.indices.contains(index), others[index].state != .notLooked else {
        return AttachmentFact(name: name, state: .notFound)
      }
      return others[index]
    }
  }

  /// How many of the ticket's files the archive does not hold.
  /// - Returns: `nil`: its export came in no archive.
  public func missing(of ticket: Ticket) -> Int? {
    archives[ticket.origin.file].map { archive in
      ticket.attachments.count { !archive.has($0, ticket: ticket.id.rawValue) }
    }
  }

  public func bytes(of fact: AttachmentFact, in ticket: Ticket) -> [UInt8]? {
    guard case .found(let sha256, _, _) = fact.state else { return nil }
    if let bytes = archives[ticket.origin.file]?.bytes(of: fact.name, ticket: ticket.id.rawValue) {
      return Digest.sha256Hex(bytes) == sha256 ? bytes : nil
    }
    return otherwise.bytes(of: fact, in: ticket)
  }
}

/// One archive, asked by one thread at a time.
private final class OpenArchive: Sendable {
  private let reader: Mutex<ArchiveAttachments.Reader>

  init(_ reader: sending ArchiveAttachments.Reader) { self.reader = Mutex(reader) }

  func has(_ name: String, ticket: String) -> Bool {
    reader.withLock { if case .missing = $0.find(name, of: ticket) { false } else { true } }
  }

  /// - Returns: `nil`: the archive does not hold it.
  func state(of name: String, ticket: String) -> AttachmentFact.State? {
    reader.withLock { reader in
      switch reader.find(name, of: ticket) {
      case .missing: return nil
      case .unusable(let why): return .unsafe(why)
      case .found(let entry):
        do throws(IngestError) {
          let bytes = try reader.read(entry, limit: FolderAttachmentReader.maxBytes)
          let head = Array(bytes.prefix(FileSignature.bytesNeeded))
          return .found(sha256: Digest.sha256Hex(bytes), bytes: bytes.count, type: FileSignature.type(of: head))
        } catch {
          return .unreadable(error.what)
        }
      }
    }
  }

  func bytes(of name: String, ticket: String) -> [UInt8]? {
    reader.withLock { reader in
      guard case .found(let entry) = reader.find(name, of: ticket) else { return nil }
      // It was read for its hash a moment ago; what cannot be read now is "changed" to who asks, and goes to a person.
      return try? reader.read(entry, limit: FolderAttachmentReader.maxBytes)
    }
  }
}
