public import ClosureModel
import CSimdJSON

/// Tickets of one export file: CSV, a JSON array or JSON Lines.
///
/// Read in up to three passes, because an id that stands twice must be known before its first record is handed over: ids
/// and keys; the records of repeated ids, where there are any; the tickets. No pass holds more than a record.
public struct ExportSource: TicketSource, Sendable {
  public let summary: ExportSummary
  private let input: ByteInput
  private let options: IngestOptions
  private let sniffer: Sniffer
  private let columns: ColumnMap
  private let repeated: Set<UInt64>

  /// - Parameter path: `-` is standard input.
  /// - Throws: when it is no export, or its columns say nothing.
  public init(path: String, options: IngestOptions) throws(IngestError) {
    input = try ByteInput(path: path)
    self.options = options
    sniffer = try Sniffer(input, options: options)
    var index = DuplicateIndex()
    switch sniffer.format {
    case .csv:
      columns = try Self.header(input, sniffer, options)
      try Self.require(columns, input.name)
      guard let id = columns.fields.firstIndex(of: .ticket) else { preconditionFailure("require() asks for the id") }
      var pass = try CSVPass(input, sniffer, options)
      _ = try pass.next()
      while let row = try pass.next() {
        guard row.problem == nil, pass.row.cells.count == columns.fields.count else { continue }
        pass.row.text[pass.row.cells[id]].withUnsafeBufferPointer { index.add($0) }
      }
    default:
      (columns, index) = try Self.keys(input, sniffer, options)
      try Self.require(columns, input.name)
    }
    repeated = index.repeated()
    summary = ExportSummary(
      file: path, format: sniffer.format, encoding: sniffer.encoding, mapped: columns.mapped,
      unmapped: columns.unmapped)
  }

