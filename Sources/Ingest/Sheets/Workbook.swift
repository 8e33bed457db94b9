import Archives

/// An XLSX workbook: its sheets, and any of them as a table.
struct Workbook {
  struct Sheet {
    let name: String
    let isVisible: Bool
    let part: String
  }

  let sheets: [Sheet]
  private let parts: ArchiveParts
  private let name: String
  private let styles: CellStyles
  private let strings: SharedStrings?
  private let from1904: Bool
  private let maxBytes: Int

  init(_ parts: ArchiveParts, options: IngestOptions) throws(IngestError) {
    self.parts = parts
    name = parts.file
    maxBytes = options.maxRowBytes
    let links = Relations()
    try Self.parse("xl/_rels/workbook.xml.rels", of: parts, small: true, links)
    let list = SheetList()
    try Self.parse("xl/workbook.xml", of: parts, small: true, list)
    from1904 = list.from1904
    sheets = list.sheets.compactMap { sheet in
      links.sheets[sheet.link].map {
        Sheet(name: sheet.name, isVisible: sheet.isVisible, part: Self.path($0))
      }
    }
    styles = CellStyles()
    if parts.has("xl/styles.xml") { try Self.parse("xl/styles.xml", of: parts, small: true, styles) }
    if let table = links.strings.map(Self.path), parts.has(table) {
      let reader = try SharedStringsReader(for: name, maxBytes: maxBytes)
      try Self.parse(table, of: parts, small: false, reader)
      if let failure = reader.failure { throw failure }
      strings = try reader.finish()
    } else {
      strings = nil
    }
  }

  /// The rows of a sheet as CSV, the first ones or all.
  func table(_ sheet: Sheet, maxRows: Int = .max) throws(IngestError) -> ByteInput {
    let reader = try SheetReader(
      for: name, strings: strings, styles: styles, from1904: from1904, maxBytes: maxBytes, maxRows: maxRows)
    try Self.parse(sheet.part, of: parts, small: false, reader)
    if let failure = reader.failure { throw failure }
    return try reader.finish()
  }

  private static func path(_ target: String) -> String {
    target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
  }

  private static func parse(_ part: String, of parts: ArchiveParts, small: Bool, _ handler: any XMLHandler)
    throws(IngestError)
  {
    let reader = XMLReader(handler)
    let entry = try parts.open(part, small: small)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try parts.read(entry, into: &buffer)
      let goesOn: Bool
      do throws(XMLReader.Failure) {
        goesOn = try reader.feed(buffer[0..<count], isLast: count == 0)
      } catch {
        throw parts.refusal(
          error == .broken ? "the workbook is damaged (\(part))" : "the workbook is built to do harm (\(part))",
          "Open it in a spreadsheet program and save it anew, or export as CSV.")
      }
      guard goesOn, count > 0 else { return }
    }
  }
}

/// Which part is which, from the workbook's list of relations.
private final class Relations: XMLHandler {
  private(set) var sheets: [String: String] = [:]
  private(set) var strings: String?
  let isDone = false

  func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
    guard name.isNamed("Relationship"), let target = attributes["Target"], let type = attributes["Type"] else { return }
    if type.hasSuffix("/worksheet"), let id = attributes["Id"] {
      sheets[id] = target
    } else if type.hasSuffix("/sharedStrings") {
      strings = target
    }
  }

  func end(_ name: UnsafePointer<CChar>) {}
  func text(_ bytes: UnsafeRawBufferPointer) {}
}

private final class SheetList: XMLHandler {
  private(set) var sheets: [(name: String, isVisible: Bool, link: String)] = []
  private(set) var from1904 = false
  let isDone = false

  func start(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
    if name.isNamed("sheet"), let title = attributes["name"], let link = attributes.relation {
      sheets.append((title, (attributes["state"] ?? "visible") == "visible", link))
    } else if name.isNamed("workbookPr") {
      from1904 = attributes.flag("date1904", otherwise: false)
    }
  }

  func end(_ name: UnsafePointer<CChar>) {}
  func text(_ bytes: UnsafeRawBufferPointer) {}
}

extension XMLAttributes {
  /// `r:id`; a sheet has `sheetId` beside it, no other `id`.
  fileprivate var relation: String? { self["id"] }
}
