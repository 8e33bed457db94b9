/// The columns of a table with the first values of each.
public struct ColumnSample: Sendable {
  public let names: [String]
  /// Up to `count` different values of each column that are not blank.
  public let values: [[String]]
  public static let count = 3
  private static let rows = 200

  /// - Throws: when it is no table with a header.
  public init(path: String, options: IngestOptions) throws(IngestError) {
    let container = try Container(ByteInput(path: path), options: options)
    let shape = try TextShape(container, options)
    guard case .table(let search) = shape.form else {
      throw IngestError(
        code: .notAnExport, file: path, what: "it is JSON, whose members have names of their own",
        fix: "Name them under input.columns; `closedesk ingest` shows which are known.")
    }
    guard search.row > 0 else {
      throw IngestError(
        code: .notAnExport, file: path, what: "no line is a header", fix: "Export again with a header.")
    }
    names = search.names
    var pass = try CSVPass(container.text, shape.guess, search.dialect, options)
    func cells() -> [String] { pass.row.cells.map { String(decoding: pass.row.text[$0], as: UTF8.self) } }
    var values = [[String]](repeating: [], count: names.count)
    var number = 0
    while number < Self.rows, let row = try pass.next() {
      guard row.number > search.row else { continue }
      number += 1
      guard row.problem == nil, pass.row.cells.count == names.count else { continue }
      for (index, cell) in cells().enumerated() where values[index].count < Self.count {
        let value = cell.trimmed
        if !value.isEmpty, !values[index].contains(value) { values[index].append(value) }
      }
    }
    self.values = values
  }
}
