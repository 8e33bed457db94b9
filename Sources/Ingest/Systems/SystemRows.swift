import ClosureModel

/// Rows of a CSV as objects of their header's names. A name that stands more than once holds a list.
enum SystemRows {
  /// - Returns: `nil` when the file is no CSV with a header.
  static func header(_ path: String, _ options: IngestOptions) -> [String]? {
    do throws(IngestError) {
      let input = try ByteInput(path: path)
      let sniffer = try Sniffer(input, options: options)
      guard sniffer.format == .csv else { return nil }
      var pass = try CSVPass(input, sniffer, options)
      guard let first = try pass.next(), first.problem == nil, pass.row.cells.count > 2 else { return nil }
      return cells(pass.row)
    } catch {
      return nil
    }
  }

  static func forEach(
    _ path: String, _ options: IngestOptions, _ body: (JSONValue, Int) -> Bool, broken: (Int) -> Void
  ) throws(IngestError) {
    let input = try ByteInput(path: path)
    let sniffer = try Sniffer(input, options: options)
    var pass = try CSVPass(input, sniffer, options)
    guard let first = try pass.next(), first.problem == nil else { return }
    let header = cells(pass.row)
    while let row = try pass.next() {
      guard row.problem == nil, pass.row.cells.count == header.count else {
        broken(row.number)
        continue
      }
      guard body(record(header, cells(pass.row)), row.number) else { return }
    }
    try input.checkUnchanged()
  }

  static func record(_ header: [String], _ cells: [String]) -> JSONValue {
    var members: [JSONValue.Member] = []
    var places: [String: Int] = [:]
    for (name, cell) in zip(header, cells) {
      let name = name.trimmed
      if let place = places[name] {
        var list: [JSONValue] = [members[place].value]
        if case .array(let items) = members[place].value { list = items }
        members[place] = JSONValue.Member(name: name, value: .array(list + [.text(cell)]))
      } else {
        places[name] = members.count
        members.append(JSONValue.Member(name: name, value: .text(cell)))
      }
    }
    return .object(members)
  }

  private static func cells(_ row: CSVRow) -> [String] {
    row.cells.map { range in String(decoding: row.text[range], as: UTF8.self) }
  }
}
