public import ClosureModel

/// A text as a person is shown it: the words that speak for a statement and against it marked, personal data masked,
/// and nothing in it that could steer a terminal or a page.
public struct MarkedText: Sendable {
  public enum Mark: UInt8, Sendable { case none, statement, against }
  public struct Piece: Sendable, Hashable {
    public let mark: Mark
    public let text: String
  }

  /// The whole text in order; neighbours differ in their marks.
  public let pieces: [Piece]
  private let shown: [(scalar: Unicode.Scalar, source: Int)]

  /// Marks the consent statement of a reading.
  public init(_ text: String, _ reading: TextReading, reveal: Bool) {
    let against = reading.consent.against.compactMap(\.span)
    self.init(
      text, reading, statement: reading.consent.evidence.compactMap(\.span).filter { !against.contains($0) },
      against: against, reveal: reveal)
  }

  /// - Parameter statement, against: spans in scalars of the text; where both hold a place, `against` marks it.
  public init(
    _ text: String, _ reading: TextReading, statement: [Range<Int>], against: [Range<Int>] = [], reveal: Bool
  ) {
    // The whole text is masked at once: a number that a mark parts would be two short ones, which nobody masks.
    var shown = reveal ? text.unicodeScalars.enumerated().map { ($1, $0) } : Masking.mapped(text)
    let count = (shown.last?.source ?? -1) + 1
    if !reveal { Self.hide(reading, in: &shown) }
    var marks = [Mark](repeating: .none, count: count)
    for (spans, mark) in [(statement, Mark.statement), (against, .against)] {
      for span in spans { for place in span.clamped(to: 0..<count) { marks[place] = mark } }
    }
    var pieces: [Piece] = []
    var run = String.UnicodeScalarView()
    var mark = Mark.none
    for at in shown.indices {
      let next = marks[shown[at].source]
      if next != mark, !run.isEmpty {
        pieces.append(Piece(mark: mark, text: String(run)))
        run = String.UnicodeScalarView()
      }
      mark = next
      // CR LF is one line end.
      let isBeforeLineFeed = at + 1 < shown.count && shown[at + 1].scalar == "\n"
      if shown[at].scalar == "\r", isBeforeLineFeed { continue }
      run.append(Self.safe(shown[at].scalar))
    }
    if !run.isEmpty { pieces.append(Piece(mark: mark, text: String(run))) }
    self.pieces = pieces
    self.shown = shown
  }

  /// The words at a span of the text as read, masked as the text is, on one line.
  public func words(_ span: Range<Int>) -> String {
    // Sources rise: the first place of the span is found by halving.
    var low = 0
    var high = shown.count
    while low < high {
      let middle = (low + high) / 2
      if shown[middle].source < span.lowerBound { low = middle + 1 } else { high = middle }
    }
    var out = String.UnicodeScalarView()
    while low < shown.count, shown[low].source < span.upperBound {
      let scalar = Self.safe(shown[low].scalar)
      if scalar != "\n" { out.append(scalar) } else if out.last != " " { out.append(" ") }
      low += 1
    }
    return String(out)
  }

  /// Numbers and names that the reader found and no pattern does: 一三八零零…, a credit code's letters, account names.
  private static func hide(_ reading: TextReading, in shown: inout [(scalar: Unicode.Scalar, source: Int)]) {
    let contacts = (reading.emails + reading.phones).map { ($0.evidence.span, false) }
    let identifiers =
      reading.identityNumbers.map { ($0.evidence.span, true) } + reading.accounts.map { ($0.span, true) }
    let spans = (contacts + identifiers).compactMap { span, isIdentifier in span.map { ($0, isIdentifier) } }
      .sorted { $0.0.lowerBound < $1.0.lowerBound }
    var at = 0
    for (span, isIdentifier) in spans {
      while at > 0, shown[at - 1].source >= span.lowerBound { at -= 1 }
      while at < shown.count, shown[at].source < span.lowerBound { at += 1 }
      var end = at
      while end < shown.count, shown[end].source < span.upperBound { end += 1 }
      if !isIdentifier, shown[at..<end].contains(where: { $0.scalar == "*" }) { continue }
      let head = end - at > 5 ? (isIdentifier ? 3 : 2) : 1
      let tail = end - at > 5 ? 2 : 0
      guard end - at > head + tail else { continue }
      for place in (at + head)..<(end - tail)
      where shown[place].scalar.properties.isAlphabetic || isDigit(shown[place].scalar) { shown[place].scalar = "*" }
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType != nil }

  /// Escapes of terminals and marks that turn the direction of writing become a sign that something stood there.
  private static func safe(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 9, 10: scalar
    case 13, 0x85, 0x2028, 0x2029: "\n"
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: scalar
    }
  }
}
