/// A GIF cut off after its first picture: the decoder would unpack all of an animation.
/// Source: GIF89a specification, section 18 ff.
enum GIFFrame {
  /// - Returns: nil when there is no whole picture in it.
  static func first(of file: [UInt8]) -> (file: [UInt8], width: Int, height: Int)? {
    let bytes = Bytes(file)
    func table(_ flags: UInt8) -> Int { flags & 0x80 != 0 ? 3 << (Int(flags & 7) + 1) : 0 }
    func skipBlocks(_ start: Int) -> Int? {
      var at = start
      while let length = bytes[at] {
        at += 1 + Int(length)
        if length == 0 { return at }
      }
      return nil
    }
    guard let flags = bytes[10] else { return nil }
    var at = 13 + table(flags)
    while let block = bytes[at] {
      switch block {
      case 0x21:
        guard let next = skipBlocks(at + 2) else { return nil }
        at = next
      case 0x2C:
        guard let width = bytes.little16(at + 5), let height = bytes.little16(at + 7), let flags = bytes[at + 9],
          width > 0, height > 0, let end = skipBlocks(at + 11 + table(flags)), end <= file.count
        else { return nil }
        return (Array(file[..<end]) + [0x3B], width, height)
      default: return nil
      }
    }
    return nil
  }
}
