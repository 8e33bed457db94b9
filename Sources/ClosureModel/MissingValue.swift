/// What people and programs write into a cell that has no value.
public enum MissingValue {
  /// - Returns: whether the cell is blank or holds nothing but such a word: `-`, `无`, `N/A`, `null`, `(null)`, `暂无`.
  ///   Of an amount that is not the same as nothing: cells of amounts are not asked.
  public static func stands(in cell: String) -> Bool {
    // Nearly every cell is longer than the longest of these words, or begins as none of them does.
    guard cell.utf8.count <= 48 else { return false }
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
    return text.isEmpty || words.contains(text) || text.allSatisfy { dashes.contains($0) }
  }

  private static func isInvisible(_ value: UInt32) -> Bool {
    (0x200B...0x200F).contains(value) || value == 0x2060 || value == 0xFEFF || value == 0xAD
  }

  private static let brackets: [(Character, Character)] = [("(", ")"), ("<", ">"), ("[", "]"), ("【", "】"), ("{", "}")]
  private static let dashes: Set<Character> = ["-", "–", "—", "―", "－", "_", "/", "\\", ".", "…", "*", "?", "─", "−"]
  private static let words: Set<String> = [
    "无", "無", "没有", "沒有", "空", "空白", "未知", "不详", "不詳", "暂无", "暫無", "未填", "未填写", "未填寫", "未提供", "待补充",
    "待補充", "n/a", "n.a.", "#n/a", "na", "nan", "null", "none", "nil", "undefined", "unknown", "empty", "blank", "\\n",
  ]
}
