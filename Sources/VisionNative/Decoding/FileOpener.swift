import Archives
import ClosureModel

/// Opens one file inside the worker: tells its type, walks archives, and hands out pages and failures as it goes.
struct FileOpener {
  let limits: DecodeLimits
  let sandbox: Sandbox
  let scratch: ScratchFolder
  let pictures: PictureOpener
  let deadline: ContinuousClock.Instant
  let handOut: (PictureOpener.Page, PageImage.Source, _ entry: String?) -> Void
  let handOutFailure: (DecodeFailure) -> Void

  private var pages = 0
  private var unpacked = 0

  init(
    limits: DecodeLimits, sandbox: Sandbox, scratch: ScratchFolder, longSide: Int,
    handOut: @escaping (PictureOpener.Page, PageImage.Source, String?) -> Void,
    handOutFailure: @escaping (DecodeFailure) -> Void
  ) {
    self.limits = limits
    self.sandbox = sandbox
    self.scratch = scratch
    self.pictures = PictureOpener(limits: limits, longSide: longSide)
    self.deadline = .now + .seconds(limits.seconds)
    self.handOut = handOut
    self.handOutFailure = handOutFailure
  }

  /// - Parameter bytes: emptied when they go to disk, so that they are not held in memory beside the pages.
  mutating func open(_ bytes: inout [UInt8]) {
    do throws(DecodeFailure) {
      try open(&bytes, entry: nil, depth: 0)
    } catch {
      handOutFailure(error)
    }
  }

  private mutating func open(_ bytes: inout [UInt8], entry: String?, depth: Int) throws(DecodeFailure) {
    let type = FileSignature.type(of: Array(bytes.prefix(FileSignature.bytesNeeded)))
    switch type {
    case _ where PictureOpener.types.contains(type): try openPicture(bytes, type, entry, .picture)
    case .pdf: try openPDF(toDisk(&bytes, "file.pdf"), entry)
    case .zip, .docx: try openArchive(toDisk(&bytes, "file\(depth).zip"), entry: entry, depth: depth)
    case .empty: throw DecodeFailure(.empty, "the file is empty")
    default: throw DecodeFailure(.unsupported, Self.words(for: type))
    }
  }

  private static func words(for type: AttachmentFact.FileType) -> String {
    switch type {
    case .heic: "HEIC pictures are not read; send a JPEG picture or a PDF file"
    case .doc: "old Word files (.doc) are not read; send a PDF file or a picture"
    case .rar, .sevenZip: "\(type.rawValue) archives are not read; send the files themselves or a ZIP archive"
    case .text: "the file is plain text, not a picture"
    default: "the file is of no kind that is read; send a JPEG picture or a PDF file"
    }
  }

  private func toDisk(_ bytes: inout [UInt8], _ name: String) throws(DecodeFailure) -> String {
    guard let path = scratch.write(bytes, as: name) else {
      throw DecodeFailure(.unavailable, "the decoder's folder cannot be written")
    }
    bytes = []
    return path
  }

  // MARK: - Kinds

  private mutating func openPicture(
    _ bytes: [UInt8], _ type: AttachmentFact.FileType, _ entry: String?, _ source: PageImage.Source
  ) throws(DecodeFailure) {
    var here = self
    defer { self = here }
    try pictures.open(bytes, type: type) { (page) throws(DecodeFailure) in
      try here.found(page, source, entry)
    } _: { failure in
      handOutFailure(DecodeFailure(failure.code, failure.what, entry: entry))
    }
  }

  private mutating func openPDF(_ path: String, _ entry: String?) throws(DecodeFailure) {
    defer { scratch.remove("file.pdf") }
    let tools = PopplerTools(sandbox: sandbox, limits: limits, file: path, scratch: scratch, deadline: deadline)
    var here = self
    defer { self = here }
    try PDFOpener(tools: tools, pictures: pictures).open { (page, source) throws(DecodeFailure) in
      try here.found(page, source, entry)
    } _: { failure in
      handOutFailure(DecodeFailure(failure.code, failure.what, entry: entry))
    }
  }