  public func forEach(_ body: (SourceItem) -> Bool) throws(IngestError) {
    var fates: [Int: CopyRules.Fate] = [:]
    if !repeated.isEmpty {
      var rules = CopyRules()
      let repeated = repeated
      try records { item in
        if case .ticket(let ticket) = item {
          var id = ticket.id.rawValue
          if id.withUTF8({ repeated.contains(DuplicateIndex.hash($0)) }) { rules.add(ticket) }
        }
        return true
      }
      fates = rules.fates()
    }
    try records { item in
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
    try input.checkUnchanged()
  }

  private func records(_ body: (SourceItem) -> Bool) throws(IngestError) {
    if sniffer.format == .csv { try rows(body) } else { try objects(body) }
  }

  // MARK: CSV

  private func rows(_ body: (SourceItem) -> Bool) throws(IngestError) {
    let builder = TicketBuilder(present: columns.present)
    let places = columns.fields.map { $0.flatMap { Cells.places[$0] } }
    let id = columns.fields.firstIndex(of: .ticket) ?? 0
    var cells = Cells()
    var pass = try CSVPass(input, sniffer, options)
    _ = try pass.next()
    while let row = try pass.next() {
      let origin = Origin(file: input.name, row: row.number)
      if let problem = row.problem {
        guard body(.rowError(RowError(code: problem.code, origin: origin, what: problem.what, fix: problem.fix))) else {
          return
        }
        continue
      }
      guard pass.row.cells.count == places.count else {
        let few = pass.row.cells.count < places.count
        let text = pass.row.cells.indices.contains(id) ? Self.text(pass.row, id) : ""
        let error = RowError(
          code: few ? .missingColumns : .extraColumns, origin: origin,
          what: "the row has \(pass.row.cells.count) cells, the header \(places.count)",
          fix: few ? "Export it again, whole." : "A cell that holds the separator must stand in quotes; export again.",
          ticket: TicketBuilder.isTicketID(text) && !text.isEmpty ? Ticket.ID(text) : nil)
        guard body(.rowError(error)) else { return }
        continue
      }
      for (index, place) in places.enumerated() {
        if let place { cells[place] = Self.text(pass.row, index) }
      }
      guard body(builder.build(cells, origin: origin)) else { return }
    }
  }

  private static func text(_ row: CSVRow, _ index: Int) -> String {
    row.text.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[row.cells[index]]), as: UTF8.self)
    }
  }

  private static func header(_ input: ByteInput, _ sniffer: Sniffer, _ options: IngestOptions) throws(IngestError)
    -> ColumnMap
  {
    var pass = try CSVPass(input, sniffer, options)
    guard let first = try pass.next(), first.problem == nil else {
      throw IngestError(
        code: .notAnExport, file: input.name, what: "the first line is no header",
        fix: "\(Sniffer.supported). Export again.")
    }
    let names = pass.row.cells.indices.map { Self.text(pass.row, $0) }
    return ColumnMap(names: names, configured: options.columns)
  }

  private static func require(_ columns: ColumnMap, _ file: String) throws(IngestError) {
    let missing = columns.missing
    guard !missing.isEmpty else { return }
    let seen = columns.names.prefix(40).map { "“\($0)”" }.joined(separator: ", ")
    let lines = missing.map { "    <column>: \($0.rawValue)" }.joined(separator: "\n")
    throw IngestError(
      code: .unknownColumns, file: file,
      what: "no column is known for \(missing.map(\.rawValue).joined(separator: ", ")); the export has \(seen)",
      fix: "Name them in closedesk.yaml:\ninput:\n  columns:\n\(lines)")
  }

  // MARK: JSON

  private static func keys(_ input: ByteInput, _ sniffer: Sniffer, _ options: IngestOptions) throws(IngestError) -> (
    ColumnMap, DuplicateIndex
  ) {
    var table = KeyTable()
    var index = DuplicateIndex()
    // Ids are hashed under the key that looks like the id so far.
    var hashed: Int?
    func columns() -> ColumnMap {
      ColumnMap(names: table.names.map { String(decoding: $0, as: UTF8.self) }, configured: options.columns)
    }
    func add(_ members: UnsafeBufferPointer<csimdjson_field>, under key: Int?) {
      for (hint, member) in members.enumerated() where table.index(member.keyBytes, hint: hint) == key {
        index.add(member.valueBytes)
      }
    }
    var pass = try JSONPass(input, sniffer, options)
    while let record = try pass.next() {
      pass.members(record) { members in
        for (hint, member) in members.enumerated() { table.learn(member.keyBytes, hint: hint) }
        if hashed == nil { hashed = columns().fields.firstIndex(of: .ticket) }
        if let hashed { add(members, under: hashed) }
      }
    }
    let map = columns()
    // A later record brought the key that is the id after all: its values are hashed in a pass of their own.
    if let key = map.fields.firstIndex(of: .ticket), key != hashed {
      index = DuplicateIndex()
      var again = try JSONPass(input, sniffer, options)
      while let record = try again.next() { again.members(record) { add($0, under: key) } }
    }
    return (map, index)
  }

  private func objects(_ body: (SourceItem) -> Bool) throws(IngestError) {
    let builder = TicketBuilder(present: columns.present)
    var table = KeyTable()
    for name in columns.names { Array(name.utf8).withUnsafeBufferPointer { table.learn($0, hint: .max) } }
    table.map(columns)
    var pass = try JSONPass(input, sniffer, options)
    var cells = Cells()
    while let record = try pass.next() {
      let origin = Origin(file: input.name, row: record.number)
      for place in cells.texts.indices { cells[place] = nil }
      var repeatedKey = false
      let problem = pass.members(record) { members in
        for (hint, member) in members.enumerated() {
          guard let place = table.place(member.keyBytes, hint: hint) else { continue }
          if cells[place] != nil { repeatedKey = true }
          cells[place] = member.text
        }
      }
      let item: SourceItem =
        if let problem {
          .rowError(RowError(code: problem.code, origin: origin, what: problem.what, fix: problem.fix))
        } else if repeatedKey {
          .rowError(
            RowError(
              code: .malformedJSON, origin: origin, what: "a key stands twice in the object",
              fix: "Export it again; which value counts cannot be told."))
        } else {
          builder.build(cells, origin: origin)
        }
      guard body(item) else { return }
    }
  }
}
