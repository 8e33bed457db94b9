import Glibc

/// The text of an input as UTF-8 bytes, in pieces. A place that cannot be decoded comes out as the byte 0xFF, which is no
/// UTF-8: the record that holds it is found out when it is decoded, and the others are not touched.
struct TextStream: ~Copyable {
  private let input: ByteInput
  private var offset: Int64
  private let converter: Converter?
  private var raw: [UInt8] = []
  private var rawCount = 0
  private var decoded: [UInt8] = []
  private var ended = false
  private let endsLinesWithCR: Bool

  /// - Parameters:
  ///   - skip: bytes of a byte order mark.
  ///   - endsLinesWithCR: each CR comes out as a LF.
  init(_ input: ByteInput, encoding: TextEncoding, skip: Int, chunk: Int, endsLinesWithCR: Bool = false)
    throws(IngestError)
  {
    self.input = input
    self.endsLinesWithCR = endsLinesWithCR
    offset = Int64(skip)
    converter = try Converter(encoding, file: input.name)
    if converter != nil { raw = [UInt8](repeating: 0, count: max(chunk, 16)) }
  }

  /// Appends the next piece.
  /// - Returns: `false` at the end.
  mutating func fill(_ out: inout [UInt8], chunk: Int) throws(IngestError) -> Bool {
    let start = out.count
    let more = try take(&out, chunk: chunk)
    if endsLinesWithCR {
      for at in start..<out.count where out[at] == 0x0D { out[at] = 0x0A }
    }
    return more
  }

  private mutating func take(_ out: inout [UInt8], chunk: Int) throws(IngestError) -> Bool {
    guard !ended else { return false }
    guard let converter else {
      let start = out.count
      out.append(contentsOf: repeatElement(0, count: chunk))
      let count = try input.read(into: &out, from: start, at: offset)
      out.removeLast(chunk - count)
      offset += Int64(count)
      ended = count == 0
      return count > 0
    }
    let count = try input.read(into: &raw, from: rawCount, at: offset)
    offset += Int64(count)
    rawCount += count
    guard count > 0 else {
      ended = true
      guard rawCount > 0 else { return false }
      // A character that was cut off at the end of the file.
      out.append(0xFF)
      rawCount = 0
      return true
    }
    // Two bytes become at most three of UTF-8; a unit that is no text becomes one mark.
    if decoded.count < rawCount * 2 + 16 { decoded = [UInt8](repeating: 0, count: rawCount * 2 + 16) }
    let (used, left) = converter.convert(&raw, rawCount, into: &decoded, room: decoded.count)
    rawCount = left
    out.append(contentsOf: decoded[0..<used])
    return true
  }
}

/// Tells which byte of the file a place of the decoded text came from. Asked in order, it goes over the file once.
struct OffsetLocator {
  private let input: ByteInput
  private let skip: Int
  private let converter: Converter?
  private var raw = [UInt8](repeating: 0, count: 1 << 14)
  private var rawCount = 0
  private var offset: Int64
  private var text: Int64 = 0
  private var scratch = [UInt8](repeating: 0, count: 1 << 14)

  init(_ input: ByteInput, encoding: TextEncoding, skip: Int) throws(IngestError) {
    self.input = input
    self.skip = skip
    converter = try Converter(encoding, file: input.name)
    offset = Int64(skip)
  }

  /// - Parameter place: in the text, from its beginning; not before the last one asked for.
  /// - Returns: 0-based byte of the file.
  mutating func file(of place: Int64) throws(IngestError) -> Int64 {
    guard let converter else { return place + Int64(skip) }
    while text < place {
      if rawCount < raw.count / 2 {
        let count = try input.read(into: &raw, from: rawCount, at: offset)
        offset += Int64(count)
        rawCount += count
        guard count > 0 || rawCount > 0 else { break }
      }
      let room = Int(min(place - text, Int64(scratch.count)))
      let (used, left) = converter.convert(&raw, rawCount, into: &scratch, room: room)
      text += Int64(used)
      rawCount = left
      if used == 0 { break }
    }
    return offset - Int64(rawCount)
  }
}

extension TextEncoding {
  /// `nil`: needs no conversion.
  var iconvName: String? {
    switch self {
    case .auto, .utf8: nil
    case .utf16le: "UTF-16LE"
    case .utf16be: "UTF-16BE"
    case .gb18030: "GB18030"
    // With the characters that Windows added.
    case .big5: "CP950"
    }
  }
}
