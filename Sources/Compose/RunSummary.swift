public import ClosureModel

/// Counts of a run; every row ends in one of them.
public struct RunSummary: Sendable {
  /// Rows that the source handed over.
  public private(set) var rows = 0
  public private(set) var outcomes: [Outcome: Int] = [:]
  /// How often a reason stood in the way of an accept.
  public private(set) var codes: [FindingCode: Int] = [:]
  /// The first `keptErrors`.
  public private(set) var rowErrors: [RowError] = []
  public private(set) var rowErrorCount = 0
  public static let keptErrors = 1000

  public init() {}

  public mutating func count(_ file: CaseFile) {
    rows += 1
    outcomes[file.decision.outcome, default: 0] += 1
    let findings = file.decision.findings
    // In their places: a copy of a finding has to be held for a while.
    for at in findings.indices {
      switch findings[at].verdict {
      case .satisfied, .notApplicable: continue
      case .missing, .unusable, .contradicted, .doubtful: codes[findings[at].code, default: 0] += 1
      }
    }
  }

  /// A ticket whose earlier decision stands.
  public mutating func count(_ outcome: Outcome, codes reasons: [FindingCode]) {
    rows += 1
    outcomes[outcome, default: 0] += 1
    for code in reasons { codes[code, default: 0] += 1 }
  }

  public mutating func count(_ error: RowError) {
    rows += 1
    rowErrorCount += 1
    if rowErrors.count < Self.keptErrors { rowErrors.append(error) }
  }

  /// Every row has one outcome or one error.
  public var reconciled: Bool { rows == outcomes.values.reduce(0, +) + rowErrorCount }
}
