/// What people and programs write into a cell that has no value.
public enum MissingValue {
  /// - Returns: whether the cell is blank or holds nothing but such a word: `-`, `无`, `N/A`, `null`, `(null)`, `暂无`.
  ///   Of an amount that is not the same as nothing: `isNone`.
  public static func stands(in cell: String) -> Bool {
    guard let text = bare(cell) else { return false }
    return text.isEmpty || words.contains(text) || text.allSatisfy { dashes.contains($0) }
  }

  /// - Returns: whether the cell says that there is nothing: blank, `-`, `无`. Not `未知`, `***` or `?`: something may be there.
  public static func isNone(_ cell: String) -> Bool {
    guard let text = bare(cell) else { return false }
    return none.contains(text) || text.allSatisfy { lines.contains($0) }
  }

  /// Without blanks, marks that cannot be seen, and brackets around the whole; nil: surely none of these words.
  private static func bare(_ cell: String) -> String? {
    // Nearly every cell is longer than the longest of these words, or begins as none of them does.
    guard cell.utf8.count <= 48, mayBegin(cell) else { return nil }
    var text = ""
    for scalar in cell.unicodeScalars {
      var value = scalar.value
      if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
      guard let folded = Unicode.Scalar(value), !folded.properties.isWhitespace, !isInvisible(value) else { continue }
      text.unicodeScalars.append(folded)
    }
    text = text.lowercased()
    for (open, close) in brackets where text.count > 1 && text.first == open && text.last == close {
      text = String(text.dropFirst().dropLast())
    }
    return text
  }

  /// Whether a word may begin as the cell does: a letter, digit or Chinese character folds to itself, whatever follows.
  private static func mayBegin(_ cell: String) -> Bool {
    guard let first = cell.unicodeScalars.first else { return true }
    switch first.value {
    case 0x30...0x39: return false
    case 0x41...0x5A, 0x61...0x7A:
      // Of ASCII without blanks no scalar is left out, and the longest word has nine.
      return "nueb".unicodeScalars.contains { $0.value == first.value | 0x20 }
        && (cell.utf8.count <= 9 || !cell.utf8.allSatisfy { (0x21..<0x7F).contains($0) })
    case 0x4E00...0x9FFF: return heads.contains(first)
    default: return true
    }
  }
  /// The Chinese characters that words begin with.
  private static let heads = Array(Set(none.union(words).compactMap(\.unicodeScalars.first)))

  private static func isInvisible(_ value: UInt32) -> Bool {
    (0x200B...0x200F).contains(value) || value == 0x2060 || value == 0xFEFF || value == 0xAD
  }

  private static let brackets: [(Character, Character)] = [("(", ")"), ("<", ">"), ("[", "]"), ("【", "】"), ("{", "}")]
  private static let dashes: Set<Character> = ["-", "–", "—", "―", "－", "_", "/", "\\", ".", "…", "*", "?", "─", "−"]
  private static let lines: Set<Character> = ["-", "–", "—", "―", "－", "─", "−"]
  private static let none: Set<String> = ["", "无", "無", "没有", "沒有", "暂无", "暫無", "none"]
  private static let words: Set<String> = [
    "无", "無", "没有", "沒有", "空", "空白", "未知", "不详", "不詳", "暂无", "暫無", "未填", "未填写", "未填寫", "未提供", "待补充",
    "待補充", "n/a", "n.a.", "#n/a", "na", "nan", "null", "none", "nil", "undefined", "unknown", "empty", "blank", "\\n",
  ]
}
