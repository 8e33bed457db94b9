import ClosureModel

/// Addresses that hide their @: `a(at)example.com`, `a AT example DOT com`, `a#qq.com`, `a艾特example.com`. Suspect, never
/// valid: who means what is for the applicant to say.
extension EmailFinder {
  /// - Parameter mark: where the word or sign stands that may mean an @.
  func spelled(_ mark: Int, _ lower: Int) -> EmailHit? {
    var isWeak = false
    var length: Int
    if s[mark] == 0x20 {
      // " at "
      guard mark + 4 < s.count, s[mark + 1] == 0x61, s[mark + 2] == 0x74, s[mark + 3] == 0x20 else { return nil }
      length = 4
      isWeak = true
    } else if s[mark] == 0x3D {
      length = 3
    } else if let match = domains.spelled.match(s, mark, below: s.count, .at) {
      length = match.length
    } else {
      length = 1
      isWeak = true
    }
    var end = mark
    if s[mark] != 0x20, end > lower, s[end - 1] == 0x20 { end -= 1 }
    let start = localStart(end, lower)
    guard start < end, !s[start..<end].contains(where: EmailAddress.isMask) else { return nil }
    var from = mark + length
    if from < s.count, s[from] == 0x20 { from += 1 }
    guard let (stop, domain, hasWord) = spelledDomain(from) else { return nil }
    guard !isWeak || hasWord || domains.isKnown(domain) || s[mark] == 0x23 || around.label(start).label == .mail else {
      return nil
    }
    if s[mark] == 0x3D, !hasSoftBreak, around.label(start).label != .mail { return nil }
    let range = start..<stop
    let verdict = judge.judge(original(start..<end) + [0x40] + Scalars.of(domain))
    guard verdict.status != .invalid else { return nil }
    if s[mark] == 0x3D, hasSoftBreak { return hit(range, verdict) }
    return EmailHit(
      range: range, value: Scalars.string(original(range)), status: .suspect,
      suggestion: verdict.suggestion ?? verdict.value, fault: .obfuscated)
  }

  /// `=40`, the @ of a quoted-printable mail.
  static func isQuoted(_ s: [UInt32], _ i: Int) -> Bool {
    i > 0 && i + 3 < s.count && s[i + 1] == 0x34 && s[i + 2] == 0x30 && Scalars.isWord(s[i - 1])
      && Scalars.isWord(s[i + 3])
  }

  /// Labels parted by dots, words for dots or blanks with such words; the last one a common top-level domain.
  private func spelledDomain(_ from: Int) -> (end: Int, domain: String, hasWord: Bool)? {
    var labels: [String] = []
    var hasWord = false
    var i = from
    var end = from
    while labels.count < 6 {
      let start = i
      while i < s.count, i - start < 63, Scalars.isWord(s[i]) || s[i] == 0x2D { i += 1 }
      guard i > start else { break }
      labels.append(Scalars.string(s[start..<i]))
      end = i
      if i < s.count, s[i] == 0x2E {
        i += 1
      } else if let dot = domains.spelled.match(s, i, below: s.count, .dot) {
        i += dot.length
        hasWord = true
      } else if i + 5 < s.count, s[i] == 0x20, s[i + 1] == 0x64, s[i + 2] == 0x6F, s[i + 3] == 0x74, s[i + 4] == 0x20 {
        i += 5
        hasWord = true
      } else if i + 1 < s.count, s[i] == 0x20,
        let dot = domains.spelled.match(s, i + 1, below: s.count, .dot)
      {
        i += 1 + dot.length
        hasWord = true
        if i < s.count, s[i] == 0x20 { i += 1 }
      } else {
        break
      }
    }
    guard labels.count > 1, let top = labels.last, domains.isCommonTop(top) else { return nil }
    return (end, labels.joined(separator: "."), hasWord)
  }
}
