import ClosureModel

/// The tickets of a ticket system's own export.
struct SystemSource: Sendable {
  let index: SystemIndex
  private let options: IngestOptions
  private let zone: LocalZone
  /// By the name of the record.
  private let readers: [String: SystemTicket]

  /// - Returns: `nil` when no map knows the files.
  /// - Parameter input: what standard input held, in place of a file.
  init?(path: String, input: ByteInput?, options: IngestOptions, systems: [SystemMap], zone: LocalZone)
    throws(IngestError)
  {
    guard !systems.isEmpty, options.format != .xlsx else { return nil }
    let beside = Set(systems.flatMap(\.beside)).sorted()
    let found =
      if let input {
        try SystemIndex(ExportFolder(input), systems: systems, options: options, zone: zone)
      } else {
        try Self.index(path, beside, options, systems, zone)
      }
    guard let found else { return nil }
    index = found
    self.options = options
    self.zone = zone
    var readers: [String: SystemTicket] = [:]
    for (form, record) in found.system.records {
      readers[form] = SystemTicket(
        record: record, names: FieldNames(record.names, configured: options.columns), zone: zone, present: [])
    }
    // A fact is absent only when no ticket of the export has its field.
    var present: Set<TicketField> = []
    let tables = SystemTables(found, options)
    try Self.records(found, options) { source, _, record, _ in
      let scope = PathScope(record: record.value, variables: [:]) { tables.lookup($0, $1, from: source) }
      let form = found.system.documents[found.sources[source].document].form ?? ""
      if let reader = readers[form] { present.formUnion(reader.fieldsPresent(scope)) }
      return true
    } broken: { _, _ in
    }
    self.readers = readers.mapValues {
      SystemTicket(record: $0.record, names: $0.names, zone: zone, present: present)
    }
  }

  private static func index(
    _ path: String, _ beside: [String], _ options: IngestOptions, _ systems: [SystemMap], _ zone: LocalZone
  ) throws(IngestError) -> SystemIndex? {
    if let index = try archived(path, beside, options, systems, zone) { return index }
    guard let folder = try ExportFolder(path: path, beside: beside) else { return nil }
    return try SystemIndex(folder, systems: systems, options: options, zone: zone)
  }

  /// - Returns: `nil` where no document holds tickets of a system.
  /// - Parameter isOther: whether one of the other files in it may be the export: a table of one's own.
  /// - Throws: when one of several files is the export: any but one may be a customer's attachment.
  private static func archived(
    _ path: String, _ beside: [String], _ options: IngestOptions, _ systems: [SystemMap], _ zone: LocalZone,
    orElse isOther: Bool = true
  ) throws(IngestError) -> SystemIndex? {
    guard let folder = try ExportFolder(archive: path, beside: beside, options),
      let index = try SystemIndex(folder, systems: systems, options: options, zone: zone)
    else { return nil }
    let bearing = index.sources.filter { index.system.documents[$0.document].tickets != nil && $0.file.isNamed }
    let unknown = folder.others + folder.files.count(where: \.isNamed) - index.sources.count(where: \.file.isNamed)
    guard unknown == 0 || !isOther else { return nil }
    guard bearing.count == 1, unknown == 0 else {
      let list = bearing.prefix(8).map { "“\($0.file.name)”" }.joined(separator: ", ")
      throw IngestError(
        code: .notAnExport, file: path,
        what: "files in it hold tickets of \(index.system.name): \(list)"
          + (unknown > 0 ? "; \(unknown) others may be the export as well" : ""),
        fix: "Unpack it and name the folder, or name the one to read with --member (input.member).")
    }
    return index
  }

  /// Refuses an archive with a system's tickets in which no table of one's own was found.
  static func refuse(mixture path: String, _ options: IngestOptions, _ systems: [SystemMap], _ zone: LocalZone)
    throws(IngestError)
  {
    _ = try archived(path, Set(systems.flatMap(\.beside)).sorted(), options, systems, zone, orElse: false)
  }

  /// Refuses a table or list that was taken out of an archive and is a system's: read without its map, it would lose
  /// messages, states, and whose words are whose.
  static func refuse(
    _ text: ByteInput, from path: String, _ options: IngestOptions, _ systems: [SystemMap], _ zone: LocalZone
  ) throws(IngestError) {
    guard let index = try SystemIndex(ExportFolder(text), systems: systems, options: options, zone: zone) else {
      return
    }
    throw IngestError(
      code: .notAnExport, file: path,
      what: "what it holds is an export of \(index.system.name), which is not read from this archive",
      fix: "Unpack it and name the folder.")
  }

  /// How the tickets of a file are read.
  private func reader(_ source: Int) -> SystemTicket? {
    index.system.documents[index.sources[source].document].form.flatMap { readers[$0] }
  }

