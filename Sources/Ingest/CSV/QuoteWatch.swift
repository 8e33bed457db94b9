import ClosureModel

/// Rows that may be part of a customer's text although each looks whole: those between a row with a stray quote and one
/// whose cells end with a quote that nothing opened, when no cell in between stands in quotes. A cell whose opening
/// quote was lost looks like that, and the lines of its text like rows.
struct QuoteWatch {
  private(set) var suspects: [ClosedRange<Int>] = []
  private var open: Int?
  /// More than these, and the file is written without any rule.
  private static let kept = 10_000

  mutating func saw(_ row: CSVPass.Row, _ cells: CSVRow, width: Int) {
    guard let problem = row.problem, problem.code == .strayQuote || problem.code == .unclosedQuote else {
      if row.problem == nil, cells.hasQuotedCell { open = nil }
      return
    }
    if let begin = open, cells.hasLooseEnd, cells.cells.count != width, begin + 1 < row.number,
      suspects.count < Self.kept
    {
      suspects.append((begin + 1)...(row.number - 1))
    }
    open = row.number + row.lines - 1
  }
}

/// Asks rows in order.
struct SuspectRows {
  private let ranges: [ClosedRange<Int>]
  private var next = 0

  init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges }

  mutating func contains(_ row: Int) -> Bool {
    while next < ranges.count, ranges[next].upperBound < row { next += 1 }
    return next < ranges.count && ranges[next].contains(row)
  }
}
