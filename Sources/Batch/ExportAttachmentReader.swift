import Hashing
public import ClosureModel
public import Ingest
import Outbox

/// The files of tickets that ticket systems' own exports hold: in `attachments/` of the export's folder, or inside its
/// documents. A folder that the operator named comes first.
public struct ExportAttachmentReader: AttachmentReader {
  private let folders: [FolderAttachmentReader]
  private let exports: [TicketExport]

  /// - Parameter folder: the operator's own.
  /// - Throws: when that folder cannot be opened; an export without a folder of attachments is none the worse.
  public init(folder: String?, exports: [TicketExport]) throws(BatchError) {
    var folders: [FolderAttachmentReader] = []
    if let folder { folders.append(try FolderAttachmentReader(path: folder)) }
    for path in exports.flatMap(\.attachmentFolders) {
      do throws(BatchError) { folders.append(try FolderAttachmentReader(path: path)) } catch { continue }
    }
    self.folders = folders
    self.exports = exports.filter { $0.system != nil }
  }

  /// Is there any place to look at?
  public var hasPlaces: Bool { !folders.isEmpty || !exports.isEmpty }

  public func facts(of ticket: Ticket) -> [AttachmentFact] {
    guard !ticket.attachments.isEmpty else { return [] }
    var facts = ticket.attachments.map { AttachmentFact(name: $0, state: .notFound) }
    func isMissing(_ fact: AttachmentFact) -> Bool { if case .notFound = fact.state { true } else { false } }
    for folder in folders where facts.contains(where: isMissing) {
      for (index, fact) in folder.facts(of: ticket).enumerated() where isMissing(facts[index]) { facts[index] = fact }
    }
    guard facts.contains(where: isMissing) else { return facts }
    let files = embedded(ticket)
    guard files.count == facts.count else { return facts }
    for (index, file) in files.enumerated() where isMissing(facts[index]) {
      if let bytes = file.bytes { facts[index] = AttachmentFact(name: file.name, state: Self.state(of: bytes)) }
    }
    return facts
  }

  public func bytes(of fact: AttachmentFact, in ticket: Ticket) -> [UInt8]? {
    for folder in folders { if let bytes = folder.bytes(of: fact, in: ticket) { return bytes } }
    guard case .found(let sha256, _, _) = fact.state else { return nil }
    for file in embedded(ticket) where file.name == fact.name {
      guard let bytes = file.bytes, case .found(sha256, _, _) = Self.state(of: bytes) else { continue }
      return bytes
    }
    return nil
  }

  /// How many files of the ticket cannot be found anywhere.
  public func missing(of ticket: Ticket) -> Int {
    guard !ticket.attachments.isEmpty else { return 0 }
    let counts = folders.map { $0.missing(of: ticket).count }
    let least = counts.min() ?? ticket.attachments.count
    guard least > 0 else { return 0 }
    let inside = embedded(ticket).count { $0.bytes != nil }
    return inside > 0 ? max(0, ticket.attachments.count - inside) : least
  }

  private func embedded(_ ticket: Ticket) -> [(name: String, bytes: [UInt8]?)] {
    for export in exports {
      let files = export.embeddedFiles(of: ticket)
      if !files.isEmpty { return files }
    }
    return []
  }

  private static func state(of bytes: [UInt8]) -> AttachmentFact.State {
    guard bytes.count <= FolderAttachmentReader.maxBytes else {
      return .unreadable("larger than \(FolderAttachmentReader.maxBytes >> 20) MB")
    }
    var hash = Digest.SHA256Stream()
    bytes.withUnsafeBytes { hash.update($0) }
    return .found(
      sha256: hash.finalHex(), bytes: bytes.count,
      type: FileSignature.type(of: Array(bytes.prefix(FileSignature.bytesNeeded))))
  }
}
