/// A word of the text with its class.
/// Twelve bytes, as a clause's words are looked through again and again: no text is so long that its places need more than
/// 32 bits.
struct Token: Sendable {
  private let lower: UInt32
  private let upper: UInt32
  let kind: WordClass
  /// The finer class that the word stands under in its lexicon.
  let fine: WordClass?
  /// Stands between quotation marks (marks around a document's name alone are none).
  var isQuoted: Bool

  init(kind: WordClass, fine: WordClass? = nil, range: Range<Int>, isQuoted: Bool = false) {
    (lower, upper) = (UInt32(range.lowerBound), UInt32(range.upperBound))
    (self.kind, self.fine, self.isQuoted) = (kind, fine, isQuoted)
  }

  @inline(__always)
  var range: Range<Int> { Int(lower)..<Int(upper) }
}

/// A stretch between two marks of punctuation.
struct Clause: Sendable {
  enum End: UInt8, CaseIterable, Sendable { case comma, colon, stop, question, line, gap, bracket }
  /// A stranger's words stand under a name of which nothing is known; a footer is what a mail program puts below mails.
  enum Speaker: UInt8, Sendable { case applicant, agent, history, stranger, footer }
  /// Indices into `Script.tokens`.
  var tokens: Range<Int>
  /// Scalars of the normalised text.
  var range: Range<Int>
  var classes: ClassSet
  /// The finer classes among them.
  var notes: ClassSet
  /// Letters and characters that no word covers.
  var unknown: Int
  var sentence: Int
  var line: Int
  var end: End
  var speaker = Speaker.applicant
  /// Begins right after a colon: the clause before it says what or whose this is.
  var isLabelled = false
  /// Stands inside brackets.
  var isBracketed = false
  @inline(__always)
  func has(_ kind: WordClass) -> Bool { classes.has(kind) || notes.has(kind) }
}

/// The text in words, clauses, sentences and lines.
struct Script: Sendable {
  var tokens: [Token] = []
  var clauses: [Clause] = []
  /// Clauses of each line, in order.
  var lines: [Range<Int>] = []

  func words(_ clause: Clause) -> ArraySlice<Token> { tokens[clause.tokens] }
}

/// A text as it was read: what the readers of statements look at. One object, as each of them holds on to it.
final class Page: Sendable {
  let text: NormalText
  let script: Script
  let vocabulary: Vocabulary
  /// Of the text's scalars.
  let traces: ScalarTraces

  init(_ text: NormalText, _ script: Script, _ vocabulary: Vocabulary) {
    (self.text, self.script, self.vocabulary) = (text, script, vocabulary)
    traces = text.traces
  }
}
