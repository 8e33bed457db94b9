/// Cuts a text into records: CSV rows (line ends inside quotes belong to the row), lines, or elements of a JSON array.
/// Holds one record and the piece that is being read, no more.
struct RecordReader: ~Copyable {
  enum Kind: Equatable {
    case csv(delimiter: UInt8)
    case lines, array
    var isCSV: Bool { if case .csv = self { true } else { false } }
  }
  struct Record {
    /// Bytes of `buffer`, without the line end or the comma.
    let range: Range<Int>
    /// 1-based: line of a JSON Lines file, row of a CSV, element of an array.
    let number: Int
    /// CSV: a quote is open at the end of the file. JSON array: the element is cut off.
    let isOpen: Bool
    /// Longer than is read; `range` holds its beginning.
    let isTooLong: Bool
  }

  private var stream: TextStream
  private let kind: Kind
  private let chunk: Int
  private let maxBytes: Int
  /// Bytes not handed out yet begin at `start`; 64 bytes behind the end are readable, for simdjson.
  private(set) var buffer: [UInt8] = []
  private var start = 0
  private var number = 0
  private var atEnd = false
  private var arrayBegun = false
  private var arrayClosed = false
  static let padding = 64

  init(_ stream: consuming TextStream, kind: Kind, chunk: Int, maxBytes: Int) {
    self.stream = stream
    self.kind = kind
    self.chunk = chunk
    self.maxBytes = maxBytes
  }

  /// - Returns: `nil` at the end. The record's bytes stay in `buffer` until the next call.
  mutating func next() throws(IngestError) -> Record? {
    if kind == .array, try !enterArray() { return nil }
    var scan = Scan(kind: kind)
    var at = start
    while true {
      if let end = buffer.withUnsafeBufferPointer({ scan.end(in: $0, from: &at) }) {
        return record(from: start, to: end.record, next: end.next, open: false)
      }
      if at - start > maxBytes { return try skipRest(&scan, at) }
      if !(try more(&at)) { break }
    }
    guard start < buffer.count else { return nil }
    let open = kind.isCSV ? scan.inQuotes : kind == .array
    return record(from: start, to: buffer.count, next: buffer.count, open: open)
  }

  private mutating func record(from: Int, to end: Int, next: Int, open: Bool) -> Record {
    number += 1
    start = next
    buffer.reserveCapacity(buffer.count + Self.padding)
    return Record(range: from..<end, number: number, isOpen: open, isTooLong: false)
  }

  /// Passes over the rest of a record that is too long; keeps its beginning.
  private mutating func skipRest(_ scan: inout Scan, _ scanned: Int) throws(IngestError) -> Record {
    let head = Array(buffer[start..<min(start + 4096, buffer.count)])
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
    let from = start
    start += head.count
    return Record(range: from..<start, number: number, isOpen: false, isTooLong: true)
  }

  /// Reads on. Moves what is left to the front first.
  private mutating func more(_ at: inout Int) throws(IngestError) -> Bool {
    guard !atEnd else { return false }
    if start > 0 {
      buffer.removeSubrange(0..<start)
      at -= start
      start = 0
    }
    if try stream.fill(&buffer, chunk: chunk) { return true }
    atEnd = true
    return false
  }

  /// Up to the next element of the array.
  /// - Returns: `false` behind the last one.
  private mutating func enterArray() throws(IngestError) -> Bool {
    while true {
      while start < buffer.count {
        switch buffer[start] {
        case 0x20, 0x09, 0x0A, 0x0D: start += 1
        case UInt8(ascii: "[") where !arrayBegun:
          arrayBegun = true
          start += 1
        case UInt8(ascii: ",") where arrayBegun && !arrayClosed: start += 1
        case UInt8(ascii: "]") where arrayBegun:
          arrayClosed = true
          start += 1
        default: return true
        }
      }
      var at = start
      if !(try more(&at)) { return false }
    }
  }

  /// Finds the end of one record; keeps its state between pieces.
  private struct Scan {
    let kind: Kind
    var inQuotes = false
    /// CSV: whether a field begins here, where a quote opens it.
    private var fieldStart = true
    private var escaped = false
    private var depth = 0
    private var begun = false

    init(kind: Kind) { self.kind = kind }

    /// - Returns: end of the record and the beginning of what follows it; `nil`: it goes on behind the buffer.
    mutating func end(in bytes: UnsafeBufferPointer<UInt8>, from at: inout Int) -> (record: Int, next: Int)? {
      switch kind {
      case .lines: line(bytes, &at)
      case .csv(let delimiter): row(bytes, &at, delimiter)
      case .array: element(bytes, &at)
      }
    }

    private func line(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> (record: Int, next: Int)? {
      while at < bytes.count {
        if bytes[at] == 0x0A { return (trim(bytes, at), at + 1) }
        at += 1
      }
      return nil
    }

    private func trim(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
      end > 0 && bytes[end - 1] == 0x0D ? end - 1 : end
    }

    private mutating func row(
      _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ delimiter: UInt8
    ) -> (record: Int, next: Int)? {
      while at < bytes.count {
        let byte = bytes[at]
        if inQuotes {
          // A doubled quote closes and opens again: no state is needed for it.
          if byte == UInt8(ascii: "\"") { inQuotes = false }
        } else {
          switch byte {
          case UInt8(ascii: "\""):
            // Only at the beginning of a field, or behind a quote that was just closed (a doubled one).
            if fieldStart || (at > 0 && bytes[at - 1] == UInt8(ascii: "\"") && begun) {
              inQuotes = true
              begun = true
            }
            fieldStart = false
          case delimiter:
            fieldStart = true
            begun = false
          case 0x0A: return (trim(bytes, at), at + 1)
          default:
            fieldStart = false
            begun = false
          }
        }
        at += 1
      }
      return nil
    }

    private mutating func element(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> (record: Int, next: Int)? {
      while at < bytes.count {
        let byte = bytes[at]
        if inQuotes {
          if escaped {
            escaped = false
          } else if byte == UInt8(ascii: "\\") {
            escaped = true
          } else if byte == UInt8(ascii: "\"") {
            inQuotes = false
          }
        } else {
          switch byte {
          case UInt8(ascii: "\""): inQuotes = true
          case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
          case UInt8(ascii: "}"):
            depth -= 1
            if depth <= 0 { return (at + 1, at + 1) }
          case UInt8(ascii: "]"):
            if depth <= 0 { return (at, at) }
            depth -= 1
            if depth == 0 { return (at + 1, at + 1) }
          case UInt8(ascii: ",") where depth == 0: return (at, at)
          default: break
          }
        }
        at += 1
      }
      return nil
    }
  }
}
