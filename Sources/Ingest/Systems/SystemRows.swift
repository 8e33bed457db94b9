import ClosureModel

/// Rows of a CSV as objects of their header's names. A name that stands more than once holds a list.
enum SystemRows {
  /// A table and where its rows begin.
  private struct Table {
    let text: ByteInput
    let guess: EncodingGuess
    var dialect: CSVDialect
    let header: [String]
    let headerRow: Int

    /// - Returns: `nil` when the file is no table with a header.
    init?(_ input: ByteInput, _ options: IngestOptions) throws(IngestError) {
      let container = try Container(input, options: options)
      let shape = try TextShape(container, options)
      guard case .table(let search) = shape.form else { return nil }
      var pass = try CSVPass(container.text, shape.guess, search.dialect, options)
      guard let first = try pass.next(), first.problem == nil else { return nil }
      (text, guess, dialect) = (container.text, shape.guess, search.dialect)
      header = cells(pass.row)
      headerRow = first.number
      dialect.width = header.count
    }
  }

  /// - Returns: `nil` when the file is no CSV with a header.
  static func header(_ path: String, _ options: IngestOptions) -> [String]? {
    do throws(IngestError) {
      guard let table = try Table(ByteInput(path: path), options), table.header.count > 2 else { return nil }
      return table.header
    } catch {
      return nil
    }
  }

  static func forEach(
    _ path: String, _ written: SystemMap.Document.Cells, _ options: IngestOptions,
    _ body: (JSONValue, Int) -> Bool, broken: (Int) -> Void
  ) throws(IngestError) {
    let input = try ByteInput(path: path)
    guard var table = try Table(input, options) else { return }
    table.dialect.hasQuotes = written != .bare
    // What stands between two lost quotes may be a customer's text.
    var watch = QuoteWatch()
    var look = try CSVPass(table.text, table.guess, table.dialect, options)
    while let row = try look.next() {
      guard row.number > table.headerRow else { continue }
      watch.saw(row, look.row, raw: look.raw, dialect: table.dialect)
    }
    var suspect = SuspectRows(watch.suspects)
    var pass = try CSVPass(table.text, table.guess, table.dialect, options)
    while let row = try pass.next() {
      guard row.number > table.headerRow else { continue }
      guard row.problem == nil, pass.row.cells.count == table.header.count, !suspect.contains(row.number) else {
        broken(row.number)
        continue
      }
      let cells = cells(pass.row).map { written == .python ? PythonLiteral.value($0) : .text($0) }
      guard body(record(table.header, cells), row.number) else { return }
    }
    try input.checkUnchanged()
  }

  static func record(_ header: [String], _ cells: [JSONValue]) -> JSONValue {
    var members: [JSONValue.Member] = []
    var places: [String: Int] = [:]
    for (name, cell) in zip(header, cells) {
      let name = name.trimmed
      if let place = places[name] {
        var list: [JSONValue] = [members[place].value]
        if case .array(let items) = members[place].value { list = items }
        members[place] = JSONValue.Member(name: name, value: .array(list + [cell]))
      } else {
        places[name] = members.count
        members.append(JSONValue.Member(name: name, value: cell))
      }
    }
    return .object(members)
  }

  private static func cells(_ row: CSVRow) -> [String] {
    row.cells.map { range in String(decoding: row.text[range], as: UTF8.self) }
  }
}
