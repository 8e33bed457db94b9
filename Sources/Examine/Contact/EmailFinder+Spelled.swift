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

  // MARK: Marks of the local part

  /// `zs（下划线）1990@example.com`, `zs (点) li@…`: what stands before the word belongs to the address. Suspect, with the
  /// address that is meant.
  /// - Parameter end: one past the address.
  func spelledLocal(_ start: Int, _ end: Int, _ lower: Int) -> EmailHit? {
    var from = start
    var whole: [UInt32] = original(start..<end)
    while let (mark, at) = spelledMark(before: from, lower) {
      let head = localStart(at, lower)
      guard head < at else { break }
      whole = original(head..<at) + [mark] + whole
      from = head
    }
    guard from < start else { return nil }
    let verdict = judge.judge(whole)
    return EmailHit(
      range: from..<end, value: Scalars.string(original(from..<end)), status: .suspect,
      suggestion: verdict.suggestion ?? (verdict.status == .valid ? verdict.value : nil), fault: .obfuscated)
  }

  /// A word for a mark, in brackets or bare, with Latin letters or digits right before it.
  private func spelledMark(before start: Int, _ lower: Int) -> (mark: UInt32, at: Int)? {
    var end = start
    if end > lower, s[end - 1] == 0x20 { end -= 1 }
    let isBracket = end > lower && Self.isClosing(s[end - 1])
    if isBracket { end -= 1 }
    guard isBracket || end == start,
      let (word, mark) = domains.localMarks.first(where: {
        end - lower > $0.word.count && s[..<end].suffix($0.word.count) == $0.word[...]
      })
    else { return nil }
    var at = end - word.count
    if isBracket {
      guard at > lower, Self.isOpening(s[at - 1]) else { return nil }
      at -= 1
      if at > lower, s[at - 1] == 0x20 { at -= 1 }
    } else if Scalars.isLetter(word[0]) {
      // Bare Latin words are part of the name: dash@….
      return nil
    }
    // 8点 tells when; 点 alone stands between letters only.
    guard at > lower, Scalars.isWord(s[at - 1]), isBracket || word.count > 1 || Scalars.isLetter(s[at - 1]) else {
      return nil
    }
    return (mark, at)
  }
  /// `) ] } 】 〕`
  private static func isClosing(_ s: UInt32) -> Bool {
    s == 0x29 || s == 0x5D || s == 0x7D || s == 0x3011 || s == 0x3015
  }
  private static func isOpening(_ s: UInt32) -> Bool {
    s == 0x28 || s == 0x5B || s == 0x7B || s == 0x3010 || s == 0x3014
  }
}
