import ClosureModel

/// Which lines of a text hold the applicant's contacts: heads of mails, forms that an agent asked to fill.
extension Contacts {
  /// - Parameter spoken: stretches that are not the applicant's words, in order, as the conversation shows them.
  /// - Returns: stretches whose contacts are not the applicant's, in order, not overlapping.
  func foreign(_ spoken: [Range<Int>], _ text: NormalText) -> [Range<Int>] {
    let s = text.scalars
    var found = spoken
    if text.traces.mayHold(10), text.traces.mayHold(0x3A), s.indices.contains(where: { isMyTurn(s, $0) }) {
      let titled = titledTurns(Surroundings(s: s, words: words)).filter { line in !found.contains { $0.overlaps(line) }
      }
      if !titled.isEmpty { found = (found + titled).sorted { $0.lowerBound < $1.lowerBound } }
    }
    if !found.isEmpty {
      let around = Surroundings(s: s, words: words)
      if let mail = ownMail(around, found) { found = mail.others + found.filter { $0.lowerBound >= mail.end } }
      found = unresumed(found, around)
      found.removeAll { isAsked($0, around) }
      found = found.flatMap { line in
        guard let span = around.confirmed(line) ?? around.confirmedAll(line) else { return [line] }
        return [line.lowerBound..<span.lowerBound, span.upperBound..<line.upperBound].filter { !$0.isEmpty }
      }
    }
    // The head of a mail holds an address.
    guard text.traces.mayHold(0x40), let history = history(s) else { return found }
    return found.filter { $0.upperBound <= history.lowerBound } + [history]
      + found.filter { $0.lowerBound >= history.upperBound }
  }

  /// 客服让我留手机号：138…: the head is no speaker's.
  private func isAsked(_ line: Range<Int>, _ around: Surroundings) -> Bool {
    let head = line.prefix(24)
    guard let colon = head.first(where: { around.s[$0] == 0x3A }) else { return false }
    return !around.hits(line.lowerBound..<colon, .asked).isEmpty
  }

  // MARK: Numbers of a list

  /// The text with the numbers of a list (①, ⑴, ⒈, Ⅱ) as marks: they are no digits or letters of a contact behind them.
  /// Tabs part cells as bars do.
  static func unnumbered(_ text: NormalText, _ given: [UInt32]) -> NormalText {
    let mayBeMarks = given.withUnsafeBufferPointer { given in
      // No way out of the loop and no branch in it, so that the compiler takes several scalars at once.
      var found: UInt32 = 0
      for scalar in given {
        let scalar = Int32(bitPattern: scalar)
        found |= (scalar > 0x215F ? 1 : 0) & (scalar < 0x2794 ? 1 : 0) | (scalar == 9 ? 1 : 0)
      }
      return found != 0
    }
    guard mayBeMarks, given.contains(where: { isListNumber($0) || $0 == 9 }) else { return text }
    var plain = text
    for i in plain.scalars.indices {
      let source = given[plain.map[i]]
      if isListNumber(source) {
        plain.scalars[i] = 0x3001
      } else if source == 9, plain.scalars[i] == 0x20 {
        plain.scalars[i] = 0x7C
      }
    }
    plain.traces.insert(0x3001)
    plain.traces.insert(0x7C)
    return plain
  }

  private static func isListNumber(_ s: UInt32) -> Bool {
    guard s &- 0x2160 <= 0x2793 - 0x2160 else { return false }
    return (0x2460...0x249B).contains(s) || (0x2160...0x217F).contains(s) || (0x2776...0x2793).contains(s)
  }
}
