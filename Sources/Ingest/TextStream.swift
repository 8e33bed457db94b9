import Glibc

/// The text of an input as UTF-8 bytes, in pieces. A place that cannot be decoded comes out as the byte 0xFF, which is no
/// UTF-8: the record that holds it is found out when it is decoded, and the others are not touched.
struct TextStream: ~Copyable {
  private let input: ByteInput
  private var offset: Int64
  private let converter: iconv_t?
  private var raw: [UInt8]
  private var rawCount = 0
  private var ended = false

  /// - Parameter skip: bytes of a byte order mark.
  init(_ input: ByteInput, encoding: TextEncoding, skip: Int, chunk: Int) throws(IngestError) {
    self.input = input
    offset = Int64(skip)
    raw = [UInt8](repeating: 0, count: max(chunk, 16))
    guard encoding == .gb18030 else {
      converter = nil
      return
    }
    let opened = iconv_open("UTF-8", "GB18030")
    guard opened != iconv_t(bitPattern: -1) else {
      throw IngestError(
        code: .undecodableText, file: input.name, what: "this system's iconv knows no GB18030",
        fix: "Install the package libc6 whole, or convert the file to UTF-8.")
    }
    converter = opened
  }

  deinit { if let converter { iconv_close(converter) } }

  /// Appends the next piece.
  /// - Returns: `false` at the end.
  mutating func fill(_ out: inout [UInt8], chunk: Int) throws(IngestError) -> Bool {
    guard !ended else { return false }
    guard let converter else {
      let start = out.count
      out.append(contentsOf: repeatElement(0, count: chunk))
      var failure: IngestError?
      var count = 0
      out.withUnsafeMutableBytes { bytes in
        do throws(IngestError) {
          count = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]), at: offset)
        } catch { failure = error }
      }
      if let failure { throw failure }
      out.removeLast(chunk - count)
      offset += Int64(count)
      ended = count == 0
      return count > 0
    }
    return try convert(converter, &out)
  }

  private mutating func convert(_ converter: iconv_t, _ out: inout [UInt8]) throws(IngestError) -> Bool {
    var failure: IngestError?
    var count = 0
    let held = rawCount
    raw.withUnsafeMutableBytes { bytes in
      do throws(IngestError) {
        count = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[held...]), at: offset)
      } catch { failure = error }
    }
    if let failure { throw failure }
    offset += Int64(count)
    rawCount += count
    if count == 0 {
      ended = true
      guard rawCount > 0 else { return false }
      // A character that was cut off at the end of the file.
      out.append(0xFF)
      rawCount = 0
      return true
    }
    let total = rawCount
    // A GB18030 byte becomes at most two UTF-8 bytes (a pair of bytes three, a four-byte form four).
    var text = [UInt8](repeating: 0, count: total * 2 + 16)
    var used = 0
    var left = 0
    raw.withUnsafeMutableBytes { source in
      text.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        left = total
        var room = target.count
        while left > 0 {
          if iconv(converter, &from, &left, &to, &room) != Int(bitPattern: UInt.max) || errno == EINVAL { break }
          // EILSEQ: mark the place, pass over one byte, go on.
          to?.pointee = CChar(bitPattern: 0xFF)
          to = to?.advanced(by: 1)
          room -= 1
          from = from?.advanced(by: 1)
          left -= 1
        }
        used = target.count - room
      }
      // The beginning of a character whose rest comes with the next piece.
      if left > 0, let base = source.baseAddress { memmove(base, base + total - left, left) }
    }
    rawCount = left
    out.append(contentsOf: text[0..<used])
    return true
  }
}
