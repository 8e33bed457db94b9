import ClosureModel

/// Why a record cannot be read, before its cells are looked at.
struct RecordProblem {
  let code: RowError.Code
  let what: String
  let fix: String

  static let tooLong = RecordProblem(
    code: .rowTooLarge, what: "the record is larger than a ticket can be", fix: "Look at the export; shorten the text.")
  static let strayQuote = RecordProblem(
    code: .strayQuote, what: "a quote stands inside a cell that is not quoted, or text behind a closing quote",
    fix: "Quotes inside a cell are doubled and the cell stands in quotes; export again.")

  static func undecodable(at byte: Int64) -> RecordProblem {
    RecordProblem(
      code: .undecodableText, what: "byte \(byte) of the file is no text in its encoding",
      fix: "Export it again as UTF-8, or name the encoding with --encoding.")
  }

  static func mojibake(at byte: Int64) -> RecordProblem {
    RecordProblem(
      code: .mojibake,
      what: "the text is garbled from byte \(byte) of the file on: it was read in a wrong encoding once",
      fix: "Export it again as UTF-8; what was written cannot be told from this.")
  }

  static func unclosed(_ rows: ClosedRange<Int>, toEnd: Bool) -> RecordProblem {
    let span = rows.count == 1 ? "row \(rows.lowerBound)" : "rows \(rows.lowerBound)–\(rows.upperBound)"
    return toEnd
      ? RecordProblem(
        code: .unclosedQuote,
        what: "a quote is opened and never closed: \(span), to the end of the file, cannot be told apart",
        fix: "The export was cut off or is damaged here; mend the quote or export again.")
      : RecordProblem(
        code: .unclosedQuote, what: "a quote is lost or one too many: \(span) cannot be told apart",
        fix: "Quotes inside a cell are doubled and the cell stands in quotes; mend the rows or export again.")
  }
}
