import CSimdJSON
import ClosureModel

/// One pass over the objects of JSON Lines, of an array, or of the list inside an envelope.
struct JSONPass: ~Copyable {
  private var reader: RecordReader
  private var locator: OffsetLocator
  private let parser = JSONParser()

  /// - Parameter path: keys that lead to the list; `nil`: JSON Lines.
  init(_ input: ByteInput, _ guess: EncodingGuess, path: [String]?, _ options: IngestOptions) throws(IngestError) {
    let locator = try OffsetLocator(input, encoding: guess.encoding, skip: guess.skip)
    let stream = try TextStream(input, encoding: guess.encoding, skip: guess.skip, chunk: options.chunk)
    let kind = path.map { RecordReader.Kind.array(path: $0.map { Array($0.utf8) }) } ?? .lines
    reader = RecordReader(stream, kind: kind, chunk: options.chunk, maxBytes: options.maxRowBytes)
    self.locator = locator
  }

  var hasFoundArray: Bool { reader.hasFoundArray }

  /// Blank lines are passed over.
  mutating func next() throws(IngestError) -> RecordReader.Record? {
    while let record = try reader.next() {
      let blank = reader.buffer[record.range].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !blank || record.isTooLong || record.isMissingEnd { return record }
    }
    return nil
  }

  func raw(_ record: RecordReader.Record) -> [UInt8] { Array(reader.buffer[record.range]) }

  /// The byte of the file at which garbled text begins, which was found in a value of the record; a value with escapes
  /// may hold what the record's bytes do not show: then the record's own place.
  mutating func mojibake(in record: RecordReader.Record) throws(IngestError) -> RecordProblem {
    let at = reader.buffer.withUnsafeBufferPointer {
      Mojibake.find(in: UnsafeBufferPointer(rebasing: $0[record.range])) ?? 0
    }
    return .mojibake(at: try locator.file(of: reader.base + Int64(record.range.lowerBound + at)))
  }

  /// - Returns: what is wrong; `body` was not called then.
  @discardableResult
  mutating func members(_ record: RecordReader.Record, _ body: (UnsafeBufferPointer<csimdjson_field>) -> Void)
    throws(IngestError) -> RecordProblem?
  {
    if record.isTooLong { return .tooLong }
    if record.isMissingEnd {
      return RecordProblem(
        code: .malformedJSON, what: "the text ends before its list does: the export was cut off here",
        fix: "Export it again, whole.")
    }
    let (failure, bad) = reader.buffer.withUnsafeBufferPointer { buffer -> (JSONParser.Failure?, Int) in
      let bytes = UnsafeBufferPointer(rebasing: buffer[record.range])
      let (fields, failure) = parser.members(bytes)
      if failure == nil { body(fields) }
      return (failure, failure == .notUTF8 ? CSVPass.firstBad(bytes) : 0)
    }
    switch failure {
    case nil: return nil
    case .notAnObject:
      return RecordProblem(
        code: .notAnObject, what: "the record is no JSON object", fix: "Each ticket must be an object.")
    case .notUTF8:
      let place = reader.base + Int64(record.range.lowerBound + bad)
      return .undecodable(at: try locator.file(of: place))
    case .notJSON:
      return RecordProblem(
        code: .malformedJSON, what: record.isOpen ? "the record is cut off" : "the record is no valid JSON",
        fix: "Export it again.")
    }
  }
}
