import ClosureModel

/// Parts of one conversation, oldest first, to one reading.
enum Conversation {
  /// Parts are looked at in their places: a whole reading is costly to copy.
  static func merge(_ parts: [TextReading]) -> TextReading {
    TextReading(
      consent: consent(parts),
      balanceWaiver: strongest(parts.indices) { parts[$0].balanceWaiver.label }
        .map { parts[$0].balanceWaiver } ?? undeclared,
      resourceWaiver: strongest(parts.indices) { parts[$0].resourceWaiver.label }
        .map { parts[$0].resourceWaiver } ?? undeclared,
      withdrawal: strongest(parts.indices) { parts[$0].withdrawal.label }.map { parts[$0].withdrawal } ?? undeclared,
      closingRequest: closing(parts),
      emails: contacts(parts.indices) { parts[$0].emails }, phones: contacts(parts.indices) { parts[$0].phones },
      contactDenials: all(parts.indices) { parts[$0].contactDenials },
      identityNumbers: all(parts.indices) { parts[$0].identityNumbers },
      accounts: all(parts.indices) { parts[$0].accounts },
      stated: parts.reduce(into: [:]) { $0.merge($1.stated, uniquingKeysWith: +) })
  }

  /// What the parts found, one part behind the other; most find nothing.
  @inline(__always)
  private static func all<Found>(_ parts: Range<Int>, _ found: (Int) -> [Found]) -> [Found] {
    var all: [Found] = []
    for part in parts {
      let found = found(part)
      if all.isEmpty { all = found } else { all += found }
    }
    return all
  }

  /// A value that a later part says is dead or wrong is no contact in an earlier one either.
  private static func contacts(_ parts: Range<Int>, _ found: (Int) -> [ContactReading]) -> [ContactReading] {
    let all = all(parts, found)
    guard parts.count > 1, all.contains(where: \.isDisowned) else { return all }
    return parts.flatMap { part in
      let disowned = Set(parts.filter { $0 > part }.flatMap { found($0).filter(\.isDisowned).map(\.value) })
      return found(part).map {
        $0.owner == .applicant && disowned.contains($0.value) ? $0.owned(by: .unknown, isDisowned: true) : $0
      }
    }
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
  @inline(__always)
  private static func strongest(_ parts: Range<Int>, _ label: (Int) -> StatementReading.Label) -> Int? {
    parts.last { label($0) == .unclear } ?? parts.last { label($0) == .affirmed } ?? parts.first
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
