/// Cuts a text into records: CSV rows (line ends inside quotes belong to the row), lines, or elements of a JSON array.
/// Holds one record and the piece that is being read, no more.
struct RecordReader: ~Copyable {
  enum Kind: Equatable {
    case csv(delimiter: UInt8)
    case lines
    /// - path: keys that lead to the array; empty: the array is the whole text.
    case array(path: [[UInt8]])
    var isCSV: Bool { if case .csv = self { true } else { false } }
    var isArray: Bool { if case .array = self { true } else { false } }
  }
  struct Record {
    /// Bytes of `buffer`, without the line end or the comma.
    let range: Range<Int>
    /// 1-based: line of a JSON Lines file, row of a CSV, element of an array.
    let number: Int
    /// CSV: a quote is open at the end of the file, or of what is read of one row. JSON array: the element is cut off.
    let isOpen: Bool
    /// Longer than is read; `range` holds its beginning.
    let isTooLong: Bool
    /// JSON array: the text ends before the array, or the object around it, does. `range` is empty.
    var isMissingEnd = false
  }

  private var stream: TextStream
  private let kind: Kind
  private let chunk: Int
  private let maxBytes: Int
  /// Bytes not handed out yet begin at `start`; 64 bytes behind the end are readable, for simdjson.
  private(set) var buffer: [UInt8] = []
  /// Place of `buffer[0]` in the text.
  private(set) var base: Int64 = 0
  /// Place of the text from which on the buffer is kept, to go back to.
  var kept: Int64?
  var number = 0
  private var start = 0
  private var atEnd = false
  private var finder: ArrayFinder
  private var saidMissingEnd = false
  static let padding = 64

  init(_ stream: consuming TextStream, kind: Kind, chunk: Int, maxBytes: Int) {
    self.stream = stream
    self.kind = kind
    self.chunk = chunk
    self.maxBytes = maxBytes
    if case .array(let path) = kind { finder = ArrayFinder(path: path) } else { finder = ArrayFinder(path: []) }
  }

  /// The array that the path leads to was met.
  var hasFoundArray: Bool { finder.wasFound }

  /// Place of the text at which the next record begins.
  var place: Int64 { base + Int64(start) }

  /// Goes back, or on, to a place of the text that is still in the buffer.
  mutating func move(to place: Int64) {
    start = Int(place - base)
    precondition(start >= 0 && start <= buffer.count, "a place that was not kept")
  }

  /// - Returns: `nil` at the end. The record's bytes stay in `buffer` until the next call.
  mutating func next() throws(IngestError) -> Record? {
    if kind.isArray, try !enterArray() { return missingEnd() }
    var scan = RecordScan(kind: kind)
    var at = start
    while true {
      if let end = buffer.withUnsafeBufferPointer({ scan.end(in: $0, from: &at) }) {
        return record(from: start, to: end.record, next: end.next, open: false)
      }
      if at - start > maxBytes {
        // What may still be gone back to is not thrown away.
        if kind.isCSV, scan.inQuotes || kept != nil {
          number += 1
          let from = start
          start = at
          return Record(range: from..<at, number: number, isOpen: true, isTooLong: true)
        }
        return try skipRest(&scan, at)
      }
      if !(try more(&at)) { break }
    }
    guard start < buffer.count else { return nil }
    let open = kind.isCSV ? scan.inQuotes : kind.isArray
    if open { saidMissingEnd = true }
    return record(from: start, to: buffer.count, next: buffer.count, open: open)
  }

  private mutating func record(from: Int, to end: Int, next: Int, open: Bool) -> Record {
    number += 1
    start = next
    buffer.reserveCapacity(buffer.count + Self.padding)
    return Record(range: from..<end, number: number, isOpen: open, isTooLong: false)
  }

  /// Passes over the rest of a record that is too long; keeps its beginning.
  private mutating func skipRest(_ scan: inout RecordScan, _ scanned: Int) throws(IngestError) -> Record {
    let head = Array(buffer[start..<min(start + 4096, buffer.count)])
    kept = nil
    var at = scanned
    while true {
      if let end = buffer.withUnsafeBufferPointer({ scan.end(in: $0, from: &at) }) {
        start = end.next
        break
      }
      start = buffer.count
      at = start
      if !(try more(&at)) { break }
    }
    number += 1
    buffer.insert(contentsOf: head, at: start)
    base -= Int64(head.count)
    let from = start
    start += head.count
    return Record(range: from..<start, number: number, isOpen: false, isTooLong: true)
  }

  /// Reads on. Moves what is left to the front first.
  private mutating func more(_ at: inout Int) throws(IngestError) -> Bool {
    guard !atEnd else { return false }
    let done = kept.map { min(start, Int($0 - base)) } ?? start
    if done > 0 {
      buffer.removeSubrange(0..<done)
      base += Int64(done)
      at -= done
      start -= done
    }
    if try stream.fill(&buffer, chunk: chunk) { return true }
    atEnd = true
    return false
  }

  /// What is left of the text, in pieces.
  mutating func piece() throws(IngestError) -> Range<Int>? {
    while start == buffer.count {
      var at = start
      guard try more(&at) else { return nil }
    }
    defer { start = buffer.count }
    return start..<buffer.count
  }

  /// Up to the next element of the array.
  /// - Returns: `false` behind the last one.
  private mutating func enterArray() throws(IngestError) -> Bool {
    while true {
      let found = buffer.withUnsafeBufferPointer { finder.element(in: $0, from: &start) }
      if found { return true }
      var at = start
      if !(try more(&at)) { return false }
    }
  }

  private mutating func missingEnd() -> Record? {
    guard !finder.isWhole, !saidMissingEnd else { return nil }
    saidMissingEnd = true
    number += 1
    buffer.reserveCapacity(buffer.count + Self.padding)
    return Record(range: start..<start, number: number, isOpen: true, isTooLong: false, isMissingEnd: true)
  }
}
