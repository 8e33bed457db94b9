import ClosureModel

/// A span of a text that is an address or is meant to be one.
struct EmailHit {
  var range: Range<Int>
  /// Normalised where it has the form of an address, else as given.
  var value: String
  var status: ContactReading.Status
  var suggestion: String?
  var fault: EmailFault?
}

/// Judges one address by its form and by what is known of domains.
struct EmailJudge: Sendable {
  let domains: MailDomains?

  struct Verdict {
    var value: String
    var status: ContactReading.Status
    var suggestion: String? = nil
    var fault: EmailFault? = nil
  }

  /// - Parameter given: scalars of the address with their case.
  func judge(_ given: [UInt32]) -> Verdict {
    let address: EmailAddress
    do {
      address = try EmailAddress(given)
    } catch {
      let raw = Scalars.string(given)
      if let mended = mended(given, error) {
        return Verdict(value: raw, status: .suspect, suggestion: mended, fault: error)
      }
      return Verdict(value: raw, status: .invalid, fault: error)
    }
    guard let domains else { return Verdict(value: address.text, status: .valid) }
    // Most are written in lower case.
    let local =
      address.local.utf8.contains { $0 >= 0x80 || $0 &- 0x41 < 26 } ? address.local.lowercased() : address.local
    if domains.isNoReply(local) { return Verdict(value: address.text, status: .invalid, fault: .noReply) }
    if domains.isPlaceholder(local: local, domain: address.domain) {
      return Verdict(value: address.text, status: .invalid, fault: .placeholder)
    }
    let right = domains.suggestion(for: address.domain)
    if Self.hasFullStop(given) {
      return Verdict(
        value: Scalars.string(given), status: .suspect, suggestion: "\(address.local)@\(right ?? address.domain)",
        fault: .fullStop)
    }
    if let right {
      return Verdict(
        value: address.text, status: .suspect, suggestion: "\(address.local)@\(right)", fault: .slip(right))
    }
    return doubt(address, local, domains) ?? Verdict(value: address.text, status: .valid)
  }

  /// What has the form of an address and is hardly anybody's: an end that no domain has, letters that only look like
  /// Latin ones, the `www.` of a web address.
  private func doubt(_ address: EmailAddress, _ local: String, _ domains: MailDomains) -> Verdict? {
    func suspect(_ fault: EmailFault, _ mended: String?) -> Verdict {
      Verdict(value: address.text, status: .suspect, suggestion: mended, fault: fault)
    }
    let name = domains.latin(local)
    if let domain = domains.latin(address.domain) ?? name.map({ _ in address.domain }) {
      return suspect(.mixedScript, "\(name ?? address.local)@\(domains.suggestion(for: domain) ?? domain)")
    }
    if local.hasPrefix("www."), local.utf8.count > 5 {
      return suspect(.webPrefix, "\(address.local.dropFirst(4))@\(address.domain)")
    }
    return domains.hasTop(address.domain) ? nil : suspect(.unknownTop, nil)
  }

  /// a@example。com: IDNA reads it as a dot, but a sentence may end there as well.
  private static func hasFullStop(_ given: [UInt32]) -> Bool { given.contains { $0 == 0x3002 || $0 == 0xFF61 } }

  /// A likelier spelling of what is no address, if there is one that is.
  private func mended(_ given: [UInt32], _ fault: EmailFault) -> String? {
    var s = given.map(EmailAddress.narrow)
    switch fault {
    case .blank: s = s.filter { $0 != 10 && $0 != 13 && !Scalars.isBlank($0) }
    case .severalAts:
      guard let first = s.firstIndex(of: 0x40), let last = s.lastIndex(of: 0x40),
        s[first...last].allSatisfy({ $0 == 0x40 })
      else { return nil }
      s.removeSubrange(first..<last)
    case .doubleDot: s = single(0x2E, s)
    case .domainComma:
      guard let at = s.firstIndex(of: 0x40) else { return nil }
      for i in at..<s.count where s[i] == 0x2C || s[i] == 0x3001 { s[i] = 0x2E }
    case .noDot:
      guard let at = s.firstIndex(of: 0x40),
        let right = domains?.provider(withoutDot: Scalars.string(s[(at + 1)...]).lowercased())
      else { return nil }
      return Scalars.string(s[...at]) + right
    case .topLevel:
      guard let at = s.firstIndex(of: 0x40),
        let right = domains?.suggestion(for: Scalars.string(s[(at + 1)...]).lowercased())
      else { return nil }
      return Scalars.string(s[...at]) + right
    default: return nil
    }
    guard let address = try? EmailAddress(s) else {
      if case .blank = fault, !s.contains(where: Scalars.isBlank) { return mended(s, .noDot) }
      return nil
    }
    return "\(address.local)@\(domains?.suggestion(for: address.domain) ?? address.domain)"
  }

  /// Dots after the @ that follow one another or the @ itself become one, or none.
  private func single(_ dot: UInt32, _ s: [UInt32]) -> [UInt32] {
    guard let at = s.firstIndex(of: 0x40) else { return s }
    var out = Array(s[...at])
    for scalar in s[(at + 1)...] where scalar != dot || (out.last != dot && out.last != 0x40) { out.append(scalar) }
    while out.last == dot { out.removeLast() }
    return out
  }
}
