/// Finds the header of a table: the first row that has all columns without which nothing can be decided. Rows above it
/// are titles.
struct HeaderSearch {
  private(set) var dialect: CSVDialect
  /// Cells of the header, or of the row that is most like one.
  private(set) var names: [String] = []
  private(set) var row = 0
  private(set) var isFound = false
  /// Rows above the header with as many cells as rows of tickets have.
  private(set) var fullRowsAbove: [Int] = []
  /// Ends where a file cannot be a table of tickets at all.
  private(set) var isTooWide = false

  /// Rows looked at.
  static let rows = 30
  static let maxColumns = 16_384

  /// - Parameter dialects: to be tried; of those with a header the first, else the one with most cells in a row.
  init(_ input: ByteInput, _ guess: EncodingGuess, _ dialects: [CSVDialect], _ options: IngestOptions)
    throws(IngestError)
  {
    dialect = dialects[0]
    for candidate in dialects {
      var filled: [(row: Int, cells: Int)] = []
      var best = -1
      var found: HeaderSearch?
      var pass = try CSVPass(input, guess, candidate, options)
      for _ in 0..<Self.rows {
        guard let next = try pass.next() else { break }
        guard next.problem == nil else { continue }
        guard pass.row.cells.count <= Self.maxColumns else {
          isTooWide = true
          continue
        }
        let names = pass.row.cells.indices.map { pass.row.cell($0) }
        let map = ColumnMap(names: names, configured: options.columns)
        let cells = names.count { !$0.isEmpty }
        let score = map.mapped.count * 1000 + cells
        if score > best || map.missing(options.needed).isEmpty {
          best = score
          var search = HeaderSearch(candidate, names, next.number)
          search.isFound = map.missing(options.needed).isEmpty
          if search.isFound {
            search.fullRowsAbove = filled.filter { $0.cells > max(2, cells / 2) }.map(\.row)
            found = search
            break
          }
          if !isFound, self.names.isEmpty || score > self.score(options) {
            let wide = isTooWide
            self = search
            isTooWide = wide
          }
        }
        filled.append((next.number, cells))
      }
      if let found {
        self = found
        return
      }
    }
  }

  private init(_ dialect: CSVDialect, _ names: [String], _ row: Int) {
    self.dialect = dialect
    self.names = names
    self.row = row
  }

  private func score(_ options: IngestOptions) -> Int {
    ColumnMap(names: names, configured: options.columns).mapped.count * 1000 + names.count { !$0.isEmpty }
  }
}
