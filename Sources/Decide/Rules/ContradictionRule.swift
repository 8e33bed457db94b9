import ClosureModel

/// Columns of the same meaning that hold different things: nobody can tell which counts.
struct ContradictionRule: Sendable {
  private let scope: ScopeRule
  private let kinds: KindRule

  init(_ scope: ScopeRule, _ kinds: KindRule) {
    self.scope = scope
    self.kinds = kinds
  }

  func judge(_ ticket: Ticket, _ folded: FoldedFields) -> [Finding] {
    ticket.contradictions.enumerated().filter { !agree($1, ScopeRule.texts($1, folded, $0)) }.map { _, one in
      Finding(
        .recordContradictingCells, .record, .doubtful,
        evidence: one.cells.map { cell in
          Evidence(
            .column(one.field), quote: String(cell.text.unicodeScalars.prefix(Self.longestQuote)),
            isIdentifier: one.field == .identityNumber, heading: cell.column)
        })
    }
  }

  private static let longestQuote = 200

  /// Whether cells that are spelled differently mean the same: 企业 and 企业实名, 待处理 and 处理中. Two words that nobody
  /// knows are not the same.
  private func agree(_ one: Ticket.Contradiction, _ folded: [String]) -> Bool {
    if isOne(folded) { return true }
    return switch one.field {
    case .category: zip(one.cells, folded).allSatisfy { scope.isOwn($0.text) || scope.isOwn($1) }
    case .status: isOne(folded.map(scope.state))
    case .kind: kinds.kind(folded[0]) != nil && isOne(folded.map(kinds.kind))
    case .phone, .securityPhone: isOne(one.cells.map { Self.digits($0.text) })
    case .ticket, .subject, .body, .submittedAt, .updatedAt, .account, .company, .email, .attachments, .balance,
      .arrears, .serviceProvider, .icpFiling, .resources, .securityEmail, .identityNumber, .ignore:
      false
    }
  }

  private func isOne<Value: Equatable>(_ values: [Value]) -> Bool { values.allSatisfy { $0 == values[0] } }

  /// `+86 138-0013-8000` is 13800138000; a number in words, or of another country, is itself.
  private static func digits(_ phone: String) -> String {
    let digits = phone.filter { $0.isASCII && $0.isNumber }
    guard digits.count >= 7, phone.allSatisfy({ $0.isASCII && $0.isNumber || " +-()（）".contains($0) }) else {
      return phone
    }
    for prefix in ["0086", "86"] where digits.hasPrefix(prefix) && digits.count == prefix.count + 11 {
      return String(digits.dropFirst(prefix.count))
    }
    if phone.contains("+") { return phone }
    return digits
  }
}
