import ClosureModel

/// Rows that may be part of a customer's text although each looks whole: the lines of a cell whose opening quote was lost,
/// or one of whose doubled quotes was.
///
/// Such a text ends with a quote that nothing opened. When one is met, the rows before it are suspect from the first that
/// the text may have begun in: one with damaged quotes, or with as many cells up to it as the rest of the row leaves of
/// the header. Never further back than the last row with words in quotes: the writer doubles quotes inside a text, so no
/// line of a text can show that.
struct QuoteWatch {
  private(set) var suspects: [ClosedRange<Int>] = []
  /// First row with so many cells since the last row with words in quotes.
  private var earliest: [Int: Int] = [:]
  private var damaged: Int?
  /// More than these, and the file is written without any rule.
  private static let kept = 100_000

  /// - Parameter raw: the row's bytes where its quotes are damaged.
  mutating func saw(_ row: CSVPass.Row, _ cells: CSVRow, raw: [UInt8], dialect: CSVDialect) {
    guard let problem = row.problem, problem.code == .strayQuote || problem.code == .unclosedQuote else {
      if row.problem == nil, cells.hasQuotedWords {
        earliest.removeAll(keepingCapacity: true)
        damaged = nil
        // Its own text may go on: what ended it may be one quote of two.
        for cell in cells.quotedWords where earliest.count < 64 { earliest[cell + 1] = row.number }
      } else if earliest[cells.cells.count] == nil, earliest.count < 64 {
        earliest[cells.cells.count] = row.number
      }
      return
    }
    let line = raw.prefix { $0 != 0x0A && $0 != 0x0D }
    let (count, ends) = line.withUnsafeBufferPointer { bytes in
      let cut = CSVRow.cut(bytes, delimiter: dialect.delimiter)
      let quote = UInt8(ascii: "\"")
      let ends = cut.indices.filter { index in
        let cell = cut[index]
        return !cell.isEmpty && bytes[cell.upperBound - 1] == quote
          && (cell.count == 1 || bytes[cell.lowerBound] != quote)
      }
      return (cut.count, ends)
    }
    for end in ends {
      let left = dialect.width - (count - 1 - end)
      // A sign for inches in the last cell of a row with all its cells.
      if left == dialect.width, count == dialect.width { continue }
      let begins = [earliest[left], damaged].compactMap(\.self)
      if let begin = begins.min(), begin < row.number, suspects.count < Self.kept {
        suspects.append(begin...(row.number - 1))
      }
    }
    damaged = damaged ?? row.number
  }
}

/// Asks rows in order.
struct SuspectRows {
  private let ranges: [ClosedRange<Int>]
  private var next = 0

  /// - Parameter ranges: in the order of their ends.
  init(_ ranges: [ClosedRange<Int>]) {
    var joined: [ClosedRange<Int>] = []
    for range in ranges {
      var range = range
      while let last = joined.last, last.upperBound >= range.lowerBound {
        range = min(last.lowerBound, range.lowerBound)...max(last.upperBound, range.upperBound)
        joined.removeLast()
      }
      joined.append(range)
    }
    self.ranges = joined
  }

  mutating func contains(_ row: Int) -> Bool {
    while next < ranges.count, ranges[next].upperBound < row { next += 1 }
    return next < ranges.count && ranges[next].contains(row)
  }
}
