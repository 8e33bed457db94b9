import ClosureModel

/// Is this an open ticket of the policy's category that asks for a closing?
struct ScopeRule: Sendable {
  private let categories: [Category]
  private let closedStatuses: Set<String>

  init(_ policy: Policy) {
    categories = policy.categories.map { Category(Fold.simple($0)) }
    closedStatuses = Set(policy.closedStatuses.map(Fold.simple))
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
    if closedStatuses.contains(Self.folded(folded.status, ticket.status)) {
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

  /// A category of the policy, with what it may stand beside.
  private struct Category: Sendable {
    private let name: String
    private let length: Int
    private let bracketed: [String]
    private static let opening = Set("【[(（".unicodeScalars)

    init(_ name: String) {
      self.name = name
      length = name.count
      bracketed = [("【", "】"), ("[", "]"), ("(", ")"), ("（", "）")].map { $0 + name + $1 }
    }

    private static let separators: Set<Character> = [
      "/", ">", "-", ":", "、", "|", "\\", "→", "»", "›", "—", "–", "·", "(", "[", "【", "_", ",", "，", ";", "；",
    ]

    /// The category itself, one of its sub-categories (`账号与认证 -> 账号注销`), or either in brackets.
    func holds(_ category: String) -> Bool {
      if category == name { return true }
      if let first = category.unicodeScalars.first, Self.opening.contains(first) {
        return bracketed.contains(where: category.hasPrefix) || begins(category)
      }
      return begins(category)
    }

    private func begins(_ category: String) -> Bool {
      guard category.hasPrefix(name) else { return false }
      return category.dropFirst(length).first.map(Self.separators.contains) ?? false
    }
  }
}
