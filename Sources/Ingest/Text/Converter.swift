import Glibc

/// Owns one conversion to UTF-8.
final class Converter {
  private let handle: iconv_t
  /// Bytes of the smallest unit of the encoding.
  private let unit: Int
  private let pairs: GBPairs?

  /// - Returns: `nil`: the text is UTF-8 already.
  init?(_ encoding: TextEncoding, file: String) throws(IngestError) {
    guard let name = encoding.iconvName else { return nil }
    let opened = iconv_open("UTF-8", name)
    guard let opened, opened != iconv_t(bitPattern: -1) else {
      throw IngestError(
        code: .undecodableText, file: file, what: "this system's iconv knows no \(name)",
        fix: "Install the package libc6 whole, or convert the file to UTF-8.")
    }
    handle = opened
    unit = encoding == .utf16le || encoding == .utf16be ? 2 : 1
    pairs = encoding == .gb18030 ? GBPairs.shared : nil
  }

  deinit { iconv_close(handle) }

  /// - Parameter room: bytes of `out` that may be used; a character that does not fit any more stays.
  /// - Returns: bytes written; bytes of `raw` that are left, moved to its front: the beginning of a character whose rest
  ///   is still to come, or what had no room.
  func convert(_ raw: inout [UInt8], _ count: Int, into out: inout [UInt8], room: Int) -> (used: Int, left: Int) {
    if let pairs { return convert(pairs, &raw, count, into: &out, room: room) }
    var used = 0
    var left = count
    raw.withUnsafeMutableBytes { source in
      out.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var room = room
        let all = room
        while left > 0 {
          let result = iconv(handle, &from, &left, &to, &room)
          if result != Int(bitPattern: UInt.max) || errno != EILSEQ || room == 0 { break }
          // Mark the place, pass over one unit, go on.
          let step = min(unit, left)
          to?.pointee = CChar(bitPattern: 0xFF)
          to = to?.advanced(by: 1)
          room -= 1
          from = from?.advanced(by: step)
          left -= step
        }
        used = all - room
      }
      if left > 0, let base = source.baseAddress { memmove(base, base + count - left, left) }
    }
    return (used, left)
  }

  /// The same for GB18030: characters of one and two bytes, which are nearly all, by a table; the others by iconv, one
  /// after another.
  private func convert(_ pairs: GBPairs, _ raw: inout [UInt8], _ count: Int, into out: inout [UInt8], room: Int) -> (
    used: Int, left: Int
  ) {
    var at = 0
    var used = 0
    raw.withUnsafeMutableBufferPointer { source in
      out.withUnsafeMutableBufferPointer { target in
        pairs.units.withUnsafeBufferPointer { units in
          while at < count {
            let lead = source[at]
            if lead < 0x80 {
              guard used < room else { return }
              target[used] = lead
              at += 1
              used += 1
              continue
            }
            guard at + 1 < count else { return }
            let unit = units[GBPairs.place(lead, source[at + 1])]
            if unit != 0 {
              let length = unit < 0x800 ? 2 : 3
              guard used + length <= room else { return }
              if length == 2 {
                target[used] = UInt8(0xC0 | unit >> 6)
              } else {
                target[used] = UInt8(0xE0 | unit >> 12)
                target[used + 1] = UInt8(0x80 | unit >> 6 & 0x3F)
              }
              target[used + length - 1] = UInt8(0x80 | unit & 0x3F)
              at += 2
              used += length
              continue
            }
            guard let step = rare(source, at, count, target, used, room) else { return }
            at += step.read
            used += step.written
          }
        }
      }
      if at > 0, at < count, let base = source.baseAddress { memmove(base, base + at, count - at) }
    }
    return (used, count - at)
  }

  /// A character of four bytes, or a byte that begins none.
  /// - Returns: `nil`: its rest is still to come, or there is no room.
  private func rare(
    _ source: UnsafeMutableBufferPointer<UInt8>, _ at: Int, _ count: Int, _ target: UnsafeMutableBufferPointer<UInt8>,
    _ used: Int, _ room: Int
  ) -> (read: Int, written: Int)? {
    let isLong = (0x30...0x39).contains(source[at + 1]) && (0x81...0xFE).contains(source[at])
    guard !isLong || at + 4 <= count else { return nil }
    var left = isLong ? 4 : 2
    let all = left
    var space = room - used
    let before = space
    guard space > 0, let input = source.baseAddress, let output = target.baseAddress else { return nil }
    return (input + at).withMemoryRebound(to: CChar.self, capacity: left) { bytes in
      (output + used).withMemoryRebound(to: CChar.self, capacity: space) { place in
        var from: UnsafeMutablePointer<CChar>? = bytes
        var to: UnsafeMutablePointer<CChar>? = place
        let result = iconv(handle, &from, &left, &to, &space)
        if left < all { return (all - left, before - space) }
        guard result == Int(bitPattern: UInt.max), errno == EILSEQ else { return nil }
        place.pointee = CChar(bitPattern: 0xFF)
        return (1, 1)
      }
    }
  }
}

/// Which character each pair of bytes of GB18030 is, as this system's iconv has it.
struct GBPairs: Sendable {
  /// UTF-16 units by `place`; 0: no character of two bytes.
  let units: [UInt16]

  static let shared = GBPairs()

  static func place(_ lead: UInt8, _ trail: UInt8) -> Int { Int(lead & 0x7F) << 8 | Int(trail) }

  private init() {
    var units = [UInt16](repeating: 0, count: 1 << 15)
    if let handle = iconv_open("UTF-16LE", "GB18030"), handle != iconv_t(bitPattern: -1) {
      for lead in UInt8(0x81)...0xFE {
        for trail in UInt8(0x40)...0xFE {
          var pair = [CChar(bitPattern: lead), CChar(bitPattern: trail)]
          var unit = [CChar](repeating: 0, count: 4)
          pair.withUnsafeMutableBufferPointer { source in
            unit.withUnsafeMutableBufferPointer { target in
              var (from, to) = (source.baseAddress, target.baseAddress)
              var (left, room) = (2, 4)
              // One unit and nothing else: what takes two is left to iconv.
              let isOne = iconv(handle, &from, &left, &to, &room) == 0 && left == 0 && room == 2
              if !isOne { target[0] = 0; target[1] = 0 }
            }
          }
          units[Self.place(lead, trail)] = UInt16(UInt8(bitPattern: unit[1])) << 8 | UInt16(UInt8(bitPattern: unit[0]))
        }
      }
      iconv_close(handle)
    }
    self.units = units
  }
}
