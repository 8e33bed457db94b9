/// The small folding of words that an operator writes into a policy: what `Examine` does to cells, as far as simplified
/// Chinese and Latin letters need it. A word that folds differently here and there matches nothing, which is the safe side.
enum Fold {
  static func simple(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x200B...0x200F, 0x2060, 0xFEFF, 0x00AD: continue
      case _ where scalar.properties.isWhitespace: continue
      case 0xFF01...0xFF5E: out.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x5E10: out.append("账")  // 帐
      default: out.append(scalar)
      }
    }
    // Full-width capitals become Latin ones above.
    return String(out).lowercased()
  }
}
