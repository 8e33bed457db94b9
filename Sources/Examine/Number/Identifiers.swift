import ClosureModel

/// Account names and identity numbers inside a text.
enum Identifiers {
  static func accounts(_ text: NormalText, _ evidence: (Range<Int>) -> Evidence) -> [Evidence] {
    runs(text).filter { run in
      let s = text.scalars
      guard run.count >= 4, !text.string(run).contains("@") else { return false }
      if text.string(run).hasPrefix("jd_") { return true }
      // 账号：NAME or 账户名：NAME.
      var at = run.lowerBound
      guard at > 0, s[at - 1] == 0x3A || s[at - 1] == 0xFF1A else { return false }
      at -= 1
      let label = text.string(max(0, at - 3)..<at)
      return label.hasSuffix("账号") || label.hasSuffix("账户名") || label.hasSuffix("账户") || label.hasSuffix("账号名")
    }.map(evidence)
  }

  static func numbers(_ text: NormalText, _ evidence: (Range<Int>) -> Evidence) -> [IdentityNumberReading] {
    runs(text).compactMap { run in
      let value = text.string(run)
      switch run.count {
      case 18:
        let id = IdentityCheck.residentID(value)
        if id.valid { return reading(.residentID, id, evidence(run)) }
        let uscc = IdentityCheck.uscc(value)
        return uscc.valid ? reading(.uscc, uscc, evidence(run)) : nil
      case 15:
        let licence = IdentityCheck.licence(value)
        return licence.valid ? reading(.licence, licence, evidence(run)) : nil
      default: return nil
      }
    }
  }

  private static func reading(
    _ kind: IdentityNumberReading.Kind, _ check: CheckResult, _ evidence: Evidence
  ) -> IdentityNumberReading {
    IdentityNumberReading(
      kind: kind, value: check.normalised ?? check.value, valid: check.valid, why: check.why, evidence: evidence)
  }

  private static func runs(_ text: NormalText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    let s = text.scalars
    var i = 0
    while i < s.count {
      let start = i
      while i < s.count, Scalars.isWord(s[i]) || s[i] == 0x5F || s[i] == 0x2D || s[i] == 0x40 { i += 1 }
      if i > start { found.append(start..<i) } else { i += 1 }
    }
    return found
  }
}
