import ClosureModel

/// Which lines of a text hold the applicant's contacts: heads of mails, forms that an agent asked to fill.
extension Contacts {
  /// - Parameter spoken: stretches that are not the applicant's words, in order, as the conversation shows them.
  /// - Returns: stretches whose contacts are not the applicant's, in order, not overlapping.
  func foreign(_ spoken: [Range<Int>], _ text: NormalText) -> [Range<Int>] {
    let s = text.scalars
    var found = spoken
    if !found.isEmpty {
      let around = Surroundings(s: s, words: words)
      if let end = ownMail(s, found) { found = found.filter { $0.lowerBound >= end } }
      found.removeAll { isAsked($0, around) }
      found = found.flatMap { line in
        guard let span = around.confirmed(line) else { return [line] }
        return [line.lowerBound..<span.lowerBound, span.upperBound..<line.upperBound].filter { !$0.isEmpty }
      }
    }
    // The head of a mail holds an address.
    guard text.traces.mayHold(0x40), let start = history(s) else { return found }
    return found.filter { $0.upperBound <= start } + [start..<s.count]
  }

  /// 客服让我留手机号：138…: the head is no speaker's.
  private func isAsked(_ line: Range<Int>, _ around: Surroundings) -> Bool {
    let head = line.prefix(24)
    guard let colon = head.first(where: { around.s[$0] == 0x3A }) else { return false }
    return !around.hits(line.lowerBound..<colon, .asked).isEmpty
  }

  // MARK: Mails

  /// 发件人：沈文 <shen@example.com>⏎收件人：service@jdcloud.com⏎主题：…: the text is the applicant's mail with its head.
  /// - Returns: where it ends: at an older mail, or with the text.
  private func ownMail(_ s: [UInt32], _ spoken: [Range<Int>]) -> Int? {
    guard let first = s.firstIndex(where: { $0 != 10 && $0 != 0x20 }), spoken[0].lowerBound <= first,
      senderHead(s, first, needsColon: true) != nil
    else { return nil }
    let end = lineEnd(s, first)
    guard s[first..<end].contains(0x40), !holdsProvider(s[first..<end]) else { return nil }
    var line = end + 1
    var isAddressed = false
    var lines = 0
    while line < s.count, lines < 6 {
      let next = lineEnd(s, line)
      if next == line { break }
      if Self.receivers.contains(where: { s[line...].starts(with: $0) }) {
        isAddressed = isAddressed || holdsProvider(s[line..<next])
      }
      line = next + 1
      lines += 1
    }
    guard isAddressed else { return nil }
    while line < s.count {
      let isOlder = s[line] == 0x3E || s[line] == 0x2D || s[line] == 0x5F || s[line] == 0x3D
      if isOlder || senderHead(s, line, needsColon: false) != nil || mentionsOlder(s, line) { return line }
      line = lineEnd(s, line) + 1
    }
    return s.count
  }

  /// “On … wrote:”, “… 写道：”
  private func mentionsOlder(_ s: [UInt32], _ line: Int) -> Bool {
    let end = lineEnd(s, line)
    return end > line && s[end - 1] == 0x3A && s[line..<end].contains(0x40)
  }

  /// `| 发件人 | 工单系统 <ticket@jdcloud.com> |`, the same with tabs: the head of the provider's mail as a table.
  private func history(_ s: [UInt32]) -> Int? {
    var line = 0
    while line < s.count {
      let end = lineEnd(s, line)
      if end - line < 120, let name = senderHead(s, line, needsColon: false),
        let at = s[name..<end].lastIndex(of: 0x40), s[name..<at].firstIndex(of: 0x40) == nil
      {
        var domain = at + 1
        while domain < end, Scalars.isWord(s[domain]) || s[domain] == 0x2E || s[domain] == 0x2D { domain += 1 }
        // A sentence that begins with 发件人 goes on behind the address.
        if holdsProvider(s[name..<end]), end - domain <= 4,
          s[domain..<end].allSatisfy({ !Scalars.isWord($0) && !Scalars.isHan($0) })
        {
          return line
        }
      }
      line = end + 1
    }
    return nil
  }

  private static let senders = ["发件人", "寄件人", "from", "sender"].map(Scalars.of)
  private static let receivers = ["收件人", "to:", "发送至", "送达"].map(Scalars.of)

  /// 是 为 的 写 给
  private static let verbs: Set<UInt32> = [0x662F, 0x4E3A, 0x7684, 0x5199, 0x7ED9]

  /// The place behind the name of the field.
  private func senderHead(_ s: [UInt32], _ line: Int, needsColon: Bool) -> Int? {
    var at = line
    while at < s.count, at - line < 3, s[at] == 0x7C || s[at] == 0x20 { at += 1 }
    guard at < s.count, s[at] == 0x53D1 || s[at] == 0x5BC4 || s[at] == 0x66 || s[at] == 0x73,
      let head = Self.senders.first(where: { s[at...].starts(with: $0) })
    else { return nil }
    at += head.count
    while at < s.count, s[at] == 0x20 { at += 1 }
    guard at < s.count else { return nil }
    if needsColon { return s[at] == 0x3A ? at : nil }
    // 发件人是…, From here on …: a sentence.
    let isSentence = Scalars.isLetter(head[0]) ? s[at] != 0x3A && s[at] != 0x7C : Self.verbs.contains(s[at])
    return isSentence ? nil : at
  }

  private func lineEnd(_ s: [UInt32], _ from: Int) -> Int {
    var end = from
    while end < s.count, s[end] != 10 { end += 1 }
    return end
  }

  private func holdsProvider(_ line: ArraySlice<UInt32>) -> Bool {
    guard let at = line.lastIndex(of: 0x40) else { return false }
    let domain = line[(at + 1)...].prefix { Scalars.isWord($0) || $0 == 0x2E || $0 == 0x2D }
    let name = Scalars.string(domain)
    return provider.domains.contains { name == $0 || name.hasSuffix("." + $0) }
  }

  // MARK: Numbers of a list

  /// The text with the numbers of a list (①, ⑴, ⒈, Ⅱ) as marks: they are no digits or letters of a contact behind them.
  static func unnumbered(_ text: NormalText, _ given: [UInt32]) -> NormalText {
    let mayBeNumbers = given.withUnsafeBufferPointer { given in
      // No way out of the loop and no branch in it, so that the compiler takes several scalars at once.
      var found: UInt32 = 0
      for scalar in given {
        let scalar = Int32(bitPattern: scalar)
        found |= (scalar > 0x215F ? 1 : 0) & (scalar < 0x2794 ? 1 : 0)
      }
      return found != 0
    }
    guard mayBeNumbers, given.contains(where: isListNumber) else { return text }
    var plain = text
    for i in plain.scalars.indices where isListNumber(given[plain.map[i]]) { plain.scalars[i] = 0x3001 }
    plain.traces.insert(0x3001)
    return plain
  }

  private static func isListNumber(_ s: UInt32) -> Bool {
    guard s &- 0x2160 <= 0x2793 - 0x2160 else { return false }
    return (0x2460...0x249B).contains(s) || (0x2160...0x217F).contains(s) || (0x2776...0x2793).contains(s)
  }
}
