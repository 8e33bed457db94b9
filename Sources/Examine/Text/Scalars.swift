/// Texts as arrays of Unicode scalars: offsets count scalars, and no loop pays for graphemes.
enum Scalars {
  /// A short word stands somewhere in a text of a line at most.
  static func contains(_ text: ArraySlice<UInt32>, _ word: [UInt32]) -> Bool { firstRange(of: word, in: text) != nil }

  /// Where it stands first; nil for an empty word.
  static func firstRange(of word: [UInt32], in text: ArraySlice<UInt32>) -> Range<Int>? {
    guard let first = word.first, text.count >= word.count else { return nil }
    for at in text.startIndex...(text.endIndex - word.count) where text[at] == first {
      if text[at..<(at + word.count)].elementsEqual(word) { return at..<(at + word.count) }
    }
    return nil
  }

  /// What is no scalar (an entity may name one) is left out.
  static func string(_ scalars: some Collection<UInt32>) -> String {
    var bytes = 0
    for scalar in scalars { bytes += width(scalar) }
    return String(unsafeUninitializedCapacity: bytes) { out in
      var end = 0
      for scalar in scalars {
        switch width(scalar) {
        case 0: continue
        case 1: out[end] = UInt8(truncatingIfNeeded: scalar)
        case 2:
          out[end] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
          out[end + 1] = tail(scalar)
        case 3:
          out[end] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
          out[end + 1] = tail(scalar >> 6)
          out[end + 2] = tail(scalar)
        default:
          out[end] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
          out[end + 1] = tail(scalar >> 12)
          out[end + 2] = tail(scalar >> 6)
          out[end + 3] = tail(scalar)
        }
        end += width(scalar)
      }
      return end
    }
  }

  /// ASCII alone, as it stands and in lower case.
  static func ascii(_ scalars: ArraySlice<UInt32>) -> String { ascii(scalars) { $0 } }
  static func lowerASCII(_ scalars: ArraySlice<UInt32>) -> String { ascii(scalars) { isUpper($0) ? $0 | 0x20 : $0 } }

  @inline(__always)
  private static func ascii(_ scalars: ArraySlice<UInt32>, _ folded: (UInt32) -> UInt32) -> String {
    String(unsafeUninitializedCapacity: scalars.count) { out in
      scalars.withUnsafeBufferPointer { scalars in
        for place in scalars.indices { out[place] = UInt8(truncatingIfNeeded: folded(scalars[place])) }
        return scalars.count
      }
    }
  }

  private static func isUpper(_ s: UInt32) -> Bool { s &- 0x41 < 26 }

  private static func width(_ scalar: UInt32) -> Int {
    switch scalar {
    case ..<0x80: 1
    case ..<0x800: 2
    case 0xD800...0xDFFF: 0
    case ..<0x10000: 3
    case ..<0x11_0000: 4
    default: 0
    }
  }

  private static func tail(_ bits: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | bits & 0x3F) }

  static func of(_ text: String) -> [UInt32] {
    var text = text
    return text.withUTF8(decode)
  }

  /// - Parameter bytes: UTF-8 that is known to be valid, as a string's is.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: bytes.count) { out, count in
      var (i, end) = (0, 0)
      /// The six bits of a byte behind the first.
      func next(_ place: Int) -> UInt32 { UInt32(bytes[i &+ place]) & 0x3F }
      while i < bytes.count {
        let lead = UInt32(bytes[i])
        if lead < 0x80 {
          out[end] = lead
          i &+= 1
        } else if lead & 0xF0 == 0xE0 {
          out[end] = (lead & 0xF) << 12 | next(1) << 6 | next(2)
          i &+= 3
        } else if lead < 0xE0 {
          out[end] = (lead & 0x1F) << 6 | next(1)
          i &+= 2
        } else {
          out[end] = (lead & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3)
          i &+= 4
        }
        end &+= 1
      }
      count = end
    }
  }

  /// Soft hyphens, zero-width characters, direction marks, variation selectors.
  static func isInvisible(_ s: UInt32) -> Bool {
    if s < 0xAD { return false }
    switch s {
    case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
      0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xE0000...0xE0FFF:
      return true
    default: return false
    }
  }
  static func isBlank(_ s: UInt32) -> Bool {
    s == 0x20 || s == 9 || s == 0xA0 || s == 0x3000 || (0x2000...0x200A).contains(s) || s == 0x202F || s == 0x205F
      || s == 0xB || s == 0xC
  }
  static func isDigit(_ s: UInt32) -> Bool { s &- 0x30 < 10 }
  static func isLetter(_ s: UInt32) -> Bool { (s | 0x20) &- 0x61 < 26 }
  static func isWord(_ s: UInt32) -> Bool { isLetter(s) || isDigit(s) }
  static func isHan(_ s: UInt32) -> Bool {
    (0x3400...0x9FFF).contains(s) || (0x20000...0x323AF).contains(s) || s == 0x3007
  }

  /// Case and script of one scalar.
  static func fold(_ s: UInt32) -> UInt32 {
    switch s {
    case 0x41...0x5A: s + 32
    case 0...0x7F: s
    case 0x3400...0x9FFF: Simplifier.simplify(s)
    case 0x2018, 0x2019, 0x2BC: 0x27
    case 0x2010...0x2012, 0x2212: 0x2D
    default: s
    }
  }
}
