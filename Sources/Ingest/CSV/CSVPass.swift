import CSimdJSON
import ClosureModel
import Glibc

/// How a CSV is written.
struct CSVDialect: Sendable, Hashable {
  var delimiter = UInt8(ascii: ",")
  /// `false`: quotes are letters, and a row is a line.
  var hasQuotes = true
  /// The first line says `sep=;`, as spreadsheet programs read and write it: it is no row.
  var hasSeparatorLine = false
  /// Cells of the header; a damaged row is only left behind where rows of this width follow. 0: not known yet.
  var width = 0
  /// Place of the ticket id in a row.
  var id: Int?
  /// Rows of a sheet leave out their empty last cells.
  var mayEndEarly = false
}

/// One pass over the rows of a CSV.
///
/// A row whose quotes are in order ends where it seems to. Behind one whose quotes are not, the text may be inside a
/// customer's cell, and a line in it may look like a row. So reading goes on behind it only where that is certain:
/// at the next line when the damaged line had all its cells; else at the first line from which two rows in succession
/// (or all that are left) are whole: every cell of the header, all quotes in place, a ticket id; and among the lines that
/// the damaged row itself ran over, words in quotes. What lies between is one error with its rows. A quote that is never closed takes everything to the end with it: an export that was cut off
/// inside a cell looks the same.
struct CSVPass: ~Copyable {
  struct Row {
    var number: Int
    /// Rows, counted by lines, that one error stands for.
    var lines = 1
    var problem: RecordProblem?
    /// The ticket id of a row with a problem, where it stands before the damage.
    var id: String?
  }

  private var reader: RecordReader
  private var locator: OffsetLocator
  private let dialect: CSVDialect
  private let maxBytes: Int
  /// The cells of the row that `next()` gave.
  private(set) var row = CSVRow()
  /// The text of a row with a problem, for the quarantine.
  private(set) var raw: [UInt8] = []
  private var waiting: [(Row, CSVRow)] = []
  private var begun = false

  init(_ input: ByteInput, _ guess: EncodingGuess, _ dialect: CSVDialect, _ options: IngestOptions)
    throws(IngestError)
  {
    let locator = try OffsetLocator(input, encoding: guess.encoding, skip: guess.skip)
    let stream = try TextStream(
      input, encoding: guess.encoding, skip: guess.skip, chunk: options.chunk, endsLinesWithCR: guess.endsLinesWithCR)
    reader = RecordReader(
      stream, kind: dialect.hasQuotes ? .csv(delimiter: dialect.delimiter) : .lines, chunk: options.chunk,
      maxBytes: options.maxRowBytes)
    self.locator = locator
    self.dialect = dialect
    maxBytes = options.maxRowBytes
  }

  /// - Returns: the row's number and what is wrong with it; blank rows are passed over.
  mutating func next() throws(IngestError) -> Row? {
    if !waiting.isEmpty {
      let (row, cells) = waiting.removeFirst()
      self.row = cells
      return row
    }
    if !begun {
      begun = true
      if dialect.hasSeparatorLine {
        _ = try reader.next()
        reader.number = 0
      }
    }
    while let record = try reader.next() {
      switch judge(record) {
      case .blank: continue
      case .whole: return Row(number: record.number)
      case .undecodable(let at):
        keepRaw(record.range)
        let place = reader.base + Int64(at)
        return Row(number: record.number, problem: .undecodable(at: try locator.file(of: place)), id: readableID)
      case .tooLong:
        keepRaw(record.range)
        return Row(number: record.number, problem: .tooLong)
      case .damaged:
        // The search behind it cuts other rows.
        // Of one that is too long nothing was cut.
        let id = record.isTooLong ? nil : readableID
        var damaged = try damaged(record)
        damaged.id = id
        return damaged
      }
    }
    return nil
  }

  /// What a cell of the row that `next()` gave turned into on its way here.
  /// - Returns: the byte of the file where it begins.
  mutating func mojibake() throws(IngestError) -> Int64? {
    guard row.text.withUnsafeBufferPointer({ Mojibake.find(in: $0) }) != nil else { return nil }
    let range = lastRange
    let at = reader.buffer.withUnsafeBufferPointer {
      Mojibake.find(in: UnsafeBufferPointer(rebasing: $0[range])) ?? 0
    }
    keepRaw(range)
    return try locator.file(of: reader.base + Int64(range.lowerBound + at))
  }

  // MARK: Judging one record

  private enum Verdict { case blank, whole, undecodable(at: Int), damaged, tooLong }
  private var lastRange = 0..<0

  private mutating func judge(_ record: RecordReader.Record) -> Verdict {
    lastRange = record.range
    if record.isTooLong { return record.isOpen ? .damaged : .tooLong }
    let delimiter = dialect.delimiter
    let verdict = reader.buffer.withUnsafeBufferPointer { buffer -> Verdict in
      let bytes = UnsafeBufferPointer(rebasing: buffer[record.range])
      guard dialect.hasQuotes else {
        row.cut(bytes, delimiter: delimiter)
        return Self.isUTF8(bytes) ? .whole : .undecodable(at: record.range.lowerBound + Self.firstBad(bytes))
      }
      guard Self.isUTF8(bytes) else {
        row.split(bytes, delimiter: delimiter)
        if record.isOpen || row.hasStrayQuote { return .damaged }
        return .undecodable(at: record.range.lowerBound + Self.firstBad(bytes))
      }
      row.split(bytes, delimiter: delimiter)
      return record.isOpen || row.hasStrayQuote ? .damaged : .whole
    }
    if case .whole = verdict, row.isBlank { return .blank }
    return verdict
  }

