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
    let named = officeTurns(text, found)
    if !named.isEmpty { found = (found + named).sorted { $0.lowerBound < $1.lowerBound } }
    if !found.isEmpty {
      let around = Surroundings(s: s, words: words)
      if let mail = ownMail(around, found) { found = mail.others + found.filter { $0.lowerBound >= mail.end } }
      found = unresumed(found, around)
      found.removeAll { isAsked($0, around) }
      found = found.flatMap { line in
        if let answer = answer(line, around.s) { return [line.lowerBound..<answer] }
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

  /// 小李（京东云）：…, 王敏(客服)：…: the bracket says for whom the speaker speaks.
  private func officeTurns(_ text: NormalText, _ found: [Range<Int>]) -> [Range<Int>] {
    let s = text.scalars
    guard text.traces.mayHold(0x3A), text.traces.mayHold(0x28) || text.traces.mayHold(0x29) else { return [] }
    let around = Surroundings(s: s, words: words)
    var turns: [Range<Int>] = []
    for close in s.indices.dropLast() where s[close] == 0x29 && s[close + 1] == 0x3A {
      guard let open = s[max(0, close - 10)..<close].lastIndex(of: 0x28), open + 1 < close else { continue }
      var start = open
      while start > 0, open - start < 8, s[start - 1] != 10 { start -= 1 }
      guard start == 0 || s[start - 1] == 10, (1...6).contains(open - start), s[start..<open].allSatisfy(Scalars.isHan),
        around.hits(start..<open, [.label, .notPhone, .own, .customer]).isEmpty,
        isOfficeAlone(open + 1..<close, around)
      else { continue }
      let end = s[close...].firstIndex(of: 10) ?? s.count
      if !found.contains(where: { $0.overlaps(start..<end) }) { turns.append(start..<end) }
    }
    return turns
  }

  /// 京东云, 客服, 京东云客服
  private func isOfficeAlone(_ range: Range<Int>, _ around: Surroundings) -> Bool {
    var at = range.lowerBound
    while let word = around.words.phrases.match(around.s, at, below: range.upperBound, [.agent, .office, .brand]) {
      at += word.length
    }
    return at == range.upperBound
  }

  /// 客服：您的联系电话？ 答：138…: where the customer's answer begins on the agent's line.
  private func answer(_ line: Range<Int>, _ s: [UInt32]) -> Int? {
    guard let at = line.dropFirst(4).first(where: { s[$0] == 0x7B54 && $0 + 1 < line.upperBound && s[$0 + 1] == 0x3A }),
      s[line.lowerBound..<at].contains(where: Self.addressed.contains),
      s[line.lowerBound..<at].last(where: { $0 != 0x20 && $0 != 0x22 }).map(Self.isQuestionEnd) == true,
      isContactAlone(at + 2..<line.upperBound, s)
    else { return nil }
    return at
  }
  /// 您 你 请: the customer is asked for what is his.
  private static let addressed = ScalarSet("您你请")
  /// `? ` 吗 呢 么
  private static func isQuestionEnd(_ s: UInt32) -> Bool {
    s == 0x3F || s == 0x5417 || s == 0x5462 || s == 0x4E48
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
    return given.contains(9) ? barred(plain, given) : plain
  }

  /// With a bar for each tab that normalising dropped: between Chinese cells. A note (已停用, 不要打) stays with the cells
  /// beside it.
  private static func barred(_ text: NormalText, _ given: [UInt32]) -> NormalText {
    var barred = NormalText()
    barred.traces = text.traces
    for i in text.scalars.indices {
      let last = i > 0 ? text.map[i - 1] + 1 : 0
      if last < text.map[i], text.scalars[i] != 0x7C, barred.scalars.last != 0x7C,
        let tab = given[last..<text.map[i]].firstIndex(of: 9), !isNote(given[..<tab].reversed()),
        !isNote(given[(tab + 1)...])
      {
        barred.scalars.append(0x7C)
        barred.map.append(tab)
      }
      barred.scalars.append(text.scalars[i])
      barred.map.append(text.map[i])
    }
    return barred
  }

  /// The cell at the beginning, to the next tab or line end.
  private static func isNote(_ rest: some Sequence<UInt32>) -> Bool {
    var isAgainst = false
    for scalar in rest.prefix(64) {
      if scalar == 9 || scalar == 10 { break }
      if Scalars.isDigit(scalar) || (0xFF10...0xFF19).contains(scalar) || inContacts.contains(scalar) { return false }
      if against.contains(scalar) { isAgainst = true }
    }
    return isAgainst
  }
  /// 停用, 作废, 空号, 打错, 不要打, 旧的, 弃用, 勿打, 丢了, 坏了, 假的, 已换, 前同事, 离职
  private static let against = ScalarSet("停废空错不旧舊弃勿别丢坏假换換前离離非")
  /// @ ＠, and the last of 电话, 手机, 邮箱, 地址, 号码, 联系人, 姓名, mail, phone.
  private static let inContacts = ScalarSet("@＠话話机機箱址码碼号號系姓账帐le")

  /// Ranges of one normal text in another of the same source.
  static func moved(_ ranges: [Range<Int>], from text: NormalText, to other: NormalText) -> [Range<Int>] {
    if text.scalars.count == other.scalars.count { return ranges }
    func place(_ source: Int) -> Int {
      var low = 0
      var high = other.map.count
      while low < high {
        let middle = (low + high) / 2
        if other.map[middle] < source { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return ranges.map {
      let source = text.source($0)
      return place(source.lowerBound)..<place(source.upperBound)
    }
  }

  private static func isListNumber(_ s: UInt32) -> Bool {
    guard s &- 0x2160 <= 0x2793 - 0x2160 else { return false }
    return (0x2460...0x249B).contains(s) || (0x2160...0x217F).contains(s) || (0x2776...0x2793).contains(s)
  }
}