  /// Every ticket record of the chosen form: source, place, record, document.
  private static func records(
    _ index: SystemIndex, _ options: IngestOptions,
    _ body: (Int, SystemIndex.Place, PathScope.Found, JSONValue) -> Bool, broken: (Int, Int) -> Void
  ) throws(IngestError) {
    for source in index.ticketSources {
      let file = index.sources[source]
      guard let path = index.system.documents[file.document].tickets else { continue }
      var goesOn = true
      try SystemDocuments.forEach(file, options) { document, number in
        let scope = PathScope(record: document, variables: ["file": file.key]) { _, _ in nil }
        for (offset, found) in (scope.find(path) ?? []).enumerated() where goesOn {
          let place = SystemIndex.Place(source: source, document: number, item: offset + 1)
          goesOn = body(source, place, found, document)
        }
        return goesOn
      } broken: { number in
        broken(source, number)
      }
      guard goesOn else { return }
    }
  }

  /// - Parameter seen: each ticket with its files, before it is handed over.
  func forEach(
    _ tally: inout ReceiptTally, _ body: (SourceItem) -> Bool, files: (Ticket, [ExportedFile]) -> Void = { _, _ in }
  ) throws(IngestError) {
    let tables = SystemTables(index, options)
    var wantsMore = true
    var damaged: [SourceItem] = []
    var own = tally
    try Self.records(index, options) { source, place, found, document in
      let file = index.sources[source]
      for item in damaged where wantsMore {
        own.count(item)
        wantsMore = body(item)
      }
      damaged = []
      guard wantsMore else { return false }
      let origin = Origin(
        file: shownName(file.file), row: place.row(file.mode))
      let scope = PathScope(record: found.value, variables: ["file": file.key, "key": found.key]) {
        tables.lookup($0, $1, from: source)
      }
      guard let reader = reader(source) else { return true }
      var result = reader.read(scope, origin: origin)
      if case .sameTicket? = index.fates[place] { return true }
      if case .ticket(var ticket) = result.item, case .copy(let fate)? = index.fates[place] {
        switch fate {
        case .counts(let conflicting):
          ticket.hasConflictingCopy = conflicting
          result.item = .ticket(ticket)
        case .superseded(let row):
          result.item = .rowError(
            RowError(
              code: .supersededTicketID, origin: origin, what: "record \(row) holds a newer copy of the ticket",
              fix: "Nothing to do: the newer copy counts.", ticket: ticket.id))
        case .duplicate(let row):
          result.item = .rowError(
            RowError(
              code: .duplicateTicketID, origin: origin,
              what: "record \(row) has the same ticket id, and neither is newer",
              fix: "Export each ticket once, or with its update time.", ticket: ticket.id))
        }
      }
      if case .ticket(var ticket) = result.item, index.older.contains(place), ticket.standing != .deleted {
        ticket.isPartial = true
        result.item = .ticket(ticket)
      }
      own.count(result)
      if case .ticket(let ticket) = result.item { files(ticket, result.files) }
      wantsMore = body(result.item)
      return wantsMore
    } broken: { source, number in
      let file = index.sources[source]
      damaged.append(
        .rowError(
          RowError(
            code: file.mode == .rows ? .missingColumns : .malformedJSON,
            origin: Origin(file: shownName(file.file), row: number),
            what: "the record cannot be read: it is cut off or damaged", fix: "Export it again.")))
    }
    for item in damaged where wantsMore {
      own.count(item)
      wantsMore = body(item)
    }
    own.isWhole = wantsMore
    tally = own
    if let failure = tables.failure { throw failure }
  }
}

extension SystemSource {
  /// Reads one ticket again for the files that stand in the export's documents.
  func embeddedFiles(of wanted: Ticket) -> [(name: String, bytes: [UInt8]?)] {
    var out: [(name: String, bytes: [UInt8]?)] = []
    guard
      let source = index.ticketSources.first(where: { self.shownName(index.sources[$0].file) == wanted.origin.file }),
      let path = index.system.documents[index.sources[source].document].tickets
    else { return [] }
    let file = index.sources[source]
    let tables = SystemTables(index, options)
    guard let reader = reader(source) else { return [] }
    do throws(IngestError) {
      try SystemDocuments.forEach(file, options) { document, number in
        guard file.mode == .whole || number == wanted.origin.row else { return true }
        let scope = PathScope(record: document, variables: ["file": file.key]) { tables.lookup($0, $1, from: source) }
        for found in scope.find(path) ?? [] {
          let inner = scope.with(found.value, key: found.key)
          guard inner.text(reader.record.id)?.trimmed == wanted.id.rawValue else { continue }
          out = reader.read(inner, origin: wanted.origin).files.map { file in
            (file.name, file.base64.flatMap { RichText.base64($0) })
          }
          return false
        }
        return true
      } broken: { _ in
      }
    } catch {
      // The file is gone or cannot be read by now: its attachments are not found.
      return []
    }
    return out
  }

  private func shownName(_ file: ExportFolder.File) -> String {
    index.folder.isFolder ? index.folder.root + "/" + file.name : index.folder.root
  }
}
