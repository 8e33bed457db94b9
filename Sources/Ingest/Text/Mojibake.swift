import Glibc

/// Text that went through a wrong encoding before it came here: valid UTF-8, but the words are gone or changed. What a
/// customer stated cannot be told from it.
enum Mojibake {
  /// - Parameter bytes: UTF-8.
  /// - Returns: where it begins.
  static func find(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.count >= 4 else { return nil }
    var asked = false
    var at = 0
    let last = bytes.count - 4
    while at <= last {
      let byte = bytes[at]
      guard byte >= 0xC3 else {
        at += 1
        continue
      }
      switch byte {
      case 0xC3:
        if isDoubleEncoded(bytes, at) { return at }
      case 0xEF:
        // U+FFFD twice: what could not be decoded once was thrown away then.
        if at + 5 < bytes.count, bytes[at + 1] == 0xBF, bytes[at + 2] == 0xBD, bytes[at + 3] == 0xEF,
          bytes[at + 4] == 0xBF, bytes[at + 5] == 0xBD
        {
          return at
        }
      case 0xE9:
        let pair = (bytes[at + 1], bytes[at + 2])
        // 锟斤: U+FFFD of UTF-8 read as GBK.
        if pair == (0x94, 0x9F), at + 5 < bytes.count, bytes[at + 3] == 0xE6, bytes[at + 4] == 0x96,
          bytes[at + 5] == 0xA4
        {
          return at
        }
        // 锛銆鐨鏈鍚: what ，。的本同 become when UTF-8 is read as GBK.
        if !asked, Self.telltale(pair) {
          asked = true
          if isReadAsGBK(bytes) { return at }
        }
      default: break
      }
      at += byte >= 0xE0 ? 3 : 2
    }
    return nil
  }

  private static func telltale(_ pair: (UInt8, UInt8)) -> Bool {
    pair == (0x94, 0x9B) || pair == (0x8A, 0x86) || pair == (0x90, 0xA8) || pair == (0x8F, 0x88)
      || pair == (0x8D, 0x9A)
  }

  /// UTF-8 read as Latin-1 or Windows-1252 and encoded again: `Ã¤`, or two characters like `è´¦` in a row.
  private static func isDoubleEncoded(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    let second = bytes[at + 1]
    if second == 0x82 || second == 0x83 { return bytes[at + 2] == 0xC2 && bytes[at + 3] >= 0x80 }
    guard (0xA3...0xAF).contains(second) else { return false }
    var place = at
    for _ in 0..<2 {
      guard let lead = oldByte(bytes, &place), (0xE3...0xEF).contains(lead) else { return false }
      for _ in 0..<2 {
        guard let tail = oldByte(bytes, &place), (0x80...0xBF).contains(tail) else { return false }
      }
    }
    return true
  }

  /// The byte that this character stands for in Windows-1252.
  private static func oldByte(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> UInt8? {
    guard at + 1 < bytes.count else { return nil }
    switch bytes[at] {
    case 0xC2:
      defer { at += 2 }
      return bytes[at + 1]
    case 0xC3:
      defer { at += 2 }
      return bytes[at + 1] | 0x40
    // Œ œ Š š Ÿ Ž ž ƒ ˆ ˜ and the marks from U+2013 to U+2122: each stands for one of 0x80…0x9F.
    case 0xC5, 0xC6, 0xCB:
      defer { at += 2 }
      return 0x80
    case 0xE2 where at + 2 < bytes.count && (0x80...0x84).contains(bytes[at + 1]):
      defer { at += 3 }
      return 0x80
    default: return nil
    }
  }

  /// Whether the text becomes UTF-8 of other words when it is written as GBK. Some bytes were lost on the way, and other
  /// cells may be sound, so a third of it is asked for; of sound Chinese text hardly any does.
  private static func isReadAsGBK(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let handle = iconv_open("GB18030", "UTF-8"), handle != iconv_t(bitPattern: -1) else { return false }
    defer { iconv_close(handle) }
    var source = Array(bytes.prefix(1 << 16))
    var target = [UInt8](repeating: 0, count: source.count * 2 + 16)
    var used = 0
    source.withUnsafeMutableBytes { from in
      target.withUnsafeMutableBytes { to in
        var input = from.baseAddress?.assumingMemoryBound(to: CChar.self)
        var output = to.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = from.count
        var room = to.count
        _ = iconv(handle, &input, &left, &output, &room)
        used = to.count - room
      }
    }
    var whole = 0
    var broken = 0
    var at = 0
    while at < used {
      if target[at] < 0x80 {
        at += 1
      } else if at + 2 < used, (0xE2...0xEF).contains(target[at]), (0x80...0xBF).contains(target[at + 1]),
        (0x80...0xBF).contains(target[at + 2])
      {
        whole += 1
        at += 3
      } else {
        broken += 1
        at += 1
      }
    }
    return whole >= 4 && whole * 2 >= broken
  }
}
