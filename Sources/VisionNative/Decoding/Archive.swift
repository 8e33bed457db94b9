import CZip
import ClosureModel

/// Owns one open ZIP file. All of libzip is behind this type.
final class Archive {
  struct Entry {
    var index: Int
    var name: String
    var bytes: Int
    var packedBytes: Int
    var isEncrypted: Bool
    var isFolder: Bool { name.hasSuffix("/") }
  }

  private let archive: OpaquePointer

  /// - Throws: `.broken`.
  init(path: String) throws(DecodeFailure) {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      throw DecodeFailure(.broken, "the ZIP file is damaged")
    }
    self.archive = archive
  }
  deinit { zip_discard(archive) }

  var count: Int { Int(zip_get_num_entries(archive, 0)) }

  /// - Returns: nil for an entry that has no readable head.
  func entry(_ index: Int) -> Entry? {
    var info = zip_stat_t()
    guard zip_stat_index(archive, zip_uint64_t(index), zip_flags_t(ZIP_FL_ENC_RAW), &info) == 0,
      UInt32(info.valid) & UInt32(ZIP_STAT_SIZE) != 0
    else { return nil }
    let name = zip_get_name(archive, zip_uint64_t(index), zip_flags_t(ZIP_FL_ENC_GUESS)).map { String(cString: $0) }
    return Entry(
      index: index, name: name ?? "", bytes: Int(clamping: info.size), packedBytes: Int(clamping: info.comp_size),
      isEncrypted: info.encryption_method != ZIP_EM_NONE)
  }

  /// All bytes of an entry, checked against its checksum.
  /// - Parameter limit: the entry is refused when it unpacks to more, whatever its head says.
  func read(_ entry: Entry, limit: Int) throws(DecodeFailure) -> [UInt8] {
    guard let file = zip_fopen_index(archive, zip_uint64_t(entry.index), 0) else {
      throw DecodeFailure(.broken, "an entry of the ZIP file is damaged or packed in an unknown way")
    }
    defer { zip_fclose(file) }
    let wanted = min(entry.bytes, limit)
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted + 1) { buffer, filled in
      while filled <= wanted {
        let count = zip_fread(file, buffer.baseAddress.map { $0 + filled }, zip_uint64_t(wanted + 1 - filled))
        if count == 0 { isWhole = true }
        if count <= 0 { return }
        filled += Int(count)
      }
    }
    guard bytes.count <= wanted else {
      throw DecodeFailure(.tooLarge, "an entry of the ZIP file is larger than is read")
    }
    guard isWhole, bytes.count == entry.bytes else {
      throw DecodeFailure(.broken, "an entry of the ZIP file is damaged")
    }
    return bytes
  }
}
