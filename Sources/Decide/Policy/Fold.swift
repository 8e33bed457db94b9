/// The small folding of words that an operator writes into a policy: what `Examine` does to cells, as far as simplified
/// Chinese and Latin letters need it. A word that folds differently here and there matches nothing, which is the safe side.
enum Fold {
  static func simple(_ text: String) -> String {
    // ASCII without blanks is as folded as it can be but for its capitals.
    if text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) { return text.lowercased() }
    if text.unicodeScalars.allSatisfy(isFolded) { return text }
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

  /// Surely as it is meant to be; `false` asks for a closer look.
  private static func isFolded(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x5E10: false
    // ASCII but for blanks and capitals; 《》「」【】 and the like; Chinese characters.
    case 0x21...0x40, 0x5B...0x7E, 0x3001...0x3011, 0x4E00...0x9FFF: true
    default: false
    }
  }
}

extension String {
  /// Whether `word` stands in it, byte for byte: both are folded, so equal letters are equal bytes. An empty word does.
  func holds(_ word: String) -> Bool {
    var (text, word) = (self, word)
    return text.withUTF8 { text in
      word.withUTF8 { word in
        guard let first = word.first else { return true }
        guard text.count >= word.count else { return false }
        return (0...(text.count - word.count)).contains { at in
          text[at] == first && text[at..<(at + word.count)].elementsEqual(word)
        }
      }
    }
  }
}
