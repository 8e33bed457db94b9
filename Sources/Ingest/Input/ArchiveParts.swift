import Archives

/// The entries of a ZIP archive by name, unpacked within bounds.
///
/// Nothing is ever written under an entry's name, so no name leads anywhere.
final class ArchiveParts {
  let file: String
  private let zip: ZipFile
  private let limits: ArchiveLimits
  private(set) var entries: [ZipFile.Entry] = []
  private var byName: [String: Int] = [:]
  /// Names that stand more than once: which entry is meant cannot be told.
  private(set) var repeated: Set<String> = []

  init(_ input: ByteInput, limits: ArchiveLimits) throws(IngestError) {
    file = input.name
    self.limits = limits
    do throws(ArchiveError) { zip = try ZipFile(path: input.reopenPath) } catch {
      throw IngestError(
        code: .notAnExport, file: input.name, what: error.what,
        fix: "It may have been cut off; copy or export it again, or unpack it and name the export.")
    }
    guard zip.count <= limits.maxEntries else {
      throw refusal(
        "the archive has \(zip.count) entries, more than \(limits.maxEntries)", "Unpack it and name the export.")
    }
    for index in 0..<zip.count {
      guard let entry = zip.entry(index) else { throw refusal("the archive is damaged", "Copy or export it again.") }
      entries.append(entry)
      let name = Self.name(entry)
      if byName.updateValue(entries.count - 1, forKey: name) != nil { repeated.insert(name) }
    }
  }

  func has(_ name: String) -> Bool { byName[name] != nil }

  /// - Parameter small: a part that says how to read others.
  func open(_ name: String, small: Bool = false) throws(IngestError) -> ZipFile.EntryReader {
    guard let at = byName[name], !repeated.contains(name) else {
      throw refusal("“\(name)” is missing in it, or there twice", "Save it anew in a spreadsheet program.")
    }
    let entry = entries[at]
    guard !entry.isEncrypted else {
      throw refusal("it is encrypted", "Take the password off, or unpack it and name the export.")
    }
    let isBomb = entry.bytes > 64 << 20 && entry.bytes / max(1, entry.packedBytes) > limits.maxRatio
    let limit = small ? limits.maxPartBytes : limits.maxUnpackedBytes
    guard !isBomb, entry.bytes <= limit else {
      throw refusal(
        "“\(name)” unpacks to \(entry.bytes >> 20) MB, more than is read", "Export as CSV, or in several files.")
    }
    do throws(ArchiveError) { return try zip.open(entry, limit: limit) } catch {
      throw refusal(error.what, "Copy or export it again.")
    }
  }

  func read(_ reader: ZipFile.EntryReader, into buffer: inout [UInt8]) throws(IngestError) -> Int {
    do throws(ArchiveError) { return try reader.read(&buffer) } catch {
      throw refusal(error.what, "Copy or export it again.")
    }
  }

  /// An entry as an input of its own.
  func spooled(_ name: String) throws(IngestError) -> ByteInput {
    let reader = try open(name)
    var spool = try SpoolFile(for: file)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try read(reader, into: &buffer)
      guard count > 0 else { break }
      try spool.append(buffer[0..<count])
    }
    return try ByteInput(name: file, descriptor: spool.finish())
  }

  func refusal(_ what: String, _ fix: String) -> IngestError {
    IngestError(code: .notAnExport, file: file, what: what, fix: fix)
  }

  /// Windows packs Chinese names in GBK without saying so.
  static func name(_ entry: ZipFile.Entry) -> String {
    if let name = String(validating: entry.rawName, as: UTF8.self) { return name }
    guard let converter = try? Converter(.gb18030, file: "") else { return entry.name }
    var raw = entry.rawName
    var out = [UInt8](repeating: 0, count: raw.count * 2 + 16)
    let (used, _) = converter.convert(&raw, raw.count, into: &out, room: out.count)
    return String(decoding: out[0..<used], as: UTF8.self)
  }
}