  /// Of the row that was cut last.
  private var readableID: String? { dialect.id.flatMap { row.ticketID($0) } }

  private func hasWidth(_ count: Int) -> Bool {
    count == dialect.width || dialect.mayEndEarly && count < dialect.width
  }

  // MARK: Behind a damaged row

  private mutating func damaged(_ record: RecordReader.Record) throws(IngestError) -> Row {
    let number = record.number
    let bytes = reader.buffer[record.range]
    let firstEnd = bytes.firstIndex(of: 0x0A)
    guard dialect.width > 0 else {
      raw = Array(bytes)
      return Row(number: number, problem: .strayQuote)
    }
    if firstEnd == nil, !record.isOpen, hasWidth(row.cells.count) {
      raw = Array(bytes)
      return Row(number: number, problem: .strayQuote)
    }
    if record.isOpen, !record.isTooLong {
      // The natural reading goes to the end of the file without a contradiction.
      raw = Array(bytes)
      return span(number, lines: Self.lines(raw), toEnd: true)
    }
    return try search(record, number, behind: firstEnd)
  }

  /// Looks for the line from which on rows are whole again.
  private mutating func search(_ record: RecordReader.Record, _ number: Int, behind firstEnd: Int?)
    throws(IngestError) -> Row
  {
    let begin = reader.base + Int64(record.range.lowerBound)
    var budget = record.range.count * 16 + (1 << 18)
    var candidate = firstEnd.map { reader.base + Int64($0 + 1) } ?? reader.place
    let naturalEnd = reader.place
    reader.kept = begin
    defer { reader.kept = nil }
    while !record.isTooLong || firstEnd != nil {
      reader.move(to: candidate)
      guard let first = try reader.next(), !first.isTooLong else { break }
      let firstPlace = reader.base + Int64(first.range.lowerBound)
      let lineEnd = reader.buffer[first.range].firstIndex(of: 0x0A).map { reader.base + Int64($0 + 1) } ?? reader.place
      budget -= first.range.count
      // Among the lines that the natural reading took for a cell, only words in quotes prove that a row begins.
      if isWholeTicket(first), row.hasQuotedWords || firstPlace >= naturalEnd {
        let cells = row
        var following: CSVRow?
        var isWhole = true
        var blanks = 0
        while let second = try reader.next() {
          budget -= second.range.count
          if case .blank = judge(second) {
            blanks += 1
            continue
          }
          isWhole = isWholeTicket(second)
          following = row
          break
        }
        if isWhole {
          keepRaw(Int(begin - reader.base)..<Int(firstPlace - reader.base))
          let lines = Self.lines(raw)
          waiting.append((Row(number: number + lines), cells))
          reader.number = number + lines + blanks + (following == nil ? 0 : 1)
          if let following { waiting.append((Row(number: reader.number), following)) }
          return span(number, lines: lines, toEnd: false)
        }
      }
      candidate = lineEnd
      guard budget > 0, candidate - begin <= Int64(maxBytes) * 2 else { break }
    }
    // No such line: the rest of the file belongs to the damage.
    var lines = 0
    reader.move(to: begin)
    raw = []
    reader.kept = nil
    while let piece = try reader.piece() {
      lines += Self.lineEnds(reader.buffer[piece])
      if raw.count < maxBytes { raw.append(contentsOf: reader.buffer[piece]) }
    }
    return span(number, lines: max(1, lines + (raw.last == 0x0A ? 0 : 1)), toEnd: true)
  }

  private mutating func isWholeTicket(_ record: RecordReader.Record) -> Bool {
    guard case .whole = judge(record), hasWidth(row.cells.count), let id = dialect.id else { return false }
    let text = row.cell(id)
    return !text.isEmpty && TicketBuilder.isTicketID(text)
  }

  private func span(_ number: Int, lines: Int, toEnd: Bool) -> Row {
    Row(number: number, lines: lines, problem: .unclosed(number...(number + lines - 1), toEnd: toEnd))
  }

  private mutating func keepRaw(_ range: Range<Int>) { raw = Array(reader.buffer[range]) }

  private static func lineEnds(_ text: ArraySlice<UInt8>) -> Int {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      var count = 0
      var at = 0
      while let hit = memchr(base + at, 0x0A, bytes.count - at) {
        at = UnsafeRawPointer(hit) - base + 1
        count += 1
      }
      return count
    }
  }

  /// Lines of a text; its last one may lack its end.
  private static func lines(_ text: [UInt8]) -> Int {
    max(1, lineEnds(text[...]) + (text.last == 0x0A ? 0 : 1))
  }

  // MARK: UTF-8

  private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return true }
    return csimdjson_is_utf8(base.assumingMemoryBound(to: CChar.self), bytes.count) == 1
  }

  /// - Returns: where the first character begins that is none; the count where all are.
  static func firstBad(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var at = 0
    while at < bytes.count {
      let lead = bytes[at]
      let length: Int
      switch lead {
      case 0..<0x80: length = 1
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF: length = 3
      case 0xF0...0xF4: length = 4
      default: return at
      }
      guard at + length <= bytes.count else { return at }
      for tail in 1..<max(length, 1) where bytes[at + tail] & 0xC0 != 0x80 { return at }
      if length >= 3 {
        let second = bytes[at + 1]
        switch lead {
        case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90, 0xF4 where second > 0x8F:
          return at
        default: break
        }
      }
      at += length
    }
    return bytes.count
  }
}
