/// What a word does in a ticket's text. A section of a lexicon file carries the case's name; `notice`, `short`,
/// `ambiguous` and `document` come from the policy's names of documents.
enum WordClass: UInt8, CaseIterable, Sendable {
  // Who.
  case own, owner, third, you, agent, behalf, says
  // The acts.
  case read, know, agree, near, receive, objection
  // What they are about: the closing notice, its name cut short, a name that may be it, another paper, a word that
  // points back to a paper, a part of a paper.
  case notice, short, ambiguous, document, bare, part
  // Glue of a statement.
  case filler, manner, and, but
  // Polarity and mood.
  case negation, none, condition, future, question, hedge
  // Leading into words: a field's label, one's own declaration, somebody's instruction; `per` names whose demand is met.
  case lead, avow, instruct, template, per, history
  // Requests and topics of a ticket.
  case request, close, service, polite, topic
  // Forms.
  case yes, no, ticked, unticked, blank
  // What takes a statement back or empties it, wherever it stands.
  case withdrawn, insincere, duress, unread, untrue, deemed, machine
  // What puts the closing off or limits it.
  case keep, pause, limit, before
  // Made elsewhere or before; `now` stands against it.
  case elsewhere, now
  // Waivers and other requests.
  case waive, balance, resources, other
  // Set by the reader itself: a name, number or address; words that it does not know.
  case identifier, unknown
  // Finer than a class above: what a clause says besides its class (see `parent`).
  case until, offer, lacking, strict, turned, message, inquiry, prohibition, place, reason, timing
  // Finer, of speaking: 我照着写 (one's own words, whoever spoke before), 原话 (somebody's very words), 上封邮件 (an older
  // text's header), 填写内容 (a form's blank).
  case mine, cited, olden, filled, renewed
  // Finer: said for another word by a slip of the input method (统一 for 同意), where the text says so.
  case slipped
  // Finer: written without knowing what it says (别人抄的, 意思不清楚).
  case unmeant

  /// The class that a finer one belongs to: 如有问题 (`lacking`) is a condition, 联系我 (`offer`) a request.
  var parent: WordClass? {
    switch self {
    case .until: .elsewhere
    case .offer: .request
    case .lacking, .strict: .condition
    case .turned: .withdrawn
    case .reason, .timing: .filler
    case .prohibition: .negation
    case .message, .place: .topic
    case .inquiry: .question
    case .mine, .renewed: .avow
    case .cited, .filled: .lead
    case .olden: .topic
    case .unmeant: .untrue
    case .slipped: .manner
    default: nil
    }
  }

  static let named: [String: WordClass] = Dictionary(
    uniqueKeysWithValues: allCases.map { ("\($0)", $0) })
}

/// Words of the reader, each with its class.
typealias WordTrie = Trie<WordClass>

/// A set of word classes; there are at most 128. Sets of a kind are computed properties (`static var … { ClassSet(…) }`):
/// the compiler makes them constants, while a stored one would be looked up at each use.
struct ClassSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt128
  init(rawValue: UInt128) { self.rawValue = rawValue }
  init(_ kind: WordClass) { rawValue = Self.bit(kind) }
  @inline(__always)
  init(_ classes: WordClass...) { rawValue = classes.reduce(0) { $0 | Self.bit($1) } }
  @inline(__always)
  func has(_ kind: WordClass) -> Bool { rawValue & Self.bit(kind) != 0 }
  @inline(__always)
  private static func bit(_ kind: WordClass) -> UInt128 { 1 &<< UInt128(kind.rawValue) }
  func without(_ other: ClassSet) -> ClassSet { ClassSet(rawValue: rawValue & ~other.rawValue) }
  func meets(_ other: ClassSet) -> Bool { rawValue & other.rawValue != 0 }
}
