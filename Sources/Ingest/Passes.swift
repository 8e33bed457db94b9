import ClosureModel
import CSimdJSON

/// Why a record cannot be read, before its cells are looked at.
struct RecordProblem {
  let code: RowError.Code
  let what: String
  let fix: String

  static let tooLong = RecordProblem(
    code: .rowTooLarge, what: "the record is larger than a ticket can be", fix: "Look at the export; shorten the text.")
  static let undecodable = RecordProblem(
    code: .undecodableText, what: "the record holds bytes that are no text in the file's encoding",
    fix: "Export it again as UTF-8, or name the encoding with --encoding.")
}

/// One pass over the rows of a CSV.
struct CSVPass: ~Copyable {
  private var reader: RecordReader
  private let delimiter: UInt8
  /// The cells of the row that `next()` gave.
  private(set) var row = CSVRow()

  init(_ input: ByteInput, _ sniffer: Sniffer, _ options: IngestOptions) throws(IngestError) {
    let stream = try TextStream(input, encoding: sniffer.encoding, skip: sniffer.skip, chunk: options.chunk)
    reader = RecordReader(
      stream, kind: .csv(delimiter: sniffer.delimiter), chunk: options.chunk, maxBytes: options.maxRowBytes)
    delimiter = sniffer.delimiter
  }

  /// - Returns: the row's number and what is wrong with it; blank rows are passed over.
  mutating func next() throws(IngestError) -> (number: Int, problem: RecordProblem?)? {
    while let record = try reader.next() {
      if record.isTooLong { return (record.number, .tooLong) }
      if record.isOpen {
        return (
          record.number,
          RecordProblem(
            code: .unclosedQuote,
            what: "a quote is opened and never closed: the row and all behind it cannot be told apart",
            fix: "The export was cut off or is damaged here; export again.")
        )
      }
      let problem = reader.buffer.withUnsafeBufferPointer { buffer -> RecordProblem? in
        let bytes = UnsafeBufferPointer(rebasing: buffer[record.range])
        guard Self.isUTF8(bytes) else { return .undecodable }
        row.split(bytes, delimiter: delimiter)
        guard !row.hasStrayQuote else {
          return RecordProblem(
            code: .strayQuote, what: "a quote stands inside a cell that is not quoted",
            fix: "Quotes inside a cell are doubled and the cell stands in quotes; export again.")
        }
        return nil
      }
      if problem == nil, row.cells.count == 1, row.isBlank { continue }
      return (record.number, problem)
    }
    return nil
  }

  private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return true }
    return csimdjson_is_utf8(base.assumingMemoryBound(to: CChar.self), bytes.count) == 1
  }
}

/// One pass over the objects of JSON Lines or of an array.
struct JSONPass: ~Copyable {
  private var reader: RecordReader
  private let parser = JSONParser()
  private let isArray: Bool

  init(_ input: ByteInput, _ sniffer: Sniffer, _ options: IngestOptions) throws(IngestError) {
    isArray = sniffer.format == .json
    let stream = try TextStream(input, encoding: sniffer.encoding, skip: sniffer.skip, chunk: options.chunk)
    reader = RecordReader(
      stream, kind: isArray ? .array : .lines, chunk: options.chunk, maxBytes: options.maxRowBytes)
  }

  /// Blank lines are passed over.
  mutating func next() throws(IngestError) -> RecordReader.Record? {
    while let record = try reader.next() {
      let blank = reader.buffer[record.range].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !blank || record.isTooLong { return record }
    }
    return nil
  }

  /// - Returns: what is wrong; `body` was not called then.
  @discardableResult
  func members(_ record: RecordReader.Record, _ body: (UnsafeBufferPointer<csimdjson_field>) -> Void) -> RecordProblem?
  {
    if record.isTooLong { return .tooLong }
    return reader.buffer.withUnsafeBufferPointer { buffer in
      let (fields, failure) = parser.members(UnsafeBufferPointer(rebasing: buffer[record.range]))
      switch failure {
      case nil:
        body(fields)
        return nil
      case .notAnObject:
        return RecordProblem(
          code: .notAnObject, what: "the record is no JSON object", fix: "Each ticket must be an object.")
      case .notUTF8: return .undecodable
      case .notJSON:
        return RecordProblem(
          code: .malformedJSON, what: record.isOpen ? "the record is cut off" : "the record is no valid JSON",
          fix: "Export it again.")
      }
    }
  }
}
