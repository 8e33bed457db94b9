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
  ) throws(IngestError) -> Bool {
    var builder = TicketBuilder(present: present, zone: zone)
    let places = columns.fields.map { $0.flatMap { Cells.places[$0] } }
    let id = dialect.id ?? 0
    var suspect = SuspectRows(suspects)
    var cells = Cells()
    var pass = try CSVPass(reading.text, reading.guess, dialect, options)
    while let row = try pass.next() {
      guard row.number != reading.headerRow else { continue }
      let origin = Origin(file: reading.text.name, row: row.number)
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
        let error = RowError(code: problem.code, origin: origin, what: problem.what, fix: problem.fix)
        if row.problem == nil { try rejects?.add(pass.row, error) } else { try rejects?.add(raw: pass.raw, error) }
        guard body(.rowError(error)) else { return builder.usedLocalTime }
        continue
      }
      let item = ticket(pass.row, places, id, origin, dialect, &builder, &cells)
      if case .rowError(let error) = item { try rejects?.add(pass.row, error) }
      guard body(item) else { break }
    }
    return builder.usedLocalTime
  }

  private static let sums: Set<String> = ["合计", "合計", "总计", "總計", "小计", "小計", "total", "subtotal", "grandtotal"]

  /// - Returns: what the row is, where it is known to be none of a ticket by what stands in the place of the id.
  private func noTicket(_ row: CSVRow, _ id: Int) -> String? {
    guard row.cells.indices.contains(id), let last = row.text[row.cells[id]].last else { return nil }
    // Nearly every id ends with a digit; no name of a column and no sum is looked for there.
    guard !(0x30...0x39).contains(last), row.cells[id].count <= 64 else { return nil }
    let text = row.cell(id)
    if text == columns.names[id] { return "the row repeats the header" }
    return Self.sums.contains(ColumnMap.fold(text)) ? "the row is a sum, no ticket" : nil
  }

  private func ticket(
    _ row: CSVRow, _ places: [Int?], _ id: Int, _ origin: Origin, _ dialect: CSVDialect,
    _ builder: inout TicketBuilder, _ cells: inout Cells
  ) -> SourceItem {
    let count = row.cells.count
    if let what = noTicket(row, id) {
      return .rowError(
        RowError(code: .badTicketID, origin: origin, what: what, fix: "Nothing to do: the row is no ticket."))
    }
    guard count == places.count || dialect.mayEndEarly && count < places.count else {
      let few = count < places.count
      let text = row.cell(id)
      return .rowError(
        RowError(
          code: few ? .missingColumns : .extraColumns, origin: origin,
          what: "the row has \(count) cells, the header \(places.count)",
          fix: few ? "Export it again, whole." : "A cell that holds the separator must stand in quotes; export again.",
          ticket: TicketBuilder.isTicketID(text) && !text.isEmpty ? Ticket.ID(text) : nil))
    }
    for (index, place) in places.enumerated() {
      guard let place else { continue }
      cells[place] = row.cell(index)
      if reading.isSheet, let damage = row.damage(index) {
        // Facts of an account say for themselves that they cannot be read.
        if damage == .failed, TicketBuilder.isFact(place) {
          cells[place]?.removeFirst(2)
          continue
        }
        let problem = damage.problem
        let origin = Origin(file: origin.file, row: origin.row, column: columns.names[index])
        return .rowError(RowError(code: problem.code, origin: origin, what: problem.what, fix: problem.fix))
      }
    }
    return builder.build(cells, origin: origin)
  }
}

extension CSVRow {
  /// Why a cell of a sheet cannot be trusted.
  func damage(_ index: Int) -> CellText.Damage? {
    guard cells.indices.contains(index), cells[index].count >= 2, text[cells[index].lowerBound] == CellText.mark else {
      return nil
    }
    return CellText.Damage(rawValue: text[cells[index].lowerBound + 1])
  }
}
