import Foundation

/// Unicode compatibility forms (NFKC) of single scalars: full-width letters, half-width marks, circled digits,
/// radicals, CJK compatibility ideographs.
enum Compatibility {
  /// The blocks in which compatibility forms lie; everything else stands for itself.
  private static let blocks: [ClosedRange<UInt32>] = [
    0xA8...0xBE, 0x2024...0x2026, 0x2070...0x209F, 0x2100...0x218F, 0x2460...0x24FF, 0x2E80...0x2FDF, 0x3131...0x318E,
    0x3192...0x319F, 0x3200...0x33FF, 0xF900...0xFB06, 0xFE10...0xFE6F, 0xFF01...0xFFEE, 0x1D400...0x1D7FF,
    0x1F100...0x1F1FF, 0x2F800...0x2FA1F,
  ]
  private static let table: [UInt32: [UInt32]] = {
    var table: [UInt32: [UInt32]] = [:]
    for block in blocks {
      for value in block {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let folded = String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value)
        // A form that begins with a blank is an accent standing alone: left as it is.
        if folded != [value], folded.first != 0x20 { table[value] = folded }
      }
    }
    // Brackets of titles and boxes that have no compatibility form: ﹝﹞ have one, 〖〗 and ｢｣ are made 【】 and 「」.
    table[0x3016] = [0x3010]
    table[0x3017] = [0x3011]
    table[0x2026] = nil
    return table
  }()

  /// Below it every scalar stands for itself.
  static let first: UInt32 = 0xA8
  /// Scalars of the longest form.
  static let longest = table.values.map(\.count).max() ?? 1

  static func mayExpand(_ s: UInt32) -> Bool {
    if s >= 0x3400, s < 0xF900 { return false }
    if s >= 0xFF01, s <= 0xFF5E { return true }
    if s >= 0x3000, s <= 0x3130 { return s == 0x3016 || s == 0x3017 }
    return s >= first && s != 0x201C && s != 0x201D
  }

  static func expand(_ s: UInt32) -> [UInt32] {
    if s >= 0xFF01, s <= 0xFF5E { return [s - 0xFEE0] }
    return table[s] ?? [s]
  }
}
