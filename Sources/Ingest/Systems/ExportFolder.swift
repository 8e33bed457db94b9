import Archives
import ClosureModel
import Glibc

/// The files of an export: one, a folder with what stands below it, or an archive's documents. Links are not followed.
struct ExportFolder: Sendable {
  struct File: Sendable {
    /// As it can be opened.
    let path: String
    /// Below the folder: `comments/84120.json`.
    let name: String
    let size: Int64
    /// `false`: found beside the file that was named; it explains tickets and brings none of its own.
    var isNamed = true

    /// The same file, opened by another path.
    func at(_ path: String, size: Int64) -> File { File(path: path, name: name, size: size, isNamed: isNamed) }
  }
  let root: String
  let isFolder: Bool
  let files: [File]
  /// Files of the archive that the export came in.
  private(set) var attachments: ArchiveAttachments?
  /// Files of the archive that may be the export and are none of `files`, or lie elsewhere.
  private(set) var others = 0
  /// The archive's documents as files without names, which last as long as these.
  private var unpacked: [ByteInput] = []
  /// A larger JSON document is not taken into memory.
  static let maxDocumentBytes: Int64 = 512 << 20
  private static let maxDepth = 6
  private static let maxFiles = 2_000_000

  /// - Returns: `nil` when there is nothing to look at: standard input, no such file, no file of ordinary kind.
  /// - Parameter beside: names of what stands beside a single file and belongs to it: `comments/`, `users.json`, `msg-*`.
  init?(path: String, beside: [String]) throws(IngestError) {
    var info = stat()
    guard path != "-", stat(path, &info) == 0 else { return nil }
    root = path
    if info.st_mode & S_IFMT == S_IFREG {
      isFolder = false
      let pieces = path.split(separator: "/", omittingEmptySubsequences: false)
      let folder = pieces.count > 1 ? pieces.dropLast().joined(separator: "/") + "/" : ""
      let name = String(pieces.last ?? "")
      files =
        [File(path: path, name: name, size: Int64(info.st_size))]
        + (try Self.side(of: name, in: folder, beside))
      return
    }
    guard info.st_mode & S_IFMT == S_IFDIR else { return nil }
    isFolder = true
    var found: [File] = []
    try Self.list(path, "", 0, &found)
    files = found.sorted { Self.naturally($0.name, before: $1.name) }
  }

  /// One input that is no file by a name of its own: standard input, or what was taken out of something.
  init(_ input: ByteInput) {
    root = input.name
    isFolder = false
    files = [File(path: input.reopenPath, name: input.name, size: input.size)]
    unpacked = [input]
  }

  private static let documents = [".json", ".jsonl", ".ndjson"]
  private static let tables = [".csv", ".tsv"]
  /// Each is an open file.
  static let maxUnpacked = 200

  /// The documents of an archive: JSON and tables beside one another, and what stands beside them and belongs to them. What
  /// stands elsewhere in it may be a customer's attachment, and is none.
  /// - Returns: `nil` when it is no archive, or one that holds neither.
  init?(archive path: String, beside: [String], _ options: IngestOptions) throws(IngestError) {
    var info = stat()
    guard path != "-", stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    let input = try ByteInput(path: path)
    var head = [UInt8](repeating: 0, count: 4)
    guard try input.read(into: &head, from: 0, at: 0) == 4, head == [0x50, 0x4B, 3, 4] else { return nil }
    let parts = try ArchiveParts(input, limits: options.archive)
    let named = options.member.map { [$0] } ?? Container.candidates(parts)
    func folder(_ name: String) -> Substring { name.lastIndex(of: "/").map { name[...$0] } ?? "" }
    let found = named.filter { name in
      parts.has(name) && (Self.documents + Self.tables).contains { name.lowercased().hasSuffix($0) }
    }
    guard let first = found.first, !parts.has("xl/workbook.xml") else { return nil }
    others = named.count - found.count { folder($0) == folder(first) }
    func explains(_ name: Substring) -> Bool {
      Self.documents.contains { name.hasSuffix($0) }
        && beside.contains {
          $0.hasSuffix("/") || $0.hasSuffix("*")
            ? name.hasPrefix($0.hasSuffix("*") ? $0.dropLast() : $0[...]) : name == $0
        }
    }
    let top = folder(first)
    let all =
      found
      + parts.entries.filter { !$0.isFolder }.map(ArchiveParts.name).filter { name in
        !found.contains(name) && name.hasPrefix(top) && explains(name.dropFirst(top.count))
      }
    guard all.count <= Self.maxUnpacked else {
      throw parts.refusal(
        "the archive holds \(all.count) documents, more than \(Self.maxUnpacked)", "Unpack it and name the folder.")
    }
    var files: [File] = []
    for name in all {
      let document = try parts.spooled(name)
      unpacked.append(document)
      files.append(
        File(
          path: document.reopenPath, name: name.hasPrefix(top) ? String(name.dropFirst(top.count)) : name,
          size: document.size, isNamed: found.contains(name)))
    }
    root = path
    isFolder = false
    self.files = files.sorted { Self.naturally($0.name, before: $1.name) }
    attachments = ArchiveAttachments(input: input, limits: options.archive, export: first)
  }

