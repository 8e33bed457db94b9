public import ClosureModel

/// Tickets of one export: CSV, a sheet of a workbook, JSON Lines, or a list in JSON; as a file, on standard input or in a
/// ZIP archive.
///
/// Read in up to three passes, because an id that stands twice must be known before its first record is handed over: ids
/// and keys; the records of repeated ids, where there are any; the tickets. No pass holds more than a record.
public struct ExportSource: TicketSource, Sendable {
  public let summary: ExportSummary
  /// Files that came in the same archive; `nil` where the export is no archive.
  public let attachments: ArchiveAttachments?
  let options: IngestOptions
  let reading: Reading
  let columns: ColumnMap
  let zone: LocalZone
  /// Fields that the export has at all; more than its own columns where it is a part of one.
  var present: Set<TicketField>
  private let input: ByteInput
  private let repeated: Set<UInt64>

  /// How records are cut and which of them are suspect.
  struct Reading: Sendable {
    enum Form: Sendable {
      case table(CSVDialect, above: [Int], suspects: [ClosedRange<Int>])
      case objects(path: [String]?)
    }
    let form: Form
    let guess: EncodingGuess
    /// What is read: the input, or what was taken out of it.
    let text: ByteInput
    let isSheet: Bool
    let headerRow: Int
  }

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - zone: of times that name none.
  /// - Throws: when it is no export, or its columns say nothing.
  public init(path: String, options: IngestOptions, zone: LocalZone = .china) throws(IngestError) {
    try self.init(path: path, input: nil, options: options, zone: zone)
  }

  /// - Parameter input: what `path` holds, where it can be read only once.
  init(path: String, input given: ByteInput?, options: IngestOptions, zone: LocalZone) throws(IngestError) {
    self.zone = zone
    if let given { input = given } else { input = try ByteInput(path: path) }
    self.options = options
    let container = try Container(input, options: options)
    let shape = try TextShape(container, options)
    let format: ExportFormat
    let index: DuplicateIndex
    switch shape.form {
    case .table(let search):
      format = container.isSheet ? .xlsx : .csv
      (reading, columns, index) = try Self.table(search, container, shape.guess, options)
    case .lines:
      format = .jsonl
      (reading, columns, index) = try Self.objects(nil, container, shape.guess, options)
    case .list(let path):
      format = .json
      (reading, columns, index) = try Self.objects(path, container, shape.guess, options)
    }
    present = columns.present
    var ids = index
    repeated = ids.repeated()
    attachments = container.attachments
    let list: String? =
      if case .objects(let path?) = reading.form, !path.isEmpty { path.joined(separator: ".") } else { nil }
    let part = [container.part, list].compactMap(\.self)
    summary = ExportSummary(
      file: path, format: format, encoding: shape.guess.encoding, mapped: columns.mapped, unmapped: columns.unmapped,
      unused: columns.unused,
      unclear: columns.beside.filter { !$0.isTwin }.map { ($0.column, $0.field) },
      messages: columns.laterNames,
      headerRow: reading.headerRow, part: part.isEmpty ? nil : part.joined(separator: ", "))
  }

  var isFromArchive: Bool { attachments != nil }

  public func forEach(_ body: (SourceItem) -> Bool) throws(IngestError) { _ = try read(body) }

  func read(_ body: (SourceItem) -> Bool) throws(IngestError) -> ReadingNotes {
    var fates: [Int: CopyRules.Fate] = [:]
    if !repeated.isEmpty {
      var rules = CopyRules()
      let repeated = repeated
      _ = try records(nil) { item in
        if case .ticket(let ticket) = item {
          var id = ticket.id.rawValue
          if id.withUTF8({ repeated.contains(DuplicateIndex.hash($0)) }) { rules.add(ticket) }
        }
        return true
      }
      fates = rules.fates()
    }
    let rejects = try RejectFile(options.rejects, self)
    let notes = try records(rejects) { item in
      if fates.isEmpty { return body(item) }
      guard case .ticket(var ticket) = item, let fate = fates[ticket.origin.row] else { return body(item) }
      switch fate {
      case .counts(let conflicting):
        ticket.hasConflictingCopy = conflicting
        return body(.ticket(ticket))
      case .superseded(let row):
        return body(
          .rowError(
            RowError(
              code: .supersededTicketID, origin: ticket.origin, what: "row \(row) holds a newer copy of the ticket",
              fix: "Nothing to do: the newer copy counts.", ticket: ticket.id)))
      case .duplicate(let row):
        return body(
          .rowError(
            RowError(
              code: .duplicateTicketID, origin: ticket.origin,
              what: "row \(row) has the same ticket id, and neither is newer",
              fix: "Export each ticket once, or with its update time.", ticket: ticket.id)))
      }
    }
    try rejects?.finish()
    try input.checkUnchanged()
    return notes
  }

  private func records(_ rejects: RejectFile?, _ body: (SourceItem) -> Bool) throws(IngestError) -> ReadingNotes {
    switch reading.form {
    case .table(let dialect, let above, let suspects): try rows(dialect, above, suspects, rejects, body)
    case .objects(let path): try objects(path, rejects, body)
    }
  }

  static func require(_ columns: ColumnMap, _ file: String) throws(IngestError) {
    let missing = columns.missing
    guard !missing.isEmpty else { return }
    for name in columns.names.prefix(200) {
      guard Array(name.utf8).withUnsafeBufferPointer({ Mojibake.find(in: $0) }) == nil else {
        throw IngestError(
          code: .undecodableText, file: file,
          what: "the names of its columns are garbled: it was read in a wrong encoding",
          fix: "Export it again as UTF-8, or name the encoding with --encoding.")
      }
    }
    let seen = columns.names.isEmpty ? "none" : columns.shownNames
    let lines = missing.map { "    <column>: \($0.rawValue)" }.joined(separator: "\n")
    throw IngestError(
      code: .unknownColumns, file: file,
      what: "no column is known for \(missing.map(\.rawValue).joined(separator: ", ")); the export has \(seen)",
      fix: "Name them in closedesk.yaml:\ninput:\n  columns:\n\(lines)")
  }
}
