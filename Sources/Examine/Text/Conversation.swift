import ClosureModel

/// Parts of one conversation, oldest first, to one reading.
enum Conversation {
  static func merge(_ parts: [TextReading]) -> TextReading {
    TextReading(
      consent: consent(parts), balanceWaiver: strongest(parts) { $0.balanceWaiver },
      resourceWaiver: strongest(parts) { $0.resourceWaiver }, withdrawal: strongest(parts) { $0.withdrawal },
      closingRequest: closing(parts), emails: parts.flatMap(\.emails),
      phones: parts.flatMap(\.phones), identityNumbers: parts.flatMap(\.identityNumbers),
      accounts: parts.flatMap(\.accounts))
  }

  /// Silence says nothing. A clear statement stands only when no other part speaks against it or in doubt after it.
  private static func consent(_ parts: [TextReading]) -> StatementReading {
    let silent = FindingCode.consentMissing.rawValue
    let spoken = parts.lazy.map(\.consent).filter { $0.code != silent }
    guard let last = spoken.last else {
      return parts.first?.consent
        ?? StatementReading(label: .denied, code: FindingCode.consentMissing.rawValue, evidence: [], reason: "没有文字。")
    }
    if last.label == .affirmed, spoken.allSatisfy({ $0.label == .affirmed || $0.code == "consent.half" }) {
      return StatementReading(
        label: .affirmed, code: last.code, speaker: last.speaker, evidence: last.evidence, reason: last.reason)
    }
    let evidence = Array(spoken.flatMap(\.evidence))
    let against = Array(spoken.flatMap(\.against))
    if spoken.contains(where: { $0.label == .affirmed }) {
      return StatementReading(
        label: .unclear, code: FindingCode.consentUnclear.rawValue, speaker: last.speaker, evidence: evidence,
        against: against, reason: "前后文字不一致，请人工判断。")
    }
    return StatementReading(
      label: last.label, code: last.code, speaker: last.speaker, evidence: evidence, against: against,
      reason: last.reason)
  }

  private static func strongest(
    _ parts: [TextReading], _ statement: (TextReading) -> StatementReading
  ) -> StatementReading {
    let found =
      parts.last { statement($0).label == .unclear } ?? parts.last { statement($0).label == .affirmed } ?? parts.first
    return found.map(statement)
      ?? StatementReading(label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。")
  }

  private static func closing(_ parts: [TextReading]) -> StatementReading {
    let spoken = parts.lazy.map(\.closingRequest).filter { $0.code != "no_sign" }
    guard let last = spoken.last else {
      return parts.first?.closingRequest
        ?? StatementReading(label: .unclear, code: "no_sign", evidence: [], reason: "没有文字。")
    }
    if spoken.contains(where: { $0.label != last.label }) {
      return StatementReading(
        label: .unclear, code: "mixed", evidence: Array(spoken.flatMap(\.evidence)), reason: "前后诉求不一致，请人工判断。")
    }
    return last
  }
}
