import ClosureModel

/// Parts of one conversation, oldest first, to one reading.
enum Conversation {
  static func merge(_ parts: [TextReading]) -> TextReading {
    TextReading(
      consent: consent(parts.map(\.consent)), balanceWaiver: strongest(parts.map(\.balanceWaiver)),
      resourceWaiver: strongest(parts.map(\.resourceWaiver)), withdrawal: strongest(parts.map(\.withdrawal)),
      closingRequest: closing(parts.map(\.closingRequest)), emails: parts.flatMap(\.emails),
      phones: parts.flatMap(\.phones), identityNumbers: parts.flatMap(\.identityNumbers),
      accounts: parts.flatMap(\.accounts))
  }

  /// Silence says nothing. A clear statement stands only when no other part speaks against it or in doubt after it.
  private static func consent(_ parts: [StatementReading]) -> StatementReading {
    let spoken = parts.filter { $0.code != FindingCode.consentMissing.rawValue }
    guard let last = spoken.last else {
      return parts.first
        ?? StatementReading(label: .denied, code: FindingCode.consentMissing.rawValue, evidence: [], reason: "没有文字。")
    }
    let evidence = spoken.flatMap(\.evidence)
    if last.label == .affirmed, spoken.allSatisfy({ $0.label == .affirmed || $0.code == "consent.half" }) {
      return StatementReading(label: .affirmed, code: last.code, speaker: last.speaker, evidence: last.evidence, reason: last.reason)
    }
    if spoken.contains(where: { $0.label == .affirmed }) {
      return StatementReading(
        label: .unclear, code: FindingCode.consentUnclear.rawValue, speaker: last.speaker, evidence: evidence,
        against: spoken.flatMap(\.against), reason: "前后文字不一致，请人工判断。")
    }
    return StatementReading(label: last.label, code: last.code, speaker: last.speaker, evidence: evidence,
      against: spoken.flatMap(\.against), reason: last.reason)
  }

  private static func strongest(_ parts: [StatementReading]) -> StatementReading {
    parts.last { $0.label == .unclear } ?? parts.last { $0.label == .affirmed } ?? parts.first
      ?? StatementReading(label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。")
  }

  private static func closing(_ parts: [StatementReading]) -> StatementReading {
    let spoken = parts.filter { $0.code != "no_sign" }
    guard let last = spoken.last else {
      return parts.first ?? StatementReading(label: .unclear, code: "no_sign", evidence: [], reason: "没有文字。")
    }
    if Set(spoken.map(\.label)).count > 1 {
      return StatementReading(
        label: .unclear, code: "mixed", evidence: spoken.flatMap(\.evidence), reason: "前后诉求不一致，请人工判断。")
    }
    return last
  }
}
