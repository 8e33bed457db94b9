import ClosureModel

/// Rows of a table.
extension ExportSource {
  static func table(_ search: HeaderSearch, _ container: Container, _ guess: EncodingGuess, _ options: IngestOptions)
    throws(IngestError) -> (Reading, ColumnMap, DuplicateIndex)
  {
    let input = container.text
    let columns = ColumnMap(names: search.names, configured: options.columns)
    try require(columns, input.name)
    guard let id = columns.fields.firstIndex(of: .ticket) else { preconditionFailure("require() asks for the id") }
    var dialect = search.dialect
    dialect.width = search.names.count
    dialect.id = id
    var index = DuplicateIndex()
    var watch = QuoteWatch()
    var pass = try CSVPass(input, guess, dialect, options)
    while let row = try pass.next() {
      guard row.number > search.row else { continue }
      watch.saw(row, pass.row, raw: pass.raw, dialect: dialect)
      guard row.problem == nil, pass.row.cells.indices.contains(id) else { continue }
      pass.row.text[pass.row.cells[id]].withUnsafeBufferPointer { index.add($0) }
    }
    let reading = Reading(
      form: .table(dialect, above: search.fullRowsAbove, suspects: watch.suspects), guess: guess, text: input,
      isSheet: container.isSheet, headerRow: search.row)
    return (reading, columns, index)
  }

  func rows(
    _ dialect: CSVDialect, _ above: [Int], _ suspects: [ClosedRange<Int>], _ rejects: RejectFile?,
    _ body: (SourceItem) -> Bool
  ) throws(IngestError) -> ReadingNotes {
    var notes = ReadingNotes()
    var builder = TicketBuilder(columns, present: present, zone: zone)
    let places = columns.places
    let id = dialect.id ?? 0
    var suspect = SuspectRows(suspects)
    var cells = Cells(columns)
    var pass = try CSVPass(reading.text, reading.guess, dialect, options)
    while let row = try pass.next() {
      guard row.number != reading.headerRow else { continue }
      let origin = Origin(file: reading.text.name, row: row.number)
      notes.endsInSum = false
      var problem = row.problem
      if problem == nil, row.number < reading.headerRow {
        guard above.contains(row.number) else { continue }
        problem = RecordProblem(
          code: .extraColumns, what: "the row stands above the header",
          fix: "Put the header, the row with the columns’ names, on top of all tickets.")
      }
      if problem == nil, suspect.contains(row.number) {
        problem = RecordProblem(
          code: .unclosedQuote, what: "the row stands between two lost quotes and may be part of a ticket's text",
          fix: "Mend the quotes of the rows around it, or export again.")
      }
      if problem == nil, let place = try pass.mojibake() { problem = .mojibake(at: place) }
      if let problem {
        let error = RowError(
          code: problem.code, origin: origin, what: problem.what, fix: problem.fix,
          ticket: (row.problem == nil ? pass.row.ticketID(id) : row.id).map { Ticket.ID($0) })
        if row.problem == nil { try rejects?.add(pass.row, error) } else { try rejects?.add(raw: pass.raw, error) }
        guard body(.rowError(error)) else { break }
        continue
      }
      switch aside(pass.row, id) {
      case .header:
        notes.repeatedHeaders += 1
        continue
      case .sum:
        notes.sums += 1
        notes.endsInSum = true
        continue
      case nil: break
      }
      let item = ticket(pass.row, places, id, origin, dialect, &builder, &cells)
      if case .rowError(let error) = item { try rejects?.add(pass.row, error) }
      guard body(item) else { break }
    }
    notes.usedLocalTime = builder.usedLocalTime
    notes.unreadableTimes = builder.unreadableTimes
    return notes
  }

  private static let sums: Set<String> = ["合计", "总计", "小计", "total", "subtotal", "grandtotal"]

  /// Rows that are no tickets, and nothing to mend.
  private enum Aside { case header, sum }

