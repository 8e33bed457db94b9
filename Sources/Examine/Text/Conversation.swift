import ClosureModel

/// Parts of one conversation, oldest first, to one reading.
enum Conversation {
  /// Parts are looked at in their places: a whole reading is costly to copy.
  static func merge(_ parts: [TextReading]) -> TextReading {
    TextReading(
      consent: consent(parts),
      balanceWaiver: strongest(parts, \.balanceWaiver.label).map { parts[$0].balanceWaiver } ?? undeclared,
      resourceWaiver: strongest(parts, \.resourceWaiver.label).map { parts[$0].resourceWaiver } ?? undeclared,
      withdrawal: strongest(parts, \.withdrawal.label).map { parts[$0].withdrawal } ?? undeclared,
      closingRequest: closing(parts), emails: parts.flatMap(\.emails), phones: parts.flatMap(\.phones),
      identityNumbers: parts.flatMap(\.identityNumbers), accounts: parts.flatMap(\.accounts))
  }

  private static let undeclared = StatementReading(
    label: .denied, code: "not_declared", evidence: [], reason: "没有这样的声明。")

  /// Silence says nothing. A clear statement stands only when no other part speaks against it or in doubt after it.
  private static func consent(_ parts: [TextReading]) -> StatementReading {
    let silent = FindingCode.consentMissing.rawValue
    let spoken = parts.indices.filter { parts[$0].consent.code != silent }
    guard let last = spoken.last.map({ parts[$0].consent }) else {
      return parts.first?.consent ?? StatementReading(label: .denied, code: silent, evidence: [], reason: "没有文字。")
    }
    if last.label == .affirmed,
      spoken.allSatisfy({ parts[$0].consent.label == .affirmed || parts[$0].consent.code == "consent.half" })
    {
      return StatementReading(
        label: .affirmed, code: last.code, speaker: last.speaker, evidence: last.evidence, reason: last.reason)
    }
    let evidence = spoken.flatMap { parts[$0].consent.evidence }
    let against = spoken.flatMap { parts[$0].consent.against }
    if spoken.contains(where: { parts[$0].consent.label == .affirmed }) {
      return StatementReading(
        label: .unclear, code: FindingCode.consentUnclear.rawValue, speaker: last.speaker, evidence: evidence,
        against: against, reason: "前后文字不一致，请人工判断。")
    }
    return StatementReading(
      label: last.label, code: last.code, speaker: last.speaker, evidence: evidence, against: against,
      reason: last.reason)
  }

  /// The part whose word counts: the last in doubt, else the last that declares it, else the first.
  private static func strongest(_ parts: [TextReading], _ label: (TextReading) -> StatementReading.Label) -> Int? {
    parts.lastIndex { label($0) == .unclear } ?? parts.lastIndex { label($0) == .affirmed } ?? parts.indices.first
  }

  private static func closing(_ parts: [TextReading]) -> StatementReading {
    let spoken = parts.indices.filter { parts[$0].closingRequest.code != "no_sign" }
    guard let last = spoken.last.map({ parts[$0].closingRequest }) else {
      return parts.first?.closingRequest
        ?? StatementReading(label: .unclear, code: "no_sign", evidence: [], reason: "没有文字。")
    }
    if spoken.contains(where: { parts[$0].closingRequest.label != last.label }) {
      return StatementReading(
        label: .unclear, code: "mixed", evidence: spoken.flatMap { parts[$0].closingRequest.evidence },
        reason: "前后诉求不一致，请人工判断。")
    }
    return last
  }
}