  /// What file managers put into archives by themselves: __MACOSX/, .DS_Store, Thumbs.db, desktop.ini.
  private static func isOfFileManager(_ name: String) -> Bool {
    guard !name.hasPrefix("__MACOSX/"), let file = name.split(whereSeparator: { "/\\".contains($0) }).last else {
      return true
    }
    return file.hasPrefix("._") || [".ds_store", "thumbs.db", "desktop.ini"].contains(file.lowercased())
  }

  private mutating func openArchive(_ path: String, entry: String?, depth: Int) throws(DecodeFailure) {
    defer { scratch.remove("file\(depth).zip") }
    let archive = try Archive(path: path)
    let count = archive.count
    guard count <= limits.entries else {
      throw DecodeFailure(.tooManyEntries, "\(count) entries are more than are read of one archive")
    }
    let entries = (0..<count).map { archive.entry($0) }
    let isDocument = entries.contains { $0?.name == "[Content_Types].xml" }
    // A document's own ZIP does not count: nothing in it is opened as an archive.
    guard isDocument || depth <= limits.depth else {
      throw DecodeFailure(.tooDeep, "archives inside archives inside archives are not read")
    }
    var isAnyPicture = false
    for item in entries {
      guard let item else {
        fail(.broken, "an entry of the archive is damaged", entry)
        continue
      }
      if item.isFolder || Self.isOfFileManager(item.name) { continue }
      if isDocument && !Self.isPictureOfDocument(item.name) { continue }
      isAnyPicture = true
      let name = DecodeNames.plain(entry.map { "\($0)/\(item.name)" } ?? item.name)
      do throws(DecodeFailure) {
        try checkTime()
        var bytes = try unpack(item, of: archive)
        let type = FileSignature.type(of: Array(bytes.prefix(FileSignature.bytesNeeded)))
        if isDocument {
          guard PictureOpener.types.contains(type) else {
            throw DecodeFailure(.unsupported, "a drawing inside the document is not read")
          }
          try openPicture(bytes, type, name, .embedded)
        } else {
          try open(&bytes, entry: name, depth: depth + 1)
        }
      } catch {
        handOutFailure(DecodeFailure(error.code, error.what, entry: error.entry ?? name))
        if [.tooSlow, .tooExpanding, .tooManyPages].contains(error.code) { return }
      }
    }
    if !isAnyPicture {
      let what = isDocument ? "the document holds no picture" : "the archive holds no files"
      throw DecodeFailure(isDocument ? .unsupported : .empty, what)
    }
  }

  private static func isPictureOfDocument(_ name: String) -> Bool {
    ["word/media/", "xl/media/", "ppt/media/"].contains { name.hasPrefix($0) }
  }

  private mutating func unpack(_ entry: Archive.Entry, of archive: Archive) throws(DecodeFailure) -> [UInt8] {
    if entry.isEncrypted { throw DecodeFailure(.encrypted, "the entry opens only with a password") }
    guard entry.bytes <= limits.fileBytes else {
      throw DecodeFailure(.tooLarge, "the entry is larger than \(limits.fileBytes >> 20) MB")
    }
    guard entry.bytes <= 1 << 20 || entry.bytes / max(1, entry.packedBytes) <= limits.ratio else {
      throw DecodeFailure(.tooExpanding, "the entry unpacks to more than \(limits.ratio) times its size")
    }
    unpacked += entry.bytes
    guard unpacked <= limits.unpackedBytes else {
      throw DecodeFailure(.tooExpanding, "the archive unpacks to more than \(limits.unpackedBytes >> 20) MB")
    }
    return try archive.read(entry, limit: limits.fileBytes)
  }

  // MARK: - Bounds over the whole file

  private mutating func found(
    _ page: PictureOpener.Page, _ source: PageImage.Source, _ entry: String?
  ) throws(DecodeFailure) {
    guard pages < limits.pagesInAll else { throw PictureOpener.tooManyPages(limits.pagesInAll) }
    pages += 1
    handOut(page, source, entry)
    try checkTime()
  }

  private func checkTime() throws(DecodeFailure) {
    guard ContinuousClock.now < deadline else { throw DecodeFailure(.tooSlow, "the file takes too long") }
  }

  private func fail(_ code: DecodeFailure.Code, _ what: String, _ entry: String?) {
    handOutFailure(DecodeFailure(code, what, entry: entry))
  }
}
