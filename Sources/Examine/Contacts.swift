import ClosureModel

/// Finds addresses and numbers in a cell or a text.
struct Contacts: Sendable {
  let provider: Policy.ProviderContacts
  let slips: [String: String]

  func emails(_ text: NormalText, _ evidence: (Range<Int>) -> Evidence) -> [ContactReading] {
    var found: [ContactReading] = []
    let s = text.scalars
    for at in s.indices where s[at] == 0x40 {
      var start = at
      while start > 0, at - start < 64, isLocal(s[start - 1]) { start -= 1 }
      var end = at + 1
      while end < s.count, end - at < 254, isDomain(s[end]) { end += 1 }
      while end > at + 1, !Scalars.isWord(s[end - 1]) { end -= 1 }
      guard start < at, end > at + 1 else { continue }
      found.append(email(text.string(start..<end), evidence(start..<end)))
    }
    return found
  }

  private func email(_ value: String, _ evidence: Evidence) -> ContactReading {
    let check = ContactCheck.email(value)
    let domain = value.split(separator: "@").last.map(String.init) ?? ""
    let own = provider.domains.contains { domain == $0 || domain.hasSuffix("." + $0) }
    let slip = slips[domain].map { value.dropLast(domain.count) + $0 }
    return ContactReading(
      value: check.normalised ?? value, status: !check.valid ? .invalid : slip != nil ? .suspect : .valid,
      suggestion: slip.map { String($0) }, evidence: evidence, owner: own ? .agent : .applicant)
  }

  private static let blanks: Set<String> = [
    "", "无", "没有", "暂无", "空", "-", "--", "/", "none", "null", "n/a", "na", "nil",
  ]

  /// A cell that says something, but no address or number, is an invalid one; 无 and the like say nothing.
  static func orInvalid(_ found: [ContactReading], _ cell: String, _ column: TicketField) -> [ContactReading] {
    guard found.isEmpty, !blanks.contains(Folding.fold(cell)) else { return found }
    return [
      ContactReading(
        value: cell, status: .invalid, evidence: Evidence(.column(column), span: nil, quote: cell), owner: .applicant)
    ]
  }

  /// What stands on an agent's or the system's line is not the applicant's.
  static func owned(_ found: [ContactReading], _ foreign: [Range<Int>]) -> [ContactReading] {
    if foreign.isEmpty { return found }
    return found.map { reading in
      guard let at = reading.evidence.span?.lowerBound, foreign.contains(where: { $0.contains(at) }) else {
        return reading
      }
      return ContactReading(
        value: reading.value, ext: reading.ext, status: reading.status, suggestion: reading.suggestion,
        evidence: reading.evidence, owner: .agent)
    }
  }

  private func isLocal(_ s: UInt32) -> Bool {
    Scalars.isWord(s) || [0x2E, 0x5F, 0x2D, 0x2B, 0x2A, 0x25].contains(s) || (0xC0...0x24F).contains(s)
  }
  private func isDomain(_ s: UInt32) -> Bool { Scalars.isWord(s) || s == 0x2E || s == 0x2D || s == 0x2A }

  /// Runs of digits with blanks, dashes and brackets inside that are not part of a longer identifier.
  func phones(_ text: NormalText, isCell: Bool, _ evidence: (Range<Int>) -> Evidence) -> [ContactReading] {
    var found: [ContactReading] = []
    let s = text.scalars
    var i = 0
    while i < s.count {
      guard Scalars.isDigit(s[i]) || s[i] == 0x2B || (s[i] == 0x28 && i + 1 < s.count && Scalars.isDigit(s[i + 1]))
      else {
        i += 1
        continue
      }
      let start = i
      var last = i
      while i < s.count, i - start < 40, isInside(s[i]) {
        if Scalars.isDigit(s[i]) || s[i] == 0x2A { last = i }
        i += 1
      }
      i = max(i, start + 1)
      var end = last + 1
      if end < s.count, let after = extensionEnd(s, end) {
        end = after
        i = max(i, end)
      }
      if start > 0, isGlue(s[start - 1]) { continue }
      if end < s.count, isGlue(s[end]), s[end] != 0x2F {
        while i < s.count, Scalars.isWord(s[i]) { i += 1 }
        continue
      }
      let value = text.string(start..<end)
      let check = ContactCheck.phone(value)
      let looksMeant = isCell || (value.contains("*") && value.hasPrefix("1"))
      guard check.valid || looksMeant else { continue }
      let parts = (check.normalised ?? value).split(separator: ";")
      let number = String(parts.first ?? "")
      found.append(
        ContactReading(
          value: number, ext: parts.count > 1 ? String(parts[1].dropFirst(4)) : nil,
          status: check.valid ? .valid : .invalid,
          evidence: evidence(start..<end), owner: isProvider(number) ? .agent : .applicant))
    }
    return found
  }

  private func isInside(_ s: UInt32) -> Bool {
    Scalars.isDigit(s) || s == 0x20 || s == 0x2D || s == 0x28 || s == 0x29 || s == 0x2B || s == 0x2A
  }
  private func isGlue(_ s: UInt32) -> Bool {
    Scalars.isWord(s) || s == 0x5F || s == 0x40 || s == 0x2E
  }
  private func extensionEnd(_ s: [UInt32], _ at: Int) -> Int? {
    var i = at
    if s[i] == 0x8F6C || s[i] == 0x23 { i += 1 } else { return nil }
    let from = i
    while i < s.count, i - from < 6, Scalars.isDigit(s[i]) { i += 1 }
    return i > from ? i : nil
  }
  private func isProvider(_ number: String) -> Bool {
    let digits = number.filter(\.isNumber)
    return provider.phones.contains { phone in
      let own = phone.filter(\.isNumber)
      return own.count >= 5 && digits.hasSuffix(own)
    }
  }
}
