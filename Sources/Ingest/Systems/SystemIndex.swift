import ClosureModel

/// What an export of a ticket system holds and where: which file is which kind of document, which keys its tables have,
/// which records are copies of a ticket. Ids and keys, no texts.
struct SystemIndex: Sendable {
  enum Mode: Sendable { case whole, lines, rows }
  struct Source: Sendable {
    let file: ExportFolder.File
    let mode: Mode
    let document: Int
    let cells: SystemMap.Document.Cells
    /// The ticket that the file's name says.
    let key: String
    /// Files whose names differ in their numbers alone are parts of one thing: pages, one file a ticket.
    var series: String {
      var out = ""
      for character in file.name where !(character.isNumber && out.last == "#") {
        out.append(character.isNumber ? "#" : character)
      }
      return out
    }
  }
  let system: SystemMap
  let folder: ExportFolder
  let sources: [Source]
  /// Sources whose tickets are read, in order; the others hold the same tickets in another form.
  let ticketSources: [Int]
  /// Table, key, sources that hold it; of a table of tickets the newest copy first.
  let tables: [String: [String: [Int]]]
  /// What becomes of records whose id stands more than once.
  let fates: [Place: Fate]
  /// Records that are newer than the details that are read for them: messages may be missing.
  let older: Set<Place>
  let facts: ReceiptFacts
  /// What was not in UTF-8, in UTF-8, as files without names.
  private let decoded: [ByteInput]

  struct Place: Sendable, Hashable {
    let source: Int
    /// Number of the document in its file, and of the ticket in the document.
    let document: Int
    let item: Int
    /// What a person counts: tickets of a file that is one document, lines or rows of another.
    func row(_ mode: Mode) -> Int { mode == .whole ? item : document }
  }

  enum Fate: Sendable {
    case copy(CopyRules.Fate)
    /// The same ticket in another form of the same export, an older copy, or the same copy.
    case sameTicket
  }

  /// Looks at the beginning of each file once and indexes the export of the system that knows most of them.
  /// - Returns: `nil` when no system knows the files.
  /// - Parameter zone: of times that name none.
  init?(_ folder: ExportFolder, systems: [SystemMap], options: IngestOptions, zone: LocalZone) throws(IngestError) {
    var known = [[Source]](repeating: [], count: systems.count)
    var decoded: [ByteInput] = []
    for file in folder.files {
      guard let head = try SystemHead(file, options, &decoded) else { continue }
      let file = head.file
      for (index, system) in systems.enumerated() {
        guard let document = head.document(of: system) else { continue }
        known[index].append(
          Source(
            file: file, mode: head.mode, document: document, cells: system.documents[document].cells,
            key: ExportFolder.ticketKey(file.name)))
      }
    }
    func bearsTickets(_ index: Int) -> Bool {
      known[index].contains { systems[index].documents[$0.document].tickets != nil && $0.file.isNamed }
    }
    let best = systems.indices.filter(bearsTickets).max { known[$0].count < known[$1].count }
    guard let best else { return nil }
    system = systems[best]
    sources = known[best]
    self.folder = folder
    self.decoded = decoded
    var survey = SystemSurvey(system, zone: zone)
    for (index, source) in sources.enumerated() {
      try SystemDocuments.forEach(source, options) { document, row in
        survey.take(document, row: row, index, source)
        return true
      } broken: { row in
        survey.broken("\(source.file.name), record \(row)", in: source, index)
      }
    }
    tables = survey.newestFirst
    (ticketSources, fates, facts) = survey.close(
      files: folder.files.count { $0.isNamed }, used: sources.count { $0.file.isNamed })
    older = survey.older(read: Set(ticketSources))
    if ticketSources.isEmpty { return nil }
  }
}

/// What the beginning of a file shows of its shape.
struct SystemHead {
  let mode: SystemIndex.Mode
  private let record: JSONValue
  /// In UTF-8.
  let file: ExportFolder.File
  private static let bytes = 1 << 20
  /// A first record with a very long text.
  private static let moreBytes = 32 << 20
  private static let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]

  /// - Parameter decoded: takes the file in UTF-8 if it is JSON in another encoding.
  /// - Returns: `nil` for a file that is neither JSON nor a table.
  init?(_ original: ExportFolder.File, _ options: IngestOptions, _ decoded: inout [ByteInput]) throws(IngestError) {
    var file = original
    var head = try ExportFolder.bytes(file, head: Self.bytes)
    if let text = try DecodedDocument.input(file, head, options) {
      guard decoded.count < ExportFolder.maxUnpacked else {
        throw IngestError(
          code: .notAnExport, file: file.name, what: "more than \(ExportFolder.maxUnpacked) documents are not in UTF-8",
          fix: "Export them in UTF-8.")
      }
      decoded.append(text)
      file = file.at(text.reopenPath, size: text.size)
      head = try ExportFolder.bytes(file, head: Self.bytes)
    }
    self.file = file
    guard let first = head.first(where: { !(Self.blanks + [0xEF, 0xBB, 0xBF]).contains($0) }) else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      guard options.format != .csv, var found = JSONValue.head(head) else { return nil }
      // Cut off before its first ticket was whole: the signs may stand behind a long text.
      if found.end == nil, Int(file.size) > head.count, Self.isShort(found.value) {
        head = try ExportFolder.bytes(file, head: Self.moreBytes)
        found = JSONValue.head(head) ?? found
      }
      record = found.value
      let hasMore = found.end.map { head[$0...].contains { !Self.blanks.contains($0) } } ?? false
      mode = hasMore ? .lines : .whole
      return
    }
    guard options.format == .auto || options.format == .csv, let header = SystemRows.header(file.path, options) else {
      return nil
    }
    record = SystemRows.record(header, header.map { _ in .text("") })
    mode = .rows
  }

  private static func isShort(_ value: JSONValue) -> Bool {
    switch value {
    case .array(let items): items.count < 2
    case .object: true
    default: false
    }
  }

  /// - Returns: the first kind of document of the system that the shape fits.
  func document(of system: SystemMap) -> Int? {
    let scope = PathScope(record: record, variables: [:]) { _, _ in nil }
    return system.documents.firstIndex { document in
      guard (document.shape == .rows) == (mode == .rows) else { return false }
      // Without a sign of its own a document of a certain folder is known by the folder.
      if let part = document.folder, !("/" + file.name).contains("/" + part) { return false }
      return document.has.allSatisfy { !(scope.find($0) ?? []).isEmpty }
    }
  }
}
