import Archives

/// What stands around an export: nothing, an archive that also holds the attachments, or a workbook.
struct Container {
  /// The text to read: the file itself, or what was taken out of it.
  let text: ByteInput
  /// A workbook's sheet: CSV by now.
  let isSheet: Bool
  /// The archive's entry or the sheet that was taken.
  let part: String?
  /// Files that came in the same archive.
  let attachments: ArchiveAttachments?

  init(_ input: ByteInput, options: IngestOptions) throws(IngestError) {
    var head = [UInt8](repeating: 0, count: 8)
    let count = try input.read(into: &head, from: 0, at: 0)
    let isZip = count >= 4 && (head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]))
    guard isZip else {
      guard options.format != .xlsx else {
        throw IngestError(
          code: .notAnExport, file: input.name, what: "it is no XLSX workbook",
          fix: "Leave --format out, or save the sheet as XLSX.")
      }
      self.init(text: input, isSheet: false, part: nil, attachments: nil)
      return
    }
    let parts = try ArchiveParts(input, limits: options.archive)
    if let kind = try Self.document(parts) {
      throw parts.refusal("it is \(kind)", "Save it as XLSX or CSV.")
    }
    if parts.has("xl/workbook.xml") {
      let (text, sheet) = try Self.sheet(of: Workbook(parts, options: options), parts, options)
      self.init(text: text, isSheet: true, part: sheet, attachments: nil)
      return
    }
    let (member, inner) = try Self.member(of: parts, options)
    let attachments = ArchiveAttachments(input: input, limits: options.archive, export: member)
    self.init(
      text: inner.text, isSheet: inner.isSheet, part: inner.part.map { "\(member), \($0)" } ?? member,
      attachments: attachments)
  }

  private init(text: ByteInput, isSheet: Bool, part: String?, attachments: ArchiveAttachments?) {
    self.text = text
    self.isSheet = isSheet
    self.part = part
    self.attachments = attachments
  }

  private static func document(_ parts: ArchiveParts) throws(IngestError) -> String? {
    if parts.has("mimetype"), parts.has("content.xml") { return "an OpenDocument file (ODS)" }
    if parts.has("xl/workbook.bin") { return "a binary workbook (XLSB)" }
    if parts.has("word/document.xml") { return "a Word document" }
    if parts.has("ppt/presentation.xml") { return "a presentation" }
    return nil
  }

  // MARK: Sheets

  private static func sheet(of workbook: Workbook, _ parts: ArchiveParts, _ options: IngestOptions)
    throws(IngestError) -> (ByteInput, String)
  {
    func list(_ sheets: [Workbook.Sheet]) -> String { sheets.prefix(20).map { "“\($0.name)”" }.joined(separator: ", ") }
    if let wanted = options.sheet {
      let number = Int(wanted).flatMap { workbook.sheets.indices.contains($0 - 1) ? workbook.sheets[$0 - 1] : nil }
      guard let sheet = workbook.sheets.first(where: { $0.name == wanted }) ?? number else {
        throw parts.refusal(
          "the workbook has no sheet “\(wanted)”; it has \(list(workbook.sheets))",
          "Name one of them under input.sheet.")
      }
      return (try workbook.table(sheet), sheet.name)
    }
    let visible = workbook.sheets.filter(\.isVisible)
    guard visible.count != 1 else { return (try workbook.table(visible[0]), visible[0].name) }
    guard !visible.isEmpty else {
      throw parts.refusal("the workbook has no visible sheet", "Name the one to read with --sheet.")
    }
    // The first rows of a sheet show whether it is a table of tickets.
    var found: [Workbook.Sheet] = []
    for sheet in visible.prefix(64) {
      let table = try workbook.table(sheet, maxRows: HeaderSearch.rows)
      let search = try HeaderSearch(
        table, EncodingGuess.sheet, [CSVDialect(mayEndEarly: true)], options)
      if search.isFound { found.append(sheet) }
    }
    guard found.count == 1 else {
      throw parts.refusal(
        found.isEmpty
          ? "none of the sheets \(list(visible)) has the columns of tickets"
          : "the sheets \(list(found)) all hold tickets",
        "Name the one to read with --sheet (input.sheet in the configuration).")
    }
    return (try workbook.table(found[0]), found[0].name)
  }

  // MARK: Members of an archive

  private static let suffixes = [".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx"]

  /// Entries that may be the export, by their names: those of them that lie highest.
  static func candidates(_ parts: ArchiveParts) -> [String] {
    let names = parts.entries.filter { !$0.isFolder }.map(ArchiveParts.name).filter { name in
      let file = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
      return suffixes.contains { file.hasSuffix($0) } && !file.hasPrefix(".") && !name.hasPrefix("__MACOSX/")
        && !file.hasPrefix("readme")
    }
    let depth = names.map { $0.split(separator: "/").count }.min() ?? 0
    return names.filter { $0.split(separator: "/").count == depth }
  }

  private static func member(of parts: ArchiveParts, _ options: IngestOptions) throws(IngestError) -> (
    String, Container
  ) {
    func inside(_ name: String) throws(IngestError) -> Container {
      let input = try parts.spooled(name)
      var head = [UInt8](repeating: 0, count: 4)
      let count = try input.read(into: &head, from: 0, at: 0)
      guard count == 4, head.starts(with: [0x50, 0x4B, 3, 4]), !name.lowercased().hasSuffix(".xlsx") else {
        return try Container(input, options: options)
      }
      throw parts.refusal("“\(name)” is an archive in the archive", "Unpack it first.")
    }
    if let wanted = options.member {
      guard parts.has(wanted) else {
        throw parts.refusal("the archive has no entry “\(wanted)”", "Name it with its folders, as the archive does.")
      }
      return (wanted, try inside(wanted))
    }
    let candidates = candidates(parts)
    guard !candidates.isEmpty else {
      throw parts.refusal(
        "the archive holds no export (\(suffixes.joined(separator: ", ")))", "Name the export itself.")
    }
    if candidates.count == 1 { return (candidates[0], try inside(candidates[0])) }
    var found: [(String, Container)] = []
    for name in candidates.prefix(8) {
      // What is no export is passed over here; what cannot be read is said when it is named.
      guard let container = try? inside(name), TextShape.holdsTickets(container, options) else { continue }
      found.append((name, container))
    }
    guard found.count == 1, candidates.count <= 8 else {
      let list = candidates.prefix(8).map { "“\($0)”" }.joined(separator: ", ")
      throw parts.refusal(
        "the archive holds \(candidates.count) files that may be the export: \(list)",
        "Name the one to read with --member (input.member in the configuration).")
    }
    return found[0]
  }
}
