/// The text as a person sees it, folded for matching, with a map back to the scalars of the text as given.
struct NormalText {
  var scalars: [UInt32] = []
  /// `map[i]` is the offset in the given text of `scalars[i]`.
  var map: [Int] = []
  /// Struck-out or hidden text was seen.
  var hasTakenBack = false

  func source(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last, last < map.count else { return 0..<0 }
    return map[first]..<(map[last] + 1)
  }
  func string(_ range: Range<Int>) -> String { Scalars.string(scalars[range]) }
}

enum Scalars {
  static func string(_ scalars: some Sequence<UInt32>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars { if let unicode = Unicode.Scalar(scalar) { text.append(unicode) } }
    return String(text)
  }
  static func of(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  static func isInvisible(_ s: UInt32) -> Bool {
    switch s {
    case 0xAD, 0x34F, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF: true
    default: false
    }
  }
  static func isBlank(_ s: UInt32) -> Bool {
    s == 0x20 || s == 9 || s == 0xA0 || s == 0x3000 || (0x2000...0x200A).contains(s) || s == 0x202F || s == 0x205F
  }
  static func isDigit(_ s: UInt32) -> Bool { (0x30...0x39).contains(s) }
  static func isLetter(_ s: UInt32) -> Bool { (0x61...0x7A).contains(s) || (0x41...0x5A).contains(s) }
  static func isWord(_ s: UInt32) -> Bool { isDigit(s) || isLetter(s) }

  /// Full-width forms, case, script. One scalar to one scalar.
  static func fold(_ s: UInt32) -> UInt32 {
    switch s {
    case 0x41...0x5A: s + 32
    case 0xFF21...0xFF3A: s - 0xFEE0 + 32
    case 0xFF01...0xFF5E: s - 0xFEE0
    case 0x2018, 0x2019: 0x27
    case 0x3400...0x9FFF: Simplifier.simplify(s)
    default: s
    }
  }
}

public enum Folding {
  /// NFKC for what cells hold (full-width forms), lower case, simplified, 帐 to 账, no blanks, nothing invisible.
  public static func fold(_ s: String) -> String {
    Scalars.string(
      s.unicodeScalars.lazy.map(\.value).filter { !Scalars.isInvisible($0) && !Scalars.isBlank($0) && $0 > 0x20 }
        .map(Scalars.fold))
  }
}

enum Normaliser {
  static func normalise(_ given: [UInt32]) -> NormalText {
    var out = NormalText()
    out.scalars.reserveCapacity(given.count)
    out.map.reserveCapacity(given.count)
    let visible = VisibleText.read(given)
    out.hasTakenBack = visible.hasTakenBack
    var blankAt: Int? = nil
    for (scalar, offset) in zip(visible.scalars, visible.map) {
      if Scalars.isInvisible(scalar) { continue }
      if Scalars.isBlank(scalar) {
        blankAt = blankAt ?? offset
        continue
      }
      let folded = Scalars.fold(scalar)
      // A blank parts only Latin words and numbers.
      if let blank = blankAt, let last = out.scalars.last, last != 10, folded != 10, last < 0x80, folded < 0x80 {
        out.scalars.append(0x20)
        out.map.append(blank)
      }
      blankAt = nil
      out.scalars.append(folded == 13 ? 10 : folded)
      out.map.append(offset)
    }
    return out
  }
}
