import ClosureModel

/// Is this an open ticket of the policy's category that asks for a closing?
struct ScopeRule: Sendable {
  private let categories: [Category]
  private let closedStatuses: [Label]

  init(_ policy: Policy) {
    categories = policy.categories.map { Category(Fold.simple($0)) }
    closedStatuses = policy.closedStatuses.map { Label(Fold.simple($0)) }
  }

  /// - Returns: the finding that puts the ticket out of scope by its category or status; nothing else is looked at then.
  func outOfScope(_ ticket: Ticket, _ folded: FoldedFields) -> Finding? {
    if let finding = Self.standing(ticket) { return finding }
    let category = Self.folded(folded.category, ticket.category)
    // A blank cell names no other category: it goes on, and `closingRequest` sends it to a person.
    if !category.isEmpty, !categories.contains(where: { $0.holds(category) }) {
      return Finding(
        .scopeCategory, .scope, .contradicted, evidence: [Evidence(.column(.category), quote: ticket.category)])
    }
    let status = Self.folded(folded.status, ticket.status)
    let isPlain = Label.isPlain(status)
    if closedStatuses.contains(where: { $0.isSame(status, isPlain) }) {
      return Finding(.scopeClosed, .scope, .contradicted, evidence: [Evidence(.column(.status), quote: ticket.status)])
    }
    return nil
  }

  /// What the ticket system says of it beside the status.
  private static func standing(_ ticket: Ticket) -> Finding? {
    let code: FindingCode
    var quote = ticket.status
    switch ticket.standing {
    case .open: return nil
    case .closed: code = .scopeClosed
    case .deleted: code = .scopeDeleted
    case .spam: code = .scopeSpam
    case .merged(let other):
      code = .scopeMerged
      if let other { quote = other.rawValue }
    }
    return Finding(code, .scope, .contradicted, evidence: [Evidence(.column(.status), quote: quote)])
  }

  /// What the text asks for. An affirmed request without words to show for it is doubtful.
  static func closingRequest(_ ticket: Ticket, _ examination: Examination) -> Finding {
    let reading = examination.text.closingRequest
    if reading.label == .denied {
      return Finding(.scopeOtherRequest, .scope, .contradicted, evidence: reading.evidenceOrNothing)
    }
    if folded(examination.folded.category, ticket.category).isEmpty {
      return Finding(.scopeUnclear, .scope, .doubtful, evidence: [Evidence(.column(.category), quote: "")])
    }
    guard reading.label == .affirmed, !reading.evidence.isEmpty else {
      return Finding(.scopeUnclear, .scope, .doubtful, evidence: reading.evidenceOrNothing)
    }
    return Finding(.scopeClosing, .scope, .satisfied, evidence: reading.evidence)
  }

  private static func folded(_ folded: String, _ raw: String) -> String {
    folded.isEmpty ? Fold.simple(raw) : folded
  }

  /// A word of the policy that cells are compared with. Strings compare by what their characters look like; where both
  /// hold nothing but ASCII and Chinese characters, which have one form each, that is to compare their bytes.
  private struct Label: Sendable {
    let text: String
    private let isPlain: Bool

    init(_ text: String) { (self.text, isPlain) = (text, Self.isPlain(text)) }

    static func isPlain(_ text: String) -> Bool {
      var text = text
      return text.withUTF8 { utf8 in
        var at = 0
        while at < utf8.count {
          // U+4000 to U+9FFF
          guard utf8[at] < 0x80 || utf8[at] &- 0xE4 <= 5 else { return false }
          at += utf8[at] < 0x80 ? 1 : 3
        }
        return true
      }
    }

    /// - Parameter isPlain: what `isPlain` says of the other text.
    func isSame(_ other: String, _ isPlain: Bool) -> Bool {
      self.isPlain && isPlain ? text.utf8.elementsEqual(other.utf8) : text == other
    }

    /// Whether a text surely does not begin so; false asks for a closer look.
    func isNoBeginning(of other: String, _ isPlain: Bool) -> Bool {
      self.isPlain && isPlain && !other.utf8.starts(with: text.utf8)
    }
  }

  /// A category of the policy, with what it may stand beside.
  private struct Category: Sendable {
    private let name: String
    private let label: Label
    private let length: Int
    private let bracketed: [String]
    private static let opening = Set("【[(（".unicodeScalars)

    init(_ name: String) {
      self.name = name
      label = Label(name)
      length = name.count
      bracketed = [("【", "】"), ("[", "]"), ("(", ")"), ("（", "）")].map { $0 + name + $1 }
    }

    private static let separators: Set<Character> = [
      "/", ">", "-", ":", "、", "|", "\\", "→", "»", "›", "—", "–", "·", "(", "[", "【", "_", ",", "，", ";", "；",
    ]

    /// The category itself, one of its sub-categories (`账号与认证 -> 账号注销`), or either in brackets.
    func holds(_ category: String) -> Bool {
      let isPlain = Label.isPlain(category)
      if label.isSame(category, isPlain) { return true }
      if let first = category.unicodeScalars.first, Self.opening.contains(first) {
        return bracketed.contains(where: category.hasPrefix) || begins(category)
      }
      return !label.isNoBeginning(of: category, isPlain) && begins(category)
    }

    private func begins(_ category: String) -> Bool {
      guard category.hasPrefix(name) else { return false }
      return category.dropFirst(length).first.map(Self.separators.contains) ?? false
    }
  }
}
