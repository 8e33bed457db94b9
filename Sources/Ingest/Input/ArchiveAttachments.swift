import Archives

/// Files of the archive that the export came in, read on demand: nothing is unpacked to disk, and a name from a ticket is
/// only ever compared with names in the archive.
///
/// A ticket's files lie in a folder of its id, beside the export or in a folder `attachments`, `附件` or `files` beside
/// it, perhaps numbered (`0_<name>`); where it has no folder, directly in one of these places.
public struct ArchiveAttachments: Sendable {
  public enum Lookup: Sendable, Hashable {
    case found(Entry)
    case missing
    /// - why: whole words for a message.
    case unusable(String)
  }
  public struct Entry: Sendable, Hashable {
    public let bytes: Int
    fileprivate let name: String
  }

  private let input: ByteInput
  private let limits: ArchiveLimits
  /// Folder of the export, with its slash.
  private let root: String

  init(input: ByteInput, limits: ArchiveLimits, export: String) {
    self.input = input
    self.limits = limits
    root = export.lastIndex(of: "/").map { String(export[...$0]) } ?? ""
  }

  /// The archive, opened. Used by one thread at a time.
  public func open() throws(IngestError) -> Reader {
    Reader(try ArchiveParts(input, limits: limits), root: root)
  }

  public final class Reader {
    private let parts: ArchiveParts
    private var files: [String: Int] = [:]
    private var folders: Set<String> = []
    private let bases: [String]

    fileprivate init(_ parts: ArchiveParts, root: String) {
      self.parts = parts
      bases = [""].map { root + $0 } + ["attachments/", "附件/", "files/"].map { root + $0 }
      for entry in parts.entries {
        let name = ArchiveParts.name(entry)
        if !entry.isFolder { files[name] = entry.bytes }
        var rest = name[...]
        while let slash = rest.lastIndex(of: "/") {
          guard folders.insert(String(rest[...slash])).inserted else { break }
          rest = rest[..<slash]
        }
      }
    }

    /// - Parameters:
    ///   - ticket: the ticket's id.
    ///   - name: as the ticket lists it.
    public func find(_ name: String, of ticket: String) -> Lookup {
      let isPlain = !name.isEmpty && name != "." && name != ".." && !name.contains { $0 == "/" || $0 == "\\" }
      guard isPlain else { return .unusable("the name is no plain file name") }
      let own = bases.map { $0 + ticket + "/" }.filter { folders.contains($0) }
      var places = (own.isEmpty ? bases : own).map { $0 + name }.filter { files[$0] != nil }
      if places.isEmpty { places = own.flatMap { numbered(name, in: $0) } }
      guard let place = places.first else { return .missing }
      guard places.count == 1, !parts.repeated.contains(place) else {
        return .unusable("the archive holds the file more than once")
      }
      return .found(Entry(bytes: files[place] ?? 0, name: place))
    }

    /// In a ticket's folder the names may be numbered, because two files can have one name: `0_<name>`.
    private func numbered(_ name: String, in folder: String) -> [String] {
      files.keys.filter { file in
        guard file.hasPrefix(folder), file.hasSuffix("_" + name) else { return false }
        let digits = file.dropFirst(folder.count).dropLast(name.count + 1)
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
      }
    }

    /// - Parameter limit: bytes that are read at most.
    /// - Throws: also when the entry is damaged or larger.
    public func read(_ entry: Entry, limit: Int) throws(IngestError) -> [UInt8] {
      guard entry.bytes <= limit else { throw parts.refusal("the file is larger than \(limit >> 20) MB", "") }
      let reader = try parts.open(entry.name)
      var out: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = try parts.read(reader, into: &buffer)
        guard count > 0 else { return out }
        out.append(contentsOf: buffer[0..<count])
      }
    }
  }
}
