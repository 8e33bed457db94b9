import ClosureModel

/// Is this an open ticket of the policy's category that asks for a closing?
struct ScopeRule: Sendable {
  private let categories: [CategoryPath]
  private let names: Set<String>
  private let statuses: StatusRule
  private let recent = RecentAnswers<Cell, Bool>()
  private let recentNone = RecentAnswers<String, Bool>()

  /// A category with its folding and its path.
  private struct Cell: Equatable, Sendable {
    let text: String
    let folded: String
    let path: [String]
  }

  init(_ policy: Policy) {
    categories = policy.categories.map(CategoryPath.init)
    names = Set(policy.categories.map(Fold.simple))
    statuses = StatusRule(policy)
  }

  /// - Returns: the finding that puts the ticket out of scope by its category or status; nothing else is looked at then.
  func outOfScope(_ ticket: Ticket, _ folded: FoldedFields) -> Finding? {
    if let finding = Self.standing(ticket) { return finding }
    // A blank cell names no other category: it goes on, and `closingRequest` sends it to a person.
    if !isOwn(ticket.fullCategory, folded), !namesNone(ticket.category),
      !disputed(ticket, folded, .category).contains(where: isOwn)
    {
      return Finding(
        .scopeCategory, .scope, .contradicted, evidence: [Evidence(.column(.category), quote: ticket.fullCategory)])
    }
    if state(ticket, folded) == .closed, disputed(ticket, folded, .status).allSatisfy({ state($0) == .closed }) {
      return Finding(.scopeClosed, .scope, .contradicted, evidence: [Evidence(.column(.status), quote: ticket.status)])
    }
    return nil
  }

  /// A state that speaks of an end and is none that the policy knows.
  func unclearStatus(_ ticket: Ticket, _ folded: FoldedFields) -> Finding? {
    guard state(ticket, folded) == .unclear else { return nil }
    return Finding(
      .scopeStatusUnclear, .scope, .doubtful, evidence: [Evidence(.column(.status), quote: ticket.status)])
  }

  /// Whether a cell names the policy's category.
  func isOwn(_ category: String) -> Bool {
    let path = CategoryPath.segments(category)
    return categories.contains { $0.holds(path) }
  }

  /// - Parameter status: folded.
  func state(_ status: String) -> StatusRule.State { statuses.state(status) }

  private func isOwn(_ category: String, _ folded: FoldedFields) -> Bool {
    recent.answer(Cell(text: category, folded: folded.category, path: folded.categoryPath), of: category) {
      holdsOwn(category, folded)
    }
  }

  private func holdsOwn(_ category: String, _ folded: FoldedFields) -> Bool {
    if names.contains(folded.category) { return true }
    // Folded in full where the examiner did so: it knows traditional characters.
    let segments = folded.categoryPath.isEmpty ? [folded.category] : folded.categoryPath
    let path = segments.map(CategoryPath.canonical)
    if isOwn(category) { return true }
    return categories.contains { $0.holds(path) }
  }

  private func state(_ ticket: Ticket, _ folded: FoldedFields) -> StatusRule.State {
    statuses.state(Self.folded(folded.status, ticket.status))
  }

  /// The cells of a contradiction, folded.
  static func texts(_ one: Ticket.Contradiction, _ folded: FoldedFields, _ index: Int) -> [String] {
    index < folded.contradictions.count ? folded.contradictions[index] : one.cells.map { Fold.simple($0.text) }
  }

  private func disputed(_ ticket: Ticket, _ folded: FoldedFields, _ field: TicketField) -> [String] {
    guard let index = ticket.contradictions.firstIndex(where: { $0.field == field }) else { return [] }
    let one = ticket.contradictions[index]
    // Blanks part a category's path, and are gone in what is folded.
    return Self.texts(one, folded, index) + (field == .category ? one.cells.map(\.text) : [])
  }

  /// 未分类: as good as blank.
  private func namesNone(_ category: String) -> Bool {
    recentNone.answer(category, of: category) {
      MissingValue.stands(in: category) || Self.uncategorised.contains(Fold.simple(category))
    }
  }
  private static let uncategorised: Set<String> = [
    "未分类", "未分類", "未归类", "未歸類", "未指定", "未选择", "uncategorized", "uncategorised", "unclassified",
  ]

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
  func closingRequest(_ ticket: Ticket, _ examination: Examination) -> Finding {
    let reading = examination.text.closingRequest
    if reading.label == .denied {
      return Finding(.scopeOtherRequest, .scope, .contradicted, evidence: reading.evidenceOrNothing)
    }
    if namesNone(ticket.category) {
      return Finding(.scopeUnclear, .scope, .doubtful, evidence: [Evidence(.column(.category), quote: ticket.category)])
    }
    guard reading.label == .affirmed, !reading.evidence.isEmpty else {
      return Finding(.scopeUnclear, .scope, .doubtful, evidence: reading.evidenceOrNothing)
    }
    return Finding(.scopeClosing, .scope, .satisfied, evidence: reading.evidence)
  }

  private static func folded(_ folded: String, _ raw: String) -> String {
    folded.isEmpty ? Fold.simple(raw) : folded
  }
}
