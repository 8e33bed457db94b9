/// The documents of one file: the file itself, its lines, or its rows.
enum SystemDocuments {
  /// Calls `body` with each document and its number from 1; ends when it returns `false`.
  static func forEach(
    _ source: SystemIndex.Source, _ options: IngestOptions, _ body: (JSONValue, Int) -> Bool, broken: (Int) -> Void
  ) throws(IngestError) {
    switch source.mode {
    case .whole:
      guard let value = JSONValue.parse(try ExportFolder.bytes(source.file)) else { return broken(1) }
      _ = body(value, 1)
    case .lines: try lines(source, options, body, broken: broken)
    case .rows: try SystemRows.forEach(source.file.path, source.cells, options, body, broken: broken)
    }
  }

  private static func lines(
    _ source: SystemIndex.Source, _ options: IngestOptions, _ body: (JSONValue, Int) -> Bool, broken: (Int) -> Void
  ) throws(IngestError) {
    var reader = LineReader(try ByteInput(path: source.file.path), maxBytes: options.maxRowBytes)
    while let (line, number, isTooLong) = try reader.next() {
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      guard !isTooLong, let value = JSONValue.parse(line) else {
        broken(number)
        continue
      }
      guard body(value, number) else { return }
    }
  }
}

/// Lines of a file, one at a time.
private struct LineReader {
  private let input: ByteInput
  private let maxBytes: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var offset: Int64 = 0
  private var number = 0
  private var atEnd = false
  private static let chunk = 1 << 18

  init(_ input: ByteInput, maxBytes: Int) {
    self.input = input
    self.maxBytes = maxBytes
  }

  /// - Returns: `nil` at the end. A line that is too long is passed over to its end, empty.
  mutating func next() throws(IngestError) -> (line: [UInt8], number: Int, isTooLong: Bool)? {
    var scanned = start
    var isTooLong = false
    while true {
      if let end = buffer[scanned...].firstIndex(of: 0x0A) {
        number += 1
        let line = isTooLong ? [UInt8(ascii: "?")] : Array(buffer[start..<end])
        start = end + 1
        return (line, number, isTooLong)
      }
      if atEnd {
        guard start < buffer.count else { return nil }
        number += 1
        let line = isTooLong ? [UInt8(ascii: "?")] : Array(buffer[start...])
        start = buffer.count
        return (line, number, isTooLong)
      }
      if buffer.count - start > maxBytes {
        isTooLong = true
        buffer.removeAll(keepingCapacity: true)
        start = 0
      }
      if start > 0 {
        buffer.removeFirst(start)
        start = 0
      }
      scanned = buffer.count
      var piece = [UInt8](repeating: 0, count: Self.chunk)
      var count = 0
      var failure: IngestError?
      piece.withUnsafeMutableBytes { bytes in
        do throws(IngestError) { count = try input.read(into: bytes, at: offset) } catch { failure = error }
      }
      if let failure { throw failure }
      offset += Int64(count)
      atEnd = count == 0
      buffer += piece[..<count]
    }
  }
}
