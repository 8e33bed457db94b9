import CZip

/// Why an archive or an entry of it cannot be read.
public struct ArchiveError: Error, Sendable, Hashable {
  public enum Code: Sendable, Hashable { case broken, tooLarge }
  public let code: Code
  /// Whole words for a message, without personal data.
  public let what: String
}

/// Owns one open ZIP file; used by one thread at a time. All of libzip is behind this type.
public final class ZipFile {
  public struct Entry: Sendable, Hashable {
    public let index: Int
    /// As the archive holds it; bytes that are no UTF-8 stand in `rawName` alone.
    public let name: String
    public let rawName: [UInt8]
    public let bytes: Int
    public let packedBytes: Int
    public let isEncrypted: Bool
    public var isFolder: Bool { rawName.last == UInt8(ascii: "/") }
  }

  private let archive: OpaquePointer

  /// - Throws: `.broken`.
  public init(path: String) throws(ArchiveError) {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      throw ArchiveError(code: .broken, what: "the ZIP file is damaged")
    }
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  public var count: Int { Int(zip_get_num_entries(archive, 0)) }

  /// - Returns: nil for an entry that has no readable head.
  public func entry(_ index: Int) -> Entry? {
    var info = zip_stat_t()
    guard zip_stat_index(archive, zip_uint64_t(index), zip_flags_t(ZIP_FL_ENC_RAW), &info) == 0,
      UInt32(info.valid) & UInt32(ZIP_STAT_SIZE) != 0
    else { return nil }
    let raw = zip_get_name(archive, zip_uint64_t(index), zip_flags_t(ZIP_FL_ENC_RAW)).map { name in
      Array(UnsafeBufferPointer(start: name, count: Self.length(name))).map { UInt8(bitPattern: $0) }
    }
    let name = zip_get_name(archive, zip_uint64_t(index), zip_flags_t(ZIP_FL_ENC_GUESS)).map { String(cString: $0) }
    return Entry(
      index: index, name: name ?? "", rawName: raw ?? [], bytes: Int(clamping: info.size),
      packedBytes: Int(clamping: info.comp_size), isEncrypted: info.encryption_method != ZIP_EM_NONE)
  }

  /// All bytes of an entry, checked against its checksum.
  /// - Parameter limit: the entry is refused when it unpacks to more, whatever its head says.
  public func read(_ entry: Entry, limit: Int) throws(ArchiveError) -> [UInt8] {
    let reader = try open(entry, limit: limit)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(0, min(entry.bytes, limit)))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try reader.read(&buffer)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: buffer[0..<count])
    }
  }

  /// - Returns: a reader that must not outlive this file.
  public func open(_ entry: Entry, limit: Int) throws(ArchiveError) -> EntryReader {
    guard let file = zip_fopen_index(archive, zip_uint64_t(entry.index), 0) else {
      throw ArchiveError(code: .broken, what: "an entry of the ZIP file is damaged or packed in an unknown way")
    }
    return EntryReader(file, of: self, declared: entry.bytes, limit: limit)
  }

  private static func length(_ text: UnsafePointer<CChar>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }

  /// Unpacks one entry from its beginning; keeps its archive open.
  public final class EntryReader {
    private let file: OpaquePointer
    private let archive: ZipFile
    private let declared: Int
    private let limit: Int
    private var total = 0

    fileprivate init(_ file: OpaquePointer, of archive: ZipFile, declared: Int, limit: Int) {
      self.file = file
      self.archive = archive
      self.declared = declared
      self.limit = limit
    }

    deinit { zip_fclose(file) }

    /// - Returns: how many bytes of the buffer were filled; 0: the end, and the checksum holds.
    public func read(_ buffer: inout [UInt8]) throws(ArchiveError) -> Int {
      let count = buffer.withUnsafeMutableBytes { zip_fread(file, $0.baseAddress, zip_uint64_t($0.count)) }
      guard count >= 0 else { throw ArchiveError(code: .broken, what: "an entry of the ZIP file is damaged") }
      total += Int(count)
      guard total <= min(declared, limit) else {
        throw ArchiveError(code: .tooLarge, what: "an entry of the ZIP file is larger than is read")
      }
      guard count > 0 || total == declared else {
        throw ArchiveError(code: .broken, what: "an entry of the ZIP file is damaged")
      }
      return Int(count)
    }
  }
}
