/// The text as a person sees it, folded for matching, with a map back to the scalars of the text as given.
struct NormalText {
  var scalars: [UInt32] = []
  /// `map[i]` is the offset in the given text of `scalars[i]`.
  var map: [Int] = []
  /// A blank or tab stood before this scalar and was dropped (blanks are kept between Latin letters and digits alone).
  var gaps: [Bool] = []

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

public enum Folding {
  /// NFKC, lower case, simplified, 帐 to 账, no blanks, nothing invisible: what cells hold, for comparison.
  public static func fold(_ s: String) -> String {
    Scalars.string(Normaliser.fold(s).filter { $0 != 0x20 })
  }
}

enum Normaliser {
  /// A word of a lexicon or a name, folded as texts are; blanks stay where texts keep them.
  static func fold(_ s: String) -> [UInt32] {
    var out = NormalText()
    for scalar in s.unicodeScalars where scalar.value > 0x1F || scalar.value == 9 { append(scalar.value, 0, &out) }
    return out.scalars
  }

  static func normalise(_ given: [UInt32]) -> NormalText {
    let visible = VisibleText.read(given)
    var out = NormalText()
    out.scalars.reserveCapacity(visible.scalars.count)
    out.map.reserveCapacity(visible.scalars.count)
    out.gaps.reserveCapacity(visible.scalars.count)
    for i in visible.scalars.indices {
      // CR LF is one line break.
      if visible.scalars[i] == 10, i > 0, visible.scalars[i - 1] == 13 { continue }
      append(visible.scalars[i], visible.map[i], &out)
    }
    return out
  }

  private static func append(_ scalar: UInt32, _ offset: Int, _ out: inout NormalText) {
    if Scalars.isInvisible(scalar) { return }
    if Scalars.isBlank(scalar) {
      // Kept for the time being; dropped below unless it parts Latin words.
      if out.scalars.last != 0x20 { put(0x20, offset, false, &out) }
      return
    }
    var gap = false
    var folded = Scalars.fold(scalar)
    if folded >= 0xFF01, folded <= 0xFF5E { folded = Scalars.fold(folded - 0xFEE0) }
    if out.scalars.last == 0x20 {
      let before = out.scalars.count > 1 ? out.scalars[out.scalars.count - 2] : 10
      if before >= 0x80 || before == 10 || folded >= 0x80 || folded == 10 || folded == 13 {
        out.scalars.removeLast()
        out.map.removeLast()
        out.gaps.removeLast()
        gap = true
      }
    }
    if folded < 0x80 || !Compatibility.mayExpand(folded) {
      put(folded == 13 || folded == 0x2028 || folded == 0x2029 || folded == 0x85 ? 10 : folded, offset, gap, &out)
      return
    }
    for one in Compatibility.expand(folded) { put(Scalars.fold(one), offset, gap, &out) }
  }

  private static func put(_ scalar: UInt32, _ offset: Int, _ gap: Bool, _ out: inout NormalText) {
    out.scalars.append(scalar)
    out.map.append(offset)
    out.gaps.append(gap)
  }
}
