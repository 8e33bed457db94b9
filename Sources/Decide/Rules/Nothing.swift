import ClosureModel

extension StatementReading {
  /// The reader's spans, or an empty span: “the text was read and nothing was found” is evidence too.
  var evidenceOrNothing: [Evidence] { evidence.isEmpty ? [Evidence(.body, span: 0..<0)] : evidence }
}
