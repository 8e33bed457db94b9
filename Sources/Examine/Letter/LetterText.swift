/// The letter's words in reading order, folded: NFKC, simplified, no blank but between Latin letters and digits (one
/// there), a line break after each row that does not run on.
package struct LetterText: Sendable {
  package let lines: [LetterLine]
  let rows: [LetterRow]
  let scalars: [Unicode.Scalar]
  /// Index into `lines` for each scalar; of a line break that of the line before it.
  let origin: [Int]
  /// Index into `rows` for each scalar.
  let rowOf: [Int]

  package init(_ lines: [LetterLine], pages: [LetterPage]) {
    self.lines = lines
    rows = ReadingOrder.rows(of: lines, pages: pages)
    var builder = Builder()
    for (number, row) in rows.enumerated() {
      for (place, index) in row.lines.enumerated() {
        if place > 0 { builder.put(" ", index, number) }
        for scalar in Self.fold(lines[index].text) { builder.put(scalar, index, number) }
      }
      if !row.runsOn { builder.put("\n", row.lines[row.lines.count - 1], number) }
    }
    scalars = builder.scalars
    origin = builder.origin
    rowOf = builder.rowOf
  }

  /// The three arrays while they are written.
  private struct Builder {
    var scalars: [Unicode.Scalar] = []
    var origin: [Int] = []
    var rowOf: [Int] = []
    var isWithinRow: Bool { scalars.last.map { $0 != "\n" } ?? false }

    /// A blank stays only between Latin letters or digits: an account name may have lost its underscores there.
    mutating func put(_ scalar: Unicode.Scalar, _ line: Int, _ row: Int) {
      if scalar == " ", !isWithinRow || scalars.last == " " { return }
      if scalar != " ", scalars.last == " " {
        let before = scalars.count > 1 ? scalars[scalars.count - 2] : "\n"
        if !LetterText.isNarrow(scalar) || !LetterText.isNarrow(before) {
          scalars.removeLast()
          origin.removeLast()
          rowOf.removeLast()
        }
      }
      scalars.append(scalar)
      origin.append(line)
      rowOf.append(row)
    }
  }

  /// Compatibility forms and traditional characters made plain; case is kept, as account names may need it.
  static func fold(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if Scalars.isInvisible(value) { continue }
      if Scalars.isBlank(value) || value == 0x3000 {
        if result.last != " " { result.append(" ") }
        continue
      }
      for one in Compatibility.mayExpand(value) ? Compatibility.expand(value) : [value] {
        if let folded = Unicode.Scalar(Simplifier.simplify(one)) { result.append(folded) }
      }
    }
    return result
  }

  /// Folds and drops blanks and what only dresses a name or a title.
  static func bare(_ text: String) -> [Unicode.Scalar] { fold(text).filter { !isDress($0) } }

  static func isDress(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || "《》<>〈〉「」『』【】[]\"“”'‘’.,。,、:：;；·-—_~*".unicodeScalars.contains(scalar)
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  func string(_ range: Range<Int>) -> String { Self.string(scalars[range]) }

  /// In full-width characters.
  static func width(_ text: String) -> Double { text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x80 ? 0.5 : 1) } }

  static func isNarrow(_ scalar: Unicode.Scalar) -> Bool { scalar.value > 0x20 && scalar.value < 0x7F }
}
