import ClosureModel

/// Columns of the same meaning that hold different things: nobody can tell which counts.
struct ContradictionRule: Sendable {
  private let scope: ScopeRule
  private let kinds: KindRule

  init(_ scope: ScopeRule, _ kinds: KindRule) {
    self.scope = scope
    self.kinds = kinds
  }

  func judge(_ ticket: Ticket) -> [Finding] {
    ticket.contradictions.filter { !agree($0) }.map { one in
      Finding(
        .recordContradictingCells, .record, .doubtful,
        evidence: one.cells.map { Evidence(.column(one.field), quote: "\($0.column)：\($0.text)") })
    }
  }

  /// Whether cells that are spelled differently mean the same: 企业 and 企业实名, 待处理 and 处理中.
  private func agree(_ one: Ticket.Contradiction) -> Bool {
    let texts = one.cells.map(\.text)
    return switch one.field {
    case .category: isOne(texts.map(scope.isOwn))
    case .status: isOne(texts.map(scope.state))
    case .kind: isOne(texts.map { kinds.kind(Fold.simple($0)) })
    case .phone, .securityPhone: isOne(texts.map(Self.digits))
    case .ticket, .subject, .body, .submittedAt, .updatedAt, .account, .company, .email, .attachments, .balance,
      .arrears, .serviceProvider, .icpFiling, .resources, .securityEmail, .identityNumber, .ignore:
      isOne(texts.map(Fold.simple))
    }
  }

  private func isOne<Value: Equatable>(_ values: [Value]) -> Bool { values.allSatisfy { $0 == values[0] } }

  /// `+86 138-0013-8000` is 13800138000; a number in words is itself.
  private static func digits(_ phone: String) -> String {
    let digits = phone.filter { $0.isASCII && $0.isNumber }
    guard digits.count >= 7, phone.allSatisfy({ $0.isNumber || " +-()（）".contains($0) }) else { return phone }
    for prefix in ["0086", "86"] where digits.hasPrefix(prefix) && digits.count == prefix.count + 11 {
      return String(digits.dropFirst(prefix.count))
    }
    return digits
  }
}
