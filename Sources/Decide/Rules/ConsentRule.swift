import ClosureModel

/// The consent statement (同意声明) in the ticket.
enum ConsentRule {
  static func judge(_ examination: Examination) -> Finding {
    let reading = examination.text.consent
    let code = FindingCode(rawValue: reading.code).flatMap { $0.rawValue.hasPrefix("consent.") ? $0 : nil }
    let evidence = reading.evidenceOrNothing
    switch (reading.label, code) {
    case (.affirmed, .consentSatisfied?) where !reading.evidence.isEmpty:
      return Finding(.consentSatisfied, .consentStatement, .satisfied, evidence: evidence)
    // Label and code at odds, or a statement without words: a person reads it.
    case (.affirmed, _), (_, .consentSatisfied?), (_, nil):
      return Finding(.consentUnclear, .consentStatement, .doubtful, evidence: evidence)
    case (.unclear, let code?):
      return Finding(code, .consentStatement, .doubtful, evidence: evidence)
    case (.denied, let code?):
      return Finding(code, .consentStatement, denial(code), evidence: evidence)
    }
  }

  private static func denial(_ code: FindingCode) -> Verdict {
    switch code {
    case .consentNegated, .consentWithdrawn: .contradicted
    // Codes that only an unclear text earns.
    case .consentUnclear, .consentDelayed: .doubtful
    default: .missing
    }
  }
}
