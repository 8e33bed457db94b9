import CZlib

/// Decision lines, packed: they are most of a decision, and most of a line is what all of its kind say. Raw deflate against
/// an older line of the same policy and outcome, and against what the row holds anyway.
///
/// A stream per dictionary is primed once and copied for each line: priming costs ten times as much as copying.
final class LineCodec {
  /// 4 KiB look back as far as a line is long and keep a copy small.
  private static let window: Int32 = 12
  private static let memory: Int32 = 5
  static let longestDictionary = 3_500
  /// The level beyond which a line gets 4 % shorter and takes a third longer.
  private static let level: Int32 = 3

  private let primed: UnsafeMutablePointer<z_stream>

  init?(dictionary: [UInt8]) {
    primed = .allocate(capacity: 1)
    primed.initialize(to: z_stream())
    guard czlib_deflate_begin(primed, Self.level, Self.window, Self.memory) == Z_OK,
      deflateSetDictionary(primed, dictionary, UInt32(dictionary.count)) == Z_OK
    else {
      deflateEnd(primed)
      primed.deallocate()
      return nil
    }
  }

  deinit {
    deflateEnd(primed)
    primed.deallocate()
  }

  /// - Parameter known: what the reader of the row will know too.
  /// - Returns: `nil` when it would not get shorter.
  func packed(_ line: [UInt8], known: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard !line.isEmpty, deflateCopy(&stream, primed) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    if !known.isEmpty, deflateSetDictionary(&stream, known, UInt32(known.count)) != Z_OK { return nil }
    var line = line
    let room = line.count
    var count = 0
    let out = [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
      line.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(room)
        // Anything but the end: it does not fit into as many bytes as it has.
        count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? room - Int(stream.avail_out) : 0
      }
      used = count
    }
    return count > 0 && count < line.count ? out : nil
  }

  /// - Returns: `nil` for bytes that `packed` did not make with these dictionaries.
  static func unpacked(_ bytes: [UInt8], dictionary: [UInt8], known: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard czlib_inflate_begin(&stream, window) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    guard inflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) == Z_OK,
      known.isEmpty || inflateSetDictionary(&stream, known, UInt32(known.count)) == Z_OK
    else { return nil }
    var bytes = bytes
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8192)
    return bytes.withUnsafeMutableBufferPointer { input -> [UInt8]? in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      while true {
        let code = chunk.withUnsafeMutableBufferPointer { buffer -> Int32 in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(buffer.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        out += chunk.prefix(chunk.count - Int(stream.avail_out))
        if code == Z_STREAM_END { return out }
        guard code == Z_OK, stream.avail_out == 0 || stream.avail_in > 0 else { return nil }
      }
    }
  }
}