  private static func list(_ folder: String, _ below: String, _ depth: Int, _ out: inout [File]) throws(IngestError) {
    guard let directory = opendir(folder) else {
      throw IngestError(
        code: .unreadable, file: folder, what: String(cString: strerror(errno)), fix: "Mend the rights of the folder.")
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = entry.name
      // Attachments are looked up by the names that the tickets list.
      guard !name.hasPrefix("."), !(below.isEmpty && name == "attachments") else { continue }
      let path = folder + "/" + name
      var info = stat()
      guard lstat(path, &info) == 0 else { continue }
      if info.st_mode & S_IFMT == S_IFREG {
        out.append(File(path: path, name: below + name, size: Int64(info.st_size)))
        guard out.count <= maxFiles else {
          throw IngestError(
            code: .notAnExport, file: folder, what: "more than \(maxFiles) files", fix: "Split the export.")
        }
      } else if info.st_mode & S_IFMT == S_IFDIR, depth < maxDepth {
        try list(path, below + name + "/", depth + 1, &out)
      }
    }
  }

  private static func side(of name: String, in folder: String, _ beside: [String]) throws(IngestError) -> [File] {
    var found: [File] = []
    let prefixes = beside.filter { $0.hasSuffix("*") }.map { $0.dropLast() }
    if !prefixes.isEmpty, let directory = opendir(folder.isEmpty ? "." : folder) {
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let other = entry.name
        if other != name, prefixes.contains(where: { other.hasPrefix($0) }) { add(folder + other, other, &found) }
      }
    }
    for entry in beside where !entry.hasSuffix("*") {
      if entry.hasSuffix("/") {
        var info = stat()
        guard lstat(folder + entry.dropLast(), &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { continue }
        try list(folder + entry.dropLast(), entry, 1, &found)
      } else if entry != name {
        add(folder + entry, entry, &found)
      }
    }
    return found.sorted { naturally($0.name, before: $1.name) }
      .map { File(path: $0.path, name: $0.name, size: $0.size, isNamed: false) }
  }

  private static func add(_ path: String, _ name: String, _ out: inout [File]) {
    var info = stat()
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return }
    out.append(File(path: path, name: name, size: Int64(info.st_size)))
  }

  /// Digits count as numbers: page 10 comes after page 2.
  static func naturally(_ a: String, before b: String) -> Bool {
    let (x, y) = (Array(a.utf8), Array(b.utf8))
    var (i, j) = (0, 0)
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    while i < x.count, j < y.count {
      if isDigit(x[i]), isDigit(y[j]) {
        var (m, n) = (i, j)
        while m < x.count, isDigit(x[m]) { m += 1 }
        while n < y.count, isDigit(y[n]) { n += 1 }
        let (left, right) = (x[i..<m].drop { $0 == 0x30 }, y[j..<n].drop { $0 == 0x30 })
        if left.count != right.count { return left.count < right.count }
        if !left.elementsEqual(right) { return left.lexicographicallyPrecedes(right) }
        (i, j) = (m, n)
      } else {
        if x[i] != y[j] { return x[i] < y[j] }
        i += 1
        j += 1
      }
    }
    return x.count - i < y.count - j
  }

  /// The ticket that a file's name names: `comments/84120.json`, `ticket-7311.json`, `84120/comments.json`, `DESK-507.json`.
  static func ticketKey(_ name: String) -> String {
    let pieces = name.split(separator: "/")
    guard let last = pieces.last else { return "" }
    let stem = last.split(separator: ".").first.map(String.init) ?? String(last)
    if let key = key(stem) { return key }
    if pieces.count > 1, let key = key(String(pieces[pieces.count - 2])) { return key }
    return stem
  }

  private static func key(_ stem: String) -> String? {
    let halves = stem.split(separator: "-")
    if halves.count == 2, let project = halves.first,
      project.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber) }),
      project.first?.isUppercase == true, halves[1].allSatisfy({ $0.isASCII && $0.isNumber })
    {
      return stem
    }
    return stem.split(whereSeparator: { "-_ ".contains($0) })
      .first { part in part.allSatisfy { $0.isASCII && $0.isNumber } }.map(String.init)
  }

  /// - Throws: when it cannot be read or is larger than `max`.
  static func bytes(_ file: File, upTo max: Int64 = maxDocumentBytes, head: Int? = nil) throws(IngestError) -> [UInt8] {
    guard head != nil || file.size <= max else {
      throw IngestError(
        code: .notAnExport, file: file.name, what: "the document is larger than \(max >> 20) MB",
        fix: "Export it in pages, or as JSON Lines.")
    }
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw IngestError(
        code: .unreadable, file: file.name, what: String(cString: strerror(errno)), fix: "Mend the file or its rights.")
    }
    defer { close(descriptor) }
    let wanted = head.map { min($0, Int(file.size)) } ?? Int(file.size)
    var out = [UInt8](repeating: 0, count: wanted)
    var done = 0
    while done < wanted {
      let count = out.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: done), wanted - done, off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw IngestError(
          code: .unreadable, file: file.name, what: String(cString: strerror(errno)), fix: "Mend the disk or the file.")
      }
      if count == 0 { break }
      done += count
    }
    out.removeLast(wanted - done)
    return out
  }
}