  /// A row that is the header cell for cell (pages that were joined), or whose id is a word for a sum and which else holds
  /// nothing but numbers. With anything else in it, a row like these is an error: it may hold a ticket's text.
  private func aside(_ row: CSVRow, _ id: Int) -> Aside? {
    guard let text = wordInPlaceOfID(row, id) else { return nil }
    if text == columns.names[id] {
      return row.cells.count <= columns.names.count
        && columns.names.indices.allSatisfy { columns.names[$0] == (row.cells.count > $0 ? row.cell($0) : "") }
        ? .header : nil
    }
    guard Self.sums.contains(ColumnMap.fold(text)) else { return nil }
    return row.cells.indices.allSatisfy { $0 == id || isNumberOrBlank(row, $0) } ? .sum : nil
  }

  private func isNumberOrBlank(_ row: CSVRow, _ index: Int) -> Bool {
    var bytes = row.text[row.cells[index]]
    if reading.isSheet, let damage = row.damage(index) {
      // A sum that is too long, or was never computed, is one all the same.
      guard damage == .rounded || damage == .uncomputed else { return false }
      bytes = bytes.dropFirst(2)
    }
    return bytes.allSatisfy { (0x30...0x39).contains($0) || " \t.,-+%".utf8.contains($0) }
  }

  /// - Returns: what stands in the place of the id, where it may be a column's name or a sum: nearly every id ends with a
  ///   digit, and is looked at no further.
  private func wordInPlaceOfID(_ row: CSVRow, _ id: Int) -> String? {
    guard row.cells.indices.contains(id), row.cells[id].count <= 64, let last = row.text[row.cells[id]].last else {
      return nil
    }
    return (0x30...0x39).contains(last) ? nil : row.cell(id)
  }

  /// - Returns: what the row is, where it is known to be none of a ticket by what stands in the place of the id.
  private func noTicket(_ row: CSVRow, _ id: Int) -> String? {
    guard let text = wordInPlaceOfID(row, id) else { return nil }
    if text == columns.names[id] { return "the row has the header's word for an id, and other cells than the header" }
    return Self.sums.contains(ColumnMap.fold(text)) ? "the row is a sum by its id, and holds more than numbers" : nil
  }

  private func ticket(
    _ row: CSVRow, _ places: [Int?], _ id: Int, _ origin: Origin, _ dialect: CSVDialect,
    _ builder: inout TicketBuilder, _ cells: inout Cells
  ) -> SourceItem {
    let count = row.cells.count
    if let what = noTicket(row, id) {
      return .rowError(
        RowError(
          code: .badTicketID, origin: origin, what: what,
          fix: "Look at it: if it is no ticket, take it out; else mend its id."))
    }
    guard count == places.count || dialect.mayEndEarly && count < places.count else {
      let few = count < places.count
      return .rowError(
        RowError(
          code: few ? .missingColumns : .extraColumns, origin: origin,
          what: "the row has \(count) cells, the header \(places.count)",
          fix: few ? "Export it again, whole." : "A cell that holds the separator must stand in quotes; export again.",
          ticket: row.ticketID(id).map { Ticket.ID($0) }))
    }
    for (index, place) in places.enumerated() {
      guard let place else { continue }
      cells[place] = row.cell(index)
      if reading.isSheet, let damage = row.damage(index) {
        // Facts of an account say for themselves that they cannot be read.
        if damage == .failed, builder.isFact(place) {
          cells[place]?.removeFirst(2)
          continue
        }
        let problem = damage.problem
        let origin = Origin(file: origin.file, row: origin.row, column: columns.names[index])
        return .rowError(
          RowError(
            code: problem.code, origin: origin, what: problem.what, fix: problem.fix,
            ticket: row.damage(id) == nil ? row.ticketID(id).map { Ticket.ID($0) } : nil))
      }
    }
    return builder.build(cells, origin: origin)
  }
}

extension CSVRow {
  /// The ticket id of a row that may not be readable as a whole.
  func ticketID(_ index: Int) -> String? {
    guard cells.indices.contains(index) else { return nil }
    let text = TicketBuilder.bare(cell(index))
    return !text.isEmpty && TicketBuilder.isTicketID(text) ? text : nil
  }

  /// Why a cell of a sheet cannot be trusted.
  func damage(_ index: Int) -> CellText.Damage? {
    guard cells.indices.contains(index), cells[index].count >= 2, text[cells[index].lowerBound] == CellText.mark else {
      return nil
    }
    return CellText.Damage(rawValue: text[cells[index].lowerBound + 1])
  }
}
