import ClosureModel
import Mustache
import Synchronization

/// What one reply is filled with.
struct ReplyValues {
  /// What decides which words of a template appear; all else is only put in between them.
  struct Shape: Hashable {
    let outcome: Outcome
    let items: Int
    let blocks: Int
    let unchecked: Int
    let hasAccount: Bool
    let hasSubmitted: Bool
    let hasDue: Bool
    let isOverdue: Bool
  }

  var ticket: String
  var account: String?
  /// Written as the reply's language writes days and hours.
  var submitted: String?
  var due: String?
  /// `due` lies in the past.
  var isOverdue = false
  /// What is asked for, each text once.
  var items: [String]
  var blocks: [String]
  var unchecked: [String]

  func shape(_ outcome: Outcome) -> Shape {
    Shape(
      outcome: outcome, items: items.count, blocks: blocks.count, unchecked: unchecked.count,
      hasAccount: account != nil, hasSubmitted: submitted != nil, hasDue: due != nil, isOverdue: isOverdue)
  }

  /// Every value, in an order that the shape alone determines.
  var all: [String] {
    var out = [ticket]
    out.reserveCapacity(4 + items.count + blocks.count + unchecked.count)
    if let account { out.append(account) }
    if let submitted { out.append(submitted) }
    if let due { out.append(due) }
    out += items
    out += blocks
    out += unchecked
    return out
  }

  /// The same shape, each value replaced by a mark that names its place in `all`.
  var marked: ReplyValues {
    var place = 0
    func mark() -> String {
      defer { place += 1 }
      return "\(ReplyPattern.opening)\(place)\(ReplyPattern.closing)"
    }
    let ticket = mark()
    let account = account.map { _ in mark() }
    let submitted = submitted.map { _ in mark() }
    let due = due.map { _ in mark() }
    return ReplyValues(
      ticket: ticket, account: account, submitted: submitted, due: due, isOverdue: isOverdue,
      items: items.map { _ in mark() }, blocks: blocks.map { _ in mark() }, unchecked: unchecked.map { _ in mark() })
  }
}

/// The words of a template for one shape of values, with places to put values into. The template engine, which looks
/// every name up by type, writes such a reply once, with marks for values; the next ones are put together from the words
/// between the marks.
struct ReplyPattern: Sendable {
  private enum Part: Sendable {
    case words(String)
    /// Into `ReplyValues.all`.
    case value(Int)
  }

  /// Around the place of a value: scalars for private use. A template that uses them itself gets no pattern.
  static let opening: Unicode.Scalar = "\u{F0000}"
  static let closing: Unicode.Scalar = "\u{F0001}"

  private let subject: [Part]
  private let body: [Part]

  /// - Parameter marked: the reply to `ReplyValues.marked`.
  /// - Returns: `nil` where the marks did not come through as they were put in.
  init?(marked: Reply.Words) {
    guard let subject = Self.parts(marked.subject), let body = Self.parts(marked.body) else { return nil }
    self.subject = subject
    self.body = body
  }

  private static func parts(_ text: String) -> [Part]? {
    var out: [Part] = []
    var words = String.UnicodeScalarView()
    var place: Int?
    for scalar in text.unicodeScalars {
      switch (scalar, place) {
      case (opening, nil):
        if !words.isEmpty { out.append(.words(String(words))) }
        words = String.UnicodeScalarView()
        place = 0
      case (closing, let at?):
        out.append(.value(at))
        place = nil
      case ("0"..."9", let at?) where at < 1_000_000: place = at * 10 + Int(scalar.value - 0x30)
      case (_, nil) where scalar != closing: words.append(scalar)
      default: return nil
      }
    }
    guard place == nil else { return nil }
    if !words.isEmpty { out.append(.words(String(words))) }
    return out
  }

  func fill(_ values: [String]) -> Reply.Words {
    Reply.Words(subject: Self.fill(subject, values), body: Self.fill(body, values))
  }

  private static func fill(_ parts: [Part], _ values: [String]) -> String {
    var bytes = 0
    for part in parts {
      switch part {
      case .words(let words): bytes += words.utf8.count
      case .value(let place): bytes += values[place].utf8.count
      }
    }
    var out = ""
    out.reserveCapacity(bytes)
    for part in parts {
      switch part {
      case .words(let words): out += words
      case .value(let place): out += values[place]
      }
    }
    return out
  }
}

/// The patterns that replies have had so far. Their number is bounded by what policies can ask for.
final class ReplyPatterns: Sendable {
  enum Known: Sendable {
    case pattern(ReplyPattern)
    /// The template makes more of values than putting them in.
    case unfit
  }
  private let known = Mutex<[ReplyValues.Shape: Known]>([:])

  subscript(_ shape: ReplyValues.Shape) -> Known? {
    get { known.withLock { $0[shape] } }
    set { known.withLock { $0[shape] = newValue } }
  }
}
